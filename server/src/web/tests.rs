use super::*;
use std::net::TcpListener;

/// Threat 16: spellings of addresses of this machine and its network.
#[test]
fn no_spelling_of_a_private_address_is_asked() {
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let port = canary.local_addr().unwrap().port();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::public().unwrap();
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
            let asked = runtime.block_on(client.ask(get(&format!("http://{host}:{port}{path}")), 1_000));
            assert!(asked.is_err(), "{host}");
        }
    }
    assert!(canary.accept().is_err(), "somebody knocked");
    // Whoever may ask anywhere finds the canary: it is there.
    std::thread::scope(|scope| {
        scope.spawn(|| knock(port));
        while canary.accept().is_err() {
            std::thread::yield_now();
        }
        drop(canary);
    });
}

fn get(url: &str) -> Request {
    Request::new(reqwest::Method::GET, url.parse().unwrap())
}

fn knock(port: u16) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _ = runtime.block_on(Client::anywhere().unwrap().ask(get(&format!("http://127.0.0.1:{port}/")), 1_000));
}
