//! An article as nodes: no markup is ever parsed by the browser.
//!
//! Steps can be ticked off, the field it is about can be shown on the page, and the reader says whether it helped.
//!
//! **Accessibility criteria**
//! - Each step MUST be a checkbox named by its own text.
//! - «Помогло» and «Не помогло» MUST stay in place when pressed and say which one is, so that the focus is not lost.
//! - A link that leaves the panel MUST say so.

use podskazka::faq::{Article, Block, Inline};
use yew::{Html, html};

use crate::{
    act::{Act, Send, View},
    net::Pictures,
    texts,
    ui::{button, press, toggle, write_button},
};

/// What the reader said of an article.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Note {
    pub id: String,
    /// Numbers of the steps that are done.
    pub done: Vec<u16>,
    pub helped: Option<bool>,
    /// Place in `texts::reasons`.
    pub reason: Option<u8>,
}

impl Note {
    /// The steps that are done, for the next page of this tab: `inn-checksum 0 2;passport 1`.
    pub fn write(notes: &[Self]) -> String {
        let mut out = String::new();
        for note in notes.iter().filter(|it| !it.done.is_empty()) {
            out += if out.is_empty() { "" } else { ";" };
            out += &note.id;
            for step in &note.done {
                out.push(' ');
                out += &step.to_string();
            }
        }
        out
    }

    /// What [`Note::write`] has written; what cannot be read is left out.
    pub fn read(text: &str) -> Vec<Self> {
        let note = |text: &str| {
            let mut words = text.split(' ');
            let id = words.next()?.to_owned();
            Some(Self { id, done: words.filter_map(|it| it.parse().ok()).collect(), ..Self::default() })
        };
        text.split(';').filter_map(note).filter(|it| !it.done.is_empty()).collect()
    }
}

pub struct Props<'a> {
    pub article: &'a Article,
    /// All the articles, for the links between them.
    pub all: &'a [Article],
    pub note: &'a Note,
    /// Name and label of the field on the page that it is about.
    pub field: Option<(&'a str, &'a str)>,
    /// Where the pictures lie.
    pub pictures: &'a Pictures,
    pub send: &'a Send,
}

pub fn view(props: &Props) -> Html {
    let article = props.article;
    let mut step = 0;
    let blocks: Vec<_> = article.blocks.iter().map(|it| block(props, it, &mut step)).collect();
    html! {
        <>
            <article lang={article.lang.clone()}>
                { for blocks }
            </article>
            if step > 0 {
                <p class="hint">{ texts::done() }{ " " }{ props.note.done.len() }{ texts::of() }{ step }</p>
            }
            if let Some((name, label)) = props.field {
                <p>{ button("quiet", [texts::reveal(), " «", label, "»"].concat(), props.send, Act::Reveal(name.to_owned())) }</p>
            }
            if article.source.starts_with("https://") {
                <p>{ outside(texts::source(), &article.source) }</p>
            }
            { rating(props) }
            <p class="hint">
                { texts::checked() }{ " " }{ date(&article.updated) }
                if !article.reviewed_by.is_empty() {
                    { ": " }{ article.reviewed_by.clone() }
                }
            </p>
            { write_button(props.send) }
        </>
    }
}

fn rating(props: &Props) -> Html {
    let note = props.note;
    let send = props.send;
    html! {
        <div class="rate" role="group" aria-labelledby="pdk-rate">
            <p id="pdk-rate"><strong>{ texts::helped() }</strong></p>
            <div class="choice">
                { toggle(texts::yes(), note.helped == Some(true), send, Act::Rate(true)) }
                { toggle(texts::no(), note.helped == Some(false), send, Act::Rate(false)) }
            </div>
            if note.helped == Some(false) {
                <p id="pdk-why">{ texts::why_not() }</p>
                <div class="choice" role="group" aria-labelledby="pdk-why">
                    { for (0_u8..).zip(texts::reasons().split('|')).map(|(at, text)| {
                        toggle(text, note.reason == Some(at), send, Act::Reason(at))
                    }) }
                </div>
            }
            if note.helped == Some(true) || note.reason.is_some() {
                <p class="note">{ texts::thanks() }</p>
            }
        </div>
    }
}

fn block(props: &Props, block: &Block, at: &mut u16) -> Html {
    match block {
        Block::Heading { text } => html! { <h3>{ text.clone() }</h3> },
        Block::Paragraph { spans } => html! { <p>{ runs(props, spans) }</p> },
        Block::List { ordered: true, items } => {
            html! { <ol class="steps">{ for items.iter().map(|it| step(props, at, it)) }</ol> }
        }
        Block::List { items, .. } => {
            html! { <ul>{ for items.iter().map(|it| html! { <li>{ runs(props, it) }</li> }) }</ul> }
        }
        Block::Picture { src, alt } => {
            html! { <p>{ picture(props, src, alt) }</p> }
        }
        // Its own site hears of the reader when he goes there, not before.
        Block::Video { poster, title, href } => html! {
            <p><a class="video" href={href.clone()} target="_blank" rel="noopener noreferrer">
                { picture(props, poster, "") }
                <span>{ texts::video() }{ title.clone() }</span>
                <span class="unseen">{ texts::new_tab() }</span>
            </a></p>
        },
    }
}

fn picture(props: &Props, src: &str, alt: &str) -> Html {
    html! { <img src={props.pictures.find(src)} alt={alt.to_owned()} loading="lazy" /> }
}

/// A step with its box. A text with a link cannot be a label: the link would be a control inside it.
fn step(props: &Props, at: &mut u16, spans: &[Inline]) -> Html {
    let number = *at;
    *at += 1;
    let id = ["pdk-step-", &number.to_string()].concat();
    let text = [&id, "-text"].concat();
    let done = props.note.done.contains(&number);
    let linked = spans.iter().any(|it| matches!(it, Inline::Link { .. }));
    let words = runs(props, spans);
    html! {
        <li>
            <input id={id.clone()} type="checkbox" checked={done} aria-labelledby={text.clone()}
                onclick={press(props.send, Act::Tick(number))} />
            if linked {
                <span id={text}>{ words }</span>
            } else {
                <label id={text} for={id}>{ words }</label>
            }
        </li>
    }
}

fn runs(props: &Props, spans: &[Inline]) -> Html {
    spans.iter().map(|it| span(props, it)).collect()
}

fn span(props: &Props, span: &Inline) -> Html {
    match span {
        Inline::Text(text) => html! { text.clone() },
        Inline::Strong(text) => html! { <strong>{ text.clone() }</strong> },
        Inline::Link { text, href } => link(props, text, href),
    }
}

/// A link to another article stays in the panel; a foreign scheme becomes plain text.
fn link(props: &Props, text: &str, href: &str) -> Html {
    let id = href.strip_prefix("faq:").unwrap_or(href);
    if props.all.iter().any(|it| it.id == id) {
        return button("link", text.to_owned(), props.send, Act::Go(View::Article(id.to_owned())));
    }
    let local = href.starts_with('/') && !href.starts_with("//");
    if local || ["https://", "mailto:", "tel:"].iter().any(|it| href.starts_with(it)) {
        return outside(text, href);
    }
    html! { text.to_owned() }
}

/// A link that opens beside the page.
pub fn outside(text: &str, href: &str) -> Html {
    let new = href.starts_with("http") || href.starts_with('/');
    html! {
        <a href={href.to_owned()} target={new.then_some("_blank")} rel="noopener noreferrer">
            { text.to_owned() }
            if new {
                <span class="unseen">{ texts::new_tab() }</span>
            }
        </a>
    }
}

/// `2026-11-25` as `25.11.2026`.
fn date(iso: &str) -> String {
    let mut out = String::new();
    for part in iso.rsplit('-') {
        out.push_str(if out.is_empty() { "" } else { "." });
        out.push_str(part);
    }
    out
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let all = crate::examples::articles();
    let send = Send::noop();
    let video = Block::Video {
        poster: "inn.svg".into(),
        title: "Где стоит номер".into(),
        href: "https://rutube.ru/video/1/".into(),
    };
    let rated = Note { helped: Some(false), reason: Some(1), done: vec![0, 1], ..Note::default() };
    let thanked = Note { helped: Some(true), ..Note::default() };
    let show = |note: &Note, field| {
        let mut article = all.first().cloned().into_iter().collect::<Vec<_>>();
        article.iter_mut().for_each(|it| it.blocks.push(video.clone()));
        let pictures = &Pictures { base: "/".into(), ..Pictures::default() };
        let views =
            article.iter().map(|article| view(&Props { article, all: &all, note, field, pictures, send: &send }));
        views.collect::<Html>()
    };
    vec![
        ("default", show(&Note::default(), None)),
        ("field on the page", show(&Note::default(), Some(("inn", "ИНН")))),
        ("not helped, steps done", show(&rated, Some(("inn", "ИНН")))),
        ("helped", show(&thanked, None)),
    ]
}
