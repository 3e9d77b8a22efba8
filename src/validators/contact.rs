//! A way to answer a person: a phone or a mail address.
//!
//! A door of its own: whoever needs no more than this does not carry the rules of all the other kinds (the panel of the
//! page, 20 KB of it).

use super::engine::look;
use super::flaw::{Name, Outcome};
use super::{email, phone};
use crate::verdict::Context;

/// True for a phone or a mail address that is complete, and for a number of another country, which is a lawful contact:
/// ITU-T E.164 allows 15 digits.
pub fn is_contact(text: &str, ctx: &Context) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // What it looks like comes first: the other look would be for nothing, and it is most of what a check of a ticket costs.
    let mut specs = [&phone::ALONE, &email::SPEC];
    if text.contains('@') {
        specs.reverse();
    }
    specs.into_iter().any(|spec| match look(spec, text, ctx) {
        Outcome::Complete(_) => true,
        Outcome::Fault(flaw) => flaw.name == Name::Country && (8..=15).contains(&digits),
        Outcome::Partial(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Day;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        let ctx = Context { today: Day { year: 2000, month: 1, day: 1 }, bik: None };
        assert_eq!(is_contact(text, &ctx), expected, "{text}");
    }

    #[test]
    fn accepts_what_can_be_answered() {
        check("+7 900 123-45-67", true);
        check("anna@example.ru", true);
        check("+1 555 123 4567", true);
    }

    #[test]
    fn rejects_the_rest() {
        check("", false);
        check("позвоните мне", false);
        check("+7 900 123", false);
        check("anna@", false);
    }
}
