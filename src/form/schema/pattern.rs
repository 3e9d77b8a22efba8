//! Patterns of a site: the part of regular expressions that means the same in ECMAScript (flag `v`), in the `regex` crate and here.
//!
//! A pattern stands for the whole text. It has letters, digits and signs for themselves; `\` before a sign; `[…]` with signs and ranges,
//! `[^…]`; groups `(…)` and `(?:…)`; `|`; and `? * + {2} {2,} {2,5}`.
//! `\d \w \s \b . ^ $`, look-around, back-references, names and properties differ between engines or hide what is
//! meant, and are refused with what to write instead.

mod walk;

pub use walk::fits;

/// Most characters of a pattern: a rule longer than this belongs into a kind.
pub const MOST: usize = 200;
/// Most repetitions that may be counted: other engines unroll them.
const MOST_TIMES: u32 = 1000;

/// Why a pattern is refused, with the fix.
pub type Refusal = &'static str;

/// Is the pattern of the common part?
pub fn check(pattern: &str) -> Result<(), Refusal> {
    if pattern.chars().count() > MOST {
        return Err("the pattern is longer than 200 characters: make it shorter");
    }
    let mut reader = Reader::new(pattern);
    reader.choices(0)?;
    match reader.next() {
        None => Ok(()),
        Some(_) => Err("a ) has no (: write \\) for the sign itself"),
    }
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn new(pattern: &str) -> Self {
        Self { rest: pattern.chars().collect(), at: 0 }
    }

    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    /// Alternatives up to the end of the group.
    fn choices(&mut self, depth: usize) -> Result<(), Refusal> {
        if depth > 20 {
            return Err("groups are nested more than 20 deep: make the pattern simpler");
        }
        while let Some(c) = self.peek() {
            if c == ')' {
                break;
            }
            self.at += 1;
            if c != '|' {
                self.piece(c, depth)?;
            }
        }
        Ok(())
    }

    /// One piece with its repetition.
    fn piece(&mut self, c: char, depth: usize) -> Result<(), Refusal> {
        match c {
            '(' => self.group(depth)?,
            '[' => self.class()?,
            '\\' => self.escape()?,
            '.' => return Err("`.` takes different signs in different engines: write a class such as [^,]"),
            '^' | '$' => return Err("the pattern always stands for the whole text: leave ^ and $ out"),
            '?' | '*' | '+' | '{' => return Err("a repetition has nothing before it: write \\ before the sign itself"),
            ']' | '}' => return Err("a ] or } has no start: write \\ before the sign itself"),
            '/' => return Err("write \\/ for the sign /"),
            _ => {}
        }
        self.repetition().map(drop)
    }

    fn group(&mut self, depth: usize) -> Result<(), Refusal> {
        if self.take('?') && !self.take(':') {
            return Err("look-around and named groups are not the same everywhere: write (?:…) or (…)");
        }
        self.choices(depth + 1)?;
        if self.take(')') { Ok(()) } else { Err("a ( has no ): close it, or write \\( for the sign itself") }
    }

    /// How often a piece stands at least and at most.
    fn repetition(&mut self) -> Result<(u32, u32), Refusal> {
        let out = match self.peek() {
            Some('*') => (0, u32::MAX),
            Some('+') => (1, u32::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                self.at += 1;
                return self.counted();
            }
            _ => return Ok((1, 1)),
        };
        self.at += 1;
        self.end_of_repetition(out)
    }

    fn counted(&mut self) -> Result<(u32, u32), Refusal> {
        const FAULT: Refusal = "write a repetition as {2}, {2,} or {2,5} with numbers up to 1000";
        let least = self.number().ok_or(FAULT)?;
        let most = if self.take(',') { self.number().unwrap_or(u32::MAX) } else { least };
        if !self.take('}') || most < least || least > MOST_TIMES || (most > MOST_TIMES && most < u32::MAX) {
            return Err(FAULT);
        }
        self.end_of_repetition((least, most))
    }

    fn end_of_repetition(&mut self, out: (u32, u32)) -> Result<(u32, u32), Refusal> {
        match self.peek() {
            Some('?' | '*' | '+' | '{') => Err("a repetition follows a repetition: keep one of them"),
            _ => Ok(out),
        }
    }

    fn number(&mut self) -> Option<u32> {
        let mut out = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.at += 1;
            out = Some((out.unwrap_or(0u32) * 10 + digit).min(MOST_TIMES + 1));
        }
        out
    }

    fn escape(&mut self) -> Result<(), Refusal> {
        match self.next() {
            // The signs that both engines let stand behind a backslash.
            Some('^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/') => Ok(()),
            Some('d' | 'D') => Err("\\d also takes digits of other scripts in some engines: write [0-9]"),
            Some('w' | 'W') => Err("\\w is not the same everywhere: write [A-Za-z0-9_] or [А-Яа-яЁё]"),
            Some('s' | 'S') => Err("\\s is not the same everywhere: write a blank"),
            Some('p' | 'P') => Err("properties depend on the engine's version: write a range such as [А-Яа-яЁё]"),
            Some('0'..='9') => Err("back-references are not the same everywhere: write the part again"),
            Some('-') => Err("write - without a backslash outside of [ ]"),
            None => Err("a \\ stands at the end: write \\\\ for the sign itself"),
            Some(_) => Err("this letter or sign needs no \\: leave the \\ out"),
        }
    }

    fn class(&mut self) -> Result<(), Refusal> {
        self.take('^');
        let mut empty = true;
        loop {
            let Some(first) = self.next() else {
                return Err("a [ has no ]: close it, or write \\[ for the sign itself");
            };
            if first == ']' {
                return if empty { Err("[] takes nothing: name the signs in it") } else { Ok(()) };
            }
            empty = false;
            let from = self.sign(first)?;
            if self.take('-') {
                let Some(last) = self.next() else { continue };
                if last == ']' {
                    return Err("write \\- for the sign - in [ ]");
                }
                if self.sign(last)? < from {
                    return Err("a range in [ ] goes from the smaller sign to the greater one: turn it round");
                }
            }
        }
    }

    /// A sign of a class. Both engines give a meaning of their own to signs in a row such as `&&` or `--`.
    fn sign(&mut self, c: char) -> Result<char, Refusal> {
        match c {
            '\\' => match self.next() {
                Some(
                    c
                    @ ('\\' | ']' | '[' | '^' | '-' | '/' | '(' | ')' | '{' | '}' | '|' | '.' | '+' | '*' | '?' | '$'),
                ) => Ok(c),
                Some('d' | 'D') => Err("\\d also takes digits of other scripts in some engines: write 0-9"),
                _ => {
                    Err("only signs such as \\] \\- \\/ stand behind a \\ in [ ]: write letters and ranges as they are")
                }
            },
            '[' | '(' | ')' | '{' | '}' | '/' | '|' | '-' => Err("write \\ before ( ) [ { } / | - in [ ]"),
            '&' | '!' | '#' | '%' | ',' | ':' | ';' | '<' | '=' | '>' | '@' | '`' | '~' | '*' | '+' | '.' | '?'
            | '$' | '^'
                if self.peek() == Some(c) =>
            {
                Err("a sign stands twice in a row in [ ]: keep one of them")
            }
            _ => Ok(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn accepts(pattern: &str) {
        assert_eq!(check(pattern), Ok(()), "{pattern}");
    }

    #[track_caller]
    fn refuses(pattern: &str, fix: &str) {
        let refusal = check(pattern).expect_err(pattern);
        assert!(refusal.contains(fix), "{pattern}: {refusal}");
    }

    #[test]
    fn accepts_what_means_the_same_everywhere() {
        for pattern in [
            "",
            "[0-9]{6}",
            "[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?",
            "(?:АА|ББ)-[0-9]{2,4}",
            "№ ?[0-9]+",
            r"\([0-9]{3}\) [0-9]+",
            r"[A-Z\-]{1,5}",
            r"[\/\\]+",
            r"[^,]{0,50}",
            "(ab){2,3}",
            "а*б",
            "[+.]",
            "([0-9]+)?",
        ] {
            accepts(pattern);
        }
    }

    #[test]
    fn refuses_what_differs_with_a_fix() {
        refuses(r"\d{6}", "[0-9]");
        refuses(r"\w+", "[A-Za-z0-9_]");
        refuses(r"\p{Lu}", "range");
        refuses("^[0-9]+$", "leave ^ and $ out");
        refuses("a.c", "class");
        refuses("(?=a)b", "(?:…)");
        refuses("(?<year>[0-9]{4})", "(?:…)");
        refuses(r"(a)\1", "again");
        refuses("[a-", "no ]");
        refuses("[]", "nothing");
        refuses("[z-a]", "turn it round");
        refuses("[a&&b]", "twice");
        refuses("[(]", r"write \");
        refuses("(a", "no )");
        refuses("a)", "no (");
        refuses("a{5,2}", "{2,5}");
        refuses("a{2000}", "1000");
        refuses("a++", "keep one");
        refuses("a+?", "keep one");
        refuses("*a", "nothing before");
        refuses("a/b", r"\/");
        refuses(&"a".repeat(201), "shorter");
        refuses(&"(".repeat(30), "nested");
    }
}
