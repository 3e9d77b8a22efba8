//! What readers make of the articles, for the search: counters in, the popularity of each article out, by itself.
//!
//! A page counts openings, votes and letters after an article (`/v1/stats`). Whoever presses a button a thousand times must
//! raise nothing, so of one network only the first few a day are heard, [`MOST`] of an article and kind. Every hour the counts
//! of sixteen weeks become numbers from 1 to 100 (`podskazka::faq::popular`, where the formula stands), in steps of ten:
//! a finer one would change what pages keep for nothing. `/v1/faq` gives them along with the name of the article file.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, RwLock};

use podskazka::faq::{Counts, aged, popular};
use podskazka::wire::stats::{HEARD, HELP, StatKind, StatRow, Stats};

use crate::app::App;
use crate::clock;
use crate::peer::Network;

/// Times that a network is heard of one article and kind on one day. At 0 nobody is; at 1,000 one reader is a crowd. An
/// office behind one address is heard less than it reads, which costs its articles a step at most.
const MOST: u32 = 3;
/// Networks, articles and kinds that are remembered for a day, 16 bytes each; further ones are not heard.
const REMEMBERED: usize = 200_000;
/// Steps of the popularity.
const STEP: u8 = 10;
/// Articles that pages are told of.
const TOLD: usize = 200;

const DAY: i64 = 86_400;

/// Who was heard today, and what came of it.
pub struct Heard {
    seed: u64,
    /// The day, and how often each network was heard of each article and kind. Marks, no addresses.
    today: Mutex<(i64, HashMap<u64, u32>)>,
    popular: RwLock<BTreeMap<String, u8>>,
}

impl Heard {
    /// The seed makes marks that nobody else can make.
    pub fn new(seed: u64) -> Heard {
        Heard { seed, today: Mutex::default(), popular: RwLock::default() }
    }

    /// What of a page's counts is heard; `now` in seconds.
    pub fn admit(&self, network: Network, stats: &Stats, now: i64) -> Option<Stats> {
        if stats.form != HELP {
            return None;
        }
        let mut today = self.today.lock().ok()?;
        let day = now.div_euclid(DAY);
        if today.0 != day {
            *today = (day, HashMap::new());
        }
        let mut rows = Vec::new();
        for row in stats.rows.iter().filter(|row| row.code.starts_with("article.") && tells(row.kind)) {
            let mut hasher = DefaultHasher::new();
            (self.seed, network, &row.code, row.kind).hash(&mut hasher);
            let (mark, full) = (hasher.finish(), today.1.len() >= REMEMBERED);
            if full && !today.1.contains_key(&mark) {
                continue;
            }
            let before = today.1.entry(mark).or_default();
            let count = row.count.min(MOST - *before);
            if count > 0 {
                *before += count;
                rows.push(StatRow { field: String::new(), count, ..row.clone() });
            }
        }
        (!rows.is_empty()).then(|| Stats { form: HEARD.to_owned(), rows })
    }

    /// Popularity of these articles, where it is more than nothing.
    pub fn popular(&self, articles: &[String]) -> BTreeMap<String, u8> {
        let Ok(popular) = self.popular.read() else { return BTreeMap::new() };
        let of = |id: &String| Some((id.clone(), *popular.get(id)?));
        let mut told: Vec<(String, u8)> = articles.iter().filter_map(of).collect();
        told.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        told.truncate(TOLD);
        told.into_iter().collect()
    }

    fn learn(&self, rows: Vec<(String, String, u32, u64)>) {
        let learned = learned(rows);
        if let Ok(mut popular) = self.popular.write()
            && *popular != learned
        {
            tracing::info!(articles = learned.len(), "readers have moved the articles");
            *popular = learned;
        }
    }
}

/// Works out the popularity anew.
pub async fn learn(app: &App) {
    match app.store().heard(clock::now().div_euclid(DAY)).await {
        Ok(rows) => app.heard().learn(rows),
        Err(error) => tracing::error!(%error, "the popularity of articles stays as it was; the next hour tries again"),
    }
}

fn tells(kind: StatKind) -> bool {
    matches!(kind, StatKind::Opened | StatKind::Helped | StatKind::NotHelped | StatKind::Ticket)
}

fn learned(rows: Vec<(String, String, u32, u64)>) -> BTreeMap<String, u8> {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for (article, kind, weeks, count) in rows {
        let of = counts.entry(article).or_default();
        let slot = match kind.as_str() {
            "opened" => &mut of.opened,
            "helped" => &mut of.helped,
            "not_helped" => &mut of.not_helped,
            _ => &mut of.tickets,
        };
        *slot += aged(count, weeks);
    }
    let all: Vec<Counts> = counts.values().copied().collect();
    let steps = popular(&all).into_iter().map(|it| it / STEP * STEP);
    counts.into_keys().zip(steps).filter(|it| it.1 > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stats(form: &str, rows: &[(StatKind, &str, u32)]) -> Stats {
        let row = |(kind, code, count): &(StatKind, &str, u32)| StatRow {
            kind: *kind,
            field: String::new(),
            code: (*code).to_owned(),
            count: *count,
        };
        Stats { form: form.to_owned(), rows: rows.iter().map(row).collect() }
    }

    fn sum(admitted: Option<Stats>) -> u32 {
        admitted.map_or(0, |it| it.rows.iter().map(|row| row.count).sum())
    }

    #[test]
    fn one_network_is_heard_a_few_times_a_day() {
        let heard = Heard::new(1);
        let many = stats("faq", &[(StatKind::Opened, "article.a", 1_000), (StatKind::Helped, "article.a", 1)]);
        let (here, there) = ([1; 8], [2; 8]);
        assert_eq!(sum(heard.admit(here, &many, 0)), 4);
        assert_eq!(sum(heard.admit(here, &many, 0)), 1, "its openings are used up");
        assert_eq!(sum(heard.admit(there, &many, 0)), 4, "another network has its own");
        assert_eq!(sum(heard.admit(here, &many, DAY)), 4, "the next day too");
    }

    #[test]
    fn forms_and_questions_are_not_about_articles() {
        let heard = Heard::new(1);
        assert_eq!(heard.admit([1; 8], &stats("demo", &[(StatKind::Opened, "article.a", 1)]), 0), None);
        assert_eq!(heard.admit([1; 8], &stats("faq", &[(StatKind::Shown, "question.nothing", 1)]), 0), None);
    }

    #[test]
    fn popularity_comes_in_steps_and_fades() {
        let row = |article: &str, weeks: u32, count: u64| (article.to_owned(), "opened".to_owned(), weeks, count);
        let all = learned(vec![row("a", 0, 1_000), row("b", 0, 30), row("c", 0, 19), row("d", 16, 300)]);
        assert_eq!(all.get("a"), Some(&100));
        assert!(all.get("b").is_some_and(|it| it % STEP == 0), "{all:?}");
        assert_eq!([all.get("c"), all.get("d")], [None, None], "too few, and too long ago");
        assert_eq!(learned(Vec::new()), BTreeMap::new());
    }
}
