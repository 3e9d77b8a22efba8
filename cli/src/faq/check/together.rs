//! What can be said of all articles together: ids, links, sections, codes, and whether each article is found.

use std::collections::BTreeMap;
use std::path::Path;

use podskazka::faq::{Article, Block, Builder, Hint, Inline, Section};

use super::{Finding, Level, Page, codes};

/// An article should be among the first so many for its own title and phrasings: more are seldom read.
const SEEN: usize = 3;

pub fn check(dir: &Path, pages: &[Page], lexicon: &str, findings: &mut Vec<Finding>) {
    ids(pages, findings);
    links(pages, findings);
    for finding in gaps(pages).chain(broken_rules(lexicon)) {
        findings.push(Finding { file: dir.display().to_string(), line: 0, level: Level::Warning, message: finding });
    }
    phrasings(pages, findings);
    found(pages, lexicon, findings);
}

fn ids(pages: &[Page], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &Page> = BTreeMap::new();
    for page in pages {
        if let Some(first) = seen.insert(&page.article.id, page) {
            let message = format!("`{}` is the id of {} too; rename one", page.article.id, first.file);
            findings.push(page.finding(Level::Error, page.key("id"), message));
        }
    }
}

fn links(pages: &[Page], findings: &mut Vec<Finding>) {
    for page in pages {
        for target in page.article.blocks.iter().flat_map(spans).filter_map(target) {
            let line = page.line(|line| line.contains(&format!("](faq:{target})")));
            if target == page.article.id {
                findings.push(page.finding(Level::Error, line, "a link to the article itself; take it out"));
            } else if !pages.iter().any(|p| p.article.id == target) {
                let message = format!("no article `{target}`; write it or mend the link");
                findings.push(page.finding(Level::Error, line, message));
            }
        }
    }
}

fn spans(block: &Block) -> Vec<&Inline> {
    match block {
        Block::Paragraph { spans } => spans.iter().collect(),
        Block::List { items, .. } => items.iter().flatten().collect(),
        Block::Heading { .. } | Block::Picture { .. } | Block::Video { .. } => Vec::new(),
    }
}

fn target(span: &Inline) -> Option<&str> {
    match span {
        Inline::Link { href, .. } => href.strip_prefix("faq:"),
        Inline::Text(_) | Inline::Strong(_) => None,
    }
}

/// Sections and codes that no article is about.
fn gaps(pages: &[Page]) -> impl Iterator<Item = String> {
    let empty = Section::ALL.into_iter().filter(|s| !pages.iter().any(|p| p.article.section == *s));
    let empty = empty.map(|s| format!("the section `{}` is empty; write an article for it", s.name()));
    let open = codes::to_explain().filter(|code| !pages.iter().any(|p| p.article.codes.iter().any(|own| own == code)));
    empty.chain(open.map(|code| format!("no article explains the code `{code}`; add it to the `codes` of one")))
}

/// Lines of the lexicon that are no rule.
fn broken_rules(lexicon: &str) -> impl Iterator<Item = String> {
    let rules = lexicon.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let broken = rules.filter(|(_, line)| {
        let named = line.starts_with("stop:") || line.starts_with("weak:");
        !named && (!line.contains(['=', '>']) || line.split(['=', '>']).any(|part| part.trim().is_empty()))
    });
    broken.map(|(at, line)| {
        format!("line {} of the lexicon, `{line}`: write `a = b`, `a > b`, `stop: a` or `weak: a`", at + 1)
    })
}

fn phrasings(pages: &[Page], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, &Page> = BTreeMap::new();
    for page in pages {
        for phrase in page.article.asked_as.iter().chain([&page.article.title]) {
            let plain = phrase.to_lowercase().replace('ё', "е");
            match seen.get(&plain) {
                Some(first) if first.article.id != page.article.id => {
                    let message =
                        format!("«{phrase}» stands in `{}` too; keep it where it is answered", first.article.id);
                    findings.push(page.finding(Level::Warning, page.key("asked_as"), message));
                }
                _ => drop(seen.insert(plain, page)),
            }
        }
    }
}

/// Articles that their own words do not find.
fn found(pages: &[Page], lexicon: &str, findings: &mut Vec<Finding>) {
    let articles: Vec<Article> = pages.iter().map(|p| p.article.clone()).collect();
    let index = Builder::build(&articles, lexicon);
    for page in pages {
        let title = [("title", &page.article.title)];
        for (key, phrase) in page.article.asked_as.iter().map(|p| ("asked_as", p)).chain(title) {
            let hits = index.search(&articles, phrase, &Hint::default()).hits;
            let ids = hits.iter().take(SEEN).filter_map(|hit| articles.get(hit.index)).map(|a| a.id.as_str());
            let ids: Vec<&str> = ids.collect();
            if !ids.contains(&page.article.id.as_str()) {
                let message =
                    format!("«{phrase}» finds {} first; say it in words of this article alone", ids.join(", "));
                findings.push(page.finding(Level::Warning, page.key(key), message));
            }
        }
    }
}
