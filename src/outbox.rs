//! The outbox: letters, words added to them and their files go exactly once, whatever becomes of the network, the tab and the server.
//!
//! A machine: what happened goes in, what is to be done comes out. The page has the storage, the keys and the requests, and
//! decides nothing: not what goes next, nor when, nor what an answer means. Moments and chance are given ([`Now`]).
//!
//! Tabs take turns: a round begins with [`Action::Take`], after which the page has the turn and has told what lies in the
//! storage, and ends with [`Action::Leave`]. One request is under way at a time; its end is [`Event::Reply`].
//!
//! # Examples
//! ```
//! use podskazka::outbox::{Action, Event, Now, Outbox, Reply};
//! let now = Now { wall: 0.0, clock: 0.0, chance: 1.0 };
//! let mut outbox = Outbox::default();
//! outbox.handle(Event::Letter { id: 1, at: 0.0, refused: false }, now);
//! assert_eq!(outbox.handle(Event::Press { id: 1 }, now), [Action::Count(1), Action::Still, Action::Take]);
//! assert_eq!(outbox.handle(Event::Turn, now), [Action::Words(1)]);
//! // Nothing came back: the letter waits two seconds.
//! let lost = outbox.handle(Event::Reply(Reply::default()), now);
//! assert_eq!(lost, [Action::Waits(1), Action::Timer(2_000.0), Action::Leave, Action::Count(1)]);
//! ```

mod letter;
mod pause;
mod reply;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

pub use letter::SLICE;
use letter::{Letter, Step};
use pause::{obeyed, pause};
pub use reply::Reply;
use reply::{Fate, judge};

use crate::ticket::KEY_LIFE_DAYS;

/// A letter, by the number that the page gave it.
pub type Id = u32;

/// How long a letter is tried, in milliseconds: a day less than the server knows its key, after which the same letter would
/// become a second ticket.
pub const LIFE: f64 = (KEY_LIFE_DAYS - 1) as f64 * 86_400_000.0;

/// When it happens, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// Since 1970, by a clock that people set.
    pub wall: f64,
    /// Since some moment, by a clock that nobody sets.
    pub clock: f64,
    /// From 0 to 1, drawn anew each time.
    pub chance: f64,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A letter was written at this moment, or lies so in the storage; `refused`: it came back while nobody was there. Its files follow.
    Letter { id: Id, at: f64, refused: bool },
    /// Its next file; `there`: the server has it; `picture`: the letter may go without it.
    File { id: Id, size: f64, there: bool, picture: bool },
    /// Somebody waits for this letter and has just sent it off.
    Press { id: Id },
    /// Its pictures that have not gone are to stay behind.
    Bare { id: Id },
    /// The link is back, the page is looked at, or a timer is over.
    Wake,
    /// This tab has the turn, and has told what lies in the storage.
    Turn,
    /// What came of the request.
    Reply(Reply<'a>),
    /// The bytes of the file are not there.
    NoBytes,
    /// Another tab has sent it, or it was taken back.
    Gone { id: Id },
    /// A log-out: nothing is left.
    Wipe,
    /// Nobody is on the page any more who would hear of it.
    Stop,
}

/// What is to be done, in this order. A slot is the place of a file among those the letter still has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Wait for this tab's turn, look into the storage, then [`Event::Turn`].
    Take,
    /// The next tab has its turn.
    Leave,
    /// Send a file in one piece.
    Whole { id: Id, slot: usize },
    /// Announce a file that goes in slices; the answer tells how much of it is there.
    Begin { id: Id, slot: usize },
    /// Send these bytes of it.
    Slice { id: Id, slot: usize, from: f64, to: f64 },
    /// Send the letter's words with the tokens of its files.
    Words(Id),
    /// The answer has the token of this file: note it.
    There { id: Id, slot: usize },
    /// The file stays behind, and its name is noted.
    Lose { id: Id, slot: usize },
    /// The server no longer knows the file: its token is void, and it goes anew.
    Anew { id: Id, slot: usize },
    /// Keep how far the letter is.
    Save(Id),
    /// Told: it waits.
    Waits(Id),
    /// Told: it has gone. Forget it.
    Sent(Id),
    /// Told: it came back to whoever is there. Forget it.
    Returned(Id),
    /// It came back, and nobody is there: keep it for its writer, and tell that.
    Kept(Id),
    /// Told: the server does not take this file; whoever is there chooses. Forget the letter.
    Refused { id: Id, slot: usize },
    /// So many letters wait.
    Count(usize),
    /// [`Event::Wake`] after so many milliseconds.
    Timer(f64),
    /// No timer any more.
    Still,
}

/// The machine of one page.
#[derive(Debug, Default)]
pub struct Outbox {
    letters: Vec<Letter>,
    turn: Turn,
    /// Something happened during the round.
    again: bool,
    /// Failures since the last success.
    tries: u32,
    /// By the clock that nobody sets: until then the server asks to wait.
    not_before: f64,
    stopped: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Turn {
    #[default]
    None,
    /// Asked for.
    Taken,
    /// A request of this letter is under way.
    Busy(Id, Step),
}

impl Outbox {
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Action> {
        let mut out = Vec::new();
        match event {
            Event::Letter { id, at, refused } => {
                // Another tab may have got further with it.
                match self.letter(id) {
                    Some(letter) => letter.told_anew(refused),
                    None => self.letters.push(Letter::new(id, at, refused)),
                }
            }
            Event::File { id, size, there, picture } => {
                if let Some(letter) = self.letter(id) {
                    letter.add(size, there, picture);
                }
            }
            Event::Press { id } => {
                if let Some(at) = self.letters.iter().position(|it| it.id == id) {
                    let mut letter = self.letters.remove(at);
                    letter.watched = true;
                    // The letter just written goes before those that wait.
                    self.letters.insert(0, letter);
                }
                out.push(self.count());
                self.at_once(now, &mut out);
            }
            Event::Bare { id } => {
                // Only in this tab's turn: another one may be sending the letter with its picture.
                if let Some(letter) = self.letter(id) {
                    letter.bare = true;
                    self.at_once(now, &mut out);
                }
            }
            Event::Wake => {
                self.stopped = false;
                self.flush(now, &mut out);
            }
            Event::Turn => self.next(now, &mut out),
            Event::Reply(reply) => self.reply(&reply, now, &mut out),
            Event::NoBytes => {
                if let Turn::Busy(id, Step::Whole { slot } | Step::Begin { slot } | Step::Slice { slot, .. }) =
                    self.turn
                {
                    self.lose(id, slot, &mut out);
                    self.next(now, &mut out);
                }
            }
            Event::Gone { id } => {
                self.letters.retain(|it| it.id != id);
                out.push(self.count());
            }
            Event::Wipe => {
                let turn = self.turn;
                *self = Outbox::default();
                out.push(Action::Still);
                if turn != Turn::None {
                    out.push(Action::Leave);
                }
                out.push(self.count());
            }
            Event::Stop => {
                self.stopped = true;
                out.push(Action::Still);
            }
        }
        out
    }

    fn letter(&mut self, id: Id) -> Option<&mut Letter> {
        self.letters.iter_mut().find(|it| it.id == id)
    }

    fn count(&self) -> Action {
        Action::Count(self.letters.iter().filter(|it| !it.refused).count())
    }

    /// A person has pressed: no pause holds that up.
    fn at_once(&mut self, now: Now, out: &mut Vec<Action>) {
        self.stopped = false;
        self.not_before = 0.0;
        self.flush(now, out);
    }

    fn flush(&mut self, now: Now, out: &mut Vec<Action>) {
        if self.turn != Turn::None {
            self.again = true;
        } else if now.clock < self.not_before {
            // Timers are a little early now and then.
            out.push(Action::Timer(self.not_before - now.clock));
        } else {
            self.turn = Turn::Taken;
            out.push(Action::Still);
            out.push(Action::Take);
        }
    }

    /// What goes next; the turn is given back when there is nothing.
    fn next(&mut self, now: Now, out: &mut Vec<Action>) {
        if self.turn == Turn::None {
            return;
        }
        while let Some(letter) = self.letters.iter().find(|it| !it.refused) {
            if self.stopped {
                break;
            }
            let id = letter.id;
            // A clock that was set back is no age.
            if now.wall - letter.at > LIFE {
                self.refuse(id, out);
                continue;
            }
            self.strip(id, out);
            let Some(step) = self.letter(id).map(|it| it.next()) else { break };
            out.push(step.action(id));
            self.turn = Turn::Busy(id, step);
            return;
        }
        self.leave(now, out);
    }

    fn leave(&mut self, now: Now, out: &mut Vec<Action>) {
        self.turn = Turn::None;
        out.push(Action::Leave);
        out.push(self.count());
        if std::mem::take(&mut self.again) && !self.stopped {
            self.flush(now, out);
        }
    }

    fn reply(&mut self, reply: &Reply, now: Now, out: &mut Vec<Action>) {
        // After a log-out, an answer is nobody's.
        let Turn::Busy(id, step) = self.turn else { return };
        let Some(letter) = self.letter(id) else {
            return self.next(now, out);
        };
        match judge(step, reply, letter) {
            Fate::Later => return self.later(id, reply, now, out),
            Fate::Sent => {
                self.letters.retain(|it| it.id != id);
                out.push(Action::Sent(id));
                out.push(self.count());
                self.tries = 0;
            }
            Fate::There(slot) => {
                letter.there(slot);
                out.push(Action::There { id, slot });
                out.push(Action::Save(id));
                self.tries = 0;
            }
            Fate::From(slot, from) => {
                letter.goes_on(slot, from);
                self.tries = 0;
            }
            Fate::Again => {}
            Fate::Anew => {
                for slot in letter.anew(reply.unknown) {
                    out.push(Action::Anew { id, slot });
                }
                out.push(Action::Save(id));
            }
            Fate::FileRefused(slot) => {
                if letter.watched {
                    self.letters.retain(|it| it.id != id);
                    out.push(Action::Refused { id, slot });
                    out.push(self.count());
                } else {
                    // The words matter more than a file.
                    self.lose(id, slot, out);
                }
            }
            Fate::Refused => self.refuse(id, out),
        }
        self.next(now, out);
    }

    fn later(&mut self, id: Id, reply: &Reply, now: Now, out: &mut Vec<Action>) {
        if let Some(at) = self.letters.iter().position(|it| it.id == id) {
            let mut letter = self.letters.remove(at);
            letter.rest();
            // The server stumbles over this one: it holds up no other.
            let place = if reply.is_about_one() { self.letters.len() } else { at };
            self.letters.insert(place, letter);
        }
        out.push(Action::Waits(id));
        let wait = obeyed(reply.wait) * 1_000.0;
        if wait > 0.0 {
            self.not_before = now.clock + wait;
        }
        if !self.stopped {
            out.push(Action::Timer(pause(self.tries, wait, now.chance)));
        }
        self.tries = self.tries.saturating_add(1);
        self.leave(now, out);
    }

    fn refuse(&mut self, id: Id, out: &mut Vec<Action>) {
        let Some(letter) = self.letter(id) else { return };
        if letter.watched {
            self.letters.retain(|it| it.id != id);
            out.push(Action::Returned(id));
        } else {
            // Nothing that was written is lost: it goes back into its form when that is opened.
            letter.refused = true;
            out.push(Action::Kept(id));
        }
        out.push(self.count());
    }

    fn lose(&mut self, id: Id, slot: usize, out: &mut Vec<Action>) {
        if let Some(letter) = self.letter(id) {
            letter.lose(slot);
            out.push(Action::Lose { id, slot });
            out.push(Action::Save(id));
        }
    }

    fn strip(&mut self, id: Id, out: &mut Vec<Action>) {
        let Some(letter) = self.letter(id) else { return };
        let before = out.len();
        while let Some(slot) = letter.left_behind() {
            letter.lose(slot);
            out.push(Action::Lose { id, slot });
        }
        if out.len() > before {
            out.push(Action::Save(id));
        }
    }
}
