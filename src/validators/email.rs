//! Адрес электронной почты: e-mail address.
//!
//! One `@`, something before it, a domain with a dot after it. Domains such as .рф are lawful, so is a Cyrillic name before
//! the `@`, though it is usually a slip of the keyboard layout.
//!
//! # Sources
//! RFC 5321, RFC 6531 (addresses beyond ASCII). Stricter rules refuse real mailboxes.
//!
//! # Examples
//! ```
//! use podskazka::{validators::email::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
//! assert!(matches!(check("user@domain.рф", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("anna.example.ru", &ctx), Verdict::Fault(f) if f.code == "email.at"));
//! ```

use super::engine::{Mended, Own, Rule, Spec};
use super::flaw::{Expected, Flaw, Name, Outcome, doubt, flaw, flaw_char, flaw_chars};
use super::name::from_russian_keys;
use crate::text::{
    CYRILLIC_TWINS, LATIN_TWINS, chars, find, has, is_blank, is_cyrillic, is_letter, join, letter, lower, mapped,
    next_between, next_word, place, string, symbol, to_cyrillic, trim, trim_end, trim_start, twin,
};
use crate::verdict::Context;

identifier!(
    /// An address as typed, without blanks around it.
    Email, Email, main
);

pub(super) static SPEC: Spec = Spec {
    name: "email",
    labels: "e-mail mail почта эл электронн адрес mailto",
    rule: Rule::Own(Own { look, value: super::text::value, mend }),
};

/// Domains of most Russian mailboxes.
const KNOWN: &str = "gmail.com mail.ru yandex.ru yandex.com rambler.ru inbox.ru list.ru icloud.com outlook.com hotmail.com \
    yahoo.com internet.ru ya.ru bk.ru";
/// Real domains that look like a slip in one of them.
const REAL: &str = "ymail.com email.ru mail.com";
/// Shorter domains have too many real neighbours.
const SHORTEST: usize = 7;

fn look(chars: &[char], _: &Context) -> Outcome {
    let start = chars.len() - trim_start(chars, is_blank).len();
    let address = trim(chars);
    let end = start + address.len();
    if address.is_empty() {
        return Outcome::Partial(1);
    }
    // Before any other sign: «anna mail.ru» lacks an @, and not a blank less.
    let Some((local, domain)) = halves(address) else { return flaw(Name::At) };
    if let Some(at) = find(address, is_stray) {
        return flaw_char(Name::Chars, start + at, Expected::Nothing);
    }
    let at = start + local.len();
    if has(domain, |c| c == '@') {
        return flaw_chars(Name::At, at, end, Expected::Nothing);
    }
    if local.is_empty() {
        return flaw_char(Name::Local, at, Expected::Nothing);
    }
    if let Some(dot) = lone_dot(local) {
        return flaw_char(Name::Dot, start + dot, Expected::Nothing);
    }
    if !is_domain(domain) {
        return flaw_chars(Name::Domain, at + 1, end, Expected::Nothing);
    }
    if has(local, is_cyrillic) {
        return doubt(true, Name::Cyrillic);
    }
    // The name has no Cyrillic letter, so the domain alone may be mended.
    doubt(is_russian(domain) || slip(domain).is_some(), Name::Slip)
}

/// Never part of an address.
fn is_stray(c: char) -> bool {
    is_blank(c) || matches!(c, '<' | '>' | '«' | '»' | '(' | ')' | '[' | ']' | ',' | ':' | ';' | '"' | '\\')
}

/// What stands beside an address in a list or behind a name.
fn is_around(c: char) -> bool {
    c == '.' || is_stray(c)
}

/// Before and after the first `@`.
fn halves(address: &[char]) -> Option<(&[char], &[char])> {
    let at = find(address, |c| c == '@')?;
    Some((address.get(..at)?, address.get(at + 1..)?))
}

/// A dot that has no character on one of its sides.
fn lone_dot(part: &[char]) -> Option<usize> {
    let mut before = '.';
    for (at, c) in part.iter().enumerate() {
        if *c == '.' && before == '.' {
            return Some(at);
        }
        before = *c;
    }
    (before == '.').then(|| part.len().saturating_sub(1))
}

/// Two parts or more with dots between them, of letters, digits and inner hyphens; the last one is no number.
fn is_domain(domain: &[char]) -> bool {
    let (mut labels, mut last) = (0, false);
    let mut rest = Some(domain);
    while let Some(label) = next_between(&mut rest, |c| c == '.') {
        if matches!(label, ['-', ..] | [.., '-']) || has(label, |c| !is_letter(c) && !c.is_ascii_digit() && c != '-') {
            return false;
        }
        labels += 1;
        last = label.len() > 1 && has(label, is_letter);
    }
    last && labels > 1 && lone_dot(domain).is_none()
}

/// `.ru` in Cyrillic letters, which is no domain.
#[cfg_attr(target_family = "wasm", inline(never))]
fn is_russian(domain: &[char]) -> bool {
    matches!(domain, [.., '.', 'р', 'у'])
}

/// The known domain that this one is a slip of.
fn slip(domain: &[char]) -> Option<&'static str> {
    if place(KNOWN, domain, true).is_some() || place(REAL, domain, true).is_some() {
        return None;
    }
    let mut rest = KNOWN;
    while let Some(known) = next_word(&mut rest) {
        if known.len() >= SHORTEST && one_slip(known.as_bytes(), domain) {
            return Some(known);
        }
    }
    None
}

/// One letter wrong, swapped with its neighbour, missing or too many.
fn one_slip(known: &[u8], typed: &[char]) -> bool {
    let (length, other) = (known.len(), typed.len());
    let same = |k: usize, t: usize| known.get(k).zip(typed.get(t)).is_some_and(|(k, t)| char::from(*k) == lower(*t));
    let (mut head, mut tail) = (0, 0);
    while same(head, head) {
        head += 1;
    }
    while tail < length && tail < other && same(length - tail - 1, other - tail - 1) {
        tail += 1;
    }
    match length.abs_diff(other) {
        0 => {
            let wrong = length.saturating_sub(head + tail);
            wrong == 1 || (wrong == 2 && same(head, head + 1) && same(head + 1, head))
        }
        1 => head + tail >= length.min(other),
        _ => false,
    }
}

/// A likelier address than one that is complete.
pub(super) fn suggestion(text: &str) -> Option<String> {
    mended(trim(&chars(text)))
}

/// The address with Latin letters for Cyrillic ones that are drawn like them, with `.ru` for `.ру`, which is no domain, or with a
/// known domain in place of its slip.
fn mended(address: &[char]) -> Option<String> {
    let (local, domain) = halves(address)?;
    let latin = mapped(local, to_latin);
    // Other Cyrillic letters, or no Latin one, make a Russian word of it.
    let mixed = has(local, |c| c.is_ascii_alphabetic()) && !has(&latin, is_cyrillic);
    let domain = match domain {
        [name @ .., _, _, _] if is_russian(domain) => join(&[&string(name), ".ru"]),
        _ => slip(domain).map_or_else(|| string(domain), str::to_owned),
    };
    let mended = join(&[&string(if mixed { &latin } else { local }), "@", &domain]);
    (mended != string(address)).then_some(mended)
}

/// The small Latin letter that is drawn as this Cyrillic one.
fn to_latin(c: char) -> char {
    let latin = lower(letter(twin(symbol(c), CYRILLIC_TWINS, LATIN_TWINS)));
    if to_cyrillic(latin) == c { latin } else { c }
}

fn mend(chars: &[char], ctx: &Context, _: &Flaw) -> Mended {
    // The whole address in the Russian layout, where the sign @ is a quotation mark.
    let keys = mapped(trim(chars), from_russian_keys);
    if look(&keys, ctx).is_fine() {
        return Some(("layout", keys));
    }
    // Words around the address are left out; letters on both sides of a blank are joined at a sign only.
    let mut mended: Vec<char> = Vec::new();
    for c in chars {
        let c = match *c {
            ',' => '.',
            c if is_blank(c) => ' ',
            c => c,
        };
        let last = mended.last().copied().unwrap_or(' ');
        // A sign takes the place of a blank or a dot before it; there is no second one, and no dot behind the @.
        let sign = matches!(c, '@' | '.');
        if sign && matches!(last, ' ' | '.') {
            mended.pop();
        }
        if !matches!((c, last), (' ', ' ' | '@' | '.') | ('.' | '@', '@')) {
            mended.push(c);
        }
    }
    let (head, domain) = halves(&mended)?;
    let local = head.rsplit(|c| *c == ' ').next()?;
    let start = head.len() - local.len();
    let end = head.len() + 1 + domain.split(|c| *c == ' ').next()?.len();
    // A second address; or a word that may be the first half of this one.
    let half = |c: &char| c.is_ascii_alphanumeric();
    if has(domain, |c| c == '@')
        || (local.first().is_some_and(half)
            && head.get(..start).and_then(<[char]>::last_chunk).is_some_and(|[c, _]| half(c)))
    {
        return None;
    }
    // Brackets around it; one inside has more than an address before it.
    let address = trim_end(trim_start(mended.get(start..end)?, is_around), is_around);
    Some(("stray", address.to_vec()))
}
