//! Masks: what a key press makes of the text of a field, and where the caret goes.
//!
//! A mask helps and never insists. It writes separators, takes digits in any spelling, and stands aside as soon as the text is
//! nothing it knows: then the browser does as it likes and the check speaks when the field is left. It never makes up a digit
//! of a number and never drops one in silence: a key that cannot be taken is refused with a reason. The one sign it adds is
//! the zero before a day or month of one digit, which is spelling and no part of the value.

use crate::text::{is_blank, is_dash, symbol};
use crate::validators::{Kind, phone};

mod date;
mod slots;
#[cfg(test)]
mod tests;

/// How a field is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mask {
    /// Spellings as [`Kind::forms`] has them, of which the longest that fits is used.
    Slots(Vec<String>),
    /// A spelling that starts with `+7`, for which 8 and 7 may stand.
    Phone(String),
    /// `99.99.9999`, whose parts keep to themselves.
    Date,
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

/// How far a deletion reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Selection,
    Sign,
    Group,
    Line,
    All,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Intent {
    Type,
    Paste,
    Delete(Reach, bool),
    /// The text stands already: only its separators may be put right.
    Tidy,
    Other,
}

impl Intent {
    fn read(name: &str) -> Self {
        use Intent::Delete;
        match name {
            "" => Self::Tidy,
            "insertText" => Self::Type,
            "insertFromPaste" | "insertFromYank" => Self::Paste,
            "deleteContentBackward" => Delete(Reach::Sign, true),
            "deleteContentForward" => Delete(Reach::Sign, false),
            "deleteWordBackward" => Delete(Reach::Group, true),
            "deleteWordForward" => Delete(Reach::Group, false),
            "deleteSoftLineBackward" | "deleteHardLineBackward" => Delete(Reach::Line, true),
            "deleteSoftLineForward" | "deleteHardLineForward" => Delete(Reach::Line, false),
            "deleteEntireSoftLine" => Delete(Reach::All, true),
            "deleteByCut" | "deleteContent" => Delete(Reach::Selection, true),
            _ => Self::Other,
        }
    }
}

impl Mask {
    /// The mask of a kind whose spelling has separators.
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Phone => return Some(Self::Phone(phone::FORM.text.to_owned())),
            Kind::Date | Kind::BirthDate | Kind::PastDate | Kind::FutureDate | Kind::PassportIssueDate => {
                return Some(Self::Date);
            }
            _ => {}
        }
        let mut forms = Vec::new();
        let mut separated = false;
        for form in kind.forms()? {
            separated |= form.chars().any(|c| !slots::is_slot(c));
            forms.push(form.to_owned());
        }
        separated.then_some(Self::Slots(forms))
    }

    /// The mask of a pattern: `0` or `9` a digit, `A` a Latin letter, `C` a Cyrillic one, `X` a digit or a Latin letter.
    /// Anything else is printed as it stands; letters and digits are not, but for `+7` at the start.
    pub fn custom(pattern: &str) -> Option<Self> {
        let mut form = String::new();
        let phone = pattern.starts_with("+7");
        let mut slots = 0;
        for (at, c) in pattern.chars().enumerate() {
            let c = if c == '0' { '9' } else { c };
            let known = matches!(c, '9' | 'A' | 'C' | 'X');
            slots += usize::from(known);
            if !known && (c.is_ascii_uppercase() || symbol(c) != 0) && !(phone && at == 1) {
                return None;
            }
            crate::text::push(&mut form, c);
        }
        match slots {
            0 => None,
            _ if phone => Some(Self::Phone(form)),
            _ => Some(Self::Slots(vec![form])),
        }
    }

    /// What to do about a press.
    pub fn turn(&self, press: &Press) -> Turn {
        let intent = Intent::read(press.intent);
        let mut text = Vec::new();
        press.text.chars().for_each(|c| text.push(c));
        let (from, to) = (press.from as usize, press.to as usize);
        // A sign of two code units belongs to no number; without one, characters are code units.
        let odd = text.iter().any(|c| c.len_utf16() > 1) || from > to || to > text.len();
        if odd || intent == Intent::Other {
            return Turn::Native;
        }
        let field = Field { text, from, to, intent };
        match self {
            Self::Date => date::turn(&field, press.data),
            _ => slots::turn(self, &field, press.data),
        }
    }
}

/// A field and what is about to happen in it.
struct Field {
    text: Vec<char>,
    from: usize,
    to: usize,
    intent: Intent,
}

impl Field {
    /// The range that a deletion takes, when `start` signs at the start are no part of what is typed. An empty range at another
    /// place than the caret is a caret that passes a separator.
    fn reach(&self, start: usize) -> (usize, usize) {
        let Intent::Delete(reach, back) = self.intent else { return (self.from, self.to) };
        let end = self.text.len();
        let at = self.from;
        if reach == Reach::All {
            return (0, end);
        }
        if self.from != self.to || reach == Reach::Selection {
            return (self.from, self.to);
        }
        let is = |at: usize| at >= start && self.text.get(at).is_some_and(|c| symbol(*c) != 0);
        match (reach, back) {
            (Reach::Line, true) => (0, at),
            (Reach::Line, false) => (at, end),
            (Reach::Sign, true) if at > 0 && is(at - 1) => (at - 1, at),
            (Reach::Sign, false) if is(at) => (at, at + 1),
            (_, true) => {
                let mut edge = at;
                while edge > 0 && !is(edge - 1) {
                    edge -= 1;
                }
                let mut first = edge;
                while reach == Reach::Group && first > 0 && is(first - 1) {
                    first -= 1;
                }
                (first, edge)
            }
            (_, false) => {
                let mut edge = at;
                while edge < end && !is(edge) {
                    edge += 1;
                }
                let mut last = edge;
                while reach == Reach::Group && is(last) {
                    last += 1;
                }
                (edge, last)
            }
        }
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
        let text = crate::text::string(new.get(head..new.len() - tail).unwrap_or_default());
        if self.intent == Intent::Tidy && text.is_empty() && old.len() == new.len() {
            return Turn::Native;
        }
        Turn::Write { from: head as u32, to: (old.len() - tail) as u32, text, caret: caret as u32 }
    }
}

/// The mask is filled to its last place: nothing more can come.
pub fn is_full(mask: &Mask, text: &str) -> bool {
    match mask {
        Mask::Date => date::is_full(text),
        _ => slots::is_full(mask, text),
    }
}

/// A sign between the parts of a number or date.
fn is_separator(c: char) -> bool {
    is_blank(c) || is_dash(c) || matches!(c, '.' | ',' | '/' | '\u{ad}')
}
