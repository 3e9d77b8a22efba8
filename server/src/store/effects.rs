//! What a step changes of a ticket besides its state: department, person, level, weight, ties to other tickets.

use podskazka::ticket::alarm::{Deadline, Stage};
use podskazka::ticket::calendar::Calendar;
use podskazka::ticket::sla::{self, Due};
use podskazka::ticket::{Action, Actor, LEVELS, Refusal, State, TRANSFERS, allowed};
use podskazka::wire::page::{Change, EventKind};

use super::db::{Db, params};
use super::events::{self, Entry, TicketRef};
use super::{StoreError, Tx, secrets};
use crate::secret::Hash;

const DAY: i64 = 86_400;
/// Days in which the token of a merged ticket opens the one in which it goes on.
const MERGED_DAYS: i64 = 366;

/// A change that the words of the step do not tell.
#[derive(Clone, Debug)]
pub enum Effect {
    /// To specialists of this level.
    Level(u8),
    /// Out of its person's hands; `beyond` the usual number of times when a chief does it.
    Transfer { beyond: bool },
    /// Urgency and impact.
    Triage(u8, u8),
    /// Another ticket belongs to this one.
    Link(TicketRef),
    /// It goes on in another one; the reason stands there.
    Merge(TicketRef, String),
    /// The other side of a link or a merge.
    Named(&'static str, String),
    /// A deadline has come to this stage; with the action of an escalation the level goes up.
    Deadline(Deadline, Stage),
}

/// What operators know of a ticket by columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub department: String,
    pub assignee: Option<String>,
    pub level: u8,
    pub urgency: u8,
    pub impact: u8,
    pub priority: u8,
    pub transfers: i64,
    pub merged_into: Option<String>,
}

impl Facts {
    /// The facts after an entry, or why it is refused.
    pub fn after(&self, tx: &Tx, at: &TicketRef, entry: &Entry) -> Result<Result<Facts, Refusal>, StoreError> {
        let mut facts = self.clone();
        if let Some(department) = &entry.department {
            facts.department.clone_from(department);
        }
        if entry.assignee.is_some() {
            facts.assignee.clone_from(&entry.assignee);
        }
        match &entry.effect {
            None | Some(Effect::Deadline(..)) if entry.action == Some(Action::Escalate) => {
                facts.level = (self.level + 1).min(LEVELS);
            }
            None | Some(Effect::Link(_) | Effect::Named(..) | Effect::Deadline(..)) => {}
            Some(Effect::Level(level)) => facts.level = *level,
            Some(Effect::Transfer { beyond }) => {
                if self.transfers >= TRANSFERS && !beyond {
                    return Ok(Err(Refusal::TooOften));
                }
                facts.transfers += 1;
                facts.assignee = None;
            }
            Some(Effect::Triage(urgency, impact)) => {
                (facts.urgency, facts.impact) = (*urgency, *impact);
                facts.priority = sla::priority(*urgency, *impact);
            }
            Some(Effect::Merge(into, _)) => {
                if !alive(tx.db, into.id)? {
                    return Ok(Err(Refusal::NotNow));
                }
                if !same_person(tx, at.id, into.id)? {
                    return Ok(Err(Refusal::TwoPersons));
                }
                facts.merged_into = Some(into.number.clone());
            }
        }
        Ok(Ok(facts))
    }

    /// What is different in the later facts, for the history.
    pub fn changes(&self, later: &Facts, effect: Option<&Effect>) -> Vec<Change> {
        let number = |number: u8| Some(number.to_string());
        let name = |name: &str| Some(name.to_owned());
        let pairs = [
            ("department", name(&self.department), name(&later.department)),
            ("assignee", self.assignee.clone(), later.assignee.clone()),
            ("level", number(self.level), number(later.level)),
            ("urgency", number(self.urgency), number(later.urgency)),
            ("impact", number(self.impact), number(later.impact)),
            ("priority", number(self.priority), number(later.priority)),
            ("merged", None, later.merged_into.clone().filter(|_| self.merged_into.is_none())),
        ];
        let mut changes: Vec<Change> = Vec::new();
        for (what, from, to) in pairs.into_iter().filter(|(_, from, to)| from != to) {
            changes.push(Change { what: what.to_owned(), from, to });
        }
        match effect {
            Some(Effect::Link(other)) => changes.push(named("linked", &other.number)),
            Some(Effect::Named(what, other)) => changes.push(named(what, other)),
            Some(Effect::Deadline(deadline, stage)) => changes.push(named(deadline.name(), stage.name())),
            _ => {}
        }
        changes
    }
}

fn named(what: &str, to: &str) -> Change {
    Change { what: what.to_owned(), from: None, to: Some(to.to_owned()) }
}

/// The clocks after a new weight: when the first answer is due, and the solution.
pub(super) fn reweigh(
    calendar: &Calendar,
    due: Due,
    created: i64,
    now: i64,
    (from, to): (u8, u8),
) -> (Option<i64>, Due) {
    let response = calendar.add(created, calendar.target(to).response);
    (response, due.reweigh(calendar, now, from, to))
}

/// Writes what an effect does to the other ticket.
pub(super) fn other_side(tx: &mut Tx, at: &TicketRef, entry: &Entry, now: i64) -> Result<(), StoreError> {
    let (other, what, text) = match &entry.effect {
        Some(Effect::Link(other)) => (other, "linked", entry.text.clone()),
        Some(Effect::Merge(other, reason)) => (other, "merged", Some(reason.clone())),
        _ => return Ok(()),
    };
    for (one, two) in [(at.id, other.id), (other.id, at.id)] {
        let sql =
            "INSERT INTO links (ticket_id, other_id) VALUES (?1, ?2) ON CONFLICT (ticket_id, other_id) DO NOTHING";
        tx.db.execute(sql, [one, two])?;
    }
    if what == "merged" && proven(tx, at.id, other.id)? {
        carry_access(tx, at, other, now)?;
    }
    let mut back = Entry::action(Actor::Operator, Action::Comment, text);
    (back.kind, back.action, back.public) = (EventKind::Linked, None, false);
    back.author.clone_from(&entry.author);
    back.effect = Some(Effect::Named(what, at.number.clone()));
    events::write(tx, other, back, now)?;
    Ok(())
}

/// Whoever opens a merged ticket opens the one in which it goes on, also when that one is merged later.
fn carry_access(tx: &Tx, from: &TicketRef, into: &TicketRef, now: i64) -> Result<(), StoreError> {
    tx.db.execute(
        "UPDATE track_tokens SET ticket_id = ?2 WHERE ticket_id = ?1 AND token_hash IN \
         (SELECT token_hash FROM tickets WHERE merged_into = ?3)",
        params![from.id, into.id, from.number],
    )?;
    tx.db.execute("UPDATE tickets SET merged_into = ?2 WHERE merged_into = ?1", params![from.number, into.number])?;
    tx.db.execute(
        "INSERT INTO track_tokens (token_hash, ticket_id, expires_at) SELECT token_hash, CAST(?2 AS BIGINT), \
         CAST(?3 AS BIGINT) FROM tickets WHERE id = ?1 ON CONFLICT (token_hash) DO NOTHING",
        params![from.id, into.id, now + MERGED_DAYS * DAY],
    )?;
    Ok(())
}

fn alive(db: &Db, ticket: i64) -> Result<bool, StoreError> {
    let state: String = db.one("SELECT status FROM tickets WHERE id = ?1", [ticket], |row| row.get(0))?;
    let state = State::parse(&state).unwrap_or(State::Erased);
    Ok(allowed(state, Actor::Operator, 0).contains(&Action::Merge))
}

fn subject(tx: &Tx, id: i64) -> Result<Option<Hash>, StoreError> {
    tx.db.one("SELECT subject FROM tickets WHERE id = ?1", [id], |row| row.get(0))
}

/// Whether the portal has said of both that one person wrote them. A contact is what somebody wrote: whoever writes another
/// person's must not come to read their ticket by a merge.
fn proven(tx: &Tx, one: i64, two: i64) -> Result<bool, StoreError> {
    let one = subject(tx, one)?;
    Ok(one.is_some() && one == subject(tx, two)?)
}

/// Whether both seem to be written by one person, as far as the portal's word or the contact says so.
fn same_person(tx: &Tx, one: i64, two: i64) -> Result<bool, StoreError> {
    if let (Some(one), Some(two)) = (subject(tx, one)?, subject(tx, two)?) {
        return Ok(one == two);
    }
    let contact = |id: i64| Ok::<_, StoreError>(plain(&secrets::words(tx.db, tx.vault, id)?.contact));
    let (one, two) = (contact(one)?, contact(two)?);
    Ok(!one.is_empty() && one == two)
}

/// A contact without its spelling.
fn plain(contact: &str) -> String {
    if contact.contains('@') {
        return contact.trim().to_lowercase();
    }
    let digits: String = contact.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 => format!("7{rest}"),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_contact_in_two_spellings_is_one_person() {
        assert_eq!(plain(" Anna@Example.org "), plain("anna@example.org"));
        assert_eq!(plain("8 (900) 123-45-67"), plain("+7 900 1234567"));
        assert_ne!(plain("+7 900 123-45-67"), plain("+7 900 123-45-68"));
        assert_eq!(plain("без связи"), "");
    }
}
