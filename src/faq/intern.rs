//! A set of byte strings that gives each a number: a hash table of our own, an eighth of the code of the standard one.

/// Byte strings numbered in the order of their coming.
#[derive(Default)]
pub(super) struct Interner {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// Number + 1, or 0 for an empty place; the length is a power of two, at most half full.
    table: Vec<u32>,
}

impl Interner {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = id.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(id).map_or(start, |end| *end as usize);
        self.bytes.get(start..end).unwrap_or_default()
    }

    pub fn find(&self, text: &[u8]) -> Option<u32> {
        self.probe(text).1
    }

    pub fn intern(&mut self, text: &[u8]) -> u32 {
        if (self.ends.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let (place, found) = self.probe(text);
        if let Some(id) = found {
            return id;
        }
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        let number = self.ends.len() as u32;
        if let Some(slot) = self.table.get_mut(place) {
            *slot = number;
        }
        number - 1
    }

    /// The place in the table where the text is or would be.
    fn probe(&self, text: &[u8]) -> (usize, Option<u32>) {
        let mask = self.table.len().wrapping_sub(1);
        let mut place = hash(text) as usize & mask;
        while let Some(number) = self.table.get(place).filter(|n| **n != 0) {
            if self.get(number - 1) == text {
                return (place, Some(number - 1));
            }
            place = (place + 1) & mask;
        }
        (place, None)
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(64)];
        for id in 0..self.ends.len() as u32 {
            let mask = self.table.len() - 1;
            let mut place = hash(self.get(id)) as usize & mask;
            while self.table.get(place).is_some_and(|n| *n != 0) {
                place = (place + 1) & mask;
            }
            if let Some(slot) = self.table.get_mut(place) {
                *slot = id + 1;
            }
        }
    }
}

/// FNV-1a with a last mix, since the table looks at the low bits.
fn hash(text: &[u8]) -> u32 {
    let sum = text.iter().fold(0x811c_9dc5_u32, |sum, b| (sum ^ u32::from(*b)).wrapping_mul(0x0100_0193));
    sum ^ (sum >> 15)
}
