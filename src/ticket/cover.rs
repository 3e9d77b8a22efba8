//! What a page tells about itself, looked at once more where it arrives.
//!
//! The widget covers personal data before it sends. Another client may not, and a form's name, a field's name and an error
//! code are stored in clear, so the server asks the same rules again. Words that a person wrote to us stay as they are:
//! they are sealed.

use crate::privacy::page;
use crate::wire::NewTicket;

/// Puts shapes in the place of personal data in everything that describes the page.
pub fn cover(ticket: &mut NewTicket) {
    cover_but(ticket, |text, scrub| scrub(text));
}

/// The same, where whoever calls may know by itself what a text becomes: labels of a form come with each ticket again.
pub fn cover_but(ticket: &mut NewTicket, known: impl Fn(&str, fn(&str) -> String) -> String) {
    let snapshot = &mut ticket.snapshot;
    snapshot.page = page::address(&snapshot.page);
    snapshot.form_title = known(&snapshot.form_title, page::scrub_listed);
    for field in &mut snapshot.fields {
        field.label = known(&field.label, page::scrub_listed);
    }
    // A sentence that the portal made about one person is seldom made again.
    let words = [snapshot.message.as_mut(), snapshot.step.as_mut(), ticket.client.os.as_mut()];
    for text in words.into_iter().flatten() {
        *text = page::scrub_listed(text);
    }
    let fields = snapshot.fields.iter_mut();
    let fields = fields.flat_map(|field| [Some(&mut field.name), field.code.as_mut()]);
    let own = [Some(&mut snapshot.form), ticket.code.as_mut(), ticket.field.as_mut()];
    for text in fields.chain(own).flatten() {
        *text = page::name(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::FieldState;

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
        let before = ticket.clone();
        cover(&mut ticket);
        assert_eq!(ticket, before);
    }
}
