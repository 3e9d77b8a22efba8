//! A form being filled in: what is typed, left and sent goes in; what the page has to show comes out.
//!
//! Policy: praise early, scold late. While a person types there is no error, at most a hint of how much is left. An error
//! appears after an edited field is left, or when the form is sent. Once it is there, every change checks again and
//! takes the error away as soon as the field is mended. What is changed without a question is one step of undo, has a chip
//! that takes it back where it could surprise, and is not done again to a text that a person has brought back.

use std::rc::Rc;

use crate::validators::Kind;

mod entry;
pub mod mask;
pub mod rules;
mod say;
mod session;
#[cfg(test)]
mod tests;

pub use session::Session;

/// Code of an empty field that has to be filled in.
pub const REQUIRED: &str = "form.required";
/// Code of a fault that the page's own rules find.
pub const HOST: &str = "site.constraint";

/// What is known of a field before anything is typed.
#[derive(Clone, Debug, Default)]
pub struct FieldSpec {
    pub id: u32,
    pub name: String,
    pub label: String,
    /// `None`: no validator, only the required rule and the page's own rules.
    pub kind: Option<Kind>,
    pub required: bool,
    /// The text never leaves the page in any form.
    pub never: bool,
    /// A pattern instead of the kind's own mask; `off` for a field whose text is never rewritten.
    pub mask: String,
}

/// An error or a doubt, with what can be done about it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Note {
    pub code: String,
    pub text: String,
    pub offers: Vec<Offer>,
    /// The field that the last of the offers carries the value to.
    target: Option<u32>,
}

/// A button beside a field, whose press comes back by its place among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub label: String,
    /// The whole text after the press; empty where it goes to another field.
    pub value: String,
}

/// What the page has to do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Hint {
        id: u32,
        text: String,
    },
    ClearHint {
        id: u32,
    },
    Error {
        id: u32,
        note: Rc<Note>,
    },
    ClearError {
        id: u32,
    },
    /// A doubt that stops nothing; none to take it away.
    Warn {
        id: u32,
        note: Option<Rc<Note>>,
    },
    /// Replace `from..to` of the text (UTF-16 code units) as one step of undo.
    Replace {
        id: u32,
        from: u32,
        to: u32,
        text: String,
        caret: u32,
    },
    /// A button that takes an automatic repair back: what stands on it and what is read out; empty to take it away.
    Chip {
        id: u32,
        label: String,
        spoken: String,
    },
    /// How a value reads: a sentence, or a day as `YYYY-MM-DD` for the page to spell out; empty to take it away.
    Echo {
        id: u32,
        text: String,
    },
    /// All the errors of the form in the order of its fields.
    Summary(Vec<(u32, String)>),
    ClearSummary,
    /// Say it to a screen reader; at most one for one action.
    Announce(String),
    /// Stop what the page is about to do: this submit, this key.
    Block,
    /// Let this submit through.
    Allow,
}
