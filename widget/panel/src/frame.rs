//! What stands around every view: the heading, back, close, the one announcer.
//!
//! **Accessibility criteria**
//! - The dialog MUST be named by the heading, which stands on a line of its own and takes the focus after a change of view.
//! - Changes that are not shown where the focus is MUST be announced here and nowhere else.

use yew::{Html, NodeRef, html};

use crate::{
    act::{Act, View},
    answers,
    app::App,
    article, home,
    params::Params,
    texts, tickets,
    ui::{button, write_button},
};

impl App {
    pub fn frame(&self, params: &Params) -> Html {
        if self.lang.is_empty() {
            return Html::default();
        }
        let (title, body) = self.body(params);
        // The title of an article is in its own language.
        let lang = match &self.view {
            View::Article(id) => self.articles().iter().find(|it| &it.id == id).map(|it| it.lang.clone()),
            _ => None,
        };
        // Home has its search box to focus; all else, the heading.
        let heading = if self.view == View::Home { NodeRef::default() } else { self.target.clone() };
        html! {
            <>
                <div class="head">
                    <div class="bar">
                        if self.view != View::Home {
                            { button("quiet", texts::back(), &self.send, Act::Back) }
                        }
                        <span class="gap"></span>
                        { button("quiet", texts::close(), &self.send, Act::Close) }
                    </div>
                    <h2 id="pdk-title" tabindex="-1" lang={lang} ref={heading}>{ title }</h2>
                </div>
                <div class="body">{ body }</div>
                <p role="status" class="unseen">{ self.said.clone() }</p>
            </>
        }
    }

    fn body(&self, params: &Params) -> (String, Html) {
        let send = &self.send;
        let (title, body) = match &self.view {
            View::Home => (texts::title(), self.home(params)),
            View::Article(id) => match self.articles().iter().find(|it| &it.id == id) {
                // The texts of a large set come by use.
                Some(article) if article.blocks.is_empty() && self.texts.come_later() => {
                    let text = if self.texts.missing { texts::no_articles() } else { texts::loading() };
                    (article.title.as_str(), html! { <p>{ text }</p> })
                }
                Some(article) => {
                    let nothing = article::Note::default();
                    let note = self.notes.iter().find(|it| &it.id == id).unwrap_or(&nothing);
                    let field = answers::field(article, params);
                    let all = self.articles();
                    let props = article::Props { article, all, note, field, pictures: &self.pictures, send };
                    (article.title.as_str(), article::view(&props))
                }
                None => (texts::title(), self.home(params)),
            },
            View::Ticket => {
                let title = if self.title.is_empty() { texts::ticket_title() } else { &self.title };
                (title, self.part(texts::no_letter()))
            }
            View::Tickets(_) => {
                let props = tickets::Props { rows: &self.rows(), waiting: self.waiting };
                let title = if self.title.is_empty() { texts::my_tickets() } else { &self.title };
                let known = match props.waiting {
                    _ if self.missing => tickets::view(&props),
                    0 => Html::default(),
                    waiting => tickets::waiting(waiting),
                };
                (title, html! { <>{ known }{ self.part("") }</> })
            }
            View::Contacts => (texts::contacts(), self.part(texts::no_part())),
            View::Settings => (texts::settings(), self.part(texts::no_part())),
            View::Access => (texts::access(), self.part(texts::no_part())),
        };
        (title.to_owned(), body)
    }

    /// The place of a part that is loaded by use; `missing` is said where it cannot be had.
    fn part(&self, missing: &'static str) -> Html {
        html! {
            <>
                if self.missing && !missing.is_empty() {
                    <p class="note">{ missing }</p>
                }
                <div key="part" ref={self.place.clone()}></div>
                // The check has a button of its own, and settings leave no question open.
                if self.view == View::Ticket {
                    if self.missing {
                        { button("main", texts::contacts(), &self.send, Act::Go(View::Contacts)) }
                    }
                } else if !self.missing && matches!(self.view, View::Tickets(_)) {
                    // The part has a main button of its own.
                    <p class="end">{ button("quiet", texts::write(), &self.send, Act::Ask) }</p>
                } else if self.missing || !matches!(self.view, View::Access | View::Settings) {
                    { write_button(&self.send) }
                }
            </>
        }
    }

    fn home(&self, params: &Params) -> Html {
        home::view(&home::Props {
            articles: self.faq.as_ref().map(|it| it.0.as_slice()),
            failed: self.failed,
            query: &self.query,
            answer: &self.answer,
            lang: self.reads(params),
            near: answers::near(self.articles(), params, self.reads(params)),
            why: params.text.as_deref().filter(|_| self.asked || self.failed),
            waiting: self.waiting,
            own: &self.rows(),
            target: self.target.clone(),
            left: &self.left,
            card: &self.card,
            send: &self.send,
        })
    }
}
