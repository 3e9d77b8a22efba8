//! What may be done to a complete text without asking: how it is rewritten into its official spelling.
//!
//! Blanks, dashes, full-width digits and the like change in silence. Where a person might be surprised (8 becomes +7, a pasted
//! label goes, a Latin letter becomes its Cyrillic twin, a date is spelled out) a chip says so and takes it back. Whatever
//! changes a digit is a fix of a fault and only offered. Source: docs/DESIGN.md, «Repair of what was typed».

use super::Kind;
use super::engine::{self, Outcome, unlabelled};
use crate::text::{Glyph, glyph};
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
    let reason = if unlabelled(spec, text) != text
        || (engine::has_form(spec) && symbols(text).count() > symbols(&value).count())
    {
        "label"
    } else if symbols(text).eq(symbols(&value)) {
        "spelling"
    } else if kind == Kind::Phone {
        "prefix"
    } else if engine::has_form(spec) || symbols(text).any(|s| s > b'9') && spec.name.ends_with("certificate") {
        "look-alike"
    } else {
        "date"
    };
    Some(Repair { reason, value, chip: reason != "spelling" })
}

fn symbols(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.chars().filter_map(|c| match glyph(c) {
        Glyph::Symbol(s) => Some(s),
        _ => None,
    })
}
