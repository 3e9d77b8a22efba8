//! Where both sides write: `desk.js` a text and numbers before a call, this module its answer.

use std::cell::RefCell;

use crate::answer::Answer;

thread_local! {
    static DESK: RefCell<Desk> = const { RefCell::new(Desk::new()) };
}

/// `head` are the addresses that `desk.js` looks up: of the given text, the given numbers, the text and the numbers of the answer.
pub struct Desk {
    head: [u32; 4],
    text: Vec<u8>,
    numbers: Vec<u32>,
    answer: Answer,
}

/// Runs `work` with the desk, then notes where its parts stand.
pub fn with<T>(work: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with_borrow_mut(|desk| {
        let done = work(desk);
        let (text, numbers) = desk.answer.places();
        desk.head = [desk.text.as_ptr() as u32, desk.numbers.as_ptr() as u32, text, numbers];
        done
    })
}

/// The text at a place of the desk. `desk.js` writes whole UTF-8.
pub fn text(bytes: &[u8], from: usize, length: usize) -> &str {
    bytes.get(from..from + length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

impl Desk {
    const fn new() -> Self {
        Self { head: [0; 4], text: Vec::new(), numbers: Vec::new(), answer: Answer::new() }
    }

    /// Makes room; where the desk stands.
    pub fn room(&mut self, bytes: usize, numbers: usize) -> *const u32 {
        self.text.resize(bytes.max(self.text.len()), 0);
        self.numbers.resize(numbers.max(self.numbers.len()), 0);
        self.head.as_ptr()
    }

    pub fn text(&self, from: usize, length: usize) -> &str {
        text(&self.text, from, length)
    }

    pub fn numbers(&self, count: usize) -> Vec<u32> {
        self.numbers.get(..count).unwrap_or_default().to_vec()
    }

    /// Puts a text and numbers where `desk.js` does.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn lay(&mut self, text: &[u8], numbers: &[u32]) {
        self.room(text.len(), numbers.len());
        self.text.iter_mut().zip(text).for_each(|(place, byte)| *place = *byte);
        self.numbers.iter_mut().zip(numbers).for_each(|(place, number)| *place = *number);
    }

    /// The last answer.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn answer_as_it_is(&self) -> (Vec<u8>, Vec<u32>) {
        self.answer.parts()
    }

    /// The given text, and the answer to be written.
    pub fn sides(&mut self) -> (&[u8], &mut Answer) {
        (&self.text, self.answer.begin())
    }

    pub fn answer(&mut self) -> &mut Answer {
        self.answer.begin()
    }
}
