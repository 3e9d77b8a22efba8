//! Outcomes of a look at a text, in eight bytes: they are made at a hundred places and copied everywhere.

use crate::text::cut;

/// What a look at a text tells. `Copy`, so that columns of values cost nothing but time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Complete; perhaps with the name of a warning, such as `region`.
    Complete(Option<Name>),
    /// Right so far: so many symbols are missing to the nearest lawful length.
    Partial(u32),
    Fault(Flaw),
}

impl Outcome {
    /// Complete without a doubt.
    pub fn is_fine(self) -> bool {
        matches!(self, FINE)
    }

    pub fn is_fault(self) -> bool {
        matches!(self, Self::Fault(_))
    }
}

/// A fault before it has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub name: Name,
    pub expected: Expected,
    pub place: Place,
}

/// Where a flaw is. Places behind 65,535 count as that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Whole,
    /// Half-open range of cleaned symbols.
    Symbols(u16, u16),
    /// Half-open range of typed characters.
    Chars(u16, u16),
}

/// Declares an enum of fixed texts, kept as one list.
macro_rules! texts {
    ($(#[$doc:meta])* $type:ident { $($name:ident $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type { $($name,)+ }

        impl $type {
            /// The text.
            pub fn as_str(self) -> &'static str {
                let mut list = concat!($($text, "|"),+);
                for _ in 0..self as u8 {
                    list = cut(list, b'|').map_or("", |(_, rest)| rest);
                }
                cut(list, b'|').map_or("", |(text, _)| text)
            }
        }
    };
}

texts!(
    /// Second half of a code: `checksum` of `inn.checksum`. What each means stands in [`super::codes`].
    Name {
        Ambiguous "ambiguous", Area "area", At "at", Bik "bik", Calendar "calendar", Chars "chars", Checksum "checksum",
        Country "country", Cyrillic "cyrillic", Decimals "decimals", Domain "domain", Dot "dot", Early "early", End "end",
        Format "format", Grn "grn", Grnip "grnip", Kazakhstan "kazakhstan", Latin "latin", Length "length",
        Level "level", Local "local", Long "long", Mixed "mixed", Negative "negative", Number "number", Old "old", Other "other",
        Over "over", Prefix "prefix", Range "range", Region "region", Roman "roman", Separator "separator",
        Series "series", Slip "slip", Tail "tail", Two "two", Unchecked "unchecked", Year "year", Zero "zero",
    }
);

texts!(
    /// What should stand at a flaw: an alphabet, a sign, a bound.
    Expected {
        Nothing "", Digit "0-9", Twin "АВЕКМНОРСТУХ", Cyrillic "А-Я", Latin "A-Z", Mixed "0-9 A-Z",
        Currency "0-9 ABCEHKMPTX", Amount "0-9 ,", Dotted "0-9 .", Cadastral "0-9 :", Colon ":", Roman "I V X L C",
        Russia "RU", PlusSeven "+7", Ten "10", Future "future", Past "past", First "1800", Last "2200",
    }
);

/// Complete without a doubt.
pub const FINE: Outcome = Outcome::Complete(None);
/// A judge's answer to a number that fills a short form and is no whole number yet.
pub const MORE: Outcome = Outcome::Partial(0);

/// Complete, with a warning where `doubtful`.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn doubt(doubtful: bool, name: Name) -> Outcome {
    Outcome::Complete(doubtful.then_some(name))
}

/// So many symbols are missing.
pub fn partial(missing: usize) -> Outcome {
    Outcome::Partial(missing as u32)
}

/// A flaw of the whole text.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn flaw(name: Name) -> Outcome {
    flaw_whole(name, Expected::Nothing)
}

/// The same where something else is expected.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn flaw_whole(name: Name, expected: Expected) -> Outcome {
    Outcome::Fault(Flaw { name, place: Place::Whole, expected })
}

/// A flaw of cleaned symbols.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn flaw_symbols(name: Name, from: usize, to: usize, expected: Expected) -> Outcome {
    Outcome::Fault(Flaw { name, place: Place::Symbols(short(from), short(to)), expected })
}

/// A flaw of typed characters.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn flaw_chars(name: Name, from: usize, to: usize, expected: Expected) -> Outcome {
    Outcome::Fault(Flaw { name, place: Place::Chars(short(from), short(to)), expected })
}

/// A flaw of the character at `at`.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn flaw_char(name: Name, at: usize, expected: Expected) -> Outcome {
    flaw_chars(name, at, at + 1, expected)
}

fn short(place: usize) -> u16 {
    place.min(u16::MAX.into()) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_has_eight_bytes() {
        assert_eq!(size_of::<Outcome>(), 8);
    }
}
