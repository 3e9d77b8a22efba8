//! The five steps that every number goes through: clean, characters, length, components, checksum.
//!
//! A kind is data: the spellings it may have, and one function for components and check digits. [`look`] walks the steps
//! without allocating; words, fixes and values are made afterwards, and only where somebody asks for them.

use super::flaw::{Expected, FINE, Flaw, MORE, Name, Outcome, Place, flaw, flaw_char, flaw_symbols, partial};
pub use super::labels::{unlabel, unlabelled};
pub use super::slots::{Form, admit, digit_lengths};
use super::{date, fixes};
use crate::text::{self, Symbols};
use crate::verdict::{Context, Fault, Span, Value, Verdict, Warning};

/// Zeros alone: a placeholder.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn zeros(symbols: &[u8]) -> bool {
    symbols.iter().all(|s| *s == b'0')
}

/// A judge of numbers that are right unless they are zeros alone, which no judge sees.
pub fn some(_: &[u8], _: &Context) -> Outcome {
    FINE
}

/// The same of a text with an order of its own.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn some_digit(chars: &[char]) -> Outcome {
    if text::has(chars, |c| matches!(c, '1'..='9')) { FINE } else { flaw(Name::Zero) }
}

/// Components and check digits of cleaned symbols.
pub type Judge = fn(&[u8], &Context) -> Outcome;

/// One kind of field.
pub struct Spec {
    /// Stable name, first half of every code.
    pub name: &'static str,
    /// Stems of words that are pasted together with the value beside its name, in lower case with е for ё; a blank stands between them.
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
    /// Lawful spellings with `|` between, see [`Form`].
    forms: &'static str,
    /// Lengths of those that are digits alone, see [`digit_lengths`].
    pub digits: u32,
    /// Zeros alone are no number and never get here; `None` for a kind where they may be one.
    judge: Option<Judge>,
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
    Digits(u8, u8),
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

/// Walk the steps over typed text.
pub fn look(spec: &Spec, text: &str, ctx: &Context) -> Outcome {
    match &spec.rule {
        Rule::Own(own) => (own.look)(&unlabelled(spec, &text::chars(text)), ctx),
        Rule::Number(number) | Rule::Pair(number, _) => {
            number.plain(text.as_bytes(), ctx).unwrap_or_else(|| read(spec, number, text, ctx).1)
        }
    }
}

/// Looks at values one after the other, each read into the same memory.
pub struct Column {
    spec: &'static Spec,
    typed: Vec<char>,
    /// The same without labels.
    chars: Vec<char>,
}

impl Column {
    pub const fn new(spec: &'static Spec) -> Self {
        Self { spec, typed: Vec::new(), chars: Vec::new() }
    }

    /// As [`look`].
    pub fn look(&mut self, text: &str, ctx: &Context) -> Outcome {
        match &self.spec.rule {
            Rule::Own(own) => (own.look)(self.unlabelled(text), ctx),
            Rule::Number(number) | Rule::Pair(number, _) => number.plain(text.as_bytes(), ctx).unwrap_or_else(|| {
                let symbols = Symbols::read(text);
                let outcome = number.look(&symbols, ctx);
                if may_have_label(&symbols, outcome) {
                    number.look(&symbols_of(self.unlabelled(text)), ctx)
                } else {
                    outcome
                }
            }),
        }
    }

    /// The characters without labels.
    fn unlabelled(&mut self, text: &str) -> &[char] {
        self.typed.clear();
        self.typed.extend(text.chars().map(text::narrow));
        self.chars.clone_from(&self.typed);
        unlabel(self.spec, &self.typed, &mut self.chars);
        &self.chars
    }
}

/// The symbols of a number, without labels where they stand in its way, and their outcome.
pub fn read(spec: &Spec, number: &Number, text: &str, ctx: &Context) -> (Symbols, Outcome) {
    let symbols = Symbols::read(text);
    let outcome = number.look(&symbols, ctx);
    if !may_have_label(&symbols, outcome) {
        return (symbols, outcome);
    }
    let symbols = symbols_of(&unlabelled(spec, &text::chars(text)));
    let outcome = number.look(&symbols, ctx);
    (symbols, outcome)
}

/// Words stand in the way of a number.
fn may_have_label(symbols: &Symbols, outcome: Outcome) -> bool {
    (symbols.letters || symbols.junk.is_some()) && outcome.is_fault()
}

/// The cleaned symbols of characters.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn symbols_of(chars: &[char]) -> Symbols {
    Symbols::of(chars, |c| c)
}

impl Number {
    /// A number with these spellings.
    pub const fn new(forms: &'static str, judge: Judge, honest: Honest) -> Self {
        Self { forms, digits: digit_lengths(forms), judge: Some(judge), honest }
    }

    /// A number that is right whatever it says.
    pub const fn any(forms: &'static str) -> Self {
        Self { forms, digits: digit_lengths(forms), judge: None, honest: Honest::Nothing }
    }

    /// Components and check digits. A lone 0 may stand for no number.
    #[cfg_attr(target_family = "wasm", inline(never))]
    fn judged(&self, symbols: &[u8], ctx: &Context) -> Outcome {
        match self.judge {
            Some(_) if symbols.len() > 1 && zeros(symbols) => flaw(Name::Zero),
            Some(judge) => judge(symbols, ctx),
            None => FINE,
        }
    }

    /// The spellings.
    pub fn forms(&self) -> impl Iterator<Item = Form> + use<> {
        let mut rest = self.forms;
        std::iter::from_fn(move || text::next_part(&mut rest, b'|').map(Form))
    }

    /// The spellings as one text, with `|` between.
    pub fn spellings(&self) -> &'static str {
        self.forms
    }

    /// No spelling has letters.
    pub fn is_numeric(&self) -> bool {
        !Form(self.forms).has_letters()
    }

    /// The judgement on digits alone of a lawful length, the usual case: nothing to clean, to fold or to copy.
    #[inline]
    fn plain(&self, text: &[u8], ctx: &Context) -> Option<Outcome> {
        let lawful = self.digits.unbounded_shr(text.len() as u32) & 1 > 0 && text.iter().all(u8::is_ascii_digit);
        if lawful { Some(self.judged(text, ctx)).filter(|outcome| !matches!(*outcome, MORE)) } else { None }
    }

    /// The steps after cleaning.
    pub fn look(&self, symbols: &Symbols, ctx: &Context) -> Outcome {
        if let Some(at) = symbols.junk {
            return flaw_char(Name::Chars, at, Expected::Nothing);
        }
        let count = symbols.count;
        if !symbols.letters {
            // Nothing to fold, the usual case.
            if self.digits.unbounded_shr(count as u32) & 1 > 0 {
                match self.judged(symbols.as_slice(), ctx) {
                    MORE => {}
                    outcome => return outcome,
                }
            }
        } else if self.is_numeric() {
            // Characters come before the length, so a letter behind a whole number is the letter's fault.
            let at = symbols.as_slice().iter().position(|s| !s.is_ascii_digit()).unwrap_or_default();
            return flaw_symbols(Name::Chars, at, at + 1, Expected::Digit);
        }
        let mut missing = usize::MAX;
        let mut furthest = (0, Expected::Nothing);
        for form in self.forms() {
            let mut own = symbols.clone();
            let (fit, slots) = (form.fit(&mut own), form.slots());
            if fit == count && fit == slots {
                match self.judged(own.as_slice(), ctx) {
                    MORE => {}
                    outcome => return outcome,
                }
            } else if fit == count {
                missing = missing.min(slots - fit);
            } else if fit >= furthest.0 {
                // Words behind a whole number that ends in a digit; anything else behind a whole one is too much.
                let words =
                    fit == slots && own.as_slice().get(fit) > Some(&b'9') && form.wants(fit - 1) == Expected::Digit;
                furthest = (fit, form.wants(if words { fit - 1 } else { fit }));
            }
        }
        // Digits alone that fill a form of digits are too many of them, whatever the forms with letters say.
        let shorter = !u32::MAX.unbounded_shl(count as u32);
        if missing == usize::MAX && !symbols.letters && self.digits & shorter > 0 {
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
        for form in self.forms() {
            let mut own = symbols.clone();
            if form.slots() == symbols.count && form.fit(&mut own) == symbols.count {
                return Some(Value::new(text::spell(own.as_slice()), form.print(own.as_slice())));
            }
        }
        None
    }
}

/// The whole verdict: values, words' parameters and fixes.
pub fn verdict(spec: &Spec, text: &str, ctx: &Context) -> Verdict<Value> {
    match look(spec, text, ctx) {
        Outcome::Complete(warning) => {
            Verdict::Complete { value: value(spec, text, ctx), warnings: warnings(spec, warning) }
        }
        Outcome::Partial(missing) => {
            let symbols = symbols_of(&unlabelled(spec, &text::chars(text)));
            Verdict::Partial { missing, lengths: lengths(spec, Some(&symbols)), fixes: Vec::new() }
        }
        Outcome::Fault(flaw) => {
            let mut found = fault::<true>(spec, text, ctx, &flaw);
            if spec.name.ends_with("date") {
                exact(&mut found, spec, text, ctx, &flaw);
            }
            Verdict::Fault(found)
        }
    }
}

/// A look at a date does not know which part of it is wrong: a page has no use for that, see [`date::wrong`].
fn exact(fault: &mut Fault, spec: &Spec, text: &str, ctx: &Context, flaw: &Flaw) {
    let typed = text::chars(text);
    if flaw.place == Place::Whole
        && let Some(((from, to), there)) = date::wrong(&unlabelled(spec, &typed), ctx, flaw)
    {
        let width = |range| text::width(typed.get(range).unwrap_or_default());
        let start = width(0..from);
        fault.span = Span { start, end: start + width(from..to) };
        fault.found = text::string(typed.get(from..to).unwrap_or_default());
        if fault.expected.is_empty() {
            fault.expected = there;
        }
    }
}

/// The verdict on digits alone that are complete, the usual case in a registry: nothing to clean, to fold or to look up.
pub fn plain(spec: &Spec, text: &str, ctx: &Context) -> Option<Verdict<Value>> {
    let number = spec.number()?;
    let Outcome::Complete(warning) = number.plain(text.as_bytes(), ctx)? else { return None };
    let form = number.forms().find(|form| form.slots() == text.len() && !form.has_letters())?;
    let display = if form.0.len() == text.len() { text.to_owned() } else { form.print(text.as_bytes()) };
    Some(Verdict::Complete { value: Value::new(text.to_owned(), display), warnings: warnings(spec, warning) })
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

fn warnings(spec: &Spec, name: Option<Name>) -> Vec<Warning> {
    name.map(|name| Warning { code: code(spec, name.as_str()), span: None }).into_iter().collect()
}

/// A flaw with its words' parameters and fixes. `EDITS`: with the span and the edits of fixes, which cost code on a page.
pub fn fault<const EDITS: bool>(spec: &Spec, text: &str, ctx: &Context, flaw: &Flaw) -> Fault {
    let typed = text::chars(text);
    let chars = unlabelled(spec, &typed);
    // A table has cut the number: «7.70708E+09». What is left of it is no number to mend.
    let power = text::find(&typed, |c| c == '+').and_then(|plus| plus.checked_sub(1));
    let cut = power.filter(|at| flaw.name == Name::Chars && matches!(typed.get(*at), Some('E' | 'e')));
    let flaw = &cut.map_or(*flaw, |at| Flaw { place: Place::Chars(at as u16, u16::MAX), ..*flaw });
    let (from, to) = range(&chars, flaw.place);
    let (mut expected, mut found) = (flaw.expected.as_str().to_owned(), String::new());
    if flaw.name == Name::Length {
        if spec.number().is_some() {
            expected = list(&lengths(spec, None));
        }
        found = list(&[symbols_of(&chars).count as u32]);
    } else if EDITS
        && flaw.name == Name::Checksum
        && let Some(number) = spec.number()
    {
        (expected, found) = fixes::check_digits(number, &chars, ctx).unwrap_or_default();
    } else if !matches!(flaw.place, Place::Whole) {
        found = text::string(typed.get(from..to).unwrap_or_default());
        if EDITS && flaw.expected == Expected::Nothing {
            expected = fixes::beginnings(spec, ctx, flaw);
        }
    }
    Fault {
        code: code(spec, flaw.name.as_str()),
        span: if EDITS { span(&chars, flaw.place) } else { Span::default() },
        expected,
        found,
        fixes: if cut.is_some() { Vec::new() } else { fixes::of::<EDITS>(spec, &typed, &chars, ctx, flaw) },
    }
}

/// `kind.flaw`.
pub fn code(spec: &Spec, name: &str) -> String {
    text::join(&[spec.name, ".", name])
}

/// Lawful numbers of symbols, those that these can still reach.
fn lengths(spec: &Spec, symbols: Option<&Symbols>) -> Vec<u32> {
    let mut out = Vec::new();
    if let Some(number) = spec.number() {
        for form in number.forms() {
            let slots = form.slots() as u32;
            let open = symbols.is_none_or(|symbols| form.fit(&mut symbols.clone()) == symbols.count);
            if open && out.last() != Some(&slots) {
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
pub fn range(chars: &[char], place: Place) -> (usize, usize) {
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
