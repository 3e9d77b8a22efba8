//! What the page passes to the panel.

use std::rc::Rc;

use js_sys::Function;
use podskazka::{privacy::page, wire::Snapshot};
use wasm_bindgen::{JsCast, JsValue};
use yew::Properties;

use crate::wire::{get, snapshot, snapshot_js, some_text};

/// What the page passes at every opening.
#[derive(Default)]
pub struct Params {
    /// The whole, as it came: for parts that are loaded by use.
    pub given: JsValue,
    pub view: String,
    pub code: Option<String>,
    pub field: Option<String>,
    /// Code of the error that was mended last.
    pub mended: Option<String>,
    pub form: Option<String>,
    /// The sentence of the error that help was asked about, as the page shows it.
    pub text: Option<String>,
    /// Id of the article to open.
    pub article: Option<String>,
    /// It comes by itself, as an earlier page of this tab has left it, and takes no focus: widget/panel/later/wake.ts.
    pub quiet: bool,
    pub snapshot: Snapshot,
    pub endpoint: String,
    pub base: String,
    pub lang: String,
    /// `light`, `dark`; else as the system.
    pub theme: String,
    /// Brings a field of the page into view by its name.
    pub reveal: Option<Function>,
}

impl Params {
    /// Reads the object leniently: a missing part is empty.
    pub fn read(value: &JsValue) -> Self {
        let text = |name| some_text(value, name);
        let name = |name| some_text(value, name).map(|it| page::name(&it));
        let mended = some_text(&get(value, "snapshot"), "mended").map(|it| page::name(&it));
        let snapshot = Snapshot {
            trace: text("traceId").filter(|it| podskazka::ticket::is_trace(it)),
            ..shown(snapshot(&get(value, "snapshot")))
        };
        // The letter shows and sends these and no others.
        let give = |name: &str, it: &JsValue| drop(js_sys::Reflect::set(value, &name.into(), it));
        give("snapshot", &snapshot_js(&snapshot));
        let (code, field) = (name("code"), name("field"));
        for (name, it) in [("code", &code), ("field", &field)] {
            if let Some(it) = it {
                give(name, &it.as_str().into());
            }
        }
        Self {
            given: value.clone(),
            view: text("view").unwrap_or_else(|| "help".to_owned()),
            code,
            field,
            mended,
            form: name("form"),
            text: text("text"),
            article: text("article"),
            quiet: get(value, "quiet").is_truthy(),
            snapshot,
            endpoint: text("endpoint").unwrap_or_else(|| "/".to_owned()),
            base: text("base").unwrap_or_else(|| "/".to_owned()),
            lang: text("lang").unwrap_or_else(|| "ru".to_owned()),
            theme: text("theme").unwrap_or_default(),
            reveal: get(value, "reveal").dyn_into().ok(),
        }
    }
}

/// The snapshot as it may be shown and sent: titles, labels, names and the address are the page's own words, and may name a person.
fn shown(mut it: Snapshot) -> Snapshot {
    if it.page.is_empty() {
        let place = js_sys::global();
        it.page = crate::wire::text(&get(&place, "location"), "pathname");
    }
    it.page = page::address(&it.page);
    it.form_title = page::scrub_listed(&it.form_title);
    it.form = page::name(&it.form);
    for field in &mut it.fields {
        field.label = page::scrub_listed(&field.label);
        field.name = page::name(&field.name);
        field.code = field.code.as_deref().map(page::name);
    }
    it
}

#[derive(Properties)]
pub struct Props {
    pub params: Rc<Params>,
    /// Grows with every opening.
    pub turn: u32,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.turn == other.turn
    }
}
