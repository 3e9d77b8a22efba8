//! Access to one's tickets by mail or by phone, for whoever lost the device or cleared it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use podskazka::ticket::{MAX_CONTACT, is_mail, is_phone};
use podskazka::wire::Problem;
use podskazka::wire::recovery::{Recover, RecoverCode, Recovered};

use super::faults::{fault, fine};
use crate::app::App;
use crate::contact::Contact;
use crate::error::ApiError;
use crate::input::Said;

/// Ask for a letter, or for a short message, with a code. The answer is the same whether or not there are tickets of this
/// contact. 404 where that way is not set up: `mail` and `phone` of `/v1/config`.
#[utoipa::path(post, path = "/v1/recover", tag = "public", request_body = Recover,
    responses((status = 202), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn create_recovery(State(app): State<App>, Said(value): Said<Recover>) -> Result<StatusCode, ApiError> {
    let contact = reached(&app, &value.contact)?;
    app.store().ask_code(contact).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Open the tickets of a contact with the code of the last letter or short message; five tries a code.
#[utoipa::path(post, path = "/v1/recover/verify", tag = "public", request_body = RecoverCode,
    responses((status = 200, body = Recovered), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn verify_recovery(
    State(app): State<App>,
    Said(value): Said<RecoverCode>,
) -> Result<Json<Recovered>, ApiError> {
    let contact = reached(&app, &value.contact)?;
    let digits: String = value.code.chars().filter(char::is_ascii_digit).collect();
    match app.store().redeem_code(contact, digits).await? {
        Some(items) => Ok(Json(Recovered { items })),
        None => {
            let message = "Код не подошёл. Проверьте цифры в последнем сообщении или запросите новый код.";
            Err(ApiError::Invalid(vec![fault("/code", "code", message)]))
        }
    }
}

/// The contact, if codes are sent by its way at all.
fn reached(app: &App, contact: &str) -> Result<Contact, ApiError> {
    let (way, lawful, example) = match Contact::read(contact) {
        Contact::Mail(_) => (app.mails(), is_mail(contact), "адрес почты из обращения, например anna@example.ru"),
        Contact::Phone(_) if app.phones() => {
            (true, is_phone(contact), "телефон из обращения, например +7 900 123-45-67")
        }
        Contact::Phone(_) => (app.mails(), false, "адрес почты из обращения, например anna@example.ru"),
    };
    if !way {
        return Err(ApiError::NotFound);
    }
    if contact.chars().count() > MAX_CONTACT || !lawful {
        fine(vec![fault("/contact", "format", &format!("Введите {example}."))])?;
    }
    Ok(Contact::read(contact))
}
