//! Masks: what a key press makes of the text of a field, and where the caret goes.
//!
//! A mask helps and never insists. It writes separators, takes digits in any spelling, and stands aside as soon as the text is
//! nothing it knows: then the browser does as it likes and the check speaks when the field is left. It never makes up a digit
//! of a number and never drops one in silence: a key that cannot be taken is refused with a reason. The one sign it adds is
//! the zero before a day or month of one digit, which is spelling and no part of the value.

use crate::text::{is_blank, is_dash, join, push_number, string, symbol};
use crate::validators::{Kind, is_slot};

mod date;
mod slots;
#[cfg(test)]
mod tests;

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask<'a> {
    /// Spellings of the same signs as in [`Kind::forms`] with `|` between them, of which the longest that fits is used, one
    /// with separators first. One that starts with `+7` is a phone's: 8 and 7 may stand for it.
    Forms(&'a str),
    /// The one spelling of a page. Its field has no check that would mend a number later: a whole number is written as the
    /// page asks.
    Pattern(&'a str),
    /// `99.99.9999`, whose parts keep to themselves.
    Date,
}

/// The mask of a date, as a text.
const DATE: &str = "date";

/// The mask of a kind as a text for [`Mask::parse`]; empty for a kind whose spelling has no separators.
pub fn of(kind: Kind) -> String {
    if kind == Kind::Phone {
        return crate::validators::phone::FORM.0.to_owned();
    }
    if kind.name().ends_with("date") {
        return DATE.to_owned();
    }
    let forms = kind.spellings().unwrap_or_default();
    let plain = forms.as_bytes().iter().all(|byte| is_slot(*byte) || *byte == b'|');
    if plain { String::new() } else { forms.to_owned() }
}

/// What is about to happen to a text. Places are UTF-16 code units, as the page counts.
#[derive(Clone, Copy, Default)]
pub struct Press<'a> {
    pub text: &'a str,
    pub from: u32,
    pub to: u32,
    /// Text that comes in.
    pub data: &'a str,
    /// `inputType` of the browser's event; empty for a text that has changed already.
    pub intent: &'a str,
}

/// What is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Leave it to the browser.
    Native,
    /// Replace `from..to` by `text` and put the caret at `caret`.
    Write {
        from: u32,
        to: u32,
        text: String,
        caret: u32,
    },
    Refuse(Reason),
}

/// Why a key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Every place is taken.
    Full,
    /// The sign belongs to no such text.
    Sign(char),
    /// There is no such day or month.
    Calendar,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Intent {
    Type,
    Paste,
    /// `delete…`, told apart by the seventh letter of its name; true where it goes backward.
    Delete(u8, bool),
    /// The text stands already: only its separators may be put right.
    Tidy,
    Other,
}

impl Intent {
    fn read(name: &str) -> Self {
        if name.is_empty() {
            Self::Tidy
        } else if name == "insertText" {
            Self::Type
        } else if name == "insertFromPaste" {
            Self::Paste
        } else if name.starts_with("delete") {
            Self::Delete(name.as_bytes().get(6).copied().unwrap_or(0), name.ends_with("Backward"))
        } else {
            Self::Other
        }
    }
}

/// Stands before a pattern of a page.
pub const PATTERN: &str = "=";
/// Stands before it where the check of the kind mends what is typed.
pub const LOOSE: &str = "~";

/// What a mask of [`of`], or a pattern after [`PATTERN`] or [`LOOSE`], makes of a press. A pattern that is none makes nothing of it.
pub fn turn(mask: &str, press: &Press) -> Turn {
    if let Some(form) = mask.strip_prefix(PATTERN) {
        return custom(form).map_or(Turn::Native, |form| Mask::Pattern(&form).turn(press));
    }
    if let Some(form) = mask.strip_prefix(LOOSE) {
        return custom(form).map_or(Turn::Native, |form| Mask::Forms(&form).turn(press));
    }
    Mask::parse(mask).turn(press)
}

impl<'a> Mask<'a> {
    /// A mask of [`of`].
    fn parse(text: &'a str) -> Self {
        if text == DATE { Self::Date } else { Self::Forms(text) }
    }

    /// What to do about a press.
    fn turn(&self, press: &Press) -> Turn {
        let mut text = Vec::new();
        press.text.chars().for_each(|c| text.push(c));
        let (from, to) = (press.from as usize, press.to as usize);
        let intent = match Intent::read(press.intent) {
            // Several signs at once come from dictation, suggestions or a password manager: as a paste, they are never dropped.
            Intent::Type if press.data.chars().nth(1).is_some() => Intent::Paste,
            intent => intent,
        };
        let field = Field { text, from, to, intent };
        // A sign of two code units belongs to no number; without one, characters are code units.
        let odd = field.text.iter().any(|c| *c > '\u{ffff}') || from > to || to > field.text.len();
        if odd || field.intent == Intent::Other {
            return Turn::Native;
        }
        match self {
            Self::Date => date::turn(&field, press.data),
            Self::Forms(forms) => slots::turn(forms, false, &field, press.data),
            Self::Pattern(form) => slots::turn(form, true, &field, press.data),
        }
    }
}

impl Turn {
    /// A line for the border between two modules; empty for what is left to the browser.
    pub fn line(&self) -> String {
        match self {
            Self::Native => String::new(),
            Self::Write { from, to, text, caret } => {
                let mut out = String::from("w");
                for place in [from, to, caret] {
                    push_number(&mut out, u64::from(*place), 0);
                    out.push(' ');
                }
                join(&[&out, text])
            }
            Self::Refuse(Reason::Full) => "f".to_owned(),
            Self::Refuse(Reason::Calendar) => "c".to_owned(),
            Self::Refuse(Reason::Sign(c)) => join(&["s", &string(&[*c])]),
        }
    }

    /// What a line says: its first sign, the numbers after it, and the rest.
    pub fn made(what: u8, places: [u32; 3], text: String) -> Self {
        let [from, to, caret] = places;
        match what {
            b'w' => Self::Write { from, to, text, caret },
            b'f' => Self::Refuse(Reason::Full),
            b'c' => Self::Refuse(Reason::Calendar),
            b's' => text.chars().next().map_or(Self::Native, |c| Self::Refuse(Reason::Sign(c))),
            _ => Self::Native,
        }
    }
}

/// The mask of a pattern: `0` a digit, `A` a Latin letter, `C` a Cyrillic one, `X` a digit or a Latin letter. Anything else is
/// printed as it stands. `None` for a pattern that [`is_pattern`] refuses.
pub fn custom(pattern: &str) -> Option<String> {
    let mut form = String::new();
    for c in pattern.chars() {
        crate::text::push(&mut form, if c == '0' { '9' } else { c });
    }
    is_pattern(&form).then_some(form)
}

/// Some slots, and no letters or digits beside them but for `+7` at the start.
pub fn is_pattern(form: &str) -> bool {
    let rest = form.strip_prefix("+7").unwrap_or(form).as_bytes();
    let slot = |byte: &u8| matches!(byte, b'9' | b'A' | b'C' | b'X');
    rest.iter().any(slot)
        && rest.iter().all(|byte| slot(byte) || (byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'|'))
}

/// A field and what is about to happen in it.
struct Field {
    text: Vec<char>,
    from: usize,
    to: usize,
    intent: Intent,
}

impl Field {
    fn deletes(&self) -> bool {
        matches!(self.intent, Intent::Delete(..))
    }

    /// The range that goes, when `start` signs at the start are no part of what is typed. An empty range at another place than
    /// the caret is a caret that passes a separator.
    fn reach(&self, start: usize) -> (usize, usize) {
        let (from, to, end) = (self.from, self.to, self.text.len());
        let Intent::Delete(reach, back) = self.intent else { return (from, to) };
        let is = |at: usize| at >= start && self.text.get(at).is_some_and(|c| symbol(*c) != 0);
        match reach {
            b'E' => return (0, end),
            _ if from != to => return (from, to),
            b'S' | b'H' if back => return (0, from),
            b'S' | b'H' => return (from, end),
            b'C' | b'W' => {}
            _ => return (from, to),
        }
        let word = reach == b'W';
        // Over the separators, then over the digits behind them: one, or all of their group. A digit at the caret comes first.
        let mut edge = from;
        if back {
            while edge > 0 && !is(edge - 1) {
                edge -= 1;
            }
            let mut first = edge;
            while first > 0 && is(first - 1) && (word || (edge == from && first == edge)) {
                first -= 1;
            }
            return (first, edge);
        }
        while edge < end && !is(edge) {
            edge += 1;
        }
        let mut last = edge;
        while is(last) && (word || (edge == from && last == edge)) {
            last += 1;
        }
        (edge, last)
    }

    /// The whole text is to be `new` with the caret at `caret`: the smallest change that makes it so.
    fn write(&self, new: &[char], caret: usize) -> Turn {
        let (old, mut head, mut tail) = (&self.text, 0, 0);
        let least = old.len().min(new.len());
        while head < least && old.get(head) == new.get(head) {
            head += 1;
        }
        while tail < least - head && old.get(old.len() - tail - 1) == new.get(new.len() - tail - 1) {
            tail += 1;
        }
        if self.intent == Intent::Tidy && head == old.len() && head == new.len() {
            return Turn::Native;
        }
        let text = string(new.get(head..new.len() - tail).unwrap_or_default());
        Turn::Write { from: head as u32, to: (old.len() - tail) as u32, text, caret: caret as u32 }
    }
}

/// A sign between the parts of a number or date.
fn is_separator(c: char) -> bool {
    is_blank(c) || is_dash(c) || matches!(c, '.' | ',' | '/' | '\u{ad}')
}
