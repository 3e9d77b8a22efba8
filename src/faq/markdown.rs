//! The small part of Markdown that articles are written in.

use super::article::{Article, Block, Inline};
use super::front;

/// What stands in the way of reading an article; `line` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleError {
    pub line: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl std::fmt::Display for ArticleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ArticleError {}

/// Where links may lead: the zone of the state's own sites, and official services outside of it.
const SITES: [&str; 5] = ["gov.ru", "gosuslugi.ru", "nalog.ru", "cbr.ru", "pochta.ru"];

/// Where videos of state services lie.
const VIDEO_SITES: [&str; 2] = ["rutube.ru", "vkvideo.ru"];

pub(super) fn fail<T>(line: usize, message: impl Into<String>) -> Result<T, ArticleError> {
    Err(ArticleError { line, message: message.into() })
}

/// Read an article: front matter between `---` lines, then headings `##`, paragraphs, `- ` and `1. ` lists, pictures
/// `![what it shows](file.svg)` and videos `[![title](poster.svg)](https://…)` on a line of their own, `**strong**` and `[text](faq:id)`.
pub fn parse(source: &str) -> Result<Article, ArticleError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut lines = source.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    let (mut article, end) = front::read(&mut lines)?;
    let mut blocks = body(lines)?;
    if blocks.is_empty() {
        return fail(end, "the article has no text; write it below the front matter");
    }
    blocks.append(&mut article.blocks);
    Ok(Article { blocks, ..article })
}

/// A block whose lines are still being gathered.
enum Open {
    Paragraph(usize, String),
    List(bool, Vec<(usize, String)>),
}

fn close(open: Option<Open>, blocks: &mut Vec<Block>) -> Result<(), ArticleError> {
    match open {
        None => {}
        Some(Open::Paragraph(line, text)) => blocks.push(Block::Paragraph { spans: inline(line, &text)? }),
        Some(Open::List(ordered, items)) => {
            let items = items.iter().map(|(line, text)| inline(*line, text)).collect::<Result<_, _>>()?;
            blocks.push(Block::List { ordered, items });
        }
    }
    Ok(())
}

fn body<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Result<Vec<Block>, ArticleError> {
    let mut blocks = Vec::new();
    let mut open: Option<Open> = None;
    for (at, raw) in lines {
        let line = raw.trim();
        if line.is_empty() {
            close(open.take(), &mut blocks)?;
        } else if let Some(text) = line.strip_prefix("## ") {
            close(open.take(), &mut blocks)?;
            blocks.push(Block::Heading { text: text.trim().into() });
        } else if line.starts_with('#') {
            return fail(at, "only headings of the second level are known; write `## Heading`");
        } else if let Some(rest) = line.strip_prefix("[![") {
            close(open.take(), &mut blocks)?;
            blocks.push(video(at, rest)?);
        } else if let Some(rest) = line.strip_prefix("![") {
            close(open.take(), &mut blocks)?;
            blocks.push(picture(at, rest)?);
        } else if line.starts_with('|') || line.starts_with('>') || line.starts_with("* ") {
            return fail(at, "tables, quotes and `* ` lists are unknown; write a paragraph or a `- ` list");
        } else if let Some((ordered, text)) = item(line) {
            match &mut open {
                Some(Open::List(same, items)) if *same == ordered => items.push((at, text.into())),
                _ => {
                    close(open.take(), &mut blocks)?;
                    open = Some(Open::List(ordered, vec![(at, text.into())]));
                }
            }
        } else {
            match &mut open {
                Some(Open::Paragraph(_, text)) => *text = format!("{text} {line}"),
                Some(Open::List(_, items)) => {
                    if let Some((_, text)) = items.last_mut() {
                        *text = format!("{text} {line}");
                    }
                }
                None => open = Some(Open::Paragraph(at, line.into())),
            }
        }
    }
    close(open, &mut blocks)?;
    Ok(blocks)
}

/// What follows `![`: `what it shows](file.svg)`.
fn picture(line: usize, rest: &str) -> Result<Block, ArticleError> {
    let parts = rest.split_once("](").and_then(|(alt, after)| Some((alt.trim(), after.strip_suffix(')')?)));
    let Some((alt, src)) = parts else {
        return fail(line, "a picture stands alone on its line; write `![what it shows](file.svg)`");
    };
    if alt.is_empty() {
        return fail(line, "a picture without words; say between `![` and `]` what it shows");
    }
    let known = [".svg", ".png", ".webp"].iter().any(|end| src.ends_with(end));
    let plain = src.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) && !src.starts_with('.');
    if !known || !plain {
        return fail(line, format!("`{src}` is not a picture beside the articles; name an .svg, .png or .webp file"));
    }
    Ok(Block::Picture { src: src.into(), alt: alt.into() })
}

/// What follows `[![`: `title](poster.svg)](https://…)`.
fn video(line: usize, rest: &str) -> Result<Block, ArticleError> {
    let parts = rest.rsplit_once("](").and_then(|(front, href)| Some((front, href.strip_suffix(')')?)));
    let Some((front, href)) = parts else {
        return fail(line, "a video stands alone on its line; write `[![its title](poster.svg)](https://rutube.ru/…)`");
    };
    if !on_site(href, &VIDEO_SITES) && !on_site(href, &SITES) {
        let sites = VIDEO_SITES.join(", ");
        return fail(line, format!("the video `{href}` lies elsewhere; use https on {sites} or an official site"));
    }
    match picture(line, front)? {
        Block::Picture { src, alt } => Ok(Block::Video { poster: src, title: alt, href: href.into() }),
        other => Ok(other),
    }
}

/// `- text` or `1. text`.
fn item(line: &str) -> Option<(bool, &str)> {
    if let Some(text) = line.strip_prefix("- ") {
        return Some((false, text.trim()));
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.len() - rest.len();
    let text = rest.strip_prefix(". ")?;
    (1..=2).contains(&number).then(|| (true, text.trim()))
}

fn inline(line: usize, text: &str) -> Result<Vec<Inline>, ArticleError> {
    if text.contains(['<', '`']) || text.contains("![") {
        return fail(line, "markup and code are unknown, and a picture stands on its own line; write plain words");
    }
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(at) = [rest.find("**"), rest.find('[')].into_iter().flatten().min() {
        let (before, mark) = rest.split_at(at);
        push(&mut spans, before);
        if let Some(inner) = mark.strip_prefix("**") {
            let Some((strong, after)) = inner.split_once("**") else {
                return fail(line, "`**` is not closed; add a second `**`");
            };
            spans.push(Inline::Strong(strong.into()));
            rest = after;
        } else {
            let parts = mark.strip_prefix('[').and_then(|m| m.split_once("](")).and_then(|(words, tail)| {
                let (href, after) = tail.split_once(')')?;
                Some((words, href, after))
            });
            let Some((words, href, after)) = parts else {
                return fail(line, "a link is not whole; write `[words](faq:id)`");
            };
            if !is_allowed(href) {
                let sites = SITES.join(", ");
                return fail(line, format!("the link `{href}` leads elsewhere; use `faq:id` or https on {sites}"));
            }
            spans.push(Inline::Link { text: words.into(), href: href.into() });
            rest = after;
        }
    }
    push(&mut spans, rest);
    Ok(spans)
}

fn push(spans: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        spans.push(Inline::Text(text.into()));
    }
}

fn is_allowed(href: &str) -> bool {
    if let Some(id) = href.strip_prefix("faq:") {
        return !id.is_empty();
    }
    on_site(href, &SITES)
}

fn on_site(href: &str, sites: &[&str]) -> bool {
    let Some(rest) = href.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    sites.iter().any(|site| host == *site || host.strip_suffix(site).is_some_and(|sub| sub.ends_with('.')))
}
