//! A ticket: its limits and its checks; its number, states and deadlines stand in their own files.

pub mod alarm;
pub mod calendar;
pub mod holidays;
pub mod letters;
pub mod sla;
pub mod story;

mod cover;
mod line;
mod number;
mod state;
mod tried;
mod values;

pub use cover::{cover, cover_but};
pub use line::Line;
pub use number::{MAX_PREFIX, has_number, number, parse_number};
pub use state::{
    Action, Actor, CLOSE_AFTER_DAYS, Clock, LEVELS, REOPEN_DAYS, Refusal, State, Step, TRANSFERS, allowed, step,
};
pub use tried::{MAX_AGO, MAX_QUESTION, MAX_STEP_CODES, MAX_STEPS, check_tried};
pub use values::{close, judge};

use crate::access;
use crate::privacy;
use crate::text::is_blank;
use crate::validators::contact::is_contact as is_reachable;
use crate::verdict::{Context, Day};
use crate::wire::page::Rating;
use crate::wire::{NewTicket, ProblemItem, Snapshot};

/// Topics that a person chooses from: stable code and words.
pub const TOPICS: [(&str, &str); 5] = [
    ("form", "Ошибка в форме"),
    ("account", "Вход и регистрация"),
    ("payment", "Оплата и возврат"),
    ("status", "Статус заявления"),
    ("other", "Другое"),
];
/// Characters of the text: two typed pages.
pub const MAX_TEXT: usize = 4_000;
/// Characters of the name: the longest documented full names stay under it.
pub const MAX_NAME: usize = 200;
/// Characters of the contact: an e-mail has at most 254.
pub const MAX_CONTACT: usize = 254;
/// Fields of one form: the largest tax forms have about 300.
pub const MAX_FIELDS: usize = 500;
/// Files of one ticket.
pub const MAX_UPLOADS: usize = 10;
/// Bytes of one file.
pub const MAX_FILE: usize = 10 * 1024 * 1024;
/// Days an unsent file is kept.
pub const UPLOAD_LIFE_DAYS: i64 = 1;
/// Days an answer may be had again by its `Idempotency-Key`; the outbox on the page gives up a day earlier.
pub const KEY_LIFE_DAYS: i64 = 7;
/// Characters of the portal's id of a request: W3C `traceparent` has 55.
pub const MAX_TRACE: usize = 64;
/// Characters of the value of a field that may be sent: a street with its house fits.
pub const MAX_VALUE: usize = 120;
/// Characters of the sentence of an error: the longest of ours have half of it.
pub const MAX_MESSAGE: usize = 300;
/// Characters of the name of an error of scripts; `NetworkError` has 12.
pub const MAX_ERROR_NAME: usize = 40;
/// Names of errors, and codes of failed requests: a page with more has one cause for most.
pub const MAX_COUNTS: usize = 20;
/// Most times of one of them; more tells nobody more.
pub const MAX_COUNT: u32 = 9_999;
/// Characters of the name of an operating system.
pub const MAX_OS: usize = 40;
/// How good the link is, as browsers say it, and that there is none.
pub const CONNECTIONS: [&str; 5] = ["slow-2g", "2g", "3g", "4g", "offline"];
/// Characters of every other text of the body.
pub const MAX_LINE: usize = 500;

/// The topic that a ticket starts with: a form on the page is most likely what it is about; empty when there is none.
pub fn topic_of(snapshot: &Snapshot) -> &'static str {
    if snapshot.form.is_empty() { "" } else { "form" }
}

/// Faults of the lines that a person writes: all that the page itself has to ask, which has no room for the rest. `optional`: lines that
/// the site leaves to the person.
pub fn check_lines(ticket: &NewTicket, optional: &[Line]) -> Vec<ProblemItem> {
    let mut out = Vec::new();
    let mut say = |pointer: &str, code: &str, message: &str| out.push(problem(pointer, code, message));
    let mandatory = [
        (Line::Topic, "/topic", &ticket.topic, MAX_LINE, "Выберите тему обращения."),
        (Line::Name, "/name", &ticket.name, MAX_NAME, "Напишите фамилию, имя и отчество."),
        (
            Line::Contact,
            "/contact",
            &ticket.contact,
            MAX_CONTACT,
            "Напишите телефон или адрес почты, чтобы мы ответили.",
        ),
        (Line::Text, "/text", &ticket.text, MAX_TEXT, "Опишите, что случилось."),
    ];
    for (line, pointer, text, max, empty) in mandatory {
        if is_empty(text) {
            if !line.may_miss(ticket, optional) {
                say(pointer, "required", empty);
            }
        } else if long(text, max) {
            say(pointer, "too-long", &format!("Сократите текст: поместится не больше {max} знаков."));
        }
    }
    if !ticket.topic.trim().is_empty() && !TOPICS.iter().any(|(code, _)| *code == ticket.topic) {
        say("/topic", "unknown", "Выберите тему из списка.");
    }
    if !ticket.contact.trim().is_empty() && !is_contact(&ticket.contact) {
        say("/contact", "format", "Напишите телефон, например +7 900 123-45-67, или почту, например anna@example.ru.");
    }
    out
}

/// Faults of a ticket, each with a pointer into the body; empty when it may be stored. `optional`: lines that its site leaves to the
/// person.
pub fn check(ticket: &NewTicket, optional: &[Line]) -> Vec<ProblemItem> {
    let mut out = check_lines(ticket, optional);
    let mut say = |pointer: &str, code: &str, message: &str| out.push(problem(pointer, code, message));
    if ticket.snapshot.page.contains(['?', '#']) {
        say("/snapshot/page", "format", "Адрес страницы должен быть без параметров.");
    }
    if ticket.snapshot.trace.as_ref().is_some_and(|it| !is_trace(it)) {
        say("/snapshot/trace", "format", "Номер запроса — до 64 латинских букв, цифр и знаков -_.:/ без пробелов.");
    }
    if ticket.snapshot.fields.len() > MAX_FIELDS {
        say("/snapshot/fields", "too-long", "Слишком много полей.");
    }
    for (i, field) in ticket.snapshot.fields.iter().enumerate() {
        if !privacy::is_shape(&field.shape) {
            say(&format!("/snapshot/fields/{i}/shape"), "format", "Вместо значения нужна маска.");
        }
        if !privacy::LENGTH_CLASSES.contains(&field.length_class.as_str()) {
            say(&format!("/snapshot/fields/{i}/length_class"), "unknown", "Длина поля: empty, short, medium или long.");
        }
        let value = field.value.as_deref().unwrap_or("");
        let secret = field.shape == privacy::FIXED_MASK || privacy::SECRET_KINDS.contains(&field.kind.as_str());
        if secret && !value.is_empty() {
            say(&format!("/snapshot/fields/{i}/value"), "secret", "Это значение не отправляют: уберите его.");
        }
        if long(value, MAX_VALUE) {
            let words = format!("Сократите значение: поместится не больше {MAX_VALUE} знаков.");
            say(&format!("/snapshot/fields/{i}/value"), "too-long", &words);
        }
        let code = field.code.as_deref().unwrap_or("");
        if [field.name.as_str(), &field.label, &field.kind, code].into_iter().any(|text| long(text, MAX_LINE)) {
            say(&format!("/snapshot/fields/{i}"), "too-long", "Слишком длинное описание поля.");
        }
    }
    let (page, client) = (&ticket.snapshot, &ticket.client);
    let lines = [
        ("/code", ticket.code.as_deref().unwrap_or("")),
        ("/field", ticket.field.as_deref().unwrap_or("")),
        ("/snapshot/form", &page.form),
        ("/snapshot/form_title", &page.form_title),
        ("/snapshot/page", &page.page),
        ("/snapshot/step", page.step.as_deref().unwrap_or("")),
        ("/client/user_agent", &client.user_agent),
        ("/client/language", &client.language),
        ("/client/time_zone", &client.time_zone),
        ("/client/viewport", &client.viewport),
        ("/client/version", &client.version),
        ("/client/build", &client.build),
    ];
    for (pointer, text) in lines {
        if long(text, MAX_LINE) {
            say(pointer, "too-long", &format!("Сократите: поместится не больше {MAX_LINE} знаков."));
        }
    }
    told(ticket, &mut say);
    out.extend(ticket.tried.as_ref().map(check_tried).unwrap_or_default());
    let mut say = |pointer: &str, code: &str, message: &str| out.push(problem(pointer, code, message));
    if client.access.len() > access::MAX_LINES || client.access.iter().any(|line| !access::is_line(line)) {
        say("/client/access", "format", "Здесь нужны коды проверки, например access.clock.ahead 620.");
    }
    if ticket.uploads.len() > MAX_UPLOADS || ticket.uploads.iter().any(|token| long(token, MAX_LINE)) {
        say("/uploads", "too-long", &format!("Приложите не больше {MAX_UPLOADS} файлов."));
    }
    out
}

/// Faults of what the page and the browser tell beside the form; all of it may be absent.
fn told(ticket: &NewTicket, say: &mut impl FnMut(&str, &str, &str)) {
    let (page, client) = (&ticket.snapshot, &ticket.client);
    if page.message.as_ref().is_some_and(|it| it.chars().count() > MAX_MESSAGE) {
        let words = format!("Сократите текст ошибки: поместится не больше {MAX_MESSAGE} знаков.");
        say("/snapshot/message", "too-long", &words);
    }
    for (pointer, rows) in [("/snapshot/errors", page.errors.len()), ("/snapshot/requests", page.requests.len())] {
        if rows > MAX_COUNTS {
            say(pointer, "too-long", &format!("Строк должно быть не больше {MAX_COUNTS}."));
        }
    }
    let times = |count: u32| (1..=MAX_COUNT).contains(&count);
    let range = format!("Число: от 1 до {MAX_COUNT}.");
    for (i, it) in page.errors.iter().enumerate().take(MAX_COUNTS) {
        if !is_error_name(&it.name) {
            let words = format!("Имя ошибки — до {MAX_ERROR_NAME} латинских букв, например TypeError.");
            say(&format!("/snapshot/errors/{i}/name"), "format", &words);
        }
        if !times(it.count) {
            say(&format!("/snapshot/errors/{i}/count"), "range", &range);
        }
    }
    for (i, it) in page.requests.iter().enumerate().take(MAX_COUNTS) {
        if !(400..=599).contains(&it.status) {
            say(&format!("/snapshot/requests/{i}/status"), "range", "Код ответа: от 400 до 599.");
        }
        if !times(it.count) {
            say(&format!("/snapshot/requests/{i}/count"), "range", &range);
        }
    }
    if client.os.as_ref().is_some_and(|it| !is_word(it, MAX_OS, b" .-_")) {
        let words = format!("Система — до {MAX_OS} латинских букв, цифр, пробелов и знаков .-_, например Windows.");
        say("/client/os", "format", &words);
    }
    if client.zoom.is_some_and(|it| !(10..=2_000).contains(&it)) {
        say("/client/zoom", "range", "Масштаб в процентах: от 10 до 2000.");
    }
    if client.connection.as_ref().is_some_and(|it| !CONNECTIONS.contains(&it.as_str())) {
        say("/client/connection", "unknown", "Связь: slow-2g, 2g, 3g, 4g или offline.");
    }
    if client.release.as_ref().is_some_and(|it| !is_word(it, MAX_TRACE, b"-_.:/+")) {
        let words = format!("Версия портала — до {MAX_TRACE} латинских букв, цифр и знаков -_.:/+ без пробелов.");
        say("/client/release", "format", &words);
    }
}

/// The name of an error and not its message: no figure, no blank, no Cyrillic.
fn is_error_name(text: &str) -> bool {
    (1..=MAX_ERROR_NAME).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Latin letters, digits and these signs.
fn is_word(text: &str, max: usize, signs: &[u8]) -> bool {
    (1..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(&byte))
}

/// An id of a request, and nothing that a person could have written: no space, no `@`, no Cyrillic.
pub fn is_trace(text: &str) -> bool {
    is_word(text, MAX_TRACE, b"-_.:/")
}

/// Faults of a comment.
pub fn check_comment(text: &str, uploads: &[String]) -> Vec<ProblemItem> {
    let mut out = check_words(Some(text), true);
    if uploads.len() > MAX_UPLOADS {
        out.push(problem("/uploads", "too-long", &format!("Приложите не больше {MAX_UPLOADS} файлов.")));
    }
    out
}

/// More characters than `max`.
fn long(text: &str, max: usize) -> bool {
    text.len() > max && text.chars().count() > max
}

/// Nothing to read: blanks, and signs that take no room.
fn is_empty(text: &str) -> bool {
    text.chars().all(is_blank)
}

/// Faults of the words that go with an action.
pub fn check_words(text: Option<&str>, needed: bool) -> Vec<ProblemItem> {
    let text = text.unwrap_or("");
    if needed && is_empty(text) {
        vec![problem("/text", "required", "Напишите несколько слов: что случилось или что нужно.")]
    } else if text.chars().count() > MAX_TEXT {
        vec![problem("/text", "too-long", &format!("Сократите текст: поместится не больше {MAX_TEXT} знаков."))]
    } else {
        Vec::new()
    }
}

/// Why a citizen gave a score: four for a low one, four for a high one.
pub const REASONS: [&str; 8] = ["slow", "unclear", "unsolved", "rude", "fast", "clear", "solved", "kind"];
/// Characters of the words that go with a score.
pub const MAX_RATING_TEXT: usize = 1_000;

/// Faults of a rating.
pub fn check_rating(rating: &Rating) -> Vec<ProblemItem> {
    let mut out = Vec::new();
    if !(1..=5).contains(&rating.score) {
        out.push(problem("/score", "range", "Выберите оценку от 1 до 5."));
    }
    if rating.reasons.len() > REASONS.len() || rating.reasons.iter().any(|it| !REASONS.contains(&it.as_str())) {
        out.push(problem("/reasons", "unknown", "Выберите причины из списка."));
    }
    if rating.text.as_deref().unwrap_or_default().chars().count() > MAX_RATING_TEXT {
        let words = format!("Сократите текст: поместится не больше {MAX_RATING_TEXT} знаков.");
        out.push(problem("/text", "too-long", &words));
    }
    out
}

/// Why an action is refused, in words for whoever tried it.
pub fn refusal_words(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotYours => "Это действие делает другая сторона.".to_owned(),
        Refusal::NotNow => "Сейчас это сделать нельзя: обращение уже в другом состоянии. Обновите страницу.".to_owned(),
        Refusal::TooLate => {
            format!("Обращение закрыто больше {REOPEN_DAYS} дней назад. Напишите новое и укажите номер прежнего.")
        }
        Refusal::TooOften => {
            format!("Обращение передавали уже {TRANSFERS} раза. Дальше его передаёт руководитель.")
        }
        Refusal::TwoPersons => {
            "Это обращения разных людей: их можно связать, но не объединить. Проверьте номер.".to_owned()
        }
    }
}

/// What a citizen reads of a ticket that goes on in another one of theirs.
pub fn merged_words(into: &str) -> String {
    format!("Это обращение объединено с вашим обращением {into}. Ответ придёт там.")
}

fn problem(pointer: &str, code: &str, message: &str) -> ProblemItem {
    ProblemItem { pointer: pointer.to_owned(), code: code.to_owned(), message: message.to_owned() }
}

/// An e-mail address.
pub fn is_mail(text: &str) -> bool {
    text.contains('@') && is_contact(text)
}

/// A phone.
pub fn is_phone(text: &str) -> bool {
    !text.contains('@') && is_contact(text)
}

/// A phone or an e-mail.
fn is_contact(text: &str) -> bool {
    let ctx = Context { today: Day { year: 2000, month: 1, day: 1 }, bik: None };
    is_reachable(text, &ctx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_value_in_place_of_a_shape_is_refused() {
        let mut ticket = NewTicket::default();
        ticket.snapshot.fields.push(crate::wire::FieldState { shape: "7707083893".into(), ..Default::default() });
        assert!(check(&ticket, &[]).iter().any(|item| item.pointer == "/snapshot/fields/0/shape"));
    }

    #[test]
    fn a_value_goes_where_its_schema_lets_it_and_never_that_of_a_secret() {
        let check = |kind: &str, shape: &str, value: String| {
            let mut ticket = NewTicket::default();
            let field = crate::wire::FieldState {
                kind: kind.into(),
                shape: shape.into(),
                value: Some(value),
                ..Default::default()
            };
            ticket.snapshot.fields.push(field);
            let found = check(&ticket, &[]).into_iter().find(|item| item.pointer == "/snapshot/fields/0/value");
            found.map_or(String::new(), |item| item.code)
        };
        assert_eq!(check("text", "Xxxxxxx", "Замечание".into()), "");
        assert_eq!(check("text", "", "я".repeat(MAX_VALUE)), "");
        assert_eq!(check("text", "", "я".repeat(MAX_VALUE + 1)), "too-long");
        assert_eq!(check("card", "", "2200".into()), "secret");
        assert_eq!(check("text", privacy::FIXED_MASK, "слово".into()), "secret");
    }

    #[test]
    fn a_request_is_known_by_its_id_and_by_no_words() {
        for good in ["4bf92f3577b34da6", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "req:7/12_a.b"] {
            assert!(is_trace(good), "{good}");
        }
        for bad in ["", "anna@example.ru", "112-233-445 95", "Иванова", &"a".repeat(MAX_TRACE + 1)] {
            assert!(!is_trace(bad), "{bad}");
            let mut ticket = NewTicket::default();
            ticket.snapshot.trace = Some(bad.to_owned());
            assert!(check(&ticket, &[]).iter().any(|item| item.pointer == "/snapshot/trace"), "{bad}");
        }
    }

    #[test]
    fn what_the_page_tells_is_counts_names_and_one_sentence() {
        use crate::wire::{FailedRequests, PageErrors};
        let mut ticket = NewTicket::default();
        ticket.snapshot.step = Some("documents".into());
        ticket.snapshot.message = Some("я".repeat(MAX_MESSAGE));
        ticket.snapshot.errors = vec![PageErrors { name: "TypeError".into(), count: MAX_COUNT }; MAX_COUNTS];
        ticket.snapshot.requests = vec![FailedRequests { status: 500, count: 2 }; MAX_COUNTS];
        ticket.client.os = Some("Chrome OS".into());
        ticket.client.zoom = Some(150);
        ticket.client.connection = Some("offline".into());
        ticket.client.release = Some("2026.11.25+7/zags".into());
        let found = |ticket: &NewTicket| {
            let own = |it: &ProblemItem| it.pointer.starts_with("/snapshot") || it.pointer.starts_with("/client");
            check(ticket, &[]).into_iter().filter(own).map(|it| it.pointer).collect::<Vec<_>>()
        };
        assert_eq!(found(&ticket), Vec::<String>::new());

        ticket.snapshot.step = Some("x".repeat(MAX_LINE + 1));
        ticket.snapshot.message = Some("я".repeat(MAX_MESSAGE + 1));
        ticket.snapshot.errors = vec![PageErrors { name: "Error: СНИЛС 112-233-445 95".into(), count: 0 }];
        ticket.snapshot.requests = vec![FailedRequests { status: 200, count: MAX_COUNT + 1 }];
        ticket.client.os = Some("Иванова".into());
        ticket.client.zoom = Some(0);
        ticket.client.connection = Some("домашняя".into());
        ticket.client.release = Some("anna@example.ru".into());
        let wrong = [
            "/snapshot/step",
            "/snapshot/message",
            "/snapshot/errors/0/name",
            "/snapshot/errors/0/count",
            "/snapshot/requests/0/status",
            "/snapshot/requests/0/count",
            "/client/os",
            "/client/zoom",
            "/client/connection",
            "/client/release",
        ];
        assert_eq!(found(&ticket), wrong);
        ticket.snapshot.errors = vec![PageErrors { name: "TypeError".into(), count: 1 }; MAX_COUNTS + 1];
        ticket.snapshot.requests = vec![FailedRequests { status: 500, count: 2 }; MAX_COUNTS + 1];
        for pointer in ["/snapshot/errors", "/snapshot/requests"] {
            assert!(found(&ticket).iter().any(|it| it == pointer), "{pointer}");
        }
    }

    #[test]
    fn a_letter_of_an_older_page_is_read_and_nothing_is_made_up() {
        let snapshot = r#"{"form":"demo","form_title":"","page":"/","fields":[]}"#;
        let client = r#"{"user_agent":"","language":"ru","time_zone":"","viewport":"","version":"1","build":"js"}"#;
        let old: (Snapshot, crate::wire::Client) =
            (serde_json::from_str(snapshot).unwrap(), serde_json::from_str(client).unwrap());
        assert_eq!(serde_json::to_string(&old.0).unwrap(), snapshot);
        assert_eq!(serde_json::to_string(&old.1).unwrap(), client);
    }

    #[test]
    fn every_text_has_a_limit_and_a_length_class_is_no_value() {
        let long = "x".repeat(MAX_LINE + 1);
        let mut ticket = NewTicket { code: Some(long.clone()), field: Some(long.clone()), ..Default::default() };
        ticket.client.language = long;
        ticket.uploads = vec![String::new(); MAX_UPLOADS + 1];
        ticket
            .snapshot
            .fields
            .push(crate::wire::FieldState { length_class: "7707083893".into(), ..Default::default() });
        let found = check(&ticket, &[]);
        for pointer in ["/code", "/field", "/client/language", "/uploads", "/snapshot/fields/0/length_class"] {
            assert!(found.iter().any(|item| item.pointer == pointer), "{pointer}");
        }
    }
}
