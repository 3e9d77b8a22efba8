//! What a person can do in the panel: the views know nothing else.

use wasm_bindgen::JsValue;
use yew::Callback;

/// Takes what a person did.
pub type Send = Callback<Act>;

/// The part that is shown.
#[derive(Clone, PartialEq, Eq)]
pub enum View {
    /// This page's help; with a question, what was found.
    Home,
    /// An article by its id.
    Article(String),
    /// The letter to the support.
    Ticket,
    /// Own tickets; one by its number, or `mail`: finding them by mail.
    Tickets(String),
    Contacts,
    Settings,
    /// «Не работает портал?»
    Access,
}

impl View {
    /// Name for the page: `open({view})` and the event `podskazka:open`.
    pub fn named(name: &str) -> Self {
        match name {
            "ticket" => Self::Ticket,
            "status" => Self::Tickets(String::new()),
            "contacts" => Self::Contacts,
            "settings" => Self::Settings,
            "access" => Self::Access,
            _ => Self::Home,
        }
    }

    /// The part that draws the view, where it is loaded by use, and the place within it.
    pub fn part(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Access => Some(("access.js", "")),
            Self::Ticket => Some(("letter.js", "")),
            Self::Tickets(at) => Some(("tickets.js", at)),
            _ => None,
        }
    }
}

/// A setting that has one other state.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    Contrast,
    Still,
    Wide,
    Docked,
}

#[derive(Clone)]
pub enum Act {
    Go(View),
    Back,
    Close,
    Query(String),
    /// Write to the support with the question carried over.
    Ask,
    /// «Помогло» or not, for the article that is open.
    Rate(bool),
    /// Why it did not help: place in `texts::reasons`.
    Reason(u8),
    /// A step of the article that is open was done, or was not after all.
    Tick(u16),
    /// «Показать поле»: its name.
    Reveal(String),
    /// Text size: place in `texts::sizes`.
    Size(u8),
    Turn(Switch),
    /// Another language, by its code.
    Speak(&'static str),
    /// A part names its view.
    Title(String),
    /// A part says something to a screen reader.
    Say(String),
    /// A part gives lines for the letter.
    Attach(JsValue),
    /// Letters that wait for the link: their number.
    Waits(usize),
    /// A letter has gone: its ticket's number and state.
    Posted(String, String),
    /// The server did not take a letter that waited.
    Refused,
    /// A part could not begin.
    Failed,
}
