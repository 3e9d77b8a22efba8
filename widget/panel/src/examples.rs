//! Artificial data for the examples, and the test that reads all of them: each MUST be sound markup.
//!
//! `GALLERY=file cargo test -p podskazka-panel` also writes them as one page, which the browser tests audit with axe.

use podskazka::faq::Article;
use podskazka::wire::{FieldState, Snapshot};
use yew::{Component, Context, Html, Properties, ServerRenderer, html};

use crate::tickets::Row;
use crate::{article, home, tickets};

pub fn articles() -> Vec<Article> {
    let read = |text| podskazka::faq::parse(text).expect("an article of ours parses");
    vec![
        read(include_str!("../../../www/faq/inn-checksum.md")),
        read(include_str!("../../../www/faq/passport.md")),
        read(include_str!("../../../www/faq/registration.md")),
    ]
}

pub fn rows() -> Vec<Row> {
    let row = |number: &str, state: &str| Row { number: number.into(), state: state.into() };
    vec![row("PS-00000001-A", "получено"), row("PS-00000002-B", "ждём вашего ответа")]
}

pub fn snapshot() -> Snapshot {
    let field = |name: &str, label: &str, code: Option<&str>, shape: &str| FieldState {
        name: name.into(),
        label: label.into(),
        kind: name.into(),
        valid: code.is_none(),
        code: code.map(Into::into),
        length_class: if shape.is_empty() { "empty".into() } else { "medium".into() },
        shape: shape.into(),
        value: None,
    };
    Snapshot {
        form: "tax-registration".into(),
        form_title: "Постановка на учёт".into(),
        page: "/tax-registration.html".into(),
        trace: Some("4bf92f3577b34da6".into()),
        fields: vec![field("inn", "ИНН", Some("inn.checksum"), "9999999999"), field("address", "Адрес", None, "")],
        ..Snapshot::default()
    }
}

#[derive(Properties, PartialEq)]
struct Shown {
    markup: Html,
}

/// Draws what it is given.
struct Show;

impl Component for Show {
    type Message = ();
    type Properties = Shown;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ctx.props().markup.clone()
    }
}

/// Builds the examples again: a view cannot cross to the thread that draws it.
fn all() -> Vec<(&'static str, &'static str, Html)> {
    let views = [("home", home::examples()), ("article", article::examples()), ("tickets", tickets::examples())];
    views.into_iter().flat_map(|(view, list)| list.into_iter().map(move |(name, it)| (view, name, it))).collect()
}

fn render(at: usize) -> String {
    let renderer = ServerRenderer::<Show>::with_props(move || {
        let markup = all().into_iter().nth(at).map(|it| it.2).unwrap_or_default();
        Shown { markup: html! { <>{ markup }</> } }
    });
    // Yew renders on its own threads; the test only waits.
    futures::executor::block_on(renderer.hydratable(false).render())
}

/// Every value of an attribute.
fn values<'a>(markup: &'a str, name: &str) -> Vec<&'a str> {
    let key = format!(" {name}=\"");
    markup.split(&key).skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0).collect()
}

#[test]
fn every_example_is_sound() {
    let mut page = String::new();
    for (at, (view, name, _)) in all().into_iter().enumerate() {
        let markup = render(at);
        assert!(markup.len() > 40, "{view}, {name}: empty");
        assert!(!markup.contains(&[" style", "="].concat()), "{view}, {name}: a style attribute");
        assert!(!markup.contains("<script"), "{view}, {name}: a script");
        let ids = values(&markup, "id");
        for id in &ids {
            assert_eq!(ids.iter().filter(|it| it == &id).count(), 1, "{view}, {name}: two ids {id}");
        }
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for id in values(&markup, attribute).iter().flat_map(|it| it.split(' ')) {
                assert!(ids.contains(&id), "{view}, {name}: {attribute} names {id}, which is not there");
            }
        }
        for button in markup.split("<button").skip(1).filter_map(|it| it.split_once('>')) {
            assert!(!button.1.starts_with("</button>"), "{view}, {name}: a button without a name");
            assert!(button.0.contains(" type="), "{view}, {name}: a button without a type");
        }
        page += &format!("<section data-example=\"{view}: {name}\"><h2>{view}: {name}</h2>{markup}</section>\n");
    }
    if let Ok(path) = std::env::var("GALLERY") {
        std::fs::write(path, page).expect("the gallery can be written");
    }
}
