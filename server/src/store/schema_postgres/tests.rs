#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

use super::*;

/// The server of the tests over PostgreSQL.
#[path = "../../../tests/postgres/cluster.rs"]
#[allow(dead_code, reason = "they stop it and ask it over the network, too")]
mod cluster;

/// The address of this folder's database, with the first steps in it and a client.
fn earlier(folder: &Path, steps: usize) -> (String, Client) {
    let address = cluster::database(folder);
    let mut client = Client::connect(&address, NoTls).unwrap();
    client.batch_execute("CREATE TABLE format (step BIGINT PRIMARY KEY)").unwrap();
    for (done, step) in STEPS.iter().enumerate().take(steps) {
        client.batch_execute(step).unwrap();
        client.batch_execute(&format!("INSERT INTO format VALUES ({})", done + 1)).unwrap();
    }
    (address, client)
}

fn text(client: &mut Client, sql: &str) -> String {
    client.query_one(sql, &[]).unwrap().get(0)
}

/// Columns, indexes and rules of all tables.
fn shape(client: &mut Client) -> Vec<String> {
    let sql = "SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) \
               FROM information_schema.columns WHERE table_schema = 'public' UNION ALL \
               SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL \
               SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint \
               WHERE connamespace = 'public'::regnamespace UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1";
    client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
}

/// Of the step that changed keys of tickets; all later ones work on the rows of this format.
fn before_keys() -> usize {
    STEPS.iter().position(|step| step.contains("ADD COLUMN drawn")).unwrap()
}

/// So many tickets, each with its key and its first event.
fn fill(client: &mut Client, tickets: u64) {
    client
        .batch_execute(&format!(
            "INSERT INTO tickets (number, token_hash, topic, status, created_at, dek, dek_key, secret) \
             SELECT 'PS-' || id, sha256(id::text::bytea), 'form', CASE WHEN id % 4 = 0 THEN 'waiting_citizen' ELSE 'new' END, \
             '2026-11-25T08:00:00Z', sha256('dek'), CASE WHEN id % 2 = 1 THEN 'k1' ELSE 'k2' END, \
             decode(repeat('5a', 700), 'hex') FROM generate_series(1, {tickets}) AS id; \
             INSERT INTO events (ticket_id, seq, at, kind, actor, public, status) \
             SELECT id, 1, 10, 'created', 'citizen', TRUE, status FROM tickets; \
             INSERT INTO idempotency SELECT id, sha256(number::bytea), sha256('a'), sha256('b'), 1 FROM tickets"
        ))
        .unwrap();
}

#[test]
fn a_later_format_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (address, mut client) = earlier(dir.path(), STEPS.len());
    let known = i64::try_from(STEPS.len()).unwrap();
    client.execute("INSERT INTO format VALUES ($1)", &[&(known + 1)]).unwrap();
    let before = shape(&mut client);
    assert!(matches!(Session::open(&address), Err(StoreError::TooNew { found, .. }) if found == known + 1));
    assert_eq!(shape(&mut client), before);
}

#[test]
fn every_earlier_format_becomes_the_present_one() {
    let dir = tempfile::tempdir().unwrap();
    let (address, mut fresh) = earlier(&dir.path().join("fresh"), 0);
    Session::open(&address).unwrap();
    let fresh = shape(&mut fresh);
    assert!(fresh.iter().any(|line| line.starts_with("places")), "{fresh:?}");
    for done in 1..STEPS.len() {
        let (address, mut client) = earlier(&dir.path().join(done.to_string()), done);
        Session::open(&address).unwrap();
        assert_eq!(shape(&mut client), fresh, "format {done}");
    }
}

/// `TICKETS` is how many there are: a million in the soak, where the time is judged (`JUDGE`).
#[test]
fn tickets_of_the_format_before_keep_their_keys_whoever_starts_first() {
    let tickets = std::env::var("TICKETS").map_or(2_000, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let (address, mut client) = earlier(dir.path(), before_keys());
    fill(&mut client, tickets);
    let (start, most) = (Instant::now(), Duration::from_secs(60));
    std::thread::scope(|scope| {
        let instances: Vec<_> = (0..4).map(|_| scope.spawn(|| Session::open(&address).map(drop))).collect();
        for instance in instances {
            instance.join().unwrap().unwrap();
        }
    });
    let took = start.elapsed();
    println!("{tickets} tickets are in the present format after {took:.1?}, at most {most:?}");
    let steps = "SELECT string_agg(step::text, ' ' ORDER BY step) FROM format";
    let all: Vec<String> = (1..=STEPS.len()).map(|step| step.to_string()).collect();
    assert_eq!(text(&mut client, steps), all.join(" "));
    assert_eq!(text(&mut client, "SELECT string_agg(name, ',' ORDER BY name) FROM seals"), "k1,k2");
    // A key finds its ticket, and each has one.
    let found = "SELECT count(*)::text FROM idempotency AS i JOIN tickets AS t ON t.id = i.ticket_id \
                 WHERE NOT drawn AND substr(key_hash, 1, 8) = substr(sha256(number::bytea), 1, 8)";
    assert_eq!(text(&mut client, found), tickets.to_string());
    let waits =
        "SELECT count(*)::text FROM tickets WHERE alarm_at = 0 AND (waits_since = 10) = (status = 'waiting_citizen')";
    let waits_not = "SELECT count(*)::text FROM tickets WHERE alarm_at = 0 AND status = 'new' AND waits_since IS NULL";
    assert_eq!(text(&mut client, waits), (tickets / 4).to_string());
    assert_eq!(text(&mut client, waits_not), (tickets - tickets / 4).to_string());
    assert!(std::env::var_os("JUDGE").is_none() || took <= most, "{took:?}");
}
