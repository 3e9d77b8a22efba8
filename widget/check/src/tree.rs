//! The schema and the values of a form, as `form.js` puts them on the desk: texts with U+0000 between them, and a row of numbers
//! that says what comes next.

use std::slice::Iter;
use std::str::Split;

use podskazka::form::node::Node;

/// Reads in the order of `form.js`.
pub struct Tree<'a> {
    texts: Split<'a, char>,
    numbers: Iter<'a, u32>,
}

impl<'a> Tree<'a> {
    pub fn new(texts: &'a str, numbers: &'a [u32]) -> Self {
        Self { texts: texts.split('\0'), numbers: numbers.iter() }
    }

    /// The next value of a JSON document. `form.js` bounds the depth.
    pub fn node(&mut self) -> Node {
        match self.number() {
            1 => Node::Flag(false),
            2 => Node::Flag(true),
            3 => Node::Number(self.text().to_owned()),
            4 => Node::Text(self.text().to_owned()),
            5 => Node::List((0..self.number()).map(|_| self.node()).collect()),
            6 => Node::Map((0..self.number()).map(|_| (self.text().to_owned(), self.node())).collect()),
            _ => Node::Null,
        }
    }

    /// Names with their texts.
    pub fn pairs(&mut self) -> Vec<(&'a str, &'a str)> {
        (0..self.number()).map(|_| (self.text(), self.text())).collect()
    }

    fn number(&mut self) -> u32 {
        self.numbers.next().copied().unwrap_or_default()
    }

    fn text(&mut self) -> &'a str {
        self.texts.next().unwrap_or_default()
    }
}
