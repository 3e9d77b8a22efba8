//! The schema and the values of a form, as `form.js` puts them on the desk: texts with U+0000 between them, and a row of numbers
//! that says what comes next.

use std::slice::Iter;
use std::str::Split;

use podskazka::form::node::Node;

/// Deepest list or object that is read, as in `form.js`.
const MOST_DEPTH: u32 = 20;

/// Reads in the order of `form.js`.
pub struct Tree<'a> {
    texts: Split<'a, char>,
    numbers: Iter<'a, u32>,
}

impl<'a> Tree<'a> {
    pub fn new(texts: &'a str, numbers: &'a [u32]) -> Self {
        Self { texts: texts.split('\0'), numbers: numbers.iter() }
    }

    /// The next value of a JSON document.
    pub fn node(&mut self) -> Node {
        self.node_at(0)
    }

    fn node_at(&mut self, depth: u32) -> Node {
        match self.number() {
            1 => Node::Flag(false),
            2 => Node::Flag(true),
            3 => Node::Number(self.text().to_owned()),
            4 => Node::Text(self.text().to_owned()),
            5 if depth <= MOST_DEPTH => Node::List((0..self.count()).map(|_| self.node_at(depth + 1)).collect()),
            6 if depth <= MOST_DEPTH => {
                Node::Map((0..self.count()).map(|_| (self.text().to_owned(), self.node_at(depth + 1))).collect())
            }
            _ => Node::Null,
        }
    }

    /// Names with their texts.
    pub fn pairs(&mut self) -> Vec<(&'a str, &'a str)> {
        let count = self.number();
        (0..count).map_while(|_| Some((self.texts.next()?, self.text()))).collect()
    }

    /// How many values follow: each takes a number at least.
    fn count(&mut self) -> usize {
        let count = self.number() as usize;
        count.min(self.numbers.len())
    }

    fn number(&mut self) -> u32 {
        self.numbers.next().copied().unwrap_or_default()
    }

    fn text(&mut self) -> &'a str {
        self.texts.next().unwrap_or_default()
    }
}
