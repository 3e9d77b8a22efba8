//! The service about itself.

use podskazka_server::Config;

use crate::Rows;
use crate::app::{Instance, agent, config, send};

#[test]
fn the_second_port_tells_state_and_figures_and_the_first_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let ops_listen = Some("127.0.0.1:1".parse().unwrap());
    let server = Instance::with(Config { ops_listen, ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    assert_ne!(server.send("PATCH", "/v1/uploads/0", &[], b"").status, 405);
    let ask = |path: &str| send(&agent(), &format!("{}{path}", server.ops), "GET", &[], b"");
    ask("/livez").ok_text("ok\n");
    ask("/readyz").ok_text("ok\n");
    ask("/version").ok_text(concat!(env!("CARGO_PKG_VERSION"), "\n"));
    let figures = ask("/metrics");
    let line = r#"podskazka_answers_total{route="/v1/tickets",method="POST",status="201"} 1"#;
    assert!(figures.text.contains(line), "{}", figures.text);
    assert!(figures.text.contains(r#"route="/v1/uploads/{name}",method="PATCH""#), "{}", figures.text);
    for secret in [&number, &token] {
        assert!(!figures.text.contains(secret.as_str()));
    }
    for path in ["/livez", "/readyz", "/metrics", "/version"] {
        assert_eq!(server.get(path, None).status, 404, "{path}");
    }
    assert_eq!(ask("/v1/config").status, 404);
}

#[test]
fn a_store_that_takes_no_writes_is_not_ready_and_lives() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let ready = || server.get("/readyz", None);
    ready().ok_text("ok\n");
    // Files cannot be laid down: their folder is none.
    let (folder, aside) = (dir.path().join("quarantine"), dir.path().join("aside"));
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::write(&folder, "").unwrap();
    ready().problem(503, "storage-unavailable");
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    ready().ok_text("ok\n");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "nothing is left behind");
    // Rows cannot be written.
    assert!(Rows::open(dir.path()).run("ALTER TABLE pulse RENAME TO elsewhere"));
    ready().problem(503, "storage-unavailable");
    server.get("/livez", None).ok_text("ok\n");
}

#[test]
fn without_a_second_port_only_life_and_readiness_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    for (path, status) in [("/livez", 200), ("/readyz", 200), ("/metrics", 404), ("/version", 404)] {
        assert_eq!(server.get(path, None).status, status, "{path}");
    }
}
