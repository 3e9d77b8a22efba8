//! What a check says of a text: complete, right so far, or at fault.

use serde::{Deserialize, Serialize};

/// A calendar day of the proleptic Gregorian calendar; `month` and `day` count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// What a check may know beyond the text itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Today, given by the caller: the core has no clock.
    pub today: Day,
    /// BIK typed in the same form, for an account.
    pub bik: Option<&'a str>,
}

/// A half-open range in UTF-16 code units of the text as the user typed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// Replace `start..end` (UTF-16 code units of the typed text) by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub start: u32,
    pub end: u32,
    pub text: String,
}

/// A repair that is offered, never done without a press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Stable name of the reason, such as `swap` or `letter-for-digit`.
    pub reason: String,
    /// The whole text after the repair, in the display form.
    pub value: String,
    pub edits: Vec<Edit>,
}

/// An error. `code` is `kind.fault`; words for people stand in [`crate::messages`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub code: String,
    pub span: Span,
    pub expected: String,
    pub found: String,
    /// At most three.
    pub fixes: Vec<Fix>,
}

/// A doubt that never refuses the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub code: String,
    pub span: Option<Span>,
}

/// The verdict on a text. `T` is the validator's own type, or [`Value`] behind the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict<T> {
    Complete {
        #[serde(flatten)]
        value: T,
        warnings: Vec<Warning>,
    },
    /// Right so far: `missing` symbols to the nearest of the lawful `lengths`.
    Partial {
        missing: u32,
        lengths: Vec<u32>,
    },
    Fault(Fault),
}

/// A checked value behind the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The form that is stored and compared.
    pub canonical: String,
    /// The official spelling.
    pub display: String,
}

impl<T> Verdict<T> {
    /// The same verdict over another value type.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Verdict<U> {
        match self {
            Verdict::Complete { value, warnings } => Verdict::Complete { value: f(value), warnings },
            Verdict::Partial { missing, lengths } => Verdict::Partial { missing, lengths },
            Verdict::Fault(fault) => Verdict::Fault(fault),
        }
    }
}
