//! The parts of the search together. Questions and numbers are artificial.

mod articles;
mod citizens;
mod fresh;
mod index;
mod library;
mod markdown;
mod meant;
mod pack;
mod questions;
mod strangers;

use std::path::Path;

use super::*;

/// The articles of the demo portal.
fn articles() -> Vec<Article> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/faq");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    let read = |f: &std::path::PathBuf| {
        let article = parse(&std::fs::read_to_string(f).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", f.display()));
        assert_eq!(Some(article.id.as_str()), f.file_stem().and_then(|s| s.to_str()), "id and file name differ");
        article
    };
    files.iter().map(read).collect()
}

/// An article of a title and paragraphs.
fn article(id: &str, title: &str, body: &[&str]) -> Article {
    Article {
        id: id.into(),
        title: title.into(),
        section: Section::Technical,
        asked_as: Vec::new(),
        keywords: Vec::new(),
        kinds: Vec::new(),
        codes: Vec::new(),
        services: Vec::new(),
        lang: "ru".into(),
        updated: "2026-11-25".into(),
        reviewed_by: String::new(),
        source: String::new(),
        popular: 0,
        blocks: body.iter().map(|text| Block::Paragraph { spans: vec![Inline::Text((*text).into())] }).collect(),
    }
}
