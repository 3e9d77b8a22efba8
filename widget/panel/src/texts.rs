//! Words of the panel that a person reads.

pub const TITLE: &str = "Помощь";
pub const CLOSE: &str = "Закрыть";
pub const BACK: &str = "Назад";
pub const SEARCH: &str = "Что вы хотите узнать?";
pub const ARTICLES: &str = "Ответы на частые вопросы";
pub const LOADING: &str = "Загружаем ответы…";
pub const NO_ARTICLES: &str = "Ответы сейчас не загрузились. Напишите в поддержку — мы поможем.";
pub const NOTHING: &str = "Ничего не нашлось. Спросите другими словами или напишите в поддержку.";
pub const WRITE: &str = "Написать в поддержку";
pub const MY_TICKETS: &str = "Мои обращения";
pub const TICKET_TITLE: &str = "Обращение в поддержку";
pub const TOPIC: &str = "Тема";
pub const TOPIC_EMPTY: &str = "Выберите тему";
pub const NAME: &str = "Фамилия, имя, отчество";
pub const NAME_HINT: &str = "Например: Иванова Мария Петровна";
pub const CONTACT: &str = "Телефон или почта для ответа";
pub const CONTACT_HINT: &str = "Например: +7 900 000-00-00 или maria@example.ru";
pub const TEXT: &str = "Что случилось";
pub const TEXT_HINT: &str = "Опишите, что вы делали и что увидели. Паспорт и номера карт писать не нужно.";
pub const WHAT_WE_SEND: &str = "Что мы отправим";
pub const WITHOUT_VALUES: &str =
    "Значения полей не отправляются: вместо них уходит только вид записи, например 999-999.";
pub const CODE: &str = "Код ошибки";
pub const FIELD: &str = "Поле";
pub const FORM: &str = "Форма";
pub const PAGE: &str = "Страница";
pub const FIELDS: &str = "Поля формы";
pub const BROWSER: &str = "Браузер";
pub const LANGUAGE: &str = "Язык";
pub const TIME_ZONE: &str = "Часовой пояс";
pub const VIEWPORT: &str = "Размер окна";
pub const FIELD_VALID: &str = "без ошибок";
pub const FIELD_FAULT: &str = "есть ошибка";
pub const FIELD_EMPTY: &str = "пусто";
pub const PICTURE: &str = "Приложить снимок страницы";
pub const PICTURE_ALT: &str = "Снимок страницы: значения полей закрыты серым";
pub const PICTURE_TAKING: &str = "Готовим снимок страницы…";
pub const SEND: &str = "Отправить";
pub const SENDING: &str = "Отправляем…";
pub const WAITING: &str = "Ждёт сети. Обращение сохранено в этом браузере и уйдёт само, когда связь появится.";
pub const WAITING_TAB: &str = "Ждёт сети. Не закрывайте вкладку: обращение уйдёт само, когда связь появится.";
pub const WAIT_COUNT: &str = "Ждут отправки";
pub const FIX_ERRORS: &str = "Обращение не отправлено. Исправьте отмеченные поля:";
pub const REFUSED: &str = "Сервер не принял обращение. Исправьте и отправьте ещё раз:";
pub const REFUSED_BARE: &str = "Сервер не принял обращение. Проверьте поля и отправьте ещё раз.";
pub const SENT_TITLE: &str = "Обращение принято";
pub const SENT_NUMBER: &str = "Номер обращения";
pub const SENT_NOTE: &str = "Запишите номер. Состояние видно здесь же, в разделе «Мои обращения».";
pub const STATE: &str = "Состояние";
pub const NO_STATE: &str = "пока не узнали, проверим при связи";
pub const TO_HELP: &str = "К ответам";
pub const FOUND: &str = "Найдено";

/// A state of a ticket in words.
pub fn status(code: &str) -> String {
    match code {
        "new" | "received" | "accepted" => "получено",
        "open" | "assigned" | "in_progress" => "в работе",
        "waiting" | "pending" | "waiting_user" => "ждём вашего ответа",
        "answered" | "resolved" | "solved" => "есть ответ",
        "closed" | "done" => "закрыто",
        other => other,
    }
    .to_owned()
}
