//! An opening of the panel: the view it begins with, and what the next page of this tab goes on with.

use podskazka::privacy::page::scrub_listed;
use yew::Context;

use crate::{act::View, app::App, article::Note, browser, params::Params, wire};

impl App {
    /// The view for a fresh opening. Where nothing is asked for, it goes on with what an earlier page of this tab has left open: view
    /// and question.
    pub fn arrive(&mut self, ctx: &Context<Self>, left: &str) {
        let params = ctx.props().params.clone();
        self.back.clear();
        if std::mem::take(&mut self.asked) {
            self.query.clear();
        }
        // `article` without one is the start of help.
        let asked = match View::read(&params.view) {
            View::Article(id) if id.is_empty() => View::Home,
            view => view,
        };
        let view = match (asked, &params.article) {
            (View::Home, Some(id)) => View::Article(id.clone()),
            (View::Home, None) if params.code.is_none() && !left.is_empty() => {
                let (path, query) = left.split_once('\n').unwrap_or((left, ""));
                self.query = query.to_owned();
                View::read(path)
            }
            (View::Home, None) => self.best(&params).map_or(View::Home, View::Article),
            (View::Tickets(at), _) if at.is_empty() => View::Tickets(wire::text(&params.given, "ticket")),
            (view, _) => view,
        };
        if view != View::Home {
            self.back.push(View::Home);
        }
        self.show(ctx, view);
        self.focus = !params.quiet;
        self.left.clear();
        self.absent(ctx, &params);
        self.ask(&params);
    }

    /// An article that is asked for and is not there: the page is told, and help opens on the error itself.
    pub fn absent(&mut self, ctx: &Context<Self>, params: &Params) {
        let View::Article(id) = &self.view else { return };
        if self.articles().is_empty() || self.articles().iter().any(|it| &it.id == id) {
            return;
        }
        let mut ids = String::new();
        self.articles().iter().for_each(|it| ids += &[&it.id, " "].concat());
        browser::absent(&params.given, id, &ids);
        self.go(ctx, View::Home);
        self.left.clear();
    }

    /// Keeps for the next page of this tab what stands open. A question that may name a person is not kept.
    pub fn stay(&self) {
        let query = if self.asked || scrub_listed(&self.query) != self.query { "" } else { &self.query };
        browser::stay(&[&self.view.path(), "\n", query].concat(), &Note::write(&self.notes));
    }
}
