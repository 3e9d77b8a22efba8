//! What an answer of the server means for what was sent.

use super::letter::{Letter, Step};

/// An answer; the default is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reply<'a> {
    /// 0: nothing came back.
    pub status: u32,
    /// Of the problem.
    pub code: &'a str,
    /// It has the token of the file.
    pub token: bool,
    /// Bytes of the file that the server has, where it says so.
    pub offset: Option<f64>,
    /// Places of files that the server does not know any more, a bit each.
    pub unknown: u32,
    /// Seconds that the server asks to wait.
    pub wait: f64,
}

impl Reply<'_> {
    /// It goes by itself later. 409: an earlier try is still being worked on, or work was shown twice; 428, `captcha-invalid`: it
    /// came too late.
    fn is_later(&self) -> bool {
        matches!(self.status, 0 | 408 | 409 | 425 | 428 | 429) || self.status >= 500 || self.code == "captcha-invalid"
    }

    /// The page is not one that the server takes letters from: no file is to blame.
    fn is_about_the_page(&self) -> bool {
        matches!(self.code, "site-disabled" | "origin-not-allowed")
    }

    /// Not the link and not the whole service: others may have better luck.
    pub(super) fn is_about_one(&self) -> bool {
        matches!(self.status, 409 | 500) && self.wait <= 0.0
    }
}

/// What becomes of the letter.
#[derive(Debug, PartialEq)]
pub(super) enum Fate {
    Later,
    Sent,
    /// This file is there.
    There(usize),
    /// This file goes on from this byte.
    From(usize, f64),
    /// This file is announced once more.
    Again,
    /// Some of its files go anew.
    Anew,
    FileRefused(usize),
    Refused,
}

pub(super) fn judge(step: Step, reply: &Reply, letter: &mut Letter) -> Fate {
    match step {
        Step::Words => match reply.status {
            201 => Fate::Sent,
            _ if reply.is_later() => Fate::Later,
            _ if letter.may_renew(reply.unknown) => Fate::Anew,
            _ => Fate::Refused,
        },
        Step::Whole { slot } | Step::Begin { slot } | Step::Slice { slot, .. } => match (reply.status, reply.offset) {
            (201, _) if reply.token => Fate::There(slot),
            // An offset that does not fit is told with the right one.
            (201 | 204 | 409, Some(from)) if letter.may_go_on(slot, from) => Fate::From(slot, from),
            // What was begun is over.
            (404, _) if letter.may_begin_again(slot) => Fate::Again,
            (200..300 | 404, _) => Fate::Later,
            _ if reply.is_later() => Fate::Later,
            _ if reply.is_about_the_page() => Fate::Refused,
            _ => Fate::FileRefused(slot),
        },
    }
}
