//! Requests to the server and to our own files.

use js_sys::Reflect;
use podskazka::faq::{Pack, PackError, put_popular};
use wasm_bindgen::JsValue;

use crate::{
    browser, dom,
    wire::{self, Build},
};

/// Status and JSON of the answer; `None` where there was none. `of` is what `fetch` takes.
async fn ask(url: &str, of: Build) -> Option<(u16, JsValue)> {
    let answer = browser::ask(url, &of.done()).await.ok()?;
    let part = |at: u32| Reflect::get_u32(&answer, at).unwrap_or_default();
    Some((part(0).as_f64().unwrap_or_default() as u16, part(1)))
}

/// The articles, and where the pictures of theirs lie that the widget's folder lacks.
pub struct Articles {
    pub pack: Pack,
    pub pictures: Pictures,
}

/// Pictures of articles: where the widget's lie, where the server's, and the names of these.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pictures {
    pub base: String,
    pub served: String,
    pub names: Vec<String>,
}

impl Pictures {
    /// Address of a picture.
    pub fn find(&self, name: &str) -> String {
        if self.names.iter().any(|it| it == name) {
            [&self.served, "/", name].concat()
        } else {
            [&self.base, "faq/", name].concat()
        }
    }
}

/// The articles of the server; those of the widget's folder where it has none that can be read. They are read once the
/// panel is seen.
pub async fn articles(endpoint: &str, base: &str) -> Option<Articles> {
    let place = [endpoint, "v1/faq"].concat();
    let mut pictures = Pictures { base: base.to_owned(), ..Pictures::default() };
    let served = browser::served(&place).await;
    if served.is_object() {
        let part = |at: u32| Reflect::get_u32(&served, at).unwrap_or_default();
        let fault = match read(&part(0)).await {
            Ok(mut pack) => {
                let popular = wire::get(&part(1), "popular");
                if popular.is_object() {
                    let of = |id: &str| wire::get(&popular, id).as_f64().unwrap_or_default() as u8;
                    put_popular(&mut pack.articles, of);
                }
                pictures.names = wire::list(&part(1), "pictures", |it| it.as_string().unwrap_or_default());
                pictures.served = place;
                return Some(Articles { pack, pictures });
            }
            Err(PackError::Version(_)) => "its version is newer than the widget: update the widget",
            Err(_) => "it is damaged or no article file",
        };
        let said = part(3).as_string();
        dom::broken(&part(2).as_string().unwrap_or_default(), said.as_deref().unwrap_or(fault));
    }
    let bytes = browser::bytes(&[base, "faq.pdk"].concat()).await.ok()?;
    Some(Articles { pack: read(&bytes).await.ok()?, pictures })
}

async fn read(bytes: &JsValue) -> Result<Pack, PackError> {
    dom::painted().await;
    Pack::read(&js_sys::Uint8Array::new(bytes).to_vec())
}

/// State of a ticket of this browser.
pub async fn status(endpoint: &str, own: &dom::Own) -> Option<String> {
    let headers = Build::new().text("Authorization", &["Bearer ", &own.token].concat()).done();
    let url = [endpoint, "v1/tickets/", &own.number].concat();
    let (status, ticket) = ask(&url, Build::new().set("headers", &headers)).await?;
    wire::some_text(&ticket, "status").filter(|_| status == 200)
}
