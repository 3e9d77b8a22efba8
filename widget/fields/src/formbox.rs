//! One form of the page: its session, its fields, its summary.

use js_sys::{Array, Object};
use podskazka::form::{Effect, Session};
use podskazka::messages::{Params, Words};
use podskazka::verdict::Day;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::app::{Later, fields_of, live_region};
use crate::dom::{self, button, document, make, put, put_value, restore, set};
use crate::field::Field;

const NOVALIDATE: &str = "novalidate";

pub struct FormBox {
    /// `None` holds the marked fields outside of every marked form.
    pub el: Option<Element>,
    /// Number in the ids of the page.
    pub number: u32,
    /// The page's name of the form.
    pub name: String,
    pub session: Session,
    words: Words,
    pub fields: Vec<Field>,
    pub submitter: Option<Element>,
    novalidate: Option<String>,
    summary: Option<Element>,
    live: Option<Element>,
}

impl FormBox {
    pub fn new(el: Option<Element>, today: Day, words: Words) -> Self {
        let name = el.as_ref().and_then(|f| f.get_attribute("data-podskazka-form")).unwrap_or_default();
        let novalidate = el.as_ref().and_then(|f| f.get_attribute(NOVALIDATE));
        if let Some(form) = &el {
            set(form, NOVALIDATE, "");
        }
        let place = el.clone().or_else(|| document()?.body().map(Into::into));
        let live = place.and_then(|p| live_region(&p));
        let session = Session::new(today, words.clone());
        Self {
            el,
            number: 0,
            name,
            session,
            words,
            fields: Vec::new(),
            submitter: None,
            novalidate,
            summary: None,
            live,
        }
    }

    /// Take in new fields, let go of those that have left the page.
    pub fn rescan(&mut self, next_id: &mut u32) {
        if self.number == 0 {
            self.number = *next_id;
            *next_id += 1;
        }
        for field in self.fields.iter_mut().filter(|f| !f.el.is_connected()) {
            field.release();
            self.session.remove(field.id);
        }
        self.fields.retain(|f| f.el.is_connected());
        for el in self.el.as_ref().map(fields_of).unwrap_or_default() {
            self.take_in(&el, next_id);
        }
    }

    /// Index of the field of an element.
    pub fn take_in(&mut self, el: &Element, next_id: &mut u32) -> Option<usize> {
        if let Some(at) = self.fields.iter().position(|f| f.owns(el)) {
            return Some(at);
        }
        let scope = self.el.clone().or_else(|| document()?.document_element())?;
        let (field, spec) = Field::new(*next_id, el.clone(), &scope);
        *next_id += 1;
        self.session.add_field(spec);
        self.fields.push(field);
        Some(self.fields.len() - 1)
    }

    /// Id, text and the page's own complaint of a field.
    pub fn read(&self, index: usize) -> Option<(u32, String, Option<String>)> {
        let field = self.fields.get(index)?;
        // A form that had switched its own rules off keeps them off.
        let host = if self.el.is_some() && self.novalidate.is_none() { field.complaint() } else { None };
        Some((field.id, field.text(), host))
    }

    /// Texts of the fields that take part in a submit.
    pub fn texts(&mut self) -> Vec<(u32, String)> {
        let mut out = Vec::new();
        for index in 0..self.fields.len() {
            if self.fields.get(index).is_some_and(Field::disabled) {
                continue;
            }
            if let Some((id, text, host)) = self.read(index) {
                self.session.host_error(id, host);
                out.push((id, text));
            }
        }
        out
    }

    /// Tell the session what stands in the fields now.
    pub fn observe(&mut self) {
        for field in &self.fields {
            self.session.observe(field.id, &field.text());
        }
    }

    /// Show what the session asks for; true where the submit has to stop.
    /// `submit` is `None` outside of a submit, else whether sending anyway is on offer.
    pub fn apply(&mut self, effects: Vec<Effect>, submit: Option<bool>, later: &mut Vec<Later>) -> bool {
        let mut blocked = false;
        for effect in effects {
            match effect {
                Effect::Hint { id, text } => self.with(id, |f| f.show_hint(&text)),
                Effect::ClearHint { id } => self.with(id, Field::clear_hint),
                Effect::Error { id, code, text, fixes } => {
                    let words = self.words.clone();
                    let form = self.name.clone();
                    self.with(id, |f| {
                        f.show_error(&words, &code, &text, fixes);
                        later.push(Later::Fire(f.el.clone(), "podskazka:invalid", f.detail(&form, &code)));
                    });
                }
                Effect::ClearError { id } => {
                    let form = self.name.clone();
                    self.with(id, |f| {
                        let code = f.code.clone().unwrap_or_default();
                        f.clear_error();
                        later.push(Later::Fire(f.el.clone(), "podskazka:valid", f.detail(&form, &code)));
                    });
                }
                Effect::Summary(items) => {
                    self.show_summary(&items, submit);
                    if submit.is_some()
                        && let Some(summary) = &self.summary
                    {
                        later.push(Later::Focus(summary.clone()));
                    }
                }
                Effect::ClearSummary => self.clear_summary(),
                Effect::Announce(text) => {
                    if let Some(live) = &self.live {
                        live.set_text_content(Some(&text));
                    }
                }
                Effect::Block => blocked = true,
                Effect::Allow => {}
            }
        }
        blocked
    }

    /// Give the form to the browser without our check.
    pub fn send_anyway(&self) -> Vec<Later> {
        let Some(form) = self.el.clone() else { return Vec::new() };
        let codes: Array = self.session.codes().iter().map(|c| JsValue::from_str(c)).collect();
        let detail = vec![("form", self.name.as_str().into()), ("codes", codes.into())];
        let novalidate = self.novalidate.is_some();
        vec![
            Later::Fire(form.clone(), "podskazka:override", detail),
            Later::Override { form, submitter: self.submitter.clone(), novalidate },
        ]
    }

    /// Plain object of the shape of `wire::Snapshot`.
    pub fn snapshot(&self) -> Object {
        let out = Object::new();
        let text = |object: &Object, name: &str, value: &str| put_value(object, name, &value.into());
        text(&out, "form", &self.name);
        text(&out, "form_title", &self.title());
        let location = dom::window().map(|w| w.location());
        let page = location.map(|l| l.origin().unwrap_or_default() + &l.pathname().unwrap_or_default());
        text(&out, "page", &page.unwrap_or_default());
        let list = Array::new();
        for state in self.session.snapshot() {
            let field = Object::new();
            text(&field, "name", &state.name);
            text(&field, "label", &state.label);
            text(&field, "kind", &state.kind);
            put_value(&field, "valid", &state.valid.into());
            if let Some(code) = &state.code {
                text(&field, "code", code);
            }
            text(&field, "length_class", &state.length_class);
            text(&field, "shape", &state.shape);
            list.push(&field);
        }
        put_value(&out, "fields", &list);
        out
    }

    /// Leave the form as it was found.
    pub fn release(&mut self) {
        for field in &mut self.fields {
            field.release();
        }
        self.clear_summary();
        if let Some(live) = self.live.take() {
            live.remove();
        }
        if let Some(form) = &self.el {
            restore(form, NOVALIDATE, self.novalidate.as_deref());
        }
    }

    fn with(&mut self, id: u32, act: impl FnOnce(&mut Field)) {
        if let Some(field) = self.fields.iter_mut().find(|f| f.id == id) {
            act(field);
        }
    }

    fn title(&self) -> String {
        let given = self.el.as_ref().and_then(|f| {
            let own = f.get_attribute("data-podskazka-title").or_else(|| f.get_attribute("aria-label"));
            own.or_else(|| f.query_selector("legend,h1,h2:not(.pdk-summary h2),h3").ok().flatten()?.text_content())
        });
        let title = given.or_else(|| document().map(|d| d.title())).unwrap_or_default();
        dom::squeeze(&title).chars().take(120).collect()
    }

    fn show_summary(&mut self, items: &[(u32, String)], submit: Option<bool>) {
        let Some(form) = self.el.clone() else { return };
        if let Some(overridable) = submit {
            // A fresh node is what makes `role=alert` heard.
            self.clear_summary();
            let Some(summary) = make("div", "pdk-summary") else { return };
            set(&summary, "role", "alert");
            set(&summary, "tabindex", "-1");
            put(&summary, "h2", "", "");
            put(&summary, "ul", "", "");
            if overridable {
                let words = self.words.say("ui.send", &Params::default());
                button(&summary, "pdk-override", &words, &["send ", &self.number.to_string()].concat());
            }
            fill(&summary, items, &self.fields, &self.words);
            let _ = form.insert_before(&summary, form.first_child().as_ref());
            self.summary = Some(summary);
        } else if let Some(summary) = &self.summary {
            set(summary, "role", "group");
            fill(summary, items, &self.fields, &self.words);
        }
    }

    fn clear_summary(&mut self) {
        if let Some(summary) = self.summary.take() {
            summary.remove();
        }
    }
}

fn fill(summary: &Element, items: &[(u32, String)], fields: &[Field], words: &Words) {
    let part = |name: &str| summary.query_selector(name).ok().flatten();
    if let Some(head) = part("h2") {
        let count = Params { n: items.len() as u32, ..Params::default() };
        head.set_text_content(Some(&words.say("ui.summary", &count)));
    }
    let Some(list) = part("ul") else { return };
    list.set_text_content(None);
    for (id, text) in items {
        let Some(field) = fields.iter().find(|f| f.id == *id) else { continue };
        let Some(link) = put(&list, "li", "", "").and_then(|li| put(&li, "a", "", text)) else { continue };
        let to = if field.el.id().is_empty() { ["pdk-e-", &id.to_string()].concat() } else { field.el.id() };
        set(&link, "href", &["#", &to].concat());
        set(&link, "data-pdk", &["go ", &id.to_string()].concat());
    }
}
