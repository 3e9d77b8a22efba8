//! Field checks of a page: hints while typing, errors after leaving, repairs, the summary of a submit.
//!
//! The rules live in `podskazka::form`. This crate keeps a session for each form and names forms and fields by number; what a
//! page is, how it is read and written, stands in three scripts, which call back with those numbers. [`destroy`] takes
//! everything back.

#![cfg(target_arch = "wasm32")]

use podskazka::verdict::Day;
use wasm_bindgen::prelude::*;

mod checks;
mod page;

/// Half the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Look after every `form[data-podskazka-form]` and every `[data-podskazka]` field of the page.
///
/// `config.words` is the text of a file of words (`words.ru.txt`). It may hold `today` (`YYYY-MM-DD`, instead of the clock) and `override: false` (no «Всё равно отправить»).
#[wasm_bindgen]
pub fn start(config: JsValue) {
    destroy();
    page::open(config, wasm_bindgen::exports());
    checks::begin(&page::words(), day(page::today()));
    page::listen();
}

/// Take every listener, node, attribute and style of ours off the page.
#[wasm_bindgen]
pub fn destroy() {
    page::close();
    checks::end();
}

/// What may leave the page: shapes of the fields of the form that was used last, or `null`.
#[wasm_bindgen]
pub fn snapshot() -> JsValue {
    page::snapshot()
}

/// Bring a field into view and put the focus on it; false where there is none of this name.
#[wasm_bindgen]
pub fn reveal(name: &str) -> bool {
    page::reveal(name)
}

/// The day of a number such as 20261231.
fn day(number: u32) -> Day {
    let part = |n: u32| u8::try_from(n % 100).unwrap_or(1);
    Day { year: u16::try_from(number / 10_000).unwrap_or(1), month: part(number / 100), day: part(number) }
}
