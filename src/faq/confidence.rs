//! How sure the search is: the chance that an article answers, from how far the best one stands before the others and how
//! much of the question it has, and never more than what it has of the question's rare words.
//!
//! Rareness alone would not do: of «купить слона» nothing stands in the articles, and some article is always far before
//! the others. So a word that no article has weighs as the rarest one, and what the best article lacks of it is lacked.
//!
//! The chance was fitted on the tuning half of real questions to three help pages, clean and with slips, three of ten of them
//! asked where no article answers. On the other half, where each question has its article, the search is sure of 8 of 100
//! questions and right in 98 of 100 of these; it doubts 21, and of these 60 of 100 have the article among the first three.
//! `podskazka faq eval --half report` prints the shares.

use super::index::{Field, Index, NONE};
use super::letters::DIGITS;
use super::math::idf;
use super::query::{Concept, Question};
use super::rank::Ranked;

/// Under this the panel offers to write to the support, with the question carried over, before the list: of questions that
/// have an article four of ten such lists lack it, of those that have none all do. At 0 nobody is ever helped out of a bad list; at 100 the articles are hidden behind the form.
pub const DOUBT: u8 = 40;

/// From this on the first article alone is the answer (right in 98 of 100), and the panel may show it at once. At
/// 40 what is only likely hides the right one behind it; at 100 the answer never stands alone.
const SURE: u8 = 80;

/// A word that the article has in its text alone, in passing: «такси» of a text about number plates. At 0 texts answer
/// nothing that no title, phrasing or heading says; at 1 «visa to russia» is answered by how a name stands on a card.
const PASSING: f32 = 0.7;

/// So many rare words are a subject: a question that is longer need not be had whole. At 1 one rare word answers for any
/// others; at 10 whoever tells a whole story is doubted.
const SUBJECT: f32 = 2.0;

/// The chance is at most this times the share of the subject that the article has; it puts [`DOUBT`] a little under half.
/// At 0 all is doubted; at 1000 an article that has nothing of the question may be the answer.
const AT_MOST: f32 = 88.0;

/// Letters of a word in which one slip makes another word. At 0 an abbreviation of another office is a slip of ours; at 40
/// every slip is doubted.
const SHORT: usize = 4;

/// How far a slip in such a short word counts as the word that it is near to. At 0 «снли» is a stranger and its list is doubted; at 1
/// «едсн» is as good as «един», and an office that is not ours is answered with an article of ours.
const SHORT_SLIP: f32 = 0.4;

/// Letters of the shortest question that one article can be the answer to: «ип» is still being typed.
const SHORTEST: usize = 3;

/// Chance in percent, and whether the first article alone is the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Confidence {
    pub percent: u8,
    pub sure: bool,
}

/// `ranked`: the first four articles.
pub(super) fn confidence(index: &Index, question: &Question, ranked: &[Ranked]) -> Confidence {
    let Some(best) = ranked.first() else { return Confidence::default() };
    let behind = |place: usize| 1.0 - ranked.get(place).map_or(0.0, |r| r.score / best.score);
    let letters: usize = question.concepts.iter().filter(|c| c.order != NONE).map(|c| c.word.len()).sum();
    judge(&held(index, question, best.doc), behind(1), behind(3), letters)
}

fn judge(held: &Held, second: f32, fourth: f32, letters: usize) -> Confidence {
    let most = (AT_MOST * held.subject) as u8;
    let three = chance(-1.68 + 1.25 * held.all + 3.57 * fourth).min(most);
    let first = chance(-2.91 + 1.31 * held.all + 2.14 * second + 3.59 * fourth).min(most);
    Confidence { percent: three, sure: first >= SURE && letters >= SHORTEST }
}

/// Shares of the question that an article has, by what its words tell.
#[derive(Default)]
struct Held {
    /// Of the whole question.
    all: f32,
    /// Of as much of it as makes a subject.
    subject: f32,
}

/// A word that no article has tells as much as the rarest one; a number alone tells nothing, since it may count anything.
fn held(index: &Index, question: &Question, doc: u16) -> Held {
    let stranger = idf(index.docs as f32, 0.0);
    let asked = || question.concepts.iter().filter(|c| c.order != NONE);
    if asked().all(|c| c.word.iter().all(|b| DIGITS.contains(b))) {
        return Held::default();
    }
    let about = index.units_of(doc).iter().filter(|unit| unit.field != Field::Body);
    let about: Vec<u32> = about.flat_map(|unit| index.words_of(unit)).copied().collect();
    let (mut all, mut here) = (f32::MIN_POSITIVE, 0.0);
    for concept in asked() {
        let told = concept.share * if concept.known { concept.idf } else { stranger };
        let place = |term: u32| match () {
            () if about.contains(&term) => 1.0,
            () if index.postings.get(term).iter().any(|posting| posting.doc == doc) => PASSING,
            () => 0.0,
        };
        let found =
            concept.variants.iter().map(|(term, near)| place(*term) * certain(concept, index.terms.get(*term), *near));
        all += told;
        here += told * found.fold(0.0, f32::max);
    }
    Held { all: here / all, subject: (here / all.min(SUBJECT * stranger)).min(1.0) }
}

/// How certain it is that a word means the near one. A word that the articles know is itself or its synonym; one that
/// they do not know is a slip of the near one or a stranger that looks like it, and the likelier a stranger the less near and
/// the shorter («едсн» is no «един»).
fn certain(concept: &Concept, other: &[u8], near: f32) -> f32 {
    match () {
        () if near < 0.5 => 0.0,
        () if concept.known => near,
        () if concept.word.len() <= SHORT && !other.starts_with(&concept.word) => near * SHORT_SLIP,
        () => sure(near),
    }
}

/// How sure it is that a slip means the word it is so near to: half near is as likely a stranger.
pub(super) fn sure(near: f32) -> f32 {
    2.0 * near - 1.0
}

/// Percent of a logit, between the points of a table with steps of a half: the exponential differs between systems.
fn chance(logit: f32) -> u8 {
    const POINTS: [u8; 15] = [3, 5, 8, 12, 18, 27, 38, 50, 62, 73, 82, 88, 92, 95, 97];
    let at = ((logit + 3.5) * 2.0).clamp(0.0, 14.0);
    let low = at as usize;
    let point = |i: usize| POINTS.get(i).or(POINTS.last()).map_or(0.0, |p| f32::from(*p));
    (point(low) + (point(low + 1) - point(low)) * (at - low as f32) + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(all: f32, subject: f32, behind: [f32; 2], expected: (u8, bool)) {
        let Confidence { percent, sure } = judge(&Held { all, subject }, behind[0], behind[1], 9);
        assert_eq!((percent, sure), expected);
    }

    #[test]
    fn grows_with_the_share_of_the_question_and_the_distance() {
        check(1.0, 1.0, [1.0, 1.0], (88, true));
        check(1.0, 1.0, [0.0, 0.0], (40, false));
        check(0.5, 1.0, [0.5, 0.7], (81, false));
        check(0.1, 0.1, [0.1, 0.2], (8, false));
    }

    #[test]
    fn never_more_than_what_the_article_has_of_the_question() {
        check(0.0, 0.0, [1.0, 1.0], (0, false));
        check(0.4, 0.4, [1.0, 1.0], (35, false));
        check(0.5, 0.5, [1.0, 1.0], (44, false));
        assert!(!judge(&Held { all: 1.0, subject: 1.0 }, 1.0, 1.0, 2).sure, "two letters are still being typed");
    }

    #[test]
    fn a_chance_is_the_logistic_curve() {
        for (logit, percent) in [(-9.0, 3), (-3.5, 3), (-1.0, 27), (0.0, 50), (0.25, 56), (2.0, 88), (9.0, 97)] {
            assert_eq!(chance(logit), percent, "{logit}");
        }
    }
}
