//! Static files and the headers of every answer.

use std::path::Path;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};

use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use tower_http::services::ServeDir;

use crate::config::Csp;
use crate::error::REQUEST_ID;
use crate::secret;

impl Csp {
    /// The policy of HTML pages.
    fn policy(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Csp::Wasm => {
                "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                 connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
            Csp::Js => {
                "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
                 connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
        })
    }
}

/// The files of a folder; `index.html` answers for a folder.
pub fn files(www: Option<&Path>, csp: Csp) -> Router {
    let router = match www {
        Some(www) => Router::new().route("/portal/done", post(done)).fallback_service(ServeDir::new(www)),
        None => Router::new().fallback(async || StatusCode::NOT_FOUND),
    };
    router.layer(middleware::from_fn_with_state(csp, file_headers))
}

/// The demo portal's own forms end here: nothing is read, nothing is kept.
async fn done() -> Redirect {
    Redirect::to("/done.html")
}

async fn file_headers(State(csp): State<Csp>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        let text = "Страница не найдена. Проверьте адрес или откройте начало сайта: /\n";
        response = (StatusCode::NOT_FOUND, text).into_response();
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if kind.starts_with("text/html") {
        headers.insert(header::CONTENT_SECURITY_POLICY, csp.policy());
    }
    if kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(value) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
    response
}

/// Gives the request its number, writes one log line, adds the common headers. The line names the route, never the
/// address, a header or a body.
pub async fn every_answer(request: Request, next: Next) -> Response {
    let Ok(number) = secret::random_u64() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let id = format!("{number:016x}");
    let route = request.extensions().get::<MatchedPath>().map_or("static", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let start = Instant::now();
    let mut response = REQUEST_ID.scope(id.clone(), next.run(request)).await;
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request_id = id, %method, route, status = response.status().as_u16(), ms, "answered");
    common_headers(response.headers_mut(), &id);
    response
}

fn common_headers(headers: &mut HeaderMap, id: &str) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", value);
    }
}
