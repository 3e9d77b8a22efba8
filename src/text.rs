//! Cleaning of typed text with places kept, and small words of Russian.
//!
//! A cleaned symbol is one byte: ASCII for digits and capital Latin letters, windows-1251 for capital Cyrillic ones. So a
//! number with letters is as easy to read as one without, and nothing is allocated on the way.

mod scan;

pub use scan::*;

/// Most symbols of any built-in number (RU IBAN has 33), with room for a few too many.
pub const CAPACITY: usize = 48;

/// What a typed character means inside a number: a separator, junk, or else a digit or a letter folded to its capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph(pub u8);

impl Glyph {
    /// Blanks, dashes, dots, invisible characters, `№`.
    pub const SEPARATOR: Self = Self(1);
    /// Anything else: never dropped in silence.
    pub const JUNK: Self = Self(0);
}

/// Read one character; full-width and Arabic digits count as digits.
pub fn glyph(c: char) -> Glyph {
    let code = c as u32;
    let (from, to) = match c {
        '0'..='9' | 'A'..='Z' => (0, 0),
        'a'..='z' => (32, 0),
        'А'..='Я' => (0x410, 0xc0),
        'а'..='я' => (0x430, 0xc0),
        'Ё' | 'ё' => return Glyph(0xa8),
        '\u{ff10}'..='\u{ff3a}' if c <= '\u{ff19}' || c >= '\u{ff21}' => (0xff10, b'0'),
        '\u{ff41}'..='\u{ff5a}' => (0xff41, b'A'),
        '\u{660}'..='\u{669}' => (0x660, b'0'),
        '\u{6f0}'..='\u{6f9}' => (0x6f0, b'0'),
        '.' | '№' | '\u{ad}' => return Glyph::SEPARATOR,
        _ if is_blank(c) || is_dash(c) => return Glyph::SEPARATOR,
        _ => return Glyph::JUNK,
    };
    Glyph((code - from) as u8 + to)
}

/// White space and characters without width.
#[inline(never)]
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{2064}' | '\u{3000}' | '\u{feff}')
}

/// Every dash that stands for a hyphen, and the minus sign.
#[inline(never)]
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// The character of a cleaned symbol.
#[inline(never)]
pub fn letter(symbol: u8) -> char {
    match symbol {
        0xc0..=0xdf => char::from_u32(0x350 + u32::from(symbol)).unwrap_or('?'),
        0xa8 => 'Ё',
        _ => char::from(symbol),
    }
}

/// Cleaned symbols as text.
#[inline(never)]
pub fn spell(symbols: &[u8]) -> String {
    let mut out = String::new();
    symbols.iter().for_each(|s| push(&mut out, letter(*s)));
    out
}

/// Lower case of Latin and Cyrillic letters; anything else stays.
#[inline(never)]
pub fn lower(c: char) -> char {
    match c {
        'A'..='Z' | 'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        'Ё' => 'ё',
        _ => c,
    }
}

/// A Cyrillic letter of the Russian alphabet.
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

/// A letter of any alphabet, near enough without tables: no sign of the blocks of punctuation and symbols.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{d7ff}')
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
    /// The first of the empty cells of a mask that nothing but such cells has followed so far.
    cell: Option<usize>,
}

impl Symbols {
    /// None yet.
    pub const fn new() -> Self {
        Self { bytes: [0; CAPACITY], count: 0, junk: None, letters: false, cell: None }
    }

    /// Clean `text`.
    pub fn read(text: &str) -> Self {
        let mut out = Self::new();
        for (at, c) in text.chars().enumerate() {
            out.take(at, c);
        }
        out
    }

    /// Clean the character at `at`. Empty cells of a mask at the end of the text are no characters of it.
    fn take(&mut self, at: usize, c: char) {
        match glyph(c) {
            Glyph::SEPARATOR if is_cell(c) => return,
            Glyph::SEPARATOR => {}
            Glyph::JUNK if c == '_' => {
                self.cell = self.cell.or(Some(at));
                return;
            }
            Glyph::JUNK => self.junk = self.junk.or(self.cell).or(Some(at)),
            Glyph(symbol) => self.push(symbol),
        }
        self.junk = self.junk.or(self.cell);
    }

    /// Add a symbol.
    pub fn push(&mut self, symbol: u8) {
        self.letters |= symbol > b'9';
        if let Some(place) = self.bytes.get_mut(self.count) {
            *place = symbol;
        }
        self.count += 1;
    }

    /// The symbols that are kept.
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.count).unwrap_or(&self.bytes)
    }

    /// The same, to be written as a form has them.
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        let count = self.count.min(CAPACITY);
        self.bytes.get_mut(..count).unwrap_or_default()
    }
}

/// The cleaned symbol of a character; 0 for one that is none.
pub fn symbol(c: char) -> u8 {
    match glyph(c) {
        Glyph::SEPARATOR => 0,
        Glyph(symbol) => symbol,
    }
}

/// UTF-16 code units of characters.
#[inline(never)]
pub fn width(chars: &[char]) -> u32 {
    chars.iter().map(|c| c.len_utf16() as u32).sum()
}

/// Letters that look the same in both alphabets, in the same order: АВЕКМНОРСТУХ.
pub const CYRILLIC_TWINS: &[u8] = b"\xc0\xc2\xc5\xca\xcc\xcd\xce\xd0\xd1\xd2\xd3\xd5";
pub const LATIN_TWINS: &[u8] = b"ABEKMHOPCTYX";
/// Letters that are taken for digits on a keyboard or in a scan, ОOQ З LI Б ВB Ч S Z, and these digits.
const DIGIT_LIKE: &[u8] = b"\xceOQ\xc7LI\xc1\xc2B\xd7SZ";
const DIGITS: &[u8] = b"000311688452";

/// What stands in `to` where `from` has the symbol; 0 where it has not.
#[inline(never)]
pub fn twin(symbol: u8, from: &[u8], to: &[u8]) -> u8 {
    let at = from.iter().position(|s| *s == symbol).unwrap_or(from.len());
    to.get(at).copied().unwrap_or_default()
}

/// The digit that a letter is mistaken for; any other symbol stays.
#[inline(never)]
pub fn with_digit(symbol: u8) -> u8 {
    match twin(symbol, DIGIT_LIKE, DIGITS) {
        0 => symbol,
        digit => digit,
    }
}

/// The characters with digits in place of letters that are mistaken for them.
#[inline(never)]
pub fn with_digits(chars: &[char]) -> Vec<char> {
    let mut out = chars.to_vec();
    for c in &mut out {
        let symbol = symbol(*c);
        let digit = with_digit(symbol);
        if digit != symbol {
            *c = char::from(digit);
        }
    }
    out
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
