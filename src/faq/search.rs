//! The answer to a question.

use super::article::{Article, Block};
use super::index::{Builder, Index};
use super::query;
use super::rank::{Matches, rank};

/// Where the person is: a field, its error, a form. It raises articles and never hides one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Kind of the field, such as `inn`.
    pub kind: Option<&'a str>,
    /// Code of the error, such as `inn.checksum`.
    pub code: Option<&'a str>,
    /// Name of the form; it raises a section with the same name.
    pub form: Option<&'a str>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Place in the given list.
    pub index: usize,
    pub score: f32,
    pub snippet: String,
}

pub struct Answer {
    pub hits: Vec<Hit>,
}

impl Index {
    pub fn search(&self, articles: &[Article], text: &str, _hint: &Hint<'_>) -> Answer {
        let question = query::read(self, text);
        let matches = Matches::new(self, &question);
        let list = rank(self, &question, &matches);
        let hits = list.iter().map(|r| Hit { index: usize::from(r.doc), score: r.score, snippet: String::new() }).collect();
        let _ = articles;
        Answer { hits }
    }
}

pub fn search(articles: &[Article], text: &str, hint: &Hint<'_>) -> Vec<Hit> {
    Builder::build(articles, super::LEXICON).search(articles, text, hint).hits
}
#[allow(unused)]
fn x(_: Block) {}
