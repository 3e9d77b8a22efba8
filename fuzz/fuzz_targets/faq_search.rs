//! A lexicon, an article and a question for them, divided by NULs: none upsets its reader or the search. The lexicon of
//! ours would take most of the time and is read by every test.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::faq::{Builder, Hint, parse};

const ARTICLE: &str = include_str!("../../www/faq/bik-account.md");
const LEXICON: &str = "stop: в и на\nweak: могу\nсчёт = банк\nденьги > платёж, возврат";

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (lexicon, text) = text.split_once('\0').unwrap_or((LEXICON, &text));
    let (article, question) = text.split_once('\0').unwrap_or(("", text));
    let articles: Vec<_> = [ARTICLE, article].into_iter().filter_map(|text| parse(text).ok()).collect();
    for hit in Builder::build(&articles, lexicon).search(&articles, question, &Hint::default()).hits {
        assert!(hit.index < articles.len() && hit.score.is_finite());
    }
});
