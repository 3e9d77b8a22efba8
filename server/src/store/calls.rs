//! Calls to other systems: gathered from the journal behind the writes, made in the order of a ticket's steps.
//!
//! The journal has a row for every step in the order of the commits, so "everything after the last number" has no gaps,
//! whichever instance wrote it. Gathering is one write of one instance at a time, so no call is written twice.

use podskazka::ticket::State;
use podskazka::ticket::story::{self, Told};
use podskazka::wire::page::EventKind;

use super::db::{Db, Row, params};
use super::events::{self, TicketRef};
use super::{Delivery, Store, StoreError, Tx, secrets};
use crate::clock;
use crate::hooks::Call;
use crate::vault::Vault;

/// Rows of the journal of one look: the writer is not held for long.
const LOOK: i64 = 1_000;
/// Calls of one turn.
const TURN: i64 = 20;
/// Seconds in which a turn is over: another system has 15 for each question, and a call has three at the most.
const LEASE: i64 = TURN * 45;
/// Tries before a call is given up; the last waits are of 17 hours.
const TRIES: i64 = 12;

/// A row that was leased.
struct Leased {
    dedupe: String,
    hook: String,
    ticket: i64,
    seq: i64,
    attempts: i64,
}

impl Store {
    /// Writes down the calls of what the journal has had since the last look: names of hooks, and whether each hears of
    /// deadlines.
    pub async fn gather_calls(&self, hooks: Vec<(String, bool)>) -> Result<(), StoreError> {
        let names = hooks.clone();
        let behind = self
            .read(move |db| {
                let newest = newest(db)?;
                for (name, _) in &names {
                    let cursor: Option<i64> =
                        db.first("SELECT cursor FROM hooks WHERE name = ?1", [name], |row| row.get(0))?;
                    if cursor.is_none_or(|cursor| cursor < newest) {
                        return Ok(true);
                    }
                }
                Ok(false)
            })
            .await?;
        if !behind {
            return Ok(());
        }
        self.write(move |tx| hooks.iter().try_for_each(|(name, deadlines)| gather(tx, name, *deadlines, clock::now())))
            .await
    }

    /// Leases calls that are due, with what they tell. A ticket's next step waits for the one before.
    pub async fn lease_calls(&self, now: i64) -> Result<Vec<Call>, StoreError> {
        let rows = self
            .lease(move |tx| {
                let sql = format!(
                    "UPDATE calls SET locked_until = ?1, attempts = attempts + 1 WHERE dedupe IN (SELECT c.dedupe \
                     FROM calls AS c WHERE NOT c.dead AND c.run_at <= ?2 AND c.locked_until <= ?2 AND NOT EXISTS \
                     (SELECT 1 FROM calls AS e WHERE e.hook = c.hook AND e.ticket_id = c.ticket_id \
                     AND e.seq < c.seq AND NOT e.dead) ORDER BY c.run_at LIMIT ?3 {}) \
                     RETURNING dedupe, hook, ticket_id, seq, attempts",
                    tx.db.skip_locked()
                );
                tx.db.all(&sql, params![now + LEASE, now, TURN], |row| {
                    Ok(Leased {
                        dedupe: row.get(0)?,
                        hook: row.get(1)?,
                        ticket: row.get(2)?,
                        seq: row.get(3)?,
                        attempts: row.get(4)?,
                    })
                })
            })
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let vault = self.vault();
        self.read(move |db| rows.into_iter().filter_map(|row| told(db, &vault, row).transpose()).collect()).await
    }

    /// Notes what became of a call.
    pub async fn settle_call(&self, dedupe: String, delivery: Delivery, now: i64) -> Result<(), StoreError> {
        self.lease(move |tx| {
            if delivery == Delivery::Done {
                tx.db.execute("DELETE FROM calls WHERE dedupe = ?1", [&dedupe])?;
                return Ok(());
            }
            let find = "SELECT attempts FROM calls WHERE dedupe = ?1";
            let Some(tries) = tx.db.first(find, [&dedupe], |row| row.get::<i64>(0))? else { return Ok(()) };
            // 2, 4, 8 … minutes; 17 hours at the most.
            let wait = 60 << tries.clamp(1, 10);
            let dead = delivery == Delivery::Never || tries >= TRIES;
            tx.db.execute(
                "UPDATE calls SET run_at = ?2, locked_until = 0, dead = ?3 WHERE dedupe = ?1",
                params![dedupe, now + wait, dead],
            )?;
            Ok(())
        })
        .await
    }

    /// Keeps what another system calls a ticket.
    pub async fn name_foreign(&self, hook: String, ticket: i64, foreign: String) -> Result<(), StoreError> {
        self.write(move |tx| {
            let sql = "UPDATE hook_tickets SET foreign_id = ?3 WHERE hook = ?1 AND ticket_id = ?2";
            tx.db.execute(sql, params![hook, ticket, foreign])?;
            Ok(())
        })
        .await
    }

    /// Calls that wait, and calls that were given up.
    pub async fn count_calls(&self) -> Result<(i64, i64), StoreError> {
        self.read(|db| {
            let count = |sql: &str| db.one(sql, params![], |row| row.get(0));
            Ok((count("SELECT count(*) FROM calls WHERE NOT dead")?, count("SELECT count(*) FROM calls WHERE dead")?))
        })
        .await
    }
}

fn newest(db: &Db) -> Result<i64, StoreError> {
    db.one("SELECT coalesce(max(id), 0) FROM audit", params![], |row| row.get(0))
}

/// One look of one hook.
fn gather(tx: &mut Tx, hook: &String, deadlines: bool, now: i64) -> Result<(), StoreError> {
    let newest = newest(tx.db)?;
    let find = "SELECT cursor, since FROM hooks WHERE name = ?1";
    let Some((cursor, since)) = tx.db.first(find, [hook], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))? else {
        // What was before the hook is not told to it.
        tx.db.execute("INSERT INTO hooks (name, cursor, since) VALUES (?1, ?2, ?3)", params![hook, newest, now])?;
        return Ok(());
    };
    let to = newest.min(cursor + LOOK);
    let touched = "SELECT DISTINCT tickets.id FROM audit JOIN tickets ON number = object \
                   WHERE audit.id > ?1 AND audit.id <= ?2 AND erased_at IS NULL";
    for ticket in tx.db.all(touched, [cursor, to], |row| row.get::<i64>(0))? {
        let told = "SELECT seq FROM hook_tickets WHERE hook = ?1 AND ticket_id = ?2";
        let told: i64 = tx.db.first(told, params![hook, ticket], |row| row.get(0))?.unwrap_or(0);
        let steps = "SELECT seq FROM events WHERE ticket_id = ?1 AND seq > ?2 AND at >= ?3 \
                     AND (public OR (?4 AND kind = 'deadline')) ORDER BY seq";
        let steps: Vec<i64> = tx.db.all(steps, params![ticket, told, since, deadlines], |row| row.get(0))?;
        let Some(last) = steps.last() else { continue };
        for seq in &steps {
            tx.db.execute(
                "INSERT INTO calls (dedupe, hook, ticket_id, seq, created_at, run_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5) \
                 ON CONFLICT (dedupe) DO NOTHING",
                params![format!("{hook}:{ticket}:{seq}"), hook, ticket, *seq, now],
            )?;
        }
        tx.db.execute(
            "INSERT INTO hook_tickets (hook, ticket_id, seq) VALUES (?1, ?2, ?3) \
             ON CONFLICT (hook, ticket_id) DO UPDATE SET seq = excluded.seq",
            params![hook, ticket, *last],
        )?;
    }
    tx.db.execute("UPDATE hooks SET cursor = ?2 WHERE name = ?1", params![hook, to])?;
    Ok(())
}

/// What a call tells; `None` when the step is gone.
fn told(db: &Db, vault: &Vault, row: Leased) -> Result<Option<Call>, StoreError> {
    let sql = "SELECT coalesce(shown, number), status, topic, site, form, code, department, priority, number, field FROM tickets WHERE id = ?1";
    let words = secrets::words(db, vault, row.ticket)?;
    let read = |it: &mut Row| {
        Ok((
            it.get::<String>(0)?,
            it.get::<String>(1)?,
            it.get::<String>(2)?,
            it.get(3)?,
            it.get(4)?,
            it.get::<Option<String>>(5)?,
            it.get(6)?,
            it.get(7)?,
            it.get(8)?,
            it.get::<Option<String>>(9)?,
        ))
    };
    let (number, status, topic, site, form, code, department, priority, stored, field) =
        db.one(sql, [row.ticket], read)?;
    let foreign = "SELECT foreign_id FROM hook_tickets WHERE hook = ?1 AND ticket_id = ?2";
    let foreign: Option<Option<String>> = db.first(foreign, params![row.hook, row.ticket], |row| row.get(0))?;
    let at = TicketRef { id: row.ticket, number: stored };
    let step = |all: bool| {
        let event = events::after(db, vault, &at, row.seq - 1, all)?.into_iter().next();
        Ok::<_, StoreError>(event.filter(|event| i64::try_from(event.seq) == Ok(row.seq)))
    };
    let event = match step(false)? {
        Some(event) => Some(event),
        None => step(true)?.filter(|event| event.kind == EventKind::Deadline),
    };
    let Some(event) = event else { return Ok(None) };
    // The words of the person stand beside it.
    let story = match event.kind {
        EventKind::Created => story::text(&story::story(&Told {
            topic: &topic,
            code: code.as_deref(),
            field: field.as_deref(),
            text: "",
            files: event.files.len(),
            snapshot: &words.snapshot,
            client: &words.client,
            tried: words.tried.as_ref(),
        })),
        _ => String::new(),
    };
    Ok(Some(Call {
        dedupe: row.dedupe,
        hook: row.hook,
        ticket: row.ticket,
        tries: row.attempts - 1,
        number,
        foreign: foreign.flatten(),
        event,
        status: State::parse(&status).unwrap_or(State::New),
        topic,
        site,
        form,
        code,
        department,
        priority,
        name: words.name,
        contact: words.contact,
        text: words.text,
        story,
    }))
}
