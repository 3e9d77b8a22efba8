//! A PostgreSQL that is reached over the network: encrypted, and asked for its name.

use podskazka_server::store::Options;
use podskazka_server::{Config, Hidden, Store};

use crate::Rows;
use crate::app::{Instance, config};
use crate::cluster;

#[test]
fn every_session_is_encrypted() {
    let dir = tempfile::tempdir().unwrap();
    let database = Some(Hidden(cluster::network(dir.path(), "localhost", "sslmode=verify-full")));
    let server = Instance::with(Config { database, ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    let sql = "SELECT count(*) || ' of ' || count(*) FILTER (WHERE ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
               WHERE datname = current_database() AND application_name = 'podskazka-server'";
    let rows = Rows::open(dir.path());
    let said = rows.text(sql);
    let (all, encrypted) = said.split_once(" of ").unwrap();
    assert!(all == encrypted && all.parse::<u32>().unwrap() >= 3, "{said}");
}

#[test]
fn a_server_that_cannot_prove_its_name_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let opened = |host: &str, options: &str| {
        let database = Some(Hidden(cluster::network(dir.path(), host, options)));
        Store::open(dir.path(), &Options { database, ..Options::default() }).map(|_| ()).map_err(|it| it.to_string())
    };
    // Its certificate is for `localhost` and no address.
    let said = opened("127.0.0.1", "sslmode=require").unwrap_err();
    assert!(said.contains("certificate"), "{said}");
    assert!(opened("localhost", "sslmode=require").is_ok());
    assert!(opened("127.0.0.1", "sslmode=disable").is_ok());
}
