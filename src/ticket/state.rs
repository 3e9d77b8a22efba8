//! The states of a ticket and what may move it: one table, read by the page, the server and the operators' desk.
//!
//! Department and level are attributes of a ticket, not states. A row of [`TABLE`] says who may do what in which state,
//! where the ticket goes and what happens to its resolution clock; whatever has no row is refused.
//!
//! # Examples
//! ```
//! use podskazka::ticket::{Action, Actor, Refusal, State, step};
//! let asked = step(State::InProgress, Action::Ask, Actor::Operator, 0).unwrap();
//! assert_eq!(asked.to, State::WaitingCitizen);
//! assert_eq!(step(State::New, Action::Resolve, Actor::Citizen, 0), Err(Refusal::NotYours));
//! assert_eq!(step(State::New, Action::Confirm, Actor::Citizen, 0), Err(Refusal::NotNow));
//! ```

use serde::{Deserialize, Serialize};

/// Days in which a closed ticket may still be reopened; later a new one is written.
pub const REOPEN_DAYS: u32 = 30;
/// Working days after which a resolved ticket that nobody objected to closes itself.
pub const CLOSE_AFTER_DAYS: u32 = 5;
/// Times that operators give a ticket from department to department by themselves: a fourth time it goes round.
pub const TRANSFERS: i64 = 3;
/// The highest level of specialists.
pub const LEVELS: u8 = 3;

/// Where a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Written, read by nobody yet.
    New,
    /// Assigned to a department or a person.
    Open,
    /// Somebody works on it.
    InProgress,
    /// A question to the citizen stands; the clock rests.
    WaitingCitizen,
    /// Another organisation has to act; the clock runs on.
    WaitingExternal,
    /// Answered; the citizen may confirm or reopen.
    Resolved,
    /// Over.
    Closed,
    /// Not taken: spam, a duplicate, or not ours; the reason is told.
    Rejected,
    /// Goes on in another ticket of the same person.
    Merged,
    /// Words and files are destroyed; number and dates stay.
    Erased,
}

/// What somebody does to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The citizen adds information or answers a question.
    Comment,
    /// The citizen agrees that it is solved.
    Confirm,
    /// The citizen says that it is not.
    Reopen,
    /// The citizen no longer needs it.
    Withdraw,
    /// The citizen says how it went, once.
    Rate,
    /// Give it to a department or a person.
    Assign,
    /// Give it to another department; reason required. The clock runs on.
    Transfer,
    /// Weigh it anew: urgency and impact.
    Triage,
    /// Join it with another ticket of the same person; reason required.
    Merge,
    /// Begin to work.
    Take,
    /// Ask the citizen; text required.
    Ask,
    /// Wait for another organisation; reason required.
    Wait,
    /// The wait is over.
    Resume,
    /// To another level, up or down; reason required.
    Escalate,
    /// Answer; the solution's text required.
    Resolve,
    /// Do not take it; reason required.
    Reject,
    /// Time has passed without an objection.
    Expire,
    /// Personal data is destroyed.
    Erase,
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Citizen,
    Operator,
    System,
}

impl Actor {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Actor::Citizen => "citizen",
            Actor::Operator => "operator",
            Actor::System => "system",
        }
    }
}

/// What the step does to the clock of the resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Goes on as it was.
    Keep,
    /// Rests.
    Pause,
    /// Goes on after a rest.
    Resume,
    /// Ends.
    Stop,
    /// Begins anew.
    Restart,
}

/// A lawful step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub to: State,
    pub clock: Clock,
    /// The step needs words: a question, a reason or a solution.
    pub text: bool,
}

/// Why a step is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// This actor never does this.
    NotYours,
    /// Not in this state.
    NotNow,
    /// A closed ticket older than [`REOPEN_DAYS`].
    TooLate,
    /// Given from department to department [`TRANSFERS`] times already: a chief decides.
    TooOften,
    /// Tickets of two persons do not become one.
    TwoPersons,
}

/// One row: in these states, this action of this actor, leads there (`None`: stays), with this clock.
type Row = (&'static [State], Action, Actor, Option<State>, Clock);

use Action as A;
use Actor::{Citizen, Operator, System};
use State as S;

const ACTIVE: &[State] = &[S::New, S::Open, S::InProgress, S::WaitingExternal];
const ALIVE: &[State] = &[S::New, S::Open, S::InProgress, S::WaitingCitizen, S::WaitingExternal];
const UNERASED: &[State] = match State::ALL.split_last() {
    Some((_erased, others)) => others,
    None => &[],
};

/// The whole machine.
const TABLE: &[Row] = &[
    (ACTIVE, A::Comment, Citizen, None, Clock::Keep),
    (&[S::WaitingCitizen], A::Comment, Citizen, Some(S::InProgress), Clock::Resume),
    (&[S::Resolved], A::Confirm, Citizen, Some(S::Closed), Clock::Keep),
    (&[S::Resolved, S::Closed], A::Reopen, Citizen, Some(S::Open), Clock::Restart),
    (ALIVE, A::Withdraw, Citizen, Some(S::Closed), Clock::Stop),
    (&[S::Resolved, S::Closed], A::Rate, Citizen, None, Clock::Keep),
    (&[S::New, S::Open], A::Assign, Operator, Some(S::Open), Clock::Keep),
    (&[S::InProgress, S::WaitingCitizen, S::WaitingExternal], A::Assign, Operator, None, Clock::Keep),
    (&[S::New, S::Open, S::InProgress], A::Transfer, Operator, Some(S::Open), Clock::Keep),
    (ALIVE, A::Triage, Operator, None, Clock::Keep),
    (ALIVE, A::Merge, Operator, Some(S::Merged), Clock::Stop),
    (&[S::New, S::Open], A::Take, Operator, Some(S::InProgress), Clock::Keep),
    (&[S::Open, S::InProgress], A::Ask, Operator, Some(S::WaitingCitizen), Clock::Pause),
    (&[S::Open, S::InProgress], A::Wait, Operator, Some(S::WaitingExternal), Clock::Keep),
    (&[S::WaitingExternal], A::Resume, Operator, Some(S::InProgress), Clock::Keep),
    (&[S::Open, S::InProgress, S::WaitingCitizen, S::WaitingExternal], A::Escalate, Operator, None, Clock::Keep),
    (&[S::InProgress], A::Resolve, Operator, Some(S::Resolved), Clock::Stop),
    (&[S::New, S::Open], A::Reject, Operator, Some(S::Rejected), Clock::Stop),
    (&[S::Open, S::InProgress, S::WaitingCitizen, S::WaitingExternal], A::Escalate, System, None, Clock::Keep),
    (&[S::WaitingCitizen], A::Resolve, System, Some(S::Resolved), Clock::Stop),
    (&[S::WaitingExternal], A::Resume, System, Some(S::InProgress), Clock::Keep),
    (&[S::Resolved], A::Expire, System, Some(S::Closed), Clock::Keep),
    (UNERASED, A::Erase, System, Some(S::Erased), Clock::Stop),
];

impl State {
    /// Every state, the erased one last.
    pub const ALL: [State; 10] = [
        S::New,
        S::Open,
        S::InProgress,
        S::WaitingCitizen,
        S::WaitingExternal,
        S::Resolved,
        S::Closed,
        S::Rejected,
        S::Merged,
        S::Erased,
    ];

    /// The stable name, as stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            S::New => "new",
            S::Open => "open",
            S::InProgress => "in_progress",
            S::WaitingCitizen => "waiting_citizen",
            S::WaitingExternal => "waiting_external",
            S::Resolved => "resolved",
            S::Closed => "closed",
            S::Rejected => "rejected",
            S::Merged => "merged",
            S::Erased => "erased",
        }
    }

    /// The state of a name.
    pub fn parse(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether somebody has still to do something.
    pub fn alive(self) -> bool {
        ALIVE.contains(&self)
    }

    /// What a citizen reads.
    pub fn words(self) -> &'static str {
        match self {
            S::New => "Принято, ждёт специалиста",
            S::Open => "Передано специалисту",
            S::InProgress => "В работе",
            S::WaitingCitizen => "Ждём вашего ответа",
            S::WaitingExternal => "Ждём ответа другой организации",
            S::Resolved => "Решено: подтвердите или верните в работу",
            S::Closed => "Закрыто",
            S::Rejected => "Не принято: причина в ответе",
            S::Merged => "Объединено с другим вашим обращением",
            S::Erased => "Данные обращения удалены",
        }
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 18] = [
        A::Comment,
        A::Confirm,
        A::Reopen,
        A::Withdraw,
        A::Rate,
        A::Assign,
        A::Transfer,
        A::Triage,
        A::Merge,
        A::Take,
        A::Ask,
        A::Wait,
        A::Resume,
        A::Escalate,
        A::Resolve,
        A::Reject,
        A::Expire,
        A::Erase,
    ];

    /// The stable name, as stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            A::Comment => "comment",
            A::Confirm => "confirm",
            A::Reopen => "reopen",
            A::Withdraw => "withdraw",
            A::Rate => "rate",
            A::Assign => "assign",
            A::Transfer => "transfer",
            A::Triage => "triage",
            A::Merge => "merge",
            A::Take => "take",
            A::Ask => "ask",
            A::Wait => "wait",
            A::Resume => "resume",
            A::Escalate => "escalate",
            A::Resolve => "resolve",
            A::Reject => "reject",
            A::Expire => "expire",
            A::Erase => "erase",
        }
    }

    /// Whether the step means nothing without words.
    pub fn needs_text(self) -> bool {
        matches!(
            self,
            A::Comment | A::Reopen | A::Transfer | A::Merge | A::Ask | A::Wait | A::Escalate | A::Resolve | A::Reject
        )
    }
}

/// The step, or why it is refused. `closed_days`: whole days since the ticket closed, 0 when it has not.
pub fn step(from: State, action: Action, actor: Actor, closed_days: u32) -> Result<Step, Refusal> {
    let mut rows = TABLE.iter().filter(|(_, a, who, _, _)| *a == action && *who == actor).peekable();
    if rows.peek().is_none() {
        return Err(Refusal::NotYours);
    }
    let (_, _, _, to, clock) = rows.find(|(states, ..)| states.contains(&from)).ok_or(Refusal::NotNow)?;
    if action == A::Reopen && from == S::Closed && closed_days > REOPEN_DAYS {
        return Err(Refusal::TooLate);
    }
    Ok(Step { to: to.unwrap_or(from), clock: *clock, text: action.needs_text() })
}

/// What the actor may do now, in the order of the table.
pub fn allowed(from: State, actor: Actor, closed_days: u32) -> Vec<Action> {
    Action::ALL.into_iter().filter(|action| step(from, *action, actor, closed_days).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.name()), Some(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
        for action in Action::ALL {
            assert_eq!(serde_json::to_value(action).unwrap(), action.name());
        }
        for actor in [Actor::Citizen, Actor::Operator, Actor::System] {
            assert_eq!(serde_json::to_value(actor).unwrap(), actor.name());
        }
    }

    /// Column: what the citizen may do in a state.
    #[test]
    fn the_citizen_may() {
        let check = |state: State, expected: &[Action]| assert_eq!(allowed(state, Citizen, 0), expected, "{state:?}");
        for state in [S::New, S::Open, S::InProgress, S::WaitingCitizen, S::WaitingExternal] {
            check(state, &[A::Comment, A::Withdraw]);
        }
        check(S::Resolved, &[A::Confirm, A::Reopen, A::Rate]);
        check(S::Closed, &[A::Reopen, A::Rate]);
        check(S::Rejected, &[]);
        check(S::Merged, &[]);
        check(S::Erased, &[]);
        assert_eq!(allowed(S::Closed, Citizen, REOPEN_DAYS), [A::Reopen, A::Rate]);
        assert_eq!(step(S::Closed, A::Reopen, Citizen, REOPEN_DAYS + 1), Err(Refusal::TooLate));
    }

    #[test]
    fn the_operator_may() {
        let check = |state: State, expected: &[Action]| assert_eq!(allowed(state, Operator, 0), expected, "{state:?}");
        let (give, weigh) = ([A::Assign, A::Transfer], [A::Triage, A::Merge]);
        let all = |rest: &[Action]| [give.as_slice(), &weigh, rest].concat();
        check(S::New, &all(&[A::Take, A::Reject]));
        check(S::Open, &all(&[A::Take, A::Ask, A::Wait, A::Escalate, A::Reject]));
        check(S::InProgress, &all(&[A::Ask, A::Wait, A::Escalate, A::Resolve]));
        check(S::WaitingCitizen, &[A::Assign, A::Triage, A::Merge, A::Escalate]);
        check(S::WaitingExternal, &[A::Assign, A::Triage, A::Merge, A::Resume, A::Escalate]);
        for state in [S::Resolved, S::Closed, S::Rejected, S::Merged, S::Erased] {
            check(state, &[]);
        }
    }

    #[test]
    fn no_row_says_two_things_and_every_state_is_reached() {
        let mut reached = vec![S::New];
        for action in Action::ALL {
            for actor in [Citizen, Operator, System] {
                for state in State::ALL {
                    let rows = TABLE
                        .iter()
                        .filter(|(from, a, who, ..)| *a == action && *who == actor && from.contains(&state));
                    assert!(rows.count() <= 1, "{state:?} {action:?} {actor:?}");
                    reached.extend(step(state, action, actor, 0).map(|it| it.to));
                }
            }
        }
        assert!(State::ALL.iter().all(|state| reached.contains(state)));
    }

    #[test]
    fn the_clock_rests_exactly_while_the_citizen_is_asked() {
        for (from, action, _, to, clock) in TABLE {
            let waits = *to == Some(S::WaitingCitizen);
            assert_eq!(waits, *clock == Clock::Pause, "{from:?} {action:?}");
        }
        assert_eq!(step(S::WaitingCitizen, A::Comment, Citizen, 0).unwrap().clock, Clock::Resume);
        assert_eq!(step(S::WaitingCitizen, A::Withdraw, Citizen, 0).unwrap().clock, Clock::Stop);
    }
}
