//! What time by itself does to tickets, done in its moment: every ticket has the moment of its next alarm in its row.
//!
//! A look and what it does are one transaction of the writer, so several instances do nothing twice.

use podskazka::ticket::alarm::{Alarm, Deadline, Stage, Timed};
use podskazka::ticket::sla::Due;
use podskazka::ticket::{Action, Actor, LEVELS, State, step};
use podskazka::wire::page::EventKind;

use super::db::{Db, Row, params};
use super::effects::Effect;
use super::events::{self, Entry, TicketRef};
use super::{Store, StoreError, Tx, Written};

/// Tickets of one transaction: the writer is not held for long.
const ROUND: i64 = 200;
/// Things that one look does to one ticket: a server that was away for long has the rest of them at the next look.
const AT_ONCE: usize = 4;

impl Store {
    /// Does everything that is due at `now` (seconds since 1970); how many steps it was.
    pub async fn ring(&self, now: i64) -> Result<usize, StoreError> {
        let mut done = 0;
        loop {
            let (looked, steps) = self.write(move |tx| round(tx, now)).await?;
            done += steps;
            if looked < ROUND {
                return Ok(done);
            }
        }
    }
}

/// Tickets looked at, and steps made.
fn round(tx: &mut Tx, now: i64) -> Result<(i64, usize), StoreError> {
    let sql = "SELECT id, number FROM tickets WHERE alarm_at <= ?1 ORDER BY alarm_at LIMIT ?2";
    let due = tx.db.all(sql, [now, ROUND], |row| Ok(TicketRef { id: row.get(0)?, number: row.get(1)? }))?;
    let looked = i64::try_from(due.len()).unwrap_or(ROUND);
    let mut steps = 0;
    for ticket in due {
        steps += ring(tx, &ticket, now)?;
    }
    Ok((looked, steps))
}

/// Does what is due for one ticket and notes when it is looked at again.
fn ring(tx: &mut Tx, ticket: &TicketRef, now: i64) -> Result<usize, StoreError> {
    for done in 0..AT_ONCE {
        let (timed, department, level) = load(tx.db, ticket.id)?;
        let next = timed.next(tx.terms.calendar(&department), tx.terms.patience(), now);
        match next {
            Some((at, alarm)) if at <= now => {
                if !act(tx, ticket, alarm, timed.state, level, now)? {
                    tracing::error!("a ticket does not let time act on it; it is left alone until its next step");
                    tx.db.execute("UPDATE tickets SET alarm_at = NULL WHERE id = ?1", [ticket.id])?;
                    return Ok(done);
                }
            }
            _ => {
                let sql = "UPDATE tickets SET alarm_at = ?2 WHERE id = ?1";
                tx.db.execute(sql, params![ticket.id, next.map(|(at, _)| at)])?;
                return Ok(done);
            }
        }
    }
    Ok(AT_ONCE)
}

/// Does one thing; `false` when the state machine refuses it.
fn act(tx: &mut Tx, ticket: &TicketRef, alarm: Alarm, state: State, level: u8, now: i64) -> Result<bool, StoreError> {
    let words = Some(alarm.words(tx.terms.patience()));
    let entry = match alarm {
        Alarm::Deadline(deadline, stage) => {
            // Whoever is late gets help from the next level, where the state knows levels.
            let raise =
                stage == Stage::Late && level < LEVELS && step(state, Action::Escalate, Actor::System, 0).is_ok();
            let mut entry = Entry::action(Actor::System, Action::Escalate, words);
            (entry.kind, entry.public) = (EventKind::Deadline, false);
            entry.action = raise.then_some(Action::Escalate);
            entry.effect = Some(Effect::Deadline(deadline, stage));
            let column = match deadline {
                Deadline::Response => "response_stage",
                Deadline::Resolution => "resolution_stage",
            };
            tx.db
                .execute(&format!("UPDATE tickets SET {column} = ?2 WHERE id = ?1"), params![ticket.id, stage as u8])?;
            entry
        }
        Alarm::Remind => {
            tx.db.execute("UPDATE tickets SET reminded_at = ?2 WHERE id = ?1", [ticket.id, now])?;
            let mut entry = Entry::action(Actor::System, Action::Comment, words);
            entry.action = None;
            entry
        }
        Alarm::Resolve => Entry::action(Actor::System, Action::Resolve, words),
        Alarm::Resume => Entry::action(Actor::System, Action::Resume, words),
    };
    Ok(matches!(events::write(tx, ticket, entry, now)?, Written::Done { .. }))
}

/// Writes down when the ticket is looked at next, after a step at `now`.
pub(super) fn set(tx: &Tx, ticket: i64, now: i64) -> Result<(), StoreError> {
    let (timed, department, _) = load(tx.db, ticket)?;
    let next = timed.next(tx.terms.calendar(&department), tx.terms.patience(), now);
    tx.db.execute("UPDATE tickets SET alarm_at = ?2 WHERE id = ?1", params![ticket, next.map(|(at, _)| at)])?;
    Ok(())
}

/// What the time acts on, the department and the level.
fn load(db: &Db, id: i64) -> Result<(Timed, String, u8), StoreError> {
    let sql = "SELECT status, priority, response_due, responded_at, resolution_due, response_stage, resolution_stage, \
               waits_since, reminded_at, department, level FROM tickets WHERE id = ?1";
    db.one(sql, [id], |row| {
        let answered = row.get::<Option<i64>>(3)?.is_some();
        let timed = Timed {
            state: State::parse(&row.get::<String>(0)?).unwrap_or(State::Erased),
            priority: row.get(1)?,
            response: Some(row.get(2)?).filter(|_| !answered),
            due: row.get::<Option<i64>>(4)?.map_or(Due::Done, Due::At),
            response_stage: stage(row, 5)?,
            resolution_stage: stage(row, 6)?,
            waits_since: row.get(7)?,
            reminded_at: row.get(8)?,
        };
        Ok((timed, row.get(9)?, row.get(10)?))
    })
}

/// How far a deadline is, by the number in its column.
pub(super) fn stage(row: &mut Row, column: usize) -> Result<Stage, StoreError> {
    Ok(match row.get::<i64>(column)? {
        1 => Stage::Soon,
        2 => Stage::Late,
        _ => Stage::Early,
    })
}
