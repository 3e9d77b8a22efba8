//! What operators do with a ticket as a whole: give it on, raise it, weigh it, tie it to another one.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use podskazka::ticket::{Action, LEVELS, check_words, merged_words, parse_number};
use podskazka::wire::Problem;
use podskazka::wire::desk::{Escalation, Link, Merge, Transfer, Triage};
use podskazka::wire::page::{EventKind, TicketEvent};

use super::comments::answer;
use super::desk::by;
use super::faults::{department, fault, fine, reasoned};
use crate::app::App;
use crate::error::ApiError;
use crate::input::{Desk, Submitted};
use crate::store::{Effect, Scope, TicketRef};

/// Give the ticket to another department; deadlines stay. After three times only a chief does it.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/transfer", tag = "desk", security(("operator" = [])),
    request_body = Transfer,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn create_transfer(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Transfer>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    let mut faults = reasoned(&value.reason);
    faults.extend(department(Some(&value.department)));
    fine(faults)?;
    let mut entry = by(&desk, &headers, Some(Action::Transfer), Some(value.reason))?;
    entry.public = false;
    entry.department = Some(value.department);
    entry.effect = Some(Effect::Transfer { beyond: desk.operator.may(Scope::Assign) });
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Give the ticket to specialists of another level, up or down; who, when and why stays in the history.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/escalate", tag = "desk", security(("operator" = [])),
    request_body = Escalation,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn create_escalation(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Escalation>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    let mut faults = reasoned(&value.reason);
    faults.extend(department(value.department.as_deref()));
    if !(1..=LEVELS).contains(&value.level) {
        faults.push(fault("/level", "range", "Уровень специалистов: 1, 2 или 3."));
    }
    fine(faults)?;
    let mut entry = by(&desk, &headers, Some(Action::Escalate), Some(value.reason))?;
    entry.department = value.department;
    entry.effect = Some(Effect::Level(value.level));
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Weigh the ticket anew; priority and deadlines follow.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/triage", tag = "desk", security(("operator" = [])),
    request_body = Triage,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn create_triage(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Triage>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    let weights = [("/urgency", value.urgency), ("/impact", value.impact)];
    let wrong = weights.into_iter().filter(|(_, weight)| !(1..=3).contains(weight));
    fine(wrong.map(|(pointer, _)| fault(pointer, "range", "Поставьте 1 (высокая), 2 или 3 (низкая).")).collect())?;
    let mut entry = by(&desk, &headers, Some(Action::Triage), None)?;
    entry.public = false;
    entry.effect = Some(Effect::Triage(value.urgency, value.impact));
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Name another ticket as belonging to this one; both histories tell it.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/link", tag = "desk", security(("operator" = [])),
    request_body = Link, params(("number" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create_link(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Link>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    fine(check_words(value.reason.as_deref(), false))?;
    let other = other(&app, &desk, "/number", &value.number).await?;
    let mut entry = by(&desk, &headers, None, value.reason)?;
    (entry.kind, entry.public) = (EventKind::Linked, false);
    entry.effect = Some(Effect::Link(other));
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Let the ticket go on in another one of the same person; its token opens that one too.
#[utoipa::path(post, path = "/v1/desk/tickets/{number}/merge", tag = "desk", security(("operator" = [])),
    request_body = Merge,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header), ("If-Match" = Option<String>, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 412, body = Problem), (status = 422, body = Problem)))]
pub async fn create_merge(
    State(app): State<App>,
    desk: Desk,
    headers: HeaderMap,
    Submitted { value, repeat }: Submitted<Merge>,
) -> Result<Response, ApiError> {
    desk.operator.require(Scope::Work)?;
    fine(reasoned(&value.reason))?;
    let into = other(&app, &desk, "/into", &value.into).await?;
    let mut entry =
        by(&desk, &headers, Some(Action::Merge), Some(merged_words(&app.store().shown(into.clone()).await?)))?;
    entry.effect = Some(Effect::Merge(into, value.reason));
    answer(app.store().add_event(desk.ticket, entry, repeat).await?)
}

/// Another ticket that this operator sees.
async fn other(app: &App, desk: &Desk, pointer: &str, number: &str) -> Result<TicketRef, ApiError> {
    let found = match parse_number(number) {
        Some(number) => app.store().desk_ticket(desk.operator.clone(), number).await?,
        None => None,
    };
    match found {
        Some(other) if other.id != desk.ticket.id => Ok(other),
        _ => Err(ApiError::Invalid(vec![fault(
            pointer,
            "unknown",
            "Назовите номер другого обращения, которое вы видите.",
        )])),
    }
}
