//! Repairs that are offered beside a fault, each with its reason and its exact edits.
//!
//! Most likely first: of typing slips 60 to 95 % are one wrong digit, 10 to 20 % two neighbours swapped, 10 to 20 % a digit
//! too many or too few (Verhoeff, 1969). Among the candidates that fit the check digits a swap is therefore about twice as
//! likely as any one changed digit; a change of the check digits themselves always fits and comes last.

use super::engine::{Honest, Mended, Number, Rule, Spec, look, range, span, symbols_of, unlabelled};
use super::flaw::{Expected, Flaw, Name, Outcome, Place};
use super::name::{from_latin_keys, from_russian_keys};
use crate::text::{self, Glyph, Symbols, glyph, is_cyrillic};
use crate::verdict::{Context, Edit, Fix, Span};

/// Most fixes of a verdict, except for numbers with two check digits: there all changed digits that fit are listed, at
/// most a dozen of them in a million random slips.
const MOST: usize = 3;

/// Symbols of an account, and the first ones of them, which a swap leaves alone.
const ACCOUNT: usize = 20;
const CLASS_AND_CURRENCY: usize = 8;

/// Fixes of a fault in `typed`, which is `chars` without its label; with their edits, where `EDITS`.
pub fn of<const EDITS: bool>(spec: &Spec, typed: &[char], chars: &[char], ctx: &Context, flaw: &Flaw) -> Vec<Fix> {
    let number = match &spec.rule {
        Rule::Own(own) => {
            // Where signs are named that should stand there, keys of the other layout or letters may be meant for them.
            let signs = flaw.name == Name::Chars && flaw.expected != Expected::Nothing;
            let keys = || if signs { layout(spec, chars, ctx) } else { None };
            let letters = || {
                // In an amount «б» is the key of the comma.
                let amount = flaw.expected == Expected::Amount && text::has(chars, |c| c == 'б');
                (signs && !amount).then(|| ("letter-for-digit", text::with_digits(chars)))
            };
            let mut out = Vec::new();
            let mut mended = (own.mend)(chars, ctx, flaw).or_else(keys).or_else(letters);
            // Then without words around it, but none inside of it. An amount may have its unit there.
            for around in [false, true] {
                // Any other text would be cut to what can be read of it: another document, a lost extension.
                if let Some((reason, mended)) = &mended
                    && let Outcome::Complete(doubt) = (own.look)(mended, ctx)
                    && !(around && doubt.is_some())
                {
                    let value = (own.value)(mended, ctx).display;
                    // The whole field is written anew.
                    let mut edits = Vec::new();
                    if EDITS {
                        edits.push(Edit { start: 0, end: text::width(chars), text: value.clone() });
                    }
                    out.push(Fix { reason, value, edits });
                    break;
                }
                let words = (signs || flaw.name == Name::Separator) && flaw.expected != Expected::Amount;
                mended = words.then(|| ("stray", core(chars)));
            }
            return out;
        }
        Rule::Number(number) | Rule::Pair(number, _) => number,
    };
    let mut desk = Desk::<EDITS>::new(number, chars, ctx);
    if EDITS && desk.decimals() {
        return desk.out;
    }
    match flaw.name {
        Name::Chars => {
            desk.letters(flaw.place);
            let mut whole = typed != chars;
            if desk.out.is_empty()
                && let Some((reason, mended)) = layout(spec, chars, ctx)
            {
                desk.symbols = symbols_of(&mended);
                desk.offer(reason, 0, 0, &[]);
                whole = true;
            }
            // What is mended must not run into a label.
            if EDITS && whole {
                desk.anew();
            }
        }
        Name::Length if number.honest != Honest::Nothing => desk.extra(),
        Name::Length => {
            desk.tail(usize::MAX);
            if EDITS {
                desk.anew();
            }
        }
        Name::Checksum => desk.slips(),
        // The letters of the country, in the other alphabet.
        Name::Country => desk.offer("look-alike", 0, 2, b"RU"),
        _ => {}
    }
    desk.out
}

/// From the first digit, or the plus of a phone, to the last one.
fn core(chars: &[char]) -> Vec<char> {
    let idle = |c| c != '+' && !text::symbol(c).is_ascii_digit();
    text::trim_end(text::trim_start(chars, idle), idle).to_vec()
}

/// The whole text as the same keys give it in the other layout, where it is right then. What has letters of that layout already was
/// typed in both: a sign in it is a sign.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn layout(spec: &Spec, chars: &[char], ctx: &Context) -> Mended {
    let latin = text::has(chars, |c| c.is_ascii_alphabetic());
    let keys = match spec.rule {
        // A dot is one in both.
        _ if latin => |c| if c == '.' { c } else { from_latin_keys(c) },
        // Only the keys of the dot and the comma: a letter means itself.
        Rule::Own(_) => |c| if matches!(c, 'б' | 'ю') { from_russian_keys(c) } else { c },
        _ => from_russian_keys,
    };
    let mended = text::mapped(chars, keys);
    let right = !(latin && text::has(chars, is_cyrillic)) && look(spec, &text::string(&mended), ctx).is_fine();
    right.then_some(("layout", mended))
}

/// Completions of a number that lacks zeros at its start, at most so many, or one digit where it has two check digits; first what it
/// would be with one digit less, where a shorter one is lawful.
pub fn completions<const EDITS: bool>(spec: &Spec, zeros: usize, text: &str, ctx: &Context) -> Vec<Fix> {
    let chars = unlabelled(spec, &text::chars(text));
    let Some(number) = spec.number() else { return Vec::new() };
    let mut desk = Desk::<EDITS>::new(number, &chars, ctx);
    if EDITS && desk.decimals() {
        return desk.out;
    }
    for more in 0..zeros {
        desk.offer("zeros", 0, 0, b"000".get(..more + 1).unwrap_or_default());
    }
    if EDITS {
        desk.anew();
    }
    let count = desk.symbols.count;
    if number.honest != Honest::Nothing && (number.digits << 1).unbounded_shr(count as u32) & 1 > 0 {
        desk.extra();
    }
    if let Honest::Digits(_, to) = number.honest {
        let to = usize::from(to);
        // An ИНН of nine digits lacks one of ten, and ten digits have one check digit.
        if desk.symbols.count + 1 == to {
            for at in 0..to {
                desk.digits("missing", at, 0);
            }
        }
    }
    desk.out
}

/// The check digits that the other symbols would have, and the ones that stand there: a fact, no advice, because the slip may
/// be in any symbol. They are the last ones; the fifth part of an account, behind its currency, and of an IBAN its third.
pub fn check_digits(number: &Number, chars: &[char], ctx: &Context) -> Option<(String, String)> {
    let desk = Desk::<true>::new(number, chars, ctx);
    let symbols = desk.symbols.as_slice();
    let (at, len) = match number.honest {
        Honest::Digits(from, to) if symbols.len() == usize::from(to) => (usize::from(from), usize::from(to - from)),
        _ if symbols.starts_with(b"RU") => (2, 2),
        _ if symbols.len() == ACCOUNT && !number.is_numeric() => (CLASS_AND_CURRENCY, 1),
        _ => (symbols.len().checked_sub(1)?, 1),
    };
    let found = text::spell(symbols.get(at..at + len)?);
    for control in 0..10_u8.pow(len as u32) {
        let digits = [b'0' + control / 10, b'0' + control % 10];
        let digits = digits.get(digits.len() - len..)?;
        if desk.fits(at, len, digits) {
            return Some((text::spell(digits), found));
        }
    }
    None
}

/// How such a number may begin; of a correspondent account and the БИК beside it, how it ends. Empty where the code says it all.
pub fn beginnings(spec: &Spec, ctx: &Context, flaw: &Flaw) -> String {
    match (flaw.name, spec.name) {
        (Name::Bik, _) => {
            let digits = text::without(&text::chars(ctx.bik.unwrap_or_default()), |c| !c.is_ascii_digit());
            text::string(digits.last_chunk::<3>().map_or(&[], <[char; 3]>::as_slice))
        }
        (Name::Prefix, "bik") => "0, 1, 2".to_owned(),
        (Name::Prefix, "ogrn") => "1, 5".to_owned(),
        (Name::Prefix, "ogrnip") => "3".to_owned(),
        (Name::Prefix, "account_correspondent") => "301, 40102".to_owned(),
        (Name::Prefix, "account_treasury") => "03, 40102".to_owned(),
        _ => String::new(),
    }
}

/// A number on the desk, and the fixes found so far.
struct Desk<'a, const EDITS: bool> {
    number: &'a Number,
    ctx: &'a Context<'a>,
    /// The text, without its label.
    chars: &'a [char],
    symbols: Symbols,
    most: usize,
    out: Vec<Fix>,
}

impl<'a, const EDITS: bool> Desk<'a, EDITS> {
    fn new(number: &'a Number, chars: &'a [char], ctx: &'a Context<'a>) -> Self {
        Self { number, ctx, chars, symbols: symbols_of(chars), most: MOST, out: Vec::new() }
    }

    /// Whether the number is right with these digits in the place of as many, be it doubted for something else.
    fn fits(&self, at: usize, len: usize, digits: &[u8]) -> bool {
        let mut next = self.symbols.clone();
        let place = next.as_mut_slice().iter_mut().skip(at).take(len);
        place.zip(digits).for_each(|(place, digit)| *place = *digit);
        matches!(self.number.look(&next, self.ctx), Outcome::Complete(doubt) if doubt != Some(Name::Unchecked))
    }

    /// The number with `put` in the place of `drop` symbols, when it then holds without a doubt.
    fn holds(&self, at: usize, drop: usize, put: &[u8]) -> Option<String> {
        // A hundred candidates are asked about: digits in the place of digits need no new number. A page asks once in a while and
        // has no room for it.
        let in_place = EDITS && drop == put.len() && !self.symbols.letters && put.iter().all(u8::is_ascii_digit);
        let mut next = if in_place { self.symbols.clone() } else { Symbols::new() };
        let symbols = self.symbols.as_slice();
        if in_place {
            next.as_mut_slice().get_mut(at..)?.iter_mut().zip(put).for_each(|(place, digit)| *place = *digit);
        } else {
            for part in &[symbols.get(..at)?, put, symbols.get(at + drop..)?] {
                part.iter().for_each(|symbol| next.push(*symbol));
            }
        }
        // A doubtful number is no likely repair, except where every candidate is listed, or words alone go.
        let same = put.is_empty() && drop != 1;
        let all = matches!(self.number.honest, Honest::Digits(..));
        match self.number.look(&next, self.ctx) {
            Outcome::Complete(doubt) if doubt.is_none() || same || (all && doubt != Some(Name::Unchecked)) => {
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
                let Span { start, end } = span(self.chars, place);
                let end = if step < drop { end } else { start };
                edits.push(Edit { start, end, text: text::spell(put) });
            }
        }
        edits
    }

    /// Symbols that look like what a form has in their place; then what is no symbol of the number at all left out.
    fn letters(&mut self, place: Place) {
        if self.symbols.junk.is_none() {
            for form in self.number.forms() {
                let mut mended = self.symbols.clone();
                if form.slots() == mended.count && form.mend(&mut mended) {
                    self.offer("letter-for-digit", 0, mended.count, mended.as_slice());
                }
            }
        }
        if self.out.is_empty() {
            let before = self.chars.get(..range(self.chars, place).0).unwrap_or_default();
            self.tail(symbols_of(before).count);
            // Words before it.
            let words = self.symbols.as_slice().iter().take_while(|s| **s > b'9').count();
            for end in 0..words {
                self.offer("stray", 0, end + 1, &[]);
            }
            if EDITS {
                self.anew();
            }
        }
        if self.out.is_empty() {
            self.without(false);
        }
        // Digits on both sides of a word may be two numbers.
        let letters = self.symbols.as_slice().iter().filter(|s| **s > b'9').count();
        if self.out.is_empty() && self.number.is_numeric() && letters < 3 {
            self.without(true);
        }
    }

    /// A whole number without what stands behind it: words, a date among them, or the number of another document, of another length. Fewer
    /// digits may be a part of it. `at` is where the flaw is.
    fn tail(&mut self, at: usize) {
        for form in self.number.forms() {
            let end = form.slots();
            let tail = self.symbols.as_slice().get(end..).unwrap_or_default();
            let mut digits = 0;
            tail.iter().for_each(|s| digits += usize::from(*s <= b'9'));
            let words = tail.first().is_some_and(|s| *s > b'9');
            let other = words && digits > 8 && self.number.digits.unbounded_shr(digits as u32) & 1 == 0;
            if other || digits.is_multiple_of(8) && (words || end == at) {
                self.offer("stray", end, tail.len(), &[]);
            }
        }
    }

    /// A whole number without the decimals that a table has put behind it: «7707083893.0». A page has no room for it:
    /// registries have such columns.
    fn decimals(&mut self) -> bool {
        let head = text::trim_end(self.chars, |c| c == '0');
        let zeros = self.chars.len() - head.len();
        if matches!((zeros, head), (1 | 2, [.., '.' | ','])) {
            self.offer("stray", self.symbols.count - zeros, zeros, &[]);
            self.anew();
        }
        !self.out.is_empty()
    }

    /// The number without strays; without `letters` too.
    fn without(&mut self, letters: bool) {
        if letters {
            self.symbols = symbols_of(&text::without(self.chars, |c| text::symbol(c) > b'9'));
        }
        self.symbols.junk = None;
        self.offer("stray", 0, 0, &[]);
        if EDITS && letters {
            // What is left must not run into another letter.
            self.anew();
        } else if EDITS {
            let (mut edits, mut end) = (Vec::new(), 0);
            for c in self.chars {
                let start = end;
                end += c.len_utf16() as u32;
                if glyph(*c) == Glyph::JUNK {
                    edits.push(Edit { start, end, text: String::new() });
                }
            }
            for fix in &mut self.out {
                fix.edits = edits.clone();
            }
        }
    }

    /// Fixes that write the whole field.
    fn anew(&mut self) {
        let end = text::width(self.chars);
        for fix in &mut self.out {
            fix.edits = vec![Edit { start: 0, end, text: fix.value.clone() }];
        }
    }

    /// One digit less. Where two last digits are right, no check digit proves a number: each of its digits could be the one too many.
    fn extra(&mut self) {
        let count = self.symbols.as_slice().len();
        let open = |digit: &[u8]| self.holds(count.saturating_sub(2), 2, digit).is_some();
        if !(open(b"0") && open(b"1")) {
            for at in 0..count {
                self.offer("extra", at, 1, &[]);
            }
        }
    }

    /// Neighbours swapped, digits changed.
    fn slips(&mut self) {
        let len = self.symbols.as_slice().len();
        match self.number.honest {
            Honest::Digits(check, to) if len == usize::from(to) => {
                let (check, to) = (usize::from(check), len);
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
                let account = len == ACCOUNT && !self.number.is_numeric();
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
        for digit in b'0'..b':' {
            self.offer(reason, at, drop, &[digit]);
        }
    }
}
