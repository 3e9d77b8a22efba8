//! «Возможно, вы искали»: slips are mended, words of their own are left alone, and nothing is offered that has no answer.

use super::questions::Desk;
use crate::faq::{DOUBT, Hint};

fn offered(query: &str) -> Option<String> {
    Desk::new().ask(query, &Hint::default()).did_you_mean
}

/// The longest word of a question with one slip: a letter left out, doubled, changed with the next one, or another in its place.
fn slipped(question: &str, slip: usize) -> Option<String> {
    let longest = question.split(' ').filter(|word| word.chars().all(char::is_alphabetic)).max_by_key(|w| w.len())?;
    let mut letters: Vec<char> = longest.chars().collect();
    if letters.len() < 6 {
        return None;
    }
    let at = 2 + slip % 3;
    match slip % 4 {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = 'щ',
    }
    let word: String = letters.into_iter().collect();
    // With a sign behind it the last word is no longer being typed.
    (word != longest).then(|| format!("{}?", question.replacen(longest, &word, 1)))
}

#[test]
fn a_slip_in_a_question_of_an_article_is_offered_as_it_was_meant() {
    let plain = |text: &str| text.to_lowercase().replace('ё', "е");
    let (mut asked, mut mended, mut other) = (0, 0, Vec::new());
    let articles = super::articles();
    for (question, slip) in articles.iter().flat_map(|it| &it.asked_as).zip(0..) {
        let Some(typed) = slipped(question, slip) else { continue };
        asked += 1;
        match offered(&typed) {
            Some(text) if plain(&text) == plain(&format!("{question}?")) => mended += 1,
            Some(text) => other.push(format!("{typed} => {text}")),
            None => {}
        }
    }
    println!("{mended} of {asked} mended, {} otherwise: {other:#?}", other.len());
    assert!(mended * 100 >= asked * 80, "{mended} of {asked}");
    assert!(other.len() * 100 <= asked, "{other:?}");
}

/// Words that stand in no article, beside one that looks alike and does: «ввести», «подать», «проходит», «обновить», «видно» …
#[test]
fn a_word_of_its_own_is_no_slip_of_a_like_one() {
    for query in [
        "сколько внести на счёт?",
        "продать квартиру можно?",
        "как происходит проверка паспорта?",
        "надо ли обновлять приложение?",
        "получение паспорта в 14 лет?",
        "перевела деньги за пошлину?",
        "можно загружать видео в заявление?",
        "подписки на рассылку портала?",
    ] {
        assert_eq!(offered(query), None, "{query}");
    }
}

#[test]
fn an_offer_has_an_answer() {
    for query in ["пороль?", "забыл пороль от кабинета?", "востановить доступ?", "сниллс?"]
    {
        let text = offered(query).unwrap_or_default();
        assert!(!text.is_empty(), "{query}");
        let answer = Desk::new().ask(&text, &Hint::default());
        assert!(answer.confidence >= DOUBT && answer.did_you_mean.is_none(), "{query}: {text}");
    }
    assert_eq!(
        offered("пойдет ли ваша приложенние на телевизор соседей?"),
        None,
        "nothing answers it, with or without the slip"
    );
}
