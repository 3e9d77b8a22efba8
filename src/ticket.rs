//! A ticket: its limits, its checks, its number.

use crate::privacy;
use crate::validators::contact::is_contact as is_reachable;
use crate::verdict::{Context, Day};
use crate::wire::{NewTicket, ProblemItem, Snapshot};

/// Topics that a person chooses from: stable code and words.
pub const TOPICS: [(&str, &str); 5] = [
    ("form", "Ошибка при заполнении формы"),
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
/// Characters of every other text of the body.
pub const MAX_LINE: usize = 500;

/// The topic that a ticket starts with: a form on the page is most likely what it is about; empty when there is none.
pub fn topic_of(snapshot: &Snapshot) -> &'static str {
    if snapshot.form.is_empty() { "" } else { "form" }
}

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Faults of a ticket, each with a pointer into the body; empty when it may be stored.
pub fn check(ticket: &NewTicket) -> Vec<ProblemItem> {
    let mut out = Vec::new();
    let mut say = |pointer: &str, code: &str, message: &str| {
        out.push(ProblemItem { pointer: pointer.to_owned(), code: code.to_owned(), message: message.to_owned() });
    };
    let long = |text: &str, max: usize| text.chars().count() > max;
    let mandatory = [
        ("/topic", &ticket.topic, MAX_LINE, "Выберите тему обращения."),
        ("/name", &ticket.name, MAX_NAME, "Напишите фамилию, имя и отчество."),
        ("/contact", &ticket.contact, MAX_CONTACT, "Напишите телефон или адрес почты, чтобы мы ответили."),
        ("/text", &ticket.text, MAX_TEXT, "Опишите, что случилось."),
    ];
    for (pointer, text, max, empty) in mandatory {
        if text.trim().is_empty() {
            say(pointer, "required", empty);
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
    if ticket.snapshot.page.contains(['?', '#']) {
        say("/snapshot/page", "format", "Адрес страницы должен быть без параметров.");
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
    if ticket.uploads.len() > MAX_UPLOADS || ticket.uploads.iter().any(|token| long(token, MAX_LINE)) {
        say("/uploads", "too-long", &format!("Приложите не больше {MAX_UPLOADS} файлов."));
    }
    out
}

/// A phone or an e-mail.
fn is_contact(text: &str) -> bool {
    let ctx = Context { today: Day { year: 2000, month: 1, day: 1 }, bik: None };
    is_reachable(text, &ctx)
}

/// The number of 40 random bits (higher bits are dropped): `PS-`, eight characters, a check character.
pub fn number(random: u64) -> String {
    let body: Vec<usize> = (0..8).rev().map(|i| (random >> (5 * i)) as usize & 31).collect();
    let letters: String = body.iter().map(|i| letter(*i)).collect();
    format!("PS-{letters}-{}", letter(control(&body)))
}

/// The number as stored, from what a person typed (case and O, I, L do not matter), or `None` when the check fails.
pub fn parse_number(text: &str) -> Option<String> {
    let plain = text.trim().to_ascii_uppercase();
    let body = plain.strip_prefix("PS-").or_else(|| plain.strip_prefix("PS")).unwrap_or(&plain);
    let values: Option<Vec<usize>> = body.chars().filter(|c| !matches!(c, '-' | ' ')).map(position).collect();
    let values = values?;
    let (check, body) = values.split_last()?;
    let letters: String = body.iter().map(|i| letter(*i)).collect();
    (body.len() == 8 && *check == control(body)).then(|| format!("PS-{letters}-{}", letter(*check)))
}

/// Weights 1, 3, 5 … are odd, so every single slip changes the sum mod 32; the place is bound in.
fn control(body: &[usize]) -> usize {
    body.iter().enumerate().map(|(i, v)| v * (2 * i + 1)).sum::<usize>() % 32
}

fn letter(i: usize) -> char {
    ALPHABET.get(i % 32).map_or('0', |b| char::from(*b))
}

fn position(c: char) -> Option<usize> {
    let c = match c {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|b| char::from(*b) == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_survives_a_dictation_and_a_slip_does_not() {
        let number = number(0x12_3456_789a);
        assert_eq!(parse_number(&number.to_lowercase()).as_deref(), Some(number.as_str()));
        let last = number.chars().last().map_or('0', |c| if c == '0' { '1' } else { '0' });
        assert_eq!(parse_number(&format!("{}{last}", &number[..number.len() - 1])), None);
    }

    #[test]
    fn a_typed_value_in_place_of_a_shape_is_refused() {
        let mut ticket = NewTicket::default();
        ticket.snapshot.fields.push(crate::wire::FieldState { shape: "7707083893".into(), ..Default::default() });
        assert!(check(&ticket).iter().any(|item| item.pointer == "/snapshot/fields/0/shape"));
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
        let found = check(&ticket);
        for pointer in ["/code", "/field", "/client/language", "/uploads", "/snapshot/fields/0/length_class"] {
            assert!(found.iter().any(|item| item.pointer == pointer), "{pointer}");
        }
    }
}
