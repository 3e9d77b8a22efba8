//! Each stop of a release, and what passes.

use std::fs;
use std::path::PathBuf;

use super::*;

const NOTES: &str = "# Changelog\n\n## Unreleased\n\n- Fields of dates say the day of the week. What to do: nothing.\n\n## 0.1.0\n\n- First.\n";

#[track_caller]
fn check(stops: &[String], expected: &[&str]) {
    assert_eq!(stops.len(), expected.len(), "{stops:?}");
    for (stop, word) in stops.iter().zip(expected) {
        assert!(stop.contains(word), "{stop}: expected {word}");
    }
}

/// A folder of its own for a test, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = std::env::temp_dir().join(format!("podskazka-release-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    for (file, text) in files {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    root
}

fn here() {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).expect("the repository is there");
}

#[test]
fn notes_for_the_reader_pass() {
    check(&changelog(NOTES, "0.2.0"), &[]);
}

#[test]
fn an_empty_changelog_stops() {
    check(&changelog("# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- First version.\n", "0.2.0"), &["nothing under"]);
    check(&changelog("# Changelog\n\n## 0.1.0\n\n- First version.\n", "0.2.0"), &["does not begin with"]);
    check(&changelog("", "0.2.0"), &["does not begin with"]);
    check(
        &changelog("# Changelog\n\n## Unreleased\n\n- \n- TODO: write what has changed here\n", "0.2.0"),
        &["no note", "no note", "What to do: …", "What to do: …"],
    );
}

#[test]
fn notes_without_what_to_do_stop() {
    let with = |notes: &str| changelog(&format!("# Changelog\n\n## Unreleased\n\n{notes}"), "0.2.0");
    check(&with("- Fields of dates say the day of the week.\n"), &["What to do: …"]);
    check(&with("- Fields of dates say the day of the week. What to do:\n"), &["nothing stands behind"]);
    // An older section does not count.
    let older = "- Fields of dates say the day of the week.\n\n## 0.1.0\n\n- First. What to do: unpack it.\n";
    check(&with(older), &["What to do: …"]);
    // Each note has its own: that of another one does not count.
    check(
        &with("- Fields of dates say the day of the week.\n- New words. What to do: serve them.\n"),
        &["«Fields of dates"],
    );
    check(&with("- Dates say their day. What to do: nothing.\n- New words. What to do: serve them.\n"), &[]);
}

#[test]
fn notes_about_tests_documentation_and_the_build_ask_for_nothing() {
    let with = |notes: &str| changelog(&format!("# Changelog\n\n## Unreleased\n\n{notes}"), "0.2.0");
    check(
        &with(
            "- Tests: a hang is named after a while.\n- Documentation: a page about dates.\n- Build: half the time.\n",
        ),
        &[],
    );
    check(&with("- Testers hear more than before.\n"), &["What to do: …"]);
}

#[test]
fn the_notes_of_this_repository_pass() {
    here();
    check(&changelog(&fs::read_to_string("CHANGELOG.md").expect("there are notes"), "99.0.0"), &[]);
}

#[test]
fn a_version_that_is_out_stops() {
    check(&changelog(NOTES, "0.1.0"), &["has a section 0.1.0"]);
    check(&changelog(NOTES, "0.1"), &[]);
    assert_eq!(untagged("v0.1.0\nv0.2.0\n", "v0.3.0"), None);
    assert!(untagged("v0.1.0\nv0.2.0\n", "v0.2.0").is_some());
}

#[test]
fn what_is_not_committed_stops() {
    assert_eq!(clean(""), None);
    assert!(
        clean(" M src/lib.rs\n?? notes\n").is_some_and(|stop| stop.contains("2 files") && stop.contains("src/lib.rs"))
    );
}

const MANIFEST: &str = "[workspace.package]\nversion = \"0.2.0\"\n";
const LOCK: &str =
    "[[package]]\nname = \"other\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"podskazka\"\nversion = \"0.2.0\"\n";
const TEMPLATE: &str = "{ \"version\": \"0.0.0\" }";

#[test]
fn one_version_in_the_sources_passes() {
    let root =
        folder("one", &[("Cargo.toml", MANIFEST), ("Cargo.lock", LOCK), ("pkg-templates/package.json", TEMPLATE)]);
    check(&sources(&root).expect("the sources can be read"), &[]);
    here();
    check(&sources(Path::new(".")).expect("the sources can be read"), &[]);
}

#[test]
fn two_versions_in_the_sources_stop() {
    let lock = LOCK.replace("0.2.0", "0.1.9");
    let files =
        [("Cargo.toml", MANIFEST), ("Cargo.lock", &lock), ("pkg-templates/package.json", "{ \"version\": \"0.2.0\" }")];
    check(&sources(&folder("two", &files)).expect("the sources can be read"), &["Cargo.lock", "package.json"]);
    let none = [("Cargo.toml", "[package]\n"), ("Cargo.lock", LOCK), ("pkg-templates/package.json", TEMPLATE)];
    check(&sources(&folder("none", &none)).expect("the sources can be read"), &["no version", "Cargo.lock"]);
}

/// A package as `cargo xtask pkg` makes it, as far as the gate looks.
fn packed(name: &str, version: &str) -> PathBuf {
    here();
    let manifest = format!("{{ \"version\": \"{version}\" }}");
    let integrity = format!("{{ \"version\": \"{version}\", \"folder\": \"dist/{version}-0\" }}");
    let file = format!("dist/{version}-0/podskazka.js");
    let root = folder(name, &[("package.json", &manifest), ("integrity.json", &integrity), (&file, "")]);
    fs::write(root.join("core.d.ts"), pkg::core_types().expect("types can be made")).expect("a file can be written");
    for name in ["index", "options", "events", "faults", "ticket", "element", "node", "react", "vue"] {
        let name = format!("{name}.d.ts");
        fs::copy(Path::new("pkg-templates").join(&name), root.join(&name)).expect("a file can be copied");
    }
    root
}

#[test]
fn a_list_of_the_server_of_another_version_or_none_stops() {
    let made = |version: &str| format!("{{ \"metadata\": {{ \"component\": {{ \"version\": \"{version}\" }} }} }}");
    let own = env!("CARGO_PKG_VERSION");
    let root = folder("listed", &[("own", &made(own)), ("old", &made("0.0.9")), ("broken", "{")]);
    assert_eq!(listed(&root.join("own")), None);
    for (name, word) in [("old", "0.0.9"), ("broken", "«»"), ("absent", "cargo xtask pkg")] {
        assert!(listed(&root.join(name)).is_some_and(|stop| stop.contains(word)), "{name}");
    }
}

#[test]
fn a_package_of_this_version_passes() {
    check(&package(&packed("fresh", "0.2.0"), "0.2.0").expect("the package can be read"), &[]);
}

#[test]
fn a_package_of_another_version_stops() {
    check(
        &package(&packed("old", "0.1.9"), "0.2.0").expect("the package can be read"),
        &["package.json", "integrity.json"],
    );
    let root = packed("half", "0.2.0");
    fs::remove_dir_all(root.join("dist")).expect("a folder can be removed");
    check(&package(&root, "0.2.0").expect("the package can be read"), &["names the folder"]);
}

#[test]
fn a_loader_that_is_over_its_budget_with_digests_stops() {
    let root = packed("heavy", "0.2.0");
    // Bytes that brotli cannot shrink.
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let loader = root.join("dist/0.2.0-0/podskazka.js");
    fs::write(loader, noise.take(3200).collect::<Vec<_>>()).expect("a file can be written");
    check(&package(&root, "0.2.0").expect("the package can be read"), &["the loader with its digests has"]);
}

#[test]
fn stale_types_stop() {
    let root = packed("stale", "0.2.0");
    fs::write(root.join("core.d.ts"), "export type Kind = \"inn\";\n").expect("a file can be written");
    fs::write(root.join("react.d.ts"), "export {};\n").expect("a file can be written");
    check(&package(&root, "0.2.0").expect("the package can be read"), &["core.d.ts", "react.d.ts"]);
}

#[test]
fn a_package_that_is_not_there_names_the_command() {
    here();
    let error = package(Path::new("target/no-such-package"), "0.2.0").expect_err("there is no package");
    assert!(format!("{error:#}").contains("cargo xtask pkg"));
}

#[test]
fn stops_are_told_all_at_once() {
    assert!(stop(&[]).is_ok());
    let error = stop(&["one".into(), "two".into()]).expect_err("two stops");
    assert!(error.to_string().contains("- one\n- two"));
}
