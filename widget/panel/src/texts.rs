//! Words of the panel that a person reads: Russian built in, so that help never has none; another language as a file
//! (`src/messages/panel.en.txt`), loaded alone. Lists are one word with `|` between their parts.

use std::cell::Cell;

use podskazka::faq::Section;

macro_rules! words {
    ($($name:ident = $text:literal)*) => {
        #[allow(non_camel_case_types)]
        enum Key { $($name),* }

        /// The words one after the other: a table of places would weigh more than finding them once.
        const RUSSIAN: &str = concat!($($text, "\n"),*);

        $(#[inline(always)]
        pub fn $name() -> &'static str {
            say(Key::$name as usize)
        })*

        /// Names in their order, which is that of the file.
        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

thread_local! {
    /// The words that are spoken, and whether they are Russian; none before the first is asked for.
    static SPOKEN: Cell<(&'static [&'static str], bool)> = const { Cell::new((&[], true)) };
}

#[inline(never)]
fn say(at: usize) -> &'static str {
    if SPOKEN.get().0.is_empty() {
        speak(None);
    }
    SPOKEN.get().0.get(at).copied().unwrap_or_default()
}

/// Speaks the language of a file from now on; `None` is Russian. A language is read once and stays: a page has two at most.
pub fn speak(file: Option<String>) {
    let russian = file.is_none();
    let text: &'static str = file.map_or(RUSSIAN, |it| Box::leak(it.into_boxed_str()));
    let lines = text.split('\n').filter(|line| !line.is_empty() && !line.starts_with('#'));
    // Names stand in a file alone.
    let words: Vec<_> = lines.map(|line| if russian { line } else { named(line).unwrap_or_default() }).collect();
    SPOKEN.set((Box::leak(words.into_boxed_slice()), russian));
}

/// The sentence of a line `key = sentence`; a search for the sign alone is the smallest.
fn named(line: &'static str) -> Option<&'static str> {
    line.split_once('=')?.1.get(1..)
}

/// Whether Russian is spoken.
pub fn russian() -> bool {
    SPOKEN.get().1
}

/// A part of a list.
pub fn nth(list: &'static str, at: usize) -> &'static str {
    list.split('|').nth(at).unwrap_or_default()
}

/// Codes of [`reasons`] for the page.
pub const REASON_CODES: [&str; 4] = ["unclear", "other", "failed", "outdated"];

words! {
    title = "Помощь"
    close = "Закрыть"
    back = "Назад"
    search = "Что вы хотите узнать?"
    articles = "Ответы на частые вопросы"
    loading = "Загружаем ответы…"
    no_articles = "Ответы сейчас не загрузились. Напишите в поддержку — мы поможем."
    nothing = "Ничего не нашлось. Спросите другими словами или напишите в поддержку."
    write = "Написать в поддержку"
    my_tickets = "Мои обращения"
    ticket_title = "Обращение в поддержку"
    topic = "Тема"
    topic_empty = "Выберите тему"
    name = "Фамилия, имя, отчество"
    name_hint = "Например: Иванова Мария Петровна"
    contact = "Телефон или почта для ответа"
    contact_hint = "Например: +7 900 000-00-00 или maria@example.ru"
    text = "Что случилось"
    text_hint = "Опишите, что вы делали и что увидели. Паспорт и номера карт писать не нужно."
    what_we_send = "Что мы отправим"
    without_values = "Значения полей не отправляются: вместо них уходит только вид записи, например 999-999."
    code = "Код ошибки"
    trace = "Номер запроса портала"
    field = "Поле"
    form = "Форма"
    page = "Страница"
    fields = "Поля формы"
    browser = "Браузер"
    language = "Язык"
    time_zone = "Часовой пояс"
    viewport = "Размер окна"
    field_valid = "без ошибок"
    field_fault = "есть ошибка"
    field_empty = "пусто"
    picture = "Приложить снимок страницы"
    picture_alt = "Снимок страницы: значения полей закрыты серым"
    picture_edit = "Изменить снимок"
    no_editor = "Редактор снимка не загрузился. Проверьте интернет и нажмите ещё раз."
    picture_taking = "Готовим снимок страницы…"
    send = "Отправить"
    sending = "Отправляем…"
    waiting = "Ждёт сети. Обращение сохранено в этом браузере и уйдёт само, когда связь появится."
    waiting_tab = "Ждёт сети. Не закрывайте вкладку: обращение уйдёт само, когда связь появится."
    wait_title = "Обращение ждёт сети"
    wait_count = "Обращений ждёт отправки: "
    wait_note = ". Уйдут сами, когда появится связь."
    wait_picture = "При слабой связи снимок страницы может не пройти. Без снимка обращение уйдёт быстрее."
    send_bare = "Отправить без снимка"
    sent_bare = "Снимок страницы сервер не принял, обращение ушло без него."
    no_picture = "Обращение ещё не ушло: сервер не принял снимок страницы. Снимок мы убрали. Нажмите «Отправить», и обращение уйдёт без него."
    no_article = "Отдельной статьи об этой ошибке нет. Она означает:"
    fix_errors = "Обращение не отправлено. Исправьте отмеченные поля:"
    refused = "Сервер не принял обращение. Исправьте и отправьте ещё раз:"
    refused_bare = "Сервер не принял обращение. Проверьте поля и отправьте ещё раз."
    refused_back = "Сервер не принял обращение. Оно осталось в форме «Написать в поддержку»."
    sent_title = "Обращение принято"
    sent_number = "Номер обращения"
    sent_note = "Запишите номер. Состояние видно здесь же, в разделе «Мои обращения»."
    state = "Состояние"
    no_state = "пока не узнали, проверим при связи"
    to_help = "К ответам"
    found = "Найденные ответы"
    found_count = "Найдено ответов: "
    found_none = "Ничего не нашлось"
    read_as = "Показаны результаты для"
    mended = "Возможно, вы искали:"
    doubtful = "Точного ответа, похоже, нет. Напишите в поддержку: вопрос мы перенесём в обращение."
    near = "Для этой страницы"
    more = "Другие разделы"
    contacts = "Телефон и часы работы"
    access = "Не работает портал?"
    no_part = "Раздел не загрузился: похоже, нет интернета. Включите Wi-Fi или мобильный интернет и откройте его ещё раз."
    access_part = "Проверка «Не работает портал?»"
    access_drop = "Не отправлять результат проверки"
    settings = "Размер текста, вид, язык"
    helped = "Помогла ли статья?"
    yes = "Помогла"
    no = "Не помогла"
    why_not = "Что не так?"
    reasons = "Непонятно, что делать|Не про мой вопрос|Сделано, но не вышло|Сведения устарели"
    thanks = "Спасибо, мы учтём. Если вопрос остался, напишите в поддержку."
    done = "Отмечено шагов:"
    of = " из "
    reveal = "Показать поле"
    source = "Официальная инструкция"
    checked = "Проверено"
    video = "Видео: "
    new_tab = " (откроется в новой вкладке)"
    no_tickets = "Из этого браузера обращений ещё не было."
    kept_here = "Список хранится только в этом браузере."
    sections = "Регистрация и вход|Заявления и поля формы|Оплата и возврат|Технические вопросы|Безопасность"
    topics = "Ошибка при заполнении формы|Вход и регистрация|Оплата и возврат|Статус заявления|Другое"
    need = "Выберите тему обращения.|Напишите фамилию, имя и отчество.|Напишите телефон или адрес почты, чтобы мы ответили.|Опишите, что случилось."
    need_contact = "Напишите телефон, например +7 900 123-45-67, или почту, например anna@example.ru."
    too_long = "Сократите текст: он не помещается."
    states = "получено|в работе|ждём вашего ответа|есть ответ|закрыто"
}

/// Name of a section of the articles.
pub fn section(section: Section) -> &'static str {
    let at = Section::ALL.iter().position(|it| *it == section);
    nth(sections(), at.unwrap_or_default())
}

/// A state of a ticket in words.
pub fn status(code: &str) -> String {
    let at = match code {
        "new" | "received" | "accepted" => 0,
        "open" | "assigned" | "in_progress" | "waiting_external" => 1,
        "waiting" | "pending" | "waiting_user" | "waiting_citizen" => 2,
        "answered" | "resolved" | "solved" => 3,
        "closed" | "done" | "rejected" | "erased" => 4,
        _ => return code.to_owned(),
    };
    nth(states(), at).to_owned()
}

/// What is wrong with a line of the letter. The core and the server speak Russian; their sentences have a twin here.
pub fn fault(pointer: &str, code: &str, message: &str) -> String {
    if russian() {
        return message.to_owned();
    }
    let lines = ["/topic", "/name", "/contact", "/text"];
    match (code, lines.iter().position(|it| *it == pointer)) {
        ("required", Some(at)) => nth(need(), at),
        ("format", Some(2)) => need_contact(),
        ("too-long", Some(_)) => too_long(),
        _ => message,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_has_every_word_in_the_same_order() {
        let file = include_str!("../../../src/messages/panel.en.txt");
        let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let names: Vec<_> = lines.map(|line| line.split_once(" = ").expect("key = sentence").0).collect();
        assert_eq!(names, NAMES);
        assert!(russian() && title() == "Помощь");
        let parts = [reasons, sections, topics, need, states].map(|list| list().matches('|').count());
        speak(Some(file.to_owned()));
        assert_eq!((title(), russian()), ("Help", false));
        let same = [reasons, sections, topics, need, states].map(|list| list().matches('|').count());
        assert_eq!(same, parts);
        assert_eq!(fault("/contact", "required", ""), nth(need(), 2));
        speak(None);
        assert_eq!(title(), "Помощь");
    }

    /// What the core says in Russian stands here too, for the list of the other language beside it.
    #[test]
    fn lists_follow_the_core() {
        let ours: Vec<_> = topics().split('|').collect();
        assert_eq!(ours, podskazka::ticket::TOPICS.map(|it| it.1));
        let ours: Vec<_> = sections().split('|').collect();
        assert_eq!(ours, podskazka::faq::Section::ALL.map(|it| it.title()));
    }
}
