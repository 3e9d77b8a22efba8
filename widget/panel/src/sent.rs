//! Number and state of the ticket just sent.
//!
//! **Accessibility criteria**
//! - The heading «Обращение принято» MUST take the focus; the number MUST be text that can be selected at once.

use yew::{Html, html};

use crate::{
    act::{Act, Send, View},
    texts,
    tickets::Row,
    ui::button,
};

pub fn view(row: &Row, send: &Send) -> Html {
    html! {
        <>
            <dl>
                <dt>{ texts::SENT_NUMBER }</dt>
                <dd class="number">{ row.number.clone() }</dd>
                <dt>{ texts::STATE }</dt>
                <dd>{ row.state.clone() }</dd>
            </dl>
            <p>{ texts::SENT_NOTE }</p>
            <p class="choice">
                { button("main", texts::TO_HELP, send, Act::Go(View::Home)) }
                { button("quiet", texts::MY_TICKETS, send, Act::Go(View::Tickets)) }
            </p>
        </>
    }
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    crate::examples::rows().iter().map(|it| ("default", view(it, &Send::noop()))).take(1).collect()
}
