//! Questions and answers: the article, its Markdown source and the search over the articles.

mod article;
mod build;
mod confidence;
mod front;
mod grams;
mod index;
mod intern;
mod layout;
mod letters;
mod library;
mod lists;
mod markdown;
mod math;
mod order;
mod pack;
mod popular;
mod query;
mod rank;
mod search;
mod snippet;
mod soft;
mod stem;
mod weights;
mod words;

pub use article::{Article, Block, Inline, Section};
pub use build::Builder;
pub use confidence::DOUBT;
pub use index::Index;
pub use library::{LARGE, Library, is_named_by_content};
pub use markdown::{ArticleError, parse};
pub use pack::{Pack, PackError, crc32};
pub use popular::{Counts, aged, popular, put_popular};
pub use search::{Answer, Hint, Hit, MOST_HITS, search};
pub use snippet::{Mark, Snippet, cut, pieces};
pub use words::LEXICON;

#[cfg(test)]
mod tests;
