//! Which articles answer the question: a first look by words over all, a second one by phrases over the best.

use super::index::{Field, Gram, Index, NONE, TEXT_GRAMS, grams};
use super::math::idf;
use super::query::Question;
use super::weights::w;

pub(super) struct Scores {
    /// Article and score, best first.
    pub list: Vec<(u16, f32)>,
    /// Share of the question's words, by what they tell, that each article of `list` has.
    pub cover: Vec<f32>,
}

/// How near each stem is to a word of the question.
pub(super) struct Matches {
    /// Concept + 1 and nearness, by stem.
    best: Vec<(u16, f32)>,
}

impl Matches {
    pub fn new(index: &Index, question: &Question) -> Self {
        let mut best = vec![(0, 0.0); index.terms.len()];
        for (at, concept) in question.concepts.iter().enumerate() {
            for (term, near) in &concept.variants {
                if let Some(slot) = best.get_mut(*term as usize)
                    && near * concept.share > slot.1
                {
                    *slot = (at as u16 + 1, near * concept.share);
                }
            }
        }
        Self { best }
    }

    pub fn get(&self, term: u32) -> Option<(usize, f32)> {
        self.best.get(term as usize).filter(|b| b.0 > 0).map(|b| (usize::from(b.0) - 1, b.1))
    }
}

pub(super) fn first_look(index: &Index, question: &Question) -> Vec<(u16, f32, f32)> {
    let mut score = vec![0.0_f32; index.docs];
    let mut cover = vec![0.0_f32; index.docs];
    let mut own: Vec<(f32, f32)> = vec![(0.0, 0.0); index.docs];
    let mut touched: Vec<u16> = Vec::new();
    let mut mass = 0.0;
    for concept in &question.concepts {
        mass += concept.share * concept.idf;
        for (term, near) in &concept.variants {
            let idf = concept.idf.min(index.idf.get(*term as usize).copied().unwrap_or(0.0));
            for posting in index.postings.get(*term) {
                let Some(slot) = own.get_mut(usize::from(posting.doc)) else { continue };
                if slot.0 == 0.0 {
                    touched.push(posting.doc);
                }
                let value = near * idf * posting.weight * (w().k1 + 1.0) / (posting.weight + w().k1);
                if value > slot.0 {
                    *slot = (value, *near);
                }
            }
        }
        for doc in touched.drain(..) {
            let at = usize::from(doc);
            let Some((value, near)) = own.get_mut(at).map(std::mem::take) else { continue };
            if let (Some(score), Some(cover)) = (score.get_mut(at), cover.get_mut(at)) {
                *score += concept.share * value;
                *cover += concept.share * concept.idf * near;
            }
        }
    }
    let mut list: Vec<(u16, f32, f32)> = Vec::new();
    for (doc, (score, cover)) in score.into_iter().zip(cover).enumerate() {
        if score > 0.0 {
            let share = cover / mass.max(f32::MIN_POSITIVE);
            list.push((doc as u16, score * (1.0 - w().cov + w().cov * share.sqrt().sqrt()), share));
        }
    }
    list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    list
}

pub(super) fn rank(index: &Index, question: &Question) -> Vec<(u16, f32, f32)> {
    let mut list = first_look(index, question);
    let matches = Matches::new(index, question);
    let mass: f32 = question.concepts.iter().map(|c| c.share * c.idf).sum::<f32>().max(f32::MIN_POSITIVE);
    let pool = (w().pool as usize).min(list.len());
    let mut stamp = vec![0_u32; index.terms.len()];
    let mut turn = 0;
    let mut found = vec![0.0_f32; question.concepts.len()];
    for (n, (doc, score, _)) in list.iter_mut().enumerate() {
        if n >= pool {
            *score *= 0.5;
            continue;
        }
        let mut best = [0.0_f32; 5];
        let mut best_q = [0.0_f32; 5];
        for unit in index.units_of(*doc) {
            turn += 1;
            found.fill(0.0);
            let (mut own, mut all) = (0.0, 0.0);
            let mut before: Option<u32> = None;
            let mut adjacent = 0.0;
            for term in index.words_of(unit) {
                let idf = index.idf.get(*term as usize).copied().unwrap_or(0.0);
                let hit = matches.get(*term);
                if let Some((c, near)) = hit
                    && let Some(concept) = question.concepts.get(c)
                {
                    if let Some(b) = before
                        && concept.order != NONE
                        && (b + 1 == concept.order || b + 2 == concept.order)
                    {
                        adjacent += near * concept.idf;
                    }
                    before = (concept.order != NONE).then_some(concept.order);
                    if let Some(f) = found.get_mut(c) {
                        *f = f.max(near);
                    }
                } else {
                    before = None;
                }
                let Some(seen) = stamp.get_mut(*term as usize).filter(|s| **s != turn) else { continue };
                *seen = turn;
                all += idf;
                own += idf * hit.map_or(0.0, |h| h.1);
            }
            let got: f32 = found.iter().zip(&question.concepts).map(|(f, c)| f * c.idf).sum();
            let u = own / all.max(f32::MIN_POSITIVE);
            let q = got / mass + w().adjacent * adjacent / mass;
            let f = unit.field as usize;
            if let (Some(b), Some(bq)) = (best.get_mut(f), best_q.get_mut(f)) {
                let v = match unit.field {
                    Field::Title => u,
                    Field::Asked => (u * q).sqrt(),
                    _ => (u * q).sqrt(),
                };
                *b = b.max(v);
                *bq = bq.max(q);
            }
        }
        let [title, asked, _, _, body] = best;
        let [tq, _, _, _, bq] = best_q;
        *score *= 1.0 + w().title_cov * title + w().asked_cov * asked + w().passage_u * body + w().passage * bq.max(tq);
    }
    if w().shingle > 0.0 {
        let by_letters = by_letters(index, question);
        let top = |it: &mut dyn Iterator<Item = f32>| it.fold(f32::MIN_POSITIVE, f32::max);
        let words = top(&mut list.iter().map(|l| l.1));
        let letters = top(&mut by_letters.iter().copied());
        let mut out: Vec<(u16, f32, f32)> = Vec::new();
        let mut own = vec![(0.0, 0.0); index.docs];
        for (doc, s, c) in &list {
            if let Some(slot) = own.get_mut(usize::from(*doc)) {
                *slot = (*s, *c);
            }
        }
        for (doc, (l, (s, c))) in by_letters.iter().zip(own).enumerate() {
            let v = (1.0 - w().shingle) * s / words + w().shingle * l / letters;
            if v > 0.0 {
                out.push((doc as u16, v, c));
            }
        }
        list = out;
    }
    list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    list
}

/// Likeness of each article to the question by groups of letters.
fn by_letters(index: &Index, question: &Question) -> Vec<f32> {
    let mut score = vec![0.0_f32; index.docs];
    let mut seen: Vec<(Gram, f32)> = Vec::new();
    let mut list = Vec::new();
    for concept in question.concepts.iter().filter(|c| c.order != NONE) {
        grams(&concept.word, TEXT_GRAMS, &mut list);
        seen.extend(list.iter().map(|gram| (*gram, concept.share)));
    }
    seen.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    seen.dedup_by_key(|s| s.0);
    for (gram, share) in &seen {
        let Some(id) = index.shingles.find(gram) else { continue };
        let postings = index.with_shingle.get(id);
        let idf = idf(index.docs as f32, postings.len() as f32) * 0.01 * share;
        for posting in postings {
            if let Some(s) = score.get_mut((posting >> 8) as usize) {
                *s += idf * (posting & 255) as f32;
            }
        }
    }
    score
}
