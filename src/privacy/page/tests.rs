use super::*;
use crate::privacy::detect;

#[track_caller]
fn check(text: &str, typed: &str, expected: &str) {
    assert_eq!(scrub(text, typed), expected, "{text}");
}

#[test]
fn hides_names_numbers_and_mails_of_a_page() {
    check("Здравствуйте, Евлампия!", "", "Здравствуйте, Xxxxxxxx!");
    check("Ярополкова Е. Т., ваша заявка", "", "Xxxxxxxxxx X. X., ваша заявка");
    check("Заявитель: Ярополкова", "", "Заявитель: Xxxxxxxxxx");
    check("Анна Смирнова", "", "Xxxx Xxxxxxxx");
    check("Anna Smirnova", "", "Xxxx Xxxxxxxx");
    check("Кабинет гражданки Ивановой", "", "Кабинет гражданки Xxxxxxxx");
    check("Заявление № 4827-19 от 05.03.2026", "", "Заявление № 9999-99 от 99.99.9999");
    check("Письмо ушло на anna@пример.рф.", "", "Письмо ушло на xxxx@xxxxxx.xx.");
    check("Ответ: +7 900 846-57-31", "", "Ответ: +9 999 999-99-99");
}

#[test]
fn hides_what_was_typed() {
    check("ярополкову ждут в кабинете", "Ярополкова Евлампия", "xxxxxxxxxx ждут в кабинете");
    check("Лев, проверьте номер", "Лев", "Xxx, проверьте номер");
    check("вместо «З» нужна цифра", "+7 900 З1", "вместо «X» нужна цифра");
    check("вместо «З» нужна цифра", "", "вместо «З» нужна цифра");
}

#[test]
fn leaves_the_words_of_a_page_alone() {
    for text in [
        "Постановка на учёт в налоговом органе",
        "ИНН получателя",
        "12 цифр для человека, 10 для организации",
        "Шаг 2 из 5",
        "Ошибка: введено 11 цифр, а нужно 12. Уберите лишние.",
        "Паспорт гражданина Российской Федерации",
        "Фамилия, имя, отчество",
        "Проверьте форму: нужно исправить 3 поля",
        "Сохранить. Далее",
        "КПП (необязательно)",
    ] {
        check(text, "", text);
    }
}

/// Whatever the reader of free text finds is hidden here too.
#[test]
fn is_at_least_as_strict_as_the_reader_of_free_text() {
    for text in [
        "мой снилс 112-233-445 95 вот",
        "8 (900) 123-45-67 15",
        "пишите anna@example.ru.",
        "ИНН 500100000199",
        "карта 2200 0000 0000 0004",
        "паспорт 45 10 123456 выдан",
        "дата рождения 05.03.1990",
        "я, Иванова Анна Петровна, прошу",
        "Анна Петровна Иванова",
    ] {
        let chars: Vec<char> = text.chars().collect();
        let out: Vec<char> = scrub(text, "").chars().collect();
        assert!(!detect::find(text).is_empty(), "{text}");
        for found in detect::find(text) {
            for at in found.start..found.end {
                let letter = is_word(chars[at]);
                assert!(!letter || matches!(out[at], '9' | 'x' | 'X'), "{text}: {}", scrub(text, ""));
            }
        }
    }
}

#[test]
fn an_address_names_no_case() {
    let check = |page: &str, expected: &str| assert_eq!(address(page), expected);
    check("https://127.0.0.1:8080/tax-registration.html", "https://127.0.0.1:8080/tax-registration.html");
    check("https://help.example.ru/applications/48271930/edit", "https://help.example.ru/applications/:id/edit");
    check("/users/%D0%90%D0%BD%D0%BD%D0%B0/", "/users/:id/");
    check("/mail/anna@example.ru", "/mail/:id");
    check("", "");
}

#[test]
fn a_name_alone_is_known_by_the_list() {
    let list = include_str!("../names.txt").replace('\n', " ");
    for text in [
        "ИВАНОВА МАРИЯ ПЕТРОВНА",
        "ПЁТР",
        "ИВАНОВ АНТОН",
        "Светлана",
        "Марии",
        "Олегом",
        "Лев",
        "Калинниковой",
        "Голубикина",
        "Пётр, проверьте номер",
    ] {
        let out = scrub_names(text, "", &list);
        assert!(out.starts_with('X'), "{text}: {out}");
    }
    for text in [
        "Логин",
        "ПЕРЕЧЕНЬ ДОКУМЕНТОВ",
        "СНИЛС",
        "ИНН И КПП",
        "ЗАЯВЛЕНИЕ О ВЫДАЧЕ",
        "Причина",
        "Корзина",
        "Магазин",
        "Максимальный размер",
        "Паспорт",
        "Полис",
        "Дата",
        "Номер",
        "Отправить",
        "Область",
        "Регион",
        "Район",
        "Город",
        "Страна",
        "Улица",
        "Квартира",
        "Телефон",
        "Пароль",
        "Серия",
        "Фамилия",
        "Имя",
        "Отчество",
        "Адрес",
        "Организация",
        "Услуги",
        "Документы",
        "Платежи",
        "Помощь",
        "Войти",
        "Выйти",
        "Далее",
        "Назад",
        "Сохранить",
        "Отмена",
        "Поиск",
        "Главная",
        "Новости",
        "Контакты",
        "Гражданство",
        "Инвалидность",
        "Пол",
        "Возраст",
    ] {
        assert_eq!(scrub_names(text, "", &list), text);
    }
}

#[test]
fn takes_any_text() {
    for text in ["", "@", "«»", "«", ". . .", "😀 Été", "а.", "\u{301}"] {
        assert_eq!(scrub(text, text).chars().count(), text.chars().count(), "{text}");
    }
}

/// `data-podskazka-form`, `name` and `data-error-code` are written by programs, some of them with what they know of a person.
#[test]
fn a_name_of_a_program_gives_nobody_away() {
    let check = |text: &str, expected: &str| assert_eq!(name(text), expected);
    for text in [
        "inn",
        "applicant.inn2",
        "PROPERTY[1045][0]",
        "form_text_1234",
        "E-1042",
        "inn.checksum",
        "LoginForm[Email]",
        "PAY-E42",
        "Applicant.LastName",
        "SMEV-100245",
        "Фамилия",
    ] {
        check(text, text);
    }
    check("f0_2200746193582176", "f0_9999999999999999");
    check("child[Иванов Пётр][112-233-445 95]", "xxxxx*Xxxxxx Xxxx**999-999-999 99*");
    check("child[Иванов][11223344595]", "child[Xxxxxx][99999999999]");
    check("site.Громова, СНИЛС 112-233-445 95", "xxxx.Xxxxxxx* XXXXX 999-999-999 99");
    check("anna@example.org", "xxxx@xxxxxxx.xxx");
    check("born-1936-04-17", "born-9999-99-99");
    check(&"ю".repeat(65), &"x".repeat(65));
}

#[test]
fn a_name_that_is_spoken_to_or_stands_in_brackets_is_hidden() {
    check("Громов, ваше заявление принято", "", "Xxxxxx, ваше заявление принято");
    check("Мельник, выйти", "", "Xxxxxxx, выйти");
    check("Иванова, здравствуйте!", "", "Xxxxxxx, здравствуйте!");
    check("Доля (Мельник)", "", "Доля (Xxxxxxx)");
    let listed = |text: &str, expected: &str| assert_eq!(scrub_listed(text), expected);
    listed("ЗАЯВИТЕЛЬ: ГРОМОВА", "ЗАЯВИТЕЛЬ: XXXXXXX");
    for text in [
        "Спасибо, ваше заявление принято",
        "Адрес (если отличается)",
        "Документ, удостоверяющий личность",
        "Заявление принято, ваш номер ниже",
        "ОТВЕТ: ГОТОВО",
        "КПП (необязательно)",
        "Иначе, если вы не согласны, напишите",
    ] {
        listed(text, text);
    }
}

#[test]
fn what_is_written_apart_is_hidden_whole() {
    for (text, expected) in [
        ("Неверно 48_29_17", "Неверно 99*99*99"),
        ("Неверно 48·29·17", "Неверно 99*99*99"),
        ("Неверно 482|917", "Неверно 999*999"),
        ("Код 73*19*42", "Код 99*99*99"),
        ("Номер 12\u{ad}34", "Номер 99*99"),
        ("ID a1b2c3d4e5", "ID x9x9x9x9x9"),
        ("Неверно «Г р о м о в»", "Неверно «X x x x x x»"),
        ("Неверно Г-р-о-м-о-в", "Неверно X-x-x-x-x-x"),
        ("Почта anna @ mail.ru занята", "Почта xxxx @ xxxx.xx занята"),
        ("Почта anna(at)mail.ru занята", "Почта xxxx(xx)xxxx.xx занята"),
        ("Сбой https://p.example/lk/gromov/x", "Сбой https://p.example/xx/xxxxxx/x"),
        ("Сбой GET /api/user?fio=gromov", "Сбой GET /api/user*xxx*xxxxxx"),
        ("КАЦ И. И.", "XXX X. X."),
        ("\u{202e}воморГ", "*xxxxxX"),
    ] {
        assert_eq!(scrub(text, ""), expected, "{text}");
    }
    assert_eq!(scrub_listed("Карта: GROMOVA ANNA"), "Карта: XXXXXXX XXXX");
    for text in [
        "Введено 11 цифр из 12",
        "Подробнее на https://gosuslugi.ru",
        "Почему так?",
        "HTTP ERROR 500",
        "INTERNAL SERVER ERROR",
        "Шаг 2 | из 5",
        "Серия и № а и б",
        "ИНН и КПП",
        "Файл до 10 МБ, PDF или JPG",
        "Строка а, б, в",
    ] {
        assert_eq!(scrub_listed(text), text);
    }
}

#[test]
fn a_full_name_in_small_letters_is_hidden() {
    for (text, expected) in [
        ("заявление анны громовой", "заявление xxxx xxxxxxxx"),
        ("громова анна", "xxxxxxx xxxx"),
        ("дело: иван петрович", "дело: xxxx xxxxxxxx"),
    ] {
        assert_eq!(scrub_listed(text), expected);
    }
    for text in [
        "вера и надежда",
        "лев готов",
        "любовь родителей",
        "роман один",
        "марка магазина",
        "первая половина",
        "номер основного документа",
        "услуги для граждан россии",
        "условие готово",
    ] {
        assert_eq!(scrub_listed(text), text);
    }
}

#[test]
fn what_a_program_calls_a_person_is_hidden() {
    for (text, expected) in [
        ("Вы вошли как anna_petrova", "Вы вошли как xxxx*xxxxxxx"),
        ("Логин petrov.a занят", "Логин xxxxxx.x занят"),
        ("Сбой /lk/gromov/edit", "Сбой /lk/xxxxxx/edit"),
        ("Сбой /lk/gromova-anna/edit", "Сбой /lk/xxxxxxx-xxxx/edit"),
        ("Файл ivan.zip", "Файл xxxx.xxx"),
    ] {
        assert_eq!(scrub_listed(text), expected);
    }
    for text in [
        "Сайт www.gosuslugi.ru",
        "Ошибка access_denied",
        "Код form.required",
        "Страница index.html",
        "Сбой GET /api/user",
        "и/или",
        "Файл pdf/jpg",
        "mos.gov.ru",
        "Портал tambov.gov.ru",
    ] {
        assert_eq!(scrub_listed(text), text);
    }
}

#[test]
fn an_address_of_a_home_is_hidden() {
    for (text, expected) in [
        ("ул. Ленина, д. 5, кв. 12", "ул. Xxxxxx, д. 9, кв. 99"),
        ("Дом по улице Зелёной 8 не найден", "Дом по улице Xxxxxxx 9 не найден"),
        ("пр-кт Мира, 15а", "пр-кт Xxxx, 99x"),
        ("ул. 8 Марта, 3", "ул. 9 Xxxxx, 9"),
        ("д. 5, кв. 12", "д. 9, кв. 99"),
    ] {
        assert_eq!(scrub_listed(text), expected);
    }
    for text in [
        "УЛИЦА ДОМ КВАРТИРА",
        "Улица, дом, квартира",
        "Дом, корпус",
        "Шаг 2 из 5",
        "Улица и дом по адресу регистрации",
        "Введено 11 цифр из 12",
    ] {
        assert_eq!(scrub_listed(text), text);
    }
}
