//! A letter on its way: which of its files are there, and what goes next.

use super::{Action, Id};

/// Bytes of a request with a part of a file: what is lost at most when the link breaks. On a bad line, 50 kilobits a
/// second, such a slice takes 40 seconds; the server waits a minute. A file of this size goes in one piece.
pub const SLICE: f64 = 256.0 * 1024.0;

/// Answers in a row by which a file did not get further: then it is no slip.
const SLIPS: u32 = 3;
/// Times that files of a letter go anew in one try: twice is bad luck.
const RENEWALS: u32 = 2;

#[derive(Clone, Copy, Debug)]
struct File {
    size: f64,
    there: bool,
    picture: bool,
    /// Bytes that the server has; unknown before it was asked.
    from: Option<f64>,
}

#[derive(Debug)]
pub(super) struct Letter {
    pub id: Id,
    /// When it was written, by the clock on the wall.
    pub at: f64,
    files: Vec<File>,
    /// It came back while nobody was there.
    pub refused: bool,
    /// Somebody is there to hear of it.
    pub watched: bool,
    /// Its pictures stay behind.
    pub bare: bool,
    renewals: u32,
    slips: u32,
}

/// A request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Whole { slot: usize },
    Begin { slot: usize },
    Slice { slot: usize, from: f64, to: f64 },
    Words,
}

impl Step {
    pub fn action(self, id: Id) -> Action {
        match self {
            Step::Whole { slot } => Action::Whole { id, slot },
            Step::Begin { slot } => Action::Begin { id, slot },
            Step::Slice { slot, from, to } => Action::Slice { id, slot, from, to },
            Step::Words => Action::Words(id),
        }
    }
}

impl Letter {
    pub fn new(id: Id, at: f64, refused: bool) -> Self {
        Self { id, at, files: Vec::new(), refused, watched: false, bare: false, renewals: 0, slips: 0 }
    }

    pub fn told_anew(&mut self, refused: bool) {
        self.files.clear();
        self.refused = refused;
    }

    pub fn add(&mut self, size: f64, there: bool, picture: bool) {
        self.files.push(File { size, there, picture, from: None });
    }

    /// Files first, then the words.
    pub fn next(&self) -> Step {
        let Some(slot) = self.files.iter().position(|it| !it.there) else { return Step::Words };
        match self.files.get(slot) {
            Some(File { size, from: Some(from), .. }) => Step::Slice { slot, from: *from, to: size.min(from + SLICE) },
            Some(File { size, .. }) if *size > SLICE => Step::Begin { slot },
            _ => Step::Whole { slot },
        }
    }

    pub fn there(&mut self, slot: usize) {
        self.slips = 0;
        if let Some(file) = self.files.get_mut(slot) {
            file.there = true;
        }
    }

    /// Whether the server's word of how much it has leads on: more than before, or not too often the same.
    pub fn may_go_on(&mut self, slot: usize, from: f64) -> bool {
        let Some(file) = self.files.get(slot) else { return false };
        let more = file.from.is_none_or(|before| from > before);
        self.slips = if more { 0 } else { self.slips + 1 };
        from >= 0.0 && from <= file.size && self.slips < SLIPS
    }

    pub fn goes_on(&mut self, slot: usize, from: f64) {
        if let Some(file) = self.files.get_mut(slot) {
            file.from = Some(from);
        }
    }

    /// Whether the file may be announced once more: the server has forgotten what it had of it. One that was not begun is not there
    /// to be forgotten.
    pub fn may_begin_again(&mut self, slot: usize) -> bool {
        let Some(file) = self.files.get_mut(slot) else { return false };
        if file.from.take().is_none() {
            return false;
        }
        self.slips += 1;
        self.slips < SLIPS
    }

    pub fn lose(&mut self, slot: usize) {
        if slot < self.files.len() {
            self.files.remove(slot);
        }
    }

    /// The next picture that stays behind; one that is there goes along.
    pub fn left_behind(&self) -> Option<usize> {
        self.files.iter().position(|it| self.bare && it.picture && !it.there)
    }

    /// Whether files in these places may go anew.
    pub fn may_renew(&self, places: u32) -> bool {
        self.renewals < RENEWALS && (0..self.files.len()).any(|slot| is_in(places, slot))
    }

    /// Files in these places go anew; which.
    pub fn anew(&mut self, places: u32) -> Vec<usize> {
        self.renewals += 1;
        let mut all = Vec::new();
        for (slot, file) in self.files.iter_mut().enumerate().filter(|(slot, _)| is_in(places, *slot)) {
            (file.there, file.from) = (false, None);
            all.push(slot);
        }
        all
    }

    /// A try is over: the next one asks anew how much is there.
    pub fn rest(&mut self) {
        (self.watched, self.renewals, self.slips) = (false, 0, 0);
        for file in &mut self.files {
            file.from = None;
        }
    }
}

fn is_in(places: u32, slot: usize) -> bool {
    u32::try_from(slot).is_ok_and(|slot| places.checked_shr(slot).unwrap_or(0) & 1 == 1)
}
