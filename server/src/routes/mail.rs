//! The pages behind the links of letters. Nothing happens by opening one: mail programs open links by themselves.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use podskazka::ticket::letters::{CONFIRM, GONE, Page, STOP};
use serde::Deserialize;

use crate::app::App;
use crate::error::ApiError;
use crate::secret::Token;

/// No script, no style, no picture; the button leads back here.
const POLICY: &str = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What a link carries.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    t: String,
    #[serde(default)]
    m: String,
    #[serde(default)]
    s: String,
}

/// Ask whether letters may come.
pub async fn show_confirm(Query(link): Query<Link>) -> Response {
    question(&CONFIRM, "/mail/confirm", &[("t", &link.t)])
}

/// Agree to letters.
pub async fn confirm(State(app): State<App>, Query(link): Query<Link>) -> Result<Response, ApiError> {
    let done = match Token::parse(&link.t) {
        Some(token) => app.store().confirm_address(token).await?,
        None => false,
    };
    Ok(said(&CONFIRM, done))
}

/// Ask whether letters shall stop.
pub async fn show_stop(Query(link): Query<Link>) -> Response {
    question(&STOP, "/mail/stop", &[("m", &link.m), ("s", &link.s)])
}

/// Stop letters; mail programs call this by themselves when somebody unsubscribes there (RFC 8058).
pub async fn stop(State(app): State<App>, Query(link): Query<Link>) -> Result<Response, ApiError> {
    let done = app.store().stop_letters(link.m, link.s).await?;
    Ok(said(&STOP, done))
}

fn question(page: &Page, path: &str, parameters: &[(&str, &str)]) -> Response {
    // Only what a link of ours can hold goes back into the page.
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if parameters.iter().any(|(_, value)| value.is_empty() || !plain(value)) {
        return html(StatusCode::NOT_FOUND, page.title, &format!("<p>{GONE}</p>"));
    }
    let query: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let action = format!("{path}?{}", query.join("&amp;"));
    let form = format!("<form method=\"post\" action=\"{action}\"><button>{}</button></form>", page.button);
    html(StatusCode::OK, page.title, &form)
}

fn said(page: &Page, done: bool) -> Response {
    let (status, words) = if done { (StatusCode::OK, page.done) } else { (StatusCode::NOT_FOUND, GONE) };
    html(status, page.title, &format!("<p role=\"status\">{words}</p>"))
}

fn html(status: StatusCode, title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html>\n<html lang=\"ru\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <main>\n<h1>{title}</h1>\n{body}\n</main>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, page).into_response()
}
