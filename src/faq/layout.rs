//! The question as it was meant: typed in the other keyboard layout («ghbdtn»), or Russian in Latin letters («privet»).

use super::index::Index;
use super::letters::{LATIN as LATIN_BYTES, RUSSIAN as RUSSIAN_BYTES, each_word};

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

/// What is known of a piece between spaces.
struct Piece<'a> {
    typed: &'a str,
    turned: String,
    /// Turned for certain, kept for certain, or as the others.
    turn: Option<bool>,
}

/// The question in the layout and alphabet that the articles have; `None` where it stays as it is.
pub(super) fn repair(index: &Index, question: &str) -> Option<String> {
    let mut pieces: Vec<Piece<'_>> = question.split_whitespace().map(|typed| piece(index, typed)).collect();
    let open = pieces.iter().filter(|p| has(p.typed, true) && !has(p.typed, false));
    let (all, turned) = open.fold((0, 0), |(all, turned), p| (all + 1, turned + usize::from(p.turn == Some(true))));
    let most = all > 0 && turned * 2 >= all;
    for piece in &mut pieces {
        if piece.turn.is_none() && !most {
            piece.turn = Some(false);
        }
    }
    if pieces.iter().all(|p| p.turn == Some(false)) {
        return None;
    }
    let words: Vec<&str> = pieces.iter().map(|p| if p.turn == Some(false) { p.typed } else { &p.turned }).collect();
    Some(words.join(" "))
}

fn has(text: &str, latin: bool) -> bool {
    let range = if latin { LATIN_BYTES } else { RUSSIAN_BYTES };
    text.chars().any(|c| range.contains(&super::letters::byte(c)))
}

fn piece<'a>(index: &Index, typed: &'a str) -> Piece<'a> {
    let kept = |turn| Piece { typed, turned: String::new(), turn };
    match (has(typed, true), has(typed, false)) {
        (true, false) => {
            let all_known = fit(index, typed) >= 1.0 && words(typed) > 0;
            let turned = turn(typed, LATIN, RUSSIAN);
            if !all_known && fit(index, &turned) >= FIT {
                return Piece { typed, turned, turn: Some(true) };
            }
            let sounded = transliterate(typed);
            if !all_known && fit(index, &sounded) >= 1.0 {
                return Piece { typed, turned: sounded, turn: Some(true) };
            }
            Piece { typed, turned, turn: all_known.then_some(false) }
        }
        (false, true) => {
            let turned = turn(typed, RUSSIAN, LATIN);
            let mut unknown = words(typed) == 1;
            each_word(typed, |word, _| unknown &= word.len() > 3 && !index.knows(word));
            let mut known = words(&turned) == 1;
            each_word(&turned, |word, _| known &= index.surfaces.find(word).is_some());
            if unknown && known {
                return Piece { typed, turned, turn: Some(true) };
            }
            kept(Some(false))
        }
        _ => kept(Some(false)),
    }
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

/// Latin spellings of Russian sounds, the longest first.
const SOUNDS: &str = "shch щ sch щ yo е zh ж kh х ts ц ch ч sh ш yu ю ya я ye е ju ю ja я iy ий a а b б v в w в g г d д \
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
