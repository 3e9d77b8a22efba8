//! The live stream of a ticket.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use podskazka::wire::Problem;
use podskazka::wire::page::TicketEvent;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::document::StreamEvent;
use crate::app::App;
use crate::error::ApiError;
use crate::input::Opened;

/// How soon a client asks again after the server stopped, in milliseconds.
const RETRY: Duration = Duration::from_secs(2);

/// Stream public events as they happen (`event: ticket`, `id` = `seq`). `Last-Event-ID` resumes after that number
/// without a gap. `event: reconnect` says that the server stops, or that the token no longer opens the ticket (within half
/// a minute): ask again.
#[utoipa::path(get, path = "/v1/tickets/{number}/events", tag = "public", security(("ticket" = [])),
    params(("number" = String, Path), ("Last-Event-ID" = Option<u64>, Header)),
    responses((status = 200, body = StreamEvent, content_type = "text/event-stream"), (status = 404, body = Problem)))]
pub async fn stream_events(
    State(app): State<App>,
    opened: Opened,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.trim().parse().ok());
    // The ear is there before the first look, so nothing falls between them.
    let pace = app.pace();
    let woken = app.store().hub().listen(opened.ticket.id).ok_or(ApiError::TooOften(pace.sign))?;
    let (stopping, look) = (app.stopping(), Instant::now() + pace.stream);
    let ear = Ear { app, opened, last: last.unwrap_or(0), ready: VecDeque::new(), woken, stopping, look, over: false };
    let events = unfold(ear, |mut ear| async move { ear.next().await.map(|event| (Ok(event), ear)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(pace.sign)))
}

struct Ear {
    app: App,
    opened: Opened,
    last: i64,
    ready: VecDeque<TicketEvent>,
    woken: watch::Receiver<()>,
    stopping: watch::Receiver<bool>,
    /// When the token is looked at again, whatever happens.
    look: Instant,
    over: bool,
}

impl Ear {
    async fn next(&mut self) -> Option<Event> {
        while !self.over {
            if let Some(event) = self.ready.pop_front() {
                self.last = i64::try_from(event.seq).unwrap_or(self.last);
                return Event::default().event("ticket").id(event.seq.to_string()).json_data(event).ok();
            }
            if *self.stopping.borrow() {
                break;
            }
            self.woken.mark_unchanged();
            match self.app.store().events_after(self.opened.ticket.clone(), self.last, false).await {
                // Looked at after the reading: what is sent was read while the token was good.
                Ok(events) if !events.is_empty() => match self.holds().await {
                    true => self.ready = events.into(),
                    false => break,
                },
                Ok(_) => {
                    let due = tokio::select! {
                        changed = self.woken.changed() => { self.over = changed.is_err(); false }
                        _ = self.stopping.wait_for(|stopping| *stopping) => break,
                        () = sleep_until(self.look) => true,
                    };
                    if due && !self.holds().await {
                        break;
                    }
                }
                // The database is away: the client comes back to the same place.
                Err(_) => break,
            }
        }
        if std::mem::replace(&mut self.over, true) {
            return None;
        }
        Some(Event::default().event("reconnect").retry(RETRY).data("{}"))
    }

    /// Whether the stream may go on. Where the database is away the client asks again, too.
    async fn holds(&mut self) -> bool {
        self.look = Instant::now() + self.app.pace().stream;
        self.opened.holds(&self.app).await.unwrap_or(false)
    }
}
