//! The codes that have been published: whoever branches on one finds it in every later version.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use podskazka::form::rules::RULE_CODES;
use podskazka::form::schema::LIMIT_CODES;
use podskazka::form::{REQUIRED, files};
use podskazka::validators::ALL;
use podskazka::validators::check;
use podskazka::validators::codes::{CODES, REASONS};
use podskazka::verdict::{Context, Day, Verdict};
use serde_json::Value;

/// Beside the registry: a code a line, `#` begins a comment. Lines are added and never taken away.
const LIST: &str = "src/validators/codes.txt";

fn published() -> Vec<String> {
    let text = fs::read_to_string(LIST).unwrap();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// Codes of the core: of kinds, of forms, of files and of schemas; reasons of fixes as `fix.…`.
fn present() -> BTreeSet<String> {
    let of_kinds = CODES
        .iter()
        .flat_map(|(kind, faults, doubts)| faults.iter().chain(*doubts).map(move |flaw| format!("{kind}.{flaw}")));
    let of_forms = LIMIT_CODES.iter().chain(files::CODES).chain(&[REQUIRED]).copied();
    let of_forms = of_forms.chain(RULE_CODES.iter().map(|(code, _)| *code)).map(str::to_owned);
    let reasons = REASONS.iter().map(|(reason, _)| format!("fix.{reason}"));
    let mut out: BTreeSet<String> = of_kinds.chain(of_forms).chain(reasons).collect();
    of_schemas("src/form".as_ref(), &mut out);
    out
}

/// Codes of schemas stand where they are given: as literals `"schema.…"` of the reader.
fn of_schemas(folder: &Path, out: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            of_schemas(&path, out);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            for literal in text.split("\"schema.").skip(1).filter_map(|rest| rest.split('"').next()) {
                out.insert(format!("schema.{literal}"));
            }
        }
    }
}

#[test]
fn no_published_code_is_renamed_or_taken_away() {
    let (published, present) = (published(), present());
    let lost: Vec<_> = published.iter().filter(|code| !present.contains(*code)).collect();
    assert!(lost.is_empty(), "give them back: pages and servers branch on {lost:?}");
    let known: BTreeSet<&String> = published.iter().collect();
    assert_eq!(known.len(), published.len(), "{LIST}: a code stands there twice");
}

#[test]
fn a_new_code_is_published_by_a_line_of_its_own() {
    let published: BTreeSet<String> = published().into_iter().collect();
    let new: Vec<_> = present().into_iter().filter(|code| !published.contains(code)).collect();
    assert!(new.is_empty(), "they stay for good once they are out; where the names are right, add to {LIST}: {new:?}");
}

#[test]
fn the_list_knows_codes_of_every_sort() {
    let present = present();
    for code in
        ["inn.checksum", "inn.region", "form.required", "form.account_bik", "form.min", "file.size", "schema.kind"]
    {
        assert!(present.contains(code), "{code}");
    }
}

/// Names in the rows of the table whose first column is headed so, at the top of the list of codes.
fn explained(head: &str) -> Vec<String> {
    let source = fs::read_to_string("src/validators/codes.rs").unwrap();
    let mut rows = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    rows.by_ref().find(|row| *row == format!("| {head} | meaning |")).expect(head);
    let rows = rows.skip(1).map_while(|row| row.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    rows.flat_map(|(names, meaning)| {
        assert!(meaning.len() > 20, "{names} says nothing");
        names.split(", ").map(|name| name.trim_matches('`').to_owned()).collect::<Vec<_>>()
    })
    .collect()
}

#[test]
fn every_flaw_and_every_doubt_is_explained_once() {
    for (head, doubts) in [("flaw", false), ("doubt", true)] {
        let explained = explained(head);
        let rows: BTreeSet<&str> = explained.iter().map(String::as_str).collect();
        assert_eq!(rows.len(), explained.len(), "a {head} stands in two rows");
        let names: BTreeSet<&str> =
            CODES.iter().flat_map(|(_, flaws, more)| if doubts { *more } else { *flaws }).copied().collect();
        assert_eq!(rows, names, "the table of each {head} in src/validators/codes.rs beside the codes there are");
    }
}

/// Every value of the shared cases as every kind: what the fixes of all these verdicts give as their reasons.
#[test]
fn the_reasons_of_fixes_are_those_of_the_list() {
    let ctx = Context { today: Day { year: 2026, month: 3, day: 31 }, bik: None };
    let mut given = BTreeSet::new();
    for entry in fs::read_dir("tests/cases").unwrap() {
        let file: Value = serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        let values = file["cases"].as_array().into_iter().flatten().filter_map(|case| case["value"].as_str());
        for value in values.filter(|it| it.len() < 200) {
            for kind in ALL {
                let fixes = match check(*kind, value, &ctx) {
                    Verdict::Fault(it) => it.fixes,
                    Verdict::Partial { fixes, .. } => fixes,
                    Verdict::Complete { .. } => continue,
                };
                given.extend(fixes.into_iter().map(|it| it.reason));
            }
        }
    }
    let listed: BTreeSet<&str> = REASONS.iter().map(|(reason, _)| *reason).collect();
    assert_eq!(given, listed);
    assert_eq!(listed.len(), REASONS.len(), "a reason stands there twice");
}
