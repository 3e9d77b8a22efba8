//! The operators' table of how tickets were served.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use podskazka::wire::Problem;
use podskazka::wire::desk::{ServiceReport, ServiceRow};
use serde::Deserialize;
use utoipa::IntoParams;

use super::stats::{days, wants_csv};
use crate::app::App;
use crate::error::ApiError;
use crate::input::bad_query;
use crate::store::{Grouping, Operator, Period, Scope};
use crate::{clock, csv_cell};

/// Which days, which tickets, which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ServiceQuery {
    /// First day, `YYYY-MM-DD`; 30 days back without it.
    from: Option<String>,
    /// Last day; today without it.
    to: Option<String>,
    form: Option<String>,
    site: Option<String>,
    /// `department` (without it), `site`, `form`, `topic` or `day`.
    group_by: Option<String>,
    /// `json` (without it) or `csv`.
    format: Option<String>,
}

/// Tell how soon tickets were answered and solved, how many in time, and who had to come again.
#[utoipa::path(get, path = "/v1/desk/reports/service", tag = "desk", security(("operator" = [])), params(ServiceQuery),
    responses((status = 200, body = ServiceReport), (status = 400, body = Problem)))]
pub async fn show_service(
    State(app): State<App>,
    operator: Operator,
    query: Result<Query<ServiceQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    operator.require(Scope::Read)?;
    let Query(query) = query.map_err(|_| bad_query("", "from, to, form, site, group_by, format"))?;
    let csv = wants_csv(query.format.as_deref())?;
    let group_by = query.group_by.unwrap_or_else(|| "department".to_owned());
    let by =
        Grouping::parse(&group_by).ok_or_else(|| bad_query("group_by", "department, site, form, topic или day"))?;
    let (from, to) = days(query.from, query.to)?;
    let period = Period { from, to, form: query.form, site: query.site };
    let rows = app.store().service(operator, period, by).await?;
    if csv {
        return Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], table(&rows)).into_response());
    }
    Ok(Json(ServiceReport { from: clock::date(from), to: clock::date(to), group_by, rows }).into_response())
}

fn table(rows: &[ServiceRow]) -> String {
    let mut text = "group,tickets,open,answered,answered_in_time,response_median,response_p90,wall_median,wall_p90,\
                    resolved,resolved_in_time,reopened,repeated,escalated,transferred\r\n"
        .to_owned();
    for row in rows {
        let figures = [
            Some(row.tickets),
            Some(row.open),
            Some(row.answered),
            Some(row.answered_in_time),
            row.response_median,
            row.response_p90,
            row.wall_median,
            row.wall_p90,
            Some(row.resolved),
            Some(row.resolved_in_time),
            Some(row.reopened),
            Some(row.repeated),
            Some(row.escalated),
            Some(row.transferred),
        ];
        let figures = figures.map(|it| it.map_or(String::new(), |it| it.to_string()));
        text.push_str(&format!("{},{}\r\n", csv_cell(&row.group), figures.join(",")));
    }
    text
}
