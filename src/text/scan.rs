//! Reading and building texts a character at a time.
//!
//! Every loop over characters costs a hundred bytes of a page's module where it decodes on its own, so texts are decoded once
//! into slices, and each of these functions is there once: hence `inline(never)`.

use super::{is_blank, is_dash, lower};

/// The characters of a text: kinds with an order of their own read them by place.
#[inline(never)]
pub fn chars(text: &str) -> Vec<char> {
    let mut out = Vec::new();
    text.chars().for_each(|c| out.push(c));
    out
}

/// The text of characters.
#[inline(never)]
pub fn string(chars: &[char]) -> String {
    let mut out = String::new();
    chars.iter().for_each(|c| push(&mut out, *c));
    out
}

/// Add a character. One copy of the encoder serves all.
#[inline(never)]
pub fn push(out: &mut String, c: char) {
    out.push(c);
}

/// Parts one after another.
#[inline(never)]
pub fn join(parts: &[&str]) -> String {
    let mut out = String::new();
    parts.iter().for_each(|part| out.push_str(part));
    out
}

/// Add a number in decimal, with zeros before it up to `width` digits.
pub fn push_number(out: &mut String, n: u64, width: u32) {
    if n > 9 || width > 1 {
        push_number(out, n / 10, width.saturating_sub(1));
    }
    push(out, char::from(b'0' + (n % 10) as u8));
}

/// Before and after the first `sign`, an ASCII character.
#[inline(never)]
pub fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.as_bytes().iter().position(|b| *b == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The place of the first character that `wanted` holds for.
#[inline(never)]
pub fn find(chars: &[char], wanted: fn(char) -> bool) -> Option<usize> {
    chars.iter().position(|c| wanted(*c))
}

/// The parts between the characters that `sign` holds for, empty ones too.
#[inline(never)]
pub fn parts(chars: &[char], sign: fn(char) -> bool) -> Vec<&[char]> {
    let mut out = Vec::new();
    chars.split(|c| sign(*c)).for_each(|part| out.push(part));
    out
}

/// `wanted` holds for some character.
#[inline(never)]
pub fn has(chars: &[char], wanted: fn(char) -> bool) -> bool {
    chars.iter().any(|c| wanted(*c))
}

/// Without the characters at the start that `idle` holds for.
#[inline(never)]
pub fn trim_start(mut chars: &[char], idle: fn(char) -> bool) -> &[char] {
    while let [first, rest @ ..] = chars
        && idle(*first)
    {
        chars = rest;
    }
    chars
}

/// Without the characters at the end that `idle` holds for.
#[inline(never)]
pub fn trim_end(mut chars: &[char], idle: fn(char) -> bool) -> &[char] {
    while let [rest @ .., last] = chars
        && idle(*last)
    {
        chars = rest;
    }
    chars
}

/// Without blanks around.
#[inline(never)]
pub fn trim(chars: &[char]) -> &[char] {
    trim_end(trim_start(chars, is_blank), is_blank)
}

/// Without the characters that `idle` holds for.
#[inline(never)]
pub fn without(chars: &[char], idle: fn(char) -> bool) -> Vec<char> {
    let mut out = Vec::new();
    for c in chars {
        if !idle(*c) {
            out.push(*c);
        }
    }
    out
}

/// Without the empty cells of a mask at the end, such as `112-233-4__ __`.
pub fn without_cells(chars: &[char]) -> &[char] {
    trim_end(chars, is_cell)
}

/// An empty cell of a mask, or what stands between them.
pub fn is_cell(c: char) -> bool {
    c == '_' || is_blank(c) || is_dash(c)
}

/// Nothing but blanks.
pub fn is_empty(text: &str) -> bool {
    text.chars().all(is_blank)
}

/// What follows `word` (in lower case) at the start of the characters; blanks and dots before and inside are passed over.
pub fn after<'a>(chars: &'a [char], word: &str) -> Option<&'a [char]> {
    let mut rest = chars;
    for wanted in word.chars() {
        match trim_start(rest, |c| c == '.' || is_blank(c)) {
            [c, more @ ..] if lower(*c) == wanted => rest = more,
            _ => return None,
        }
    }
    Some(rest)
}

/// The next word of a list, whose words stand apart by blanks; `list` is what follows it.
#[inline(never)]
pub fn next_word<'a>(list: &mut &'a str) -> Option<&'a str> {
    if list.is_empty() {
        return None;
    }
    let (word, rest) = cut(list, b' ').unwrap_or((list, ""));
    *list = rest;
    Some(word)
}

/// The place in a list, whose words stand apart by blanks, of the first word that is `word`, or begins with it.
#[inline(never)]
pub fn place(list: &str, word: &[char], whole: bool) -> Option<usize> {
    let mut at = 0;
    let mut rest = Some(word);
    for c in list.chars() {
        if c == ' ' {
            if rest.is_some_and(<[char]>::is_empty) {
                return Some(at);
            }
            (at, rest) = (at + 1, Some(word));
            continue;
        }
        rest = match rest {
            Some([first, more @ ..]) if lower(*first) == c => Some(more),
            Some([]) if !whole => Some(&[]),
            _ => None,
        };
    }
    rest.is_some_and(<[char]>::is_empty).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_lists() {
        let list = "июня июнь июля";
        assert_eq!(place(list, &chars("Июль"), true), None);
        assert_eq!(place(list, &chars("июль"), false), None);
        assert_eq!(place(list, &chars("Июл"), false), Some(2));
        assert_eq!(place(list, &chars("июнь"), true), Some(1));
    }

    #[test]
    fn a_word_at_the_start_may_have_dots_and_blanks_in_it() {
        assert_eq!(after(&chars("Р. С. 407"), "рс"), Some(chars(". 407").as_slice()));
        assert_eq!(after(&chars("р 407"), "рс"), None);
    }

    #[test]
    fn numbers_are_written_with_their_zeros() {
        let mut out = String::new();
        push_number(&mut out, 7, 2);
        push_number(&mut out, 1200, 0);
        assert_eq!(out, "071200");
    }
}
