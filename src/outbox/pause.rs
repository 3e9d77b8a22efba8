//! How long to wait before the next try.

/// Longest wait that a server is obeyed, in seconds: a page that lives longer asks again.
const LONGEST: f64 = 3_600.0;

/// Milliseconds until the next try: twice as long each time, up to five minutes, and not all at once when the network is
/// back; never less than the server asks for.
pub fn pause(tries: u32, wait: f64, chance: f64) -> f64 {
    let step = f64::from(2_000_u32 << tries.min(8)).min(300_000.0);
    wait.max(step * (0.5 + chance.clamp(0.0, 1.0) / 2.0))
}

/// Seconds that a server is obeyed of those it asks for; what is no number asks for nothing.
pub(super) fn obeyed(wait: f64) -> f64 {
    if wait > 0.0 { wait.min(LONGEST) } else { 0.0 }
}
