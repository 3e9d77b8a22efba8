//! Codes and their parameters as Russian sentences: what is wrong and what to do.

use crate::text::plural;
use crate::verdict::{Fault, Fix};

/// How much is still to come while the person types, such as «Осталось 3 цифры». Empty when nothing useful can be said.
pub fn progress(label: &str, missing: u32) -> String {
    if missing == 0 || label.is_empty() {
        return String::new();
    }
    let verb = plural(missing, "Осталась", "Осталось", "Осталось");
    format!("{verb} {missing} {}", plural(missing, "цифра", "цифры", "цифр"))
}

/// What is missing once the person has left the field.
pub fn partial(label: &str, kind: &str, missing: u32) -> String {
    let digits = plural(missing, "цифры", "цифр", "цифр");
    match kind {
        "inn" => format!("{label}: не хватает {missing} {digits}. В ИНН человека 12 цифр, в ИНН организации 10."),
        "snils" => format!("{label}: не хватает {missing} {digits}. В СНИЛС 11 цифр, например 112-233-445 95."),
        "phone" => format!("{label}: не хватает {missing} {digits}. Введите номер целиком, например +7 900 123-45-67."),
        "email" => format!("{label}: введите адрес целиком, например anna@example.ru."),
        _ => format!("{label}: введите день, месяц и год, например 05.03.1990."),
    }
}

/// An empty mandatory field.
pub fn required(label: &str) -> String {
    format!("Заполните поле «{label}».")
}

/// What is wrong and how to mend it.
pub fn fault(label: &str, fault: &Fault) -> String {
    let found = &fault.found;
    match fault.code.as_str() {
        "inn.chars" | "snils.chars" | "phone.chars" => {
            format!("{label}: вместо «{found}» нужна цифра. Оставьте только цифры.")
        }
        "inn.length" => {
            format!("{label}: введено {found} цифр, а нужно 12 для человека или 10 для организации. Уберите лишние.")
        }
        "inn.checksum" => format!("{label}: цифры не сходятся, в одной из них опечатка. Сверьте номер с документом."),
        "snils.length" => format!("{label}: введено {found} цифр, а в СНИЛС их 11. Уберите лишние."),
        "snils.checksum" => format!("{label}: цифры не сходятся, в одной из них опечатка. Сверьте номер с СНИЛС."),
        "phone.length" => format!("{label}: в номере {found} цифр, а нужно 10 после +7. Уберите лишние."),
        "email.format" => format!("{label}: в адресе нужны имя, знак @ и домен с точкой, например anna@example.ru."),
        code if code.ends_with(".chars") => {
            format!("{label}: вместо «{found}» нужна цифра или точка. Введите дату так: 05.03.1990.")
        }
        code if code.ends_with(".calendar") => format!("{label}: такого дня нет в календаре. Проверьте день и месяц."),
        code if code.ends_with(".range") => {
            format!("{label}: эта дата ещё не наступила или слишком давняя. Проверьте год.")
        }
        _ => format!("{label}: проверьте, что введено."),
    }
}

/// Words on the button of a fix.
pub fn fix(fix: &Fix) -> String {
    format!("Исправить на {}", fix.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validators::CODES;

    #[test]
    fn every_sentence_names_the_field_and_keeps_the_tone() {
        for code in CODES {
            let case = Fault {
                code: code.into(),
                span: Default::default(),
                expected: String::new(),
                found: "5".into(),
                fixes: vec![],
            };
            let text = fault("Поле", &case);
            assert!(text.starts_with("Поле: "), "{code}");
            for word in ["некорректн", "неверн", "недопустим", "пожалуйста"] {
                assert!(!text.to_lowercase().contains(word), "{code}: {text}");
            }
        }
    }

    #[test]
    fn counts_in_russian() {
        assert_eq!(progress("ИНН", 1), "Осталась 1 цифра");
        assert_eq!(progress("ИНН", 3), "Осталось 3 цифры");
        assert_eq!(progress("ИНН", 11), "Осталось 11 цифр");
    }
}
