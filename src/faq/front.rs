//! The front matter of an article: `key: value` lines between two `---` lines.
//!
//! A list is `[a, b]`, or, where an item holds a comma, one `- item` a line under the key.

use super::article::{Article, Block, Inline, Section};
use super::markdown::{ArticleError, fail};

const KEYS: [&str; 13] = [
    "id",
    "title",
    "section",
    "asked_as",
    "keywords",
    "kinds",
    "codes",
    "services",
    "lang",
    "updated",
    "reviewed_by",
    "source",
    "steps",
];

/// Languages of articles.
const LANGUAGES: [&str; 2] = ["ru", "en"];

struct Entry<'a> {
    line: usize,
    key: &'a str,
    value: &'a str,
    items: Vec<&'a str>,
}

struct Head<'a> {
    entries: Vec<Entry<'a>>,
    /// Line of the closing `---`.
    end: usize,
}

/// Read the front matter off the lines: the article has no blocks but its steps. Also gives the line where it ends.
pub(super) fn read<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) -> Result<(Article, usize), ArticleError> {
    if lines.next().map(|(_, line)| line) != Some("---") {
        return fail(1, "the file has to start with a `---` line; put the front matter first");
    }
    let mut head = Head { entries: Vec::new(), end: 0 };
    let mut last = 1;
    for (at, line) in lines.by_ref() {
        last = at;
        if line == "---" {
            head.end = at;
            break;
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            match head.entries.last_mut() {
                Some(entry) if entry.value.is_empty() => entry.items.push(item.trim()),
                _ => return fail(at, "a `- item` line belongs under a key without a value; write `steps:` above it"),
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            return fail(at, "no `:` in a line of the front matter; write `key: value`");
        };
        let key = key.trim();
        if head.entries.iter().any(|e| e.key == key) {
            return fail(at, format!("`{key}` stands twice; keep one line"));
        }
        head.entries.push(Entry { line: at, key, value: value.trim(), items: Vec::new() });
    }
    if head.end == 0 {
        return fail(last, "the front matter is not closed; add a `---` line after it");
    }
    let end = head.end;
    Ok((article(&head)?, end))
}

fn article(head: &Head<'_>) -> Result<Article, ArticleError> {
    if let Some(entry) = head.entries.iter().find(|e| !KEYS.contains(&e.key)) {
        return fail(entry.line, format!("unknown key `{}`; use one of {}", entry.key, KEYS.join(", ")));
    }
    let (line, id) = head.text("id")?;
    if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return fail(line, "`id` takes a-z, 0-9 and `-`; for example `inn-checksum`");
    }
    let (line, name) = head.text("section")?;
    let Some(section) = Section::from_name(name) else {
        return fail(
            line,
            format!("unknown section `{name}`; use one of {}", Section::ALL.map(Section::name).join(", ")),
        );
    };
    let (line, kinds) = head.list("kinds")?;
    if let Some(kind) = kinds.iter().find(|k| !is_name(k)) {
        return fail(line, format!("`{kind}` is not a kind; write a name such as `inn` or `birth_date`"));
    }
    let (line, codes) = head.list("codes")?;
    if let Some(code) = codes.iter().find(|c| !is_code(c)) {
        return fail(line, format!("`{code}` is not a code; write `kind.fault`, for example `inn.checksum`"));
    }
    let (line, asked_as) = head.list("asked_as")?;
    if asked_as.is_empty() {
        return fail(line, "`asked_as` is empty; add a question in the words of people");
    }
    let (line, updated) = head.text("updated")?;
    if !is_date(updated) {
        return fail(line, "`updated` is not a date; write it as `2026-11-25`");
    }
    let (line, lang) = head.text("lang")?;
    if !LANGUAGES.contains(&lang) {
        return fail(line, format!("unknown language `{lang}`; write `lang: ru` or `lang: en`"));
    }
    let source = head.optional("source");
    if let Some(entry) = head.entry("source").filter(|_| !source.is_empty() && !source.starts_with("https://")) {
        return fail(entry.line, "`source` is the address of the official instruction; start it with `https://`");
    }
    Ok(Article {
        id: id.into(),
        title: head.text("title")?.1.into(),
        section,
        asked_as,
        keywords: head.list("keywords")?.1,
        kinds,
        codes,
        services: head.optional_list("services")?,
        lang: lang.into(),
        updated: updated.into(),
        reviewed_by: head.optional("reviewed_by").into(),
        source: source.into(),
        popular: 0,
        blocks: steps(head.optional_list("steps")?),
    })
}

/// An ordered list: steps are read, searched and ticked off like one of the text.
fn steps(steps: Vec<String>) -> Vec<Block> {
    let items: Vec<_> = steps.into_iter().map(|step| vec![Inline::Text(step)]).collect();
    if items.is_empty() { Vec::new() } else { vec![Block::List { ordered: true, items }] }
}

impl<'a> Head<'a> {
    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|e| e.key == key)
    }

    fn text(&self, key: &str) -> Result<(usize, &'a str), ArticleError> {
        match self.entry(key) {
            Some(entry) if !entry.value.is_empty() => Ok((entry.line, entry.value)),
            Some(entry) => fail(entry.line, format!("`{key}` is empty; write `{key}: value`")),
            None => fail(self.end, format!("`{key}` is missing; add `{key}: value` above the closing `---`")),
        }
    }

    fn optional(&self, key: &str) -> &'a str {
        self.entry(key).map_or("", |e| e.value)
    }

    fn list(&self, key: &str) -> Result<(usize, Vec<String>), ArticleError> {
        let Some(entry) = self.entry(key) else {
            return fail(self.end, format!("`{key}` is missing; add `{key}: [a, b]` above the closing `---`"));
        };
        if !entry.items.is_empty() {
            return Ok((entry.line, entry.items.iter().map(|i| String::from(*i)).collect()));
        }
        let Some(inner) = entry.value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) else {
            return fail(entry.line, format!("`{key}` is a list; write `{key}: [a, b]`"));
        };
        let items = inner.split(',').map(str::trim).filter(|i| !i.is_empty()).map(String::from).collect();
        Ok((entry.line, items))
    }

    fn optional_list(&self, key: &str) -> Result<Vec<String>, ArticleError> {
        if self.entry(key).is_some() { Ok(self.list(key)?.1) } else { Ok(Vec::new()) }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// `kind.fault`, or `site.CODE` of the portal's own.
fn is_code(text: &str) -> bool {
    let own = |fault: &str| !fault.is_empty() && fault.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    text.split_once('.').is_some_and(|(kind, fault)| is_name(kind) && own(fault))
}

/// `YYYY-MM-DD` of the calendar.
fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<u32>().ok()).unwrap_or(0);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    shape == "9999-99-99" && (1..=days).contains(&day)
}
