//! What time by itself does to a ticket: warnings before and at a deadline, a reminder of a question, its end, and the end
//! of a wait for another organisation.
//!
//! [`Timed::next`] says what comes next and when. Whoever keeps tickets writes that moment down, comes back then, does it,
//! and asks again; nothing here looks at a clock.
//!
//! # Sources
//! Fifteen days for another organisation: article 10 part 2 of 59-ФЗ gives bodies that are asked for papers as many.

use serde::Deserialize;

use super::calendar::Calendar;
use super::sla::Due;
use super::state::State;

const DAY: i64 = 86_400;

/// How long is waited. Days are those of the calendar on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patience {
    /// Share of a deadline's time, in percent, after which operators are warned; 0 warns at the deadline alone.
    pub warn_percent: u8,
    /// Days after which the citizen is reminded of a question; 0 reminds nobody.
    pub remind_days: u8,
    /// Days after which a question without an answer is taken as solved; 0 waits for ever.
    pub resolve_days: u8,
    /// Days for another organisation; 0 waits for ever.
    pub external_days: u8,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { warn_percent: 80, remind_days: 3, resolve_days: 10, external_days: 15 }
    }
}

/// Which deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    Response,
    Resolution,
}

impl Deadline {
    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Deadline::Response => "response",
            Deadline::Resolution => "resolution",
        }
    }
}

/// How far a deadline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing was said of it yet.
    #[default]
    Early,
    /// Operators were warned.
    Soon,
    /// It has passed.
    Late,
}

impl Stage {
    /// Stable name; of an early one nothing is said.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Early => "early",
            Stage::Soon => "soon",
            Stage::Late => "late",
        }
    }
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// A deadline comes to this stage.
    Deadline(Deadline, Stage),
    /// The citizen has not answered a question yet.
    Remind,
    /// The citizen has not answered it at all.
    Resolve,
    /// The other organisation has not answered.
    Resume,
}

impl Alarm {
    /// What the history says of it.
    pub fn words(self, patience: &Patience) -> String {
        match self {
            Alarm::Deadline(deadline, stage) => {
                let what = match deadline {
                    Deadline::Response => "первого ответа",
                    Deadline::Resolution => "решения",
                };
                match stage {
                    Stage::Late => format!("Срок {what} прошёл."),
                    _ => format!(
                        "До срока {what} осталось {} % времени или меньше.",
                        100 - patience.warn_percent.min(100)
                    ),
                }
            }
            Alarm::Remind => {
                let end = match patience.resolve_days {
                    0 => "",
                    _ => " Без ответа обращение будет закрыто, и его можно будет вернуть в работу.",
                };
                format!("Напоминаем: специалист ждёт вашего ответа на вопрос.{end}")
            }
            Alarm::Resolve => {
                let days = patience.resolve_days;
                format!("Ответа на вопрос не было, дней: {days}. Если вопрос остался, верните обращение в работу.")
            }
            Alarm::Resume => {
                let days = patience.external_days;
                format!("Другая организация не ответила, дней: {days}. Специалист вернулся к обращению.")
            }
        }
    }
}

/// What of a ticket the time acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    pub state: State,
    pub priority: u8,
    /// When the first answer is due; `None` once there is one.
    pub response: Option<i64>,
    pub response_stage: Stage,
    pub due: Due,
    pub resolution_stage: Stage,
    /// Since when the ticket waits, in the two waiting states.
    pub waits_since: Option<i64>,
    /// When the citizen was reminded of this question.
    pub reminded_at: Option<i64>,
}

impl Timed {
    /// What comes next, and when; a moment that has passed means now. `None` when nothing comes by itself.
    pub fn next(&self, calendar: &Calendar, patience: &Patience, now: i64) -> Option<(i64, Alarm)> {
        let all =
            [self.waiting(patience), self.response(calendar, patience, now), self.resolution(calendar, patience, now)];
        all.into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    fn waiting(&self, patience: &Patience) -> Option<(i64, Alarm)> {
        let days = |days: u8| (days > 0).then_some(i64::from(days) * DAY);
        let since = self.waits_since?;
        match self.state {
            State::WaitingExternal => Some((since + days(patience.external_days)?, Alarm::Resume)),
            State::WaitingCitizen => {
                let (remind, resolve) = (days(patience.remind_days), days(patience.resolve_days));
                let reminder = remind.filter(|_| self.reminded_at.is_none()).map(|it| (since + it, Alarm::Remind));
                // Whoever is reminded late has as many days after it as others.
                let grace = |reminded: i64| Some(reminded + resolve? - remind?);
                let end = resolve.map(|it| (since + it).max(self.reminded_at.and_then(grace).unwrap_or(i64::MIN)));
                reminder.or(end.map(|at| (at, Alarm::Resolve)))
            }
            _ => None,
        }
    }

    fn response(&self, calendar: &Calendar, patience: &Patience, now: i64) -> Option<(i64, Alarm)> {
        let due = self.response.filter(|_| self.state.alive())?;
        let (at, stage) =
            watch(calendar, patience, due, calendar.target(self.priority).response, self.response_stage, now)?;
        Some((at, Alarm::Deadline(Deadline::Response, stage)))
    }

    fn resolution(&self, calendar: &Calendar, patience: &Patience, now: i64) -> Option<(i64, Alarm)> {
        let Due::At(due) = self.due else { return None };
        let whole = calendar.target(self.priority).resolution;
        let (at, stage) = watch(calendar, patience, due, whole, self.resolution_stage, now)?;
        Some((at, Alarm::Deadline(Deadline::Resolution, stage)))
    }
}

/// The next stage of a deadline whose time was `whole`, and when it comes.
fn watch(
    calendar: &Calendar,
    patience: &Patience,
    due: i64,
    whole: i64,
    stage: Stage,
    now: i64,
) -> Option<(i64, Stage)> {
    if stage == Stage::Late {
        return None;
    }
    if stage == Stage::Soon || due <= now || patience.warn_percent == 0 {
        return Some((due, Stage::Late));
    }
    let rest = whole * (100 - i64::from(patience.warn_percent.min(100))) / 100;
    let early = calendar.between(now, due) - rest;
    Some((calendar.add(now, early).unwrap_or(due).min(due), Stage::Soon))
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{OPERATORS, moment};
    use super::*;

    const PATIENCE: Patience = Patience { warn_percent: 80, remind_days: 3, resolve_days: 10, external_days: 15 };

    fn fresh(at: i64, priority: u8) -> Timed {
        Timed {
            state: State::New,
            priority,
            response: OPERATORS.add(at, OPERATORS.target(priority).response),
            response_stage: Stage::Early,
            due: Due::start(&OPERATORS, at, priority),
            resolution_stage: Stage::Early,
            waits_since: None,
            reminded_at: None,
        }
    }

    /// Does what comes, until nothing comes any more.
    fn run(mut it: Timed, mut now: i64) -> Vec<(i64, Alarm)> {
        let mut seen = Vec::new();
        while let Some((at, alarm)) = it.next(&OPERATORS, &PATIENCE, now) {
            now = now.max(at);
            seen.push((now, alarm));
            match alarm {
                Alarm::Deadline(Deadline::Response, stage) => it.response_stage = stage,
                Alarm::Deadline(Deadline::Resolution, stage) => it.resolution_stage = stage,
                Alarm::Remind => it.reminded_at = Some(now),
                Alarm::Resolve => (it.state, it.waits_since) = (State::Resolved, None),
                Alarm::Resume => (it.state, it.waits_since) = (State::InProgress, None),
            }
        }
        seen
    }

    #[test]
    fn operators_hear_at_four_fifths_of_a_deadline_and_at_its_end() {
        // Wednesday; the answer is due at 14:00, the solution after three days of twelve hours.
        let start = moment(2026, 11, 25, 10, 0);
        let said = run(fresh(start, 3), start);
        let of = |deadline, stage| Alarm::Deadline(deadline, stage);
        assert_eq!(
            said,
            [
                (moment(2026, 11, 25, 13, 12), of(Deadline::Response, Stage::Soon)),
                (moment(2026, 11, 25, 14, 0), of(Deadline::Response, Stage::Late)),
                // 28.8 of 36 hours: ten on Wednesday, twelve on Thursday, 6:48 on Friday.
                (moment(2026, 11, 27, 14, 48), of(Deadline::Resolution, Stage::Soon)),
                // Twelve on Friday make 34, and two on Saturday.
                (moment(2026, 11, 28, 11, 0), of(Deadline::Resolution, Stage::Late)),
            ]
        );
        // Somebody who looks late says the end alone.
        let late = run(fresh(start, 3), moment(2026, 12, 20, 12, 0));
        let ends = [of(Deadline::Response, Stage::Late), of(Deadline::Resolution, Stage::Late)];
        assert_eq!(late.into_iter().map(|(_, alarm)| alarm).collect::<Vec<_>>(), ends);
    }

    #[test]
    fn nothing_is_said_of_a_clock_that_rests_or_has_ended() {
        let start = moment(2026, 11, 25, 10, 0);
        let still = Timed { response: None, due: Due::Left(5), ..fresh(start, 1) };
        assert_eq!(run(still, start + 90 * DAY), []);
        for state in [State::Resolved, State::Closed, State::Rejected, State::Merged, State::Erased] {
            assert_eq!(run(Timed { state, due: Due::Done, ..fresh(start, 1) }, start), [], "{state:?}");
        }
        let silent = Patience { warn_percent: 0, ..PATIENCE };
        let first = fresh(start, 3).next(&OPERATORS, &silent, start);
        assert_eq!(first, Some((moment(2026, 11, 25, 14, 0), Alarm::Deadline(Deadline::Response, Stage::Late))));
    }

    #[test]
    fn a_question_is_recalled_and_then_taken_as_solved() {
        let start = moment(2026, 11, 25, 10, 0);
        let asked = Timed {
            state: State::WaitingCitizen,
            response: None,
            due: Due::Left(5),
            waits_since: Some(start),
            ..fresh(start, 3)
        };
        assert_eq!(run(asked, start), [(start + 3 * DAY, Alarm::Remind), (start + 10 * DAY, Alarm::Resolve)]);
        // A server that was away for a month does not close a ticket in the minute of its reminder.
        let late = start + 30 * DAY;
        assert_eq!(run(asked, late), [(late, Alarm::Remind), (late + 7 * DAY, Alarm::Resolve)]);
        for (patience, expected) in [
            (Patience { remind_days: 0, ..PATIENCE }, Some((start + 10 * DAY, Alarm::Resolve))),
            (Patience { remind_days: 0, resolve_days: 0, ..PATIENCE }, None),
            (Patience { resolve_days: 0, ..PATIENCE }, Some((start + 3 * DAY, Alarm::Remind))),
        ] {
            assert_eq!(asked.next(&OPERATORS, &patience, start), expected);
        }
    }

    #[test]
    fn no_end_is_announced_where_none_comes() {
        let for_ever = Patience { resolve_days: 0, ..PATIENCE };
        assert!(Alarm::Remind.words(&PATIENCE).contains("будет закрыто"));
        assert!(!Alarm::Remind.words(&for_ever).contains("закрыто"));
        let soon = Alarm::Deadline(Deadline::Resolution, Stage::Soon);
        assert_eq!(soon.words(&PATIENCE), "До срока решения осталось 20 % времени или меньше.");
    }

    #[test]
    fn another_organisation_has_its_days() {
        let start = moment(2026, 11, 25, 10, 0);
        let waits = Timed {
            state: State::WaitingExternal,
            response: None,
            due: Due::Done,
            waits_since: Some(start),
            ..fresh(start, 3)
        };
        assert_eq!(run(waits, start), [(start + 15 * DAY, Alarm::Resume)]);
        assert_eq!(waits.next(&OPERATORS, &Patience { external_days: 0, ..PATIENCE }, start), None);
    }
}
