//! The codes that articles may name, and those that a citizen meets and that want an article.

use podskazka::form::REQUIRED;
use podskazka::form::rules::RULE_CODES;
use podskazka::validators::codes::{CODES, is_code};

/// A validator, a rule of a form or the portal itself gives the code.
pub fn is_known(code: &str) -> bool {
    code.starts_with("site.") || is_code(code) || of_forms().any(|own| own == code)
}

/// Every fault of a field and everything that is said of a form.
pub fn to_explain() -> impl Iterator<Item = String> {
    let of_fields =
        CODES.iter().flat_map(|(kind, faults, _)| faults.iter().map(move |fault| format!("{kind}.{fault}")));
    of_fields.chain(of_forms().map(str::to_owned))
}

fn of_forms() -> impl Iterator<Item = &'static str> {
    RULE_CODES.iter().map(|(code, _)| *code).chain([REQUIRED])
}
