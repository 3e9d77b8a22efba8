//! Codes and their parameters as sentences: what is wrong and what to do. Words are data, one file a language.
//!
//! # Format
//! A line is `key = sentence`, `#` starts a comment. A key is `kind.part`, where part is the flaw of a code or one of
//! `progress partial lengths example with from what`. `kind = @other` takes what is missing from another kind; what stands
//! nowhere is taken from `*`. Sentences of a fault follow the label of the field and a colon.
//!
//! `{name}` is replaced: by the parameters `label found expected value n`, or by another part of the same kind. `{n|one|few|many}`
//! is the form that fits the number: 1 цифра, 2 цифры, 5 цифр.

use std::rc::Rc;

use crate::text::plural;
use crate::verdict::{Fault, Fix};

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Words(Rc<str>);

/// Parameters of a sentence.
#[derive(Clone, Copy, Default)]
pub struct Params<'a> {
    pub label: &'a str,
    pub found: &'a str,
    pub expected: &'a str,
    pub value: &'a str,
    pub n: u32,
}

/// Deepest chain of `@` and of parts in parts.
const DEPTH: u32 = 5;

impl Words {
    /// Words of a file in the format above.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Russian, built in: for the server, the command line and tests. A page loads the file beside its module.
    pub fn russian() -> Self {
        Self::new(include_str!("messages/ru.txt"))
    }

    /// English, built in.
    pub fn english() -> Self {
        Self::new(include_str!("messages/en.txt"))
    }

    /// How much is still to come while the person types, such as «Осталось 3 цифры». Empty when nothing useful can be said.
    pub fn progress(&self, kind: &str, missing: u32) -> String {
        self.part(kind, "progress", &Params { n: missing, ..Params::default() })
    }

    /// What is missing once the person has left the field.
    pub fn partial(&self, label: &str, kind: &str, missing: u32) -> String {
        self.labelled(kind, "partial", &Params { label, n: missing, ..Params::default() })
    }

    /// What is wrong and how to mend it.
    pub fn fault(&self, label: &str, fault: &Fault) -> String {
        let mut halves = fault.code.split('.');
        let (kind, flaw) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
        let n = fault.found.parse().unwrap_or_default();
        let params = Params { label, found: &fault.found, expected: &fault.expected, n, ..Params::default() };
        let text = self.labelled(kind, flaw, &params);
        if text.is_empty() { self.labelled(kind, "other", &params) } else { text }
    }

    /// An artificial example of a kind, in its official spelling.
    pub fn example(&self, kind: &str) -> String {
        self.part(kind, "example", &Params::default())
    }

    /// Words on the button of a fix.
    pub fn fix(&self, fix: &Fix) -> String {
        let params = Params { value: &fix.value, ..Params::default() };
        let text = self.part("fix", fix.reason, &params);
        if text.is_empty() { self.say("fix", &params) } else { text }
    }

    /// A sentence of the page by its whole key, such as `required`.
    pub fn say(&self, key: &str, params: &Params) -> String {
        self.fill("", self.line(key).unwrap_or_default(), params, DEPTH)
    }

    fn labelled(&self, kind: &str, part: &str, params: &Params) -> String {
        let text = self.part(kind, part, params);
        if text.is_empty() { text } else { [params.label, ": ", &text].concat() }
    }

    fn part(&self, kind: &str, part: &str, params: &Params) -> String {
        self.fill(kind, self.find(kind, part).unwrap_or_default(), params, DEPTH)
    }

    /// The template of a part: the kind's own, its model's, or the common one.
    fn find(&self, kind: &str, part: &str) -> Option<&str> {
        let mut at = kind;
        for _ in 0..DEPTH {
            if let Some(text) = self.line(&[at, ".", part].concat()) {
                return Some(text);
            }
            match self.line(at).and_then(|model| model.strip_prefix('@')) {
                Some(model) => at = model,
                None => break,
            }
        }
        self.line(&["*.", part].concat())
    }

    fn line(&self, key: &str) -> Option<&str> {
        self.0.split('\n').find_map(|line| line.strip_prefix(key)?.strip_prefix(" =")).map(crate::text::trim)
    }

    fn fill(&self, kind: &str, template: &str, params: &Params, depth: u32) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = cut(rest, '{') {
            let Some((slot, tail)) = cut(after, '}') else { break };
            out.push_str(before);
            let mut forms = slot.split('|');
            match (forms.next().unwrap_or_default(), forms.next(), forms.next(), forms.next()) {
                (_, Some(one), Some(few), Some(many)) => out.push_str(plural(params.n, one, few, many)),
                ("label", ..) => out.push_str(params.label),
                ("found", ..) => out.push_str(params.found),
                ("expected", ..) => out.push_str(params.expected),
                ("value", ..) => out.push_str(params.value),
                ("n", ..) => out.push_str(&params.n.to_string()),
                (part, ..) if depth > 0 => {
                    let inner = self.find(kind, part).unwrap_or_default();
                    out.push_str(&self.fill(kind, inner, params, depth - 1));
                }
                _ => {}
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

/// Before and after the first `sign`.
fn cut(text: &str, sign: char) -> Option<(&str, &str)> {
    let at = text.find(sign)?;
    Some((text.get(..at)?, text.get(at + sign.len_utf8()..)?))
}

#[cfg(test)]
mod tests;
