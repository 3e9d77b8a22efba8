//! The command line from outside.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;
use std::process::Command;

fn podskazka(args: &[&str]) -> (bool, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_podskazka")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.success(), text(out.stdout), text(out.stderr))
}

fn faq_dir() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/faq").display().to_string()
}

#[test]
fn builds_the_same_sorted_array_as_the_library() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("faq.json");
    let (ok, _, err) = podskazka(&["faq", "build", &faq_dir(), out.to_str().unwrap()]);
    assert!(ok, "{err}");
    let json = std::fs::read_to_string(out).unwrap();
    assert_eq!(json, podskazka_cli::build_faq(Path::new(&faq_dir())).unwrap());
    let articles: Vec<podskazka::faq::Article> = serde_json::from_str(&json).unwrap();
    assert!(articles.len() >= 22 && articles.is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn searches() {
    let (ok, out, _) = podskazka(&["faq", "search", &faq_dir(), "забыл пароль"]);
    assert!(ok && out.lines().next().unwrap().contains("account-recovery"), "{out}");
}

#[test]
fn names_the_broken_article() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.md"), "---\nid a\n---\n").unwrap();
    let (ok, _, err) = podskazka(&["faq", "search", dir.path().to_str().unwrap(), "x"]);
    assert!(!ok && err.contains("a.md") && err.contains("line 2"), "{err}");
}
