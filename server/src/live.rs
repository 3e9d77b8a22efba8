//! Who waits for a change of which ticket.
//!
//! A wake says only "look again": what changed is read from the database by number, so a wake that comes twice, late or
//! together with another loses nothing.

use std::collections::HashMap;
use std::sync::Mutex;

use tokio::sync::watch;

/// Waiting streams by ticket.
#[derive(Default)]
pub struct Hub {
    topics: Mutex<HashMap<i64, watch::Sender<()>>>,
}

impl Hub {
    /// A receiver that sees every wake from now on.
    pub fn listen(&self, ticket: i64) -> Option<watch::Receiver<()>> {
        let mut topics = self.topics.lock().ok()?;
        Some(topics.entry(ticket).or_insert_with(|| watch::channel(()).0).subscribe())
    }

    /// Wakes the streams of a ticket.
    pub fn wake(&self, ticket: i64) {
        if let Ok(topics) = self.topics.lock()
            && let Some(topic) = topics.get(&ticket)
        {
            topic.send_replace(());
        }
    }

    /// Forgets tickets that nobody waits for.
    pub fn tidy(&self) {
        if let Ok(mut topics) = self.topics.lock() {
            topics.retain(|_, topic| topic.receiver_count() > 0);
        }
    }

    /// Streams that wait.
    pub fn waiting(&self) -> usize {
        self.topics.lock().map_or(0, |topics| topics.values().map(watch::Sender::receiver_count).sum())
    }
}
