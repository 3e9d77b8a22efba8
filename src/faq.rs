//! Questions and answers: the article, its Markdown source and the search over the articles.

mod article;
mod markdown;
mod search;
mod words;

pub use article::{Article, Block, Inline, Section};
pub use markdown::{ArticleError, parse};
pub use search::{Hint, Hit, search};

#[cfg(test)]
mod tests;
