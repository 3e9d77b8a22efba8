//! What the checks ask of the page and show on it. The other side is `border.js`: what they are crosses as a number.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./border.js")]
extern "C" {
    /// Write the units of a text into `into`, as many as there is room for; how many there are.
    #[wasm_bindgen(js_name = read)]
    fn write(field: u32, what: u32, into: &mut [u16]) -> usize;
    #[wasm_bindgen(js_name = number)]
    fn count(field: u32, what: u32) -> u32;
    #[wasm_bindgen(js_name = show)]
    fn put(what: u32, id: u32, first: &[u8], second: &[u8]);
    #[wasm_bindgen(js_name = replace)]
    fn put_text(field: u32, from: u32, to: u32, caret: u32, text: &[u8]);
}

/// Room for most texts of a field.
const ROOM: usize = 96;

/// Texts and numbers of a field, in the order of `border.js`; from `Turn` on they are the page's own.
#[derive(Clone, Copy)]
pub enum Of {
    Text,
    Data,
    Intent,
    Complaint,
    ToldCode,
    ToldText,
    Kind,
    Label,
    Mask,
    Words,
    From,
    To,
    Now,
    Pressed,
    Required,
    Never,
    Hinted,
    Late,
    /// First sign of a line of `mask::Turn`, its three numbers and its text.
    Turn,
    Start,
    End,
    Caret,
    Put,
    /// The words of the page.
    Speech,
    /// The day as the number 20261231.
    Today,
}

/// What can be shown, in the order of `border.js`.
#[derive(Clone, Copy)]
pub enum Shown {
    Word,
    /// Kind and class of length of the state that comes next.
    Measure,
    State,
    Suggest,
    Turn,
    Hint,
    Offer,
    Error,
    Warn,
    Chip,
    Echo,
    Item,
    Summary,
    Announce,
}

/// A text of a field, or of the page for the field 0; empty for what is not there.
pub fn read(field: u32, what: Of) -> String {
    let mut units = vec![0; ROOM];
    let mut length = write(field, what as u32, &mut units);
    if length > ROOM {
        units = vec![0; length];
        length = write(field, what as u32, &mut units);
    }
    let mut out = String::new();
    // The first half of a character outside of the plane that most are in.
    let mut half: Option<u32> = None;
    for unit in units.iter().take(length) {
        let unit = u32::from(*unit);
        let code = match (half.take(), unit >> 10) {
            (Some(high), LOW) => 0x1_0000 + ((high & 0x3ff) << 10) + (unit & 0x3ff),
            (_, HIGH) => {
                half = Some(unit);
                continue;
            }
            _ => unit,
        };
        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    out
}

/// The upper six bits of the halves of a character.
const HIGH: u32 = 0xd800 >> 10;
const LOW: u32 = 0xdc00 >> 10;

/// A number of a field, or of the page for the field 0; 0 for what is not there.
pub fn number(field: u32, what: Of) -> u32 {
    count(field, what as u32)
}

/// Show two texts of a field or of a form, or take away what is there.
pub fn show(what: Shown, id: u32, first: &str, second: &str) {
    put(what as u32, id, first.as_bytes(), second.as_bytes());
}

pub fn replace(field: u32, from: u32, to: u32, text: &str, caret: u32) {
    put_text(field, from, to, caret, text.as_bytes());
}
