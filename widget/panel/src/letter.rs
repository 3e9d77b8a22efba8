//! How the letter goes: checked, kept, sent, tried again.

use podskazka::wire::{Client, NewTicket, ProblemItem};
use wasm_bindgen::JsValue;
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
    wire,
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

/// Letters that are not sent yet, and the one that is being written.
#[derive(Default)]
pub struct Post {
    pub draft: Draft,
    pub errors: Vec<ProblemItem>,
    /// The server did not take it.
    pub refused: bool,
    /// The server did not take its picture.
    pub bare: bool,
    /// The letter in the form is on its way.
    pub sending: bool,
    pub queue: Vec<Parcel>,
    /// Number and state of the letter that went last; `None` while it waits.
    pub receipt: Option<Row>,
    pub busy: bool,
    /// Key of the letter that was written last, until it is sent.
    pub current: Option<String>,
    /// The outbox holds it.
    pub stored: bool,
}

impl Post {
    /// The letter that was written last, while it waits.
    pub fn last(&self) -> Option<&Parcel> {
        let key = self.current.as_ref()?;
        self.queue.iter().find(|it| &it.mail.key == key)
    }

    /// Why the letter waits, in words.
    pub fn waiting(&self) -> &'static str {
        if self.stored { texts::waiting() } else { texts::waiting_tab() }
    }

    /// The letter in the form has gone; who wrote it stays for the next one.
    fn spent(&mut self, ticket: &JsValue) {
        self.sending = false;
        self.draft = Draft {
            name: std::mem::take(&mut self.draft.name),
            contact: wire::text(ticket, "contact"),
            ..Draft::default()
        };
    }

    /// The letter comes back into the form; what has been written since stays below it.
    fn restore(&mut self, ticket: &JsValue) {
        let of = |name| wire::text(ticket, name);
        let since = std::mem::take(&mut self.draft.text);
        let text = if since.is_empty() { of("text") } else { [of("text"), "\n\n".to_owned(), since].concat() };
        self.draft = Draft { topic: of("topic"), name: of("name"), contact: of("contact"), text };
    }
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
            client: Client { access: self.access.clone(), ..dom::client(&params.build) },
            uploads: Vec::new(),
        }
    }

    /// What the page wrote into an empty letter, and the topic that fits the page.
    pub fn prefill(&mut self, params: &Params) {
        let Draft { topic, name, contact, text } = &mut self.post.draft;
        for (empty, key) in [(&mut *topic, "topic"), (name, "name"), (contact, "contact"), (text, "text")] {
            if empty.is_empty() {
                *empty = wire::text(&params.prefill, key);
            }
        }
        if topic.is_empty() {
            *topic = podskazka::ticket::topic_of(&params.snapshot).to_owned();
        }
    }

    pub fn submit(&mut self, ctx: &Context<Self>) {
        if self.post.sending {
            return;
        }
        let params = ctx.props().params.clone();
        let ticket = self.ticket(&params);
        self.post.errors = podskazka::ticket::check(&ticket);
        (self.post.refused, self.post.bare) = (false, false);
        self.focus = !self.post.errors.is_empty();
        let (key, upload_key) = (dom::random_key(), dom::random_key());
        if !self.post.errors.is_empty() {
            return;
        }
        let (endpoint, site, identity) = (params.endpoint.clone(), params.site.clone(), params.identity.clone());
        let Some(ticket) = crate::page::before_send(wire::ticket(&ticket)) else { return };
        let mail = Mail { key: key.clone(), upload_key, at: js_sys::Date::now(), endpoint, site, identity, ticket };
        let picture = self.picture.clone().filter(|_| self.with_picture);
        let parcel = Parcel { mail, picture, bare: false };
        self.post.current = Some(key);
        self.post.sending = true;
        self.said = texts::sending().to_owned();
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
        // Somebody who sees the form can choose; a letter that waited goes as it can.
        let ask = self.post.sending && self.post.current.as_ref() == Some(&parcel.mail.key);
        self.later(ctx, async move {
            let outcome = net::send(&mut parcel, ask).await;
            if !matches!(outcome, Outcome::Later) {
                parcel.remove().await;
            }
            Msg::Tried(Box::new(parcel), outcome)
        });
    }

    /// The letter that waits goes at once, without its picture.
    pub fn drop_picture(&mut self, ctx: &Context<Self>) {
        let Some(mut parcel) = self.post.last().cloned() else { return };
        parcel.picture = None;
        self.post.queue.retain(|it| it.mail.key != parcel.mail.key);
        self.post.queue.insert(0, parcel.clone());
        self.later(ctx, async move {
            parcel.store().await;
            Msg::Flush
        });
    }

    pub fn tried(&mut self, ctx: &Context<Self>, mut parcel: Parcel, outcome: Outcome) {
        self.post.busy = false;
        let mine = self.post.current.as_ref() == Some(&parcel.mail.key);
        let at = self.post.queue.iter().position(|it| it.mail.key == parcel.mail.key);
        // Its picture may have been dropped meanwhile.
        let bare = at.is_some_and(|at| self.post.queue.remove(at).picture.is_none());
        let dropped = bare && parcel.picture.take().is_some();
        // Who sees the form, or that the letter waits, sees what became of it.
        let seen = mine && (self.post.sending || self.view == View::Sent);
        match outcome {
            Outcome::Later => {
                dom::fire("queued", "code", "network");
                if mine && self.post.sending {
                    self.post.spent(&parcel.mail.ticket);
                    self.post.receipt = None;
                    self.picture = None;
                    self.back.clear();
                    self.show(ctx, View::Sent);
                }
                self.post.queue.push(parcel);
                self.said = self.post.waiting().to_owned();
                let pause = if dropped { 0 } else { RETRY_MS };
                self.later(ctx, async move {
                    dom::sleep(pause).await;
                    Msg::Flush
                });
                return;
            }
            Outcome::Sent(receipt) => {
                dom::remember(Own { number: receipt.number.clone(), token: receipt.token.clone() });
                dom::fire("submitted", "number", &receipt.number);
                self.own = dom::own_tickets();
                self.status(receipt.number.clone(), receipt.status.clone());
                self.said = [texts::sent_title(), ". ", texts::sent_number(), " ", &receipt.number].concat();
                if self.post.sending && mine {
                    self.post.spent(&parcel.mail.ticket);
                    self.access.clear();
                    self.picture = None;
                    self.back.clear();
                }
                if seen {
                    self.post.bare = parcel.bare;
                    self.post.receipt = Some(Row { state: texts::status(&receipt.status), number: receipt.number });
                    self.show(ctx, View::Sent);
                }
            }
            Outcome::NoPicture | Outcome::Refused(_) => {
                dom::fire("senderror", "code", "refused");
                // Nothing that was written is lost, be it a letter of an earlier page.
                if !(mine && std::mem::take(&mut self.post.sending)) {
                    self.post.restore(&parcel.mail.ticket);
                }
                if seen && self.view != View::Ticket {
                    self.show(ctx, View::Ticket);
                }
                self.focus = self.view == View::Ticket;
                self.said = if self.focus { "" } else { texts::refused_back() }.to_owned();
                self.post.refused = true;
                match outcome {
                    Outcome::Refused(errors) => self.post.errors = errors,
                    _ => (self.post.bare, self.with_picture) = (true, false),
                }
            }
        }
        if mine {
            self.post.current = None;
        }
        self.flush(ctx);
    }
}
