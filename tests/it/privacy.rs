//! `tests/privacy.json`: texts with what is personal in them, as a reader would say. The table holds known misses and false
//! finds; what is measured is how many there are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use podskazka::privacy::detect::{find, scrub};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    found: Vec<String>,
    why: String,
}

/// Found and meant, found and not meant, meant and not found.
#[derive(Default)]
struct Count {
    hits: usize,
    false_finds: Vec<String>,
    misses: Vec<String>,
}

fn count() -> Count {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/privacy.json");
    let file: File = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut out = Count::default();
    for case in file.cases {
        let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
        case.found.iter().for_each(|kind| *wanted.entry(kind).or_default() += 1);
        for found in find(&case.text) {
            match wanted.get_mut(found.kind).filter(|n| **n > 0) {
                Some(n) => {
                    *n -= 1;
                    out.hits += 1;
                }
                None => out.false_finds.push(format!("{} in «{}» ({})", found.kind, case.text, case.why)),
            }
        }
        let missed = wanted.iter().flat_map(|(kind, n)| (0..*n).map(move |_| kind));
        out.misses.extend(missed.map(|kind| format!("{kind} in «{}» ({})", case.text, case.why)));
    }
    out
}

#[test]
fn personal_data_is_found_and_little_else() {
    let Count { hits, false_finds, misses } = count();
    println!("{hits} found, {} missed, {} false", misses.len(), false_finds.len());
    assert!(misses.len() <= 3, "missed:\n{}", misses.join("\n"));
    assert!(false_finds.len() <= 1, "false:\n{}", false_finds.join("\n"));
    assert!(hits >= 45, "{hits}");
}

/// Whatever is scrubbed once is clean: what the page has covered, the server covers again without a change.
#[test]
fn covering_twice_changes_nothing_more() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/privacy.json");
    let file: File = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for case in file.cases {
        let once = scrub(&case.text);
        assert_eq!(once.chars().count(), case.text.chars().count(), "{}", case.text);
        assert_eq!(scrub(&once), once, "{}", case.text);
    }
}
