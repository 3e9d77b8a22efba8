//! What handlers take out of a request, and what is refused before they see it.

use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use futures_util::{Stream, StreamExt as _};
use podskazka::ticket::parse_number;
use podskazka::wire::ProblemItem;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::app::App;
use crate::clock;
use crate::error::ApiError;
use crate::identity::{self, Claims};
use crate::limits::Meter;
use crate::secret::{self, Hash, Token};
use crate::site::site_key;
use crate::store::{Operator, Repeat, Scope, StoreError, TicketRef};

/// A JSON body under an `Idempotency-Key`.
pub struct Submitted<T> {
    pub value: T,
    /// Key and body, for a repeated request.
    pub repeat: Repeat,
}

impl<T: DeserializeOwned> FromRequest<App> for Submitted<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        plain(request.headers())?;
        let key = idempotency_key(request.headers())?.to_owned();
        let body = whole(Bytes::from_request(request, app).await)?;
        Ok(Submitted { value: parse(&body)?, repeat: Repeat { key, request_hash: secret::sha256(&[&body]) } })
    }
}

/// A JSON body of a request that creates nothing.
pub struct Said<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Said<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        plain(request.headers())?;
        Ok(Said(parse(&whole(Bytes::from_request(request, app).await)?)?))
    }
}

/// A body as it comes, under an `Idempotency-Key`.
pub struct Raw {
    pub key: String,
    body: Body,
    meter: Option<Arc<Mutex<Meter>>>,
}

impl Raw {
    /// The bytes as they arrive, for as long as their network and their site have room for them.
    pub fn bytes(self) -> impl Stream<Item = Result<Bytes, ApiError>> + Send + Unpin {
        let meter = self.meter;
        self.body.into_data_stream().map(move |chunk| {
            let chunk = chunk.map_err(|_| ApiError::Incomplete)?;
            if let Some(meter) = &meter {
                meter.lock().map_err(|_| ApiError::Internal)?.spend(chunk.len())?;
            }
            Ok(chunk)
        })
    }
}

impl FromRequest<App> for Raw {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ApiError> {
        plain(request.headers())?;
        let key = idempotency_key(request.headers())?.to_owned();
        let meter = request.extensions().get().cloned();
        Ok(Raw { key, body: request.into_body(), meter })
    }
}

/// The ticket of the address, opened by its own token. A wrong number and a wrong token look the same.
pub struct Citizen(pub TicketRef);

impl FromRequestParts<App> for Citizen {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Opened::from_request_parts(parts, app).await.map(|opened| Citizen(opened.ticket))
    }
}

/// The same with what opened it, for an answer that outlasts the moment.
pub struct Opened {
    pub ticket: TicketRef,
    access: Access,
}

/// By what a citizen opens a ticket.
enum Access {
    Token {
        token: Token,
        site: String,
    },
    /// The portal's word, and the claims whose time ends it.
    Named {
        subject: Hash,
        claims: Claims,
    },
}

impl FromRequestParts<App> for Opened {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        // An impossible number is looked up as well, so that it takes as long as a possible one.
        let number = number(parts, app).await.unwrap_or_default();
        let access = match bearer(&parts.headers) {
            Some(token) => {
                let site = site_key(&parts.headers).filter(|_| !app.sites().is_empty()).unwrap_or_default();
                Access::Token { token, site: site.to_owned() }
            }
            None => {
                // Refused whatever the number: it tells nothing of tickets, and the portal learns that its word has run out.
                let refused =
                    || if names_somebody(&parts.headers) { ApiError::Unidentified } else { ApiError::NotFound };
                let (subject, claims) = named(&parts.headers, app, true)?.ok_or_else(refused)?;
                Access::Named { subject, claims }
            }
        };
        let ticket = access.open(number, app).await?.ok_or(ApiError::NotFound)?;
        Ok(Opened { ticket, access })
    }
}

impl Opened {
    /// Whose page it is, for its tag: the tag of another token, or of another person, is never its own.
    pub fn mark(&self) -> [u8; 32] {
        match &self.access {
            Access::Token { token, .. } => token.hash(),
            Access::Named { subject, .. } => *subject,
        }
    }

    /// Whether what opened the ticket still opens it: a token ends, and so does a ticket's life.
    pub async fn holds(&self, app: &App) -> Result<bool, StoreError> {
        Ok(self.access.open(self.ticket.number.clone(), app).await?.is_some())
    }
}

impl Access {
    async fn open(&self, number: String, app: &App) -> Result<Option<TicketRef>, StoreError> {
        match self {
            Access::Token { token, site } => app.store().open_ticket(number, token, site.clone()).await,
            Access::Named { claims, .. } if !claims.valid_at(clock::now()) => Ok(None),
            Access::Named { subject, .. } => app.store().subject_ticket(number, *subject).await,
        }
    }
}

/// The person whom the portal names, while its word holds.
pub struct Subject(pub Hash);

impl FromRequestParts<App> for Subject {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        subject(&parts.headers, app, true)?.map(Subject).ok_or(ApiError::Unidentified)
    }
}

/// The person whom the portal named, even if its word has run out since: a letter that waited for the network still
/// belongs to its sender. It opens nothing.
pub struct Sender {
    pub subject: Option<Hash>,
    /// The portal's word came along, and is none of its site's.
    pub refused: bool,
}

impl FromRequestParts<App> for Sender {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let subject = subject(&parts.headers, app, false)?;
        Ok(Sender { refused: subject.is_none() && names_somebody(&parts.headers), subject })
    }
}

/// Whether a word of the portal came along, good or not.
fn names_somebody(headers: &HeaderMap) -> bool {
    headers.get("x-identity").is_some_and(|it| !it.is_empty())
}

fn subject(headers: &HeaderMap, app: &App, now: bool) -> Result<Option<Hash>, ApiError> {
    Ok(named(headers, app, now)?.map(|(subject, _)| subject))
}

fn named(headers: &HeaderMap, app: &App, now: bool) -> Result<Option<(Hash, Claims)>, ApiError> {
    let claims = || {
        let site = app.sites().iter().find(|site| Some(site.key.as_str()) == site_key(headers))?;
        let token = headers.get("x-identity")?.to_str().ok()?;
        let claims = identity::read(token, &site.key, site.identity_key.as_ref()?.0.as_bytes())?;
        (!now || claims.valid_at(clock::now())).then_some((site, claims))
    };
    let Some((site, claims)) = claims() else { return Ok(None) };
    Ok(Some((app.store().subject(&site.key, &claims.sub)?, claims)))
}

impl FromRequestParts<App> for Operator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers).ok_or(ApiError::Unauthorized)?;
        app.store().operator(&token).await?.ok_or(ApiError::Unauthorized)
    }
}

/// The ticket of the address, in a department that the operator sees. Other tickets do not exist for them.
pub struct Desk {
    pub operator: Operator,
    pub ticket: TicketRef,
}

impl FromRequestParts<App> for Desk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let operator = Operator::from_request_parts(parts, app).await?;
        let number = number(parts, app).await.ok_or(ApiError::NotFound)?;
        let mut ticket = app.store().desk_ticket(operator.clone(), number.clone()).await?;
        // Whoever gave the ticket away no longer sees it, and may still ask whether that was done.
        if ticket.is_none()
            && parts.method == Method::POST
            && let Ok(key) = idempotency_key(&parts.headers)
        {
            ticket = app.store().given_away(operator.name.clone(), number, key).await?;
        }
        let ticket = ticket.ok_or(ApiError::NotFound)?;
        Ok(Desk { operator, ticket })
    }
}

/// The file of the address.
pub struct FileId(pub i64);

impl FromRequestParts<App> for FileId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let id = parameter(parts, app, "id").await.and_then(|id| id.parse().ok());
        id.map(FileId).ok_or(ApiError::NotFound)
    }
}

impl Operator {
    /// Refuses an operator without the right.
    pub fn require(&self, scope: Scope) -> Result<(), ApiError> {
        if self.may(scope) { Ok(()) } else { Err(ApiError::Forbidden(scope.name())) }
    }
}

async fn number(parts: &mut Parts, app: &App) -> Option<String> {
    parse_number(&parameter(parts, app, "number").await?)
}

async fn parameter(parts: &mut Parts, app: &App, wanted: &str) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, app).await.ok()?;
    params.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned())
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<Token> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Token::parse(token.trim()))?
}

/// Bodies are not unpacked: a packed one could be a thousand times larger than it looks.
pub(crate) fn plain(headers: &HeaderMap) -> Result<(), ApiError> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(value) if value != "identity" => Err(ApiError::Packed),
        _ => Ok(()),
    }
}

fn whole(body: Result<Bytes, BytesRejection>) -> Result<Bytes, ApiError> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ApiError::Incomplete,
    })
}

pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<&str, ApiError> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).ok_or(ApiError::KeyRequired)?;
    let lawful = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if lawful && (16..=64).contains(&key.len()) { Ok(key) } else { Err(ApiError::KeyRequired) }
}

/// A JSON body.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    // To follow the path costs as much again as to read: only a body that is refused is read once more. UTF-8 is looked at once
    // in the whole and not in every text.
    if let Ok(text) = std::str::from_utf8(body)
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        // serde has no kinds for them; the test `bad_requests_say_what_is_wrong` holds these wordings.
        let fault = error.inner().to_string();
        if fault.starts_with("unknown field") {
            let message = "Такого поля здесь нет. Уберите его.".to_owned();
            ApiError::UnknownField(ProblemItem { pointer, code: "unknown-field".to_owned(), message })
        } else if let Some((name, _)) = fault.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            let message = "Здесь не хватает поля. Добавьте его по описанию API.".to_owned();
            let pointer = format!("{pointer}/{}", escaped(name));
            ApiError::Malformed(ProblemItem { pointer, code: "missing-field".to_owned(), message })
        } else {
            malformed(pointer)
        }
    })?;
    json.end().map_err(|_| malformed(String::new()))?;
    Ok(value)
}

/// What a line of parameters needs in this place.
pub fn bad_query(name: &str, expected: &str) -> ApiError {
    let message = format!("В строке запроса здесь нужно: {expected}.");
    ApiError::Malformed(ProblemItem { pointer: name.to_owned(), code: "query".to_owned(), message })
}

fn malformed(pointer: String) -> ApiError {
    let message = "Здесь нужен JSON по описанию, например {\"text\": \"…\"}.".to_owned();
    ApiError::Malformed(ProblemItem { pointer, code: "json".to_owned(), message })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// A name as a part of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
