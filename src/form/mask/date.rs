//! The mask of a date: day, month and year keep to themselves, so that a digit taken out of the day pulls nothing out of
//! the month. A dot, a slash or a blank closes a part. Words («1 февраля») are left alone.

use super::{Field, Intent, Reason, Turn, is_separator};
use crate::text::{is_letter, symbol};

/// Digits of day, month, year.
const WIDTHS: [usize; 3] = [2, 2, 4];

/// The digits of a date with the part of each, and the caret: digits before it, and the part it stands in.
#[derive(Default)]
struct Date {
    digits: Vec<(usize, char)>,
    at: usize,
    part: usize,
}

pub fn turn(field: &Field, data: &str) -> Turn {
    let (mut from, to) = field.reach(0);
    let caret = if field.intent == Intent::Tidy { field.to } else { from };
    let Some(whole) = Date::read(&field.text, caret, (0, 0)) else { return Turn::Native };
    match field.intent {
        // Spellings of all kinds are pasted; the check reads them.
        Intent::Paste | Intent::Other => Turn::Native,
        // «1/»: the day is closed, and the month begins with the next key.
        Intent::Tidy if field.text.last().is_some_and(|c| is_separator(*c)) => Turn::Native,
        Intent::Tidy => whole.write(field),
        Intent::Delete(reach, back) => {
            if from == to {
                return if from == field.from { Turn::Native } else { field.write(&field.text, from) };
            }
            // The zero that this mask has put before a digit goes with it.
            let day_or_month =
                whole.part < 2 && whole.at > 0 && reach == b'C' && back && to == field.from && to - from == 1;
            if day_or_month
                && let [.., (part, '0')] = whole.digits.get(..whole.at).unwrap_or_default()
                && let Some((same, digit)) = whole.digits.get(whole.at)
                && part == same
                && *digit > most(*part, 0)
            {
                from -= 1;
            }
            Date::read(&field.text, from, (from, to)).map_or(Turn::Native, |it| it.write(field))
        }
        Intent::Type => {
            let Some(mut date) = Date::read(&field.text, from, (from, to)) else { return Turn::Native };
            for c in data.chars() {
                let symbol = symbol(c);
                if symbol.is_ascii_digit() {
                    if let Err(reason) = date.take(char::from(symbol)) {
                        return Turn::Refuse(reason);
                    }
                } else if is_separator(c) {
                    date.close();
                } else if is_letter(c) {
                    return word(field, data);
                } else {
                    return Turn::Refuse(Reason::Sign(c));
                }
            }
            date.write(field)
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
    field.write(&new, new.len())
}

impl Date {
    /// The digits of a text, without those in the range `gone`; `None` for a text that this mask does not know.
    fn read(text: &[char], caret: usize, gone: (usize, usize)) -> Option<Self> {
        let mut out = Self::default();
        // Eight digits in a row are typed anew.
        let flows = text.len() > 2 && text.len() <= 8 && text.iter().all(|c| symbol(*c) != 0);
        let (mut part, mut blank, mut counts) = (0, false, [0; 3]);
        let mut place = None;
        for (at, c) in text.iter().enumerate() {
            if at == caret {
                place = Some((out.digits.len(), part));
            }
            let symbol = symbol(*c);
            if symbol == 0 {
                // Of «. » only the dot counts.
                let dot = matches!(c, '.' | '/' | ',' | '-');
                if !dot && !is_separator(*c) {
                    return None;
                }
                part += usize::from(dot);
                blank |= !dot && at > 0 && text.get(at - 1).is_some_and(|c| crate::text::symbol(*c) != 0);
                blank &= !dot;
                continue;
            }
            if !symbol.is_ascii_digit() {
                return None;
            }
            if flows {
                out.take(char::from(symbol)).ok()?;
                continue;
            }
            part += usize::from(std::mem::take(&mut blank));
            let count = counts.get_mut(part)?;
            *count += 1;
            if *count > *WIDTHS.get(part)? {
                return None;
            }
            if at < gone.0 || at >= gone.1 {
                out.digits.push((part, char::from(symbol)));
            }
        }
        (out.at, out.part) = place.unwrap_or((out.digits.len(), part));
        Some(out)
    }

    fn count(&self, part: usize) -> usize {
        self.digits.iter().filter(|(it, _)| *it == part).count()
    }

    /// Digits before the caret in its part.
    fn offset(&self) -> usize {
        self.digits.iter().take(self.at).filter(|(it, _)| *it == self.part).count()
    }

    fn put(&mut self, digit: char) {
        let at = self.at.min(self.digits.len());
        self.digits.insert(at, (self.part, digit));
        self.at += 1;
    }

    /// Take a typed digit.
    fn take(&mut self, new: char) -> Result<(), Reason> {
        let (part, offset) = (self.part, self.offset());
        let count = self.count(part);
        if count >= WIDTHS.get(part).copied().unwrap_or(0) {
            if offset < count || part >= 2 {
                return Err(Reason::Full);
            }
            self.part += 1;
            return self.take(new);
        }
        let other = self.digits.get(self.at - offset).map_or('0', |(_, digit)| *digit);
        if part == 2 {
            self.put(new);
        } else if count == 0 {
            // A first digit that no second one can follow is the whole number.
            if new > most(part, 0) {
                self.put('0');
            }
            self.put(new);
        } else {
            let pair = if offset == 0 { (new, other) } else { (other, new) };
            if pair > (most(part, 0), most(part, 1)) && offset > 0 && other != '0' {
                // 35 is the third, and 5 begins the month.
                self.close();
                return self.take(new);
            }
            if pair > (most(part, 0), most(part, 1)) || pair == ('0', '0') {
                return Err(Reason::Calendar);
            }
            self.put(new);
        }
        // What is typed into a whole date goes on behind the separator.
        if self.offset() == WIDTHS.get(part).copied().unwrap_or(0) && self.digits.len() > self.at {
            self.part += 1;
        }
        Ok(())
    }

    /// A separator ends a part.
    fn close(&mut self) {
        let (part, offset) = (self.part, self.offset());
        let first = self.at - offset;
        if part > 1 || offset == 0 {
            return;
        }
        if self.count(part) == 1 {
            if self.digits.get(first).is_some_and(|(_, digit)| *digit == '0') {
                return;
            }
            self.digits.insert(first, (part, '0'));
        }
        self.at = first + 2;
        self.part += 1;
    }

    fn write(&self, field: &Field) -> Turn {
        let (mut text, mut part, mut caret) = (Vec::new(), 0, None);
        for (at, (own, digit)) in self.digits.iter().enumerate() {
            while part < *own {
                if at == self.at && part == self.part {
                    caret = Some(text.len());
                }
                text.push('.');
                part += 1;
            }
            if at == self.at && part >= self.part {
                caret = caret.or(Some(text.len()));
            }
            text.push(*digit);
        }
        field.write(&text, caret.unwrap_or(text.len()))
    }
}

/// The highest first (0) or second (1) digit of a day or month.
fn most(part: usize, place: usize) -> char {
    match (part, place) {
        (0, 0) => '3',
        (_, 0) | (0, _) => '1',
        _ => '2',
    }
}
