//! Chatwoot, by the client API of an API inbox: a contact a ticket, one conversation, a message a step.
//!
//! # Sources
//! <https://developers.chatwoot.com/api-reference/> under `contacts-api`, `conversations-api` and `messages-api`, read in
//! November 2026. The client API asks for no token: the inbox's identifier is one, keep it as such.

use podskazka::privacy::detect::scrub_numbers;
use podskazka::ticket::Actor;
use podskazka::wire::page::EventKind;
use serde_json::{Value, json};

use super::{Call, Hook, Line, Method, Trouble};

/// Tells one step; `foreign` is `contact/conversation`, or the contact alone while the conversation is not made yet.
pub async fn call(hook: &Hook, call: &Call, foreign: &mut Option<String>, line: Line<'_>) -> Result<(), Trouble> {
    let contacts = format!("/public/api/v1/inboxes/{}/contacts", hook.group);
    if foreign.is_none() {
        // The identifier is the number, so a repeated request finds the contact again.
        let made = line.send(Method::POST, &contacts, &contact(call)).await?;
        *foreign = Some(name(&made["source_id"]).ok_or(Trouble::Later)?);
    }
    let known = foreign.clone().ok_or(Trouble::Later)?;
    let (source, conversation) = match known.split_once('/') {
        Some((source, conversation)) => (source.to_owned(), conversation.to_owned()),
        None => {
            let about = json!({"custom_attributes": {"number": call.number, "form": call.form, "code": call.code}});
            let made = line.send(Method::POST, &format!("{contacts}/{known}/conversations"), &about).await?;
            let id = name(&made["id"]).ok_or(Trouble::Later)?;
            *foreign = Some(format!("{known}/{id}"));
            (known, id)
        }
    };
    let Some(words) = words(call) else { return Ok(()) };
    let path = format!("{contacts}/{source}/conversations/{conversation}/messages");
    line.send(Method::POST, &path, &json!({"content": words, "echo_id": call.dedupe})).await?;
    Ok(())
}

fn contact(call: &Call) -> Value {
    let mut contact = json!({"identifier": call.number, "name": call.name});
    if call.contact.contains('@') {
        contact["email"] = json!(call.contact.trim());
    } else if !call.contact.trim().is_empty() {
        contact["phone_number"] = json!(crate::contact::phone(&call.contact));
    }
    contact
}

/// A path's part from a text or a number; anything else could lead elsewhere.
pub(super) fn name(value: &Value) -> Option<String> {
    let text = value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|it| it.to_string()))?;
    let lawful = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    (lawful && !text.is_empty()).then_some(text)
}

/// The client API knows one side alone, so the other one is named in words.
fn words(call: &Call) -> Option<String> {
    let event = &call.event;
    let new = [call.text.trim(), &call.story].join("\n\n");
    let text = if event.kind == EventKind::Created { Some(&new) } else { event.text.as_ref() };
    match (event.actor, text.map(|it| scrub_numbers(it)), event.status) {
        (Actor::Citizen, Some(text), _) => Some(text),
        (_, Some(text), _) => Some(format!("Ответ специалиста: {text}")),
        (_, None, Some(status)) => Some(format!("Состояние: {}", status.words())),
        (_, None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_system_s_words_do_not_lead_to_another_path() {
        assert_eq!(name(&json!("412342326-e685-48fb")).as_deref(), Some("412342326-e685-48fb"));
        assert_eq!(name(&json!(17)).as_deref(), Some("17"));
        for bad in [json!("../../api/v1/accounts"), json!("a?b"), json!(""), json!(null), json!(-1), json!({})] {
            assert_eq!(name(&bad), None);
        }
    }
}
