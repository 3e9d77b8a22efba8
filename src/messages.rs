//! Codes and their parameters as sentences: what is wrong and what to do. Words are data, one file a language.
//!
//! # Format
//! A line is `key = sentence`, `#` starts a comment. A key is `kind.part`, where part is the flaw of a code or one of
//! `progress partial lengths example with from what`. `kind = @other` takes what is missing from another kind; what stands
//! nowhere is taken from `*`. A key that begins with its dot is one of the kind above it: a page gets its file packed so. Sentences of a fault follow the label of the field and a colon.
//!
//! `{name}` is replaced: by the parameters `label found expected value n`, or by another part of the same kind, for `{bound}` the
//! one that is named as what is expected, such as `past`. `{n|one|few|many}`
//! is the form that fits the number: 1 цифра, 2 цифры, 5 цифр.

use std::rc::Rc;

use crate::checksum::number;
use crate::text::{cut, has_sign, join, plural, push_number};
use crate::verdict::{Fault, Fix};

/// The words of one language, by line: each key asks for some, and they are taken apart once. Where a key stands twice, the
/// first line counts: a portal's own sentences go before ours.
#[derive(Clone, Debug)]
pub struct Words {
    lines: Rc<Vec<String>>,
    /// No examples: see [`Words::without_example`].
    bare: bool,
}

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
        let (mut lines, mut rest, mut kind) = (Vec::new(), text, "");
        while !rest.is_empty() {
            let (line, others) = cut(rest, b'\n').unwrap_or((rest, ""));
            rest = others;
            let Some((mut name, mut text)) = cut(line, b'=') else { continue };
            // A blank on both sides of the sign.
            if let [head @ .., b' '] = name.as_bytes() {
                name = name.get(..head.len()).unwrap_or_default();
            }
            if let [b' ', ..] = text.as_bytes() {
                text = text.get(1..).unwrap_or_default();
            }
            let above = if name.as_bytes().first() == Some(&b'.') { kind } else { "" };
            if above.is_empty() {
                kind = cut(name, b'.').map_or(name, |(kind, _)| kind);
            }
            lines.push(join(&[above, name, "=", text]));
        }
        Self { lines: Rc::new(lines), bare: false }
    }

    /// These words with sentences in the same format before them.
    pub fn after(&self, own: &str) -> Self {
        let lines = Self::new(own).lines.iter().chain(self.lines.iter()).cloned().collect();
        Self { lines: Rc::new(lines), bare: self.bare }
    }

    /// Russian, built in: for the server, the command line and tests. A page loads the file beside its module.
    pub fn russian() -> Self {
        Self::new(concat!(include_str!("messages/ru.txt"), include_str!("messages/form.ru.txt")))
    }

    /// English, built in.
    pub fn english() -> Self {
        Self::new(concat!(include_str!("messages/en.txt"), include_str!("messages/form.en.txt")))
    }

    /// The same words for a field whose own hint has an example: a second one only makes the sentence longer.
    pub fn without_example(&self) -> Self {
        Self { bare: true, ..self.clone() }
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
        let (kind, flaw) = cut(&fault.code, b'.').unwrap_or_default();
        let params = Params {
            label,
            found: &fault.found,
            expected: &fault.expected,
            n: count(&fault.found),
            ..Params::default()
        };
        let cut = flaw == "chars" && fault.found.len() > 1 && has_sign(&fault.found, b'+') && self.knows_cut(kind);
        let text = self.labelled(kind, if cut { "cut" } else { flaw }, &params);
        if text.is_empty() { self.labelled(kind, "other", &params) } else { text }
    }

    /// What is doubtful about a value that stands; empty where nothing is worth a word.
    pub fn doubt(&self, label: &str, kind: &str, doubt: &str) -> String {
        self.labelled(kind, doubt, &Params { label, ..Params::default() })
    }

    /// What a schema, a rule or a file check has found; `code` is whole, such as `form.min`.
    pub fn finding(&self, label: &str, code: &str, params: &Params) -> String {
        let (group, part) = cut(code, b'.').unwrap_or_default();
        self.labelled(group, part, &Params { label, ..*params })
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
        let mut out = String::new();
        self.fill(&mut out, "", self.line(&[key]).unwrap_or_default(), params, DEPTH);
        out
    }

    /// Our sentence for what a table has cut, unless a portal has its own for signs of the kind.
    fn knows_cut(&self, kind: &str) -> bool {
        let own = join(&[kind, ".chars="]);
        let mut lines = self.lines.iter();
        lines.find(|line| line.starts_with("*.cut") || line.starts_with(&own)).is_some_and(|line| line.starts_with('*'))
    }

    fn labelled(&self, kind: &str, part: &str, params: &Params) -> String {
        let text = self.part(kind, part, params);
        if text.is_empty() { text } else { join(&[params.label, ": ", &text]) }
    }

    #[cfg_attr(target_family = "wasm", inline(never))]
    fn part(&self, kind: &str, part: &str, params: &Params) -> String {
        let mut out = String::new();
        self.fill(&mut out, kind, self.find(kind, part), params, DEPTH);
        out
    }

    /// The template of a part: the kind's own, its model's, or the common one.
    fn find(&self, kind: &str, part: &str) -> &str {
        let mut at = kind;
        for _ in 0..DEPTH {
            if let Some(text) = self.line(&[at, ".", part]) {
                return text;
            }
            match self.line(&[at]).and_then(|model| model.strip_prefix('@')) {
                Some(model) => at = model,
                None => break,
            }
        }
        self.line(&["*.", part]).unwrap_or_default()
    }

    /// The sentence of the line whose key is made of these pieces.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn line(&self, key: &[&str]) -> Option<&str> {
        let key = join(&[&join(key), "="]);
        self.lines.iter().find_map(|line| line.strip_prefix(key.as_str()))
    }

    /// Add the template with its slots filled.
    fn fill(&self, out: &mut String, kind: &str, template: &str, params: &Params, depth: u32) {
        let mut rest = template;
        while let Some((before, after)) = cut(rest, b'{')
            && let Some((slot, tail)) = cut(after, b'}')
        {
            out.push_str(before);
            rest = tail;
            match slot {
                "label" => out.push_str(params.label),
                "found" => out.push_str(params.found),
                "expected" => out.push_str(params.expected),
                "value" => out.push_str(params.value),
                "like" if self.bare => {}
                "n" => push_number(out, params.n.into(), 0),
                _ => match forms(slot) {
                    Some([one, few, many]) => out.push_str(plural(params.n, one, few, many)),
                    None if depth > 0 => {
                        let part = match slot {
                            "so" if self.bare => "so.hinted",
                            "bound" => params.expected,
                            slot => slot,
                        };
                        self.fill(out, kind, self.find(kind, part), params, depth - 1);
                    }
                    None => {}
                },
            }
        }
        out.push_str(rest);
    }
}

/// The forms of a slot such as `n|цифра|цифры|цифр`.
fn forms(slot: &str) -> Option<[&str; 3]> {
    let (_, forms) = cut(slot, b'|')?;
    let (one, others) = cut(forms, b'|')?;
    let (few, many) = cut(others, b'|')?;
    Some([one, few, many])
}

/// The number that a text of at most nine digits is; 0 for any other.
fn count(text: &str) -> u32 {
    let digits = text.len() < 10 && text.as_bytes().iter().all(u8::is_ascii_digit);
    if digits { number(text.as_bytes()) } else { 0 }
}

#[cfg(test)]
mod tests;
