//! Texts of a large set of articles: they come in chunks, and only those that the view shows.

use podskazka::faq::{Article, Library, MOST_HITS};
use yew::Context;

use crate::{
    act::View,
    answers,
    app::{App, Msg},
    net,
};

/// Texts of a large set of articles, which come in chunks when they are shown.
#[derive(Default)]
pub struct Texts {
    /// Where the chunks lie.
    place: String,
    /// Their names; none where the articles are whole.
    names: Vec<String>,
    /// Those that have come or are on their way.
    asked: Vec<usize>,
    /// One did not come; the next opening tries again, and the link when it is back.
    pub missing: bool,
}

impl Texts {
    pub fn new(place: String, names: Vec<String>) -> Self {
        Self { place, names, ..Self::default() }
    }

    /// Whether an article without a text still gets one.
    pub fn come_later(&self) -> bool {
        !self.names.is_empty()
    }
}

impl App {
    /// Brings the texts of a large set that the view shows.
    pub fn bring(&mut self, ctx: &Context<Self>) {
        if self.texts.names.is_empty() || self.texts.missing {
            return;
        }
        let place = |id: &str| self.articles().iter().position(|it| it.id == id);
        let shown: Vec<usize> = match &self.view {
            View::Article(id) => place(id).into_iter().collect(),
            View::Home if !self.query.trim().is_empty() => {
                self.answer.hits.iter().take(MOST_HITS).map(|it| it.index).collect()
            }
            View::Home => {
                let near = answers::near(self.articles(), &self.params, self.reads(&self.params));
                near.iter().filter_map(|it| place(&it.id)).collect()
            }
            _ => Vec::new(),
        };
        for chunk in shown.into_iter().map(Library::chunk) {
            if let Some(name) = self.texts.names.get(chunk).filter(|_| !self.texts.asked.contains(&chunk)) {
                let url = [self.texts.place.as_str(), name].concat();
                self.texts.asked.push(chunk);
                self.later(ctx, async move { Msg::Texts(chunk, net::chunk(&url).await) });
            }
        }
    }

    /// Puts the texts of a chunk where they belong; what was found shows its passages then.
    pub fn fill(&mut self, chunk: usize, texts: Option<Vec<Article>>) {
        let Some((articles, _)) = self.faq.as_deref_mut() else { return };
        if !texts.is_some_and(|it| Library::fill(articles, chunk, it)) {
            self.texts.missing = true;
            self.texts.asked.retain(|it| *it != chunk);
        } else if self.view == View::Home && !self.query.trim().is_empty() {
            self.answer = self.answer_to(&self.params, &self.query);
        }
    }
}
