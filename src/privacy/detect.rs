//! Personal data in free text, addresses of pages and messages: where it stands, and the text with shapes in its place.
//!
//! Numbers are known by their check digits, their groups or the word before them; names by a patronymic, a first name or
//! initials; addresses by the word for a street. To hide too much is a nuisance, to hide too little a leak: a number that fits
//! by chance is hidden too, and so is a town with the name of a person. Time grows with the length of the text alone.

use super::covered;
use crate::text::{lower, push, symbol};

mod days;
mod latin;
pub mod names;
mod numbers;
mod places;

/// What was found, as half-open places in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// `email phone snils inn ogrnip card account passport birth_date name address query`; `card` stands for a policy as well,
    /// both have Luhn's digit: only [`numbers`] tells them apart, by the word before. `query` is what follows the path of an address of
    /// a page.
    pub kind: &'static str,
    pub start: usize,
    pub end: usize,
}

/// Everything personal in a text, in order, without overlaps.
pub fn find(text: &str) -> Vec<Found> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    places::find(&chars, &mut found);
    numbers::find(&chars, &mut found);
    found.iter_mut().filter(|it| it.kind == "policy").for_each(|it| it.kind = "card");
    names::find(&chars, &mut found);
    names::find_shouted(&chars, &mut found);
    latin::find(&chars, &mut found);
    days::find(&chars, &mut found);
    found.sort_unstable_by_key(|f| (f.start, usize::MAX - f.end));
    let mut end = 0;
    found.retain_mut(|f| {
        // Of two that overlap the rest of the second is hidden as well.
        f.start = f.start.max(end);
        end = end.max(f.end);
        f.start < f.end
    });
    found
}

/// Kinds of numbers that a person is asked about before they leave with his own words: papers and money. A phone, a name or an
/// address is what a letter is made of; ОГРНИП stands in a public register.
pub const NUMBERS: [&str; 6] = ["snils", "inn", "card", "policy", "account", "passport"];

/// Numbers of papers, cards and accounts in a text, in order.
pub fn numbers(text: &str) -> Vec<Found> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    numbers::find(&chars, &mut found);
    // Nines alone are the shape of a number that was hidden before.
    let hidden =
        |it: &Found| chars.iter().take(it.end).skip(it.start).all(|c| !symbol(*c).is_ascii_digit() || *c == '9');
    found.retain(|it| NUMBERS.contains(&it.kind) && !hidden(it));
    found
}

/// The text with the shape of each find in its place, a character for a character.
pub fn scrub(text: &str) -> String {
    hide(text, find(text))
}

/// The text with the shape of each number of [`NUMBERS`] in its place; all else stays to be read.
pub fn scrub_numbers(text: &str) -> String {
    hide(text, numbers(text))
}

/// What stands for a find once it is hidden, a character for a character.
pub fn shape(text: &str, found: &Found) -> String {
    let mut out = String::new();
    text.chars().take(found.end).skip(found.start).for_each(|c| push(&mut out, covered(c)));
    out
}

fn hide(text: &str, found: Vec<Found>) -> String {
    let mut found = found.into_iter().peekable();
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        while found.next_if(|f| f.end <= at).is_some() {}
        if found.peek().is_some_and(|f| f.start <= at) {
            push(&mut out, covered(c));
        } else {
            push(&mut out, c);
        }
    }
    out
}

/// The word `list` has one of the stems that stand in it between blanks, and one of the endings.
fn has_form(word: &[char], stems: &str, endings: &str) -> bool {
    stems.split(' ').any(|stem| {
        let long = stem.chars().count();
        let (Some(head), Some(tail)) = (word.get(..long), word.get(long..)) else { return false };
        same(head, stem) && endings.split(' ').any(|end| tail.len() == end.chars().count() && same(tail, end))
    })
}

/// Equal to a text in small letters; `ё` is `е`.
fn same(chars: &[char], small: &str) -> bool {
    let plain = |c: char| if c == 'ё' { 'е' } else { c };
    chars.iter().map(|c| plain(lower(*c))).eq(small.chars().map(plain))
}

/// One of the words, whole or begun, stands among the `reach` characters before a place.
fn after_word(chars: &[char], at: usize, reach: usize, words: &str) -> bool {
    let from = at.saturating_sub(reach);
    let before = chars.get(from..at).unwrap_or_default();
    words.split(' ').any(|word| before.windows(word.chars().count()).any(|it| same(it, word)))
}

#[cfg(test)]
mod tests;
