//! The lexicon: words that carry no subject, and words that mean the same, read from a small text file.

use super::intern::Interner;
use super::letters::each_word;
use super::soft::distance;
use super::stem::stem;

/// Our lexicon of public services. A build puts it, or the portal's own, into the article file.
pub const LEXICON: &str = include_str!("lexicon.txt");

/// A phrase that adds words to the question.
pub(super) struct Rule {
    /// Stems of the phrase, as numbers of [`Lexicon::triggers`].
    pub phrase: Vec<u32>,
    /// Stems that are added.
    pub adds: Vec<Vec<u8>>,
}

/// The lexicon, read.
#[derive(Default)]
pub(super) struct Lexicon {
    stop: Interner,
    weak: Interner,
    pub rules: Vec<Rule>,
    /// Stems that stand in a phrase of a rule.
    pub triggers: Interner,
}

impl Lexicon {
    /// Read the file; lines it cannot read are skipped, `faq check` names them.
    pub fn parse(text: &str) -> Self {
        let mut lexicon = Self::default();
        for line in text.lines().map(str::trim).filter(|l| !l.starts_with('#')) {
            if let Some(words) = line.strip_prefix("stop:") {
                each_word(words, |word, _| {
                    lexicon.stop.intern(word);
                });
            } else if let Some(words) = line.strip_prefix("weak:") {
                each_word(words, |word, _| {
                    lexicon.weak.intern(front(word));
                });
            } else if let Some((left, right)) = line.split_once('>') {
                lexicon.rule(left, right);
            } else {
                // Each part stands for every other one, which goes by its first name.
                let parts: Vec<&str> = line.split('=').collect();
                for (at, left) in parts.iter().enumerate() {
                    for (_, right) in parts.iter().enumerate().filter(|(other, _)| *other != at) {
                        lexicon.rule(left, right.split(',').next().unwrap_or(right));
                    }
                }
            }
        }
        lexicon
    }

    fn rule(&mut self, left: &str, right: &str) {
        for left in left.split(',') {
            let mut phrase = Vec::new();
            each_word(left, |word, _| phrase.push(self.triggers.intern(front(word))));
            let mut adds = Vec::new();
            each_word(right, |word, _| {
                if !self.is_stop(word) {
                    adds.push(front(word).to_vec());
                }
            });
            if !phrase.is_empty() && !adds.is_empty() {
                self.rules.push(Rule { phrase, adds });
            }
        }
    }

    pub fn is_stop(&self, word: &[u8]) -> bool {
        self.stop.find(word).is_some()
    }

    /// A stop word with a slip, such as «пожалуйтса».
    pub fn is_nearly_stop(&self, word: &[u8]) -> bool {
        near(&self.stop, word).is_some()
    }

    /// A weak word with a slip.
    pub fn is_nearly_weak(&self, stem: &[u8]) -> bool {
        near(&self.weak, stem).is_some()
    }

    /// A word such as «могу» or «сделать»: it seldom names the subject.
    pub fn is_weak(&self, stem: &[u8]) -> bool {
        self.weak.find(stem).is_some()
    }
}

fn front(word: &[u8]) -> &[u8] {
    word.get(..stem(word)).unwrap_or(word)
}

/// From this length on a word of the lexicon may hold a slip.
const LONG: usize = 5;

/// The first word of the list that is one slip away, for words that may hold one.
pub(super) fn near(list: &Interner, word: &[u8]) -> Option<u32> {
    if word.len() < LONG {
        return None;
    }
    (0..list.len() as u32).find(|id| list.get(*id).len() >= LONG && distance(word, list.get(*id), 1) <= 1)
}
