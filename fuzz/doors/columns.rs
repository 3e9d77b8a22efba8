//! A column of any values as any kind: each outcome is the one that its value has alone. The first byte picks the kind, the rest are
//! values line by line.

use podskazka::validators::{ALL, Outcome, look, validate_many};
use podskazka::verdict::{Context, Day};

pub fn columns(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let kind = ALL[usize::from(*first) % ALL.len()];
    for bik in [None, Some("044525225")] {
        let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik };
        let column: Vec<Outcome> = validate_many(kind, text.split('\n'), &ctx).collect();
        let alone: Vec<Outcome> = text.split('\n').map(|value| look(kind, value, &ctx)).collect();
        assert_eq!(column, alone, "{}", kind.name());
    }
}
