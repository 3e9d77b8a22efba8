//! An answer as one text and a row of numbers: `check.js` and `form.js` take them in the order in which they are put here.

use std::borrow::Cow;

use podskazka::form::schema::{self, Form, Found, Problem, Schema};
use podskazka::verdict::{Fault, Fix, Value, Verdict, Warning};

/// Classes of an answer; the last one stands for a field that may be empty, and is, or for a schema that cannot be used.
const COMPLETE: u32 = 0;
const PARTIAL: u32 = 1;
const FAULT: u32 = 2;
const OTHER: u32 = 3;

pub struct Answer {
    text: Vec<u8>,
    numbers: Vec<u32>,
}

impl Answer {
    pub const fn new() -> Self {
        Self { text: Vec::new(), numbers: Vec::new() }
    }

    pub fn begin(&mut self) -> &mut Self {
        self.text.clear();
        self.numbers.clear();
        self
    }

    /// The bytes of the text, times four, plus the class.
    pub fn end(&self, class: u32) -> u32 {
        self.text.len() as u32 * 4 + class
    }

    /// Where text and numbers stand.
    pub fn places(&self) -> (u32, u32) {
        (self.text.as_ptr() as u32, self.numbers.as_ptr() as u32)
    }

    /// Text and numbers.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn parts(&self) -> (Vec<u8>, Vec<u32>) {
        (self.text.clone(), self.numbers.clone())
    }

    pub fn byte(&mut self, byte: u8) {
        self.text.push(byte);
    }

    fn number(&mut self, number: u32) {
        self.numbers.push(number);
    }

    fn count(&mut self, count: usize) {
        self.number(count as u32);
    }

    /// A text that is part of the module: JavaScript reads it there once and knows it by its address.
    fn fixed(&mut self, text: &'static str) {
        self.number(text.as_ptr() as u32);
        self.count(text.len());
    }

    /// A part of the text; its number is its length in UTF-16 code units, as JavaScript counts.
    fn part(&mut self, part: &str) {
        let width = if part.is_ascii() { part.len() } else { part.chars().map(char::len_utf16).sum() };
        self.count(width);
        self.text.extend_from_slice(part.as_bytes());
    }

    /// Puts a verdict on `text`; its class.
    pub fn verdict(&mut self, verdict: &Verdict<Value>, text: &str) -> u32 {
        match verdict {
            Verdict::Complete { value, warnings } => self.complete(value, warnings, text),
            Verdict::Partial { missing, lengths, fixes } => {
                self.number(*missing);
                self.count(lengths.len());
                self.numbers.extend_from_slice(lengths);
                self.fixes(fixes);
                PARTIAL
            }
            Verdict::Fault(fault) => self.fault(fault),
        }
    }

    fn complete(&mut self, value: &Value, warnings: &[Warning], text: &str) -> u32 {
        self.unless(&value.canonical, text);
        self.unless(&value.display, &value.canonical);
        self.count(value.facts.0.len());
        for (name, fact) in &value.facts.0 {
            self.fixed(name);
            match fact {
                Cow::Borrowed(text) => self.fixed(text),
                // A part behind the address 0.
                Cow::Owned(text) => {
                    self.number(0);
                    self.part(text);
                }
            }
        }
        self.count(warnings.len());
        warnings.iter().for_each(|warning| self.part(&warning.code));
        COMPLETE
    }

    /// A part, unless JavaScript has the same text already.
    fn unless(&mut self, part: &str, known: &str) {
        let same = part == known;
        self.number(same.into());
        if !same {
            self.part(part);
        }
    }

    fn fault(&mut self, fault: &Fault) -> u32 {
        self.part(&fault.code);
        self.number(fault.span.start);
        self.number(fault.span.end);
        self.part(&fault.expected);
        self.part(&fault.found);
        self.fixes(&fault.fixes);
        FAULT
    }

    fn fixes(&mut self, fixes: &[Fix]) {
        self.count(fixes.len());
        for fix in fixes {
            self.fixed(fix.reason);
            self.part(&fix.value);
            self.count(fix.edits.len());
            for edit in &fix.edits {
                self.number(edit.start);
                self.number(edit.end);
                self.part(&edit.text);
            }
        }
    }

    /// What stands against a whole field.
    fn found(&mut self, found: &Found, text: &str) -> u32 {
        self.part(found.code);
        self.number(0);
        self.count(text.chars().map(char::len_utf16).sum());
        self.part(&found.expected);
        self.part("");
        self.number(0);
        FAULT
    }

    /// The answers of a form: of each field its name and class before the rest, behind what is wrong the field that it is meant
    /// for; then what its rules find.
    pub fn form(&mut self, schema: &Schema, form: &Form) -> u32 {
        let (answers, findings) = (schema.answers(form), schema.findings(form));
        self.count(answers.len());
        for (field, answer) in &answers {
            self.part(&field.name);
            // The class is known when the rest is there.
            let at = self.numbers.len();
            self.number(OTHER);
            let text = (form.text_of)(&field.name).unwrap_or_default();
            let class = match answer {
                schema::Answer::Empty => OTHER,
                schema::Answer::Text => self.complete(&Value::same(text.to_owned()), &[], text),
                schema::Answer::Checked(verdict) => self.verdict(verdict, text),
                schema::Answer::Found(found) => self.found(found, text),
            };
            if let Some(place) = self.numbers.get_mut(at) {
                *place = class;
            }
            if matches!(class, PARTIAL | FAULT) {
                self.part(schema.target(field, form).map_or("", |it| &it.name));
            }
        }
        self.count(findings.len());
        for finding in &findings {
            self.part(finding.code);
            self.number(finding.warning.into());
            self.count(finding.fields.len());
            finding.fields.iter().for_each(|name| self.part(name));
        }
        self.end(COMPLETE)
    }

    /// One text.
    #[cfg(feature = "words")]
    pub fn says(&mut self, text: &str) -> u32 {
        self.part(text);
        self.end(COMPLETE)
    }

    /// Why a schema cannot be used.
    pub fn problems(&mut self, problems: &[Problem]) -> u32 {
        self.count(problems.len());
        for problem in problems {
            self.part(&problem.path);
            self.part(problem.code);
            self.part(&problem.message);
        }
        self.end(OTHER)
    }
}
