//! What a person has chosen for the panel: text size, contrast, motion, place, width, language. The view is
//! `widget/panel/later/settings.ts`.

use js_sys::JSON;
use wasm_bindgen::JsValue;

use crate::{
    browser,
    wire::{self, get},
};

/// Name of the settings in the storage of the page; written at the first change only.
const NAME: &str = "podskazka.settings";

#[derive(Clone, Default)]
pub struct Settings {
    /// 0 is the usual size, 2 the largest.
    size: u8,
    contrast: bool,
    /// No motion, whatever the system says.
    still: bool,
    wide: bool,
    /// Beside the page instead of over it, on wide screens.
    pub docked: bool,
    /// `ru`, `en`; empty is the language of the page.
    pub lang: String,
}

impl Settings {
    /// What was kept; the defaults where there is no storage.
    pub fn read() -> Self {
        Self::of(&browser::kept(NAME).and_then(|it| JSON::parse(&it).ok()).unwrap_or_default())
    }

    /// Reads the object leniently: a missing part is the default.
    pub fn of(value: &JsValue) -> Self {
        let on = |name| get(value, name).is_truthy();
        Self {
            size: get(value, "size").as_f64().unwrap_or_default() as u8,
            contrast: on("contrast"),
            still: on("still"),
            wide: on("wide"),
            docked: on("docked"),
            lang: wire::text(value, "lang"),
        }
    }

    pub fn keep(value: &JsValue) {
        browser::keep(NAME, wire::json(value));
    }

    /// The names that `panel.css` knows, for the attribute `data-look`.
    pub fn look(&self, theme: &str) -> String {
        let size = ["", "large ", "larger "].get(usize::from(self.size)).copied().unwrap_or_default();
        let on = |on: bool, name: &'static str| if on { name } else { "" };
        [
            size,
            on(self.contrast, "contrast "),
            on(self.still, "still "),
            on(self.wide, "wide "),
            on(self.docked, "docked "),
            if theme == "dark" || theme == "light" { theme } else { "" },
        ]
        .concat()
    }
}
