//! Short messages by an HTTP gateway: one when an operator did something that the citizen sees, to a ticket's phone.
//!
//! A message says that there is news and where to read it, never what was written.

use podskazka::ticket::letters::short;
use podskazka::ticket::{Actor, is_mail};

use super::{Ask, Call, Hook, Said, Trouble};

/// Tells one step, where it is one to tell.
pub fn call(hook: &Hook, call: &Call, ask: impl Fn(Ask) -> Result<Said, Trouble>) -> Result<(), Trouble> {
    if call.event.actor != Actor::Operator || call.contact.is_empty() || is_mail(&call.contact) {
        return Ok(());
    }
    let (phone, text) = (phone(&call.contact), short(&call.number, call.status));
    let fill = |template: &str, write: fn(&str) -> String| {
        // The text is put in last: it holds no braces, so nothing in it is taken for a place.
        template.replace("{phone}", &write(&phone)).replace("{text}", &write(&text))
    };
    let url = fill(&hook.url, in_url);
    let json = hook.body.trim_start().starts_with(['{', '[']);
    let kind = if json { "application/json" } else { "application/x-www-form-urlencoded" };
    let mut headers = vec![("content-type".to_owned(), kind.to_owned())];
    headers.extend(hook.headers.iter().map(|(name, value)| (name.clone(), value.0.clone())));
    let body = fill(&hook.body, if json { in_json } else { in_url });
    let method = if body.is_empty() { "GET" } else { "POST" };
    ask(Ask { method, url, headers, body }).map(|_| ())
}

/// `+79001234567` of any spelling.
pub fn phone(contact: &str) -> String {
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 && !contact.trim_start().starts_with('+') => format!("+7{rest}"),
        _ => format!("+{digits}"),
    }
}

fn in_url(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Between quotation marks of a JSON text.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.trim_start_matches('"').trim_end_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_has_one_spelling_and_a_template_no_holes() {
        for text in ["8 (900) 123-45-67", "+7 900 123 45 67", "7-900-123-45-67"] {
            assert_eq!(phone(text), "+79001234567");
        }
        assert_eq!(phone("+375 29 123-45-67"), "+375291234567");
        assert_eq!(in_url("+7 а&b"), "%2B7%20%D0%B0%26b");
        assert_eq!(in_json("a\n\u{1}b"), "a\\n\\u0001b");
    }
}
