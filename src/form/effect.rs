//! What a form shows, as values: for tests and for whoever has no page.

use super::mask::{self, Press, Turn};
use super::{Offer, Page};

/// One thing that is shown, in the order in which a page gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Hint {
        id: u32,
        text: String,
    },
    ClearHint {
        id: u32,
    },
    Error {
        id: u32,
        code: String,
        text: String,
        offers: Vec<Offer>,
    },
    ClearError {
        id: u32,
    },
    Warn {
        id: u32,
        code: String,
        text: String,
        offers: Vec<Offer>,
    },
    ClearWarn {
        id: u32,
    },
    Replace {
        id: u32,
        from: u32,
        to: u32,
        text: String,
        caret: u32,
    },
    Chip {
        id: u32,
        label: String,
        spoken: String,
    },
    ClearChip {
        id: u32,
    },
    Echo {
        id: u32,
        text: String,
    },
    ClearEcho {
        id: u32,
    },
    /// Errors by field.
    Summary(Vec<(u32, String)>),
    ClearSummary,
    Announce(String),
    /// Part of the error, the doubt or the summary that comes next.
    Offer(Offer),
    Item(u32, String),
}

/// The offers and items at the end, which belong to what comes now.
fn take<T>(list: &mut Vec<Effect>, part: impl Fn(&Effect) -> Option<T>) -> Vec<T> {
    let mut out = Vec::new();
    while let Some(it) = list.last().and_then(&part) {
        out.insert(0, it);
        list.pop();
    }
    out
}

fn offers(list: &mut Vec<Effect>) -> Vec<Offer> {
    take(list, |it| if let Effect::Offer(offer) = it { Some(offer.clone()) } else { None })
}

impl Page for Vec<Effect> {
    fn turn(&mut self, _: u32, mask: &str, press: &Press) -> Turn {
        mask::turn(mask, press)
    }

    fn hint(&mut self, id: u32, text: &str) {
        self.push(if text.is_empty() { Effect::ClearHint { id } } else { Effect::Hint { id, text: text.into() } });
    }

    fn offer(&mut self, label: &str, value: &str) {
        self.push(Effect::Offer(Offer { label: label.into(), value: value.into() }));
    }

    fn error(&mut self, id: u32, code: &str, text: &str) {
        let offers = offers(self);
        let error = Effect::Error { id, code: code.into(), text: text.into(), offers };
        self.push(if code.is_empty() { Effect::ClearError { id } } else { error });
    }

    fn warn(&mut self, id: u32, code: &str, text: &str) {
        let offers = offers(self);
        let doubt = Effect::Warn { id, code: code.into(), text: text.into(), offers };
        self.push(if code.is_empty() { Effect::ClearWarn { id } } else { doubt });
    }

    fn replace(&mut self, id: u32, from: u32, to: u32, text: &str, caret: u32) {
        self.push(Effect::Replace { id, from, to, text: text.into(), caret });
    }

    fn chip(&mut self, id: u32, label: &str, spoken: &str) {
        let chip = Effect::Chip { id, label: label.into(), spoken: spoken.into() };
        self.push(if label.is_empty() { Effect::ClearChip { id } } else { chip });
    }

    fn echo(&mut self, id: u32, text: &str) {
        self.push(if text.is_empty() { Effect::ClearEcho { id } } else { Effect::Echo { id, text: text.into() } });
    }

    fn item(&mut self, id: u32, text: &str) {
        self.push(Effect::Item(id, text.into()));
    }

    fn summary(&mut self, count: u32, _: bool) {
        let items = take(self, |it| if let Effect::Item(id, text) = it { Some((*id, text.clone())) } else { None });
        self.push(if count == 0 { Effect::ClearSummary } else { Effect::Summary(items) });
    }

    fn announce(&mut self, text: &str) {
        self.push(Effect::Announce(text.into()));
    }
}
