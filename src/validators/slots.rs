//! Spellings of numbers, and what may stand in their slots.

use super::flaw::Expected;
use crate::text::{self, CYRILLIC_TWINS, LATIN_TWINS, Symbols, letter, twin};

/// A spelling. `9` is a digit, `L` one of the twelve Cyrillic letters with a Latin twin, `C` a Cyrillic letter, `A` a
/// Latin letter, `X` a digit or a Latin letter, `V` a symbol of a VIN, `RU` these letters; anything else is printed as it stands.
#[derive(Clone, Copy)]
pub struct Form(pub &'static str);

/// The lengths of the spellings that are digits alone, in a list with `|` between: bit n is set for n digits.
#[allow(clippy::indexing_slicing)] // const: checked when it is compiled
pub const fn digit_lengths(forms: &'static str) -> u32 {
    let bytes = forms.as_bytes();
    let (mut at, mut slots, mut digits, mut lengths) = (0, 0, true, 0);
    while at <= bytes.len() {
        if at == bytes.len() || bytes[at] == b'|' {
            if digits {
                lengths |= 1 << slots;
            }
            (slots, digits) = (0, true);
        } else if is_slot(bytes[at]) {
            slots += 1;
            digits &= bytes[at] == b'9';
        }
        at += 1;
    }
    lengths
}

pub const fn is_slot(byte: u8) -> bool {
    byte == b'9' || byte.is_ascii_uppercase()
}

impl Form {
    /// Symbols that fill it.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn slots(self) -> usize {
        let mut slots = 0;
        self.0.as_bytes().iter().for_each(|class| slots += usize::from(is_slot(*class)));
        slots
    }

    /// Some slot takes letters.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn has_letters(self) -> bool {
        self.0.as_bytes().iter().any(u8::is_ascii_uppercase)
    }

    /// Write the symbols as the form has them; how many from the start fit.
    pub fn fit(self, symbols: &mut Symbols) -> usize {
        fit(self.0, symbols)
    }

    /// Write the symbols as the form has them, and those that it does not take as the ones they are mistaken for.
    pub fn mend(self, symbols: &mut Symbols) -> bool {
        let mut at = 0;
        for class in self.0.as_bytes() {
            if !is_slot(*class) {
                continue;
            }
            let Some(symbol) = symbols.as_mut_slice().get_mut(at) else { break };
            at += 1;
            let mut lawful = 0;
            // A series of letters alone gets none out of a digit: it may be one of the number, and the letter missing.
            let letter = if *class == b'C' { *symbol } else { text::with_letter(*symbol) };
            for meant in &[letter, text::with_digit(*symbol), *symbol] {
                let admitted = admit(*class, *meant);
                if admitted > 0 {
                    lawful = admitted;
                }
            }
            if lawful == 0 {
                return false;
            }
            *symbol = lawful;
        }
        true
    }

    /// What the slot at `at` takes; empty behind the last one.
    pub fn wants(self, at: usize) -> Expected {
        let mut left = at;
        for class in self.0.as_bytes() {
            if is_slot(*class) {
                if left == 0 {
                    return alphabet(*class);
                }
                left -= 1;
            }
        }
        Expected::Nothing
    }

    /// The official spelling.
    pub fn print(self, symbols: &[u8]) -> String {
        print(self.0, symbols)
    }
}

/// Write the symbols as a spelling has them; how many from the start fit.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn fit(form: &str, symbols: &mut Symbols) -> usize {
    let mut fit = 0;
    for class in form.as_bytes() {
        if is_slot(*class) {
            let Some(symbol) = symbols.as_mut_slice().get_mut(fit) else { break };
            let admitted = admit(*class, *symbol);
            if admitted == 0 {
                break;
            }
            *symbol = admitted;
            fit += 1;
        }
    }
    fit
}

/// The symbols in a spelling, as far as there are any.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn print(form: &str, symbols: &[u8]) -> String {
    let mut rest = symbols.iter();
    let mut out = String::new();
    for byte in form.as_bytes() {
        let c = if is_slot(*byte) { rest.next().map(|s| letter(*s)) } else { Some(char::from(*byte)) };
        let Some(c) = c else { break };
        text::push(&mut out, c);
    }
    out
}

/// The symbol as it is written in a slot of this class; 0 for one that it does not take. Letters that look like a lawful
/// one become it.
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn admit(class: u8, symbol: u8) -> u8 {
    let (lawful, cyrillic) = match class {
        b'9' => (symbol.is_ascii_digit(), None),
        b'L' => (twin(symbol, CYRILLIC_TWINS, CYRILLIC_TWINS) > 0, Some(true)),
        b'C' => (symbol >= 0x80, Some(true)),
        b'A' => (symbol.is_ascii_uppercase(), Some(false)),
        // The country of a Russian IBAN.
        b'R' | b'U' => (symbol == class, None),
        // The Cyrillic О looks like one of them.
        b'V' if matches!(symbol, b'I' | b'O' | b'Q' | 0xce) => (false, None),
        _ => (symbol.is_ascii_digit() || symbol.is_ascii_uppercase(), Some(false)),
    };
    match cyrillic {
        _ if lawful => symbol,
        Some(true) => twin(symbol, LATIN_TWINS, CYRILLIC_TWINS),
        Some(false) => twin(symbol, CYRILLIC_TWINS, LATIN_TWINS),
        None => 0,
    }
}

/// What a slot of this class takes, for [`Fault::expected`](crate::verdict::Fault).
#[cfg_attr(target_family = "wasm", inline(never))]
pub fn alphabet(class: u8) -> Expected {
    match class {
        b'9' => Expected::Digit,
        b'L' => Expected::Twin,
        b'C' => Expected::Cyrillic,
        b'A' => Expected::Latin,
        b'R' | b'U' => Expected::Russia,
        _ => Expected::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_the_lawful_ones_they_look_like() {
        assert_eq!(admit(b'L', b'A'), 0xc0);
        assert_eq!(admit(b'V', 0xc0), b'A');
        assert_eq!(admit(b'V', b'I'), 0);
        assert_eq!(admit(b'9', b'O'), 0);
    }

    #[test]
    fn a_spelling_is_printed_as_far_as_there_are_symbols() {
        assert_eq!(Form("999-999 99").print(b"1234"), "123-4");
    }

    #[test]
    fn lengths_of_digits_are_known() {
        assert_eq!(digit_lengths("99|9 9 9|L 99"), 0b1100);
    }
}
