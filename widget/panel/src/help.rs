//! Search, articles and own tickets.

use web_sys::HtmlInputElement;
use yew::{Context, Html, InputEvent, TargetCast, html};

use crate::{
    answers,
    app::{App, Msg, View},
    texts,
};

impl App {
    /// The first view.
    pub fn help(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let query = link.callback(|event: InputEvent| {
            Msg::Query(event.target_dyn_into::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default())
        });
        html! {
            <>
                <div class="field">
                    <label for="pdk-search">{ texts::SEARCH }</label>
                    <input id="pdk-search" type="search" autocomplete="off" value={self.query.clone()} oninput={query}
                        ref={self.target.clone()} />
                </div>
                { self.list(ctx) }
                <p>
                    <button type="button" class="main" onclick={link.callback(|_| Msg::Go(View::Ticket))}>
                        { texts::WRITE }
                    </button>
                </p>
                { self.mine() }
            </>
        }
    }

    fn list(&self, ctx: &Context<Self>) -> Html {
        let Some(articles) = self.articles.as_deref() else {
            let text = if self.failed { texts::NO_ARTICLES } else { texts::LOADING };
            return html! { <p role="status">{ text }</p> };
        };
        let found = answers::find(articles, &self.query, &ctx.props().params);
        html! {
            <section aria-labelledby="pdk-articles">
                <h3 id="pdk-articles">{ texts::ARTICLES }</h3>
                <p role="status" class={if found.is_empty() { "" } else { "unseen" }}>
                    if found.is_empty() {
                        { texts::NOTHING }
                    } else if !self.query.is_empty() {
                        { format!("{}: {}", texts::FOUND, found.len()) }
                    }
                </p>
                <ul class="articles">
                    { for found.into_iter().map(|article| {
                        let id = article.id.clone();
                        let go = ctx.link().callback(move |_| Msg::Go(View::Article(id.clone())));
                        html! {
                            <li key={article.id.clone()}>
                                <button type="button" class="link" onclick={go}>{ article.title.clone() }</button>
                            </li>
                        }
                    }) }
                </ul>
            </section>
        }
    }

    /// The state of a ticket in words.
    pub fn state(&self, number: &str) -> String {
        let known = self.states.iter().find(|it| it.0 == number);
        known.map_or_else(|| texts::NO_STATE.to_owned(), |it| texts::status(&it.1))
    }

    fn mine(&self) -> Html {
        let waits = self.queue.len();
        if self.own.is_empty() && waits == 0 {
            return Html::default();
        }
        html! {
            <section aria-labelledby="pdk-mine">
                <h3 id="pdk-mine">{ texts::MY_TICKETS }</h3>
                if waits > 0 {
                    <p role="status">{ format!("{}: {waits}", texts::WAIT_COUNT) }</p>
                }
                <ul>
                    { for self.own.iter().take(10).map(|own| html! {
                        <li key={own.number.clone()}>
                            <strong>{ own.number.clone() }</strong>{ " — " }{ self.state(&own.number) }
                        </li>
                    }) }
                </ul>
            </section>
        }
    }
}
