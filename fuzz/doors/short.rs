//! The short form of a fuzz target for the tests: the same inputs in every run, made of seeds.

/// Opens a door with each seed, and so many times with what becomes of them by small changes: a few seconds; the fuzz targets go
/// on from here.
pub fn short(seeds: &[Vec<u8>], tries: usize, door: fn(&[u8])) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |most: usize| {
        // xorshift
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % most.max(1)
    };
    seeds.iter().for_each(|seed| door(seed));
    for _ in 0..tries {
        let mut bytes = seeds[draw(seeds.len())].clone();
        for _ in 0..=draw(4) {
            let place = draw(bytes.len() + 1);
            match draw(6) {
                0 => bytes.insert(place, u8::try_from(draw(256)).unwrap()),
                1 => bytes.truncate(place),
                2 => {
                    let other = &seeds[draw(seeds.len())];
                    bytes.extend_from_slice(&other[draw(other.len())..]);
                }
                3 if place < bytes.len() => bytes[place] ^= 1 << draw(8),
                // Another kind, another way.
                4 if bytes.len() > 1 => bytes[draw(2)] = u8::try_from(draw(256)).unwrap(),
                _ if place < bytes.len() => drop(bytes.remove(place)),
                _ => {}
            }
        }
        door(&bytes);
    }
}
