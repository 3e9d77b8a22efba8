//! What has become of the letter: number and state, or that it waits for the link.
//!
//! **Accessibility criteria**
//! - The heading, «Обращение принято» or «Обращение ждёт сети», MUST take the focus; the number MUST be text that can be
//!   selected at once.

use yew::{Html, html};

use crate::{
    act::{Act, Send, View},
    texts,
    tickets::Row,
    ui::button,
};

/// `bare`: the server did not take the picture.
pub fn view(row: &Row, bare: bool, send: &Send) -> Html {
    html! {
        <>
            <dl>
                <dt>{ texts::sent_number() }</dt>
                <dd class="number">{ row.number.clone() }</dd>
                <dt>{ texts::state() }</dt>
                <dd>{ row.state.clone() }</dd>
            </dl>
            if bare {
                <p class="note">{ texts::sent_bare() }</p>
            }
            <p>{ texts::sent_note() }</p>
            { ways(send) }
        </>
    }
}

/// `words`: where the letter is kept. `picture`: it has one that is not uploaded yet.
pub fn waiting(words: &'static str, picture: bool, send: &Send) -> Html {
    html! {
        <>
            <p class="note">{ words }</p>
            if picture {
                <p>{ texts::wait_picture() }</p>
                <p>{ button("quiet", texts::send_bare(), send, Act::DropPicture) }</p>
            }
            { ways(send) }
        </>
    }
}

fn ways(send: &Send) -> Html {
    html! {
        <p class="choice">
            { button("main", texts::to_help(), send, Act::Go(View::Home)) }
            { button("quiet", texts::my_tickets(), send, Act::Go(View::Tickets(String::new()))) }
        </p>
    }
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let send = Send::noop();
    let rows = crate::examples::rows();
    let row = rows.first().expect("there is an example");
    vec![
        ("default", view(row, false, &send)),
        ("without its picture", view(row, true, &send)),
        ("waiting", waiting(texts::waiting(), true, &send)),
    ]
}
