//! Tickets: made once per key, opened by their own token.

use podskazka::ticket::calendar::OPERATORS;
use podskazka::ticket::sla::{self, Due};
use podskazka::ticket::{Actor, State, allowed, number};
use podskazka::wire::NewTicket;
use podskazka::wire::page::{Deadlines, EventKind, TicketPage};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::events::{self, Entry, TicketRef};
use super::secrets::Words;
use super::{Store, StoreError, Tx, uploads};
use crate::clock;
use crate::secret::{self, Hash, Token};

/// A ticket that passed the rules, with the key it came under.
pub struct Submission {
    pub ticket: NewTicket,
    /// Site key it came with; empty where none.
    pub site: String,
    /// `Idempotency-Key` of the sender.
    pub key: String,
    /// SHA-256 of the request body.
    pub request_hash: Hash,
}

/// What became of a submission.
pub enum Created {
    New(Receipt),
    /// The same key and body came before.
    Replayed(Receipt),
    /// The same key came before with another body.
    Mismatch,
    /// The upload at this place of the list is unknown, taken, or named twice.
    NoUpload(usize),
}

/// What the sender keeps.
pub struct Receipt {
    pub number: String,
    pub token: Token,
    pub status: State,
    pub deadlines: Deadlines,
}

impl Store {
    /// Records a ticket once per key, and gives the named files to it.
    pub async fn create_ticket(&self, submission: Submission) -> Result<Created, StoreError> {
        self.write(move |tx| create(tx, submission)).await
    }

    /// The ticket, if the token is its own.
    pub async fn open_ticket(&self, number: String, token: &Token) -> Result<Option<TicketRef>, StoreError> {
        let token_hash = token.hash();
        self.read(move |db| {
            let id = db
                .prepare_cached("SELECT id FROM tickets WHERE number = ?1 AND token_hash = ?2")?
                .query_row(params![number, token_hash], |row| row.get(0))
                .optional()?;
            Ok(id.map(|id| TicketRef { id, number }))
        })
        .await
    }

    /// What the citizen sees of the ticket.
    pub async fn page(&self, ticket: TicketRef) -> Result<TicketPage, StoreError> {
        let vault = self.vault();
        self.read(move |db| {
            let now = clock::now();
            let (mut page, closed_at) = db
                .prepare_cached(
                    "SELECT status, topic, created_at, response_due, resolution_due, resolution_left, closed_at \
                     FROM tickets WHERE id = ?1",
                )?
                .query_row([ticket.id], |row| {
                    let status = State::parse(&row.get::<_, String>(0)?).unwrap_or(State::New);
                    let page = TicketPage {
                        number: ticket.number.clone(),
                        status,
                        status_text: status.words().to_owned(),
                        topic: row.get(1)?,
                        created_at: row.get(2)?,
                        deadlines: deadlines(row, 3)?,
                        actions: Vec::new(),
                        events: Vec::new(),
                    };
                    Ok((page, row.get::<_, Option<i64>>(6)?))
                })?;
            let closed_days = closed_at.map_or(0, |closed| (now - closed).div_euclid(86_400));
            page.actions = allowed(page.status, Actor::Citizen, u32::try_from(closed_days).unwrap_or(0));
            page.events = events::after(db, &vault, &ticket, 0, false)?;
            Ok(page)
        })
        .await
    }
}

/// Deadlines from three columns: `response_due`, `resolution_due`, `resolution_left`.
pub(super) fn deadlines(row: &Row, first: usize) -> rusqlite::Result<Deadlines> {
    let resolution: Option<i64> = row.get(first + 1)?;
    let left: Option<i64> = row.get(first + 2)?;
    Ok(Deadlines {
        first_response: clock::rfc3339(row.get(first)?),
        resolution: resolution.map(clock::rfc3339),
        paused: left.is_some(),
        calendar: OPERATORS.id.to_owned(),
    })
}

fn create(tx: &mut Tx, submission: Submission) -> Result<Created, StoreError> {
    let key_hash = secret::key_hash(&submission.key);
    let earlier: Option<(Hash, String, Hash)> = tx
        .db
        .prepare_cached("SELECT request_hash, ticket_number, token_sealed FROM idempotency WHERE key_hash = ?1")?
        .query_row([key_hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((request_hash, number, sealed)) = earlier {
        if request_hash != submission.request_hash {
            return Ok(Created::Mismatch);
        }
        let token = Token::unseal(sealed, &submission.key);
        return Ok(Created::Replayed(receipt(tx.db, number, token)?));
    }
    let number = free_number(tx.db)?;
    if let Err(index) = uploads::claimable(tx, &submission.ticket.uploads, "citizen")? {
        return Ok(Created::NoUpload(index));
    }
    let token = Token::random()?;
    insert(tx, &submission, &number, token.hash())?;
    uploads::give(tx, &submission.ticket.uploads, &number, 1)?;
    tx.db
        .prepare_cached(
            "INSERT INTO idempotency (key_hash, request_hash, ticket_number, token_sealed, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![key_hash, submission.request_hash, number, token.seal(&submission.key), clock::now()])?;
    Ok(Created::New(receipt(tx.db, number, token)?))
}

/// The receipt tells the state and the deadlines as they were at the start, also when it is asked for again.
fn receipt(db: &Connection, number: String, token: Token) -> Result<Receipt, StoreError> {
    let deadlines = db
        .prepare_cached("SELECT response_due, created_at, priority FROM tickets WHERE number = ?1")?
        .query_row([&number], |row| {
            let created: String = row.get(1)?;
            let resolution = match Due::start(&OPERATORS, clock::seconds(&created), row.get(2)?) {
                Due::At(at) => Some(clock::rfc3339(at)),
                Due::Left(_) | Due::Done => None,
            };
            let first_response = clock::rfc3339(row.get(0)?);
            Ok(Deadlines { first_response, resolution, paused: false, calendar: OPERATORS.id.to_owned() })
        })?;
    Ok(Receipt { number, token, status: State::New, deadlines })
}

fn insert(tx: &Tx, submission: &Submission, number: &str, token_hash: Hash) -> Result<(), StoreError> {
    let ticket = &submission.ticket;
    let now = clock::now();
    let priority = sla::priority_of_topic(&ticket.topic);
    let response = OPERATORS.add(now, sla::target(priority).response).unwrap_or(now);
    let (resolution, _) = events::due_columns(Due::start(&OPERATORS, now, priority));
    let (key, wrapped) = tx.vault.ticket_key()?;
    let words = Words {
        text: ticket.text.clone(),
        name: ticket.name.clone(),
        contact: ticket.contact.clone(),
        snapshot: ticket.snapshot.clone(),
        client: ticket.client.clone(),
    };
    tx.db
        .prepare_cached(
            "INSERT INTO tickets (number, token_hash, topic, text, name, contact, code, field, snapshot, client, status, \
             created_at, site, form, priority, response_due, resolution_due, secret, dek, dek_key) VALUES (:number, \
             :token_hash, :topic, '', '', '', :code, :field, '{}', '{}', 'new', :created_at, :site, :form, :priority, \
             :response, :resolution, :secret, :dek, :dek_key)",
        )?
        .execute(named_params! {
            ":number": number,
            ":token_hash": token_hash,
            ":topic": ticket.topic,
            ":code": ticket.code,
            ":field": ticket.field,
            ":created_at": clock::rfc3339(now),
            ":site": submission.site,
            ":form": ticket.snapshot.form,
            ":priority": priority,
            ":response": response,
            ":resolution": resolution,
            ":secret": words.seal(&key)?,
            ":dek": wrapped.bytes,
            ":dek_key": wrapped.key,
        })?;
    let at = TicketRef { id: tx.db.last_insert_rowid(), number: number.to_owned() };
    let mut first = Entry::action(Actor::Citizen, podskazka::ticket::Action::Comment, Some(ticket.text.clone()));
    first.kind = EventKind::Created;
    first.action = None;
    events::insert(tx, &at, Some(&key), 1, now, &first, Some(State::New))
}

fn free_number(db: &Connection) -> Result<String, StoreError> {
    // One draw in seven has no number, and a taken one is rarer than a broken random source.
    for _ in 0..64 {
        let Some(number) = number(secret::random_u64()?) else { continue };
        if !db.prepare_cached("SELECT 1 FROM tickets WHERE number = ?1")?.exists([&number])? {
            return Ok(number);
        }
    }
    Err(StoreError::NoNumber)
}
