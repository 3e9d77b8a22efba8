//! The checks of the core behind one function, for `core.rs` and for the native side of `vectors.mjs`.

use podskazka::validators::{Kind, check};
use podskazka::verdict::{Context, Day, Value, Verdict};

/// The verdict on `value`; `None` for a kind that the core does not know, or a day that is not `YYYY-MM-DD`.
pub fn verdict(kind: &str, value: &str, bik: Option<&str>, today: &str) -> Option<Verdict<Value>> {
    let mut parts = today.split('-');
    let today =
        Day { year: parts.next()?.parse().ok()?, month: parts.next()?.parse().ok()?, day: parts.next()?.parse().ok()? };
    Some(check(Kind::parse(kind)?, value, &Context { today, bik }))
}
