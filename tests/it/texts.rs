//! Any text at all: no kind panics, spans stay inside the text, and what passes once passes in its own spelling too.

use std::fs;
use std::path::Path;

use podskazka::validators::{Kind, Outcome, check, completions, look, validate, validate_many, verdict};
use podskazka::verdict::{Context, Edit, Facts, Span, Value, Verdict};

use crate::TODAY;
use crate::kinds::{kind, names};
use crate::properties::apply;
use crate::xorshift::Xorshift;

/// Random texts of each kind.
const TEXTS: usize = 20_000;
/// One text in so many is very long.
const LONG_EVERY: usize = 2_000;
const LONG: usize = 20_000;

/// What texts are made of: words that mean something to some kind, and what people and clipboards put between them.
const PIECES: [&str; 64] = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "00",
    "000",
    "7707083893",
    "112-233-445 95",
    "+7",
    "8 (916)",
    "٣",
    "７",
    "²",
    "½",
    "О",
    "З",
    "l",
    "б",
    "А",
    "В",
    "С",
    "ж",
    "ё",
    "Й",
    "й",
    "A",
    "B",
    "z",
    "II",
    "IV",
    "У",
    "Х",
    "ИНН",
    "СНИЛС:",
    "№",
    "марта",
    "мая",
    "г.",
    "«05»",
    "@",
    "example.ru",
    ".рф",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{200f}",
    "\u{feff}",
    "-",
    "—",
    ".",
    "/",
    ":",
    "_",
    "*",
    "😀",
    "🇷🇺",
    "\u{301}",
    "\n",
];

fn random(chance: &mut Xorshift, pieces: usize) -> String {
    (0..pieces).map(|_| chance.pick(&PIECES)).collect()
}

/// A text that was right once, with a few characters taken out, put in or changed.
fn damaged(chance: &mut Xorshift, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=chance.below(3) {
        let at = chance.below(chars.len() + 1);
        let piece = chance.pick(&PIECES).chars();
        match chance.below(3) {
            0 => drop(chars.splice(at..at, piece)),
            1 if at < chars.len() => drop(chars.remove(at)),
            _ if at < chars.len() => drop(chars.splice(at..=at, piece)),
            _ => {}
        }
    }
    chars.into_iter().collect()
}

/// The values of the case file of a kind.
fn values(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name).with_extension("json");
    let file: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    file["cases"].as_array().unwrap().iter().map(|case| case["value"].as_str().unwrap().to_owned()).collect()
}

/// UTF-16 offsets at which a character of the text starts, and the end.
fn borders(text: &str) -> Vec<u32> {
    let mut at = 0;
    let mut out = vec![0];
    for c in text.chars() {
        at += c.len_utf16() as u32;
        out.push(at);
    }
    out
}

/// What does not hold of the verdict on a text, if anything.
fn finding(kind: Kind, text: &str) -> Option<String> {
    let ctx = Context { today: TODAY, bik: None };
    let Verdict::Fault(fault) = check(kind, text, &ctx) else { return None };
    let name = kind.name();
    let borders = borders(text);
    let inside = |start: u32, end: u32| {
        start <= end && borders.binary_search(&start).is_ok() && borders.binary_search(&end).is_ok()
    };
    let Span { start, end } = fault.span;
    if !inside(start, end) {
        return Some(format!("span {start}..{end}"));
    }
    if !fault.code.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')) {
        return Some(format!("code {}", fault.code));
    }
    // ИНН of a person and СНИЛС list every changed digit that fits.
    if fault.fixes.len() > 3 && !matches!(name, "inn" | "inn_person" | "snils") {
        return Some(format!("{} fixes", fault.fixes.len()));
    }
    fault.fixes.iter().find_map(|fix| {
        if let Some(Edit { start, end, .. }) = fix.edits.iter().find(|e| !inside(e.start, e.end)) {
            return Some(format!("edit {start}..{end}"));
        }
        // A word in the other layout may stand in a text that is not finished; but a fix never leads to another fault.
        let mended = apply(text, &fix.edits);
        let at_fault = matches!(check(kind, &mended, &ctx), Verdict::Fault(_));
        at_fault.then(|| format!("`{}` gives {mended:?}, which is at fault too", fix.reason))
    })
}

/// Checks [`TEXTS`] texts of each kind; of each kind the first finding is told.
fn storm(names: &[&str]) {
    let mut findings = Vec::new();
    for name in names {
        let kind = kind(name);
        let values = values(name);
        let mut chance = Xorshift::new(name.bytes().fold(1, |seed, b| (seed << 5 ^ seed >> 59) ^ u64::from(b)));
        let mut draw = |turn: usize| {
            if turn.is_multiple_of(LONG_EVERY) {
                return random(&mut chance, LONG);
            }
            if turn.is_multiple_of(2) {
                let pieces = chance.below(24);
                return random(&mut chance, pieces);
            }
            let value = &values[chance.below(values.len())];
            damaged(&mut chance, value)
        };
        let first =
            (0..TEXTS).map(&mut draw).find_map(|text| Some(format!("{name} {text:?}: {}", finding(kind, &text)?)));
        findings.extend(first);
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

// Four tests, so that they run side by side.

#[test]
fn no_text_upsets_a_kind_of_the_first_quarter() {
    storm(&names()[..16]);
}

#[test]
fn no_text_upsets_a_kind_of_the_second_quarter() {
    storm(&names()[16..32]);
}

#[test]
fn no_text_upsets_a_kind_of_the_third_quarter() {
    storm(&names()[32..48]);
}

#[test]
fn no_text_upsets_a_kind_of_the_last_quarter() {
    storm(&names()[48..]);
}

/// The quick look, the verdict without facts, the strict form and the column all say what the check says.
#[test]
fn every_way_to_ask_gives_one_answer() {
    let ctx = Context { today: TODAY, bik: None };
    for name in names() {
        let kind = kind(name);
        let values = values(name);
        let column = validate_many(kind, values.iter().map(String::as_str), &ctx);
        for (text, in_column) in values.iter().zip(column) {
            let mut bare = check(kind, text, &ctx).map(|value| Value { facts: Facts::default(), ..value });
            if let Verdict::Partial { fixes, .. } = &mut bare {
                let fixes = std::mem::take(fixes);
                assert_eq!(fixes, completions(kind, text, &ctx), "{name} {text:?}");
                for fix in fixes {
                    let mended = apply(text, &fix.edits);
                    assert!(
                        matches!(check(kind, &mended, &ctx), Verdict::Complete { .. }),
                        "{name} {text:?}: {mended:?}"
                    );
                }
            }
            assert_eq!(bare, verdict(kind, text, &ctx), "{name} {text:?}");
            let (complete, partial) = match check(kind, text, &ctx) {
                Verdict::Complete { .. } => (true, None),
                Verdict::Partial { missing, .. } => (false, Some(missing)),
                Verdict::Fault(fault) => {
                    assert_eq!(validate(kind, text, &ctx).err(), Some(fault), "{name} {text:?}");
                    (false, None)
                }
            };
            for outcome in [look(kind, text, &ctx), in_column] {
                assert_eq!(matches!(outcome, Outcome::Complete(_)), complete, "{name} {text:?}");
                let missing = if let Outcome::Partial(missing) = outcome { Some(missing) } else { None };
                assert_eq!(missing, partial, "{name} {text:?}");
            }
            assert_eq!(validate(kind, text, &ctx).is_ok(), complete, "{name} {text:?}");
        }
    }
}

#[test]
fn the_stored_and_the_official_spelling_pass_and_mean_the_same() {
    let ctx = Context { today: TODAY, bik: None };
    for name in names() {
        for text in values(name) {
            let Verdict::Complete { value, .. } = check(kind(name), &text, &ctx) else { continue };
            for spelling in [&value.canonical, &value.display] {
                match check(kind(name), spelling, &ctx) {
                    Verdict::Complete { value: again, .. } => {
                        assert_eq!(again.canonical, value.canonical, "{name} {text:?} as {spelling:?}");
                    }
                    other => panic!("{name} {text:?} does not pass as {spelling:?}: {other:?}"),
                }
            }
        }
    }
}
