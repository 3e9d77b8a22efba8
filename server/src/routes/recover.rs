//! Access to one's tickets by mail, for whoever lost the device or cleared it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use podskazka::ticket::{MAX_CONTACT, is_mail};
use podskazka::wire::recovery::{Recover, RecoverCode, Recovered};
use podskazka::wire::{Problem, ProblemItem};

use crate::app::App;
use crate::error::ApiError;
use crate::input::Said;

/// Ask for a letter with a code. The answer is the same whether or not there are tickets of this address.
#[utoipa::path(post, path = "/recover", tag = "public", request_body = Recover,
    responses((status = 202), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 408, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub async fn create_recovery(State(app): State<App>, Said(value): Said<Recover>) -> Result<StatusCode, ApiError> {
    let contact = address(&app, value.contact)?;
    app.store().ask_code(contact).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Open the tickets of an address with the code of the last letter; five tries a code.
#[utoipa::path(post, path = "/recover/verify", tag = "public", request_body = RecoverCode,
    responses((status = 200, body = Recovered), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 408, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub async fn verify_recovery(
    State(app): State<App>,
    Said(value): Said<RecoverCode>,
) -> Result<Json<Recovered>, ApiError> {
    let contact = address(&app, value.contact)?;
    let digits: String = value.code.chars().filter(char::is_ascii_digit).collect();
    match app.store().redeem_code(contact, digits).await? {
        Some(items) => Ok(Json(Recovered { items })),
        None => {
            Err(fault("/code", "code", "Код не подошёл. Проверьте цифры в последнем письме или запросите новый код."))
        }
    }
}

/// The address, if letters are sent at all.
fn address(app: &App, contact: String) -> Result<String, ApiError> {
    if !app.mails() {
        return Err(ApiError::NotFound);
    }
    if contact.chars().count() > MAX_CONTACT || !is_mail(&contact) {
        return Err(fault("/contact", "format", "Введите адрес почты из обращения, например anna@example.ru."));
    }
    Ok(contact)
}

fn fault(pointer: &str, code: &str, message: &str) -> ApiError {
    ApiError::Invalid(vec![ProblemItem {
        pointer: pointer.to_owned(),
        code: code.to_owned(),
        message: message.to_owned(),
    }])
}
