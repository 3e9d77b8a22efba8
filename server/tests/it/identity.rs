//! «Мои обращения»: the portal says who the citizen is, and the own tickets open on any device.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use podskazka_server::store::Role;
use podskazka_server::{Config, Hidden, Pace, Site};
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Answer, Instance, config, created, key, operator, sample};
use crate::stream::Stream;

pub const SITES: [(&str, &str); 2] =
    [("pk_zags_2026", "zags: thirty-two bytes and more!"), ("pk_fns_2026", "fns: thirty-two bytes and some more")];

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// A portal's word, as it makes it.
pub fn word(key: &str, subject: &str, life: i64) -> String {
    let claims = json!({"sub": subject, "name": "Иванова Анна Петровна", "exp": now() + life}).to_string();
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#), URL_SAFE_NO_PAD.encode(claims));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn start(data: &std::path::Path) -> Instance {
    Instance::with(sites(data))
}

/// The settings of two sites whose portals say who somebody is.
pub fn sites(data: &std::path::Path) -> Config {
    let site = |(key, identity): (&str, &str)| Site {
        key: key.into(),
        name: key.into(),
        origins: vec!["https://zags.example.ru".into()],
        identity_key: Some(Hidden(identity.into())),
        ..Site::default()
    };
    let pace = Pace { stream: Duration::from_millis(100), ..Pace::default() };
    Config { sites: SITES.map(site).into(), pace, ..config(data) }
}

fn get(server: &Instance, path: &str, site: &str, identity: &str) -> Answer {
    server.send("GET", path, &[("x-site-key", site), ("x-identity", identity)], b"")
}

fn send(server: &Instance, site: &str, identity: &str) -> (String, String) {
    let key = key();
    let headers = [("x-site-key", site), ("x-identity", identity), ("idempotency-key", key.as_str())];
    created(&server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes()))
}

#[test]
fn own_tickets_are_listed_and_open_on_any_device() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let [(zags, zags_key), (fns, fns_key)] = SITES;
    let anna = word(zags_key, "anna", 600);
    let mine: Vec<_> = (0..3).map(|_| send(&server, zags, &anna).0).collect();
    let (foreign, _) = send(&server, zags, &word(zags_key, "boris", 600));
    let (other_site, _) = send(&server, fns, &word(fns_key, "anna", 600));
    let list = get(&server, "/v1/tickets", zags, &anna).ok(200);
    let numbers: Vec<_> = list["items"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, mine.iter().rev().collect::<Vec<_>>());
    assert_eq!((&list["items"][0]["status"], &list["items"][0]["version"]), (&json!("new"), &json!(1)));
    assert!(!list.to_string().contains("token"));

    let page = |number: &str| format!("/v1/tickets/{number}");
    assert_eq!(get(&server, &page(&mine[0]), zags, &anna).ok(200)["number"], json!(mine[0]));
    for number in [&foreign, &other_site] {
        get(&server, &page(number), zags, &anna).problem(404, "not-found");
    }
    let again = word(zags_key, "anna", 60);
    let (key, body) = (key(), json!({"text": "ещё"}).to_string());
    let headers = [("x-site-key", zags), ("x-identity", again.as_str()), ("idempotency-key", key.as_str())];
    let path = format!("/v1/tickets/{}/comments", mine[0]);
    server.send("POST", &path, &headers, body.as_bytes()).ok(201);
}

#[test]
fn the_tag_of_a_page_serves_whom_it_was_given_to() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let [(zags, zags_key), _] = SITES;
    let (number, tracking) = send(&server, zags, &word(zags_key, "anna", 600));
    let ask = |name: &str, value: &str, tag: &str| {
        let headers = [("x-site-key", zags), (name, value), ("if-none-match", tag)];
        server.send("GET", &format!("/v1/tickets/{number}"), &headers, b"")
    };
    let bearer = format!("Bearer {tracking}");
    let by_token = ask("authorization", &bearer, "").header("etag").to_owned();
    let by_word = ask("x-identity", &word(zags_key, "anna", 600), "").header("etag").to_owned();
    assert!(!by_token.is_empty() && !by_word.is_empty());
    ask("authorization", &bearer, &by_word).ok(200);
    ask("x-identity", &word(zags_key, "anna", 600), &by_token).ok(200);
    assert_eq!(ask("authorization", &bearer, &by_token).status, 304);
    // The portal signs anew each time, for the same person.
    assert_eq!(ask("x-identity", &word(zags_key, "anna", 300), &by_word).status, 304);
    ask("x-identity", &word(zags_key, "anna", -1), &by_word).problem(401, "identity-required");
    ask("x-identity", &word(zags_key, "boris", 600), &by_word).problem(404, "not-found");
}

#[test]
fn only_the_portal_s_own_word_in_its_time_counts() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let [(zags, zags_key), (fns, _)] = SITES;
    let anna = word(zags_key, "anna", 600);
    let (number, tracking) = send(&server, zags, &anna);
    for (site, identity) in [
        (zags, word(zags_key, "anna", -1)),
        (zags, word(zags_key, "anna", 30 * 86_400)),
        (zags, word("another key of thirty-two bytes!", "anna", 600)),
        (fns, anna.clone()),
        (zags, String::new()),
        (zags, "a.b.c".to_owned()),
    ] {
        get(&server, "/v1/tickets", site, &identity).problem(401, "identity-required");
        let (status, code) = if identity.is_empty() { (404, "not-found") } else { (401, "identity-required") };
        // A ticket that is there and one that is not are answered alike.
        for number in [number.as_str(), "PS-00000001-X"] {
            get(&server, &format!("/v1/tickets/{number}"), site, &identity).problem(status, code);
        }
    }
    server.get("/v1/tickets", Some(&tracking)).problem(401, "identity-required");
    get(&server, "/v1/tickets?before=x", zags, &anna).problem(400, "validation");
    get(&server, "/v1/tickets?sub=boris", zags, &anna).problem(400, "validation");
}

#[test]
fn a_stream_ends_when_the_portal_s_word_runs_out() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let [(zags, zags_key), _] = SITES;
    let (number, _) = send(&server, zags, &word(zags_key, "anna", 600));
    let open = |life: i64| {
        let identity = word(zags_key, "anna", life);
        Stream::with(&server, &number, &[("x-site-key", zags), ("x-identity", &identity)])
    };
    let mut long = open(600).unwrap();
    assert_eq!(long.next().unwrap().0, "ticket");
    // A busy machine may take longer to ask than the shortest word holds.
    let mut short = (2..60).find_map(open).unwrap();
    let said: Vec<_> = std::iter::from_fn(|| short.next()).map(|(name, _)| name).collect();
    assert_eq!(said.last().unwrap(), "reconnect");
    // A word that holds goes on, until the ticket is the person's no more.
    assert!(Rows::open(dir.path()).run("UPDATE tickets SET subject = NULL"));
    assert_eq!(long.next().unwrap().0, "reconnect");
}

#[test]
fn a_letter_that_waited_longer_than_the_portal_s_word_is_still_the_person_s_own() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let [(zags, zags_key), _] = SITES;
    let late = send(&server, zags, &word(zags_key, "anna", -3_600)).0;
    // A forged word neither links the letter nor keeps it away; the portal is told.
    let forged = word("another key of thirty-two bytes!", "anna", 600);
    let nobody = send(&server, zags, &forged).0;
    for (identity, told) in
        [(forged.as_str(), json!(true)), (&word(zags_key, "anna", -3_600), Value::Null), ("", Value::Null)]
    {
        let key = key();
        let headers = [("x-site-key", zags), ("x-identity", identity), ("idempotency-key", key.as_str())];
        let answer = server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes()).ok(201);
        assert_eq!(answer["identity_refused"], told, "{identity}");
    }
    let list = get(&server, "/v1/tickets", zags, &word(zags_key, "anna", 60)).ok(200);
    assert!(list.to_string().contains(&late));
    assert!(!list.to_string().contains(&nobody));
}

#[test]
fn long_lists_are_read_in_pages() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let [(zags, zags_key), _] = SITES;
    let anna = word(zags_key, "anna", 600);
    let mut sent: Vec<_> = (0..53).map(|_| send(&server, zags, &anna).0).collect();
    let first = get(&server, "/v1/tickets", zags, &anna).ok(200);
    let second = get(&server, &format!("/v1/tickets?before={}", first["next"].as_str().unwrap()), zags, &anna).ok(200);
    assert_eq!(second["next"], Value::Null);
    let pages = [&first, &second].into_iter().flat_map(|page| page["items"].as_array().unwrap());
    let read: Vec<_> = pages.map(|item| item["number"].as_str().unwrap().to_owned()).collect();
    sent.reverse();
    assert_eq!(read, sent);
}

#[test]
fn a_merge_opens_the_other_ticket_to_whom_the_portal_names_in_both() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = start(dir.path());
    let [(zags, zags_key), _] = SITES;
    let anna = word(zags_key, "anna", 600);
    let ((first, token_of_first), (second, _)) = (send(&server, zags, &anna), send(&server, zags, &anna));
    let key = key();
    let headers = [("x-site-key", zags), ("idempotency-key", key.as_str())];
    let (stranger, strangers) = created(&server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes()));
    let merge = |number: &str, into: &str| {
        let body = json!({"into": into, "reason": "тот же сбой"});
        server.act(&format!("/v1/desk/tickets/{number}/merge"), &desk, &body).ok(201);
    };
    merge(&first, &second);
    server.get(&format!("/v1/tickets/{second}"), Some(&token_of_first)).ok(200);
    // The same contact, and nobody has said whose it is.
    merge(&stranger, &second);
    server.get(&format!("/v1/tickets/{second}"), Some(&strangers)).problem(404, "not-found");
    server.get(&format!("/v1/tickets/{stranger}"), Some(&strangers)).ok(200);
}
