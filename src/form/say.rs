//! How a value reads, and how often a person is spoken to.

use super::Effect;
use crate::messages::{Params, Words};
use crate::text::{Symbols, push};
use crate::validators::{Kind, date};
use crate::verdict::Day;

/// Shorter numbers are read at a glance.
const LONG: usize = 9;

/// One action, one announcement: the last one tells how things stand.
pub fn once(out: &mut Vec<Effect>) {
    let mut left = out.iter().filter(|e| matches!(e, Effect::Announce(_))).count();
    out.retain(|effect| {
        let said = matches!(effect, Effect::Announce(_));
        left -= usize::from(said);
        !said || left == 0
    });
}

/// A complete value in words («5 марта 1990 г., понедельник») or in groups; empty where it needs neither.
pub fn echo(kind: Kind, display: &str, today: Day, words: &Words) -> String {
    if let Some(day) = date::day_of(display, today).filter(|_| kind.name().ends_with("date")) {
        let number = |n: u32| {
            let mut out = String::new();
            crate::text::push_number(&mut out, n.into(), 0);
            out
        };
        // 1 March of the year 0 was a Wednesday.
        let weekday = number((day.number() + 2) % 7);
        let month = words.say(&crate::text::join(&["month.", &number(day.month.into())]), &Params::default());
        let weekday = words.say(&crate::text::join(&["weekday.", &weekday]), &Params::default());
        let year = number(day.year.into());
        let params = Params { n: day.day.into(), found: &month, value: &year, expected: &weekday, ..Params::default() };
        return words.say("echo.date", &params);
    }
    let symbols = Symbols::read(display);
    if kind.forms().is_none() || symbols.letters || symbols.count < LONG {
        return String::new();
    }
    words.say("echo.number", &Params { value: &grouped(display, symbols.count), ..Params::default() })
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

    const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

    #[track_caller]
    fn check(kind: Kind, display: &str, expected: &str) {
        assert_eq!(echo(kind, display, TODAY, &Words::russian()), expected);
    }

    #[test]
    fn a_date_is_said_in_words() {
        check(Kind::BirthDate, "05.03.1990", "5 марта 1990 г., понедельник");
        check(Kind::Date, "25.11.2026", "25 ноября 2026 г., среда");
        check(Kind::PassportIssueDate, "29.02.2024", "29 февраля 2024 г., четверг");
    }

    #[test]
    fn a_long_number_is_read_in_groups() {
        check(Kind::Snils, "112-233-445 95", "Читается так: 112 233 445 95");
        check(Kind::Inn, "7707083893", "Читается так: 7707 083 893");
        check(Kind::InnPerson, "500100000199", "Читается так: 5001 0000 0199");
        check(Kind::Ogrn, "1027700132195", "Читается так: 1027 700 132 195");
        check(Kind::Bik, "044525225", "Читается так: 044 525 225");
        check(Kind::Postcode, "101000", "");
        check(Kind::Text, "11223344595", "");
    }

    #[test]
    fn one_action_is_announced_once() {
        let mut out = vec![Effect::Announce("a".into()), Effect::Allow, Effect::Announce("b".into())];
        once(&mut out);
        assert_eq!(out, [Effect::Allow, Effect::Announce("b".into())]);
    }
}
