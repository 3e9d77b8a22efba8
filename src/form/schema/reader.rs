//! Reading an object of a schema member by member. Every problem is kept with its place and its fix; none ends the reading.

use super::Problem;
use super::limits::hundredths;
use crate::form::node::Node;
use crate::text::{bare, join, push};

/// Longest distance at which a name is taken for a slip of another one.
const SLIP: usize = 2;
/// Bytes, characters and hours are all far below it.
const MOST_COUNT: u32 = 1_000_000_000;

/// An object that is being read.
pub struct Table<'a> {
    members: &'a [(String, Node)],
    path: String,
}

/// What has been found so far.
#[derive(Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn add(&mut self, path: &str, code: &'static str, message: &[&str]) {
        self.0.push(Problem { path: path.to_owned(), code, message: join(message) });
    }

    fn shape(&mut self, path: &str, wanted: &str, found: &Node) {
        self.add(path, "schema.type", &["write ", wanted, " here instead of ", found.name()]);
    }
}

/// JSON Pointer of a member (RFC 6901).
pub fn member(path: &str, name: &str) -> String {
    let mut out = join(&[path, "/"]);
    for c in name.chars() {
        match c {
            '~' => out.push_str("~0"),
            '/' => out.push_str("~1"),
            _ => push(&mut out, c),
        }
    }
    out
}

/// Pointer of an element of an array.
pub fn element(path: &str, at: usize) -> String {
    let mut out = join(&[path, "/"]);
    crate::text::push_number(&mut out, at as u64, 1);
    out
}

impl<'a> Table<'a> {
    /// Open an object whose members may be `keys`.
    pub fn open(node: &'a Node, path: &str, keys: &[&str], problems: &mut Problems) -> Option<Self> {
        let Node::Map(members) = node else {
            problems.shape(path, "an object { … }", node);
            return None;
        };
        for (at, (name, _)) in members.iter().enumerate() {
            let place = member(path, name);
            if !keys.contains(&name.as_str()) {
                problems.add(&place, "schema.unknown", &["there is no `", name, "`: ", &meant(name, keys)]);
            }
            if members.iter().take(at).any(|(other, _)| other == name) {
                problems.add(&place, "schema.twice", &["`", name, "` stands twice: keep one of them"]);
            }
        }
        Some(Self { members, path: path.to_owned() })
    }

    /// An object with names of its own, such as messages by code.
    pub fn entries(node: &'a Node, path: &str, problems: &mut Problems) -> &'a [(String, Node)] {
        match node {
            Node::Map(members) => members,
            _ => {
                problems.shape(path, "an object { … }", node);
                &[]
            }
        }
    }

    pub fn path(&self, name: &str) -> String {
        member(&self.path, name)
    }

    /// A member that stands; `null` counts as absent.
    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.members.iter().find(|(it, _)| it == name).map(|(_, node)| node).filter(|node| **node != Node::Null)
    }

    pub fn text(&self, name: &str, problems: &mut Problems) -> Option<String> {
        match self.get(name)? {
            Node::Text(text) if !bare(text).is_empty() => Some(text.clone()),
            Node::Text(_) => {
                problems.add(&self.path(name), "schema.empty", &["`", name, "` is empty: fill it in or leave it out"]);
                None
            }
            other => {
                problems.shape(&self.path(name), "a string", other);
                None
            }
        }
    }

    pub fn needed(&self, name: &str, example: &str, problems: &mut Problems) -> Option<String> {
        if self.get(name).is_none() {
            problems.add(
                &self.path(name),
                "schema.missing",
                &["`", name, "` is missing: add \"", name, "\": ", example],
            );
        }
        self.text(name, problems)
    }

    pub fn flag(&self, name: &str, problems: &mut Problems) -> Option<bool> {
        match self.get(name)? {
            Node::Flag(flag) => Some(*flag),
            other => {
                problems.shape(&self.path(name), "true or false", other);
                None
            }
        }
    }

    /// A whole number from `least` up to [`MOST_COUNT`].
    pub fn count(&self, name: &str, least: u32, problems: &mut Problems) -> Option<u32> {
        let node = self.get(name)?;
        let text = match node {
            Node::Number(text) => text.as_str(),
            _ => "",
        };
        let whole = hundredths(text).filter(|n| n % 100 == 0).and_then(|n| u32::try_from(n / 100).ok());
        let number = whole.filter(|n| *n >= least && *n <= MOST_COUNT);
        if number.is_none() {
            let mut bound = String::new();
            crate::text::push_number(&mut bound, u64::from(least), 1);
            problems.add(&self.path(name), "schema.number", &["write a whole number from ", &bound, " here"]);
        }
        number
    }

    /// One of a few words; the first one where nothing is said.
    pub fn choice(&self, name: &str, words: &[&'static str], problems: &mut Problems) -> Option<&'static str> {
        let text = self.text(name, problems)?;
        let found = words.iter().find(|word| **word == text).copied();
        if found.is_none() {
            problems.add(&self.path(name), "schema.choice", &["\"", &text, "\" is not known: ", &meant(&text, words)]);
        }
        found
    }

    pub fn list(&self, name: &str, problems: &mut Problems) -> &'a [Node] {
        match self.get(name) {
            None => &[],
            Some(Node::List(items)) => items,
            Some(other) => {
                problems.shape(&self.path(name), "an array [ … ]", other);
                &[]
            }
        }
    }

    /// A list of strings.
    pub fn texts(&self, name: &str, problems: &mut Problems) -> Vec<String> {
        let mut out = Vec::new();
        for (at, item) in self.list(name, problems).iter().enumerate() {
            match item {
                Node::Text(text) => out.push(text.clone()),
                other => problems.shape(&element(&self.path(name), at), "a string", other),
            }
        }
        out
    }
}

/// What was meant by a name: the one it is a slip of, or all there are.
pub fn meant(name: &str, words: &[&str]) -> String {
    let near = words.iter().map(|word| (distance(name, word), *word)).min();
    match near {
        // In a word of three letters two edits make another word.
        Some((edits, word)) if edits <= SLIP.min(word.len().saturating_sub(1) / 2) => {
            join(&["did you mean `", word, "`?"])
        }
        _ => {
            let mut out = String::from("take one of ");
            for (at, word) in words.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                out.push_str(word);
            }
            out
        }
    }
}

/// Edits between two short names; more than `SLIP` where they are of no like length.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > SLIP {
        return SLIP + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (y, cell) in b.bytes().zip(row.iter_mut().skip(1)) {
            let (up, change) = (*cell, corner + usize::from(x != y));
            corner = up;
            left = change.min(up + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
