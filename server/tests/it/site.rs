//! Static files, headers of every answer, origins of pages, the program's own words.

use podskazka::ticket::Line;
use podskazka_server::store::Role;
use podskazka_server::{Config, Csp, Site, consent};
use serde_json::{Value, json};

use crate::app::{Instance, KEY, config, created, key, operator, sample};

#[test]
fn site_and_headers() {
    let dir = tempfile::tempdir().unwrap();
    let www = dir.path().join("www");
    for folder in ["faq", "podskazka"] {
        std::fs::create_dir_all(www.join(folder)).unwrap();
    }
    let files = [("index.html", "<p>a"), ("faq/index.html", "<p>b"), ("a.wasm", "\0asm"), ("a.js", "1")];
    for (name, text) in files.into_iter().chain([("podskazka/podskazka.js", "1"), ("podskazka/raster.html", "<p>c")]) {
        std::fs::write(www.join(name), text).unwrap();
    }
    let start = |csp| {
        let config = Config { data_dir: dir.path().join("data"), www: Some(www.clone()), csp, ..Config::default() };
        Instance::with(config)
    };
    let server = start(Csp::Wasm);
    let index = server.get("/", None);
    assert_eq!((index.status, index.text.as_str()), (200, "<p>a"));
    assert_eq!(index.header("content-type"), "text/html; charset=utf-8");
    assert!(index.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval';"));
    assert_eq!(index.header("cache-control"), "no-cache");
    assert_eq!(server.get("/faq/", None).text, "<p>b");
    assert_eq!(server.get("/a.wasm", None).header("content-type"), "application/wasm");
    assert_eq!(server.get("/a.js", None).header("content-type"), "text/javascript; charset=utf-8");
    let page_of = |path: &str| {
        let page = server.get(path, None);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin", "{path}");
        let unused = page.header("permissions-policy").to_owned();
        assert!(
            ["camera=()", "geolocation=()", "microphone=()"].iter().all(|it| unused.contains(it)),
            "{path} {unused}"
        );
        assert!(!unused.contains("clipboard"), "the panel copies words");
    };
    for path in ["/", "/podskazka/raster.html", "/v1/docs", "/mail/stop", "/mail/confirm"] {
        page_of(path);
    }
    // The frame in which pictures are drawn stands in pages of other origins.
    let frame = server.get("/podskazka/raster.html", None);
    assert_eq!(frame.header("cross-origin-resource-policy"), "cross-origin");
    assert!(!frame.header("content-security-policy").contains("frame-ancestors"));
    assert_eq!(frame.header("x-frame-options"), "");
    // The widget's files are for pages of other origins too, the site's own pages are not.
    let script = server.get("/podskazka/podskazka.js", None);
    assert_eq!(script.header("access-control-allow-origin"), "*");
    assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(server.get("/a.js", None).header("access-control-allow-origin"), "");
    assert_eq!(server.get("/..%2fdata%2fpodskazka.sqlite", None).status, 404);
    for path in ["/", "/a.wasm", "/absent", "/v1/config", "/v1/nothing"] {
        let answer = server.get(path, None);
        assert_eq!(answer.status, if path.ends_with("absent") || path.ends_with("nothing") { 404 } else { 200 });
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-request-id").len(), 16);
        assert_eq!(answer.header("server"), "");
        assert_eq!(answer.header("set-cookie"), "");
        // It never speaks TLS: whoever does says how long.
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    drop(server);
    assert!(start(Csp::Js).get("/", None).header("content-security-policy").contains("script-src 'self'; style-src"));
}

#[test]
fn only_listed_origins_of_the_named_site_ask() {
    let dir = tempfile::tempdir().unwrap();
    let site = |key: &str, origin: &str| Site {
        key: key.into(),
        name: key.into(),
        origins: vec![origin.into()],
        ..Site::default()
    };
    let sites = vec![site("pk_zags_2026", "https://zags.example.ru"), site("pk_fns_2026", "https://fns.example.ru")];
    let server = Instance::with(Config { data_dir: dir.path().to_path_buf(), sites, ..Config::default() });
    let post = |key: Option<&str>, origins: &[&str]| {
        let mut headers = vec![("idempotency-key", KEY)];
        headers.extend(key.map(|key| ("x-site-key", key)));
        headers.extend(origins.iter().map(|origin| ("origin", *origin)));
        let answer = server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes());
        assert!(answer.headers.keys().all(|name| !name.as_str().contains("credentials")));
        assert!(answer.header("vary").contains("Origin"));
        answer
    };
    let good = post(Some("pk_zags_2026"), &["https://zags.example.ru"]);
    good.ok(201);
    assert_eq!(good.header("access-control-allow-origin"), "https://zags.example.ru");
    for origin in [
        "https://evil.ru",
        "https://zags.example.ru.evil.ru",
        "https://evilzags.example.ru",
        "http://zags.example.ru",
        "https://zags.example.ru:8443",
        "https://ZAGS.example.ru",
        "https://zags.example.ru/",
        "https://fns.example.ru",
        "null",
    ] {
        let refused = post(Some("pk_zags_2026"), &[origin]);
        refused.problem(403, "origin-not-allowed");
        assert_eq!(refused.header("access-control-allow-origin"), "");
        let headers = [("origin", origin), ("access-control-request-method", "POST")];
        let preflight = server.send("OPTIONS", "/v1/tickets", &headers, b"");
        // A preflight does not name the site: any listed origin may go on to ask.
        assert_eq!(preflight.status == 204, origin == "https://fns.example.ru", "{origin}");
    }
    let two = ["https://zags.example.ru", "https://evil.ru"];
    post(Some("pk_zags_2026"), &two).problem(403, "origin-not-allowed");
    post(Some("pk_nobody_2026"), &["https://zags.example.ru"]).problem(403, "site-disabled");
    post(None, &["https://zags.example.ru"]).problem(403, "site-disabled");
    let headers = [("origin", "https://zags.example.ru"), ("access-control-request-method", "POST")];
    let preflight = server.send("OPTIONS", "/v1/tickets", &headers, b"");
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-max-age"), "600");
    for name in ["idempotency-key", "if-none-match"] {
        assert!(preflight.header("access-control-allow-headers").contains(name), "{name}");
    }
}

#[test]
fn a_busy_port_is_one_clear_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let dir = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_podskazka-server"))
        .args(["--listen", &address, "--data-dir"])
        .arg(dir.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains(&address) && text.contains("--listen") && text.lines().count() == 1, "{text}");
}

#[test]
fn a_site_leaves_lines_to_the_citizen_and_another_one_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let site = |key: &str, optional: &[Line]| Site {
        key: key.into(),
        name: key.into(),
        origins: vec!["https://zags.example.ru".into()],
        optional: optional.to_vec(),
        answer_by_number: optional.contains(&Line::Contact),
        ..Site::default()
    };
    let sites = vec![site("pk_free_2026", &Line::ALL), site("pk_strict_2026", &[])];
    let server = Instance::with(Config { sites, ..config(dir.path()) });
    let settings =
        |key: &str| server.send("GET", "/v1/config", &[("x-site-key", key)], b"").ok(200)["optional"].clone();
    assert_eq!(settings("pk_free_2026"), json!(["topic", "name", "contact", "text"]));
    assert_eq!(settings("pk_strict_2026"), Value::Null);
    let send = |site: &str, more: Value| {
        let mut ticket = sample();
        for name in ["topic", "name", "contact", "text"] {
            ticket[name] = json!("");
        }
        ticket.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (key, body) = (key(), ticket.to_string());
        let headers = [("idempotency-key", key.as_str()), ("x-site-key", site), ("origin", "https://zags.example.ru")];
        server.send("POST", "/v1/tickets", &headers, body.as_bytes())
    };
    let refused = |answer: crate::app::Answer| {
        let problem = answer.problem(422, "validation");
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
        json!(pointers)
    };
    assert_eq!(refused(send("pk_strict_2026", json!({}))), json!(["/topic", "/name", "/contact", "/text"]));
    assert_eq!(
        refused(send("pk_free_2026", json!({"code": null}))),
        json!(["/text"]),
        "the text or the code of an error"
    );
    assert_eq!(
        refused(send("pk_free_2026", json!({"contact": "никак"}))),
        json!(["/contact"]),
        "what is given is looked at"
    );

    // Followed by number and token alone; two tickets without a contact are nobody's together.
    let (number, token) = created(&send("pk_free_2026", json!({"code": "inn.checksum"})));
    let (other, _) = created(&send("pk_free_2026", json!({"text": "Не открывается страница"})));
    let page = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    assert_eq!((&page["status"], &page["topic"]), (&json!("new"), &json!("")));
    server.get(&format!("/v1/tickets/{other}"), Some(&token)).problem(404, "not-found");
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    assert_eq!((&card["item"]["code"], &card["contact"]), (&json!("inn.checksum"), &json!("")));
    let merge = json!({"into": other, "reason": "тот же сбой"});
    let refused = server.act(&format!("/v1/desk/tickets/{number}/merge"), &desk, &merge);
    assert!(refused.status == 409 && refused.text.contains("разных людей"), "{}", refused.text);
}

#[test]
fn where_consent_is_asked_no_ticket_comes_without_it_and_the_card_tells_to_which_text() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let text = |version: &str, text: &str| consent::Text { version: version.into(), text: text.into() };
    let site = Site {
        key: "pk_zags_2026".into(),
        name: "ЗАГС".into(),
        origins: vec!["https://zags.example.ru".into()],
        consent: vec![text("2026-01", "Согласен."), text("2026-09", "Согласен с новым.")],
        ..Site::default()
    };
    let server = Instance::with(Config { sites: vec![site], ..config(dir.path()) });
    let shown = server.send("GET", "/v1/config", &[("x-site-key", "pk_zags_2026")], b"").ok(200)["consent"].clone();
    assert_eq!((&shown["version"], &shown["text"]), (&json!("2026-09"), &json!("Согласен с новым.")));
    let send = |consent: Value| {
        let mut ticket = sample();
        ticket["consent"] = consent;
        let (key, body) = (key(), ticket.to_string());
        let headers =
            [("idempotency-key", key.as_str()), ("x-site-key", "pk_zags_2026"), ("origin", "https://zags.example.ru")];
        server.send("POST", "/v1/tickets", &headers, body.as_bytes())
    };
    let refused = |answer: crate::app::Answer, code: &str| {
        let problem = answer.problem(422, "validation");
        assert_eq!(
            (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
            (&json!("/consent"), &json!(code))
        );
    };
    refused(send(Value::Null), "consent-required");
    refused(send(json!({"version": "2026-09", "sha256": "0".repeat(64)})), "consent-changed");
    refused(send(json!({"version": "2026-01", "sha256": shown["sha256"]})), "consent-changed");
    send(json!({"version": "2026-09", "sha256": shown["sha256"], "at": "now"})).problem(400, "unknown-field");
    // A letter of before the text changed.
    created(&send(
        json!({"version": "2026-01", "sha256": "5fe8be2c07e23eec3ec559f369cc365feeee521966f891018d1ed02d91257438"}),
    ));
    let given = json!({"version": "2026-09", "sha256": shown["sha256"]});
    let (number, _) = created(&send(given.clone()));
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    assert_eq!(card["consent"], given);
    assert!(card["item"]["created_at"].is_string());
}
