//! Words of a text in a one-byte alphabet, so that the search compares bytes and needs no tables of Unicode.
//!
//! `ё` is `е`; case, stress marks and soft hyphens do not matter; a Latin look-alike inside a Russian word is read as
//! the Russian letter («cнилс» with a Latin `c`).

/// A letter or digit as one byte: а–я are 1–32, a–z 33–58, 0–9 59–68; letters of other alphabets share 70–127.
pub(super) const RUSSIAN: std::ops::RangeInclusive<u8> = 1..=32;
pub(super) const LATIN: std::ops::RangeInclusive<u8> = 33..=58;
pub(super) const DIGITS: std::ops::RangeInclusive<u8> = 59..=68;
/// Edge of a word, for the letter groups at its start and end.
pub(super) const EDGE: u8 = 69;

/// A word longer than this is cut: the longest Russian words of documents have 30 letters.
pub(super) const LONGEST: usize = 40;

/// Where a word stands in the text, in UTF-16 code units, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub start: u32,
    pub end: u32,
}

/// The byte of a letter or digit, 0 for what divides words.
pub(super) fn byte(c: char) -> u8 {
    match c {
        'а'..='я' => (c as u32 - 'а' as u32) as u8 + 1,
        'А'..='Я' => (c as u32 - 'А' as u32) as u8 + 1,
        'ё' | 'Ё' => 6,
        'a'..='z' => c as u8 - b'a' + 33,
        'A'..='Z' => c as u8 - b'A' + 33,
        '0'..='9' => c as u8 - b'0' + 59,
        '\0'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{303f}'
        | '\u{fe00}'..='\u{ffff}'
        | '\u{1f000}'.. => 0,
        // Capitals of the neighbours of Russian: Ђ–Џ stand 80 before their small letters, from Ѡ on they alternate.
        '\u{400}'..='\u{40f}' => 70 + ((c as u32 + 80) % 58) as u8,
        '\u{460}'..='\u{52f}' | '\u{100}'..='\u{17f}' => 70 + ((c as u32 | 1) % 58) as u8,
        _ => 70 + (c as u32 % 58) as u8,
    }
}

/// The letter of a byte, as it is written in small letters.
pub(super) fn letter(byte: u8) -> char {
    match byte {
        1..=32 => char::from_u32('а' as u32 + u32::from(byte) - 1).unwrap_or('?'),
        33..=58 => char::from(byte - 33 + b'a'),
        59..=68 => char::from(byte - 59 + b'0'),
        _ => '?',
    }
}

/// Call `found` with every word and its place.
pub(super) fn each_word(text: &str, mut found: impl FnMut(&[u8], Place)) {
    read(text, &mut found);
}

/// One copy for all callers: the page pays for each.
fn read(text: &str, found: &mut dyn FnMut(&[u8], Place)) {
    let mut word: Vec<u8> = Vec::new();
    let mut place = Place { start: 0, end: 0 };
    let mut at = 0;
    for c in text.chars() {
        let next = at + c.len_utf16() as u32;
        match c {
            // A decomposed й (и and a breve); other marks above letters, and soft hyphens, mean nothing here.
            '\u{306}' if word.last() == Some(&9) => {
                word.pop();
                word.push(10);
                place.end = next;
            }
            '\u{300}'..='\u{36f}' | '\u{ad}' => {}
            _ => match byte(c) {
                0 => finish(&mut word, place, found),
                b => {
                    // A number ends where letters begin: «60fps», «14лет».
                    if word.last().is_some_and(|last| DIGITS.contains(last) != DIGITS.contains(&b)) {
                        finish(&mut word, place, found);
                    }
                    if word.is_empty() {
                        place.start = at;
                    }
                    place.end = next;
                    if word.len() < LONGEST {
                        word.push(b);
                    }
                }
            },
        }
        at = next;
    }
    finish(&mut word, place, found);
}

fn finish(word: &mut Vec<u8>, place: Place, found: &mut dyn FnMut(&[u8], Place)) {
    if word.is_empty() {
        return;
    }
    let russian = word.iter().filter(|b| RUSSIAN.contains(b)).count();
    let latin = word.iter().filter(|b| LATIN.contains(b)).count();
    if latin > 0 && russian >= latin {
        word.iter_mut().for_each(|b| *b = look_alike(*b));
    }
    found(word, place);
    word.clear();
}

/// A Latin letter as the Russian one that looks the same.
fn look_alike(b: u8) -> u8 {
    // The same order in both lines; only the shapes are alike, not the sounds.
    const PAIRS: ([u8; 12], [u8; 12]) = (*b"acekmopxyhtb", [1, 18, 6, 11, 13, 15, 17, 22, 20, 14, 19, 3]);
    let as_typed = if LATIN.contains(&b) { b - 33 + b'a' } else { return b };
    PAIRS.0.iter().zip(PAIRS.1).find(|(latin, _)| **latin == as_typed).map_or(b, |(_, russian)| russian)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words in plain letters, with their places.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, u32, u32)]) {
        let mut found = Vec::new();
        each_word(text, |word, place| {
            found.push((word.iter().map(|b| letter(*b)).collect::<String>(), place.start, place.end));
        });
        let expected: Vec<_> = expected.iter().map(|(word, start, end)| ((*word).to_owned(), *start, *end)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cuts_words_with_places_in_utf16() {
        check("", &[]);
        check(" Код: СНИЛС!", &[("код", 1, 4), ("снилс", 6, 11)]);
        check("😀 ёлка", &[("елка", 3, 7)]);
        check("по-русски", &[("по", 0, 2), ("русски", 3, 9)]);
        check("60fps", &[("60", 0, 2), ("fps", 2, 5)]);
    }

    #[test]
    fn marks_and_hyphens_inside_a_word_mean_nothing() {
        check("замо\u{301}к", &[("замок", 0, 6)]);
        check("и\u{306}од", &[("йод", 0, 4)]);
        check("заяв\u{ad}ление", &[("заявление", 0, 10)]);
    }

    #[test]
    fn latin_look_alikes_in_a_russian_word_are_russian() {
        check("Cнилс Паcпорт", &[("снилс", 0, 5), ("паспорт", 6, 13)]);
        check("Rutube", &[("rutube", 0, 6)]);
        check("Сat", &[("сat", 0, 3)]);
    }

    #[test]
    fn a_long_word_is_cut() {
        let mut longest = 0;
        each_word(&"а".repeat(1000), |word, place| longest = word.len() + place.end as usize);
        assert_eq!(longest, LONGEST + 1000);
    }

    #[test]
    fn letters_of_other_alphabets_are_letters_and_signs_are_not() {
        for c in ['ә', 'Ў', 'é', '中', 'ß'] {
            assert!(byte(c) >= 70, "{c}");
        }
        for c in ['№', '—', '«', '\u{a0}', '😀', '€', '…'] {
            assert!(!RUSSIAN.contains(&byte(c)) && !LATIN.contains(&byte(c)), "{c}");
        }
        assert_eq!(byte('І'), byte('і'));
        assert_eq!(byte('Ә'), byte('ә'));
    }
}
