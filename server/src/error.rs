//! Errors of the API and their one way out: RFC 9457 JSON.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use podskazka::wire::{Problem, ProblemItem};

use crate::store::StoreError;

tokio::task_local! {
    /// Number of the request being answered.
    pub(crate) static REQUEST_ID: String;
}

/// Everything the API answers besides success.
#[derive(Debug)]
pub enum ApiError {
    /// The body is not JSON of the needed shape.
    Malformed(ProblemItem),
    /// The body has a field nobody knows.
    UnknownField(ProblemItem),
    /// The body is readable, but its content breaks the rules.
    Invalid(Vec<ProblemItem>),
    /// No `Idempotency-Key`, or one of another length.
    KeyRequired,
    /// The key came before with another body.
    KeyMismatch,
    /// No such address, ticket or token.
    NotFound,
    /// The address exists, the method does not.
    MethodNotAllowed,
    /// The body is longer than the route takes.
    TooLarge,
    /// The upload is neither PNG nor JPEG.
    UnsupportedMedia,
    /// The body did not arrive whole, or not in time.
    Incomplete,
    /// The database or the disk refused.
    Storage(StoreError),
}

impl ApiError {
    /// HTTP status, stable code and words for the citizen.
    fn facts(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            ApiError::Malformed(_) => {
                (StatusCode::BAD_REQUEST, "validation", "Обращение не прочитано: данные пришли не в том виде.")
            }
            ApiError::UnknownField(_) => {
                (StatusCode::BAD_REQUEST, "unknown-field", "Обращение не прочитано: в нём есть лишнее поле.")
            }
            ApiError::Invalid(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "validation", "Обращение не принято: поправьте отмеченные поля.")
            }
            ApiError::KeyRequired => (
                StatusCode::BAD_REQUEST,
                "idempotency-key-required",
                "Нужен заголовок Idempotency-Key: от 16 до 64 латинских букв, цифр, знаков «-» и «_».",
            ),
            ApiError::KeyMismatch => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-mismatch",
                "С этим ключом уже отправлено другое обращение. Отправьте новое с новым ключом.",
            ),
            ApiError::NotFound => {
                (StatusCode::NOT_FOUND, "not-found", "Ничего не найдено. Проверьте номер обращения и ссылку.")
            }
            ApiError::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "По этому адресу так обратиться нельзя.")
            }
            ApiError::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "Слишком много данных. Картинка — до 10 МБ, обращение — до 256 КБ.",
            ),
            ApiError::UnsupportedMedia => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media", "Приложите картинку PNG или JPEG.")
            }
            ApiError::Incomplete => (
                StatusCode::REQUEST_TIMEOUT,
                "incomplete",
                "Данные дошли не полностью. Проверьте связь и отправьте ещё раз.",
            ),
            ApiError::Storage(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "storage-unavailable",
                "Сейчас сохранить не получается. Текст не пропал: отправьте ещё раз через минуту.",
            ),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        ApiError::Storage(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, title) = self.facts();
        let request_id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
        match &self {
            ApiError::Storage(cause) => tracing::error!(request_id, code, %cause, "storage refused"),
            _ => tracing::info!(request_id, code, "request refused"),
        }
        let errors = match self {
            ApiError::Malformed(item) | ApiError::UnknownField(item) => vec![item],
            ApiError::Invalid(items) => items,
            _ => Vec::new(),
        };
        let problem = Problem {
            kind: format!("urn:podskazka:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            request_id,
            errors,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
