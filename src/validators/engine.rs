//! The five steps that every number goes through: clean, characters, length, components, checksum.
//!
//! A kind is data: the spellings it may have, and one function for components and check digits. [`look`] walks the steps
//! without allocating; words, fixes and values are made afterwards, and only where somebody asks for them.

use super::fixes;
use crate::text::{self, Glyph, Symbols, letter, marks};
use crate::verdict::{Context, Fault, Span, Value, Verdict, Warning};

/// What a look at a text tells. `Copy`, so that columns of values cost nothing but time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Complete; perhaps with the name of a warning, such as `region`.
    Complete(Option<&'static str>),
    /// Right so far: so many symbols are missing to the nearest lawful length.
    Partial(u32),
    Fault(Flaw),
}

/// A fault before it has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Second half of the code: `checksum` of `inn.checksum`.
    pub name: &'static str,
    pub place: Place,
    /// What should stand there; empty where the code says it all.
    pub expected: &'static str,
}

/// Where a flaw is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Whole,
    /// Half-open range of cleaned symbols.
    Symbols(usize, usize),
    /// Half-open range of typed characters.
    Chars(usize, usize),
}

impl Flaw {
    pub const fn whole(name: &'static str) -> Self {
        Self { name, place: Place::Whole, expected: "" }
    }

    /// At cleaned symbols `from..to`.
    pub const fn at(name: &'static str, from: usize, to: usize) -> Self {
        Self { name, place: Place::Symbols(from, to), expected: "" }
    }
}

/// A judge's answer to a number that fills a short form and is no whole number yet.
pub const MORE: Flaw = Flaw::whole("more");

/// Components and check digits of cleaned symbols: a warning's name, or a flaw.
pub type Judgement = Result<Option<&'static str>, Flaw>;

/// One kind of field.
pub struct Spec {
    /// Stable name, first half of every code.
    pub name: &'static str,
    /// Words that are pasted together with the value, in lower case without blanks.
    pub labels: &'static [&'static str],
    pub rule: Rule,
}

pub enum Rule {
    Number(Number),
    /// A text with an order of its own, such as a date.
    Own(Own),
}

/// A number made of digits and letters.
pub struct Number {
    /// Lawful spellings, see [`form`].
    pub forms: &'static [Form],
    pub judge: fn(&[u8], &Context) -> Judgement,
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

pub struct Own {
    pub look: fn(&str, &Context) -> Outcome,
    /// The value of a text that is complete.
    pub value: fn(&str, &Context) -> Value,
    /// Repairs of a text that is not.
    pub fixes: fn(&str, &Context, &Flaw) -> Vec<(&'static str, String)>,
}

/// A spelling. `9` is a digit, `L` one of the twelve Cyrillic letters with a Latin twin, `C` a Cyrillic letter, `A` a
/// Latin letter, `X` a digit or a Latin letter, `V` a symbol of a VIN; anything else is printed as it stands.
#[derive(Clone, Copy)]
pub struct Form {
    pub text: &'static str,
    /// Symbols that fill it.
    pub slots: usize,
    digits: bool,
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

const fn is_slot(byte: u8) -> bool {
    matches!(byte, b'9' | b'L' | b'C' | b'A' | b'X' | b'V')
}

impl Form {
    /// The classes of the slots in order.
    fn classes(&self) -> impl Iterator<Item = u8> {
        self.text.bytes().filter(|b| is_slot(*b))
    }

    /// How many symbols from the start fit.
    fn fit(&self, symbols: &Symbols) -> usize {
        if self.digits && !symbols.letters {
            return symbols.count.min(self.slots);
        }
        let fits = |(class, symbol): &(u8, &u8)| admit(*class, **symbol).is_some();
        self.classes().zip(symbols.as_slice()).take_while(fits).count()
    }

    /// The symbols as the form writes them; those that fit no slot stay.
    pub fn normal(&self, symbols: &Symbols) -> Symbols {
        if self.digits {
            return symbols.clone();
        }
        let fixed: Vec<u8> =
            self.classes().zip(symbols.as_slice()).map(|(class, s)| admit(class, *s).unwrap_or(*s)).collect();
        Symbols::from_symbols(&fixed)
    }

    /// The official spelling.
    pub fn print(&self, symbols: &[u8]) -> String {
        let mut rest = symbols.iter();
        self.text
            .chars()
            .map_while(|c| if is_slot(c as u8) { rest.next().map(|s| letter(*s)) } else { Some(c) })
            .collect()
    }
}

/// The symbol as it is written in a slot of this class. Letters that look like a lawful one become it.
pub fn admit(class: u8, symbol: u8) -> Option<u8> {
    let twin = |twin: fn(char) -> Option<char>| {
        twin(letter(symbol)).and_then(|c| match text::glyph(c) {
            Glyph::Symbol(s) => Some(s),
            _ => None,
        })
    };
    match class {
        b'9' => symbol.is_ascii_digit().then_some(symbol),
        b'L' => twin(text::cyrillic_twin).or_else(|| text::latin_twin(letter(symbol)).map(|_| symbol)),
        b'C' => (symbol >= 0x80).then_some(symbol).or_else(|| twin(text::cyrillic_twin)),
        b'A' => symbol.is_ascii_uppercase().then_some(symbol).or_else(|| twin(text::latin_twin)),
        b'V' if matches!(symbol, b'I' | b'O' | b'Q') => None,
        _ => symbol.is_ascii_alphanumeric().then_some(symbol).or_else(|| twin(text::latin_twin)),
    }
}

/// What a slot of this class takes, for [`Fault::expected`].
fn alphabet(class: u8) -> &'static str {
    match class {
        b'9' => "0-9",
        b'L' => "АВЕКМНОРСТУХ",
        b'C' => "А-Я",
        b'A' => "A-Z",
        b'V' => "0-9 A-Z",
        _ => "0-9 A-Z",
    }
}

/// Walk the steps over typed text.
pub fn look(spec: &Spec, text: &str, ctx: &Context) -> Outcome {
    match &spec.rule {
        Rule::Own(own) => (own.look)(unlabelled(spec, text), ctx),
        Rule::Number(number) => {
            let symbols = Symbols::read(text);
            let outcome = number.look(&symbols, ctx);
            if !symbols.letters && symbols.junk.is_none() || !matches!(outcome, Outcome::Fault(_)) {
                return outcome;
            }
            if let Some(symbols) = wordless(spec, number, text, ctx) {
                return number.look(&symbols, ctx);
            }
            let rest = unlabelled(spec, text);
            if rest.len() == text.len() { outcome } else { number.look(&Symbols::read(rest), ctx) }
        }
    }
}

impl Number {
    /// The steps after cleaning.
    pub fn look(&self, symbols: &Symbols, ctx: &Context) -> Outcome {
        let flaw = |name, place, expected| Outcome::Fault(Flaw { name, place, expected });
        if let Some(at) = symbols.junk {
            return flaw("chars", Place::Chars(at, at + 1), "");
        }
        // Characters come before the length, so a letter behind a whole number is the letter's fault.
        if symbols.letters && self.forms.iter().all(|f| f.digits) {
            let at = symbols.as_slice().iter().position(|s| !s.is_ascii_digit()).unwrap_or_default();
            return flaw("chars", Place::Symbols(at, at + 1), alphabet(b'9'));
        }
        let mut missing = usize::MAX;
        let mut furthest = (0, "");
        for form in self.forms {
            let fit = form.fit(symbols);
            if fit == symbols.count && fit == form.slots {
                match (self.judge)(form.normal(symbols).as_slice(), ctx) {
                    Ok(warning) => return Outcome::Complete(warning),
                    Err(MORE) => {}
                    Err(flaw) => return Outcome::Fault(flaw),
                }
            } else if fit == symbols.count {
                missing = missing.min(form.slots - fit);
            } else if fit < form.slots && fit >= furthest.0 {
                furthest = (fit, form.classes().nth(fit).map_or("", alphabet));
            }
        }
        match missing {
            usize::MAX if furthest.1.is_empty() => flaw("length", Place::Whole, ""),
            // A letter where no form has one; too many digits before it are a later worry.
            usize::MAX => flaw("chars", Place::Symbols(furthest.0, furthest.0 + 1), furthest.1),
            missing => Outcome::Partial(missing as u32),
        }
    }

    /// The form that the symbols fill.
    pub fn filled(&self, symbols: &Symbols) -> Option<&'static Form> {
        self.forms.iter().find(|f| f.slots == symbols.count && f.fit(symbols) == f.slots)
    }
}

/// The symbols without labels between them, such as «серия 4510 номер 123456», when they are complete then.
fn wordless(spec: &Spec, number: &Number, text: &str, ctx: &Context) -> Option<Symbols> {
    let mut kept = String::new();
    for word in text.split(|c| text::is_blank(c) || c == ':') {
        let label = |label: &&str| label.chars().eq(word.chars().map(text::lower));
        if !spec.labels.iter().any(|l| label(&l)) {
            kept.push_str(word);
            kept.push(' ');
        }
    }
    let symbols = Symbols::read(&kept);
    matches!(number.look(&symbols, ctx), Outcome::Complete(_)).then_some(symbols)
}

/// The text without a label that was pasted with the value, such as «ИНН: 7707083893».
pub fn unlabelled<'a>(spec: &Spec, text: &'a str) -> &'a str {
    let after = |label: &str| {
        let mut wanted = label.chars().peekable();
        for (at, c) in text.char_indices() {
            match wanted.peek() {
                None if matches!(c, ':' | '=' | '№' | '#') || text::is_blank(c) || text::is_dash(c) => {}
                None => return (at > 0 && !text::is_cyrillic(c)).then(|| text.get(at..)).flatten(),
                Some(_) if text::is_blank(c) || c == '.' => {}
                Some(next) if text::lower(c) == *next => {
                    wanted.next();
                }
                Some(_) => return None,
            }
        }
        None
    };
    spec.labels.iter().find_map(|label| after(label)).unwrap_or(text)
}

/// The whole verdict: values, words' parameters and fixes.
pub fn verdict(spec: &Spec, text: &str, ctx: &Context) -> Verdict<Value> {
    match look(spec, text, ctx) {
        Outcome::Complete(warning) => {
            let warnings = warning.map(|w| Warning { code: code(spec, w), span: None }).into_iter().collect();
            Verdict::Complete { value: value(spec, text, ctx), warnings }
        }
        Outcome::Partial(missing) => Verdict::Partial { missing, lengths: lengths(spec, text) },
        Outcome::Fault(flaw) => Verdict::Fault(Fault {
            code: code(spec, flaw.name),
            span: span(spec, text, flaw.place),
            expected: if flaw.name == "length" { join(&lengths(spec, "")) } else { flaw.expected.to_owned() },
            found: found(spec, text, &flaw),
            fixes: fixes::of(spec, text, ctx, &flaw),
        }),
    }
}

/// Canonical and official spelling of a complete text.
pub fn value(spec: &Spec, text: &str, ctx: &Context) -> Value {
    let text = unlabelled(spec, text);
    match &spec.rule {
        Rule::Own(own) => (own.value)(text, ctx),
        Rule::Number(number) => {
            let symbols = wordless(spec, number, text, ctx).unwrap_or_else(|| Symbols::read(text));
            match number.filled(&symbols) {
                Some(form) => {
                    let normal = form.normal(&symbols);
                    Value::new(text::spell(normal.as_slice()), form.print(normal.as_slice()))
                }
                None => Value::same(text),
            }
        }
    }
}

/// `kind.flaw`.
pub fn code(spec: &Spec, name: &str) -> String {
    [spec.name, ".", name].concat()
}

/// Lawful numbers of symbols; for a text that has begun, only those it can still reach.
fn lengths(spec: &Spec, text: &str) -> Vec<u32> {
    let Rule::Number(number) = &spec.rule else { return Vec::new() };
    let symbols = Symbols::read(unlabelled(spec, text));
    let reachable = |f: &&Form| f.fit(&symbols) == symbols.count;
    let mut out: Vec<u32> = number.forms.iter().filter(reachable).map(|f| f.slots as u32).collect();
    out.dedup();
    out
}

fn join(lengths: &[u32]) -> String {
    let words: Vec<String> = lengths.iter().map(u32::to_string).collect();
    words.join(", ")
}

/// UTF-16 range of a place.
fn span(spec: &Spec, text: &str, place: Place) -> Span {
    let end = text::width(text);
    let skipped = text::width(text) - text::width(unlabelled(spec, text));
    let rest = unlabelled(spec, text);
    let range = |from: usize, to: usize, symbols: bool| {
        let mut kept = marks(rest).filter(|m| !symbols || matches!(m.glyph, Glyph::Symbol(_))).skip(from);
        let start = kept.next();
        let last = if to > from + 1 { kept.nth(to - from - 2) } else { start };
        Span { start: start.map_or(end, |m| m.start + skipped), end: last.map_or(end, |m| m.end + skipped) }
    };
    match place {
        Place::Whole => Span { start: 0, end },
        Place::Symbols(from, to) => range(from, to, true),
        Place::Chars(from, to) => range(from, to, false),
    }
}

/// What stands at the flaw: a number of symbols for a length, else the text itself.
fn found(spec: &Spec, text: &str, flaw: &Flaw) -> String {
    if flaw.name == "length" {
        return Symbols::read(unlabelled(spec, text)).count.to_string();
    }
    let Span { start, end } = span(spec, text, flaw.place);
    if flaw.place == Place::Whole {
        return String::new();
    }
    marks(text).filter(|m| start <= m.start && m.end <= end).map(|m| m.char).collect()
}

/// A number made of symbols, as opposed to a text with an order of its own.
pub fn has_form(spec: &Spec) -> bool {
    matches!(spec.rule, Rule::Number(_))
}
