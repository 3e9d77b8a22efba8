//! The index: what the search keeps of the articles. It is built in the page from the article file, in slices.

use super::article::{Article, Block};
use super::intern::Interner;
use super::letters::{DIGITS, EDGE, each_word};
use super::math::idf;
use super::order::sort;
use super::stem::stem;
use super::weights as w;
use super::words::Lexicon;

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

/// An article in the list of articles that has the word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Posting {
    pub doc: u16,
    /// Occurrences, weighed by field and by the length of the field.
    pub weight: f32,
}

/// An article in the list of a letter group: the article × 256 + its weight in hundredths, in four bytes, since an
/// article has a thousand groups.
#[derive(Clone, Copy, Default)]
pub(super) struct LetterPosting(u32);

impl LetterPosting {
    /// `sum`: occurrences, weighed. The weight after saturation is at most 1 + [`w::LETTERS_SATURATION`], under 2.55.
    fn new(doc: u16, sum: f32) -> Self {
        let weight = sum * (w::LETTERS_SATURATION + 1.0) / (sum + w::LETTERS_SATURATION);
        Self(u32::from(doc) << 8 | (weight * 100.0) as u32 & 255)
    }

    pub fn parts(self) -> (u16, f32) {
        ((self.0 >> 8) as u16, (self.0 & 255) as f32 * 0.01)
    }
}

/// Lists of numbers of many owners in one array.
#[derive(Default)]
pub(super) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Lists<T> {
    /// Room for lists of these lengths.
    fn sized(lengths: &[u32]) -> Self {
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        let mut sum = 0;
        starts.push(0);
        for n in lengths {
            sum += n;
            starts.push(sum);
        }
        Self { starts, items: vec![T::default(); sum as usize] }
    }

    pub fn get(&self, owner: u32) -> &[T] {
        let at = |i: usize| self.starts.get(i).map_or(0, |s| *s as usize);
        self.items.get(at(owner as usize)..at(owner as usize + 1)).unwrap_or_default()
    }

    /// Put at place `n` of the owner's list.
    fn put(&mut self, owner: u32, n: u32, item: T) {
        let at = self.starts.get(owner as usize).map_or(0, |s| s + n);
        if let Some(slot) = self.items.get_mut(at as usize) {
            *slot = item;
        }
    }
}

/// What the search knows of the articles; it holds no text of theirs.
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
    /// Pairs of letters that occur in the articles, as bits.
    pub(super) pairs: Vec<u128>,
    pub(super) lexicon: Lexicon,
}

/// Stems whose letter groups are one piece of work, about as much as an article.
const STEMS: usize = 64;

/// A word number that is none: a stop word.
pub(super) const NONE: u32 = u32::MAX;

/// Builds an [`Index`] in steps, so that the page stays alive meanwhile.
pub struct Builder {
    index: Index,
    stage: Stage,
    at: usize,
    /// Words of each field of each article, and the averages.
    lengths: Vec<[u32; 5]>,
    averages: [f32; 5],
    /// The same in letter groups.
    sizes: Vec<[u32; 5]>,
    means: [f32; 5],
    /// Surface words, beside `Index::words`.
    surfaces: Vec<u32>,
    /// Letter groups of each surface word.
    shingle_starts: Vec<u32>,
    shingle_ids: Vec<u32>,
    fill: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Read,
    Post,
    CountGrams,
    PostGrams,
    CountShingles,
    PostShingles,
    Done,
}

impl Builder {
    /// Start; `lexicon` is the text of the synonym file, [`super::LEXICON`] for ours.
    pub fn new(lexicon: &str) -> Self {
        let index = Index {
            docs: 0,
            terms: Interner::default(),
            surfaces: Interner::default(),
            stem_of: Vec::new(),
            postings: Lists::default(),
            idf: Vec::new(),
            units: Vec::new(),
            unit_starts: Vec::new(),
            words: Vec::new(),
            grams: Interner::default(),
            with_gram: Lists::default(),
            gram_counts: Vec::new(),
            shingles: Interner::default(),
            with_shingle: Lists::default(),
            pairs: vec![0; 128],
            lexicon: Lexicon::parse(lexicon),
        };
        Self {
            index,
            stage: Stage::Read,
            at: 0,
            lengths: Vec::new(),
            averages: [1.0; 5],
            sizes: Vec::new(),
            means: [1.0; 5],
            surfaces: Vec::new(),
            shingle_starts: vec![0],
            shingle_ids: Vec::new(),
            fill: Vec::new(),
        }
    }

    /// Do up to `budget` pieces of work (an article or [`STEMS`] stems each); true when the index is whole. At most 65,535
    /// articles are read.
    pub fn step(&mut self, articles: &[Article], budget: usize) -> bool {
        let articles = articles.get(..65_535).unwrap_or(articles);
        for _ in 0..budget {
            match self.stage {
                Stage::Read => match articles.get(self.at) {
                    Some(article) => self.read(article),
                    None => self.enter(Stage::Post),
                },
                Stage::Post if self.at < self.index.docs => self.post(),
                Stage::Post => self.enter(Stage::CountGrams),
                Stage::CountGrams | Stage::PostGrams if self.at < self.index.terms.len() => {
                    for _ in 0..STEMS {
                        self.grams();
                    }
                }
                Stage::CountGrams => self.enter(Stage::PostGrams),
                Stage::PostGrams => self.enter(Stage::CountShingles),
                Stage::CountShingles | Stage::PostShingles if self.at < self.index.docs => self.shingles(),
                Stage::CountShingles => self.enter(Stage::PostShingles),
                Stage::PostShingles => self.enter(Stage::Done),
                Stage::Done => break,
            }
        }
        self.stage == Stage::Done
    }

    /// The whole index at once.
    pub fn build(articles: &[Article], lexicon: &str) -> Index {
        let mut builder = Self::new(lexicon);
        while !builder.step(articles, 1024) {}
        builder.index
    }

    /// The index, or nothing while it is not whole.
    pub fn finish(self) -> Option<Index> {
        (self.stage == Stage::Done).then_some(self.index)
    }

    /// Go on to the next stage; `step` adds one to the place.
    fn enter(&mut self, stage: Stage) {
        let index = &mut self.index;
        match stage {
            Stage::Post => {
                index.docs = self.lengths.len();
                index.unit_starts.push(index.units.len() as u32);
                let mut seen = vec![u16::MAX; index.terms.len()];
                let mut counts = vec![0; index.terms.len()];
                for unit in &index.units {
                    for word in words_of(&index.words, unit) {
                        if let Some(last) = seen.get_mut(*word as usize).filter(|d| **d != unit.doc)
                            && let Some(count) = counts.get_mut(*word as usize)
                        {
                            *last = unit.doc;
                            *count += 1;
                        }
                    }
                }
                let all = index.docs as f32;
                for field in Field::ALL {
                    let of = |lengths: &[u32; 5]| lengths.get(field as usize).copied().unwrap_or_default();
                    if let Some(mean) = self.averages.get_mut(field as usize) {
                        *mean = (self.lengths.iter().map(of).sum::<u32>() as f32 / all).max(1.0);
                    }
                    if let Some(mean) = self.means.get_mut(field as usize) {
                        *mean = (self.sizes.iter().map(of).sum::<u32>() as f32 / all).max(1.0);
                    }
                }
                index.idf = counts.iter().map(|n| idf(all, *n as f32)).collect();
                index.postings = Lists::sized(&counts);
                self.fill = vec![0; counts.len()];
            }
            Stage::CountGrams => {
                index.gram_counts = Vec::with_capacity(index.terms.len());
                self.fill.clear();
            }
            Stage::PostGrams => {
                index.with_gram = Lists::sized(&self.fill);
                self.fill.fill(0);
            }
            Stage::CountShingles => self.fill.clear(),
            Stage::PostShingles => {
                index.with_shingle = Lists::sized(&self.fill);
                self.fill.fill(0);
            }
            Stage::Read | Stage::Done => {}
        }
        self.stage = stage;
        self.at = 0;
    }

    fn read(&mut self, article: &Article) {
        let index = &mut self.index;
        index.unit_starts.push(index.units.len() as u32);
        let doc = self.lengths.len() as u16;
        self.lengths.push([0; 5]);
        self.sizes.push([0; 5]);
        self.unit(doc, Field::Title, &article.title);
        for text in &article.asked_as {
            self.unit(doc, Field::Asked, text);
        }
        for text in &article.keywords {
            self.unit(doc, Field::Keywords, text);
        }
        for block in &article.blocks {
            let field = if matches!(block, Block::Heading { .. }) { Field::Heading } else { Field::Body };
            for line in block.lines() {
                for sentence in sentences(&line) {
                    self.unit(doc, field, sentence);
                }
            }
        }
        self.at += 1;
    }

    fn unit(&mut self, doc: u16, field: Field, text: &str) {
        let index = &mut self.index;
        let start = index.words.len() as u32;
        let (mut list, mut size) = (Vec::new(), 0);
        each_word(text, |word, _| {
            let known = index.surfaces.len();
            let surface = index.surfaces.intern(word) as usize;
            if surface == known {
                let stop = index.lexicon.is_stop(word);
                let front = word.get(..stem(word)).unwrap_or(word);
                index.stem_of.push(if stop { NONE } else { index.terms.intern(front) });
                if !stop {
                    grams(word, TEXT_GRAMS, &mut list);
                    self.shingle_ids.extend(list.iter().map(|gram| index.shingles.intern(&gram_bytes(*gram))));
                }
                self.shingle_starts.push(self.shingle_ids.len() as u32);
                for pair in edged(word).windows(2) {
                    if let [a, b] = *pair
                        && let Some(row) = index.pairs.get_mut(usize::from(a))
                    {
                        *row |= 1 << b;
                    }
                }
            }
            let term = index.stem_of.get(surface).copied().unwrap_or(NONE);
            if term != NONE {
                index.words.push(term);
                self.surfaces.push(surface as u32);
                let at = |i: usize| self.shingle_starts.get(i).copied().unwrap_or(0);
                size += at(surface + 1) - at(surface);
            }
        });
        let end = index.words.len() as u32;
        // A sentence of the body is kept even when empty, so that the snippet finds it by its number.
        if end > start || field == Field::Body {
            index.units.push(Unit { doc, field, start, end });
        }
        if let Some(n) = self.lengths.last_mut().and_then(|l| l.get_mut(field as usize)) {
            *n += end - start;
        }
        if let Some(n) = self.sizes.last_mut().and_then(|l| l.get_mut(field as usize)) {
            *n += size;
        }
    }

    /// Postings of one article.
    fn post(&mut self) {
        let index = &mut self.index;
        let doc = self.at as u16;
        let mut found: Vec<u64> = Vec::new();
        let own = self.lengths.get(self.at).copied().unwrap_or_default();
        let [start, end] = [self.at, self.at + 1].map(|i| index.unit_starts.get(i).map_or(0, |s| *s as usize));
        for unit in index.units.get(start..end).unwrap_or_default() {
            let field = unit.field as usize;
            let (Some(n), Some(mean)) = (own.get(field), self.averages.get(field)) else { continue };
            let share = w::field(unit.field) / (1.0 - w::LENGTH + w::LENGTH * *n as f32 / mean);
            for word in words_of(&index.words, unit) {
                found.push(u64::from(*word) << 32 | u64::from(share.to_bits()));
            }
        }
        sums(found, |term, weight| {
            count(&mut self.fill, term, |n| index.postings.put(term, n, Posting { doc, weight }));
        });
        self.at += 1;
    }

    /// Letter groups of the next stem: counted first, then posted.
    fn grams(&mut self) {
        let index = &mut self.index;
        if self.at >= index.terms.len() {
            return;
        }
        let term = self.at as u32;
        self.at += 1;
        let mut list = Vec::new();
        grams(index.terms.get(term), STEM_GRAMS, &mut list);
        if self.stage == Stage::CountGrams {
            index.gram_counts.push(list.len().min(255) as u8);
        }
        for gram in list {
            let id = index.grams.intern(&gram_bytes(gram));
            count(&mut self.fill, id, |n| {
                if self.stage == Stage::PostGrams {
                    index.with_gram.put(id, n, term);
                }
            });
        }
    }

    /// Letter groups of one article: counted first, then posted.
    fn shingles(&mut self) {
        let doc = self.at as u16;
        self.at += 1;
        let own = self.sizes.get(usize::from(doc)).copied().unwrap_or_default();
        let mut found: Vec<u64> = Vec::new();
        for unit in self.index.units_of(doc) {
            let f = unit.field as usize;
            let (Some(n), Some(mean)) = (own.get(f), self.means.get(f)) else { continue };
            let share = w::letters_field(unit.field) / (1.0 - w::LETTERS_LENGTH + w::LETTERS_LENGTH * *n as f32 / mean);
            for surface in self.surfaces.get(unit.start as usize..unit.end as usize).unwrap_or_default() {
                found.extend(
                    self.shingles_of(*surface).iter().map(|id| u64::from(*id) << 32 | u64::from(share.to_bits())),
                );
            }
        }
        sums(found, |id, sum| {
            count(&mut self.fill, id, |n| {
                if self.stage == Stage::PostShingles {
                    self.index.with_shingle.put(id, n, LetterPosting::new(doc, sum));
                }
            });
        });
    }

    fn shingles_of(&self, surface: u32) -> &[u32] {
        let at = |i: u32| self.shingle_starts.get(i as usize).map_or(0, |s| *s as usize);
        self.shingle_ids.get(at(surface)..at(surface + 1)).unwrap_or_default()
    }
}

/// The sum of the weights of each number; a pair is number × 2³² + the bits of a weight.
fn sums(mut pairs: Vec<u64>, mut each: impl FnMut(u32, f32)) {
    sort(&mut pairs);
    for group in pairs.chunk_by(|a, b| a >> 32 == b >> 32) {
        let number = group.first().map_or(0, |pair| pair >> 32);
        each(number as u32, group.iter().map(|pair| f32::from_bits(*pair as u32)).sum());
    }
}

/// Add one at the place `id` and show how many there were.
fn count(fill: &mut Vec<u32>, id: u32, before: impl FnOnce(u32)) {
    if fill.len() <= id as usize {
        fill.resize(id as usize + 1, 0);
    }
    if let Some(n) = fill.get_mut(id as usize) {
        before(*n);
        *n += 1;
    }
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

fn words_of<'a>(words: &'a [u32], unit: &Unit) -> &'a [u32] {
    words.get(unit.start as usize..unit.end as usize).unwrap_or_default()
}

fn edged(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len() + 2);
    out.push(EDGE);
    out.extend_from_slice(word);
    out.push(EDGE);
    out
}

/// The different groups of `sizes` letters of a word with its edges, into `out`, each packed into a number below 2³². A
/// word with a digit has none, since a number is right or another one.
pub(super) fn grams(word: &[u8], sizes: [usize; 2], out: &mut Vec<u64>) {
    out.clear();
    if word.iter().any(|b| DIGITS.contains(b)) {
        return;
    }
    let edged = edged(word);
    for size in sizes {
        out.extend(edged.windows(size).map(|run| run.iter().fold(0, |sum, b| sum << 8 | u64::from(*b))));
    }
    sort(out);
    out.dedup();
}

/// A packed group as the interner keeps it.
pub(super) fn gram_bytes(gram: u64) -> [u8; 4] {
    (gram as u32).to_be_bytes()
}

/// Letters of a group by which stems are compared: two catch a slip in a short word, three a common root.
pub(super) const STEM_GRAMS: [usize; 2] = [2, 3];
/// Letters of a group by which whole articles are compared: longer ones, since an article has most pairs of letters.
pub(super) const TEXT_GRAMS: [usize; 2] = [3, 4];

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
