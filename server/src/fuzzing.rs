//! Doors for the fuzz targets: each reads bytes as the server reads them from outside, and none may panic. Compiled for
//! tests and with the feature `fuzzing` alone.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use podskazka::ticket::{check, check_comment, check_rating, check_words, cover, parse_number};
use podskazka::wire::{NewTicket, challenge, desk, page, recovery, stats};

use crate::contact::Contact;
use crate::secret::Token;
use crate::{challenge as proof, clock, files, hooks, identity, input, peer, routing, site};

/// One door: its name and its reader.
pub type Door = (&'static str, fn(&[u8]));

/// Every door.
pub const DOORS: [Door; 5] =
    [("json", json), ("headers", headers), ("query", query), ("file", file), ("answers", answers)];

/// Bodies of every route.
pub fn json(data: &[u8]) {
    if let Ok(mut ticket) = input::parse::<NewTicket>(data) {
        let _ = Contact::read(&ticket.contact);
        cover(&mut ticket);
        let faults = check(&ticket, &[]);
        if faults.is_empty() {
            let place = routing::place(&[], "", &ticket);
            assert!((1..=3).contains(&place.urgency));
        }
    }
    if let Ok(comment) = input::parse::<page::NewComment>(data) {
        let _ = check_comment(&comment.text, &comment.uploads);
    }
    if let Ok(action) = input::parse::<page::NewAction>(data) {
        let _ = check_words(action.text.as_deref(), action.action.needs_text());
    }
    if let Ok(counts) = input::parse::<stats::Stats>(data) {
        let _ = stats::check(&counts);
    }
    if let Ok(notice) = input::parse::<desk::NewNotice>(data) {
        let _ = desk::check_notice(&notice);
        let _ = notice.until.as_deref().map(clock::seconds);
    }
    if let Ok(rating) = input::parse::<page::Rating>(data) {
        let _ = check_rating(&rating);
    }
    let _ = input::parse::<page::TurnLetters>(data);
    let _ = input::parse::<desk::DeskComment>(data);
    let _ = input::parse::<desk::Assignment>(data);
    let _ = input::parse::<desk::Transfer>(data);
    let _ = input::parse::<desk::Escalation>(data);
    let _ = input::parse::<desk::Triage>(data);
    let _ = input::parse::<desk::Link>(data);
    let _ = input::parse::<desk::Merge>(data);
    let _ = input::parse::<desk::Unmask>(data);
    let _ = input::parse::<recovery::Recover>(data);
    let _ = input::parse::<recovery::RecoverCode>(data);
    let _ = input::parse::<challenge::NewChallenge>(data);
}

/// The same bytes as every header that is read.
pub fn headers(data: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(data) else { return };
    let mut headers = HeaderMap::new();
    for name in ["authorization", "x-forwarded-for", "x-site-key", "idempotency-key", "content-encoding"] {
        headers.append(HeaderName::from_static(name), value.clone());
    }
    let _ = input::plain(&headers);
    let _ = input::idempotency_key(&headers);
    let _ = input::bearer(&headers);
    let _ = site::site_key(&headers);
    let own = [10, 0, 0, 1].into();
    let _ = peer::prefix(peer::client(own, &headers, &[own]));
    if let Ok(text) = value.to_str() {
        let _ = proof::parse(text);
        let _ = identity::read(text, "pk_zags_2026", &[7; 32]).map(|claims| claims.valid_at(1_800_000_000));
    }
}

/// Parts of an address.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = crate::routes::read_cursor(&text);
    let _ = clock::day(&text).map(|day| assert_eq!(clock::date(day), text));
    let _ = clock::seconds(&text);
    let _ = Token::parse(&text);
    if let Some(number) = parse_number(&text) {
        assert_eq!(parse_number(&number), Some(number.clone()));
    }
}

/// A file of a ticket.
pub fn file(data: &[u8]) {
    let head = data.get(..8_192.min(data.len())).unwrap_or_default();
    if let Some(media_type) = files::media_type(head)
        && let Some((copy, media_type)) = files::safe_copy(data.to_vec(), media_type)
    {
        assert_eq!(files::media_type(&copy), Some(media_type));
    }
}

/// What other systems answer.
pub fn answers(data: &[u8]) {
    if let Ok(json) = serde_json::from_slice(data) {
        hooks::read_answers(&json);
        let document = serde_json::json!({"a": {"type": "object", "properties": {"b": {"$ref": "#/a"}}}});
        let _ = crate::conformance::shape_fault(&document, &serde_json::json!({"$ref": "#/a"}), &json);
    }
}

#[cfg(test)]
#[path = "../../fuzz/doors/short.rs"]
mod short;

#[cfg(test)]
mod tests {
    use super::short::short;
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    /// Tries of each door: some seconds; the fuzz targets go on from here.
    const TRIES: usize = 20_000;

    fn seeds() -> Vec<Vec<u8>> {
        let mut picture = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(3, 2).write_to(&mut picture, image::ImageFormat::Png).unwrap();
        let jwt =
            [r#"{"alg":"HS256"}"#, r#"{"sub":"a","exp":1800000001}"#, "signature"].map(|it| URL_SAFE_NO_PAD.encode(it));
        let solution =
            r#"{"algorithm":"SHA-256","challenge":"a","number":1,"salt":"a?expires=1&for=b","signature":"c"}"#;
        let ticket = serde_json::to_vec(&NewTicket::default()).unwrap();
        let texts = [
            r#"{"text":"a","uploads":["b"]}"#,
            r#"{"action":"take","text":null}"#,
            r#"{"level":2,"reason":"a"}"#,
            r#"{"score":5,"reasons":["fast"],"text":"a"}"#,
            r#"{"form":"a","rows":[{"kind":"shown","field":"a","code":"b","count":1}]}"#,
            r#"{"title":"a","text":"b","until":"2026-11-25T18:00:00Z"}"#,
            r#"[{"id":123,"title":"PS-28T5CY4T-Y a"}]"#,
            r#"{"assets":{"Ticket":{"1":{"id":1,"title":"PS-28T5CY4T-Y"}}}}"#,
            "Bearer AAAA",
            "10.0.0.2, 192.0.2.1",
            "3.17",
            "2026-11-25",
            "2026-11-25T18:00:00Z",
            "PS-28T5CY4T-Y",
            "%PDF-1.7 x",
            "%PDF-1.7 1 0 obj<</Type/ObjStm/N 1/First 5>>stream\n10 0 [1 0 R<</A#41(b)>>]",
            "текст",
        ];
        let mut seeds: Vec<Vec<u8>> = texts.iter().map(|it| it.as_bytes().to_vec()).collect();
        seeds.extend([
            picture.into_inner(),
            jwt.join(".").into_bytes(),
            STANDARD.encode(solution).into_bytes(),
            ticket,
        ]);
        seeds
    }

    #[test]
    fn no_bytes_from_outside_upset_a_reader() {
        let seeds = seeds();
        for (_, door) in DOORS {
            short(&seeds, TRIES, door);
        }
    }
}
