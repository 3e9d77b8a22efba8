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
fn builds_json_and_the_article_file() {
    let dir = tempfile::tempdir().unwrap();
    let [json, file] = ["faq.json", "faq.pdk"].map(|name| dir.path().join(name));
    for out in [&json, &file] {
        let (ok, report, err) = podskazka(&["faq", "build", &faq_dir(), out.to_str().unwrap()]);
        assert!(ok && report.contains(" articles, "), "{report}{err}");
    }
    let text = std::fs::read_to_string(json).unwrap();
    let articles: Vec<podskazka::faq::Article> = serde_json::from_str(&text).unwrap();
    assert!(articles.len() >= 88 && articles.is_sorted_by(|a, b| a.id < b.id));
    let pack = podskazka::faq::Pack::read(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(pack.articles, articles);
    let (ok, out, _) = podskazka(&["faq", "search", file.to_str().unwrap(), "забыл пароль"]);
    assert!(ok && out.contains("account-recovery"), "{out}");
}

#[test]
fn a_large_set_becomes_a_catalogue_with_chunks() {
    let dir = tempfile::tempdir().unwrap();
    let source = dir.path().join("source");
    std::fs::create_dir(&source).unwrap();
    for number in 0..1_001 {
        let head =
            format!("id: a{number}\ntitle: Справка {number}\nsection: payment\nasked_as: [справка]\nkeywords: []");
        let text = format!("---\n{head}\nkinds: []\ncodes: []\nlang: ru\nupdated: 2026-11-25\n---\n\nОкно {number}.\n");
        std::fs::write(source.join(format!("a{number}.md")), text).unwrap();
    }
    let file = dir.path().join("faq.pdk");
    let (ok, report, err) = podskazka(&["faq", "build", source.to_str().unwrap(), file.to_str().unwrap()]);
    assert!(ok && report.starts_with("63 chunks"), "{report}{err}");
    let (ok, out, err) = podskazka(&["faq", "search", file.to_str().unwrap(), "окно 707"]);
    assert!(ok && out.contains("Окно 707."), "{out}{err}");
    let chunk = std::fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().path());
    let chunk = chunk.into_iter().find(|it| it.to_string_lossy().contains("faq-7-")).unwrap();
    std::fs::remove_file(chunk).unwrap();
    let (ok, _, err) = podskazka(&["faq", "search", file.to_str().unwrap(), "окно 707"]);
    assert!(!ok && err.contains("faq-7-") && err.contains("a chunk of it"), "{err}");
}

#[test]
fn searches_and_says_how_sure_it_is() {
    let (ok, out, _) = podskazka(&["faq", "search", &faq_dir(), "забыл пароль"]);
    assert!(ok && out.lines().next().unwrap().contains("account-recovery") && out.contains("confidence "), "{out}");
    let (ok, out, _) = podskazka(&["faq", "search", &faq_dir(), "pf,sk gfhjkm"]);
    assert!(ok && out.starts_with("Показаны результаты для «забыл пароль»"), "{out}");
    let (ok, _, err) = podskazka(&["faq", "search", &faq_dir(), " "]);
    assert!(!ok && err.contains("QUERY is empty"), "{err}");
}

#[test]
fn another_file_is_no_article_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.pdk");
    std::fs::write(&file, "text").unwrap();
    let (ok, _, err) = podskazka(&["faq", "search", file.to_str().unwrap(), "x"]);
    assert!(!ok && err.contains("a.pdk") && err.contains("podskazka faq build"), "{err}");
}

#[test]
fn checks_the_articles_of_the_portal() {
    let (ok, out, err) = podskazka(&["faq", "check", &faq_dir(), "--today", "2026-11-28"]);
    assert!(ok && out.contains(": 0 errors, "), "{out}{err}");
    let (ok, _, err) = podskazka(&["faq", "check", &faq_dir(), "--today", "yesterday"]);
    assert!(!ok && err.contains("--today yesterday"), "{err}");
}

#[test]
fn measures_questions() {
    let dir = tempfile::tempdir().unwrap();
    let [articles, queries] = ["a.jsonl", "q.jsonl"].map(|name| dir.path().join(name));
    std::fs::write(&articles, r#"{"set":"s","id":"1","title":"Как вернуть деньги","body":"Текст.","category":""}"#)
        .unwrap();
    std::fs::write(&queries, r#"{"set":"s","query":"возврат денег","relevant":["1"],"qid":"q1"}"#).unwrap();
    let files = ["--articles", articles.to_str().unwrap(), "--queries", queries.to_str().unwrap()];
    let (ok, out, err) = podskazka(&[&["faq", "eval", "--json"], files.as_slice()].concat());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap_or_default();
    assert!(ok && report["average"]["recall_1"] == 100.0, "{out}{err}");
    let (ok, out, _) = podskazka(&[&["faq", "eval", "--variant", "layout"], files.as_slice()].concat());
    assert!(ok && out.contains("R@1") && out.contains("average"), "{out}");
    std::fs::write(&queries, "{\n").unwrap();
    let (ok, _, err) = podskazka(&[&["faq", "eval"], files.as_slice()].concat());
    assert!(!ok && err.contains("q.jsonl:1"), "{err}");
}

#[test]
fn names_the_broken_article() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.md"), "---\nid a\n---\n").unwrap();
    let (ok, _, err) = podskazka(&["faq", "search", dir.path().to_str().unwrap(), "x"]);
    assert!(!ok && err.contains("a.md") && err.contains("line 2"), "{err}");
}

#[test]
fn a_schema_is_checked_with_places_and_fixes() {
    let dir = tempfile::tempdir().unwrap();
    let [right, wrong] = ["right.json", "wrong.json"].map(|name| dir.path().join(name));
    std::fs::write(&right, r#"{"version": 1, "form": "f", "fields": [{"name": "inn", "kind": "inn"}]}"#).unwrap();
    std::fs::write(&wrong, r#"{"version": 1, "form": "f", "fields": [{"name": "inn", "kind": "innn"}]}"#).unwrap();
    let (ok, out, _) = podskazka(&["form", "check", right.to_str().unwrap()]);
    assert!(ok && out.contains("no problem"), "{out}");
    let (ok, out, _) = podskazka(&["form", "check", wrong.to_str().unwrap()]);
    assert!(!ok && out.contains("#/fields/0/kind") && out.contains("did you mean `inn`?"), "{out}");
}
