//! Field checks of a page: hints while typing, errors after leaving, repairs, the summary of a submit.
//!
//! The rules live in `podskazka::form`; this crate only binds them to the page and takes everything back on [`destroy`].

#![cfg(target_arch = "wasm32")]

use std::cell::{Cell, RefCell};

use podskazka::messages::Words;
use podskazka::verdict::Day;
use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

mod app;
mod dom;
mod field;
mod formbox;

use app::{App, Later};

type Handler = fn(&mut App, &Event) -> Vec<Later>;

/// Events of the document and whether they are caught on the way down.
const EVENTS: [(&str, bool, Handler); 8] = [
    ("input", false, App::on_input),
    ("focusout", false, App::on_focusout),
    ("submit", true, App::on_submit),
    ("reset", false, App::on_reset),
    ("click", true, App::on_click),
    ("pointerdown", true, App::on_pointer),
    ("pointerup", true, App::on_pointer),
    ("pointercancel", true, App::on_pointer),
];

/// Time between the end of a press and its click, with room to spare.
const AFTER_PRESS_MS: i32 = 80;

struct Listener {
    target: EventTarget,
    name: &'static str,
    capture: bool,
    call: Closure<dyn FnMut(Event)>,
}

thread_local! {
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
    static TIMER: RefCell<Option<Closure<dyn FnMut()>>> = const { RefCell::new(None) };
    static TIMER_ID: Cell<Option<i32>> = const { Cell::new(None) };
    static BYPASS: Cell<bool> = const { Cell::new(false) };
}

/// Look after every `form[data-podskazka-form]` and every `[data-podskazka]` field of the page.
///
/// `config.words` is the text of a file of words (`words.ru.txt`). It may hold `today` (`YYYY-MM-DD`, instead of the clock) and `override: false` (no «Всё равно отправить»).
#[wasm_bindgen]
pub fn start(config: JsValue) {
    destroy();
    let Some(doc) = dom::document() else { return };
    let words = Words::new(&dom::get_text(&config, "words"));
    let overridable = dom::get(&config, "override") != JsValue::FALSE;
    let mut app = App::new(today(&dom::get_text(&config, "today")), words, overridable);
    app.sheet = dom::adopt(include_str!("fields.css"));
    app.scan();
    APP.with(|cell| *cell.borrow_mut() = Some(app));
    for (name, capture, handler) in EVENTS {
        let call = Closure::new(move |event: Event| {
            if !(BYPASS.get() && name == "submit") {
                run(with(|app| handler(app, &event)).unwrap_or_default());
            }
        });
        listen(doc.clone().into(), name, capture, call);
    }
    TIMER.with(|cell| {
        *cell.borrow_mut() = Some(Closure::new(|| {
            TIMER_ID.set(None);
            run(with(App::on_timer).unwrap_or_default());
        }));
    });
}

/// Take every listener, node, attribute and style of ours off the page.
#[wasm_bindgen]
pub fn destroy() {
    LISTENERS.with(|list| {
        for l in list.borrow_mut().drain(..) {
            let call = l.call.as_ref().unchecked_ref();
            let _ = l.target.remove_event_listener_with_callback_and_bool(l.name, call, l.capture);
        }
    });
    if let (Some(id), Some(window)) = (TIMER_ID.take(), dom::window()) {
        window.clear_timeout_with_handle(id);
    }
    if let Some(mut app) = APP.with(|cell| cell.try_borrow_mut().ok().and_then(|mut app| app.take())) {
        app.release();
    }
}

/// What may leave the page: shapes of the fields of the form that was used last, or `null`.
#[wasm_bindgen]
pub fn snapshot() -> JsValue {
    with(|app| app.current().map(|form| form.snapshot().into())).flatten().unwrap_or(JsValue::NULL)
}

/// Bring a field into view and put the focus on it; false where there is none of this name.
#[wasm_bindgen]
pub fn reveal(name: &str) -> bool {
    let Some(el) = with(|app| app.named(name)).flatten() else { return false };
    dom::focus(&el);
    true
}

/// Act on the state; an event that comes while we change the page ourselves is passed over.
fn with<T>(act: impl FnOnce(&mut App) -> T) -> Option<T> {
    APP.with(|cell| cell.try_borrow_mut().ok()?.as_mut().map(act))
}

fn run(list: Vec<Later>) {
    for item in list {
        match item {
            Later::Fire(el, name, detail) => dom::fire(&el, name, &detail),
            Later::Focus(el) => dom::focus(&el),
            Later::Write(el, value) => dom::write(&el, &value),
            Later::Timer => arm_timer(),
            Later::Override { form, submitter, novalidate } => {
                // The page's own rules stay in force.
                dom::restore(&form, "novalidate", novalidate.then_some(""));
                BYPASS.set(true);
                let args: Vec<JsValue> = submitter.into_iter().map(Into::into).collect();
                dom::call(&form, "requestSubmit", &args);
                BYPASS.set(false);
                if with(|_| ()).is_some() {
                    dom::set(&form, "novalidate", "");
                }
            }
        }
    }
}

fn arm_timer() {
    let Some(window) = dom::window() else { return };
    if let Some(id) = TIMER_ID.take() {
        window.clear_timeout_with_handle(id);
    }
    TIMER.with(|cell| {
        if let Some(call) = cell.borrow().as_ref() {
            let call = call.as_ref().unchecked_ref();
            let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(call, AFTER_PRESS_MS);
            TIMER_ID.set(id.ok());
        }
    });
}

fn listen(target: EventTarget, name: &'static str, capture: bool, call: Closure<dyn FnMut(Event)>) {
    let options = AddEventListenerOptions::new();
    options.set_capture(capture);
    let function = call.as_ref().unchecked_ref();
    let added = target.add_event_listener_with_callback_and_add_event_listener_options(name, function, &options);
    if added.is_ok() {
        LISTENERS.with(|list| list.borrow_mut().push(Listener { target, name, capture, call }));
    }
}

/// `YYYY-MM-DD`, or the day of the clock.
fn today(text: &str) -> Day {
    let mut parts = text.split('-').map(str::parse::<u16>);
    if let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next())
        && let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day))
    {
        return Day { year, month, day };
    }
    let now = js_sys::Date::new_0();
    let small = |n: u32| u8::try_from(n).unwrap_or(1);
    let year = u16::try_from(now.get_full_year()).unwrap_or(1);
    Day { year, month: small(now.get_month() + 1), day: small(now.get_date()) }
}
