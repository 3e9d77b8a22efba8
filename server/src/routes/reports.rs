//! The operators' table of how tickets were served.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use podskazka::wire::Problem;
use podskazka::wire::desk::{ServiceReport, ServiceRow};
use serde::Deserialize;
use utoipa::IntoParams;

use super::stats::{answer, days, wants_csv};
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
    /// `department`, `site`, `form`, `topic`, `day` or `operator`; without it `department`, of the load `day`.
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
    let asked = asked(query, Grouping::Department)?;
    let (from, to) = (clock::date(asked.period.from), clock::date(asked.period.to));
    let rows = app.store().service(operator, asked.period, asked.by).await?;
    Ok(answer(asked.csv, ServiceReport { from, to, group_by: asked.by.name().to_owned(), rows }, |it| table(&it.rows)))
}

/// A table as it is asked for.
pub(super) struct Asked {
    pub period: Period,
    pub by: Grouping,
    pub csv: bool,
}

/// Reads the question of a table; `usual` are its rows where it names none.
pub(super) fn asked(query: Result<Query<ServiceQuery>, QueryRejection>, usual: Grouping) -> Result<Asked, ApiError> {
    let Query(query) = query.map_err(|_| bad_query("", "from, to, form, site, group_by, format"))?;
    let by = match query.group_by {
        None => usual,
        Some(name) => Grouping::parse(&name)
            .ok_or_else(|| bad_query("group_by", "department, site, form, topic, day или operator"))?,
    };
    let (from, to) = days(query.from, query.to)?;
    let period = Period { from, to, form: query.form, site: query.site };
    Ok(Asked { period, by, csv: wants_csv(query.format.as_deref())? })
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
