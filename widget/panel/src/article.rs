//! An article as nodes: no markup is ever parsed by the browser.

use podskazka::faq::{Article, Block, Inline};
use yew::{Context, Html, html};

use crate::{
    app::{App, Msg, View},
    texts,
};

impl App {
    /// One article.
    pub fn article(&self, ctx: &Context<Self>, article: &Article) -> Html {
        html! {
            <article lang={article.lang.clone()}>
                { for article.blocks.iter().map(|it| self.block(ctx, it)) }
                <p>
                    <button type="button" class="main" onclick={ctx.link().callback(|_| Msg::Go(View::Ticket))}>
                        { texts::WRITE }
                    </button>
                </p>
            </article>
        }
    }

    fn block(&self, ctx: &Context<Self>, block: &Block) -> Html {
        match block {
            Block::Heading { text } => html! { <h3>{ text.clone() }</h3> },
            Block::Paragraph { spans } => html! { <p>{ self.spans(ctx, spans) }</p> },
            Block::Picture { src, alt } => {
                html! { <img src={format!("{}faq/{src}", ctx.props().params.base)} alt={alt.clone()} /> }
            }
            Block::List { ordered, items } => {
                let rows = items.iter().map(|it| html! { <li>{ self.spans(ctx, it) }</li> });
                if *ordered {
                    html! { <ol>{ for rows }</ol> }
                } else {
                    html! { <ul>{ for rows }</ul> }
                }
            }
        }
    }

    fn spans(&self, ctx: &Context<Self>, spans: &[Inline]) -> Html {
        spans.iter().map(|it| self.span(ctx, it)).collect()
    }

    fn span(&self, ctx: &Context<Self>, span: &Inline) -> Html {
        match span {
            Inline::Text(text) => html! { text.clone() },
            Inline::Strong(text) => html! { <strong>{ text.clone() }</strong> },
            Inline::Link { text, href } => self.link(ctx, text, href),
        }
    }

    /// A link to another article stays in the panel; a foreign scheme becomes plain text.
    fn link(&self, ctx: &Context<Self>, text: &str, href: &str) -> Html {
        let id = href.trim_start_matches("faq:").to_owned();
        if self.articles.iter().flatten().any(|it| it.id == id) {
            let go = ctx.link().callback(move |_| Msg::Go(View::Article(id.clone())));
            return html! { <button type="button" class="link" onclick={go}>{ text }</button> };
        }
        let local = href.starts_with('/') && !href.starts_with("//");
        if local || ["https://", "mailto:", "tel:"].iter().any(|it| href.starts_with(it)) {
            return html! { <a href={href.to_owned()} target="_blank" rel="noopener noreferrer">{ text }</a> };
        }
        html! { text }
    }
}
