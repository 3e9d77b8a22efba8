//! The search alone as a module: `cargo xtask bench faq` measures it.

use podskazka::faq::{Answer, Builder, Hint, Index, Pack};
use wasm_bindgen::prelude::wasm_bindgen;

/// Articles and their index.
#[wasm_bindgen]
pub struct Search {
    pack: Pack,
    index: Index,
}

#[wasm_bindgen]
impl Search {
    /// From an article file; a file that cannot be read is an empty one.
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Self {
        let pack = Pack::read(file).unwrap_or_default();
        let index = Builder::build(&pack.articles, &pack.lexicon);
        Self { pack, index }
    }

    /// Places of the articles that answer, each followed by the bits of its score.
    pub fn ask(&self, query: &str) -> Vec<u32> {
        let Answer { hits, .. } = self.index.search(&self.pack.articles, query, &Hint::default());
        hits.iter().flat_map(|hit| [hit.index as u32, hit.score.to_bits()]).collect()
    }
}
