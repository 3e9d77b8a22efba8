//! Сумма: an amount of money in roubles.
//!
//! Digits in groups or not, kopecks after a comma or a dot; `₽`, «руб.» and «р.» may follow, kopecks may have their word.
//! Canonical is `1234.56`. A lone separator before three digits can be read two ways, so it is asked about.
//!
//! # Sources
//! ГОСТ Р 7.0.97-2016 for the spelling; a form's schema may set limits.

use super::engine::{Flaw, Outcome, Own, Place, Rule, Spec};
use crate::text::{is_blank, is_dash, lower};
use crate::verdict::{Context, Value};

identifier!(
    /// An amount; canonical with a dot and two decimals.
    Money, Money, main
);

pub(super) static SPEC: Spec =
    Spec { name: "money", labels: &["сумма"], rule: Rule::Own(Own { look, value, fixes }) };

const WORDS: &[&str] = &["рублей", "рубля", "рубль", "руб", "р", "₽", "rub"];
const KOPECKS: &[&str] = &["копеек", "копейки", "копейка", "коп", "к"];
/// More digits of roubles than any budget has.
const LONGEST: usize = 15;

/// Digits before and after the decimal separator.
pub(super) struct Amount {
    pub whole: String,
    pub decimals: String,
}

/// Read an amount with at most `most` decimals, one of `words` may follow.
pub(super) fn read(text: &str, most: usize, words: &[&str]) -> Result<Amount, Outcome> {
    let flaw = |name, at: usize| Outcome::Fault(Flaw { name, place: Place::Chars(at, at + 1), expected: "0-9 ," });
    let chars: Vec<char> = text.chars().map(lower).collect();
    let mut groups: Vec<(String, char, usize)> = Vec::new();
    let mut current = String::new();
    let mut tail = None;
    for (at, c) in chars.iter().copied().enumerate() {
        match c {
            '0'..='9' => current.push(c),
            ',' | '.' if current.is_empty() => return Err(flaw("chars", at)),
            ',' | '.' => groups.push((std::mem::take(&mut current), c, at)),
            '\'' | '’' if !current.is_empty() => {}
            _ if is_blank(c) => {}
            _ if is_dash(c) && current.is_empty() && groups.is_empty() => return Err(flaw("negative", at)),
            _ => {
                tail = Some(at);
                break;
            }
        }
    }
    if current.is_empty() && groups.is_empty() {
        return Err(tail.map_or(Outcome::Partial(1), |at| flaw("chars", at)));
    }
    let kopecks = match tail {
        None => None,
        Some(at) => unit(chars.get(at..).unwrap_or_default(), words).ok_or_else(|| flaw("chars", at))?,
    };
    let last = groups.last().map(|(_, sign, at)| (*sign, *at));
    let mut whole: String = groups.iter().map(|(digits, _, _)| digits.as_str()).collect();
    let mut decimals = String::new();
    let signs = groups.iter().filter(|(_, sign, _)| Some(*sign) == last.map(|l| l.0)).count();
    match last {
        // One comma or dot; or dots for thousands and a comma for kopecks.
        Some((_, at)) if signs == 1 => match current.len() {
            n if n <= most => decimals = current,
            3 => return Err(flaw("ambiguous", at)),
            _ => return Err(flaw("decimals", at)),
        },
        _ => whole.push_str(&current),
    }
    if let Some(kopecks) = kopecks {
        if !decimals.is_empty() {
            return Err(flaw("decimals", last.map_or(0, |l| l.1)));
        }
        decimals = kopecks;
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > LONGEST {
        return Err(Outcome::Fault(Flaw::whole("long")));
    }
    Ok(Amount { whole: if whole.is_empty() { "0".to_owned() } else { whole.to_owned() }, decimals })
}

/// The unit after the number, and kopecks after it. `None`: something else stands there.
fn unit(tail: &[char], words: &[&str]) -> Option<Option<String>> {
    let text: String = tail.iter().filter(|c| !is_blank(**c) && **c != '.').collect();
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
    if rest.is_empty() {
        return Some(None);
    }
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let word = rest.get(digits.len()..)?;
    let two = match digits.len() {
        1 => ["0", &digits].concat(),
        2 => digits,
        _ => return None,
    };
    (word.is_empty() || KOPECKS.contains(&word)).then_some(Some(two))
}

fn look(text: &str, _: &Context) -> Outcome {
    match read(text, 2, WORDS) {
        Err(outcome) => outcome,
        Ok(_) => Outcome::Complete(None),
    }
}

fn value(text: &str, _: &Context) -> Value {
    let Ok(Amount { whole, decimals }) = read(text, 2, WORDS) else { return Value::same(text) };
    let two: String = decimals.chars().chain("00".chars()).take(2).collect();
    let mut groups = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            groups.push('\u{a0}');
        }
        groups.push(digit);
    }
    Value::new([&whole, ".", &two].concat(), [&groups, ",", &two].concat())
}

/// Both readings of a lone separator before three digits are not kopecks: it groups thousands.
fn fixes(text: &str, ctx: &Context, flaw: &Flaw) -> Vec<(&'static str, String)> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    let whole = flaw.name == "ambiguous" && look(&digits, ctx) == Outcome::Complete(None);
    whole.then(|| ("thousands", value(&digits, ctx).display)).into_iter().collect()
}
