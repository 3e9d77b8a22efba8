//! The stem of a Russian word after the Snowball algorithm, and a light one for English.
//!
//! The stem is not a root: it joins «паспорт», «паспорта» and «паспортом», nothing more. Source of the rules and of the
//! endings: M. Porter's description, <https://snowballstem.org/algorithms/russian/stemmer.html>.

use super::letters::{LATIN, RUSSIAN};

/// Endings, each group separated by spaces; `*` before an ending: it counts only after `а` or `я`, which stays.
const GERUND: &str = "ив ивши ившись ыв ывши ывшись *в *вши *вшись";
const REFLEXIVE: &str = "ся сь";
const ADJECTIVE: &str = "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею";
const PARTICIPLE: &str = "ивш ывш ующ *ем *нн *вш *ющ *щ";
const VERB: &str = "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть \
                    ишь ую ю *ла *на *ете *йте *ли *й *л *ем *н *ло *но *ет *ют *ны *ть *ешь *нно";
const NOUN: &str = "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю \
                    ия ья я";
const SUPERLATIVE: &str = "ейш ейше";
const DERIVED: &str = "ост ость";

const A: u8 = 1;
const I: u8 = 9;
const N: u8 = 14;
const SOFT: u8 = 29;
const YA: u8 = 32;

fn vowel(b: u8) -> bool {
    // а е и о у ы э ю я
    matches!(b, 1 | 6 | 9 | 15 | 20 | 28 | 30 | 31 | 32)
}

/// Length of the stem: the stem is the front of the word.
pub(super) fn stem(word: &[u8]) -> usize {
    if word.iter().all(|b| LATIN.contains(b)) {
        return english(word);
    }
    if !word.iter().all(|b| RUSSIAN.contains(b)) {
        return word.len();
    }
    let Some(first) = word.iter().position(|b| vowel(*b)) else { return word.len() };
    let rv = first + 1;
    let mut len = word.len();
    let mut cut = |group: &str| match ending(word.get(rv..len).unwrap_or_default(), group) {
        0 => false,
        n => {
            len -= n;
            true
        }
    };
    if !cut(GERUND) {
        cut(REFLEXIVE);
        if cut(ADJECTIVE) {
            cut(PARTICIPLE);
        } else if !cut(VERB) {
            cut(NOUN);
        }
    }
    let ends = |len: usize, b: u8| len > rv && word.get(len - 1) == Some(&b);
    if ends(len, I) {
        len -= 1;
    }
    let r2 = region(word, region(word, 0));
    if len > r2 {
        len -= ending(word.get(r2.max(rv)..len).unwrap_or_default(), DERIVED);
    }
    len -= ending(word.get(rv..len).unwrap_or_default(), SUPERLATIVE);
    let double = ends(len, N) && ends(len - 1, N);
    if double || ends(len, SOFT) {
        len -= 1;
    }
    len
}

/// Start of the region after the first consonant that follows a vowel.
fn region(word: &[u8], from: usize) -> usize {
    let tail = word.get(from..).unwrap_or_default();
    tail.windows(2).position(|w| matches!(w, [a, b] if vowel(*a) && !vowel(*b))).map_or(word.len(), |at| from + at + 2)
}

/// Letters of the longest ending of the group that the text has, 0 where it has none.
fn ending(text: &[u8], group: &str) -> usize {
    let mut longest = 0;
    for item in group.split(' ') {
        let (bound, item) = item.strip_prefix('*').map_or((false, item), |rest| (true, rest));
        let n = item.chars().count();
        let Some(keep) = text.len().checked_sub(n).filter(|_| n > longest) else { continue };
        let (head, tail) = text.split_at(keep);
        if item.chars().map(super::letters::byte).eq(tail.iter().copied())
            && (!bound || matches!(head.last(), Some(&(A | YA))))
        {
            longest = n;
        }
    }
    longest
}

/// Plural, past and -ing forms; three letters always stay.
fn english(word: &[u8]) -> usize {
    for end in ["ing", "ies", "ed", "es", "s", "e", "y"] {
        let n = end.len();
        let keep = word.len().saturating_sub(n);
        if keep >= 3 && word.get(keep..).is_some_and(|tail| tail.iter().map(|b| b - 33 + b'a').eq(end.bytes())) {
            return keep;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::super::letters::{each_word, letter};
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        let mut list = Vec::new();
        each_word(text, |word, _| list.push(word.iter().take(stem(word)).map(|b| letter(*b)).collect()));
        list
    }

    /// All the words have one stem.
    #[track_caller]
    fn check(words: &str, expected: &str) {
        for (stem, word) in stems(words).into_iter().zip(words.split(' ')) {
            assert_eq!(stem, expected, "{word}");
        }
    }

    #[test]
    fn joins_the_forms_of_a_word() {
        check("паспорт паспорта паспорту паспортом паспортов паспортами", "паспорт");
        check("заявление заявления заявлением заявлений заявлениями", "заявлен");
        check("электронная электронной электронную электронные", "электрон");
        check("проверить проверил проверила проверив", "провер");
        check("подписан подписана", "подписа");
    }

    /// From the list of examples that the description of the algorithm gives.
    #[test]
    fn agrees_with_the_description() {
        for (word, stem) in [
            ("важнейшие", "важн"),
            ("вагонов", "вагон"),
            ("величайшую", "величайш"),
            ("поверившись", "повер"),
            ("противоестественном", "противоестествен"),
            ("павшая", "павш"),
            ("падающей", "пада"),
        ] {
            check(word, stem);
        }
    }

    #[test]
    fn leaves_short_mixed_and_foreign_words_alone() {
        for word in ["вв", "кпп", "снг", "2026"] {
            check(word, word);
        }
        check("error errors", "error");
        check("file files", "fil");
    }
}
