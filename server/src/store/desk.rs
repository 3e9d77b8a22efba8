//! What operators ask of the storage. Every question carries the operator, and SQL holds the departments.

use super::db::{Db, Row, params};
use super::events::{self, TicketRef};
use super::operators::Operator;
use super::{Store, StoreError, alarms, secrets, tickets};
use crate::terms::Terms;
use crate::vault::Vault;
use podskazka::ticket::alarm::Stage;
use podskazka::ticket::story::{self, Told};
use podskazka::ticket::{Actor, State, allowed};
use podskazka::wire::desk::{Card, Contact, Queue, QueueItem};

/// Columns of a line of the queue, read by [`item`].
const ITEM: &str = "coalesce(shown, number), status, topic, priority, level, assignee, code, form, created_at, \
                    response_due, resolution_due, resolution_left, department, version, urgency, impact, response_stage, \
                    resolution_stage";
/// Columns of [`ITEM`].
const COLUMNS: usize = 18;

/// What the queue is narrowed to; `None` means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Without it, everything that has not ended.
    pub status: Option<State>,
    pub department: Option<String>,
    pub assignee: Option<String>,
    pub code: Option<String>,
    pub form: Option<String>,
    pub topic: Option<String>,
    /// The nearer of the two deadlines is at this stage.
    pub deadline: Option<Stage>,
    /// Priority and row of the last line seen.
    pub after: Option<(i64, i64)>,
    pub limit: i64,
}

/// Whether the operator sees the department of the row: `?1` is [`departments`].
pub(super) const SEEN: &str = "(?1 = '' OR replace(?1, ',' || department || ',', '') <> ?1)";

impl Store {
    /// One page of the queue: by priority, the oldest first within one.
    pub async fn queue(&self, operator: Operator, filter: Filter) -> Result<Queue, StoreError> {
        let sql = format!(
            "SELECT {ITEM}, id FROM tickets WHERE {SEEN} \
             AND (?2 = status OR (CAST(?2 AS TEXT) IS NULL AND status NOT IN ('closed', 'rejected', 'merged', 'erased'))) \
             AND (CAST(?3 AS TEXT) IS NULL OR department = ?3) AND (CAST(?4 AS TEXT) IS NULL OR assignee = ?4) \
             AND (CAST(?5 AS TEXT) IS NULL OR code = ?5) AND (CAST(?6 AS TEXT) IS NULL OR form = ?6) AND (CAST(?7 AS TEXT) IS NULL OR topic = ?7) \
             AND (CAST(?8 AS BIGINT) IS NULL OR ?8 = CASE WHEN response_stage > resolution_stage THEN response_stage \
             ELSE resolution_stage END) AND (priority, id) > (?9, ?10) ORDER BY priority, id LIMIT ?11"
        );
        let (priority, row) = filter.after.unwrap_or((0, 0));
        let params = params![
            departments(&operator),
            filter.status.map(State::name),
            filter.department,
            filter.assignee,
            filter.code,
            filter.form,
            filter.topic,
            filter.deadline.map(|stage| stage as u8),
            priority,
            row,
            filter.limit + 1,
        ];
        let limit = usize::try_from(filter.limit).unwrap_or(0);
        let terms = self.terms();
        self.read(move |db| {
            let mut rows = db.all(&sql, params, |row| Ok((item(row, &terms)?, row.get::<i64>(COLUMNS)?)))?;
            let more = rows.len() > limit;
            rows.truncate(limit);
            let next = rows.last().filter(|_| more).map(|(item, id)| format!("{}.{id}", item.priority));
            Ok(Queue { items: rows.into_iter().map(|(item, _)| item).collect(), next })
        })
        .await
    }

    /// The ticket, if the operator sees its department.
    pub async fn desk_ticket(&self, operator: Operator, number: String) -> Result<Option<TicketRef>, StoreError> {
        self.read(move |db| {
            let sql = format!("SELECT id FROM tickets WHERE number = ?2 AND {SEEN}");
            let id = db.first(&sql, params![departments(&operator), number], |row| row.get(0))?;
            Ok(id.map(|id| TicketRef { id, number }))
        })
        .await
    }

    /// The ticket, if the operator has given it to another department under this key. It lets the same request be
    /// answered again, and nothing else be done.
    pub async fn given_away(&self, name: String, number: String, key: &str) -> Result<Option<TicketRef>, StoreError> {
        let key_hash = events::replay_key(&number, key);
        self.read(move |db| {
            let sql = "SELECT id FROM replays JOIN events ON events.ticket_id = replays.ticket_id \
                       AND events.seq = replays.seq JOIN tickets ON tickets.id = replays.ticket_id \
                       WHERE key_hash = ?1 AND number = ?2 AND author = ?3 AND action IN ('transfer', 'assign', 'escalate')";
            let id = db.first(sql, params![key_hash, number, name], |row| row.get(0))?;
            Ok(id.map(|id| TicketRef { id, number }))
        })
        .await
    }

    /// The whole ticket, name and contact masked.
    pub async fn card(&self, ticket: TicketRef) -> Result<Card, StoreError> {
        let (vault, terms) = (self.vault(), self.terms());
        self.read(move |db| card(db, &vault, &terms, &ticket)).await
    }

    /// Name and contact in clear; the caller has written into the history why.
    pub async fn contact(&self, ticket: TicketRef) -> Result<Contact, StoreError> {
        let vault = self.vault();
        self.read(move |db| {
            let words = secrets::words(db, &vault, ticket.id)?;
            Ok(Contact { name: words.name, contact: words.contact })
        })
        .await
    }

    /// Whether there is an operator of this name who sees the department (the present one of the ticket for `None`).
    pub async fn can_take(
        &self,
        ticket: TicketRef,
        name: String,
        department: Option<String>,
    ) -> Result<bool, StoreError> {
        self.read(move |db| {
            let sql = "SELECT 1 FROM operators, tickets WHERE operators.name = ?1 AND NOT revoked AND tickets.id = ?2 \
                       AND role <> 'auditor' AND (role = 'admin' OR departments = '' OR replace(',' || departments || ',', \
                       ',' || coalesce(?3, department) || ',', '') <> ',' || departments || ',')";
            db.exists(sql, params![name, ticket.id, department])
        })
        .await
    }
}

/// `,a,b,` for a search, empty for every department.
pub(super) fn departments(operator: &Operator) -> String {
    if operator.role == super::Role::Admin || operator.departments.is_empty() {
        String::new()
    } else {
        format!(",{},", operator.departments.join(","))
    }
}

fn item(row: &mut Row, terms: &Terms) -> Result<QueueItem, StoreError> {
    let stage = alarms::stage(row, 16)?.max(alarms::stage(row, 17)?);
    let department: String = row.get(12)?;
    let deadlines = tickets::deadlines(row, 9, terms.calendar(&department))?;
    Ok(QueueItem {
        number: row.get(0)?,
        status: State::parse(&row.get::<String>(1)?).unwrap_or(State::New),
        topic: row.get(2)?,
        priority: row.get(3)?,
        urgency: row.get(14)?,
        impact: row.get(15)?,
        level: row.get(4)?,
        department,
        assignee: row.get(5)?,
        code: row.get(6)?,
        form: row.get(7)?,
        created_at: row.get(8)?,
        deadlines,
        deadline: (stage != Stage::Early).then(|| stage.name().to_owned()),
        version: u64::try_from(row.get::<i64>(13)?).unwrap_or(0),
    })
}

fn card(db: &Db, vault: &Vault, terms: &Terms, ticket: &TicketRef) -> Result<Card, StoreError> {
    let sql = format!("SELECT {ITEM}, field, merged_into FROM tickets WHERE id = ?1");
    let (item, field, merged_into) =
        db.one(&sql, [ticket.id], |row| Ok((item(row, terms)?, row.get(COLUMNS)?, row.get(COLUMNS + 1)?)))?;
    let links =
        "SELECT coalesce(shown, number) FROM links JOIN tickets ON id = other_id WHERE ticket_id = ?1 ORDER BY id";
    let words = secrets::words(db, vault, ticket.id)?;
    let field: Option<String> = field;
    let events = events::after(db, vault, ticket, 0, true)?;
    let story = story::story(&Told {
        topic: &item.topic,
        code: item.code.as_deref(),
        field: field.as_deref(),
        text: &words.text,
        files: events.first().map_or(0, |event| event.files.len()),
        snapshot: &words.snapshot,
        client: &words.client,
        tried: words.tried.as_ref(),
    });
    Ok(Card {
        actions: allowed(item.status, Actor::Operator, 0),
        item,
        story,
        name: podskazka::privacy::shape(&words.name),
        contact: podskazka::privacy::shape(&words.contact),
        text: words.text,
        field,
        snapshot: words.snapshot,
        client: words.client,
        tried: words.tried,
        consent: words.consent,
        links: db.all(links, [ticket.id], |row| row.get(0))?,
        merged_into,
        events,
    })
}
