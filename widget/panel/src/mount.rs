//! The panel on the page: opened, closed, taken off. The dialog itself is the script `browser.js`.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{AppHandle, Renderer};

use crate::{
    app::App,
    browser, dom,
    params::{Params, Props},
    settings::Settings,
};

struct Mounted {
    app: AppHandle<App>,
    turn: u32,
}

thread_local! {
    static PANEL: RefCell<Option<Mounted>> = const { RefCell::new(None) };
    /// Grows with every opening and closing: one that waits knows by it whether it is still wanted.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Opens the panel: `{view, code?, field?, form?, article?, topic?, errors?, snapshot, endpoint, base, site?, build?, theme?, load?,
/// reveal?, prefill?}`. Views: `help`, `article`, `ticket`, `status`, `contacts`, `settings`.
#[wasm_bindgen]
pub fn open(params: JsValue) {
    let turn = next();
    let Some(explained) = browser::explain(&params) else { return show(&params) };
    spawn_local(async move {
        let _ = JsFuture::from(explained).await;
        // Closed, taken off or opened anew meanwhile.
        if TURN.get() == turn {
            show(&params);
        }
    });
}

/// The number of the opening or closing that now counts.
fn next() -> u32 {
    TURN.set(TURN.get() + 1);
    TURN.get()
}

fn show(params: &JsValue) {
    let params = Rc::new(Params::read(params));
    let settings = Settings::read();
    PANEL.with_borrow_mut(|slot| {
        let place = slot.is_none().then(browser::mount);
        let raised = browser::show(&settings.look(&params.theme), settings.docked, params.quiet);
        let turn = slot.as_ref().map_or(0, |it| it.turn + 1);
        let props = Props { params: params.clone(), turn };
        match (slot, place) {
            // It was out of reach, and shows what it has shown.
            (Some(_), _) if raised && params.view == "help" => {}
            (Some(panel), _) => {
                panel.turn = turn;
                panel.app.update(props);
            }
            (slot, Some(place)) => {
                let app = Renderer::<App>::with_root_and_props(place, props).render();
                *slot = Some(Mounted { app, turn });
            }
            _ => {}
        }
    });
    dom::fire("open", "view", &params.view);
}

/// Closes the panel and tells whether it was open. What has been typed stays until the page is left.
#[wasm_bindgen]
pub fn close() -> bool {
    next();
    browser::close()
}

/// Takes the panel off the page; the focus goes back to where it was.
#[wasm_bindgen]
pub fn destroy() {
    next();
    if let Some(panel) = PANEL.take() {
        panel.app.destroy();
        browser::destroy();
    }
}

/// Asks the panel that is mounted; `None` where none is, or while it works.
pub fn app<T>(ask: impl FnOnce(&App) -> T) -> Option<T> {
    PANEL.with(|slot| Some(ask(&*slot.try_borrow().ok()?.as_ref()?.app.get_component()?)))
}
