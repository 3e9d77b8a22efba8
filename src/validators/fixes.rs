//! Repairs that are offered beside a fault, each with its reason and its exact edits.
//!
//! Most likely first: of typing slips 60 to 95 % are one wrong digit, 10 to 20 % two neighbours swapped, 10 to 20 % a digit
//! too many or too few (Verhoeff, 1969). Among the candidates that fit the check digits a swap is therefore about twice as
//! likely as any one changed digit; a change of the check digits themselves always fits and comes last.

use super::engine::{Honest, Number, Rule, Spec, symbols_of, unlabelled};
use super::flaw::{Flaw, Name, Outcome};
use crate::text::{self, Glyph, Symbols, digit_like, glyph};
use crate::verdict::{Context, Edit, Fix};

/// Most fixes of a verdict, except for numbers with two check digits: there all changed digits that fit are listed, at
/// most nine of them in a million random slips.
const MOST: usize = 3;

/// One change of a cleaned number: the symbol at `at` goes (`drop`) or stays, another one is put before it.
#[derive(Clone, Copy)]
struct Change {
    at: usize,
    drop: bool,
    put: Option<u8>,
}

/// Fixes of a fault in `chars`, which are `bare` without their label.
pub fn of(spec: &Spec, chars: &[char], bare: &[char], ctx: &Context, flaw: &Flaw) -> Vec<Fix> {
    let number = match &spec.rule {
        Rule::Own(own) => {
            let mut out = Vec::new();
            if let Some((reason, mended)) = (own.mend)(bare, ctx, flaw) {
                let value = (own.value)(&mended, ctx).display;
                if !matches!((own.look)(&text::chars(&value), ctx), Outcome::Fault(_)) {
                    // The whole field is written anew.
                    let edits = vec![Edit { start: 0, end: text::width(chars), text: value.clone() }];
                    out.push(Fix { reason, value, edits });
                }
            }
            return out;
        }
        Rule::Number(number) => number,
    };
    let mut desk = Desk::new(number, chars, bare, ctx);
    match flaw.name {
        Name::Chars => desk.letters(),
        Name::Length if number.honest != Honest::Nothing => desk.drops(),
        Name::Checksum => desk.slips(),
        _ => {}
    }
    desk.out
}

/// Completions of a number that lacks one digit and has two check digits.
pub fn completions(spec: &Spec, text: &str, ctx: &Context) -> Vec<Fix> {
    match &spec.rule {
        Rule::Number(number) if matches!(number.honest, Honest::Digits(..)) => {
            let chars = text::chars(text);
            let mut desk = Desk::new(number, &chars, unlabelled(spec, &chars), ctx);
            desk.insertions();
            desk.out
        }
        _ => Vec::new(),
    }
}

/// A number on the desk, and the fixes found so far.
struct Desk<'a> {
    number: &'a Number,
    ctx: &'a Context<'a>,
    symbols: Symbols,
    /// Place of each symbol, in UTF-16 code units.
    places: Vec<(u32, u32)>,
    /// Width of the text.
    end: u32,
    /// Edits that take away what is no symbol at all.
    strays: Vec<Edit>,
    most: usize,
    out: Vec<Fix>,
}

impl<'a> Desk<'a> {
    fn new(number: &'a Number, chars: &[char], bare: &[char], ctx: &'a Context<'a>) -> Self {
        let (mut places, mut strays, mut end) = (Vec::new(), Vec::new(), 0);
        let label = chars.len() - bare.len();
        for (at, c) in chars.iter().enumerate() {
            let start = end;
            end += c.len_utf16() as u32;
            match glyph(*c) {
                Glyph::Symbol(_) if at >= label => places.push((start, end)),
                Glyph::Junk => strays.push(Edit { start, end, text: String::new() }),
                _ => {}
            }
        }
        Self { number, ctx, symbols: symbols_of(bare), places, end, strays, most: MOST, out: Vec::new() }
    }

    /// The number after the changes, when it then holds without a doubt.
    fn holds(&self, changes: &[Change]) -> Option<String> {
        let mut next = Symbols::new();
        for at in 0..=self.symbols.count {
            let mut symbol = self.symbols.as_slice().get(at).copied();
            for change in changes.iter().filter(|c| c.at == at) {
                change.put.into_iter().for_each(|s| next.push(s));
                if change.drop {
                    symbol = None;
                }
            }
            symbol.into_iter().for_each(|s| next.push(s));
        }
        // A doubtful number is no likely repair, except where every candidate is listed.
        let all = matches!(self.number.honest, Honest::Digits(..));
        match self.number.look(&next, self.ctx) {
            Outcome::Complete(doubt) if all || doubt.is_none() => Some(self.number.value(&next)?.display),
            _ => None,
        }
    }

    #[inline(never)]
    fn offer(&mut self, reason: &'static str, changes: &[Change]) {
        if self.out.len() < self.most
            && let Some(value) = self.holds(changes)
            && self.out.iter().all(|f| f.value != value)
        {
            let mut edits = Vec::new();
            for change in changes {
                let (start, end) = self.places.get(change.at).copied().unwrap_or((self.end, self.end));
                let end = if change.drop { end } else { start };
                edits.push(Edit { start, end, text: text::spell(change.put.as_slice()) });
            }
            self.out.push(Fix { reason, value, edits });
        }
    }

    /// Letters that look like the digits they stand for; then what is no symbol at all left out.
    fn letters(&mut self) {
        let mut changes = Vec::new();
        for (at, symbol) in self.symbols.as_slice().iter().enumerate() {
            if let Some(digit) = digit_like(*symbol) {
                changes.push(Change { at, drop: true, put: Some(digit) });
            }
        }
        if self.strays.is_empty() && !changes.is_empty() {
            self.offer("letter-for-digit", &changes);
        }
        // A number that holds once the stray characters are gone.
        if self.out.is_empty() {
            self.offer("stray", &[]);
            let strays = std::mem::take(&mut self.strays);
            self.out.iter_mut().for_each(|fix| fix.edits.clone_from(&strays));
        }
    }

    fn drops(&mut self) {
        for at in 0..self.symbols.as_slice().len() {
            self.offer("extra", &[Change { at, drop: true, put: None }]);
        }
    }

    fn insertions(&mut self) {
        for at in 0..=self.symbols.as_slice().len() {
            self.digits("missing", at, false);
        }
    }

    fn slips(&mut self) {
        let len = self.symbols.as_slice().len();
        match self.number.honest {
            Honest::Digits(check, to) if len == to => {
                self.most = usize::MAX;
                self.swaps(0, check);
                for at in 0..to {
                    self.digits("digit", at, true);
                }
                self.swaps(check, to);
            }
            _ => self.swaps(0, len),
        }
    }

    /// Neighbours the other way round, the left one at `from..to`.
    fn swaps(&mut self, from: usize, to: usize) {
        for at in from..to {
            if let Some([left, right]) = self.symbols.as_slice().get(at..at + 2)
                && left != right
            {
                let (left, right) = (Some(*left), Some(*right));
                let set = |at, put| Change { at, drop: true, put };
                self.offer("swap", &[set(at, right), set(at + 1, left)]);
            }
        }
    }

    /// Every digit at `at`, in the place of what stands there or before it.
    fn digits(&mut self, reason: &'static str, at: usize, drop: bool) {
        for digit in b'0'..=b'9' {
            self.offer(reason, &[Change { at, drop, put: Some(digit) }]);
        }
    }
}
