//! What a picture of the page may show, as the core says: called by `widget/capture`.

use wasm_bindgen::prelude::*;

/// See [`podskazka::privacy::picture::cover`].
#[wasm_bindgen]
pub fn cover(lines: &str, typed: &str) -> String {
    podskazka::privacy::picture::cover(lines, typed)
}
