//! State of the panel and what changes it.

use std::{future::Future, rc::Rc};

use podskazka::faq::{Answer, Article, Index, Library};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::{Component, Context, Html, NodeRef};

use crate::{
    act::{Act, Send, View},
    article::Note,
    browser,
    chunks::Texts,
    dom::{self, Own},
    net::{self, Pictures},
    params::{Params, Props},
    part::{self, Part as Loaded},
    settings::Settings,
    texts,
    tickets::Row,
};

/// Pieces of the index that are built between two looks at the clock.
const SLICE: usize = 8;
/// Milliseconds after which the page gets its turn: half a frame.
const TURN_MS: f64 = 8.0;
/// The language that is built in.
pub const RUSSIAN: &str = "ru";

pub enum Msg {
    Act(Act),
    Articles(Option<Box<Arrived>>),
    /// A chunk of texts, or nothing where it cannot be had.
    Texts(usize, Option<Vec<Article>>),
    /// The outbox is there, or cannot be had.
    Outbox(Option<JsValue>),
    /// The link is back.
    Online,
    /// The panel was closed.
    Closed,
    Status(String, Option<String>),
    /// A part that a view needs.
    Part(View, Option<JsValue>),
    /// The part that stands around every view.
    Around(Option<JsValue>),
    /// The words of a language, as they stand in their file; `None` where that cannot be had.
    Words(String, Option<String>),
}

/// Articles and their index, their pictures and texts.
pub struct Arrived {
    faq: Box<(Vec<Article>, Index)>,
    pictures: Pictures,
    texts: Texts,
}

pub struct App {
    pub send: Send,
    pub view: View,
    /// Views to go back to.
    pub back: Vec<View>,
    pub faq: Option<Box<(Vec<Article>, Index)>>,
    /// Where the pictures of the articles lie.
    pub pictures: Pictures,
    pub texts: Texts,
    pub failed: bool,
    pub query: String,
    /// The question was put in by us, for an error without an article.
    pub asked: bool,
    pub answer: Answer,
    pub notes: Vec<Note>,
    pub settings: Settings,
    /// Letters that wait for the link.
    pub waiting: usize,
    outbox: Option<Loaded>,
    pub own: Vec<Own>,
    /// Number and state, as far as known.
    pub states: Vec<(String, String)>,
    /// Takes the focus after a change of the view.
    pub target: NodeRef,
    /// The article that the step back leads from, and its card, which takes the focus then.
    pub left: String,
    pub card: NodeRef,
    /// As of the last opening.
    pub params: Rc<Params>,
    /// The one announcement for screen readers.
    pub said: String,
    pub focus: bool,
    /// The language that is spoken; empty until its words are there.
    pub lang: String,
    /// Where a part that is loaded by use draws.
    pub place: NodeRef,
    /// The part that draws there, or its module on the way there.
    loaded: Option<Loaded>,
    module: Option<JsValue>,
    around: Option<Loaded>,
    /// The part could not be loaded.
    pub missing: bool,
    /// Heading that the part gave.
    pub title: String,
    _online: Closure<dyn Fn()>,
    _closed: Closure<dyn Fn()>,
}

impl App {
    /// Runs to the end and tells the outcome.
    pub fn later(&self, ctx: &Context<Self>, task: impl Future<Output = Msg> + 'static) {
        let link = ctx.link().clone();
        spawn_local(async move { link.send_message(task.await) });
    }

    pub fn articles(&self) -> &[Article] {
        self.faq.as_ref().map_or(&[], |it| &it.0)
    }

    /// Own tickets with what is known of them.
    pub fn rows(&self) -> Vec<Row> {
        let row = |own: &Own| {
            let state = self.states.iter().find(|it| it.0 == own.number).map(|it| texts::status(&it.1));
            Row { number: own.number.clone(), state: state.unwrap_or_else(|| texts::no_state().to_owned()) }
        };
        self.own.iter().take(10).map(row).collect()
    }

    pub fn status(&mut self, number: String, status: String) {
        self.states.retain(|it| it.0 != number);
        self.states.push((number, status));
    }

    fn load(&mut self, ctx: &Context<Self>) {
        self.failed = false;
        let params = ctx.props().params.clone();
        self.later(ctx, async move {
            let found = net::articles(&params.endpoint, &params.base).await;
            let Some(net::Articles { mut library, pictures, texts: place }) = found else {
                return Msg::Articles(None);
            };
            let mut builder = library.builder();
            let Library { articles, chunks: names, .. } = library;
            let texts = Texts::new(place, names);
            let mut from = js_sys::Date::now();
            while !builder.step(&articles, SLICE) {
                if js_sys::Date::now() - from >= TURN_MS {
                    dom::sleep(0).await;
                    from = js_sys::Date::now();
                }
            }
            Msg::Articles(
                builder.finish().map(|index| Box::new(Arrived { faq: Box::new((articles, index)), pictures, texts })),
            )
        });
    }

    /// Brings what stands around every view, once the panel is seen.
    fn surround(&self, ctx: &Context<Self>) {
        let given = ctx.props().params.given.clone();
        self.later(ctx, async move {
            dom::painted().await;
            Msg::Around(part::load(given, "around.js").await)
        });
    }

    /// Shows a view and brings what it needs.
    pub fn show(&mut self, ctx: &Context<Self>, view: View) {
        let params = ctx.props().params.clone();
        self.said.clear();
        self.left = match &self.view {
            View::Article(id) if view == View::Home => id.clone(),
            _ => String::new(),
        };
        self.fetch(ctx, &view);
        match &view {
            View::Home | View::Tickets(_) => {
                self.own = dom::own_tickets();
                for own in self.own.iter().take(10).cloned() {
                    let endpoint = params.endpoint.clone();
                    self.later(ctx, async move {
                        let status = net::status(&endpoint, &own).await;
                        Msg::Status(own.number, status)
                    });
                }
            }
            _ => {}
        }
        self.view = view;
        self.focus = true;
        browser::top();
    }

    /// Brings the part that draws a view.
    fn fetch(&mut self, ctx: &Context<Self>, view: &View) {
        (self.loaded, self.module, self.missing) = (None, None, false);
        self.title.clear();
        if let Some((name, _)) = view.part() {
            let (view, given) = (view.clone(), ctx.props().params.given.clone());
            self.later(ctx, async move { Msg::Part(view, part::load(given, name).await) });
        }
    }

    pub fn go(&mut self, ctx: &Context<Self>, view: View) {
        if view == View::Home {
            self.back.clear();
        } else if self.view != view {
            self.back.push(self.view.clone());
        }
        self.show(ctx, view);
    }

    fn note(&mut self) -> Option<&mut Note> {
        let View::Article(id) = &self.view else { return None };
        if self.notes.iter().all(|it| &it.id != id) {
            self.notes.push(Note { id: id.clone(), ..Note::default() });
        }
        self.notes.iter_mut().find(|it| &it.id == id)
    }

    fn act(&mut self, ctx: &Context<Self>, act: Act) {
        let params = ctx.props().params.clone();
        match act {
            Act::Go(view) => self.go(ctx, view),
            Act::To(view) => {
                browser::again(&view.path(), self.settings.docked);
                if self.back.last() == Some(&view) {
                    self.back.pop();
                    self.show(ctx, view);
                } else {
                    self.go(ctx, view);
                }
            }
            Act::Back => {
                let view = self.back.pop().unwrap_or(View::Home);
                self.show(ctx, view);
            }
            Act::Close => {
                browser::close();
            }
            Act::Query(query) => {
                self.asked = false;
                self.search(&params, query);
            }
            Act::Ask => {
                // A question that was put in by us is not the person's own words.
                if self.view == View::Home && !self.asked {
                    give(&params, "question", &self.query.trim().into());
                    give(&params, "unanswered", &self.unanswered().into());
                }
                self.go(ctx, View::Ticket);
            }
            Act::Rate(helped) => {
                if let Some(note) = self.note() {
                    (note.helped, note.reason) = (Some(helped), None);
                    dom::fire("rated", &note.id, if helped { "helped" } else { "not-helped" });
                    if helped {
                        self.said = texts::thanks().to_owned();
                    }
                }
            }
            Act::Reason(at) => {
                if let Some(note) = self.note() {
                    note.reason = Some(at);
                    let code = texts::REASON_CODES.get(usize::from(at)).copied().unwrap_or_default();
                    dom::fire("rated", &note.id, code);
                    self.said = texts::thanks().to_owned();
                }
            }
            Act::Tick(step) => {
                if let Some(note) = self.note() {
                    let was = note.done.len();
                    note.done.retain(|it| *it != step);
                    if note.done.len() == was {
                        note.done.push(step);
                    }
                }
            }
            Act::Reveal(name) => browser::reveal(&name, params.reveal.as_ref()),
            Act::Set(value) => {
                Settings::keep(&value);
                self.settings = Settings::of(&value);
                browser::apply(&self.settings.look(&params.theme), self.settings.docked);
                self.speak(ctx);
            }
            Act::Say(text) => self.said = text,
            Act::Title(text) => self.title = text,
            Act::Attach(lines) => {
                give(&params, "access", &lines);
                self.go(ctx, View::Ticket);
            }
            Act::Rest => {
                if self.view == View::Home {
                    self.tell();
                }
            }
            Act::Waits(count) => self.waiting = count,
            Act::Posted(number, status) => {
                self.said = [texts::sent_title(), ". ", texts::sent_number(), " ", &number].concat();
                self.own = dom::own_tickets();
                self.status(number, status);
                if self.view == View::Ticket {
                    self.back.clear();
                }
            }
            Act::Refused => self.said = texts::refused_back().to_owned(),
            Act::Failed => (self.loaded, self.missing) = (None, true),
        }
    }

    /// Brings the words of the language that the person chose, or of the page.
    fn speak(&mut self, ctx: &Context<Self>) {
        let given = ctx.props().params.given.clone();
        let chosen = &self.settings.lang;
        let lang = if chosen.is_empty() { &ctx.props().params.lang } else { chosen }.clone();
        if lang == self.lang {
            return;
        }
        if lang == RUSSIAN {
            self.update(ctx, Msg::Words(lang, None));
            return;
        }
        self.later(ctx, async move {
            let words = part::load(given, &["panel.", &lang, ".txt"].concat()).await;
            Msg::Words(lang, words.and_then(|it| it.as_string()))
        });
    }
}

/// A word for the parts that are loaded by use.
fn give(params: &Params, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(&params.given, &name.into(), value);
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let online = Closure::<dyn Fn()>::new(move || link.send_message(Msg::Online));
        browser::back(online.as_ref().unchecked_ref());
        let link = ctx.link().clone();
        let closed = Closure::<dyn Fn()>::new(move || link.send_message(Msg::Closed));
        browser::leave(closed.as_ref().unchecked_ref());
        let left = browser::stayed().unwrap_or_default();
        let (steps, open) = left.split_once('\n').unwrap_or_default();
        let mut app = Self {
            send: ctx.link().callback(Msg::Act),
            view: View::Home,
            back: Vec::new(),
            faq: None,
            pictures: Pictures::default(),
            texts: Texts::default(),
            failed: false,
            query: String::new(),
            asked: false,
            answer: Answer::default(),
            notes: Note::read(steps),
            settings: Settings::read(),
            waiting: 0,
            outbox: None,
            own: Vec::new(),
            states: Vec::new(),
            target: NodeRef::default(),
            left: String::new(),
            card: NodeRef::default(),
            params: ctx.props().params.clone(),
            said: String::new(),
            focus: false,
            lang: String::new(),
            place: NodeRef::default(),
            loaded: None,
            module: None,
            around: None,
            missing: false,
            title: String::new(),
            _online: online,
            _closed: closed,
        };
        app.speak(ctx);
        app.load(ctx);
        app.surround(ctx);
        app.arrive(ctx, open);
        app
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        self.params = ctx.props().params.clone();
        self.speak(ctx);
        self.arrive(ctx, "");
        if self.failed {
            self.load(ctx);
        }
        if self.around.is_none() {
            self.surround(ctx);
        }
        self.texts.missing = false;
        self.bring(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(act) => self.act(ctx, act),
            Msg::Articles(faq) => {
                self.failed = faq.is_none();
                self.faq = faq.map(|it| {
                    let Arrived { faq, pictures, texts } = *it;
                    (self.pictures, self.texts) = (pictures, texts);
                    faq
                });
                let params = ctx.props().params.clone();
                if self.failed && browser::linked() {
                    dom::astray(&params.base);
                }
                self.absent(ctx, &params);
                if self.view == View::Home
                    && self.query.is_empty()
                    && View::named(&params.view) == View::Home
                    && let Some(id) = self.best(&params)
                {
                    self.go(ctx, View::Article(id));
                }
                let outbox = part::load(params.given.clone(), "outbox.js");
                self.later(ctx, async move { Msg::Outbox(outbox.await) });
                // With no question, what became of a letter meanwhile is still to be said.
                if !self.query.is_empty() {
                    let query = std::mem::take(&mut self.query);
                    self.search(&params, query);
                }
                self.ask(&params);
            }
            Msg::Outbox(module) => {
                if self.outbox.is_none() {
                    self.outbox = module.and_then(|it| Loaded::begin(&it, &ctx.props().params.given, &self.send));
                }
                return false;
            }
            Msg::Texts(chunk, texts) => self.fill(chunk, texts),
            Msg::Online => {
                if !self.failed && !self.texts.missing {
                    return false;
                }
                self.texts.missing = false;
                if self.failed {
                    self.load(ctx);
                }
            }
            Msg::Part(view, module) => {
                if self.view != view {
                    return false;
                }
                self.missing = module.is_none();
                self.module = module;
            }
            Msg::Around(module) => {
                if let Some(module) = module.filter(|_| self.around.is_none()) {
                    self.around = Loaded::show(&module, &browser::element(), &ctx.props().params.given, "", &self.send);
                }
            }
            Msg::Words(lang, words) => {
                // Without its words a language is not spoken: Russian is always there.
                let spoken = if words.is_some() { lang } else { RUSSIAN.to_owned() };
                texts::speak(words);
                browser::speak(&spoken);
                give(&ctx.props().params, "lang", &spoken.as_str().into());
                if self.lang.is_empty() {
                    self.focus = !ctx.props().params.quiet;
                } else {
                    // A part speaks the language it began with.
                    self.fetch(ctx, &self.view.clone());
                }
                self.lang = spoken;
            }
            Msg::Closed => {
                self.stay();
                return false;
            }
            Msg::Status(number, status) => {
                let Some(status) = status else { return false };
                self.status(number, status);
            }
        }
        self.bring(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.frame(&ctx.props().params)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        // The first view may still become the article about the error.
        let open = self.faq.is_none() && !self.failed && ctx.props().params.code.is_some();
        if !open || self.view != View::Home {
            browser::name(&self.view.path());
            self.stay();
        }
        // Without words there is no place yet.
        if let Some(place) = self.place.cast()
            && let Some(module) = self.module.take()
        {
            let at = self.view.part().map_or("", |it| it.1);
            self.loaded = Loaded::show(&module, &place, &ctx.props().params.given, at, &self.send);
        }
        if std::mem::take(&mut self.focus)
            && let Some(target) = self.card.cast::<HtmlElement>().or_else(|| self.target.cast())
        {
            let _ = target.focus();
        }
    }
}
