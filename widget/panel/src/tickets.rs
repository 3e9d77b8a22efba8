//! Tickets of this browser and what is known of them: on the first view, and where `widget/panel/later/tickets.ts`, which
//! has all of them, cannot be loaded.
//!
//! **Accessibility criteria**
//! - Each ticket MUST be one list item: number and state in words.
//! - That letters wait for the link MUST be said in words.

use yew::{Html, html};

use crate::texts;

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
}

pub fn view(props: &Props) -> Html {
    html! {
        <>
            if props.waiting > 0 {
                { waiting(props.waiting) }
            }
            if props.rows.is_empty() {
                <p>{ texts::no_tickets() }</p>
            } else {
                { list(props.rows) }
                <p class="hint">{ texts::kept_here() }</p>
            }
        </>
    }
}

/// That letters wait, and for what.
pub fn waiting(count: usize) -> Html {
    html! { <p class="note">{ texts::wait_count() }{ count }{ texts::wait_note() }</p> }
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
    let rows = crate::examples::rows();
    vec![
        ("default", view(&Props { rows: &rows, waiting: 0 })),
        ("empty", view(&Props { rows: &[], waiting: 0 })),
        ("waiting", view(&Props { rows: &rows, waiting: 2 })),
    ]
}
