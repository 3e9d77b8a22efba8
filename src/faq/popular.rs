//! How much an article is read and how often it helps, from the counters of a site: nobody's question is among them.
//!
//! Of an article with the counts o, h, n, t (opened, helped, not helped, letters after it) the weight is
//! `o × (h + 1) / (h + n + t + 2)`, and its popularity `100 × ln(1 + weight) / ln(1 + the greatest weight)`. The search raises
//! an article by at most [`super::weights::POPULAR`], 15 %. Without counters nothing is raised.

use super::article::Article;

/// What was counted of one article; old counts are worth less ([`aged`]), so these are fractions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// It was opened.
    pub opened: f64,
    pub helped: f64,
    pub not_helped: f64,
    /// A letter to the support was sent after it.
    pub tickets: f64,
}

/// Openings from which a count tells something. At 0 the first reader decides; at 1,000 a small site learns nothing. A
/// network counts three times a day at most on the server, so alone it needs a week.
const LEAST: f64 = 20.0;

/// Weeks after which a count is worth half. At 0 only this week counts and each Monday is a new beginning; at 1,000 what
/// everybody read in last year's campaign stays first.
const HALF_LIFE: f64 = 4.0;

/// A count that is so many weeks old.
pub fn aged(count: u64, weeks: u32) -> f64 {
    count as f64 * 0.5_f64.powf(f64::from(weeks) / HALF_LIFE)
}

impl Counts {
    /// Openings, times the share of readers whom it helped; who says nothing counts as neither, and one vote of each kind
    /// is put to those that were given.
    fn weight(self) -> f64 {
        if self.opened < LEAST {
            return 0.0;
        }
        let votes = self.helped + self.not_helped + self.tickets + 2.0;
        self.opened * (self.helped + 1.0) / votes
    }
}

/// [`Article::popular`] of each: 100 for the first, by logarithm, so that ten times the readers are one step more.
pub fn popular(all: &[Counts]) -> Vec<u8> {
    let most = all.iter().map(|it| it.weight()).fold(0.0, f64::max);
    all.iter().map(|it| (100.0 * it.weight().ln_1p() / most.ln_1p().max(f64::MIN_POSITIVE)) as u8).collect()
}

/// Puts what is known of each id into the articles, 0 to 100; more counts as 100.
pub fn put_popular(articles: &mut [Article], of: impl Fn(&str) -> u8) {
    for article in articles {
        article.popular = of(&article.id).min(100);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(opened: u32, helped: u32, not_helped: u32, tickets: u32) -> Counts {
        let [opened, helped, not_helped, tickets] = [opened, helped, not_helped, tickets].map(f64::from);
        Counts { opened, helped, not_helped, tickets }
    }

    #[test]
    fn what_is_read_and_helps_is_popular() {
        let all = popular(&[
            of(1_000, 200, 10, 0),
            of(1_000, 20, 200, 100),
            of(40, 10, 0, 0),
            of(19, 19, 0, 0),
            of(0, 0, 0, 0),
        ]);
        assert_eq!(all[0], 100);
        assert!(all[0] > all[1] && all[1] > all[2] && all[2] > 0, "{all:?}");
        assert_eq!(all[3..], [0, 0], "too few to tell");
    }

    #[test]
    fn nothing_counted_is_nothing_popular() {
        assert_eq!(popular(&[Counts::default(), Counts::default()]), [0, 0]);
        assert_eq!(popular(&[]), [0; 0]);
    }

    #[test]
    fn counts_halve_in_four_weeks() {
        assert_eq!([aged(100, 0), aged(100, 4), aged(100, 8)], [100.0, 50.0, 25.0]);
        assert!(aged(u64::MAX, u32::MAX).abs() < 1e-9);
    }

    #[test]
    fn a_popular_article_comes_first_among_equals_and_never_over_its_better() {
        use super::super::{Builder, Hint, LEXICON, parse};
        let article = |id: &str, title: &str| {
            let head = format!("id: {id}\ntitle: {title}\nsection: payment\nasked_as: [вопрос]\nkeywords: []");
            parse(&format!("---\n{head}\nkinds: []\ncodes: []\nlang: ru\nupdated: 2026-11-25\n---\n\nОтвет.\n"))
                .expect("an article")
        };
        let mut all =
            vec![article("a", "Возврат пошлины"), article("b", "Возврат пошлины"), article("c", "Пароль и вход")];
        let first = |all: &[Article], text: &str| {
            let hits = Builder::build(all, LEXICON).search(all, text, &Hint::default()).hits;
            hits.first().and_then(|hit| all.get(hit.index)).map(|it| it.id.clone()).unwrap_or_default()
        };
        assert_eq!(first(&all, "возврат пошлины"), "a");
        put_popular(&mut all, |id| if id == "a" { 0 } else { 200 });
        assert_eq!(all[1].popular, 100);
        assert_eq!([first(&all, "возврат пошлины"), first(&all, "пароль")], ["b", "c"]);
        put_popular(&mut all, |id| if id == "c" { 100 } else { 0 });
        assert_eq!(first(&all, "возврат пошлины"), "a", "what everybody reads answers nobody else");
    }
}
