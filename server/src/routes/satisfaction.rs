//! The operators' table of what citizens said of the service.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use podskazka::ticket::REASONS;
use podskazka::wire::Problem;
use podskazka::wire::reports::{SatisfactionReport, SatisfactionRow};

use super::reports::{ServiceQuery, asked};
use super::stats::answer;
use crate::app::App;
use crate::error::ApiError;
use crate::store::{Grouping, Operator, Scope};
use crate::{clock, csv_cell};

/// Tell how many of the tickets that ended were rated, how, and why.
#[utoipa::path(get, path = "/v1/desk/reports/satisfaction", tag = "desk", security(("operator" = [])),
    params(ServiceQuery),
    responses((status = 200, body = SatisfactionReport), (status = 400, body = Problem)))]
pub async fn show_satisfaction(
    State(app): State<App>,
    operator: Operator,
    query: Result<Query<ServiceQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    operator.require(Scope::Read)?;
    let asked = asked(query, Grouping::Department)?;
    let (from, to) = (clock::date(asked.period.from), clock::date(asked.period.to));
    let rows = app.store().satisfaction(operator, asked.period, asked.by).await?;
    Ok(answer(asked.csv, SatisfactionReport { from, to, group_by: asked.by.name().to_owned(), rows }, |it| {
        table(&it.rows)
    }))
}

fn table(rows: &[SatisfactionRow]) -> String {
    let mut text =
        format!("group,ended,rated,satisfied,score_1,score_2,score_3,score_4,score_5,{}\r\n", REASONS.join(","));
    for row in rows {
        let mut figures = vec![row.ended, row.rated, row.satisfied];
        figures.extend(&row.scores);
        figures.extend(REASONS.map(|reason| row.reasons.get(reason).copied().unwrap_or(0)));
        let figures: Vec<String> = figures.iter().map(u64::to_string).collect();
        text.push_str(&format!("{},{}\r\n", csv_cell(&row.group), figures.join(",")));
    }
    text
}
