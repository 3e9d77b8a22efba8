//! The sessions of the forms under our care, and what each event of the page does to them.
//!
//! Forms and fields are numbers of `forms.js`, which calls [`tell`] by the exports of the module.

use std::cell::Cell;

use podskazka::form::mask::Press;
use podskazka::form::{Effect, FieldSpec, Offer, Session};
use podskazka::messages::{Params, Words};
use podskazka::validators::Kind;
use podskazka::verdict::Day;
use wasm_bindgen::prelude::*;

use crate::page::{self, read};

/// The fixed words of the page. `{}` stands for a value of the page.
const UI: [&str; 5] = ["ui.error", "ui.why", "ui.send", "ui.now", "ui.then"];

/// What happens on the page.
#[derive(Clone, Copy, PartialEq)]
enum What {
    /// A field has come under our care; the first one opens its form.
    Add,
    /// The field has left the page.
    Remove,
    /// The form has left the page.
    Drop,
    /// The text has changed.
    Input,
    /// The field has been left.
    Leave,
    /// The field takes part in the submit that is coming.
    Send,
    /// The form is being sent.
    Submit,
    /// The form is being emptied.
    Reset,
    /// The text may have changed unseen.
    Observe,
    /// The state of the fields is asked for.
    State,
    /// Something is about to be typed, deleted or pasted.
    Before,
    /// The text has come back by undo or redo.
    Undone,
    /// A button beside the field has been pressed.
    Press,
}

/// In the order of `forms.js`, which passes the place in this list.
const WHATS: [What; 13] = [
    What::Add,
    What::Remove,
    What::Drop,
    What::Input,
    What::Leave,
    What::Send,
    What::Submit,
    What::Reset,
    What::Observe,
    What::State,
    What::Before,
    What::Undone,
    What::Press,
];

struct Checks {
    today: Day,
    words: Words,
    forms: Vec<(u32, Session)>,
    /// Fields of the submit that is coming, with their texts.
    sent: Vec<(u32, String)>,
}

thread_local! {
    static CHECKS: Cell<Option<Box<Checks>>> = const { Cell::new(None) };
}

pub fn begin(words: &str, today: Day) {
    let words = Words::new(words);
    for key in UI {
        page::word(&words.say(key, &Params { value: "{}", ..Params::default() }));
    }
    CHECKS.set(Some(Box::new(Checks { today, words, forms: Vec::new(), sent: Vec::new() })));
}

pub fn end() {
    CHECKS.take();
}

/// Tell the session of a form and show what it asks for; true where a submit or a key has to stop. `field` is 0 for a whole form.
#[wasm_bindgen]
pub fn tell(what: usize, form: u32, field: u32) -> bool {
    let Some(&what) = WHATS.get(what) else { return false };
    let Some(mut checks) = CHECKS.take() else { return false };
    let effects = checks.tell(what, form, field);
    let stop = show(form, &checks.words, &effects, what == What::Submit);
    CHECKS.set(Some(checks));
    stop
}

impl Checks {
    fn tell(&mut self, what: What, form: u32, field: u32) -> Vec<Effect> {
        if what == What::Drop {
            self.forms.retain(|(number, _)| *number != form);
            return Vec::new();
        }
        if !self.forms.iter().any(|(number, _)| *number == form) {
            self.forms.push((form, Session::new(self.today, self.words.clone())));
        }
        let Some((_, session)) = self.forms.iter_mut().find(|(number, _)| *number == form) else { return Vec::new() };
        let text = read(field, "text");
        let complaint = Some(read(field, "complaint")).filter(|text| !text.is_empty());
        match what {
            What::Add => {
                session.add_field(spec(field));
                session.observe(field, &text);
            }
            What::Remove => {
                session.remove(field);
            }
            What::Observe => session.observe(field, &text),
            What::Input => {
                session.host_error(field, complaint);
                let (from, to, intent) = (number(field, "from"), number(field, "to"), read(field, "intent"));
                return session.changed(field, &Press { text: &text, from, to, data: "", intent: &intent });
            }
            What::Before => {
                let (from, to, intent) = (number(field, "from"), number(field, "to"), read(field, "intent"));
                let data = read(field, "data");
                let press = Press { text: &text, from, to, data: &data, intent: &intent };
                return session.before(field, &press, number(field, "now"));
            }
            What::Undone => return session.undone(field, &text),
            What::Press => {
                // The chip has no place among the offers.
                let place = Some(number(field, "pressed") as usize).filter(|_| read(field, "pressed") != "chip");
                return session.press(field, place);
            }
            What::Leave => {
                session.host_error(field, complaint);
                return session.blur(field, &text);
            }
            What::Send => {
                session.host_error(field, complaint);
                self.sent.push((field, text));
            }
            What::Submit => {
                let sent = std::mem::take(&mut self.sent);
                let texts: Vec<(u32, &str)> = sent.iter().map(|(field, text)| (*field, text.as_str())).collect();
                return session.submit(&texts);
            }
            What::Reset => return session.reset(),
            What::State => {
                for it in session.snapshot() {
                    let code = it.code.as_deref().unwrap_or_default();
                    page::state(&it.name, &it.label, &it.kind, code, &it.length_class, &it.shape);
                }
            }
            What::Drop => {}
        }
        Vec::new()
    }
}

fn spec(field: u32) -> FieldSpec {
    let is = |what: &str| !read(field, what).is_empty();
    FieldSpec {
        id: field,
        name: read(field, "name"),
        label: read(field, "label"),
        kind: Kind::parse(&read(field, "kind")),
        required: is("required"),
        never: is("never"),
        mask: read(field, "mask"),
    }
}

/// A property that is a number; 0 for what is none.
fn number(field: u32, what: &str) -> u32 {
    let mut out = 0u32;
    for byte in read(field, what).bytes().filter(u8::is_ascii_digit) {
        out = out.wrapping_mul(10).wrapping_add(u32::from(byte - b'0'));
    }
    out
}

fn offer(offers: &[Offer]) {
    for it in offers {
        page::offer(&it.label, &it.value);
    }
}

fn show(form: u32, words: &Words, effects: &[Effect], fresh: bool) -> bool {
    let mut stop = false;
    for effect in effects {
        match effect {
            Effect::Hint { id, text } => page::hint(*id, text),
            Effect::ClearHint { id } => page::hint(*id, ""),
            Effect::Error { id, note } => {
                offer(&note.offers);
                page::error(*id, &note.code, &note.text);
            }
            Effect::Warn { id, note: Some(note) } => {
                offer(&note.offers);
                page::warn(*id, &note.code, &note.text);
            }
            Effect::Warn { id, note: None } => page::warn(*id, "", ""),
            Effect::Replace { id, from, to, text, caret } => page::replace(*id, *from, *to, text, *caret),
            Effect::Chip { id, label, spoken } => page::chip(*id, label, spoken),
            Effect::Echo { id, text } => page::echo(*id, text),
            Effect::ClearError { id } => page::error(*id, "", ""),
            Effect::Summary(items) => {
                for (id, text) in items {
                    page::item(*id, text);
                }
                let count = Params { n: items.len() as u32, ..Params::default() };
                page::summary(form, &words.say("ui.summary", &count), fresh);
            }
            Effect::ClearSummary => page::summary(form, "", false),
            Effect::Announce(text) => page::announce(form, text),
            Effect::Block => stop = true,
            Effect::Allow => {}
        }
    }
    stop
}
