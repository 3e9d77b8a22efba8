//! Static files, headers of every answer, origins of pages, the program's own words.

use podskazka_server::{Config, Csp, Site};

use crate::app::{Instance, KEY, sample};

#[test]
fn site_and_headers() {
    let dir = tempfile::tempdir().unwrap();
    let www = dir.path().join("www");
    for folder in ["faq", "podskazka"] {
        std::fs::create_dir_all(www.join(folder)).unwrap();
    }
    let files = [("index.html", "<p>a"), ("faq/index.html", "<p>b"), ("a.wasm", "\0asm"), ("a.js", "1")];
    for (name, text) in files.into_iter().chain([("podskazka/podskazka.js", "1")]) {
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
        identity_key: None,
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
    assert!(preflight.header("access-control-allow-headers").contains("idempotency-key"));
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
