use super::*;
use crate::privacy::shape;
use crate::wire::{FailedRequests, PageErrors};

fn field(name: &str, label: &str, code: &str, text: &str) -> FieldState {
    FieldState {
        name: name.to_owned(),
        label: label.to_owned(),
        kind: "text".to_owned(),
        valid: code.is_empty(),
        code: (!code.is_empty()).then(|| code.to_owned()),
        length_class: crate::privacy::length_class(text).to_owned(),
        shape: shape(text),
        value: None,
    }
}

fn step(did: Did, ago: u32) -> TriedStep {
    TriedStep { did, ago, times: None, field: None, codes: Vec::new(), article: None, text: None }
}

fn snapshot() -> Snapshot {
    Snapshot {
        form: "refund".to_owned(),
        form_title: "Возврат госпошлины".to_owned(),
        page: "https://portal.example/refund.html".to_owned(),
        fields: vec![
            field("account", "Номер счёта", "account.length", "4070281050000000285"),
            field("inn", "ИНН", "inn.checksum", "7707083894"),
            field("address", "Адрес", "", ""),
        ],
        ..Snapshot::default()
    }
}

#[test]
fn a_ticket_reads_as_one_story() {
    let mut it = snapshot();
    it.step = Some("Реквизиты".to_owned());
    it.trace = Some("req-77/a".to_owned());
    it.message = Some("ИНН: цифры не сходятся".to_owned());
    it.errors = vec![PageErrors { name: "TypeError".to_owned(), count: 3 }];
    it.requests = vec![FailedRequests { status: 500, count: 1 }, FailedRequests { status: 503, count: 2 }];
    let client = Client {
        user_agent: "Mozilla/5.0".to_owned(),
        language: "ru-RU".to_owned(),
        time_zone: "Europe/Moscow".to_owned(),
        viewport: "390x844".to_owned(),
        version: "0.1.0".to_owned(),
        build: "wasm".to_owned(),
        os: Some("Android 14".to_owned()),
        zoom: Some(150),
        connection: Some("3g".to_owned()),
        release: Some("2026.11".to_owned()),
        access: [
            "access.clock.ahead 620",
            "access.speed.slow 120.5",
            "access.endpoints.some 1",
            "access.signature.none 0",
            "access.live.unknown",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let tried = Tried {
        since_error: Some(450),
        steps: vec![
            TriedStep {
                times: Some(2),
                codes: vec!["inn.checksum".to_owned(), "account.length".to_owned()],
                ..step(Did::Submit, 400)
            },
            TriedStep { field: Some("inn".to_owned()), codes: vec!["inn.checksum".to_owned()], ..step(Did::Fix, 300) },
            TriedStep { text: Some("почему не подходит ИНН".to_owned()), ..step(Did::Question, 90) },
            TriedStep { article: Some("inn-checksum".to_owned()), ..step(Did::NotHelped, 10) },
        ],
    };
    let told = Told {
        topic: "form",
        code: Some("inn.checksum"),
        field: Some("inn"),
        text: "Не отправляется.\n\nЧто делать?",
        files: 1,
        snapshot: &it,
        client: &client,
        tried: Some(&tried),
    };
    let wanted = "\
Что случилось
Человек пишет: Не отправляется.
Что делать?
Тема: Ошибка в форме
Код ошибки: inn.checksum
Приложено файлов: 1

Где
Форма: Возврат госпошлины (refund)
Шаг: Реквизиты
Поле: ИНН (inn)
Страница: https://portal.example/refund.html
Номер запроса в журнале портала: req-77/a

Почему
Человеку показано: «ИНН: цифры не сходятся»
Ошибка в поле ИНН (inn): inn.checksum — цифры не сходятся, в одной из них опечатка. Сверьте номер с документом.
Ошибка в поле Номер счёта (account): account.length — введено 19 цифр, а нужно 20 цифр.
Запросы страницы, на которые портал ответил ошибкой: 500, 503 ×2
Ошибки скриптов страницы: TypeError ×3
Проверка доступа: Часы устройства. Часы на вашем устройстве спешат на 10 минут. (access.clock.ahead 620)
Проверка доступа: Скорость загрузки. Интернет медленный: 120 кбит/с. (access.speed.slow 120.5)
Проверка доступа: Адреса портала (access.endpoints.some 1)
Проверка доступа, к сведению: Электронная подпись. Программа для электронной подписи не найдена. Она нужна только тем, кто подписывает заявления сам. (access.signature.none)
Проверка доступа не смогла узнать: Живые обновления

Что в полях
Номер счёта (account): 9999999999999999999, ошибка
ИНН (inn): 9999999999, ошибка
Не заполнено: Адрес (address)

Что человек пробовал
Первая ошибка: за 7 мин до обращения
1. Форма не отправилась ×2: inn.checksum, account.length; за 6 мин до обращения
2. Нажато исправление: ИНН (inn), inn.checksum; за 5 мин до обращения
3. Вопрос в помощь: «почему не подходит ИНН»; за 1 мин до обращения
4. Статья не помогла: inn-checksum; за 10 с до обращения

На чём
Система: Android 14
Браузер: Mozilla/5.0
Окно: 390x844, масштаб 150 %, связь 3g
Язык и часовой пояс: ru-RU, Europe/Moscow
Выпуск портала: 2026.11
Версия помощи: 0.1.0 (wasm)";
    assert_eq!(text(&story(&told)), wanted);
}

#[test]
fn what_is_not_known_is_not_told() {
    let (snapshot, client) = (Snapshot::default(), Client::default());
    let mut told = Told {
        topic: "other",
        code: None,
        field: None,
        text: "",
        files: 0,
        snapshot: &snapshot,
        client: &client,
        tried: None,
    };
    assert_eq!(text(&story(&told)), "Что случилось\nТема: Другое");
    told.code = Some("question.nothing");
    assert_eq!(text(&story(&told)), "Что случилось\nТема: Другое\nНачато с вопроса, на который помощь не нашла ответа");
    told.code = Some("question.own");
    assert!(text(&story(&told)).ends_with("Код ошибки: question.own"), "a code of the portal's own");
    // An erased ticket.
    (told.topic, told.code) = ("", None);
    assert_eq!(story(&told), []);
}

/// A ticket that tells nothing but this.
fn bare<'a>(snapshot: &'a Snapshot, client: &'a Client) -> Told<'a> {
    Told { topic: "", code: None, field: None, text: "", files: 0, snapshot, client, tried: None }
}

/// A sentence that would quote what was typed is left out, and so is a count that the shape has cut; the code stays.
#[test]
fn no_sentence_tells_what_the_shape_does_not() {
    let teller = |code: &str, text: &str| {
        let mut it = snapshot();
        it.fields = vec![field("f", "Поле", code, text)];
        let client = Client::default();
        let told = bare(&it, &client);
        story(&told).into_iter().flat_map(|it| it.lines).find(|it| it.starts_with("Ошибка")).unwrap_or_default()
    };
    assert_eq!(teller("inn.chars", "77070838Щ3"), "Ошибка в поле Поле (f): inn.chars");
    assert_eq!(teller("form.min", "5"), "Ошибка в поле Поле (f): form.min");
    assert_eq!(teller("snils.length", &"1".repeat(60)), "Ошибка в поле Поле (f): snils.length");
    assert_eq!(teller("site.E42", "5"), "Ошибка в поле Поле (f): site.E42");
    assert_eq!(teller("form.required", ""), "Ошибка в поле Поле (f): form.required — заполните это поле.");
    for code in include_str!("../../validators/codes.txt").lines().filter(|it| it.contains('.') && !it.starts_with('#'))
    {
        let said = teller(code, "12-ab");
        assert!(!said.contains(['\u{1}', '{', '}']), "{said}");
        assert!(!said.contains("  ") && !said.contains(" ."), "{said}");
    }
}

#[test]
fn every_probe_of_the_access_check_has_words_and_every_step_too() {
    let client = |line: String| Client { access: vec![line], ..Client::default() };
    for (probe, _, steps) in crate::access::PROBES {
        let name = if ["chromium", "firefox", "safari"].contains(probe) { "browser" } else { *probe };
        for (from, level, step) in *steps {
            if *level == crate::access::Level::Good {
                continue;
            }
            let number = if from.is_finite() { format!(" {from}") } else { String::new() };
            let client = client(format!("access.{name}.{step}{number}"));
            let snapshot = Snapshot::default();
            let told = bare(&snapshot, &client);
            let said = text(&story(&told));
            assert!(said.contains("Проверка доступа") && !said.contains(['\u{1}', '{']), "{said}");
            assert!(!said.contains("Проверка доступа:  "), "{said}");
        }
    }
}
