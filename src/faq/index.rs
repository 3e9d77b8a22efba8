//! The index: what the search keeps of the articles.

use std::sync::OnceLock;

use super::grams::edged;
use super::intern::Interner;
use super::letters::{EDGE, each_word};
use super::lists::{LetterPosting, Lists, Posting};
use super::stem::stem;
use super::words::Lexicon;

/// A word number that is none: a stop word.
pub(super) const NONE: u32 = u32::MAX;

/// Field of an article that a run of words comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Asked,
    Keywords,
    Heading,
    Body,
}

impl Field {
    pub const ALL: [Self; 5] = [Self::Title, Self::Asked, Self::Keywords, Self::Heading, Self::Body];
}

/// A run of words that stand together: a title, a phrasing, a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub doc: u16,
    pub field: Field,
    /// Half-open range in the list of words.
    pub start: u32,
    pub end: u32,
}

/// What the search knows of the articles; it holds no text of theirs.
#[derive(Default)]
pub struct Index {
    pub(super) docs: usize,
    /// Stems.
    pub(super) terms: Interner,
    /// Words as they stand in the articles, and the stem of each.
    pub(super) surfaces: Interner,
    pub(super) stem_of: Vec<u32>,
    pub(super) postings: Lists<Posting>,
    pub(super) idf: Vec<f32>,
    pub(super) units: Vec<Unit>,
    /// First unit of each article, and the end.
    pub(super) unit_starts: Vec<u32>,
    pub(super) words: Vec<u32>,
    /// Groups of two and three letters, and the stems that have them.
    pub(super) grams: Interner,
    pub(super) with_gram: Lists<u32>,
    pub(super) gram_counts: Vec<u8>,
    /// Groups of three and four letters, and the articles that have them.
    pub(super) shingles: Interner,
    pub(super) with_shingle: Lists<LetterPosting>,
    /// In place of `with_shingle` for a large set.
    pub(super) occurrences: Option<Occurrences>,
    /// Codes of errors as runs of words, and the articles about each.
    pub(super) codes: Interner,
    pub(super) about: Vec<(u32, u16)>,
    /// Pairs of letters that occur in the articles, as bits.
    pub(super) pairs: Vec<u128>,
    pub(super) lexicon: Lexicon,
}

/// What the letter groups of a question are looked up in where the articles are too many for lists of their own: an article has
/// a thousand groups, which is 20 MB for 5,000 articles and most of the time that an index takes.
#[derive(Default)]
pub(super) struct Occurrences {
    /// Words that have a letter group.
    pub words: Lists<u32>,
    /// Where each word stands: the article × 8 + the field, once for each time.
    pub places: Lists<u32>,
    /// What a letter group tells in each field of each article, with the field, the least first.
    pub shares: Vec<[(f32, u8); 5]>,
    /// The list of each letter group, once a question has asked for it: the next letter of a question asks for few new ones.
    pub lists: Vec<OnceLock<Vec<LetterPosting>>>,
}

impl Index {
    /// Is it a word of the articles, in this form or another?
    pub(super) fn knows(&self, word: &[u8]) -> bool {
        self.surfaces.find(word).is_some() || self.term(word).is_some()
    }

    /// The stem's number.
    pub(super) fn term(&self, word: &[u8]) -> Option<u32> {
        self.terms.find(word.get(..stem(word)).unwrap_or(word))
    }

    pub(super) fn units_of(&self, doc: u16) -> &[Unit] {
        let [start, end] =
            [usize::from(doc), usize::from(doc) + 1].map(|i| self.unit_starts.get(i).map_or(0, |s| *s as usize));
        self.units.get(start..end).unwrap_or_default()
    }

    pub(super) fn words_of(&self, unit: &Unit) -> &[u32] {
        words_of(&self.words, unit)
    }

    /// Articles about a code that stands in the text: whole (`inn.checksum`), or its own part where that has a number
    /// («E-403» for `site.E403`). A code inside a longer one is none («date.chars» in `issue_date.chars`).
    pub(super) fn with_code(&self, text: &str) -> Vec<u16> {
        let (asked, ends) = run(text);
        let mut named = Vec::new();
        let mut past = 0;
        for (start, word) in [0].iter().chain(&ends).zip(0..) {
            for end in ends.iter().skip(word).take(CODE_WORDS).rev() {
                if let Some(code) = asked.get(*start..*end).and_then(|part| self.codes.find(part))
                    && *end > past
                {
                    named.extend(self.about.iter().filter(|(own, _)| *own == code).map(|(_, doc)| *doc));
                    past = *end;
                }
            }
        }
        named
    }

    /// Keep a code of an article.
    pub(super) fn add_code(&mut self, doc: u16, code: &str) {
        let own = code.split_once('.').map_or("", |(_, own)| own);
        let numbered = own.bytes().any(|b| b.is_ascii_digit());
        for name in [Some(code), numbered.then_some(own)].into_iter().flatten() {
            let (words, ends) = run(name);
            // One word alone, «403», may be any number.
            if ends.len() > 1 {
                self.about.push((self.codes.intern(&words), doc));
            }
        }
    }

    /// Share of the letter pairs of the word that occur in the articles, edges included.
    pub(super) fn plausible(&self, word: &[u8]) -> f32 {
        let edged = edged(word);
        let has = |pair: &[u8]| match pair {
            [a, b] => self.pairs.get(usize::from(*a)).is_some_and(|row| row >> b & 1 == 1),
            _ => false,
        };
        let count = edged.windows(2).filter(|pair| has(pair)).count();
        count as f32 / (edged.len() - 1) as f32
    }
}

/// Words of the longest code: «site.e403_timeout_2» has five.
const CODE_WORDS: usize = 6;

/// The words of a text one after another, each with an edge behind it, and where each ends.
fn run(text: &str) -> (Vec<u8>, Vec<usize>) {
    let (mut words, mut ends) = (Vec::new(), Vec::new());
    each_word(text, |word, _| {
        words.extend_from_slice(word);
        words.push(EDGE);
        ends.push(words.len());
    });
    (words, ends)
}

/// The words of a unit in the list of all words.
pub(super) fn words_of<'a>(words: &'a [u32], unit: &Unit) -> &'a [u32] {
    words.get(unit.start as usize..unit.end as usize).unwrap_or_default()
}

/// A line cut after `.`, `!`, `?`, `;` before a space.
pub(super) fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let ends = line.match_indices(['.', '!', '?', ';']).filter_map(move |(at, mark)| {
        let end = at + mark.len();
        line.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace)).then_some(end)
    });
    ends.chain([line.len()]).filter_map(move |end| {
        let part = line.get(from..end).map(str::trim);
        from = end;
        part.filter(|p| !p.is_empty())
    })
}
