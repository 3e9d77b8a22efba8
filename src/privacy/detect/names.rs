//! Names of persons, by a patronymic, a first name or initials. A surname alone looks like any other word: it is found by its
//! ending in the middle of a sentence only.

use super::{Found, has_form, same};
use crate::text::{is_blank, is_cyrillic, is_dash, lower};

/// Endings that only patronymics have.
const PATRONYMICS: &str = "ович евич овн евн ичн иничн оглы кызы";
/// What declension makes of them.
const DECLINED: &str = " а я у ю е ы и ой ей ом ем";
/// First names without what declension changes. Names that are words as well, like Вера, are names when they are capitalised.
const FIRST: &str = "александр алексе анатоли андре антон аркади арсени артем артур богдан борис вадим василис валентин валери \
васили виктор витали владимир владислав всеволод вячеслав геннади георги герман глеб григори дании данил данила денис \
дмитри евгени егор ефим захар иван игор ильдар иль кирилл константин лев льв леонид макар максим марат матве михаил никит \
никола олег павел павл петр ренат рамил роман ростислав руслан рустам савели святослав семен серге станислав степан тимофе \
тимур федор филипп фарид шамиль эдуард юри яков ярослав азат айдар \
агат алевтин алес алин алис алл анастаси ангелин анжел анн антонин варвар вер вероник виктори галин дарь диан динар екатерин \
елен елизавет жанн зинаид зо зульфи инг инн ирин карин кир клавди кристин ксени ларис лариc лейл лид лиди лили любов любв людмил \
маргарит марин мари марь маш милан надежд наталь натали наст нелл ник нин оксан ол ольг пелаге полин раис регин римм светлан \
софи софь тамар тать татьян ульян фаин эльвир эмм юли ян катерин лен тан кат евламп";
const FIRST_ENDINGS: &str = " а я ы и у ю е ой ей ою ею ом ем ий й ь ия ии ию ией ью ею ья ье ьи ьей иян иям ин";
/// Endings of surnames, longest first where one is in another.
const SURNAMES: &str = "ов ев ин ын ск цк енк чук юк дзе швили ян";
const SURNAME_ENDINGS: &str = " а у ым ой ым е ого ому им ий ая ую о";

struct Word {
    start: usize,
    end: usize,
}

pub fn find(chars: &[char], out: &mut Vec<Found>) {
    let words = words(chars);
    let own = |w: &Word| chars.get(w.start..w.end).unwrap_or_default();
    let near = |from: usize, to: usize| {
        chars.get(from..to).is_some_and(|gap| gap.len() <= 3 && gap.iter().all(|c| is_blank(*c) || *c == '.'))
    };
    let initial = |w: &Word| {
        w.end - w.start == 1 && own(w).iter().all(|c| lower(*c) != *c) && matches!(chars.get(w.end), Some('.'))
    };
    let mut done = 0;
    for (at, word) in words.iter().enumerate() {
        if word.start < done || !is_title(own(word)) {
            continue;
        }
        let opens = opens(chars, word.start);
        let before = at.checked_sub(1).and_then(|n| words.get(n));
        let beside = before.is_some_and(|w| initial(w) && near(w.end, word.start))
            || words.get(at + 1).is_some_and(|w| initial(w) && near(word.end, w.start));
        if !(is_patronymic(own(word)) || is_first(own(word)) || beside || (!opens && is_surname(own(word)))) {
            continue;
        }
        // Words of the same name on both sides, without a full stop that ends a sentence.
        let fits = |w: &Word| is_title(own(w)) || initial(w);
        let (mut start, mut end) = (word.start, word.end);
        let mut right = word;
        for left in words.iter().take(at).rev().take(3) {
            let dot = chars.get(left.end) == Some(&'.') && !initial(left);
            if dot || !fits(left) || !near(left.end, right.start) || left.start < done {
                break;
            }
            start = left.start;
            right = left;
        }
        let mut left = word;
        for next in words.iter().skip(at + 1).take(3) {
            let dot = chars.get(left.end) == Some(&'.') && !initial(left);
            if dot || !fits(next) || !near(left.end, next.start) {
                break;
            }
            end = next.end;
            left = next;
        }
        done = end;
        out.push(Found { kind: "name", start, end });
    }
}

/// Names in capitals, «МАМЕДОВ РАШИД ОГЛЫ»: two words at least, one of them a first name, a patronymic or an initial. Headings are
/// written in capitals too, and so are abbreviations that look like a name («ИНН»).
pub fn find_shouted(chars: &[char], out: &mut Vec<Found>) {
    let mut plain = chars.to_vec();
    let words = words(chars);
    for word in &words {
        let own = chars.get(word.start..word.end).unwrap_or_default();
        if own.len() > 3
            && own.iter().all(|c| lower(*c) != *c || is_dash(*c))
            && let Some(rest) = plain.get_mut(word.start + 1..word.end)
        {
            rest.iter_mut().for_each(|c| *c = lower(*c));
        }
    }
    if plain == chars {
        return;
    }
    let mut found = Vec::new();
    find(&plain, &mut found);
    found.retain(|it| {
        let inside = || words.iter().filter(|word| word.start >= it.start && word.end <= it.end);
        let own = |word: &Word| plain.get(word.start..word.end).unwrap_or_default().to_vec();
        let person = |word: &Word| word.end - word.start == 1 || is_patronymic(&own(word)) || is_first(&own(word));
        chars.get(it.start..it.end) != plain.get(it.start..it.end) && inside().count() > 1 && inside().any(person)
    });
    out.append(&mut found);
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for at in 0..=chars.len() {
        let c = chars.get(at).copied().unwrap_or(' ');
        let inside = is_cyrillic(c)
            || (start.is_some() && is_dash(c) && chars.get(at + 1).is_some_and(|next| is_cyrillic(*next)));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                out.push(Word { start: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// A capital and a small letter after it: neither `ИНН` nor `дом`.
fn is_title(word: &[char]) -> bool {
    matches!(word, [first, second, ..] if lower(*first) != *first && lower(*second) == *second)
}

/// Does nothing of the sentence stand before the place?
fn opens(chars: &[char], at: usize) -> bool {
    let before = chars.iter().take(at).rev().find(|c| !is_blank(**c));
    before.is_none_or(|c| matches!(c, '.' | '!' | '?' | ':' | ';' | '«' | '"' | '(' | '*' | '•' | '—'))
}

/// A Russian first name in any case.
pub fn is_first(word: &[char]) -> bool {
    // The most letters a name here has, with its ending.
    word.len() < 16 && has_form(word, FIRST, FIRST_ENDINGS)
}

fn ends_with(word: &[char], ends: &str, declined: &str) -> bool {
    declined.split(' ').any(|tail| {
        let stem = word.len().saturating_sub(tail.chars().count());
        let (Some(head), Some(rest)) = (word.get(..stem), word.get(stem..)) else { return false };
        same(rest, tail)
            && ends.split(' ').any(|end| {
                let from = head.len().saturating_sub(end.chars().count());
                from > 1 && head.get(from..).is_some_and(|it| same(it, end))
            })
    })
}

pub fn is_patronymic(word: &[char]) -> bool {
    (word.len() > 5 && ends_with(word, PATRONYMICS, DECLINED)) || same(word, "оглы") || same(word, "кызы")
}

fn is_surname(word: &[char]) -> bool {
    word.len() > 4 && ends_with(word, SURNAMES, SURNAME_ENDINGS)
}
