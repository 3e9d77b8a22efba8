use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let kinds: Vec<&str> = find(text).iter().map(|f| f.kind).collect();
    assert_eq!(kinds.join(" "), expected, "{text}: {}", scrub(text));
}

#[test]
fn finds_what_is_personal() {
    check("мой снилс 112-233-445 95 вот", "snils");
    check("снилс 11223344595", "snils");
    check("снилс 112-233-445 96", "snils");
    check("позвоните +7 900 123-45-67", "phone");
    check("тел. 9001234567", "phone");
    check("900 123-45-67", "phone");
    check("8 (900) 123-45-67 15", "phone");
    check("тел. 8 900 123-45-67, 112-233-445 95", "phone snils");
    check("пишите anna@example.ru.", "email");
    check("ящик@почта.бел", "email");
    check("ИНН 500100000199", "inn");
    check("карта 2200 0000 0000 0004", "card");
    check("с карты 2200000000000004 списали", "card");
    check("полис ОМС 2200 0000 0000 0004", "card");
    check("7700 0000 0000 0008", "card");
    check("карта, номер 2200 0000 0000 0005", "card");
    check("полис 2200 0000 0000 0005", "card");
    check("паспорт 45 10 123456 выдан", "passport");
    check("паспорт 4510 123456", "passport");
    check("паспорт 4510123456", "passport");
    check("серия 4510 номер 123456", "passport passport");
    check("дата рождения 05.03.1990", "birth_date");
    check("05.03.1990 г.р.", "birth_date");
    check("родился 1990-03-05", "birth_date");
    check("я, Иванова Анна Петровна, прошу", "name");
    check("Анна Петровна Иванова", "name");
    check("Здравствуйте, Анна", "name");
    check("заявитель Иванов И. И.", "name");
    check("И.И. Иванов", "name");
    check("справка для гражданина Смирнова", "name");
    check("живу: ул. Полярная, д. 5, кв. 12", "address");
    check("Полярная ул., 12", "address");
    check("https://x.example/lk?snils=1#a", "query");
    check("счёт 40817810099910004312", "account");
}

#[test]
fn a_policy_is_told_from_a_card_by_the_word_before() {
    for (text, kind) in [
        ("с карты 2200000000000004 списали", "card"),
        ("2200 0000 0000 0004", "card"),
        ("карта, номер 2200 0000 0000 0005", "card"),
        ("полис ОМС 2200 0000 0000 0004", "policy"),
        ("7700 0000 0000 0008", "policy"),
        ("полис 2200 0000 0000 0005", "policy"),
    ] {
        let kinds: Vec<_> = numbers(text).iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [kind], "{text}");
    }
}

#[track_caller]
fn check_numbers(text: &str, expected: &str) {
    assert_eq!(scrub_numbers(text), expected);
}

#[test]
fn numbers_of_papers_and_money_are_hidden_and_what_a_letter_is_made_of_stays() {
    check_numbers("Не подходит СНИЛС 112-233-445 95", "Не подходит СНИЛС 999-999-999 99");
    check_numbers("с карты 2200 0000 0000 0004", "с карты 9999 9999 9999 9999");
    check_numbers("серия 4510 номер 123456", "серия 9999 номер 999999");
    check_numbers("ИНН 500100000199, счёт 40817810099910004312", "ИНН 999999999999, счёт 99999999999999999999");
    for text in ["СНИЛС 112-233-445 95", "карта 2200 0000 0000 0005", "ИНН 500100000199", "серия 4510"]
    {
        let found = numbers(text);
        assert!(found.len() == 1 && numbers(&scrub_numbers(text)).is_empty(), "{text}");
        assert!(scrub_numbers(text).ends_with(&shape(text, &found[0])), "{text}");
    }
    for kept in [
        "Я, Иванова Анна Петровна, ул. Полярная, д. 5",
        "звоните +7 900 123-45-67 или anna@example.ru",
        "родилась 05.03.1990, заявление № 1234567",
        "ошибка 404 на шаге 2, ИНН организации 7707083893",
    ] {
        check_numbers(kept, kept);
    }
}

#[test]
fn leaves_alone_what_is_not() {
    check("ошибка 404 на шаге 2", "");
    check("00000000000", "");
    check("заявление от 05.03.2026 № 1234567", "");
    check("ИНН организации 7707083893", "");
    check("500100000190", "");
    check("номер обращения П-4827-1930", "");
    check("Основная вкладка открылась, потом пропала", "");
    check("Укажите город, улицу и дом", "");
    check("Что делать? Ничего не выходит", "");
    check("Логин и пароль не подходят", "");
    check("https://x.example/lk", "");
}

#[test]
fn names_in_latin_letters_are_found_beside_a_surname() {
    for text in [
        "IVANOVA MARIA",
        "паспорт на имя Petrov Ivan Sergeevich",
        "P<RUSIVANOVA<<MARIA<<<",
        "Maria Ivanova",
        "SIDORENKO, ANNA",
        "DMITRII ROMANOVICH PETROV",
        "Iuliia Ter-Petrosian",
    ] {
        check(text, "name");
    }
    assert_eq!(scrub("билет: IVANOVA MARIA, место 5"), "билет: XXXXXXX XXXXX, место 5");
    for text in [
        "Times New Roman",
        "Admin Login",
        "Anna",
        "Ivanova",
        "TypeError in Main",
        "Microsoft Edge",
        "Olga Hotel",
        "maria ivanova db",
    ] {
        check(text, "");
    }
}

#[test]
fn days_of_birth_in_words_are_found_and_days_of_papers_are_not() {
    for text in [
        "12 мая 74 г.",
        "12 мая 1974",
        "родилась 5 марта 2010 г.",
        "5 марта 2010 года рождения",
        "5 марта 10 г.р.",
        "5 марта 10 г. р.",
        "д.р. 1-янв-2001",
    ] {
        check(text, "birth_date");
    }
    assert_eq!(scrub("мама, 12 мая 74 г., не прошла"), "мама, 99 xxx 99 г., не прошла");
    for text in [
        "заявление от 12 мая 2026 г.",
        "12 мая 26 г.",
        "закон от 30 ноября 1994 г.",
        "в 5 марта не вышло",
        "45 мая 74",
        "12 май 74",
    ] {
        check(text, "");
    }
}

#[test]
fn hides_each_find_and_nothing_else() {
    assert_eq!(scrub("тел. +7 900 123-45-67, код 404"), "тел. +9 999 999-99-99, код 404");
    assert_eq!(scrub("я, Иванова Анна Петровна, прошу"), "я, Xxxxxxx Xxxx Xxxxxxxx, прошу");
    assert_eq!(scrub("без данных"), "без данных");
    let twice = scrub(&scrub("anna@example.ru 112-233-445 95"));
    assert_eq!(twice, scrub("anna@example.ru 112-233-445 95"));
}

/// In time that grows with the square of the length this would take minutes.
#[test]
fn reads_a_long_text_of_anything() {
    for piece in ["1 ", "@", "a@", "?a=", "a?", "ул. ", "А.", "Анна ", "1-", "1 мая ", "Anna ", "Anna Ivanova "]
    {
        let text = piece.repeat(200_000 / piece.len());
        assert_eq!(scrub(&text).chars().count(), text.chars().count(), "{piece}");
    }
}
