//! The operators' part: queue, card, comment, step, assignment, contact.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use podskazka::ticket::alarm::Stage;
use podskazka::ticket::{Action, Actor, State as TicketState, check_comment, check_words};
use podskazka::wire::desk::{Assignment, Card, Contact, DeskComment, OperatorView, Queue, Unmask, Visibility};
use podskazka::wire::page::{EventKind, NewAction, TicketEvent};
use podskazka::wire::{Problem, UploadReceipt};
use serde::Deserialize;
use utoipa::IntoParams;

use super::comments::answer;
use super::document::Octets;
use super::faults::{department, fault, fine, reasoned};
use super::{files, uploads};
use crate::app::App;
use crate::error::ApiError;
use crate::input::{Desk, FileId, Raw, Submitted, bad_query};
use crate::store::{Entry, Filter, Operator, Scope, Written};

/// Most lines of one page of the queue.
const MAX_PAGE: i64 = 100;

/// Tell whose token this is.
#[utoipa::path(get, path = "/v1/desk/me", tag = "desk", security(("operator" = [])),
    responses((status = 200, body = OperatorView)))]
pub async fn show_me(operator: Operator) -> Json<OperatorView> {
    Json(OperatorView {
        role: operator.role.name().to_owned(),
        scopes: operator.role.scopes().iter().map(|scope| scope.name().to_owned()).collect(),
        name: operator.name,
        departments: operator.departments,
    })
}

/// What the queue is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// State; without it, everything that has not ended.
    status: Option<TicketState>,
    department: Option<String>,
    assignee: Option<String>,
    /// Error code that the citizen met.
    code: Option<String>,
    form: Option<String>,
    topic: Option<String>,
    /// `soon`: little of a deadline's time is left; `late`: one has passed.
    deadline: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Lines, 1 to 100; 50 without it.
    limit: Option<u8>,
}

/// List tickets, the most urgent first.
#[utoipa::path(get, path = "/v1/desk/tickets", tag = "desk", security(("operator" = [])), params(QueueQuery),
    responses((status = 200, body = Queue), (status = 400, body = Problem)))]
pub async fn list_tickets(
    State(app): State<App>,
    operator: Operator,
    query: Result<Query<QueueQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Queue>, ApiError> {
    operator.require(Scope::Read)?;
    let Query(query) =
        query.map_err(|_| bad_query("", "status, department, assignee, code, form, topic, deadline, cursor, limit"))?;
    let after = match query.cursor {
        None => None,
        Some(cursor) => Some(read_cursor(&cursor).ok_or_else(|| bad_query("cursor", "`next` прошлой страницы"))?),
    };
    let deadline = match query.deadline.as_deref() {
        None => None,
        Some("soon") => Some(Stage::Soon),
        Some("late") => Some(Stage::Late),
        Some(_) => return Err(bad_query("deadline", "soon или late")),
    };
    let limit = i64::from(query.limit.unwrap_or(50)).clamp(1, MAX_PAGE);
    let filter = Filter {
        status: query.status,
        department: query.department,
        assignee: query.assignee,
        code: query.code,
        form: query.form,
        topic: query.topic,
        deadline,
        after,
        limit,
    };
    Ok(Json(app.store().queue(operator, filter).await?))
}

/// Priority and row of the last line of a page.
pub(crate) fn read_cursor(cursor: &str) -> Option<(i64, i64)> {
    let (priority, row) = cursor.split_once('.')?;
    Some((priority.parse().ok()?, row.parse().ok()?))
}

/// Show the whole ticket; name and contact are masked.
#[utoipa::path(get, path = "/v1/desk/tickets/{number}", tag = "desk", security(("operator" = [])),
    params(("number" = String, Path)),
    responses((status = 200, body = Card), (status = 404, body = Problem)))]
pub async fn show_card(State(app): State<App>, desk: Desk) -> Result<Json<Card>, ApiError> {
    desk.operator.require(Scope::Read)?;
    Ok(Json(app.store().card(desk.ticket).await?))
}

/// Write to the citizen, or among operators.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/comments", tag = "desk", security(("operator" = [])),
    request_body = DeskComment,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create_comment(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<DeskComment>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    fine(check_comment(&value.text, &value.uploads))?;
    let public = value.visibility == Visibility::Public;
    let mut entry = by(&desk, &headers, None, Some(value.text))?;
    entry.kind = if public { EventKind::Comment } else { EventKind::Note };
    entry.public = public;
    entry.uploads = value.uploads;
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Move the ticket: take, ask, wait, resume, escalate, resolve, reject.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/transition", tag = "desk", security(("operator" = [])),
    request_body = NewAction,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn create_transition(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<NewAction>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    let mut faults = check_words(value.text.as_deref(), value.action.needs_text());
    let apart = [Action::Assign, Action::Transfer, Action::Triage, Action::Merge];
    if apart.contains(&value.action) {
        let message = format!("Это идёт отдельным запросом: …/{}.", value.action.name());
        faults.push(fault("/action", "unknown", &message));
    }
    fine(faults)?;
    let mut entry = by(&desk, &headers, Some(value.action), value.text)?;
    if value.action == Action::Take {
        entry.assignee = Some(desk.operator.name.clone());
    }
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Give the ticket to a department, to a person, or to both.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/assign", tag = "desk", security(("operator" = [])),
    request_body = Assignment,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn create_assignment(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Assignment>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Assign)?;
    if value.department.is_none() && value.assignee.is_none() {
        fine(vec![fault("", "required", "Назовите отдел (department) или сотрудника (assignee).")])?;
    }
    fine(department(value.department.as_deref()).into_iter().collect())?;
    if let Some(name) = value.assignee.clone()
        && !app.store().can_take(desk.ticket.clone(), name, value.department.clone()).await?
    {
        fine(vec![fault("/assignee", "unknown", "Такого сотрудника нет в этом отделе. Проверьте имя.")])?;
    }
    let mut entry = by(&desk, &headers, Some(Action::Assign), None)?;
    entry.department = value.department;
    entry.assignee = value.assignee;
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Show name and contact; who asked and why stays in the history.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/unmask", tag = "desk", security(("operator" = [])),
    request_body = Unmask, params(("number" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Contact), (status = 404, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create_unmasking(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Unmask>,
) -> Result<Json<Contact>, ApiError> {
    desk.operator.require(Scope::Unmask)?;
    fine(reasoned(&value.reason))?;
    let mut entry = by(&desk, &headers, None, Some(value.reason))?;
    entry.kind = EventKind::Unmasked;
    entry.public = false;
    match app.store().add_event(desk.ticket.clone(), entry, repeat).await? {
        Written::Done { .. } => Ok(Json(app.store().contact(desk.ticket).await?)),
        other => Err(answer(other).err().unwrap_or(ApiError::NotFound)),
    }
}

/// Take a file for a comment.
#[utoipa::path(post, path = "/v1/desk/uploads", tag = "desk", security(("operator" = [])),
    request_body(content = inline(Octets), content_type = "application/octet-stream"),
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = UploadReceipt), (status = 422, body = Problem)))]
pub async fn create_upload(State(app): State<App>, operator: Operator, raw: Raw) -> Result<Response, ApiError> {
    operator.require(Scope::Work)?;
    uploads::take(&app, raw, "operator").await
}

/// Fetch a file of the ticket, those of internal notes too.
#[utoipa::path(get, path = "/v1/desk/tickets/{number}/attachments/{id}", tag = "desk", security(("operator" = [])),
    params(("number" = String, Path), ("id" = u64, Path)),
    responses((status = 200, content((inline(Octets) = "image/png"), (inline(Octets) = "image/jpeg"),
        (inline(Octets) = "application/pdf"), (inline(Octets) = "text/plain"))),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 500, body = Problem)))]
pub async fn show_attachment(State(app): State<App>, desk: Desk, FileId(id): FileId) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Read)?;
    files::serve(&app, desk.ticket, id, true).await
}

/// An entry in the operator's name, for the version they saw. An escalation stays among operators.
pub(super) fn by(
    desk: &Desk,
    headers: &HeaderMap,
    action: Option<Action>,
    text: Option<String>,
) -> Result<Entry, ApiError> {
    let expected = match headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or("")) {
        None => None,
        Some(tag) => {
            let version = tag.trim().trim_matches('"').trim_start_matches('v').parse();
            Some(version.map_err(|_| ApiError::Changed(0))?)
        }
    };
    let mut entry = Entry::action(Actor::Operator, action.unwrap_or(Action::Comment), text);
    entry.action = action;
    entry.author = Some(desk.operator.name.clone());
    entry.public = action != Some(Action::Escalate);
    entry.expected = expected;
    Ok(entry)
}
