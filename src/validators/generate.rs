//! Artificial numbers for tests and demonstrations.

use super::flaw::{Name, Outcome};
use super::{Kind, look};
use crate::verdict::{Context, Day};

/// Tries before the kind is given up: check digits of two places fit one body in a hundred.
const TRIES: usize = 20_000;

/// An artificial complete value of a kind made of digits and letters, from the caller's random numbers; `None` for texts.
///
/// It is shaped like a real one and its check digits hold, so it may by chance belong to somebody: use it in tests only.
pub fn generate(kind: Kind, random: &mut dyn FnMut() -> u32) -> Option<String> {
    let number = kind.spec().number()?;
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    // A lone digit is a lawful УИН, but no example of one.
    let forms: Vec<_> = number.forms().filter(|form| form.slots() > 1).collect();
    for _ in 0..TRIES {
        let form = forms.get(random() as usize % forms.len().max(1))?;
        let text: String = form
            .0
            .chars()
            .map(|class| match class {
                '9' => pick(random, "0123456789"),
                'L' => pick(random, "АВЕКМНОРСТУХ"),
                'C' => pick(random, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
                'A' => pick(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                'X' => pick(random, "0123456789"),
                'V' => pick(random, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"),
                other => other,
            })
            .collect();
        if let Outcome::Complete(None | Some(Name::Unchecked)) = look(kind, &text, &ctx) {
            return Some(text);
        }
    }
    None
}

fn pick(random: &mut dyn FnMut() -> u32, alphabet: &str) -> char {
    alphabet.chars().nth(random() as usize % alphabet.chars().count().max(1)).unwrap_or('0')
}
