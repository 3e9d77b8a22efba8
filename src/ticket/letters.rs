//! The letters a citizen gets by mail: plain words, what happened, what to do.
//!
//! No letter quotes what anybody wrote: mail lies in clear on servers of others. It names the number and the state, and
//! the answer is read on the site.

use super::State;

/// Minutes in which a code of access must be typed: a letter may be slow, an open door must not be.
pub const CODE_MINUTES: i64 = 15;
/// Wrong codes after which a new one must be asked for: a guess then hits once in 20 million.
pub const CODE_TRIES: i64 = 5;
/// Codes that one address gets in an hour.
pub const CODES_AN_HOUR: i64 = 3;
/// Hours before an address that never agreed is asked again: nobody's mailbox is flooded in our name.
pub const ASK_AGAIN_HOURS: i64 = 24;
/// Days in which the link of the question can be answered: a letter may lie for two of them where its mail server is away.
pub const CONFIRM_DAYS: i64 = 7;
/// Days that access by code lasts.
pub const ACCESS_DAYS: i64 = 90;

/// A page behind a link of a letter: what it says, what its button says, what is said afterwards.
pub struct Page {
    pub title: &'static str,
    pub button: &'static str,
    pub done: &'static str,
}

/// Agree to letters.
pub const CONFIRM: Page = Page {
    title: "Получать сообщения об обращении на этот адрес?",
    button: "Подтвердить адрес",
    done: "Адрес подтверждён. Мы напишем, когда будет ответ.",
};
/// Stop letters.
pub const STOP: Page = Page {
    title: "Больше не получать писем на этот адрес?",
    button: "Не получать писем",
    done: "Писем больше не будет. Ответы остаются на сайте, в разделе «Мои обращения».",
};
/// The link is used up, too old, replaced by a later one, or cut by a mail program.
pub const GONE: &str = "Эта ссылка уже не действует. Откройте ссылку из последнего письма целиком или включите и отключите письма в \
                        самом обращении: на сайте «Помощь», раздел «Мои обращения».";

/// A letter, plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
}

/// How the answer is found.
const WHERE: &str = "Откройте на сайте «Помощь», раздел «Мои обращения», и выберите обращение с этим номером. Если его там \
                     нет, нажмите «Найти по почте» и введите этот адрес: придёт письмо с кодом.";

/// The ticket is here; whoever owns the address is asked whether letters may come.
pub fn confirm(number: &str, link: &str) -> Letter {
    Letter {
        subject: format!("Обращение {number}: подтвердите адрес почты"),
        text: format!(
            "Здравствуйте!\n\nМы получили обращение {number}.\n\nЧтобы узнавать об ответе по почте, откройте ссылку и \
             нажмите «Подтвердить адрес»:\n{link}\nСсылка действует {CONFIRM_DAYS} дней.\n\nБез этого ответ можно прочитать на сайте. {WHERE}\n\nЕсли вы не \
             писали в поддержку, ничего делать не нужно: других писем не будет.\n"
        ),
    }
}

/// The ticket is here.
pub fn created(number: &str) -> Letter {
    Letter {
        subject: format!("Обращение {number} принято"),
        text: format!(
            "Здравствуйте!\n\nМы получили обращение {number}. Напишем, когда будет ответ.\n\nКак посмотреть обращение: \
             {WHERE}\n"
        ),
    }
}

/// Something happened to the ticket.
pub fn news(number: &str, state: State, answered: bool) -> Letter {
    let what = if answered {
        "Специалист ответил."
    } else {
        "Изменилось состояние обращения."
    };
    let todo = match state {
        State::WaitingCitizen => "\n\nСпециалист задал вопрос и ждёт вашего ответа.",
        State::Resolved => "\n\nЕсли всё получилось, нажмите «Подтвердить». Если нет, нажмите «Вернуть в работу».",
        _ => "",
    };
    Letter {
        subject: format!("Обращение {number}: {}", state.words()),
        text: format!(
            "Здравствуйте!\n\n{what} Обращение {number}, состояние: {}.{todo}\n\nКак прочитать: {WHERE}\n",
            state.words()
        ),
    }
}

/// A question stands, and the citizen has not answered it; whether the ticket ends without an answer.
pub fn reminder(number: &str, ends: bool) -> Letter {
    let end = if ends { " Без ответа обращение будет закрыто." } else { "" };
    Letter {
        subject: format!("Обращение {number}: ждём вашего ответа"),
        text: format!(
            "Здравствуйте!\n\nНапоминаем: специалист задал вопрос по обращению {number} и ждёт вашего ответа.{end}\n\n\
             Как прочитать вопрос и ответить: {WHERE}\n"
        ),
    }
}

/// The code that gives access to the tickets of an address.
pub fn code(code: &str, minutes: i64) -> Letter {
    Letter {
        subject: "Код для доступа к обращениям".to_owned(),
        text: format!(
            "Здравствуйте!\n\nВаш код: {code}\n\nВведите его на сайте, чтобы увидеть свои обращения. Код действует \
             {minutes} минут.\n\nНикому не сообщайте код: сотрудники поддержки его не спрашивают. Если вы не просили \
             код, ничего делать не нужно.\n"
        ),
    }
}

/// The same code as a short message.
pub fn short_code(code: &str, minutes: i64) -> Letter {
    let text = format!("Код для доступа к обращениям: {code}. Действует {minutes} минут. Никому его не сообщайте.");
    Letter { subject: String::new(), text }
}

/// Something happened to the ticket, as a short message: two of 70 letters at the most.
pub fn short(number: &str, state: State) -> String {
    let what = match state {
        State::WaitingCitizen => "нужен ваш ответ",
        State::Resolved => "есть решение",
        _ => "есть новости",
    };
    format!("Обращение {number}: {what}. Откройте на сайте «Помощь», «Мои обращения».")
}

/// How letters are stopped; stands at the end of every letter but the ones that were asked for.
pub fn with_stop(mut letter: Letter, link: &str) -> Letter {
    letter.text.push_str(&format!("\n--\nБольше не получать писем: {link}\n"));
    letter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_message_is_short() {
        for state in State::ALL {
            let text = short("PS-28T5CY4T-Y", state);
            assert!(text.chars().count() <= 134 && text.starts_with("Обращение PS-28T5CY4T-Y: "), "{text}");
        }
        assert!(short_code("1234 5678", 15).text.chars().count() <= 134);
    }

    #[test]
    fn letters_keep_the_house_s_tone() {
        let letters = [
            confirm("PS-28T5CY4T-Y", "https://help.example.ru/mail/confirm?t=x"),
            created("PS-28T5CY4T-Y"),
            news("PS-28T5CY4T-Y", State::WaitingCitizen, true),
            news("PS-28T5CY4T-Y", State::Resolved, false),
            reminder("PS-28T5CY4T-Y", true),
            code("1234 5678", 15),
        ];
        for letter in letters {
            let all = format!("{}\n{}", letter.subject, letter.text).to_lowercase();
            for word in ["некорректн", "неверн", "недопустим", "пожалуйста"] {
                assert!(!all.contains(word), "{all}");
            }
            assert!(!letter.subject.contains('\n') && letter.text.starts_with("Здравствуйте!\n"));
            assert!(!letter.text.contains("  "), "{}", letter.text);
        }
    }
}
