//! Tickets: made once per key, opened by their own token.

use std::time::Duration;

use podskazka::ticket::calendar::OPERATORS;
use podskazka::ticket::sla::{self, Due};
use podskazka::ticket::{Action, Actor, State, allowed, number};
use podskazka::wire::NewTicket;
use podskazka::wire::page::{Deadlines, EventKind, MyTicket, MyTickets, TicketPage};

use super::db::{Db, Row, ToValue as _, params};
use super::events::{self, Entry, TicketRef};
use super::secrets::Words;
use super::{Store, StoreError, Tx, letters, shared, uploads};
use crate::clock;
use crate::limits::Bucket;
use crate::peer::Network;
use crate::routing::Place;
use crate::secret::{self, Hash, Token};
use crate::vault::{Vault, Wrapped};

/// A ticket that passed the rules, with the key it came under.
pub struct Submission {
    pub ticket: NewTicket,
    /// Site key it came with; empty where none.
    pub site: String,
    /// Where it goes first, and how it weighs.
    pub place: Place,
    /// Mark of the portal's name for the citizen.
    pub subject: Option<Hash>,
    /// Network that it came from.
    pub network: Network,
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
    /// The network had its share at all instances together; how long until there is room.
    TooOften(Duration),
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
        let draft = Draft::new(submission, &self.vault())?;
        let limit = self.ticket_limit();
        self.write_checked(move |tx| create(tx, draft, limit)).await
    }

    /// The ticket, if the token is its own; under the key of a site, only one of that site.
    pub async fn open_ticket(
        &self,
        number: String,
        token: &Token,
        site: String,
    ) -> Result<Option<TicketRef>, StoreError> {
        let token_hash = token.hash();
        self.read(move |db| {
            let sql = "SELECT id FROM tickets WHERE number = ?1 AND (token_hash = ?2 OR id IN \
                       (SELECT ticket_id FROM track_tokens WHERE token_hash = ?2 AND expires_at > ?3)) \
                       AND (?4 IN ('', site) OR site = '')";
            let id = db.first(sql, params![number, token_hash, clock::now(), site], |row| row.get(0))?;
            Ok(id.map(|id| TicketRef { id, number }))
        })
        .await
    }

    /// A mark of the text under the service's own key.
    pub fn blind(&self, label: &str, text: &str) -> Result<Hash, StoreError> {
        Ok(self.vault().blind(label, text)?)
    }

    /// Counts a work that was shown; `false` when it was shown before.
    pub async fn use_challenge(&self, id: Hash, expires: i64) -> Result<bool, StoreError> {
        self.write(move |tx| {
            let sql = "INSERT INTO used_challenges (id, expires_at) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING";
            Ok(tx.db.execute(sql, params![id, expires])? == 1)
        })
        .await
    }

    /// The mark of the portal's name for a citizen.
    pub fn subject(&self, site: &str, name: &str) -> Result<Hash, StoreError> {
        Ok(self.vault().blind("subject", &format!("{site}\n{name}"))?)
    }

    /// The ticket, if it is the subject's own.
    pub async fn subject_ticket(&self, number: String, subject: Hash) -> Result<Option<TicketRef>, StoreError> {
        self.read(move |db| {
            let sql = "SELECT id FROM tickets WHERE number = ?1 AND subject = ?2";
            let id = db.first(sql, params![number, subject], |row| row.get(0))?;
            Ok(id.map(|id| TicketRef { id, number }))
        })
        .await
    }

    /// Tickets of a subject, the newest first, older than the one named.
    pub async fn subject_tickets(&self, subject: Hash, before: Option<String>) -> Result<MyTickets, StoreError> {
        let older = "AND id < (SELECT id FROM tickets WHERE number = ?3 AND subject = ?1)";
        let sql = format!(
            "SELECT number, status, topic, created_at, response_due, resolution_due, resolution_left, version \
             FROM tickets WHERE subject = ?1 {} ORDER BY id DESC LIMIT ?2",
            if before.is_some() { older } else { "" }
        );
        self.read(move |db| {
            let mut params = params![subject, MY_PAGE + 1];
            params.extend(before.map(|number| number.to_value()));
            let mut items = db.all(&sql, params, my_ticket)?;
            let page = usize::try_from(MY_PAGE).unwrap_or(0);
            let more = items.len() > page;
            items.truncate(page);
            let next = items.last().filter(|_| more).map(|item| item.number.clone());
            Ok(MyTickets { items, next })
        })
        .await
    }

    /// What the citizen sees of the ticket.
    pub async fn page(&self, ticket: TicketRef) -> Result<TicketPage, StoreError> {
        let vault = self.vault();
        self.read(move |db| {
            let now = clock::now();
            let sql = "SELECT status, topic, created_at, response_due, resolution_due, resolution_left, closed_at, merged_into \
                       FROM tickets WHERE id = ?1";
            let (mut page, closed_at) = db.one(sql, [ticket.id], |row| {
                let status = State::parse(&row.get::<String>(0)?).unwrap_or(State::New);
                let page = TicketPage {
                    number: ticket.number.clone(),
                    status,
                    status_text: status.words().to_owned(),
                    topic: row.get(1)?,
                    created_at: row.get(2)?,
                    deadlines: deadlines(row, 3)?,
                    merged_into: row.get(7)?,
                    actions: Vec::new(),
                    events: Vec::new(),
                };
                Ok((page, row.get::<Option<i64>>(6)?))
            })?;
            let closed_days = closed_at.map_or(0, |closed| (now - closed).div_euclid(86_400));
            page.actions = allowed(page.status, Actor::Citizen, u32::try_from(closed_days).unwrap_or(0));
            if events::rated(db, ticket.id)? {
                page.actions.retain(|action| *action != Action::Rate);
            }
            page.events = events::after(db, &vault, &ticket, 0, false)?;
            Ok(page)
        })
        .await
    }
}

/// Tickets of one page of «my tickets».
const MY_PAGE: i64 = 50;

fn my_ticket(row: &mut Row) -> Result<MyTicket, StoreError> {
    let status = State::parse(&row.get::<String>(1)?).unwrap_or(State::New);
    Ok(MyTicket {
        number: row.get(0)?,
        status,
        status_text: status.words().to_owned(),
        topic: row.get(2)?,
        created_at: row.get(3)?,
        deadlines: deadlines(row, 4)?,
        version: u64::try_from(row.get::<i64>(7)?).unwrap_or(0),
    })
}

/// Deadlines from three columns: `response_due`, `resolution_due`, `resolution_left`.
pub(super) fn deadlines(row: &mut Row, first: usize) -> Result<Deadlines, StoreError> {
    let resolution: Option<i64> = row.get(first + 1)?;
    let left: Option<i64> = row.get(first + 2)?;
    Ok(Deadlines {
        first_response: clock::rfc3339(row.get(first)?),
        resolution: resolution.map(clock::rfc3339),
        paused: left.is_some(),
        calendar: OPERATORS.id.to_owned(),
    })
}

/// A ticket as it goes into its rows. Made before the writer's turn: sealing and reckoning hold nobody up.
struct Draft {
    submission: Submission,
    key_hash: Hash,
    token: Token,
    now: i64,
    priority: u8,
    response: i64,
    resolution: Option<i64>,
    contact_mark: Option<Hash>,
    wrapped: Wrapped,
    words: Vec<u8>,
}

impl Draft {
    fn new(submission: Submission, vault: &Vault) -> Result<Draft, StoreError> {
        let ticket = &submission.ticket;
        let now = clock::now();
        let priority = sla::priority(submission.place.urgency, submission.place.impact);
        let response = OPERATORS.add(now, sla::target(priority).response).unwrap_or(now);
        let (resolution, _) = events::due_columns(Due::start(&OPERATORS, now, priority));
        let (key, wrapped) = vault.ticket_key()?;
        let words = Words {
            text: ticket.text.clone(),
            name: ticket.name.clone(),
            contact: ticket.contact.clone(),
            snapshot: ticket.snapshot.clone(),
            client: ticket.client.clone(),
        };
        let (words, token) = (words.seal(&key)?, Token::random()?);
        let key_hash = secret::key_hash(&submission.key);
        let contact_mark = letters::mark(vault, &ticket.contact)?;
        Ok(Draft { submission, key_hash, token, now, priority, response, resolution, contact_mark, wrapped, words })
    }
}

fn create(tx: &mut Tx, draft: Draft, limit: Bucket) -> Result<Created, StoreError> {
    let Submission { ticket, key, network, request_hash, .. } = &draft.submission;
    let find = "SELECT request_hash, ticket_id, token_sealed FROM idempotency \
                WHERE substr(key_hash, 1, 8) = ?1 AND key_hash = ?2";
    let (short, _) = draft.key_hash.split_at(8);
    let earlier: Option<(Hash, i64, Hash)> = tx
        .db
        .first(find, params![short.to_vec(), draft.key_hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if let Some((hash, id, sealed)) = earlier {
        if hash != *request_hash {
            return Ok(Created::Mismatch);
        }
        return Ok(Created::Replayed(receipt_again(tx.db, id, Token::unseal(sealed, key))?));
    }
    if let Err(index) = uploads::claimable(tx, &ticket.uploads, "citizen")? {
        return Ok(Created::NoUpload(index));
    }
    if let Some(wait) = shared::take(tx, *network, limit, clock::now_ms())? {
        return Ok(Created::TooOften(Duration::from_millis(wait.unsigned_abs())));
    }
    let TicketRef { id, number } = insert(tx, &draft)?;
    uploads::give(tx, &ticket.uploads, &number, 1)?;
    tx.db.execute(
        "INSERT INTO idempotency (ticket_id, key_hash, request_hash, token_sealed, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, draft.key_hash, request_hash, draft.token.seal(key), draft.now],
    )?;
    Ok(Created::New(receipt(number, draft.token, draft.now, draft.response, draft.priority)))
}

/// The receipt tells the state and the deadlines as they were at the start, also when it is asked for again; only a new
/// weight moves them.
fn receipt(number: String, token: Token, created: i64, response: i64, priority: u8) -> Receipt {
    let resolution = match Due::start(&OPERATORS, created, priority) {
        Due::At(at) => Some(clock::rfc3339(at)),
        Due::Left(_) | Due::Done => None,
    };
    let first_response = clock::rfc3339(response);
    let deadlines = Deadlines { first_response, resolution, paused: false, calendar: OPERATORS.id.to_owned() };
    Receipt { number, token, status: State::New, deadlines }
}

fn receipt_again(db: &Db, id: i64, token: Token) -> Result<Receipt, StoreError> {
    let sql = "SELECT number, created_at, response_due, priority FROM tickets WHERE id = ?1";
    db.one(sql, [id], |row| {
        let created = clock::seconds(&row.get::<String>(1)?);
        Ok(receipt(row.get(0)?, token.clone(), created, row.get(2)?, row.get(3)?))
    })
}

fn insert(tx: &mut Tx, draft: &Draft) -> Result<TicketRef, StoreError> {
    let at = insert_row(tx.db, draft)?;
    let mut first = Entry::action(Actor::Citizen, Action::Comment, None);
    first.kind = EventKind::Created;
    first.action = None;
    events::insert(tx, &at, None, 1, draft.now, &first, Some(State::New))?;
    letters::greet(tx, draft.contact_mark, at.id, draft.now)?;
    Ok(at)
}

/// The ticket's row under a number that no other has.
fn insert_row(db: &Db, draft: &Draft) -> Result<TicketRef, StoreError> {
    let Submission { ticket, site, subject, place, .. } = &draft.submission;
    // One draw in seven has no number, and a taken one is rarer than a broken random source.
    for _ in 0..64 {
        let Some(number) = number(secret::random_u64()?) else { continue };
        let id = db.first(
            "INSERT INTO tickets (number, token_hash, topic, code, field, status, created_at, site, form, priority, \
         response_due, resolution_due, secret, dek, dek_key, subject, contact_mark, department, urgency, impact) \
         VALUES (?1, ?2, ?3, ?4, ?5, 'new', ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) \
         ON CONFLICT (number) DO NOTHING RETURNING id",
            params![
                number,
                draft.token.hash(),
                ticket.topic,
                ticket.code,
                ticket.field,
                clock::rfc3339(draft.now),
                site,
                ticket.snapshot.form,
                draft.priority,
                draft.response,
                draft.resolution,
                draft.words,
                draft.wrapped.bytes,
                draft.wrapped.key,
                subject,
                draft.contact_mark,
                place.department,
                place.urgency,
                place.impact,
            ],
            |row| row.get(0),
        )?;
        if let Some(id) = id {
            return Ok(TicketRef { id, number });
        }
    }
    Err(StoreError::NoNumber)
}
