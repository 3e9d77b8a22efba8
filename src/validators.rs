//! The registry: one kind is one file and one line of [`ALL`].

pub use crate::verdict::Value;
use crate::verdict::{Context, Fault, Fix, Span, Verdict};

pub mod date;
pub mod email;
pub mod inn;
mod numeric;
pub mod phone;
pub mod snils;

/// Kind of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Inn,
    Snils,
    BirthDate,
    Date,
    Phone,
    Email,
}

/// Every kind with its stable name.
pub const ALL: [(Kind, &str); 6] = [
    (Kind::Inn, "inn"),
    (Kind::Snils, "snils"),
    (Kind::BirthDate, "birth_date"),
    (Kind::Date, "date"),
    (Kind::Phone, "phone"),
    (Kind::Email, "email"),
];

/// Every fault code of the built-in kinds. Never renamed.
pub const CODES: [&str; 16] = [
    "inn.chars",
    "inn.length",
    "inn.checksum",
    "snils.chars",
    "snils.length",
    "snils.checksum",
    "birth_date.chars",
    "birth_date.calendar",
    "birth_date.range",
    "date.chars",
    "date.calendar",
    "date.range",
    "phone.chars",
    "phone.length",
    "email.format",
    "form.required",
];

impl Kind {
    /// The kind of a stable name such as `inn`.
    pub fn parse(name: &str) -> Option<Self> {
        ALL.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind)
    }

    /// The stable name.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// Check `text` as `kind`.
pub fn check(kind: Kind, text: &str, ctx: &Context) -> Verdict<Value> {
    match kind {
        Kind::Inn => inn::check(text, ctx).map(value),
        Kind::Snils => snils::check(text, ctx).map(value),
        Kind::BirthDate => date::check_birth(text, ctx).map(value),
        Kind::Date => date::check(text, ctx).map(value),
        Kind::Phone => phone::check(text, ctx).map(value),
        Kind::Email => email::check(text, ctx).map(value),
    }
}

fn value<T: AsRef<str> + std::fmt::Display>(value: T) -> Value {
    Value { canonical: value.as_ref().to_owned(), display: value.to_string() }
}

/// A fault of `kind` at `span`.
fn fault<T>(
    code: &str,
    span: Span,
    expected: impl Into<String>,
    found: impl Into<String>,
    fixes: Vec<Fix>,
) -> Verdict<T> {
    Verdict::Fault(Fault { code: code.to_owned(), span, expected: expected.into(), found: found.into(), fixes })
}

/// The whole of `text`, in UTF-16 code units.
fn whole(text: &str) -> Span {
    Span { start: 0, end: text.encode_utf16().count() as u32 }
}
