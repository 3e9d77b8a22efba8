//! One field of the page: how to read it, and its hint and error beside it.

use podskazka::form::FieldSpec;
use podskazka::messages::{Params, Words};
use podskazka::validators::Kind;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::dom::{self, all, button, get, get_text, make, put, restore, set};

/// Fields that hold something a person fills in.
pub const FIELDS: &str =
    "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea";

const DESCRIBED: &str = "aria-describedby";
const INVALID: &str = "aria-invalid";
const CODE: &str = "data-podskazka-code";

pub struct Field {
    pub id: u32,
    pub el: Element,
    pub name: String,
    /// Code of the error that is shown.
    pub code: Option<String>,
    /// Whole texts behind the buttons of the error.
    pub fixes: Vec<String>,
    /// Radio buttons of the same name.
    group: Vec<Element>,
    secret: bool,
    hint: Option<Element>,
    error: Option<Element>,
    described: Option<String>,
    invalid: Option<String>,
    error_code: Option<String>,
}

/// True for a field that we look after.
pub fn eligible(el: &Element) -> bool {
    el.matches(FIELDS).unwrap_or(false) && el.closest("[data-podskazka-ignore]").ok().flatten().is_none()
}

/// Name of a field, or its id.
pub fn name_of(el: &Element) -> String {
    el.get_attribute("name").filter(|n| !n.is_empty()).unwrap_or_else(|| el.id())
}

fn is_type(el: &Element, name: &str) -> bool {
    get_text(el, "type") == name
}

fn is_secret(el: &Element) -> bool {
    let auto = el.get_attribute("autocomplete").unwrap_or_default();
    is_type(el, "password")
        || auto.split_whitespace().any(|t| t.starts_with("cc-") || t == "one-time-code" || t.ends_with("-password"))
        || el.closest("[data-podskazka-capture=never],[data-podskazka-mask]").ok().flatten().is_some()
}

/// Words a person sees at the field.
fn label_of(el: &Element) -> String {
    let group = if is_type(el, "radio") { el.closest("fieldset").ok().flatten() } else { None };
    let legend = group.and_then(|g| g.query_selector("legend").ok().flatten());
    let label = legend.or_else(|| {
        let labels = get(el, "labels");
        (!labels.is_null() && !labels.is_undefined())
            .then(|| js_sys::Array::from(&labels))?
            .iter()
            .next()
            .map(Into::into)
    });
    let own = ["data-podskazka-label", "aria-label"].iter().find_map(|a| el.get_attribute(a));
    let text =
        own.or_else(|| label.and_then(|l: Element| l.text_content())).or_else(|| el.get_attribute("placeholder"));
    let text = dom::squeeze(&text.unwrap_or_default());
    let text = text.trim_end_matches(['*', ':', ' ']);
    if text.is_empty() { name_of(el) } else { text.chars().take(120).collect() }
}

impl Field {
    pub fn new(id: u32, el: Element, scope: &Element) -> (Self, FieldSpec) {
        let name = name_of(&el);
        let group = if is_type(&el, "radio") {
            all(scope, "input[type=radio]").into_iter().filter(|r| name_of(r) == name).collect()
        } else {
            Vec::new()
        };
        let secret = is_secret(&el);
        let spec = FieldSpec {
            id,
            name: name.clone(),
            label: label_of(&el),
            kind: el.get_attribute("data-podskazka").and_then(|k| Kind::parse(&k)),
            required: el.has_attribute("required") || el.get_attribute("aria-required").as_deref() == Some("true"),
            never: secret,
        };
        let described = el.get_attribute(DESCRIBED);
        let field = Self {
            id,
            el,
            name,
            code: None,
            fixes: Vec::new(),
            group,
            secret,
            hint: None,
            error: None,
            described,
            invalid: None,
            error_code: None,
        };
        (field, spec)
    }

    pub fn owns(&self, el: &Element) -> bool {
        &self.el == el || self.group.contains(el)
    }

    /// The text a check sees; a mark where a box is ticked or a file is chosen.
    pub fn text(&self) -> String {
        let mark = |on: bool| if on { "1".to_owned() } else { String::new() };
        let checked = |el: &Element| get(el, "checked").is_truthy();
        if !self.group.is_empty() {
            return mark(self.group.iter().any(checked));
        }
        match get_text(&self.el, "type").as_str() {
            "checkbox" => mark(checked(&self.el)),
            "file" => mark(!get_text(&self.el, "value").is_empty()),
            _ => get_text(&self.el, "value"),
        }
    }

    /// What the page's own rules say; an empty answer means content.
    pub fn complaint(&self) -> Option<String> {
        Some(get_text(&self.el, "validationMessage")).filter(|m| !m.is_empty())
    }

    pub fn disabled(&self) -> bool {
        self.el.matches(":disabled").unwrap_or(false)
    }

    pub fn show_hint(&mut self, text: &str) {
        if let Some(hint) = &self.hint {
            hint.set_text_content(Some(text));
            return;
        }
        let Some(hint) = make("p", "pdk-hint") else { return };
        set(&hint, "id", &self.node_id("h"));
        hint.set_text_content(Some(text));
        self.insert(&hint);
        self.describe("h", true);
        self.hint = Some(hint);
    }

    pub fn clear_hint(&mut self) {
        if let Some(hint) = self.hint.take() {
            hint.remove();
            self.describe("h", false);
        }
    }

    pub fn show_error(&mut self, words: &Words, code: &str, text: &str, fixes: Vec<(String, String)>) {
        let say = |key: &str, value: &str| words.say(key, &Params { value, ..Params::default() });
        if self.error.is_none() {
            self.invalid = self.el.get_attribute(INVALID);
            self.error_code = self.el.get_attribute(CODE);
            let Some(error) = make("div", "pdk-error") else { return };
            set(&error, "id", &self.node_id("e"));
            self.insert(&error);
            self.describe("e", true);
            self.error = Some(error);
        }
        let Some(error) = self.error.clone() else { return };
        error.set_text_content(None);
        set(&error, CODE, code);
        if let Some(line) = put(&error, "span", "pdk-text", "") {
            put(&line, "span", "pdk-hidden", &[&say("ui.error", ""), " "].concat());
            put(&line, "span", "", text);
        }
        let old = if self.secret { String::new() } else { self.text() };
        self.fixes.clear();
        for (index, (label, value)) in fixes.into_iter().enumerate() {
            let action = ["fix ", &self.id.to_string(), " ", &index.to_string()].concat();
            if let Some(fix) = button(&error, "pdk-fix", &label, &action)
                && !old.is_empty()
            {
                let now = say("ui.now", &old);
                let then =
                    if label.ends_with(&value) { String::new() } else { [", ", &say("ui.then", &value)].concat() };
                put(&fix, "span", "pdk-hidden", &[" (", &now, &then, ")"].concat());
            }
            self.fixes.push(value);
        }
        button(&error, "pdk-why", &say("ui.why", ""), &["why ", &self.id.to_string()].concat());
        set(&self.el, INVALID, "true");
        set(&self.el, CODE, code);
        self.code = Some(code.to_owned());
    }

    pub fn clear_error(&mut self) {
        if let Some(error) = self.error.take() {
            error.remove();
            self.describe("e", false);
            restore(&self.el, INVALID, self.invalid.take().as_deref());
            restore(&self.el, CODE, self.error_code.take().as_deref());
        }
        self.code = None;
        self.fixes.clear();
    }

    /// Leave the field as it was found.
    pub fn release(&mut self) {
        self.clear_hint();
        self.clear_error();
    }

    pub fn detail(&self, form: &str, code: &str) -> Vec<(&'static str, JsValue)> {
        vec![("form", form.into()), ("field", self.name.as_str().into()), ("code", code.into())]
    }

    fn node_id(&self, kind: &str) -> String {
        ["pdk-", kind, "-", &self.id.to_string()].concat()
    }

    /// After the field, or after the label that holds it; after the last button of a group.
    fn insert(&self, node: &Element) {
        let el = self.group.last().unwrap_or(&self.el);
        let anchor = el.closest("label").ok().flatten().unwrap_or_else(|| el.clone());
        if let Some(parent) = anchor.parent_node() {
            let _ = parent.insert_before(node, anchor.next_sibling().as_ref());
        }
    }

    /// Add our id to the list of descriptions or take it away; the host's own text comes back letter by letter.
    fn describe(&self, kind: &str, on: bool) {
        let id = self.node_id(kind);
        let now = self.el.get_attribute(DESCRIBED).unwrap_or_default();
        let list = dom::join(now.split_whitespace().filter(|t| *t != id).chain(on.then_some(id.as_str())));
        let before = self.described.as_deref();
        if list == dom::squeeze(before.unwrap_or_default()) {
            restore(&self.el, DESCRIBED, before);
        } else {
            set(&self.el, DESCRIBED, &list);
        }
    }
}
