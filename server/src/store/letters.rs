//! Letters on their way: written in the transaction of what they tell, sent afterwards, taken out once they are.
//!
//! A row holds no address of its own where a ticket has it sealed. A sender leases rows for a few minutes, so a sender that
//! dies leaves them to the next one: a letter is sent at least once, and its `Message-ID` is the same each time.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use podskazka::ticket::letters::{self, ASK_AGAIN_HOURS, CODE_MINUTES, CODES_AN_HOUR, CONFIRM_DAYS, Letter};
use podskazka::ticket::{Actor, State};
use podskazka::wire::page::{EventKind, LetterState};

use super::db::{Db, Row, ToValue as _, Value, params};
use super::events::TicketRef;
use super::secrets::Sealed;
use super::{Store, StoreError, Tx};
use crate::clock;
use crate::contact::Contact;
use crate::secret::{self, Hash, Token};
use crate::vault::{Vault, Wrapped};

/// Letters of one turn of a sender.
const TURN: usize = 20;
/// Seconds in which a turn is over, or is left by whoever sends it.
const LEASE: i64 = 300;
/// Tries before a letter is given up; the last waits are of 17 hours.
const TRIES: i64 = 12;

/// What a letter tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Confirm,
    Created,
    News,
    Code,
    /// The same by a short message.
    PhoneCode,
}

/// By which way letters leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Mail,
    Phone,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Confirm => "confirm",
            Kind::Created => "created",
            Kind::News => "news",
            Kind::Code => "code",
            Kind::PhoneCode => "phone-code",
        }
    }

    fn parse(name: &str) -> Option<Kind> {
        [Kind::Confirm, Kind::Created, Kind::News, Kind::Code, Kind::PhoneCode]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// A letter for the sender. Has no `Debug`.
pub struct Parcel {
    /// Its name, the same in every try and never another letter's: SQLite gives the number of a row that went to the
    /// next one.
    pub dedupe: String,
    /// Until when this try has it: a letter that was stopped and asked for anew under way has the same name, and another lease.
    pub lease: i64,
    pub to: String,
    pub letter: Letter,
    /// Link that stops letters.
    pub stop: Option<String>,
}

/// What became of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Done,
    /// The mail server is away or busy.
    Later,
    /// The mail server will not take it.
    Never,
}

/// Writes that the ticket is here: to whoever agreed to letters, else the question whether they may come.
pub(super) fn greet(tx: &mut Tx, mark: Option<Hash>, ticket: i64, now: i64) -> Result<(), StoreError> {
    let Some(mark) = mark.filter(|_| tx.letters) else { return Ok(()) };
    let sql = "SELECT asked_at, verified_at IS NOT NULL, stopped_at IS NOT NULL FROM addresses WHERE mark = ?1";
    let known = tx.db.first(sql, [mark], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    match known.unwrap_or((0, false, false)) {
        (_, _, true) => Ok(()),
        (_, true, _) => put(tx, Kind::Created, mark, ticket, 1, now),
        (asked, false, _) if now - asked < ASK_AGAIN_HOURS * 3_600 => Ok(()),
        _ => ask(tx, mark, ticket, now),
    }
}

/// Asks the owner of the address whether letters may come.
fn ask(tx: &mut Tx, mark: Hash, ticket: i64, now: i64) -> Result<(), StoreError> {
    tx.db.execute(
        "INSERT INTO addresses (mark, asked_at) VALUES (?1, ?2) \
         ON CONFLICT (mark) DO UPDATE SET asked_at = excluded.asked_at",
        params![mark, now],
    )?;
    put(tx, Kind::Confirm, mark, ticket, 1, now)
}

/// The mark of a ticket's address, and whether letters come there.
fn standing(db: &Db, ticket: i64, now: i64) -> Result<(Option<Hash>, LetterState), StoreError> {
    let mark: Option<Hash> = db.one("SELECT contact_mark FROM tickets WHERE id = ?1", [ticket], |row| row.get(0))?;
    let Some(mark) = mark else { return Ok((None, LetterState::None)) };
    let sql = "SELECT asked_at, verified_at IS NOT NULL, stopped_at IS NOT NULL, confirm_hash IS NOT NULL OR EXISTS \
               (SELECT 1 FROM letters WHERE mark = ?1 AND kind = 'confirm') FROM addresses WHERE mark = ?1";
    let known: Option<(i64, bool, bool, bool)> =
        db.first(sql, [mark], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let state = match known.unwrap_or((0, false, false, false)) {
        (_, _, true, _) => LetterState::Stopped,
        (_, true, ..) => LetterState::On,
        (asked, ..) if now - asked >= ASK_AGAIN_HOURS * 3_600 => LetterState::Off,
        (.., true) => LetterState::Asked,
        _ => LetterState::Later,
    };
    Ok((Some(mark), state))
}

/// Writes that something public happened, to whoever agreed to letters.
pub(super) fn tell(tx: &mut Tx, ticket: i64, seq: i64, now: i64) -> Result<(), StoreError> {
    if !tx.letters {
        return Ok(());
    }
    let sql = "SELECT mark FROM tickets JOIN addresses ON mark = contact_mark \
               WHERE id = ?1 AND verified_at IS NOT NULL AND stopped_at IS NULL";
    match tx.db.first(sql, [ticket], |row| row.get(0))? {
        Some(mark) => put(tx, Kind::News, mark, ticket, seq, now),
        None => Ok(()),
    }
}

fn put(tx: &mut Tx, kind: Kind, mark: Hash, ticket: i64, seq: i64, now: i64) -> Result<(), StoreError> {
    tx.db.execute(
        "INSERT INTO letters (dedupe, kind, mark, ticket_id, seq, created_at, run_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) \
         ON CONFLICT (dedupe) DO NOTHING",
        params![format!("{}:{ticket}:{seq}", kind.name()), kind.name(), mark, ticket, seq, now],
    )?;
    tx.post();
    Ok(())
}

/// Writes the letter, or the short message, with a code of access. Whether the contact has tickets is looked at when it
/// is sent, so that the answer takes as long either way.
pub(super) fn put_code(tx: &mut Tx, contact: &Contact, now: i64) -> Result<(), StoreError> {
    let (kind, to) = match contact {
        Contact::Mail(mail) => (Kind::Code, mail),
        Contact::Phone(phone) => (Kind::PhoneCode, phone),
    };
    let (key, wrapped) = tx.vault.ticket_key()?;
    tx.db.execute(
        "INSERT INTO letters (dedupe, kind, mark, secret, dek, dek_key, created_at, run_at) \
         VALUES (?1, ?7, ?2, ?3, ?4, ?5, ?6, ?6)",
        params![
            format!("code:{:016x}", secret::random_u64()?),
            contact.mark(tx.vault)?,
            key.seal("letter", to.as_bytes())?,
            wrapped.bytes,
            wrapped.key,
            now,
            kind.name(),
        ],
    )?;
    tx.post();
    Ok(())
}

/// A row that a sender has leased.
struct Leased {
    id: i64,
    dedupe: String,
    kind: Option<Kind>,
    mark: Hash,
    sealed: Option<(Vec<u8>, Wrapped)>,
}

impl Leased {
    fn read(row: &mut Row) -> Result<Leased, StoreError> {
        let sealed = match (row.get(4)?, row.get(5)?, row.get(6)?) {
            (Some(secret), Some(bytes), Some(key)) => Some((secret, Wrapped { key, bytes })),
            _ => None,
        };
        Ok(Leased {
            id: row.get(0)?,
            dedupe: row.get(1)?,
            kind: Kind::parse(&row.get::<String>(2)?),
            mark: row.get(3)?,
            sealed,
        })
    }
}

/// What a letter about a ticket is written from.
struct About {
    words: Sealed,
    number: String,
    status: String,
    /// Who did what it tells, what that was, and whether it has words.
    step: Option<(String, String, bool)>,
}

impl About {
    /// Of all letters of a turn, by their ids: over PostgreSQL each statement is a way there and back.
    fn read(db: &Db, rows: &[Leased]) -> Result<HashMap<i64, About>, StoreError> {
        // As many places in every turn, so that it stays one statement.
        let places: Vec<String> = (1..=TURN).map(|at| format!("?{at}")).collect();
        let mut ids: Vec<Value> = rows.iter().map(|row| row.id.to_value()).collect();
        ids.resize(TURN, Value::Null);
        let sql = format!(
            "SELECT l.id, t.secret, t.dek, t.dek_key, coalesce(t.shown, t.number), t.status, e.actor, e.kind, \
             e.sealed IS NOT NULL FROM letters AS l JOIN tickets AS t ON t.id = l.ticket_id \
             LEFT JOIN events AS e ON e.ticket_id = l.ticket_id AND e.seq = l.seq WHERE l.id IN ({})",
            places.join(", ")
        );
        let read = |row: &mut Row| {
            let step = match (row.get(6)?, row.get(7)?) {
                (Some(actor), Some(kind)) => Some((actor, kind, row.get(8)?)),
                _ => None,
            };
            let about = About { words: Sealed::read(row, 1)?, number: row.get(4)?, status: row.get(5)?, step };
            Ok((row.get(0)?, about))
        };
        Ok(db.all(&sql, ids, read)?.into_iter().collect())
    }
}

impl Store {
    /// Leases letters of one way that are due and writes them out; `base` is the address of this server for citizens.
    /// Letters that nobody needs any more are taken out.
    pub async fn lease_letters(&self, way: Way, base: String, now: i64) -> Result<Vec<Parcel>, StoreError> {
        self.lease(move |tx| {
            let sql = format!(
                "UPDATE letters SET locked_until = ?1, attempts = attempts + 1 WHERE id IN (SELECT id FROM letters \
                 WHERE NOT dead AND run_at <= ?2 AND locked_until <= ?2 AND (kind = 'phone-code') = ?4 \
                 ORDER BY run_at LIMIT ?3 {}) RETURNING id, dedupe, kind, mark, secret, dek, dek_key",
                tx.db.skip_locked()
            );
            let most = i64::try_from(TURN).unwrap_or(i64::MAX);
            let rows = tx.db.all(&sql, params![now + LEASE, now, most, way == Way::Phone], Leased::read)?;
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            let about = About::read(tx.db, &rows)?;
            let mut parcels = Vec::new();
            for row in rows {
                match write_out(tx, &row, about.get(&row.id), &base, now) {
                    Ok(Some(parcel)) => parcels.push(parcel),
                    Ok(None) => {
                        tx.db.execute("DELETE FROM letters WHERE id = ?1", [row.id])?;
                    }
                    // One letter that does not open holds up no other.
                    Err(error @ (StoreError::Vault(_) | StoreError::Json(_) | StoreError::Column(_))) => {
                        tracing::error!(%error, "a letter cannot be written; it is given up");
                        tx.db.execute("UPDATE letters SET dead = TRUE WHERE id = ?1", [row.id])?;
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok(parcels)
        })
        .await
    }

    /// Notes what became of the parcel of this name and lease; one that was stopped meanwhile is no longer there.
    pub async fn settle_letter(
        &self,
        dedupe: String,
        lease: i64,
        delivery: Delivery,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = match delivery {
            Delivery::Done => "DELETE FROM letters WHERE dedupe = ?1 AND locked_until = ?2",
            Delivery::Never => "UPDATE letters SET dead = TRUE WHERE dedupe = ?1 AND locked_until = ?2",
            Delivery::Later => return self.put_off(dedupe, lease, now).await,
        };
        self.note(sql, params![dedupe, lease]).await
    }

    async fn put_off(&self, dedupe: String, lease: i64, now: i64) -> Result<(), StoreError> {
        self.lease(move |tx| {
            let find = "SELECT attempts FROM letters WHERE dedupe = ?1 AND locked_until = ?2";
            let tries: Option<i64> = tx.db.first(find, params![dedupe, lease], |row| row.get(0))?;
            let Some(tries) = tries else { return Ok(()) };
            // 2, 4, 8 … minutes; 17 hours at the most.
            let wait = 60 << tries.clamp(1, 10);
            tx.db.execute(
                "UPDATE letters SET run_at = ?2, locked_until = 0, dead = ?3 WHERE dedupe = ?1",
                params![dedupe, now + wait, tries >= TRIES],
            )?;
            Ok(())
        })
        .await
    }

    /// Whether letters come about a ticket.
    pub async fn letters(&self, ticket: TicketRef) -> Result<LetterState, StoreError> {
        self.read(move |db| Ok(standing(db, ticket.id, clock::now())?.1)).await
    }

    /// Turns letters on, which asks the owner of the address, or off.
    pub async fn turn_letters(&self, ticket: TicketRef, on: bool) -> Result<LetterState, StoreError> {
        self.write(move |tx| {
            let now = clock::now();
            let (Some(mark), state) = standing(tx.db, ticket.id, now)? else { return Ok(LetterState::None) };
            match (on, state) {
                (true, LetterState::Off) => {
                    ask(tx, mark, ticket.id, now)?;
                    Ok(LetterState::Asked)
                }
                (false, LetterState::On | LetterState::Asked) => {
                    // The time of the last question stays: on and off again floods nobody's mailbox.
                    let sql = "UPDATE addresses SET verified_at = NULL, confirm_hash = NULL WHERE mark = ?1";
                    tx.db.execute(sql, [mark])?;
                    tx.db.execute("DELETE FROM letters WHERE mark = ?1 AND kind <> 'code'", [mark])?;
                    Ok(standing(tx.db, ticket.id, now)?.1)
                }
                _ => Ok(state),
            }
        })
        .await
    }

    /// Letters that wait, and letters that were given up.
    pub async fn count_letters(&self) -> Result<(i64, i64), StoreError> {
        self.read(|db| {
            let count = |sql: &str| db.one(sql, params![], |row| row.get(0));
            Ok((
                count("SELECT count(*) FROM letters WHERE NOT dead")?,
                count("SELECT count(*) FROM letters WHERE dead")?,
            ))
        })
        .await
    }

    /// Agrees to letters by the token of a letter; `false` when the link is used up or too old.
    pub async fn confirm_address(&self, token: Token) -> Result<bool, StoreError> {
        self.write(move |tx| {
            let now = clock::now();
            let sql = "UPDATE addresses SET verified_at = ?2, stopped_at = NULL, confirm_hash = NULL \
                       WHERE confirm_hash = ?1 AND asked_at > ?3";
            Ok(tx.db.execute(sql, params![token.hash(), now, now - CONFIRM_DAYS * 86_400])? > 0)
        })
        .await
    }

    /// Stops letters by the link of a letter; `false` when it is not one of ours.
    pub async fn stop_letters(&self, mark: String, seal: String) -> Result<bool, StoreError> {
        let vault = self.vault();
        let decode = |text: String| Hash::try_from(URL_SAFE_NO_PAD.decode(text).ok()?).ok();
        let (Some(mark), Some(seal)) = (decode(mark), decode(seal)) else { return Ok(false) };
        if vault.blind("stop", &secret::hex(&mark))? != seal {
            return Ok(false);
        }
        self.write(move |tx| {
            tx.db.execute(
                "INSERT INTO addresses (mark, stopped_at) VALUES (?1, ?2) \
                 ON CONFLICT (mark) DO UPDATE SET stopped_at = excluded.stopped_at",
                params![mark, clock::now()],
            )?;
            tx.db.execute("DELETE FROM letters WHERE mark = ?1 AND kind <> 'code'", [mark])?;
            Ok(true)
        })
        .await
    }
}

/// The words of a letter that is leased from now on; `None` when it has no reader any more.
fn write_out(tx: &Tx, row: &Leased, about: Option<&About>, base: &str, now: i64) -> Result<Option<Parcel>, StoreError> {
    let parcel = |to: String, letter: Letter, stop: Option<String>| {
        Ok(Some(Parcel { dedupe: row.dedupe.clone(), lease: now + LEASE, to, letter, stop }))
    };
    if let Some(kind @ (Kind::Code | Kind::PhoneCode)) = row.kind {
        let Some((sealed, wrapped)) = &row.sealed else { return Ok(None) };
        let Some(code) = new_code(tx, kind, &row.mark, now)? else { return Ok(None) };
        let to = tx.vault.unwrap(wrapped)?.open("letter", sealed)?;
        let to = String::from_utf8(to).map_err(|_| StoreError::Column(6))?;
        let by_phone = kind == Kind::PhoneCode;
        let letter =
            if by_phone { letters::short_code(&code, CODE_MINUTES) } else { letters::code(&code, CODE_MINUTES) };
        return parcel(to, letter, None);
    }
    let (Some(About { words, number, status, step }), Some(kind)) = (about, row.kind) else { return Ok(None) };
    let to = words.open(tx.vault)?.contact;
    if Contact::read(&to).mail_mark(tx.vault)? != Some(row.mark) {
        return Ok(None);
    }
    if kind == Kind::Confirm {
        let token = Token::random()?;
        let sql = "UPDATE addresses SET confirm_hash = ?2 WHERE mark = ?1";
        tx.db.execute(sql, params![row.mark, token.hash()])?;
        return parcel(to, letters::confirm(number, &format!("{base}/mail/confirm?t={}", token.text())), None);
    }
    let letter = if kind == Kind::Created {
        letters::created(number)
    } else {
        let (actor, kind, words) = step.clone().unwrap_or_default();
        let state = State::parse(status).unwrap_or(State::New);
        let by_itself = actor == Actor::System.name();
        if by_itself && kind == EventKind::Comment.name() {
            // Whoever has answered meanwhile is reminded of nothing.
            if state != State::WaitingCitizen {
                return Ok(None);
            }
            letters::reminder(number, tx.terms.patience().resolve_days > 0)
        } else {
            letters::news(number, state, words && !by_itself)
        }
    };
    let encode = |hash: &Hash| URL_SAFE_NO_PAD.encode(hash);
    let seal = tx.vault.blind("stop", &secret::hex(&row.mark))?;
    let stop = format!("{base}/mail/stop?m={}&s={}", encode(&row.mark), encode(&seal));
    parcel(to, letters::with_stop(letter, &stop), Some(stop))
}

/// A fresh code for a contact that has tickets, unless it had several in this hour.
fn new_code(tx: &Tx, kind: Kind, mark: &Hash, now: i64) -> Result<Option<String>, StoreError> {
    let known = match kind {
        Kind::PhoneCode => "SELECT 1 FROM tickets WHERE phone_mark = ?1 LIMIT 1",
        _ => "SELECT 1 FROM tickets WHERE contact_mark = ?1 LIMIT 1",
    };
    if !tx.db.exists(known, [mark])? {
        return Ok(None);
    }
    let known: Option<(i64, i64)> =
        tx.db.first("SELECT since, asked FROM codes WHERE mark = ?1", [mark], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (since, asked) = known.filter(|(since, _)| (0..3_600).contains(&(now - since))).unwrap_or((now, 0));
    if asked >= CODES_AN_HOUR {
        return Ok(None);
    }
    let digits = format!("{:08}", secret::random_u64()? % 100_000_000);
    tx.db.execute(
        "INSERT INTO codes (mark, code_hash, expires_at, tries, since, asked) VALUES (?1, ?2, ?3, 0, ?4, ?5) \
         ON CONFLICT (mark) DO UPDATE SET code_hash = ?2, expires_at = ?3, tries = 0, since = ?4, asked = ?5",
        params![mark, code_hash(tx.vault, mark, &digits)?, now + CODE_MINUTES * 60, since, asked + 1],
    )?;
    let (left, right) = digits.split_at(4);
    Ok(Some(format!("{left} {right}")))
}

/// What the database keeps of a code. Eight digits are soon tried by whoever has the database; not without the key.
pub(super) fn code_hash(vault: &Vault, mark: &Hash, digits: &str) -> Result<Hash, StoreError> {
    Ok(vault.blind("code", &format!("{}{digits}", secret::hex(mark)))?)
}
