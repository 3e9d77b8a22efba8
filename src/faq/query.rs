//! The question as the search understands it: its words, what each may mean, and how much each tells.

use super::index::{Index, NONE};
use super::intern::Interner;
use super::layout;
use super::letters::{Place, each_word, letter};
use super::math::idf;
use super::soft::{Variant, distance, unlike, variants};
use super::stem::stem;
use super::weights as w;
use super::words::{Rule, near};

/// Letters of a question that are read; of a longer one as many as half of it at either end: a story asks first or last.
const LONGEST: usize = 600;
/// Different words of a question that are looked for: a long letter says its subject sooner.
const MOST: usize = 64;

/// Likeness from which a form of a synonym counts as the synonym.
const NEAR_SAME: f32 = 0.6;

/// Likeness from which an unknown word is offered as the known one: one slip in four letters.
const MEANT: f32 = 0.7;
/// From this length on a word may hold two slips.
const SLIPS_FROM: usize = 8;
/// «не» in the letters of the index.
const NOT: &[u8] = &[14, 6];

/// One word of the question with all its readings.
pub(super) struct Concept {
    /// As it was typed, for «возможно, вы искали».
    pub word: Vec<u8>,
    pub place: Place,
    pub variants: Vec<Variant>,
    /// How much it tells by its rarity among the articles.
    pub idf: f32,
    /// The part of that which counts: less for weak words and for what the lexicon added.
    pub share: f32,
    /// Place in the question, to know neighbours; synonyms have none.
    pub order: u32,
    /// Its stem stands in the articles.
    pub known: bool,
    /// The last word, which is still being typed.
    pub unfinished: bool,
}

/// The question.
pub(super) struct Question {
    pub concepts: Vec<Concept>,
    /// The text that was searched, when the layout was mended.
    pub turned: Option<String>,
}

impl Question {
    /// The typed text, in the layout that was searched, with each unknown word as the known one it was taken for; `None`
    /// where nothing was mended.
    pub fn mended(&self, index: &Index, typed: &str) -> Option<String> {
        let text = self.turned.as_deref().unwrap_or(typed);
        let mut out = String::new();
        let mut at = 0;
        let mut rest = text.chars();
        for concept in self.concepts.iter().filter(|c| c.order != NONE) {
            let Some(word) = concept.meant(index) else { continue };
            // Words come in the order of the text.
            while at < concept.place.end {
                let Some(c) = rest.next() else { break };
                if at < concept.place.start {
                    out.push(c);
                }
                at += c.len_utf16() as u32;
            }
            out.extend(word.iter().map(|b| letter(*b)));
        }
        if at == 0 {
            return None;
        }
        out.extend(rest);
        Some(out)
    }
}

impl Concept {
    /// The word of the articles that an unknown word is a slip of, where there is one. A word of its own that only looks alike is
    /// left alone: few slips change the first letter, and «не» turns the sense round.
    fn meant<'a>(&self, index: &'a Index) -> Option<&'a [u8]> {
        if self.unfinished {
            return None;
        }
        self.slip_of(index).map(|it| it.0).filter(|form| self.is_slip(index, form))
    }

    /// No word of its own, nor another form: people leave a letter out, double it, change it with its neighbour or write it by ear;
    /// where the difference is another, two letters stand together as in no word of the articles.
    fn is_slip(&self, index: &Index, form: &[u8]) -> bool {
        let word = &*self.word;
        let usual = match unlike(word, form) {
            ([a, b], [c, d]) if a == d && b == c => return true,
            ([], [_]) => true,
            ([x], []) => word.windows(2).any(|pair| pair == [*x; 2]),
            // а and о, е and и, е and я.
            ([x], [y]) => matches!((x.min(y), x.max(y)), (1, 15) | (6, 9 | 32)),
            _ => false,
        };
        word.last() == form.last() && (usual || index.plausible(word) < 1.0)
    }

    /// The same of a word that may be still being typed, and how near it is: one that begins a word of the articles is no slip.
    pub fn slip_of<'a>(&self, index: &'a Index) -> Option<(&'a [u8], f32)> {
        let begins = |term: u32| index.terms.get(term).starts_with(&self.word);
        let like = self.variants.iter().any(|it| it.1 >= MEANT);
        if self.known || !like || (self.unfinished && self.variants.iter().any(|(term, _)| begins(*term))) {
            return None;
        }
        let likely = |term: u32| self.variants.iter().find(|(it, near)| *it == term && *near >= MEANT);
        let most = if self.word.len() < SLIPS_FROM { 1 } else { 2 };
        let mut best = (most + 1, None);
        for (at, term) in index.stem_of.iter().enumerate() {
            let form = index.surfaces.get(at as u32);
            if form.first() == self.word.first()
                && form.starts_with(NOT) == self.word.starts_with(NOT)
                && let Some((_, near)) = likely(*term)
            {
                let slips = distance(&self.word, form, most);
                if slips < best.0 {
                    best = (slips, Some((form, *near)));
                }
            }
        }
        // An ending more is another form of the word.
        best.1.filter(|(form, _)| !self.word.starts_with(form))
    }
}

struct Word {
    letters: Vec<u8>,
    stem: Vec<u8>,
    place: Place,
    stop: bool,
}

/// Both ends of a question that is too long to be read whole.
pub(super) fn ends(text: &str) -> Option<String> {
    let (first, _) = text.char_indices().nth(LONGEST / 2)?;
    let (last, _) = text.char_indices().nth_back(LONGEST / 2)?;
    if first < last { Some([text.get(..first)?, " ", text.get(last..)?].concat()) } else { None }
}

/// Read a question.
pub(super) fn read(index: &Index, text: &str) -> Question {
    let turned = layout::repair(index, text);
    let text = turned.as_deref().unwrap_or(text);
    let mut words: Vec<Word> = Vec::new();
    each_word(text, |word, place| {
        let front = word.get(..stem(word)).unwrap_or(word);
        let known = index.surfaces.find(word).is_some();
        let stop = index.lexicon.is_stop(word) || (!known && index.lexicon.is_nearly_stop(word));
        words.push(Word { letters: word.to_vec(), stem: front.to_vec(), place, stop });
    });
    let unfinished = text.ends_with(|c: char| super::letters::byte(c) != 0);
    let mut asked = Asked { index, seen: Interner::default(), counts: Vec::new(), concepts: Vec::new() };
    let last = words.len().wrapping_sub(1);
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.stop) {
        let unknown = index.terms.find(&word.stem).is_none();
        let weak = index.lexicon.is_weak(&word.stem) || (unknown && index.lexicon.is_nearly_weak(&word.stem));
        let share = if weak { w::WEAK } else { 1.0 };
        asked.add(&word.letters, &word.stem, share, word.place, at as u32, at == last && unfinished);
    }
    for (own, stem) in synonyms(index, &words) {
        match own {
            Some(own) => asked.join(&own, &stem),
            None => asked.add(&stem, &stem, w::SYNONYM, Place { start: 0, end: 0 }, NONE, false),
        }
    }
    Question { concepts: asked.concepts, turned }
}

/// The words of the question so far; `seen` holds their stems in the same order.
struct Asked<'a> {
    index: &'a Index,
    seen: Interner,
    counts: Vec<u16>,
    concepts: Vec<Concept>,
}

impl Asked<'_> {
    /// Another reading of a word that is there.
    fn join(&mut self, own: &[u8], stem: &[u8]) {
        let Some(at) = (0..self.seen.len()).find(|at| self.seen.get(*at as u32) == own) else { return };
        let more = variants(self.index, stem, stem, false, &mut self.counts);
        let Some(concept) = self.concepts.get_mut(at) else { return };
        for (term, near) in more.into_iter().filter(|v| v.1 >= NEAR_SAME) {
            let near = near * w::SAME;
            match concept.variants.iter_mut().find(|v| v.0 == term) {
                Some(variant) => variant.1 = variant.1.max(near),
                None => concept.variants.push((term, near)),
            }
        }
    }

    /// A word that is not there yet.
    fn add(&mut self, word: &[u8], stem: &[u8], share: f32, place: Place, order: u32, last: bool) {
        if self.seen.find(stem).is_some() || self.concepts.len() >= MOST {
            return;
        }
        self.seen.intern(stem);
        let index = self.index;
        let variants = variants(index, word, stem, last, &mut self.counts);
        let known = index.terms.find(stem).is_some();
        let all = index.docs as f32;
        let size = |term: u32| index.postings.get(term).len() as f32;
        let idf = match variants.first() {
            None => w::STRANGER,
            Some((own, _)) if known => index.idf.get(*own as usize).copied().unwrap_or(0.0),
            Some((_, best)) => idf(all, variants.iter().map(|(term, near)| near * size(*term)).sum()) * best.sqrt(),
        };
        self.concepts.push(Concept {
            word: word.to_vec(),
            place,
            variants,
            idf,
            share,
            order,
            known,
            unfinished: last,
        });
    }
}

/// Stems that the lexicon adds to the words of the question; a stem for a stem comes with the one it stands for.
fn synonyms(index: &Index, words: &[Word]) -> Vec<(Option<Vec<u8>>, Vec<u8>)> {
    let lexicon = &index.lexicon;
    let read = |word: &Word| {
        let known = lexicon.triggers.find(&word.stem);
        known.or_else(|| near(&lexicon.triggers, &word.stem).filter(|_| index.terms.find(&word.stem).is_none()))
    };
    let stems: Vec<u32> = words.iter().map(|word| read(word).unwrap_or(NONE)).collect();
    let rules = lexicon.rules.iter().filter(|rule| stems.windows(rule.phrase.len()).any(|run| run == rule.phrase));
    let own = |rule: &Rule| match (rule.phrase.as_slice(), rule.adds.as_slice()) {
        ([own], [_]) => stems.iter().position(|stem| stem == own).and_then(|at| words.get(at)).map(|w| w.stem.clone()),
        _ => None,
    };
    rules.flat_map(|rule| rule.adds.iter().map(|add| (own(rule), add.clone()))).collect()
}
