//! The checks of the core as a JavaScript module: `check`, `checkForm`, `checkMany`, `format`, `kinds`.
//!
//! What callers see stands in the scripts beside; here is what they call, with numbers alone. Texts lie on a [`desk`] in this module's
//! memory: a string or an object that crosses by itself costs more than its check. A call that makes no sense (a kind that
//! does not exist, a day that is not a day) is refused in `arguments.js`. No rule lives here.

mod answer;
mod desk;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
#[cfg(target_arch = "wasm32")]
mod scripts;
mod tree;
#[cfg(feature = "words")]
mod words;

use podskazka::form::schema::{Form, Schema};
use podskazka::validators::{self, ALL, Kind, Outcome};
use podskazka::verdict::{Context, Day};
use wasm_bindgen::prelude::*;

use tree::Tree;

/// Makes room for a text of so many bytes and so many numbers; where the desk stands, see [`desk::Desk`].
#[wasm_bindgen]
pub fn room(bytes: usize, numbers: usize) -> *const u32 {
    desk::with(|desk| desk.room(bytes, numbers))
}

/// The place in the registry of the kind, or alias, whose name is on the desk; -1 for none.
#[wasm_bindgen]
pub fn place(length: usize) -> i32 {
    desk::with(|desk| Kind::parse(desk.text(0, length)).map_or(-1, |kind| kind as i32))
}

/// The verdict on a text of `length` bytes, with a БИК of `bik` bytes behind it (-1: none). Gives the length of the answer's text
/// in bytes, times four, plus its class, see `check.js`.
#[wasm_bindgen]
pub fn judge(kind: usize, today: u32, length: usize, bik: i32) -> u32 {
    desk::with(|desk| {
        let (input, out) = desk.sides();
        let context = Context { today: day(today), bik: behind(input, length, bik) };
        let text = desk::text(input, 0, length);
        let class = out.verdict(&validators::check(kind_at(kind), text, &context), text);
        out.end(class)
    })
}

/// The class of each text of a column, a byte each: 0 complete, 1 unfinished, 2 at fault. The texts have U+0000 between them.
#[wasm_bindgen]
pub fn column(kind: usize, today: u32, length: usize, bik: i32) -> u32 {
    desk::with(|desk| {
        let (input, out) = desk.sides();
        let context = Context { today: day(today), bik: behind(input, length, bik) };
        let texts = desk::text(input, 0, length).split('\0');
        for outcome in validators::validate_many(kind_at(kind), texts, &context) {
            out.byte(match outcome {
                Outcome::Complete(_) => 0,
                Outcome::Partial(_) => 1,
                Outcome::Fault(_) => 2,
            });
        }
        out.end(0)
    })
}

/// The answer for a form: on the desk lie its schema and its values, see [`Tree`].
#[wasm_bindgen]
pub fn form(today: u32, length: usize, numbers: usize) -> u32 {
    let (text, numbers) = desk::with(|desk| (desk.text(0, length).to_owned(), desk.numbers(numbers)));
    let mut tree = Tree::new(&text, &numbers);
    let (schema, values) = (tree.node(), tree.pairs());
    let text_of = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, text)| *text);
    let form = Form { today: day(today), text_of: &text_of };
    match Schema::read(&schema) {
        Err(problems) => desk::with(|desk| desk.answer().problems(&problems)),
        Ok(schema) => desk::with(|desk| desk.answer().form(&schema, &form)),
    }
}

/// A verdict as a sentence; the desk holds its code, the label, what was expected and found, with U+0000 between them.
#[cfg(feature = "words")]
#[wasm_bindgen]
pub fn say(language: usize, class: u32, missing: u32, length: usize) -> u32 {
    desk::with(|desk| {
        let said = words::say(language, class, missing, desk.text(0, length));
        desk.answer().says(&said)
    })
}

/// `arguments.js` asks for no other places than those of the registry.
fn kind_at(place: usize) -> Kind {
    ALL.get(place).copied().unwrap_or(Kind::Text)
}

fn behind(input: &[u8], length: usize, bik: i32) -> Option<&str> {
    usize::try_from(bik).ok().map(|bik| desk::text(input, length, bik))
}

/// The day of a number such as 20261231.
fn day(number: u32) -> Day {
    let part = |number: u32| u8::try_from(number % 100).unwrap_or(1);
    Day { year: u16::try_from(number / 10_000).unwrap_or(1), month: part(number / 100), day: part(number) }
}
