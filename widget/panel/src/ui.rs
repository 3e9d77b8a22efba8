//! Small parts that every view is made of.

use yew::{AttrValue, Callback, Html, InputEvent, MouseEvent, NodeRef, html};

use crate::{
    act::{Act, Send, View},
    texts, wire,
};

/// A press that does `act`.
pub fn press(send: &Send, act: Act) -> Callback<MouseEvent> {
    let send = send.clone();
    Callback::from(move |_| send.emit(act.clone()))
}

/// Every change of a text control.
pub fn typed(send: &Send, act: fn(String) -> Act) -> Callback<InputEvent> {
    let send = send.clone();
    Callback::from(move |event: InputEvent| {
        send.emit(act(event.target().map(|it| wire::text(&it, "value")).unwrap_or_default()));
    })
}

/// A button; `class` is `main`, `quiet`, `link` or `row`.
pub fn button(class: &'static str, text: impl Into<AttrValue>, send: &Send, act: Act) -> Html {
    html! { <button type="button" class={class} onclick={press(send, act)}>{ text.into() }</button> }
}

/// One of several states, pressed or not.
pub fn toggle(text: impl Into<AttrValue>, on: bool, send: &Send, act: Act) -> Html {
    let pressed = if on { "true" } else { "false" };
    html! {
        <button type="button" class="quiet" aria-pressed={pressed} onclick={press(send, act)}>{ text.into() }</button>
    }
}

/// A text in pieces, those of the question marked.
pub fn marked(pieces: Vec<(&str, bool)>) -> Html {
    let piece = |(text, on): (&str, bool)| {
        let text = text.to_owned();
        if on {
            html! { <mark>{ text }</mark> }
        } else {
            html! { text }
        }
    };
    pieces.into_iter().map(piece).collect()
}

/// `left`: the id of the article that a step back has led from, and what takes the focus for it.
pub fn focused(left: (&str, &NodeRef), id: &str) -> NodeRef {
    if left.0 == id { left.1.clone() } else { NodeRef::default() }
}

/// The button under every view that may leave a question open.
pub fn write_button(send: &Send) -> Html {
    html! { <p class="end">{ button("main", texts::write(), send, Act::Ask) }</p> }
}

/// The way to the own tickets.
pub fn own_button(send: &Send) -> Html {
    button("row", texts::my_tickets(), send, Act::Go(View::Tickets(String::new())))
}
