//! The mask of a date: day, month and year keep to themselves, so that a digit taken out of the day pulls nothing out of
//! the month. A dot, a slash or a blank closes a part. Words («1 февраля») are left alone.

use super::{Field, Intent, Reach, Reason, Turn, is_separator};
use crate::text::{is_letter, symbol};

/// Digits of day, month, year.
const WIDTHS: [usize; 3] = [2, 2, 4];

/// The parts of a date, and the caret: a part and the digits before it there.
#[derive(Clone, Default)]
struct Parts {
    parts: [Vec<char>; 3],
    part: usize,
    at: usize,
}

pub fn turn(field: &Field, data: &str) -> Turn {
    let (from, to) = field.reach(0);
    let Some(parts) = Parts::read(&field.text, from) else { return Turn::Native };
    match field.intent {
        // Spellings of all kinds are pasted; the check reads them.
        Intent::Paste | Intent::Other => Turn::Native,
        Intent::Tidy => Parts::flow(&field.text, field.to).map_or(Turn::Native, |it| it.write(field)),
        Intent::Delete(reach, back) => {
            if from == to {
                return if from == field.from { Turn::Native } else { field.write(&field.text, from) };
            }
            parts.without(&field.text, from, to, reach == Reach::Sign && back).write(field)
        }
        Intent::Type => {
            let mut parts = parts.without(&field.text, from, to, false);
            let mut plain = true;
            for c in data.chars() {
                if is_letter(c) {
                    return word(field, data);
                }
                plain &= symbol(c) != 0 || is_separator(c);
                if let Err(reason) = parts.take(c) {
                    return Turn::Refuse(reason);
                }
            }
            if plain { parts.write(field) } else { Turn::Native }
        }
    }
}

/// The name of a month begins: it stands apart from the day.
fn word(field: &Field, data: &str) -> Turn {
    let end = field.text.len();
    if end == 0 || field.from < end {
        return Turn::Native;
    }
    let mut new = field.text.clone();
    new.push(' ');
    data.chars().for_each(|c| new.push(c));
    let caret = new.len();
    field.write(&new, caret)
}

impl Parts {
    /// The parts of a text with the caret at a place of it; `None` for what this mask does not know.
    fn read(text: &[char], caret: usize) -> Option<Self> {
        let mut out = Self::default();
        let mut part = 0;
        // Of «. » only the dot counts.
        let (mut dots, mut blanks) = (0, 0);
        for (at, c) in text.iter().enumerate() {
            if symbol(*c) == 0 {
                if !is_separator(*c) {
                    return None;
                }
                if matches!(c, '.' | '/' | ',' | '-') { dots += 1 } else { blanks += 1 }
            } else {
                part += if dots > 0 { dots } else { usize::from(blanks > 0) };
                (dots, blanks) = (0, 0);
                out.parts.get_mut(part)?.push(digit(*c)?);
            }
            if at + 1 == caret {
                (out.part, out.at) = (part + dots, if dots > 0 { 0 } else { out.parts.get(part)?.len() });
            }
        }
        out.part = out.part.min(2);
        let whole = part == 0 && out.parts.first()?.len() <= 8;
        let fits = out.parts.iter().zip(WIDTHS).all(|(digits, width)| digits.len() <= width);
        if whole && !fits {
            return Self::flow(text, caret);
        }
        fits.then_some(out)
    }

    /// The same digits typed anew.
    fn flow(text: &[char], caret: usize) -> Option<Self> {
        let mut out = Self::default();
        let mut place = (0, 0);
        for (at, c) in text.iter().enumerate() {
            out.take(*c).ok()?;
            if at < caret {
                place = (out.part, out.at);
            }
        }
        (out.part, out.at) = place;
        Some(out)
    }

    /// Without the digits of a range; the caret at its start. `last` takes a zero along that this mask has put before the digit.
    fn without(&self, text: &[char], from: usize, to: usize, last: bool) -> Self {
        let mut out = Self { part: self.part, at: self.at, ..Self::default() };
        let mut gone = self.clone();
        let mut index = 0;
        // Walk text and parts together: the digits stand in the same order.
        for (part, digits) in self.parts.iter().enumerate() {
            for c in digits {
                while text.get(index).is_some_and(|c| symbol(*c) == 0) {
                    index += 1;
                }
                if (from..to).contains(&index) {
                    (gone.part, gone.at) = (part, digits.len());
                } else if let Some(kept) = out.parts.get_mut(part) {
                    kept.push(*c);
                }
                index += 1;
            }
        }
        let padded = last && gone.at == 2 && gone.part < 2;
        if padded
            && let Some(digits) = self.parts.get(gone.part)
            && digits.first() == Some(&'0')
            && digits.get(1).is_some_and(|c| *c > most(gone.part, 0))
            && let Some(kept) = out.parts.get_mut(gone.part)
            && kept.len() == 1
        {
            kept.clear();
            out.at = 0;
        }
        out
    }

    /// Take a typed sign.
    fn take(&mut self, c: char) -> Result<(), Reason> {
        let Some(new) = digit(c) else {
            if is_separator(c) {
                self.close();
                return Ok(());
            }
            return Err(Reason::Sign(c));
        };
        let part = self.part;
        let width = WIDTHS.get(part).copied().unwrap_or(0);
        let digits = self.parts.get_mut(part).ok_or(Reason::Full)?;
        if digits.len() >= width {
            if self.at < width || part == 2 {
                return Err(Reason::Full);
            }
            (self.part, self.at) = (part + 1, 0);
            return self.take(new);
        }
        let at = self.at.min(digits.len());
        digits.insert(at, new);
        self.at = at + 1;
        if part < 2 {
            match digits.as_slice() {
                // A first digit that no second one can follow is the whole number.
                [only] if *only > most(part, 0) => {
                    digits.insert(0, '0');
                    self.at = 2;
                }
                ['0', '0'] => return Err(Reason::Calendar),
                [tens, ones] if (*tens, *ones) > (most(part, 0), most(part, 1)) => {
                    // 35 is the third, and 5 begins the month.
                    if at == 0 || *tens == '0' {
                        return Err(Reason::Calendar);
                    }
                    (*digits, self.at) = (vec!['0', *tens], 2);
                    return self.take(new);
                }
                _ => {}
            }
        }
        // What is typed into a whole date goes on behind the separator.
        let more = self.parts.iter().skip(part + 1).any(|digits| !digits.is_empty());
        if more && self.at == width {
            (self.part, self.at) = (part + 1, 0);
        }
        Ok(())
    }

    /// A separator ends a part.
    fn close(&mut self) {
        let part = self.part;
        let Some(digits) = self.parts.get_mut(part).filter(|digits| part < 2 && !digits.is_empty() && self.at > 0)
        else {
            return;
        };
        if let [only @ '1'..='9'] = digits.as_slice() {
            *digits = vec!['0', *only];
        }
        if digits.len() == 2 {
            (self.part, self.at) = (part + 1, 0);
        }
    }

    fn write(&self, field: &Field) -> Turn {
        let mut text = Vec::new();
        let mut caret = None;
        let mut waiting = 0;
        for (part, digits) in self.parts.iter().enumerate() {
            if !digits.is_empty() {
                text.resize(text.len() + std::mem::take(&mut waiting), '.');
            }
            if part == self.part && !digits.is_empty() {
                caret = Some(text.len() + self.at);
            } else if part == self.part {
                caret = Some(text.len() + waiting);
            }
            text.extend_from_slice(digits);
            waiting += 1;
        }
        // Nothing stands behind the last digit.
        let caret = caret.unwrap_or(0).min(text.len());
        field.write(&text, caret)
    }
}

/// Day, month and a year of four digits stand there.
pub fn is_full(text: &str) -> bool {
    let mut chars = Vec::new();
    text.chars().for_each(|c| chars.push(c));
    Parts::read(&chars, 0).is_some_and(|it| it.parts.iter().zip(WIDTHS).all(|(digits, width)| digits.len() == width))
}

/// The highest first (0) or second (1) digit of a day or month.
fn most(part: usize, place: usize) -> char {
    match (part, place) {
        (0, 0) => '3',
        (_, 0) | (0, _) => '1',
        _ => '2',
    }
}

/// The plain digit of a digit.
fn digit(c: char) -> Option<char> {
    let symbol = symbol(c);
    symbol.is_ascii_digit().then(|| char::from(symbol))
}
