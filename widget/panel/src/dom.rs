//! Small helpers over the browser.

use js_sys::{Function, JSON, Promise, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, Window};

/// Name and token of the tickets sent from this browser.
const TICKETS: &str = "podskazka.tickets";

/// A ticket this browser has sent.
#[derive(Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Own {
    pub number: String,
    pub token: String,
}

pub fn window() -> Option<Window> {
    web_sys::window()
}

/// A property of a JavaScript object; `undefined` where there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A plain JavaScript value: objects, not maps.
pub fn to_js<T: Serialize>(value: &T) -> Option<JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()
}

pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

/// JSON text of a value.
pub fn to_json<T: Serialize>(value: &T) -> Option<String> {
    JSON::stringify(&to_js(value)?).ok().map(String::from)
}

/// 128 random bits in hexadecimal.
pub fn random_key() -> Option<String> {
    let bytes = Uint8Array::new_with_length(16);
    window()?.crypto().ok()?.get_random_values_with_array_buffer_view(&bytes).ok()?;
    Some(bytes.to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Waits `ms` milliseconds.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve: Function, _: Function| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Fires `podskazka:name` on the document.
pub fn fire(name: &str, key: &str, value: &str) {
    let Some(document) = window().and_then(|it| it.document()) else { return };
    let detail = js_sys::Object::new();
    let _ = Reflect::set(&detail, &key.into(), &value.into());
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(&format!("podskazka:{name}"), &init) {
        let _ = document.dispatch_event(&event);
    }
}

/// Calls `run` at every `event` of the window, for the life of the page.
pub fn on_window(event: &str, run: impl Fn() + 'static) {
    if let Some(window) = window() {
        let closure = Closure::<dyn Fn()>::new(run);
        let _ = window.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        closure.forget();
    }
}

/// Tickets of this browser, the newest first.
pub fn own_tickets() -> Vec<Own> {
    let read = || {
        let text = window()?.local_storage().ok()??.get_item(TICKETS).ok()??;
        from_js(JSON::parse(&text).ok()?)
    };
    read().unwrap_or_default()
}

/// Remembers a ticket: number and token only.
pub fn remember(own: Own) {
    let mut all = own_tickets();
    all.retain(|it| it.number != own.number);
    all.insert(0, own);
    all.truncate(50);
    let write = || window()?.local_storage().ok()??.set_item(TICKETS, &to_json(&all)?).ok();
    let _ = write();
}

/// Facts of the browser that go with a ticket.
pub fn client(build: &str) -> podskazka::wire::Client {
    let Some(window) = window() else { return Default::default() };
    let navigator = window.navigator();
    let zone = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    let side = |it: Result<JsValue, JsValue>| it.ok().and_then(|it| it.as_f64()).unwrap_or_default() as u32;
    podskazka::wire::Client {
        user_agent: navigator.user_agent().unwrap_or_default().chars().take(300).collect(),
        language: navigator.language().unwrap_or_default(),
        time_zone: get(&zone, "timeZone").as_string().unwrap_or_default(),
        viewport: format!("{}x{}", side(window.inner_width()), side(window.inner_height())),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        build: build.to_owned(),
    }
}
