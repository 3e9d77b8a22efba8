//! Cleaning of typed text with places kept, and small words of Russian.
//!
//! A cleaned symbol is one byte: ASCII for digits and capital Latin letters, windows-1251 for capital Cyrillic ones. So a
//! number with letters is as easy to read as one without, and nothing is allocated on the way.

/// Most symbols of any built-in number (RU IBAN has 33), with room for a few too many.
pub const CAPACITY: usize = 48;

/// What a typed character means inside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Blanks, dashes, dots, invisible characters, `№`.
    Separator,
    /// A digit or a letter, folded to its capital.
    Symbol(u8),
    /// Anything else: never dropped in silence.
    Junk,
}

/// Read one character; full-width and Arabic digits count as digits.
pub fn glyph(c: char) -> Glyph {
    let code = c as u32;
    let byte = |from: u32, to: u8| Glyph::Symbol((code - from) as u8 + to);
    match c {
        '0'..='9' | 'A'..='Z' => byte(0, 0),
        'a'..='z' => byte(32, 0),
        'А'..='Я' => byte(0x410, 0xc0),
        'а'..='я' => byte(0x430, 0xc0),
        'Ё' | 'ё' => Glyph::Symbol(0xa8),
        '\u{ff10}'..='\u{ff19}' => byte(0xff10, b'0'),
        '\u{ff21}'..='\u{ff3a}' => byte(0xff21, b'A'),
        '\u{ff41}'..='\u{ff5a}' => byte(0xff41, b'A'),
        '\u{660}'..='\u{669}' => byte(0x660, b'0'),
        '\u{6f0}'..='\u{6f9}' => byte(0x6f0, b'0'),
        '.' | '№' | '\u{ad}' => Glyph::Separator,
        _ if is_blank(c) || is_dash(c) => Glyph::Separator,
        _ => Glyph::Junk,
    }
}

/// White space and characters without width.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{2064}' | '\u{3000}' | '\u{feff}')
}

/// Every dash that stands for a hyphen, and the minus sign.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// `text` without the empty cells of a mask at its end, such as `112-233-4__ __`.
pub fn without_cells(text: &str) -> &str {
    text.trim_end_matches(|c| c == '_' || is_blank(c) || is_dash(c))
}

/// `text` without blanks around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The character of a cleaned symbol.
pub fn letter(symbol: u8) -> char {
    match symbol {
        0xc0..=0xdf => char::from_u32(0x410 + u32::from(symbol - 0xc0)).unwrap_or('?'),
        0xa8 => 'Ё',
        _ => char::from(symbol),
    }
}

/// Cleaned symbols as text.
pub fn spell(symbols: &[u8]) -> String {
    symbols.iter().map(|s| letter(*s)).collect()
}

/// Lower case of Latin and Cyrillic letters; anything else stays.
pub fn lower(c: char) -> char {
    match c {
        'A'..='Z' | 'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        'Ё' => 'ё',
        _ => c,
    }
}

/// Capital of a Latin or Cyrillic letter; anything else stays.
pub fn upper(c: char) -> char {
    match c {
        'a'..='z' | 'а'..='я' => char::from_u32(c as u32 - 32).unwrap_or(c),
        'ё' => 'Ё',
        _ => c,
    }
}

/// A Cyrillic letter of the Russian alphabet.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

/// The cleaned symbols of a text, without allocation. What does not fit is counted only.
#[derive(Clone, Debug)]
pub struct Symbols {
    bytes: [u8; CAPACITY],
    /// Symbols in the text; may be more than are kept.
    pub count: usize,
    /// The first character that is neither symbol nor separator, in characters from the start.
    pub junk: Option<usize>,
    /// Some symbol is a letter.
    pub letters: bool,
}

impl Symbols {
    /// Clean `text`.
    pub fn read(text: &str) -> Self {
        let mut out = Self { bytes: [0; CAPACITY], count: 0, junk: None, letters: false };
        for (at, c) in without_cells(text).chars().enumerate() {
            match glyph(c) {
                Glyph::Symbol(symbol) => {
                    out.letters |= symbol > b'9';
                    out.push(symbol);
                }
                Glyph::Separator => {}
                Glyph::Junk => out.junk = out.junk.or(Some(at)),
            }
        }
        out
    }

    /// The same over ready symbols.
    pub fn from_symbols(symbols: &[u8]) -> Self {
        let mut out = Self { bytes: [0; CAPACITY], count: 0, junk: None, letters: symbols.iter().any(|s| *s > b'9') };
        symbols.iter().for_each(|s| out.push(*s));
        out
    }

    fn push(&mut self, symbol: u8) {
        if let Some(place) = self.bytes.get_mut(self.count) {
            *place = symbol;
        }
        self.count += 1;
    }

    /// The symbols that are kept.
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.count).unwrap_or(&self.bytes)
    }
}

/// A symbol and its half-open place in the typed text, in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub glyph: Glyph,
    pub char: char,
    pub start: u32,
    pub end: u32,
}

/// Every character with its place.
pub fn marks(text: &str) -> impl Iterator<Item = Mark> + '_ {
    text.chars().scan(0, |at, char| {
        let start = *at;
        *at += char.len_utf16() as u32;
        Some(Mark { glyph: glyph(char), char, start, end: *at })
    })
}

/// UTF-16 code units of a text.
pub fn width(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// The digit that a letter is mistaken for on a keyboard or in a scan.
pub fn digit_like(symbol: u8) -> Option<u8> {
    Some(match letter(symbol) {
        'О' | 'O' | 'Q' => b'0',
        'З' => b'3',
        'L' | 'I' => b'1',
        'Б' => b'6',
        'В' | 'B' => b'8',
        'Ч' => b'4',
        'S' => b'5',
        'Z' => b'2',
        _ => return None,
    })
}

/// Letters that look the same in both alphabets, in the same order.
const CYRILLIC_TWINS: &str = "АВЕКМНОРСТУХ";
const LATIN_TWINS: &str = "ABEKMHOPCTYX";

/// The Cyrillic letter that looks like this Latin one.
pub fn cyrillic_twin(c: char) -> Option<char> {
    LATIN_TWINS.chars().zip(CYRILLIC_TWINS.chars()).find(|(latin, _)| *latin == c).map(|(_, twin)| twin)
}

/// The Latin letter that looks like this Cyrillic one.
pub fn latin_twin(c: char) -> Option<char> {
    CYRILLIC_TWINS.chars().zip(LATIN_TWINS.chars()).find(|(cyrillic, _)| *cyrillic == c).map(|(_, twin)| twin)
}

/// The Russian form after a number: 1 цифра, 2 цифры, 5 цифр.
pub fn plural<'a>(n: u32, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}
