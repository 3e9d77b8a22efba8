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
        for part in *step {
            match part {
                Now(sql) | Beside(sql) => client.batch_execute(sql).unwrap(),
                Slices(sql) => {
                    client.batch_execute(&sql.replace("?1", "0").replace("?2", &i64::MAX.to_string())).unwrap()
                }
                Index(name, on) => client.batch_execute(&format!("CREATE INDEX {name} {on}")).unwrap(),
            }
        }
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
    with("ADD COLUMN drawn")
}

/// Of the first step that says so.
fn with(words: &str) -> usize {
    let says = |part: &Part| matches!(part, Now(sql) if sql.contains(words));
    STEPS.iter().position(|step| step.iter().any(says)).unwrap()
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

/// Writes as an instance of the version before does, until all is over; how many tickets, and the longest that one took.
fn write_meanwhile(address: &str, over: &std::sync::atomic::AtomicBool) -> (u64, Duration) {
    let mut client = Client::connect(address, NoTls).unwrap();
    client.batch_execute("SET statement_timeout = '15s'; SET lock_timeout = '5s'").unwrap();
    let (mut written, mut longest) = (0, Duration::ZERO);
    while !over.load(std::sync::atomic::Ordering::Relaxed) {
        let start = Instant::now();
        client
            .batch_execute(&format!(
                "BEGIN; SELECT pg_advisory_xact_lock({}); INSERT INTO tickets (number, token_hash, topic, status, created_at) \
                 VALUES ('OLD-{written}', '', 'form', 'new', '2026-11-25T08:00:00Z'); COMMIT",
                crate::store::db::WRITER
            ))
            .unwrap();
        longest = longest.max(start.elapsed());
        written += 1;
    }
    (written, longest)
}

/// `TICKETS` is how many there are: a million in the soak, where the time is judged (`JUDGE`).
#[test]
fn an_instance_of_the_version_before_goes_on_writing() {
    let tickets = std::env::var("TICKETS").map_or(25_000, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let (address, mut client) = earlier(dir.path(), before_keys());
    fill(&mut client, tickets);
    let (over, most) = (std::sync::atomic::AtomicBool::new(false), Duration::from_secs(5));
    let (written, longest) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| write_meanwhile(&address, &over));
        let opened = Session::open(&address).map(drop);
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        opened.unwrap();
        writer.join().unwrap()
    });
    println!("{written} tickets came meanwhile, the slowest in {longest:.1?}, at most {most:?}");
    let all = "SELECT count(*)::text FROM tickets";
    assert_eq!(text(&mut client, all), (tickets + written).to_string());
    // Each part that takes its time lets others in: the lock is taken in turn.
    assert!(written > tickets / 10_000, "{written}");
    assert!(std::env::var_os("JUDGE").is_none() || longest <= most, "{longest:?}");
}

#[test]
fn a_change_that_broke_off_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (address, mut fresh) = earlier(&dir.path().join("fresh"), 0);
    drop(Session::open(&address).unwrap());
    let fresh = shape(&mut fresh);
    let (address, mut client) = earlier(&dir.path().join("broken"), with("ADD COLUMN alarm_at"));
    fill(&mut client, 100);
    client
        .batch_execute("UPDATE tickets SET status = 'closed' WHERE id = 1; CREATE TABLE tickets_alarm (a INT)")
        .unwrap();
    // What is in the way of the index breaks the step off behind its columns and its rows.
    assert!(Session::open(&address).is_err());
    let there =
        "SELECT count(*)::text FROM tickets WHERE alarm_at = 0 AND (waits_since = 10) = (status = 'waiting_citizen')";
    let waits = "SELECT count(*)::text FROM tickets WHERE waits_since = 10";
    assert_eq!(text(&mut client, waits), "25");
    // An index that was not finished is there and serves nobody.
    client
        .batch_execute(
            "DROP TABLE tickets_alarm; CREATE INDEX tickets_alarm ON tickets (alarm_at) WHERE alarm_at IS NOT NULL; \
             UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'tickets_alarm'::regclass",
        )
        .unwrap();
    drop(Session::open(&address).unwrap());
    assert_eq!(shape(&mut client), fresh);
    assert_eq!(
        text(&mut client, "SELECT indisvalid::text FROM pg_index WHERE indexrelid = 'tickets_alarm'::regclass"),
        "true"
    );
    assert_eq!(text(&mut client, there), "25");
    let none = "SELECT count(*)::text FROM tickets WHERE alarm_at IS NULL";
    assert_eq!(text(&mut client, none), "1", "nothing is due for who is done");
}
