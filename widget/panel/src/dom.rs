//! Small helpers over the browser.

use js_sys::{Function, JSON, Promise, Reflect};
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

/// Keeps a text in this browser, or forgets it. Where storage is blocked, nothing is kept.
pub fn keep(name: &str, text: Option<&str>) {
    let Some(storage) = window().and_then(|it| it.local_storage().ok()?) else { return };
    let _ = match text {
        Some(text) => storage.set_item(name, text),
        None => storage.remove_item(name),
    };
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
