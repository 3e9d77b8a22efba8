//! The operators' table of load: what came in, what went out, what is left.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use podskazka::wire::Problem;
use podskazka::wire::reports::{LoadReport, LoadRow};

use super::reports::{ServiceQuery, asked};
use super::stats::answer;
use crate::app::App;
use crate::error::ApiError;
use crate::store::{Grouping, Operator, Scope};
use crate::{clock, csv_cell};

/// Tell how many tickets came, were answered and solved, how many are left, and how long the first answer took.
#[utoipa::path(get, path = "/v1/desk/reports/load", tag = "desk", security(("operator" = [])), params(ServiceQuery),
    responses((status = 200, body = LoadReport), (status = 400, body = Problem)))]
pub async fn show_load(
    State(app): State<App>,
    operator: Operator,
    query: Result<Query<ServiceQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    operator.require(Scope::Read)?;
    let asked = asked(query, Grouping::Day)?;
    let (from, to) = (clock::date(asked.period.from), clock::date(asked.period.to));
    let rows = app.store().load(operator, asked.period, asked.by).await?;
    Ok(answer(asked.csv, LoadReport { from, to, group_by: asked.by.name().to_owned(), rows }, |it| table(&it.rows)))
}

fn table(rows: &[LoadRow]) -> String {
    let mut text = "group,created,answered,resolved,backlog,wall_p50,wall_p95,working_p50,working_p95\r\n".to_owned();
    for row in rows {
        let counts = [row.created, row.answered, row.resolved, row.backlog].map(Some);
        let times = [row.wall_p50, row.wall_p95, row.working_p50, row.working_p95];
        let figures: Vec<String> =
            counts.into_iter().chain(times).map(|it| it.map_or(String::new(), |it| it.to_string())).collect();
        text.push_str(&format!("{},{}\r\n", csv_cell(&row.group), figures.join(",")));
    }
    text
}
