//! How tickets were served: counted from their rows, for the operator's departments.

use std::collections::{BTreeMap, HashMap};

use podskazka::wire::desk::ServiceRow;

use super::db::{Row, params};
use super::desk::{SEEN, departments};
use super::{Operator, Period, Store, StoreError};
use crate::clock;
use crate::secret::Hash;
use crate::terms::Terms;

/// Days in which the same person with the same trouble counts as coming again.
const AGAIN: i64 = 30 * 86_400;
/// Most tickets of one table: a year of a large portal.
pub(super) const MOST: i64 = 500_000;
/// Seconds of a day; days of tables are those of UTC.
pub(super) const DAY: i64 = 86_400;
/// When a ticket ended, as SQL; nothing while it has not.
pub(super) const ENDED: &str = "coalesce(resolved_at, closed_at, erased_at)";

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    Department,
    Site,
    Form,
    Topic,
    Day,
    /// Whose the ticket is; of answers and solutions, who gave them.
    Operator,
}

impl Grouping {
    /// Every grouping.
    const ALL: [Grouping; 6] =
        [Grouping::Department, Grouping::Site, Grouping::Form, Grouping::Topic, Grouping::Day, Grouping::Operator];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Department => "department",
            Grouping::Site => "site",
            Grouping::Form => "form",
            Grouping::Topic => "topic",
            Grouping::Day => "day",
            Grouping::Operator => "operator",
        }
    }

    /// The grouping of a name.
    pub fn parse(name: &str) -> Option<Grouping> {
        Grouping::ALL.into_iter().find(|grouping| grouping.name() == name)
    }

    /// The column, or the day of `created_at`.
    pub(super) fn column(self) -> &'static str {
        match self {
            Grouping::Department => "department",
            Grouping::Site => "site",
            Grouping::Form => "form",
            Grouping::Topic => "topic",
            Grouping::Day => "substr(created_at, 1, 10)",
            Grouping::Operator => "coalesce(assignee, '')",
        }
    }
}

/// What is read of a ticket.
struct Served {
    group: String,
    created: i64,
    responded: Option<i64>,
    response_due: i64,
    /// Working seconds to the first answer.
    worked: Option<i64>,
    solved: bool,
    late: Option<i64>,
    open: bool,
    reopened: i64,
    level: i64,
    transfers: i64,
    /// Who, and about what.
    trouble: Option<(Hash, String, Option<String>)>,
}

impl Served {
    fn read(row: &mut Row, terms: &Terms) -> Result<Served, StoreError> {
        let created = clock::seconds(&row.get::<String>(1)?);
        let responded: Option<i64> = row.get(2)?;
        let department: String = row.get(13)?;
        let status: String = row.get(4)?;
        let mark: Option<Hash> = row.get(9)?;
        let (form, code) = (row.get(10)?, row.get(11)?);
        Ok(Served {
            group: row.get(0)?,
            created,
            responded,
            worked: responded.map(|at| terms.calendar(&department).between(created, at)),
            response_due: row.get(3)?,
            solved: row.get::<Option<i64>>(12)?.is_some(),
            late: row.get(5)?,
            open: !matches!(status.as_str(), "resolved" | "closed" | "rejected" | "merged" | "erased"),
            reopened: row.get(6)?,
            level: row.get(7)?,
            transfers: row.get(8)?,
            trouble: mark.map(|mark| (mark, form, code)),
        })
    }
}

impl Store {
    /// How the tickets that came in the period were served, a row a group.
    pub async fn service(
        &self,
        operator: Operator,
        period: Period,
        by: Grouping,
    ) -> Result<Vec<ServiceRow>, StoreError> {
        let sql = format!(
            "SELECT {}, created_at, responded_at, response_due, status, late, reopened, level, transfers, \
             coalesce(contact_mark, phone_mark), \
             form, code, resolved_at, department FROM tickets WHERE {SEEN} AND created_at >= ?2 AND created_at < ?3 \
             AND (CAST(?4 AS TEXT) IS NULL OR form = ?4) AND (CAST(?5 AS TEXT) IS NULL OR site = ?5) \
             ORDER BY created_at LIMIT ?6",
            by.column()
        );
        let terms = self.terms();
        self.read(move |db| {
            let Period { from, to, form, site } = period;
            let params = params![departments(&operator), clock::date(from), clock::date(to + 1), form, site, MOST];
            Ok(table(&db.all(&sql, params, |row| Served::read(row, &terms))?))
        })
        .await
    }
}

fn table(tickets: &[Served]) -> Vec<ServiceRow> {
    let mut groups: BTreeMap<&str, Vec<&Served>> = BTreeMap::new();
    let mut seen: HashMap<_, i64> = HashMap::new();
    let mut again: HashMap<&str, u64> = HashMap::new();
    for ticket in tickets {
        groups.entry(&ticket.group).or_default().push(ticket);
        let Some(trouble) = &ticket.trouble else { continue };
        if seen.insert(trouble, ticket.created).is_some_and(|before| ticket.created - before <= AGAIN) {
            *again.entry(&ticket.group).or_default() += 1;
        }
    }
    groups.into_iter().map(|(group, tickets)| row(group, &tickets, again.get(group).copied().unwrap_or(0))).collect()
}

fn row(group: &str, tickets: &[&Served], repeated: u64) -> ServiceRow {
    let count = |fits: &dyn Fn(&Served) -> bool| {
        u64::try_from(tickets.iter().filter(|ticket| fits(ticket)).count()).unwrap_or(u64::MAX)
    };
    let waits = |wait: &dyn Fn(&Served) -> Option<i64>| {
        let mut waits: Vec<i64> = tickets.iter().filter_map(|it| Some(wait(it)? / 60)).collect();
        waits.sort_unstable();
        [50, 90].map(|percent| share(&waits, percent))
    };
    let [response_median, response_p90] = waits(&|it| it.worked);
    let [wall_median, wall_p90] = waits(&|it| Some(it.responded? - it.created));
    ServiceRow {
        group: group.to_owned(),
        tickets: count(&|_| true),
        open: count(&|it| it.open),
        answered: count(&|it| it.responded.is_some()),
        answered_in_time: count(&|it| it.responded.is_some_and(|at| at <= it.response_due)),
        response_median,
        response_p90,
        wall_median,
        wall_p90,
        resolved: count(&|it| it.solved),
        resolved_in_time: count(&|it| it.solved && it.late == Some(0)),
        reopened: count(&|it| it.reopened > 0),
        repeated,
        escalated: count(&|it| it.level > 1),
        transferred: count(&|it| it.transfers > 0),
    }
}

/// The value that so many of a hundred do not pass; sorted ones come in.
pub(super) fn share(sorted: &[i64], percent: usize) -> Option<u64> {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).and_then(|it| u64::try_from(*it).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(group: &str, created: i64, responded: Option<i64>, who: u8) -> Served {
        Served {
            group: group.into(),
            created,
            responded,
            response_due: created + 600,
            worked: responded.map(|at| at - created),
            solved: false,
            late: None,
            open: true,
            reopened: 0,
            level: 1,
            transfers: 0,
            trouble: Some(([who; 32], "demo".into(), None)),
        }
    }

    #[test]
    fn a_table_counts_each_group_and_who_came_again() {
        let start = 1_795_593_600;
        let mut tickets: Vec<Served> =
            (0..10).map(|i| ticket("a", start + i, Some(start + i + 60 * (i + 1)), 1)).collect();
        tickets.push(ticket("b", start + 100, None, 2));
        tickets.push(ticket("b", start + 100 + AGAIN + 1, None, 2));
        let rows = table(&tickets);
        let a = &rows[0];
        assert_eq!((a.group.as_str(), a.tickets, a.answered, a.answered_in_time, a.repeated), ("a", 10, 10, 10, 9));
        assert_eq!((a.wall_median, a.wall_p90), (Some(5), Some(9)));
        let b = &rows[1];
        assert_eq!((b.tickets, b.answered, b.wall_median, b.repeated), (2, 0, None, 0));
        assert_eq!([share(&[7], 50), share(&[7], 90), share(&[], 50)], [Some(7), Some(7), None]);
    }
}
