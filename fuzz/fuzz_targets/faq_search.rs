//! An article and a question for it, divided by the first NUL: neither upsets the reader nor the search.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::faq::{Hint, parse, search};

const ARTICLE: &str = include_str!("../../www/faq/bik-account.md");

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (article, question) = text.split_once('\0').unwrap_or(("", &text));
    let articles: Vec<_> = [ARTICLE, article].into_iter().filter_map(|text| parse(text).ok()).collect();
    for hit in search(&articles, question, &Hint::default()) {
        assert!(hit.index < articles.len() && hit.score.is_finite());
    }
});
