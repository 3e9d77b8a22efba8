//! What can stand in the way on a fresh machine, each in one sentence with its fix.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use crate::shell::output;

/// Said alone, without the chain of causes: the person needs nothing else.
#[derive(Debug, PartialEq, Eq)]
pub struct Trouble(pub String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

/// The oldest Node.js that the tools run on.
const NODE: u32 = 20;

/// Traces of a missing network in the output of cargo, rustup and npm.
const NO_NETWORK: [&str; 15] = [
    "could not resolve host",
    "couldn't resolve host",
    "spurious network error",
    "failed to lookup address",
    "dns error",
    "could not connect",
    "couldn't connect",
    "network is unreachable",
    "network failure",
    "enotfound",
    "eai_again",
    "econnrefused",
    "econnreset",
    "etimedout",
    "timed out",
];
/// The same of a missing C compiler or linker.
const NO_COMPILER: [&str; 3] = ["linker `cc` not found", "is `cc` not installed", "failed to find tool"];
const NO_SPACE: [&str; 2] = ["no space left on device", "enospc"];

/// Reads `demo --listen`: an address with a port, or a port alone.
pub fn listen(text: &str) -> Result<SocketAddr, String> {
    let local = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
    let plain = text.strip_prefix("localhost:").unwrap_or(text);
    plain
        .parse()
        .map(local)
        .or_else(|_| text.parse())
        .map_err(|_| "give a port such as 8081, or an address with a port such as 127.0.0.1:8081".to_owned())
}

/// Why nothing can listen there.
pub fn bind(address: SocketAddr, error: &io::Error) -> Trouble {
    let port = address.port();
    let other = if port == 8080 { 8081 } else { 8080 };
    Trouble(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "Port {port} is taken by another program: stop that one, or choose another port: cargo xtask demo --listen {other}"
        ),
        io::ErrorKind::PermissionDenied => format!(
            "The system does not let you use port {port}: choose one above 1023: cargo xtask demo --listen {other}"
        ),
        io::ErrorKind::AddrNotAvailable => {
            format!("This machine has no address {}: leave it out: cargo xtask demo --listen {port}", address.ip())
        }
        _ => {
            format!("Nothing can listen on {address} ({error}): choose another port: cargo xtask demo --listen {other}")
        }
    })
}

/// Node.js and npm are there and new enough.
pub fn node() -> anyhow::Result<()> {
    judge_node(output("node", &["--version"]).as_deref(), output("npm", &["--version"]).is_some())
        .map_or(Ok(()), |it| Err(it.into()))
}

fn judge_node(version: Option<&str>, npm: bool) -> Option<Trouble> {
    let get = format!("install Node.js {NODE} or newer (https://nodejs.org) and start again");
    let Some(version) = version.map(str::trim) else {
        return Some(Trouble(format!("Node.js is missing: {get}.")));
    };
    let major = version.trim_start_matches('v').split('.').next().and_then(|it| it.parse().ok());
    if major.is_none_or(|it: u32| it < NODE) {
        return Some(Trouble(format!("Node.js {version} is too old: {get}.")));
    }
    (!npm)
        .then(|| Trouble(format!("npm is missing beside Node.js {version}: install the package npm and start again.")))
}

/// A C compiler is there: crates with C in them and the linker need it.
pub fn compiler() -> anyhow::Result<()> {
    let there = ["cc", "gcc", "clang"].iter().any(|name| output(name, &["--version"]).is_some());
    if there { Ok(()) } else { Err(no_compiler().into()) }
}

fn no_compiler() -> Trouble {
    Trouble("A C compiler is missing: run `apt-get install build-essential` as root and start again.".into())
}

/// What the output of a failed command tells; `what` was fetched, from `place`.
pub fn of(output: &str, what: &str, place: &str) -> Option<Trouble> {
    let small = output.to_lowercase();
    let says = |traces: &[&str]| traces.iter().any(|it| small.contains(it));
    if says(&NO_SPACE) {
        Some(Trouble("The disk is full: free about 4 GB and start again.".into()))
    } else if says(&NO_COMPILER) {
        Some(no_compiler())
    } else if says(&NO_NETWORK) {
        Some(Trouble(format!(
            "No network: {what} comes from {place}. Connect to the internet (behind a proxy set HTTPS_PROXY) and start again."
        )))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_an_address() {
        for (text, expected) in [
            ("8081", Some("127.0.0.1:8081")),
            ("localhost:9000", Some("127.0.0.1:9000")),
            ("0.0.0.0:80", Some("0.0.0.0:80")),
            ("[::1]:8080", Some("[::1]:8080")),
            ("8080x", None),
            ("99999", None),
            ("example.ru:80", None),
        ] {
            assert_eq!(listen(text).ok().map(|it| it.to_string()).as_deref(), expected, "{text}");
        }
    }

    /// One line, and it ends in what to do.
    #[track_caller]
    fn check(trouble: Option<Trouble>, words: &[&str]) {
        let text = trouble.expect("a trouble").to_string();
        assert!(!text.contains('\n'), "{text}");
        for word in words {
            assert!(text.contains(word), "{text}: expected {word}");
        }
    }

    #[test]
    fn a_port_that_cannot_be_had_names_the_way_out() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8080));
        let of = |kind: io::ErrorKind| Some(bind(address, &kind.into()));
        check(of(io::ErrorKind::AddrInUse), &["8080 is taken", "--listen 8081"]);
        check(of(io::ErrorKind::PermissionDenied), &["does not let you", "--listen"]);
        check(of(io::ErrorKind::AddrNotAvailable), &["no address 127.0.0.1", "--listen 8080"]);
        check(of(io::ErrorKind::Other), &["--listen 8081"]);
        // Really taken.
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let error = std::net::TcpListener::bind(address).unwrap_err();
        check(Some(bind(address, &error)), &["is taken", &address.port().to_string()]);
    }

    #[test]
    fn node_is_there_and_new_enough() {
        check(judge_node(None, false), &["Node.js is missing", "install Node.js 20"]);
        check(judge_node(Some("v18.19.0\n"), true), &["v18.19.0 is too old", "install Node.js 20"]);
        check(judge_node(Some("v20.11.1"), false), &["npm is missing"]);
        assert_eq!(judge_node(Some("v20.11.1"), true), None);
        assert_eq!(judge_node(Some("v26.0.0"), true), None);
    }

    #[test]
    fn the_output_of_a_tool_becomes_one_sentence() {
        let of = |text: &str| of(text, "esbuild", "the npm registry");
        for text in [
            "warning: spurious network error (3 tries remaining): [6] Could not resolve host: index.crates.io",
            "npm error code ENOTFOUND",
            "error: could not download file: dns error",
        ] {
            check(of(text), &["No network", "esbuild", "HTTPS_PROXY"]);
        }
        check(of("error: linker `cc` not found"), &["C compiler", "build-essential"]);
        check(of("write: No space left on device (os error 28)"), &["disk is full"]);
        assert_eq!(of("error[E0308]: mismatched types"), None);
    }
}
