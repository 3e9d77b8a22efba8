//! Builds the index from the articles in the page, in slices.

use super::article::{Article, Block};
use super::grams::{STEM_GRAMS, TEXT_GRAMS, edged, gram_bytes, grams};
use super::index::{Field, Index, NONE, Unit, sentences, words_of};
use super::letters::each_word;
use super::lists::{LetterPosting, Lists, Posting};
use super::math::idf;
use super::order::sort;
use super::stem::stem;
use super::weights as w;
use super::words::Lexicon;

/// Stems whose letter groups are one piece of work, about as much as an article.
const STEMS: usize = 64;

/// Builds an [`Index`] in steps, so that the page stays alive meanwhile.
#[derive(Default)]
pub struct Builder {
    index: Index,
    stage: Stage,
    /// The next article or stem of the stage.
    at: usize,
    /// Words of each field of each article.
    lengths: Vec<[u32; 5]>,
    averages: [f32; 5],
    /// Letter groups of each field of each article.
    sizes: Vec<[u32; 5]>,
    means: [f32; 5],
    /// Surface words, beside `Index::words`.
    surfaces: Vec<u32>,
    /// Letter groups of each surface word.
    shingle_starts: Vec<u32>,
    shingle_ids: Vec<u32>,
    /// How many each list of the stage has so far.
    fill: Vec<u32>,
}

/// Lists are counted before they are filled, so that each lies in one piece.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Words of the articles.
    #[default]
    Read,
    /// Articles of each stem.
    Post,
    /// Stems of each letter group.
    CountGrams,
    PostGrams,
    /// Articles of each letter group.
    CountShingles,
    PostShingles,
    Done,
}

impl Builder {
    /// Start; `lexicon` is the text of the synonym file, [`super::LEXICON`] for ours.
    pub fn new(lexicon: &str) -> Self {
        let index = Index { pairs: vec![0; 128], lexicon: Lexicon::parse(lexicon), ..Index::default() };
        Self { index, shingle_starts: vec![0], ..Self::default() }
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

    /// Go on to the next stage.
    fn enter(&mut self, stage: Stage) {
        let index = &mut self.index;
        match stage {
            Stage::Post => {
                index.docs = self.lengths.len();
                index.unit_starts.push(index.units.len() as u32);
                self.averages = means(&self.lengths);
                self.means = means(&self.sizes);
                let counts = articles_with(index);
                index.idf = counts.iter().map(|n| idf(index.docs as f32, *n as f32)).collect();
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
        article.codes.iter().for_each(|code| index.add_code(doc, code));
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

/// In how many articles each stem stands.
fn articles_with(index: &Index) -> Vec<u32> {
    let mut last = vec![u16::MAX; index.terms.len()];
    let mut counts = vec![0; index.terms.len()];
    for unit in &index.units {
        for word in index.words_of(unit) {
            if let Some(last) = last.get_mut(*word as usize).filter(|doc| **doc != unit.doc)
                && let Some(count) = counts.get_mut(*word as usize)
            {
                *last = unit.doc;
                *count += 1;
            }
        }
    }
    counts
}

/// The average of each field, at least 1.
fn means(list: &[[u32; 5]]) -> [f32; 5] {
    let mut sums = [0; 5];
    for own in list {
        sums.iter_mut().zip(own).for_each(|(sum, n)| *sum += n);
    }
    sums.map(|sum: u32| (sum as f32 / list.len() as f32).max(1.0))
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
