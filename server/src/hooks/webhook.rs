//! Webhooks: a short JSON about a step, signed as <https://www.standardwebhooks.com> says.
//!
//! Neither words nor name nor contact are in it: whoever needs them asks the operators' part of the API.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Call, Hook, Line, Method, Trouble};
use crate::secret;

/// Tells one step.
pub async fn call(hook: &Hook, call: &Call, now: i64, mut line: Line<'_>) -> Result<(), Trouble> {
    let (id, body) = (id(call), body(call).to_string());
    let key = hook.secret.as_ref().ok_or(Trouble::Never)?;
    let signature = signature(&id, now, &body, key.0.as_bytes()).ok_or(Trouble::Never)?;
    line.headers = vec![("webhook-id", id), ("webhook-timestamp", now.to_string()), ("webhook-signature", signature)];
    line.ask(Method::POST, &hook.url, Some(("application/json", body))).await?;
    Ok(())
}

/// The same in every try, so that the other side can leave a repeated call out.
fn id(call: &Call) -> String {
    let hash = secret::hex(&secret::sha256(&[call.dedupe.as_bytes()]));
    format!("msg_{}", hash.get(..32).unwrap_or_default())
}

fn body(call: &Call) -> Value {
    let event = &call.event;
    let kind = match event.kind {
        podskazka::wire::page::EventKind::Created => "ticket.created",
        podskazka::wire::page::EventKind::Comment => "ticket.commented",
        podskazka::wire::page::EventKind::Deadline => "ticket.deadline",
        _ => "ticket.moved",
    };
    let mut json = json!({
        "type": kind,
        "timestamp": event.at,
        "data": {
            "number": call.number, "seq": event.seq, "actor": event.actor, "action": event.action,
            "status": call.status, "topic": call.topic, "site": call.site, "form": call.form, "code": call.code,
            "department": call.department, "priority": call.priority,
        }
    });
    if event.kind == podskazka::wire::page::EventKind::Deadline
        && let Some(change) = event.changes.first()
    {
        json["data"]["deadline"] = json!({"of": change.what, "stage": change.to});
    }
    json
}

fn signature(id: &str, now: i64, body: &str, key: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{now}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification of Standard Webhooks.
    #[test]
    fn the_signature_is_that_of_the_specification() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}", &key);
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
