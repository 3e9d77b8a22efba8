//! Masks of numbers: symbols flow through the slots of a spelling, separators follow by themselves.

use super::{Field, Intent, Reason, Turn, is_separator};
use crate::checksum::{number, weighted};
use crate::text::{Symbols, chars, join, letter, spell, symbol, with_digit};
use crate::validators::{fit, inn, is_slot, print, snils};

/// Spellings with `|` between them.
struct Forms<'a>(&'a str);

/// The symbols of a text.
struct Read {
    symbols: Symbols,
    /// How many of them stand before the caret.
    before: usize,
    /// A phone that starts with 8 or 7 and no plus.
    eight: bool,
    /// It starts with a plus.
    plus: bool,
    /// A sign that is none of them.
    stray: Option<char>,
}

/// `strict`: nobody mends the number later.
pub fn turn(mask: &str, strict: bool, field: &Field, data: &str) -> Turn {
    let mask = Forms(mask);
    let prefix = prefix(&field.text);
    let (mut from, mut to) = field.reach(prefix);
    if field.deletes() {
        if from == to {
            // Only separators lie there: the caret passes them.
            return if from == field.from { Turn::Native } else { field.write(&field.text, from) };
        }
    } else if from == to && from < prefix {
        (from, to) = (prefix, prefix);
    }
    let mut caret = field.to;
    let mut raw = field.text.clone();
    if field.intent != Intent::Tidy {
        let tail = raw.split_off(to);
        raw.truncate(from);
        data.chars().for_each(|c| raw.push(c));
        caret = raw.len();
        raw.extend_from_slice(&tail);
    }
    let mut read = mask.read(&raw, caret);
    if strict && read.stray.is_some() && field.intent == Intent::Paste && mask.is_numeric() {
        // «тел. 8-916-…»: words around a whole number.
        raw.retain(|c| symbol(*c).is_ascii_digit() || *c == '+');
        let bare = mask.read(&raw, raw.len());
        if bare.symbols.count == mask.most() + usize::from(bare.eight) {
            read = bare;
        }
    }
    if strict && read.eight && read.symbols.count == mask.most() + 1 {
        read.drop_first();
    }
    let count = read.symbols.count;
    if read.stray.is_none() {
        if count == 0 {
            return if field.deletes() { field.write(&[], 0) } else { Turn::Native };
        }
        if let Some(form) = mask.form(&read) {
            let mut text = chars(&print(&form, read.symbols.as_slice()));
            // No separators behind the last symbol.
            text.truncate(place(&form, count - 1) + 1);
            let next = if read.before < count { place(&form, read.before) } else { text.len() };
            // After a deletion the caret stays on its side of a separator; what is typed takes it along.
            let stays = field.deletes() && from.min(field.from).checked_sub(1).is_some_and(|at| is_symbol(field, at));
            let caret = if stays && read.before > 0 { place(&form, read.before - 1) + 1 } else { next };
            return field.write(&text, caret);
        }
    }
    let now = mask.read(&field.text, 0);
    let known = now.stray.is_none() && (now.symbols.count == 0 || mask.form(&now).is_some());
    match read.stray {
        _ if field.intent != Intent::Type || !known => Turn::Native,
        // A letter typed for a digit is told and mended when the field is left; to drop it would lose a place.
        Some(c) if !strict && with_digit(symbol(c)) != symbol(c) => Turn::Native,
        // A digit that is a stray begins the code of another country.
        Some(c) if mask.is_numeric() && !c.is_ascii_digit() => Turn::Refuse(Reason::Sign(c)),
        // «+7 8 916…»: the check reads the 8 of the habit as what it is. A letter where a digit belongs, or the other way
        // round: the check will tell what is wrong with it.
        None if !read.eight && matches!(read.symbols.as_slice(), [b'7' | b'8', ..]) && prefix > 0 => Turn::Native,
        None if !strict
            && read.before == count
            && let Some(digits) = other(&read, mask.is_phone()) =>
        {
            let digits = chars(&digits);
            field.write(&digits, digits.len())
        }
        None if mask.is_numeric() || now.symbols.count == mask.most() => Turn::Refuse(Reason::Full),
        _ => Turn::Native,
    }
}

/// The digits alone, where one too many shows that they are no number of this mask but those of a СНИЛС, an ИНН or a phone: they
/// stay, and the check of the field says what they are. Of an ИНН of twelve digits the eleventh is a check digit already.
fn other(read: &Read, phone: bool) -> Option<String> {
    if read.symbols.letters {
        return None;
    }
    let mut digits = spell(read.symbols.as_slice());
    // No code of the Russian plan begins with another digit.
    let foreign = phone && !matches!(read.symbols.as_slice(), [b'3' | b'4' | b'8' | b'9', ..]);
    if foreign && read.plus {
        // The first digit of an ИНН stands as +7 by now.
        let whole = join(&["7", &digits]);
        if inn::is_person(whole.as_bytes()) {
            digits = whole;
        }
    }
    let known = match digits.as_bytes() {
        [b'7' | b'8', b'9', rest @ ..] if rest.len() == 9 => !phone,
        [body @ .., tens, ones]
            if body.len() == 9 && weighted(body, &snils::WEIGHTS) % 101 % 100 == number(&[*tens, *ones]) =>
        {
            true
        }
        digits => foreign || inn::is_person(digits),
    };
    known.then_some(digits)
}

fn is_symbol(field: &Field, at: usize) -> bool {
    field.text.get(at).is_some_and(|c| symbol(*c) != 0)
}

/// Signs of `+7 (` before the first digit that a person typed; 0 where there is none.
fn prefix(text: &[char]) -> usize {
    match text {
        ['+', '7', rest @ ..] => rest.iter().position(|c| symbol(*c) != 0).map_or(0, |at| at + 2),
        _ => 0,
    }
}

/// Where the slot at `at` is printed.
fn place(form: &str, at: usize) -> usize {
    let mut slots = form.bytes().enumerate().filter(|(_, byte)| is_slot(*byte));
    slots.nth(at).map_or(form.len(), |(place, _)| place)
}

fn count(form: &str) -> usize {
    form.bytes().filter(|byte| is_slot(*byte)).count()
}

impl Read {
    /// The 8 or 7 in place of +7 goes.
    fn drop_first(&mut self) {
        let mut rest = Symbols::new();
        self.symbols.as_slice().iter().skip(1).for_each(|symbol| rest.push(*symbol));
        (self.symbols, self.eight, self.before) = (rest, false, self.before.saturating_sub(1));
    }
}

impl Forms<'_> {
    fn each(&self) -> impl Iterator<Item = &str> {
        self.0.split('|')
    }

    fn is_phone(&self) -> bool {
        self.0.starts_with("+7")
    }

    /// Only digits are typed.
    fn is_numeric(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'9' || !is_slot(byte))
    }

    fn is_literal(&self, c: char) -> bool {
        self.0.chars().any(|it| it == c && c != '|' && !is_slot(it as u8))
    }

    /// Symbols of the longest spelling.
    fn most(&self) -> usize {
        self.each().map(count).max().unwrap_or(0)
    }

    /// The spelling for these symbols: the longest that takes them all, one without separators where no other does.
    fn form(&self, read: &Read) -> Option<String> {
        // A digit of its own in place of +7 where a person begins with 8 or 7.
        let whole =
            self.0.strip_prefix("+7").filter(|_| read.eight).map_or_else(|| self.0.to_owned(), |it| join(&["9", it]));
        let rank = |form: &str| (form.len() > count(form), count(form));
        let mut best: Option<&str> = None;
        for form in whole.split('|') {
            if fit(form, &mut read.symbols.clone()) == read.symbols.count && best.is_none_or(|it| rank(it) < rank(form))
            {
                best = Some(form);
            }
        }
        best.map(str::to_owned)
    }

    fn read(&self, raw: &[char], caret: usize) -> Read {
        let mut out = Read { symbols: Symbols::new(), before: 0, eight: false, plus: false, stray: None };
        let (phone, numeric) = (self.is_phone(), self.is_numeric());
        let (mut plus, mut seen) = (false, false);
        for (at, c) in raw.iter().enumerate() {
            let symbol = symbol(*c);
            if symbol == 0 {
                let sign = phone && matches!(c, '+' | '\u{ff0b}') && !seen;
                plus |= sign;
                seen |= sign;
                out.plus |= sign;
                if !sign && !is_separator(*c) && !matches!(c, '(' | ')') && !self.is_literal(*c) {
                    out.stray = out.stray.or(Some(*c));
                }
                continue;
            }
            if numeric && !symbol.is_ascii_digit() {
                out.stray = out.stray.or(Some(*c));
                continue;
            }
            if std::mem::take(&mut plus) {
                // Another country's number is none of this mask.
                out.stray = out.stray.or((symbol != b'7').then(|| letter(symbol)));
                continue;
            }
            // After «+7» no 8 is a prefix.
            out.eight |= phone && !seen && matches!(symbol, b'7' | b'8');
            seen = true;
            out.before += usize::from(at < caret);
            out.symbols.push(symbol);
        }
        out
    }
}
