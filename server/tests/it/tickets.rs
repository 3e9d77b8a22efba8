//! Tickets of citizens.

use serde_json::json;

use crate::Rows;
use crate::app::{Instance, KEY, created, key, operator, sample};
use podskazka_server::store::Role;

#[test]
fn create_replay_mismatch() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let first = server.ticket(KEY, &sample());
    let again = server.ticket(KEY, &sample());
    assert_eq!(created(&first), created(&again));
    assert_eq!(first.json(), again.json());
    assert_eq!(first.header("idempotency-replayed"), "");
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("cache-control"), "no-store");
    let mut other = sample();
    other["name"] = json!("Петрова Анна Ивановна");
    server.ticket(KEY, &other).problem(422, "idempotency-mismatch");
    assert_ne!(created(&server.ticket("another-key-0123456789", &other)), created(&first));
}

#[test]
fn twenty_at_once_under_one_key_make_one_ticket() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    for _ in 0..5 {
        let key = key();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let send = || created(&server.ticket(&key, &sample()));
            let threads: Vec<_> = (0..20).map(|_| scope.spawn(send)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
    drop(server);
    assert_eq!(Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets"), "5");
}

#[test]
fn whoever_asks_again_gets_a_page_that_has_changed_or_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let [(number, token), (_, foreign)] = [server.new_ticket(), server.new_ticket()];
    let path = format!("/v1/tickets/{number}");
    let ask = |token: &str, tag: &str| {
        let bearer = format!("Bearer {token}");
        server.send("GET", &path, &[("authorization", &bearer), ("if-none-match", tag)], b"")
    };
    let first = server.get(&path, Some(&token));
    first.ok(200);
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "private, no-store");
    for asked in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
        let same = ask(&token, &asked);
        assert_eq!((same.status, same.text.as_str(), same.header("etag")), (304, "", tag.as_str()));
        assert_eq!(same.header("cache-control"), "private, no-store");
    }
    ask(&foreign, &tag).problem(404, "not-found");
    ask("short", &tag).problem(404, "not-found");
    server.act(&format!("{path}/comments"), &token, &json!({"text": "ещё"})).ok(201);
    let next = ask(&token, &tag);
    assert_eq!(next.ok(200)["events"].as_array().unwrap().len(), 2);
    assert_ne!(next.header("etag"), tag);
    assert_eq!(ask(&token, next.header("etag")).status, 304);
}

#[test]
fn a_ticket_opens_to_its_token_only_and_outlives_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (number, token) = created(&server.ticket(KEY, &sample()));
    let (_, foreign) = server.new_ticket();
    drop(server);
    let server = Instance::start(dir.path());
    let path = format!("/v1/tickets/{number}");
    let view = server.get(&path, Some(&token)).ok(200);
    assert_eq!((&view["number"], &view["status"], &view["topic"]), (&json!(number), &json!("new"), &json!("form")));
    assert!(view["created_at"].as_str().unwrap().ends_with('Z'));
    let lower = format!("/v1/tickets/{}", number.to_lowercase().replace('-', "%E2%80%93"));
    assert_eq!(server.get(&lower, Some(&token)).ok(200), view);
    let absent_path = "/v1/tickets/PS-00000000-0";
    let wrong = server.get(&path, Some(&foreign));
    let absent = server.get(absent_path, Some(&token));
    for answer in [&wrong, &absent, &server.get(&path, None), &server.get(&path, Some("short"))] {
        let mut problem = answer.problem(404, "not-found");
        problem["request_id"] = json!("");
        let mut names: Vec<_> = answer.headers.keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "cache-control",
                "content-length",
                "content-security-policy",
                "content-type",
                "date",
                "ratelimit",
                "referrer-policy",
                "x-content-type-options",
                "x-request-id"
            ]
        );
        assert_eq!(problem["title"], wrong.json()["title"]);
    }
    assert_eq!(created(&server.ticket(KEY, &sample())), (number.clone(), token.clone()));
    drop(server);

    assert_eq!(Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets"), "2");
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            for secret in [token.as_bytes(), KEY.as_bytes()] {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", path.display());
            }
        }
    }
}

#[test]
fn deadlines_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let receipt = server.ticket(KEY, &sample()).ok(201);
    let (first, solved) = (&receipt["deadlines"]["first_response"], &receipt["deadlines"]["resolution"]);
    assert!(first.as_str().unwrap() < solved.as_str().unwrap());
    assert_eq!(receipt["deadlines"]["calendar"], "ru-operators");
    assert_eq!(receipt["deadlines"]["paused"], false);
    let path = format!("/v1/tickets/{}", receipt["number"].as_str().unwrap());
    assert_eq!(server.get(&path, receipt["token"].as_str()).ok(200)["deadlines"], receipt["deadlines"]);
}

/// The whole life of a ticket, both sides.
#[test]
fn a_citizen_and_an_operator_talk_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let page = format!("/v1/tickets/{number}");
    let (comments, actions) = (format!("{page}/comments"), format!("{page}/actions"));
    let transition = format!("/v1/desk/tickets/{number}/transition");
    let status = || server.get(&page, Some(&token)).ok(200)["status"].clone();

    assert_eq!(server.get(&page, Some(&token)).ok(200)["actions"], json!(["comment", "withdraw"]));
    let event = server.act(&comments, &token, &json!({"text": "Пробовал в другом браузере."})).ok(201);
    assert_eq!((&event["seq"], &event["kind"], &event["actor"]), (&json!(2), &json!("comment"), &json!("citizen")));
    server.act(&actions, &token, &json!({"action": "confirm"})).problem(409, "state-conflict");
    server.act(&actions, &token, &json!({"action": "resolve", "text": "сам"})).problem(409, "state-conflict");
    server.act(&actions, &token, &json!({"action": "dance"})).problem(400, "validation");

    server.act(&transition, &desk, &json!({"action": "take"})).ok(201);
    assert_eq!(status(), "in_progress");
    let empty = server.act(&transition, &desk, &json!({"action": "ask"})).problem(422, "validation");
    assert_eq!(empty["errors"][0]["pointer"], "/text");
    server.act(&transition, &desk, &json!({"action": "ask", "text": "Какой браузер?"})).ok(201);
    let waiting = server.get(&page, Some(&token)).ok(200);
    assert_eq!((&waiting["status"], &waiting["deadlines"]["paused"]), (&json!("waiting_citizen"), &json!(true)));
    assert_eq!(waiting["deadlines"]["resolution"], json!(null));
    let reply = server.act(&comments, &token, &json!({"text": "Firefox"})).ok(201);
    assert_eq!(reply["status"], "in_progress");
    assert_eq!(server.get(&page, Some(&token)).ok(200)["deadlines"]["paused"], false);

    server.act(&transition, &desk, &json!({"action": "resolve", "text": "Исправили проверку."})).ok(201);
    assert_eq!(server.get(&page, Some(&token)).ok(200)["actions"], json!(["confirm", "reopen", "rate"]));
    let reason = server.act(&actions, &token, &json!({"action": "reopen"})).problem(422, "validation");
    assert_eq!(reason["errors"][0]["pointer"], "/text");
    server.act(&actions, &token, &json!({"action": "reopen", "text": "Снова не пускает."})).ok(201);
    assert_eq!(status(), "open");
    for (action, text) in [("take", None), ("resolve", Some("Теперь точно."))] {
        server.act(&transition, &desk, &json!({"action": action, "text": text})).ok(201);
    }
    server.act(&actions, &token, &json!({"action": "confirm"})).ok(201);
    assert_eq!(status(), "closed");
    server.act(&comments, &token, &json!({"text": "Спасибо"})).problem(409, "state-conflict");

    let events = server.get(&page, Some(&token)).ok(200)["events"].clone();
    let states: Vec<_> = events.as_array().unwrap().iter().filter_map(|event| event["status"].as_str()).collect();
    assert_eq!(
        states,
        [
            "new",
            "in_progress",
            "waiting_citizen",
            "in_progress",
            "resolved",
            "open",
            "in_progress",
            "resolved",
            "closed"
        ]
    );
    assert!(events.as_array().unwrap().iter().all(|event| event.get("author").is_none()));
}

#[test]
fn a_repeated_comment_is_one_comment() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let path = format!("/v1/tickets/{number}/comments");
    let first = server.act_as(KEY, &path, &token, &json!({"text": "раз"}));
    let again = server.act_as(KEY, &path, &token, &json!({"text": "раз"}));
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");
    server.act_as(KEY, &path, &token, &json!({"text": "два"})).problem(422, "idempotency-mismatch");
    let events = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200)["events"].clone();
    assert_eq!(events.as_array().unwrap().len(), 2);
    // The same key on another ticket is another request.
    let (other, other_token) = server.new_ticket();
    server.act_as(KEY, &format!("/v1/tickets/{other}/comments"), &other_token, &json!({"text": "раз"})).ok(201);
}

#[test]
fn bad_requests_say_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let body = sample().to_string();
    server.post("/v1/tickets", None, body.as_bytes()).problem(400, "idempotency-key-required");
    server.post("/v1/tickets", Some("short"), body.as_bytes()).problem(400, "idempotency-key-required");
    for noise in [b"{".as_slice(), b"", b"NaN", &[0xff, 0xfe], &[b'['; 100_000], br#"{"text":"\ud800"}"#] {
        server.post("/v1/tickets", Some(KEY), noise).problem(400, "validation");
    }
    let twice = body.replacen('{', r#"{"text":"a","#, 1);
    server.post("/v1/tickets", Some(KEY), twice.as_bytes()).problem(400, "validation");
    let mut extra = sample();
    extra["snapshot"]["value"] = json!("500100000199");
    let problem = server.ticket(KEY, &extra).problem(400, "unknown-field");
    assert_eq!(problem["errors"][0]["pointer"], "/snapshot/value");
    for field in ["linked_to", "parent", "merge_into", "department", "assignee", "status", "priority", "sla_policy"] {
        let mut extra = sample();
        extra[field] = json!("x");
        let problem = server.ticket(KEY, &extra).problem(400, "unknown-field");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"));
    }
    for (name, pointer) in [("topic", "/topic"), ("snapshot", "/snapshot")] {
        let mut short = sample();
        short.as_object_mut().unwrap().remove(name);
        let problem = server.ticket(KEY, &short).problem(400, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
        assert_eq!(problem["errors"][0]["code"], "missing-field");
    }
    let mut short = sample();
    short["snapshot"].as_object_mut().unwrap().remove("page");
    assert_eq!(server.ticket(KEY, &short).problem(400, "validation")["errors"][0]["pointer"], "/snapshot/page");
    let mut empty = sample();
    empty["text"] = json!("");
    let problem = server.ticket(KEY, &empty).problem(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/text");
    server.post("/v1/tickets", Some(KEY), &vec![b' '; 256 * 1024 + 1]).problem(413, "too-large");
    let packed = [("idempotency-key", KEY), ("content-encoding", "gzip")];
    server.send("POST", "/v1/tickets", &packed, body.as_bytes()).problem(415, "unsupported-media");
    server.get("/v1/nothing", None).problem(404, "not-found");
    server.get("/v1/uploads", None).problem(405, "method-not-allowed");
}
