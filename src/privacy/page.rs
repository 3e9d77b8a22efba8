//! What may be shown of the page's own words: in the picture, in the title of a form, in a label.
//!
//! Stricter than [`super::detect`], which reads a person's own text: a page echoes names and numbers without the words
//! around them that would give them away. Hidden are four and more figures in a row whatever they mean, addresses of mail,
//! capitalised words in the middle of a sentence, two of them anywhere, and whatever was typed. A lone name that opens a
//! sentence and was not typed on this page looks like any other first word and stays.

use super::covered;
use crate::text::{self, after, is_blank, is_cyrillic, is_dash, is_letter, lower, place, push, symbol, trim_end};

/// Fewer figures in a row are a count, a step, a number of digits.
const FIGURES: usize = 4;
/// The least figures in a row that may be a number of a person in the name of a field: shorter ones are numbers of fields.
const NUMBER: usize = 8;
/// Longest name of a form, a field or an error.
const NAME: usize = 64;
/// Shorter typed words are hidden only where they stand capitalised, as a short name does.
const TYPED: usize = 4;
/// How many last letters a declined word may change.
const ENDING: usize = 2;
/// What follows a name and a comma where somebody is spoken to.
const CALLS: &str = "ваш ваша ваше ваши вашу вас вам вы здравствуйте добрый доброе рады выйти выход";
/// Words that stand before these and name nobody.
const POLITE: &str = "спасибо пожалуйста здравствуйте извините внимание готово поздравляем";
/// Starts of words that are capitalised on half of all pages and name nobody.
const KNOWN: [&str; 3] = ["росси", "федерац", "госуслуг"];

/// Endings of surnames as programs write them.
const HANDLES: [&str; 6] = ["ov", "ova", "ev", "eva", "enko", "skaya"];
/// What stands before the name of a street, and before the number of a house or a flat.
const STREETS: &str =
    "ул улица улице кт просп проспект проспекте пер переулок бульвар шоссе наб набережная проезд тупик аллея";
const HOUSES: &str = "д дом доме кв квартира квартире корп корпус";
/// How far behind the name of a street its house may stand.
const AFTER_STREET: usize = 40;

/// First names, endings of surnames with `-` before them, and with `!` the beginnings of words that end like one.
pub const NAMES: &str = include_str!("names.txt");

/// The text of a page as it may be stored: see [`scrub_names`].
pub fn scrub_listed(text: &str) -> String {
    scrub_names(text, "", NAMES)
}

/// The text with the shape of everything personal in its place. `typed` has one typed value a line.
pub fn scrub(text: &str, typed: &str) -> String {
    scrub_names(text, typed, "")
}

/// The same, and names that stand alone: `list` is [`NAMES`]. An ending counts where the word is all there is.
pub fn scrub_names(text: &str, typed: &str, list: &str) -> String {
    let (chars, typed) = (text::chars(text), text::chars(typed));
    let words = words(&chars);
    let mut hidden = vec![false; chars.len()];
    runs(&chars, &mut hidden, FIGURES);
    tokens(&chars, &mut hidden);
    spelled(&chars, &words, &mut hidden);
    signed(&chars, &words, &mut hidden);
    names(&chars, &words, &mut hidden, list);
    small(&chars, &words, &mut hidden, list);
    handles(&chars, &words, &mut hidden, list);
    places(&chars, &words, &mut hidden);
    echo(&words, &mut hidden, &self::words(&typed));
    quoted(&chars, &mut hidden, &typed);
    // Read from the right, a name is no word that anything here knows.
    if chars.iter().any(|c| matches!(c, '\u{202d}' | '\u{202e}')) {
        hidden.fill(true);
    }
    shown(&chars, &hidden)
}

/// The name of a form or a field, or an error's code, as it may be stored and sent: pages put persons and their numbers into
/// them as well. One that a program has made stays as it is; of another the figures and the names go, and what is a sentence
/// and no name goes whole.
pub fn name(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let chars = text::chars(text);
    let sentence = chars.len() > NAME || chars.iter().any(|c| is_blank(*c) || matches!(c, ',' | '@'));
    let mut hidden = vec![sentence; chars.len()];
    runs(&chars, &mut hidden, NUMBER);
    // Programs write capitals too: `LoginForm[Email]`, `PAY-E42`. Persons stand there in their own letters.
    let mut words = words(&chars);
    words.retain(|word| word.small.iter().any(|c| is_cyrillic(*c)));
    names(&chars, &words, &mut hidden, "");
    shown(&chars, &hidden)
}

/// Small Latin letters and few figures. Most fields have no other name, and reading them costs time.
fn is_plain(text: &str) -> bool {
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    figures < FIGURES
        && text.len() <= NAME
        && text.bytes().all(|c| matches!(c, b'!'..=b'~') && !matches!(c, b'@' | b',' | b'A'..=b'Z'))
}

fn shown(chars: &[char], hidden: &[bool]) -> String {
    let mut out = String::new();
    for (c, hide) in chars.iter().zip(hidden) {
        push(&mut out, if *hide { covered(*c) } else { *c });
    }
    out
}

/// The address of a page with `:id` for the parts of its path that may name a person or a case: four and more figures, an
/// `@`, encoded letters. It is without a query already.
pub fn address(page: &str) -> String {
    let own = |part: &str| {
        let count = part.chars().filter(|c| is_digit(*c)).count();
        count >= FIGURES || part.chars().any(|c| matches!(c, '%' | '@'))
    };
    // `https:`, nothing, the host.
    let path = if page.starts_with('/') { 0 } else { 3 };
    let mut out = String::new();
    for (at, part) in page.split('/').enumerate() {
        if at > 0 {
            out.push('/');
        }
        out.push_str(if at >= path && own(part) { ":id" } else { part });
    }
    out
}

/// A word and its place.
struct Word {
    start: usize,
    end: usize,
    small: Vec<char>,
    /// A capital and small letters after it: `Анна`, and neither `ИНН` nor `дом`.
    capital: bool,
    /// `АННА`: a name only where the list knows it, so many headings are written like that.
    shout: bool,
    /// `А.` before or after a name.
    initial: bool,
}

fn is_digit(c: char) -> bool {
    symbol(c).is_ascii_digit()
}

fn is_word(c: char) -> bool {
    is_letter(c) || is_digit(c)
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..=chars.len() {
        if chars.get(at).is_some_and(|c| is_word(*c)) {
            continue;
        }
        let own = chars.get(start..at).unwrap_or_default();
        if let Some(first) = own.first() {
            let mut small = Vec::new();
            let mut high = 0;
            for c in own {
                small.push(lower(*c));
                high += usize::from(lower(*c) != *c);
            }
            let upper = lower(*first) != *first;
            let capital = upper && own.len() > 1 && high < own.len();
            let shout = high > 3 && high == own.len();
            let initial = upper && own.len() == 1 && chars.get(at) == Some(&'.');
            out.push(Word { start, end: at, small, capital, shout, initial });
        }
        start = at + 1;
    }
    out
}

fn hide(hidden: &mut [bool], start: usize, end: usize) {
    if let Some(part) = hidden.get_mut(start..end) {
        part.fill(true);
    }
}

/// Figures with nothing but separators between them are one number; what stands between two blanks around an `@` is mail.
fn runs(chars: &[char], hidden: &mut [bool], least: usize) {
    let (mut number, mut count) = (0, 0);
    let (mut token, mut mail) = (0, false);
    for at in 0..=chars.len() {
        let c = chars.get(at).copied();
        let end = c.is_none();
        let c = c.unwrap_or(' ');
        if is_digit(c) {
            if count == 0 {
                number = at;
            }
            count += 1;
        } else if end || !(between(c) || least == FIGURES && loose(c)) {
            if count >= least {
                hide(hidden, number, at);
            }
            count = 0;
        }
        mail |= c == '@';
        if is_blank(c) {
            if mail && at - token > 2 {
                hide(hidden, token, at);
            }
            (token, mail) = (at + 1, false);
        }
    }
}

/// Signs that do not end a number.
fn between(c: char) -> bool {
    is_blank(c) || is_dash(c) || matches!(c, '.' | ',' | ':' | '/' | '(' | ')' | '+' | '№')
}

/// Further ones in what a person reads. In the names of fields they part one number from the next.
fn loose(c: char) -> bool {
    matches!(c, '_' | '|' | ';' | '*' | '=' | '~' | '\'' | '\\' | '\u{ad}' | '·' | '•' | '’')
}

/// What stands between two blanks and is no word: an address of mail written apart (`anna @ mail.ru`, `anna(at)mail.ru`), an
/// address of the web behind its host, what a request asked for, a mark of letters and figures.
fn tokens(chars: &[char], hidden: &mut [bool]) {
    let (mut start, mut earlier, mut mail) = (0, 0, false);
    for at in 0..=chars.len() {
        if chars.get(at).is_some_and(|c| !is_blank(*c)) {
            continue;
        }
        let own = chars.get(start..at).unwrap_or_default();
        if !own.is_empty() {
            let apart = own == ['@'] || is_at(own);
            let marks = own.iter().filter(|c| is_digit(**c)).count() >= FIGURES && own.iter().any(|c| is_letter(*c));
            if mail || marks && own.iter().all(|c| is_word(*c)) || own.len() > 4 && own.windows(4).any(is_at) {
                hide(hidden, start, at);
            }
            if apart {
                hide(hidden, earlier, start);
            }
            let host = own.windows(3).position(|it| it == [':', '/', '/']).map_or(own.len(), |it| it + 3);
            let path = own.iter().skip(host).position(|c| *c == '/').map_or(own.len(), |it| host + it);
            let query = own.iter().position(|c| *c == '?').filter(|it| own.iter().skip(*it).any(|c| *c == '='));
            hide(hidden, start + path.min(query.unwrap_or(own.len())), at);
            (mail, earlier) = (apart, start);
        }
        start = at + 1;
    }
}

/// `(at)`, `[at]`: an `@` that programs are not to find.
fn is_at(own: &[char]) -> bool {
    matches!(own, ['(' | '[' | '{', 'a' | 'A', 't' | 'T', ')' | ']' | '}'])
}

/// A word that is written letter by letter: «И в а н о в», «И-в-а-н-о-в».
fn spelled(chars: &[char], words: &[Word], hidden: &mut [bool]) {
    let (mut first, mut count) = (0, 0);
    let mut last: Option<&Word> = None;
    for word in words {
        let single = word.small.len() == 1;
        let near = |last: &Word| {
            let gap = chars.get(last.end..word.start).unwrap_or_default();
            gap.len() <= 3 && gap.iter().all(|c| is_blank(*c) || is_dash(*c) || matches!(c, '_' | '·' | '|' | '.'))
        };
        if !single || !last.is_some_and(near) {
            (first, count) = (word.start, 0);
        }
        if single {
            count += 1;
            if count >= TYPED {
                hide(hidden, first, word.end);
            }
        }
        last = single.then_some(word);
    }
}

/// «КАЦ И. И.»: capitals before an initial are a name, however few.
fn signed(chars: &[char], words: &[Word], hidden: &mut [bool]) {
    for (word, next) in words.iter().zip(words.iter().skip(1)) {
        let own = chars.get(word.start..word.end).unwrap_or_default();
        if next.initial && own.len() > 1 && own.iter().all(|c| lower(*c) != *c) && joined(chars, word, next) {
            hide(hidden, word.start, word.end);
        }
    }
}

fn names(chars: &[char], words: &[Word], hidden: &mut [bool], list: &str) {
    let mut at = 0;
    while let Some(first) = words.get(at) {
        at += 1;
        if !(first.initial || first.shout || first.capital && !known(first)) {
            continue;
        }
        // A name in several words, some of them initials.
        let (mut last, mut several) = (first, false);
        let lone = words.len() == 1 || words.get(at).is_none() && before(chars, first) == Some(':');
        let mut named = listed(first, lone, list);
        while let Some(word) = words.get(at)
            && (if first.shout { word.shout } else { word.capital } || word.initial)
            && joined(chars, last, word)
        {
            (last, several) = (word, true);
            named |= listed(word, false, list);
            at += 1;
        }
        let inside = || first.capital && !opens(chars, first, words.get(at).is_none());
        named |= first.capital && called(chars, first, last, words.get(at));
        if named || !first.shout && (several || inside()) {
            hide(hidden, first.start, last.end);
        }
    }
}

/// «анна громова»: a first name beside a surname or a patronymic, in small letters. One of them alone is a word like others.
fn small(chars: &[char], words: &[Word], hidden: &mut [bool], list: &str) {
    let plain = |it: &Word| !it.capital && !it.shout && it.small.iter().any(|c| is_cyrillic(*c));
    let firsts: Vec<bool> = words.iter().map(|it| plain(it) && is_first(it, list)).collect();
    for (pair, first) in words.windows(2).zip(firsts.windows(2)) {
        let ([word, next], [here, there]) = (pair, first) else { continue };
        let other = if *here { next } else { word };
        if here != there && plain(other) && joined(chars, word, next) && listed(other, true, list) {
            hide(hidden, word.start, next.end);
        }
    }
}

/// The word is a name of the list, but for its last letter.
fn is_first(word: &Word, list: &str) -> bool {
    near(word, list).any(|entry| {
        let same = word.small.iter().zip(&entry).take_while(|(a, b)| a == b).count();
        same > 2 && same + 1 >= entry.len() && (entry.len()..entry.len() + 2).contains(&word.small.len())
    })
}

/// What a program calls a person: `anna_petrova`, `petrov.a`, `/lk/petrov/edit`. The whole piece goes between two blanks or slashes.
fn handles(chars: &[char], words: &[Word], hidden: &mut [bool], list: &str) {
    for word in words.iter().filter(|_| !list.is_empty()) {
        let ends = |c: &char| is_blank(*c) || *c == '/';
        let start = chars.iter().take(word.start).rposition(ends).map_or(0, |at| at + 1);
        let end = chars.iter().skip(word.end).position(ends).map_or(chars.len(), |at| word.end + at);
        let piece = chars.get(start..end).unwrap_or_default();
        // An address of a page; towns have names of persons.
        let site = piece.ends_with(&['.', 'r', 'u']);
        let slash = [start.wrapping_sub(1), end].iter().any(|at| chars.get(*at) == Some(&'/'));
        let own = |it: &&str| word.small.len() > it.len() + ENDING && word.small.ends_with(&text::chars(it));
        let named = || list.split_ascii_whitespace().any(|it| text::chars(it) == word.small) || HANDLES.iter().any(own);
        if (slash || piece.iter().any(|c| matches!(c, '_' | '.')))
            && !site
            && word.small.iter().all(char::is_ascii)
            && named()
        {
            hide(hidden, start, end);
        }
    }
}

/// «ул. Ленина, д. 5, кв. 12»: the name of a street, and the figures of a house.
fn places(chars: &[char], words: &[Word], hidden: &mut [bool]) {
    let figure = |it: &Word| it.small.first().is_some_and(|c| is_digit(*c));
    let (mut at, mut street) = (0, 0);
    while let Some(word) = words.get(at) {
        at += 1;
        if place(STREETS, &word.small, true).is_some() {
            let mut last = word;
            while let Some(next) = words.get(at)
                && (next.capital || next.initial || next.shout || figure(next))
                && place(HOUSES, &next.small, true).is_none()
                && apart(chars, last, next)
            {
                hide(hidden, next.start, next.end);
                (last, street) = (next, next.end + AFTER_STREET);
                at += 1;
            }
        } else if figure(word) && word.start < street {
            hide(hidden, word.start, word.end);
        } else if let Some(next) = words.get(at).filter(|it| figure(it) && apart(chars, word, it))
            && place(HOUSES, &word.small, true).is_some()
        {
            hide(hidden, next.start, next.end);
        }
    }
}

/// Nothing but blanks, dashes and full stops between two words.
fn apart(chars: &[char], left: &Word, right: &Word) -> bool {
    let gap = chars.get(left.end..right.start).unwrap_or_default();
    gap.len() <= 3 && gap.iter().all(|c| is_blank(*c) || *c == '-' || *c == '.')
}

/// Two words with next to nothing between them. A full stop after a whole word ends its sentence.
fn joined(chars: &[char], left: &Word, right: &Word) -> bool {
    let gap = chars.get(left.end..right.start).unwrap_or_default();
    gap.len() <= 3 && gap.iter().all(|c| is_blank(*c) || *c == '-' || (*c == '.' && left.initial))
}

/// The sign before a word.
fn before(chars: &[char], word: &Word) -> Option<char> {
    trim_end(chars.get(..word.start).unwrap_or_default(), is_blank).last().copied()
}

/// The word opens a sentence. «Заявитель: Иванова» and no more is an answer, and no sentence; so is «Доля (Иванова)».
fn opens(chars: &[char], word: &Word, last: bool) -> bool {
    match before(chars, word) {
        None => true,
        Some(':') => !last,
        Some('(') => chars.get(word.end) != Some(&')'),
        Some(c) => matches!(c, '.' | '!' | '?' | ';' | '«' | '"' | '*' | '•' | '—'),
    }
}

/// Somebody is spoken to: «Иванова, ваше заявление принято».
fn called(chars: &[char], first: &Word, last: &Word, next: Option<&Word>) -> bool {
    chars.get(last.end) == Some(&',')
        && next.is_some_and(|word| place(CALLS, &word.small, true).is_some())
        && place(POLITE, &first.small, true).is_none()
}

/// Entries that may be said of the word: names and stems of its first letter, endings of its last one. The list is asked about
/// every word of a page, and taking all of it apart each time is four fifths of the work.
fn near(word: &Word, list: &str) -> impl Iterator<Item = Vec<char>> {
    let ends = |c: Option<&char>| c.copied().unwrap_or(' ');
    let (first, last) = (ends(word.small.first()), ends(word.small.last()));
    let fits = move |entry: &&str| match entry.strip_prefix('-') {
        Some(ending) => ending.ends_with(last),
        None => entry.strip_prefix('!').unwrap_or(entry).starts_with(first),
    };
    list.split_ascii_whitespace().filter(fits).map(text::chars)
}

fn listed(word: &Word, alone: bool, list: &str) -> bool {
    let own = &word.small;
    let mut found = false;
    for entry in near(word, list) {
        match entry.split_first() {
            Some(('-', ending)) => {
                found |=
                    (alone || ending.len() > ENDING + 1) && own.len() > ENDING + ending.len() && own.ends_with(ending)
            }
            Some(('!', stem)) if own.starts_with(stem) => return false,
            // The last letter changes with the case, and one or two may follow.
            Some(_) => {
                let same = own.iter().zip(&entry).take_while(|(a, b)| a == b).count();
                found |= same + 1 >= entry.len().max(TYPED - 1) && own.len() <= entry.len() + ENDING && same > 1;
            }
            None => {}
        }
    }
    found
}

fn known(word: &Word) -> bool {
    KNOWN.iter().any(|it| after(&word.small, it).is_some())
}

/// Words of the text that were typed as well, declined or not.
fn echo(own: &[Word], hidden: &mut [bool], typed: &[Word]) {
    for typed in typed {
        let need = typed.small.len().saturating_sub(ENDING).max(TYPED);
        for word in own {
            let mut same = 0;
            while word.small.get(same).is_some_and(|c| typed.small.get(same) == Some(c)) {
                same += 1;
            }
            let short = same > 1 && same == typed.small.len() && same == word.small.len() && word.capital;
            if same >= need || short {
                hide(hidden, word.start, word.end);
            }
        }
    }
}

/// A quoted piece of what was typed, however short.
fn quoted(chars: &[char], hidden: &mut [bool], typed: &[char]) {
    let mut open = None;
    for (at, c) in chars.iter().enumerate() {
        if *c == '«' {
            open = Some(at + 1);
        } else if *c == '»'
            && let Some(from) = open.take()
        {
            let piece = chars.get(from..at).unwrap_or_default();
            if !piece.is_empty() && typed.windows(piece.len()).any(|it| it == piece) {
                hide(hidden, from, at);
            }
        }
    }
}

#[cfg(test)]
mod tests;
