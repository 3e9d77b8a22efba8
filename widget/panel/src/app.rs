//! State of the panel and what changes it.

use js_sys::Function;
use podskazka::{
    faq::Article,
    wire::{NewTicket, ProblemItem, TicketReceipt},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlElement};
use yew::{Component, Context, Html, NodeRef, html};

use crate::{
    answers,
    dom::{self, Own},
    net::{self, Outcome},
    outbox::{self, Mail, Parcel},
    params::{Params, Props},
    texts,
};

const RETRY_MS: i32 = 15_000;

/// The part that is shown.
#[derive(Clone, PartialEq, Eq)]
pub enum View {
    Help,
    Article(String),
    Ticket,
    Sent,
}

/// What has been typed into the ticket form.
#[derive(Clone, Default)]
pub struct Draft {
    pub topic: String,
    pub name: String,
    pub contact: String,
    pub text: String,
}

/// How the sending stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    No,
    Now,
    /// No link; `true` where the outbox holds it.
    Waits(bool),
}

pub enum Msg {
    Articles(Option<Vec<Article>>),
    Query(String),
    Go(View),
    Edit(fn(&mut Draft, String), String),
    Picture(u32, Option<Blob>),
    WithPicture(bool),
    Submit,
    Stored(bool, Box<Parcel>),
    Waiting(Vec<Parcel>),
    Flush,
    Tried(Box<Parcel>, Outcome),
    Status(String, String),
}

pub struct App {
    pub view: View,
    pub articles: Option<Vec<Article>>,
    pub failed: bool,
    pub query: String,
    pub draft: Draft,
    pub errors: Vec<ProblemItem>,
    pub refused: bool,
    pub picture: Option<Blob>,
    pub taking: bool,
    pub with_picture: bool,
    pub sending: Sending,
    pub receipt: Option<TicketReceipt>,
    pub own: Vec<Own>,
    /// Number and state, as far as known.
    pub states: Vec<(String, String)>,
    pub canvas: NodeRef,
    /// Takes the focus after a change of the view.
    pub target: NodeRef,
    /// Letters that are not sent yet.
    pub queue: Vec<Parcel>,
    busy: bool,
    /// Key of the letter that is being written now.
    current: Option<String>,
    stored: bool,
    focus: bool,
    redraw: bool,
    _online: dom::Listener,
}

impl App {
    /// The ticket as it would go now.
    pub fn ticket(&self, params: &Params) -> NewTicket {
        NewTicket {
            topic: self.draft.topic.clone(),
            text: self.draft.text.trim().to_owned(),
            name: self.draft.name.trim().to_owned(),
            contact: self.draft.contact.trim().to_owned(),
            code: params.code.clone(),
            field: params.field.clone(),
            snapshot: params.snapshot.clone(),
            client: dom::client(&params.build),
            uploads: Vec::new(),
        }
    }

    fn go(&mut self, ctx: &Context<Self>, view: View) {
        let params = &ctx.props().params;
        if view == View::Help {
            self.own = dom::own_tickets();
            for own in self.own.iter().take(10) {
                let (own, endpoint) = (own.clone(), params.endpoint.clone());
                ctx.link().send_future_batch(async move {
                    let status = net::status(&endpoint, &own).await;
                    status.map(|it| Msg::Status(own.number, it)).into_iter().collect::<Vec<_>>()
                });
            }
        }
        if view == View::Ticket {
            self.refused = false;
            self.redraw = true;
            let Draft { topic, name, contact, text } = &mut self.draft;
            for (empty, key) in [(topic, "topic"), (name, "name"), (contact, "contact"), (text, "text")] {
                if empty.is_empty() {
                    *empty = crate::wire::text(&params.prefill, key);
                }
            }
            if self.draft.topic.is_empty() {
                self.draft.topic = podskazka::ticket::topic_of(&params.snapshot).to_owned();
            }
            if let Some(capture) = params.capture.clone().filter(|_| self.picture.is_none() && !self.taking) {
                self.taking = true;
                let turn = ctx.props().turn;
                ctx.link().send_future(async move { Msg::Picture(turn, take(&capture).await) });
            }
        }
        self.view = view;
        self.focus = true;
    }

    /// The view for a fresh opening.
    fn arrive(&mut self, ctx: &Context<Self>) {
        let params = ctx.props().params.clone();
        self.picture = None;
        self.taking = false;
        self.errors.clear();
        let view = match params.view.as_str() {
            "ticket" => View::Ticket,
            "status" => View::Help,
            _ if params.article.is_some() => params.article.clone().map_or(View::Help, View::Article),
            _ if params.code.is_some() => self.best(&params).map_or(View::Help, View::Article),
            _ => View::Help,
        };
        self.go(ctx, view);
    }

    fn best(&self, params: &Params) -> Option<String> {
        let articles = self.articles.as_deref()?;
        answers::for_code(articles, params).map(|it| it.id.clone())
    }

    fn submit(&mut self, ctx: &Context<Self>) -> bool {
        if self.sending != Sending::No {
            return false;
        }
        let params = &ctx.props().params;
        let ticket = self.ticket(params);
        self.errors = podskazka::ticket::check(&ticket);
        self.refused = false;
        self.focus = !self.errors.is_empty();
        let (Some(key), Some(upload_key)) = (dom::random_key(), dom::random_key()) else { return true };
        if !self.errors.is_empty() {
            return true;
        }
        let (endpoint, site) = (params.endpoint.clone(), params.site.clone());
        let Some(ticket) = crate::page::before_send(crate::wire::ticket(&ticket)) else { return true };
        let mail = Mail { key: key.clone(), upload_key, at: js_sys::Date::now(), endpoint, site, ticket };
        let picture = self.picture.clone().filter(|_| self.with_picture);
        let parcel = Parcel { mail, picture };
        self.current = Some(key);
        self.sending = Sending::Now;
        ctx.link().send_future(async move { Msg::Stored(parcel.store().await, Box::new(parcel)) });
        true
    }

    fn flush(&mut self, ctx: &Context<Self>) -> bool {
        if self.busy {
            return false;
        }
        let Some(mut parcel) = self.queue.first().cloned() else { return false };
        self.busy = true;
        if self.current.is_some() {
            self.sending = Sending::Now;
        }
        ctx.link().send_future(async move {
            let outcome = net::send(&mut parcel).await;
            if !matches!(outcome, Outcome::Later) {
                parcel.remove().await;
            }
            Msg::Tried(Box::new(parcel), outcome)
        });
        true
    }

    fn tried(&mut self, ctx: &Context<Self>, parcel: Parcel, outcome: Outcome) {
        self.busy = false;
        let mine = self.current.as_ref() == Some(&parcel.mail.key);
        self.queue.retain(|it| it.mail.key != parcel.mail.key);
        match outcome {
            Outcome::Later => {
                dom::fire("queued", "code", "network");
                self.queue.push(parcel);
                if self.current.is_some() {
                    self.sending = Sending::Waits(self.stored);
                }
                ctx.link().send_future(async {
                    dom::sleep(RETRY_MS).await;
                    Msg::Flush
                });
                return;
            }
            Outcome::Sent(receipt) => {
                dom::remember(Own { number: receipt.number.clone(), token: receipt.token.clone() });
                dom::fire("submitted", "number", &receipt.number);
                self.own = dom::own_tickets();
                self.states.retain(|it| it.0 != receipt.number);
                self.states.push((receipt.number.clone(), receipt.status.clone()));
                if mine {
                    self.receipt = Some(receipt);
                    self.draft = Draft { name: self.draft.name.clone(), ..Draft::default() };
                    self.draft.contact = crate::wire::text(&parcel.mail.ticket, "contact");
                    self.picture = None;
                    self.go(ctx, View::Sent);
                }
            }
            Outcome::Refused(errors) => {
                dom::fire("senderror", "code", "refused");
                if mine {
                    self.errors = errors;
                    self.refused = true;
                    self.focus = true;
                }
            }
        }
        if mine {
            self.current = None;
            self.sending = Sending::No;
        }
        self.flush(ctx);
    }
}

async fn take(capture: &Function) -> Option<Blob> {
    let promise = capture.call0(&JsValue::NULL).ok()?;
    JsFuture::from(js_sys::Promise::resolve(&promise)).await.ok()?.dyn_into().ok()
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let base = ctx.props().params.base.clone();
        ctx.link().send_future(async move { Msg::Articles(net::articles(&base).await) });
        ctx.link().send_future(async { Msg::Waiting(outbox::waiting().await) });
        let link = ctx.link().clone();
        let online = dom::on_window("online", move || link.send_message(Msg::Flush));
        let mut app = Self {
            view: View::Help,
            articles: None,
            failed: false,
            query: String::new(),
            draft: Draft::default(),
            errors: Vec::new(),
            refused: false,
            picture: None,
            taking: false,
            with_picture: true,
            sending: Sending::No,
            receipt: None,
            own: Vec::new(),
            states: Vec::new(),
            canvas: NodeRef::default(),
            target: NodeRef::default(),
            queue: Vec::new(),
            busy: false,
            current: None,
            stored: false,
            focus: true,
            redraw: false,
            _online: online,
        };
        app.arrive(ctx);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        self.arrive(ctx);
        if self.failed {
            self.failed = false;
            let base = ctx.props().params.base.clone();
            ctx.link().send_future(async move { Msg::Articles(net::articles(&base).await) });
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Articles(articles) => {
                self.failed = articles.is_none();
                self.articles = articles;
                let params = ctx.props().params.clone();
                let asked = params.code.is_some() && params.view != "ticket" && params.view != "status";
                if asked
                    && self.view == View::Help
                    && self.query.is_empty()
                    && let Some(id) = self.best(&params)
                {
                    self.go(ctx, View::Article(id));
                }
            }
            Msg::Query(query) => self.query = query,
            Msg::Go(view) => self.go(ctx, view),
            Msg::Edit(set, value) => set(&mut self.draft, value),
            Msg::Picture(turn, picture) => {
                if turn != ctx.props().turn {
                    return false;
                }
                self.taking = false;
                self.picture = picture;
                self.redraw = true;
            }
            Msg::WithPicture(on) => {
                self.with_picture = on;
                self.redraw = on;
            }
            Msg::Submit => return self.submit(ctx),
            Msg::Stored(stored, parcel) => {
                self.stored = stored;
                // The letter just written goes before those that wait.
                self.queue.insert(0, *parcel);
                self.flush(ctx);
            }
            Msg::Waiting(parcels) => {
                for parcel in parcels {
                    if self.queue.iter().all(|it| it.mail.key != parcel.mail.key) {
                        self.queue.push(parcel);
                    }
                }
                self.flush(ctx);
            }
            Msg::Flush => return self.flush(ctx),
            Msg::Tried(parcel, outcome) => self.tried(ctx, *parcel, outcome),
            Msg::Status(number, status) => {
                self.states.retain(|it| it.0 != number);
                self.states.push((number, status));
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (title, body) = match &self.view {
            View::Help => (texts::TITLE.to_owned(), self.help(ctx)),
            View::Article(id) => match self.articles.iter().flatten().find(|it| &it.id == id) {
                Some(article) => (article.title.clone(), self.article(ctx, article)),
                None => (texts::TITLE.to_owned(), self.help(ctx)),
            },
            View::Ticket => (texts::TICKET_TITLE.to_owned(), self.form(ctx)),
            View::Sent => (texts::SENT_TITLE.to_owned(), self.sent(ctx)),
        };
        let back = ctx.link().callback(|_| Msg::Go(View::Help));
        // Help has its search box to focus; every other view, its heading or its list of errors.
        let heading =
            if self.view == View::Help || !self.errors.is_empty() { NodeRef::default() } else { self.target.clone() };
        html! {
            <>
                <header>
                    if self.view != View::Help {
                        <button type="button" class="quiet" onclick={back}>{ texts::BACK }</button>
                    }
                    <h2 id="pdk-title" tabindex="-1" ref={heading}>{ title }</h2>
                    <button type="button" class="quiet" onclick={|_| crate::close()}>{ texts::CLOSE }</button>
                </header>
                <div class="body">{ body }</div>
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.focus)
            && let Some(target) = self.target.cast::<HtmlElement>()
        {
            let _ = target.focus();
        }
        if std::mem::take(&mut self.redraw)
            && self.view == View::Ticket
            && let (Some(canvas), Some(picture)) = (self.canvas.cast(), self.picture.clone())
        {
            wasm_bindgen_futures::spawn_local(async move {
                crate::ticket::draw(canvas, &picture).await;
            });
        }
    }
}
