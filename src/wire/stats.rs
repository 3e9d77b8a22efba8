//! Counts of what happened on forms: which errors show, which are mended, where people give up. Never a value.

use serde::{Deserialize, Serialize};

use super::ProblemItem;

/// Rows of one report: every field of a long form with two codes each.
pub const MAX_ROWS: usize = 200;
/// Most times a row may count at once; more is no single page.
pub const MAX_COUNT: u32 = 1_000;
/// Characters of a name.
const MAX_NAME: usize = 100;
/// Digits in a row that a name may have: five and more could be part of somebody's number.
const MAX_DIGITS: usize = 4;

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatKind {
    /// An error was shown.
    Shown,
    /// An error went away again.
    Mended,
    /// Seconds until errors went away.
    Seconds,
    /// The page was left with the form not sent: the field a person was in last.
    Abandoned,
    /// A proposed fix was taken.
    Fixed,
    /// The form was sent in spite of the error.
    Overridden,
    /// The help was opened from here.
    Opened,
    /// An article helped.
    Helped,
    /// An article did not help.
    NotHelped,
    /// A letter to the support was sent after an article.
    Ticket,
    /// The form was sent.
    Sent,
}

impl StatKind {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            StatKind::Shown => "shown",
            StatKind::Mended => "mended",
            StatKind::Seconds => "seconds",
            StatKind::Abandoned => "abandoned",
            StatKind::Fixed => "fixed",
            StatKind::Overridden => "overridden",
            StatKind::Opened => "opened",
            StatKind::Helped => "helped",
            StatKind::NotHelped => "not_helped",
            StatKind::Ticket => "ticket",
            StatKind::Sent => "sent",
        }
    }
}

/// The form under which the panel counts articles (`article.ID`) and questions (`question.answered`, `question.doubtful`,
/// `question.nothing`; `field` is then the form of the page): no form of a portal, and no row of its table of errors.
pub const HELP: &str = "faq";

/// The form under which the server keeps the counts of articles that the search learns from: as under [`HELP`], but little
/// of one network. No page can send this name.
pub const HEARD: &str = "faq/heard";

/// Codes of questions without a good answer; a ticket that begins with one has it, where no error says more.
pub const UNANSWERED: [&str; 2] = ["question.nothing", "question.doubtful"];

/// `POST /v1/stats`: counts of one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stats {
    /// The form, as its schema or attribute names it.
    pub form: String,
    /// At most 200 rows.
    pub rows: Vec<StatRow>,
}

/// One count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatRow {
    pub kind: StatKind,
    /// Name of the field; empty for the form as a whole.
    #[serde(default)]
    pub field: String,
    /// Code of the error, such as `inn.checksum`; empty where there is none.
    #[serde(default)]
    pub code: String,
    /// 1 to 1 000.
    pub count: u32,
}

/// Answer to `GET /v1/desk/reports/errors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorReport {
    /// First and last day, `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    /// The most frequent first, at most 200.
    pub rows: Vec<ErrorRow>,
}

/// One error of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorRow {
    pub form: String,
    pub field: String,
    pub code: String,
    pub shown: u64,
    /// How many of them went away again, and after how many seconds together.
    pub mended: u64,
    pub seconds: u64,
    /// How often the form was left in this field; a row of its own, with no code.
    pub abandoned: u64,
    pub fixed: u64,
    pub overridden: u64,
    pub opened: u64,
    /// Tickets with this form and code.
    pub tickets: u64,
}

/// Answer to `GET /v1/desk/reports/articles`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArticleReport {
    /// First and last day, `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    /// Those that were read and did not answer first: a letter followed, or the reader said so. At most 1,000.
    pub rows: Vec<ArticleRow>,
    pub questions: Questions,
    /// The same by the form where it was asked, those with the most unanswered first. At most 200.
    pub asked: Vec<AskedRow>,
}

/// Questions asked on one form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedRow {
    /// Empty where the page has none.
    pub form: String,
    #[serde(flatten)]
    pub questions: Questions,
    /// Tickets of the operator's departments that began with such a question; their text says what was asked.
    pub tickets: u64,
    /// The newest of them, at most 20.
    pub numbers: Vec<String>,
}

/// What readers made of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArticleRow {
    pub article: String,
    pub opened: u64,
    pub helped: u64,
    pub not_helped: u64,
    /// Letters that were sent after it.
    pub tickets: u64,
}

/// Questions of the search box by how they were answered; what was asked is known where a letter says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Questions {
    pub answered: u64,
    pub doubtful: u64,
    pub nothing: u64,
}

impl Questions {
    /// All of them together.
    pub fn of(rows: &[AskedRow]) -> Self {
        rows.iter().fold(Self::default(), |sum, AskedRow { questions, .. }| Self {
            answered: sum.answered + questions.answered,
            doubtful: sum.doubtful + questions.doubtful,
            nothing: sum.nothing + questions.nothing,
        })
    }
}

/// Faults of counts, each with a pointer into the body.
pub fn check(stats: &Stats) -> Vec<ProblemItem> {
    let mut out = Vec::new();
    let mut say = |pointer: String, code: &str, message: &str| {
        out.push(ProblemItem { pointer, code: code.to_owned(), message: message.to_owned() });
    };
    let words =
        "Имя: до 100 латинских букв, цифр и знаков _ - . : [ ], не больше 4 цифр подряд, например applicant.inn.";
    if stats.form.is_empty() || !is_name(&stats.form) {
        say("/form".to_owned(), "format", words);
    }
    if stats.rows.is_empty() || stats.rows.len() > MAX_ROWS {
        say("/rows".to_owned(), "too-long", "Строк должно быть от 1 до 200.");
    }
    for (i, row) in stats.rows.iter().enumerate().take(MAX_ROWS) {
        if !is_name(&row.field) {
            say(format!("/rows/{i}/field"), "format", words);
        }
        if !is_name(&row.code) {
            say(format!("/rows/{i}/code"), "format", words);
        }
        if !(1..=MAX_COUNT).contains(&row.count) {
            say(format!("/rows/{i}/count"), "range", "Число: от 1 до 1000.");
        }
    }
    out
}

/// Whether the text can only be a name, and no value.
pub fn is_name(text: &str) -> bool {
    let mut digits = 0;
    text.len() <= MAX_NAME
        && text.bytes().all(|byte| {
            digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
            digits <= MAX_DIGITS && (byte.is_ascii_alphanumeric() || b"_-.:[]".contains(&byte))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_room_for_a_value() {
        for name in ["", "inn", "applicant.inn", "child[2].birth_date", "form-4012", "site.ZAGS-4012"] {
            assert!(is_name(name), "{name}");
        }
        for value in ["7707083893", "70012", "anna@example.org", "Иванова", "a b", "<b>", &"x".repeat(101)] {
            assert!(!is_name(value), "{value}");
        }
    }

    #[test]
    fn each_fault_has_its_place() {
        let row = StatRow { kind: StatKind::Shown, field: "a b".into(), code: "7707083893".into(), count: 0 };
        let found = check(&Stats { form: String::new(), rows: vec![row] });
        let pointers: Vec<_> = found.iter().map(|item| item.pointer.as_str()).collect();
        assert_eq!(pointers, ["/form", "/rows/0/field", "/rows/0/code", "/rows/0/count"]);
        assert_eq!(check(&Stats { form: "a".into(), rows: Vec::new() })[0].pointer, "/rows");
    }
}
