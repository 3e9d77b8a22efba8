//! A real instance on a free port in a temporary folder, asked over HTTP. Its rows are in SQLite or in PostgreSQL, as
//! the test program that this is a part of says.

use std::io::{BufRead as _, BufReader, Cursor, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use podskazka_server::store::{Operator, Options, Role};
use podskazka_server::{Config, Store, serve};
use serde_json::{Value, json};
use tokio::sync::oneshot;

pub use crate::client::agent;
use crate::client::{Agent, Open};

pub const KEY: &str = "0123456789abcdef0123456789abcdef";

pub struct Instance {
    pub base: String,
    /// Address of the second port, where the settings ask for one.
    pub ops: String,
    agent: Agent,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Instance {
    /// With default settings.
    pub fn start(data: &Path) -> Instance {
        Instance::with(config(data))
    }

    pub fn with(config: Config) -> Instance {
        let (listener, base) = listen();
        let (ops, ops_base) = listen();
        let ops = config.ops_listen.map(|_| ops);
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let ops = ops.map(|ops| tokio::net::TcpListener::from_std(ops).unwrap());
                let shutdown = async {
                    let _ = stopped.await;
                };
                serve(config, listener, ops, shutdown).await.unwrap();
            });
        });
        Instance { base, ops: ops_base, agent: agent(), stop: Some(stop), thread: Some(thread) }
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(&self.agent, &format!("{}{path}", self.base), method, headers, body)
    }

    pub fn get(&self, path: &str, token: Option<&str>) -> Answer {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<_> = bearer.iter().map(|it| ("authorization", it.as_str())).collect();
        self.send("GET", path, &headers, b"")
    }

    /// The first file of a ticket, once it has left quarantine. Asked with pauses: a token has its share of questions.
    pub fn checked(&self, page: &str, token: &str) -> Value {
        loop {
            let file = self.get(page, Some(token)).ok(200)["events"][0]["files"][0].clone();
            if file["state"] != "quarantined" {
                return file;
            }
            std::thread::sleep(std::time::Duration::from_millis(30));
        }
    }

    pub fn post(&self, path: &str, key: Option<&str>, body: &[u8]) -> Answer {
        let headers: Vec<_> = key.iter().map(|key| ("idempotency-key", *key)).collect();
        self.send("POST", path, &headers, body)
    }

    pub fn ticket(&self, key: &str, ticket: &Value) -> Answer {
        self.post("/v1/tickets", Some(key), ticket.to_string().as_bytes())
    }

    /// A new ticket: number and token.
    pub fn new_ticket(&self) -> (String, String) {
        created(&self.ticket(&key(), &sample()))
    }

    /// POST with a token under a fresh key.
    pub fn act(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.act_as(&key(), path, token, body)
    }

    pub fn act_as(&self, key: &str, path: &str, token: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("idempotency-key", key), ("authorization", bearer.as_str())];
        self.send("POST", path, &headers, body.to_string().as_bytes())
    }

    /// Uploads a file as a citizen; its token.
    pub fn upload(&self, bytes: &[u8]) -> String {
        let upload = self.post("/v1/uploads", Some(&key()), bytes);
        assert_eq!(upload.status, 201, "{}", upload.text);
        upload.json()["token"].as_str().unwrap().to_owned()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || std::thread::panicking());
    }
}

fn listen() -> (std::net::TcpListener, String) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    (listener, base)
}

pub fn send(agent: &Agent, url: &str, method: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let answer = Answer::read(agent.open(method, url, headers, body).unwrap()).unwrap();
    crate::document::holds(method, url, &answer);
    answer
}

/// Default settings over the folder.
pub fn config(data: &Path) -> Config {
    // Hundreds of servers keep no room for an erasure on a full disk; those of that test do.
    Config { data_dir: data.to_path_buf(), database: crate::database(data), reserve_bytes: 0, ..Config::default() }
}

/// How the folder's store is opened.
pub fn options(data: &Path) -> Options {
    Options { database: crate::database(data), ..Options::default() }
}

/// The program over the folder: the one beside these tests, or the one that `PROGRAM` names.
pub fn program(data: &Path) -> Command {
    let mut command = Command::new(named().unwrap_or_else(|| env!("CARGO_BIN_EXE_podskazka-server").into()));
    command.arg("--data-dir").arg(data);
    if let Some(database) = crate::database(data) {
        command.env("PODSKAZKA_DATABASE", database.0);
    }
    command
}

/// A program that was built to be fast: tests of its speed are judged of it alone.
pub fn named() -> Option<std::ffi::OsString> {
    std::env::var_os("PROGRAM")
}

/// An operator's token, made before the instance starts.
pub fn operator(data: &Path, name: &str, role: Role, departments: &[&str]) -> String {
    let departments = departments.iter().map(|it| (*it).to_owned()).collect();
    let operator = Operator { name: name.to_owned(), role, departments };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = Store::open(data, &options(data)).unwrap();
    runtime.block_on(store.add_operator(operator, 1)).unwrap().text()
}

/// Tells a time. In the soak and the bench (`JUDGE`) one above its bound is a failure; a test judges none.
#[track_caller]
pub fn figure(what: &str, reached: Duration, most: Duration) {
    println!("{what}: {reached:.1?}, at most {most:.1?}");
    assert!(std::env::var_os("JUDGE").is_none() || reached <= most, "{what}: {reached:.1?}, at most {most:.1?}");
}

/// The time in which so many percent of them were over.
pub fn share(took: &mut [Duration], percent: usize) -> Duration {
    took.sort_unstable();
    took[(took.len() - 1) * percent / 100]
}

/// Seconds since 1970.
pub fn now() -> i64 {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(elapsed.as_secs()).unwrap()
}

/// A key that was not used before.
pub fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("test-key-{:024}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Answer {
    /// `None` where the body breaks off.
    pub fn read(open: Open) -> Option<Answer> {
        let (status, headers) = (open.status(), open.headers().clone());
        let bytes = open.whole()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(Answer { status, headers, bytes, text })
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// Checks the text of a success.
    #[track_caller]
    pub fn ok_text(&self, text: &str) {
        assert_eq!((self.status, self.text.as_str()), (200, text));
    }

    /// Checks that this is a problem with the code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem
    }
}

pub fn sample() -> Value {
    json!({
        "topic": "form",
        "text": "Поле ИНН не принимает номер из свидетельства, хотя он переписан без ошибок.",
        "name": "Иванова Анна Петровна",
        "contact": "anna@example.org",
        "code": "inn.checksum",
        "snapshot": {"form": "demo", "form_title": "Заявление", "page": "/forma.html", "fields": []},
        "client": {
            "user_agent": "test", "language": "ru", "time_zone": "Europe/Moscow", "viewport": "390x844",
            "version": "0.1.0", "build": "wasm"
        }
    })
}

#[track_caller]
pub fn created(answer: &Answer) -> (String, String) {
    let receipt = answer.ok(201);
    assert_eq!(receipt["status"], "new");
    (receipt["number"].as_str().unwrap().to_owned(), receipt["token"].as_str().unwrap().to_owned())
}

/// A small picture with something hung onto its end.
pub fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 4).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let mut bytes = bytes.into_inner();
    bytes.extend_from_slice(b"<?php hung on ?>");
    bytes
}

/// Settings with no limit on tickets and files.
pub fn no_limits() -> String {
    let none = "{ burst = 0, per_minute = 0 }";
    let class = |name: &str| format!("[limits.{name}]\naddress = {none}\nsite = {none}\ntoken = {none}\n");
    class("ticket") + &class("upload")
}

/// The program itself, on a free port.
pub struct Process {
    child: Child,
    pub base: String,
    log: Option<JoinHandle<String>>,
}

impl Process {
    /// Starts it and reads the address from its log.
    pub fn start(data: &Path) -> Process {
        let mut command = program(data);
        command.args(["--listen", "127.0.0.1:0", "--log", "debug"]);
        Process::of(command)
    }

    /// The same with no limit on tickets and files.
    pub fn unlimited(data: &Path) -> Process {
        Process::set(data, &no_limits())
    }

    /// The same with these lines of settings.
    pub fn set(data: &Path, lines: &str) -> Process {
        let settings = data.join("settings.toml");
        std::fs::create_dir_all(data).unwrap();
        std::fs::write(&settings, lines).unwrap();
        let mut command = program(data);
        command.arg("--config").arg(settings).args(["--listen", "127.0.0.1:0"]);
        Process::of(command)
    }

    /// The same of a command that ends in the program.
    pub fn of(mut command: Command) -> Process {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let (mut all, mut line) = (String::new(), String::new());
        while !line.contains("\"address\"") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
            all.push_str(&line);
        }
        let line: Value = serde_json::from_str(&line).unwrap();
        let base = format!("http://{}", line["address"].as_str().unwrap());
        let log = std::thread::spawn(move || {
            let _ = log.read_to_string(&mut all);
            all
        });
        Process { child, base, log: Some(log) }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Megabytes that it has held at the most.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim_end_matches("kB").trim().parse::<u64>().unwrap() / 1024
    }

    /// Waits until it ends by itself; its status and what it logged.
    pub fn wait(&mut self) -> (std::process::ExitStatus, String) {
        (self.child.wait().unwrap(), self.log.take().unwrap().join().unwrap())
    }

    /// Ends it as a power cut would, and gives what it logged.
    pub fn kill(&mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log.take().unwrap().join().unwrap()
    }
}

/// A failing test leaves no process behind.
impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
