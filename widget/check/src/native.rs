//! Both sides of the desk without JavaScript, for tests: what `desk.js` writes, and what it reads, in its order.

use podskazka::verdict::{Edit, Fault, Fix, Span, Value, Verdict};

use crate::desk;

/// Puts bytes and numbers on the desk.
pub fn lay(text: &[u8], numbers: &[u32]) {
    desk::with(|desk| desk.lay(text, numbers));
}

/// An answer, as `desk.js` reads it: every part is asked for once and in order.
pub struct Reader {
    text: Vec<u8>,
    numbers: std::vec::IntoIter<u32>,
    from: usize,
}

/// A verdict as `check.js` puts it together. The reasons of fixes are fixed texts of the module, which are left out here.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Canonical and official spelling, `None` where JavaScript has the text already; then the codes of doubts.
    Complete([Option<String>; 2], Vec<String>),
    Partial(u32, Vec<u32>, Vec<Fix>),
    Fault(Fault),
}

impl Found {
    /// What is to be read of this verdict on `text`.
    pub fn of(verdict: Verdict<Value>, text: &str) -> Self {
        let bare = |fixes: Vec<Fix>| fixes.into_iter().map(|fix| Fix { reason: "", ..fix }).collect();
        match verdict {
            Verdict::Complete { value: Value { canonical, display, .. }, warnings } => {
                let second = (display != canonical).then_some(display);
                let codes = warnings.into_iter().map(|it| it.code).collect();
                Self::Complete([(canonical != text).then_some(canonical), second], codes)
            }
            Verdict::Partial { missing, lengths, fixes } => Self::Partial(missing, lengths, bare(fixes)),
            Verdict::Fault(fault) => Self::Fault(Fault { fixes: bare(fault.fixes.clone()), ..fault }),
        }
    }
}

impl Reader {
    /// The answer on the desk, of which a call has given the bytes, times four, plus the class; that class.
    pub fn new(answer: u32) -> Option<(Self, u32)> {
        let (text, numbers) = desk::with(|desk| desk.answer_as_it_is());
        (text.len() as u32 == answer >> 2).then(|| (Self { text, numbers: numbers.into_iter(), from: 0 }, answer & 3))
    }

    /// The bytes of the text.
    pub fn raw(&self) -> &[u8] {
        &self.text
    }

    /// The next number.
    pub fn number(&mut self) -> Option<u32> {
        self.numbers.next()
    }

    /// The next part of the text; its number counts UTF-16 code units.
    pub fn take(&mut self) -> Option<String> {
        let mut left = self.number()? as usize;
        let rest = std::str::from_utf8(self.text.get(self.from..)?).ok()?;
        let mut part = String::new();
        for c in rest.chars() {
            if left == 0 {
                break;
            }
            left = left.checked_sub(c.len_utf16())?;
            part.push(c);
        }
        self.from += part.len();
        (left == 0).then_some(part)
    }

    /// Passes over a fixed text of the module; `false` where a part follows. An address means nothing here.
    fn fixed(&mut self) -> Option<bool> {
        let there = self.number()? != 0;
        if there {
            self.number()?;
        }
        Some(there)
    }

    fn list<T>(&mut self, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(item(self)?);
        }
        Some(items)
    }

    /// What is said of a value; `None` where the answer does not fit its own order.
    pub fn found(&mut self, class: u32) -> Option<Found> {
        Some(match class {
            0 => {
                let spellings = [self.unless_known()?, self.unless_known()?];
                for _ in 0..self.number()? {
                    self.fixed()?;
                    if !self.fixed()? {
                        self.take()?;
                    }
                }
                Found::Complete(spellings, self.list(Self::take)?)
            }
            1 => {
                let (missing, lengths) = (self.number()?, self.list(Self::number)?);
                Found::Partial(missing, lengths, self.list(Self::fix)?)
            }
            2 => {
                let code = self.take()?;
                let span = Span { start: self.number()?, end: self.number()? };
                let (expected, found) = (self.take()?, self.take()?);
                Found::Fault(Fault { code, span, expected, found, fixes: self.list(Self::fix)? })
            }
            _ => return None,
        })
    }

    fn unless_known(&mut self) -> Option<Option<String>> {
        if self.number()? == 1 { Some(None) } else { self.take().map(Some) }
    }

    fn fix(&mut self) -> Option<Fix> {
        self.fixed()?;
        let value = self.take()?;
        let edits = self.list(|it| Some(Edit { start: it.number()?, end: it.number()?, text: it.take()? }))?;
        Some(Fix { reason: "", value, edits })
    }

    /// Everything was asked for.
    pub fn is_at_end(&self) -> bool {
        self.numbers.len() == 0 && self.from == self.text.len()
    }
}
