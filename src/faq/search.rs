//! Search over a few dozen articles: no index is kept, everything is weighed on each call.

use super::article::{Article, Block};
use super::words::{Word, one_edit, other_layout, words};

/// Where the person is: a field, its error, a form. It raises articles and never hides one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Kind of the field, such as `inn`.
    pub kind: Option<&'a str>,
    /// Code of the error, such as `inn.checksum`.
    pub code: Option<&'a str>,
    /// Name of the form; it raises a section with the same name.
    pub form: Option<&'a str>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Place in the given list.
    pub index: usize,
    pub score: f32,
    /// A sentence or two of the article.
    pub snippet: String,
}

const EXACT: f32 = 1.0;
const PREFIX: f32 = 0.7;
const TYPO: f32 = 0.5;
/// Shortest word that may hold a slip.
const TYPO_LEN: usize = 5;
const SNIPPET: usize = 160;
/// A hit weaker than this share of the best one is noise.
const FLOOR: f32 = 0.15;

/// Words of one article by field, with the weight of the field.
struct Doc {
    fields: [(f32, Vec<Word>); 4],
}

impl Doc {
    fn new(article: &Article) -> Self {
        let body: Vec<String> = article.blocks.iter().flat_map(Block::lines).collect();
        Self {
            fields: [
                (3.0, words(&article.title)),
                (3.0, words(&article.asked_as.join(" "))),
                (2.0, words(&article.keywords.join(" "))),
                (1.0, words(&body.join(" "))),
            ],
        }
    }

    /// Sum over the fields of the best match of the word.
    fn weigh(&self, word: &Word, typos: bool) -> f32 {
        self.fields
            .iter()
            .map(|(weight, list)| weight * list.iter().map(|w| likeness(word, w, typos)).fold(0.0, f32::max))
            .sum()
    }
}

fn likeness(asked: &Word, there: &Word, typos: bool) -> f32 {
    if asked.text == there.text || asked.stem == there.stem {
        EXACT
    } else if asked.text.len() >= 3 && (there.text.starts_with(&asked.text) || there.text.starts_with(&asked.stem)) {
        PREFIX
    } else if typos
        && asked.text.len() >= TYPO_LEN
        && (one_edit(&asked.text, &there.text) || (asked.stem.len() >= 4 && one_edit(&asked.stem, &there.stem)))
    {
        TYPO
    } else {
        0.0
    }
}

/// Find articles, the best first. An empty query gives all the articles in the order of the hint.
pub fn search(articles: &[Article], query: &str, hint: &Hint<'_>) -> Vec<Hit> {
    if query.trim().is_empty() {
        return by_hint(articles, hint);
    }
    let docs: Vec<Doc> = articles.iter().map(Doc::new).collect();
    let mut asked: Vec<Word> = Vec::new();
    for word in query.split_whitespace().flat_map(|part| repaired(&docs, part)) {
        if !asked.contains(&word) {
            asked.push(word);
        }
    }
    let mut total = vec![0.0_f32; docs.len()];
    let mut found = vec![0_u16; docs.len()];
    for word in &asked {
        let typos = !known(&docs, word);
        let weights: Vec<f32> = docs.iter().map(|d| d.weigh(word, typos)).collect();
        let idf = idf(docs.len(), weights.iter().filter(|w| **w > 0.0).count());
        for ((sum, count), weight) in total.iter_mut().zip(&mut found).zip(weights) {
            *sum += weight * idf;
            *count += u16::from(weight > 0.0);
        }
    }
    let all = f32::from(u16::try_from(asked.len()).unwrap_or(u16::MAX)).max(1.0);
    let mut hits: Vec<Hit> = Vec::new();
    for (index, (article, (sum, count))) in articles.iter().zip(total.into_iter().zip(found)).enumerate() {
        let named = article.codes.iter().any(|c| query.contains(c.as_str()));
        let base = sum * (0.5 + 0.5 * f32::from(count) / all) + if named { 100.0 } else { 0.0 };
        if base > 0.0 {
            hits.push(Hit { index, score: base * prior(article, hint), snippet: snippet(article, &asked) });
        }
    }
    sort(&mut hits);
    let floor = hits.first().map_or(0.0, |h| h.score * FLOOR);
    hits.retain(|h| h.score >= floor);
    hits
}

fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.index.cmp(&b.index)));
}

/// Rare words weigh more.
fn idf(all: usize, with: usize) -> f32 {
    let n = |x: usize| f32::from(u16::try_from(x).unwrap_or(u16::MAX));
    (1.0 + (n(all) - n(with) + 0.5) / (n(with) + 0.5)).ln().max(0.05)
}

fn known(docs: &[Doc], word: &Word) -> bool {
    docs.iter().any(|d| d.weigh(word, false) > 0.0)
}

/// Words of a part of the query, in the other keyboard layout where only that one is known.
fn repaired(docs: &[Doc], part: &str) -> Vec<Word> {
    let plain = words(part);
    if plain.iter().any(|w| known(docs, w)) {
        return plain;
    }
    let trimmed = part.trim_end_matches([',', '.']);
    for text in [part, trimmed] {
        let turned = other_layout(text).map(|t| words(&t)).unwrap_or_default();
        let fits = |w: &Word| known(docs, w) || (w.text.len() >= TYPO_LEN && slips(docs, w));
        if !turned.is_empty() && turned.iter().all(fits) && !plain.iter().any(|w| slips(docs, w)) {
            return turned;
        }
    }
    plain
}

fn slips(docs: &[Doc], word: &Word) -> bool {
    docs.iter().any(|d| d.weigh(word, true) > 0.0)
}

fn has(list: &[String], wanted: Option<&str>) -> bool {
    wanted.is_some_and(|w| list.iter().any(|x| x == w))
}

fn prior(article: &Article, hint: &Hint<'_>) -> f32 {
    let about = if has(&article.codes, hint.code) {
        2.0
    } else if has(&article.kinds, hint.kind) {
        1.5
    } else {
        1.0
    };
    if hint.form == Some(article.section.name()) { about * 1.2 } else { about }
}

fn by_hint(articles: &[Article], hint: &Hint<'_>) -> Vec<Hit> {
    let rank = |a: &Article| match (has(&a.codes, hint.code), has(&a.kinds, hint.kind)) {
        (true, _) => 3.0,
        (false, true) => 2.0,
        (false, false) if hint.form == Some(a.section.name()) => 1.0,
        _ => 0.0,
    };
    let hit = |(index, a): (usize, &Article)| Hit { index, score: rank(a), snippet: snippet(a, &[]) };
    let mut hits: Vec<Hit> = articles.iter().enumerate().map(hit).collect();
    let section = |h: &Hit| articles.get(h.index).map(|a| a.section);
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(section(a).cmp(&section(b))).then(a.index.cmp(&b.index)));
    hits
}

/// The paragraph or list item with most of the asked words, cut at a word.
fn snippet(article: &Article, asked: &[Word]) -> String {
    let lines = article.blocks.iter().filter(|b| !matches!(b, Block::Heading { .. })).flat_map(Block::lines);
    let mut best = String::new();
    let mut most = None;
    for line in lines {
        let there = words(&line);
        let count = asked.iter().filter(|a| there.iter().any(|t| likeness(a, t, false) > 0.0)).count();
        if most.is_none_or(|m| count > m) {
            most = Some(count);
            best = line;
        }
    }
    cut(&best)
}

fn cut(text: &str) -> String {
    if text.chars().count() <= SNIPPET {
        return text.into();
    }
    let head: String = text.chars().take(SNIPPET).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(front, _)| front);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.', ' ', '—', '-']))
}
