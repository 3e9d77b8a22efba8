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
pub const WAIT_TITLE: &str = "Обращение ждёт сети";
pub const WAIT_COUNT: &str = "Обращений ждёт отправки: ";
pub const WAIT_NOTE: &str = ". Уйдут сами, когда появится связь.";
pub const WAIT_PICTURE: &str = "При слабой связи снимок страницы может не пройти. Без снимка обращение уйдёт быстрее.";
pub const SEND_BARE: &str = "Отправить без снимка";
pub const SENT_BARE: &str = "Снимок страницы сервер не принял, обращение ушло без него.";
pub const NO_PICTURE: &str = "Обращение ещё не ушло: сервер не принял снимок страницы. Снимок мы убрали. \
     Нажмите «Отправить», и обращение уйдёт без него.";
pub const NO_ARTICLE: &str = "Отдельной статьи об этой ошибке нет. Она означает:";
pub const FIX_ERRORS: &str = "Обращение не отправлено. Исправьте отмеченные поля:";
pub const REFUSED: &str = "Сервер не принял обращение. Исправьте и отправьте ещё раз:";
pub const REFUSED_BARE: &str = "Сервер не принял обращение. Проверьте поля и отправьте ещё раз.";
pub const REFUSED_BACK: &str = "Сервер не принял обращение. Оно осталось в форме «Написать в поддержку».";
pub const SENT_TITLE: &str = "Обращение принято";
pub const SENT_NUMBER: &str = "Номер обращения";
pub const SENT_NOTE: &str = "Запишите номер. Состояние видно здесь же, в разделе «Мои обращения».";
pub const STATE: &str = "Состояние";
pub const NO_STATE: &str = "пока не узнали, проверим при связи";
pub const TO_HELP: &str = "К ответам";
pub const FOUND: &str = "Найденные ответы";
pub const FOUND_COUNT: &str = "Найдено ответов: ";
pub const FOUND_NONE: &str = "Ничего не нашлось";
pub const READ_AS: &str = "Показаны результаты для";
pub const MENDED: &str = "Возможно, вы искали:";
pub const DOUBTFUL: &str = "Точного ответа, похоже, нет. Напишите в поддержку: вопрос мы перенесём в обращение.";
pub const NEAR: &str = "Для этой страницы";
pub const MORE: &str = "Другие разделы";
pub const CONTACTS: &str = "Телефон и часы работы";
pub const ACCESS: &str = "Не работает портал?";
pub const NO_ACCESS: &str =
    "Проверка не загрузилась: похоже, нет интернета. Включите Wi-Fi или мобильный интернет и откройте её ещё раз.";
pub const ACCESS_PART: &str = "Проверка «Не работает портал?»";
pub const ACCESS_DROP: &str = "Не отправлять результат проверки";
pub const SETTINGS: &str = "Размер текста и вид";
pub const HELPED: &str = "Помогла ли статья?";
pub const YES: &str = "Помогла";
pub const NO: &str = "Не помогла";
pub const WHY_NOT: &str = "Что не так?";
/// Codes of `REASONS` for the page.
pub const REASON_CODES: [&str; 4] = ["unclear", "other", "failed", "outdated"];
pub const REASONS: [&str; 4] =
    ["Непонятно, что делать", "Не про мой вопрос", "Сделано, но не вышло", "Сведения устарели"];
pub const THANKS: &str = "Спасибо, мы учтём. Если вопрос остался, напишите в поддержку.";
pub const DONE: &str = "Отмечено шагов:";
pub const OF: &str = " из ";
pub const REVEAL: &str = "Показать поле";
pub const SOURCE: &str = "Официальная инструкция";
pub const UPDATED: &str = "Обновлено";
pub const NEW_TAB: &str = " (откроется в новой вкладке)";
pub const NO_TICKETS: &str = "Из этого браузера обращений ещё не было.";
pub const KEPT_HERE: &str = "Список хранится только в этом браузере.";
pub const NO_CONTACTS: &str = "Телефон и часы работы сейчас не загрузились. Напишите в поддержку или зайдите позже.";
pub const EXAMPLE: &str = "Это пример: телефон, адреса и часы показаны для демонстрации.";
pub const HOURS: &str = "Часы работы операторов";
pub const OPEN: &str = "Сейчас открыто, до ";
pub const OPENS_TODAY: &str = "Сейчас закрыто. Откроется сегодня в ";
pub const OPENS: &str = "Сейчас закрыто. Откроется ";
pub const AT: &str = " в ";
pub const SHUT: &str = "Сейчас закрыто.";
pub const AT_YOURS: &str = " (у вас будет ";
pub const HOURS_IN: &str = "Часы указаны ";
pub const NOW_THERE: &str = ", там сейчас ";
pub const DAYS: [&str; 8] =
    ["Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье", "Праздничные дни"];
pub const ON_DAYS: [&str; 7] =
    ["в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"];
pub const DAY_OFF: &str = "выходной";
pub const MAIL: &str = "Почта";
pub const OFFICES: &str = "Куда прийти";
pub const SIZE: &str = "Размер текста";
pub const SIZES: [&str; 3] = ["Обычный", "Крупный", "Очень крупный"];
pub const LOOK: &str = "Вид";
pub const CONTRAST: &str = "Высокая контрастность";
pub const STILL: &str = "Без движения";
pub const PLACE: &str = "Место на экране";
pub const DOCKED: &str = "Рядом со страницей: страницей можно пользоваться";
pub const WIDE: &str = "Шире";
pub const SETTINGS_NOTE: &str = "Настройки действуют сразу и хранятся в этом браузере.";

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
