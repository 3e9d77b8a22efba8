//! Cleaning of typed text with places kept, and small words of Russian.

/// A kept symbol and its half-open place in the typed text, in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub symbol: char,
    pub start: u32,
    pub end: u32,
}

/// Symbols that people put between digits and that carry no meaning.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2060}' | '\u{feff}')
}

/// Every symbol with its place; full-width digits become plain ones.
pub fn marks(text: &str) -> Vec<Mark> {
    let mut at = 0;
    let place = |symbol: char| {
        let start = at;
        at += symbol.len_utf16() as u32;
        let plain = match symbol {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(symbol as u32 - 0xff10 + 0x30).unwrap_or(symbol),
            _ => symbol,
        };
        Mark { symbol: plain, start, end: at }
    };
    text.chars().map(place).collect()
}

/// The symbols without separators.
pub fn clean(text: &str) -> Vec<Mark> {
    marks(text).into_iter().filter(|m| !is_separator(m.symbol)).collect()
}

/// Digits of cleaned text as numbers, or the first mark that is none.
pub fn digits(marks: &[Mark]) -> Result<Vec<u8>, Mark> {
    marks.iter().map(|m| m.symbol.to_digit(10).map(|d| d as u8).ok_or(*m)).collect()
}

/// Digits as text.
pub fn join(digits: &[u8]) -> String {
    digits.iter().map(|d| char::from(b'0' + d)).collect()
}

/// The digit that a letter is mistaken for on a keyboard or in a scan.
pub fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'О' | 'о' | 'O' | 'o' => '0',
        'З' | 'з' => '3',
        'l' | 'I' | '|' => '1',
        'б' => '6',
        'В' | 'B' => '8',
        _ => return None,
    })
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
