//! The fields module on a real page: what it adds beside a field, how it is bound, and that it leaves nothing behind.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)]

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event, EventInit, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

const WORDS: &str = include_str!("../../../src/messages/ru.txt");
const WRONG: &str = "7707083894";

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A form on the page, alone, and the module bound to it.
struct Page {
    root: Element,
    before: String,
}

impl Page {
    fn new(form: &str) -> Self {
        let root = document().create_element("div").unwrap();
        root.set_inner_html(form);
        document().body().unwrap().append_child(&root).unwrap();
        let before = root.outer_html();
        let config = js_sys::Object::new();
        js_sys::Reflect::set(&config, &"today".into(), &"2026-11-25".into()).unwrap();
        js_sys::Reflect::set(&config, &"words".into(), &WORDS.into()).unwrap();
        podskazka_fields::start(config.into());
        Self { root, before }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).unwrap()
    }

    fn field(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).unwrap().dyn_into().unwrap()
    }

    /// Type a text and leave the field.
    fn fill(&self, selector: &str, text: &str) {
        let field = self.field(selector);
        field.focus().unwrap();
        field.set_value(text);
        fire(&field, "input");
        field.blur().unwrap();
        // A window without the focus, as a headless one may be, sends no such event by itself.
        fire(&field, "focusout");
    }

    /// Text of what `aria-describedby` names; every id must stand once.
    fn description(&self, selector: &str) -> String {
        let ids = self.field(selector).get_attribute("aria-describedby").unwrap_or_default();
        let text = |id: &str| {
            let quoted = id.replace('\\', "\\\\").replace('"', "\\\"");
            let all = self.root.query_selector_all(&format!("[id=\"{quoted}\"]")).unwrap();
            assert_eq!(all.length(), 1, "{id}");
            document().get_element_by_id(id).unwrap().text_content().unwrap_or_default()
        };
        ids.split_whitespace().map(text).collect::<Vec<_>>().join(" | ")
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        podskazka_fields::destroy();
        self.root.remove();
    }
}

fn fire(target: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    target.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
}

const FORM: &str = r#"<form data-podskazka-form="test">
  <label for="inn">ИНН</label> <p id="inn-hint">12 цифр</p>
  <input id="inn" name="inn" data-podskazka="inn" aria-describedby="inn-hint" required>
  <label for="note">Примечание</label> <input id="note" name="note">
  <button>Отправить</button>
</form>"#;

#[wasm_bindgen_test]
fn nothing_speaks_before_the_person_does() {
    let page = Page::new(FORM);
    assert!(page.find(".pdk-error, .pdk-hint, [aria-invalid]").is_none());
    assert_eq!(page.description("#inn"), "12 цифр");
}

#[wasm_bindgen_test]
fn an_error_is_bound_to_its_field_and_its_hint_stays() {
    let page = Page::new(FORM);
    page.fill("#inn", WRONG);
    assert_eq!(page.field("#inn").get_attribute("aria-invalid").as_deref(), Some("true"));
    let error = page.find(".pdk-error").unwrap();
    assert_eq!(error.get_attribute("data-podskazka-code").as_deref(), Some("inn.checksum"));
    let description = page.description("#inn");
    assert!(description.starts_with("12 цифр | Ошибка: ИНН"), "{description}");
    assert_eq!(page.find("label").unwrap().text_content().as_deref(), Some("ИНН"));
}

#[wasm_bindgen_test]
fn a_mended_value_takes_its_error_away() {
    let page = Page::new(FORM);
    page.fill("#inn", WRONG);
    page.fill("#inn", "7707083893");
    assert!(page.find(".pdk-error, [aria-invalid=true]").is_none());
    assert_eq!(page.description("#inn"), "12 цифр | Читается так: 7707 083 893");
}

#[wasm_bindgen_test]
fn an_odd_id_is_still_described() {
    let page = Page::new(
        r#"<form data-podskazka-form="odd"><input id="1.a[b]$" name="inn" data-podskazka="inn" aria-label="ИНН"></form>"#,
    );
    page.fill("input", WRONG);
    assert!(page.description("input").contains("Ошибка: ИНН"));
}

#[wasm_bindgen_test]
fn a_label_is_never_markup() {
    let page = Page::new(
        r#"<form data-podskazka-form="odd"><input name="inn" data-podskazka="inn" aria-label="<img src=x onerror=alert(1)>"></form>"#,
    );
    page.fill("input", WRONG);
    assert!(page.find("img").is_none());
    assert!(page.find(".pdk-error").unwrap().text_content().unwrap().contains("<img"));
}

#[wasm_bindgen_test]
fn a_submit_with_errors_stops_and_without_the_summary_the_first_bad_field_has_the_focus() {
    let page = Page::new(FORM);
    page.fill("#inn", WRONG);
    fire(&page.find("form").unwrap(), "submit");
    assert!(page.find(".pdk-summary").is_none(), "its part was not given to be loaded");
    assert_eq!(document().active_element(), page.find("#inn"));
    assert_eq!(page.field("#inn").value(), WRONG);
}

#[wasm_bindgen_test]
fn a_reset_clears_everything() {
    let page = Page::new(FORM);
    page.fill("#inn", WRONG);
    fire(&page.find("form").unwrap(), "submit");
    fire(&page.find("form").unwrap(), "reset");
    assert!(page.find(".pdk-error, .pdk-summary, [aria-invalid]").is_none());
}

#[wasm_bindgen_test]
fn the_snapshot_holds_shapes_and_no_value() {
    let page = Page::new(FORM);
    page.fill("#inn", WRONG);
    page.fill("#note", "Секрет-42");
    let text = String::from(js_sys::JSON::stringify(&podskazka_fields::snapshot()).unwrap());
    assert!(text.contains("9999999999") && text.contains("Xxxxxx-99"), "{text}");
    assert!(!text.contains(WRONG) && !text.contains("Секрет"), "{text}");
}

#[wasm_bindgen_test]
fn destroy_leaves_the_page_as_it_was() {
    let page = Page::new(FORM);
    page.fill("#inn", WRONG);
    fire(&page.find("form").unwrap(), "submit");
    assert_ne!(page.root.outer_html(), page.before);
    podskazka_fields::destroy();
    assert_eq!(page.root.outer_html(), page.before);
    let sheets = js_sys::Reflect::get(&document(), &JsValue::from_str("adoptedStyleSheets")).unwrap();
    assert_eq!(js_sys::Array::from(&sheets).length(), 0);
}
