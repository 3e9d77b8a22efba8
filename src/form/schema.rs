//! Schema of a form: fields, rules and conditions as JSON, so that a portal changes them without a new build.
//!
//! What every key means stands in `docs/schema/form.v1.json`, which a test holds to the tables here. A schema that has a flaw is
//! refused as a whole, with every flaw, its place as a JSON pointer and how to mend it; the form goes on without it.

use super::rules::Rule;
use crate::validators::Kind;

mod check;
mod pattern;
mod read;
#[cfg(test)]
mod tests;

pub use check::Found;
pub use pattern::Unlike;

/// The version that this module reads.
pub const VERSION: u32 = 1;

/// A form as its portal describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    pub form: String,
    /// Language of the words, such as `ru`.
    pub language: String,
    pub fields: Vec<Field>,
    pub rules: Vec<Rule>,
    /// Names of fields, step by step.
    pub steps: Vec<Vec<String>>,
    /// Error codes of the portal and the articles that explain them.
    pub errors: Vec<(String, String)>,
    /// Words of the portal instead of ours, by key.
    pub messages: Vec<(String, String)>,
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Name of the control, or a selector where it has none.
    pub name: String,
    pub selector: String,
    pub kind: Option<Kind>,
    pub required: bool,
    pub label: String,
    pub hint: String,
    pub example: String,
    /// Empty: the kind's own mask; `off`; or a pattern of [`super::mask::custom`].
    pub mask: String,
    /// The canonical value is sent, not the displayed one.
    pub canonical: bool,
    pub capture: Capture,
    pub draft: Draft,
    pub autocomplete: String,
    /// The whole value matches it; see [`pattern`] for what it may hold.
    pub pattern: String,
    /// Bounds: a day `YYYY-MM-DD`, `today`, or a number.
    pub min: String,
    pub max: String,
    pub files: Option<Files>,
    /// The field is part of the form while another one holds one of these values.
    pub show: Option<Show>,
    /// «Всё равно отправить» does not pass a fault of this field.
    pub certain: bool,
}

/// What of a value may leave the page with a ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capture {
    Never,
    #[default]
    Shape,
    Value,
}

/// Where typed text may be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draft {
    Never,
    #[default]
    Session,
    Local,
}

/// What files a field takes; 0 is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Such as `pdf`.
    pub types: Vec<String>,
    pub max_bytes: u64,
    pub max_count: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Show {
    pub when: String,
    pub is: Vec<String>,
}

/// What is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// `schema.json`, `schema.version`, `schema.missing`, `schema.unknown`, `schema.type`, `schema.value` or `schema.reference`.
    pub code: &'static str,
    /// JSON pointer; line and column for a text that is no JSON.
    pub path: String,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl Schema {
    /// Read a schema; every flaw of one that is refused.
    pub fn read(text: &str) -> Result<Self, Vec<Flaw>> {
        read::read(text)
    }
}
