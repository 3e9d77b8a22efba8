//! The sessions of the forms under our care, and what each event of the page does to them.
//!
//! Forms and fields are numbers of `forms.js`, which calls [`tell`] by the exports of the module.

use std::cell::Cell;

use podskazka::form::{Effect, FieldSpec, Session};
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
}

/// In the order of `forms.js`, which passes the place in this list.
const WHATS: [What; 10] = [
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

/// Tell the session of a form and show what it asks for; true where a submit has to stop. `field` is 0 for a whole form.
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
                let spec = spec(field);
                page::suggest(field, spec.kind.is_some_and(Kind::is_numeric));
                session.add_field(spec);
            }
            What::Remove => return session.remove(field),
            What::Observe => session.observe(field, &text),
            What::Input => {
                session.host_error(field, complaint);
                return session.input(field, &text);
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
    }
}

fn show(form: u32, words: &Words, effects: &[Effect], fresh: bool) -> bool {
    let mut stop = false;
    for effect in effects {
        match effect {
            Effect::Hint { id, text } => page::hint(*id, text),
            Effect::ClearHint { id } => page::hint(*id, ""),
            Effect::Error { id, code, text, fixes } => {
                for (label, value) in fixes {
                    page::offer(label, value);
                }
                page::error(*id, code, text);
            }
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
