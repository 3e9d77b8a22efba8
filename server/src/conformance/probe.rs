//! The asking side: sends requests, keeps every answer for the rules that hold for all.

use std::cell::{Ref, RefCell};
use std::error::Error;

use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Method, Request, Response, Url};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use super::proof;
use crate::secret::{self, Hidden};
use crate::web::Client;

/// The document that servers are held to.
const DOCUMENT: &str = include_str!("../../../docs/openapi.json");
/// Longest answer that is read: the largest file, and room.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// Which server is asked, and as which site.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// Such as `https://help.example.ru`.
    pub base: String,
    /// Goes as `X-Site-Key`.
    pub site_key: Option<String>,
    /// Goes as `Origin`.
    pub origin: Option<String>,
    /// Signs who the citizen is.
    pub identity_key: Option<Hidden>,
    /// Solves a ticket, so that it can be rated.
    pub operator: Option<Hidden>,
}

/// An answer.
#[derive(Clone)]
pub struct Answer {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// A header's text, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body of the expected status.
    pub fn is(&self, status: u16) -> Result<Value, String> {
        if self.status != status {
            return Err(format!("{} answered {} in place of {status}", self.name(), self.status));
        }
        self.json()
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.bytes).map_err(|_| format!("the body of {} is no JSON", self.name()))
    }

    /// The problem of the expected status and code.
    pub fn problem(&self, status: u16, code: &str) -> Result<Value, String> {
        let problem = self.is(status)?;
        if problem["code"] == code {
            Ok(problem)
        } else {
            Err(format!("{} has the code {} in place of \"{code}\"", self.name(), problem["code"]))
        }
    }

    /// The question, for a report.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// A ticket of this run.
pub struct Made {
    pub number: String,
    pub token: String,
}

/// An answer that is read as it comes.
pub struct Open<'a> {
    runtime: &'a Runtime,
    pub response: Response,
    ready: Vec<u8>,
}

impl Open<'_> {
    /// The next line without its end; `None` when the answer is over.
    pub fn line(&mut self) -> Result<Option<String>, String> {
        loop {
            if let Some(end) = self.ready.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.ready.drain(..=end).collect();
                return Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()));
            }
            let chunk = self.runtime.block_on(self.response.chunk());
            match chunk.map_err(|error| error.without_url().to_string())? {
                Some(chunk) if self.ready.len() < MAX_ANSWER => self.ready.extend_from_slice(&chunk),
                Some(_) => return Err("a line has no end".to_owned()),
                None => return Ok(None),
            }
        }
    }
}

/// The asking side.
pub struct Probe {
    runtime: Runtime,
    client: Client,
    target: Target,
    document: Value,
    answers: RefCell<Vec<Answer>>,
}

impl Probe {
    /// Reads the document.
    pub fn new(target: Target) -> Result<Probe, Box<dyn Error>> {
        let base = target.base.trim_end_matches('/').to_owned();
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err("write the address of a server, for example https://help.example.ru".into());
        }
        let document = serde_json::from_str(DOCUMENT)?;
        Ok(Probe {
            runtime: Builder::new_current_thread().enable_all().build()?,
            client: Client::anywhere()?,
            target: Target { base, ..target },
            document,
            answers: RefCell::default(),
        })
    }

    /// Which server is asked.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The document of the API.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Every answer so far.
    pub fn answers(&self) -> Ref<'_, Vec<Answer>> {
        self.answers.borrow()
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Request> {
        let url: Url = format!("{}{path}", self.target.base).parse().ok()?;
        let mut request = Request::new(Method::from_bytes(method.as_bytes()).ok()?, url);
        let site = [("x-site-key", &self.target.site_key), ("origin", &self.target.origin)];
        let site = site.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        // A header that the rule brings stands in the place of the site's.
        for (name, value) in site.chain(headers.iter().copied()) {
            request.headers_mut().insert(HeaderName::from_bytes(name.as_bytes()).ok()?, value.parse().ok()?);
        }
        if !matches!(method, "GET" | "OPTIONS") {
            *request.body_mut() = Some(body.to_vec().into());
        }
        Some(request)
    }

    /// Sends a request and opens its answer's body.
    pub fn open(&self, path: &str, headers: &[(&str, &str)]) -> Result<Open<'_>, String> {
        let request = self.request("GET", path, headers, b"").ok_or_else(|| format!("GET {path} cannot be asked"))?;
        let response = self.runtime.block_on(self.client.open(request));
        let response = response.map_err(|said| format!("GET {path} got no answer ({said})"))?;
        Ok(Open { runtime: &self.runtime, response, ready: Vec::new() })
    }

    /// The answer. Where work is wanted for it, the work is done, as a page does.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, String> {
        let answer = self.ask_once(method, path, headers, body)?;
        let action = match path {
            "/v1/tickets" => "ticket",
            "/v1/uploads" => "upload",
            _ => return Ok(answer),
        };
        if answer.status != 428 {
            return Ok(answer);
        }
        let work = proof::shown(&proof::done(self, action)?)?;
        self.ask_once(method, path, &[headers, &[("x-altcha", work.as_str())]].concat(), body)
    }

    /// The answer to this one request, kept for the rules of every answer.
    pub fn ask_once(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, String> {
        let request = self.request(method, path, headers, body);
        let request = request.ok_or_else(|| format!("{method} {path} cannot be asked"))?;
        let found = self.runtime.block_on(self.client.ask(request, MAX_ANSWER));
        let found = found.map_err(|said| format!("{method} {path} got no answer ({said})"))?;
        let answer = Answer {
            method: method.to_owned(),
            path: path.split('?').next().unwrap_or_default().to_owned(),
            status: found.status,
            headers: found.headers,
            bytes: found.bytes,
        };
        self.answers.borrow_mut().push(answer.clone());
        Ok(answer)
    }

    /// GET with a bearer token.
    pub fn get(&self, path: &str, token: &str) -> Result<Answer, String> {
        self.ask("GET", path, &[("authorization", &format!("Bearer {token}"))], b"")
    }

    /// POST under a key.
    pub fn post(&self, path: &str, key: &str, body: &Value) -> Result<Answer, String> {
        self.ask("POST", path, &[("idempotency-key", key)], body.to_string().as_bytes())
    }

    /// POST with a bearer token under a key.
    pub fn act(&self, path: &str, key: &str, token: &str, body: &Value) -> Result<Answer, String> {
        let bearer = format!("Bearer {token}");
        let headers = [("idempotency-key", key), ("authorization", bearer.as_str())];
        self.ask("POST", path, &headers, body.to_string().as_bytes())
    }

    /// A new ticket.
    pub fn ticket(&self) -> Result<Made, String> {
        self.ticket_with(&sample())
    }

    /// A new ticket of this body.
    pub fn ticket_with(&self, body: &Value) -> Result<Made, String> {
        made(&self.post("/v1/tickets", &key()?, body)?)
    }

    /// A new file's token.
    pub fn upload(&self, bytes: &[u8]) -> Result<String, String> {
        let answer = self.ask("POST", "/v1/uploads", &[("idempotency-key", &key()?)], bytes)?.is(201)?;
        text(&answer, "token")
    }
}

/// The number and the token of a receipt.
pub fn made(answer: &Answer) -> Result<Made, String> {
    let receipt = answer.is(201)?;
    Ok(Made { number: text(&receipt, "number")?, token: text(&receipt, "token")? })
}

/// A text member.
pub fn text(value: &Value, name: &str) -> Result<String, String> {
    value[name].as_str().map(str::to_owned).ok_or_else(|| format!("`{name}` is missing or no text"))
}

/// A key that nobody used before: 128 random bits.
pub fn key() -> Result<String, String> {
    let random = || secret::random_u64().map_err(|error| format!("random source: {error}"));
    Ok(format!("{:016x}{:016x}", random()?, random()?))
}

/// A ticket with artificial words.
pub fn sample() -> Value {
    json!({
        "topic": "form",
        "text": "Проверка сервера: это обращение написано программой, отвечать на него не нужно.",
        "name": "Проверка Сервера",
        "contact": "conformance@example.org",
        "code": "inn.checksum",
        "snapshot": {"form": "conformance", "form_title": "Проверка", "page": "/conformance", "step": "person",
            "message": "Проверьте ИНН: контрольные цифры не сходятся.", "errors": [{"name": "TypeError", "count": 1}],
            "requests": [{"status": 500, "count": 2}], "fields": [
            {"name": "inn", "label": "ИНН", "kind": "inn", "valid": false, "code": "inn.checksum",
             "length_class": "medium", "shape": "9999999999"}]},
        "client": {"user_agent": "conformance", "language": "ru", "time_zone": "Europe/Moscow", "viewport": "390x844",
            "version": "0.1.0", "build": "wasm", "os": "Android", "zoom": 100, "connection": "3g", "release": "2026.11"}
    })
}

/// Errs with the sentence unless the fact holds.
pub fn must(holds: bool, said: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(said()) }
}
