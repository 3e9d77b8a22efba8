//! Small helpers over the browser.

use js_sys::{Array, Function, JSON, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement, ShadowRoot, Window};

use crate::wire;

/// Name and token of the tickets sent from this browser.
const TICKETS: &str = "podskazka.tickets";

/// A ticket this browser has sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Own {
    pub number: String,
    pub token: String,
}

pub fn window() -> Option<Window> {
    web_sys::window()
}

/// 128 random bits in hexadecimal.
pub fn random_key() -> Option<String> {
    let bytes = Uint8Array::new_with_length(16);
    window()?.crypto().ok()?.get_random_values_with_array_buffer_view(&bytes).ok()?;
    let digit = |it: u8| char::from_digit(it.into(), 16).unwrap_or('0');
    Some(bytes.to_vec().into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
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
    if let Ok(event) = CustomEvent::new_with_event_init_dict(&["podskazka:", name].concat(), &init) {
        let _ = document.dispatch_event(&event);
    }
}

/// A listener of the window; it ends when it is dropped.
pub struct Listener(&'static str, Closure<dyn Fn()>);

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(window) = window() {
            let _ = window.remove_event_listener_with_callback(self.0, self.1.as_ref().unchecked_ref());
        }
    }
}

/// Calls `run` at every `event` of the window.
pub fn on_window(event: &'static str, run: impl Fn() + 'static) -> Listener {
    let listener = Listener(event, Closure::new(run));
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback(event, listener.1.as_ref().unchecked_ref());
    }
    listener
}

/// Tickets of this browser, the newest first.
pub fn own_tickets() -> Vec<Own> {
    let read = || {
        let text = window()?.local_storage().ok()??.get_item(TICKETS).ok()??;
        let read = |it: &JsValue| Own { number: wire::text(it, "number"), token: wire::text(it, "token") };
        Some(wire::items(&JSON::parse(&text).ok()?, read))
    };
    read().unwrap_or_default()
}

/// Remembers a ticket: number and token only.
pub fn remember(own: Own) {
    let mut all = own_tickets();
    all.retain(|it| it.number != own.number);
    all.insert(0, own);
    all.truncate(50);
    let row = |it: &Own| wire::Build::new().text("number", &it.number).text("token", &it.token).done();
    let rows: Array = all.iter().map(row).collect();
    keep(TICKETS, wire::json(&rows).as_deref());
}

/// Keeps a text in this browser, or forgets it. Where storage is blocked, nothing is kept.
pub fn keep(name: &str, text: Option<&str>) {
    let Some(storage) = window().and_then(|it| it.local_storage().ok()?) else { return };
    let _ = match text {
        Some(text) => storage.set_item(name, text),
        None => storage.remove_item(name),
    };
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
        time_zone: wire::text(&zone, "timeZone"),
        viewport: [side(window.inner_width()).to_string(), side(window.inner_height()).to_string()].join("x"),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        build: build.to_owned(),
        access: Vec::new(),
    }
}

/// The element inside the shadow root that has the focus.
pub fn active_in(dialog: &Element) -> Option<HtmlElement> {
    dialog.get_root_node().dyn_into::<ShadowRoot>().ok()?.active_element()?.dyn_into().ok()
}

/// What Tab visits, in its order; what is not shown is left out.
pub fn tab_order(dialog: &Element) -> Vec<HtmlElement> {
    let Ok(list) = dialog.query_selector_all("a[href],button,input,select,textarea,summary") else { return Vec::new() };
    let all = (0..list.length()).filter_map(|at| list.get(at)?.dyn_into::<HtmlElement>().ok());
    all.filter(|it| it.get_client_rects().length() > 0).collect()
}
