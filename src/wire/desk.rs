//! What operators see and send.

use serde::{Deserialize, Serialize};

use super::page::{Deadlines, TicketEvent};
use super::stats::is_name;
use super::tried::Tried;
use super::{Client, Consent, ProblemItem, Snapshot};
use crate::ticket::{Action, State};

/// Answer to `GET /v1/desk/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatorView {
    pub name: String,
    /// `operator`, `chief`, `auditor` or `admin`.
    pub role: String,
    /// Departments whose tickets are seen; empty means all.
    pub departments: Vec<String>,
    pub scopes: Vec<String>,
}

/// One line of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueItem {
    pub number: String,
    pub status: State,
    pub topic: String,
    /// 1 (highest) to 4: urgency and impact together.
    pub priority: u8,
    /// 1 (high) to 3.
    pub urgency: u8,
    /// 1 (many people) to 3.
    pub impact: u8,
    /// 1 to 3.
    pub level: u8,
    pub department: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Error code that the citizen met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub form: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub deadlines: Deadlines,
    /// `soon` when little of a deadline's time is left, `late` when one has passed; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// Number of the last step; goes into `If-Match`.
    pub version: u64,
}

/// Answer to `GET /v1/desk/tickets`: the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queue {
    pub items: Vec<QueueItem>,
    /// Give it as `cursor` to read on; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Answer to `GET /v1/desk/tickets/{number}`. Name and contact are masked; `unmask` shows them and leaves a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Card {
    pub item: QueueItem,
    /// The ticket as it is read: what happened, where, why, what was tried, with what. Made of the members below.
    pub story: Vec<StoryPart>,
    pub name: String,
    pub contact: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    pub snapshot: Snapshot,
    pub client: Client,
    /// What the person tried before they wrote, where they let it go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
    /// What the person agreed to when the ticket was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Numbers of tickets that belong to this one.
    pub links: Vec<String>,
    /// The ticket in which this one goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// What this operator may do now.
    pub actions: Vec<Action>,
    /// Whole history, oldest first.
    pub events: Vec<TicketEvent>,
}

/// A part of the story of a ticket; one that has nothing to tell is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoryPart {
    /// In words, such as «Что человек пробовал».
    pub title: String,
    /// Sentences in the order in which they are read.
    pub lines: Vec<String>,
}

/// Who reads a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Public,
    Internal,
}

/// `POST /v1/desk/tickets/{number}/comments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeskComment {
    /// 1 to 4 000 characters.
    pub text: String,
    pub visibility: Visibility,
    /// Tokens of `POST /v1/desk/uploads`, at most 10.
    #[serde(default)]
    pub uploads: Vec<String>,
}

/// `POST /v1/desk/tickets/{number}/assign`: to a department, to a person, or both; at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Name of an operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
}

/// `POST /v1/desk/tickets/{number}/transfer`: to another department; the deadlines stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub department: String,
    /// For the colleagues there; the citizen does not see it.
    pub reason: String,
}

/// `POST /v1/desk/tickets/{number}/escalate`: to specialists of another level, up or down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// 1 to 3.
    pub level: u8,
    /// The specialists' department, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    pub reason: String,
}

/// `POST /v1/desk/tickets/{number}/triage`: the priority follows from both, the deadlines from the priority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Triage {
    /// 1 (high) to 3.
    pub urgency: u8,
    /// 1 (many people) to 3.
    pub impact: u8,
}

/// `POST /v1/desk/tickets/{number}/link`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Number of a ticket that this operator sees.
    pub number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `POST /v1/desk/tickets/{number}/merge`: the ticket goes on in another one of the same person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// Number of the ticket that stays.
    pub into: String,
    /// For colleagues; the citizen does not see it.
    pub reason: String,
}

/// `POST /v1/desk/notices`: what everybody shall know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNotice {
    /// What is broken: 1 to 120 characters.
    pub title: String,
    /// What to do meanwhile: 1 to 1 000 characters.
    pub text: String,
    /// The form it concerns; the whole site without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// RFC 3339, UTC, such as `2026-11-25T18:00:00Z`; until somebody ends it without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// Faults of a notice, each with a pointer into the body.
pub fn check_notice(notice: &NewNotice) -> Vec<ProblemItem> {
    let mut out = Vec::new();
    let mut say = |pointer: &str, code: &str, message: &str| {
        out.push(ProblemItem { pointer: pointer.to_owned(), code: code.to_owned(), message: message.to_owned() });
    };
    let texts = [
        ("/title", &notice.title, 120, "Напишите коротко, что не работает: до 120 знаков."),
        ("/text", &notice.text, 1_000, "Напишите, что делать тем временем: до 1000 знаков."),
    ];
    for (pointer, text, most, message) in texts {
        if text.trim().is_empty() {
            say(pointer, "required", message);
        } else if text.chars().count() > most {
            say(pointer, "too-long", message);
        }
    }
    if notice.form.as_deref().is_some_and(|form| form.is_empty() || !is_name(form)) {
        say("/form", "format", "Имя формы, как в её схеме, например marriage.");
    }
    out
}

/// Answer to `GET /v1/desk/reports/service`: tickets that came in the period, a row a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceReport {
    /// First and last day, `YYYY-MM-DD`.
    pub from: String,
    pub to: String,
    pub group_by: String,
    pub rows: Vec<ServiceRow>,
}

/// How the tickets of a group were served. Times are whole minutes; absent where nobody was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceRow {
    pub group: String,
    pub tickets: u64,
    /// Not ended yet.
    pub open: u64,
    /// With a first answer of an operator.
    pub answered: u64,
    pub answered_in_time: u64,
    /// Working minutes to the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_median: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_p90: Option<u64>,
    /// The same by the clock on the wall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_median: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_p90: Option<u64>,
    pub resolved: u64,
    pub resolved_in_time: u64,
    pub reopened: u64,
    /// The same mail address with the same form and code came again within 30 days.
    pub repeated: u64,
    /// Above the first level.
    pub escalated: u64,
    /// Given from department to department.
    pub transferred: u64,
}

/// `POST /v1/desk/tickets/{number}/unmask`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unmask {
    /// Why the contact is needed; kept in the history.
    pub reason: String,
}

/// Answer to `unmask`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    pub name: String,
    pub contact: String,
}
