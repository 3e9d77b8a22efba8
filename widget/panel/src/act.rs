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

    /// `view/what`, as parts and the history of the browser write it.
    pub fn read(path: &str) -> Self {
        let (view, what) = path.split_once('/').unwrap_or((path, ""));
        match view {
            "article" => Self::Article(what.to_owned()),
            "status" => Self::Tickets(what.to_owned()),
            _ => Self::named(view),
        }
    }

    /// What [`View::read`] reads.
    pub fn path(&self) -> String {
        let (view, what) = match self {
            Self::Home => ("help", ""),
            Self::Article(id) => ("article/", id.as_str()),
            Self::Ticket => ("ticket", ""),
            Self::Tickets(at) => ("status/", at.as_str()),
            Self::Contacts => ("contacts", ""),
            Self::Settings => ("settings", ""),
            Self::Access => ("access", ""),
        };
        [view, what].concat()
    }

    /// The part that draws the view, where it is loaded by use, and the place within it.
    pub fn part(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Access => Some(("access.js", "")),
            Self::Ticket => Some(("letter.js", "")),
            Self::Contacts => Some(("contacts.js", "")),
            Self::Settings => Some(("settings.js", "")),
            Self::Tickets(at) => Some(("tickets.js", at)),
            _ => None,
        }
    }
}

#[derive(Clone)]
pub enum Act {
    Go(View),
    /// A step in the history of the browser led here.
    To(View),
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
    /// The settings as the person wants them now.
    Set(JsValue),
    /// A part names its view.
    Title(String),
    /// A part says something to a screen reader.
    Say(String),
    /// A part gives lines for the letter.
    Attach(JsValue),
    /// Whoever was typing a question has come to rest.
    Rest,
    /// Letters that wait for the link: their number.
    Waits(usize),
    /// A letter has gone: its ticket's number and state.
    Posted(String, String),
    /// The server did not take a letter that waited.
    Refused,
    /// A part could not begin.
    Failed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_found_by_its_path() {
        let article = View::Article("inn-checksum".into());
        let one = View::Tickets("PS-00000001-A".into());
        let all = View::Tickets(String::new());
        for view in [View::Home, article, View::Ticket, one, all, View::Contacts, View::Settings, View::Access] {
            assert!(View::read(&view.path()) == view, "{}", view.path());
        }
        assert!(View::read("no-such-view") == View::Home);
    }
}
