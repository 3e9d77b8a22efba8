//! The history of a ticket: every change is one event with the next number, in the same transaction as the change.

use std::borrow::Cow;
use std::sync::Arc;

use super::audit::{self, Trace};
use super::db::{Db, Row, params};
use super::effects::{self, Effect, Facts};
use super::{Store, StoreError, Tx, alarms, letters, secrets, uploads};
use crate::clock;
use crate::secret::{self, Hash};
use crate::vault::Vault;
use podskazka::ticket::sla::Due;
use podskazka::ticket::{Action, Actor, Refusal, State, step};
use podskazka::wire::page::{EventKind, Rating, TicketEvent};

const DAY: i64 = 86_400;

/// Which ticket, once somebody's right to it has been checked.
#[derive(Clone, Debug)]
pub struct TicketRef {
    pub id: i64,
    pub number: String,
}

/// A repeated request is known by these.
pub struct Repeat {
    /// `Idempotency-Key`.
    pub key: String,
    /// SHA-256 of the body.
    pub request_hash: Hash,
}

/// What to write into the history.
pub struct Entry {
    pub kind: EventKind,
    pub actor: Actor,
    /// Operator's name.
    pub author: Option<String>,
    pub public: bool,
    pub action: Option<Action>,
    pub text: Option<String>,
    pub uploads: Vec<String>,
    /// Version the writer saw, where it matters to it.
    pub expected: Option<i64>,
    /// Department and person to give the ticket to.
    pub department: Option<String>,
    pub assignee: Option<String>,
    /// What else changes.
    pub effect: Option<Effect>,
}

impl Entry {
    /// An action of this actor.
    pub fn action(actor: Actor, action: Action, text: Option<String>) -> Entry {
        Entry {
            kind: if action == Action::Comment { EventKind::Comment } else { EventKind::Action },
            actor,
            author: None,
            public: true,
            action: Some(action),
            text,
            uploads: Vec::new(),
            expected: None,
            department: None,
            assignee: None,
            effect: None,
        }
    }
}

/// What became of an entry.
pub enum Written {
    Done {
        event: TicketEvent,
        replayed: bool,
    },
    Refused(Refusal),
    /// The same key came with another body.
    Mismatch,
    /// Somebody changed the ticket meanwhile; its present version.
    Changed(i64),
    /// The upload at this place cannot be given.
    NoUpload(usize),
}

/// The columns that steps read and change.
struct Ticket {
    state: State,
    facts: Facts,
    version: i64,
    created_at: i64,
    due: Due,
    responded: bool,
    closed_at: Option<i64>,
}

impl Store {
    /// Writes an entry, and moves the ticket if the entry acts on it.
    pub async fn add_event(&self, ticket: TicketRef, entry: Entry, repeat: Repeat) -> Result<Written, StoreError> {
        self.write(move |tx| {
            let key_hash = replay_key(&ticket.number, &repeat.key);
            let find = "SELECT request_hash, seq FROM replays WHERE key_hash = ?1";
            let earlier: Option<(Hash, i64)> = tx.db.first(find, [key_hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if let Some((request_hash, seq)) = earlier {
                if request_hash != repeat.request_hash {
                    return Ok(Written::Mismatch);
                }
                let event = after(tx.db, tx.vault, &ticket, seq - 1, true)?.into_iter().next();
                let event = event.ok_or(StoreError::NoRow)?;
                return Ok(Written::Done { event, replayed: true });
            }
            let written = write(tx, &ticket, entry, clock::now())?;
            if let Written::Done { event, .. } = &written {
                let seq = i64::try_from(event.seq).unwrap_or(i64::MAX);
                tx.db.execute(
                    "INSERT INTO replays (key_hash, request_hash, ticket_id, seq, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![key_hash, repeat.request_hash, ticket.id, seq, clock::now()],
                )?;
            }
            Ok(written)
        })
        .await
    }

    /// Events of the ticket after `seq`, oldest first.
    pub async fn events_after(&self, ticket: TicketRef, seq: i64, all: bool) -> Result<Vec<TicketEvent>, StoreError> {
        let vault = self.vault();
        self.read(move |db| after(db, &vault, &ticket, seq, all)).await
    }
}

/// The key is bound to the ticket: the same key on another ticket is another request.
pub(super) fn replay_key(number: &str, key: &str) -> Hash {
    secret::key_hash(&format!("{number}:{key}"))
}

/// Writes one entry in the transaction. Whatever is not `Done` has changed nothing.
pub(super) fn write(tx: &mut Tx, at: &TicketRef, entry: Entry, now: i64) -> Result<Written, StoreError> {
    let ticket = load(tx.db, at.id)?;
    if entry.expected.is_some_and(|expected| expected != ticket.version) {
        return Ok(Written::Changed(ticket.version));
    }
    let terms = Arc::clone(tx.terms);
    let calendar = terms.calendar(&ticket.facts.department);
    let mut state = ticket.state;
    let mut due = ticket.due;
    if entry.action == Some(Action::Rate) && rated(tx.db, at.id)? {
        return Ok(Written::Refused(Refusal::NotNow));
    }
    if let Some(action) = entry.action {
        let closed_days = ticket.closed_at.map_or(0, |closed| (now - closed).div_euclid(DAY));
        let closed_days = u32::try_from(closed_days).unwrap_or(0);
        match step(ticket.state, action, entry.actor, closed_days) {
            Err(refusal) => return Ok(Written::Refused(refusal)),
            Ok(step) => {
                state = step.to;
                due = ticket.due.turn(calendar, now, step.clock, ticket.facts.priority);
            }
        }
    }
    let facts = match ticket.facts.after(tx, at, &entry)? {
        Ok(facts) => facts,
        Err(refusal) => return Ok(Written::Refused(refusal)),
    };
    let mut response = None;
    if facts.priority != ticket.facts.priority {
        let weights = (ticket.facts.priority, facts.priority);
        (response, due) = effects::reweigh(calendar, due, ticket.created_at, now, weights);
    }
    let seq = ticket.version + 1;
    let sender = if entry.actor == Actor::Operator { "operator" } else { "citizen" };
    if let Err(index) = uploads::claimable(tx, &entry.uploads, sender)? {
        return Ok(Written::NoUpload(index));
    }
    uploads::give(tx, &entry.uploads, &at.number, seq)?;
    let moved = state != ticket.state;
    // Words of a person: an empty text beside a step is no answer, nor is the sentence about a merge.
    let words = entry.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let answers = entry.actor == Actor::Operator && entry.public && words && entry.action != Some(Action::Merge);
    let (running, left) = due_columns(due);
    // Whether the solution came late is known while its clock still says so.
    let late = match ticket.due {
        _ if entry.action != Some(Action::Resolve) => None,
        Due::At(at) => Some(i64::from(at < now)),
        Due::Left(left) => Some(i64::from(left < 0)),
        Due::Done => None,
    };
    // What was said of a deadline is forgotten with it: once it is met, ends, begins anew or moves away.
    let answered = answers && !ticket.responded;
    let response_anew = answered || response.is_some_and(|due| due > now);
    let resolution_anew = match (ticket.due, due) {
        (_, Due::Done) | (Due::Done, Due::At(_)) => true,
        (Due::At(before), Due::At(after)) => before != after && after > now,
        _ => false,
    };
    tx.db.execute(
        "UPDATE tickets SET status = ?2, version = ?3, level = ?4, resolution_due = ?5, resolution_left = ?6, \
             responded_at = CASE WHEN ?7 THEN ?8 ELSE responded_at END, \
             resolved_at = CASE WHEN ?2 = 'open' THEN NULL WHEN ?2 = 'resolved' AND ?9 THEN ?8 ELSE resolved_at END, \
             resolved_by = CASE WHEN ?2 = 'open' THEN NULL WHEN ?2 = 'resolved' AND ?9 THEN ?22 ELSE resolved_by END, \
             answered_by = CASE WHEN ?7 THEN ?22 ELSE answered_by END, \
             closed_at = CASE WHEN ?2 NOT IN ('closed', 'rejected', 'merged') THEN NULL WHEN ?9 THEN ?8 ELSE closed_at END, \
             reopened = reopened + ?10, department = ?11, assignee = ?12, urgency = ?13, impact = ?14, priority = ?15, \
             transfers = ?16, merged_into = ?17, response_due = coalesce(?18, response_due), late = coalesce(?19, late), \
             waits_since = CASE WHEN ?2 NOT IN ('waiting_citizen', 'waiting_external') THEN NULL WHEN ?9 THEN ?8 \
             ELSE waits_since END, reminded_at = CASE WHEN ?9 THEN NULL ELSE reminded_at END, \
             response_stage = CASE WHEN ?20 THEN 0 ELSE response_stage END, \
             resolution_stage = CASE WHEN ?21 THEN 0 ELSE resolution_stage END WHERE id = ?1",
        params![
            at.id,
            state.name(),
            seq,
            facts.level,
            running,
            left,
            answered,
            now,
            moved,
            i64::from(entry.action == Some(Action::Reopen)),
            facts.department,
            facts.assignee,
            facts.urgency,
            facts.impact,
            facts.priority,
            facts.transfers,
            facts.merged_into,
            response,
            late,
            response_anew,
            resolution_anew,
            entry.author,
        ],
    )?;
    let sealed = match (secrets::key(tx.db, tx.vault, at.id)?, &entry.text) {
        (Some(key), Some(text)) => Some(secrets::seal_step(&key, seq, text)?),
        _ => None,
    };
    insert(tx, at, sealed.as_ref(), seq, now, &entry, moved.then_some(state))?;
    let changes = ticket.facts.changes(&facts, entry.effect.as_ref());
    if !changes.is_empty() {
        let sql = "UPDATE events SET changes = ?3 WHERE ticket_id = ?1 AND seq = ?2";
        tx.db.execute(sql, params![at.id, seq, serde_json::to_string(&changes)?])?;
    }
    effects::other_side(tx, at, &entry, now)?;
    alarms::set(tx, at.id, now)?;
    tx.wake(at.id);
    if entry.public && entry.actor != Actor::Citizen {
        letters::tell(tx, at.id, seq, now)?;
    }
    let event = after(tx.db, tx.vault, at, seq - 1, true)?.into_iter().next().ok_or(StoreError::NoRow)?;
    Ok(Written::Done { event, replayed: false })
}

/// The row of one event with its words as they were sealed, and its row in the journal.
pub(super) fn insert(
    tx: &Tx,
    at: &TicketRef,
    sealed: Option<&Vec<u8>>,
    seq: i64,
    now: i64,
    entry: &Entry,
    status: Option<State>,
) -> Result<(), StoreError> {
    let (kind, actor) = (entry.kind.name(), entry.actor.name());
    tx.db.execute(
        "INSERT INTO events (ticket_id, seq, at, kind, actor, author, public, action, status, sealed, audited) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, TRUE)",
        params![
            at.id,
            seq,
            now,
            kind,
            actor,
            entry.author,
            entry.public,
            entry.action.map(Action::name),
            status.map(State::name),
            sealed,
        ],
    )?;
    let what = entry.action.map_or(Cow::Borrowed(kind), |action| format!("action:{}", action.name()).into());
    let author = entry.author.as_deref();
    audit::note(tx, &Trace { actor, author, what: &what, object: &at.number })
}

/// Columns of a clock: when it ends, or what was left of it.
pub(super) fn due_columns(due: Due) -> (Option<i64>, Option<i64>) {
    match due {
        Due::At(at) => (Some(at), None),
        Due::Left(left) => (None, Some(left)),
        Due::Done => (None, None),
    }
}

fn load(db: &Db, id: i64) -> Result<Ticket, StoreError> {
    let read = |row: &mut Row| {
        let due = match (row.get(2)?, row.get(3)?) {
            (Some(at), _) => Due::At(at),
            (None, Some(left)) => Due::Left(left),
            (None, None) => Due::Done,
        };
        Ok(Ticket {
            state: State::parse(&row.get::<String>(0)?).unwrap_or(State::New),
            version: row.get(1)?,
            due,
            responded: row.get::<Option<i64>>(4)?.is_some(),
            closed_at: row.get(5)?,
            created_at: clock::seconds(&row.get::<String>(6)?),
            facts: Facts {
                department: row.get(7)?,
                assignee: row.get(8)?,
                level: row.get(9)?,
                urgency: row.get(10)?,
                impact: row.get(11)?,
                priority: row.get(12)?,
                transfers: row.get(13)?,
                merged_into: row.get(14)?,
            },
        })
    };
    db.one(
        "SELECT status, version, resolution_due, resolution_left, responded_at, closed_at, created_at, department, \
         assignee, level, urgency, impact, priority, transfers, merged_into FROM tickets WHERE id = ?1",
        [id],
        read,
    )
}

/// Events after `seq`, oldest first; without `all` only the public ones, without operators' names.
pub(super) fn after(
    db: &Db,
    vault: &Vault,
    at: &TicketRef,
    seq: i64,
    all: bool,
) -> Result<Vec<TicketEvent>, StoreError> {
    let key = secrets::key(db, vault, at.id)?;
    let sql = "SELECT seq, at, kind, actor, author, public, action, status, sealed, changes FROM events \
               WHERE ticket_id = ?1 AND seq > ?2 AND (public OR ?3) ORDER BY seq";
    let read = |row: &mut Row| {
        let seq: i64 = row.get(0)?;
        let action: Option<String> = row.get(6)?;
        let status: Option<String> = row.get(7)?;
        let mut text = match (&key, row.get::<Option<Vec<u8>>>(8)?) {
            (Some(key), Some(sealed)) => Some(secrets::open_step(key, seq, &sealed)?),
            // The first step says what the ticket says.
            (Some(_), None) if seq == 1 => Some(secrets::words(db, vault, at.id)?.text),
            _ => None,
        };
        let action: Option<Action> = action.map(parse).transpose()?;
        let mut rating: Option<Rating> = None;
        if action == Some(Action::Rate) {
            rating = text.as_deref().map(serde_json::from_str).transpose()?;
            text = rating.as_mut().and_then(|it| it.text.take());
        }
        Ok(TicketEvent {
            seq: u64::try_from(seq).unwrap_or(0),
            at: clock::rfc3339(row.get(1)?),
            kind: parse(row.get(2)?)?,
            actor: parse(row.get(3)?)?,
            author: if all { row.get(4)? } else { None },
            public: row.get(5)?,
            action,
            status: status.and_then(|name| State::parse(&name)),
            text,
            rating,
            files: Vec::new(),
            changes: match row.get::<Option<String>>(9)? {
                Some(changes) if all => serde_json::from_str(&changes)?,
                _ => Vec::new(),
            },
        })
    };
    let mut events = db.all(sql, params![at.id, seq, all], read)?;
    for (seq, file) in uploads::files(db, &at.number)? {
        if let Some(event) = events.iter_mut().find(|event| i64::try_from(event.seq) == Ok(seq)) {
            event.files.push(file);
        }
    }
    Ok(events)
}

/// Whether the citizen has said how it went.
pub(super) fn rated(db: &Db, ticket: i64) -> Result<bool, StoreError> {
    db.exists("SELECT 1 FROM events WHERE ticket_id = ?1 AND action = 'rate' LIMIT 1", [ticket])
}

fn parse<T: serde::de::DeserializeOwned>(name: String) -> Result<T, StoreError> {
    Ok(serde_json::from_value(serde_json::Value::String(name))?)
}
