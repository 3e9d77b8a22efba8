//! The dialog on the page: opened, docked, closed, taken off.
//!
//! **Accessibility criteria**
//! - Over the page the dialog MUST be modal: Tab stays inside, Esc closes, the focus returns to where it was.
//! - Beside the page it MUST let Tab out; Esc inside it closes.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{CssStyleSheet, Element, HtmlDialogElement, HtmlElement, KeyboardEvent, ShadowRootInit, ShadowRootMode};
use yew::{AppHandle, Renderer};

use crate::{
    app::App,
    dom,
    params::{Params, Props},
    settings::Settings,
};

/// Narrower than this there is no room beside the page: twice the panel, in CSS pixels.
const ROOM: f64 = 832.0;

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

/// Opens the panel: `{view, code?, field?, form?, article?, topic?, snapshot, endpoint, base, site?, build?, theme?, capture?,
/// load?, reveal?, prefill?}`. Views: `help`, `article`, `ticket`, `status`, `contacts`, `settings`.
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
                show(&panel.dialog);
            }
            look(&panel.dialog, &Settings::read(), &params.theme);
            panel.app.update(Props { params: params.clone(), turn: panel.turn });
        } else {
            *slot = mount(params.clone(), opener);
        }
    });
    dom::fire("open", "view", &params.view);
}

/// Closes the panel and tells whether it was open. What has been typed stays until the page is left.
#[wasm_bindgen]
pub fn close() -> bool {
    let Some(dialog) = dialog() else { return false };
    let open = dialog.open();
    dialog.close();
    open
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

/// Asks the panel that is mounted; `None` where none is, or while it works.
pub fn app<T>(ask: impl FnOnce(&App) -> T) -> Option<T> {
    PANEL.with(|slot| Some(ask(&*slot.try_borrow().ok()?.as_ref()?.app.get_component()?)))
}

pub fn dialog() -> Option<HtmlDialogElement> {
    PANEL.with(|slot| slot.try_borrow().ok()?.as_ref().map(|panel| panel.dialog.clone()))
}

fn wide() -> bool {
    let width = dom::window().and_then(|it| it.inner_width().ok()).and_then(|it| it.as_f64());
    width.is_some_and(|it| it >= ROOM)
}

/// Over the page, or beside it where the person wants that and there is room.
fn show(dialog: &HtmlDialogElement) {
    if Settings::read().docked && wide() {
        dialog.show();
    } else {
        let _ = dialog.show_modal();
    }
}

fn look(dialog: &HtmlDialogElement, settings: &Settings, theme: &str) {
    let _ = dialog.set_attribute("data-look", &settings.look(theme));
}

/// Settings take effect: the look at once; the place by opening anew, which must not count as closing.
pub fn apply(settings: &Settings, theme: &str) {
    let Some(dialog) = dialog() else { return };
    look(&dialog, settings, theme);
    let modal = dialog.matches(":modal").unwrap_or(true);
    if dialog.open() && modal == (settings.docked && wide()) {
        let held = dom::active_in(&dialog);
        dialog.close();
        show(&dialog);
        if let Some(held) = held {
            let _ = held.focus();
        }
    }
}

/// The language that is spoken, for screen readers.
pub fn speak(lang: &str) {
    if let Some(dialog) = dialog() {
        let _ = dialog.set_attribute("lang", lang);
    }
}

/// Shows a fresh view from its top.
pub fn top() {
    if let Some(dialog) = dialog() {
        dialog.set_scroll_top(0);
    }
}

/// Closes a panel that covers the page and brings the field into view, with the focus on it.
pub fn reveal(params: &Params, name: &str) {
    if let Some(dialog) = dialog()
        && dialog.matches(":modal").unwrap_or(true)
    {
        PANEL.with_borrow_mut(|slot| slot.as_mut().and_then(|panel| panel.opener.take()));
        dialog.close();
    }
    if let Some(reveal) = &params.reveal {
        let _ = reveal.call1(&JsValue::NULL, &name.into());
        return;
    }
    let find = || dom::window()?.document()?.get_elements_by_name(name).get(0)?.dyn_into::<HtmlElement>().ok();
    if let Some(field) = find() {
        field.scroll_into_view();
        let _ = field.focus();
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
    look(&dialog, &Settings::read(), &params.theme);
    let place = document.create_element("div").ok()?;
    place.set_class_name("panel");
    dialog.append_child(&place).ok()?;
    root.append_child(&dialog).ok()?;
    document.body()?.append_child(&host).ok()?;
    let closed = Closure::<dyn Fn()>::new(after_close);
    dialog.add_event_listener_with_callback("close", closed.as_ref().unchecked_ref()).ok()?;
    closed.forget();
    let keys = Closure::<dyn Fn(KeyboardEvent)>::new(key);
    dialog.add_event_listener_with_callback("keydown", keys.as_ref().unchecked_ref()).ok()?;
    keys.forget();
    show(&dialog);
    let app = Renderer::<App>::with_root_and_props(place, Props { params, turn: 0 }).render();
    Some(Mounted { host, dialog, app, opener, turn: 0 })
}

/// A docked dialog has no Esc of its own; a modal one lets Tab out into the browser, and with no page left behind it the
/// focus would be lost there.
fn key(event: KeyboardEvent) {
    let Some(dialog) = dialog() else { return };
    let modal = dialog.matches(":modal").unwrap_or(true);
    match event.key().as_str() {
        "Escape" if !modal => {
            event.prevent_default();
            dialog.close();
        }
        "Tab" if modal => {
            let order = dom::tab_order(&dialog);
            let (Some(first), Some(last)) = (order.first(), order.last()) else { return };
            let (edge, other) = if event.shift_key() { (first, last) } else { (last, first) };
            if dom::active_in(&dialog).as_ref() == Some(edge) {
                event.prevent_default();
                let _ = other.focus();
            }
        }
        _ => {}
    }
}

/// Esc, the button and [`close`] all end here: the focus goes back to where it was.
fn after_close() {
    // The place was changed: the dialog stands open again.
    if dialog().is_some_and(|it| it.open()) {
        return;
    }
    let opener = PANEL.with_borrow_mut(|slot| slot.as_mut().and_then(|panel| panel.opener.take()));
    if let Some(opener) = opener {
        let _ = opener.focus();
    }
    dom::fire("close", "view", "");
}
