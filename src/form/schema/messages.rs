//! Sentences of a portal in place of ours, for a form or for one of its fields.

use super::reader::{Problems, Table, member};
use super::{Field, LIMIT_CODES, Schema};
use crate::form::REQUIRED;
use crate::form::files;
use crate::form::node::Node;
use crate::form::rules::RULE_CODES;
use crate::messages::{Params, Words};
use crate::text::{bare, has_sign, join};
use crate::validators::codes::is_code;

/// A sentence that stands in place of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub code: String,
    pub text: String,
}

impl Schema {
    /// The sentences for a field as lines of a file of words: its own before those of its form. `None`: of the form alone.
    pub fn lines(&self, field: Option<&Field>) -> String {
        let mut out = String::new();
        let own = field.map(|it| it.messages.as_slice()).unwrap_or_default();
        for Message { code, text } in own.iter().chain(&self.messages) {
            out.push_str(&join(&[code, " = ", text, "\n"]));
            // The session has a sentence of its own for an empty field, with the label inside.
            if code == REQUIRED {
                out.push_str(&join(&["required = {label}: ", text, "\n"]));
            }
        }
        out
    }
}

impl Field {
    /// The line under the field: its hint and its example. Empty where it has neither.
    pub fn about(&self, words: &Words) -> String {
        let mut out = self.hint.clone().unwrap_or_default();
        if let Some(value) = &self.example {
            if !out.is_empty() {
                out.push_str(if out.ends_with(['.', '!', '?', ':']) { " " } else { ". " });
            }
            out.push_str(&words.say("about.example", &Params { value, ..Params::default() }));
        }
        out
    }
}

/// A code whose sentence a schema may write.
fn is_known(code: &str) -> bool {
    let common = LIMIT_CODES.iter().chain(files::CODES).any(|it| *it == code);
    common || code == REQUIRED || RULE_CODES.iter().any(|(it, _)| *it == code) || is_code(code)
}

/// Sentences by code; of one line, since a file of words has a line for each.
pub(super) fn of(table: &Table, problems: &mut Problems) -> Vec<Message> {
    let mut out = Vec::new();
    let Some(messages) = table.get("messages") else { return out };
    let path = table.path("messages");
    for (code, node) in Table::entries(messages, &path, problems) {
        let place = member(&path, code);
        match node {
            Node::Text(text) if !bare(text).is_empty() && !has_sign(text, b'\n') && !has_sign(text, b'\r') => {
                if is_known(code) {
                    out.push(Message { code: code.clone(), text: bare(text).to_owned() });
                } else {
                    let fix = "`: take one of the documented codes, such as `inn.checksum`";
                    problems.add(&place, "schema.code", &["there is no code `", code, fix]);
                }
            }
            _ => problems.add(&place, "schema.type", &["write one line of text here"]),
        }
    }
    out
}
