//! Deadlines of a ticket: when it is answered first and when it is solved, in working time.
//!
//! The clock of the solution rests while a question to the citizen stands, and goes on with what was left. A deadline
//! that has passed stays passed.
//!
//! # Sources
//! The mission text promises an answer within the working day and leaves the minutes of the first answer blank; the
//! targets below are our choice; a team may have others (`Calendar::targets`). They stay far inside the 30 days of
//! article 12 of 59-ФЗ.

use super::calendar::Calendar;
use super::state::Clock;

const HOUR: i64 = 3_600;

/// How soon a ticket of a priority is answered and solved, in working seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub response: i64,
    pub resolution: i64,
}

/// Targets by priority, 1 (highest) to 4, of a team that names no others. The operators' day has 12 hours.
pub const TARGETS: [Target; 4] = [
    Target { response: HOUR, resolution: 8 * HOUR },
    Target { response: 2 * HOUR, resolution: 24 * HOUR },
    Target { response: 4 * HOUR, resolution: 36 * HOUR },
    Target { response: 12 * HOUR, resolution: 60 * HOUR },
];

impl Calendar {
    /// The team's targets of a priority; what is not 1 to 4 counts as 3.
    pub fn target(&self, priority: u8) -> Target {
        let index = usize::from(priority).wrapping_sub(1);
        let [_, _, usual, _] = self.targets;
        self.targets.get(index).copied().unwrap_or(usual)
    }
}

/// Priority by urgency and impact, each 1 (high) to 3 (low): their sum, so that one high and one low make the middle.
pub fn priority(urgency: u8, impact: u8) -> u8 {
    let sum = urgency.clamp(1, 3) + impact.clamp(1, 3);
    (sum - 1).min(4)
}

/// Urgency that a topic starts with: money is urgent, the rest is usual.
pub fn urgency_of_topic(topic: &str) -> u8 {
    if topic == "payment" { 1 } else { 2 }
}

/// The clock of the solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Runs to this moment.
    At(i64),
    /// Rests with this many working seconds left; negative when it rested after the deadline.
    Left(i64),
    /// Ended.
    Done,
}

impl Due {
    /// The clock of a new ticket or a reopened one.
    pub fn start(calendar: &Calendar, now: i64, priority: u8) -> Due {
        calendar.add(now, calendar.target(priority).resolution).map_or(Due::Done, Due::At)
    }

    /// The clock after the priority changed: the time already worked counts, what is left grows or shrinks by the
    /// difference of the targets.
    pub fn reweigh(self, calendar: &Calendar, now: i64, from: u8, to: u8) -> Due {
        let more = calendar.target(to).resolution - calendar.target(from).resolution;
        match self {
            Due::At(_) if more == 0 => self,
            Due::At(_) => match self.turn(calendar, now, Clock::Pause, from) {
                Due::Left(left) => Due::Left(left + more).turn(calendar, now, Clock::Resume, to),
                other => other,
            },
            Due::Left(left) => Due::Left(left + more),
            Due::Done => Due::Done,
        }
    }

    /// The clock after a step.
    pub fn turn(self, calendar: &Calendar, now: i64, clock: Clock, priority: u8) -> Due {
        match (clock, self) {
            (Clock::Restart, _) => Due::start(calendar, now, priority),
            (Clock::Stop, _) => Due::Done,
            (Clock::Pause, Due::At(due)) if due >= now => Due::Left(calendar.between(now, due)),
            (Clock::Pause, Due::At(due)) => Due::Left(-calendar.between(due, now)),
            // Overdue by so much of working time: the nearest moment back that says the same is now or earlier.
            (Clock::Resume, Due::Left(left)) if left < 0 => Due::At(now + left),
            (Clock::Resume, Due::Left(left)) => calendar.add(now, left).map_or(Due::Done, Due::At),
            (_, due) => due,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{OPERATORS, moment};
    use super::*;

    #[test]
    fn priorities() {
        assert_eq!((priority(1, 1), priority(1, 3), priority(2, 2), priority(3, 3)), (1, 3, 3, 4));
        assert_eq!((priority(0, 0), priority(255, 255)), (1, 4));
        assert_eq!(["payment", "form"].map(|topic| priority(urgency_of_topic(topic), 2)), [2, 3]);
        let target = |priority| OPERATORS.target(priority);
        assert_eq!((target(0), target(9)), (target(3), target(3)));
        for pair in TARGETS.windows(2) {
            assert!(pair[0].response < pair[1].response && pair[0].resolution < pair[1].resolution);
        }
    }

    #[test]
    fn a_rest_never_shortens_the_time_to_solve() {
        let start = moment(2025, 12, 30, 19, 30);
        let mut now = start;
        let mut due = Due::start(&OPERATORS, start, 3);
        let mut worked = 0;
        for (work, rest) in [(1_800, 90_000), (0, 0), (40_000, 7), (5, 400_000)] {
            let asked = now + work;
            worked += OPERATORS.between(now, asked);
            due = due.turn(&OPERATORS, asked, Clock::Pause, 3);
            now = asked + rest;
            due = due.turn(&OPERATORS, now, Clock::Resume, 3);
        }
        let Due::At(end) = due else { panic!("{due:?}") };
        assert_eq!(worked + OPERATORS.between(now, end), OPERATORS.target(3).resolution);
    }

    #[test]
    fn a_new_weight_moves_the_end_and_keeps_what_was_worked() {
        let start = moment(2026, 11, 25, 10, 0);
        let now = moment(2026, 11, 25, 14, 0);
        for (from, to) in [(3, 1), (1, 3), (4, 2), (2, 2)] {
            let due = Due::start(&OPERATORS, start, from).reweigh(&OPERATORS, now, from, to);
            assert_eq!(due, Due::start(&OPERATORS, start, to), "{from} to {to}");
        }
        // Four hours late after a day of work.
        let late = moment(2026, 11, 26, 10, 0);
        let due = Due::start(&OPERATORS, start, 4).reweigh(&OPERATORS, late, 4, 1);
        assert!(matches!(due, Due::At(at) if at < late), "{due:?}");
        assert_eq!(Due::Left(100).reweigh(&OPERATORS, now, 2, 1), Due::Left(100 + 8 * HOUR - 24 * HOUR));
        assert_eq!(Due::Done.reweigh(&OPERATORS, now, 2, 1), Due::Done);
    }

    #[test]
    fn overdue_stays_overdue() {
        let due = Due::At(moment(2026, 11, 25, 10, 0));
        let rests = due.turn(&OPERATORS, moment(2026, 11, 25, 12, 0), Clock::Pause, 3);
        assert_eq!(rests, Due::Left(-7_200));
        let now = moment(2026, 11, 26, 12, 0);
        assert_eq!(rests.turn(&OPERATORS, now, Clock::Resume, 3), Due::At(now - 7_200));
        assert_eq!(rests.turn(&OPERATORS, now, Clock::Stop, 3), Due::Done);
        assert_eq!(Due::Done.turn(&OPERATORS, now, Clock::Keep, 3), Due::Done);
        assert_eq!(Due::Done.turn(&OPERATORS, now, Clock::Restart, 1), Due::start(&OPERATORS, now, 1));
    }
}
