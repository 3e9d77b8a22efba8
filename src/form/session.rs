//! The state of one form and what each event does to it.

use super::entry::{Desk, Entry};
use super::mask::{Press, Turn};
use super::{FieldSpec, Out, Page, State};
use crate::messages::{Params, Words};
use crate::validators::{Kind, look, other_kind};
use crate::verdict::Day;

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
    /// The last two values that have changed places.
    swap: Option<Box<Swap>>,
}

/// Two fields whose values have changed places by a press. The browser's undo brings one of them back, the one beside the button.
#[derive(Clone, Debug)]
struct Swap {
    id: u32,
    other: u32,
    /// Their texts.
    before: [String; 2],
    after: [String; 2],
}

impl Session {
    /// An empty form.
    pub fn new(today: Day, words: Words) -> Self {
        Self { today, words, fields: Vec::new(), summary: false, explained: None, swap: None }
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

    /// Something is about to be typed, deleted or pasted; `now` counts milliseconds from any start. True where the page has to
    /// keep the browser from doing it: it is done, or refused.
    pub fn before(&mut self, page: &mut impl Page, id: u32, press: &Press, now: u32) -> bool {
        let turn = entry(&mut self.fields, id).map_or(Turn::Native, |entry| entry.turn(press, page));
        let fresh = self.explained.is_none_or(|at| now.wrapping_sub(at) >= BURST);
        if let Turn::Refuse(_) = turn
            && fresh
        {
            self.explained = Some(now);
        }
        let handled = turn != Turn::Native;
        self.act(page, id, &mut |entry, desk, out| match &turn {
            Turn::Native => {}
            Turn::Refuse(reason) => entry.refuse(*reason, fresh, desk, out),
            Turn::Write { from, to, text, caret } => {
                entry.learn(press.text);
                entry.replace(*from, *to, text, *caret, out);
                entry.changed(press.intent, None, desk, out);
            }
        });
        handled
    }

    /// The text has changed; `intent` is the browser's `inputType`, empty where it tells none.
    pub fn changed(&mut self, page: &mut impl Page, id: u32, press: &Press) {
        self.act(page, id, &mut |entry, desk, out| {
            entry.learn(press.text);
            let tidy = Press { intent: "", data: "", ..*press };
            entry.changed(press.intent, Some(&tidy), desk, out);
        });
    }

    /// The text has come back by undo or redo. What stands now is what the person wants: it is not repaired again.
    pub fn undone(&mut self, page: &mut impl Page, id: u32, text: &str) {
        self.act(page, id, &mut |entry, desk, out| {
            entry.learn(text);
            entry.keep(text, desk, out);
        });
        let Some(swap) = self.swap.take() else { return };
        for ([_, there], [here, wanted]) in [(&swap.after, &swap.before), (&swap.before, &swap.after)] {
            if swap.id == id && here == text {
                self.act(page, swap.other, &mut |entry, desk, out| {
                    // What was typed there since stays.
                    if entry.text == *there {
                        entry.rewrite(wanted, out);
                        entry.keep(wanted, desk, out);
                    }
                });
            }
        }
        self.swap = Some(swap);
    }

    /// A button beside the field has been pressed: the place among its offers, `None` for the chip.
    pub fn press(&mut self, page: &mut impl Page, id: u32, place: Option<usize>) {
        let mut moved = None;
        self.act(page, id, &mut |entry, desk, out| {
            let value = match place.map(|place| entry.offered(place)) {
                None => {
                    entry.kept.clone_from(&entry.before);
                    entry.before.clone()
                }
                Some(Some((value, None))) => value,
                Some(offered) => {
                    moved = offered.and_then(|(_, other)| other);
                    return;
                }
            };
            entry.rewrite(&value, out);
            entry.settled(desk, out);
        });
        let Some(other) = moved else { return };
        let before = [self.text(id), self.text(other)];
        let [mine, theirs] = &before;
        for (id, text) in [(id, theirs), (other, mine)] {
            self.act(page, id, &mut |entry, desk, out| entry.put(text, desk, out));
        }
        let after = [self.text(id), self.text(other)];
        self.swap = Some(Box::new(Swap { id, other, before, after }));
    }

    /// The field has been left with this text.
    pub fn blur(&mut self, page: &mut impl Page, id: u32, text: &str) {
        let mut target = self.target(id, text);
        self.act(page, id, &mut |entry, desk, out| {
            if entry.text != text {
                // Filled in unseen: by a script, a password manager, a voice.
                entry.edited |= entry.seen;
                entry.learn(text);
            }
            if entry.edited {
                entry.leave(desk, target.take(), out);
            }
        });
    }

    /// The form is being sent with these texts. Fields that are not named are left out of the check. True where it has to stop;
    /// the summary takes the focus, so nothing else is announced.
    pub fn submit(&mut self, page: &mut impl Page, texts: &[(u32, &str)]) -> bool {
        let mut sent = Vec::new();
        for (id, text) in texts {
            self.observe(*id, text);
            sent.push(*id);
        }
        self.submit_observed(page, &sent, true)
    }

    /// The same for fields whose texts have been observed. Not `fresh`: nobody has sent the form, only the errors of these fields are
    /// said anew, in other words.
    pub fn submit_observed(&mut self, page: &mut impl Page, sent: &[u32], fresh: bool) -> bool {
        let form = Desk::new(self.today, &self.words, &self.fields);
        let mut out = Out { page, said: String::new(), changed: false };
        for entry in &mut self.fields {
            let words = entry.spec.words.clone();
            let desk = form.with(words.as_ref().unwrap_or(&self.words));
            let finding = if sent.contains(&entry.spec.id) { entry.finding_at_submit(&desk) } else { None };
            if fresh || finding.is_some() {
                entry.show(finding, &mut out);
            }
        }
        self.summarise(page, fresh);
        self.summary
    }

    /// Somebody else has found a fault in the field as it stands: the portal's server, a rule between fields. An empty code takes it
    /// back; so does a change of the text.
    pub fn told(&mut self, page: &mut impl Page, id: u32, code: &str, text: &str) {
        self.act(page, id, &mut |entry, desk, out| entry.tell(code, text, desk, out));
    }

    /// The portal has sent the form back: gather what was told.
    pub fn refused(&mut self, page: &mut impl Page) {
        self.summarise(page, true);
    }

    /// The form has been emptied: forget everything typed.
    pub fn reset(&mut self, page: &mut impl Page) {
        let mut out = Out { page, said: String::new(), changed: false };
        for entry in &mut self.fields {
            entry.clear(&mut out);
        }
        (self.explained, self.swap) = (None, None);
        self.summarise(page, false);
    }

    /// The field has left the page.
    pub fn remove(&mut self, page: &mut impl Page, id: u32) {
        self.act(page, id, &mut |entry, _, out| entry.clear(out));
        if let Some(at) = self.fields.iter().position(|entry| entry.spec.id == id) {
            self.fields.remove(at);
        }
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
    pub fn states(&self) -> impl Iterator<Item = State> {
        let desk = Desk::new(self.today, &self.words, &self.fields);
        self.fields.iter().map(move |entry| entry.state(&desk))
    }

    /// Do something to a field, say what there is to say, and keep a summary on the page true to the errors.
    fn act<P: Page>(&mut self, page: &mut P, id: u32, act: &mut dyn FnMut(&mut Entry, &Desk, &mut Out<P>)) {
        let words = entry(&mut self.fields, id).and_then(|it| it.spec.words.clone());
        let desk = Desk::new(self.today, words.as_ref().unwrap_or(&self.words), &self.fields);
        let mut out = Out { page, said: String::new(), changed: false };
        if let Some(entry) = entry(&mut self.fields, id) {
            act(entry, &desk, &mut out);
        }
        let Out { said, changed, .. } = out;
        if self.summary && changed {
            self.summarise(page, false);
        }
        if !said.is_empty() {
            page.announce(&said);
        }
    }

    /// The field that a text is meant for, which is wrong where it stands, and what to offer: an empty field, or one whose own text is
    /// meant for this one.
    fn target(&self, id: u32, text: &str) -> Option<(u32, String)> {
        let own = self.fields.iter().find(|e| e.spec.id == id).filter(|e| !e.spec.never && e.kept != text)?.spec.kind?;
        let desk = Desk::new(self.today, &self.words, &self.fields);
        let (mut kinds, mut open) = (Vec::new(), Vec::new());
        for entry in &self.fields {
            if let Some(kind) = entry.spec.kind
                && (entry.is_empty() || (!entry.spec.never && look(own, &entry.text, &desk.ctx()).is_fine()))
            {
                kinds.push(kind);
                open.push(entry);
            }
        }
        let other = other_kind(own, text, &kinds, &desk.ctx())?;
        let target = open.into_iter().find(|entry| entry.spec.kind == Some(other))?;
        let key = if target.is_empty() { "other" } else { "swap" };
        Some((target.spec.id, self.words.say(key, &Params { value: &target.spec.label, ..Params::default() })))
    }

    fn text(&mut self, id: u32) -> String {
        entry(&mut self.fields, id).map(|it| it.text.clone()).unwrap_or_default()
    }

    /// Put up a summary of the errors, or take it away where there are none.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn summarise(&mut self, page: &mut impl Page, fresh: bool) {
        let mut count = 0;
        for entry in &self.fields {
            if let Some(shown) = &entry.shown {
                page.item(entry.spec.id, &shown.text);
                count += 1;
            }
        }
        let had = std::mem::replace(&mut self.summary, count > 0);
        if self.summary || had {
            page.summary(count, fresh);
        }
    }
}

#[cfg_attr(target_family = "wasm", inline(never))]
fn entry(fields: &mut [Entry], id: u32) -> Option<&mut Entry> {
    fields.iter_mut().find(|e| e.spec.id == id)
}
