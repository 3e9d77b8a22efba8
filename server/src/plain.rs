//! Texts of pages in which nothing personal was found: labels and titles of a form come with each of its tickets, and
//! to look through them again is a good part of what a ticket costs.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::RwLock;

/// Most texts that are remembered: some hundred forms.
const MOST: usize = 20_000;

/// The texts, as marks under a secret of this process: nobody makes two that look the same.
#[derive(Default)]
pub struct Plain {
    secret: RandomState,
    seen: RwLock<HashSet<u64>>,
}

impl Plain {
    /// The text as `scrub` gives it; one that it has left alone before is not given to it again.
    pub fn scrub(&self, text: &str, scrub: fn(&str) -> String) -> String {
        // What one reader lets pass another may not.
        let mark = self.secret.hash_one((text, scrub as usize));
        if self.seen.read().is_ok_and(|seen| seen.contains(&mark)) {
            return text.to_owned();
        }
        let covered = scrub(text);
        if covered == text
            && let Ok(mut seen) = self.seen.write()
            && seen.len() < MOST
        {
            seen.insert(mark);
        }
        covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use podskazka::ticket::{cover, cover_but};
    use podskazka::wire::{FieldState, NewTicket};

    #[test]
    fn what_is_remembered_is_what_is_found_anew() {
        let plain = Plain::default();
        for label in ["Серия и номер", "Иванов Пётр Сергеевич", "Серия и номер", "Телефон +7 900 123-45-67"]
        {
            let mut ticket = NewTicket::default();
            ticket.snapshot.form_title = label.to_owned();
            ticket.snapshot.fields.push(FieldState { label: label.to_owned(), ..FieldState::default() });
            let mut again = ticket.clone();
            cover(&mut ticket);
            for _ in 0..2 {
                cover_but(&mut again, |text, scrub| plain.scrub(text, scrub));
                assert_eq!(again, ticket);
            }
        }
        assert!(!plain.seen.read().unwrap().is_empty());
    }

    #[test]
    fn only_what_was_left_alone_is_remembered() {
        let plain = Plain::default();
        let hide: fn(&str) -> String = |text| text.replace('1', "9");
        for _ in 0..2 {
            assert_eq!(plain.scrub("дом 1", hide), "дом 9");
        }
        assert_eq!(plain.seen.read().unwrap().len(), 0);
        plain.scrub("дом", hide);
        plain.scrub("дом", hide);
        assert_eq!(plain.seen.read().unwrap().len(), 1);
    }
}
