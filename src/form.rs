//! A form being filled in: what is typed, left and sent goes in; what the page has to show comes out.
//!
//! Policy: praise early, scold late. While a person types there is no error, at most a hint of how much is left. An error
//! appears after an edited field is left, or when the form is sent. Once it is there, every change checks again and
//! takes the error away as soon as the field is mended. What is changed without a question is one step of undo, has a chip
//! that takes it back where it could surprise, and is not done again to a text that a person has brought back.

use crate::messages::Words;
use crate::validators::Kind;

pub mod block;
mod effect;
mod entry;
pub mod files;
pub mod guess;
pub mod mask;
pub mod node;
pub mod rules;
mod say;
pub mod schema;
mod session;
#[cfg(test)]
mod tests;

pub use effect::Effect;
pub use session::Session;

/// Code of an empty field that has to be filled in.
pub const REQUIRED: &str = "form.required";
/// Code of a fault that the page's own rules find.
pub const HOST: &str = "site.constraint";

/// What is known of a field before anything is typed.
#[derive(Clone, Debug, Default)]
pub struct FieldSpec {
    pub id: u32,
    pub label: String,
    /// `None`: no validator, only the required rule and the page's own rules.
    pub kind: Option<Kind>,
    pub required: bool,
    /// The text never leaves the page in any form.
    pub never: bool,
    /// The page's own hint of the field has an example.
    pub hinted: bool,
    /// A new error speaks only when the form is sent.
    pub late: bool,
    /// A pattern instead of the kind's own mask; `off` for a field whose text is never rewritten.
    pub mask: String,
    /// The words of this field, where they are not those of the page.
    pub words: Option<Words>,
}

/// An error or a doubt, with what can be done about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Note {
    code: String,
    text: String,
    offers: Vec<Offer>,
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

/// The state of a field as it may leave the page: the shape of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub id: u32,
    /// Name of the kind, or `text`.
    pub kind: &'static str,
    /// Code of the fault.
    pub code: Option<String>,
    /// One of `privacy::LENGTH_CLASSES`.
    pub length_class: &'static str,
    pub shape: String,
}

/// What shows a form: a page in a browser, a list of effects in a test. An empty text or code takes away what is there.
pub trait Page {
    /// What a mask of [`mask::of`] makes of a press in the field; [`mask::Turn::Native`] as long as masks are not loaded.
    fn turn(&mut self, id: u32, mask: &str, press: &mask::Press) -> mask::Turn;
    fn hint(&mut self, id: u32, text: &str);
    /// A button for the error or the doubt that comes next.
    fn offer(&mut self, label: &str, value: &str);
    fn error(&mut self, id: u32, code: &str, text: &str);
    /// A doubt that stops nothing.
    fn warn(&mut self, id: u32, code: &str, text: &str);
    /// Replace `from..to` of the text (UTF-16 code units) as one step of undo.
    fn replace(&mut self, id: u32, from: u32, to: u32, text: &str, caret: u32);
    /// A button that takes an automatic repair back: what stands on it and what is read out.
    fn chip(&mut self, id: u32, label: &str, spoken: &str);
    /// How a value reads: a sentence, or a day as `YYYY-MM-DD` for the page to spell out.
    fn echo(&mut self, id: u32, text: &str);
    /// An error for the summary that comes next.
    fn item(&mut self, id: u32, text: &str);
    /// All the errors of the form, in the order of its fields; none: no summary. `fresh`: the form was being sent.
    fn summary(&mut self, count: u32, fresh: bool);
    /// Say it to a screen reader; at most one for one action.
    fn announce(&mut self, text: &str);
}

/// Where an event's effects go, with what has to wait for its end.
struct Out<'a, P: Page> {
    page: &'a mut P,
    /// What is said once everything is done: the last word tells how things stand.
    said: String,
    /// An error has come or gone.
    changed: bool,
}
