//! The balancers of `docs/deploy` before two instances: the files as they are, with addresses of this machine and without TLS.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use podskazka_server::Config;
use podskazka_server::limits::Limits;
use serde_json::json;

use crate::app::{Answer, Instance, agent, config, created, key, sample, send};
use crate::instances::Stream;

const NGINX: &str = include_str!("../../../docs/deploy/nginx.conf");
const HAPROXY: &str = include_str!("../../../docs/deploy/haproxy.cfg");

/// A balancer that ends with its test.
struct Balancer {
    process: Child,
    base: String,
}

impl Balancer {
    fn start(command: &mut Command, port: u16) -> Balancer {
        let mut process = command.stdout(Stdio::null()).spawn().unwrap();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert_eq!(process.try_wait().unwrap(), None, "the balancer did not start");
            std::thread::yield_now();
        }
        Balancer { process, base: format!("http://127.0.0.1:{port}") }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(&agent(), &format!("{}{path}", self.base), method, headers, body)
    }

    fn ticket(&self, key: &str) -> Answer {
        self.ask("POST", "/v1/tickets", &[("idempotency-key", key)], sample().to_string().as_bytes())
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn instance(data: &Path) -> Instance {
    let local = "127.0.0.1".parse().unwrap();
    let ops_listen = Some("127.0.0.1:1".parse().unwrap());
    Instance::with(Config { ops_listen, trusted_proxies: vec![local], limits: Limits::none(), ..config(data) })
}

/// The file with other words in the places of some of its own; each of them must be there.
fn with(text: &str, places: &[(&str, String)]) -> String {
    places.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// Letters, files and streams go through; when an instance goes away nothing is lost and nothing is made twice.
fn carries(balancer: &Balancer, data: &Path, first: Instance, second: Instance) {
    let (number, token) = created(&balancer.ticket(&key()));
    let mut stream = Stream::open(&balancer.base, &number, &token, 1);
    let bearer = format!("Bearer {token}");
    let comment = |text: &str| {
        let key = key();
        let headers = [("idempotency-key", key.as_str()), ("authorization", bearer.as_str())];
        let body = json!({"text": text}).to_string();
        balancer.ask("POST", &format!("/v1/tickets/{number}/comments"), &headers, body.as_bytes()).ok(201);
    };
    comment("слово");
    assert_eq!(stream.next().unwrap()["text"], "слово");
    let largest = vec![b'a'; 10 << 20];
    assert_eq!(balancer.ask("POST", "/v1/uploads", &[("idempotency-key", &key())], &largest).status, 201);
    // What a client says of its address is left out: the page of another network would have it.
    let forged = [("idempotency-key", "forged-address-00000000"), ("x-forwarded-for", "198.51.100.7")];
    assert_eq!(balancer.ask("POST", "/v1/tickets", &forged, sample().to_string().as_bytes()).status, 201);
    let sent: Vec<String> = (0..20).map(|_| key()).collect();
    let before: Vec<_> = sent.iter().map(|key| created(&balancer.ticket(key))).collect();
    drop(first);
    let after: Vec<_> = sent.iter().map(|key| created(&balancer.ticket(key))).collect();
    assert_eq!(before, after);
    for _ in 0..20 {
        created(&balancer.ticket(&key()));
    }
    comment("ещё слово");
    let rows = crate::Rows::open(data);
    assert_eq!(rows.text("SELECT CAST(count(*) AS TEXT) FROM tickets"), "42");
    drop(second);
}

#[test]
fn nginx_as_it_is_documented_carries_two_instances() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (instance(dir.path()), instance(dir.path()));
    let (port, folder) = (free_port(), dir.path().display().to_string());
    let site = with(
        NGINX,
        &[
            ("10.0.0.11:8080", first.address().to_owned()),
            ("10.0.0.12:8080", second.address().to_owned()),
            ("listen 443 ssl;", format!("listen 127.0.0.1:{port};")),
            ("ssl_certificate /etc/ssl/help.example.ru.pem;", String::new()),
            ("ssl_certificate_key /etc/ssl/help.example.ru.key;", String::new()),
            ("/var/log/nginx", folder.clone()),
        ],
    );
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {folder}/nginx-{name};\n"))
        .concat();
    let whole = format!(
        "daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr error;\n\
         events {{ worker_connections 256; }}\nhttp {{\n{temporary}{site}}}\n"
    );
    let path = dir.path().join("nginx.conf");
    std::fs::write(&path, whole).unwrap();
    let balancer = Balancer::start(Command::new("/usr/sbin/nginx").arg("-c").arg(&path).args(["-p", &folder]), port);
    carries(&balancer, dir.path(), first, second);
    let log = std::fs::read_to_string(dir.path().join("podskazka.log")).unwrap();
    assert!(log.contains("POST 201") && !log.contains("/v1/"), "{log}");
}

#[test]
fn haproxy_as_it_is_documented_carries_two_instances() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (instance(dir.path()), instance(dir.path()));
    let port = free_port();
    let ops = |instance: &Instance| instance.ops.rsplit(':').next().unwrap().to_owned();
    let text = with(
        HAPROXY,
        &[
            ("10.0.0.11:8080 check port 9090", format!("{} check port {}", first.address(), ops(&first))),
            ("10.0.0.12:8080 check port 9090", format!("{} check port {}", second.address(), ops(&second))),
            ("bind :443 ssl crt /etc/haproxy/help.example.ru.pem alpn http/1.1", format!("bind 127.0.0.1:{port}")),
            ("maxconn 12000", "maxconn 200".to_owned()),
            ("    user haproxy\n    group haproxy\n", String::new()),
        ],
    );
    let path = dir.path().join("haproxy.cfg");
    std::fs::write(&path, text).unwrap();
    let balancer = Balancer::start(Command::new("/usr/sbin/haproxy").args(["-db", "-f"]).arg(&path), port);
    carries(&balancer, dir.path(), first, second);
}
