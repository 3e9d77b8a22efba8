//! Requests to the server and to our own files.

use js_sys::Reflect;
use podskazka::faq::{Article, Library, Pack, PackError, is_named_by_content, put_popular};
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

/// The articles, where their pictures lie, and where the texts of a large set.
pub struct Articles {
    pub library: Library,
    pub pictures: Pictures,
    pub texts: String,
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
            Ok(mut library) => {
                let popular = wire::get(&part(1), "popular");
                if popular.is_object() {
                    let of = |id: &str| wire::get(&popular, id).as_f64().unwrap_or_default() as u8;
                    put_popular(&mut library.articles, of);
                }
                pictures.names = wire::list(&part(1), "pictures", |it| it.as_string().unwrap_or_default());
                let texts = [&place, "/"].concat();
                pictures.served = place;
                return Some(Articles { library, pictures, texts });
            }
            Err(PackError::Version(_)) => {
                "its version is newer than the widget: update the widget. The articles of the widget's folder are shown"
            }
            Err(_) => "it is damaged or no article file. The articles of the widget's folder are shown",
        };
        let said = part(3).as_string();
        dom::broken(&part(2).as_string().unwrap_or_default(), said.as_deref().unwrap_or(fault));
    }
    let bytes = browser::bytes(&[base, "faq.pdk"].concat()).await.ok()?;
    Some(Articles { library: read(&bytes).await.ok()?, pictures, texts: base.to_owned() })
}

async fn read(bytes: &JsValue) -> Result<Library, PackError> {
    dom::painted().await;
    Library::read(&js_sys::Uint8Array::new(bytes).to_vec())
}

/// The articles of a chunk with their texts.
pub async fn chunk(url: &str) -> Option<Vec<Article>> {
    let bytes = js_sys::Uint8Array::new(&browser::bytes(url).await.ok()?).to_vec();
    // Another build has chunks of other names.
    let articles = Pack::read(&bytes).ok().filter(|_| is_named_by_content(url, &bytes)).map(|it| it.articles);
    if articles.is_none() {
        dom::broken(url, "no chunk of these articles: copy all files that `podskazka faq build` wrote");
    }
    articles
}

/// State of a ticket of this browser.
pub async fn status(endpoint: &str, own: &dom::Own) -> Option<String> {
    let headers = Build::new().text("Authorization", &["Bearer ", &own.token].concat()).done();
    let url = [endpoint, "v1/tickets/", &own.number].concat();
    let (status, ticket) = ask(&url, Build::new().set("headers", &headers)).await?;
    wire::some_text(&ticket, "status").filter(|_| status == 200)
}
