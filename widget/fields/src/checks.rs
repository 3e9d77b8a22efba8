//! The sessions of the forms under our care, and what each event of the page does to them.
//!
//! Forms and fields are numbers of `page.js`, which calls the functions here by the exports of the module.

use std::cell::Cell;

use podskazka::form::{Effect, FieldSpec, Session};
use podskazka::messages::{Params, Words};
use podskazka::validators::Kind;
use podskazka::verdict::Day;
use wasm_bindgen::prelude::*;

use crate::page;

/// The fixed words of the page. `{}` stands for a value of the page.
const UI: [&str; 5] = ["ui.error", "ui.why", "ui.send", "ui.now", "ui.then"];

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

/// A field has come under our care; the first one opens its form.
#[wasm_bindgen]
pub fn add(form: u32, field: u32) {
    with(form, |_, session| {
        session.add_field(FieldSpec {
            id: field,
            name: page::read(field, "name"),
            label: page::read(field, "label"),
            kind: Kind::parse(&page::read(field, "kind")),
            required: is(field, "required"),
            never: is(field, "never"),
        });
        Vec::new()
    });
}

/// The field has left the page.
#[wasm_bindgen]
pub fn remove(form: u32, field: u32) {
    with(form, |_, session| {
        session.remove(field);
        Vec::new()
    });
}

/// The form has left the page.
#[wasm_bindgen]
pub fn drop_form(form: u32) {
    if let Some(mut checks) = CHECKS.take() {
        checks.forms.retain(|(number, _)| *number != form);
        CHECKS.set(Some(checks));
    }
}

/// The text has changed.
#[wasm_bindgen]
pub fn input(form: u32, field: u32) {
    with(form, |_, session| {
        let text = take(session, field);
        session.input(field, &text)
    });
}

/// The field has been left.
#[wasm_bindgen]
pub fn leave(form: u32, field: u32) {
    with(form, |_, session| {
        let text = take(session, field);
        session.blur(field, &text)
    });
}

/// The field takes part in the submit that is coming.
#[wasm_bindgen]
pub fn send(form: u32, field: u32) {
    with(form, |sent, session| {
        sent.push((field, take(session, field)));
        Vec::new()
    });
}

/// The form is being sent; true where it has to stop.
#[wasm_bindgen]
pub fn submit(form: u32) -> bool {
    with(form, |sent, session| {
        let sent = std::mem::take(sent);
        let texts: Vec<(u32, &str)> = sent.iter().map(|(field, text)| (*field, text.as_str())).collect();
        session.submit(&texts)
    })
}

/// The form is being emptied.
#[wasm_bindgen]
pub fn reset(form: u32) {
    with(form, |_, session| session.reset());
}

/// Learn the present text.
#[wasm_bindgen]
pub fn observe(form: u32, field: u32) {
    with(form, |_, session| {
        session.observe(field, &page::read(field, "text"));
        Vec::new()
    });
}

/// Hand the state of every field to the page.
#[wasm_bindgen]
pub fn states(form: u32) {
    with(form, |_, session| {
        for it in session.snapshot() {
            let code = it.code.as_deref().unwrap_or_default();
            page::state(&it.name, &it.label, &it.kind, code, &it.length_class, &it.shape);
        }
        Vec::new()
    });
}

/// Act on a session and show what it asks for; true where a submit has to stop.
fn with(form: u32, act: impl FnOnce(&mut Vec<(u32, String)>, &mut Session) -> Vec<Effect>) -> bool {
    let Some(mut checks) = CHECKS.take() else { return false };
    let Checks { today, words, forms, sent } = &mut *checks;
    if !forms.iter().any(|(number, _)| *number == form) {
        forms.push((form, Session::new(*today, words.clone())));
    }
    let mut stop = false;
    if let Some((_, session)) = forms.iter_mut().find(|(number, _)| *number == form) {
        let effects = act(sent, session);
        stop = effects.contains(&Effect::Block);
        show(form, words, &effects, stop);
    }
    CHECKS.set(Some(checks));
    stop
}

fn show(form: u32, words: &Words, effects: &[Effect], stop: bool) {
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
                page::summary(form, &words.say("ui.summary", &count), stop);
            }
            Effect::ClearSummary => page::summary(form, "", false),
            Effect::Announce(text) => page::announce(form, text),
            Effect::Block | Effect::Allow => {}
        }
    }
}

/// The text of a field, with what the page's own rules say of it told to the session.
fn take(session: &mut Session, field: u32) -> String {
    let complaint = page::read(field, "complaint");
    session.host_error(field, Some(complaint).filter(|text| !text.is_empty()));
    page::read(field, "text")
}

fn is(field: u32, what: &str) -> bool {
    !page::read(field, what).is_empty()
}
