//! The checks of the core behind one function, for `vectors.mjs`: the same source runs natively, as wasm and as JavaScript.

use podskazka::validators::{Kind, check};
use podskazka::verdict::{Context, Day, Value, Verdict};

/// The verdict on `value`; `None` for a kind that the core does not know, or a day that is not `YYYY-MM-DD`.
pub fn verdict(kind: &str, value: &str, bik: Option<&str>, today: &str) -> Option<Verdict<Value>> {
    let mut parts = today.split('-');
    let today =
        Day { year: parts.next()?.parse().ok()?, month: parts.next()?.parse().ok()?, day: parts.next()?.parse().ok()? };
    Some(check(Kind::parse(kind)?, value, &Context { today, bik }))
}

#[cfg(target_arch = "wasm32")]
mod page {
    use serde::Serialize;
    use wasm_bindgen::prelude::*;

    /// The same as a plain object; `undefined` where there is no verdict.
    #[wasm_bindgen]
    pub fn verdict(kind: &str, value: &str, bik: Option<String>, today: &str) -> JsValue {
        let plain = serde_wasm_bindgen::Serializer::json_compatible();
        let verdict = super::verdict(kind, value, bik.as_deref(), today);
        verdict.and_then(|it| it.serialize(&plain).ok()).unwrap_or(JsValue::UNDEFINED)
    }
}
