//! Masks of numbers: symbols flow through the slots of a spelling, separators follow by themselves.

use super::{Field, Intent, Mask, Reason, Turn, is_separator};
use crate::text::symbol;
use crate::validators::admit;

/// Where a symbol stands in a spelling.
pub fn is_slot(c: char) -> bool {
    c == '9' || c.is_ascii_uppercase()
}

/// The symbols of a text.
struct Read {
    symbols: Vec<char>,
    /// How many of them stand before the caret.
    before: usize,
    /// A phone that starts with 8 or 7 and no plus.
    eight: bool,
    /// A sign that is none of them.
    stray: Option<char>,
}

pub fn turn(mask: &Mask, field: &Field, data: &str) -> Turn {
    let phone = matches!(mask, Mask::Phone(_));
    let prefix = if phone { prefix(&field.text) } else { 0 };
    let (mut from, mut to) = field.reach(prefix);
    let deletes = matches!(field.intent, Intent::Delete(..));
    if deletes {
        if from == to {
            // Only separators lie there: the caret passes them.
            return if from == field.from { Turn::Native } else { field.write(&field.text, from) };
        }
    } else if from == to && from < prefix {
        (from, to) = (prefix, prefix);
    }
    let mut raw = Vec::new();
    raw.extend_from_slice(field.text.get(..from).unwrap_or_default());
    data.chars().for_each(|c| raw.push(c));
    let caret = if field.intent == Intent::Tidy { field.to } else { raw.len() };
    if field.intent != Intent::Tidy {
        raw.extend_from_slice(field.text.get(to..).unwrap_or_default());
    } else {
        raw.clone_from(&field.text);
    }

    let read = read(mask, &raw, caret);
    if read.stray.is_none() {
        if read.symbols.is_empty() {
            return if deletes { field.write(&[], 0) } else { Turn::Native };
        }
        if let Some(form) = form(mask, &read) {
            let (text, starts) = print(&form, &read.symbols);
            return field.write(&text, place(field, from, &read, &starts, text.len()));
        }
    }
    if field.intent != Intent::Type || !fits(mask, &field.text) {
        return Turn::Native;
    }
    match read.stray {
        // A digit that is a stray begins the code of another country.
        Some(c) if numeric(mask) && !c.is_ascii_digit() => Turn::Refuse(Reason::Sign(c)),
        // «+7 8 916…»: the check reads the 8 of the habit as what it is.
        None if phone && !read.eight && matches!(read.symbols.first(), Some('7' | '8')) => Turn::Native,
        None if read.symbols.len() > most(mask, read.eight) => Turn::Refuse(Reason::Full),
        // A letter where a digit belongs, or the other way round: the check will tell what is wrong with it.
        _ => Turn::Native,
    }
}

/// Where the caret goes.
fn place(field: &Field, from: usize, read: &Read, starts: &[usize], end: usize) -> usize {
    let next = starts.get(read.before).copied().unwrap_or(end);
    let Some(last) = read.before.checked_sub(1).and_then(|at| starts.get(at)) else { return next };
    // After a deletion the caret stays on its side of a separator; what is typed takes it along.
    let stays = match field.intent {
        Intent::Delete(..) => {
            from.min(field.from).checked_sub(1).and_then(|at| field.text.get(at)).is_some_and(|c| symbol(*c) != 0)
        }
        Intent::Tidy => read.before == read.symbols.len(),
        _ => false,
    };
    if stays { last + 1 } else { next }
}

/// Signs of `+7 (` before the first digit that a person typed; 0 where there is none.
fn prefix(text: &[char]) -> usize {
    match text {
        ['+', '7', ..] => {
            let mut at = 2;
            while text.get(at).is_some_and(|c| symbol(*c) == 0) {
                at += 1;
            }
            if at < text.len() { at } else { 0 }
        }
        _ => 0,
    }
}

fn read(mask: &Mask, raw: &[char], caret: usize) -> Read {
    let mut out = Read { symbols: Vec::new(), before: 0, eight: false, stray: None };
    let (phone, digits) = (matches!(mask, Mask::Phone(_)), numeric(mask));
    let (mut plus, mut seen) = (false, false);
    for (at, c) in raw.iter().enumerate() {
        let c = match symbol(*c) {
            0 if phone && *c == '+' && !seen => {
                (plus, seen) = (true, true);
                continue;
            }
            0 if is_separator(*c) || (phone && matches!(c, '(' | ')')) || is_literal(mask, *c) => continue,
            0 => {
                out.stray = out.stray.or(Some(*c));
                continue;
            }
            // Digits of other scripts become plain ones, letters stay as they were typed.
            digit @ b'0'..=b'9' => char::from(digit),
            _ => *c,
        };
        if digits && !c.is_ascii_digit() {
            out.stray = out.stray.or(Some(c));
            continue;
        }
        if phone && out.symbols.is_empty() {
            if std::mem::take(&mut plus) {
                // Another country's number is none of this mask.
                out.stray = out.stray.or((c != '7').then_some(c));
                continue;
            }
            // After «+7» no 8 is a prefix.
            out.eight = !seen && matches!(c, '7' | '8');
        }
        seen = true;
        out.before += usize::from(at < caret);
        out.symbols.push(c);
    }
    out
}

fn is_literal(mask: &Mask, c: char) -> bool {
    match mask {
        Mask::Slots(forms) => forms.iter().any(|form| form.chars().any(|it| it == c)),
        _ => false,
    }
}

/// The spelling for these symbols: the longest that takes them all.
fn form(mask: &Mask, read: &Read) -> Option<String> {
    let mut best: Option<&str> = None;
    match mask {
        Mask::Phone(form) => {
            let form = spelling(form, read.eight);
            return takes(&form, &read.symbols).then_some(form);
        }
        Mask::Slots(forms) => {
            for form in forms {
                if takes(form, &read.symbols) && best.is_none_or(|it| count(it) < count(form)) {
                    best = Some(form);
                }
            }
        }
        Mask::Date => {}
    }
    best.map(str::to_owned)
}

/// A phone's spelling: with a digit of its own in place of +7 where a person begins with 8 or 7.
fn spelling(form: &str, eight: bool) -> String {
    match form.strip_prefix("+7") {
        Some(rest) if eight => crate::text::join(&["9", rest]),
        _ => form.to_owned(),
    }
}

fn count(form: &str) -> usize {
    form.chars().filter(|c| is_slot(*c)).count()
}

fn takes(form: &str, symbols: &[char]) -> bool {
    let mut classes = slots_of(form);
    symbols.iter().all(|c| classes.next().is_some_and(|class| admit(class as u8, symbol(*c)) != 0))
}

/// The slots of a spelling; the 7 of `+7` is none.
fn slots_of(form: &str) -> impl Iterator<Item = char> + '_ {
    form.chars().filter(|c| is_slot(*c))
}

/// The symbols in their spelling, without separators behind the last one, and where each stands.
fn print(form: &str, symbols: &[char]) -> (Vec<char>, Vec<usize>) {
    let (mut out, mut waiting, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = symbols.iter();
    for c in form.chars() {
        if !is_slot(c) {
            waiting.push(c);
            continue;
        }
        let Some(symbol) = rest.next() else { break };
        out.append(&mut waiting);
        starts.push(out.len());
        out.push(*symbol);
    }
    (out, starts)
}

/// The text is nothing, or one that the mask knows.
fn fits(mask: &Mask, text: &[char]) -> bool {
    let read = read(mask, text, 0);
    read.stray.is_none() && (read.symbols.is_empty() || form(mask, &read).is_some())
}

/// Every spelling is of digits alone.
fn numeric(mask: &Mask) -> bool {
    match mask {
        Mask::Slots(forms) => forms.iter().all(|form| slots_of(form).all(|c| c == '9')),
        _ => true,
    }
}

/// Symbols of the longest spelling.
fn most(mask: &Mask, eight: bool) -> usize {
    match mask {
        Mask::Phone(form) => count(&spelling(form, eight)),
        Mask::Slots(forms) => forms.iter().map(|form| count(form)).max().unwrap_or(0),
        Mask::Date => 0,
    }
}

pub fn is_full(mask: &Mask, text: &str) -> bool {
    let mut raw = Vec::new();
    text.chars().for_each(|c| raw.push(c));
    let read = read(mask, &raw, 0);
    read.stray.is_none() && read.symbols.len() == most(mask, read.eight)
}
