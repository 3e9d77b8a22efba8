//! Words of the language of PDF (ISO 32000-1, 7.2 and 7.3), read as its viewers read them: a name with its escapes
//! (`/Java#53cript`) is the name that it stands for.

/// What holds values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Dict,
    Array,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Without its slash and its escapes.
    Name(Vec<u8>),
    /// A string of either spelling.
    Text,
    Open(Shape),
    Close(Shape),
    /// A number or a keyword.
    Word(&'a [u8]),
}

/// The tokens of the bytes from a place on.
#[derive(Clone)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

pub fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Tokens<'a> {
        Tokens { bytes, at }
    }

    /// Where the next token is looked for.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether the number before is that of another object (`12 0 R`), of which the rest is then read.
    pub fn reference(&mut self) -> bool {
        let mut ahead = self.clone();
        ahead.pass(is_space);
        let generation = ahead.pass(|byte| byte.is_ascii_digit());
        ahead.pass(is_space);
        let named = !generation.is_empty() && ahead.pass(is_regular) == b"R";
        if named {
            *self = ahead;
        }
        named
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes on to the first byte that is not so.
    fn pass(&mut self, so: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(&so) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// The string that has begun; one without an end goes on to that of the file.
    fn text(&mut self) {
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.pass(is_space);
        while self.peek() == Some(b'%') {
            self.pass(|byte| !matches!(byte, b'\r' | b'\n'));
            self.pass(is_space);
        }
        let (start, first) = (self.at, self.peek()?);
        self.at += 1;
        let doubled = self.peek() == Some(first);
        Some(match first {
            b'/' => Token::Name(unescaped(self.pass(is_regular))),
            b'[' => Token::Open(Shape::Array),
            b']' => Token::Close(Shape::Array),
            b'<' | b'>' if doubled => {
                self.at += 1;
                if first == b'<' { Token::Open(Shape::Dict) } else { Token::Close(Shape::Dict) }
            }
            b'<' => {
                self.pass(|byte| byte != b'>');
                self.at += 1;
                Token::Text
            }
            b'(' => {
                self.text();
                Token::Text
            }
            _ => {
                if is_regular(first) {
                    self.pass(is_regular);
                }
                Token::Word(self.bytes.get(start..self.at).unwrap_or_default())
            }
        })
    }
}

/// `#` and two hexadecimal digits are the byte that they name; a `#` before anything else is itself.
fn unescaped(raw: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let (mut name, mut at) = (Vec::with_capacity(raw.len()), 0);
    while let Some(byte) = raw.get(at) {
        match (byte, digit(raw.get(at + 1)), digit(raw.get(at + 2))) {
            (b'#', Some(high), Some(low)) => {
                name.push(high * 16 + low);
                at += 3;
            }
            _ => {
                name.push(*byte);
                at += 1;
            }
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_viewers_read_them() {
        let read = |text: &'static str| Tokens::new(text.as_bytes(), 0).collect::<Vec<_>>();
        let name = |text: &str| Token::Name(text.as_bytes().to_vec());
        assert_eq!(read("/Java#53cript/#4a#53 /a#g1 /#"), [name("JavaScript"), name("JS"), name("a#g1"), name("#")]);
        assert_eq!(read("(a (b) \\) /JS) % /JS\n<2f4a53>"), [Token::Text, Token::Text]);
        let all = [Token::Open(Shape::Dict), name("A"), Token::Open(Shape::Array), Token::Word(b"5")];
        assert_eq!(read("<</A[5"), all);
        assert_eq!(
            read("]>>obj{"),
            [Token::Close(Shape::Array), Token::Close(Shape::Dict), Token::Word(b"obj"), Token::Word(b"{")]
        );
        for unfinished in ["(a", "(a\\", "<41", "/", "%", ""] {
            assert!(read(unfinished).len() <= 1, "{unfinished}");
        }
    }
}
