//! The small part of Markdown that articles are written in.

use super::article::{Article, Block, Inline, Section};

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

const KINDS: [&str; 11] =
    ["inn", "snils", "birth_date", "date", "phone", "email", "passport", "kpp", "bik", "account", "full_name"];
const SITES: [&str; 4] = ["gosuslugi.ru", "nalog.gov.ru", "sfr.gov.ru", "cbr.ru"];

fn fail<T>(line: usize, message: impl Into<String>) -> Result<T, ArticleError> {
    Err(ArticleError { line, message: message.into() })
}

#[derive(Default)]
struct Head {
    entries: Vec<(usize, String, String)>,
    end: usize,
}

impl Head {
    fn text(&self, key: &str) -> Result<(usize, &str), ArticleError> {
        match self.entries.iter().find(|(_, k, _)| k == key) {
            Some((line, _, value)) if !value.is_empty() => Ok((*line, value)),
            Some((line, ..)) => fail(*line, format!("`{key}` is empty; write `{key}: value`")),
            None => fail(self.end, format!("`{key}` is missing; add `{key}: value` above the closing `---`")),
        }
    }

    fn list(&self, key: &str) -> Result<(usize, Vec<String>), ArticleError> {
        let (line, value) = self.text(key)?;
        let Some(inner) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) else {
            return fail(line, format!("`{key}` is a list; write `{key}: [a, b]`"));
        };
        let items = inner.split(',').map(str::trim).filter(|i| !i.is_empty()).map(String::from).collect();
        Ok((line, items))
    }
}

/// Read an article: front matter between `---` lines, then headings `##`, paragraphs, `- ` and `1. ` lists,
/// `**strong**` and `[text](faq:id)`.
pub fn parse(source: &str) -> Result<Article, ArticleError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut lines = source.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    if lines.next().map(|(_, line)| line) != Some("---") {
        return fail(1, "the file has to start with a `---` line; put the front matter first");
    }
    let mut head = Head::default();
    for (at, line) in lines.by_ref() {
        if line == "---" {
            head.end = at;
            break;
        }
        let Some((key, value)) = line.split_once(':') else {
            return fail(at, "no `:` in a line of the front matter; write `key: value`");
        };
        let key = key.trim();
        if head.entries.iter().any(|(_, k, _)| k == key) {
            return fail(at, format!("`{key}` stands twice; keep one line"));
        }
        head.entries.push((at, key.into(), value.trim().into()));
    }
    if head.end == 0 {
        return fail(source.lines().count(), "the front matter is not closed; add a `---` line after it");
    }
    let article = header(&head)?;
    let blocks = body(lines)?;
    if blocks.is_empty() {
        return fail(head.end, "the article has no text; write it below the front matter");
    }
    Ok(Article { blocks, ..article })
}

fn header(head: &Head) -> Result<Article, ArticleError> {
    const KEYS: [&str; 9] = ["id", "title", "section", "asked_as", "keywords", "kinds", "codes", "lang", "updated"];
    if let Some((line, key, _)) = head.entries.iter().find(|(_, k, _)| !KEYS.contains(&k.as_str())) {
        return fail(*line, format!("unknown key `{key}`; use one of {}", KEYS.join(", ")));
    }
    let (line, id) = head.text("id")?;
    if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return fail(line, "`id` takes a-z, 0-9 and `-`; for example `inn-checksum`");
    }
    let (line, name) = head.text("section")?;
    let Some(section) = Section::from_name(name) else {
        let names: Vec<_> = Section::ALL.iter().map(|s| s.name()).collect();
        return fail(line, format!("unknown section `{name}`; use one of {}", names.join(", ")));
    };
    let (line, kinds) = head.list("kinds")?;
    if let Some(kind) = kinds.iter().find(|k| !KINDS.contains(&k.as_str())) {
        return fail(line, format!("unknown kind `{kind}`; use one of {}", KINDS.join(", ")));
    }
    let (line, codes) = head.list("codes")?;
    let is_code = |c: &str| c.split_once('.').is_some_and(|(k, f)| KINDS.contains(&k) && !f.is_empty());
    if let Some(code) = codes.iter().find(|c| !is_code(c)) {
        return fail(line, format!("`{code}` is not a code; write `kind.fault`, for example `inn.checksum`"));
    }
    let (line, asked_as) = head.list("asked_as")?;
    if asked_as.is_empty() {
        return fail(line, "`asked_as` is empty; add a question in the words of people");
    }
    let (line, updated) = head.text("updated")?;
    let shape: String = updated.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    if shape != "9999-99-99" {
        return fail(line, "`updated` is not a date; write it as `2026-11-25`");
    }
    let (line, lang) = head.text("lang")?;
    if lang != "ru" {
        return fail(line, "articles are Russian; write `lang: ru`");
    }
    Ok(Article {
        id: id.into(),
        title: head.text("title")?.1.into(),
        section,
        asked_as,
        keywords: head.list("keywords")?.1,
        kinds,
        codes,
        services: Vec::new(),
        lang: lang.into(),
        updated: updated.into(),
        reviewed_by: String::new(),
        source: String::new(),
        steps: Vec::new(),
        blocks: Vec::new(),
    })
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
        return fail(line, "markup, code and pictures are unknown; write plain words");
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
    let Some(rest) = href.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    SITES.iter().any(|site| host == *site || host.strip_suffix(site).is_some_and(|sub| sub.ends_with('.')))
}
