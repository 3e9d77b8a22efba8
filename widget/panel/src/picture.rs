//! The picture of the page: taken, changed.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::{browser, part, wire::get};

async fn settled(promise: &JsValue) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(promise)).await.ok()
}

pub async fn take(capture: &Function) -> Option<Blob> {
    settled(&capture.call0(&JsValue::NULL).ok()?).await?.dyn_into().ok()
}

/// The editor over the panel; `None` where it cannot be had, `Some(None)` where the picture stays as it was.
pub async fn edit(given: JsValue, picture: &Blob, place: &JsValue) -> Option<Option<Blob>> {
    let module = part::load(given, "editor.js").await?;
    let edit: Function = get(&module, "edit").dyn_into().ok()?;
    let promise = edit.call3(&module, picture.as_ref(), browser::element().as_ref(), place).ok()?;
    Some(settled(&promise).await?.dyn_into().ok())
}
