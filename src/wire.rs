//! Shapes that cross a border: page to panel, panel to server, server to panel.

pub mod challenge;
pub mod desk;
pub mod faq;
pub mod page;
pub mod recovery;
pub mod reports;
pub mod stats;
pub mod tried;

use serde::{Deserialize, Serialize};

use self::tried::Tried;

/// State of one field as it leaves the page: a shape, and the value only where the schema of the form says so.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldState {
    pub name: String,
    pub label: String,
    /// Kind of the validator (`inn`), or `text` where none is known.
    pub kind: String,
    pub valid: bool,
    /// Code of the fault, such as `inn.checksum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `empty`, `short` (1 to 5), `medium` (6 to 20) or `long`.
    pub length_class: String,
    /// The hidden form of the text, such as `99-9**`; at most 40 characters.
    pub shape: String,
    /// The beginning of the text, at most 120 characters, of a field with `capture: value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A value stays out of logs.
impl std::fmt::Debug for FieldState {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let value = self.value.as_ref().map(|_| "[hidden]");
        f.debug_struct("FieldState")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("shape", &self.shape)
            .field("value", &value)
            .finish_non_exhaustive()
    }
}

/// What the page knows when the panel opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    pub form: String,
    pub form_title: String,
    /// Path of the page: no query, no fragment.
    pub page: String,
    /// Id by which the portal finds the failed request in its own logs: at most 64 Latin letters, digits and `-_.:/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    /// Step of the form that is shown, as its schema names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The sentence of the error as the person reads it, with everything personal covered; at most 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Uncaught errors of the page's scripts, at most 20 names. No message and no place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<PageErrors>,
    /// Requests of the page that were answered by an error, at most 20 codes. No address and no body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<FailedRequests>,
    pub fields: Vec<FieldState>,
}

/// Uncaught errors of one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PageErrors {
    /// Such as `TypeError`: 1 to 40 Latin letters.
    pub name: String,
    /// 1 to 9 999.
    pub count: u32,
}

/// Requests with one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FailedRequests {
    /// Code of HTTP, 400 to 599.
    pub status: u16,
    /// 1 to 9 999.
    pub count: u32,
}

/// Facts of the browser that help an operator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub user_agent: String,
    pub language: String,
    pub time_zone: String,
    /// `width x height` in CSS pixels, such as `390x844`.
    pub viewport: String,
    pub version: String,
    /// `wasm` or `js`.
    pub build: String,
    /// Operating system, such as `Windows`: at most 40 Latin letters, digits, blanks and `.-_`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os: Option<String>,
    /// Percent, 10 to 2 000: zoom of the browser and scale of the system together; on a phone what two fingers have made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoom: Option<u16>,
    /// `slow-2g`, `2g`, `3g`, `4g` as the browser feels it, or `offline`; absent where it does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Release of the portal, as it names it: at most 64 Latin letters, digits and `-_.:/+`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// What the access check has found, such as `access.clock.ahead 620`; at most 40 lines. Codes and numbers only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access: Vec<String>,
}

/// A ticket as the page sends it: `POST /v1/tickets`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    pub topic: String,
    pub text: String,
    pub name: String,
    /// Phone or e-mail, as typed.
    pub contact: String,
    /// Code of the error it is about; `question.nothing` or `question.doubtful` where it began with a question to the search instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    pub snapshot: Snapshot,
    pub client: Client,
    /// What the person tried before. A page sends it where `GET /v1/config` says that it is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
    /// Tokens of `POST /v1/uploads`.
    #[serde(default)]
    pub uploads: Vec<String>,
    /// What the person agreed to, where the site asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

/// What a person wrote stays out of logs.
impl std::fmt::Debug for NewTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("NewTicket").field("topic", &self.topic).field("code", &self.code).finish_non_exhaustive()
    }
}

/// Agreement to the processing of personal data: to which text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// `version` of the text in `GET /v1/config`.
    pub version: String,
    /// Lower-case hexadecimal SHA-256 of the text that was shown.
    pub sha256: String,
}

/// Answer to `POST /v1/uploads`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadReceipt {
    pub token: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hexadecimal SHA-256 of the bytes.
    pub sha256: String,
}

/// Answer to `POST /v1/tickets`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketReceipt {
    pub number: String,
    /// 256 random bits; shown to the sender alone.
    pub token: String,
    pub status: String,
}

/// Answer to `GET /v1/tickets/{number}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketView {
    pub number: String,
    pub status: String,
    pub topic: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// Error of the API, RFC 9457.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:podskazka:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong and what to do, for a citizen.
    pub title: String,
    pub status: u16,
    /// For a program to tell by: each answer of an operation names those that it may have.
    pub code: String,
    pub request_id: String,
    #[serde(default)]
    pub errors: Vec<ProblemItem>,
}

/// One fault of a request body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemItem {
    /// JSON pointer into the body.
    pub pointer: String,
    pub code: String,
    pub message: String,
}

/// A bearer token stays out of logs.
impl std::fmt::Debug for TicketReceipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TicketReceipt")
            .field("number", &self.number)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
