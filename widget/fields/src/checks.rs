//! The sessions of the forms under our care, and what each event of the page does to them.
//!
//! Forms and fields are numbers of `forms.js`, which calls [`tell`] by the exports of the module.

use std::cell::Cell;

use podskazka::form::mask::{Press, Turn};
use podskazka::form::{FieldSpec, Page, Session};
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
    /// The portal's server, or a rule between fields, has found a fault in the field, or takes it back.
    Told,
    /// The portal has sent the form back.
    Refused,
}

/// In the order of `forms.js`, which passes the place in this list.
const WHATS: [What; 15] = [
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
    What::Told,
    What::Refused,
];

struct Checks {
    today: Day,
    words: Words,
    forms: Vec<(u32, Session)>,
    /// Fields of the submit that is coming.
    sent: Vec<u32>,
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
    let stop = checks.tell(what, form, field);
    CHECKS.set(Some(checks));
    stop
}

impl Checks {
    fn tell(&mut self, what: What, form: u32, field: u32) -> bool {
        if what == What::Drop {
            if let Some(at) = self.forms.iter().position(|(number, _)| *number == form) {
                self.forms.swap_remove(at);
            }
            return false;
        }
        if !self.forms.iter().any(|(number, _)| *number == form) {
            self.forms.push((form, Session::new(self.today, self.words.clone())));
        }
        let Some((_, session)) = self.forms.iter_mut().find(|(number, _)| *number == form) else { return false };
        let page = &mut Shower { form, words: &self.words };
        let text = read(field, "text");
        let (data, intent) = (read(field, "data"), read(field, "intent"));
        let (from, to) = (number(field, "from"), number(field, "to"));
        let press = Press { text: &text, from, to, data: &data, intent: &intent };
        if matches!(what, What::Input | What::Leave | What::Send) {
            session.host_error(field, Some(read(field, "complaint")).filter(|text| !text.is_empty()));
        }
        match what {
            What::Add => {
                let spec = spec(field);
                page::suggest(field, spec.kind.is_some_and(Kind::is_numeric));
                session.add_field(spec);
                session.observe(field, &text);
            }
            What::Remove => session.remove(page, field),
            What::Observe => session.observe(field, &text),
            What::Input => session.changed(page, field, &press),
            What::Before => return session.before(page, field, &press, number(field, "now")),
            What::Undone => session.undone(page, field, &text),
            What::Press => {
                // The chip has no place among the offers.
                let place = Some(number(field, "pressed") as usize).filter(|_| read(field, "pressed") != "chip");
                session.press(page, field, place);
            }
            What::Told => session.told(page, field, &read(field, "toldCode"), &read(field, "toldText")),
            What::Refused => session.refused(page),
            What::Leave => session.blur(page, field, &text),
            What::Send => {
                session.observe(field, &text);
                self.sent.push(field);
            }
            What::Submit => return session.submit_observed(page, &std::mem::take(&mut self.sent)),
            What::Reset => session.reset(page),
            What::State => {
                for it in session.snapshot() {
                    let code = it.code.as_deref().unwrap_or_default();
                    page::state(&it.name, &it.label, &it.kind, code, &it.length_class, &it.shape);
                }
            }
            What::Drop => {}
        }
        false
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
        hinted: is("hinted"),
        mask: read(field, "mask"),
        words: Some(read(field, "words")).filter(|it| !it.is_empty()).map(|it| Words::new(&it)),
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

/// The page's own scripts, for a form.
struct Shower<'a> {
    form: u32,
    words: &'a Words,
}

impl Page for Shower<'_> {
    fn turn(&mut self, mask: &str, press: &Press) -> Turn {
        Turn::read(&page::turn(mask, press.text, press.from, press.to, press.data, press.intent))
    }

    fn hint(&mut self, id: u32, text: &str) {
        page::hint(id, text);
    }

    fn offer(&mut self, label: &str, value: &str) {
        page::offer(label, value);
    }

    fn error(&mut self, id: u32, code: &str, text: &str) {
        page::error(id, code, text);
    }

    fn warn(&mut self, id: u32, code: &str, text: &str) {
        page::warn(id, code, text);
    }

    fn replace(&mut self, id: u32, from: u32, to: u32, text: &str, caret: u32) {
        page::replace(id, from, to, text, caret);
    }

    fn chip(&mut self, id: u32, label: &str, spoken: &str) {
        page::chip(id, label, spoken);
    }

    fn echo(&mut self, id: u32, text: &str) {
        page::echo(id, text);
    }

    fn item(&mut self, id: u32, text: &str) {
        page::item(id, text);
    }

    fn summary(&mut self, count: u32, fresh: bool) {
        let head = self.words.say("ui.summary", &Params { n: count, ..Params::default() });
        page::summary(self.form, if count > 0 { &head } else { "" }, fresh);
    }

    fn announce(&mut self, text: &str) {
        page::announce(self.form, text);
    }
}
