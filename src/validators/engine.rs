//! The five steps that every number goes through: clean, characters, length, components, checksum.
//!
//! A kind is data: the spellings it may have, and one function for components and check digits. [`look`] walks the steps
//! without allocating; words, fixes and values are made afterwards, and only where somebody asks for them.

use super::fixes;
use super::flaw::{Expected, FINE, Flaw, MORE, Name, Outcome, Place, flaw, flaw_char, flaw_symbols, partial};
use crate::text::{self, CYRILLIC_TWINS, LATIN_TWINS, Symbols, is_blank, is_label, is_letter, letter, twin};
use crate::verdict::{Context, Day, Fault, Span, Value, Verdict, Warning};

/// Zeros alone: a placeholder.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn zeros(symbols: &[u8]) -> bool {
    symbols.iter().all(|s| *s == b'0')
}

/// A judge of numbers that are right whatever they say.
pub fn any(_: &[u8], _: &Context) -> Outcome {
    FINE
}

/// A judge of numbers that are right unless they are zeros alone.
pub fn some(symbols: &[u8], _: &Context) -> Outcome {
    if zeros(symbols) { flaw(Name::Zero) } else { FINE }
}

/// Components and check digits of cleaned symbols.
pub type Judge = fn(&[u8], &Context) -> Outcome;

/// One kind of field.
pub struct Spec {
    /// Stable name, first half of every code.
    pub name: &'static str,
    /// Stems of words that are pasted together with the value, in lower case with е for ё; a blank stands between them.
    pub labels: &'static str,
    pub rule: Rule,
}

pub enum Rule {
    Number(Number),
    /// A number that people paste together with another one, such as «ИНН/КПП».
    Pair(Number, &'static [&'static Spec]),
    /// A text with an order of its own, such as a date.
    Own(Own),
}

impl Spec {
    /// The number, unless the kind is a text with an order of its own.
    pub fn number(&self) -> Option<&Number> {
        match &self.rule {
            Rule::Number(number) | Rule::Pair(number, _) => Some(number),
            Rule::Own(_) => None,
        }
    }
}

/// A number made of digits and letters.
pub struct Number {
    /// Lawful spellings, see [`form`].
    pub forms: &'static [Form],
    pub judge: Judge,
    /// Which repairs by check digits are honest.
    pub honest: Honest,
}

/// How far the check digits of a kind can point at a slip.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Honest {
    /// No check digit.
    Nothing,
    /// One: about one neighbour swap and one superfluous digit fit by chance, a dozen changed digits do.
    Swaps,
    /// Two: about two changed digits fit. The figures are the places of the check digits.
    Digits(usize, usize),
}

/// A likely repair: its reason, and the characters after it.
pub type Mended = Option<(&'static str, Vec<char>)>;

/// The functions get the characters without a label.
pub struct Own {
    pub look: fn(&[char], &Context) -> Outcome,
    /// The value of a text that is complete.
    pub value: fn(&[char], &Context) -> Value,
    /// The repair of a text that is not.
    pub mend: fn(&[char], &Context, &Flaw) -> Mended,
}

/// Nothing is mended.
pub fn no_mend(_: &[char], _: &Context, _: &Flaw) -> Mended {
    None
}

/// A spelling. `9` is a digit, `L` one of the twelve Cyrillic letters with a Latin twin, `C` a Cyrillic letter, `A` a
/// Latin letter, `X` a digit or a Latin letter, `V` a symbol of a VIN, `RU` these letters; anything else is printed as it stands.
#[derive(Clone, Copy)]
pub struct Form {
    pub text: &'static str,
    /// Symbols that fill it.
    pub slots: usize,
    /// All of them digits.
    pub digits: bool,
}

/// Count the slots of a spelling.
#[allow(clippy::indexing_slicing)] // const: checked when it is compiled
pub const fn form(text: &'static str) -> Form {
    let bytes = text.as_bytes();
    let (mut at, mut slots, mut digits) = (0, 0, true);
    while at < bytes.len() {
        if is_slot(bytes[at]) {
            slots += 1;
            digits &= bytes[at] == b'9';
        }
        at += 1;
    }
    Form { text, slots, digits }
}

pub const fn is_slot(byte: u8) -> bool {
    byte == b'9' || byte.is_ascii_uppercase()
}

impl Form {
    /// Write the symbols as the form has them; how many from the start fit.
    fn fit(&self, symbols: &mut Symbols) -> usize {
        if self.digits && !symbols.letters {
            return symbols.count.min(self.slots);
        }
        fit(self.text, symbols)
    }

    /// Write the symbols as the form has them, and those that it does not take as the ones they are mistaken for.
    pub fn mend(&self, symbols: &mut Symbols) -> bool {
        let classes = self.text.as_bytes().iter().filter(|class| is_slot(**class));
        for (class, symbol) in classes.zip(symbols.as_mut_slice()) {
            let admitted = [*symbol, text::with_digit(*symbol), text::with_letter(*symbol)].map(|s| admit(*class, s));
            match admitted.into_iter().find(|s| *s > 0) {
                Some(lawful) => *symbol = lawful,
                None => return false,
            }
        }
        true
    }

    /// What the slot at `at` takes; empty behind the last one.
    fn wants(&self, at: usize) -> Expected {
        let mut left = at;
        for class in self.text.as_bytes() {
            if is_slot(*class) {
                if left == 0 {
                    return alphabet(*class);
                }
                left -= 1;
            }
        }
        Expected::Nothing
    }

    /// The official spelling.
    pub fn print(&self, symbols: &[u8]) -> String {
        print(self.text, symbols)
    }
}

/// Write the symbols as a spelling has them; how many from the start fit.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn fit(form: &str, symbols: &mut Symbols) -> usize {
    let mut fit = 0;
    for class in form.as_bytes() {
        if is_slot(*class) {
            let Some(symbol) = symbols.as_mut_slice().get_mut(fit) else { break };
            let admitted = admit(*class, *symbol);
            if admitted == 0 {
                break;
            }
            *symbol = admitted;
            fit += 1;
        }
    }
    fit
}

/// The symbols in a spelling, as far as there are any.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn print(form: &str, symbols: &[u8]) -> String {
    let mut rest = symbols.iter();
    let mut out = String::new();
    for byte in form.as_bytes() {
        let c = if is_slot(*byte) { rest.next().map(|s| letter(*s)) } else { Some(char::from(*byte)) };
        let Some(c) = c else { break };
        text::push(&mut out, c);
    }
    out
}

/// The symbol as it is written in a slot of this class; 0 for one that it does not take. Letters that look like a lawful
/// one become it.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn admit(class: u8, symbol: u8) -> u8 {
    let (lawful, cyrillic) = match class {
        b'9' => (symbol.is_ascii_digit(), None),
        b'L' => (twin(symbol, CYRILLIC_TWINS, CYRILLIC_TWINS) > 0, Some(true)),
        b'C' => (symbol >= 0x80, Some(true)),
        b'A' => (symbol.is_ascii_uppercase(), Some(false)),
        // The country of a Russian IBAN.
        b'R' | b'U' => (symbol == class, None),
        // The Cyrillic О looks like one of them.
        b'V' if matches!(symbol, b'I' | b'O' | b'Q' | 0xce) => (false, None),
        _ => (symbol.is_ascii_alphanumeric(), Some(false)),
    };
    match cyrillic {
        _ if lawful => symbol,
        Some(true) => twin(symbol, LATIN_TWINS, CYRILLIC_TWINS),
        Some(false) => twin(symbol, CYRILLIC_TWINS, LATIN_TWINS),
        None => 0,
    }
}

/// What a slot of this class takes, for [`Fault::expected`](crate::verdict::Fault).
fn alphabet(class: u8) -> Expected {
    match class {
        b'9' => Expected::Digit,
        b'L' => Expected::Twin,
        b'C' => Expected::Cyrillic,
        b'A' => Expected::Latin,
        b'R' | b'U' => Expected::Russia,
        _ => Expected::Mixed,
    }
}

/// Walk the steps over typed text.
pub fn look(spec: &Spec, text: &str, ctx: &Context) -> Outcome {
    match &spec.rule {
        Rule::Own(own) => (own.look)(&unlabelled(spec, &text::chars(text)), ctx),
        Rule::Number(number) | Rule::Pair(number, _) => read(spec, number, text, ctx).1,
    }
}

/// The symbols of a number, without labels where they stand in its way, and their outcome.
fn read(spec: &Spec, number: &Number, text: &str, ctx: &Context) -> (Symbols, Outcome) {
    let symbols = Symbols::read(text);
    let outcome = number.look(&symbols, ctx);
    if !symbols.letters && symbols.junk.is_none() || !matches!(outcome, Outcome::Fault(_)) {
        return (symbols, outcome);
    }
    let symbols = symbols_of(&unlabelled(spec, &text::chars(text)));
    let outcome = number.look(&symbols, ctx);
    (symbols, outcome)
}

/// The cleaned symbols of characters.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn symbols_of(chars: &[char]) -> Symbols {
    Symbols::read(&text::string(chars))
}

impl Number {
    /// The steps after cleaning.
    pub fn look(&self, symbols: &Symbols, ctx: &Context) -> Outcome {
        if let Some(at) = symbols.junk {
            return flaw_char(Name::Chars, at, Expected::Nothing);
        }
        // Characters come before the length, so a letter behind a whole number is the letter's fault.
        if symbols.letters && self.forms.iter().all(|f| f.digits) {
            let at = symbols.as_slice().iter().position(|s| !s.is_ascii_digit()).unwrap_or_default();
            return flaw_symbols(Name::Chars, at, at + 1, alphabet(b'9'));
        }
        let mut missing = usize::MAX;
        let mut furthest = (0, Expected::Nothing);
        for form in self.forms {
            if form.digits && !symbols.letters && form.slots == symbols.count {
                // Nothing to fold: no copy either.
                match (self.judge)(symbols.as_slice(), ctx) {
                    MORE => continue,
                    outcome => return outcome,
                }
            }
            let mut own = symbols.clone();
            let fit = form.fit(&mut own);
            if fit == symbols.count && fit == form.slots {
                match (self.judge)(own.as_slice(), ctx) {
                    MORE => {}
                    outcome => return outcome,
                }
            } else if fit == symbols.count {
                missing = missing.min(form.slots - fit);
            } else if fit < form.slots && fit >= furthest.0 {
                furthest = (fit, form.wants(fit));
            }
        }
        // Digits alone that fill a form of digits are too many of them, whatever the forms with letters say.
        if missing == usize::MAX && !symbols.letters && self.forms.iter().any(|f| f.digits && f.slots < symbols.count) {
            return flaw(Name::Length);
        }
        match missing {
            usize::MAX if furthest.1 == Expected::Nothing => flaw(Name::Length),
            usize::MAX if furthest.1 == Expected::Russia => flaw_symbols(Name::Country, 0, 2, Expected::Russia),
            // A letter where no form has one; too many digits before it are a later worry.
            usize::MAX => flaw_symbols(Name::Chars, furthest.0, furthest.0 + 1, furthest.1),
            missing => partial(missing),
        }
    }

    /// Canonical and official spelling, where the symbols fill a form.
    pub fn value(&self, symbols: &Symbols) -> Option<Value> {
        for form in self.forms {
            let mut own = symbols.clone();
            if form.slots == symbols.count && form.fit(&mut own) == form.slots {
                return Some(Value::new(text::spell(own.as_slice()), form.print(own.as_slice())));
            }
        }
        None
    }
}

/// Words that are pasted with any number.
const COMMON: &str = "номер сери код документ гражданин n no";

/// The characters with blanks in the place of labels that were pasted with the value, such as «ИНН: 7707083893», and of a
/// number that was pasted beside it. Places stay as they are.
pub fn unlabelled(spec: &Spec, typed: &[char]) -> Vec<char> {
    let mut chars = typed.to_vec();
    let form = spec.number().is_some();
    let others = if let Rule::Pair(_, others) = spec.rule { others } else { &[] };
    let (mut at, mut free) = (0, true);
    while let Some(rest) = typed.get(at..)
        && let Some(first) = rest.first()
    {
        let word = text::word(rest);
        let (next, then) = (rest.get(word.len()), rest.get(word.len() + 1));
        let dot = next == Some(&'.');
        // A word that touches the value must be a whole label; in a text with an order of its own it is no label at all.
        let glued = next.is_some_and(|c| !is_blank(*c) && !is_bond(*c));
        let beside = others.iter().any(|other| is_label(other.labels, word, false));
        let label = free
            && !word.is_empty()
            && (form || !(glued || dot && then.is_some_and(|c| is_letter(*c))))
            && (is_label(spec.labels, word, (form && !glued) || dot)
                || beside
                || (form && is_label(COMMON, word, !glued)));
        if label {
            let mut end = at + word.len();
            while let Some(rest) = typed.get(end..)
                && let [bond, more @ ..] = text::trim_start(rest, is_blank)
                && is_bond(*bond)
            {
                end = typed.len() - more.len();
            }
            while at > 0 && typed.get(at - 1).is_some_and(|c| is_blank(*c) || matches!(c, ',' | ';' | '(')) {
                at -= 1;
            }
            fill(&mut chars, at, end);
            if let Rule::Pair(..) = spec.rule
                && let Some(border) = chars.get_mut(at)
            {
                *border = '\n';
            }
            (at, free) = (end, true);
        } else {
            at += word.len().max(1);
            free = word.is_empty() && (is_blank(*first) || matches!(first, ',' | ';' | '(' | ':' | '.' | '/'));
        }
    }
    if let Rule::Pair(number, others) = &spec.rule {
        leave(number, others, &mut chars);
    }
    chars
}

/// What stands between a label and its value.
fn is_bond(c: char) -> bool {
    matches!(c, '.' | ':' | '=' | '№' | '#' | ')')
}

/// Blank out what is between two borders and complete as another number.
fn leave(number: &Number, others: &[&Spec], chars: &mut [char]) {
    let ctx = Context { today: Day { year: 2099, month: 1, day: 1 }, bik: None };
    let complete = |number: &Number, symbols: &Symbols| matches!(number.look(symbols, &ctx), Outcome::Complete(_));
    let (mut from, mut at) = (0, 0);
    while at <= chars.len() {
        if chars.get(at).is_none_or(|c| matches!(c, '/' | '\\' | ',' | ';' | '\n')) {
            let part = symbols_of(chars.get(from..at).unwrap_or_default());
            let other = |spec: &&Spec| spec.number().is_some_and(|number| complete(number, &part));
            if !complete(number, &part) && others.iter().any(other) {
                // With both borders.
                fill(chars, from.saturating_sub(1), at + 1);
            }
            from = at + 1;
        }
        at += 1;
    }
}

/// Blanks in this range.
fn fill(chars: &mut [char], from: usize, to: usize) {
    let to = to.min(chars.len());
    chars.get_mut(from..to).unwrap_or_default().fill(' ');
}

/// The whole verdict: values, words' parameters and fixes.
pub fn verdict(spec: &Spec, text: &str, ctx: &Context) -> Verdict<Value> {
    match look(spec, text, ctx) {
        Outcome::Complete(warning) => {
            let warnings = warning.map(|w| Warning { code: code(spec, w.as_str()), span: None }).into_iter().collect();
            Verdict::Complete { value: value(spec, text, ctx), warnings }
        }
        Outcome::Partial(missing) => {
            let symbols = symbols_of(&unlabelled(spec, &text::chars(text)));
            Verdict::Partial { missing, lengths: lengths(spec, &symbols) }
        }
        Outcome::Fault(flaw) => Verdict::Fault(fault::<true>(spec, text, ctx, &flaw)),
    }
}

/// Canonical and official spelling of a complete text.
pub fn value(spec: &Spec, text: &str, ctx: &Context) -> Value {
    match &spec.rule {
        Rule::Own(own) => (own.value)(&unlabelled(spec, &text::chars(text)), ctx),
        Rule::Number(number) | Rule::Pair(number, _) => {
            number.value(&read(spec, number, text, ctx).0).unwrap_or_else(|| Value::same(text.to_owned()))
        }
    }
}

/// A flaw with its words' parameters and fixes. `EDITS`: with the span and the edits of fixes, which cost code on a page.
pub fn fault<const EDITS: bool>(spec: &Spec, text: &str, ctx: &Context, flaw: &Flaw) -> Fault {
    let typed = text::chars(text);
    let chars = unlabelled(spec, &typed);
    let (from, to) = range(&chars, flaw.place);
    let (mut expected, mut found) = (flaw.expected.as_str().to_owned(), String::new());
    if flaw.name == Name::Length {
        expected = list(&lengths(spec, &Symbols::new()));
        found = list(&[symbols_of(&chars).count as u32]);
    } else if flaw.place != Place::Whole {
        found = text::string(typed.get(from..to).unwrap_or_default());
    }
    Fault {
        code: code(spec, flaw.name.as_str()),
        span: if EDITS { span(&chars, flaw.place) } else { Span::default() },
        expected,
        found,
        fixes: fixes::of::<EDITS>(spec, &typed, &chars, ctx, flaw),
    }
}

/// `kind.flaw`.
pub fn code(spec: &Spec, name: &str) -> String {
    text::join(&[spec.name, ".", name])
}

/// Lawful numbers of symbols that these can still reach.
fn lengths(spec: &Spec, symbols: &Symbols) -> Vec<u32> {
    let mut out = Vec::new();
    if let Some(number) = spec.number() {
        for form in number.forms {
            let slots = form.slots as u32;
            if form.fit(&mut symbols.clone()) == symbols.count && out.last() != Some(&slots) {
                out.push(slots);
            }
        }
    }
    out
}

/// Numbers as a list, such as `10, 12`.
pub fn list(numbers: &[u32]) -> String {
    let mut out = String::new();
    for number in numbers {
        if !out.is_empty() {
            out.push_str(", ");
        }
        text::push_number(&mut out, (*number).into(), 0);
    }
    out
}

/// Range of a place in UTF-16 code units.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn span(chars: &[char], place: Place) -> Span {
    let (from, to) = range(chars, place);
    let start = text::width(chars.get(..from).unwrap_or(chars));
    Span { start, end: start + text::width(chars.get(from..to).unwrap_or_default()) }
}

/// Half-open range of characters of a place.
#[cfg_attr(target_family = "wasm", inline(never))]
fn range(chars: &[char], place: Place) -> (usize, usize) {
    let end = chars.len();
    let (from, to, symbols): (usize, usize, bool) = match place {
        Place::Whole => return (0, end),
        Place::Symbols(from, to) => (from.into(), to.into(), true),
        Place::Chars(from, to) => (from.into(), to.into(), false),
    };
    let (mut first, mut last, mut seen) = (end, end, 0);
    let mut next = 0;
    while let Some(c) = chars.get(next) {
        next += 1;
        if symbols && text::symbol(*c) == 0 {
            continue;
        }
        if seen == from {
            first = next - 1;
        }
        seen += 1;
        if seen == to.max(from + 1) {
            last = next;
        }
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_the_lawful_ones_they_look_like() {
        assert_eq!(admit(b'L', b'A'), 0xc0);
        assert_eq!(admit(b'V', 0xc0), b'A');
        assert_eq!(admit(b'V', b'I'), 0);
        assert_eq!(admit(b'9', b'O'), 0);
    }

    #[test]
    fn a_spelling_is_printed_as_far_as_there_are_symbols() {
        assert_eq!(form("999-999 99").print(b"1234"), "123-4");
    }
}
