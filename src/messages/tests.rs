use super::*;
use crate::validators::codes::CODES;
use crate::validators::{Kind, check};
use crate::verdict::{Context, Day, Verdict};

fn fault(code: &str) -> Fault {
    let expected = if code.ends_with(".range") { "past" } else { "0-9" };
    Fault { code: code.into(), span: Default::default(), expected: expected.into(), found: "5".into(), fixes: vec![] }
}

fn sentences(words: &Words) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (kind, flaws, _) in CODES {
        for flaw in *flaws {
            let code = format!("{kind}.{flaw}");
            out.push((code.clone(), words.fault("Поле", &fault(&code))));
        }
        out.push((format!("{kind} partial"), words.partial("Поле", kind, 3)));
    }
    out
}

#[test]
fn every_sentence_names_the_field_and_keeps_the_tone() {
    for (code, text) in sentences(&Words::russian()) {
        assert!(text.starts_with("Поле: ") && text.ends_with('.') && text.len() > 30, "{code}: {text}");
        assert!(!text.contains(['{', '}', '|', '*']), "{code}: {text}");
        for word in ["некорректн", "неверн", "недопустим", "пожалуйста", "извините"]
        {
            assert!(!text.to_lowercase().contains(word), "{code}: {text}");
        }
        assert!(!text.contains("  ") && !text.contains(" ."), "{code}: {text}");
    }
}

#[test]
fn every_fault_says_what_to_do() {
    let other = Words::russian().fault("Поле", &fault("inn.no-such-flaw"));
    for (code, text) in sentences(&Words::russian()) {
        assert_ne!(text, other, "{code} has no sentence of its own");
    }
}

#[test]
fn a_day_out_of_range_is_told_its_bound() {
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    for (kind, text, sentence) in [
        (Kind::BirthDate, "01.01.1700", "слишком давно: нужна дата с 1800 года"),
        (Kind::BirthDate, "26.11.2026", "дата ещё не наступила"),
        (Kind::PassportIssueDate, "01.01.2300", "дата ещё не наступила"),
        (Kind::FutureDate, "24.11.2026", "дата уже прошла"),
        (Kind::FutureDate, "01.01.2300", "слишком далеко: нужна дата до 2200 года"),
        (Kind::Date, "01.01.19905", "слишком далеко: нужна дата до 2200 года"),
    ] {
        let Verdict::Fault(fault) = check(kind, text, &ctx) else { panic!("{text} has no fault") };
        assert_eq!(Words::russian().fault("Дата", &fault), format!("Дата: {sentence}. Проверьте год."), "{text}");
        assert!(Words::english().fault("Date", &fault).len() > 40, "{text}");
        // A portal's own sentence for the code goes before.
        let own = Words::russian().after(&format!("{}.range = свой текст.", kind.name()));
        assert_eq!(own.fault("Дата", &fault), "Дата: свой текст.");
    }
}

#[test]
fn a_number_that_a_table_has_cut_is_to_be_copied_again() {
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    let (russian, english) = (Words::russian(), Words::english());
    for (kind, text) in [
        (Kind::Inn, "7.70708E+09"),
        (Kind::Snils, "1,12233E+10"),
        (Kind::Account, "4.07028e+19"),
        (Kind::Phone, "7.91612E+10"),
        (Kind::Money, "1.5E+06"),
    ] {
        let Verdict::Fault(fault) = check(kind, text, &ctx) else { panic!("{text} has no fault") };
        let sentence = "Поле: таблица сократила число, и часть цифр пропала. Скопируйте его заново из документа.";
        assert_eq!(russian.fault("Поле", &fault), sentence, "{text}");
        assert!(english.fault("Field", &fault).starts_with("Field: a spreadsheet has cut"), "{text}");
        assert!(fault.fixes.is_empty(), "what is left of it is no number to mend");
        let own = russian.after(&format!("{}.chars = свой текст.", kind.name()));
        assert_eq!(own.fault("Поле", &fault), "Поле: свой текст.");
    }
    // A plus alone is a sign.
    let Verdict::Fault(fault) = check(Kind::Inn, "7707+083893", &ctx) else { panic!("no fault") };
    assert!(russian.fault("Поле", &fault).contains("вместо «+» нужна цифра"));
}

#[test]
fn a_page_without_a_schema_says_of_a_doubt_what_is_true_or_nothing() {
    for text in [include_str!("ru.txt"), include_str!("en.txt")] {
        let words = Words::new(text);
        let mut spoken = Vec::new();
        for (kind, _, doubts) in CODES {
            spoken.extend(
                doubts.iter().filter(|it| !words.doubt("Поле", kind, it).is_empty()).map(|it| format!("{kind}.{it}")),
            );
        }
        let certificates = ["birth", "marriage", "divorce", "death"].map(|it| format!("{it}_certificate.series"));
        let accounts = ["account", "account_settlement", "account_correspondent", "account_treasury"];
        // Sentences that are right of the fault and of the doubt; all others are of the doubt alone.
        let both = certificates.into_iter().chain(accounts.map(|it| format!("{it}.bik")));
        let both = both.chain(["phone.other".to_owned()]);
        let mut known: Vec<String> = both.chain(DOUBTS.map(str::to_owned)).collect();
        known.sort();
        spoken.sort();
        assert_eq!(spoken, known);
    }
}

/// Doubts of which a page speaks without a schema: a person can settle them by a look.
const DOUBTS: [&str; 3] = ["kpp.slip", "birth_date.old", "email.slip"];

#[test]
fn every_code_has_a_sentence_in_both_languages() {
    for (words, other) in [(Words::russian(), "проверьте, что введено"), (Words::english(), "check what you entered")]
    {
        let judge = |code: &str, text: &str| {
            let whole = text.starts_with("Поле: ") && text.ends_with('.') && text.len() > 30;
            assert!(whole && !text.contains(other) && !text.contains(['{', '}', '|', '*']), "{code}: {text}");
        };
        for (kind, flaws, doubts) in CODES {
            for flaw in *flaws {
                judge(&format!("{kind}.{flaw}"), &words.fault("Поле", &fault(&format!("{kind}.{flaw}"))));
            }
            for doubt in *doubts {
                let text = words.doubt("Поле", kind, doubt);
                judge(&format!("{kind}.{doubt}"), &text);
                // Nobody says of a doubt what was found.
                assert!(!text.contains("«»") && !text.contains("“”"), "{kind}.{doubt}: {text}");
            }
        }
        for (code, _) in crate::form::rules::RULE_CODES {
            judge(code, &words.finding("Поле", code, &Params::default()));
        }
        judge("site.other", &words.finding("Поле", "site.other", &Params::default()));
        assert!(words.say("required", &Params { label: "Поле", ..Params::default() }).contains("Поле"));
    }
}

#[test]
fn every_line_of_one_language_stands_in_the_other() {
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines.map(|line| line.split(" =").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(keys(include_str!("ru.txt")), keys(include_str!("en.txt")));
    assert_eq!(keys(include_str!("form.ru.txt")), keys(include_str!("form.en.txt")));
    assert_eq!(keys(include_str!("letter.ru.txt")), keys(include_str!("letter.en.txt")));
    assert_eq!(keys(include_str!("tickets.ru.txt")), keys(include_str!("tickets.en.txt")));
}

/// What is said of numbers in a text stands in both files, as each part loads one.
#[test]
fn the_letter_and_the_tickets_say_the_same_of_numbers() {
    for (letter, tickets) in [
        (include_str!("letter.ru.txt"), include_str!("tickets.ru.txt")),
        (include_str!("letter.en.txt"), include_str!("tickets.en.txt")),
    ] {
        let of = |text: &'static str| text.lines().filter(|line| line.starts_with("number.")).collect::<Vec<_>>();
        assert_eq!(of(letter), of(tickets));
        for kind in crate::privacy::detect::NUMBERS {
            assert!(letter.contains(&format!("\nnumber.{kind} = ")), "{kind}");
        }
    }
}

/// The letter is checked by the core and says its sentences; the page has a twin of them for another language.
#[test]
fn the_letter_says_what_the_core_says() {
    let ours = include_str!("letter.ru.txt");
    for (code, text) in crate::ticket::TOPICS {
        assert!(ours.contains(&format!("\ntopic.{code} = {text}\n")), "{code}");
    }
    let empty = crate::wire::NewTicket::default();
    let odd = crate::wire::NewTicket { contact: "никак".into(), ..Default::default() };
    for fault in crate::ticket::check(&empty, &[]).into_iter().chain(crate::ticket::check(&odd, &[])) {
        let line = format!("\nfault.{}.{} = {}\n", fault.pointer, fault.code, fault.message);
        assert!(ours.contains(&line), "{line}");
    }
}

#[test]
fn a_kind_with_letters_is_not_told_of_digits_alone() {
    use crate::validators::ALL;
    let words = Words::russian();
    let lettered = ALL.iter().filter(|kind| kind.forms().is_some() && !kind.is_numeric());
    for kind in lettered {
        let name = kind.name();
        // An account may have one letter, in its currency: nobody is told of it.
        if !name.starts_with("account") {
            assert_ne!(words.find(name, "progress"), words.find("inn", "progress"), "{name} = @symbols is missing");
        }
    }
}

#[test]
fn a_key_that_begins_with_its_dot_is_one_of_the_kind_above() {
    let words = Words::new("mended=да\ninn.length=цифр\n.zero = нули\nkpp=@inn\n.zero=ноль\n\nsnils.zero=пусто");
    let said = |kind, part| words.part(kind, part, &Params::default());
    assert_eq!([said("inn", "length"), said("inn", "zero")], ["цифр", "нули"]);
    assert_eq!([said("kpp", "length"), said("kpp", "zero")], ["цифр", "ноль"]);
    assert_eq!([said("snils", "zero"), words.say("mended", &Params::default())], ["пусто", "да"]);
    assert_eq!(words.say(".zero", &Params::default()), "");
}

#[test]
fn every_kind_has_an_example_that_is_complete() {
    use crate::validators::{ALL, Kind, check};
    use crate::verdict::{Context, Day, Verdict};
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    for kind in ALL {
        let example = Words::russian().part(kind.name(), "example", &Params::default());
        assert!(!example.is_empty(), "{}", kind.name());
        // An example of a card would be a number of a card; it is shown with zeros instead.
        if *kind != Kind::Card {
            assert!(matches!(check(*kind, &example, &ctx), Verdict::Complete { .. }), "{}: {example}", kind.name());
        }
    }
}

/// A number between two lengths may lack a digit or have one too many: the words of a fix do not deny those of the sentence above.
#[test]
fn a_fix_of_a_number_between_two_lengths_says_what_it_does() {
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    let russian = "не хватает 1 цифры. Нужно 12 цифр для человека или 10 для организации";
    for (words, missing, extra) in [
        (Words::russian(), russian, "Без одной цифры: 7700838993"),
        (Words::english(), "1 digit is missing. ", "Without one digit: 7700838993"),
    ] {
        let Verdict::Partial { missing: n, fixes, .. } = check(Kind::Inn, "77070838993", &ctx) else {
            panic!("eleven digits are no whole ИНН")
        };
        assert!(words.partial("Поле", "inn", n).starts_with(&format!("Поле: {missing}")));
        let said: Vec<String> = fixes.iter().map(|fix| words.fix(fix)).collect();
        assert_eq!(said.first().map(String::as_str), Some(extra));
        assert!(said.iter().all(|it| !it.contains("лишн") && !it.contains("too many")), "{said:?}");
    }
}

#[test]
fn counts_in_russian() {
    let words = Words::russian();
    assert_eq!(words.progress("inn", 1), "Осталась 1 цифра");
    assert_eq!(words.progress("inn", 3), "Осталось 3 цифры");
    assert_eq!(words.progress("inn", 11), "Осталось 11 цифр");
    assert_eq!(words.progress("vin", 2), "Осталось 2 символа");
    assert_eq!(words.progress("birth_date", 6), "Осталось: месяц и год");
    assert_eq!(words.progress("date", 4), "Осталось: год");
    assert_eq!(words.progress("full_name", 1), "");
    assert_eq!(
        words.partial("СНИЛС", "snils", 1),
        "СНИЛС: не хватает 1 цифры. Нужно 11 цифр, например 112-233-445 95."
    );
}
