//! The border of the outbox: what happened comes as numbers, what is to be done goes as numbers, in the order of
//! `later/outbox/machine.ts`.

use std::cell::RefCell;

use podskazka::outbox::{Action, Event, Now, Outbox, Reply};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// One for a page.
    static OUTBOX: RefCell<Outbox> = RefCell::default();
}

/// `id` of a letter, or the status of an answer; `a`: moment, size or offset; `b`: bits; `wait` and `code` of an answer.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)]
pub fn outbox(
    event: u32,
    id: u32,
    a: f64,
    b: u32,
    wait: f64,
    code: &str,
    wall: f64,
    clock: f64,
    chance: f64,
) -> Vec<f64> {
    let bit = |at: u32| b >> at & 1 == 1;
    let event = match event {
        0 => Event::Letter { id, at: a, refused: bit(0) },
        1 => Event::File { id, size: a, there: bit(0), picture: bit(1) },
        2 => Event::Press { id },
        3 => Event::Bare { id },
        4 => Event::Wake,
        5 => Event::Turn,
        6 => {
            let offset = (a >= 0.0).then_some(a);
            Event::Reply(Reply { status: id, code, token: bit(31), offset, unknown: b & 0x7fff_ffff, wait })
        }
        7 => Event::NoBytes,
        8 => Event::Gone { id },
        9 => Event::Wipe,
        10 => Event::Stop,
        _ => return Vec::new(),
    };
    let now = Now { wall, clock, chance };
    let mut out = Vec::new();
    for action in OUTBOX.with(|it| it.try_borrow_mut().map(|mut it| it.handle(event, now)).unwrap_or_default()) {
        out.extend_from_slice(&row(action));
    }
    out
}

/// Five numbers: what, which letter, which slot (or how many, how long), from and to which byte.
fn row(action: Action) -> [f64; 5] {
    let (mut from, mut to) = (0.0, 0.0);
    let (what, id, slot) = match action {
        Action::Take => (0, 0, 0.0),
        Action::Leave => (1, 0, 0.0),
        Action::Whole { id, slot } => (2, id, slot as f64),
        Action::Begin { id, slot } => (3, id, slot as f64),
        Action::Slice { id, slot, from: first, to: end } => {
            (from, to) = (first, end);
            (4, id, slot as f64)
        }
        Action::Words(id) => (5, id, 0.0),
        Action::There { id, slot } => (6, id, slot as f64),
        Action::Lose { id, slot } => (7, id, slot as f64),
        Action::Anew { id, slot } => (8, id, slot as f64),
        Action::Save(id) => (9, id, 0.0),
        Action::Waits(id) => (10, id, 0.0),
        Action::Sent(id) => (11, id, 0.0),
        Action::Returned(id) => (12, id, 0.0),
        Action::Kept(id) => (13, id, 0.0),
        Action::Refused { id, slot } => (14, id, slot as f64),
        Action::Count(count) => (15, 0, count as f64),
        Action::Timer(ms) => (16, 0, ms),
        Action::Still => (17, 0, 0.0),
    };
    [f64::from(what), f64::from(id), slot, from, to]
}
