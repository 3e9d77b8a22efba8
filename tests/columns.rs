//! What values cost in memory: a column costs no more than its longest values, and a long text no more than its length allows.
//!
//! Counted, not timed: the figures are the same on every machine. How the time grows with a text is measured by
//! `cargo xtask bench validators`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use allocation_counter::measure;
use podskazka::validators::{
    ALL, Kind, Outcome, check, completions, generate, look, repair, suggestion, validate_many,
};
use podskazka::verdict::{Context, Day};

const CTX: Context = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
const VALUES: usize = 200;

/// Artificial values of a kind.
fn drawn(kind: Kind) -> Vec<String> {
    let mut state = 0x9e37_79b9_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    (0..VALUES).map(|_| generate(kind, &mut random).unwrap()).collect()
}

/// A look at a column: how many values are complete, and the allocations that it cost.
fn cost<'a>(kind: Kind, column: impl IntoIterator<Item = &'a str>) -> (usize, u64) {
    let mut fine = 0;
    let count = || fine = validate_many(kind, column, &CTX).filter(|it| matches!(it, Outcome::Complete(_))).count();
    let cost = measure(count).count_total;
    (fine, cost)
}

/// The two texts that a column is read into grow a few times at first; then nothing is asked for.
#[track_caller]
fn costs_nothing_a_value(kind: Kind, values: &[String], fine: usize) {
    let column = || values.iter().map(String::as_str);
    let (found, once) = cost(kind, column());
    assert_eq!(found, fine, "complete ones of {}", kind.name());
    let (_, thrice) = cost(kind, column().chain(column()).chain(column()));
    assert!(once < 20 && thrice == once, "{}: {} values {once}, thrice {thrice}", kind.name(), values.len());
}

#[test]
fn a_column_costs_no_allocation_for_each_value_of_any_kind() {
    for kind in ALL {
        costs_nothing_a_value(*kind, &drawn(*kind), VALUES);
    }
    // The other way round: one by one they cost something, so the count counts.
    let dates = drawn(Kind::Date);
    assert!(measure(|| assert!(dates.iter().all(|it| look(Kind::Date, it, &CTX).is_fine()))).count_total >= 200);
}

#[test]
fn words_beside_a_value_cost_no_allocation() {
    for (name, before, behind) in [
        ("inn", "ИНН: ", ""),
        ("inn_company", "ИНН/КПП ", " / 770701001"),
        ("kpp", "ИНН 7707083893, КПП ", ""),
        ("snils", "СНИЛС № ", ""),
        ("passport", "паспорт серия ", ""),
        ("birth_date", "дата рождения: ", ""),
        ("date", "", " г."),
        ("money", "сумма ", ""),
        ("money", "", " тыс. руб."),
        ("percent", "", " процентов"),
        ("phone", "моб. тел.: ", ""),
        ("email", "почта: ", ""),
        ("full_name", "ФИО: ", ""),
        ("birth_certificate", "свидетельство о рождении ", ""),
        ("foreign_passport", "паспорт № ", ""),
    ] {
        let kind = Kind::parse(name).unwrap();
        let values: Vec<String> = drawn(kind).iter().map(|it| [before, it, behind].concat()).collect();
        costs_nothing_a_value(kind, &values, VALUES);
    }
}

#[test]
fn a_month_in_letters_and_a_unit_cost_no_allocation() {
    for (name, spellings) in [
        ("birth_date", &["5 марта 1990 г.", "05 МАР 1990", "5 III 1990", "«05» мaрта 1990 года"][..]),
        ("money", &["5 тыс.", "1,5 млн руб.", "12 руб. 5 0 коп.", "10 000-00", "7="]),
        ("percent", &["12,5 процентов", "7 проц.", "7 %"]),
    ] {
        let values: Vec<String> = spellings.iter().cycle().take(VALUES).map(|it| (*it).to_owned()).collect();
        costs_nothing_a_value(Kind::parse(name).unwrap(), &values, VALUES);
    }
}

#[test]
fn a_column_of_slips_costs_no_allocation_for_each() {
    let slips: [fn(&str) -> String; 4] = [
        |it| it.chars().rev().collect(),
        |it| it.chars().take(3).collect(),
        |it| [it, "#", it].concat(),
        |it| it.chars().map(|c| if c == '1' { 'l' } else { c }).collect(),
    ];
    for kind in ALL {
        for slip in slips {
            let values: Vec<String> = drawn(*kind).iter().take(50).map(|it| slip(it)).collect();
            let (fine, _) = cost(*kind, values.iter().map(String::as_str));
            costs_nothing_a_value(*kind, &values, fine);
        }
    }
}

/// What hostile texts are made of, as in the bench.
const PIECES: [&str; 12] = ["7", "7 ", "я", "z ", "ИНН: ", "инн/кпп,", "@.", "a@b.", "1.1.", "5 марта ", "-", "(_)№"];

/// Everything that is asked of a text.
fn ask(kind: Kind, text: &str) {
    drop(check(kind, text, &CTX));
    drop((repair(kind, text, &CTX), completions(kind, text, &CTX), suggestion(kind, text)));
}

#[test]
fn memory_grows_no_faster_than_the_text() {
    let (mut most, mut of) = (0.0, String::new());
    for kind in ALL {
        for piece in PIECES {
            let text = |length: usize| piece.chars().cycle().take(length).collect::<String>();
            let (short, long) = (text(1_000), text(8_000));
            let bytes = |text: &str| measure(|| ask(*kind, text)).bytes_total;
            let times = bytes(&long) as f64 / bytes(&short).max(1_000) as f64;
            if times > most {
                (most, of) = (times, format!("{} of «{piece}»", kind.name()));
            }
        }
    }
    // Eight times the text; vectors that double may hold twice what they need.
    assert!(most <= 16.0, "a text 8 times as long takes {most:.1} times the memory: {of}");
}
