//! Repairs that are offered beside a fault, each with its reason and its exact edits.
//!
//! Most likely first: of typing slips 60 to 95 % are one wrong digit, 10 to 20 % two neighbours swapped, 10 to 20 % a digit
//! too many or too few (Verhoeff, 1969). Among the candidates that fit the check digits a swap is therefore about twice as
//! likely as any one changed digit; a change of the check digits themselves always fits and comes last.

use super::engine::{Flaw, Honest, Number, Outcome, Rule, Spec, unlabelled};
use crate::text::{self, Glyph, Symbols, digit_like, letter, marks};
use crate::verdict::{Context, Edit, Fix};

/// Most fixes of a verdict, except for numbers with two check digits: there all changed digits that fit are listed, at
/// most nine of them in a million random slips.
const MOST: usize = 3;

/// One change of a cleaned number.
#[derive(Clone, Copy)]
enum Change {
    Set(usize, u8),
    Drop(usize),
    Insert(usize, u8),
}

/// Fixes of a fault.
pub fn of(spec: &Spec, text: &str, ctx: &Context, flaw: &Flaw) -> Vec<Fix> {
    let number = match &spec.rule {
        Rule::Own(own) => {
            let fixes = (own.fixes)(unlabelled(spec, text), ctx, flaw);
            let mends = |value: &str| !matches!((own.look)(value, ctx), Outcome::Fault(_));
            let fixes = fixes.into_iter().filter(|(_, value)| mends(value));
            return fixes.map(|(reason, value)| rewrite(reason, text, value)).collect();
        }
        Rule::Number(number) => number,
    };
    let desk = Desk { spec, number, text, ctx };
    match flaw.name {
        "chars" => desk.letters(),
        "length" if number.honest != Honest::Nothing => desk.drops(),
        "checksum" => desk.slips(),
        _ => Vec::new(),
    }
}

/// Completions of a number that lacks one digit and has two check digits.
pub fn completions(spec: &Spec, text: &str, ctx: &Context) -> Vec<Fix> {
    match &spec.rule {
        Rule::Number(number) if matches!(number.honest, Honest::Digits(..)) => {
            Desk { spec, number, text, ctx }.insertions()
        }
        _ => Vec::new(),
    }
}

/// A fix that writes the whole field anew.
fn rewrite(reason: &'static str, text: &str, value: String) -> Fix {
    Fix { reason, edits: vec![Edit { start: 0, end: text::width(text), text: value.clone() }], value }
}

struct Desk<'a> {
    spec: &'a Spec,
    number: &'a Number,
    text: &'a str,
    ctx: &'a Context<'a>,
}

impl Desk<'_> {
    fn symbols(&self) -> Vec<u8> {
        Symbols::read(unlabelled(self.spec, self.text)).as_slice().to_vec()
    }

    /// The number after the changes, when it then holds without a doubt.
    fn holds(&self, symbols: &[u8], changes: &[Change]) -> Option<String> {
        let mut next = symbols.to_vec();
        for change in changes {
            match *change {
                Change::Set(at, symbol) => *next.get_mut(at)? = symbol,
                Change::Drop(at) if at < next.len() => drop(next.remove(at)),
                Change::Insert(at, symbol) if at <= next.len() => next.insert(at, symbol),
                _ => return None,
            }
        }
        let next = Symbols::from_symbols(&next);
        // A doubtful number is no likely repair, except where every candidate is listed.
        let all = matches!(self.number.honest, Honest::Digits(..));
        match self.number.look(&next, self.ctx) {
            Outcome::Complete(doubt) if all || doubt.is_none() => {}
            _ => return None,
        }
        let form = self.number.filled(&next)?;
        Some(form.print(form.normal(&next).as_slice()))
    }

    fn offer(&self, out: &mut Vec<Fix>, reason: &'static str, symbols: &[u8], changes: &[Change]) {
        if let Some(value) = self.holds(symbols, changes)
            && out.iter().all(|f| f.value != value)
        {
            out.push(Fix { reason, value, edits: self.edits(changes) });
        }
    }

    /// Letters that look like the digits they stand for; then what is no symbol at all left out.
    fn letters(&self) -> Vec<Fix> {
        let symbols = self.symbols();
        let changes: Vec<Change> = symbols
            .iter()
            .enumerate()
            .filter_map(|(at, symbol)| digit_like(*symbol).map(|digit| Change::Set(at, digit)))
            .collect();
        let mut out = Vec::new();
        let clean = marks(self.text).all(|m| m.glyph != Glyph::Junk);
        if clean && !changes.is_empty() {
            self.offer(&mut out, "letter-for-digit", &symbols, &changes);
        }
        // A number that holds once the stray characters are gone.
        if out.is_empty()
            && let Some(value) = self.holds(&symbols, &[])
        {
            let stray = marks(self.text).filter(|m| m.glyph == Glyph::Junk);
            let edits = stray.map(|m| Edit { start: m.start, end: m.end, text: String::new() }).collect();
            out.push(Fix { reason: "stray", value, edits });
        }
        out
    }

    fn drops(&self) -> Vec<Fix> {
        let symbols = self.symbols();
        let mut out = Vec::new();
        for at in 0..symbols.len() {
            self.offer(&mut out, "extra", &symbols, &[Change::Drop(at)]);
        }
        out.truncate(MOST);
        out
    }

    fn insertions(&self) -> Vec<Fix> {
        let symbols = self.symbols();
        let mut out = Vec::new();
        for at in 0..=symbols.len() {
            for digit in b'0'..=b'9' {
                self.offer(&mut out, "missing", &symbols, &[Change::Insert(at, digit)]);
            }
        }
        out.truncate(MOST);
        out
    }

    fn slips(&self) -> Vec<Fix> {
        let symbols = self.symbols();
        let mut out = Vec::new();
        let swaps = |out: &mut Vec<Fix>, from: usize, to: usize| {
            for (at, pair) in symbols.windows(2).enumerate().take(to).skip(from) {
                if let [left, right] = *pair
                    && left != right
                {
                    self.offer(out, "swap", &symbols, &[Change::Set(at, right), Change::Set(at + 1, left)]);
                }
            }
        };
        let check = if let Honest::Digits(from, _) = self.number.honest { from } else { usize::MAX };
        swaps(&mut out, 0, check);
        match self.number.honest {
            Honest::Digits(from, to) if symbols.len() == to => {
                let body = 0..from;
                for at in body.chain(from..to) {
                    for digit in b'0'..=b'9' {
                        self.offer(&mut out, "digit", &symbols, &[Change::Set(at, digit)]);
                    }
                }
            }
            _ => out.truncate(MOST),
        }
        swaps(&mut out, check, usize::MAX);
        out
    }

    /// The changes as edits of the typed text.
    fn edits(&self, changes: &[Change]) -> Vec<Edit> {
        let skipped = text::width(self.text) - text::width(unlabelled(self.spec, self.text));
        let places: Vec<(u32, u32)> = marks(self.text)
            .filter(|m| m.start >= skipped && matches!(m.glyph, Glyph::Symbol(_)))
            .map(|m| (m.start, m.end))
            .collect();
        let end = text::width(self.text);
        let place = |at: usize| places.get(at).copied().unwrap_or((end, end));
        let edit = |change: &Change| {
            let ((start, end), text) = match *change {
                Change::Set(at, symbol) => (place(at), letter(symbol).into()),
                Change::Drop(at) => (place(at), String::new()),
                Change::Insert(at, symbol) => ((place(at).0, place(at).0), letter(symbol).into()),
            };
            Edit { start, end, text }
        };
        changes.iter().map(edit).collect()
    }
}
