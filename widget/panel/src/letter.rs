//! How the letter goes: checked, kept, sent, tried again.

use podskazka::wire::{NewTicket, ProblemItem};
use yew::Context;

use crate::{
    act::View,
    app::{App, Msg},
    dom::{self, Own},
    net::{self, Outcome},
    outbox::{Mail, Parcel},
    params::Params,
    texts,
    tickets::Row,
};

const RETRY_MS: i32 = 15_000;

/// What has been typed into the ticket form.
#[derive(Clone, Default)]
pub struct Draft {
    pub topic: String,
    pub name: String,
    pub contact: String,
    pub text: String,
}

/// How the sending stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Sending {
    #[default]
    No,
    Now,
    /// No link; `true` where the outbox holds it.
    Waits(bool),
}

impl Sending {
    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Now => texts::SENDING,
            Self::Waits(true) => texts::WAITING,
            Self::Waits(false) => texts::WAITING_TAB,
        }
    }
}

/// Letters that are not sent yet, and the one that is being written.
#[derive(Default)]
pub struct Post {
    pub draft: Draft,
    pub errors: Vec<ProblemItem>,
    /// The server did not take it.
    pub refused: bool,
    pub sending: Sending,
    pub queue: Vec<Parcel>,
    /// Number and state of the letter that went last.
    pub receipt: Option<Row>,
    pub busy: bool,
    /// Key of the letter that is being written now.
    pub current: Option<String>,
    pub stored: bool,
}

impl App {
    /// The ticket as it would go now.
    fn ticket(&self, params: &Params) -> NewTicket {
        let draft = &self.post.draft;
        NewTicket {
            topic: draft.topic.clone(),
            text: draft.text.trim().to_owned(),
            name: draft.name.trim().to_owned(),
            contact: draft.contact.trim().to_owned(),
            code: params.code.clone(),
            field: params.field.clone(),
            snapshot: params.snapshot.clone(),
            client: dom::client(&params.build),
            uploads: Vec::new(),
        }
    }

    /// What the page wrote into an empty letter, and the topic that fits the page.
    pub fn prefill(&mut self, params: &Params) {
        let Draft { topic, name, contact, text } = &mut self.post.draft;
        for (empty, key) in [(&mut *topic, "topic"), (name, "name"), (contact, "contact"), (text, "text")] {
            if empty.is_empty() {
                *empty = crate::wire::text(&params.prefill, key);
            }
        }
        if topic.is_empty() {
            *topic = podskazka::ticket::topic_of(&params.snapshot).to_owned();
        }
    }

    pub fn submit(&mut self, ctx: &Context<Self>) {
        if self.post.sending != Sending::No {
            return;
        }
        let params = ctx.props().params.clone();
        let ticket = self.ticket(&params);
        self.post.errors = podskazka::ticket::check(&ticket);
        self.post.refused = false;
        self.focus = !self.post.errors.is_empty();
        let (Some(key), Some(upload_key)) = (dom::random_key(), dom::random_key()) else { return };
        if !self.post.errors.is_empty() {
            return;
        }
        let (endpoint, site) = (params.endpoint.clone(), params.site.clone());
        let Some(ticket) = crate::page::before_send(crate::wire::ticket(&ticket)) else { return };
        let mail = Mail { key: key.clone(), upload_key, at: js_sys::Date::now(), endpoint, site, ticket };
        let picture = self.picture.clone().filter(|_| self.with_picture);
        let parcel = Parcel { mail, picture };
        self.post.current = Some(key);
        self.post.sending = Sending::Now;
        self.said = Sending::Now.words().to_owned();
        self.later(ctx, async move { Msg::Stored(parcel.store().await, Box::new(parcel)) });
    }

    /// The letter just written goes before those that wait.
    pub fn stored(&mut self, ctx: &Context<Self>, stored: bool, parcel: Parcel) {
        self.post.stored = stored;
        self.post.queue.insert(0, parcel);
        self.flush(ctx);
    }

    /// Letters of an earlier page.
    pub fn waiting(&mut self, ctx: &Context<Self>, parcels: Vec<Parcel>) {
        for parcel in parcels {
            if self.post.queue.iter().all(|it| it.mail.key != parcel.mail.key) {
                self.post.queue.push(parcel);
            }
        }
        self.flush(ctx);
    }

    pub fn flush(&mut self, ctx: &Context<Self>) {
        if self.post.busy {
            return;
        }
        let Some(mut parcel) = self.post.queue.first().cloned() else { return };
        self.post.busy = true;
        if self.post.current.is_some() {
            self.post.sending = Sending::Now;
        }
        self.later(ctx, async move {
            let outcome = net::send(&mut parcel).await;
            if !matches!(outcome, Outcome::Later) {
                parcel.remove().await;
            }
            Msg::Tried(Box::new(parcel), outcome)
        });
    }

    pub fn tried(&mut self, ctx: &Context<Self>, parcel: Parcel, outcome: Outcome) {
        self.post.busy = false;
        let mine = self.post.current.as_ref() == Some(&parcel.mail.key);
        self.post.queue.retain(|it| it.mail.key != parcel.mail.key);
        match outcome {
            Outcome::Later => {
                dom::fire("queued", "code", "network");
                self.post.queue.push(parcel);
                if self.post.current.is_some() {
                    self.post.sending = Sending::Waits(self.post.stored);
                    self.said = self.post.sending.words().to_owned();
                }
                self.later(ctx, async {
                    dom::sleep(RETRY_MS).await;
                    Msg::Flush
                });
                return;
            }
            Outcome::Sent(receipt) => {
                dom::remember(Own { number: receipt.number.clone(), token: receipt.token.clone() });
                dom::fire("submitted", "number", &receipt.number);
                self.own = dom::own_tickets();
                self.status(receipt.number.clone(), receipt.status.clone());
                if mine {
                    self.post.receipt = Some(Row { state: texts::status(&receipt.status), number: receipt.number });
                    let draft = &mut self.post.draft;
                    *draft = Draft {
                        name: std::mem::take(&mut draft.name),
                        contact: crate::wire::text(&parcel.mail.ticket, "contact"),
                        ..Draft::default()
                    };
                    self.picture = None;
                    self.back.clear();
                    self.show(ctx, View::Sent);
                }
            }
            Outcome::Refused(errors) => {
                dom::fire("senderror", "code", "refused");
                if mine {
                    self.post.errors = errors;
                    self.post.refused = true;
                    self.focus = true;
                }
            }
        }
        if mine {
            self.post.current = None;
            self.post.sending = Sending::No;
        }
        self.flush(ctx);
    }
}
