//! Groups of neighbouring letters: words that share many of them are near.

use super::letters::{DIGITS, EDGE};
use super::order::sort;

/// Letters of a group by which stems are compared: two catch a slip in a short word, three a common root.
pub(super) const STEM_GRAMS: [usize; 2] = [2, 3];
/// Letters of a group by which whole articles are compared: longer ones, since an article has most pairs of letters.
pub(super) const TEXT_GRAMS: [usize; 2] = [3, 4];

/// The word between its edges.
pub(super) fn edged(word: &[u8]) -> Vec<u8> {
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
