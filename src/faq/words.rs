//! Words of a text as the search compares them.

/// A word and its stem, both in the normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: Vec<char>,
    pub stem: Vec<char>,
}

/// Words that say nothing of the subject.
const STOP: [&str; 38] = [
    "а", "без", "бы", "в", "во", "вы", "да", "для", "до", "если", "же", "за", "и", "из", "или", "к", "как", "ко", "ли",
    "мне", "мой", "мы", "на", "но", "о", "об", "от", "по", "при", "с", "со", "то", "у", "что", "это", "я", "the", "of",
];

/// Endings, the longest first among those that end alike.
const ENDINGS: [&str; 84] = [
    "ирование",
    "ивания",
    "ованный",
    "ывается",
    "ается",
    "яется",
    "уется",
    "ится",
    "ется",
    "аться",
    "иться",
    "яться",
    "ться",
    "тся",
    "ениями",
    "ениях",
    "ением",
    "ению",
    "ения",
    "ение",
    "аниями",
    "анием",
    "анию",
    "ания",
    "ание",
    "остями",
    "остью",
    "ости",
    "ость",
    "ировать",
    "овать",
    "ивать",
    "ывать",
    "ала",
    "али",
    "ало",
    "ила",
    "или",
    "ило",
    "ать",
    "ять",
    "ить",
    "еть",
    "ает",
    "яет",
    "ует",
    "ют",
    "ит",
    "ет",
    "ят",
    "ут",
    "ал",
    "ил",
    "ами",
    "ями",
    "ого",
    "его",
    "ому",
    "ему",
    "ыми",
    "ими",
    "ая",
    "яя",
    "ое",
    "ее",
    "ые",
    "ие",
    "ый",
    "ий",
    "ой",
    "ей",
    "ую",
    "юю",
    "ых",
    "их",
    "ым",
    "им",
    "ом",
    "ем",
    "ам",
    "ям",
    "ах",
    "ях",
    "ов",
];

/// A lower-case letter or digit of the two alphabets; `None` for what divides words.
pub(super) fn fold(c: char) -> Option<char> {
    match c {
        'Ё' | 'ё' => Some('е'),
        'А'..='Я' => char::from_u32(c as u32 + 32),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        'а'..='я' | 'a'..='z' | '0'..='9' => Some(c),
        _ => None,
    }
}

/// Cut the text into words. A stress mark and a soft hyphen do not divide a word.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut word = Vec::new();
    for c in text.chars().filter(|c| !matches!(c, '\u{301}' | '\u{ad}')) {
        match fold(c) {
            Some(c) => word.push(c),
            None => take(&mut word, &mut out),
        }
    }
    take(&mut word, &mut out);
    out
}

fn take(word: &mut Vec<char>, out: &mut Vec<Word>) {
    let text = std::mem::take(word);
    if text.is_empty() || STOP.iter().any(|s| s.chars().eq(text.iter().copied())) {
        return;
    }
    out.push(Word { stem: stem(&text), text });
}

/// A light stem: one ending off, then a last vowel or soft sign, and never fewer than three letters.
fn stem(word: &[char]) -> Vec<char> {
    let mut rest = word;
    let longest = ENDINGS.iter().filter_map(|e| without(word, e)).min_by_key(|s| s.len());
    if let Some(short) = longest {
        rest = short;
    }
    while let [head @ .., 'а' | 'е' | 'и' | 'й' | 'о' | 'у' | 'ы' | 'ь' | 'ю' | 'я'] = rest
        && head.len() >= 3
    {
        rest = head;
    }
    if let [head @ .., 'н', 'н'] = rest
        && head.len() >= 3
    {
        return [head, &['н']].concat();
    }
    rest.to_vec()
}

fn without<'a>(word: &'a [char], ending: &str) -> Option<&'a [char]> {
    let keep = word.len().checked_sub(ending.chars().count()).filter(|n| *n >= 3)?;
    let (head, tail) = word.split_at(keep);
    ending.chars().eq(tail.iter().copied()).then_some(head)
}

/// One letter changed, added, dropped, or two neighbours swapped.
pub(super) fn one_edit(a: &[char], b: &[char]) -> bool {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(front..).unwrap_or_default(), b.get(front..).unwrap_or_default());
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (
        a.get(..a.len().saturating_sub(back)).unwrap_or_default(),
        b.get(..b.len().saturating_sub(back)).unwrap_or_default(),
    );
    match (a, b) {
        ([x, y], [z, w]) => x == w && y == z,
        _ => a.len() <= 1 && b.len() <= 1,
    }
}

const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";

/// The same keys in the other layout: `byy` is `инн`. `None` where the word has both alphabets or neither.
pub(super) fn other_layout(word: &str) -> Option<String> {
    let lower = |c: char| match c {
        '{' => '[',
        '}' => ']',
        ':' => ';',
        '"' => '\'',
        '<' => ',',
        '>' => '.',
        '~' => '`',
        'Ё' | 'ё' => 'ё',
        c => fold(c).unwrap_or(c),
    };
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let cyrillic = word.chars().any(|c| matches!(c, 'А'..='я' | 'Ё' | 'ё'));
    let (from, to) = match (latin, cyrillic) {
        (true, false) => (LATIN, CYRILLIC),
        (false, true) => (CYRILLIC, LATIN),
        _ => return None,
    };
    let turn = |c: char| from.chars().zip(to.chars()).find(|(f, _)| *f == c).map_or(c, |(_, t)| t);
    Some(word.chars().map(|c| turn(lower(c))).collect())
}
