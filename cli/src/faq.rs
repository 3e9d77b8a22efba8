//! The commands `podskazka faq …`.

pub mod eval;
