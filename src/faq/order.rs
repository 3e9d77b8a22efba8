//! One sort for the whole search. Each use of the standard sort on its own type adds 2 KB to the page, and there were
//! six; here everything that is sorted becomes a number first.

/// A key that puts the greater value first, and of equal values the smaller number. The value is not negative.
pub(super) fn key(value: f32, number: u32) -> u64 {
    u64::from(!value.to_bits()) << 32 | u64::from(number)
}

/// The number of a key.
pub(super) fn number(key: u64) -> u32 {
    key as u32
}

/// The value of a key.
pub(super) fn value(key: u64) -> f32 {
    f32::from_bits(!((key >> 32) as u32))
}

/// Sort upwards.
pub(super) fn sort(keys: &mut Vec<u64>) {
    first(keys, usize::MAX);
}

/// The `most` smallest keys in order, the rest dropped: a heap gives them one by one.
pub(super) fn first(keys: &mut Vec<u64>, most: usize) {
    for root in (0..keys.len() / 2).rev() {
        sift(keys, root);
    }
    let all = keys.len();
    let rest = all.saturating_sub(most);
    for last in (rest..all).rev() {
        keys.swap(0, last);
        if let Some(heap) = keys.get_mut(..last) {
            sift(heap, 0);
        }
    }
    keys.drain(..rest);
    keys.reverse();
}

/// Let the key at `root` sink until no child is smaller.
fn sift(heap: &mut [u64], mut root: usize) {
    loop {
        let left = root * 2 + 1;
        let Some(mut smaller) = heap.get(left).copied() else { return };
        let mut child = left;
        if let Some(right) = heap.get(left + 1).filter(|right| **right < smaller) {
            (smaller, child) = (*right, left + 1);
        }
        if heap.get(root).is_none_or(|own| *own <= smaller) {
            return;
        }
        heap.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_every_order_of_a_few_keys() {
        for n in 0..5_u64.pow(5) {
            let mut keys: Vec<u64> = (0..5).map(|digit| n / 5_u64.pow(digit) % 5).collect();
            let mut expected = keys.clone();
            expected.sort_unstable();
            sort(&mut keys);
            assert_eq!(keys, expected);
        }
    }

    #[test]
    fn keeps_the_first_ones() {
        for most in 0..8 {
            let mut keys = vec![3, 1, 4, 1, 5, 9];
            first(&mut keys, most);
            assert_eq!(keys, [1, 1, 3, 4, 5, 9].get(..most.min(6)).unwrap_or_default());
        }
    }

    #[test]
    fn the_greater_value_comes_first_then_the_smaller_number() {
        let mut keys = vec![key(0.5, 2), key(0.0, 0), key(0.5, 1), key(7.0, 9)];
        sort(&mut keys);
        assert_eq!(keys.into_iter().map(number).collect::<Vec<_>>(), [9, 1, 2, 0]);
    }
}
