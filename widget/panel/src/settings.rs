//! Text size, contrast, motion, place and width of the panel. They take effect at once and stay in this browser.
//!
//! **Accessibility criteria**
//! - Each choice MUST be a button that says whether it is on; a press MUST leave the focus on it.
//! - The text size MUST not depend on the host page; the browser's own size is the base.

use js_sys::JSON;
use yew::{Html, html};

use crate::{
    act::{Act, Send, Switch},
    dom, texts,
    ui::toggle,
    wire::{self, Build, get},
};

/// Name of the settings in the storage of the page; written at the first change only.
const NAME: &str = "podskazka.settings";

/// Languages by their own names.
const LANGUAGES: [(&str, &str); 2] = [("ru", "Русский"), ("en", "English")];

#[derive(Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Place in `texts::sizes`.
    pub size: u8,
    pub contrast: bool,
    /// No motion, whatever the system says.
    pub still: bool,
    pub wide: bool,
    /// Beside the page instead of over it, on wide screens.
    pub docked: bool,
    /// `ru`, `en`; empty is the language of the page.
    pub lang: String,
}

impl Settings {
    /// What was kept; the defaults where there is no storage.
    pub fn read() -> Self {
        let read = || JSON::parse(&dom::window()?.local_storage().ok()??.get_item(NAME).ok()??).ok();
        let kept = read().unwrap_or_default();
        let on = |name| get(&kept, name).is_truthy();
        Self {
            size: get(&kept, "size").as_f64().unwrap_or_default() as u8,
            contrast: on("contrast"),
            still: on("still"),
            wide: on("wide"),
            docked: on("docked"),
            lang: wire::text(&kept, "lang"),
        }
    }

    pub fn keep(&self) {
        let value = Build::new()
            .set("size", &f64::from(self.size).into())
            .set("contrast", &self.contrast.into())
            .set("still", &self.still.into())
            .set("wide", &self.wide.into())
            .set("docked", &self.docked.into())
            .text("lang", &self.lang)
            .done();
        dom::keep(NAME, wire::json(&value).as_deref());
    }

    pub fn turn(&mut self, switch: Switch) {
        let it = match switch {
            Switch::Contrast => &mut self.contrast,
            Switch::Still => &mut self.still,
            Switch::Wide => &mut self.wide,
            Switch::Docked => &mut self.docked,
        };
        *it = !*it;
    }

    /// The names that `panel.css` knows, for the attribute `data-look`.
    pub fn look(&self, theme: &str) -> String {
        let size = ["", "large", "larger"].get(usize::from(self.size)).copied().unwrap_or_default();
        let on = |on: bool, name: &'static str| if on { name } else { "" };
        [
            size,
            on(self.contrast, "contrast"),
            on(self.still, "still"),
            on(self.wide, "wide"),
            on(self.docked, "docked"),
            if theme == "dark" || theme == "light" { theme } else { "" },
        ]
        .join(" ")
    }
}

/// `lang`: the language that is spoken now.
pub fn view(now: &Settings, lang: &str, send: &Send) -> Html {
    let one = |text, on, switch| html! { <p>{ toggle(text, on, send, Act::Turn(switch)) }</p> };
    html! {
        <>
            <h3 id="pdk-size">{ texts::size() }</h3>
            <div class="choice" role="group" aria-labelledby="pdk-size">
                { for (0_u8..).zip(texts::sizes().split('|')).map(|(at, text)| toggle(text, now.size == at, send, Act::Size(at))) }
            </div>
            <h3 id="pdk-tongue">{ texts::tongue() }</h3>
            <div class="choice" role="group" aria-labelledby="pdk-tongue">
                { for LANGUAGES.iter().map(|(code, name)| html! {
                    <span lang={*code}>{ toggle(*name, lang == *code, send, Act::Speak(code)) }</span>
                }) }
            </div>
            <h3>{ texts::look() }</h3>
            { one(texts::contrast(), now.contrast, Switch::Contrast) }
            { one(texts::still(), now.still, Switch::Still) }
            <div class="broad">
                <h3>{ texts::place() }</h3>
                { one(texts::docked(), now.docked, Switch::Docked) }
                { one(texts::wide(), now.wide, Switch::Wide) }
            </div>
            <p class="hint">{ texts::settings_note() }</p>
        </>
    }
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let changed = Settings { size: 2, contrast: true, docked: true, ..Settings::default() };
    vec![("default", view(&Settings::default(), "ru", &Send::noop())), ("changed", view(&changed, "en", &Send::noop()))]
}
