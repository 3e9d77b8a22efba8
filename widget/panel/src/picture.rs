//! The picture of the page: taken, drawn, changed.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use crate::{dom, mount, part, wire::get};

async fn settled(promise: &JsValue) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(promise)).await.ok()
}

pub async fn take(capture: &Function) -> Option<Blob> {
    settled(&capture.call0(&JsValue::NULL).ok()?).await?.dyn_into().ok()
}

/// Where the page stands: `{x, y}` in CSS pixels.
pub fn place() -> JsValue {
    let place = js_sys::Object::new();
    for (name, from) in [("x", "scrollX"), ("y", "scrollY")] {
        let _ = Reflect::set(&place, &name.into(), &get(&js_sys::global(), from));
    }
    place.into()
}

/// The editor over the panel; `None` where it cannot be had, `Some(None)` where the picture stays as it was.
pub async fn edit(given: JsValue, picture: &Blob, place: &JsValue) -> Option<Option<Blob>> {
    let module = part::load(given, "editor.js").await?;
    let edit: Function = get(&module, "edit").dyn_into().ok()?;
    let promise = edit.call3(&module, picture.as_ref(), mount::dialog()?.as_ref(), place).ok()?;
    Some(settled(&promise).await?.dyn_into().ok())
}

/// Draws the picture into the canvas: a `blob:` image would be refused by the policy of the page.
pub async fn draw(canvas: HtmlCanvasElement, picture: &Blob) -> Option<()> {
    let promise = dom::window()?.create_image_bitmap_with_blob(picture).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0).ok()
}
