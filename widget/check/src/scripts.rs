//! The scripts beside, which callers see, and the start of the module.

use podskazka::validators::ALL;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/desk.js")]
extern "C" {
    /// Shows the exports of this module to the scripts, and the names of the kinds with blanks between.
    fn open(exports: JsValue, names: &str);
}

#[wasm_bindgen(module = "/src/arguments.js")]
extern "C" {
    #[wasm_bindgen(reexport)]
    fn kinds();
}

#[wasm_bindgen(module = "/src/check.js")]
extern "C" {
    #[wasm_bindgen(reexport)]
    fn check();
    #[wasm_bindgen(reexport)]
    fn format();
}

#[wasm_bindgen(module = "/src/many.js")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = checkMany)]
    fn check_many();
}

#[wasm_bindgen(module = "/src/form.js")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = checkForm)]
    fn check_form();
}

#[cfg(feature = "words")]
#[wasm_bindgen(module = "/src/explain.js")]
extern "C" {
    #[wasm_bindgen(reexport)]
    fn explain();
}

/// Half the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen(start)]
fn start() {
    let names: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
    open(wasm_bindgen::exports(), &names.join(" "));
}
