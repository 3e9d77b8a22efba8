//! How much an article is read and how often it helps, from the counters of a site: nobody's question is among them.

/// What was counted of one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// It was opened.
    pub opened: u64,
    pub helped: u64,
    pub not_helped: u64,
    /// A letter to the support was sent after it.
    pub tickets: u64,
}

/// Openings from which a count tells something; fewer are one person's evening.
const LEAST: u64 = 5;

impl Counts {
    /// Openings, times the share of readers whom it helped; who says nothing counts as neither, and one vote of each kind
    /// is put to those that were given.
    fn weight(self) -> f64 {
        if self.opened < LEAST {
            return 0.0;
        }
        let votes = self.helped + self.not_helped + self.tickets + 2;
        self.opened as f64 * (self.helped + 1) as f64 / votes as f64
    }
}

/// [`super::Article::popular`] of each: 100 for the first, by logarithm, so that ten times the readers are one step more.
pub fn popular(all: &[Counts]) -> Vec<u8> {
    let most = all.iter().map(|it| it.weight()).fold(0.0, f64::max);
    all.iter().map(|it| (100.0 * it.weight().ln_1p() / most.ln_1p().max(f64::MIN_POSITIVE)) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(opened: u64, helped: u64, not_helped: u64, tickets: u64) -> Counts {
        Counts { opened, helped, not_helped, tickets }
    }

    #[test]
    fn what_is_read_and_helps_is_popular() {
        let all = popular(&[
            of(1_000, 200, 10, 0),
            of(1_000, 20, 200, 100),
            of(40, 10, 0, 0),
            of(4, 4, 0, 0),
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
}
