//! Room that is kept for erasures: a file that is given up when the disk is full, and made anew when there is room.
//!
//! While it is given up only what takes away may write: tickets that come in between would eat the room. Another process
//! may give it up, too, so the file itself tells.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Name in the data folder.
const FILE: &str = "podskazka.reserve";
/// Bytes that are made at once. Random, so that a file system that packs keeps the room all the same.
const PIECE: usize = 1024 * 1024;
/// How long it stays away before it is made anew, and between two tries: whoever gave it up has written by then.
const PAUSE: Duration = Duration::from_secs(1);

pub struct Reserve {
    path: PathBuf,
    bytes: u64,
    /// It has been there: where there never was room for it nobody is refused for its sake.
    kept: AtomicBool,
    /// Writes for which it was given up and which are under way.
    needed: AtomicUsize,
    /// When it was missed, or last tried.
    missed: Mutex<Option<Instant>>,
}

/// It is not made anew before this goes.
pub struct Spent<'a>(&'a Reserve);

impl Drop for Spent<'_> {
    fn drop(&mut self) {
        self.0.needed.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Reserve {
    /// The reserve of a data folder, made where there is room; none at all of no bytes.
    pub fn keep(folder: &Path, bytes: u64) -> Reserve {
        let reserve = Reserve {
            path: folder.join(FILE),
            bytes,
            kept: AtomicBool::new(false),
            needed: AtomicUsize::new(0),
            missed: Mutex::new(None),
        };
        if bytes > 0
            && let Err(error) = reserve.make()
        {
            tracing::warn!(%error, bytes, "there is no room for the reserve of erasures; the next start tries again");
        }
        reserve
    }

    fn make(&self) -> io::Result<()> {
        if !fs::metadata(&self.path).is_ok_and(|it| it.len() == self.bytes) {
            let made = self.fill();
            if made.is_err() {
                let _ = fs::remove_file(&self.path);
            }
            made?;
        }
        self.kept.store(true, Ordering::SeqCst);
        Ok(())
    }

    fn fill(&self) -> io::Result<()> {
        let mut file = File::create(&self.path)?;
        let mut piece = vec![0; PIECE];
        getrandom::fill(&mut piece)?;
        let mut left = self.bytes;
        while left > 0 {
            let size = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            file.write_all(piece.get(..size).unwrap_or_default())?;
            left -= size as u64;
        }
        Ok(())
    }

    /// Gives the room back to the disk; `None` when there is none to give.
    pub fn give_up(&self) -> Option<Spent<'_>> {
        self.needed.fetch_add(1, Ordering::SeqCst);
        let spent = Spent(self);
        fs::remove_file(&self.path).ok()?;
        tracing::warn!("the disk is full: the reserve was given up for an erasure, nothing else is written meanwhile");
        Some(spent)
    }

    /// Whether everybody may write: it is there, or is there again.
    pub fn open(&self) -> bool {
        if !self.kept.load(Ordering::SeqCst) || self.path.exists() {
            return true;
        }
        let Ok(mut missed) = self.missed.lock() else { return false };
        let due = missed.is_some_and(|at| at.elapsed() >= PAUSE);
        if missed.is_none() || due {
            *missed = Some(Instant::now());
        }
        let made = due && self.needed.load(Ordering::SeqCst) == 0 && self.make().is_ok();
        if made {
            *missed = None;
            tracing::info!("the reserve of erasures is there again");
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(folder: &Path) -> Option<u64> {
        fs::metadata(folder.join(FILE)).ok().map(|it| it.len())
    }

    /// Everybody may write, sooner or later.
    fn wait(reserve: &Reserve) {
        while !reserve.open() {
            std::thread::sleep(PAUSE / 10);
        }
    }

    #[test]
    fn it_is_made_given_up_and_made_anew_once_nobody_needs_the_room() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = 2 * PIECE as u64 + 1;
        let reserve = Reserve::keep(dir.path(), bytes);
        assert!(reserve.open() && size(dir.path()) == Some(bytes));
        let spent = reserve.give_up().unwrap();
        assert!(!reserve.open() && reserve.give_up().is_none());
        std::thread::sleep(PAUSE);
        assert!(!reserve.open() && size(dir.path()).is_none(), "somebody writes into the room");
        drop(spent);
        wait(&reserve);
        assert_eq!(size(dir.path()), Some(bytes));
        // Another process gives it up.
        fs::remove_file(dir.path().join(FILE)).unwrap();
        assert!(!reserve.open());
        wait(&reserve);
    }

    #[test]
    fn where_there_is_no_room_for_it_everybody_writes_and_nothing_of_it_stays() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Reserve::keep(&dir.path().join("absent"), 1).open());
        let none = Reserve::keep(dir.path(), 0);
        assert!(none.open() && none.give_up().is_none() && size(dir.path()).is_none());
    }
}
