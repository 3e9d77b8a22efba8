//! What a page tells about itself, looked at once more where it arrives.
//!
//! The widget covers personal data before it sends. Another client may not, and a form's name, a field's name and an error
//! code are stored in clear, so the server asks the same rules again, and those for free text after them: the page has no room for
//! both. Words that a person wrote to us stay as they are: they are sealed.

use crate::privacy::{detect, page};
use crate::wire::NewTicket;

/// Puts shapes in the place of personal data in everything that describes the page.
pub fn cover(ticket: &mut NewTicket) {
    cover_but(ticket, |text, scrub| scrub(text));
}

/// The same, where whoever calls may know by itself what a text becomes: labels of a form come with each ticket again.
pub fn cover_but(ticket: &mut NewTicket, known: impl Fn(&str, fn(&str) -> String) -> String) {
    let snapshot = &mut ticket.snapshot;
    snapshot.page = bare(&page::address(&snapshot.page));
    snapshot.form_title = known(&snapshot.form_title, words);
    for field in &mut snapshot.fields {
        field.label = known(&field.label, words);
    }
    // Most errors say the same sentence to everybody.
    let said = [snapshot.message.as_mut(), snapshot.step.as_mut(), ticket.client.os.as_mut()];
    for text in said.into_iter().flatten() {
        *text = known(text, words);
    }
    // Digits alone are no id of a request that a person's number could not be.
    if let Some(trace) = snapshot.trace.as_mut().filter(|it| !it.bytes().any(|c| c.is_ascii_alphabetic())) {
        *trace = detect::scrub(trace);
    }
    let client = [&mut ticket.client.user_agent, &mut ticket.client.time_zone];
    for text in client {
        *text = known(text, detect::scrub);
    }
    let names = snapshot.fields.iter_mut().map(|field| &mut field.name);
    for text in names.chain([&mut snapshot.form]).chain(ticket.field.as_mut()) {
        *text = page::name(text);
    }
    let mut told = Vec::new();
    for step in ticket.tried.iter_mut().flat_map(|it| &mut it.steps) {
        // A question is the person's own, and nobody else's: it is not remembered.
        step.text = step.text.as_deref().map(words);
        step.field = step.field.as_deref().map(page::name);
        step.article = step.article.as_deref().map(page::name);
        told.extend(&mut step.codes);
    }
    let codes = snapshot.fields.iter_mut().filter_map(|field| field.code.as_mut());
    for text in codes.chain(ticket.code.as_mut()).chain(told) {
        *text = page::name(text);
        // A field may be called «Магазин», which ends as a surname does; codes are written in Latin letters.
        if !text.is_ascii() {
            *text = words(text);
        }
    }
}

/// A text of the page by all rules that there are.
fn words(text: &str) -> String {
    detect::scrub(&page::scrub_listed(text))
}

/// The address of a page without what stands before its host's `@`, and without what follows a `;` in its path.
fn bare(page: &str) -> String {
    let part = |(at, part): (usize, &str)| {
        let part = if at == 2 && !page.starts_with('/') { part.rsplit('@').next() } else { part.split(';').next() };
        part.unwrap_or_default().to_owned()
    };
    page.split('/').enumerate().map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::FieldState;
    use crate::wire::tried::{Did, Tried, TriedStep};

    #[test]
    fn what_another_client_forgot_is_covered() {
        let mut ticket = NewTicket { code: Some("snils 112-233-445 95".to_owned()), ..NewTicket::default() };
        ticket.field = Some("anna@example.org".to_owned());
        ticket.text = "Мой адрес anna@example.org".to_owned();
        ticket.snapshot.form = "form of +7 900 123-45-67".to_owned();
        ticket.snapshot.form_title = "Заявление для Иванова Анна".to_owned();
        ticket.snapshot.page = "/case/11223344595/edit".to_owned();
        ticket.snapshot.step = Some("шаг anna@example.org".to_owned());
        let message = "Заявителя Иванова Анна со СНИЛС 112-233-445 95 нет в реестре. Почта anna@example.org";
        ticket.snapshot.message = Some(message.to_owned());
        ticket.client.os = Some("79001234567".to_owned());
        let label = "Иванов Пётр Сергеевич, телефон".to_owned();
        ticket.snapshot.fields.push(FieldState { name: "f1".to_owned(), label, ..FieldState::default() });
        cover(&mut ticket);
        let snapshot = &ticket.snapshot;
        let own = [&snapshot.form, &snapshot.form_title, &snapshot.page, &snapshot.fields[0].label];
        let more = [&ticket.code, &ticket.field, &snapshot.step, &snapshot.message, &ticket.client.os];
        let told: String = own.into_iter().chain(more.into_iter().flatten()).map(String::as_str).collect();
        for part in ["445", "anna", "900", "Иванов", "Анна", "Пётр", "1122"] {
            assert!(!told.contains(part), "{part} in {told}");
        }
        assert_eq!(snapshot.page, "/case/:id/edit");
        assert!(
            snapshot.message.as_ref().is_some_and(|it| it.contains("нет в реестре")),
            "the rest of the sentence stays"
        );
        assert_eq!(ticket.text, "Мой адрес anna@example.org", "a person's own words are sealed, not changed");
    }

    #[test]
    fn rules_for_free_text_are_asked_of_the_page_too() {
        let mut ticket = NewTicket { code: Some("Иванов".to_owned()), ..NewTicket::default() };
        ticket.client.user_agent = "Mozilla/5.0 anna@example.org 112-233-445 95".to_owned();
        let snapshot = &mut ticket.snapshot;
        snapshot.form_title = "ФИО: МАМЕДОВ РАШИД ОГЛЫ".to_owned();
        snapshot.page = "https://anna:word@portal.example/a;jsessionid=5;fio=ivanov/b".to_owned();
        snapshot.trace = Some("112-233-445-95".to_owned());
        snapshot.step = Some("СИДОРЮК П.П.".to_owned());
        snapshot.message =
            Some("Не найден дом: г. Тверь, ул. Мира, д. 5, кв. 17 (https://x.example/?fio=ivanov)".to_owned());
        cover(&mut ticket);
        let told = format!("{} {}", serde_json::to_string(&ticket).unwrap(), ticket.snapshot.form_title);
        for part in ["МАМЕДОВ", "РАШИД", "anna", "word", "jsession", "ivanov", "Иванов", "112", "СИДОРЮК", "Мира"]
        {
            assert!(!told.contains(part), "{part} in {told}");
        }
        assert_eq!(ticket.snapshot.page, "https://portal.example/a/b");
        assert!(ticket.snapshot.message.is_some_and(|it| it.starts_with("Не найден дом")));
        assert!(ticket.snapshot.form_title.starts_with("ФИО: "));
    }

    #[test]
    fn headings_in_capitals_and_labels_of_addresses_name_nobody() {
        for text in [
            "ЗАЯВЛЕНИЕ О РОЖДЕНИИ РЕБЕНКА",
            "ИНН И ОГРН ЗАЯВИТЕЛЯ",
            "СВЕДЕНИЯ О ПАСПОРТЕ",
            "Фамилия Имя Отчество",
            "Улица, дом, квартира",
            "Серия и номер паспорта",
            "Дата рождения",
        ] {
            assert_eq!(detect::scrub(text), text);
        }
        let mut ticket = NewTicket::default();
        let agents = [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
        ];
        for agent in agents {
            ticket.client.user_agent = agent.to_owned();
            ticket.client.time_zone = "Asia/Yekaterinburg".to_owned();
            ticket.snapshot.trace = Some("4bf92f3577b34da6a3ce929d0e0e4736".to_owned());
            let before = ticket.clone();
            cover(&mut ticket);
            assert_eq!(ticket, before);
        }
    }

    #[test]
    fn a_question_tells_nothing_personal_and_a_step_names_no_number() {
        let mut ticket = NewTicket::default();
        let step = TriedStep {
            did: Did::Question,
            ago: 5,
            times: None,
            field: Some("field of +7 900 123-45-67".to_owned()),
            codes: vec!["inn.11223344595".to_owned(), "inn.checksum".to_owned()],
            article: Some("about-11223344595".to_owned()),
            text: Some("Почему СНИЛС 112-233-445 95 Иванова Петра не подходит? anna@example.org".to_owned()),
        };
        ticket.tried = Some(Tried { since_error: Some(60), steps: vec![step] });
        cover(&mut ticket);
        let told = serde_json::to_string(&ticket.tried).unwrap();
        for part in ["445", "Иванов", "Петр", "anna", "900", "1122"] {
            assert!(!told.contains(part), "{part} in {told}");
        }
        assert!(told.contains("inn.checksum") && told.contains("не подходит?"), "{told}");
    }

    #[test]
    fn what_names_nobody_stays() {
        let mut ticket = NewTicket { code: Some("inn.checksum".to_owned()), ..NewTicket::default() };
        ticket.snapshot.form = "marriage-reg".to_owned();
        ticket.snapshot.form_title = "Запись на приём".to_owned();
        ticket.snapshot.step = Some("documents".to_owned());
        ticket.snapshot.message = Some("Проверьте ИНН: контрольные цифры не сходятся.".to_owned());
        ticket.client.os = Some("Windows".to_owned());
        ticket.snapshot.page = "/forma.html".to_owned();
        let label = "Серия и номер паспорта".to_owned();
        ticket.snapshot.fields.push(FieldState { name: "applicant.inn2".to_owned(), label, ..FieldState::default() });
        ticket.snapshot.fields.push(FieldState { name: "Магазин".to_owned(), ..FieldState::default() });
        let step = TriedStep {
            did: Did::Article,
            ago: 5,
            times: Some(2),
            field: Some("applicant.inn2".to_owned()),
            codes: vec!["snils.checksum".to_owned()],
            article: Some("inn-checksum".to_owned()),
            text: Some("почему не сходится контрольная цифра инн".to_owned()),
        };
        ticket.tried = Some(Tried { since_error: None, steps: vec![step] });
        let before = ticket.clone();
        cover(&mut ticket);
        assert_eq!(ticket, before);
    }
}
