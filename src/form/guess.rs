//! Which kind an unmarked field seems to have, by what the page says of it anyway.
//!
//! A guess is worth a hint, never a mask or an error: the field may be about something else, and only its developer knows. So
//! silence is better than a slip: the token of `autocomplete` decides alone, because it is a standard; a label decides where it
//! names one kind and little else, and the name of the control does not speak of another.

use crate::text::{cut, is_letter, lower, split};
use crate::validators::Kind;

/// `autocomplete` and its kind.
const TOKENS: &[(&str, Kind)] = &[
    ("name", Kind::FullName),
    ("family-name", Kind::LastName),
    ("given-name", Kind::FirstName),
    ("additional-name", Kind::Patronymic),
    ("bday", Kind::BirthDate),
    ("tel", Kind::Phone),
    ("email", Kind::Email),
    ("postal-code", Kind::Postcode),
];

/// Kind, words of a name, phrases of a label; within a cell divided by `|`.
const SIGNS: &[(Kind, &str, &str)] = &[
    (Kind::Inn, "inn", "инн"),
    (Kind::Snils, "snils", "снилс"),
    (Kind::Kpp, "kpp", "кпп"),
    (Kind::Ogrn, "ogrn", "огрн"),
    (Kind::Ogrnip, "ogrnip", "огрнип"),
    (Kind::Bik, "bik", "бик"),
    (Kind::Okpo, "okpo", "окпо"),
    (Kind::Oktmo, "oktmo", "октмо"),
    (Kind::Okato, "okato", "окато"),
    (Kind::Okved, "okved", "оквэд"),
    (Kind::Kbk, "kbk", "кбк"),
    (Kind::Uin, "uin", "уин"),
    (Kind::Vin, "vin", "vin"),
    (Kind::Cadastral, "cadastral", "кадастровый номер"),
    (Kind::Passport, "passport", "серия и номер паспорта|паспорт серия и номер"),
    (Kind::DepartmentCode, "", "код подразделения"),
    (Kind::Phone, "phone|tel|telephone|mobile", "телефон"),
    (Kind::Email, "email|mail", "электронная почта|электронной почты|e mail|email"),
    (Kind::Postcode, "postcode|zip|postal", "почтовый индекс|индекс"),
    (Kind::BirthDate, "birthdate|birthday|bday|birth", "дата рождения"),
    (Kind::LastName, "lastname|surname", "фамилия"),
    (Kind::FirstName, "firstname", "имя"),
    (Kind::Patronymic, "patronymic|middlename", "отчество"),
    (Kind::FullName, "fio|fullname", "фио|фамилия имя отчество|фамилия имя и отчество"),
];

/// Words of a label beside those that name the kind: more is a sentence, which may say anything.
const MOST_BESIDE: usize = 2;
/// A label with one of these is about a choice, a part or somebody abroad.
const ELSE: &[&str] =
    &["или", "либо", "если", "иностранный", "иностранного", "доверенность", "логин", "пользователя", "файл"];

/// The kind that a field certainly seems to have.
pub fn guess(autocomplete: &str, name: &str, label: &str) -> Option<Kind> {
    let token = autocomplete.split_ascii_whitespace().next_back().unwrap_or_default();
    if let Some((_, kind)) = TOKENS.iter().find(|(it, _)| it.eq_ignore_ascii_case(token)) {
        return Some(*kind);
    }
    let label = cut(label, b'(').map_or(label, |(before, _)| before);
    let label = words(label, false);
    if label.iter().any(|word| ELSE.contains(&word.as_str())) {
        return None;
    }
    // The phrase of most words wins, so that «фамилия, имя, отчество» is no last name.
    let mut best: Option<(usize, Kind)> = None;
    let mut others = 0;
    for (kind, _, phrases) in SIGNS {
        let found = split(phrases, b'|').into_iter().filter_map(|phrase| count_in(&label, phrase)).max();
        let Some(found) = found else { continue };
        others += 1;
        if best.is_none_or(|(count, _)| count < found) {
            best = Some((found, *kind));
        }
    }
    let (found, kind) = best?;
    // One word names one kind; of a long phrase its parts are named too.
    if label.len() > found + MOST_BESIDE || (others > 1 && found == 1) {
        return None;
    }
    let name = words(name, true);
    let mut spoken =
        SIGNS.iter().filter(|(_, signs, _)| split(signs, b'|').iter().any(|sign| name.iter().any(|it| it == sign)));
    match spoken.next() {
        Some((other, ..)) if *other != kind || spoken.next().is_some() => None,
        _ => Some(kind),
    }
}

/// Words in lower case; of a name such as `payerInn` also where a capital begins one.
fn words(text: &str, humps: bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut small = false;
    for c in text.chars() {
        let hump = humps && small && c.is_ascii_uppercase();
        if !is_letter(c) || hump {
            out.push(std::mem::take(&mut word));
        }
        if is_letter(c) {
            word.push(lower(c));
        }
        small = c.is_ascii_lowercase();
    }
    out.push(word);
    out.retain(|word| !word.is_empty());
    out
}

/// Words of a phrase that stands in a label.
fn count_in(label: &[String], phrase: &str) -> Option<usize> {
    let phrase = words(phrase, false);
    label.windows(phrase.len().max(1)).any(|part| part == phrase).then_some(phrase.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(autocomplete: &str, name: &str, label: &str, expected: Option<Kind>) {
        assert_eq!(guess(autocomplete, name, label), expected, "{autocomplete:?} {name:?} {label:?}");
    }

    #[test]
    fn guesses_what_is_certain() {
        check("section-a shipping postal-code", "x", "", Some(Kind::Postcode));
        check("bday", "", "Когда вы родились", Some(Kind::BirthDate));
        check("", "form_text_17", "ИНН *", Some(Kind::Inn));
        check("", "payerInn", "ИНН плательщика:", Some(Kind::Inn));
        check("off", "snils", "Ваш СНИЛС (необязательно)", Some(Kind::Snils));
        check("", "ogrn_ip", "ОГРНИП", None);
        check("", "ogrnip", "ОГРНИП", Some(Kind::Ogrnip));
        check("", "user_email", "Адрес электронной почты", Some(Kind::Email));
        check("", "", "E-mail", Some(Kind::Email));
        check("", "fio", "Фамилия, имя, отчество", Some(Kind::FullName));
        check("", "surname", "Фамилия", Some(Kind::LastName));
        check("", "doc", "Серия и номер паспорта", Some(Kind::Passport));
    }

    #[test]
    fn is_silent_where_it_could_be_wrong() {
        check("", "inn", "", None);
        check("", "field", "Номер документа", None);
        check("", "field", "ИНН или СНИЛС", None);
        check("", "field", "ИНН/КПП", None);
        check("", "kpp", "ИНН", None);
        check("", "inn_or_snils", "ИНН", None);
        check("", "q", "Как узнать свой ИНН по паспорту", None);
        check("", "login", "Имя пользователя", None);
        check("", "winner", "Победитель", None);
        check("", "phone", "Телефон или электронная почта", None);
        check("cc-number", "card", "Номер карты", None);
        check("new-password", "x", "Пароль", None);
    }
}
