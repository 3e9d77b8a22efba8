//! Days of birth with their month in words: «12 мая 74 г.», «родилась 5 марта 1990». A day of a paper stands after «от», and its year
//! has four figures that begin with 20: it is a birth's only beside the word for it.

use super::{Found, after_word, same};
use crate::text::{is_blank, symbol};

const MONTHS: &str = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв фев февр мар апр июн июл \
авг сен сент окт ноя нояб дек";
/// How far from a day the word about birth may stand.
const NEAR: usize = 40;
/// Two figures from here on are a year of the last century.
const OLD: usize = 30;

pub fn find(chars: &[char], out: &mut Vec<Found>) {
    let mut at = 0;
    while at < chars.len() {
        let (day, after) = figures(chars, at);
        if after == at {
            at += 1;
            continue;
        }
        if let Some((end, old)) =
            (1..=31).contains(&day).then(|| rest(chars, after)).flatten().filter(|_| after - at < 3)
        {
            let behind = (end + NEAR).min(chars.len());
            // «г.р.» and «г. р.», and no other «г.».
            let close: Vec<char> = chars.iter().skip(end).take(8).copied().filter(|c| !is_blank(*c)).collect();
            let born = after_word(chars, at, NEAR, "рожд родил д.р г.р")
                || after_word(chars, behind, behind - end, "рожд")
                || after_word(&close, close.len(), close.len(), "г.р");
            if born || old && !after_word(chars, at, 4, "от") {
                out.push(Found { kind: "birth_date", start: at, end });
            }
        }
        at = after;
    }
}

/// Month and year behind a day: where the year ends, and whether it is of the last century.
fn rest(chars: &[char], after: usize) -> Option<(usize, bool)> {
    let month = skip(chars, after, |c| is_blank(c) || matches!(c, '-' | '.'));
    let ends = skip(chars, month, |c| c.is_alphabetic());
    let word = chars.get(month..ends)?;
    if month - after > 3 || !MONTHS.split(' ').any(|it| same(word, it)) {
        return None;
    }
    let from = skip(chars, ends, |c| is_blank(c) || matches!(c, '-' | '.' | ','));
    let (year, end) = figures(chars, from);
    match end - from {
        _ if from - ends > 3 => None,
        2 => Some((end, year >= OLD)),
        4 if (1900..2100).contains(&year) => Some((end, year < 2000)),
        _ => None,
    }
}

/// A number, and where it ends.
fn figures(chars: &[char], at: usize) -> (usize, usize) {
    let end = skip(chars, at, |c| symbol(c).is_ascii_digit());
    let run = chars.get(at..end).unwrap_or_default().iter().take(5);
    (run.fold(0, |sum, c| sum * 10 + usize::from(symbol(*c) - b'0')), end)
}

fn skip(chars: &[char], from: usize, fits: impl Fn(char) -> bool) -> usize {
    from + chars.iter().skip(from).take_while(|c| fits(**c)).count()
}
