//! Tickets: made once per key, opened by their own token.

use std::sync::Arc;
use std::time::Duration;

use podskazka::ticket::alarm::{Stage, Timed};
use podskazka::ticket::calendar::{Calendar, OPERATORS};
use podskazka::ticket::sla::{self, Due};
use podskazka::ticket::{Action, Actor, State, allowed, number};
use podskazka::wire::NewTicket;
use podskazka::wire::page::{Deadlines, EventKind, MyTicket, MyTickets, TicketPage};

use super::db::{Row, ToValue as _, Value, params};
use super::events::{self, Entry, TicketRef};
use super::secrets::Words;
use super::{Store, StoreError, Tx, letters, shared, uploads};
use crate::clock;
use crate::contact::Contact;
use crate::limits::Bucket;
use crate::peer::Network;
use crate::routing::Place;
use crate::secret::{self, Hash, Token};
use crate::terms::Terms;
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
    /// What came under the same key before was erased.
    Erased,
    /// The network had its share at all instances together; how long until there is room.
    TooOften(Duration),
    /// The upload at this place of the list is unknown, taken, or named twice.
    NoUpload(usize),
}

/// What the sender keeps.
pub struct Receipt {
    /// As people read it.
    pub number: String,
    pub token: Token,
    pub status: State,
    response: i64,
    resolution: Option<i64>,
    calendar: String,
}

impl Receipt {
    /// The state and the deadlines as they were at the start, also when the receipt is asked for again; only a new weight
    /// moves them.
    pub fn deadlines(&self) -> Deadlines {
        Deadlines {
            first_response: clock::rfc3339(self.response),
            resolution: self.resolution.map(clock::rfc3339),
            paused: false,
            calendar: self.calendar.clone(),
        }
    }
}

impl Store {
    /// Records a ticket once per key, and gives the named files to it.
    pub async fn create_ticket(&self, submission: Submission) -> Result<Created, StoreError> {
        let draft = Draft::new(submission, &self.vault(), self.terms())?;
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
            "SELECT {SHOWN}, status, topic, created_at, response_due, resolution_due, resolution_left, department, version \
             FROM tickets WHERE subject = ?1 {} ORDER BY id DESC LIMIT ?2",
            if before.is_some() { older } else { "" }
        );
        let terms = self.terms();
        self.read(move |db| {
            let mut params = params![subject, MY_PAGE + 1];
            params.extend(before.map(|number| number.to_value()));
            let mut items = db.all(&sql, params, |row| my_ticket(row, &terms))?;
            let page = usize::try_from(MY_PAGE).unwrap_or(0);
            let more = items.len() > page;
            items.truncate(page);
            let next = items.last().filter(|_| more).map(|item| item.number.clone());
            Ok(MyTickets { items, next })
        })
        .await
    }

    /// The number of a ticket as people read it.
    pub async fn shown(&self, ticket: TicketRef) -> Result<String, StoreError> {
        let sql = format!("SELECT {SHOWN} FROM tickets WHERE id = ?1");
        self.read(move |db| db.one(&sql, [ticket.id], |row| row.get(0))).await
    }

    /// What the citizen sees of the ticket.
    pub async fn page(&self, ticket: TicketRef) -> Result<TicketPage, StoreError> {
        let (vault, terms) = (self.vault(), self.terms());
        self.read(move |db| {
            let now = clock::now();
            let sql = format!(
                "SELECT status, topic, created_at, response_due, resolution_due, resolution_left, department, closed_at, \
                 (SELECT {SHOWN} FROM tickets AS other WHERE other.number = tickets.merged_into), {SHOWN} \
                 FROM tickets WHERE id = ?1"
            );
            let (mut page, closed_at) = db.one(&sql, [ticket.id], |row| {
                let status = State::parse(&row.get::<String>(0)?).unwrap_or(State::New);
                let department: String = row.get(6)?;
                let page = TicketPage {
                    number: row.get(9)?,
                    status,
                    status_text: status.words().to_owned(),
                    topic: row.get(1)?,
                    created_at: row.get(2)?,
                    deadlines: deadlines(row, 3, terms.calendar(&department))?,
                    merged_into: row.get(8)?,
                    actions: Vec::new(),
                    events: Vec::new(),
                };
                Ok((page, row.get::<Option<i64>>(7)?))
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

fn my_ticket(row: &mut Row, terms: &Terms) -> Result<MyTicket, StoreError> {
    let status = State::parse(&row.get::<String>(1)?).unwrap_or(State::New);
    let department: String = row.get(7)?;
    Ok(MyTicket {
        number: row.get(0)?,
        status,
        status_text: status.words().to_owned(),
        topic: row.get(2)?,
        created_at: row.get(3)?,
        deadlines: deadlines(row, 4, terms.calendar(&department))?,
        version: u64::try_from(row.get::<i64>(8)?).unwrap_or(0),
    })
}

/// The number as people read it.
pub(super) const SHOWN: &str = "coalesce(shown, number)";

/// Deadlines from three columns: `response_due`, `resolution_due`, `resolution_left`.
pub(super) fn deadlines(row: &mut Row, first: usize, calendar: &Calendar) -> Result<Deadlines, StoreError> {
    let resolution: Option<i64> = row.get(first + 1)?;
    let left: Option<i64> = row.get(first + 2)?;
    Ok(Deadlines {
        first_response: clock::rfc3339(row.get(first)?),
        resolution: resolution.map(clock::rfc3339),
        paused: left.is_some(),
        calendar: calendar.id.to_string(),
    })
}

/// A ticket as it goes into its rows. Made before the writer's turn: sealing, reckoning and letting go of the words hold
/// nobody up.
struct Draft {
    key: String,
    key_hash: Hash,
    request_hash: Hash,
    network: Network,
    uploads: Vec<String>,
    /// The first number that the key gives; another ticket may have it.
    number: (u64, String),
    token: Token,
    token_sealed: Hash,
    now: i64,
    response: i64,
    resolution: Option<i64>,
    department: String,
    terms: Arc<Terms>,
    contact_mark: Option<Hash>,
    /// The ticket's key.
    wrapped: Wrapped,
    /// The ticket's row, all but its number and its key.
    row: Vec<Value>,
}

/// The row of a ticket; last come its number, in two spellings, and its key.
const INSERT: &str = "INSERT INTO tickets (token_hash, topic, code, field, status, created_at, site, form, priority, response_due, \
     resolution_due, secret, subject, contact_mark, phone_mark, department, urgency, impact, alarm_at, number, shown, dek, dek_key) \
     VALUES (?1, ?2, ?3, ?4, 'new', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)";

impl Draft {
    fn new(submission: Submission, vault: &Vault, terms: Arc<Terms>) -> Result<Draft, StoreError> {
        let Submission { ticket, site, place, subject, network, key, request_hash } = submission;
        let now = clock::now();
        let priority = sla::priority(place.urgency, place.impact);
        let calendar = terms.calendar(&place.department);
        let response = calendar.add(now, calendar.target(priority).response).unwrap_or(now);
        let due = Due::start(calendar, now, priority);
        let (resolution, _) = events::due_columns(due);
        let timed = Timed {
            state: State::New,
            priority,
            response: Some(response),
            response_stage: Stage::Early,
            due,
            resolution_stage: Stage::Early,
            waits_since: None,
            reminded_at: None,
        };
        let alarm = timed.next(calendar, terms.patience(), now).map(|(at, _)| at);
        let (ticket_key, wrapped) = vault.ticket_key()?;
        let words = Words::seal(&ticket, &ticket_key)?;
        let key_hash = secret::key_hash(&key);
        let contact = Contact::read(&ticket.contact);
        let contact_mark = contact.mail_mark(vault)?;
        let token = Token::random()?;
        let row = params![
            token.hash(),
            ticket.topic,
            ticket.code,
            ticket.field,
            clock::rfc3339(now),
            site,
            ticket.snapshot.form,
            priority,
            response,
            resolution,
            words,
            subject,
            contact_mark,
            contact.phone_mark(vault)?,
            place.department,
            place.urgency,
            place.impact,
            alarm,
        ];
        Ok(Draft {
            number: draw(vault, &key_hash, 0)?,
            token_sealed: token.seal(&key),
            uploads: ticket.uploads,
            key,
            key_hash,
            request_hash,
            network,
            token,
            now,
            response,
            resolution,
            department: place.department,
            terms,
            contact_mark,
            wrapped,
            row,
        })
    }
}

/// The next number that a key gives, from this draw on, and its draw.
///
/// The number is drawn from the key, under the service's own secret: nobody reckons one from the other, and whoever
/// brings the key again is found by the number. An index of the keys themselves would cost a page in a random place for
/// each ticket.
fn draw(vault: &Vault, key_hash: &Hash, from: u64) -> Result<(u64, String), StoreError> {
    // One draw in seven has no number.
    for draw in from..from + 64 {
        let mark = vault.mark(&[b"number", key_hash, &draw.to_le_bytes()])?;
        let random = mark.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        if let Some(number) = number(random) {
            return Ok((draw, number));
        }
    }
    Err(StoreError::NoNumber)
}

/// A ticket that came under the same key before.
struct Earlier {
    key_hash: Hash,
    request_hash: Hash,
    token_sealed: Hash,
    /// As people read it.
    number: String,
    created_at: String,
    response: i64,
    priority: u8,
    calendar: Option<String>,
    erased: bool,
}

impl Earlier {
    /// `None` for a ticket whose key is forgotten.
    fn read(row: &mut Row) -> Result<Option<Earlier>, StoreError> {
        let Some(key_hash) = row.get(6)? else { return Ok(None) };
        Ok(Some(Earlier {
            key_hash,
            request_hash: row.get(0)?,
            token_sealed: row.get(1)?,
            number: row.get(2)?,
            created_at: row.get(3)?,
            response: row.get(4)?,
            priority: row.get(5)?,
            calendar: row.get(7)?,
            erased: row.get(8)?,
        }))
    }
}

impl Earlier {
    /// What was answered then.
    fn receipt(self, draft: &Draft) -> Receipt {
        let calendar = self.calendar.as_deref().map_or(&OPERATORS, |id| draft.terms.named(id));
        let (resolution, _) =
            events::due_columns(Due::start(calendar, clock::seconds(&self.created_at), self.priority));
        Receipt {
            token: Token::unseal(self.token_sealed, &draft.key),
            number: self.number,
            status: State::New,
            response: self.response,
            resolution,
            calendar: calendar.id.to_string(),
        }
    }
}

const BY_NUMBER: &str = "SELECT request_hash, token_sealed, coalesce(shown, number), tickets.created_at, response_due, \
                         priority, key_hash, calendar, erased_at IS NOT NULL FROM tickets LEFT JOIN idempotency ON ticket_id = id WHERE number = ?1";
const BY_KEY: &str = "SELECT request_hash, token_sealed, coalesce(shown, number), tickets.created_at, response_due, \
                      priority, key_hash, calendar, erased_at IS NOT NULL FROM idempotency JOIN tickets ON ticket_id = id \
                      WHERE NOT drawn AND substr(key_hash, 1, 8) = ?1 AND key_hash = ?2";

/// What the numbers of a key lead to: the ticket that has the key, or the first number that is free.
fn look(tx: &Tx, draft: &Draft) -> Result<Result<Earlier, String>, StoreError> {
    let (mut at, mut number) = draft.number.clone();
    // Two keys that give the same number are one in billions; a third is a broken secret.
    for _ in 0..8 {
        match tx.db.first(BY_NUMBER, [&number], Earlier::read)? {
            None if all_drawn(tx)? => return Ok(Err(number)),
            None => {
                let (short, _) = draft.key_hash.split_at(8);
                let earlier = tx.db.first(BY_KEY, params![short.to_vec(), draft.key_hash], Earlier::read)?;
                return Ok(earlier.flatten().ok_or(number));
            }
            Some(Some(earlier)) if earlier.key_hash == draft.key_hash => return Ok(Ok(earlier)),
            Some(_) => (at, number) = draw(tx.vault, &draft.key_hash, at + 1)?,
        }
    }
    Err(StoreError::NoNumber)
}

/// Whether every key that is still kept is found by the number of its ticket. Tickets of earlier formats have numbers of
/// their own, and over PostgreSQL an instance of the version before may still write some.
fn all_drawn(tx: &Tx) -> Result<bool, StoreError> {
    if !tx.drawn.get() && tx.db.sqlite().is_some() {
        tx.drawn.set(!tx.db.exists("SELECT 1 FROM idempotency WHERE NOT drawn LIMIT 1", params![])?);
    }
    Ok(tx.drawn.get())
}

fn create(tx: &mut Tx, draft: Draft, limit: Bucket) -> Result<Created, StoreError> {
    let number = match look(tx, &draft)? {
        Ok(Earlier { erased: true, .. }) => return Ok(Created::Erased),
        Ok(earlier) if earlier.request_hash != draft.request_hash => return Ok(Created::Mismatch),
        Ok(earlier) => return Ok(Created::Replayed(earlier.receipt(&draft))),
        Err(free) => free,
    };
    if let Err(index) = uploads::claimable(tx, &draft.uploads, "citizen")? {
        return Ok(Created::NoUpload(index));
    }
    if let Some(wait) = shared::take(tx, draft.network, limit, clock::now_ms())? {
        return Ok(Created::TooOften(Duration::from_millis(wait.unsigned_abs())));
    }
    let Draft { now: created, response, resolution, contact_mark, token, .. } = draft;
    let shown = draft.terms.shown(&draft.department, &number);
    let calendar = draft.terms.calendar(&draft.department);
    let mut row = draft.row;
    let wrapped = tx.vault.renew(draft.wrapped)?;
    row.extend([number.to_value(), shown.to_value(), wrapped.bytes.to_value(), wrapped.key.to_value()]);
    let ticket = TicketRef { id: tx.db.insert(INSERT, row)?, number };
    let mut first = Entry::action(Actor::Citizen, Action::Comment, None);
    first.kind = EventKind::Created;
    first.action = None;
    events::insert(tx, &ticket, None, 1, created, &first, Some(State::New))?;
    letters::greet(tx, contact_mark, ticket.id, created)?;
    uploads::give(tx, &draft.uploads, &ticket.number, 1)?;
    tx.db.execute(
        "INSERT INTO idempotency (ticket_id, key_hash, request_hash, token_sealed, created_at, drawn, calendar) \
         VALUES (?1, ?2, ?3, ?4, ?5, TRUE, ?6)",
        params![
            ticket.id,
            draft.key_hash,
            draft.request_hash,
            draft.token_sealed,
            created,
            (calendar != &OPERATORS).then_some(calendar.id.as_ref()),
        ],
    )?;
    let (number, calendar) = (shown.unwrap_or(ticket.number), calendar.id.to_string());
    Ok(Created::New(Receipt { number, token, status: State::New, response, resolution, calendar }))
}
