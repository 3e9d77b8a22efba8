//! What a page may know before it asks anything of a citizen.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use podskazka::ticket::calendar::OPERATORS;
use podskazka::ticket::{MAX_FILE, MAX_TEXT, MAX_UPLOADS, TOPICS};
use podskazka::wire::page::{SiteConfig, Topic};

use super::content::tagged;
use crate::app::App;
use crate::clock;
use crate::consent;
use crate::error::ApiError;
use crate::files::TYPES;
use crate::secret;
use crate::site::site_key;
use crate::store::StoreError;

/// Tell the limits, the topics and whether operators answer now.
#[utoipa::path(get, path = "/v1/config", tag = "public", 
    params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = SiteConfig), (status = 304)))]
pub async fn show_config(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let site = app.sites().iter().find(|site| Some(site.key.as_str()) == site_key(&headers));
    let topic = |(code, text): (&str, &str)| Topic { code: code.to_owned(), text: text.to_owned() };
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let config = SiteConfig {
        name: site.map(|site| site.name.clone()).unwrap_or_default(),
        topics: TOPICS.map(topic).into(),
        official: app.official().cloned(),
        max_text: count(MAX_TEXT),
        max_files: count(MAX_UPLOADS),
        max_file_bytes: count(MAX_FILE),
        file_types: TYPES.map(str::to_owned).into(),
        open_now: OPERATORS.is_open(clock::now()),
        calendar: OPERATORS.id.to_string(),
        mail: app.mails(),
        phone: app.phones(),
        consent: site.and_then(|site| site.consent.last()).map(consent::Text::shown),
        tried: true,
        optional: site.map(|site| site.optional.clone()).unwrap_or_default(),
    };
    let bytes = serde_json::to_vec(&config).map_err(StoreError::from)?;
    let tag = secret::hex(&secret::sha256(&[&bytes])).get(..32).unwrap_or_default().to_owned();
    // Operators come and go by the hour: a minute of memory, then the tag.
    Ok(tagged(&headers, &tag, "application/json", "private, max-age=60", bytes.into()))
}
