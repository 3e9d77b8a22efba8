//! Сумма: an amount of money in roubles.
//!
//! Digits in groups or not, kopecks after a comma or a dot; `₽`, «руб.» and «р.» may follow, kopecks may have their word.
//! Canonical is `1234.56`. A lone separator before three digits can be read two ways, and so can a blank before other than three:
//! they are asked about.
//!
//! # Sources
//! ГОСТ Р 7.0.97-2016 for the spelling; a form's schema may set limits.

use super::engine::{Mended, Own, Rule, Spec};
use super::flaw::{Expected, FINE, Flaw, Name, Outcome, flaw, flaw_char};
use crate::text::{
    is_blank, is_dash, is_gap, is_label, is_letter, place, push, push_number, string, trim_end, trim_start, without,
    word,
};
use crate::verdict::{Context, Value};

identifier!(
    /// An amount; canonical with a dot and two decimals.
    Money, Money, main
);

pub(super) static SPEC: Spec =
    Spec {
        name: "money", labels: "сумма итог всего мес без ндс", rule: Rule::Own(Own { look, value, mend })
    };

const WORDS: &str = "рублей рубля рубль руб р ₽ rub";
/// Stems of the words for thousands, millions and thousand millions.
const SCALES: [&str; 3] = ["т тыс тысяч", "млн миллион", "млрд миллиард"];
/// Stems of the word for kopecks.
const KOPECKS: &str = "копе коп к";
/// More roubles than any budget has.
const TOO_MUCH: u64 = 1_000_000_000_000_000;

/// A number with decimals.
#[derive(Clone, Copy)]
pub(super) struct Amount {
    pub whole: u64,
    /// The digits behind the separator as a number, and how many they are.
    pub decimals: u64,
    pub places: u32,
}

/// Read an amount with at most `most` decimals, one of `words` may follow.
pub(super) fn read(chars: &[char], most: u32, words: &str) -> Result<Amount, Outcome> {
    let bad = |name, at: usize| Err(flaw_char(name, at, Expected::Amount));
    // All digits as a number; digits since the last separator, that separator and its place, how many there are of each.
    let (mut all, mut any, mut group, mut last, mut commas, mut dots) = (0_u64, false, 0, None, 0, 0);
    // Signs for thousands stand before three digits each.
    let mut thousands = true;
    let mut tail: &[char] = &[];
    let mut blank = false;
    for (at, c) in chars.iter().enumerate() {
        let rest = chars.get(at..).unwrap_or_default();
        let apart = std::mem::replace(&mut blank, is_blank(*c));
        match *c {
            // A blank groups thousands, or parts two amounts.
            '0'..='9' if apart && group > 0 && rest.len() - trim_start(rest, |c| c.is_ascii_digit()).len() != 3 => {
                return Err(flaw_char(if most == 2 { Name::Ambiguous } else { Name::Chars }, at, Expected::Digit));
            }
            '0'..='9' => {
                all = joined(all, 10, u64::from(*c as u8 - b'0'));
                any = true;
                group += 1;
            }
            ',' | '.' if group == 0 && any => return bad(Name::Chars, at),
            ',' | '.' => {
                thousands &= last.is_none() || group == 3;
                commas += u32::from(*c == ',');
                dots += u32::from(*c == '.');
                last = Some((*c, at));
                group = 0;
            }
            '\'' | '’' if group > 0 => {}
            c if blank || (c == '₽' && !any) => {}
            c if is_dash(c) && !any => return bad(Name::Negative, at),
            _ => {
                tail = rest;
                break;
            }
        }
    }
    let end = chars.len() - tail.len();
    if let Some((sign, at)) = last {
        let lone = (if sign == ',' { commas } else { dots }) == 1;
        // The decimals are still to come.
        if group == 0 && tail.is_empty() && trim_end(chars, is_blank).len() == at + 1 {
            return Err(Outcome::Partial(1));
        }
        if group == 0 || !thousands || !(lone || group == 3) {
            return bad(Name::Chars, at);
        }
    }
    if !any {
        return if tail.is_empty() { Err(Outcome::Partial(1)) } else { bad(Name::Chars, end) };
    }
    let (scaled, tail) = if words == WORDS { scaled(all, tail) } else { (all, tail) };
    let Some(kopecks) = unit(tail, words) else { return bad(Name::Chars, end) };
    let mut amount = Amount { whole: scaled, ..kopecks };
    if let Some((sign, at)) = last {
        // One comma or dot; or dots for thousands and a comma for kopecks.
        if (if sign == ',' { commas } else { dots }) == 1 {
            match group {
                n if n <= most => {}
                // A zero before it, or more than three digits: it groups no thousands.
                3 if (1000..1_000_000).contains(&all) => return bad(Name::Ambiguous, at),
                _ => return bad(Name::Decimals, at),
            }
            if group > 0 {
                if kopecks.places > 0 {
                    return bad(Name::Decimals, at);
                }
                let one = 10_u64.pow(group);
                // Thousands leave no kopecks: one decimal of them is a hundred roubles.
                let places = if scaled == all { group } else { 0 };
                amount = Amount { whole: scaled / one, decimals: scaled % one, places };
            }
        }
    }
    if amount.whole >= TOO_MUCH { Err(flaw(Name::Long)) } else { Ok(amount) }
}

/// The number in thousands or millions where their word follows; and what follows that.
fn scaled(mut all: u64, tail: &[char]) -> (u64, &[char]) {
    let word = word(tail);
    let before = all;
    for stems in &SCALES {
        all = joined(all, 1000, 0);
        if is_label(stems, word, false) {
            return (all, trim_start(tail.get(word.len()..).unwrap_or_default(), is_gap));
        }
    }
    (before, tail)
}

/// The number with another part behind it; one that is too much stays so. (Saturating arithmetic costs code on a page.)
#[cfg_attr(target_family = "wasm", inline(never))]
fn joined(number: u64, times: u64, part: u64) -> u64 {
    if number < TOO_MUCH * 10 { number * times + part } else { u64::MAX }
}

/// Kopecks behind the unit that follows the number, as decimals. `None`: something else stands there.
fn unit(tail: &[char], words: &str) -> Option<Amount> {
    let mut amount = Amount { whole: 0, decimals: 0, places: 0 };
    let text = trim_start(tail, is_gap);
    if text.is_empty() {
        return tail.is_empty().then_some(amount);
    }
    // Payment orders part kopecks by a dash, and end a whole sum by a sign.
    if let [sign, rest @ ..] = text
        && (*sign == '=' || is_dash(*sign))
        && matches!(trim_end(trim_start(rest, is_gap), is_gap), [] | ['0', '0'])
    {
        return Some(amount);
    }
    // A word, or a sign that stands for one.
    let (word, rest) = text.split_at_checked((text.len() - trim_start(text, is_letter).len()).max(1))?;
    place(words, word, true)?;
    let mut rest = trim_start(rest, is_gap);
    if rest.is_empty() {
        return Some(amount);
    }
    while let [c @ '0'..='9', more @ ..] = rest {
        amount.places += 1;
        amount.decimals = amount.decimals.wrapping_mul(10).wrapping_add(u64::from(*c as u8 - b'0'));
        rest = trim_start(more, is_gap);
    }
    let whole = matches!(amount.places, 1 | 2) && (rest.is_empty() || is_label(KOPECKS, trim_end(rest, is_gap), false));
    amount.places = 2;
    whole.then_some(amount)
}

fn look(chars: &[char], _: &Context) -> Outcome {
    match read(chars, 2, WORDS) {
        Err(outcome) => outcome,
        Ok(_) => FINE,
    }
}

fn value(chars: &[char], _: &Context) -> Value {
    let Ok(Amount { whole, decimals, places }) = read(chars, 2, WORDS) else { return Value::same(string(chars)) };
    let kopecks = if places == 1 { 10 * decimals } else { decimals };
    let (mut canonical, mut display) = (String::new(), String::new());
    push_number(&mut canonical, whole, 0);
    push(&mut canonical, '.');
    push_number(&mut canonical, kopecks, 2);
    push_groups(&mut display, whole);
    push(&mut display, ',');
    push_number(&mut display, kopecks, 2);
    Value::new(canonical, display)
}

/// Add a number in groups of three digits.
fn push_groups(out: &mut String, number: u64) {
    if number < 1000 {
        return push_number(out, number, 0);
    }
    push_groups(out, number / 1000);
    push(out, '\u{a0}');
    push_number(out, number % 1000, 3);
}

/// Both readings of a lone separator before three digits are not kopecks: it groups thousands. An amount in words in brackets is left
/// out; one in digits is another amount.
fn mend(chars: &[char], _: &Context, flaw: &Flaw) -> Mended {
    // Behind a blank nobody knows what was meant.
    if flaw.name == Name::Ambiguous && flaw.expected == Expected::Amount {
        return Some(("thousands", without(chars, |c| matches!(c, ',' | '.'))));
    }
    let (mut bare, mut inside) = (Vec::new(), false);
    for (at, c) in chars.iter().enumerate() {
        inside |= *c == '(' && !chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if !inside {
            bare.push(*c);
        }
        inside &= *c != ')';
    }
    (bare.len() < chars.len()).then_some(("stray", bare))
}
