//! What a citizen sees of a ticket and sends to it.

use serde::{Deserialize, Serialize};

use crate::ticket::{Action, Actor, Line, State};

/// When the ticket is answered and solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadlines {
    /// RFC 3339, UTC.
    pub first_response: String,
    /// RFC 3339, UTC; absent while the clock rests and after the ticket has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// The clock rests: a question to the citizen stands.
    pub paused: bool,
    /// Working hours that were counted, such as `ru-operators`.
    pub calendar: String,
}

/// Answer to `POST /v1/tickets`: [`super::TicketReceipt`] with the deadlines.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketCreated {
    /// Such as `PS-28T5CY4T-Y`.
    pub number: String,
    /// 256 random bits, base64url; shown to the sender alone.
    pub token: String,
    pub status: State,
    pub deadlines: Deadlines,
    /// `X-Identity` came along and was not signed by this site's key: the ticket is taken, and is nobody's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub identity_refused: bool,
}

/// A bearer token stays out of logs.
impl std::fmt::Debug for TicketCreated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TicketCreated").field("number", &self.number).finish_non_exhaustive()
    }
}

/// Answer to `GET /v1/tickets/{number}`: [`super::TicketView`] with the history and what may be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketPage {
    pub number: String,
    pub status: State,
    /// The state in words.
    pub status_text: String,
    pub topic: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub deadlines: Deadlines,
    /// The ticket in which this one goes on; this ticket's token opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// What the citizen may do now.
    pub actions: Vec<Action>,
    /// Public history, oldest first.
    pub events: Vec<TicketEvent>,
}

/// Answer to `GET /v1/tickets`: tickets of the person whom the portal names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTickets {
    /// The newest first, at most 50.
    pub items: Vec<MyTicket>,
    /// Give it as `before` for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One of the own tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTicket {
    pub number: String,
    pub status: State,
    /// The state in words.
    pub status_text: String,
    pub topic: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    pub deadlines: Deadlines,
    /// Number of the last step; what a page saw before and is lower means news.
    pub version: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Created,
    /// Words for both sides.
    Comment,
    /// Words among operators.
    Note,
    /// The ticket moved, or somebody acted on it.
    Action,
    /// An operator looked at the contact; among operators.
    Unmasked,
    /// Another ticket was named as belonging to this one; among operators.
    Linked,
    /// A deadline comes near or has passed; among operators.
    Deadline,
}

impl EventKind {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Created => "created",
            EventKind::Comment => "comment",
            EventKind::Note => "note",
            EventKind::Action => "action",
            EventKind::Unmasked => "unmasked",
            EventKind::Linked => "linked",
            EventKind::Deadline => "deadline",
        }
    }
}

/// One thing that a step changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// `department`, `assignee`, `level`, `urgency`, `impact`, `priority`, `linked` or `merged`; `response` or `resolution`
    /// where that deadline comes near (`soon`) or has passed (`late`).
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// One step of a ticket's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketEvent {
    /// Grows by one within the ticket, internal steps included; the id of the live stream.
    pub seq: u64,
    /// RFC 3339, UTC.
    pub at: String,
    pub kind: EventKind,
    pub actor: Actor,
    /// Operator's name, shown to operators alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Whether the citizen sees it.
    pub public: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// State after this step, where it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<State>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How it went, where the step is `rate`; the words stand in `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<TicketFile>,
    /// What changed besides the state; shown to operators alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What a citizen says of the service: `POST /v1/tickets/{number}/rating`, once a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// 1 to 5.
    pub score: u8,
    /// Codes: `slow`, `unclear`, `unsolved`, `rude`, `fast`, `clear`, `solved`, `kind`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// At most 1 000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Whether letters come about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// They come.
    On,
    /// The address was asked and has not agreed yet.
    Asked,
    Off,
    /// Turned off, and asked again too soon: tomorrow.
    Later,
    /// The owner of the address wants none: no ticket turns them on again.
    Stopped,
    /// The contact is a phone.
    None,
}

/// Answer to `/v1/tickets/{number}/letters`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Letters {
    pub state: LetterState,
}

/// Turns letters on or off: `POST /v1/tickets/{number}/letters`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TurnLetters {
    pub on: bool,
}

/// A file of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketFile {
    /// Names the file within its ticket.
    pub id: u64,
    /// By content: `image/png`, `image/jpeg`, `image/webp`, `application/pdf` or `text/plain`.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    pub state: FileState,
}

/// Whether a file may be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Being checked.
    Quarantined,
    /// Checked; may be fetched.
    Clean,
    /// Did not pass; deleted.
    Rejected,
}

/// Words and files added to a ticket: `POST /v1/tickets/{number}/comments`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// 1 to 4 000 characters.
    pub text: String,
    /// Tokens of `POST /v1/uploads`, at most 10.
    #[serde(default)]
    pub uploads: Vec<String>,
}

/// What a person wrote stays out of logs, and so do tokens.
impl std::fmt::Debug for NewComment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewComment").field("uploads", &self.uploads.len()).finish_non_exhaustive()
    }
}

/// A step of a ticket: `POST /v1/tickets/{number}/actions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    pub action: Action,
    /// Question, reason or solution, where the action needs one; at most 4 000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Answer to `GET /v1/config`: what a page may know before it asks anything of a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteConfig {
    /// Name of the site, empty where none is configured.
    pub name: String,
    /// Codes and words of the topics.
    pub topics: Vec<Topic>,
    /// Where appeals under the law 59-FZ are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
    /// Characters of a ticket's text.
    pub max_text: u64,
    /// Files of a ticket.
    pub max_files: u64,
    /// Bytes of one file.
    pub max_file_bytes: u64,
    pub file_types: Vec<String>,
    /// Whether operators answer now.
    pub open_now: bool,
    pub calendar: String,
    /// Whether letters are sent, and tickets are found again by their mail address.
    pub mail: bool,
    /// Whether tickets are found again by their phone: a short message brings the code.
    #[serde(default)]
    pub phone: bool,
    /// What a person agrees to before a ticket is taken; nothing where the site does not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentText>,
    /// Whether a ticket may have `tried`: what the person tried before. A page does not send it elsewhere, as servers refuse what they
    /// do not know.
    #[serde(default)]
    pub tried: bool,
    /// Lines of a ticket that the site leaves to the person; all others are mandatory. Without its text a ticket needs the code of an
    /// error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<Line>,
}

/// What a person agrees to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentText {
    pub version: String,
    /// The whole text, plain.
    pub text: String,
    /// Lower-case hexadecimal SHA-256 of the text in UTF-8.
    pub sha256: String,
}

/// Answer to `GET /v1/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceStatus {
    /// Whether operators answer now.
    pub open_now: bool,
    pub calendar: String,
    /// What is known to be broken, the newest first.
    pub notices: Vec<Notice>,
}

/// Something that is known to be broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    pub id: u64,
    /// What is broken, in a few words.
    pub title: String,
    /// What to do meanwhile.
    pub text: String,
    /// The form it concerns; absent for the whole site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// RFC 3339, UTC.
    pub since: String,
    /// RFC 3339, UTC; absent while nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// The official channel for appeals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// What citizens call it.
    pub title: String,
    /// Its address, by TLS alone.
    pub url: String,
}

/// A topic of tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Topic {
    pub code: String,
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{TicketReceipt, TicketView};

    fn deadlines() -> Deadlines {
        Deadlines { first_response: "t".into(), resolution: None, paused: true, calendar: "c".into() }
    }

    #[test]
    fn names_of_events_are_those_of_the_wire() {
        use EventKind::{Action, Comment, Created, Deadline, Linked, Note, Unmasked};
        for kind in [Created, Comment, Note, Action, Unmasked, Linked, Deadline] {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn what_a_person_wrote_is_in_no_log() {
        let text = "СНИЛС 112-233-445 95".to_owned();
        let ticket = crate::wire::NewTicket {
            text: text.clone(),
            name: text.clone(),
            contact: text.clone(),
            ..Default::default()
        };
        let comment = NewComment { text, uploads: vec!["token".into()] };
        let shown = format!("{ticket:?} {comment:?}");
        assert!(!shown.contains("112") && !shown.contains("token"), "{shown}");
    }

    /// The panel reads the shorter shapes.
    #[test]
    fn the_shorter_shapes_are_contained() {
        let created = TicketCreated {
            number: "n".into(),
            token: "secret".into(),
            status: State::New,
            deadlines: deadlines(),
            identity_refused: false,
        };
        let receipt: TicketReceipt = serde_json::from_value(serde_json::to_value(&created).unwrap()).unwrap();
        assert_eq!((receipt.number.as_str(), receipt.token.as_str(), receipt.status.as_str()), ("n", "secret", "new"));
        assert!(!format!("{created:?}").contains("secret"));
        let page = TicketPage {
            number: "n".into(),
            status: State::WaitingCitizen,
            status_text: String::new(),
            topic: "form".into(),
            created_at: "t".into(),
            deadlines: deadlines(),
            merged_into: None,
            actions: vec![],
            events: vec![],
        };
        let view: TicketView = serde_json::from_value(serde_json::to_value(&page).unwrap()).unwrap();
        assert_eq!((view.status.as_str(), view.topic.as_str()), ("waiting_citizen", "form"));
    }

    /// The states of the panel's gallery are drawn from tickets as a server gives them.
    #[test]
    fn tickets_of_the_gallery_are_tickets() {
        let files = [
            include_str!("../../widget/panel/examples/tickets.json"),
            include_str!("../../widget/panel/examples/letter.json"),
        ];
        let mut tickets = 0;
        for file in files {
            let file: serde_json::Value = serde_json::from_str(file).unwrap();
            let examples = file["examples"].as_array().unwrap();
            for (path, answer) in examples.iter().filter_map(|it| it["answers"].as_object()).flatten() {
                if path.starts_with("GET tickets/") && answer["status"].is_string() {
                    let page: TicketPage =
                        serde_json::from_value(answer.clone()).unwrap_or_else(|error| panic!("{path}: {error}"));
                    tickets += usize::from(path.ends_with(&page.number));
                }
            }
        }
        assert!(tickets > 10, "{tickets}");
    }
}
