//! How a PostgreSQL elsewhere is reached: encrypted, by a server that proves its name.
//!
//! `sslmode` and `sslrootcert` stand in the address, as PostgreSQL's own programs have them. Without `sslmode` a server of
//! another machine must prove itself; a socket and this machine's own address need nothing. Whatever is encrypted is
//! checked: there is no mode that takes any certificate.

use std::sync::Arc;

use postgres::Config;
use postgres::config::{Host, SslMode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::StoreError;

/// The way to a server; `None` in place of TLS where nothing leaves the machine, or where that is asked for.
pub fn route(address: &str) -> Result<(Config, Option<MakeRustlsConnect>), StoreError> {
    let mut address = address.to_owned();
    let mode = take(&mut address, "sslmode");
    let roots = take(&mut address, "sslrootcert");
    let mut config: Config = address.parse().map_err(|_| StoreError::Address)?;
    let mode = match mode.as_deref() {
        Some("disable") => SslMode::Disable,
        Some("prefer") => SslMode::Prefer,
        Some("require" | "verify-ca" | "verify-full") => SslMode::Require,
        None if config.get_hosts().iter().all(local) => SslMode::Disable,
        None => SslMode::Require,
        Some(_) => return Err(StoreError::Address),
    };
    config.ssl_mode(mode);
    let tls = if mode == SslMode::Disable { None } else { Some(connector(roots.as_deref())?) };
    Ok((config, tls))
}

fn local(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|it: std::net::IpAddr| it.is_loopback()),
    }
}

/// Takes an option out of an address: `?name=value&` of a URL, `name=value` among pairs.
fn take(address: &mut String, name: &str) -> Option<String> {
    let url = address.contains("://");
    let (before, after) = if url { (['?', '&'], '&') } else { ([' ', '\t'], ' ') };
    let wanted = format!("{name}=");
    let at = address.match_indices(&wanted).map(|(at, _)| at).find(|at| {
        let left = address.get(..*at).and_then(|left| left.chars().next_back());
        left.map_or(!url, |left| before.contains(&left))
    })?;
    let rest = address.get(at + wanted.len()..)?;
    let end = rest.find(after).unwrap_or(rest.len());
    let value = rest.get(..end)?.to_owned();
    // The sign behind the value goes with it; the one before it stays and is harmless at an end.
    let end = (at + wanted.len() + end + after.len_utf8()).min(address.len());
    address.replace_range(at..end, "");
    let trimmed = address.trim_end_matches(['?', '&', ' ']).len();
    address.truncate(trimmed);
    Some(value)
}

fn connector(file: Option<&str>) -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = RootCertStore::empty();
    match file {
        Some(file) => {
            for certificate in CertificateDer::pem_file_iter(file).map_err(|_| StoreError::Certificates)? {
                let certificate = certificate.map_err(|_| StoreError::Certificates)?;
                roots.add(certificate).map_err(|_| StoreError::Certificates)?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(StoreError::Certificates);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| StoreError::Certificates)?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, mode: SslMode) {
        let (config, tls) = route(address).unwrap();
        assert_eq!((config.get_ssl_mode(), tls.is_some()), (mode, mode != SslMode::Disable));
        assert_eq!(config.get_dbname(), Some("a"));
    }

    #[test]
    fn only_what_stays_on_this_machine_goes_in_clear_unasked() {
        check("host=/run/postgresql dbname=a", SslMode::Disable);
        check("postgres://u@localhost/a", SslMode::Disable);
        check("postgres://u@127.0.0.1:5433/a", SslMode::Disable);
        check("postgres://u@10.0.0.7/a?sslmode=disable", SslMode::Disable);
        check("host=db.example.ru sslmode=disable dbname=a", SslMode::Disable);
    }

    #[test]
    fn a_file_of_roots_that_does_not_read_is_told() {
        for address in [
            "postgres://u@db.example.ru/a?application_name=x&sslrootcert=/nowhere",
            "postgres://u@db.example.ru/a?sslrootcert=/nowhere&sslmode=verify-full",
            "sslmode=require host=localhost dbname=a sslrootcert=/nowhere",
        ] {
            assert!(matches!(route(address), Err(StoreError::Certificates)), "{address}");
        }
        assert!(matches!(route("host=a sslmode=allow"), Err(StoreError::Address)));
    }

    #[test]
    fn an_option_is_taken_out_and_the_rest_stays() {
        let check = |address: &str, rest: &str| {
            let mut left = address.to_owned();
            assert_eq!(take(&mut left, "sslmode").as_deref(), Some("x"), "{address}");
            assert_eq!(left, rest);
        };
        check("postgres://u@h/a?sslmode=x", "postgres://u@h/a");
        check("postgres://u@h/a?sslmode=x&b=c", "postgres://u@h/a?b=c");
        check("postgres://u@h/a?b=c&sslmode=x", "postgres://u@h/a?b=c");
        check("sslmode=x host=h", "host=h");
        check("host=h sslmode=x dbname=a", "host=h dbname=a");
        assert_eq!(take(&mut "host=h notsslmode=x".to_owned(), "sslmode"), None);
    }
}
