//! The core from outside: the shared cases of `tests/cases`, and properties that must hold for any number and any text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod cases;
mod codes;
mod doors;
mod kinds;
mod limits;
mod mask_probe;
mod masks;
mod numbers;
mod privacy;
mod properties;
mod texts;
mod xorshift;

use podskazka::verdict::Day;

/// Today of every test that names no day of its own.
const TODAY: Day = Day { year: 2026, month: 11, day: 25 };
