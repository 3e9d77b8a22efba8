//! What the sender sees after the ticket is taken.

use yew::{Context, Html, html};

use crate::{
    app::{App, Msg, View},
    texts,
};

impl App {
    /// Number and state of the ticket just sent.
    pub fn sent(&self, ctx: &Context<Self>) -> Html {
        let number = self.receipt.as_ref().map(|it| it.number.clone()).unwrap_or_default();
        html! {
            <>
                <dl>
                    <dt>{ texts::SENT_NUMBER }</dt>
                    <dd class="number">{ number.clone() }</dd>
                    <dt>{ texts::STATE }</dt>
                    <dd>{ self.state(&number) }</dd>
                </dl>
                <p>{ texts::SENT_NOTE }</p>
                <button type="button" class="main" onclick={ctx.link().callback(|_| Msg::Go(View::Help))}>
                    { texts::TO_HELP }
                </button>
            </>
        }
    }
}
