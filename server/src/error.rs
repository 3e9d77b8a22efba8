//! Errors of the API and their one way out: RFC 9457 JSON.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use podskazka::ticket::{Refusal, refusal_words};
use podskazka::wire::{Problem, ProblemItem};

use crate::store::StoreError;

tokio::task_local! {
    /// Number of the request being answered.
    pub(crate) static REQUEST_ID: String;
}

/// Status and code of every problem of the API, each once.
pub fn codes() -> BTreeSet<(u16, &'static str)> {
    ApiError::every().iter().map(ApiError::facts).map(|(status, code, _)| (status.as_u16(), code)).collect()
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
    /// What came under this key before was erased.
    Erased,
    /// The address exists, the method does not.
    MethodNotAllowed,
    /// The body is longer than the route takes.
    TooLarge,
    /// The file is of a type that is not taken.
    UnsupportedMedia,
    /// A slice does not begin where the file ends; how much of it is there.
    WrongOffset(u64),
    /// The body is compressed.
    Packed,
    /// The picture is too large in pixels, or does not open.
    FileRejected,
    /// The file is under a password.
    FileLocked,
    /// The file is still being checked.
    Checking,
    /// The database names the file, and it is not at this path of its place.
    FileMissing(String),
    /// Too many requests; how long to wait.
    TooOften(Duration),
    /// Many ask at once: this request must show work.
    ProofRequired,
    /// The work that was shown is none, or of another request.
    ProofInvalid,
    /// The work was shown before.
    ProofUsed,
    /// More requests are being answered than the service can carry.
    Overloaded,
    /// The portal does not say who this is, or its word has run out.
    Unidentified,
    /// No operator's token, or one that has ended.
    Unauthorized,
    /// The operator's role lacks this right.
    Forbidden(&'static str),
    /// The site key is unknown.
    UnknownSite,
    /// The page's origin is not on the site's list.
    ForeignOrigin,
    /// The ticket's state does not let this happen.
    Refused(Refusal),
    /// Somebody changed the ticket meanwhile; its present version.
    Changed(i64),
    /// The body did not arrive whole, or not in time.
    Incomplete,
    /// The database or the disk refused.
    Storage(StoreError),
    /// A bug of ours; the log knows more.
    Internal,
}

impl ApiError {
    /// One of each, for the document of the API.
    pub(crate) fn every() -> Vec<ApiError> {
        let item = || ProblemItem { pointer: String::new(), code: String::new(), message: String::new() };
        vec![
            ApiError::Malformed(item()),
            ApiError::UnknownField(item()),
            ApiError::KeyRequired,
            ApiError::ProofInvalid,
            ApiError::Unidentified,
            ApiError::Unauthorized,
            ApiError::Forbidden(""),
            ApiError::UnknownSite,
            ApiError::ForeignOrigin,
            ApiError::NotFound,
            ApiError::MethodNotAllowed,
            ApiError::Incomplete,
            ApiError::Refused(Refusal::NotNow),
            ApiError::WrongOffset(0),
            ApiError::Checking,
            ApiError::ProofUsed,
            ApiError::Erased,
            ApiError::Changed(0),
            ApiError::TooLarge,
            ApiError::UnsupportedMedia,
            ApiError::Packed,
            ApiError::Invalid(Vec::new()),
            ApiError::KeyMismatch,
            ApiError::FileRejected,
            ApiError::FileLocked,
            ApiError::ProofRequired,
            ApiError::TooOften(Duration::ZERO),
            ApiError::FileMissing(String::new()),
            ApiError::Internal,
            ApiError::Storage(StoreError::Busy),
            ApiError::Overloaded,
        ]
    }

    /// HTTP status, stable code and words for the citizen.
    pub(crate) fn facts(&self) -> (StatusCode, &'static str, Cow<'static, str>) {
        let (status, code, title) = match self {
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
            ApiError::Erased => (
                StatusCode::GONE,
                "erased",
                "Это обращение уже было принято, а потом удалено вместе с данными. Если вопрос остался, напишите новое.",
            ),
            ApiError::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "По этому адресу так обратиться нельзя.")
            }
            ApiError::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "Слишком много данных. Файл — до 10 МБ, обращение — до 256 КБ.",
            ),
            ApiError::UnsupportedMedia => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media",
                "Приложите картинку PNG, JPEG или WebP, документ PDF или простой текст.",
            ),
            ApiError::WrongOffset(_) => (
                StatusCode::CONFLICT,
                "upload-offset",
                "Файл продолжается с другого места: заголовок Upload-Offset ответа говорит, с какого.",
            ),
            ApiError::Packed => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media",
                "Отправьте данные без сжатия: заголовок Content-Encoding не нужен.",
            ),
            ApiError::FileRejected => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "upload-rejected",
                "Картинка не открывается или больше 8000 точек по стороне. Уменьшите её и приложите ещё раз.",
            ),
            ApiError::FileLocked => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "upload-locked",
                "Файл защищён паролем, и проверить его нельзя. Сохраните копию без пароля (например, «Печать» → «Сохранить как PDF») и приложите её.",
            ),
            ApiError::Checking => {
                (StatusCode::CONFLICT, "upload-checking", "Файл ещё проверяется. Откройте его через несколько секунд.")
            }
            ApiError::FileMissing(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "file-missing",
                "Файл приложен, но в хранилище его сейчас нет. Это ошибка на нашей стороне. Откройте его позже или приложите ещё раз.",
            ),
            ApiError::TooOften(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "rate-limited",
                "Слишком много запросов подряд. Подождите немного и отправьте ещё раз: текст не пропал.",
            ),
            ApiError::ProofRequired => (
                StatusCode::PRECONDITION_REQUIRED,
                "captcha-required",
                "Сейчас много обращений. Страница проверит, что вы не программа, и отправит ещё раз: текст не пропал.",
            ),
            ApiError::ProofInvalid => (
                StatusCode::BAD_REQUEST,
                "captcha-invalid",
                "Проверка не прошла или устарела. Отправьте ещё раз: текст не пропал.",
            ),
            ApiError::ProofUsed => (
                StatusCode::CONFLICT,
                "challenge-used",
                "Эта проверка уже использована. Отправьте ещё раз: страница пройдёт новую.",
            ),
            ApiError::Overloaded => (
                StatusCode::SERVICE_UNAVAILABLE,
                "overloaded",
                "Сейчас слишком много обращений сразу. Текст не пропал: отправьте ещё раз через минуту.",
            ),
            ApiError::Unidentified => (
                StatusCode::UNAUTHORIZED,
                "identity-required",
                "Портал не подтвердил, что это вы. Войдите на портал и откройте помощь ещё раз.",
            ),
            ApiError::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "invalid-token",
                "Нужен действующий токен сотрудника в заголовке Authorization: Bearer …",
            ),
            ApiError::Forbidden(scope) => {
                let title = format!("Для этого нужно право {scope}. Попросите его у руководителя.");
                return (StatusCode::FORBIDDEN, "forbidden", title.into());
            }
            ApiError::UnknownSite => (
                StatusCode::FORBIDDEN,
                "site-disabled",
                "Сайт не подключён к поддержке: проверьте ключ в атрибуте data-site.",
            ),
            ApiError::ForeignOrigin => (
                StatusCode::FORBIDDEN,
                "origin-not-allowed",
                "Эта страница не подключена к поддержке: её адреса нет в списке сайта.",
            ),
            ApiError::Refused(refusal) => {
                return (StatusCode::CONFLICT, "state-conflict", refusal_words(*refusal).into());
            }
            ApiError::Changed(_) => (
                StatusCode::PRECONDITION_FAILED,
                "version-conflict",
                "Обращение успели изменить. Обновите страницу и повторите.",
            ),
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
            ApiError::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Ошибка на нашей стороне. Текст не пропал: отправьте ещё раз через минуту.",
            ),
        };
        (status, code, title.into())
    }

    /// The upload at this place of the list cannot be given.
    pub fn no_upload(index: usize) -> ApiError {
        ApiError::Invalid(vec![ProblemItem {
            pointer: format!("/uploads/{index}"),
            code: "upload-unknown".to_owned(),
            message: "Этот файл не найден или уже приложен. Приложите его ещё раз.".to_owned(),
        }])
    }

    /// Whole seconds after which it is worth asking again.
    fn retry_after(&self) -> Option<u64> {
        match self {
            ApiError::Storage(_) | ApiError::Overloaded => Some(5),
            ApiError::Checking => Some(2),
            ApiError::TooOften(wait) => Some(wait.as_secs().saturating_add(1)),
            _ => None,
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
            ApiError::FileMissing(path) => {
                tracing::error!(request_id, code, path, "a file that the database names is not in its place")
            }
            ApiError::Internal => tracing::error!(request_id, code, "a handler broke off"),
            _ => tracing::info!(request_id, code, "request refused"),
        }
        let retry_after = self.retry_after();
        let version = if let ApiError::Changed(version) = self { Some(version) } else { None };
        let offset = if let ApiError::WrongOffset(offset) = self { Some(offset) } else { None };
        let errors = match self {
            ApiError::Malformed(item) | ApiError::UnknownField(item) => vec![item],
            ApiError::Invalid(items) => items,
            _ => Vec::new(),
        };
        let problem = Problem {
            kind: format!("urn:podskazka:problem:{code}"),
            title: title.into_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            request_id,
            errors,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(offset) = offset {
            headers.insert("upload-offset", HeaderValue::from(offset));
        }
        if let Some(tag) = version.and_then(|version| HeaderValue::from_str(&format!("\"v{version}\"")).ok()) {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}
