//! The way out over HTTP: no redirects, no proxy, the system's own certificates, short patience.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::HeaderMap;
use reqwest::{Request, Response, redirect, retry};
use rustls::{ClientConfig, RootCertStore};

mod public;

pub use public::is_public;

/// Longest time for one question, its answer included.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a connection is kept for the next question: servers, ours among them, close a silent one after ten seconds, and
/// a question that is on its way then is lost.
const IDLE: Duration = Duration::from_secs(5);

/// An answer, whatever its status.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// Who asks. A status is an answer and no error; a redirect is not followed, since it could lead anywhere.
pub struct Client {
    http: reqwest::Client,
    public: bool,
}

impl Client {
    /// Asks any address.
    pub fn anywhere() -> Result<Client, String> {
        Client::new(false)
    }

    /// Asks public addresses alone: the address that was looked at is the one that is asked, so a name that changes in
    /// between leads nowhere else.
    pub fn public() -> Result<Client, String> {
        Client::new(true)
    }

    fn new(public: bool) -> Result<Client, String> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            // A proxy of the environment would resolve names by itself.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .timeout(PATIENCE)
            .pool_idle_timeout(IDLE)
            .user_agent(concat!("podskazka-server/", env!("CARGO_PKG_VERSION")));
        let builder = if public { builder.dns_resolver(Public) } else { builder };
        Ok(Client { http: builder.build().map_err(|error| error.to_string())?, public })
    }

    /// Sends a request; the body of the answer is still to be read.
    pub async fn open(&self, request: Request) -> Result<Response, String> {
        // An address in figures is asked without being looked up, so it is looked at here. The parser of URLs has
        // brought `127.1` and `0x7f000001` to their usual form.
        let host = request.url().host_str().unwrap_or_default().trim_matches(['[', ']']);
        if self.public && host.parse().is_ok_and(|address: IpAddr| !is_public(address)) {
            return Err("the address belongs to a private network".to_owned());
        }
        self.http.execute(request).await.map_err(cause)
    }

    /// Sends a request and reads the answer, if it is no longer than `most` bytes.
    pub async fn ask(&self, request: Request, most: usize) -> Result<Answer, String> {
        let mut response = self.open(request).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(cause)? {
            if bytes.len() + chunk.len() > most {
                return Err(format!("the answer is longer than {most} bytes"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Answer { status: response.status().as_u16(), headers: std::mem::take(response.headers_mut()), bytes })
    }
}

/// What went wrong at the bottom. The words around it would repeat the address, and an address may carry a phone number.
fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut last: &dyn std::error::Error = &error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

/// Finds public addresses alone; one private address among several is a refusal of all.
#[derive(Debug)]
struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.iter().all(|address| is_public(address.ip())) {
                Ok(Box::new(found.into_iter()) as Addrs)
            } else {
                Err("the name leads to a private network".into())
            }
        })
    }
}

#[cfg(test)]
mod tests;
