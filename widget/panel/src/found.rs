//! What the search found: titles and passages with the asked words marked.
//!
//! **Accessibility criteria**
//! - Each article MUST be a button named by its title; the passage MUST follow it as text.
//! - How the question was read MUST be said in words, and the mended question MUST be one press away.

use podskazka::faq::{Answer, Article, DOUBT, pieces};
use yew::{Html, html};

use crate::{
    act::{Act, Send, View},
    texts,
    ui::{button, marked, press},
};

/// The list, or the way to the support where no article answers.
pub fn view(articles: &[Article], answer: &Answer, send: &Send) -> Html {
    let doubt = answer.hits.is_empty() || answer.confidence < DOUBT;
    html! {
        <section aria-labelledby="pdk-found">
            <h3 id="pdk-found">{ texts::found() }</h3>
            if let Some(read) = &answer.read_as {
                <p>{ texts::read_as() }{ " «" }{ read.clone() }{ "»" }</p>
            }
            if let Some(mended) = &answer.did_you_mean {
                <p>{ texts::mended() }{ " " }{ button("link", mended.clone(), send, Act::Query(mended.clone())) }</p>
            }
            if doubt {
                <p class="note">{ if answer.hits.is_empty() { texts::nothing() } else { texts::doubtful() } }</p>
            }
            <ul class="cards">
                { for answer.hits.iter().filter_map(|hit| {
                    let article = articles.get(hit.index)?;
                    let go = press(send, Act::Go(View::Article(article.id.clone())));
                    Some(html! {
                        <li key={article.id.clone()}>
                            <button type="button" class="card" onclick={go}>
                                <strong>{ marked(pieces(&article.title, &hit.title_marks)) }</strong>
                                <span>{ marked(hit.snippet.pieces()) }</span>
                                <small>{ texts::section(article.section) }</small>
                            </button>
                        </li>
                    })
                }) }
            </ul>
        </section>
    }
}
