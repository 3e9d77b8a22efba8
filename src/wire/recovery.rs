//! Access to one's tickets by the mail address or the phone they were written with.

use serde::{Deserialize, Serialize};

use crate::ticket::State;

/// `POST /v1/recover`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// Mail address or phone of the tickets.
    pub contact: String,
}

/// `POST /v1/recover/verify`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecoverCode {
    pub contact: String,
    /// Eight digits of the letter or short message; blanks do not matter.
    pub code: String,
}

/// The tickets of the contact, each with a token of its own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recovered {
    /// The newest first, at most 50.
    pub items: Vec<RecoveredTicket>,
}

/// One ticket with a further token, which opens it for 90 days.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveredTicket {
    pub number: String,
    pub token: String,
    pub status: State,
    /// The state in words.
    pub status_text: String,
    pub topic: String,
    /// RFC 3339, UTC.
    pub created_at: String,
}
