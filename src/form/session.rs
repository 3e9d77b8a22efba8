//! The state of one form and what each event does to it.

use super::entry::{Desk, Entry};
use super::mask::{Press, Turn};
use super::{Effect, FieldSpec};
use crate::messages::Words;
use crate::text::{chars, width};
use crate::validators::Kind;
use crate::verdict::Day;
use crate::wire::FieldState;

/// Milliseconds in which a burst of refused keys is explained once.
const BURST: u32 = 2000;

/// The state of one form. It has no clock: `today` comes from the caller, and so do milliseconds where time matters.
#[derive(Clone, Debug)]
pub struct Session {
    today: Day,
    words: Words,
    fields: Vec<Entry>,
    summary: bool,
    /// When a refused key was last explained.
    explained: Option<u32>,
}

impl Session {
    /// An empty form.
    pub fn new(today: Day, words: Words) -> Self {
        Self { today, words, fields: Vec::new(), summary: false, explained: None }
    }

    /// Add a field. A field with the same `id` keeps its text and gets the new description.
    pub fn add_field(&mut self, mut spec: FieldSpec) {
        spec.never |= spec.kind.is_some_and(Kind::is_secret);
        match entry(&mut self.fields, spec.id) {
            Some(entry) => entry.describe(spec),
            None => self.fields.push(Entry::new(spec)),
        }
    }

    /// Learn the present text without any effect.
    pub fn observe(&mut self, id: u32, text: &str) {
        if let Some(entry) = entry(&mut self.fields, id) {
            entry.learn(text);
        }
    }

    /// Learn what the page's own rules say of the field (`None`: content). It counts only where our check is content.
    pub fn host_error(&mut self, id: u32, message: Option<String>) {
        if let Some(entry) = entry(&mut self.fields, id) {
            entry.host = message;
        }
    }

    /// Something is about to be typed, deleted or pasted; `now` counts milliseconds from any start. [`Effect::Block`] among
    /// the effects: the page keeps the browser from doing it.
    pub fn before(&mut self, id: u32, press: &Press, now: u32) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = Desk::new(self.today, &self.words, &self.fields);
        let Some(entry) = entry(&mut self.fields, id) else { return out };
        match entry.turn(press) {
            Turn::Native => return out,
            Turn::Refuse(reason) => {
                let fresh = self.explained.is_none_or(|at| now.wrapping_sub(at) >= BURST);
                self.explained = Some(now);
                entry.refuse(reason, fresh, &desk, &mut out);
            }
            Turn::Write { from, to, text, caret } => {
                entry.learn(press.text);
                entry.replace(from, to, text, caret, &mut out);
                entry.changed(press.intent, &desk, &mut out);
            }
        }
        out.push(Effect::Block);
        self.refresh_summary(&mut out);
        out
    }

    /// The text has changed by typing.
    pub fn input(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let end = width(&chars(text));
        self.changed(id, &Press { text, from: end, to: end, data: "", intent: "insertText" })
    }

    /// The text has changed; `intent` is the browser's `inputType`, empty where it tells none.
    pub fn changed(&mut self, id: u32, press: &Press) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = Desk::new(self.today, &self.words, &self.fields);
        if let Some(entry) = entry(&mut self.fields, id) {
            entry.learn(press.text);
            if let Turn::Write { from, to, text, caret } = entry.turn(&Press { intent: "", data: "", ..*press }) {
                entry.replace(from, to, text, caret, &mut out);
            }
            entry.changed(press.intent, &desk, &mut out);
        }
        self.refresh_summary(&mut out);
        out
    }

    /// The text has come back by undo or redo. What stands now is what the person wants: it is not repaired again.
    pub fn undone(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = Desk::new(self.today, &self.words, &self.fields);
        if let Some(entry) = entry(&mut self.fields, id) {
            entry.learn(text);
            text.clone_into(&mut entry.kept);
            entry.settled(&desk, &mut out);
        }
        self.refresh_summary(&mut out);
        out
    }

    /// A button beside the field has been pressed: the place among its offers, `None` for the chip.
    pub fn press(&mut self, id: u32, place: Option<usize>) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = Desk::new(self.today, &self.words, &self.fields);
        let Some(entry) = entry(&mut self.fields, id) else { return out };
        let (value, target) = match place {
            None => (std::mem::take(&mut entry.before), None),
            Some(place) => match entry.offered(place) {
                Some(offered) => offered,
                None => return out,
            },
        };
        let moved = entry.text.clone();
        if place.is_none() {
            entry.kept.clone_from(&value);
        }
        entry.rewrite(value, &mut out);
        entry.settled(&desk, &mut out);
        if let Some(target) = target
            && let Some(entry) = self::entry(&mut self.fields, target)
        {
            entry.rewrite(moved, &mut out);
            entry.changed("", &desk, &mut out);
        }
        self.refresh_summary(&mut out);
        out
    }

    /// The field has been left with this text.
    pub fn blur(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let mut out = Vec::new();
        let desk = Desk::new(self.today, &self.words, &self.fields);
        let Some(at) = self.fields.iter().position(|e| e.spec.id == id) else { return out };
        let others = self.others(at);
        let Some(entry) = self.fields.get_mut(at) else { return out };
        if entry.text != text {
            // Filled in unseen: by a script, a password manager, a voice.
            entry.edited |= entry.seen;
            entry.learn(text);
        }
        if entry.edited {
            entry.leave(&desk, &others, &mut out);
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
            entry.clear(&mut out);
        }
        self.explained = None;
        self.summarise(&mut out);
        out
    }

    /// The field has left the page.
    pub fn remove(&mut self, id: u32) -> Vec<Effect> {
        let mut out = Vec::new();
        if let Some(at) = self.fields.iter().position(|e| e.spec.id == id) {
            self.fields.remove(at).clear(&mut out);
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

    /// Empty fields with a kind, beside the one at `at`: a value may be meant for one of them.
    fn others(&self, at: usize) -> Vec<(u32, Kind, String)> {
        let mut out = Vec::new();
        for (place, entry) in self.fields.iter().enumerate() {
            if let Some(kind) = entry.spec.kind
                && place != at
                && entry.is_empty()
            {
                out.push((entry.spec.id, kind, entry.spec.label.clone()));
            }
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
