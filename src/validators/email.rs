//! Адрес электронной почты: e-mail address.
//!
//! One `@`, something before it, a domain with a dot after it. Domains such as .рф are lawful.
//!
//! # Sources
//! RFC 5321, RFC 6531 (addresses beyond ASCII). Stricter rules refuse real mailboxes.

use super::{fault, whole};
use crate::verdict::{Context, Verdict, Warning};

/// Domains that people misspell.
const SLIPS: [&str; 5] = ["gmial.com", "gmai.com", "yandex.ry", "mail.ri", "maill.ru"];

/// An address as typed, without blanks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

/// Clean, characters, components.
pub fn check(text: &str, _: &Context) -> Verdict<Email> {
    let address = text.trim();
    if address.is_empty() {
        return Verdict::Partial { missing: 1, lengths: Vec::new() };
    }
    let Some((local, domain)) = address.split_once('@') else {
        return fault("email.format", whole(text), "@", "", Vec::new());
    };
    let labels = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
    if local.is_empty() || !labels || domain.contains('@') || address.chars().any(char::is_whitespace) {
        return fault("email.format", whole(text), "name@domain", "", Vec::new());
    }
    let slip = SLIPS.contains(&domain);
    let warnings = slip.then(|| Warning { code: "email.domain".to_owned(), span: None }).into_iter().collect();
    Verdict::Complete { value: Email(address.to_owned()), warnings }
}

impl AsRef<str> for Email {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
