//! Адрес электронной почты: e-mail address.
//!
//! One `@`, something before it, a domain with a dot after it. Domains such as .рф are lawful, so is a Cyrillic name before
//! the `@`, though it is usually a slip of the keyboard layout.
//!
//! # Sources
//! RFC 5321, RFC 6531 (addresses beyond ASCII). Stricter rules refuse real mailboxes.
//!
//! # Examples
//! ```
//! use podskazka::{validators::email::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("user@domain.рф", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("anna.example.ru", &ctx), Verdict::Fault(f) if f.code == "email.at"));
//! ```

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{is_blank, is_cyrillic, lower, trim};
use crate::verdict::Context;

identifier!(
    /// An address as typed, without blanks around it.
    Email, Email, main
);

pub(super) static SPEC: Spec = Spec {
    name: "email",
    labels: &["email", "почта"],
    rule: Rule::Own(Own { look, value: super::text::value, fixes }),
};

/// Domains of most Russian mailboxes.
const KNOWN: [&str; 14] = [
    "gmail.com",
    "mail.ru",
    "yandex.ru",
    "yandex.com",
    "rambler.ru",
    "inbox.ru",
    "list.ru",
    "icloud.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "internet.ru",
    "ya.ru",
    "bk.ru",
];
/// Real domains that look like a slip in one of them.
const REAL: [&str; 3] = ["ymail.com", "email.ru", "mail.com"];
/// Shorter domains have too many real neighbours.
const SHORTEST: usize = 7;

fn look(text: &str, _: &Context) -> Outcome {
    let flaw =
        |name, from: usize, to: usize| Outcome::Fault(Flaw { place: Place::Chars(from, to), ..Flaw::whole(name) });
    let address = trim(text);
    if address.is_empty() {
        return Outcome::Partial(1);
    }
    let start = text.chars().take_while(|c| is_blank(*c)).count();
    let place = |wanted: fn(char) -> bool| address.chars().position(wanted).map(|at| start + at);
    if let Some(at) = place(|c| is_blank(c) || matches!(c, '<' | '>' | ';' | '"')) {
        return flaw("chars", at, at + 1);
    }
    let Some(at) = place(|c| c == '@') else { return Outcome::Fault(Flaw::whole("at")) };
    let end = start + address.chars().count();
    if address.chars().filter(|c| *c == '@').count() > 1 {
        return flaw("at", at, end);
    }
    let domain = domain(address);
    if at == start {
        return flaw("local", at, at + 1);
    }
    if !domain.contains('.') || domain.split('.').any(str::is_empty) || domain.contains(',') {
        return flaw("domain", at + 1, end);
    }
    if address.chars().take(at - start).any(is_cyrillic) {
        return Outcome::Complete(Some("cyrillic"));
    }
    Outcome::Complete(slip(domain).map(|_| "slip"))
}

fn domain(address: &str) -> &str {
    address.split('@').nth(1).unwrap_or_default()
}

/// The known domain that this one is a slip of.
fn slip(domain: &str) -> Option<&'static str> {
    let domain: Vec<char> = domain.chars().map(lower).collect();
    let same = |known: &&&str| known.chars().eq(domain.iter().copied());
    if KNOWN.iter().chain(&REAL).find(same).is_some() {
        return None;
    }
    KNOWN.iter().copied().find(|known| known.len() >= SHORTEST && one_slip(known.as_bytes(), &domain))
}

/// One letter wrong, swapped with its neighbour, missing or too many.
fn one_slip(known: &[u8], typed: &[char]) -> bool {
    let same = |k: &u8, t: &char| char::from(*k) == *t;
    let head = known.iter().zip(typed).take_while(|(k, t)| same(k, t)).count();
    let tail = known.iter().rev().zip(typed.iter().rev()).take_while(|(k, t)| same(k, t)).count();
    let (known_len, typed_len) = (known.len(), typed.len());
    if known_len.abs_diff(typed_len) == 1 {
        return head + tail >= known_len.min(typed_len);
    }
    let swapped = || {
        let pair = |at: usize| Some((char::from(*known.get(at)?), *typed.get(at)?));
        head + tail + 2 == known_len && pair(head).zip(pair(head + 1)).is_some_and(|((a, b), (c, d))| a == d && b == c)
    };
    known_len == typed_len && (head + tail + 1 == known_len || swapped())
}

/// The address with a known domain in place of its slip.
pub(super) fn suggestion(text: &str) -> Option<String> {
    let address = trim(text);
    let known = slip(domain(address))?;
    let local = address.split('@').next()?;
    Some([local, "@", known].concat())
}

fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    let kept = |c: &char| !is_blank(*c) && !matches!(c, '<' | '>' | ';' | '"');
    let mended: String = trim(text).chars().filter(kept).map(|c| if c == ',' { '.' } else { c }).collect();
    let mended = mended.trim_end_matches('.');
    let whole = matches!(flaw.name, "chars" | "domain") && look(mended, ctx) == Outcome::Complete(None);
    whole.then(|| ("stray", mended.to_owned())).into_iter().collect()
}
