//! The tests' way to ask over HTTP: every status is an answer, nothing is followed, nothing is kept open.

use std::io::{self, Read};
use std::sync::Arc;

use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Method, Request, Response, redirect};
use tokio::runtime::{Builder, Runtime};

/// Asks and waits. Threads may share it.
pub struct Agent {
    runtime: Arc<Runtime>,
    client: reqwest::Client,
}

/// An answer whose body is still to be read.
pub struct Open {
    runtime: Arc<Runtime>,
    response: Response,
    ready: Vec<u8>,
}

pub fn agent() -> Agent {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    // Nothing in the tests is asked over TLS; to read the system's certificates costs more than the questions.
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .pool_max_idle_per_host(0);
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    Agent { runtime: Arc::new(runtime), client: client.build().unwrap() }
}

impl Agent {
    /// The head of an answer; `None` where nobody answers.
    pub fn open(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Open> {
        let mut request = Request::new(Method::from_bytes(method.as_bytes()).unwrap(), url.parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        if !matches!(method, "GET" | "OPTIONS") {
            *request.body_mut() = Some(body.to_vec().into());
        }
        let response = self.runtime.block_on(self.client.execute(request)).ok()?;
        Some(Open { runtime: Arc::clone(&self.runtime), response, ready: Vec::new() })
    }
}

impl Open {
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The whole body; `None` where it breaks off.
    pub fn whole(mut self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

impl Read for Open {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() {
            match self.runtime.block_on(self.response.chunk()).map_err(io::Error::other)? {
                Some(chunk) => self.ready.extend_from_slice(&chunk),
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.ready.len());
        buffer[..count].copy_from_slice(&self.ready[..count]);
        self.ready.drain(..count);
        Ok(count)
    }
}
