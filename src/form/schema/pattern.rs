//! Patterns that mean the same in ECMAScript (`v`) and in the crate `regex`: what both read alike is let in, anything else is
//! refused with what to write instead. A pattern always covers the whole value.

/// Why a pattern is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlike {
    pub what: &'static str,
    pub fix: &'static str,
}

const fn unlike(what: &'static str, fix: &'static str) -> Result<(), Unlike> {
    Err(Unlike { what, fix })
}

/// A pattern of the common subset: signs, `[…]` with ranges, `(?:…)`, `|`, `?`, `*`, `+`, `{n}`, `{n,}`, `{n,m}`, `\` before a sign.
pub fn check(pattern: &str) -> Result<(), Unlike> {
    let mut chars = pattern.chars().peekable();
    let (mut depth, mut repeatable) = (0u32, false);
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                escape(chars.next())?;
                repeatable = true;
            }
            '[' => {
                class(&mut chars)?;
                repeatable = true;
            }
            '(' => {
                if chars.peek() == Some(&'?') {
                    chars.next();
                    if chars.next() != Some(':') {
                        return unlike(
                            "look-around and named groups are not read by both engines",
                            "write a plain group (?:…)",
                        );
                    }
                } else {
                    return unlike("nothing is captured here", "write (?:…) in place of (…)");
                }
                depth += 1;
                repeatable = false;
            }
            ')' => {
                let Some(outer) = depth.checked_sub(1) else {
                    return unlike("a bracket ) has no (", "take it out or write \\)");
                };
                depth = outer;
                repeatable = true;
            }
            '|' => repeatable = false,
            '^' | '$' => {
                return unlike(
                    "the whole value is compared anyway",
                    "leave ^ and $ out, or write \\^ or \\$ for the sign",
                );
            }
            '.' => {
                return unlike(
                    "the dot does not mean the same in both engines",
                    "write the signs you want, such as [0-9a-z], or \\. for a dot",
                );
            }
            '?' | '*' | '+' | '{' => {
                if !repeatable {
                    return unlike("a repetition has nothing to repeat", "write a sign, a class or a group before it");
                }
                if c == '{' {
                    times(&mut chars)?;
                }
                repeatable = false;
            }
            '}' | ']' => return unlike("a bracket has no partner", "write \\} or \\] for the sign"),
            _ => repeatable = true,
        }
    }
    if depth > 0 { unlike("a bracket ( is not closed", "add )") } else { Ok(()) }
}

fn escape(c: Option<char>) -> Result<(), Unlike> {
    match c {
        Some('^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' | '-') => Ok(()),
        Some('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B') => unlike(
            "\\d, \\w, \\s and \\b do not hold the same signs in both engines",
            "write a class, such as [0-9], [0-9A-Za-z_] or [ ]",
        ),
        Some('1'..='9' | 'k') => {
            unlike("references back are not read by both engines", "write the part out again, or use a rule `equal`")
        }
        _ => unlike("this escape is not read by both engines", "write the sign itself"),
    }
}

/// The inside of `[…]`: signs and ranges.
fn class(chars: &mut std::iter::Peekable<std::str::Chars>) -> Result<(), Unlike> {
    if chars.peek() == Some(&'^') {
        chars.next();
    }
    let (mut last, mut any) = (None, false);
    loop {
        let Some(c) = chars.next() else { return unlike("a class [ is not closed", "add ]") };
        match c {
            ']' if any => return Ok(()),
            ']' => return unlike("a class is empty", "write the signs you want between [ and ]"),
            '\\' => {
                let escaped = chars.next();
                escape(escaped)?;
                last = escaped;
            }
            '-' if last.is_some() && chars.peek().is_some_and(|next| *next != ']') => {
                let to = chars.next();
                if to.is_some_and(|to| "\\[-&~".contains(to)) || to < last {
                    return unlike(
                        "a range runs backward or ends in a sign with a meaning",
                        "write it as [a-z], and - as \\-",
                    );
                }
                last = None;
            }
            '-' | '[' | '&' | '~' | '(' | ')' | '{' | '}' | '/' | '|' => {
                return unlike(
                    "this sign has a meaning of its own in a class of one engine",
                    "write \\ before it, or leave & and ~ out",
                );
            }
            _ => last = Some(c),
        }
        any = true;
    }
}

/// The inside of `{…}`.
fn times(chars: &mut std::iter::Peekable<std::str::Chars>) -> Result<(), Unlike> {
    let (mut numbers, mut text) = (Vec::new(), String::new());
    for c in chars.by_ref() {
        match c {
            '0'..='9' => text.push(c),
            ',' | '}' => {
                numbers.push(std::mem::take(&mut text));
                if c == '}' {
                    let value = |at: usize| numbers.get(at).and_then(|text| text.parse::<u32>().ok());
                    let right = match numbers.len() {
                        1 => value(0).is_some_and(|n| n <= 1000),
                        2 => value(0).is_some_and(|n| n <= 1000 && value(1).is_none_or(|m| n <= m && m <= 1000)),
                        _ => false,
                    };
                    return if right {
                        Ok(())
                    } else {
                        unlike("a number of repetitions is not read", "write {3}, {3,} or {3,5}, up to 1000")
                    };
                }
            }
            _ => break,
        }
    }
    unlike("a number of repetitions is not read", "write {3}, {3,} or {3,5}, or \\{ for the sign")
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn accepts_what_both_engines_read_alike() {
        for pattern in [
            "",
            "[0-9]{6}",
            "[А-ЯЁ][а-яё]+",
            "(?:АБ|ВГ) ?[0-9]{3,5}",
            "\\+7[0-9]{10}",
            "a*b?c+",
            "[^0-9]{2,}",
            "№ [0-9]+",
            "[+.\\-]",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn rejects_the_rest_with_a_fix() {
        for pattern in [
            "\\d{6}",
            "(a)\\1",
            "(?=a)",
            "(?<n>a)",
            "^a$",
            "a.b",
            "a**",
            "*a",
            "(?:a",
            "a)",
            "[",
            "[]",
            "[z-a]",
            "[a&&b]",
            "a{3",
            "a{5,3}",
            "\\p{L}",
            "a++",
            "x{2}{3}",
            "[[:alpha:]]",
        ] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }
}
