//! The kinds by their stable names: a name that is here is never taken away.

use podskazka::validators::{ALL, Kind};

/// Names of all kinds, in the order of the registry.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|kind| kind.name()).collect()
}

/// The kind of a stable name; an unknown name fails the test that asks.
#[track_caller]
pub fn kind(name: &str) -> Kind {
    Kind::parse(name).unwrap_or_else(|| panic!("`{name}` is no kind of the core"))
}

#[test]
fn every_published_name_is_a_kind_and_comes_back() {
    let schema = std::fs::read_to_string("docs/schema/form.v1.json").unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let published = schema.pointer("/$defs/kind/enum").unwrap().as_array().unwrap();
    assert!(published.len() >= 65);
    for name in published.iter().map(|it| it.as_str().unwrap()) {
        assert_eq!(kind(name).name(), name);
    }
}

/// What a new kind needs beside what `cargo xtask docs` writes: the guide names these files, and no other one speaks of a kind
/// that needs nothing more.
#[test]
fn the_guide_names_every_file_that_a_kind_is_in() {
    let guide = std::fs::read_to_string("docs/guides/validator.md").unwrap();
    let mut found = Vec::new();
    for folder in ["src", "tests/cases", "tests/it", "widget", "www/faq", "cli", "server"] {
        walk(folder.as_ref(), &mut found);
    }
    found.sort();
    let own = ["src/validators/military_id.rs", "tests/cases/military_id.json", "www/faq/military-id.md"];
    let shared = [
        "src/messages/en.txt",
        "src/messages/ru.txt",
        "src/validators.rs",
        "src/validators/codes.rs",
        "src/validators/codes.txt",
    ];
    let mut wanted = [&own[..], &shared[..]].concat();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "military_id stands in other files than the guide says");
    // The guide speaks of `okpo`, by the pattern of which these files are named.
    for file in shared.iter().copied().chain(own.map(|file| file)) {
        let name = file.replace("military_id", "okpo").replace("en.txt", "ru.txt");
        assert!(guide.contains(&name), "docs/guides/validator.md does not name {name}");
    }
}

/// Files under a folder that name the kind in any spelling.
fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.to_string_lossy().into_owned();
            let named = ["military_id", "MilitaryId"].iter().any(|it| text.contains(it));
            if named && name != "tests/it/kinds.rs" {
                found.push(name);
            }
        }
    }
}

#[test]
fn a_name_that_is_none_is_refused() {
    for name in ["", "INN", "inn ", "inm"] {
        assert!(Kind::parse(name).is_none(), "{name}");
    }
}
