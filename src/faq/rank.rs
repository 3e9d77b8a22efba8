//! Which articles answer the question: by words over all articles, by sentences over the best, by letters over all.

use super::confidence::sure;
use super::grams::{TEXT_GRAMS, gram_bytes, grams};
use super::index::{Field, Index, NONE, Occurrences, Unit};
use super::lists::LetterPosting;
use super::math::idf;
use super::order;
use super::query::{Concept, Question};
use super::weights as w;

/// Articles whose sentences are looked at: the first ones by words alone. More cost time, and few of them rise to the top.
const POOL: usize = 64;

/// Letters from which on a slip leaves enough groups of a word whole to know it by. At 0 a slip of «снилс» is another word; at 40
/// «восстановленные» is also «восстановление», and what is about either comes first.
const SLIPPED: usize = 7;

/// An article with its score: the best has about 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranked {
    pub doc: u16,
    pub score: f32,
}

/// What each stem means in the question.
pub(super) struct Matches<'a> {
    concepts: &'a [Concept],
    /// Number of the concept + 1, and how near, by stem.
    best: Vec<(u16, f32)>,
}

impl<'a> Matches<'a> {
    pub fn new(index: &Index, question: &'a Question) -> Self {
        let mut best = vec![(0, 0.0); index.terms.len()];
        for (concept, number) in question.concepts.iter().zip(1..) {
            for (term, near) in &concept.variants {
                let near = near * concept.share;
                if let Some(slot) = best.get_mut(*term as usize).filter(|slot| near > slot.1) {
                    *slot = (number, near);
                }
            }
        }
        Self { concepts: &question.concepts, best }
    }

    /// The word of the question, its number, and how near the stem is to it.
    pub fn get(&self, term: u32) -> Option<(&'a Concept, usize, f32)> {
        let (number, near) = self.best.get(term as usize)?;
        let at = usize::from(*number).checked_sub(1)?;
        Some((self.concepts.get(at)?, at, *near))
    }
}

/// Every article with its score, in the order of the list.
pub(super) fn rank(index: &Index, question: &Question, matches: &Matches<'_>) -> Vec<Ranked> {
    let mut all = by_words(index, question);
    let mut sentences = Sentences::new(index, question, matches);
    for best in first(&all, POOL) {
        if let Some(ranked) = all.get_mut(usize::from(best.doc)) {
            ranked.score *= sentences.bonus(best.doc);
        }
    }
    let by_letters = by_letters(index, question);
    let words = all.iter().map(|r| r.score).fold(f32::MIN_POSITIVE, f32::max);
    let letters = by_letters.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    for (ranked, value) in all.iter_mut().zip(by_letters) {
        ranked.score = (1.0 - w::LETTERS) * ranked.score / words + w::LETTERS * value / letters;
    }
    all
}

/// The best `most` of those that have a score, the best first; equal ones stay in their order.
pub(super) fn first(list: &[Ranked], most: usize) -> Vec<Ranked> {
    let scored = list.iter().zip(0..).filter(|(r, _)| r.score > 0.0);
    let mut keys: Vec<u64> = scored.map(|(r, at)| order::key(r.score, at)).collect();
    order::first(&mut keys, most);
    keys.iter().filter_map(|key| list.get(order::number(*key) as usize).copied()).collect()
}

/// BM25F with near words: a word of the question counts once an article, by its best reading there, and never tells more
/// than it would by itself.
fn by_words(index: &Index, question: &Question) -> Vec<Ranked> {
    let mut total = vec![(0.0_f32, 0.0_f32); index.docs];
    let mut own = vec![(0.0_f32, 0.0_f32); index.docs];
    let mut touched: Vec<u16> = Vec::new();
    for concept in &question.concepts {
        for (term, near) in &concept.variants {
            let idf = concept.idf.min(index.idf.get(*term as usize).copied().unwrap_or(0.0));
            for posting in index.postings.get(*term) {
                let Some(slot) = own.get_mut(usize::from(posting.doc)) else { continue };
                if slot.0 == 0.0 {
                    touched.push(posting.doc);
                }
                let value = near * idf * posting.weight * (w::SATURATION + 1.0) / (posting.weight + w::SATURATION);
                if value > slot.0 {
                    *slot = (value, *near);
                }
            }
        }
        for doc in touched.drain(..) {
            let Some((value, near)) = own.get_mut(usize::from(doc)).map(std::mem::take) else { continue };
            if let Some(sum) = total.get_mut(usize::from(doc)) {
                sum.0 += concept.share * value;
                sum.1 += concept.share * concept.idf * near;
            }
        }
    }
    let mass = mass(question);
    let ranked = |(doc, (score, cover)): (usize, (f32, f32))| {
        let kept = 1.0 - w::COVERAGE + w::COVERAGE * (cover / mass).sqrt().sqrt();
        Ranked { doc: doc as u16, score: score * kept }
    };
    total.into_iter().enumerate().map(ranked).collect()
}

/// How much all the words of the question tell.
fn mass(question: &Question) -> f32 {
    question.concepts.iter().map(|c| c.share * c.idf).sum::<f32>().max(f32::MIN_POSITIVE)
}

/// The second look: titles, phrasings and sentences as wholes.
struct Sentences<'a> {
    index: &'a Index,
    matches: &'a Matches<'a>,
    mass: f32,
    /// The last sentence that each stem was seen in, to count a repeated word once.
    seen: Vec<u32>,
    turn: u32,
    /// How near the sentence comes to each word of the question.
    found: Vec<f32>,
}

/// How a sentence and the question hold each other, by what their words tell.
struct Overlap {
    /// Share of the sentence that the question has.
    own: f32,
    /// Share of the question that the sentence has, neighbours counted more.
    asked: f32,
    /// Both have the same words, whatever the lexicon adds to the question.
    same: bool,
}

impl<'a> Sentences<'a> {
    fn new(index: &'a Index, question: &Question, matches: &'a Matches<'a>) -> Self {
        let (seen, found) = (vec![0; index.terms.len()], vec![0.0; question.concepts.len()]);
        Self { index, matches, mass: mass(question), seen, turn: 0, found }
    }

    /// What the score of an article is multiplied by, from 1 up.
    fn bonus(&mut self, doc: u16) -> f32 {
        let index = self.index;
        let (mut title, mut asked, mut passage) = (0.0_f32, 0.0_f32, 0.0_f32);
        for unit in index.units_of(doc) {
            let overlap = self.overlap(unit);
            match unit.field {
                Field::Title => {
                    title = overlap.own;
                    passage = passage.max(overlap.asked);
                }
                Field::Asked => {
                    let same = if overlap.same { w::SAME_WORDS } else { 0.0 };
                    asked = asked.max((overlap.own * overlap.asked).sqrt() + same);
                }
                Field::Body => passage = passage.max(overlap.asked),
                Field::Keywords | Field::Heading => {}
            }
        }
        1.0 + w::WHOLE_TITLE * title + w::SAME_QUESTION * asked + w::PASSAGE * passage
    }

    fn overlap(&mut self, unit: &Unit) -> Overlap {
        self.turn += 1;
        self.found.fill(0.0);
        let (mut own, mut all, mut together) = (0.0, 0.0, 0.0);
        let (mut before, mut same) = (NONE, true);
        for term in self.index.words_of(unit) {
            let idf = self.index.idf.get(*term as usize).copied().unwrap_or(0.0);
            let mut near = 0.0;
            let mut order = NONE;
            if let Some((concept, at, likeness)) = self.matches.get(*term) {
                (near, order) = (likeness, concept.order);
                same &= likeness >= w::SAME_WORD * concept.share;
                // Neighbours, or with one word between them, in the order of the question.
                if before != NONE && order != NONE && (1..=2).contains(&order.wrapping_sub(before)) {
                    together += near * concept.idf;
                }
                if let Some(best) = self.found.get_mut(at) {
                    *best = near.max(*best);
                }
            } else {
                same = false;
            }
            before = order;
            if let Some(seen) = self.seen.get_mut(*term as usize).filter(|seen| **seen != self.turn) {
                *seen = self.turn;
                all += idf;
                own += idf * near;
            }
        }
        let asked: f32 = self.found.iter().zip(self.matches.concepts).map(|(near, c)| near * c.idf).sum();
        let typed = |(near, c): (&f32, &Concept)| c.order == NONE || *near >= w::SAME_WORD * c.share;
        Overlap {
            own: own / all.max(f32::MIN_POSITIVE),
            asked: (asked + w::NEIGHBOURS * together) / self.mass,
            same: same && self.found.iter().zip(self.matches.concepts).all(typed),
        }
    }
}

/// Makes the lists of letter groups that a large set has none of, as they would be built.
struct Counted<'a> {
    occurrences: &'a Occurrences,
    /// How often the group stands in each field of each article.
    counts: Vec<[u16; 5]>,
    touched: Vec<u16>,
}

impl<'a> Counted<'a> {
    fn list(&mut self, docs: usize, group: u32) -> &'a [LetterPosting] {
        let Some(list) = self.occurrences.lists.get(group as usize) else { return &[] };
        list.get_or_init(|| self.make(docs, group))
    }

    fn make(&mut self, docs: usize, group: u32) -> Vec<LetterPosting> {
        self.counts.resize(docs, [0; 5]);
        for word in self.occurrences.words.get(group) {
            for place in self.occurrences.places.get(*word) {
                let doc = place >> 3;
                let Some(own) = self.counts.get_mut(doc as usize) else { continue };
                if *own == [0; 5] {
                    self.touched.push(doc as u16);
                }
                if let Some(count) = own.get_mut((place & 7) as usize) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let mut list = Vec::with_capacity(self.touched.len());
        for doc in self.touched.drain(..) {
            let Some(own) = self.counts.get_mut(usize::from(doc)).map(std::mem::take) else { continue };
            let mut sum = 0.0;
            // One by one, the least first, as a list is summed up when it is built: another order is another last bit.
            for (share, field) in self.occurrences.shares.get(usize::from(doc)).into_iter().flatten() {
                for _ in 0..own.get(usize::from(*field)).copied().unwrap_or(0) {
                    sum += share;
                }
            }
            list.push(LetterPosting::new(doc, sum));
        }
        list
    }
}

/// Likeness of each article to the question by groups of letters; what the lexicon added has no part in it. A slip in a short word is
/// read both ways: by its own letters alone «снлис» is more of a «полис» than of a «снилс».
fn by_letters(index: &Index, question: &Question) -> Vec<f32> {
    let mut score = vec![0.0_f32; index.docs];
    let mut asked: Vec<u64> = Vec::new();
    let mut list = Vec::new();
    for concept in question.concepts.iter().filter(|c| c.order != NONE) {
        let slip = if concept.word.len() < SLIPPED { concept.slip_of(index) } else { None };
        let slip = slip.map(|(word, near)| (word, concept.share * sure(near)));
        for (word, share) in [Some((&*concept.word, concept.share)), slip].into_iter().flatten() {
            grams(word, TEXT_GRAMS, &mut list);
            asked.extend(list.iter().map(|gram| order::key(share, *gram as u32).rotate_left(32)));
        }
    }
    let counted = |occurrences| Counted { occurrences, counts: Vec::new(), touched: Vec::new() };
    let mut counted = index.occurrences.as_ref().map(counted);
    // Of a group that stands in two words the greater share comes first and stays.
    order::sort(&mut asked);
    asked.dedup_by_key(|it| *it >> 32);
    for it in &asked {
        let share = order::value(it.rotate_left(32));
        let Some(id) = index.shingles.find(&gram_bytes(it >> 32)) else { continue };
        let postings = match &mut counted {
            Some(counted) => counted.list(index.docs, id),
            None => index.with_shingle.get(id),
        };
        let told = share * idf(index.docs as f32, postings.len() as f32);
        for posting in postings {
            let (doc, weight) = posting.parts();
            if let Some(sum) = score.get_mut(usize::from(doc)) {
                *sum += told * weight;
            }
        }
    }
    score
}
