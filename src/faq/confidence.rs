//! How sure the search is: the chance that an article answers, from how much of the question the best one has and how far
//! it stands before the others.
//!
//! Fitted on the tuning half of real questions to three help pages, clean and with slips, three of ten of them asked where
//! no article answers, and counted on the other half: from 70 up one of the first three was right in 82–92 of 100, from 40
//! to 70 in 43–71, under 40 in 26. `podskazka faq eval` prints the shares for other data.

use super::rank::Ranked;

/// Under this the panel offers to write to the support, with the question carried over, before the list: three of four
/// such lists hold no answer. At 0 nobody is ever helped out of a bad list; at 100 the articles are hidden behind the form.
pub const DOUBT: u8 = 40;

/// From this on the first article alone is the answer (right in 88 of 100), and the panel may show it at once.
const SURE: u8 = 80;

/// Chance in percent, and whether the first article alone is the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Confidence {
    pub percent: u8,
    pub sure: bool,
}

pub(super) fn confidence(ranked: &[Ranked]) -> Confidence {
    let Some(best) = ranked.first() else { return Confidence::default() };
    let behind = |place: usize| 1.0 - ranked.get(place).map_or(0.0, |r| r.score / best.score);
    let (second, fourth) = (behind(1), behind(3));
    let three = chance(-2.05 + 4.43 * best.cover + 1.75 * fourth);
    let first = chance(-3.07 + 3.18 * best.cover + 1.59 * second + 2.46 * fourth);
    Confidence { percent: three, sure: first >= SURE }
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
    fn check(list: &[(f32, f32)], expected: Confidence) {
        let ranked = |(doc, (score, cover)): (u16, &(f32, f32))| Ranked { doc, score: *score, cover: *cover };
        assert_eq!(confidence(&(0..).zip(list).map(ranked).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn grows_with_the_share_of_the_question_and_the_distance() {
        check(&[], Confidence { percent: 0, sure: false });
        check(&[(1.0, 1.0)], Confidence { percent: 97, sure: true });
        check(&[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)], Confidence { percent: 91, sure: false });
        check(&[(1.0, 0.1), (0.9, 0.1), (0.9, 0.1), (0.8, 0.1)], Confidence { percent: 22, sure: false });
    }

    #[test]
    fn a_chance_is_the_logistic_curve() {
        for (logit, percent) in [(-9.0, 3), (-3.5, 3), (-1.0, 27), (0.0, 50), (0.25, 56), (2.0, 88), (9.0, 97)] {
            assert_eq!(chance(logit), percent, "{logit}");
        }
    }
}
