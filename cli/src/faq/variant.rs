//! Questions as people mistype them, made from clean ones, the same each time.

use clap::ValueEnum;

/// How the questions of a file are spoiled before they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Variant {
    /// As they are.
    Clean,
    /// One slip in every word of more than four letters.
    Typo,
    /// Russian typed in the English layout.
    Layout,
    /// The last word cut to three fifths: still being typed.
    Prefix,
}

const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюё";

impl Variant {
    pub fn apply(self, query: &str) -> String {
        match self {
            Self::Clean => query.to_owned(),
            Self::Typo => typo(query),
            Self::Layout => query.chars().map(other_key).collect(),
            Self::Prefix => prefix(query),
        }
    }
}

fn other_key(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    RUSSIAN.chars().zip(LATIN.chars()).find(|(russian, _)| *russian == lower).map_or(c, |(_, latin)| latin)
}

fn prefix(query: &str) -> String {
    let text = query.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (front, last) = text.rsplit_once(' ').map_or(("", text), |(front, last)| (front, last));
    let keep = (last.chars().count() * 3).div_ceil(5);
    let cut: String = last.chars().take(keep).collect();
    if front.is_empty() { cut } else { format!("{front} {cut}") }
}

/// Xorshift from the text itself: no clock, no randomness.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % sides.max(1)
    }
}

fn typo(query: &str) -> String {
    let mut dice = Dice(podskazka::faq::crc32(query.as_bytes()) | 1);
    let slip = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.iter().filter(|c| c.is_alphabetic()).count() <= 4 {
            return word.to_owned();
        }
        let at = dice.roll(letters.len() - 1);
        let letter = RUSSIAN.chars().nth(dice.roll(32)).unwrap_or('а');
        match dice.roll(4) {
            0 => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, letter),
            _ => letters.iter_mut().skip(at).take(1).for_each(|c| *c = letter),
        }
        letters.into_iter().collect()
    };
    query.split(' ').map(slip).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spoils_in_the_named_way() {
        assert_eq!(Variant::Clean.apply("Где СНИЛС?"), "Где СНИЛС?");
        assert_eq!(Variant::Layout.apply("Привет, инн"), "ghbdtn, byy");
        assert_eq!(Variant::Prefix.apply("сменить пароль?"), "сменить паро");
        assert_eq!(Variant::Prefix.apply("инн"), "ин");
        let typo = Variant::Typo.apply("нет доступа к паспорту");
        assert_eq!(typo, Variant::Typo.apply("нет доступа к паспорту"));
        let words: Vec<&str> = typo.split(' ').collect();
        assert!(words[0] == "нет" && words[1] != "доступа" && words[2] == "к" && words[3] != "паспорту", "{typo}");
    }
}
