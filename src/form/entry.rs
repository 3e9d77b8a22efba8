//! One field of a form: its text, and what stands beside it.

use super::mask::{self, Press, Reason, Turn};
use super::{FieldSpec, HOST, Note, Offer, Out, Page, REQUIRED, State, say};
use crate::messages::{Params, Words};
use crate::privacy;
use crate::text::{chars, is_empty, join, push, width};
use crate::validators::{self, Flaw, Kind, Name, Outcome, Place};
use crate::verdict::{Context, Day};

/// Most fixes beside one field: more is a list to study, not help.
const MOST_OFFERS: usize = 3;

/// Another field that a value is meant for, and the words of the offer.
type Target = Option<(u32, String)>;

impl Note {
    /// Offer to carry the value over.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn aim(&mut self, target: Target) {
        if let Some((id, label)) = target {
            self.offers.push(Offer { label, value: String::new() });
            self.target = Some(id);
        }
    }
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub spec: FieldSpec,
    /// Empty for none.
    mask: String,
    pub text: String,
    /// The text is that of the page, as far as is known.
    pub seen: bool,
    pub edited: bool,
    /// What the page's own rules say of the text.
    pub host: Option<String>,
    /// Code and words of what somebody else found in this text: the portal's server, a rule between fields.
    told: Option<(String, String)>,
    /// The hint on the page; empty for none.
    hint: String,
    pub shown: Option<Note>,
    warned: Option<Note>,
    echo: String,
    /// The text before a repair that has a chip.
    pub before: String,
    /// A text that a person has brought back: it stays.
    pub kept: String,
}

/// Today, words, and the values of other fields that a check looks at.
pub struct Desk<'a> {
    today: Day,
    bik: Option<String>,
    pub words: &'a Words,
}

impl<'a> Desk<'a> {
    pub fn new(today: Day, words: &'a Words, fields: &[Entry]) -> Self {
        let mut all = fields.iter().filter(|e| e.spec.kind == Some(Kind::Bik)).map(|e| &e.text);
        // Of two nobody knows which one an account belongs to, but a rule of the form.
        let bik = all.next().filter(|_| all.next().is_none());
        // An unfinished BIK says nothing of an account yet.
        let whole = |text: &&String| {
            matches!(validators::look(Kind::Bik, text, &Context { today, bik: None }), Outcome::Complete(_))
        };
        Self { today, bik: bik.filter(whole).cloned(), words }
    }

    /// The same with the words of a field.
    pub fn with<'b>(&self, words: &'b Words) -> Desk<'b> {
        Desk { today: self.today, bik: self.bik.clone(), words }
    }

    pub fn ctx(&self) -> Context<'_> {
        Context { today: self.today, bik: self.bik.as_deref() }
    }
}

impl Entry {
    pub fn new(spec: FieldSpec) -> Self {
        Self {
            mask: mask_of(&spec),
            spec,
            text: String::new(),
            seen: false,
            edited: false,
            host: None,
            told: None,
            hint: String::new(),
            shown: None,
            warned: None,
            echo: String::new(),
            before: String::new(),
            kept: String::new(),
        }
    }

    pub fn describe(&mut self, spec: FieldSpec) {
        self.mask = mask_of(&spec);
        self.spec = spec;
    }

    /// Somebody else has found a fault in the text as it stands; an empty code takes it back.
    pub fn tell(&mut self, code: &str, text: &str, desk: &Desk, out: &mut Out<impl Page>) {
        self.told = if code.is_empty() { None } else { Some((code.to_owned(), text.to_owned())) };
        if self.told.is_some() || self.shown.is_some() {
            self.show(self.finding(self.look(desk), desk), out);
        }
    }

    /// Learn the present text.
    pub fn learn(&mut self, text: &str) {
        // What was found in another text is no longer true.
        if self.text != text {
            self.told = None;
        }
        text.clone_into(&mut self.text);
        self.seen = true;
    }

    pub fn is_empty(&self) -> bool {
        is_empty(&self.text)
    }

    /// What the mask makes of a press.
    pub fn turn(&self, press: &Press, page: &mut impl Page) -> Turn {
        // A text that was brought back is nobody's to tidy.
        if self.mask.is_empty() || (press.intent.is_empty() && press.text == self.kept) {
            return Turn::Native;
        }
        page.turn(self.spec.id, &self.mask, press)
    }

    /// A key cannot be taken: say why, once in a burst.
    pub fn refuse(&mut self, reason: Reason, fresh: bool, desk: &Desk, out: &mut Out<impl Page>) {
        let mut found = String::new();
        let key = match reason {
            Reason::Full => "refused.full",
            Reason::Sign(c) => {
                push(&mut found, c);
                "refused.sign"
            }
            Reason::Calendar => "refused.calendar",
        };
        let text = desk.words.say(key, &Params { found: &found, label: &self.spec.label, ..Params::default() });
        if fresh {
            out.said = text.clone();
        }
        if self.shown.is_none() {
            self.hint(text, out);
        }
    }

    /// Change a part of the text on the page.
    pub fn replace(&mut self, from: u32, to: u32, text: &str, caret: u32, out: &mut Out<impl Page>) {
        let mut new = String::new();
        // Signs of two code units never get here: no mask knows them.
        let mut at = 0;
        for c in self.text.chars() {
            if at == from {
                new.push_str(text);
            }
            if at < from || at >= to {
                push(&mut new, c);
            }
            at += 1;
        }
        if from >= at {
            new.push_str(text);
        }
        self.learn(&new);
        out.page.replace(self.spec.id, from, to, text, caret);
    }

    /// Change the whole text on the page.
    pub fn rewrite(&mut self, text: &str, out: &mut Out<impl Page>) {
        out.page.replace(self.spec.id, 0, units(&self.text), text, units(text));
        self.learn(text);
        self.edited = true;
    }

    /// The text has changed by hand: what comes whole is put into its official spelling, anything else gets its separators
    /// where `tidy` says where the caret is.
    pub fn changed(&mut self, intent: &str, tidy: Option<&Press>, desk: &Desk, out: &mut Out<impl Page>) {
        let typed = intent == "insertText" || intent.starts_with("delete");
        self.clear_chip(out);
        // While typing only the prefix of a phone is put right, once no digit can follow.
        let mut digits = 0;
        self.text.as_bytes().iter().for_each(|b| digits += u32::from(b.is_ascii_digit()));
        let whole = !typed || (self.spec.kind == Some(Kind::Phone) && digits > 10);
        if !(whole && self.repair(desk, out))
            && let Some(press) = tidy
            && let Turn::Write { from, to, text, caret } = self.turn(press, out.page)
        {
            self.replace(from, to, &text, caret, out);
        }
        self.settled(desk, out);
    }

    /// A text that stands as it is: mend what is shown beside it.
    pub fn settled(&mut self, desk: &Desk, out: &mut Out<impl Page>) {
        self.edited = true;
        if self.before == self.text {
            self.clear_chip(out);
        }
        self.warn(None, out);
        self.read_out(String::new(), out);
        self.recheck(desk, out);
    }

    /// A text has been brought back: it stays as it is.
    pub fn keep(&mut self, text: &str, desk: &Desk, out: &mut Out<impl Page>) {
        text.clone_into(&mut self.kept);
        self.settled(desk, out);
    }

    /// The text of another field comes into this one, in its official spelling at once: that is one step of undo.
    pub fn put(&mut self, text: &str, desk: &Desk, out: &mut Out<impl Page>) {
        let text = &validators::phone::unmasked(text);
        let spelt = self.rewritten().and_then(|kind| validators::repair(kind, text, &desk.ctx()));
        self.rewrite(spelt.as_ref().map_or(text, |it| &it.value), out);
        self.settled(desk, out);
    }

    /// An edited field has been left.
    pub fn leave(&mut self, desk: &Desk, mut target: Target, out: &mut Out<impl Page>) {
        if self.is_empty() {
            self.hint(String::new(), out);
            return;
        }
        // What may be another number is not rewritten.
        if target.is_none() {
            self.repair(desk, out);
        }
        let outcome = self.look(desk);
        let quiet = self.spec.late && self.shown.is_none();
        let mut finding = if quiet { None } else { self.finding(outcome, desk) };
        if let Some(finding) = &mut finding {
            finding.aim(target.take());
        }
        self.hint(String::new(), out);
        if self.show(finding, out)
            && let Some(shown) = &self.shown
        {
            out.said.clone_from(&shown.text);
        }
        self.doubt(outcome, desk, target, out);
    }

    /// Put a complete text into its official spelling; false where it stays as it is.
    fn repair(&mut self, desk: &Desk, out: &mut Out<impl Page>) -> bool {
        let Some(kind) = self.rewritten() else { return false };
        if self.text == self.kept {
            return false;
        }
        let Some(repair) = validators::repair(kind, &self.text, &desk.ctx()) else { return false };
        // A chip shows the text: a secret one is left as it is. So are the separators of a pattern.
        let patterned = !self.spec.mask.is_empty();
        if if repair.chip { self.spec.never } else { patterned } {
            return false;
        }
        let before = self.text.clone();
        self.rewrite(&repair.value, out);
        if repair.chip {
            self.tidy(out);
            let params = Params { found: &before, value: &self.text, ..Params::default() };
            let (label, spoken) = (desk.words.say("chip", &params), desk.words.say("chip.spoken", &params));
            out.page.chip(self.spec.id, &label, &spoken);
            out.said = desk.words.say("chip.said", &params);
            self.before = before;
        }
        true
    }

    /// The kind whose official spelling the field gets.
    fn rewritten(&self) -> Option<Kind> {
        self.spec.kind.filter(|kind| self.spec.mask != "off" && is_rewritten(*kind))
    }

    /// Put separators where the mask has them.
    pub fn tidy(&mut self, out: &mut Out<impl Page>) {
        let end = units(&self.text);
        let turn = self.turn(&Press { text: &self.text, from: end, to: end, ..Press::default() }, out.page);
        if let Turn::Write { from, to, text, caret } = turn {
            self.replace(from, to, &text, caret, out);
        }
    }

    fn clear_chip(&mut self, out: &mut Out<impl Page>) {
        if !std::mem::take(&mut self.before).is_empty() {
            out.page.chip(self.spec.id, "", "");
        }
    }

    fn look(&self, desk: &Desk) -> Outcome {
        match self.spec.kind {
            Some(kind) if !self.is_empty() => validators::look(kind, &self.text, &desk.ctx()),
            _ => Outcome::Complete(None),
        }
    }

    /// Something was changed by hand: take away what is mended, praise progress, stay silent otherwise.
    fn recheck(&mut self, desk: &Desk, out: &mut Out<impl Page>) {
        let outcome = self.look(desk);
        // Of an e-mail: its domain is not whole yet, or there is only the name of the mailbox.
        let missing = match outcome {
            Outcome::Partial(missing) => missing,
            Outcome::Fault(Flaw { name: Name::Domain, .. }) => 1,
            Outcome::Fault(Flaw { name: Name::At, place: Place::Whole, .. }) => 5,
            _ => 0,
        };
        let progress = if missing > 0 { desk.words.progress(self.kind(), missing) } else { String::new() };
        let empty = self.is_empty();
        if let Some(Note { code, text, .. }) = self.shown.as_ref() {
            let stays = match outcome {
                _ if empty => code == REQUIRED,
                Outcome::Partial(_) => code.ends_with(".length"),
                Outcome::Fault(_) => true,
                Outcome::Complete(_) => code == HOST || self.told.is_some(),
            };
            if !stays || !empty {
                let mut next = if stays { self.finding(outcome, desk) } else { None };
                // What is missing is counted on; any other fault has its words when the field is left.
                if let (Some(next), Outcome::Fault(_)) = (&mut next, outcome) {
                    (next.code, next.text) = (code.clone(), text.clone());
                }
                let mended = next.is_none() && progress.is_empty() && !empty;
                self.show(next, out);
                if mended {
                    out.said = self.say("mended", desk);
                }
            }
        }
        self.hint(if self.shown.is_some() { String::new() } else { progress }, out);
    }

    /// What stands against a text of this outcome.
    fn finding(&self, outcome: Outcome, desk: &Desk) -> Option<Note> {
        let Some(kind) = self.spec.kind else { return self.host_finding() };
        let label = &self.spec.label;
        let bare;
        let words = if self.spec.hinted {
            bare = desk.words.without_example();
            &bare
        } else {
            desk.words
        };
        let (code, text, fixes) = match outcome {
            Outcome::Complete(_) => return self.host_finding(),
            Outcome::Partial(missing) => {
                let fixes = validators::completed(kind, &self.text, &desk.ctx());
                (join(&[kind.name(), ".length"]), words.partial(label, kind.name(), missing), fixes)
            }
            Outcome::Fault(flaw) => {
                let fault = validators::fault(kind, &self.text, &desk.ctx(), &flaw);
                let text = words.fault(label, &fault);
                (fault.code, text, fault.fixes)
            }
        };
        let mut offers = Vec::new();
        // A fix that was taken back is not offered again.
        for fix in &fixes {
            if !self.spec.never && self.text != self.kept && offers.len() < MOST_OFFERS {
                offers.push(Offer { label: desk.words.fix(fix), value: fix.value.clone() });
            }
        }
        Some(Note { code, text, offers, target: None })
    }

    /// Text after the press of an offer, and the field that gets the present text instead.
    pub fn offered(&self, place: usize) -> Option<(String, Option<u32>)> {
        let shown = self.shown.as_ref().or(self.warned.as_ref())?;
        let offer = shown.offers.get(place)?;
        Some((offer.value.clone(), shown.target.filter(|_| place + 1 == shown.offers.len())))
    }

    pub fn finding_at_submit(&self, desk: &Desk) -> Option<Note> {
        if self.is_empty() && self.spec.required {
            return Some(Note { code: REQUIRED.into(), text: self.say("required", desk), ..Note::default() });
        }
        self.finding(self.look(desk), desk)
    }

    fn host_finding(&self) -> Option<Note> {
        let (code, text) = match (&self.told, &self.host) {
            (Some((code, text)), _) => (code.as_str(), text),
            (None, Some(text)) => (HOST, text),
            _ => return None,
        };
        Some(Note { code: code.to_owned(), text: text.to_owned(), ..Note::default() })
    }

    /// A complete text: what is doubtful about it, and how it reads.
    fn doubt(&mut self, outcome: Outcome, desk: &Desk, target: Target, out: &mut Out<impl Page>) {
        let Some(kind) = self.spec.kind.filter(|_| self.shown.is_none()) else { return };
        let Outcome::Complete(doubt) = outcome else { return };
        let mut warning: Option<Note> = None;
        if let Some(name) = doubt {
            let name = if target.is_some() { Name::Other } else { name };
            let text = desk.words.doubt(&self.spec.label, kind.name(), name.as_str());
            let mut offers = Vec::new();
            if let Some(value) = validators::suggestion(kind, &self.text) {
                let label = desk.words.say("fix", &Params { value: &value, ..Params::default() });
                offers.push(Offer { label, value });
            }
            if !text.is_empty() {
                let mut note = Note { code: join(&[kind.name(), ".", name.as_str()]), text, offers, target: None };
                note.aim(target);
                warning = Some(note);
            }
        }
        if let Some(warning) = &warning
            && self.warned.as_ref() != Some(warning)
        {
            out.said = warning.text.clone();
        }
        self.warn(warning, out);
        if !self.spec.never {
            let value = validators::value(kind, &self.text, &desk.ctx());
            self.read_out(say::echo(kind, &value, desk.words), out);
        }
    }

    fn warn(&mut self, next: Option<Note>, out: &mut Out<impl Page>) {
        if self.warned != next {
            self.warned = next;
            let (code, text) = put_up(&self.warned, out.page);
            out.page.warn(self.spec.id, code, text);
        }
    }

    fn read_out(&mut self, text: String, out: &mut Out<impl Page>) {
        if self.echo != text {
            self.echo = text;
            out.page.echo(self.spec.id, &self.echo);
        }
    }

    fn say(&self, key: &str, desk: &Desk) -> String {
        desk.words.say(key, &Params { label: &self.spec.label, ..Params::default() })
    }

    fn kind(&self) -> &'static str {
        self.spec.kind.map_or("text", Kind::name)
    }

    /// Bring the error on the page to `next`; true where a new error was put up.
    pub fn show(&mut self, next: Option<Note>, out: &mut Out<impl Page>) -> bool {
        if self.shown == next {
            return false;
        }
        if next.is_some() {
            self.hint(String::new(), out);
            self.warn(None, out);
        }
        self.shown = next;
        out.changed = true;
        let (code, text) = put_up(&self.shown, out.page);
        out.page.error(self.spec.id, code, text);
        self.shown.is_some()
    }

    fn hint(&mut self, text: String, out: &mut Out<impl Page>) {
        if self.hint != text {
            self.hint = text;
            out.page.hint(self.spec.id, &self.hint);
        }
    }

    /// Forget the text and everything that stands beside it.
    pub fn clear(&mut self, out: &mut Out<impl Page>) {
        self.hint(String::new(), out);
        self.clear_chip(out);
        self.warn(None, out);
        self.read_out(String::new(), out);
        self.show(None, out);
        (self.edited, self.seen) = (false, false);
        (self.host, self.told) = (None, None);
        self.text.clear();
        self.kept.clear();
    }

    pub fn state(&self, desk: &Desk) -> State {
        // An empty field that nobody has touched or sent is no error yet.
        let untouched = !self.edited && self.shown.is_none() && self.is_empty();
        let code = if untouched { None } else { self.finding_at_submit(desk).map(|s| s.code) };
        let (length_class, shape) = if self.spec.never {
            // One answer for every text: not even its length may be read from it.
            ("medium", privacy::FIXED_MASK.to_owned())
        } else {
            (privacy::length_class(&self.text), privacy::shape(&self.text))
        };
        State { id: self.spec.id, kind: self.kind(), code, length_class, shape }
    }
}

/// The mask of a field; empty for none.
fn mask_of(spec: &FieldSpec) -> String {
    match spec.mask.as_str() {
        "" => spec.kind.map(mask::of).unwrap_or_default(),
        "off" => String::new(),
        pattern => join(&[if spec.kind == Some(Kind::Phone) { mask::LOOSE } else { mask::PATTERN }, pattern]),
    }
}

/// Hand over the offers of a note; its code and its text, both empty for none.
fn put_up<'a>(note: &'a Option<Note>, page: &mut impl Page) -> (&'a str, &'a str) {
    let Some(Note { code, text, offers, .. }) = note else { return ("", "") };
    offers.iter().for_each(|it| page.offer(&it.label, &it.value));
    (code, text)
}

/// Kinds with one official spelling. Names, sums, addresses and free text stand as they were written.
fn is_rewritten(kind: Kind) -> bool {
    kind.spellings().is_some()
        || kind == Kind::Phone
        || kind.name().ends_with("date")
        || kind.name().ends_with("certificate")
        || kind == Kind::Cadastral
}

fn units(text: &str) -> u32 {
    width(&chars(text))
}
