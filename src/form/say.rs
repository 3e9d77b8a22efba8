//! How a value reads.

use crate::messages::{Params, Words};
use crate::text::{Symbols, push};
use crate::validators::Kind;
use crate::verdict::Value;

/// Shorter numbers are read at a glance.
const LONG: usize = 9;

/// A complete value as a day, or as a sentence with its groups; empty where it needs neither.
pub fn echo(kind: Kind, value: &Value, words: &Words) -> String {
    if kind.name().ends_with("date") {
        return value.canonical.clone();
    }
    let symbols = Symbols::read(&value.display);
    if kind.spellings().is_none() || symbols.letters || symbols.count < LONG {
        return String::new();
    }
    words.say("echo", &Params { value: &grouped(&value.display, symbols.count), ..Params::default() })
}

/// Digits in groups: those of the spelling, or fours where they come out even, else threes.
fn grouped(display: &str, count: usize) -> String {
    let mut out = String::new();
    let plain = display.len() == count;
    let size = if count.is_multiple_of(4) { 4 } else { 3 };
    // What is left over joins the first group, unless two digits are left: they are one.
    let first = match count % size {
        1 => size + 1,
        rest => rest,
    };
    for (at, c) in display.chars().enumerate() {
        if !c.is_ascii_digit() {
            push(&mut out, ' ');
            continue;
        }
        if plain && at > 0 && at >= first && (at - first) % size == 0 {
            push(&mut out, ' ');
        }
        push(&mut out, c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validators::verdict;
    use crate::verdict::{Context, Day, Verdict};

    #[track_caller]
    fn check(kind: Kind, text: &str, expected: &str) {
        let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
        let Verdict::Complete { value, .. } = verdict(kind, text, &ctx) else { panic!("{text} is complete") };
        assert_eq!(echo(kind, &value, &Words::russian()), expected);
    }

    #[test]
    fn a_date_is_left_to_the_page_to_spell_out() {
        check(Kind::BirthDate, "5 марта 90", "1990-03-05");
        check(Kind::PassportIssueDate, "29.02.2024", "2024-02-29");
    }

    #[test]
    fn a_long_number_is_read_in_groups() {
        check(Kind::Snils, "11223344595", "Читается так: 112 233 445 95");
        check(Kind::Inn, "7707083893", "Читается так: 7707 083 893");
        check(Kind::InnPerson, "500100000199", "Читается так: 5001 0000 0199");
        check(Kind::Ogrn, "1027700132195", "Читается так: 1027 700 132 195");
        check(Kind::Bik, "044525225", "Читается так: 044 525 225");
        check(Kind::Postcode, "101000", "");
        check(Kind::Text, "11223344595", "");
    }
}
