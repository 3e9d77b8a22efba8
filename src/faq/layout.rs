//! The question as it was meant: typed in the other keyboard layout («ghbdtn»), or Russian in Latin letters («privet»).

use super::index::Index;
use super::letters::{DIGITS, LATIN as LATIN_BYTES, RUSSIAN as RUSSIAN_BYTES, each_word};

/// Keys in the order of a keyboard: the Latin sign and the Russian one of the same key.
const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~/?&^$@";
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюёхъжэбюё.,?:;\"";

/// Share of the words of a piece that must fit after the turn.
const FIT: f32 = 0.6;
/// A word that is not known but whose letter pairs are: nearly as good as known.
const LOOKS: f32 = 0.7;
/// Share of known letter pairs from which a word looks like one of the articles'.
const PAIRS: f32 = 0.9;

fn lower(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        'Ё' => 'ё',
        _ => c,
    }
}

fn turn(text: &str, from: &str, to: &str) -> String {
    let key = |c: char| {
        let c = lower(c);
        from.chars().zip(to.chars()).find(|(f, _)| *f == c).map_or(c, |(_, t)| t)
    };
    text.chars().map(key).collect()
}

/// How a piece between spaces is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    AsTyped,
    OtherLayout,
    /// In the other layout it looks like a word and is none of the articles.
    LooksTurned,
    Sounds,
    /// A word of the English articles that is also one of the Russian by ear («snils»).
    Either,
    /// As most of the others.
    Open,
}

/// The question in the layout and alphabet that the articles have; `None` where it stays as it is.
pub(super) fn repair(index: &Index, question: &str) -> Option<String> {
    let mut pieces: Vec<(&str, Meant)> =
        question.split_whitespace().map(|typed| (typed, meant(index, typed))).collect();
    // Beside «ne prinimaet» «snils» is Russian; alone or beside «number» it stays English.
    let russian = pieces.iter().any(|it| it.1 == Meant::Sounds);
    for it in pieces.iter_mut().filter(|it| it.1 == Meant::Either) {
        it.1 = if russian { Meant::Sounds } else { Meant::AsTyped };
    }
    let count = |of: Meant| pieces.iter().filter(|(_, meant)| *meant == of).count();
    let is_english = |(typed, meant): &(&str, Meant)| *meant == Meant::AsTyped && is_latin(typed);
    let (mut layout, sounds, looks) = (count(Meant::OtherLayout), count(Meant::Sounds), count(Meant::LooksTurned));
    // «fine» beside «pay» is English, and no «ашту».
    let looks_turned = layout > 0 || !pieces.iter().any(is_english);
    if looks_turned {
        layout += looks;
    }
    if layout + sounds == 0 {
        return None;
    }
    let most = match layout + sounds >= count(Meant::Open) {
        true if layout >= sounds => Meant::OtherLayout,
        true => Meant::Sounds,
        false => Meant::AsTyped,
    };
    let read = |(typed, meant): &(&str, Meant)| match if *meant == Meant::Open { most } else { *meant } {
        Meant::OtherLayout if has(typed, true) => turn(typed, LATIN, RUSSIAN),
        Meant::OtherLayout => turn(typed, RUSSIAN, LATIN),
        Meant::LooksTurned if looks_turned => turn(typed, LATIN, RUSSIAN),
        Meant::Sounds => transliterate(typed),
        _ => String::from(*typed),
    };
    let mut out = String::new();
    for piece in &pieces {
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(&read(piece));
    }
    Some(out)
}

fn has(text: &str, latin: bool) -> bool {
    let range = if latin { LATIN_BYTES } else { RUSSIAN_BYTES };
    text.chars().any(|c| range.contains(&super::letters::byte(c)))
}

fn is_latin(text: &str) -> bool {
    has(text, true) && !has(text, false)
}

fn meant(index: &Index, typed: &str) -> Meant {
    if is_code(index, typed) {
        return Meant::AsTyped;
    }
    match (has(typed, true), has(typed, false)) {
        (true, false) => match (words(typed) > 0 && fit(index, typed) >= 1.0, fit(index, &transliterate(typed)) >= 1.0)
        {
            (true, true) => Meant::Either,
            (true, false) => Meant::AsTyped,
            (false, true) => Meant::Sounds,
            (false, false) => turned(index, typed),
        },
        (false, true) => {
            let turned = turn(typed, RUSSIAN, LATIN);
            let mut other = words(typed) == 1 && words(&turned) == 1;
            each_word(typed, |word, _| other &= word.len() > 3 && !index.knows(word));
            each_word(&turned, |word, _| other &= index.surfaces.find(word).is_some());
            if other { Meant::OtherLayout } else { Meant::AsTyped }
        }
        _ => Meant::AsTyped,
    }
}

fn turned(index: &Index, typed: &str) -> Meant {
    match fit(index, &turn(typed, LATIN, RUSSIAN)) {
        fit if fit > LOOKS => Meant::OtherLayout,
        fit if fit >= FIT => Meant::LooksTurned,
        _ => Meant::Open,
    }
}

/// A code of an error: one of the articles', one with a low line, or a letter or two before a number («E-1001»). Any of
/// them may be some word in the other layout, and none is.
fn is_code(index: &Index, typed: &str) -> bool {
    // Without the tables of Unicode, which weigh 1.5 KB in the page.
    let signs = || typed.chars().map(super::letters::byte).filter(|b| *b != 0);
    let letters = signs().filter(|b| !DIGITS.contains(b)).count();
    let number = signs().any(|b| DIGITS.contains(&b));
    crate::text::has_sign(typed, b'_') || (number && letters <= 2) || !index.with_code(typed).is_empty()
}

fn words(text: &str) -> usize {
    let mut count = 0;
    each_word(text, |_, _| count += 1);
    count
}

/// How well the words of the text fit the articles: 1 where all are known.
fn fit(index: &Index, text: &str) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    each_word(text, |word, _| {
        count += 1.0;
        if index.knows(word) {
            sum += 1.0;
        } else if index.plausible(word) >= PAIRS {
            sum += LOOKS;
        }
    });
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Latin spellings of Russian sounds, the longest first; before them a word that is seldom written by ear.
const SOUNDS: &str = "passport паспорт shch щ sch щ yo е zh ж kh х ts ц ch ч sh ш yu ю ya я ye е ju ю ja я iy ий ce це ci ци a а b б v в w в g г d д \
                      e е z з i и j й k к l л m м n н o о p п r р s с t т u у f ф h х c к y ы q к x кс ' ь";

/// Russian in Latin letters, by ear.
fn transliterate(text: &str) -> String {
    let text: String = text.chars().map(lower).collect();
    let mut rest = text.as_str();
    let mut out = String::new();
    'next: while let Some(first) = rest.chars().next() {
        let mut pairs = SOUNDS.split_whitespace();
        while let (Some(latin), Some(russian)) = (pairs.next(), pairs.next()) {
            if let Some(after) = rest.strip_prefix(latin) {
                out.push_str(russian);
                rest = after;
                continue 'next;
            }
        }
        out.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::transliterate;

    #[test]
    fn latin_letters_are_read_by_ear() {
        for (typed, read) in
            [("privet", "привет"), ("cifra", "цифра"), ("centr", "центр"), ("code", "коде"), ("shchuka", "щука")]
        {
            assert_eq!(transliterate(typed), read);
        }
    }
}
