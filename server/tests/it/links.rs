//! What opens a route besides the token of a role: the portal's word (`X-Identity`) and the links of letters. Each route is
//! asked with the right one, a wrong one and one that has run out. A route without a row fails.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::Receiver;

use podskazka_server::Config;
use podskazka_server::limits::Limits;
use podskazka_server::store::Role;
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Instance, agent, config, created, key, operator, sample};
use crate::identity::{SITES, sites, word};
use crate::letters::{Letter, PATIENCE, holding, mail, path, ticket_from};

/// Status for the portal's word: right, under another key, run out, about another person, of another site, none.
const WORDS: &[(&str, [u16; 6])] = &[
    ("GET /v1/tickets", [200, 401, 401, 200, 200, 401]),
    // A letter is taken, whatever its word; whose it is has its own test.
    ("POST /v1/tickets", [201, 201, 201, 201, 201, 201]),
    ("GET /v1/tickets/{number}", [200, 401, 401, 404, 404, 404]),
    ("GET /v1/tickets/{number}/events", [200, 401, 401, 404, 404, 404]),
    ("GET /v1/tickets/{number}/attachments/{id}", [200, 401, 401, 404, 404, 404]),
    ("GET /v1/tickets/{number}/letters", [200, 401, 401, 404, 404, 404]),
    ("POST /v1/tickets/{number}/letters", [200, 401, 401, 404, 404, 404]),
    ("POST /v1/tickets/{number}/comments", [201, 401, 401, 404, 404, 404]),
    ("POST /v1/tickets/{number}/actions", [201, 401, 401, 404, 404, 404]),
    ("POST /v1/tickets/{number}/rating", [409, 401, 401, 404, 404, 404]),
];

/// Status of a link: right, wrong, run out, cut off. Opening one does nothing, so it is answered alike where it reads well.
const LINKS: &[(&str, [u16; 4])] = &[
    ("GET /mail/confirm", [200, 200, 200, 404]),
    ("POST /mail/confirm", [200, 404, 404, 404]),
    ("GET /mail/stop", [200, 200, 200, 404]),
    // Whoever wants no letters gets none, however old the letter is.
    ("POST /mail/stop", [200, 404, 200, 404]),
];

/// Routes beside the document that ask nobody who they are.
const OPEN: &[&str] = &["GET /v1/openapi.json", "GET /v1/docs", "GET /v1/docs.css", "ANY /v1/{*rest}"];

fn routes(names: impl Iterator<Item = impl Into<String>>) -> BTreeSet<String> {
    names.map(Into::into).collect()
}

/// Routes of the source that are not in the document: they stand there by their paths, with what answers each method.
fn beside_the_document() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in include_str!("../../src/routes.rs").lines() {
        let Some((path, handlers)) = line.split_once(".route(\"").and_then(|(_, rest)| rest.split_once('"')) else {
            continue;
        };
        let words = handlers.split(|c: char| !c.is_ascii_lowercase());
        let methods = words.filter(|word| ["get", "post", "put", "patch", "delete", "any"].contains(word));
        found.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    found
}

#[test]
fn the_portal_s_word_opens_what_the_table_says_and_only_in_its_time() {
    let dir = tempfile::tempdir().unwrap();
    let server =
        Instance::with(Config { limits: Limits::none(), mail: Some(mail("smtp://127.0.0.1:1")), ..sites(dir.path()) });
    let document = server.get("/v1/openapi.json", None).ok(200);
    let mut opened = BTreeSet::from(["POST /v1/tickets".to_owned()]);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, route) in item.as_object().unwrap() {
            let by = |name: &str| {
                route["security"].as_array().is_some_and(|all| all.iter().any(|it| it.get(name).is_some()))
            };
            if by("ticket") || by("identity") {
                opened.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    assert_eq!(opened, routes(WORDS.iter().map(|(route, _)| *route)), "each route needs a row in WORDS");
    let [(zags, zags_key), (fns, fns_key)] = SITES;
    let anna = || word(zags_key, "anna", 600);
    for (route, statuses) in WORDS {
        let (method, path) = route.split_once(' ').unwrap();
        for (at, expected) in statuses.iter().enumerate() {
            let mut ticket = sample();
            let headers = [("x-site-key", zags), ("idempotency-key", &*key())];
            let file = server.send("POST", "/v1/uploads", &headers, "файл".as_bytes()).ok(201);
            ticket["uploads"] = json!([file["token"]]);
            let once = key();
            let headers = [("x-site-key", zags), ("x-identity", &*anna()), ("idempotency-key", once.as_str())];
            let (number, own) = created(&server.send("POST", "/v1/tickets", &headers, ticket.to_string().as_bytes()));
            let mut path = path.replace("{number}", &number);
            if path.contains("{id}") {
                let file = server.checked(&format!("/v1/tickets/{number}"), &own);
                path = path.replace("{id}", &file["id"].to_string());
            }
            let (site, identity) = match at {
                0 => (zags, anna()),
                1 => (zags, word("another key of thirty-two bytes!", "anna", 600)),
                2 => (zags, word(zags_key, "anna", -1)),
                3 => (zags, word(zags_key, "boris", 600)),
                4 => (fns, word(fns_key, "anna", 600)),
                _ => (zags, String::new()),
            };
            let once = key();
            let headers = [("x-site-key", site), ("x-identity", identity.as_str()), ("idempotency-key", once.as_str())];
            let body = body(path.rsplit('/').next().unwrap()).to_string();
            let answer = agent().open(method, &format!("{}{path}", server.base), &headers, body.as_bytes()).unwrap();
            assert_eq!(answer.status(), *expected, "{route}, word {at}");
            // Another person's list and another site's are lists of their own.
            if *route == "GET /v1/tickets" && *expected == 200 {
                let listed = String::from_utf8(answer.whole().unwrap()).unwrap().contains(&number);
                assert_eq!(listed, at == 0, "word {at}");
            }
        }
    }
}

fn body(last: &str) -> Value {
    match last {
        "tickets" => sample(),
        "actions" => json!({"action": "withdraw"}),
        "rating" => json!({"score": 4}),
        "letters" => json!({"on": true}),
        _ => json!({"text": "x"}),
    }
}

/// A link to agree, and one to stop of another address, whose owner has agreed.
struct Links {
    confirm: String,
    stop: String,
}

fn links(server: &Instance, letters: &Receiver<Letter>, name: &str) -> Links {
    let next = || letters.recv_timeout(PATIENCE).unwrap();
    ticket_from(server, &format!("{name}@example.org"));
    let confirm = path(&next().link("/mail/confirm")).to_owned();
    ticket_from(server, &format!("{name}.stops@example.org"));
    assert_eq!(server.send("POST", path(&next().link("/mail/confirm")), &[], b"").status, 200);
    ticket_from(server, &format!("{name}.stops@example.org"));
    let stop = path(&next().link("/mail/stop")).to_owned();
    Links { confirm, stop }
}

/// What is known of addresses.
fn addresses(data: &Path) -> String {
    Rows::open(data).text(
        "SELECT CAST(count(verified_at) AS TEXT) || ' agreed, ' || CAST(count(stopped_at) AS TEXT) || ' stopped' FROM addresses",
    )
}

#[test]
fn a_letter_s_link_opens_by_itself_alone_whoever_follows_it() {
    let beside = beside_the_document();
    let rows = routes(LINKS.iter().map(|(route, _)| *route).chain(OPEN.iter().copied()));
    assert_eq!(beside, rows, "each route needs a row in LINKS or OPEN");
    let dir = tempfile::tempdir().unwrap();
    let desk = |name: &str, role: Role| operator(dir.path(), name, role, &[]);
    let desks = [("olga", Role::Operator), ("chief", Role::Chief), ("auditor", Role::Auditor), ("admin", Role::Admin)]
        .map(|(name, role)| desk(name, role));
    let (address, letters) = holding(0, std::sync::Arc::default());
    let server = Instance::with(Config { limits: Limits::none(), mail: Some(mail(&address)), ..config(dir.path()) });
    let citizen = server.ticket(&key(), &sample()).ok(201)["token"].as_str().unwrap().to_owned();
    letters.recv_timeout(PATIENCE).unwrap();
    let roles = [None, Some(citizen)].into_iter().chain(desks.map(Some));
    for (at, role) in roles.enumerate() {
        let bearer = role.map(|token| format!("Bearer {token}"));
        let headers: Vec<_> = bearer.iter().map(|it| ("authorization", it.as_str())).collect();
        for (token, kind) in ["right", "wrong", "old", "cut"].into_iter().enumerate() {
            let fresh = links(&server, &letters, &format!("{kind}{at}"));
            for (route, statuses) in LINKS {
                let (method, page) = route.split_once(' ').unwrap();
                let link = if page.ends_with("stop") { &fresh.stop } else { &fresh.confirm };
                let link = match kind {
                    "wrong" => changed(link),
                    "cut" => link.split_once('=').unwrap().0.to_owned() + "=",
                    _ => link.clone(),
                };
                if kind == "old" {
                    assert!(Rows::open(dir.path()).run("UPDATE addresses SET asked_at = asked_at - 8 * 86400"));
                }
                let before = addresses(dir.path());
                let answer = server.send(method, &link, &headers, b"List-Unsubscribe=One-Click");
                assert_eq!(answer.status, statuses[token], "{route}, role {at}, {kind}: {}", answer.text);
                let done = method == "POST" && answer.status == 200;
                assert_eq!(addresses(dir.path()) != before, done, "{route}, role {at}, {kind}");
            }
            // Who has agreed has agreed once.
            assert_eq!(
                server.send("POST", &fresh.confirm, &headers, b"").status,
                if kind == "wrong" || kind == "cut" { 200 } else { 404 }
            );
        }
    }
}

/// The same link with another last letter but one: the last one has bits that count for nothing.
fn changed(link: &str) -> String {
    let at = link.len() - 2;
    let other = if &link[at..=at] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &link[..at], &link[at + 1..])
}
