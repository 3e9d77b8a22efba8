//! Help panel: articles, ticket form, state of tickets. A modal dialog inside an open shadow root.

mod answers;
mod app;
mod article;
mod dom;
mod help;
mod net;
mod outbox;
mod page;
mod params;
mod sent;
mod texts;
mod ticket;
mod wire;

use std::{cell::RefCell, rc::Rc};

use app::App;
use params::{Params, Props};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{CssStyleSheet, Element, HtmlDialogElement, HtmlElement, ShadowRootInit, ShadowRootMode};
use yew::{AppHandle, Renderer};

struct Mounted {
    host: Element,
    dialog: HtmlDialogElement,
    app: AppHandle<App>,
    opener: Option<HtmlElement>,
    turn: u32,
}

thread_local! {
    static PANEL: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

/// Opens the panel: `{view, code?, field?, form?, snapshot, endpoint, base, site?, build?, capture?}`.
#[wasm_bindgen]
pub fn open(params: JsValue) {
    let params = Rc::new(Params::read(&params));
    let opener = dom::window()
        .and_then(|it| it.document())
        .and_then(|it| it.active_element())
        .and_then(|it| it.dyn_into::<HtmlElement>().ok());
    PANEL.with_borrow_mut(|slot| {
        if let Some(panel) = slot {
            panel.turn += 1;
            if !panel.host.is_connected() {
                reattach(&panel.host);
            }
            if !panel.dialog.open() {
                panel.opener = opener;
                let _ = panel.dialog.show_modal();
            }
            panel.app.update(Props { params: params.clone(), turn: panel.turn });
        } else {
            *slot = mount(params.clone(), opener);
        }
    });
    dom::fire("open", "view", &params.view);
}

/// Closes the panel. What has been typed stays until the page is left.
#[wasm_bindgen]
pub fn close() {
    let dialog = PANEL.with_borrow(|slot| slot.as_ref().map(|panel| panel.dialog.clone()));
    if let Some(dialog) = dialog {
        dialog.close();
    }
}

/// Sends what waits from an earlier page, with no panel shown.
#[wasm_bindgen]
pub fn wake() {
    wasm_bindgen_futures::spawn_local(page::flush());
}

/// Takes the panel off the page; the focus goes back to where it was.
#[wasm_bindgen]
pub fn destroy() {
    let Some(panel) = PANEL.take() else { return };
    panel.app.destroy();
    panel.host.remove();
    if let Some(opener) = panel.opener {
        let _ = opener.focus();
    }
}

fn reattach(host: &Element) {
    if let Some(body) = dom::window().and_then(|it| it.document()).and_then(|it| it.body()) {
        let _ = body.append_child(host);
    }
}

fn mount(params: Rc<Params>, opener: Option<HtmlElement>) -> Option<Mounted> {
    let document = dom::window()?.document()?;
    let host = document.create_element("podskazka-panel").ok()?;
    host.set_attribute("lang", "ru").ok()?;
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok()?;
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(include_str!("panel.css")).ok()?;
    js_sys::Reflect::set(&root, &"adoptedStyleSheets".into(), &js_sys::Array::of1(&sheet)).ok()?;
    let dialog: HtmlDialogElement = document.create_element("dialog").ok()?.dyn_into().ok()?;
    dialog.set_attribute("aria-labelledby", "pdk-title").ok()?;
    dialog.set_attribute("part", "dialog").ok()?;
    let place = document.create_element("div").ok()?;
    place.set_class_name("panel");
    dialog.append_child(&place).ok()?;
    root.append_child(&dialog).ok()?;
    document.body()?.append_child(&host).ok()?;
    let closed = Closure::<dyn Fn()>::new(after_close);
    dialog.add_event_listener_with_callback("close", closed.as_ref().unchecked_ref()).ok()?;
    closed.forget();
    dialog.show_modal().ok()?;
    let app = Renderer::<App>::with_root_and_props(place, Props { params, turn: 0 }).render();
    Some(Mounted { host, dialog, app, opener, turn: 0 })
}

/// Esc, the button and [`close`] all end here: the focus goes back to where it was.
fn after_close() {
    let opener = PANEL.with_borrow_mut(|slot| slot.as_mut().and_then(|panel| panel.opener.take()));
    if let Some(opener) = opener {
        let _ = opener.focus();
    }
    dom::fire("close", "view", "");
}
