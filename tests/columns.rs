//! What values cost in memory: a column of right ones costs no more than a few of them, and a long text no more than its length
//! allows.
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

/// Allocations of a look at a column.
fn cost<'a>(kind: Kind, column: impl IntoIterator<Item = &'a str>) -> u64 {
    let count = || {
        let fine = validate_many(kind, column, &CTX).filter(|it| matches!(it, Outcome::Complete(_))).count();
        assert!(fine >= VALUES, "{} of {}", fine, kind.name());
    };
    measure(count).count_total
}

/// Allocations that a value may cost: a text with letters in which labels are looked for is copied, and so are the signs of a
/// certificate's series, the digits of a phone and the domain of an address, which is looked at for a slip. Copies grow as they
/// are written.
fn spare(kind: &str) -> u64 {
    match kind {
        "oms_old" => 2,
        "foreign_passport" => 4,
        "full_name" | "last_name" | "first_name" | "patronymic" | "phone" => 6,
        "birth_certificate" | "marriage_certificate" | "divorce_certificate" | "death_certificate" => 9,
        "email" => 18,
        _ => 0,
    }
}

#[test]
fn a_column_of_right_values_costs_no_allocation_for_each_of_most_kinds() {
    for kind in ALL {
        let values = drawn(*kind);
        let column = || values.iter().map(String::as_str);
        let (once, thrice) = (cost(*kind, column()), cost(*kind, column().chain(column()).chain(column())));
        let most = 2 * VALUES as u64 * spare(kind.name());
        assert!(thrice - once <= most, "{}: {VALUES} values {once}, three times as many {thrice}", kind.name());
        // The text that a column is read into grows a few times at first.
        assert!(most > 0 || once < 20, "{}: {once}", kind.name());
    }
    // The other way round: one by one they cost something, so the count counts.
    let dates = drawn(Kind::Date);
    assert!(measure(|| assert!(dates.iter().all(|it| look(Kind::Date, it, &CTX).is_fine()))).count_total >= 200);
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
