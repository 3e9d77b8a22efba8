//! A block of text pasted into one field, such as «Иванов Иван Иванович, 05.03.1990, 4509 123456», taken apart for the fields
//! of the form. Nothing is guessed: a piece goes to a field only when it is complete for its kind, and looks like nothing else.
//! The field of the paste comes first: what was pasted into a field of passports and fits it is a passport.

use crate::text::has_sign;
use crate::validators::{self, Kind, Outcome};
use crate::verdict::{Context, Day, Span};

/// Words of the longest value: «паспорт серия 45 09 номер 123456».
const MOST_WORDS: usize = 8;
/// Words of a block that are looked at: a whole page pasted by mistake is no block.
const MOST_IN_BLOCK: usize = 200;
/// Words between «выдан» and its day: «выдан ОВД района Северное Бутово города Москвы».
const MOST_OF_OFFICE: usize = 12;
/// Names choose last, since any two words look like one.
const NAMES: u32 = 3;

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
    /// No field has taken it.
    free: bool,
}

/// The pieces for the fields, of which the first is that of the paste; empty where fewer than two would get one, which is a common
/// paste.
pub fn split(text: &str, targets: &[Target], today: Day) -> Vec<Piece> {
    let mut words = words(text);
    let mut out: Vec<Piece> = Vec::new();
    if words.len() > MOST_IN_BLOCK {
        return out;
    }
    let ctx = Context { today, bik: None };
    for rank in 0..=NAMES {
        for (at, target) in targets.iter().enumerate() {
            let (turn, own) = (self::rank(target.kind), at == 0);
            // A passport in its own spelling comes before the numbers that ten digits may be by accident.
            let early = rank == 0 && ((own && turn < NAMES) || target.kind == Kind::Passport);
            if (turn != rank && !early) || out.iter().any(|piece| piece.id == target.id) {
                continue;
            }
            let block = Block { text, words: &words, kind: target.kind, own, early };
            if let Some((from, to)) = block.place(&ctx) {
                for word in &mut words {
                    word.free &= word.to <= from || word.from >= to;
                }
                out.push(Piece { id: target.id, span: Span { start: units(text, from), end: units(text, to) } });
            }
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

/// The order in which kinds choose. Numbers with check digits first: they fit by no accident. What takes any text never chooses.
fn rank(kind: Kind) -> u32 {
    match kind {
        Kind::Text | Kind::Address | Kind::BirthPlace | Kind::SmsCode | Kind::Money | Kind::Percent => NAMES + 1,
        Kind::FullName | Kind::LastName | Kind::FirstName | Kind::Patronymic => NAMES,
        _ if kind.has_check_digit() || matches!(kind, Kind::Email | Kind::Phone) => 1,
        _ => 2,
    }
}

/// A block before a field that chooses from it.
struct Block<'a> {
    text: &'a str,
    words: &'a [Word],
    kind: Kind,
    /// It is the field of the paste.
    own: bool,
    /// It chooses before its turn.
    early: bool,
}

impl Block<'_> {
    /// The longest run of free words that is complete for the kind, the first of them in the text: its bytes.
    fn place(&self, ctx: &Context) -> Option<(usize, usize)> {
        for count in (1..=MOST_WORDS).rev() {
            for (first, run) in self.words.windows(count).enumerate() {
                let (begin, end) = (run.first()?, run.last()?);
                if run.iter().any(|word| !word.free || (word.last && word.to != end.to)) {
                    continue;
                }
                let piece = self.text.get(begin.from..end.to)?;
                if matches!(validators::look(self.kind, piece, ctx), Outcome::Complete(None))
                    && self.fits(piece, first, count)
                {
                    return Some((begin.from, end.to));
                }
            }
        }
        None
    }

    /// Does a complete piece look like this kind among the others?
    fn fits(&self, piece: &str, first: usize, count: usize) -> bool {
        match self.kind {
            Kind::LastName | Kind::FirstName | Kind::Patronymic => count == 1 && self.among_names(piece, first),
            Kind::FullName => count > 1 && self.among_names(piece, first),
            Kind::Phone => is_phone(piece),
            Kind::Passport => self.own || !self.early || is_passport(piece),
            Kind::BirthDate => self.own || !self.issued(first),
            Kind::PassportIssueDate => self.own || self.issued(first),
            _ => true,
        }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).and_then(|word| self.text.get(word.from..word.to)).unwrap_or_default()
    }

    /// A word that nothing has taken and that is no number.
    fn is_loose(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.free) && !has_digit(self.word(at))
    }

    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.last)
    }

    /// Every word around it, up to a sign or a number, begins as a name does: in «выдан ОВД Мира» there is none.
    fn among_names(&self, piece: &str, first: usize) -> bool {
        let (mut from, mut to) = (first, first);
        while from > 0 && !self.ends(from - 1) && self.is_loose(from - 1) {
            from -= 1;
        }
        while !self.ends(to) && self.is_loose(to + 1) {
            to += 1;
        }
        let named = |word: &str| !word.starts_with(is_small) || matches!(word, "оглы" | "кызы");
        !has_sign(piece, b':') && (from..=to).all(|at| named(self.word(at)))
    }

    /// «выдан … 01.02.2010»: the day of a paper and not of a birth.
    fn issued(&self, first: usize) -> bool {
        let before = (0..first).rev().take(MOST_OF_OFFICE).map(|at| self.word(at).trim_start_matches('('));
        let mut words = before.take_while(|word| !has_digit(word));
        words.any(|word| ["выда", "Выда", "ВЫДА"].iter().any(|it| word.starts_with(it)))
    }
}

/// A small letter of the two alphabets; the table of all others weighs two kilobytes.
fn is_small(c: char) -> bool {
    matches!(c, 'a'..='z' | 'а'..='я' | 'ё')
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Ten digits in the groups of a passport: 4 and 6, or 2, 2 and 6.
fn is_passport(piece: &str) -> bool {
    // The lengths, a hexadecimal digit each.
    let (mut groups, mut length) = (0_u32, 0);
    for b in piece.bytes().chain([0]) {
        if b.is_ascii_digit() {
            length += 1;
        } else if length > 0 {
            groups = groups.wrapping_mul(16).wrapping_add(length);
            length = 0;
        }
    }
    matches!(groups, 0x46 | 0x226)
}

/// A number with its +7, 7 or 8, or one of a mobile phone.
fn is_phone(piece: &str) -> bool {
    let mut digits = piece.bytes().filter(u8::is_ascii_digit);
    match (digits.next(), digits.count()) {
        _ if has_sign(piece, b'+') => true,
        (first, 9) => first == Some(b'9') && !is_passport(piece),
        (first, _) => matches!(first, Some(b'7' | b'8')),
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let ends = matches!(c, ',' | ';' | '\t' | '\n' | '\r' | '|');
        if ends || crate::text::is_blank(c) {
            if let Some(from) = start.take() {
                out.push(Word { from, to: at, last: false, free: true });
            }
            if ends && let Some(word) = out.last_mut() {
                word.last = true;
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        out.push(Word { from, to: text.len(), last: true, free: true });
    }
    out
}

/// A place in bytes as UTF-16 code units.
fn units(text: &str, at: usize) -> u32 {
    // A byte that begins a character is a unit, one that begins four bytes is two.
    text.bytes().take(at).map(|b| u32::from(b & 0xc0 != 0x80) + u32::from(b >= 0xf0)).sum()
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
    fn ten_digits_in_the_groups_of_a_passport_are_no_phone() {
        let text = "Иванов Иван Иванович, 05.03.1990, 4509 123456";
        splits(text, &[Kind::Passport, Kind::Phone, Kind::FullName], &["4509 123456", "", "Иванов Иван Иванович"]);
        splits(text, &[Kind::FullName, Kind::Phone, Kind::Passport], &["Иванов Иван Иванович", "", "4509 123456"]);
        splits(text, &[Kind::FullName, Kind::Phone, Kind::BirthDate], &["Иванов Иван Иванович", "", "05.03.1990"]);
        splits(
            "Иванова Анна, 9161234567",
            &[Kind::FullName, Kind::Passport, Kind::Phone],
            &["Иванова Анна", "", "9161234567"],
        );
        // Where a person has pasted it, it is what the field is.
        splits(
            "4509123456, Иванова Анна",
            &[Kind::Passport, Kind::Inn, Kind::FullName],
            &["4509123456", "", "Иванова Анна"],
        );
        splits("8 916 123-45-67; Иванова Анна", &[Kind::FullName, Kind::Phone], &["Иванова Анна", "8 916 123-45-67"]);
    }

    #[test]
    fn a_name_stands_among_names_and_a_birthday_is_no_day_of_issue() {
        let parts = [Kind::Passport, Kind::LastName, Kind::FirstName, Kind::BirthDate, Kind::PassportIssueDate];
        splits("4509 123456 выдан ОВД Мира 01.02.2010", &parts, &["4509 123456", "", "", "", "01.02.2010"]);
        splits(
            "ФИО: Иванов Иван, 05.03.1990, 4509 123456, выдан ОВД Мира, 01.02.2010",
            &parts,
            &["4509 123456", "Иванов", "Иван", "05.03.1990", "01.02.2010"],
        );
        splits(
            "4509 123456 выдан ОВД Мира 01.02.2010",
            &[Kind::Passport, Kind::LastName, Kind::BirthDate],
            &["", "", ""],
        );
        splits(
            "Алиев Али Ахмед оглы, 01.01.1980 г.р., г. Москва, ул. Ленина",
            &[Kind::FullName, Kind::BirthDate],
            &["Алиев Али Ахмед оглы", "01.01.1980 г.р."],
        );
        splits("Иванов\tИван\tИванович", &[Kind::LastName, Kind::FirstName], &["Иванов", "Иван"]);
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
