//! Words that are nearly the same: slips, unfinished words, and words of one root («восстановить», «восстановление»).

use super::grams::{STEM_GRAMS, gram_bytes, grams};
use super::index::Index;
use super::letters::{DIGITS, LONGEST};
use super::order;
use super::weights as w;

/// Likeness of the letter groups under which a stem is not looked at: it lets one slip in four letters pass.
const GLANCE: f32 = 0.3;
/// A word takes at most this many stems: enough for all the forms of a root, few enough to be quick.
const MOST: usize = 48;
/// A word shorter than this has no neighbours: with two letters everything is near.
const SHORTEST: usize = 3;

/// A stem and how near it is to the word: 1 is the same.
pub(super) type Variant = (u32, f32);

/// The stems near to a word; `last`: the word may be unfinished.
pub(super) fn variants(index: &Index, word: &[u8], stem: &[u8], last: bool, counts: &mut Vec<u16>) -> Vec<Variant> {
    let own = index.terms.find(stem);
    let mut list: Vec<u64> = Vec::new();
    if stem.len() >= SHORTEST && !stem.iter().any(|b| DIGITS.contains(b)) {
        let mut groups = Vec::new();
        grams(stem, STEM_GRAMS, &mut groups);
        counts.resize(index.terms.len(), 0);
        let mut touched: Vec<u32> = Vec::new();
        for id in groups.iter().filter_map(|g| index.grams.find(&gram_bytes(*g))) {
            for term in index.with_gram.get(id) {
                if let Some(n) = counts.get_mut(*term as usize) {
                    if *n == 0 {
                        touched.push(*term);
                    }
                    *n += 1;
                }
            }
        }
        for term in touched {
            let Some(n) = counts.get_mut(term as usize).map(std::mem::take) else { continue };
            let all = groups.len() as f32 + f32::from(index.gram_counts.get(term as usize).copied().unwrap_or(0));
            let dice = 2.0 * f32::from(n) / all;
            if dice < GLANCE || Some(term) == own {
                continue;
            }
            let near = likeness(word, stem, index.terms.get(term), last, dice);
            if near >= w::NEAR {
                list.push(order::key(near, term));
            }
        }
        order::first(&mut list, MOST);
    }
    let own = own.map(|own| (own, 1.0));
    own.into_iter().chain(list.iter().map(|key| (order::number(*key), order::value(*key)))).collect()
}

/// The best of four views: common letter groups, slips between the stems, slips between the word and the stem with its
/// ending left over, and one stem at the front of the other.
fn likeness(word: &[u8], stem: &[u8], other: &[u8], last: bool, dice: f32) -> f32 {
    let mut near = dice;
    let [len, there] = [stem.len() as f32, other.len() as f32];
    let most = match stem.len() {
        7.. => 2,
        4.. => 1,
        _ => 0,
    };
    if most > 0 {
        let slips = distance(stem, other, most);
        if slips <= most {
            // One slip is as likely in a short word as in a long one, two are not.
            let slack = if slips > 1 { 0.0 } else { 1.0 };
            near = near.max(1.0 - slips as f32 / (len.max(there) + slack));
        }
        if word.len() > stem.len() && other.len() >= 4 {
            let slips = distance(word.get(..other.len()).unwrap_or(word), other, 1);
            if slips <= 1 {
                near = near.max((1.0 - slips as f32 / (there + 1.0)) * root(there / word.len() as f32));
            }
        }
    }
    if stem.len() >= 4 && other.starts_with(stem) {
        near = near.max(if last { w::UNFINISHED } else { w::LONGER } * root(len / there));
    } else if other.len() >= 4 && stem.starts_with(other) {
        near = near.max(w::SHORTER * root(there / len));
    }
    near
}

/// About the power 0.35 of a share: half a stem is worth 0.77.
fn root(share: f32) -> f32 {
    let quarter = share.sqrt().sqrt();
    0.6 * quarter + 0.4 * share.sqrt()
}

/// What is left of two words without their common front and back.
pub(super) fn unlike<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(front..).unwrap_or_default(), b.get(front..).unwrap_or_default());
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let head = |word: &'a [u8]| word.get(..word.len() - back).unwrap_or_default();
    (head(a), head(b))
}

/// A row of the table of distances.
type Row = [u8; LONGEST + 1];

/// Slips between two words (a letter changed, added, dropped, or two neighbours swapped), or `most + 1` when more.
pub(super) fn distance(a: &[u8], b: &[u8], most: usize) -> usize {
    let (a, b) = unlike(a, b);
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    if a.len() <= 1 && b.len() <= 1 {
        return a.len().max(b.len());
    }
    // Of longer rests, one slip is a swap alone.
    if most == 1 {
        return if matches!((a, b), ([x, y], [z, w]) if x == w && y == z) { 1 } else { 2 };
    }
    let mut before: Row = [u8::MAX / 2; LONGEST + 1];
    let mut row = before;
    let mut next = before;
    row.iter_mut().zip(0..).for_each(|(n, i)| *n = i);
    let at = |row: &Row, i: usize| row.get(i).copied().unwrap_or(u8::MAX / 2);
    let mut last = None;
    for (i, x) in a.iter().take(LONGEST).enumerate() {
        let mut best = i as u8 + 1;
        let mut left = None;
        if let Some(n) = next.first_mut() {
            *n = best;
        }
        for (j, y) in b.iter().take(LONGEST).enumerate() {
            let mut n = (at(&row, j + 1) + 1).min(at(&next, j) + 1).min(at(&row, j) + u8::from(x != y));
            if last == Some(y) && left == Some(x) && j >= 1 && i >= 1 {
                n = n.min(at(&before, j - 1) + 1);
            }
            best = best.min(n);
            if let Some(slot) = next.get_mut(j + 1) {
                *slot = n;
            }
            left = Some(y);
        }
        if usize::from(best) > most {
            return most + 1;
        }
        last = Some(x);
        (before, row, next) = (row, next, before);
    }
    usize::from(at(&row, b.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, most: usize, expected: usize) {
        let bytes = |text: &str| text.chars().map(super::super::letters::byte).collect::<Vec<u8>>();
        assert_eq!(distance(&bytes(a), &bytes(b), most), expected, "{a} {b}");
        assert_eq!(distance(&bytes(b), &bytes(a), most), expected, "{b} {a}");
    }

    #[test]
    fn counts_slips() {
        check("паспорт", "паспорт", 2, 0);
        check("паспорт", "паспорд", 2, 1);
        check("паспорт", "паспрот", 2, 1);
        check("паспорт", "паспот", 2, 1);
        check("паспорт", "паасспорт", 2, 2);
        check("паспорт", "апсоптр", 2, 3);
        check("снилс", "", 2, 3);
        check("", "", 2, 0);
    }

    #[test]
    fn one_slip_needs_no_table() {
        check("код", "кот", 1, 1);
        check("код", "кдо", 1, 1);
        check("код", "коды", 1, 1);
        check("код", "дко", 1, 2);
        check("паспорт", "спорт", 1, 2);
    }
}
