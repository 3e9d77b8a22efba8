//! This page's help: the search box, the articles that fit the form, all the articles by section, the other views.
//! While a question stands in the box, what was found takes the place of the lists;
//! the way to the other views stays.
//!
//! **Accessibility criteria**
//! - The search box MUST take the focus when the panel opens here and MUST have a visible label.
//! - The number of articles found MUST be announced, and the focus MUST stay in the box.
//! - After a step back the card of the article that was open MUST take the focus.
//! - A section MUST open and close by keyboard and say its state.

use podskazka::faq::{Answer, Article, Section};
use yew::{Html, NodeRef, html};

use crate::{
    act::{Act, Send, View},
    found, texts,
    tickets::{self, Row},
    ui::{button, focused, own_button, press, typed, write_button},
};

pub struct Props<'a> {
    /// `None` while they load.
    pub articles: Option<&'a [Article]>,
    /// The articles could not be loaded.
    pub failed: bool,
    pub query: &'a str,
    /// What was found for `query`.
    pub answer: &'a Answer,
    /// The sentence of an error that has no article of its own.
    pub why: Option<&'a str>,
    /// Letters that wait for the link.
    pub waiting: usize,
    /// Articles that fit the page, the best first.
    pub near: Vec<&'a Article>,
    /// Language of the articles that are listed.
    pub lang: &'a str,
    /// Tickets of this browser.
    pub own: &'a [Row],
    /// Takes the focus.
    pub target: NodeRef,
    /// The article that a step back has led from, and what takes the focus for it.
    pub left: &'a str,
    pub card: &'a NodeRef,
    pub send: &'a Send,
}

pub fn view(props: &Props) -> Html {
    let asked = !props.query.trim().is_empty();
    // In doubt the button stands before the articles.
    let above = asked && props.articles.is_some() && found::doubt(props.answer);
    html! {
        <>
            if let Some(why) = props.why {
                <p class="note">{ texts::no_article() }{ " " }<strong>{ why.to_owned() }</strong></p>
            }
            if props.waiting > 0 {
                { tickets::waiting(props.waiting) }
            }
            <div class="field">
                <label for="pdk-search">{ texts::search() }</label>
                <input id="pdk-search" type="search" autocomplete="off" enterkeyhint="search" maxlength="4000"
                    value={props.query.to_owned()} oninput={typed(props.send, Act::Query)} ref={props.target.clone()} />
            </div>
            { match props.articles {
                None if props.failed => html! { <p>{ texts::no_articles() }</p> },
                None => html! { <p>{ texts::loading() }</p> },
                Some(articles) if !asked => sections(props, articles),
                Some(articles) => {
                    let numbered = podskazka::ticket::has_number(props.query);
                    found::view(articles, props.answer, numbered, (props.left, props.card), props.send)
                }
            } }
            if !above {
                { write_button(props.send) }
            }
            if !asked && !props.own.is_empty() {
                <section aria-labelledby="pdk-own">
                    <h3 id="pdk-own">{ texts::my_tickets() }</h3>
                    { tickets::list(props.own.get(..3).unwrap_or(props.own)) }
                </section>
            }
            <nav aria-label={texts::more()}>
                { own_button(props.send) }
                { button("row", texts::contacts(), props.send, Act::Go(View::Contacts)) }
                { button("row", texts::access(), props.send, Act::Go(View::Access)) }
                { button("row", texts::settings(), props.send, Act::Go(View::Settings)) }
            </nav>
        </>
    }
}

fn sections(props: &Props, articles: &[Article]) -> Html {
    html! {
        <>
            if !props.near.is_empty() {
                <section aria-labelledby="pdk-near">
                    <h3 id="pdk-near">{ texts::near() }</h3>
                    <ul class="cards">{ for props.near.iter().map(|it| card(props, it)) }</ul>
                </section>
            }
            <section aria-labelledby="pdk-all">
                <h3 id="pdk-all">{ texts::articles() }</h3>
                { for Section::ALL.iter().map(|it| section(props, articles, *it)) }
            </section>
        </>
    }
}

/// An article with its opening words.
fn card(props: &Props, article: &Article) -> Html {
    let go = press(props.send, Act::Go(View::Article(article.id.clone())));
    html! {
        <li lang={article.lang.clone()}>
            <button type="button" class="card" onclick={go} ref={focused((props.left, props.card), &article.id)}>
                <strong>{ article.title.clone() }</strong>
                <span>{ crate::answers::opening(article) }</span>
            </button>
        </li>
    }
}

fn section(props: &Props, articles: &[Article], section: Section) -> Html {
    // Articles of the other language are found by their words.
    let of: Vec<_> = articles.iter().filter(|it| it.section == section && it.lang == props.lang).collect();
    if of.is_empty() {
        return Html::default();
    }
    // The card of an article that fits the page takes the focus; else its line here, in sight.
    let near = props.near.iter().any(|it| it.id == props.left);
    let left = if near { "" } else { props.left };
    html! {
        <details open={of.iter().any(|it| it.id == left)}>
            <summary>{ texts::section(section) }{ " · " }{ of.len() }</summary>
            <ul class="plain">
                { for of.iter().map(|it| html! {
                    <li lang={it.lang.clone()}>
                        <button type="button" class="link" ref={focused((left, props.card), &it.id)}
                            onclick={press(props.send, Act::Go(View::Article(it.id.clone())))}>{ it.title.clone() }</button>
                    </li>
                }) }
            </ul>
        </details>
    }
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let articles = crate::examples::articles();
    let send = Send::noop();
    let answer = podskazka::faq::Builder::build(&articles, podskazka::faq::LEXICON).search(
        &articles,
        "инн",
        &Default::default(),
    );
    let none = Answer::default();
    let own = crate::examples::rows();
    let show = |articles, failed, query, answer, near: Vec<_>, own| {
        let why = (query == "инн").then_some("ИНН: проверьте, что введено.");
        let (waiting, target) = (near.len(), NodeRef::default());
        let (left, card) = ("", &NodeRef::default());
        let lang = "ru";
        view(&Props { articles, failed, query, answer, why, waiting, near, lang, own, target, left, card, send: &send })
    };
    let all = Some(articles.as_slice());
    vec![
        ("default", show(all, false, "", &none, articles.iter().take(2).collect(), &own)),
        ("loading", show(None, false, "", &none, Vec::new(), &[])),
        ("failed", show(None, true, "", &none, Vec::new(), &[])),
        ("found", show(all, false, "инн", &answer, Vec::new(), &own)),
        ("number", show(all, false, "PS-28T5CY4T-Y", &none, Vec::new(), &own)),
        ("nothing", show(all, false, "ъъъ", &none, Vec::new(), &own)),
    ]
}

#[test]
fn a_question_may_be_as_long_as_the_letter_it_becomes() {
    let most = ["maxlength=\"", &podskazka::ticket::MAX_TEXT.to_string(), "\""].concat();
    assert!(include_str!("home.rs").contains(&most), "{most}");
}
