//! Сумма: an amount of money in roubles.
//!
//! Digits in groups or not, kopecks after a comma or a dot; `₽`, «руб.» and «р.» may follow, kopecks may have their word.
//! Canonical is `1234.56`. A lone separator before three digits can be read two ways, so it is asked about.
//!
//! # Sources
//! ГОСТ Р 7.0.97-2016 for the spelling; a form's schema may set limits.

use super::engine::{Mended, Own, Rule, Spec};
use super::flaw::{Expected, FINE, Flaw, Name, Outcome, flaw, flaw_char};
use crate::text::{after, is_blank, is_dash, join, next_word, place, push, string, trim_start, without};
use crate::verdict::{Context, Value};

identifier!(
    /// An amount; canonical with a dot and two decimals.
    Money, Money, main
);

pub(super) static SPEC: Spec = Spec { name: "money", labels: "сумма", rule: Rule::Own(Own { look, value, mend }) };

const WORDS: &str = "рублей рубля рубль руб р ₽ rub";
const KOPECKS: &str = "копеек копейки копейка коп к";
/// More digits of roubles than any budget has.
const LONGEST: usize = 15;

/// Digits before and after the decimal separator.
pub(super) struct Amount {
    pub whole: Vec<char>,
    pub decimals: Vec<char>,
}

/// Read an amount with at most `most` decimals, one of `words` may follow.
pub(super) fn read(chars: &[char], most: usize, words: &str) -> Result<Amount, Outcome> {
    let bad = |name, at: usize| Err(flaw_char(name, at, Expected::Amount));
    let mut whole = Vec::new();
    // Digits since the last separator, that separator and its place, and how many there are of each.
    let (mut group, mut last, mut commas, mut dots) = (0, None, 0, 0);
    let mut tail = None;
    for (at, c) in chars.iter().enumerate() {
        match *c {
            '0'..='9' => {
                whole.push(*c);
                group += 1;
            }
            ',' | '.' if group == 0 => return bad(Name::Chars, at),
            ',' | '.' => {
                commas += u32::from(*c == ',');
                dots += u32::from(*c == '.');
                last = Some((*c, at));
                group = 0;
            }
            '\'' | '’' if group > 0 => {}
            c if is_blank(c) => {}
            c if is_dash(c) && whole.is_empty() => return bad(Name::Negative, at),
            _ => {
                tail = Some(at);
                break;
            }
        }
    }
    if whole.is_empty() {
        return tail.map_or(Err(Outcome::Partial(1)), |at| bad(Name::Chars, at));
    }
    let kopecks = match tail {
        Some(at) => match unit(chars.get(at..).unwrap_or_default(), words) {
            Some(kopecks) => kopecks,
            None => return bad(Name::Chars, at),
        },
        None => Vec::new(),
    };
    let mut decimals = Vec::new();
    if let Some((sign, at)) = last {
        // One comma or dot; or dots for thousands and a comma for kopecks.
        if (if sign == ',' { commas } else { dots }) == 1 {
            match group {
                n if n <= most => decimals = whole.split_off(whole.len() - group),
                3 => return bad(Name::Ambiguous, at),
                _ => return bad(Name::Decimals, at),
            }
        }
        if !kopecks.is_empty() && !decimals.is_empty() {
            return bad(Name::Decimals, at);
        }
    }
    decimals.extend_from_slice(&kopecks);
    let digits = trim_start(&whole, |c| c == '0');
    match digits.len() {
        0 => whole.truncate(1),
        n if n > LONGEST => return Err(flaw(Name::Long)),
        _ => whole = digits.to_vec(),
    }
    Ok(Amount { whole, decimals })
}

/// Two digits of kopecks behind the unit that follows the number, or none. `None`: something else stands there.
fn unit(tail: &[char], words: &str) -> Option<Vec<char>> {
    let text = without(tail, |c| c == '.' || is_blank(c));
    let mut rest = next_after(&text, words)?;
    let mut kopecks = Vec::new();
    while let [c @ '0'..='9', more @ ..] = rest {
        kopecks.push(*c);
        rest = more;
    }
    match kopecks.len() {
        0 if rest.is_empty() => return Some(kopecks),
        1 => kopecks.insert(0, '0'),
        2 => {}
        _ => return None,
    }
    (rest.is_empty() || place(KOPECKS, rest, true).is_some()).then_some(kopecks)
}

/// What follows the first of the words that stands at the start.
fn next_after<'a>(text: &'a [char], mut words: &str) -> Option<&'a [char]> {
    while let Some(word) = next_word(&mut words) {
        if let Some(rest) = after(text, word) {
            return Some(rest);
        }
    }
    None
}

fn look(chars: &[char], _: &Context) -> Outcome {
    match read(chars, 2, WORDS) {
        Err(outcome) => outcome,
        Ok(_) => FINE,
    }
}

fn value(chars: &[char], _: &Context) -> Value {
    let Ok(Amount { whole, mut decimals }) = read(chars, 2, WORDS) else { return Value::same(string(chars)) };
    decimals.resize(2, '0');
    let two = string(&decimals);
    let mut groups = String::new();
    for (at, digit) in whole.iter().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            groups.push('\u{a0}');
        }
        push(&mut groups, *digit);
    }
    Value::new(join(&[&string(&whole), ".", &two]), join(&[&groups, ",", &two]))
}

/// Both readings of a lone separator before three digits are not kopecks: it groups thousands.
fn mend(chars: &[char], ctx: &Context, flaw: &Flaw) -> Mended {
    let digits = without(chars, |c| matches!(c, ',' | '.'));
    (flaw.name == Name::Ambiguous && look(&digits, ctx) == FINE).then_some(("thousands", digits))
}
