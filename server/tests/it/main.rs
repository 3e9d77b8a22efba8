//! A real instance on a free port in a temporary folder, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;
use std::thread::JoinHandle;

use podskazka_server::{Config, Csp, serve};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use ureq::Agent;
use ureq::http::Response;

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nthe rest is not looked at";

struct Instance {
    base: String,
    agent: Agent,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Instance {
    fn start(data: &Path, www: Option<&Path>, csp: Csp) -> Instance {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let config = Config { data_dir: data.to_path_buf(), www: www.map(Path::to_path_buf), csp, ..Config::default() };
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let shutdown = async {
                    let _ = stopped.await;
                };
                serve(config, listener, shutdown).await.unwrap();
            });
        });
        let agent = Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build().into();
        Instance { base, agent, stop: Some(stop), thread: Some(thread) }
    }

    fn get(&self, path: &str, token: Option<&str>) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        Answer::read(request.call().unwrap())
    }

    fn post(&self, path: &str, key: Option<&str>, body: &[u8]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        Answer::read(request.send(body).unwrap())
    }

    fn ticket(&self, key: &str, ticket: &Value) -> Answer {
        self.post("/v1/tickets", Some(key), ticket.to_string().as_bytes())
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.thread.take().unwrap().join().unwrap();
    }
}

struct Answer {
    status: u16,
    headers: ureq::http::HeaderMap,
    text: String,
}

impl Answer {
    fn read(mut response: Response<ureq::Body>) -> Answer {
        let text = response.body_mut().read_to_string().unwrap();
        let (parts, _) = response.into_parts();
        Answer { status: parts.status.as_u16(), headers: parts.headers, text }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Checks that this is a problem with the code.
    fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem
    }
}

fn sample() -> Value {
    json!({
        "topic": "form",
        "text": "Поле ИНН не принимает номер из свидетельства, хотя он переписан без ошибок.",
        "name": "Иванова Анна Петровна",
        "contact": "anna@example.org",
        "snapshot": {"form": "demo", "form_title": "Заявление", "page": "/forma.html", "fields": []},
        "client": {
            "user_agent": "test", "language": "ru", "time_zone": "Europe/Moscow", "viewport": "390x844",
            "version": "0.1.0", "build": "wasm"
        }
    })
}

fn created(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 201, "{}", answer.text);
    let receipt = answer.json();
    assert_eq!(receipt["status"], "new");
    (receipt["number"].as_str().unwrap().to_owned(), receipt["token"].as_str().unwrap().to_owned())
}

#[test]
fn create_replay_mismatch() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path(), None, Csp::Wasm);
    let first = server.ticket(KEY, &sample());
    let again = server.ticket(KEY, &sample());
    assert_eq!(created(&first), created(&again));
    assert_eq!(first.header("idempotency-replayed"), "");
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("cache-control"), "no-store");
    let mut other = sample();
    other["name"] = json!("Петрова Анна Ивановна");
    server.ticket(KEY, &other).problem(422, "idempotency-mismatch");
    assert_ne!(created(&server.ticket("another-key-0123456789", &other)), created(&first));
}

#[test]
fn a_ticket_opens_to_its_token_only_and_outlives_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path(), None, Csp::Wasm);
    let (number, token) = created(&server.ticket(KEY, &sample()));
    let (_, foreign) = created(&server.ticket("another-key-0123456789", &sample()));
    drop(server);
    let server = Instance::start(dir.path(), None, Csp::Wasm);
    let path = format!("/v1/tickets/{number}");
    let view = server.get(&path, Some(&token));
    assert_eq!(view.status, 200, "{}", view.text);
    let view = view.json();
    assert_eq!((&view["number"], &view["status"], &view["topic"]), (&json!(number), &json!("new"), &json!("form")));
    assert!(view["created_at"].as_str().unwrap().ends_with('Z'));
    let wrong = server.get(&path, Some(&foreign)).problem(404, "not-found");
    let absent = server.get("/v1/tickets/PS-00000000-0", Some(&token)).problem(404, "not-found");
    assert_eq!(wrong["title"], absent["title"]);
    server.get(&path, None).problem(404, "not-found");
    let replay = server.ticket(KEY, &sample());
    assert_eq!(created(&replay), (number.clone(), token.clone()));
    drop(server);

    let db = rusqlite::Connection::open(dir.path().join("podskazka.sqlite")).unwrap();
    let rows: i64 = db.query_row("SELECT count(*) FROM tickets", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2);
    let name: String = db.query_row("SELECT name FROM tickets WHERE number = ?1", [&number], |row| row.get(0)).unwrap();
    assert_eq!(name, "Иванова Анна Петровна");
    drop(db);
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
fn an_upload_is_claimed_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path(), None, Csp::Wasm);
    let upload = server.post("/v1/uploads", None, PNG);
    assert_eq!(upload.status, 201, "{}", upload.text);
    let receipt = upload.json();
    assert_eq!(receipt["size"], PNG.len());
    let file = dir.path().join("files").join(receipt["sha256"].as_str().unwrap());
    assert_eq!(std::fs::read(file).unwrap(), PNG);
    assert_eq!(std::fs::read_dir(dir.path().join("files")).unwrap().count(), 1);

    let mut ticket = sample();
    ticket["uploads"] = json!([receipt["token"], receipt["token"]]);
    let twice = server.ticket(KEY, &ticket).problem(422, "validation");
    assert_eq!(twice["errors"][0]["pointer"], "/uploads/1");
    ticket["uploads"] = json!([receipt["token"]]);
    let first = server.ticket(KEY, &ticket);
    assert_eq!(created(&first), created(&server.ticket(KEY, &ticket)));
    let taken = server.ticket("another-key-0123456789", &ticket).problem(422, "validation");
    assert_eq!(taken["errors"][0]["code"], "upload-unknown");
}

#[test]
fn bad_requests_say_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path(), None, Csp::Wasm);
    let body = sample().to_string();
    server.post("/v1/tickets", None, body.as_bytes()).problem(400, "idempotency-key-required");
    server.post("/v1/tickets", Some("short"), body.as_bytes()).problem(400, "idempotency-key-required");
    server.post("/v1/tickets", Some(KEY), b"{").problem(400, "validation");
    let mut extra = sample();
    extra["snapshot"]["value"] = json!("500100732259");
    let problem = server.ticket(KEY, &extra).problem(400, "unknown-field");
    assert_eq!(problem["errors"][0]["pointer"], "/snapshot/value");
    let mut empty = sample();
    empty["text"] = json!("");
    let problem = server.ticket(KEY, &empty).problem(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/text");
    server.post("/v1/tickets", Some(KEY), &vec![b' '; 256 * 1024 + 1]).problem(413, "too-large");
    server.post("/v1/uploads", None, b"GIF89a").problem(415, "unsupported-media");
    server.get("/v1/nothing", None).problem(404, "not-found");
    server.get("/v1/tickets", None).problem(405, "method-not-allowed");
}

#[test]
fn site_and_headers() {
    let dir = tempfile::tempdir().unwrap();
    let www = dir.path().join("www");
    std::fs::create_dir_all(www.join("faq")).unwrap();
    for (name, text) in [("index.html", "<p>a"), ("faq/index.html", "<p>b"), ("a.wasm", "\0asm"), ("a.js", "1")] {
        std::fs::write(www.join(name), text).unwrap();
    }
    let data = dir.path().join("data");
    let server = Instance::start(&data, Some(&www), Csp::Wasm);
    let index = server.get("/", None);
    assert_eq!((index.status, index.text.as_str()), (200, "<p>a"));
    assert_eq!(index.header("content-type"), "text/html; charset=utf-8");
    assert!(index.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval';"));
    assert_eq!(index.header("cache-control"), "no-cache");
    assert_eq!(server.get("/faq/", None).text, "<p>b");
    assert_eq!(server.get("/a.wasm", None).header("content-type"), "application/wasm");
    assert_eq!(server.get("/a.js", None).header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(server.get("/..%2fdata%2fpodskazka.sqlite", None).status, 404);
    for path in ["/", "/a.wasm", "/absent", "/livez", "/readyz", "/v1/nothing"] {
        let answer = server.get(path, None);
        assert_eq!(answer.status, if path.ends_with("absent") || path.ends_with("nothing") { 404 } else { 200 });
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-request-id").len(), 16);
    }
    drop(server);
    let server = Instance::start(&data, Some(&www), Csp::Js);
    assert!(server.get("/", None).header("content-security-policy").contains("script-src 'self'; style-src"));
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
