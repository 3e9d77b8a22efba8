//! The way out over HTTP: no redirects, the system's own certificates, short patience.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Longest time for one question, its answer included.
const PATIENCE: Duration = Duration::from_secs(15);

/// Who asks anywhere. A status is an answer and no error; a redirect is not followed, since it could lead anywhere.
pub fn agent() -> Agent {
    Agent::new_with_config(config())
}

/// Who asks public addresses alone: the address that was looked at is the one that is asked, so a name that changes in
/// between leads nowhere else.
pub fn public_agent() -> Agent {
    Agent::with_parts(config(), DefaultConnector::new(), Public::default())
}

fn config() -> Config {
    let found = rustls_native_certs::load_native_certs();
    let roots: Vec<_> = found.certs.iter().map(|it| Certificate::from_der(it).to_owned()).collect();
    Agent::config_builder()
        .tls_config(TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).build())
        // A proxy of the environment would resolve names by itself.
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("podskazka-server/", env!("CARGO_PKG_VERSION")))
        .build()
}

#[derive(Debug, Default)]
struct Public(DefaultResolver);

impl Resolver for Public {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        if found.iter().all(|address| is_public(address.ip())) { Ok(found) } else { Err(ureq::Error::HostNotFound) }
    }
}

/// Whether an address belongs to the open network.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let reserved = a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !(reserved
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let inner = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b) {
        // IPv4 in other clothes: mapped and compatible, NAT64, 6to4.
        (0, 0) if (c, d, e) == (0, 0, 0) && (f == 0xffff || f == 0) => f == 0xffff && inner(g, h),
        (0x64, 0xff9b) => (c, d, e, f) == (0, 0, 0, 0) && inner(g, h),
        (0x2002, _) => inner(b, c),
        // Teredo, documentation, benchmarks.
        (0x2001, b) if b < 0x200 || b == 0xdb8 => false,
        // What is given out today begins with 2 or 3; local, private and shared addresses do not.
        _ => (0x2000..0x4000).contains(&a),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn public_addresses_are_told_from_the_rest() {
        let check = |text: &str, expected: bool| assert_eq!(is_public(text.parse().unwrap()), expected, "{text}");
        for open in
            ["77.88.8.8", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a02:6b8::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            check(open, true);
        }
        for closed in [
            "0.0.0.0",
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "ff02::1",
            "fec0::1",
            "100::1",
        ] {
            check(closed, false);
        }
    }

    /// Threat 16: spellings of addresses of this machine and its network.
    #[test]
    fn no_spelling_of_a_private_address_is_asked() {
        let canary = TcpListener::bind("127.0.0.1:0").unwrap();
        canary.set_nonblocking(true).unwrap();
        let port = canary.local_addr().unwrap().port();
        let agent = public_agent();
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "017700000001",
            "0",
            "0.0.0.0",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "127.0.0.1.",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:169.254.169.254]",
            "[64:ff9b::7f00:1]",
            "169.254.169.254",
            "10.0.0.1",
            "192.168.0.1",
            "172.16.0.1",
            "user@127.0.0.1",
            "a:b@localhost",
        ] {
            for path in ["/", "/latest/meta-data/"] {
                let asked = agent.get(format!("http://{host}:{port}{path}")).call();
                assert!(asked.is_err(), "{host}");
            }
        }
        assert!(canary.accept().is_err(), "somebody knocked");
        // The other agent finds the canary: it is there.
        std::thread::scope(|scope| {
            scope.spawn(|| agent_knocks(port));
            while canary.accept().is_err() {
                std::thread::yield_now();
            }
            drop(canary);
        });
    }

    fn agent_knocks(port: u16) {
        let _ = super::agent().get(format!("http://127.0.0.1:{port}/")).call();
    }
}
