//! Threats of a public endpoint that no other file tries, and the table that names the test of each.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use podskazka_server::limits::Limits;
use podskazka_server::store::Role;
use podskazka_server::{Config, Site};
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Instance, agent, config, created, key, operator, sample, send};
use crate::client::Open;

/// Routes of the document: method and path.
fn routes(server: &Instance) -> Vec<(String, String)> {
    let document = server.get("/v1/openapi.json", None).ok(200);
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        routes.extend(item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    assert!(routes.len() > 30);
    routes
}

/// The status and the head alone: a live stream has no end to read to.
fn ask(server: &Instance, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Open {
    agent().open(method, &format!("{}{path}", server.base), headers, body).unwrap()
}

const SITES: [(&str, &str); 2] =
    [("pk_zags_2026", "https://zags.example.ru"), ("pk_fns_2026", "https://fns.example.ru")];

fn with_sites(data: &Path) -> Config {
    let site = |(key, origin): (&str, &str)| Site {
        key: key.into(),
        name: key.into(),
        origins: vec![origin.into()],
        identity_key: None,
        ..Site::default()
    };
    Config { sites: SITES.map(site).into(), ops_listen: Some("127.0.0.1:1".parse().unwrap()), ..config(data) }
}

/// Tests that a table names as `file::test`, each of which must stand in the sources.
fn named(table: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for part in table.split('`').skip(1).step_by(2) {
        let Some((file, test)) = part.split_once("::").filter(|(file, _)| file.ends_with(".rs")) else { continue };
        let room = match file.split('/').next() {
            Some("it" | "postgres") => "tests",
            Some("ticket") => "../src",
            _ => "src",
        };
        let source = std::fs::read_to_string(root.join(room).join(file)).unwrap_or_default();
        assert!(source.contains(&format!("fn {test}()")), "{part} is not there");
        count += 1;
    }
    count
}

fn document(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

#[test]
fn every_named_test_is_there() {
    let threats = document("docs/THREATS.md");
    assert!(named(&threats) > 60, "{}", named(&threats));
    for row in threats.lines().filter(|line| line.starts_with("| ") && !line.ends_with("| test |")) {
        assert!(row.contains(".rs::"), "no test: {row}");
    }
    let guide = document("docs/guides/testing.md");
    assert!(named(&guide) > 25, "{}", named(&guide));
    for number in 1..=20 {
        let row = format!("R{number}");
        let told = |line: &str| line.starts_with("| R") && line.split(['|', ' ', ',']).any(|word| word == row);
        assert!(guide.lines().any(told), "{row} has no row");
    }
}

#[test]
fn every_foreign_crate_is_pinned_by_its_checksum_and_each_door_to_the_network_comes_once() {
    let lock = document("Cargo.lock");
    let packages: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    assert!(packages.len() > 100);
    for package in packages.iter().filter(|it| it.contains("\nsource = ")) {
        assert!(package.contains("\nchecksum = ") && package.contains("source = \"registry+"), "{package}");
    }
    let count = |name: &str| packages.iter().filter(|it| it.contains(&format!("\nname = \"{name}\"\n"))).count();
    for name in ["reqwest", "rustls", "ring", "hyper", "libsqlite3-sys"] {
        assert_eq!(count(name), 1, "{name}");
    }
    for name in ["ureq", "openssl-sys", "native-tls", "aws-lc-sys", "openssl"] {
        assert_eq!(count(name), 0, "{name}");
    }
}

#[test]
fn a_public_write_without_an_origin_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(with_sites(dir.path()));
    let body = json!({"form": "demo", "rows": [{"kind": "shown", "field": "inn", "code": "inn.checksum", "count": 1}]});
    let [(site, origin), _] = SITES;
    let post = |headers: &[(&str, &str)]| {
        assert_eq!(server.send("POST", "/v1/stats", headers, body.to_string().as_bytes()).status, 204);
    };
    post(&[("x-site-key", site), ("origin", origin)]);
    post(&[("x-site-key", site)]);
    let figures = send(&agent(), &format!("{}/metrics", server.ops), "GET", &[], b"").text;
    assert!(figures.lines().any(|line| line == "podskazka_without_origin_total 1"), "{figures}");
}

#[test]
fn a_token_of_one_site_opens_nothing_at_another() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(with_sites(dir.path()));
    let [(own, origin), (other, other_origin)] = SITES;
    let key = key();
    let headers = [("idempotency-key", key.as_str()), ("x-site-key", own), ("origin", origin)];
    let (number, token) = created(&server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes()));
    let bearer = format!("Bearer {token}");
    let path = format!("/v1/tickets/{number}");
    let open = |site: &str, origin: &str| {
        server.send("GET", &path, &[("authorization", &bearer), ("x-site-key", site), ("origin", origin)], b"")
    };
    open(own, origin).ok(200);
    open(other, other_origin).problem(404, "not-found");
    // Without a site's name, as a live stream of an old page has it, the token decides.
    server.get(&path, Some(&token)).ok(200);
}

#[test]
fn guessed_tokens_open_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let path = format!("/v1/tickets/{number}");
    let other = |byte: u8| if byte == b'A' { 'B' } else { 'A' };
    for place in 0..token.len() {
        let mut guess = token.clone();
        guess.replace_range(place..=place, &other(token.as_bytes()[place]).to_string());
        server.get(&path, Some(&guess)).problem(404, "not-found");
    }
    let almost = &token[..token.len() - 1];
    for guess in
        ["", "null", "undefined", "0", &"A".repeat(43), almost, &format!("{token}A"), &format!("{token} {token}")]
    {
        server.get(&path, Some(guess)).problem(404, "not-found");
    }
    server.get(&path, Some(&token)).ok(200);
}

#[test]
fn numbers_of_tickets_in_a_row_tell_no_order() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    let numbers: Vec<String> = (0..65).map(|_| server.new_ticket().0).collect();
    // Of 64 neighbours about half rise; 16 or 48 is seven times the usual deviation.
    let rises = numbers.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!((16..=48).contains(&rises), "{rises} rises: {numbers:?}");
    let differ = |pair: &[String]| pair[0].bytes().zip(pair[1].bytes()).filter(|(one, two)| one != two).count();
    assert!(numbers.windows(2).all(|pair| differ(pair) > 1), "{numbers:?}");
}

#[test]
fn tokens_of_equal_things_are_unlike() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let uploads: Vec<String> = (0..20).map(|_| server.upload("текст".as_bytes())).collect();
    let tickets: Vec<String> = (0..20).map(|_| server.new_ticket().1).collect();
    let mut all = [uploads, tickets].concat();
    for token in &all {
        // 256 bits have about 32 different letters among 43; a counter or a time has a common beginning.
        assert!(all.iter().filter(|it| it[..6] == token[..6]).count() == 1, "{token}");
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 40);
}

#[test]
fn a_file_nobody_sent_yet_is_served_to_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "admin", Role::Admin, &[]);
    let server = Instance::start(dir.path());
    server.upload("чужой черновик".as_bytes());
    let (number, token) = server.new_ticket();
    for id in 0..5 {
        server.get(&format!("/v1/tickets/{number}/attachments/{id}"), Some(&token)).problem(404, "not-found");
        server.get(&format!("/v1/desk/tickets/{number}/attachments/{id}"), Some(&desk)).problem(404, "not-found");
    }
}

/// Rows of every table that a request could write.
fn rows(data: &Path) -> String {
    let tables = [
        "tickets",
        "events",
        "audit",
        "uploads",
        "idempotency",
        "replays",
        "letters",
        "track_tokens",
        "addresses",
        "codes",
        "stats",
        "notices",
        "operators",
        "links",
        "calls",
        "used_challenges",
    ];
    let counts = tables.map(|table| format!("(SELECT count(*) FROM {table})"));
    Rows::open(data).text(&format!("SELECT {}", counts.join(" || ' ' || ")))
}

#[test]
fn no_get_route_writes_a_row() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "admin", Role::Admin, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("файл".as_bytes())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    server.checked(&page, &token);
    let before = rows(dir.path());
    for (method, path) in routes(&server).iter().filter(|(method, _)| method == "GET") {
        let path = path.replace("{number}", &number).replace("{id}", "1").replace("{form}", "a").replace("{name}", "a");
        for token in [&token, &desk] {
            let status = ask(&server, method, &path, &[("authorization", &format!("Bearer {token}"))], b"").status();
            assert!(status < 500, "{path}: {status}");
        }
    }
    assert_eq!(rows(dir.path()), before);
    server.new_ticket();
    assert_ne!(rows(dir.path()), before, "the count sees a write");
}

#[test]
fn every_deed_of_an_operator_leaves_a_row_in_the_journal() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "admin", Role::Admin, &[]);
    let server = Instance::start(dir.path());
    let journal = || {
        let last = "SELECT (SELECT count(*) FROM audit) || ' ' || (SELECT coalesce(author, '') FROM audit ORDER BY id DESC LIMIT 1)";
        Rows::open(dir.path()).text(last)
    };
    let (other, _) = server.new_ticket();
    let deeds = [
        ("comments", json!({"text": "x", "visibility": "internal"})),
        ("transition", json!({"action": "take"})),
        ("assign", json!({"department": "support"})),
        ("transfer", json!({"department": "passport", "reason": "x"})),
        ("escalate", json!({"level": 2, "reason": "x"})),
        ("triage", json!({"urgency": 1, "impact": 1})),
        ("link", json!({"number": other})),
        ("merge", json!({"into": other, "reason": "x"})),
        ("unmask", json!({"reason": "x"})),
        ("notices", json!({"title": "Оплата не работает", "text": "Попробуйте завтра."})),
        ("end", Value::Null),
        // Nobody's ticket yet: the step that names the file has the row.
        ("uploads", Value::Null),
    ];
    let (number, _) = server.new_ticket();
    for (method, path) in routes(&server).iter().filter(|(method, path)| method == "POST" && path.contains("/desk/")) {
        let last = path.rsplit('/').next().unwrap();
        let (_, body) = deeds.iter().find(|(name, _)| *name == last).unwrap_or_else(|| panic!("{path} needs a row"));
        let number = if last == "escalate" { &other } else { &number };
        if last == "escalate" {
            let take = format!("/v1/desk/tickets/{number}/transition");
            server.act(&take, &desk, &json!({"action": "take"})).ok(201);
        }
        if last == "uploads" || last == "merge" {
            continue;
        }
        let before = journal();
        if last == "end" {
            server.act("/v1/desk/notices", &desk, &deeds[9].1).ok(201);
        }
        let path = path.replace("{number}", number).replace("{id}", "1");
        let status = ask(
            &server,
            method,
            &path,
            &[("authorization", &format!("Bearer {desk}")), ("idempotency-key", &key())],
            body.to_string().as_bytes(),
        )
        .status();
        assert!((200..300).contains(&status), "{path}: {status}");
        let after = journal();
        assert!(after != before && after.ends_with(" admin"), "{path}: {before} then {after}");
    }
    // The last one: nothing can be done to the ticket afterwards.
    let before = journal();
    server.act(&format!("/v1/desk/tickets/{number}/merge"), &desk, &deeds[7].1).ok(201);
    assert_ne!(journal(), before);
}

#[test]
fn a_body_without_end_is_cut_at_its_limit() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    for (path, limit) in [("/v1/tickets", 256 * 1024), ("/v1/recover", 64 * 1024), ("/v1/uploads", 10 * 1024 * 1024)] {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {}\r\nTransfer-Encoding: chunked\r\n\r\n",
            key()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let chunk = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
        let mut sent = 0;
        // A gigabyte, if it is let.
        while sent < 1 << 30 && stream.write_all(&chunk).is_ok() {
            sent += 0x10000;
        }
        // What the kernel holds for a connection comes on top of the limit.
        assert!(sent < limit + (16 << 20), "{path}: {sent}");
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 413"), "{path}: {said}");
    }
    server.new_ticket();
}

#[test]
fn every_answer_has_the_headers_of_its_class() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "admin", Role::Admin, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("файл".as_bytes())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    server.checked(&page, &token);
    let mut paths: Vec<(String, String)> = routes(&server);
    for path in
        ["/v1/absent", "/v1/docs", "/v1/docs.css", "/v1/openapi.json", "/mail/stop", "/livez", "/readyz", "/absent"]
    {
        paths.push(("GET".to_owned(), path.to_owned()));
    }
    paths.push(("PUT".to_owned(), "/v1/tickets".to_owned()));
    for (method, path) in &paths {
        let path = path.replace("{number}", &number).replace("{id}", "1").replace("{form}", "a").replace("{name}", "a");
        for token in [None, Some(&token), Some(&desk)] {
            let bearer = token.map(|token| format!("Bearer {token}"));
            let headers: Vec<_> = bearer.iter().map(|it| ("authorization", it.as_str())).collect();
            let answer = ask(&server, method, &path, &headers, b"{}");
            let header = |name: &str| answer.headers().get(name).map_or("", |it| it.to_str().unwrap()).to_owned();
            assert_eq!(
                (header("x-content-type-options").as_str(), header("referrer-policy").as_str()),
                ("nosniff", "no-referrer"),
                "{path}"
            );
            assert!(header("set-cookie").is_empty() && header("server").is_empty(), "{path}");
            assert!(header("access-control-allow-credentials").is_empty(), "{path}");
            if path.starts_with("/v1/") || path.starts_with("/mail/") {
                assert!(
                    header("content-security-policy").contains("default-src 'none'"),
                    "{method} {path} {}",
                    answer.status()
                );
                assert!(!header("cache-control").is_empty(), "{path}");
            }
        }
    }
}

/// Traces of the program's inside.
const INSIDE: [&str; 10] =
    ["/src/", "panicked", "sqlx", "rusqlite", "postgres", "SELECT", "Error(", "thread '", "RUST_", "syntax error"];

#[test]
fn hostile_words_get_a_plain_refusal_on_every_route() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "admin", Role::Admin, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let words = [
        "%00",
        "..%2f..%2fetc%2fpasswd",
        "'%20OR%201=1--",
        "%22%3E%3Cscript%3E",
        "PS-%25",
        "*",
        "__proto__",
        "-1",
        "99999999999999999999",
        "%F0%9F%98%80",
        "null",
        "NaN",
        "%E2%80%8B",
        "ticket:*",
        "a%0d%0aSet-Cookie:x",
    ];
    let bodies: [&[u8]; 9] = [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\"x\"",
        b"{\"__proto__\":{}}",
        b"{\"action\":{}}",
        b"{\"text\":\"\\u0000\"}",
        &[0xff; 40],
    ];
    let mut asked = 0;
    for (method, path) in routes(&server) {
        let plain =
            path.replace("{number}", &number).replace("{id}", "1").replace("{form}", "a").replace("{name}", "a");
        // A live stream has no end to read to.
        let live = path.ends_with("/events");
        let mut paths: Vec<String> = if live { Vec::new() } else { vec![plain.clone()] };
        if path.contains('{') {
            let named = ["{number}", "{id}", "{form}", "{name}"];
            paths.extend(
                words.iter().map(|word| named.iter().fold(path.clone(), |path, name| path.replace(name, word))),
            );
        }
        if method == "GET" && !live {
            for name in ["cursor", "limit", "status", "from", "group_by", "before", "format", "x"] {
                paths.extend(words.iter().map(|word| format!("{plain}?{name}={word}")));
            }
        }
        for (i, path) in paths.iter().enumerate() {
            let bodies: &[&[u8]] = if method == "POST" && i == 0 { &bodies } else { &bodies[..1] };
            for body in bodies {
                let bearer = format!("Bearer {}", if path.contains("/desk/") { &desk } else { &token });
                let key = key();
                let headers = [
                    ("authorization", bearer.as_str()),
                    ("idempotency-key", &key),
                    ("if-match", "\"v'\""),
                    ("x-identity", "a.b.c"),
                    ("x-altcha", "e30="),
                    ("last-event-id", "-1"),
                    ("x-forwarded-for", "<b>"),
                ];
                let answer = server.send(&method, path, &headers, body);
                assert!(answer.status < 500, "{method} {path}: {}", answer.text);
                if answer.status >= 400 {
                    let trace = INSIDE.iter().find(|trace| answer.text.contains(*trace));
                    assert!(trace.is_none(), "{method} {path}: {}", answer.text);
                }
                asked += 1;
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
    server.new_ticket();
}
