//! A full disk under SQLite.

use podskazka_server::Config;

use crate::app::{Instance, created, key, sample};

#[test]
fn a_full_disk_answers_503_and_loses_no_ticket_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { data_dir: dir.path().to_path_buf(), max_database_bytes: Some(400_000), ..Config::default() };
    let server = Instance::with(config);
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    while refused < 20 {
        let answer = server.ticket(&key(), &sample());
        if answer.status == 201 {
            acknowledged.push(created(&answer));
        } else {
            answer.problem(503, "storage-unavailable");
            assert_eq!(answer.header("retry-after"), "5");
            refused += 1;
        }
    }
    assert!(acknowledged.len() > 10);
    // Reading goes on.
    let (number, token) = &acknowledged[0];
    server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    drop(server);
    let server = Instance::start(dir.path());
    for (number, token) in &acknowledged {
        server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    }
    server.new_ticket();
}
