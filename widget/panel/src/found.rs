//! What the search found: titles and passages with the asked words marked.
//!
//! **Accessibility criteria**
//! - Each article MUST be a button named by its title; the passage MUST follow it as text.
//! - In doubt the way to the support MUST stand before the articles, and the doubt MUST be announced, both once typing rests.
//! - The heading MUST take the focus after Enter: `widget/panel/later/around/rest.ts`.
//! - An article in another language than the panel's MUST be marked as such (WCAG 3.1.2).
//! - Whoever asks by the number of a ticket MUST find the way to the own tickets before all else.
//! - How the question was read MUST be said in words, and the mended question MUST be one press away.

use podskazka::faq::{Answer, Article, DOUBT, pieces};
use yew::{Html, NodeRef, html};

use crate::{
    act::{Act, Send, View},
    texts,
    ui::{button, focused, marked, own_button, press, write_button},
};

/// Articles that are shown in doubt: the way to the support and they stand in one window.
const FEW: usize = 3;
/// Among the `services` of an article: phone and opening hours answer the same.
const CONTACTS: &str = "contacts";

/// No article is likely the answer.
pub fn doubt(answer: &Answer) -> bool {
    answer.hits.is_empty() || answer.confidence < DOUBT
}

/// The list, after the way to the support where no article answers. `numbered`: the question has the number of a ticket. `left` takes
/// the focus: the article that a step back has led from.
pub fn view(articles: &[Article], answer: &Answer, numbered: bool, left: (&str, &NodeRef), send: &Send) -> Html {
    let doubt = doubt(answer);
    let hits = answer.hits.get(..FEW).filter(|_| doubt).unwrap_or(&answer.hits);
    let mut first = hits.iter().take(FEW).filter_map(|hit| articles.get(hit.index));
    let call = first.any(|it| it.services.iter().any(|service| service == CONTACTS));
    html! {
        <section aria-labelledby="pdk-found">
            <h3 id="pdk-found" tabindex="-1">{ texts::found() }</h3>
            if let Some(read) = &answer.read_as {
                <p>{ texts::read_as() }{ " «" }{ read.clone() }{ "»" }</p>
            }
            if let Some(mended) = &answer.did_you_mean {
                <p>{ texts::mended() }{ " " }{ button("link", mended.clone(), send, Act::Query(mended.clone())) }</p>
            }
            if numbered {
                { own_button(send) }
            }
            if doubt {
                <div class="note">
                    <p>{ if hits.is_empty() { texts::nothing() } else { texts::doubtful() } }</p>
                    { write_button(send) }
                </div>
            }
            if call {
                { button("row", texts::contacts(), send, Act::Go(View::Contacts)) }
            }
            <ul class="cards">
                { for hits.iter().filter_map(|hit| {
                    let article = articles.get(hit.index)?;
                    let go = press(send, Act::Go(View::Article(article.id.clone())));
                    Some(html! {
                        <li key={article.id.clone()}>
                            <button type="button" class="card" onclick={go} ref={focused(left, &article.id)}>
                                <strong lang={article.lang.clone()}>{ marked(pieces(&article.title, &hit.title_marks)) }</strong>
                                <span lang={article.lang.clone()}>{ marked(hit.snippet.pieces()) }</span>
                                <small>{ texts::section(article.section) }</small>
                            </button>
                        </li>
                    })
                }) }
            </ul>
        </section>
    }
}
