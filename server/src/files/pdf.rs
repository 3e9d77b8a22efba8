//! What a PDF may not hold: scripts, programs, files, forms of another language, and anything done by itself.
//!
//! Whoever hides such a thing hides its name: by escapes (`/Java#53cript`), in an object stream, in a version of the file
//! that a later one covers. So the table of places is not asked: every object of the file is read, wherever `obj` stands,
//! and every object of every object stream. A file whose names cannot be read is refused: one under a password, an
//! object stream in another packing than Flate, a dictionary that does not end, more work than a file of its size needs.
//! Bytes of pages, pictures and fonts are no objects, and nobody looks for names there: chance writes `/JS` into every
//! large scan.

mod tokens;

use std::collections::HashSet;

use flate2::{Decompress, FlushDecompress, Status};
use tokens::{Shape, Token, Tokens, is_regular, is_space};

/// Names that are refused wherever they stand.
const REFUSED: [&[u8]; 9] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
    b"ImportData",
    b"GoToE",
    b"Rendition",
];
/// Keys that are refused: short enough to be the name of something else outside of a dictionary.
const REFUSED_KEYS: [&[u8]; 2] = [b"JS", b"AA"];
/// Keys whose values are asked for.
const WATCHED: [&[u8]; 10] =
    [b"Type", b"N", b"First", b"Filter", b"F", b"DecodeParms", b"DP", b"S", b"Next", b"OpenAction"];
/// Values inside of values: a page has about ten.
const MAX_DEPTH: usize = 64;
/// Bytes of all object streams, unpacked: thousands of pages have less, and a bomb ends here.
const MAX_UNPACKED: usize = 32 * 1024 * 1024;
/// How an array begins.
const ARRAY: Option<Token<'static>> = Some(Token::Open(Shape::Array));
/// Bytes that are read besides twice the file's own: an object that stands in another one is read twice.
const SPARE: usize = 1024 * 1024;

/// Why a PDF is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does something by itself, or has another file in it.
    Active,
    /// It is under a password.
    Locked,
    /// What it holds cannot be told.
    Unreadable,
}

/// Whether the file only shows pages.
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut reader = Reader { left: 2 * bytes.len() + SPARE, ..Reader::default() };
    for (at, keyword) in places(bytes, b"obj").chain(places(bytes, b"trailer")) {
        reader.top(bytes, at, keyword)?;
    }
    if reader.opened.is_disjoint(&reader.acting) { Ok(()) } else { Err(Fault::Active) }
}

/// Looks at the bytes of a PDF as they arrive for the word that it is under a password: said at once, while the citizen is
/// there. Whoever writes the word otherwise is refused by [`check`].
#[derive(Default)]
pub struct Lock {
    found: bool,
    /// The end of what came before.
    tail: Vec<u8>,
}

impl Lock {
    pub fn look(&mut self, part: &[u8]) {
        self.tail.extend_from_slice(part);
        self.found = self.found || says_locked(&self.tail);
        let done = self.tail.len().saturating_sub(b"/Encrypt".len());
        self.tail.drain(..done);
    }

    pub fn found(&self) -> bool {
        self.found
    }
}

/// `/Encrypt` and not the beginning of another name.
fn says_locked(part: &[u8]) -> bool {
    places(part, b"/Encrypt").any(|(_, end)| part.get(end).is_some_and(|byte| !is_regular(*byte)))
}

/// Where the word begins and ends, each time.
fn places<'a>(bytes: &'a [u8], word: &'static [u8]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let found = bytes.windows(word.len()).enumerate().filter(move |(_, window)| *window == word);
    found.map(|(at, _)| (at, at + word.len()))
}

/// A value, as far as anybody asks.
#[derive(Debug, PartialEq, Eq)]
enum Value {
    Name(Vec<u8>),
    Number(usize),
    /// The number of another object.
    Ref(usize),
    /// Its name, where it holds one name and nothing else.
    Array(Option<Vec<u8>>),
    Dict(Dict),
    Other,
}

/// The watched entries of a dictionary.
#[derive(Debug, Default, PartialEq, Eq)]
struct Dict(Vec<(Vec<u8>, Value)>);

impl Dict {
    /// The values of a key: a file may name one twice.
    fn all<'a>(&'a self, key: &'a [u8]) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter(move |(name, _)| name == key).map(|(_, value)| value)
    }

    fn has(&self, key: &[u8]) -> bool {
        self.all(key).next().is_some()
    }

    /// The value of a key that stands here once.
    fn only<'a>(&'a self, key: &'a [u8]) -> Option<&'a Value> {
        let mut all = self.all(key);
        all.next().filter(|_| all.next().is_none())
    }

    fn number(&self, key: &[u8]) -> Result<usize, Fault> {
        if let Some(Value::Number(number)) = self.only(key) { Ok(*number) } else { Err(Fault::Unreadable) }
    }

    /// Whether this is done and not only gone to, as far as it is an action.
    fn acts(&self) -> bool {
        self.has(b"Next") || self.all(b"S").any(|kind| !matches!(kind, Value::Name(name) if name == b"GoTo"))
    }

    /// Whether a viewer may take its stream for one of objects: some look at the numbers alone.
    fn holds_objects(&self) -> bool {
        let named = |value: &Value| matches!(value, Value::Name(name) if name == b"ObjStm");
        self.all(b"Type").any(named) || self.has(b"N") && self.has(b"First")
    }

    /// Whether its stream is packed by Flate alone; `false` where it is not packed.
    fn packed(&self) -> Result<bool, Fault> {
        if [b"F".as_slice(), b"DecodeParms", b"DP"].into_iter().any(|key| self.has(key)) {
            return Err(Fault::Unreadable);
        }
        if !self.has(b"Filter") {
            return Ok(false);
        }
        match self.only(b"Filter") {
            Some(Value::Name(name) | Value::Array(Some(name))) if name == b"FlateDecode" || name == b"Fl" => Ok(true),
            _ => Err(Fault::Unreadable),
        }
    }
}

#[derive(Default)]
struct Reader {
    /// Bytes that may still be read.
    left: usize,
    /// Bytes of object streams so far.
    unpacked: usize,
    /// Objects that are opened with the file.
    opened: HashSet<usize>,
    /// Objects that do more than to show a place.
    acting: HashSet<usize>,
}

impl Reader {
    /// The object or trailer whose keyword stands at `at` and ends at `end`.
    fn top(&mut self, bytes: &[u8], at: usize, end: usize) -> Result<(), Fault> {
        let (mut tokens, number) = (Tokens::new(bytes, end), number_before(bytes, at));
        let value = match self.object(&mut tokens, number) {
            // Three letters of a picture, before which no number stands.
            Err(Fault::Unreadable) if number.is_none() && Tokens::new(bytes, end).next() == ARRAY => return Ok(()),
            value => value?,
        };
        if let Some(Value::Dict(dict)) = value
            && self.next(&mut tokens)? == Some(Token::Word(b"stream"))
            && dict.holds_objects()
        {
            self.stream(bytes, tokens.at(), &dict)?;
        }
        Ok(())
    }

    /// A whole object; `None` where there is none.
    fn object(&mut self, tokens: &mut Tokens, number: Option<usize>) -> Result<Option<Value>, Fault> {
        let Some(first) = self.next(tokens)? else { return Ok(None) };
        let value = self.value(first, tokens, 0)?;
        let acts = match &value {
            Value::Dict(dict) => dict.acts(),
            Value::Array(_) => false,
            // A place has no other shape, and a way on to another object is not gone.
            _ => true,
        };
        if acts && let Some(number) = number {
            self.acting.insert(number);
        }
        Ok(Some(value))
    }

    /// The value that begins with this token.
    fn value(&mut self, first: Token, tokens: &mut Tokens, depth: usize) -> Result<Value, Fault> {
        match first {
            Token::Open(_) if depth == MAX_DEPTH => Err(Fault::Unreadable),
            Token::Open(Shape::Dict) => self.dict(tokens, depth + 1).map(Value::Dict),
            Token::Open(Shape::Array) => self.array(tokens, depth + 1),
            Token::Name(name) => {
                if REFUSED.contains(&name.as_slice()) {
                    return Err(Fault::Active);
                }
                Ok(Value::Name(name))
            }
            Token::Word(word) => Ok(number(word).map_or(Value::Other, |number| reference(number, tokens))),
            Token::Text | Token::Close(_) => Ok(Value::Other),
        }
    }

    fn next<'a>(&mut self, tokens: &mut Tokens<'a>) -> Result<Option<Token<'a>>, Fault> {
        let start = tokens.at();
        let token = tokens.next();
        self.left = self.left.checked_sub(tokens.at() - start).ok_or(Fault::Unreadable)?;
        Ok(token)
    }

    /// The next token of something that must go on.
    fn more<'a>(&mut self, tokens: &mut Tokens<'a>) -> Result<Token<'a>, Fault> {
        self.next(tokens)?.ok_or(Fault::Unreadable)
    }

    fn dict(&mut self, tokens: &mut Tokens, depth: usize) -> Result<Dict, Fault> {
        let mut dict = Dict::default();
        loop {
            let key = match self.more(tokens)? {
                Token::Close(Shape::Dict) => return Ok(dict),
                Token::Name(key) => key,
                _ => return Err(Fault::Unreadable),
            };
            if key == b"Encrypt" {
                return Err(Fault::Locked);
            }
            if REFUSED.contains(&key.as_slice()) || REFUSED_KEYS.contains(&key.as_slice()) {
                return Err(Fault::Active);
            }
            let first = self.more(tokens)?;
            if matches!(first, Token::Close(_)) {
                return Err(Fault::Unreadable);
            }
            let value = self.value(first, tokens, depth)?;
            if key == b"OpenAction" {
                self.open_action(&value)?;
            }
            if WATCHED.contains(&key.as_slice()) {
                dict.0.push((key, value));
            }
        }
    }

    fn array(&mut self, tokens: &mut Tokens, depth: usize) -> Result<Value, Fault> {
        let (mut count, mut name) = (0_usize, None);
        loop {
            match self.more(tokens)? {
                Token::Close(Shape::Array) => return Ok(Value::Array(name.filter(|_| count == 1))),
                Token::Close(Shape::Dict) => return Err(Fault::Unreadable),
                first => {
                    count += 1;
                    if let Value::Name(found) = self.value(first, tokens, depth)? {
                        name = Some(found);
                    }
                }
            }
        }
    }

    fn open_action(&mut self, value: &Value) -> Result<(), Fault> {
        match value {
            Value::Dict(dict) if dict.acts() => return Err(Fault::Active),
            Value::Ref(number) => {
                self.opened.insert(*number);
            }
            _ => {}
        }
        Ok(())
    }

    /// The objects of a stream whose keyword ends at `at`.
    fn stream(&mut self, bytes: &[u8], at: usize, dict: &Dict) -> Result<(), Fault> {
        // Viewers differ in what they take for the end of that line.
        let data = match bytes.get(at..).unwrap_or_default() {
            [b'\r', b'\n', data @ ..] | [b'\n', data @ ..] => data,
            _ => return Err(Fault::Unreadable),
        };
        let (count, first) = (dict.number(b"N")?, dict.number(b"First")?);
        if dict.packed()? {
            let unpacked = self.unpack(data)?;
            self.left += 2 * unpacked.len();
            self.objects(&unpacked, count, first)
        } else {
            self.objects(data, count, first)
        }
    }

    /// Each object where the list before them says that it begins.
    fn objects(&mut self, bytes: &[u8], count: usize, first: usize) -> Result<(), Fault> {
        let mut list = Tokens::new(bytes, 0);
        for _ in 0..count {
            let mut next = || if let Some(Token::Word(word)) = list.next() { number(word) } else { None };
            let (Some(object), Some(start)) = (next(), next()) else { return Err(Fault::Unreadable) };
            let start = first.checked_add(start).filter(|start| *start < bytes.len()).ok_or(Fault::Unreadable)?;
            self.object(&mut Tokens::new(bytes, start), Some(object))?;
        }
        Ok(())
    }

    /// The bytes of a packed stream, up to its own end.
    fn unpack(&mut self, data: &[u8]) -> Result<Vec<u8>, Fault> {
        let (mut inflate, mut all, mut piece) = (Decompress::new(true), Vec::new(), [0; 16 * 1024]);
        loop {
            let taken = usize::try_from(inflate.total_in()).map_err(|_| Fault::Unreadable)?;
            let before = inflate.total_out();
            let rest = data.get(taken..).unwrap_or_default();
            let status = inflate.decompress(rest, &mut piece, FlushDecompress::None).map_err(|_| Fault::Unreadable)?;
            let made = usize::try_from(inflate.total_out() - before).map_err(|_| Fault::Unreadable)?;
            all.extend_from_slice(piece.get(..made).unwrap_or_default());
            self.unpacked += made;
            if self.unpacked > MAX_UNPACKED {
                return Err(Fault::Unreadable);
            }
            match status {
                Status::StreamEnd => return Ok(all),
                // Neither taken nor made: it was cut off.
                _ if made == 0 && inflate.total_in() == taken as u64 => return Err(Fault::Unreadable),
                _ => {}
            }
        }
    }
}

fn number(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// The number, or the other object that it names: `12 0 R`.
fn reference(number: usize, tokens: &mut Tokens) -> Value {
    if tokens.reference() { Value::Ref(number) } else { Value::Number(number) }
}

/// The number of the object whose `obj` begins here: `12 0 obj`.
fn number_before(bytes: &[u8], at: usize) -> Option<usize> {
    let trimmed = |bytes: &[u8], so: fn(u8) -> bool| bytes.iter().rposition(|byte| !so(*byte)).map_or(0, |it| it + 1);
    let digit: fn(u8) -> bool = |byte| byte.is_ascii_digit();
    let mut end = at;
    for so in [is_space, digit, is_space] {
        end = trimmed(bytes.get(..end)?, so);
    }
    let start = trimmed(bytes.get(..end)?, digit);
    number(bytes.get(start..end)?)
}

#[cfg(test)]
mod tests;
