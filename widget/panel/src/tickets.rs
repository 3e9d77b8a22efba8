//! Tickets of this browser and what has become of them.
//!
//! **Accessibility criteria**
//! - Each ticket MUST be one list item: number and state in words.
//! - That letters wait for the link MUST be said in words.

use yew::{Html, html};

use crate::{act::Send, texts, ui::write_button};

/// Number and state in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    pub number: String,
    pub state: String,
}

pub struct Props<'a> {
    pub rows: &'a [Row],
    /// Letters that wait for the link.
    pub waiting: usize,
    pub send: &'a Send,
}

pub fn view(props: &Props) -> Html {
    html! {
        <>
            if props.waiting > 0 {
                { waiting(props.waiting) }
            }
            if props.rows.is_empty() {
                <p>{ texts::NO_TICKETS }</p>
            } else {
                { list(props.rows) }
                <p class="hint">{ texts::KEPT_HERE }</p>
            }
            { write_button(props.send) }
        </>
    }
}

/// That letters wait, and for what.
pub fn waiting(count: usize) -> Html {
    html! { <p class="note">{ texts::WAIT_COUNT }{ count }{ texts::WAIT_NOTE }</p> }
}

pub fn list(rows: &[Row]) -> Html {
    html! {
        <ul class="plain">
            { for rows.iter().map(|it| html! {
                <li key={it.number.clone()} class="ticket">
                    <strong class="number">{ it.number.clone() }</strong>
                    <span>{ it.state.clone() }</span>
                </li>
            }) }
        </ul>
    }
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let send = Send::noop();
    let rows = crate::examples::rows();
    vec![
        ("default", view(&Props { rows: &rows, waiting: 0, send: &send })),
        ("empty", view(&Props { rows: &[], waiting: 0, send: &send })),
        ("waiting", view(&Props { rows: &rows, waiting: 2, send: &send })),
    ]
}
