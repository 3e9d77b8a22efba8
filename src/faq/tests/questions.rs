//! Questions in the words of people over the articles of the demo portal.

use std::sync::LazyLock;

use super::*;

pub(super) struct Desk {
    articles: Vec<Article>,
    index: Index,
}

impl Desk {
    /// One for all tests.
    pub fn new() -> &'static Self {
        static DESK: LazyLock<Desk> = LazyLock::new(|| {
            let articles = articles();
            let index = Builder::build(&articles, LEXICON);
            Desk { articles, index }
        });
        &DESK
    }

    pub fn ask(&self, query: &str, hint: &Hint<'_>) -> Answer {
        self.index.search(&self.articles, query, hint)
    }

    pub fn ids(&self, query: &str, hint: &Hint<'_>) -> Vec<&str> {
        self.ask(query, hint).hits.iter().map(|hit| self.articles[hit.index].id.as_str()).collect()
    }

    /// Each question is answered by the first article.
    #[track_caller]
    fn first(&self, cases: &[(&str, &str)]) {
        for (query, id) in cases {
            assert_eq!(self.ids(query, &Hint::default()).first(), Some(id), "{query}");
        }
    }

    /// Each question is answered by one of the first three articles.
    #[track_caller]
    fn third(&self, cases: &[(&str, &str)]) {
        for (query, id) in cases {
            let ids = self.ids(query, &Hint::default());
            assert!(ids.iter().take(3).any(|found| found == id), "{query}: {ids:?}");
        }
    }
}

#[test]
fn plain_questions() {
    Desk::new().first(&[
        ("ошибка в ИНН", "inn-checksum"),
        ("сколько цифр в инн", "inn-length"),
        ("не принимает снилс", "snils-checksum"),
        ("забыл пароль", "account-recovery"),
        ("вернуть деньги", "refund"),
        ("возврат пошлины", "refund"),
        ("где мое заявление", "track-application"),
        ("мошенники звонят", "fraud-calls"),
        ("код подразделения", "department-code"),
        ("не приходит смс", "sms-code"),
        ("скриншот", "picture-upload"),
        ("электронная почта", "email-format"),
        ("зарегистрироваться", "registration"),
        ("белый экран", "browser"),
        ("ВОЗВРАТ", "refund"),
    ]);
}

#[test]
fn people_find_the_article_of_their_field_and_trouble() {
    Desk::new().third(super::citizens::QUESTIONS);
}

#[test]
fn sentences_with_politeness_around_the_subject() {
    Desk::new().third(&[
        ("Здравствуйте! Подскажите, пожалуйста, как мне вернуть деньги, я заплатил два раза", "refund"),
        ("добрый день у меня почему-то не сохранилось заявление которое я вчера заполняла", "draft-lost"),
        ("мне позвонили якобы с госуслуг и просят назвать код из смс что делать", "fraud-calls"),
        ("у меня двойная фамилия через дефис и форма её не берёт", "full-name"),
    ]);
}

#[test]
fn typing_slips() {
    Desk::new().third(&[
        ("мошеники", "fraud-calls"),
        ("скришнот", "picture-upload"),
        ("забыл пороль", "account-recovery"),
        ("врнуть деньгт", "refund"),
        ("электроная почтта", "email-format"),
        ("контрлоьное число снилс", "snils-checksum"),
        ("cнилс не принимает", "snils-checksum"),
    ]);
}

/// The letters of a slip may be those of another word: «снлис» ends as «полис» does.
#[test]
fn two_letters_that_changed_places_are_no_other_word() {
    let desk = Desk::new();
    for query in ["снлис", "снлис?", "синлс", "номер снлис"] {
        assert_eq!(desk.ids(query, &Hint::default())[0], "snils", "{query}");
    }
    // A word that begins one of ours is still being typed.
    assert_eq!(desk.ids("полис", &Hint::default())[0], "oms");
}

#[test]
fn the_other_keyboard_layout() {
    let desk = Desk::new();
    desk.third(&[
        ("cybkc yt ghjitk", "snils-checksum"),
        ("dthyenm ltymub", "refund"),
        ("pf,sk gfhjkm", "account-recovery"),
        ("уьфшд", "email-format"),
    ]);
    assert!(desk.ids("byy", &Hint::default())[0].starts_with("inn"));
    assert_eq!(desk.ask("dthyenm ltymub", &Hint::default()).read_as.as_deref(), Some("вернуть деньги"));
    assert_eq!(desk.ask("вернуть деньги", &Hint::default()).read_as, None);
    assert_eq!(desk.ask("caps lock", &Hint::default()).read_as, None, "English words of the articles stay");
    assert_eq!(desk.ask("pay ktyf", &Hint::default()).read_as, None, "«лена» is no word of the articles, «pay» is one");
}

#[test]
fn russian_in_latin_letters() {
    let desk = Desk::new();
    desk.third(&[("vernut dengi", "refund"), ("zabyl parol", "account-recovery"), ("snils", "snils-length")]);
    desk.first(&[("kontrolnaya cifra inn", "inn-checksum")]);
    assert_eq!(desk.ask("vernut dengi", &Hint::default()).read_as.as_deref(), Some("вернут денги"));
}

/// «snils» is also a word of the English articles; beside Russian words in Latin letters it is one of them.
#[test]
fn a_word_of_both_languages_is_of_the_one_that_is_written_beside_it() {
    let desk = Desk::new();
    let ru = Hint { lang: Some("ru"), ..Hint::default() };
    for (typed, read) in [
        ("snils ne prinimaet", "снилс не принимает"),
        ("ne prinimaet snils", "не принимает снилс"),
        ("oshibka v inn", "ошибка в инн"),
        ("passport ne prinimaet", "паспорт не принимает"),
    ] {
        let answer = desk.ask(typed, &ru);
        assert_eq!(answer.read_as.as_deref(), Some(read));
        assert_eq!(desk.articles[answer.hits[0].index].lang, "ru", "{typed}");
    }
    for typed in [
        "snils",
        "passport",
        "passport number",
        "snils number",
        "where is my inn",
        "the portal does not accept my snils",
    ] {
        assert_eq!(desk.ask(typed, &ru).read_as, None, "{typed}");
    }
}

#[test]
fn unfinished_words_while_typing() {
    Desk::new().third(&[
        ("регистрац", "registration"),
        ("раскла", "keyboard-layout"),
        ("вернуть де", "refund"),
        ("мошен", "fraud-calls"),
        ("не приходит с", "sms-code"),
    ]);
}

#[test]
fn words_that_people_use_instead() {
    Desk::new().third(&[
        ("не могу залогиниться", "account-recovery"),
        ("сменить симку", "change-contacts"),
        ("мыло указано с ошибкой", "email-format"),
        ("сниллс сколько цифр", "snils-length"),
        ("статус моей заявки", "track-application"),
        ("приложить скрин", "picture-upload"),
        ("техподдержка", "track-ticket"),
    ]);
}

#[test]
fn codes_of_errors_are_exact() {
    let desk = Desk::new();
    let ru = Hint { lang: Some("ru"), ..Hint::default() };
    for (query, id) in [
        ("inn.chars", "inn-chars"),
        ("ошибка SNILS.LENGTH", "snils-length"),
        ("код date.range?", "date-range"),
        ("passport_issue_date.chars", "passport-issue-date"),
        ("не проходит passport_issue_date.range", "passport-issue-date"),
    ] {
        assert_eq!(desk.ids(query, &ru)[0], id, "{query}");
    }
    let english = Hint { lang: Some("en"), ..Hint::default() };
    assert_eq!(desk.ids("inn.chars", &english)[0], "en-inn", "the person's language comes first");
    assert_eq!(desk.ask("E-1001", &ru).read_as, None, "a code is no word in another layout");
    assert!(desk.ask("inn.chars", &Hint::default()).sure);
    let mut list =
        vec![article("a", "Сервис не отвечает", &["Подождите."]), article("b", "Сервис", &["Сервис e 404."])];
    list[0].codes = vec!["site.E403".into()];
    let index = Builder::build(&list, LEXICON);
    for query in ["E403", "ошибка e-403", "site.e403"] {
        assert_eq!(index.search(&list, query, &Hint::default()).hits[0].index, 0, "{query}");
    }
    assert_eq!(index.search(&list, "E404", &Hint::default()).hits[0].index, 1, "another number is another code");
}

#[test]
fn numbers_are_exact() {
    let list = [article("a", "Выплата на детей от 3 до 7", &[]), article("b", "Выплата на детей от 8 до 17", &[])];
    let index = Builder::build(&list, LEXICON);
    for (query, expected) in [("выплата 8 17", 1), ("выплата 3-7", 0), ("выплата от 8лет", 1)]
    {
        assert_eq!(index.search(&list, query, &Hint::default()).hits[0].index, expected, "{query}");
    }
}

#[test]
fn english_questions_find_english_articles() {
    let list = [
        article("a", "How to return a fee", &["Apply for a refund within three years."]),
        article("b", "Как вернуть пошлину", &["Подайте заявление о возврате."]),
    ];
    let index = Builder::build(&list, LEXICON);
    for (query, expected) in [("refunds", 0), ("returning the fee", 0), ("возврат пошлин", 1)] {
        let answer = index.search(&list, query, &Hint::default());
        assert_eq!((answer.hits[0].index, answer.read_as), (expected, None), "{query}");
    }
}

#[test]
fn a_question_that_no_article_answers_is_doubted() {
    let desk = Desk::new();
    for query in ["рецепт борща", "прогноз погоды на завтра", "купить слона недорого", "ъъъъъъ"]
    {
        let answer = desk.ask(query, &Hint::default());
        assert!(answer.confidence < DOUBT && !answer.sure, "{query}: {answer:?}");
    }
    for query in ["забыл пароль", "возврат госпошлины", "не принимает СНИЛС"]
    {
        assert!(desk.ask(query, &Hint::default()).confidence >= DOUBT, "{query}");
    }
    assert!(desk.ids("ъъъъъъ", &Hint::default()).is_empty());
}

#[test]
fn slips_are_offered_mended() {
    let desk = Desk::new();
    let offered = |query: &str| desk.ask(query, &Hint::default()).did_you_mean;
    assert_eq!(offered("звонят мошеники, что делать").as_deref(), Some("звонят мошенники, что делать"));
    assert_eq!(offered("забыл пароль"), None);
    assert_eq!(offered("мошен"), None, "an unfinished word is no slip");
}

#[test]
fn a_hint_raises_and_an_empty_query_lists_all() {
    let desk = Desk::new();
    let hint = Hint { kind: Some("inn"), code: Some("inn.chars"), lang: Some("ru"), ..Hint::default() };
    let hits = desk.ask("  ", &hint).hits;
    assert_eq!(hits.len(), desk.articles.len());
    assert_eq!(desk.articles[hits[0].index].id, "inn-chars");
    assert!(desk.articles[hits[1].index].kinds.iter().any(|k| k == "inn"));
    let sections: Vec<_> = hits.iter().filter(|h| h.score < 1.0).map(|h| desk.articles[h.index].section).collect();
    assert!(sections.is_sorted());
    let snils = Hint { kind: Some("snils"), code: Some("snils.checksum"), ..Hint::default() };
    assert_eq!(desk.ids("не принимает", &snils)[0], "snils-checksum");
    assert_eq!(desk.ids("забыл пароль", &snils)[0], "account-recovery", "a hint raises, the question decides");
}

#[test]
fn what_was_mended_weighs_between_nothing_and_what_is_wrong_now() {
    let mut list = vec![article("a", "Оплата пошлины", &[]), article("b", "Оплата пошлины", &[])];
    let first = |list: &[Article], code, mended| {
        let hint = Hint { code, mended, ..Hint::default() };
        Builder::build(list, LEXICON).search(list, "оплата", &hint).hits[0].index
    };
    list[1].codes = vec!["uin.checksum".into()];
    assert_eq!(first(&list, None, Some("uin.checksum")), 1);
    assert_eq!(first(&list, None, Some("uin.length")), 0, "another error of the field");
    assert_eq!(first(&list, None, None), 0);
    list[0].codes = vec!["kbk.length".into()];
    assert_eq!(first(&list, Some("kbk.length"), Some("uin.checksum")), 0, "what is wrong now comes first");
    list[1].kinds = vec!["uin".into()];
    assert_eq!(first(&list, None, Some("uin.length")), 1, "its field");
    let desk = Desk::new();
    let snils = Hint { mended: Some("snils.checksum"), ..Hint::default() };
    assert_eq!(desk.ids("забыл пароль", &snils)[0], "account-recovery", "the question decides");
}

#[test]
fn a_service_in_the_front_matter_counts_as_its_form() {
    let mut list = vec![article("a", "Оплата пошлины", &[]), article("b", "Оплата пошлины", &[])];
    list[1].services = vec!["tax-registration".into()];
    let index = Builder::build(&list, LEXICON);
    let hint = Hint { form: Some("tax-registration"), ..Hint::default() };
    assert_eq!(index.search(&list, "оплата", &hint).hits[0].index, 1);
    assert_eq!(index.search(&list, "оплата", &Hint::default()).hits[0].index, 0);
}

#[test]
fn an_article_in_another_language_comes_behind_its_like_and_is_still_found() {
    let mut list = vec![article("en", "Email", &["email anna"]), article("ru", "Email", &["email anna"])];
    list[0].lang = "en".into();
    list[1].lang = "ru".into();
    let index = Builder::build(&list, LEXICON);
    let found = |text: &str, lang| {
        let hits = index.search(&list, text, &Hint { lang, ..Hint::default() }).hits;
        hits.into_iter().map(|hit| list[hit.index].id.clone()).collect::<Vec<_>>()
    };
    for text in ["email", ""] {
        assert_eq!(found(text, Some("ru")), ["ru", "en"], "«{text}»");
        assert_eq!(found(text, Some("en")), ["en", "ru"], "«{text}»");
        assert_eq!(found(text, Some("")), found(text, None), "«{text}»: nothing is known of the person");
    }
    let only = &list[..1];
    let hits = Builder::build(only, LEXICON).search(only, "email", &Hint { lang: Some("ru"), ..Hint::default() }).hits;
    assert_eq!(hits.len(), 1, "no other answer is better than one in English");
}

#[test]
fn snippets_hold_the_answer_with_marks() {
    let list = [article(
        "a",
        "Пошлина",
        &["Общие слова о портале.", "Деньги вернут за 30 дней. Чек хранить не нужно.", "Другое."],
    )];
    let answer = Builder::build(&list, LEXICON).search(&list, "когда вернут деньги за пошлину", &Hint::default());
    let hit = &answer.hits[0];
    assert_eq!(hit.snippet.text, "Деньги вернут за 30 дней.");
    assert_eq!(hit.snippet.marks, [Mark { start: 0, end: 6 }, Mark { start: 7, end: 13 }]);
    assert_eq!(hit.title_marks, [Mark { start: 0, end: 7 }]);
    assert_eq!(hit.snippet.pieces(), [("Деньги", true), (" ", false), ("вернут", true), (" за 30 дней.", false)]);
}

#[test]
fn snippets_are_short_and_whole_words() {
    let desk = Desk::new();
    for hit in desk.ask("паспорт", &Hint::default()).hits {
        let text = &hit.snippet.text;
        assert!(!text.is_empty() && text.chars().count() <= 161, "{text}");
        assert_eq!(hit.snippet.pieces().iter().map(|p| p.0).collect::<String>(), *text);
    }
}

#[test]
fn pieces_count_in_utf16() {
    let mark = |start, end| Mark { start, end };
    assert_eq!(pieces("😀 код", &[mark(3, 6)]), [("😀 ", false), ("код", true)]);
    assert_eq!(pieces("код", &[mark(0, 3)]), [("код", true)]);
    assert_eq!(pieces("код", &[mark(2, 9)]), [("ко", false), ("д", true)]);
    assert_eq!(pieces("", &[mark(0, 1)]), []);
}

#[test]
fn a_long_story_asks_first_or_last() {
    let desk = Desk::new();
    let story = "Здравствуйте. Я пенсионерка, живу одна, компьютер мне подарил внук. ".repeat(12);
    let question = "Как вернуть деньги за пошлину?";
    for told in [[&story, question].concat(), [question, " ", &story].concat()] {
        assert!(told.chars().count() > 600);
        let answer = desk.ask(&told, &Hint::default());
        assert_eq!(desk.ids(&told, &Hint::default()).first(), Some(&"refund"), "{told}");
        assert_eq!(answer.did_you_mean, None, "a story keeps its words");
    }
}

#[test]
fn a_phrasing_finds_its_own_article() {
    let desk = Desk::new();
    let mut asked = 0;
    for article in &desk.articles {
        let hint = Hint { lang: Some(&article.lang), ..Hint::default() };
        for phrasing in &article.asked_as {
            assert_eq!(desk.ids(phrasing, &hint).first(), Some(&article.id.as_str()), "{phrasing}");
            asked += 1;
        }
    }
    assert!(asked > 700, "{asked}");
}
