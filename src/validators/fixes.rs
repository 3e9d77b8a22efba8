//! Repairs that are offered beside a fault, each with its reason and its exact edits.
//!
//! Most likely first: of typing slips 60 to 95 % are one wrong digit, 10 to 20 % two neighbours swapped, 10 to 20 % a digit
//! too many or too few (Verhoeff, 1969). Among the candidates that fit the check digits a swap is therefore about twice as
//! likely as any one changed digit; a change of the check digits themselves always fits and comes last.

use super::engine::{Honest, Number, Rule, Spec, span, symbols_of, unlabelled};
use super::flaw::{Flaw, Name, Outcome, Place};
use crate::text::{self, Glyph, Symbols, glyph, with_digit};
use crate::verdict::{Context, Edit, Fix, Span};

/// Most fixes of a verdict, except for numbers with two check digits: there all changed digits that fit are listed, at
/// most a dozen of them in a million random slips.
const MOST: usize = 3;

/// Symbols of an account, and the first ones of them, which a swap leaves alone.
const ACCOUNT: usize = 20;
const CLASS_AND_CURRENCY: usize = 8;

/// Fixes of a fault in `chars`, which are `bare` without their label; with their edits, where `EDITS`.
pub fn of<const EDITS: bool>(spec: &Spec, chars: &[char], bare: &[char], ctx: &Context, flaw: &Flaw) -> Vec<Fix> {
    let number = match &spec.rule {
        Rule::Own(own) => {
            let mut out = Vec::new();
            if let Some((reason, mended)) = (own.mend)(bare, ctx, flaw) {
                let value = (own.value)(&mended, ctx).display;
                if !matches!((own.look)(&text::chars(&value), ctx), Outcome::Fault(_)) {
                    // The whole field is written anew.
                    let mut edits = Vec::new();
                    if EDITS {
                        edits.push(Edit { start: 0, end: text::width(chars), text: value.clone() });
                    }
                    out.push(Fix { reason, value, edits });
                }
            }
            return out;
        }
        Rule::Number(number) => number,
    };
    let mut desk = Desk::<EDITS>::new(number, chars, bare, ctx);
    match flaw.name {
        Name::Chars => desk.letters(),
        Name::Length if number.honest != Honest::Nothing => {
            for at in 0..desk.symbols.as_slice().len() {
                desk.offer("extra", at, 1, &[]);
            }
        }
        Name::Checksum => desk.slips(),
        _ => {}
    }
    desk.out
}

/// Completions of a number that lacks one digit and has two check digits.
pub fn completions<const EDITS: bool>(spec: &Spec, text: &str, ctx: &Context) -> Vec<Fix> {
    match &spec.rule {
        Rule::Number(number) if matches!(number.honest, Honest::Digits(..)) => {
            let chars = text::chars(text);
            let mut desk = Desk::<EDITS>::new(number, &chars, unlabelled(spec, &chars), ctx);
            // An ИНН of nine digits lacks one of ten, and ten digits have one check digit.
            if !matches!(number.honest, Honest::Digits(_, to) if desk.symbols.count + 1 == to) {
                return Vec::new();
            }
            for at in 0..=desk.symbols.as_slice().len() {
                desk.digits("missing", at, 0);
            }
            desk.out
        }
        _ => Vec::new(),
    }
}

/// A number on the desk, and the fixes found so far.
struct Desk<'a, const EDITS: bool> {
    number: &'a Number,
    ctx: &'a Context<'a>,
    /// The text, and how much of it is a label.
    chars: &'a [char],
    label: usize,
    symbols: Symbols,
    most: usize,
    out: Vec<Fix>,
}

impl<'a, const EDITS: bool> Desk<'a, EDITS> {
    fn new(number: &'a Number, chars: &'a [char], bare: &[char], ctx: &'a Context<'a>) -> Self {
        let (label, symbols) = (chars.len() - bare.len(), symbols_of(bare));
        Self { number, ctx, chars, label, symbols, most: MOST, out: Vec::new() }
    }

    /// The number with `put` in the place of `drop` symbols, when it then holds without a doubt.
    fn holds(&self, at: usize, drop: usize, put: &[u8]) -> Option<String> {
        let mut next = Symbols::new();
        let symbols = self.symbols.as_slice();
        for part in [symbols.get(..at)?, put, symbols.get(at + drop..)?] {
            part.iter().for_each(|symbol| next.push(*symbol));
        }
        // A doubtful number is no likely repair, except where every candidate is listed.
        let all = matches!(self.number.honest, Honest::Digits(..));
        match self.number.look(&next, self.ctx) {
            Outcome::Complete(doubt) if doubt.is_none() || (all && doubt != Some(Name::Unchecked)) => {
                Some(self.number.value(&next)?.display)
            }
            _ => None,
        }
    }

    /// A fix that puts `put` in the place of `drop` symbols, with an edit for each symbol that changes.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn offer(&mut self, reason: &'static str, at: usize, drop: usize, put: &[u8]) {
        if self.out.len() < self.most
            && let Some(value) = self.holds(at, drop, put)
            && self.out.iter().all(|f| f.value != value)
        {
            let edits = if EDITS { self.edits(at, drop, put) } else { Vec::new() };
            self.out.push(Fix { reason, value, edits });
        }
    }

    /// An edit for each symbol that changes where `put` comes in the place of `drop` symbols.
    fn edits(&self, at: usize, drop: usize, put: &[u8]) -> Vec<Edit> {
        let mut edits = Vec::new();
        for step in 0..drop.max(put.len()) {
            let put = put.get(step..).unwrap_or_default();
            let put = put.get(..1).unwrap_or(put);
            if step >= drop || self.symbols.as_slice().get(at + step) != put.first() {
                let place = Place::Symbols((at + step) as u16, (at + step + 1) as u16);
                let Span { start, end } = span(self.chars, self.label, place);
                let end = if step < drop { end } else { start };
                edits.push(Edit { start, end, text: text::spell(put) });
            }
        }
        edits
    }

    /// Edits that take away what is no symbol at all.
    fn without_strays(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut end = 0;
        for c in self.chars {
            let start = end;
            end += c.len_utf16() as u32;
            if is_stray(*c) {
                edits.push(Edit { start, end, text: String::new() });
            }
        }
        edits
    }

    /// Letters that look like the digits they stand for; then what is no symbol at all left out.
    fn letters(&mut self) {
        if !text::has(self.chars, is_stray) {
            let mut mended = self.symbols.clone();
            for symbol in mended.as_mut_slice() {
                *symbol = with_digit(*symbol);
            }
            let mended = mended.as_slice();
            self.offer("letter-for-digit", 0, mended.len(), mended);
        }
        // A number that holds once the stray characters are gone.
        if self.out.is_empty() {
            self.offer("stray", 0, 0, &[]);
            if EDITS {
                let edits = self.without_strays();
                self.out.iter_mut().for_each(|fix| fix.edits.clone_from(&edits));
            }
        }
    }

    /// Neighbours swapped, digits changed.
    fn slips(&mut self) {
        let len = self.symbols.as_slice().len();
        match self.number.honest {
            Honest::Digits(check, to) if len == to => {
                // The likeliest swap, then changed digits; a page shows the first three.
                self.most = 1;
                self.swaps(0, check);
                self.most = usize::MAX;
                for at in 0..to {
                    self.digits("digit", at, 1);
                }
                self.swaps(0, to);
            }
            // Class and currency of an account are known from the payer and rarely mistyped.
            _ => {
                let account = len == ACCOUNT && self.number.forms.iter().all(|f| !f.digits);
                self.swaps(if account { CLASS_AND_CURRENCY } else { 0 }, len);
            }
        }
    }

    /// Neighbours the other way round, the left one at `from..to`.
    fn swaps(&mut self, from: usize, to: usize) {
        for at in from..to {
            if let Some([left, right]) = self.symbols.as_slice().get(at..at + 2)
                && left != right
            {
                self.offer("swap", at, 2, &[*right, *left]);
            }
        }
    }

    /// Every digit in the place of `drop` symbols.
    fn digits(&mut self, reason: &'static str, at: usize, drop: usize) {
        for digit in b'0'..=b'9' {
            self.offer(reason, at, drop, &[digit]);
        }
    }
}

fn is_stray(c: char) -> bool {
    glyph(c) == Glyph::JUNK
}
