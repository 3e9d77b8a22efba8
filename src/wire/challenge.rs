//! Work that a page shows where many ask at once.

use serde::{Deserialize, Serialize};

/// `POST /v1/challenges`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewChallenge {
    pub action: ProofAction,
}

/// What the work is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProofAction {
    Ticket,
    Upload,
}

/// A challenge of ALTCHA: find the number from 0 to `maxnumber` for which SHA-256 of `salt` and the number's decimal
/// digits is `challenge`. It serves one request of this network for this action, and a few minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// `SHA-256`.
    pub algorithm: String,
    /// Lower-case hexadecimal.
    pub challenge: String,
    pub maxnumber: u32,
    pub salt: String,
    pub signature: String,
}

/// The answer: goes as JSON in base64 in the header `X-Altcha` of the request that it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Solution {
    pub algorithm: String,
    pub challenge: String,
    pub number: u32,
    pub salt: String,
    pub signature: String,
}
