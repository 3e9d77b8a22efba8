//! A block of text pasted into one field, such as «Иванов Иван Иванович, 05.03.1990, 4509 123456», taken apart for the fields
//! of the form. Nothing is guessed: a piece goes to a field only when it is complete for its kind.

use crate::validators::{self, Kind, Outcome};
use crate::verdict::{Context, Day, Span};

/// Words of the longest value: «паспорт серия 45 09 номер 123456».
const MOST_WORDS: usize = 8;
/// Words of a block that are looked at: a whole page pasted by mistake is no block.
const MOST_IN_BLOCK: usize = 200;

/// A field that a piece may go to.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub id: u32,
    pub kind: Kind,
}

/// A piece of the block for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub id: u32,
    /// Where it stands in the block, UTF-16.
    pub span: Span,
}

/// A word of the block, with the sign that ends it.
struct Word {
    from: usize,
    to: usize,
    /// A comma, semicolon, tab or line end follows: no value goes on beyond it.
    last: bool,
}

/// The pieces for the fields; empty where fewer than two fields would get one, which is a common paste.
pub fn split(text: &str, targets: &[Target], today: Day) -> Vec<Piece> {
    let words = words(text);
    let mut out = Vec::new();
    if words.len() > MOST_IN_BLOCK {
        return out;
    }
    let mut free = vec![true; words.len()];
    let ctx = Context { today, bik: None };
    // Numbers with check digits first: they fit by no accident. Names last, since any two words look like one.
    for rank in 0..3 {
        for target in targets.iter().filter(|target| self::rank(target.kind) == rank) {
            if out.iter().any(|piece: &Piece| piece.id == target.id) {
                continue;
            }
            if let Some((first, end)) = place(text, &words, &free, target.kind, &ctx) {
                let (Some(from), Some(to)) = (words.get(first), words.get(end - 1)) else { continue };
                free.iter_mut().take(end).skip(first).for_each(|it| *it = false);
                let span = Span { start: units(text, from.from), end: units(text, to.to) };
                out.push(Piece { id: target.id, span });
            }
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

/// The order in which kinds choose; 3 for those that take any text, which never choose.
fn rank(kind: Kind) -> u32 {
    match kind {
        Kind::Text | Kind::Address | Kind::BirthPlace | Kind::SmsCode | Kind::Money | Kind::Percent => 3,
        Kind::FullName | Kind::LastName | Kind::FirstName | Kind::Patronymic => 2,
        _ if kind.has_check_digit() || matches!(kind, Kind::Email | Kind::Phone) => 0,
        _ => 1,
    }
}

/// The longest run of free words that is complete for the kind, the first of them in the text.
fn place(text: &str, words: &[Word], free: &[bool], kind: Kind, ctx: &Context) -> Option<(usize, usize)> {
    for count in (1..=MOST_WORDS.min(words.len())).rev() {
        for first in 0..=words.len() - count {
            let run = words.get(first..first + count)?;
            let whole = run.iter().take(count - 1).all(|word| !word.last);
            if !whole || free.get(first..first + count)?.contains(&false) {
                continue;
            }
            let piece = text.get(run.first()?.from..run.last()?.to)?;
            if matches!(validators::look(kind, piece, ctx), Outcome::Complete(None)) && plain(kind, count) {
                return Some((first, first + count));
            }
        }
    }
    None
}

/// A part of a name is one word; a full name has two at least.
fn plain(kind: Kind, words: usize) -> bool {
    match kind {
        Kind::LastName | Kind::FirstName | Kind::Patronymic => words == 1,
        Kind::FullName => words > 1,
        _ => true,
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let ends = matches!(c, ',' | ';' | '\t' | '\n' | '\r' | '|');
        if ends || crate::text::is_blank(c) {
            if let Some(from) = start.take() {
                out.push(Word { from, to: at, last: false });
            }
            if ends && let Some(word) = out.last_mut() {
                word.last = true;
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        out.push(Word { from, to: text.len(), last: true });
    }
    out
}

/// A place in bytes as UTF-16 code units.
fn units(text: &str, at: usize) -> u32 {
    text.get(..at).unwrap_or_default().chars().map(|c| c.len_utf16() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

    #[track_caller]
    fn splits(text: &str, kinds: &[Kind], expected: &[&str]) {
        let targets: Vec<Target> =
            kinds.iter().enumerate().map(|(id, kind)| Target { id: id as u32, kind: *kind }).collect();
        let found = split(text, &targets, TODAY);
        let units: Vec<u16> = text.encode_utf16().collect();
        let piece = |id: u32| {
            let span = found.iter().find(|piece| piece.id == id)?.span;
            String::from_utf16(units.get(span.start as usize..span.end as usize)?).ok()
        };
        let pieces: Vec<String> = (0..targets.len()).map(|id| piece(id as u32).unwrap_or_default()).collect();
        assert_eq!(pieces, expected, "{text}");
    }

    #[test]
    fn each_field_gets_its_piece() {
        let kinds = [Kind::FullName, Kind::BirthDate, Kind::Passport];
        splits(
            "Иванов Иван Иванович, 05.03.1990, 4509 123456",
            &kinds,
            &["Иванов Иван Иванович", "05.03.1990", "4509 123456"],
        );
        splits(
            "Иванов Иван Иванович 05.03.1990 4509 123456",
            &kinds,
            &["Иванов Иван Иванович", "05.03.1990", "4509 123456"],
        );
        splits("4509 123456\n5 марта 1990\nИванов Иван", &kinds, &["Иванов Иван", "5 марта 1990", "4509 123456"]);
    }

    #[test]
    fn parts_of_a_name_go_one_by_one() {
        let kinds = [Kind::LastName, Kind::FirstName, Kind::Patronymic, Kind::Snils];
        splits("Иванов Иван Иванович 112-233-445 95", &kinds, &["Иванов", "Иван", "Иванович", "112-233-445 95"]);
    }

    #[test]
    fn a_common_paste_stays_whole() {
        splits("05.03.1990", &[Kind::BirthDate, Kind::FullName], &["", ""]);
        splits("просто слова без чисел", &[Kind::Snils, Kind::Inn], &["", ""]);
        splits("Иванов Иван, комментарий", &[Kind::Text, Kind::FullName], &["", ""]);
        splits(&"слово ".repeat(300), &[Kind::FullName, Kind::LastName], &["", ""]);
    }

    #[test]
    fn what_is_not_complete_goes_nowhere() {
        splits(
            "Иванов Иван, 112-233-445 96, i@example.ru",
            &[Kind::FullName, Kind::Snils, Kind::Email],
            &["Иванов Иван", "", "i@example.ru"],
        );
    }
}
