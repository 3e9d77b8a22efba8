//! A form being filled in: what is typed, left and sent goes in; what the page has to show comes out.
//!
//! Policy: praise early, scold late. While a person types there is no error, at most a hint of how much is left. An error
//! appears after an edited field is left, or when the form is sent. Once it is there, every change checks again and
//! takes the error away as soon as the field is mended.

use crate::messages::{Params, Words};
use crate::privacy;
use crate::text::{is_empty, join};
use crate::validators::{self, Kind, Outcome};
use crate::verdict::{Context, Day};
use crate::wire::FieldState;

pub mod rules;
#[cfg(test)]
mod tests;

/// Code of an empty field that has to be filled in.
pub const REQUIRED: &str = "form.required";
/// Most fixes beside one field: more is a list to study, not help.
const MOST_OFFERS: usize = 3;
/// Code of a fault that the page's own rules find.
pub const HOST: &str = "site.constraint";

/// What is known of a field before anything is typed.
#[derive(Clone, Debug, Default)]
pub struct FieldSpec {
    pub id: u32,
    pub name: String,
    pub label: String,
    /// `None`: no validator, only the required rule and the page's own rules.
    pub kind: Option<Kind>,
    pub required: bool,
    /// The text never leaves the page in any form.
    pub never: bool,
}

/// What the page has to do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Hint {
        id: u32,
        text: String,
    },
    ClearHint {
        id: u32,
    },
    Error {
        id: u32,
        code: String,
        text: String,
        /// Label of the button and the whole text after the repair.
        fixes: Vec<(String, String)>,
    },
    ClearError {
        id: u32,
    },
    /// All the errors of the form in the order of its fields.
    Summary(Vec<(u32, String)>),
    ClearSummary,
    /// Say it to a screen reader; at most one for one action.
    Announce(String),
    /// Stop this submit.
    Block,
    /// Let this submit through.
    Allow,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    code: String,
    text: String,
    fixes: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
struct Entry {
    spec: FieldSpec,
    text: String,
    edited: bool,
    /// What the page's own rules say of the text.
    host: Option<String>,
    /// The hint on the page; empty for none.
    hint: String,
    shown: Option<Shown>,
}

/// Today, words, and the values of other fields that a check looks at.
struct Desk<'a> {
    today: Day,
    bik: Option<String>,
    words: &'a Words,
}

impl<'a> Desk<'a> {
    fn new(today: Day, words: &'a Words, fields: &[Entry]) -> Self {
        let bik = fields.iter().find(|e| e.spec.kind == Some(Kind::Bik)).map(|e| &e.text);
        // An unfinished BIK says nothing of an account yet.
        let whole = |text: &&String| {
            matches!(validators::look(Kind::Bik, text, &Context { today, bik: None }), Outcome::Complete(_))
        };
        Self { today, bik: bik.filter(whole).cloned(), words }
    }

    fn ctx(&self) -> Context<'_> {
        Context { today: self.today, bik: self.bik.as_deref() }
    }
}

/// The state of one form. It has no clock: `today` comes from the caller.
#[derive(Clone, Debug)]
pub struct Session {
    today: Day,
    words: Words,
    fields: Vec<Entry>,
    summary: bool,
}

impl Session {
    /// An empty form.
    pub fn new(today: Day, words: Words) -> Self {
        Self { today, words, fields: Vec::new(), summary: false }
    }

    /// Add a field. A field with the same `id` keeps its text and gets the new description.
    pub fn add_field(&mut self, mut spec: FieldSpec) {
        spec.never |= spec.kind.is_some_and(Kind::is_secret);
        if let Some(entry) = entry(&mut self.fields, spec.id) {
            entry.spec = spec;
            return;
        }
        let (text, hint) = (String::new(), String::new());
        self.fields.push(Entry { spec, text, edited: false, host: None, hint, shown: None });
    }

    /// Learn the present text without any effect.
    pub fn observe(&mut self, id: u32, text: &str) {
        if let Some(entry) = entry(&mut self.fields, id) {
            text.clone_into(&mut entry.text);
        }
    }

    /// Learn what the page's own rules say of the field (`None`: content). It counts only where our check is content.
    pub fn host_error(&mut self, id: u32, message: Option<String>) {
        if let Some(entry) = entry(&mut self.fields, id) {
            entry.host = message;
        }
    }

    /// The text has changed.
    pub fn input(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let mut out = Vec::new();
        self.observe(id, text);
        let desk = Desk::new(self.today, &self.words, &self.fields);
        if let Some(entry) = entry(&mut self.fields, id) {
            entry.edited = true;
            entry.recheck(&desk, &mut out);
        }
        self.refresh_summary(&mut out);
        out
    }

    /// The field has been left with this text.
    pub fn blur(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = Desk::new(self.today, &self.words, &self.fields);
        let Some(entry) = entry(&mut self.fields, id) else { return out };
        text.clone_into(&mut entry.text);
        if !entry.edited || entry.is_empty() {
            entry.clear_hint(&mut out);
            return out;
        }
        let finding = entry.finding(entry.look(&desk), &desk);
        if entry.show(finding, &mut out)
            && let Some(shown) = &entry.shown
        {
            out.push(Effect::Announce(shown.text.clone()));
        }
        self.refresh_summary(&mut out);
        out
    }

    /// The form is being sent with these texts. Fields that are not named are left out of the check.
    /// The summary takes the focus, so nothing else is announced.
    pub fn submit(&mut self, texts: &[(u32, &str)]) -> Vec<Effect> {
        let mut out = Vec::new();
        for (id, text) in texts {
            self.observe(*id, text);
        }
        let desk = Desk::new(self.today, &self.words, &self.fields);
        for entry in &mut self.fields {
            let sent = texts.iter().any(|(id, _)| *id == entry.spec.id);
            let finding = if sent { entry.finding_at_submit(&desk) } else { None };
            entry.show(finding, &mut out);
        }
        self.summarise(&mut out);
        out.push(if self.summary { Effect::Block } else { Effect::Allow });
        out
    }

    /// The form has been emptied: forget everything typed.
    pub fn reset(&mut self) -> Vec<Effect> {
        let mut out = Vec::new();
        for entry in &mut self.fields {
            entry.clear_hint(&mut out);
            entry.show(None, &mut out);
            entry.edited = false;
            entry.host = None;
            entry.text.clear();
        }
        self.summarise(&mut out);
        out
    }

    /// The field has left the page.
    pub fn remove(&mut self, id: u32) -> Vec<Effect> {
        let mut out = Vec::new();
        if let Some(at) = self.fields.iter().position(|e| e.spec.id == id) {
            let mut entry = self.fields.remove(at);
            entry.clear_hint(&mut out);
            entry.show(None, &mut out);
            self.refresh_summary(&mut out);
        }
        out
    }

    /// Codes of the errors that are shown, in the order of the fields.
    pub fn codes(&self) -> Vec<String> {
        let mut out = Vec::new();
        for shown in self.fields.iter().filter_map(|e| e.shown.as_ref()) {
            out.push(shown.code.clone());
        }
        out
    }

    /// The state of the fields as it may leave the page: shapes, never values.
    pub fn snapshot(&self) -> Vec<FieldState> {
        let desk = Desk::new(self.today, &self.words, &self.fields);
        let mut out = Vec::new();
        for entry in &self.fields {
            out.push(entry.state(&desk));
        }
        out
    }

    /// Keep a summary that is on the page true to the errors beside the fields.
    fn refresh_summary(&mut self, out: &mut Vec<Effect>) {
        let changed = out.iter().any(|e| matches!(e, Effect::Error { .. } | Effect::ClearError { .. }));
        if self.summary && changed {
            self.summarise(out);
        }
    }

    /// Put up a summary of the errors, or take it away where there are none.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn summarise(&mut self, out: &mut Vec<Effect>) {
        let mut items = Vec::new();
        for entry in &self.fields {
            if let Some(shown) = &entry.shown {
                items.push((entry.spec.id, shown.text.clone()));
            }
        }
        let had = std::mem::replace(&mut self.summary, !items.is_empty());
        if self.summary {
            out.push(Effect::Summary(items));
        } else if had {
            out.push(Effect::ClearSummary);
        }
    }
}

#[cfg_attr(target_family = "wasm", inline(never))]
fn entry(fields: &mut [Entry], id: u32) -> Option<&mut Entry> {
    fields.iter_mut().find(|e| e.spec.id == id)
}

impl Entry {
    fn is_empty(&self) -> bool {
        is_empty(&self.text)
    }

    fn look(&self, desk: &Desk) -> Outcome {
        match self.spec.kind {
            Some(kind) if !self.is_empty() => validators::look(kind, &self.text, &desk.ctx()),
            _ => Outcome::Complete(None),
        }
    }

    /// Something was changed by hand: mend what is shown, praise progress, stay silent otherwise.
    fn recheck(&mut self, desk: &Desk, out: &mut Vec<Effect>) {
        let outcome = self.look(desk);
        let progress = match outcome {
            Outcome::Partial(missing) => desk.words.progress(self.kind(), missing),
            _ => String::new(),
        };
        let empty = self.is_empty();
        if let Some(Shown { code, .. }) = &self.shown {
            let stays = match outcome {
                _ if empty => code == REQUIRED,
                Outcome::Partial(_) => code.ends_with(".length"),
                Outcome::Fault(_) => true,
                Outcome::Complete(_) => code == HOST,
            };
            if !stays || !empty {
                let next = if stays { self.finding(outcome, desk) } else { None };
                let mended = next.is_none() && progress.is_empty() && !empty;
                self.show(next, out);
                if mended {
                    out.push(Effect::Announce(self.say("mended", desk)));
                }
            }
        }
        if progress.is_empty() || self.shown.is_some() {
            self.clear_hint(out);
        } else if self.hint != progress {
            self.hint.clone_from(&progress);
            out.push(Effect::Hint { id: self.spec.id, text: progress });
        }
    }

    /// What stands against a text of this outcome.
    fn finding(&self, outcome: Outcome, desk: &Desk) -> Option<Shown> {
        let Some(kind) = self.spec.kind else { return self.host_finding() };
        let label = &self.spec.label;
        let (code, text, fixes) = match outcome {
            Outcome::Complete(_) => return self.host_finding(),
            Outcome::Partial(missing) => {
                let fixes =
                    if missing == 1 { validators::completed(kind, &self.text, &desk.ctx()) } else { Vec::new() };
                (join(&[kind.name(), ".length"]), desk.words.partial(label, kind.name(), missing), fixes)
            }
            Outcome::Fault(flaw) => {
                let fault = validators::fault(kind, &self.text, &desk.ctx(), &flaw);
                let text = desk.words.fault(label, &fault);
                (fault.code, text, fault.fixes)
            }
        };
        // Label and value of the fixes that are shown.
        let mut offers = Vec::new();
        for fix in &fixes {
            if !self.spec.never && offers.len() < MOST_OFFERS {
                offers.push((desk.words.fix(fix), fix.value.clone()));
            }
        }
        Some(Shown { code, text, fixes: offers })
    }

    fn finding_at_submit(&self, desk: &Desk) -> Option<Shown> {
        if self.is_empty() && self.spec.required {
            return Some(Shown { code: REQUIRED.into(), text: self.say("required", desk), fixes: Vec::new() });
        }
        self.finding(self.look(desk), desk)
    }

    fn host_finding(&self) -> Option<Shown> {
        self.host.clone().map(|text| Shown { code: HOST.into(), text, fixes: Vec::new() })
    }

    fn say(&self, key: &str, desk: &Desk) -> String {
        desk.words.say(key, &Params { label: &self.spec.label, ..Params::default() })
    }

    fn kind(&self) -> &'static str {
        self.spec.kind.map_or("text", Kind::name)
    }

    /// Bring the error on the page to `next`; true where a new error was put up.
    fn show(&mut self, next: Option<Shown>, out: &mut Vec<Effect>) -> bool {
        if self.shown == next {
            return false;
        }
        if next.is_some() {
            self.clear_hint(out);
        }
        let id = self.spec.id;
        self.shown = next;
        let Some(Shown { code, text, fixes }) = self.shown.clone() else {
            out.push(Effect::ClearError { id });
            return false;
        };
        out.push(Effect::Error { id, code, text, fixes });
        true
    }

    fn clear_hint(&mut self, out: &mut Vec<Effect>) {
        if !std::mem::take(&mut self.hint).is_empty() {
            out.push(Effect::ClearHint { id: self.spec.id });
        }
    }

    fn state(&self, desk: &Desk) -> FieldState {
        // An empty field that nobody has touched or sent is no error yet.
        let untouched = !self.edited && self.shown.is_none() && self.is_empty();
        let code = if untouched { None } else { self.finding_at_submit(desk).map(|s| s.code) };
        let spec = &self.spec;
        let (length_class, shape) = if spec.never {
            // One answer for every text: not even its length may be read from it.
            ("medium".to_owned(), privacy::FIXED_MASK.to_owned())
        } else {
            (privacy::length_class(&self.text).to_owned(), privacy::shape(&self.text))
        };
        FieldState {
            name: spec.name.clone(),
            label: spec.label.clone(),
            kind: self.kind().to_owned(),
            valid: code.is_none(),
            code,
            length_class,
            shape,
        }
    }
}
