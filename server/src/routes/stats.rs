//! Counts of errors in, operators' table of them out.

use axum::Extension;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use podskazka::wire::Problem;
use podskazka::wire::stats::{ArticleReport, ArticleRow, ErrorReport, ErrorRow, Stats, check};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::input::{Said, bad_query};
use crate::peer::Caller;
use crate::site::site_key;
use crate::store::{Operator, Period, Scope};
use crate::{clock, csv_cell};

/// Days of a table without `from`.
const DAYS: i64 = 30;
/// Longest table: counts are kept no longer.
const MAX_DAYS: i64 = 400;

/// Count what happened on a form. A page sends this when it is left; nothing in it is anybody's value.
#[utoipa::path(post, path = "/v1/stats", tag = "public", request_body = Stats,
    responses((status = 204), (status = 422, body = Problem)))]
pub async fn create_stats(
    State(app): State<App>,
    Extension(network): Extension<Caller>,
    headers: HeaderMap,
    Said(stats): Said<Stats>,
) -> Result<StatusCode, ApiError> {
    let faults = check(&stats);
    if !faults.is_empty() {
        return Err(ApiError::Invalid(faults));
    }
    let site = site_key(&headers).unwrap_or_default().to_owned();
    let now = clock::now();
    if let Some(heard) = app.heard().admit(network.0, &stats, now) {
        app.store().count(site.clone(), heard, now).await?;
    }
    app.store().count(site, stats, now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which days, which form, which shape.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// First day, `YYYY-MM-DD`; 30 days back without it.
    from: Option<String>,
    /// Last day; today without it.
    to: Option<String>,
    form: Option<String>,
    site: Option<String>,
    /// `json` (without it) or `csv`.
    format: Option<String>,
}

/// Tell which errors citizens meet most, and how many of them were mended.
#[utoipa::path(get, path = "/v1/desk/reports/errors", tag = "desk", security(("operator" = [])), params(ReportQuery),
    responses((status = 200, body = ErrorReport), (status = 400, body = Problem)))]
pub async fn show_errors(
    State(app): State<App>,
    operator: Operator,
    query: Result<Query<ReportQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    operator.require(Scope::Read)?;
    let Query(query) = query.map_err(|_| bad_query("", "from, to, form, site, format"))?;
    let csv = wants_csv(query.format.as_deref())?;
    let (from, to) = days(query.from, query.to)?;
    let period = Period { from, to, form: query.form, site: query.site };
    let rows = app.store().errors(operator, period).await?;
    Ok(answer(csv, ErrorReport { from: clock::date(from), to: clock::date(to), rows }, |it| table(&it.rows)))
}

/// Which days, which site, which shape.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArticlesQuery {
    /// First day, `YYYY-MM-DD`; 30 days back without it.
    from: Option<String>,
    /// Last day; today without it.
    to: Option<String>,
    site: Option<String>,
    /// `json` (without it) or `csv`, which `podskazka faq build --counts` reads.
    format: Option<String>,
}

/// Tell which articles are read and help, and which questions stay without an answer.
#[utoipa::path(get, path = "/v1/desk/reports/articles", tag = "desk", security(("operator" = [])), params(ArticlesQuery),
    responses((status = 200, body = ArticleReport), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub async fn show_articles(
    State(app): State<App>,
    operator: Operator,
    query: Result<Query<ArticlesQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    operator.require(Scope::Read)?;
    let Query(query) = query.map_err(|_| bad_query("", "from, to, site, format"))?;
    let csv = wants_csv(query.format.as_deref())?;
    let (from, to) = days(query.from, query.to)?;
    let period = Period { from, to, form: None, site: query.site };
    let rows = app.store().articles(period.clone()).await?;
    let (questions, asked) = app.store().asked(operator, period).await?;
    let report = ArticleReport { from: clock::date(from), to: clock::date(to), rows, questions, asked };
    Ok(answer(csv, report, |it| articles(&it.rows)))
}

fn articles(rows: &[ArticleRow]) -> String {
    let mut text = "article,opened,helped,not_helped,tickets\r\n".to_owned();
    for row in rows {
        let counts = [row.opened, row.helped, row.not_helped, row.tickets].map(|count| count.to_string());
        text.push_str(&format!("{},{}\r\n", csv_cell(&row.article), counts.join(",")));
    }
    text
}

/// First and last day of a table.
pub(super) fn days(from: Option<String>, to: Option<String>) -> Result<(i64, i64), ApiError> {
    let day = |name: &str, text: Option<String>, usual: i64| match text {
        None => Ok(usual),
        Some(text) => clock::day(&text).ok_or_else(|| bad_query(name, "день, например 2026-11-25")),
    };
    let to = day("to", to, clock::now().div_euclid(86_400))?;
    let from = day("from", from, to - DAYS + 1)?;
    if !(0..MAX_DAYS).contains(&(to - from)) {
        return Err(bad_query("from", "день не позже to и не раньше чем за 400 дней до него"));
    }
    Ok((from, to))
}

/// The report as JSON, or its table as CSV.
pub(super) fn answer<T: Serialize>(csv: bool, report: T, table: impl FnOnce(&T) -> String) -> Response {
    if csv {
        return ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table(&report)).into_response();
    }
    Json(report).into_response()
}

/// Whether a table is asked for as CSV.
pub(super) fn wants_csv(format: Option<&str>) -> Result<bool, ApiError> {
    match format {
        None | Some("json") => Ok(false),
        Some("csv") => Ok(true),
        Some(_) => Err(bad_query("format", "json или csv")),
    }
}

fn table(rows: &[ErrorRow]) -> String {
    let mut text = "form,field,code,shown,mended,seconds,abandoned,fixed,overridden,opened,tickets\r\n".to_owned();
    for row in rows {
        let names = [&row.form, &row.field, &row.code].map(|name| csv_cell(name));
        let made = [row.shown, row.mended, row.seconds, row.abandoned];
        let done = [row.fixed, row.overridden, row.opened, row.tickets];
        let counts: Vec<String> = made.iter().chain(&done).map(u64::to_string).collect();
        text.push_str(&format!("{},{}\r\n", names.join(","), counts.join(",")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_program_runs_nothing() {
        for (text, expected) in [
            ("inn", "\"inn\""),
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("-1+1", "\"'-1+1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("a\"b", "\"a\"\"b\""),
        ] {
            assert_eq!(csv_cell(text), expected);
        }
    }
}
