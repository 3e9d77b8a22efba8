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

use crate::page::{self, Of, Shown, number, read};

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
    /// The form is being sent; with a field, its errors are only said anew.
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

/// In the order of `whats.js`: the page passes the place in this list.
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

/// Begin with the words and the day of the page.
#[wasm_bindgen]
pub fn begin() {
    let words = Words::new(&read(0, Of::Speech));
    for key in &UI {
        page::show(Shown::Word, 0, &words.say(key, &Params { value: "{}", ..Params::default() }), "");
    }
    let today = day(number(0, Of::Today));
    put(Box::new(Checks { today, words, forms: Vec::new(), sent: Vec::new() }));
}

/// `LocalKey::set` brings code for a first time of its own.
fn put(checks: Box<Checks>) {
    CHECKS.with(|it| it.set(Some(checks)));
}

#[wasm_bindgen]
pub fn end() {
    CHECKS.take();
}

/// Tell the session of a form and show what it asks for; true where a submit or a key has to stop. `field` is 0 for a whole form.
#[wasm_bindgen]
pub fn tell(what: usize, form: u32, field: u32) -> bool {
    let Some(&what) = WHATS.get(what) else { return false };
    let Some(mut checks) = CHECKS.take() else { return false };
    let stop = checks.tell(what, form, field);
    put(checks);
    stop
}

impl Checks {
    fn tell(&mut self, what: What, form: u32, field: u32) -> bool {
        let at = self.forms.iter().position(|(number, _)| *number == form);
        if what == What::Drop {
            if let Some(at) = at {
                self.forms.swap_remove(at);
            }
            return false;
        }
        let last = self.forms.len();
        if at.is_none() {
            self.forms.push((form, Session::new(self.today, self.words.clone())));
        }
        let Some((_, session)) = self.forms.get_mut(at.unwrap_or(last)) else { return false };
        let page = &mut Shower { form, words: &self.words };
        let text = read(field, Of::Text);
        let (data, intent) = (read(field, Of::Data), read(field, Of::Intent));
        let (from, to) = (number(field, Of::From), number(field, Of::To));
        let press = Press { text: &text, from, to, data: &data, intent: &intent };
        if matches!(what, What::Input | What::Leave | What::Send) {
            session.host_error(field, Some(read(field, Of::Complaint)).filter(|text| !text.is_empty()));
        }
        match what {
            What::Add => {
                let spec = spec(field);
                let digits = spec.kind.is_some_and(Kind::is_numeric);
                page::show(Shown::Suggest, field, if digits { "1" } else { "" }, "");
                session.add_field(spec);
                session.observe(field, &text);
            }
            What::Remove => session.remove(page, field),
            What::Observe => session.observe(field, &text),
            What::Input => session.changed(page, field, &press),
            What::Before => return session.before(page, field, &press, number(field, Of::Now)),
            What::Undone => session.undone(page, field, &text),
            What::Press => {
                // The chip has no place among the offers: it is 0.
                session.press(page, field, (number(field, Of::Pressed) as usize).checked_sub(1));
            }
            What::Told => session.told(page, field, &read(field, Of::ToldCode), &read(field, Of::ToldText)),
            What::Refused => session.refused(page),
            What::Leave => session.blur(page, field, &text),
            What::Send => {
                session.observe(field, &text);
                self.sent.push(field);
            }
            What::Submit => return session.submit_observed(page, &std::mem::take(&mut self.sent), field == 0),
            What::Reset => session.reset(page),
            What::State => {
                for it in session.states() {
                    page::show(Shown::Measure, 0, it.kind, it.length_class);
                    page::show(Shown::State, it.id, it.code.as_deref().unwrap_or_default(), &it.shape);
                }
            }
            What::Drop => {}
        }
        false
    }
}

fn spec(field: u32) -> FieldSpec {
    FieldSpec {
        id: field,
        label: read(field, Of::Label),
        kind: Kind::named(&read(field, Of::Kind)),
        required: number(field, Of::Required) > 0,
        never: number(field, Of::Never) > 0,
        hinted: number(field, Of::Hinted) > 0,
        late: number(field, Of::Late) > 0,
        mask: read(field, Of::Mask),
        words: Some(read(field, Of::Words)).filter(|it| !it.is_empty()).map(|it| Words::new(&it)),
    }
}

/// The day of a number such as 20261231.
fn day(number: u32) -> Day {
    Day { year: (number / 10_000) as u16, month: (number / 100 % 100) as u8, day: (number % 100) as u8 }
}

/// The page's own scripts, for a form.
struct Shower<'a> {
    form: u32,
    words: &'a Words,
}

impl Page for Shower<'_> {
    /// What is pressed stands in the field.
    fn turn(&mut self, id: u32, mask: &str, press: &Press) -> Turn {
        page::show(Shown::Turn, id, mask, if press.intent.is_empty() { "1" } else { "" });
        let places = [number(0, Of::Start), number(0, Of::End), number(0, Of::Caret)];
        Turn::made(number(0, Of::Turn) as u8, places, read(0, Of::Put))
    }

    fn hint(&mut self, id: u32, text: &str) {
        page::show(Shown::Hint, id, text, "");
    }

    fn offer(&mut self, label: &str, value: &str) {
        page::show(Shown::Offer, 0, label, value);
    }

    fn error(&mut self, id: u32, code: &str, text: &str) {
        page::show(Shown::Error, id, code, text);
    }

    fn warn(&mut self, id: u32, code: &str, text: &str) {
        page::show(Shown::Warn, id, code, text);
    }

    fn replace(&mut self, id: u32, from: u32, to: u32, text: &str, caret: u32) {
        page::replace(id, from, to, text, caret);
    }

    fn chip(&mut self, id: u32, label: &str, spoken: &str) {
        page::show(Shown::Chip, id, label, spoken);
    }

    fn echo(&mut self, id: u32, text: &str) {
        page::show(Shown::Echo, id, text, "");
    }

    fn item(&mut self, id: u32, text: &str) {
        page::show(Shown::Item, id, text, "");
    }

    fn summary(&mut self, count: u32, fresh: bool) {
        let head = self.words.say("ui.summary", &Params { n: count, ..Params::default() });
        let head = if count > 0 { head.as_str() } else { "" };
        page::show(Shown::Summary, self.form, head, if fresh { "1" } else { "" });
    }

    fn announce(&mut self, text: &str) {
        page::show(Shown::Announce, self.form, text, "");
    }
}
