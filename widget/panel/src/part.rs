//! Views that are scripts of their own, loaded by use: what they are given and what they may ask for
//! (`widget/panel/later/part.ts`).

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::{
    act::{Act, Send, View},
    wire,
};

/// Loads a file of ours by the page's loader.
pub async fn load(given: JsValue, name: &str) -> Option<JsValue> {
    let load: Function = wire::get(&given, "load").dyn_into().ok()?;
    let promise = load.call1(&JsValue::NULL, &name.into()).ok()?;
    JsFuture::from(Promise::resolve(&promise)).await.ok()
}

type Hearing = Closure<dyn Fn(String, JsValue)>;

fn hearing(send: &Send) -> Hearing {
    let send = send.clone();
    Closure::new(move |name: String, value: JsValue| {
        if let Some(act) = asked(&name, &value) {
            send.emit(act);
        }
    })
}

/// A part at work; its end is its drop.
pub struct Part {
    leave: JsValue,
    _act: Hearing,
}

impl Part {
    /// Lets the part draw into its place.
    pub fn show(module: &JsValue, place: &Element, given: &JsValue, at: &str, send: &Send) -> Option<Self> {
        let show: Function = wire::get(module, "show").dyn_into().ok()?;
        let act = hearing(send);
        let leave = show.call4(&JsValue::NULL, place, given, act.as_ref(), &at.into()).ok()?;
        Some(Self { leave, _act: act })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(leave) = self.leave.dyn_ref::<Function>() {
            let _ = leave.call0(&JsValue::NULL);
        }
    }
}

impl Part {
    /// The outbox begins to send, and tells what becomes of letters, with no place of its own.
    pub fn begin(module: &JsValue, given: &JsValue, send: &Send) -> Option<Self> {
        let start: Function = wire::get(module, "start").dyn_into().ok()?;
        let act = hearing(send);
        start.call2(&JsValue::NULL, given, act.as_ref()).ok()?;
        Some(Self { leave: wire::get(module, "stop"), _act: act })
    }
}

/// What a part asks for; anything else is nothing.
fn asked(name: &str, value: &JsValue) -> Option<Act> {
    let text = || value.as_string().unwrap_or_default();
    Some(match name {
        "say" => Act::Say(text()),
        "title" => Act::Title(text()),
        "attach" => Act::Attach(value.clone()),
        "waits" => Act::Waits(value.as_f64().unwrap_or_default() as usize),
        "sent" => {
            let text = text();
            let (number, status) = text.split_once('/')?;
            Act::Posted(number.to_owned(), status.to_owned())
        }
        "rest" => Act::Rest,
        "refused" => Act::Refused,
        "failed" => Act::Failed,
        "go" => match View::read(&text()) {
            View::Ticket => Act::Ask,
            view => Act::Go(view),
        },
        "to" => Act::To(View::read(&text())),
        "close" => Act::Close,
        "set" => Act::Set(value.clone()),
        _ => return None,
    })
}
