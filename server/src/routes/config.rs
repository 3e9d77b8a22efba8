//! What a page may know before it asks anything of a citizen.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use podskazka::ticket::calendar::OPERATORS;
use podskazka::ticket::{MAX_FILE, MAX_TEXT, MAX_UPLOADS, TOPICS};
use podskazka::wire::page::{SiteConfig, Topic};

use crate::app::App;
use crate::clock;
use crate::files::TYPES;
use crate::site::site_key;

/// Tell the limits, the topics and whether operators answer now.
#[utoipa::path(get, path = "/config", tag = "public", responses((status = 200, body = SiteConfig)))]
pub async fn show_config(State(app): State<App>, headers: HeaderMap) -> Json<SiteConfig> {
    let site = app.sites().iter().find(|site| Some(site.key.as_str()) == site_key(&headers));
    let topic = |(code, text): (&str, &str)| Topic { code: code.to_owned(), text: text.to_owned() };
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Json(SiteConfig {
        name: site.map(|site| site.name.clone()).unwrap_or_default(),
        topics: TOPICS.map(topic).into(),
        max_text: count(MAX_TEXT),
        max_files: count(MAX_UPLOADS),
        max_file_bytes: count(MAX_FILE),
        file_types: TYPES.map(str::to_owned).into(),
        open_now: OPERATORS.is_open(clock::now()),
        calendar: OPERATORS.id.to_owned(),
        mail: app.mails(),
    })
}
