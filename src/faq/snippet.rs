//! The passage of an article that answers best, with the words that answer marked.

use super::article::{Article, Block};
use super::index::{Field, Index, NONE, sentences};
use super::letters::each_word;
use super::rank::Matches;

/// A marked run of a text, half-open, in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub start: u32,
    pub end: u32,
}

/// A short text with marked words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// At most [`LONGEST`] letters and an ellipsis, cut between words.
    pub text: String,
    pub marks: Vec<Mark>,
}

/// Letters of a snippet: two lines of the panel.
pub const LONGEST: usize = 160;

/// Nearness from which a word is marked: a word of the same root, not one that only resembles.
const MARKED: f32 = 0.55;

impl Snippet {
    /// The front of the text, nothing marked.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: cut(text, LONGEST), marks: Vec::new() }
    }

    /// The text in pieces, each marked or not, for a page that draws them.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        pieces(&self.text, &self.marks)
    }
}

/// A text in pieces by its marks: `true` is marked. Nothing is lost: the pieces together are the text.
pub fn pieces<'a>(text: &'a str, marks: &[Mark]) -> Vec<(&'a str, bool)> {
    let mut out = Vec::new();
    let (mut rest, mut at) = (text, 0);
    for mark in marks {
        for (end, marked) in [(mark.start, false), (mark.end, true)] {
            let bytes = rest.char_indices().find_map(|(byte, c)| {
                let here = at >= end;
                at += if here { 0 } else { c.len_utf16() as u32 };
                here.then_some(byte)
            });
            let (piece, after) = rest.split_at_checked(bytes.unwrap_or(rest.len())).unwrap_or((rest, ""));
            if !piece.is_empty() {
                out.push((piece, marked));
            }
            rest = after;
        }
    }
    if !rest.is_empty() {
        out.push((rest, false));
    }
    out
}

/// Words of the text that stand for a word of the question.
pub(super) fn marks(index: &Index, matches: &Matches<'_>, text: &str) -> Vec<Mark> {
    let mut list = Vec::new();
    each_word(text, |word, place| {
        let term = index.surfaces.find(word).and_then(|s| index.stem_of.get(s as usize).copied()).unwrap_or(NONE);
        let near = matches.get(term).map_or(0.0, |(concept, _, near)| near / concept.share);
        if near >= MARKED {
            list.push(Mark { start: place.start, end: place.end });
        }
    });
    list
}

/// The sentence with most of the question.
pub(super) fn snippet(index: &Index, matches: &Matches<'_>, doc: u16, article: &Article) -> Snippet {
    let body = index.units_of(doc).iter().filter(|unit| unit.field == Field::Body);
    let mut best = (0, -1.0);
    let mut found: Vec<usize> = Vec::new();
    for (number, unit) in body.enumerate() {
        found.clear();
        let mut sum = 0.0;
        for term in index.words_of(unit) {
            if let Some((concept, at, near)) = matches.get(*term)
                && !found.contains(&at)
            {
                found.push(at);
                sum += near * concept.idf;
            }
        }
        if sum > best.1 {
            best = (number, sum);
        }
    }
    let text = cut(&nth_sentence(article, best.0).unwrap_or_default(), LONGEST);
    let marks = marks(index, matches, &text);
    Snippet { text, marks }
}

/// Sentences are counted as the index counts them.
fn nth_sentence(article: &Article, mut number: usize) -> Option<String> {
    for block in article.blocks.iter().filter(|b| !matches!(b, Block::Heading { .. })) {
        for line in block.lines() {
            for sentence in sentences(&line) {
                if number == 0 {
                    return Some(sentence.to_owned());
                }
                number -= 1;
            }
        }
    }
    None
}

/// The first whole words of a text, at most so many characters, and «…» where it goes on.
pub fn cut(text: &str, most: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(most) else { return text.into() };
    let head = text.get(..at).unwrap_or(text);
    let whole = head.bytes().rposition(|b| b == b' ').and_then(|at| head.get(..at)).unwrap_or(head);
    let mut out = String::from(whole.trim_end_matches([',', ';', ':', '.', ' ', '—', '-']));
    out.push('…');
    out
}
