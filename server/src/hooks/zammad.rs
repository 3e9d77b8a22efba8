//! Zammad: a ticket with its first article, then an article a comment, and the state where it ends or opens again.
//!
//! # Sources
//! <https://docs.zammad.org/en/latest/api/ticket/index.html> and `…/api/ticket/articles.html`, read in November 2026.

use podskazka::privacy::detect::scrub_numbers;
use podskazka::ticket::{Actor, State};
use podskazka::wire::page::EventKind;
use serde_json::{Value, json};

use super::{Call, Hook, Line, Method, Trouble};

/// Tells one step; `foreign` is Zammad's id of the ticket, found or made on the way.
pub async fn call(hook: &Hook, call: &Call, foreign: &mut Option<String>, mut line: Line<'_>) -> Result<(), Trouble> {
    let token = hook.secret.as_ref().map(|secret| secret.0.as_str()).unwrap_or_default();
    line.headers.push(("authorization", format!("Token token={token}")));
    if foreign.is_none() && call.tries > 0 {
        // An answer may have been lost after the ticket was made.
        let found = line.get(&format!("/api/v1/tickets/search?query=title:%22{}%22&limit=1", call.number)).await?;
        *foreign = found_id(&found, &call.number);
    }
    if foreign.is_none() {
        let made = line.send(Method::POST, "/api/v1/tickets", &ticket(hook, call)).await?;
        *foreign = Some(id(&made).ok_or(Trouble::Later)?);
    }
    let Some(id) = foreign.as_deref() else { return Err(Trouble::Later) };
    if call.event.kind == EventKind::Created {
        return Ok(());
    }
    if let Some(article) = article(id, call) {
        line.send(Method::POST, "/api/v1/ticket_articles", &article).await?;
    }
    if let Some(state) = call.event.status.and_then(state) {
        line.send(Method::PUT, &format!("/api/v1/tickets/{id}"), &json!({"state": state})).await?;
    }
    Ok(())
}

fn title(number: &str, topic: &str) -> String {
    format!("{number} {topic}")
}

fn ticket(hook: &Hook, call: &Call) -> Value {
    let mail = call.contact.contains('@').then_some(call.contact.trim());
    let body = [scrub_numbers(&call.text), who(call), scrub_numbers(&call.story)].join("\n\n");
    json!({
        "title": title(&call.number, &call.topic),
        "group": hook.group,
        "customer_id": format!("guess:{}", mail.unwrap_or(&hook.customer)),
        "article": {
            "subject": title(&call.number, &call.topic),
            "body": body,
            "type": "web",
            "content_type": "text/plain",
            "sender": "Customer",
            "internal": false,
        }
    })
}

/// Name and contact, as far as the citizen gave them.
fn who(call: &Call) -> String {
    let given = [&call.name, &call.contact].map(|it| it.trim());
    given.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

fn article(id: &str, call: &Call) -> Option<Value> {
    let text = call.event.text.as_ref()?;
    let sender = if call.event.actor == Actor::Citizen { "Customer" } else { "Agent" };
    Some(json!({
        "ticket_id": id.parse::<u64>().ok()?,
        "subject": title(&call.number, &call.topic),
        "body": scrub_numbers(text),
        "type": if sender == "Customer" { "web" } else { "note" },
        "content_type": "text/plain",
        "sender": sender,
        "internal": false,
    }))
}

/// Names of the states that every Zammad has.
fn state(state: State) -> Option<&'static str> {
    match state {
        State::Resolved | State::Closed | State::Rejected | State::Merged => Some("closed"),
        State::Open | State::InProgress => Some("open"),
        _ => None,
    }
}

fn id(ticket: &Value) -> Option<String> {
    ticket["id"].as_u64().map(|id| id.to_string())
}

/// A search answers with a list of tickets, or with ids beside `assets`.
pub(super) fn found_id(found: &Value, number: &str) -> Option<String> {
    let fits = |ticket: &Value| ticket["title"].as_str().is_some_and(|title| title.starts_with(number));
    let listed = found.as_array().into_iter().flatten();
    let assets = found["assets"]["Ticket"].as_object().into_iter().flat_map(|it| it.values());
    listed.chain(assets).find(|ticket| fits(ticket)).and_then(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_of_a_search_are_read() {
        let ticket = json!({"id": 123, "title": "PS-28T5CY4T-Y form"});
        let number = "PS-28T5CY4T-Y";
        for found in [json!([ticket]), json!({"tickets": [123], "assets": {"Ticket": {"123": ticket}}})] {
            assert_eq!(found_id(&found, number).as_deref(), Some("123"));
        }
        for none in [json!([]), json!(null), json!([{"id": 1, "title": "another"}])] {
            assert_eq!(found_id(&none, number), None);
        }
    }
}
