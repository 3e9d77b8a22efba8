//! What waits to be sent: IndexedDB, since it holds a person's own words and must outlive the page.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use crate::{
    dom,
    wire::{self, Build, get},
};

const NAME: &str = "podskazka-outbox";
/// In `localStorage` while something waits: the loader of the next page looks there, which costs it no database.
const WAITS: &str = "podskazka.waits";
/// Shorter than the seven days for which the server knows a key.
const LIFE_MS: f64 = 6.0 * 24.0 * 3600.0 * 1000.0;

/// A letter and its keys.
#[derive(Clone)]
pub struct Mail {
    pub key: String,
    pub upload_key: String,
    /// Milliseconds since 1970.
    pub at: f64,
    pub endpoint: String,
    pub site: String,
    /// Whose letter it is, signed by the portal; empty where it does not say.
    pub identity: String,
    /// `NewTicket` as a plain object.
    pub ticket: JsValue,
}

impl Mail {
    /// Names the picture that has been uploaded.
    pub fn attach(&self, token: &str) {
        let _ = Reflect::set(&self.ticket, &"uploads".into(), &Array::of1(&token.into()));
    }

    fn write(&self) -> JsValue {
        Build::new()
            .text("key", &self.key)
            .text("upload_key", &self.upload_key)
            .set("at", &self.at.into())
            .text("endpoint", &self.endpoint)
            .text("identity", &self.identity)
            .text("site", &self.site)
            .set("ticket", &self.ticket)
            .done()
    }

    fn read(value: &JsValue) -> Self {
        Self {
            key: wire::text(value, "key"),
            upload_key: wire::text(value, "upload_key"),
            at: get(value, "at").as_f64().unwrap_or_default(),
            endpoint: wire::text(value, "endpoint"),
            identity: wire::text(value, "identity"),
            site: wire::text(value, "site"),
            ticket: get(value, "ticket"),
        }
    }
}

/// A letter with its picture, while that is not uploaded yet.
#[derive(Clone)]
pub struct Parcel {
    pub mail: Mail,
    pub picture: Option<Blob>,
    /// The server did not take its picture.
    pub bare: bool,
}

impl Parcel {
    /// Writes the parcel; `false` where the browser gives no store.
    pub async fn store(&self) -> bool {
        let done = self.write().await.is_some();
        if done {
            dom::keep(WAITS, Some("1"));
        }
        done
    }

    async fn write(&self) -> Option<()> {
        let value = js_sys::Object::new();
        Reflect::set(&value, &"mail".into(), &self.mail.write()).ok()?;
        if let Some(picture) = &self.picture {
            Reflect::set(&value, &"picture".into(), picture).ok()?;
        }
        let store = store(IdbTransactionMode::Readwrite).await?;
        done(&store.put_with_key(&value, &JsValue::from_str(&self.mail.key)).ok()?).await?;
        Some(())
    }

    /// Forgets the parcel.
    pub async fn remove(&self) {
        if let Some(store) = store(IdbTransactionMode::Readwrite).await
            && let Ok(request) = store.delete(&JsValue::from_str(&self.mail.key))
        {
            done(&request).await;
        }
        if all().await.is_some_and(|rest| rest.is_empty()) {
            dom::keep(WAITS, None);
        }
    }
}

/// Parcels that wait from an earlier page; those that are too old are dropped.
pub async fn waiting() -> Vec<Parcel> {
    let mut fresh = Vec::new();
    for parcel in all().await.unwrap_or_default() {
        if js_sys::Date::now() - parcel.mail.at > LIFE_MS {
            parcel.remove().await;
        } else {
            fresh.push(parcel);
        }
    }
    fresh
}

async fn all() -> Option<Vec<Parcel>> {
    let store = store(IdbTransactionMode::Readonly).await?;
    let rows: Array = done(&store.get_all().ok()?).await?.dyn_into().ok()?;
    let read = |row: JsValue| Parcel {
        mail: Mail::read(&get(&row, "mail")),
        picture: get(&row, "picture").dyn_into().ok(),
        bare: false,
    };
    Some(rows.iter().map(read).collect())
}

async fn store(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    let request: IdbOpenDbRequest = dom::window()?.indexed_db().ok()??.open_with_u32(NAME, 1).ok()?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if let Some(base) = opening.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
            let _ = base.create_object_store(NAME);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let base: IdbDatabase = done(&request).await?.dyn_into().ok()?;
    base.transaction_with_str_and_mode(NAME, mode).ok()?.object_store(NAME).ok()
}

async fn done(request: &IdbRequest) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.ok()?;
    request.result().ok()
}
