//! Lists of the index: which articles have a word or a group of letters.

use super::weights as w;

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
    pub fn new(doc: u16, sum: f32) -> Self {
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
    pub fn sized(lengths: &[u32]) -> Self {
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
    pub fn put(&mut self, owner: u32, n: u32, item: T) {
        let at = self.starts.get(owner as usize).map_or(0, |s| s + n);
        if let Some(slot) = self.items.get_mut(at as usize) {
            *slot = item;
        }
    }
}
