//! Cleaning of typed text with places kept, and small words of Russian.
//!
//! A cleaned symbol is one byte: ASCII for digits and capital Latin letters, windows-1251 for capital Cyrillic ones. So a
//! number with letters is as easy to read as one without, and nothing is allocated on the way.

/// Most symbols of any built-in number (RU IBAN has 33), with room for a few too many.
pub const CAPACITY: usize = 48;

/// What a typed character means inside a number: a separator, junk, or else a digit, a letter folded to its capital, or a Roman
/// number in one character, from `a` for Ⅰ.
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
        // The Ukrainian letter is drawn as the Latin one.
        'І' | 'і' => return Glyph(b'I'),
        '\u{ff10}'..='\u{ff3a}' if c <= '\u{ff19}' || c >= '\u{ff21}' => (0xff10, b'0'),
        '\u{ff41}'..='\u{ff5a}' => (0xff41, b'A'),
        '\u{660}'..='\u{669}' => (0x660, b'0'),
        '\u{6f0}'..='\u{6f9}' => (0x6f0, b'0'),
        'Ⅰ'..='ⅿ' => return Glyph(b'a' + (code & 15) as u8),
        '.' | '№' | '\u{ad}' => return Glyph::SEPARATOR,
        _ if is_blank(c) || is_dash(c) => return Glyph::SEPARATOR,
        _ => return Glyph::JUNK,
    };
    Glyph((code - from) as u8 + to)
}

/// White space and characters without width.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{2069}' | '\u{3000}' | '\u{feff}' | '\u{61c}' | '\u{180e}')
}

/// Every dash that stands for a hyphen, and the minus sign.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// The characters of a text: kinds with an order of their own read them by place.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn chars(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    text.chars().for_each(|c| out.push(narrow(c)));
    out
}

/// The plain form of a full-width sign; both take one UTF-16 code unit, so places stay.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from((c as u32 - 0xfee0) as u8),
        _ => c,
    }
}

/// The text of characters.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn string(chars: &[char]) -> String {
    let mut out = String::new();
    chars.iter().for_each(|c| push(&mut out, *c));
    out
}

/// Add a character. One copy of the encoder serves all.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn push(out: &mut String, c: char) {
    out.push(c);
}

/// Parts one after another.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    parts.iter().for_each(|part| out.push_str(part));
    out
}

/// Add a number in decimal, with zeros before it up to `width` digits.
pub fn push_number(out: &mut String, n: u64, width: u32) {
    if n > 9 || width > 1 {
        push_number(out, n / 10, width.saturating_sub(1));
    }
    push(out, char::from(b'0' + (n % 10) as u8));
}

/// Before and after the first `sign`, an ASCII character.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.as_bytes().iter().position(|b| *b == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The parts between the signs, empty ones too. The standard search for a character weighs a kilobyte.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn split(text: &str, sign: u8) -> Vec<&str> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some((part, tail)) = cut(rest, sign) {
        out.push(part);
        rest = tail;
    }
    out.push(rest);
    out
}

/// Without blanks around.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn bare(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The text has this sign, an ASCII character.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn has_sign(text: &str, sign: u8) -> bool {
    text.bytes().any(|b| b == sign)
}

/// Each character as something else.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn mapped(chars: &[char], to: fn(char) -> char) -> Vec<char> {
    let mut out = Vec::new();
    chars.iter().for_each(|c| out.push(to(*c)));
    out
}

/// The place of the first character that `wanted` holds for.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn find(chars: &[char], wanted: fn(char) -> bool) -> Option<usize> {
    chars.iter().position(|c| wanted(*c))
}

/// The next of the parts between the characters that `sign` holds for, empty ones too; `rest` is what follows, `None` behind the last.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn next_between<'a>(rest: &mut Option<&'a [char]>, sign: fn(char) -> bool) -> Option<&'a [char]> {
    let chars = (*rest)?;
    let end = find(chars, sign).unwrap_or(chars.len());
    *rest = chars.get(end + 1..);
    chars.get(..end)
}

/// `wanted` holds for some character.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn has(chars: &[char], wanted: fn(char) -> bool) -> bool {
    chars.iter().any(|c| wanted(*c))
}

/// Without the characters at the start that `idle` holds for.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn trim_start(mut chars: &[char], idle: fn(char) -> bool) -> &[char] {
    while let [first, rest @ ..] = chars
        && idle(*first)
    {
        chars = rest;
    }
    chars
}

/// Without the characters at the end that `idle` holds for.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn trim_end(mut chars: &[char], idle: fn(char) -> bool) -> &[char] {
    while let [rest @ .., last] = chars
        && idle(*last)
    {
        chars = rest;
    }
    chars
}

/// Without blanks around.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn trim(chars: &[char]) -> &[char] {
    trim_end(trim_start(chars, is_blank), is_blank)
}

/// Without the characters that `idle` holds for.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn without(chars: &[char], idle: fn(char) -> bool) -> Vec<char> {
    let mut out = Vec::new();
    for c in chars {
        if !idle(*c) {
            out.push(*c);
        }
    }
    out
}

/// Without the empty cells of a mask at the end, such as `112-233-4__ __`.
pub fn without_cells(chars: &[char]) -> &[char] {
    trim_end(chars, is_cell)
}

fn is_cell(c: char) -> bool {
    c == '_' || is_blank(c) || is_dash(c)
}

/// Nothing but blanks.
pub fn is_empty(text: &str) -> bool {
    text.chars().all(is_blank)
}

/// What may stand between parts of an abbreviation.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn is_gap(c: char) -> bool {
    c == '.' || is_blank(c)
}

/// What follows `word` (in lower case) at the start of the characters; blanks and dots before and inside are passed over.
pub fn after<'a>(chars: &'a [char], word: &str) -> Option<&'a [char]> {
    let mut rest = chars;
    for wanted in word.chars() {
        match trim_start(rest, is_gap) {
            [c, more @ ..] if lower(*c) == wanted => rest = more,
            _ => return None,
        }
    }
    Some(rest)
}

/// The next word of a list, whose words stand apart by blanks; `list` is what follows it.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn next_word<'a>(list: &mut &'a str) -> Option<&'a str> {
    next_part(list, b' ')
}

/// The same where they stand apart by another sign.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn next_part<'a>(list: &mut &'a str, sign: u8) -> Option<&'a str> {
    if list.is_empty() {
        return None;
    }
    let (part, rest) = cut(list, sign).unwrap_or((list, ""));
    *list = rest;
    Some(part)
}

/// The place in a list, whose words stand apart by blanks, of the first word that is `word`, or begins with it; a Latin letter may stand
/// for its Cyrillic twin.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn place(list: &str, word: &[char], whole: bool) -> Option<usize> {
    let mut at = 0;
    let mut rest = Some(word);
    for c in list.chars() {
        if c == ' ' {
            if rest.is_some_and(<[char]>::is_empty) {
                return Some(at);
            }
            (at, rest) = (at + 1, Some(word));
            continue;
        }
        rest = match rest {
            Some([first, more @ ..]) if lower(*first) == c || lower(to_cyrillic(*first)) == c => Some(more),
            Some([]) if !whole => Some(&[]),
            _ => None,
        };
    }
    rest.is_some_and(<[char]>::is_empty).then_some(at)
}

/// The word is one of the stems of a list: as it stands, with an ending, or, where `short`, cut off after three letters.
pub fn is_label(mut stems: &str, word: &[char], short: bool) -> bool {
    while let Some(stem) = next_word(&mut stems) {
        let (mut same, mut length) = (0, 0);
        for c in stem.chars() {
            same += usize::from(same == length && word.get(length).is_some_and(|typed| fold(*typed) == c));
            length += 1;
        }
        let whole = same == word.len() && (same == length || (short && same > 2));
        // An ending of Russian has four letters at most; short stems have none.
        if whole || (same == length && length > 3 && word.len() < length + 5) {
            return true;
        }
    }
    false
}

/// Lower case, with е for ё and one stroke for both.
fn fold(c: char) -> char {
    match c {
        'ё' | 'Ё' => 'е',
        '\\' => '/',
        _ => lower(c),
    }
}

/// The letters at the start of the characters, with `-` and strokes between them.
pub fn word(chars: &[char]) -> &[char] {
    let mut end = 0;
    for (at, c) in chars.iter().enumerate() {
        if is_letter(*c) {
            end = at + 1;
        } else if at == 0 || !matches!(c, '-' | '/' | '\\') {
            break;
        }
    }
    chars.get(..end).unwrap_or_default()
}

/// The character of a cleaned symbol.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn letter(symbol: u8) -> char {
    match symbol {
        0xc0..=0xdf => char::from_u32(0x350 + u32::from(symbol)).unwrap_or('?'),
        0xa8 => 'Ё',
        _ => char::from(symbol),
    }
}

/// Cleaned symbols as text.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn spell(symbols: &[u8]) -> String {
    let mut out = String::new();
    symbols.iter().for_each(|s| push(&mut out, letter(*s)));
    out
}

/// Lower case of Latin and Cyrillic letters; anything else stays.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn lower(c: char) -> char {
    match c {
        'A'..='Z' | 'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        'Ё' => 'ё',
        _ => c,
    }
}

/// The mark of й or ё, where it is a character of its own.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{306}' | '\u{308}')
}

/// The characters with й and ё in one piece, and without soft hyphens, which are hints of a printer's.
pub fn composed(chars: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for c in chars {
        match out.last_mut() {
            _ if *c == '\u{ad}' => {}
            // й follows и.
            Some(last @ ('и' | 'И')) if *c == '\u{306}' => *last = char::from_u32(*last as u32 + 1).unwrap_or(*last),
            Some(last @ 'е') if *c == '\u{308}' => *last = 'ё',
            Some(last @ 'Е') if *c == '\u{308}' => *last = 'Ё',
            _ => out.push(*c),
        }
    }
    out
}

/// A Cyrillic letter of the Russian alphabet.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

/// A letter of any alphabet, near enough without tables: no sign of the blocks of punctuation and symbols.
#[cfg_attr(target_family = "wasm", inline(never))]
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
        // Plain digits, the usual case, need no look at the alphabet.
        let plain = text.as_bytes().iter().take_while(|b| b.is_ascii_digit()).count().min(CAPACITY);
        let (digits, rest) = text.split_at_checked(plain).unwrap_or((text, ""));
        if let Some(place) = out.bytes.get_mut(..plain) {
            place.copy_from_slice(digits.as_bytes());
            out.count = plain;
        }
        let mut at = plain;
        rest.chars().for_each(|c| {
            out.take(at, c);
            at += 1;
        });
        out
    }

    /// Clean characters, each read as another one.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn of(chars: &[char], to: fn(char) -> char) -> Self {
        let mut out = Self::new();
        for (at, c) in chars.iter().enumerate() {
            out.take(at, to(*c));
        }
        out
    }

    /// Clean the character at `at`. Empty cells of a mask at the end of the text are no characters of it.
    #[cfg_attr(target_family = "wasm", inline(never))]
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
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn symbol(c: char) -> u8 {
    match glyph(c) {
        Glyph::SEPARATOR => 0,
        Glyph(symbol) => symbol,
    }
}

/// UTF-16 code units of characters.
#[cfg_attr(target_family = "wasm", inline(never))]
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
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn twin(symbol: u8, from: &[u8], to: &[u8]) -> u8 {
    let at = from.iter().position(|s| *s == symbol).unwrap_or(from.len());
    to.get(at).copied().unwrap_or_default()
}

/// The Cyrillic twin of a Latin letter; of small ones only where they look the same too.
pub fn to_cyrillic(c: char) -> char {
    let small = matches!(c, 'a' | 'c' | 'e' | 'o' | 'p' | 'x' | 'y');
    if c != lower(c) || small {
        let twin = twin(symbol(c), LATIN_TWINS, CYRILLIC_TWINS);
        if twin > 0 {
            return if small { lower(letter(twin)) } else { letter(twin) };
        }
    }
    c
}

/// The digit that a letter is mistaken for; any other symbol stays.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn with_digit(symbol: u8) -> u8 {
    match twin(symbol, DIGIT_LIKE, DIGITS) {
        0 => symbol,
        digit => digit,
    }
}

/// The letter that a digit is mistaken for; any other symbol stays.
pub fn with_letter(symbol: u8) -> u8 {
    match twin(symbol, b"0386", b"\xce\xc7\xc2\xc1") {
        0 => symbol,
        letter => letter,
    }
}

/// The characters with digits in place of letters that are mistaken for them.
pub fn with_digits(chars: &[char]) -> Vec<char> {
    mapped(chars, |c| match twin(symbol(c), DIGIT_LIKE, DIGITS) {
        0 => c,
        digit => char::from(digit),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_lists() {
        let list = "июня июнь июля";
        assert_eq!(place(list, &chars("Июль"), true), None);
        assert_eq!(place(list, &chars("июль"), false), None);
        assert_eq!(place(list, &chars("Июл"), false), Some(2));
        assert_eq!(place(list, &chars("июнь"), true), Some(1));
    }

    #[test]
    fn a_word_at_the_start_may_have_dots_and_blanks_in_it() {
        assert_eq!(after(&chars("Р. С. 407"), "рс"), Some(chars(". 407").as_slice()));
        assert_eq!(after(&chars("р 407"), "рс"), None);
    }

    #[test]
    fn numbers_are_written_with_their_zeros() {
        let mut out = String::new();
        push_number(&mut out, 7, 2);
        push_number(&mut out, 1200, 0);
        assert_eq!(out, "071200");
    }
}
