//! Who may do what: every route of the document against every role. A route without a row fails.

use podskazka_server::store::Role;
use serde_json::{Value, json};

use crate::app::{Instance, key, operator, options, sample};

/// Status for: nobody, the ticket's citizen, another citizen, operator of the department, operator of another one,
/// chief, auditor, admin.
type Row = (&'static str, [u16; 8]);

const TABLE: &[Row] = &[
    ("GET /v1/config", [200; 8]),
    ("GET /v1/schemas/{form}", [404; 8]),
    ("GET /v1/faq", [204; 8]),
    ("GET /v1/faq/{name}", [404; 8]),
    ("POST /v1/stats", [204; 8]),
    ("GET /v1/status", [200; 8]),
    ("GET /v1/status/events", [200; 8]),
    ("POST /v1/desk/notices", [401, 401, 401, 403, 403, 201, 403, 201]),
    ("POST /v1/desk/notices/{id}/end", [401, 401, 401, 403, 403, 404, 403, 404]),
    ("GET /v1/desk/reports/errors", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("GET /v1/desk/reports/articles", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("GET /v1/desk/reports/service", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("GET /v1/desk/reports/satisfaction", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("GET /v1/desk/reports/load", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("POST /v1/challenges", [200; 8]),
    ("POST /v1/uploads", [201; 8]),
    // Its key opens it, and no role.
    ("HEAD /v1/uploads/{name}", [404; 8]),
    ("PATCH /v1/uploads/{name}", [404; 8]),
    ("POST /v1/tickets", [201; 8]),
    ("GET /v1/tickets", [401; 8]),
    ("GET /v1/tickets/{number}", [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET /v1/tickets/{number}/events", [404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /v1/tickets/{number}/comments", [404, 201, 404, 404, 404, 404, 404, 404]),
    ("POST /v1/tickets/{number}/actions", [404, 201, 404, 404, 404, 404, 404, 404]),
    ("POST /v1/tickets/{number}/rating", [404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET /v1/tickets/{number}/letters", [404; 8]),
    ("POST /v1/tickets/{number}/letters", [404; 8]),
    ("GET /v1/tickets/{number}/attachments/{id}", [404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST /v1/recover", [404; 8]),
    ("POST /v1/recover/verify", [404; 8]),
    ("GET /v1/desk/me", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("GET /v1/desk/tickets", [401, 401, 401, 200, 200, 200, 200, 200]),
    ("GET /v1/desk/tickets/{number}", [401, 401, 401, 200, 404, 200, 200, 200]),
    ("GET /v1/desk/tickets/{number}/attachments/{id}", [401, 401, 401, 200, 404, 200, 200, 200]),
    ("POST /v1/desk/tickets/{number}/comments", [401, 401, 401, 201, 404, 201, 403, 201]),
    ("POST /v1/desk/tickets/{number}/transition", [401, 401, 401, 201, 404, 201, 403, 201]),
    ("POST /v1/desk/tickets/{number}/assign", [401, 401, 401, 403, 404, 201, 403, 201]),
    ("POST /v1/desk/tickets/{number}/transfer", [401, 401, 401, 201, 404, 201, 403, 201]),
    // A new ticket has no level to leave yet.
    ("POST /v1/desk/tickets/{number}/escalate", [401, 401, 401, 409, 404, 409, 403, 409]),
    ("POST /v1/desk/tickets/{number}/triage", [401, 401, 401, 201, 404, 201, 403, 201]),
    ("POST /v1/desk/tickets/{number}/link", [401, 401, 401, 201, 404, 201, 403, 201]),
    ("POST /v1/desk/tickets/{number}/merge", [401, 401, 401, 201, 404, 201, 403, 201]),
    ("POST /v1/desk/tickets/{number}/unmask", [401, 401, 401, 200, 404, 200, 403, 200]),
    ("POST /v1/desk/uploads", [401, 401, 401, 201, 201, 201, 403, 201]),
];

/// A body that the route takes; `other` is another ticket of the same person.
fn body(route: &str, other: &str) -> String {
    let value = match route.rsplit('/').next().unwrap() {
        "uploads" => return "текст".to_owned(),
        "tickets" => sample(),
        "challenges" => json!({"action": "ticket"}),
        "actions" => json!({"action": "withdraw"}),
        "transition" => json!({"action": "take"}),
        "assign" => json!({"department": "passport"}),
        "transfer" => json!({"department": "passport", "reason": "не наше"}),
        "escalate" => json!({"level": 2, "reason": "сложный случай"}),
        "triage" => json!({"urgency": 1, "impact": 1}),
        "link" => json!({"number": other}),
        "merge" => json!({"into": other, "reason": "то же самое"}),
        "stats" => {
            json!({"form": "demo", "rows": [{"kind": "shown", "field": "inn", "code": "inn.checksum", "count": 1}]})
        }
        "notices" => json!({"title": "Оплата не работает", "text": "Попробуйте завтра."}),
        "rating" => json!({"score": 4}),
        "letters" => json!({"on": true}),
        "recover" => json!({"contact": "anna@example.org"}),
        "verify" => json!({"contact": "anna@example.org", "code": "1234 5678"}),
        "unmask" => json!({"reason": "перезвонить"}),
        _ if route.contains("/desk/") => json!({"text": "x", "visibility": "internal"}),
        _ => json!({"text": "x"}),
    };
    value.to_string()
}

#[test]
fn every_route_answers_every_role_as_the_table_says() {
    let dir = tempfile::tempdir().unwrap();
    let desk = |name: &str, role: Role, departments: &[&str]| operator(dir.path(), name, role, departments);
    let operators = [
        desk("own", Role::Operator, &["support", "other"]),
        desk("foreign", Role::Operator, &["passport"]),
        desk("chief", Role::Chief, &["support"]),
        desk("auditor", Role::Auditor, &[]),
        desk("admin", Role::Admin, &["nowhere"]),
    ];
    let server = Instance::start(dir.path());
    let document = server.get("/v1/openapi.json", None).ok(200);
    let mut routes: Vec<String> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        routes.extend(item.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let mut rows: Vec<_> = TABLE.iter().map(|(route, _)| (*route).to_owned()).collect();
    routes.sort();
    rows.sort();
    assert_eq!(routes, rows, "each route needs a row in TABLE");
    let (other_number, other) = server.new_ticket();
    for (route, statuses) in TABLE {
        let (method, path) = route.split_once(' ').unwrap();
        for (role, expected) in statuses.iter().enumerate() {
            let mut ticket = sample();
            ticket["uploads"] = json!([server.upload("файл".as_bytes())]);
            let receipt = server.ticket(&key(), &ticket).ok(201);
            let text = |name: &str| receipt[name].as_str().unwrap().to_owned();
            let (number, own) = (text("number"), text("token"));
            let page = format!("/v1/tickets/{number}");
            let file = if route.contains("attachments") {
                server.checked(&page, &own)
            } else {
                server.get(&page, Some(&own)).ok(200)["events"][0]["files"][0].clone()
            };
            let path = path.replace("{number}", &number).replace("{id}", &file["id"].to_string());
            let token = match role {
                0 => None,
                1 => Some(own.clone()),
                2 => Some(other.clone()),
                desk => Some(operators[desk - 3].clone()),
            };
            let status = ask(&server, method, &path, token.as_deref(), &body(path_of(route), &other_number));
            assert_eq!(status, *expected, "{route}, role {role}");
        }
    }
}

fn path_of(route: &str) -> &str {
    route.split_once(' ').unwrap().1
}

/// The status alone: a live stream has no end to read to.
fn ask(server: &Instance, method: &str, path: &str, token: Option<&str>, body: &str) -> u16 {
    let key = key();
    let url = format!("{}{path}", server.base);
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("idempotency-key", key.as_str())];
    headers.extend(bearer.iter().map(|bearer| ("authorization", bearer.as_str())));
    crate::app::agent().open(method, &url, &headers, body.as_bytes()).unwrap().status()
}

#[test]
fn a_revoked_and_an_expired_token_open_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let token = operator(dir.path(), "olga", Role::Admin, &[]);
    let renewed = operator(dir.path(), "olga", Role::Admin, &[]);
    let server = Instance::start(dir.path());
    server.get("/v1/desk/me", Some(&token)).problem(401, "invalid-token");
    assert_eq!(server.get("/v1/desk/me", Some(&renewed)).ok(200)["name"], "olga");
    for text in ["", "null", "0", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        server.get("/v1/desk/me", Some(text)).problem(401, "invalid-token");
    }
    for name in ["x-remote-user", "x-forwarded-user", "x-esia-oid"] {
        server.send("GET", "/v1/desk/me", &[(name, "olga")], b"").problem(401, "invalid-token");
    }
    drop(server);
    let store = podskazka_server::Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert!(runtime.block_on(store.revoke_operator("olga".to_owned())).unwrap());
    drop(store);
    let server = Instance::start(dir.path());
    server.get("/v1/desk/me", Some(&renewed)).problem(401, "invalid-token");
    let _: Value = server.get("/v1/config", None).ok(200);
}
