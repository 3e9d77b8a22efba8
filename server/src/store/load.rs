//! How much came in, how much went out, and how long the first answer took.

use std::collections::BTreeMap;

use podskazka::wire::reports::LoadRow;

use super::db::{Row, params};
use super::desk::{SEEN, departments};
use super::reports::{DAY, ENDED, MOST, share};
use super::{Grouping, Operator, Period, Store, StoreError};
use crate::clock;
use crate::terms::Terms;

/// What is read of a ticket.
struct Moved {
    created: i64,
    responded: Option<i64>,
    resolved: Option<i64>,
    /// When it ended, in whatever way.
    ended: Option<i64>,
    /// Working seconds to the first answer.
    worked: Option<i64>,
    /// Whose it is; who answered first; who solved it.
    groups: [String; 3],
}

impl Moved {
    fn read(row: &mut Row, terms: &Terms) -> Result<Moved, StoreError> {
        let created = clock::seconds(&row.get::<String>(0)?);
        let (responded, department): (Option<i64>, String) = (row.get(1)?, row.get(4)?);
        let group =
            |row: &mut Row, column: usize| Ok::<_, StoreError>(row.get::<Option<String>>(column)?.unwrap_or_default());
        Ok(Moved {
            created,
            responded,
            resolved: row.get(2)?,
            ended: row.get(3)?,
            worked: responded.map(|at| terms.calendar(&department).between(created, at)),
            groups: [group(row, 5)?, group(row, 6)?, group(row, 7)?],
        })
    }
}

impl Store {
    /// The load of the period, a row a group; by day every day of it has one.
    pub async fn load(&self, operator: Operator, period: Period, by: Grouping) -> Result<Vec<LoadRow>, StoreError> {
        let column = by.column();
        // Whoever answered or solved need not be whose the ticket is now.
        let by_operator = by == Grouping::Operator;
        let [answered, solved] = if by_operator { ["answered_by", "resolved_by"] } else { [column; 2] };
        let sql = format!(
            "SELECT created_at, responded_at, resolved_at, {ENDED}, department, {column}, {answered}, {solved} FROM tickets \
             WHERE {SEEN} AND created_at < ?2 AND (created_at >= ?3 OR {ENDED} IS NULL OR {ENDED} >= ?4 OR responded_at >= ?4) \
             AND (CAST(?5 AS TEXT) IS NULL OR form = ?5) AND (CAST(?6 AS TEXT) IS NULL OR site = ?6) LIMIT ?7"
        );
        let terms = self.terms();
        self.read(move |db| {
            let Period { from, to, form, site } = period;
            let days = (clock::date(to + 1), clock::date(from));
            let params = params![departments(&operator), days.0, days.1, from * DAY, form, site, MOST];
            let tickets = db.all(&sql, params, |row| Moved::read(row, &terms))?;
            Ok(if by == Grouping::Day { by_day(&tickets, from, to) } else { by_group(&tickets, from, to) })
        })
        .await
    }
}

/// A row as it grows.
#[derive(Default)]
struct Sum {
    row: LoadRow,
    wall: Vec<i64>,
    working: Vec<i64>,
}

impl Sum {
    fn answer(&mut self, ticket: &Moved, at: i64) {
        self.row.answered += 1;
        self.wall.push((at - ticket.created) / 60);
        self.working.extend(ticket.worked.map(|it| it / 60));
    }

    fn row(mut self, group: String) -> LoadRow {
        self.wall.sort_unstable();
        self.working.sort_unstable();
        let [wall_p50, wall_p95] = [50, 95].map(|percent| share(&self.wall, percent));
        let [working_p50, working_p95] = [50, 95].map(|percent| share(&self.working, percent));
        LoadRow { group, wall_p50, wall_p95, working_p50, working_p95, ..self.row }
    }
}

fn by_day(tickets: &[Moved], from: i64, to: i64) -> Vec<LoadRow> {
    let mut days: BTreeMap<i64, Sum> = (from..=to).map(|day| (day, Sum::default())).collect();
    let day_of = |at: i64| at.div_euclid(DAY);
    for ticket in tickets {
        if let Some(sum) = days.get_mut(&day_of(ticket.created)) {
            sum.row.created += 1;
        }
        if let Some(at) = ticket.responded
            && let Some(sum) = days.get_mut(&day_of(at))
        {
            sum.answer(ticket, at);
        }
        if let Some(sum) = ticket.resolved.and_then(|at| days.get_mut(&day_of(at))) {
            sum.row.resolved += 1;
        }
        let (first, last) = (day_of(ticket.created), ticket.ended.map_or(to, |at| day_of(at) - 1));
        if first <= last {
            days.range_mut(first..=last).for_each(|(_, sum)| sum.row.backlog += 1);
        }
    }
    days.into_iter().map(|(day, sum)| sum.row(clock::date(day))).collect()
}

fn by_group(tickets: &[Moved], from: i64, to: i64) -> Vec<LoadRow> {
    let within = |at: &i64| (from * DAY..(to + 1) * DAY).contains(at);
    let mut groups: BTreeMap<&str, Sum> = BTreeMap::new();
    for ticket in tickets {
        let [own, answered, solved] = &ticket.groups;
        let sum = groups.entry(own).or_default();
        sum.row.created += u64::from(within(&ticket.created));
        sum.row.backlog += u64::from(ticket.ended.is_none_or(|at| at >= (to + 1) * DAY));
        if let Some(at) = ticket.responded.filter(within) {
            groups.entry(answered).or_default().answer(ticket, at);
        }
        if ticket.resolved.is_some_and(|at| within(&at)) {
            groups.entry(solved).or_default().row.resolved += 1;
        }
    }
    groups.into_iter().map(|(group, sum)| sum.row(group.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(created: i64, responded: Option<i64>, resolved: Option<i64>, who: [&str; 3]) -> Moved {
        let worked = responded.map(|at| (at - created) / 2);
        Moved { created, responded, resolved, ended: resolved, worked, groups: who.map(str::to_owned) }
    }

    #[test]
    fn each_day_has_its_row_and_the_backlog_of_its_evening() {
        let tickets = [
            moved(10, Some(130), Some(DAY + 20), [""; 3]),
            moved(DAY + 5, Some(2 * DAY), None, [""; 3]),
            // Came before the first day and is still there.
            moved(-DAY, None, None, [""; 3]),
            // Came and ended on one day.
            moved(2 * DAY + 60, Some(2 * DAY + 120), Some(2 * DAY + 180), [""; 3]),
        ];
        let rows = by_day(&tickets, 0, 3);
        let figures: Vec<_> = rows.iter().map(|row| [row.created, row.answered, row.resolved, row.backlog]).collect();
        assert_eq!(figures, [[1, 1, 0, 2], [1, 0, 1, 2], [1, 2, 1, 2], [0, 0, 0, 2]]);
        assert_eq!(rows[0].group, "1970-01-01");
        assert_eq!((rows[0].wall_p50, rows[0].working_p50, rows[1].wall_p50), (Some(2), Some(1), None));
        assert_eq!((rows[2].wall_p50, rows[2].wall_p95), (Some(1), Some(1_439)));
    }

    #[test]
    fn an_answer_is_counted_for_whoever_gave_it() {
        let tickets = [
            moved(DAY + 5, Some(DAY + 65), Some(DAY + 70), ["olga", "pavel", "irina"]),
            moved(DAY + 5, Some(DAY + 125), None, ["olga", "olga", ""]),
            // Before the period; still there.
            moved(5, Some(65), None, ["", "olga", ""]),
        ];
        let rows = by_group(&tickets, 1, 1);
        let figures: Vec<_> = rows
            .iter()
            .map(|row| (row.group.as_str(), [row.created, row.answered, row.resolved, row.backlog]))
            .collect();
        let expected = [("", [0, 0, 0, 1]), ("irina", [0, 0, 1, 0]), ("olga", [2, 1, 0, 1]), ("pavel", [0, 1, 0, 0])];
        assert_eq!(figures, expected);
    }
}
