//! Builds the index from the articles in the page, in slices.

use std::sync::OnceLock;

use super::article::{Article, Block};
use super::grams::{STEM_GRAMS, TEXT_GRAMS, edged, gram_bytes, grams};
use super::index::{Field, Index, NONE, Occurrences, Unit, sentences, words_of};
use super::letters::each_word;
use super::library::Runs;
use super::lists::{LetterPosting, Lists, Posting};
use super::math::idf;
use super::order::sort;
use super::pack::{Reader, Writer};
use super::stem::stem;
use super::weights as w;
use super::words::Lexicon;

/// Words of a catalogue that are one piece of work.
const WORDS: usize = 64;

/// Articles that are read: their number has two bytes, and one value means none.
const MOST: usize = 65_535;

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
    /// The texts of a catalogue, and how far they are read: words, numbers.
    runs: Option<Runs>,
    read: (usize, usize),
}

/// Lists are counted before they are filled, so that each lies in one piece.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    /// Different words of a catalogue.
    Words,
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

    /// Start with the texts of a catalogue; `step` takes its articles then.
    pub(super) fn of(lexicon: &str, runs: Runs) -> Self {
        Self { runs: Some(runs), stage: Stage::Words, ..Self::new(lexicon) }
    }

    /// The texts of the articles as a catalogue has them.
    pub(super) fn runs(articles: &[Article], lexicon: &str) -> Runs {
        let mut builder = Self::new(lexicon);
        let articles = articles.get(..MOST).unwrap_or(articles);
        articles.iter().for_each(|article| builder.read(article));
        let Self { index, surfaces, .. } = builder;
        let mut words = Vec::new();
        for word in 0..index.surfaces.len() as u32 {
            words.extend_from_slice(index.surfaces.get(word));
            words.push(0);
        }
        let mut out = Writer(Vec::new());
        let mut units = index.units.iter().peekable();
        for doc in 0..articles.len() {
            let mut own = Vec::new();
            while let Some(unit) = units.next_if(|unit| usize::from(unit.doc) == doc) {
                own.push(unit);
            }
            out.number(own.len() as u32);
            for unit in own {
                out.number((unit.end - unit.start) << 3 | unit.field as u32);
                words_of(&surfaces, unit).iter().for_each(|surface| out.number(*surface));
            }
        }
        Runs { words, numbers: out.0 }
    }

    /// Do up to `budget` pieces of work (an article or [`STEMS`] stems each); true when the index is whole. At most 65,535
    /// articles are read.
    pub fn step(&mut self, articles: &[Article], budget: usize) -> bool {
        let articles = articles.get(..MOST).unwrap_or(articles);
        for _ in 0..budget {
            match self.stage {
                Stage::Words => self.stage = if self.words() { Stage::Words } else { Stage::Read },
                Stage::Read => match articles.get(self.at) {
                    Some(article) if self.runs.is_some() => self.read_runs(article),
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
            Stage::CountShingles => {
                self.fill.clear();
                if self.runs.is_some() {
                    self.count_words();
                }
            }
            Stage::PostShingles => {
                match &mut index.occurrences {
                    Some(own) => own.places = Lists::sized(&self.fill),
                    None => index.with_shingle = Lists::sized(&self.fill),
                }
                self.fill.fill(0);
            }
            Stage::Words | Stage::Read | Stage::Done => {}
        }
        self.stage = stage;
        self.at = 0;
    }

    fn begin(&mut self, article: &Article) -> u16 {
        self.index.unit_starts.push(self.index.units.len() as u32);
        let doc = self.lengths.len() as u16;
        self.lengths.push([0; 5]);
        self.sizes.push([0; 5]);
        article.codes.iter().for_each(|code| self.index.add_code(doc, code));
        self.at += 1;
        doc
    }

    fn read(&mut self, article: &Article) {
        let doc = self.begin(article);
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
    }

    /// The next words of the catalogue; false at their end.
    fn words(&mut self) -> bool {
        let Some(runs) = self.runs.take() else { return false };
        let mut left = runs.words.get(self.read.0..).unwrap_or_default();
        for _ in 0..WORDS {
            let Some(end) = left.iter().position(|byte| *byte == 0) else { break };
            let (word, rest) = left.split_at(end);
            self.surface(word);
            left = rest.get(1..).unwrap_or_default();
        }
        let more = left.len();
        self.read.0 = runs.words.len() - more;
        self.runs = Some(runs);
        more > 0
    }

    /// An article of a catalogue. What is cut reads as nothing.
    fn read_runs(&mut self, article: &Article) {
        let doc = self.begin(article);
        let Some(runs) = self.runs.take() else { return };
        let mut reader = Reader(runs.numbers.get(self.read.1..).unwrap_or_default());
        for _ in 0..reader.number().unwrap_or(0) {
            let Some(head) = reader.number() else { break };
            let start = self.index.words.len() as u32;
            for _ in 0..head >> 3 {
                let Some(surface) = reader.number() else { break };
                self.word(surface as usize);
            }
            if let Some(field) = Field::ALL.get((head & 7) as usize) {
                self.close(doc, *field, start);
            }
        }
        let left = reader.0.len();
        self.read.1 = runs.numbers.len() - left;
        self.runs = Some(runs);
    }

    fn unit(&mut self, doc: u16, field: Field, text: &str) {
        let start = self.index.words.len() as u32;
        each_word(text, |word, _| {
            let surface = self.surface(word);
            self.word(surface);
        });
        self.close(doc, field, start);
    }

    /// The number of a word, which is taken apart when it comes for the first time.
    fn surface(&mut self, word: &[u8]) -> usize {
        let index = &mut self.index;
        let known = index.surfaces.len();
        let surface = index.surfaces.intern(word) as usize;
        if surface == known {
            let stop = index.lexicon.is_stop(word);
            let front = word.get(..stem(word)).unwrap_or(word);
            index.stem_of.push(if stop { NONE } else { index.terms.intern(front) });
            if !stop {
                let mut list = Vec::new();
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
        surface
    }

    /// The next word of a unit; stop words are passed over.
    fn word(&mut self, surface: usize) {
        let term = self.index.stem_of.get(surface).copied().unwrap_or(NONE);
        if term != NONE {
            self.index.words.push(term);
            self.surfaces.push(surface as u32);
        }
    }

    /// Ends the unit that began at this word.
    fn close(&mut self, doc: u16, field: Field, start: u32) {
        let end = self.index.words.len() as u32;
        let at = |i: u32| self.shingle_starts.get(i as usize).copied().unwrap_or(0);
        let own = self.surfaces.get(start as usize..end as usize).unwrap_or_default();
        let size: u32 = own.iter().map(|surface| at(surface + 1) - at(*surface)).sum();
        // A sentence of the body is kept even when empty, so that the snippet finds it by its number.
        if end > start || field == Field::Body {
            self.index.units.push(Unit { doc, field, start, end });
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

    /// Words of each letter group, in place of articles.
    fn count_words(&mut self) {
        let mut fill = Vec::new();
        self.shingle_ids.iter().for_each(|id| count(&mut fill, *id, |_| {}));
        let mut words = Lists::sized(&fill);
        fill.fill(0);
        for word in 0..self.index.surfaces.len() as u32 {
            for id in self.shingles_of(word) {
                count(&mut fill, *id, |n| words.put(*id, n, word));
            }
        }
        let means = self.means;
        let shares = |own: &[u32; 5]| {
            let mut list = [(0.0, 0); 5];
            for (((slot, field), n), mean) in list.iter_mut().zip(Field::ALL).zip(own).zip(means) {
                *slot = (letters_share(field, *n, mean), field as u8);
            }
            // Five of them, and no sort of its own on the page for that.
            for last in (1..5).rev() {
                for at in 0..last {
                    if let Some([a, b]) = list.get_mut(at..at + 2)
                        && a.0 > b.0
                    {
                        std::mem::swap(a, b);
                    }
                }
            }
            list
        };
        let shares = self.sizes.iter().map(shares).collect();
        let lists = (0..self.index.shingles.len()).map(|_| OnceLock::new()).collect();
        self.index.occurrences = Some(Occurrences { words, shares, lists, places: Lists::default() });
    }

    /// Where the words of one article stand: counted first, then posted.
    fn places(&mut self, doc: u16) {
        let index = &mut self.index;
        let [start, end] =
            [usize::from(doc), usize::from(doc) + 1].map(|i| index.unit_starts.get(i).map_or(0, |s| *s as usize));
        for unit in index.units.get(start..end).unwrap_or_default() {
            for surface in words_of(&self.surfaces, unit) {
                count(&mut self.fill, *surface, |n| {
                    if self.stage == Stage::PostShingles
                        && let Some(own) = &mut index.occurrences
                    {
                        own.places.put(*surface, n, u32::from(doc) << 3 | unit.field as u32);
                    }
                });
            }
        }
    }

    /// Letter groups of one article: counted first, then posted.
    fn shingles(&mut self) {
        let doc = self.at as u16;
        self.at += 1;
        if self.index.occurrences.is_some() {
            return self.places(doc);
        }
        let own = self.sizes.get(usize::from(doc)).copied().unwrap_or_default();
        let mut found: Vec<u64> = Vec::new();
        for unit in self.index.units_of(doc) {
            let f = unit.field as usize;
            let (Some(n), Some(mean)) = (own.get(f), self.means.get(f)) else { continue };
            let share = letters_share(unit.field, *n, *mean);
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

/// What a letter group tells in a field of so many groups, where such fields have `mean` of them.
fn letters_share(field: Field, n: u32, mean: f32) -> f32 {
    w::letters_field(field) / (1.0 - w::LETTERS_LENGTH + w::LETTERS_LENGTH * n as f32 / mean)
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
