//! A form being filled in: what is typed, left and sent goes in; what the page has to show comes out.
//!
//! Policy: praise early, scold late. While a person types there is no error, at most a hint of how much is left. An error
//! appears after an edited field is left, or when the form is sent. Once it is there, every change checks again and
//! takes the error away as soon as the field is mended.

use crate::messages::{Params, Words};
use crate::privacy;
use crate::validators::{self, Kind, Outcome};
use crate::verdict::{Context, Day, Fix, Verdict};
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

/// What stands against a text right now.
enum Finding {
    Fine,
    Partial { missing: u32 },
    Bad(Shown),
}

#[derive(Clone, Debug)]
struct Entry {
    spec: FieldSpec,
    text: String,
    edited: bool,
    /// What the page's own rules say of the text.
    host: Option<String>,
    hint: Option<String>,
    shown: Option<Shown>,
}

/// Today, words, and the values of other fields that a check looks at.
struct Desk {
    today: Day,
    bik: Option<String>,
    words: Words,
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
    pub fn add_field(&mut self, spec: FieldSpec) {
        if let Some(entry) = self.entry(spec.id) {
            entry.spec = spec;
            return;
        }
        let spec = FieldSpec { never: spec.never || spec.kind.is_some_and(Kind::is_secret), ..spec };
        self.fields.push(Entry { spec, text: String::new(), edited: false, host: None, hint: None, shown: None });
    }

    /// Learn the present text without any effect.
    pub fn observe(&mut self, id: u32, text: &str) {
        if let Some(entry) = self.entry(id) {
            text.clone_into(&mut entry.text);
        }
    }

    /// Learn what the page's own rules say of the field (`None`: content). It counts only where our check is content.
    pub fn host_error(&mut self, id: u32, message: Option<String>) {
        if let Some(entry) = self.entry(id) {
            entry.host = message;
        }
    }

    /// The text has changed.
    pub fn input(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let mut out = Vec::new();
        let Some(entry) = self.entry(id) else { return out };
        text.clone_into(&mut entry.text);
        entry.edited = true;
        let desk = self.desk();
        if let Some(entry) = self.entry(id) {
            entry.recheck(&desk, &mut out);
        }
        self.refresh_summary(&mut out);
        out
    }

    /// The field has been left with this text.
    pub fn blur(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = self.desk();
        let Some(entry) = self.entry(id) else { return out };
        text.clone_into(&mut entry.text);
        if !entry.edited || entry.is_empty() {
            entry.clear_hint(&mut out);
            return out;
        }
        let finding = entry.verdict_after_leaving(&desk);
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
        let desk = self.desk();
        for entry in &mut self.fields {
            let sent = texts.iter().any(|(id, _)| *id == entry.spec.id);
            let finding = if sent { entry.verdict_at_submit(&desk) } else { None };
            entry.show(finding, &mut out);
        }
        let items = self.errors();
        if items.is_empty() {
            if std::mem::take(&mut self.summary) {
                out.push(Effect::ClearSummary);
            }
            out.push(Effect::Allow);
        } else {
            self.summary = true;
            out.push(Effect::Summary(items));
            out.push(Effect::Block);
        }
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
        if std::mem::take(&mut self.summary) {
            out.push(Effect::ClearSummary);
        }
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
        self.fields.iter().filter_map(|e| e.shown.as_ref().map(|s| s.code.clone())).collect()
    }

    /// The state of the fields as it may leave the page: shapes, never values.
    pub fn snapshot(&self) -> Vec<FieldState> {
        let desk = self.desk();
        self.fields.iter().map(|e| e.state(&desk)).collect()
    }

    /// What the checks of this form need beyond the text.
    fn desk(&self) -> Desk {
        let bik = self.fields.iter().find(|e| e.spec.kind == Some(Kind::Bik)).map(|e| e.text.clone());
        // An unfinished BIK says nothing of an account yet.
        let whole = |text: &String| {
            matches!(validators::look(Kind::Bik, text, &Context { today: self.today, bik: None }), Outcome::Complete(_))
        };
        Desk { today: self.today, bik: bik.filter(whole), words: self.words.clone() }
    }

    fn entry(&mut self, id: u32) -> Option<&mut Entry> {
        self.fields.iter_mut().find(|e| e.spec.id == id)
    }

    fn errors(&self) -> Vec<(u32, String)> {
        self.fields.iter().filter_map(|e| e.shown.as_ref().map(|s| (e.spec.id, s.text.clone()))).collect()
    }

    /// Keep a summary that is on the page true to the errors beside the fields.
    fn refresh_summary(&mut self, out: &mut Vec<Effect>) {
        let changed = out.iter().any(|e| matches!(e, Effect::Error { .. } | Effect::ClearError { .. }));
        if !self.summary || !changed {
            return;
        }
        let items = self.errors();
        let effect = if items.is_empty() {
            self.summary = false;
            Effect::ClearSummary
        } else {
            Effect::Summary(items)
        };
        out.push(effect);
    }
}

impl Entry {
    fn is_empty(&self) -> bool {
        crate::text::trim(&self.text).is_empty()
    }

    fn find(&self, desk: &Desk) -> Finding {
        let Some(kind) = self.spec.kind else { return Finding::Fine };
        if self.is_empty() {
            return Finding::Fine;
        }
        let ctx = Context { today: desk.today, bik: desk.bik.as_deref() };
        match validators::look(kind, &self.text, &ctx) {
            Outcome::Complete(_) => Finding::Fine,
            Outcome::Partial(missing) => Finding::Partial { missing },
            Outcome::Fault(_) => match validators::verdict(kind, &self.text, &ctx) {
                Verdict::Fault(fault) => {
                    let text = desk.words.fault(&self.spec.label, &fault);
                    Finding::Bad(Shown { fixes: self.offers(&fault.fixes, desk), code: fault.code, text })
                }
                _ => Finding::Fine,
            },
        }
    }

    /// Label and value of the fixes that are shown.
    fn offers(&self, fixes: &[Fix], desk: &Desk) -> Vec<(String, String)> {
        let most = if self.spec.never { 0 } else { MOST_OFFERS };
        fixes.iter().take(most).map(|f| (desk.words.fix(f), f.value.clone())).collect()
    }

    /// Something was changed by hand: mend what is shown, praise progress, stay silent otherwise.
    fn recheck(&mut self, desk: &Desk, out: &mut Vec<Effect>) {
        let finding = self.find(desk);
        let progress = match &finding {
            Finding::Partial { missing } => Some(desk.words.progress(self.kind(), *missing)).filter(|t| !t.is_empty()),
            _ => None,
        };
        let next = match (&self.shown, finding) {
            (None, _) => None,
            (Some(shown), _) if self.is_empty() => (shown.code == REQUIRED).then(|| shown.clone()),
            (Some(shown), Finding::Partial { missing }) if is_length(&shown.code) => {
                Some(self.too_short(missing, desk))
            }
            (Some(_), Finding::Partial { .. }) => None,
            (Some(_), Finding::Bad(bad)) => Some(bad),
            (Some(shown), Finding::Fine) if shown.code == HOST => self.host_finding(),
            (Some(_), Finding::Fine) => None,
        };
        let had = self.shown.is_some();
        if had {
            let mended = next.is_none();
            self.show(next, out);
            if mended && progress.is_none() && !self.is_empty() {
                let params = Params { label: &self.spec.label, ..Params::default() };
                out.push(Effect::Announce(desk.words.say("mended", &params)));
            }
        }
        match progress {
            Some(text) if self.shown.is_none() => {
                if self.hint.as_ref() != Some(&text) {
                    self.hint = Some(text.clone());
                    out.push(Effect::Hint { id: self.spec.id, text });
                }
            }
            _ => self.clear_hint(out),
        }
    }

    fn verdict_after_leaving(&self, desk: &Desk) -> Option<Shown> {
        match self.find(desk) {
            Finding::Fine => self.host_finding(),
            Finding::Partial { missing } => Some(self.too_short(missing, desk)),
            Finding::Bad(bad) => Some(bad),
        }
    }

    fn verdict_at_submit(&self, desk: &Desk) -> Option<Shown> {
        if self.is_empty() && self.spec.required {
            let text = desk.words.say("required", &Params { label: &self.spec.label, ..Params::default() });
            return Some(Shown { code: REQUIRED.into(), text, fixes: Vec::new() });
        }
        self.verdict_after_leaving(desk)
    }

    fn host_finding(&self) -> Option<Shown> {
        self.host.clone().map(|text| Shown { code: HOST.into(), text, fixes: Vec::new() })
    }

    fn too_short(&self, missing: u32, desk: &Desk) -> Shown {
        let text = desk.words.partial(&self.spec.label, self.kind(), missing);
        let ctx = Context { today: desk.today, bik: desk.bik.as_deref() };
        let fixes = match self.spec.kind {
            Some(kind) if missing == 1 => validators::completions(kind, &self.text, &ctx),
            _ => Vec::new(),
        };
        Shown { code: [self.kind(), ".length"].concat(), text, fixes: self.offers(&fixes, desk) }
    }

    fn kind(&self) -> &'static str {
        self.spec.kind.map_or("text", Kind::name)
    }

    /// Bring the error on the page to `next`; true where a new error was put up.
    fn show(&mut self, next: Option<Shown>, out: &mut Vec<Effect>) -> bool {
        if self.shown == next {
            return false;
        }
        let id = self.spec.id;
        let put_up = match &next {
            Some(shown) => {
                self.clear_hint(out);
                let Shown { code, text, fixes } = shown.clone();
                out.push(Effect::Error { id, code, text, fixes });
                true
            }
            None => {
                out.push(Effect::ClearError { id });
                false
            }
        };
        self.shown = next;
        put_up
    }

    fn clear_hint(&mut self, out: &mut Vec<Effect>) {
        if self.hint.take().is_some() {
            out.push(Effect::ClearHint { id: self.spec.id });
        }
    }

    fn state(&self, desk: &Desk) -> FieldState {
        let code = self.verdict_at_submit(desk).map(|s| s.code);
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

fn is_length(code: &str) -> bool {
    code.ends_with(".length")
}
