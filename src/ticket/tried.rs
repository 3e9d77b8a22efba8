//! Limits of what a person tried before they wrote, and its check.

use super::{MAX_COUNT, MAX_LINE, is_word, long, problem};
use crate::wire::ProblemItem;
use crate::wire::tried::{Tried, TriedStep};

/// Steps of the story: the last ones, which an operator reads at a glance.
pub const MAX_STEPS: usize = 20;
/// Codes of one step: a form with more errors has its fields beside the story.
pub const MAX_STEP_CODES: usize = 10;
/// Characters of a question: longer ones are letters, and stand in the text.
pub const MAX_QUESTION: usize = 300;
/// Seconds that a step may lie back: a day.
pub const MAX_AGO: u32 = 86_400;
/// Characters of an article's id.
const MAX_ARTICLE: usize = 100;

/// Faults of the story, each with a pointer into the body.
pub fn check_tried(tried: &Tried) -> Vec<ProblemItem> {
    let mut out = Vec::new();
    let mut say = |pointer: String, code: &str, message: &str| out.push(problem(&pointer, code, message));
    let range = format!("Число секунд: не больше {MAX_AGO}.");
    if tried.since_error.is_some_and(|it| it > MAX_AGO) {
        say("/tried/since_error".to_owned(), "range", &range);
    }
    if tried.steps.len() > MAX_STEPS {
        say("/tried/steps".to_owned(), "too-long", &format!("Шагов должно быть не больше {MAX_STEPS}."));
    }
    for (i, step) in tried.steps.iter().enumerate().take(MAX_STEPS) {
        let TriedStep { did: _, ago, times, field, codes, article, text } = step;
        let at = |member: &str| format!("/tried/steps/{i}/{member}");
        if *ago > MAX_AGO {
            say(at("ago"), "range", &range);
        }
        if times.is_some_and(|it| !(2..=MAX_COUNT).contains(&it)) {
            say(at("times"), "range", &format!("Число: от 2 до {MAX_COUNT}."));
        }
        if field.as_ref().is_some_and(|it| long(it, MAX_LINE)) {
            say(at("field"), "too-long", &format!("Сократите: поместится не больше {MAX_LINE} знаков."));
        }
        if codes.len() > MAX_STEP_CODES || codes.iter().any(|it| long(it, MAX_LINE)) {
            say(at("codes"), "too-long", &format!("Кодов должно быть не больше {MAX_STEP_CODES}."));
        }
        if article.as_ref().is_some_and(|it| !is_word(it, MAX_ARTICLE, b"-_.")) {
            let words = format!("Имя статьи — до {MAX_ARTICLE} латинских букв, цифр и знаков -_.");
            say(at("article"), "format", &words);
        }
        if text.as_ref().is_some_and(|it| long(it, MAX_QUESTION)) {
            say(at("text"), "too-long", &format!("Сократите вопрос: поместится не больше {MAX_QUESTION} знаков."));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::tried::Did;

    fn step(did: Did) -> TriedStep {
        TriedStep { did, ago: 0, times: None, field: None, codes: Vec::new(), article: None, text: None }
    }

    fn pointers(tried: &Tried) -> Vec<String> {
        check_tried(tried).into_iter().map(|it| it.pointer).collect()
    }

    #[test]
    fn a_story_up_to_its_limits_is_taken() {
        let full = TriedStep {
            ago: MAX_AGO,
            times: Some(MAX_COUNT),
            field: Some("f".repeat(MAX_LINE)),
            codes: vec!["inn.checksum".to_owned(); MAX_STEP_CODES],
            article: Some("a".repeat(MAX_ARTICLE)),
            text: Some("ы".repeat(MAX_QUESTION)),
            ..step(Did::Fix)
        };
        let story = Tried { since_error: Some(MAX_AGO), steps: vec![full; MAX_STEPS] };
        assert_eq!(pointers(&story), Vec::<String>::new());
        assert_eq!(pointers(&Tried::default()), Vec::<String>::new());
    }

    #[test]
    fn what_is_over_a_limit_is_named() {
        let over = TriedStep {
            ago: MAX_AGO + 1,
            times: Some(1),
            field: Some("f".repeat(MAX_LINE + 1)),
            codes: vec![String::new(); MAX_STEP_CODES + 1],
            article: Some("статья".to_owned()),
            text: Some("ы".repeat(MAX_QUESTION + 1)),
            ..step(Did::Question)
        };
        let story = Tried { since_error: Some(MAX_AGO + 1), steps: vec![step(Did::Submit), over] };
        let members = ["ago", "times", "field", "codes", "article", "text"].map(|it| format!("/tried/steps/1/{it}"));
        assert_eq!(pointers(&story), [&["/tried/since_error".to_owned()][..], &members].concat());
        let many = Tried { since_error: None, steps: vec![step(Did::Undo); MAX_STEPS + 1] };
        assert_eq!(pointers(&many), ["/tried/steps"]);
    }

    #[test]
    fn a_step_has_no_member_for_a_value_and_no_name_of_its_own() {
        for (did, name) in [(Did::NotHelped, "not_helped"), (Did::Override, "override")] {
            assert_eq!(serde_json::to_value(did).unwrap(), name);
        }
        let typed = r#"{"steps":[{"did":"fix","ago":1,"field":"inn","value":"7707083893"}]}"#;
        assert!(serde_json::from_str::<Tried>(typed).unwrap_err().to_string().contains("unknown field `value`"));
    }
}
