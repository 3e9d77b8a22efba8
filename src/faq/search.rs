//! The answer to a question: articles, how sure the search is, and what it took the question for.

use super::article::{Article, Block};
use super::build::Builder;
use super::confidence::{DOUBT, confidence};
use super::index::Index;
use super::order;
use super::query::{self, Question};
use super::rank::{Matches, first, rank};
use super::snippet::{Mark, Snippet, marks, snippet};
use super::weights as w;

/// Where the person is: a field, its error, a form. It raises articles and never hides one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Kind of the field, such as `inn`.
    pub kind: Option<&'a str>,
    /// Code of the error, such as `inn.checksum`.
    pub code: Option<&'a str>,
    /// Code of the error that was mended last and is gone.
    pub mended: Option<&'a str>,
    /// Name of the form, page or service; it raises articles that name it and a section with the same name.
    pub form: Option<&'a str>,
    /// Language of the person, such as `ru`: articles in another one come behind their likes.
    pub lang: Option<&'a str>,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Place in the given list.
    pub index: usize,
    /// From 1 down for a question without a hint; only the order and the distance to the next one mean something.
    pub score: f32,
    /// Words of the title that answer the question.
    pub title_marks: Vec<Mark>,
    /// The passage that answers best; the first one where the words stand in the title alone.
    pub snippet: Snippet,
}

/// What the search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The best first, at most [`MOST_HITS`]; for an empty question all the articles in the order of the hint.
    pub hits: Vec<Hit>,
    /// How likely one of the first three answers, in percent: see [`super::DOUBT`].
    pub confidence: u8,
    /// The first one alone is the answer.
    pub sure: bool,
    /// «Показаны результаты для …»: the question in the other keyboard layout or alphabet, which was searched instead.
    pub read_as: Option<String>,
    /// «Возможно, вы искали …»: the question without the slips that were taken for known words, where an article likely answers it
    /// then.
    pub did_you_mean: Option<String>,
}

/// Articles in an answer: more are not read.
pub const MOST_HITS: usize = 10;

/// A hit weaker than this share of the best one is noise.
const FLOOR: f32 = 0.15;

/// More than any score, for an article about the code that stands in the question.
const NAMED: f32 = 10.0;

impl Index {
    /// Search. `articles` is the list that the index was built from.
    pub fn search(&self, articles: &[Article], text: &str, hint: &Hint<'_>) -> Answer {
        if text.trim().is_empty() {
            return Answer { hits: by_hint(articles, hint), confidence: 100, ..Answer::default() };
        }
        let ends = query::ends(text);
        let question = query::read(self, ends.as_deref().unwrap_or(text));
        let matches = Matches::new(self, &question);
        let mut ranked = rank(self, &question, &matches);
        let nearest = first(&ranked, 4);
        let sure_of = |question: &Question| confidence(self, question, &nearest);
        let confidence = sure_of(&question);
        let named = self.with_code(text);
        for it in &mut ranked {
            if let Some(article) = articles.get(usize::from(it.doc)) {
                it.score = (it.score + if named.contains(&it.doc) { NAMED } else { 0.0 }) * prior(article, hint);
            }
        }
        let best = first(&ranked, MOST_HITS);
        let floor = best.first().map_or(0.0, |r| r.score * FLOOR);
        let hits = best.iter().take_while(|r| r.score >= floor).filter_map(|r| {
            let article = articles.get(usize::from(r.doc))?;
            Some(Hit {
                index: usize::from(r.doc),
                score: r.score,
                title_marks: marks(self, &matches, &article.title),
                snippet: snippet(self, &matches, r.doc, article),
            })
        });
        let hits = hits.collect();
        let (percent, sure) = if named.is_empty() { (confidence.percent, confidence.sure) } else { (100, true) };
        let helps = |mended: &String| sure_of(&query::read(self, mended)).percent >= DOUBT;
        // A story is never put in other words than its own.
        let did_you_mean = if ends.is_none() { question.mended(self, text).filter(helps) } else { None };
        Answer { hits, confidence: percent, sure, read_as: question.turned, did_you_mean }
    }
}

/// Build an index and search it once. For more than one question keep the [`Index`].
pub fn search(articles: &[Article], text: &str, hint: &Hint<'_>) -> Vec<Hit> {
    Builder::build(articles, super::LEXICON).search(articles, text, hint).hits
}

fn has(list: &[String], wanted: Option<&str>) -> bool {
    wanted.is_some_and(|w| list.iter().any(|x| x == w))
}

fn of_form(article: &Article, hint: &Hint<'_>) -> bool {
    hint.form == Some(article.section.name()) || has(&article.services, hint.form)
}

fn is_foreign(article: &Article, hint: &Hint<'_>) -> bool {
    hint.lang.is_some_and(|lang| !lang.is_empty() && lang != article.lang)
}

/// A code begins with the kind of the field: `inn.checksum`.
fn was_mended(article: &Article, hint: &Hint<'_>) -> bool {
    has(&article.codes, hint.mended) || has(&article.kinds, hint.mended.and_then(|it| it.split('.').next()))
}

fn prior(article: &Article, hint: &Hint<'_>) -> f32 {
    let about = if has(&article.codes, hint.code) {
        w::ABOUT_CODE
    } else if has(&article.kinds, hint.kind) {
        w::ABOUT_KIND
    } else if was_mended(article, hint) {
        w::ABOUT_MENDED
    } else {
        1.0
    };
    let about = if of_form(article, hint) { about * w::ABOUT_FORM } else { about };
    let about = if is_foreign(article, hint) { about * w::FOREIGN } else { about };
    about * (1.0 + w::POPULAR * f32::from(article.popular) / 100.0)
}

fn by_hint(articles: &[Article], hint: &Hint<'_>) -> Vec<Hit> {
    let rank = |a: &Article| match (has(&a.codes, hint.code), has(&a.kinds, hint.kind)) {
        _ if is_foreign(a, hint) => 0_u8,
        (true, _) => 4,
        (false, true) => 3,
        (false, false) if of_form(a, hint) => 2,
        _ => 1,
    };
    let opening = |a: &Article| {
        let mut lines = a.blocks.iter().filter(|b| !matches!(b, Block::Heading { .. })).flat_map(Block::lines);
        Snippet::plain(&lines.next().unwrap_or_default())
    };
    let place = |(a, at): (&Article, u32)| {
        order::key(f32::from(rank(a)), 0) + (u64::from(a.section as u8) << 24) + u64::from(at)
    };
    let mut keys: Vec<u64> = articles.iter().zip(0..1 << 24).map(place).collect();
    order::sort(&mut keys);
    let hit = |key: &u64| {
        let index = (order::number(*key) & ((1 << 24) - 1)) as usize;
        let article = articles.get(index)?;
        Some(Hit { index, score: order::value(*key), title_marks: Vec::new(), snippet: opening(article) })
    };
    keys.iter().filter_map(hit).collect()
}
