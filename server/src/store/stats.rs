//! Counts of errors by day, and the operators' table of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use podskazka::wire::stats::{ArticleRow, AskedRow, ErrorRow, HEARD, HELP, Questions, Stats, UNANSWERED};

use super::db::params;
use super::desk::{SEEN, departments};
use super::operators::Operator;
use super::{Store, StoreError};
use crate::clock;

const DAY: i64 = 86_400;
/// Different rows of one site and day: a portal of a hundred forms has a tenth of it. Further ones are not counted.
const MOST: i64 = 20_000;
/// Rows of a table.
const ROWS: i64 = 200;
/// Articles of a table: the most of a file.
const ARTICLES: i64 = 1_000;

/// Weeks that the search learns from: older counts are worth less than a sixteenth.
const WEEKS: i64 = 16;

/// Tickets that are read for the table of questions, numbers that a row names, and its rows.
const LETTERS: i64 = 10_000;
const NUMBERS: usize = 20;
const FORMS: usize = 200;

/// What a table covers.
#[derive(Clone)]
pub struct Period {
    /// First and last day since 1970.
    pub from: i64,
    pub to: i64,
    pub form: Option<String>,
    pub site: Option<String>,
}

impl Store {
    /// Adds the counts to those of the day.
    pub async fn count(&self, site: String, stats: Stats, now: i64) -> Result<(), StoreError> {
        self.write(move |tx| {
            let day = now.div_euclid(DAY);
            let full = "SELECT 1 FROM stats WHERE day = ?1 AND site = ?2 LIMIT 1 OFFSET ?3";
            let full = tx.db.exists(full, params![day, site, MOST])?;
            for row in &stats.rows {
                let sql = if full {
                    "UPDATE stats SET count = count + ?7 WHERE day = ?1 AND site = ?2 AND form = ?3 AND field = ?4 \
                     AND code = ?5 AND kind = ?6"
                } else {
                    "INSERT INTO stats (day, site, form, field, code, kind, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                     ON CONFLICT (day, site, form, field, code, kind) DO UPDATE SET count = stats.count + excluded.count"
                };
                let count = i64::from(row.count);
                tx.db.execute(sql, params![day, site, stats.form, row.field, row.code, row.kind.name(), count])?;
            }
            Ok(())
        })
        .await
    }

    /// The most frequent errors of a period, with the tickets of the operator's departments.
    pub async fn errors(&self, operator: Operator, period: Period) -> Result<Vec<ErrorRow>, StoreError> {
        let sum = |kind: &str| format!("CAST(sum(CASE kind WHEN '{kind}' THEN count ELSE 0 END) AS BIGINT)");
        let sql = format!(
            "SELECT form, field, code, {}, {}, {}, {}, {}, {}, {} FROM stats WHERE day BETWEEN ?1 AND ?2 \
             AND (code <> '' OR kind = 'abandoned') \
             AND form NOT IN ('{HELP}', '{HEARD}') \
             AND (CAST(?3 AS TEXT) IS NULL OR form = ?3) AND (CAST(?4 AS TEXT) IS NULL OR site = ?4) \
             GROUP BY form, field, code ORDER BY 4 DESC, 7 DESC, form, field, code LIMIT ?5",
            sum("shown"),
            sum("mended"),
            sum("seconds"),
            sum("abandoned"),
            sum("fixed"),
            sum("overridden"),
            sum("opened")
        );
        let tickets = format!(
            "SELECT form, code, count(*) FROM tickets WHERE {SEEN} AND created_at >= ?2 AND created_at < ?3 \
             AND code IS NOT NULL AND (CAST(?4 AS TEXT) IS NULL OR site = ?4) GROUP BY form, code"
        );
        self.read(move |db| {
            let Period { from, to, form, site } = period;
            let mut rows = db.all(&sql, params![from, to, form, site, ROWS], |row| {
                Ok(ErrorRow {
                    form: row.get(0)?,
                    field: row.get(1)?,
                    code: row.get(2)?,
                    shown: unsigned(row.get(3)?),
                    mended: unsigned(row.get(4)?),
                    seconds: unsigned(row.get(5)?),
                    abandoned: unsigned(row.get(6)?),
                    fixed: unsigned(row.get(7)?),
                    overridden: unsigned(row.get(8)?),
                    opened: unsigned(row.get(9)?),
                    tickets: 0,
                })
            })?;
            let params = params![departments(&operator), clock::date(from), clock::date(to + 1), site];
            for (form, code, count) in
                db.all(&tickets, params, |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?)))?
            {
                for row in rows.iter_mut().filter(|row| row.form == form && row.code == code) {
                    row.tickets = unsigned(count);
                }
            }
            Ok(rows)
        })
        .await
    }

    /// What readers made of the articles in a period.
    pub async fn articles(&self, period: Period) -> Result<Vec<ArticleRow>, StoreError> {
        let sum = |kind: &str| format!("CAST(sum(CASE kind WHEN '{kind}' THEN count ELSE 0 END) AS BIGINT)");
        let of = "FROM stats WHERE day BETWEEN ?1 AND ?2 AND form = ?3 AND (CAST(?4 AS TEXT) IS NULL OR site = ?4)";
        let (opened, helped, not_helped, ticket) = (sum("opened"), sum("helped"), sum("not_helped"), sum("ticket"));
        let sql = format!(
            "SELECT substr(code, 9), {opened}, {helped}, {not_helped}, {ticket} {of} AND code LIKE 'article.%' \
             GROUP BY code ORDER BY 5 DESC, 4 DESC, 2 DESC, 1 LIMIT {ARTICLES}"
        );
        self.read(move |db| {
            let Period { from, to, site, .. } = period;
            db.all(&sql, params![from, to, HELP, site], |row| {
                Ok(ArticleRow {
                    article: row.get(0)?,
                    opened: unsigned(row.get(1)?),
                    helped: unsigned(row.get(2)?),
                    not_helped: unsigned(row.get(3)?),
                    tickets: unsigned(row.get(4)?),
                })
            })
        })
        .await
    }

    /// Counts that the search learns from, of the weeks before a day: article, kind, weeks since, count.
    pub async fn heard(&self, day: i64) -> Result<Vec<(String, String, u32, u64)>, StoreError> {
        let sql = "SELECT substr(code, 9), kind, (?1 - day) / 7, CAST(sum(count) AS BIGINT) FROM stats \
             WHERE form = ?2 AND day BETWEEN ?3 AND ?1 AND code LIKE 'article.%' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
        self.read(move |db| {
            db.all(sql, params![day, HEARD, day - 7 * WEEKS], |row| {
                let weeks = u32::try_from(row.get::<i64>(2)?).unwrap_or(0);
                Ok((row.get(0)?, row.get(1)?, weeks, unsigned(row.get(3)?)))
            })
        })
        .await
    }

    /// How questions of a period were answered, by form, with the operator's tickets that began with one without an answer.
    pub async fn asked(&self, operator: Operator, period: Period) -> Result<(Questions, Vec<AskedRow>), StoreError> {
        let counts = "SELECT field, code, CAST(sum(count) AS BIGINT) FROM stats WHERE day BETWEEN ?1 AND ?2 \
             AND form = ?3 AND (CAST(?4 AS TEXT) IS NULL OR site = ?4) AND code LIKE 'question.%' GROUP BY field, code";
        let tickets = format!(
            "SELECT coalesce(form, ''), number FROM tickets WHERE {SEEN} AND created_at >= ?2 AND created_at < ?3 \
             AND code IN (?5, ?6) AND (CAST(?4 AS TEXT) IS NULL OR site = ?4) ORDER BY id DESC LIMIT {LETTERS}"
        );
        self.read(move |db| {
            let Period { from, to, site, .. } = period;
            let mut rows: BTreeMap<String, AskedRow> = BTreeMap::new();
            let found = db.all(counts, params![from, to, HELP, site], |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?))
            })?;
            for (form, code, count) in found {
                let of = &mut rows.entry(form).or_default().questions;
                match code.as_str() {
                    "question.answered" => of.answered = unsigned(count),
                    "question.doubtful" => of.doubtful = unsigned(count),
                    "question.nothing" => of.nothing = unsigned(count),
                    _ => {}
                }
            }
            let [nothing, doubtful] = UNANSWERED;
            let params =
                params![departments(&operator), clock::date(from), clock::date(to + 1), site, nothing, doubtful];
            for (form, number) in db.all(&tickets, params, |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))? {
                let of = rows.entry(form).or_default();
                of.tickets += 1;
                if of.numbers.len() < NUMBERS {
                    of.numbers.push(number);
                }
            }
            let mut rows: Vec<_> = rows.into_iter().map(|(form, row)| AskedRow { form, ..row }).collect();
            rows.sort_by_key(|row| Reverse((row.questions.nothing + row.questions.doubtful, row.tickets)));
            let all = Questions::of(&rows);
            rows.truncate(FORMS);
            Ok((all, rows))
        })
        .await
    }
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
