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
    /// The words that are spoken; none before the first is asked for.
    static SPOKEN: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

#[inline(never)]
fn say(at: usize) -> &'static str {
    if SPOKEN.get().is_empty() {
        speak(None);
    }
    SPOKEN.get().get(at).copied().unwrap_or_default()
}

/// Speaks the language of a file from now on; `None` is Russian. A language is read once and stays: a page has two at most.
pub fn speak(file: Option<String>) {
    let text: &'static str = file.map_or(RUSSIAN, |it| Box::leak(it.into_boxed_str()));
    let lines = text.split('\n').filter(|line| !line.is_empty() && !line.starts_with('#'));
    // Names stand in a file alone.
    let words: Vec<_> = lines.map(|line| named(line).unwrap_or(line)).collect();
    SPOKEN.set(Box::leak(words.into_boxed_slice()));
}

/// The sentence of a line `key = sentence`; a search for the sign alone is the smallest.
fn named(line: &'static str) -> Option<&'static str> {
    line.split_once('=')?.1.get(1..)
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
    wait_count = "Обращений ждёт отправки: "
    wait_note = ". Уйдут сами, когда появится связь."
    no_article = "Отдельной статьи об этой ошибке нет. Она означает:"
    refused_back = "Сервер не принял обращение. Оно осталось в форме «Написать в поддержку»."
    no_letter = "Форма обращения не загрузилась: похоже, нет интернета. Проверьте связь и откройте её ещё раз или позвоните нам."
    sent_title = "Обращение принято"
    sent_number = "Номер обращения"
    no_state = "пока не узнали, проверим при связи"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_has_every_word_in_the_same_order() {
        let file = include_str!("../../../src/messages/panel.en.txt");
        let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let names: Vec<_> = lines.map(|line| line.split_once(" = ").expect("key = sentence").0).collect();
        assert_eq!(names, NAMES);
        assert_eq!(title(), "Помощь");
        let parts = [reasons, sections, states].map(|list| list().matches('|').count());
        speak(Some(file.to_owned()));
        assert_eq!(title(), "Help");
        let same = [reasons, sections, states].map(|list| list().matches('|').count());
        assert_eq!(same, parts);
        speak(None);
        assert_eq!(title(), "Помощь");
    }

    /// The file is for a language of a site's own, which may lack some words: www/loader/lang.ts.
    #[test]
    fn the_russian_file_says_what_is_built_in() {
        let file = include_str!("../../../src/messages/panel.ru.txt");
        let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let (names, words): (Vec<_>, Vec<_>) =
            lines.map(|line| line.split_once(" = ").expect("key = sentence")).unzip();
        assert_eq!(names, NAMES);
        assert_eq!(words.join("\n"), RUSSIAN.trim_end_matches('\n'));
    }

    /// What the core says in Russian stands here too, for the list of the other language beside it.
    #[test]
    fn lists_follow_the_core() {
        let ours: Vec<_> = sections().split('|').collect();
        assert_eq!(ours, podskazka::faq::Section::ALL.map(|it| it.title()));
    }
}
