//! What operators ask of the storage. Every question carries the operator, and SQL holds the departments.

use podskazka::ticket::{Actor, State, allowed};
use podskazka::wire::desk::{Card, Contact, Queue, QueueItem};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::events::{self, TicketRef};
use super::operators::Operator;
use super::{Store, StoreError, secrets, tickets};
use crate::vault::Vault;

/// Columns of a line of the queue, read by [`item`].
const ITEM: &str = "number, status, topic, priority, level, department, assignee, code, form, created_at, \
                    response_due, resolution_due, resolution_left, version";

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
    /// Priority and row of the last line seen.
    pub after: Option<(i64, i64)>,
    pub limit: i64,
}

impl Store {
    /// One page of the queue: by priority, the oldest first within one.
    pub async fn queue(&self, operator: Operator, filter: Filter) -> Result<Queue, StoreError> {
        self.read(move |db| {
            let mut rows = db.prepare_cached(&format!(
                "SELECT {ITEM}, id FROM tickets WHERE (:departments = '' OR instr(:departments, ',' || department || ',')) \
                 AND iif(:status IS NULL, status NOT IN ('closed', 'rejected'), status = :status) \
                 AND (:department IS NULL OR department = :department) \
                 AND (:assignee IS NULL OR assignee = :assignee) \
                 AND (:code IS NULL OR code = :code) AND (:form IS NULL OR form = :form) \
                 AND (:topic IS NULL OR topic = :topic) AND (priority, id) > (:priority, :row) \
                 ORDER BY priority, id LIMIT :limit"
            ))?;
            let (priority, row) = filter.after.unwrap_or((0, 0));
            let mut items = Vec::new();
            let mut last = None;
            let mut found = rows.query(named_params! {
                ":departments": departments(&operator),
                ":status": filter.status.map(State::name),
                ":department": filter.department,
                ":assignee": filter.assignee,
                ":code": filter.code,
                ":form": filter.form,
                ":topic": filter.topic,
                ":priority": priority,
                ":row": row,
                ":limit": filter.limit + 1,
            })?;
            let limit = usize::try_from(filter.limit).unwrap_or(0);
            while let Some(row) = found.next()? {
                if items.len() == limit {
                    return Ok(Queue { items, next: last.map(|(priority, id): (u8, i64)| format!("{priority}.{id}")) });
                }
                let item = item(row)?;
                last = Some((item.priority, row.get(14)?));
                items.push(item);
            }
            Ok(Queue { items, next: None })
        })
        .await
    }

    /// The ticket, if the operator sees its department.
    pub async fn desk_ticket(&self, operator: Operator, number: String) -> Result<Option<TicketRef>, StoreError> {
        self.read(move |db| {
            let id = db
                .prepare_cached(
                    "SELECT id FROM tickets WHERE number = ?1 \
                     AND (?2 = '' OR instr(?2, ',' || department || ','))",
                )?
                .query_row(params![number, departments(&operator)], |row| row.get(0))
                .optional()?;
            Ok(id.map(|id| TicketRef { id, number }))
        })
        .await
    }

    /// The whole ticket, name and contact masked.
    pub async fn card(&self, ticket: TicketRef) -> Result<Card, StoreError> {
        let vault = self.vault();
        self.read(move |db| card(db, &vault, &ticket)).await
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
            Ok(db
                .prepare_cached(
                    "SELECT 1 FROM operators, tickets WHERE operators.name = ?1 AND NOT revoked AND tickets.id = ?2 \
                     AND role <> 'auditor' AND (role = 'admin' OR departments = '' \
                     OR instr(',' || departments || ',', ',' || coalesce(?3, department) || ','))",
                )?
                .exists(params![name, ticket.id, department])?)
        })
        .await
    }
}

/// `,a,b,` for a search, empty for every department.
fn departments(operator: &Operator) -> String {
    if operator.role == super::Role::Admin || operator.departments.is_empty() {
        String::new()
    } else {
        format!(",{},", operator.departments.join(","))
    }
}

fn item(row: &Row) -> Result<QueueItem, StoreError> {
    Ok(QueueItem {
        number: row.get(0)?,
        status: State::parse(&row.get::<_, String>(1)?).unwrap_or(State::New),
        topic: row.get(2)?,
        priority: row.get(3)?,
        level: row.get(4)?,
        department: row.get(5)?,
        assignee: row.get(6)?,
        code: row.get(7)?,
        form: row.get(8)?,
        created_at: row.get(9)?,
        deadlines: tickets::deadlines(row, 10)?,
        version: u64::try_from(row.get::<_, i64>(13)?).unwrap_or(0),
    })
}

fn card(db: &Connection, vault: &Vault, ticket: &TicketRef) -> Result<Card, StoreError> {
    let mut rows = db.prepare_cached(&format!("SELECT {ITEM}, field FROM tickets WHERE id = ?1"))?;
    let mut found = rows.query([ticket.id])?;
    let row = found.next()?.ok_or(StoreError::Stopped)?;
    let item = item(row)?;
    let words = secrets::words(db, vault, ticket.id)?;
    Ok(Card {
        actions: allowed(item.status, Actor::Operator, 0),
        item,
        name: podskazka::privacy::shape(&words.name),
        contact: podskazka::privacy::shape(&words.contact),
        text: words.text,
        field: row.get(14)?,
        snapshot: words.snapshot,
        client: words.client,
        events: events::after(db, vault, ticket, 0, true)?,
    })
}
