//! Does a text fit a pattern? All places that the pattern may have reached are led along at once, so no pattern can hang: each
//! place of the text passes each part of the pattern once for a count, whatever is nested in it.

use super::Reader;

/// Does the whole text fit? `pattern` has passed [`super::check`].
pub fn fits(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut walk = Walk { reader: Reader::new(pattern), text: &text };
    walk.choices(&[0]).last() == Some(&text.len())
}

struct Walk<'a> {
    reader: Reader,
    text: &'a [char],
}

/// Places between the characters of a text, ascending.
type Places = Vec<usize>;

impl Walk<'_> {
    /// Where the alternatives up to the end of the group lead to.
    fn choices(&mut self, from: &[usize]) -> Places {
        let mut out = Places::new();
        let mut now = from.to_vec();
        while let Some(c) = self.reader.peek() {
            match c {
                ')' => break,
                '|' => {
                    self.reader.at += 1;
                    merge(&mut out, &now);
                    now = from.to_vec();
                }
                _ => now = self.piece(&now),
            }
        }
        merge(&mut out, &now);
        out
    }

    /// Where one piece with its repetition leads to.
    fn piece(&mut self, from: &[usize]) -> Places {
        let start = self.reader.at;
        let mut now = self.once(from);
        let (least, most) = self.reader.repetition().unwrap_or((1, 1));
        let end = self.reader.at;
        let mut out = if least == 0 { from.to_vec() } else { Places::new() };
        for count in 1..=most {
            if count >= least {
                // What was reached with fewer repetitions goes on from there.
                now.retain(|place| out.binary_search(place).is_err());
                merge(&mut out, &now);
            }
            if now.is_empty() || count == most {
                break;
            }
            self.reader.at = start;
            let next = self.once(&now);
            if next == now {
                // A piece that takes nothing: each further repetition leads to the same places.
                merge(&mut out, &next);
                break;
            }
            now = next;
        }
        self.reader.at = end;
        out
    }

    /// Where a piece without its repetition leads to.
    fn once(&mut self, from: &[usize]) -> Places {
        let mut out = Places::new();
        let start = self.reader.at;
        let first = self.reader.next();
        if first == Some('(') {
            if self.reader.take('?') {
                self.reader.at += 1;
            }
            out = self.choices(from);
            self.reader.at += 1;
            return out;
        }
        let wanted = if first == Some('\\') { self.reader.next() } else { first };
        if first == Some('[') {
            // Only to find its end.
            self.class('\0');
        }
        let end = self.reader.at;
        for place in from {
            let Some(&c) = self.text.get(*place) else { continue };
            self.reader.at = start + 1;
            let fits = if first == Some('[') { self.class(c) } else { wanted == Some(c) };
            if fits {
                out.push(place + 1);
            }
        }
        self.reader.at = end;
        out
    }

    /// Is the character in the class behind the `[`?
    fn class(&mut self, c: char) -> bool {
        let without = self.reader.take('^');
        let mut found = false;
        while let Some(first) = self.reader.next().filter(|first| *first != ']') {
            let low = self.sign(first);
            let mut high = low;
            if self.reader.take('-') {
                let last = self.reader.next().unwrap_or(first);
                high = self.sign(last);
            }
            found |= low <= c && c <= high;
        }
        found != without
    }

    fn sign(&mut self, c: char) -> char {
        if c == '\\' { self.reader.next().unwrap_or(c) } else { c }
    }
}

fn merge(out: &mut Places, more: &[usize]) {
    for place in more {
        if let Err(at) = out.binary_search(place) {
            out.insert(at, *place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::schema::pattern::check;

    const PATTERNS: &[&str] = &[
        "",
        "[0-9]{6}",
        "[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?",
        "(?:АА|ББ|)-[0-9]{2,4}",
        "№ ?[0-9]+",
        r"\([0-9]{3}\) [0-9]+",
        r"[A-Z\-]{1,3}|a|ab",
        r"[\/\\]+",
        "[^,]{0,5}",
        "(ab){2,3}",
        "a*b",
        "[+.^]",
        "([0-9]+)?",
        "(a*)*b?",
        "(a|ab)(c|bcd)(d*)",
        "(a{0,2}b?){3}",
        "(a{2,3}){2,}b{0}",
        "((a|b)?c){1,2}",
        "a{3}|(a|b|){4}",
        "[^a-b]+[a-b]*",
    ];

    #[test]
    fn fits_what_the_standard_engine_fits() {
        // Every text of up to six of these, some thousands: each pattern against another engine.
        let signs = ['a', 'b', 'c', 'd'];
        let mut texts = vec![String::new()];
        let mut from = 0;
        for _ in 0..6 {
            let to = texts.len();
            for at in from..to {
                for sign in signs {
                    texts.push(format!("{}{sign}", texts[at]));
                }
            }
            from = to;
        }
        for text in
            ["123456", "Петрова-Водкина", "Ёлкин", "АА-123", "-12", "№ 5", "(495) 1", "A-Z", "\\/", "+", "^", "я,я"]
        {
            texts.push(text.to_owned());
        }
        for pattern in PATTERNS {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
            let other = regex::Regex::new(&format!("^(?:{pattern})$")).expect("a pattern of the common part");
            for text in &texts {
                assert_eq!(fits(pattern, text), other.is_match(text), "{pattern} on {text:?}");
            }
        }
    }

    #[test]
    fn nothing_nested_takes_long() {
        // An engine that goes back needs two to the power of the length for these.
        let text = format!("{}!", "a".repeat(2000));
        for pattern in [
            "(a*)*b",
            "(a|a)*b",
            "((((((a*)*)*)*)*)*)*b",
            "(a?){1000}b",
            "((a?){1000}){1000}b",
            "(a{1,1000}){1,1000}b",
            "([a-z]{1,20} ?)*b",
            "a*a*a*a*a*a*b",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
            assert!(!fits(pattern, &text), "{pattern}");
        }
    }
}
