//! The way out over HTTP: no redirects, the system's own certificates, short patience.

use std::time::Duration;

use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// Longest time for one question, its answer included.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Who asks. A status is an answer and no error; a redirect is not followed, since it could lead anywhere.
pub fn agent() -> Agent {
    let found = rustls_native_certs::load_native_certs();
    let roots: Vec<_> = found.certs.iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build())
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("podskazka-server/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}
