//! Short messages by an HTTP gateway: one when an operator did something that the citizen sees, to a ticket's phone, and
//! one with the code of access for whoever asks for it.
//!
//! A message says that there is news and where to read it, never what was written.

use podskazka::ticket::letters::short;
use podskazka::ticket::{Actor, is_mail};

use super::{Call, Hook, Line, Method, Trouble};
use crate::contact::phone;

/// Tells one step, where it is one to tell.
pub async fn call<'a>(hook: &'a Hook, call: &Call, line: Line<'a>) -> Result<(), Trouble> {
    if call.event.actor != Actor::Operator || call.contact.is_empty() || is_mail(&call.contact) {
        return Ok(());
    }
    send(hook, line, &phone(&call.contact), &short(&call.number, call.status)).await
}

/// Sends one message.
pub async fn send<'a>(hook: &'a Hook, mut line: Line<'a>, phone: &str, text: &str) -> Result<(), Trouble> {
    let fill = |template: &str, write: fn(&str) -> String| {
        // The text is put in last: it holds no braces, so nothing in it is taken for a place.
        template.replace("{phone}", &write(phone)).replace("{text}", &write(text))
    };
    let url = fill(&hook.url, in_url);
    let json = hook.body.trim_start().starts_with(['{', '[']);
    let kind = if json { "application/json" } else { "application/x-www-form-urlencoded" };
    line.headers = hook.headers.iter().map(|(name, value)| (name.as_str(), value.0.clone())).collect();
    let body = fill(&hook.body, if json { in_json } else { in_url });
    let method = if body.is_empty() { Method::GET } else { Method::POST };
    line.ask(method, &url, (!body.is_empty()).then_some((kind, body))).await?;
    Ok(())
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
    fn a_template_has_no_holes() {
        assert_eq!(in_url("+7 а&b"), "%2B7%20%D0%B0%26b");
        assert_eq!(in_json("a\n\u{1}b"), "a\\n\\u0001b");
    }
}
