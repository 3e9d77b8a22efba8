//! Operators' tables of satisfaction and load.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Answer to `GET /v1/desk/reports/satisfaction`: tickets that ended in the period, a row a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SatisfactionReport {
    /// First and last day, `YYYY-MM-DD`, UTC.
    pub from: String,
    pub to: String,
    pub group_by: String,
    pub rows: Vec<SatisfactionRow>,
}

/// What citizens said of the tickets of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SatisfactionRow {
    pub group: String,
    /// Tickets that ended: solved, confirmed or withdrawn.
    pub ended: u64,
    /// Of these, how many were rated.
    pub rated: u64,
    /// Rated 4 or 5.
    pub satisfied: u64,
    /// How many gave 1, 2, 3, 4, 5.
    pub scores: Vec<u64>,
    /// How often each reason was named.
    pub reasons: BTreeMap<String, u64>,
}

/// Answer to `GET /v1/desk/reports/load`: what came in and what went out in the period, a row a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadReport {
    /// First and last day, `YYYY-MM-DD`, UTC.
    pub from: String,
    pub to: String,
    pub group_by: String,
    pub rows: Vec<LoadRow>,
}

/// The load of a group. Times are whole minutes to the first answer, of answers given in the period; absent without one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadRow {
    pub group: String,
    /// Tickets that came.
    pub created: u64,
    /// Tickets that got their first answer.
    pub answered: u64,
    /// Tickets that were solved and are solved still.
    pub resolved: u64,
    /// Tickets that had not ended at the end of the day, or of the period.
    pub backlog: u64,
    /// By the clock on the wall: half of them, and nineteen of twenty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_p50: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_p95: Option<u64>,
    /// The same in working time of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_p50: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_p95: Option<u64>,
}
