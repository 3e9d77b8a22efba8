//! What may be done to a complete text without asking: how it is rewritten into its official spelling.
//!
//! Blanks, dashes, full-width digits and the like change in silence. Where a person might be surprised (8 becomes +7, a pasted
//! label goes, a Latin letter becomes its Cyrillic twin, a date is spelled out) a chip says so and takes it back. Whatever
//! changes a digit is a fix of a fault and only offered. Source: docs/DESIGN.md, «Repair of what was typed».

use super::engine::{self, unlabelled};
use super::{Kind, Outcome};
use crate::text::{Symbols, chars};
use crate::verdict::Context;

/// A rewriting that needs no question.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    /// `spelling`, `label`, `prefix`, `look-alike` or `date`.
    pub reason: &'static str,
    /// The text in its official spelling.
    pub value: String,
    /// Say so, with a way back.
    pub chip: bool,
}

/// The repair of a text that is complete; `None` for one that is not, or that needs none.
pub fn repair(kind: Kind, text: &str, ctx: &Context) -> Option<Repair> {
    let spec = kind.spec();
    if !matches!(engine::look(spec, text, ctx), Outcome::Complete(_)) {
        return None;
    }
    let value = engine::value(spec, text, ctx).display;
    if value == text {
        return None;
    }
    let typed = chars(text);
    let labelled = unlabelled(spec, &typed) != typed;
    let form = spec.number().is_some();
    let (before, after) = (Symbols::read(text), Symbols::read(&value));
    let reason = if labelled || (form && before.count > after.count) {
        "label"
    } else if before.as_slice() == after.as_slice() && !(kind == Kind::Phone && matches!(text.as_bytes(), [b'7', ..])) {
        "spelling"
    } else if kind == Kind::Phone {
        "prefix"
    } else if form || spec.name.ends_with("certificate") {
        "look-alike"
    } else {
        "date"
    };
    Some(Repair { reason, value, chip: reason != "spelling" })
}
