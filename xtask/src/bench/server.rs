//! The server under load: `server/examples/throughput.rs` and `server/examples/streams.rs`, which say what they measure;
//! how soon another instance over the same PostgreSQL tells of a comment; how fast letters that wait are worked off; how long
//! deadlines take.
//!
//! The bounds are for two cores that nothing else uses. All of it runs before one that was passed is an error.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::bail;
use podskazka::ticket::calendar::{OPERATORS, moment};

use crate::shell::{self, cargo, step};

/// Open files that 10,000 streams need on both sides.
const FILES: u32 = 16_384;

/// Letters that wait for a mail server: at least 500 a second are worked off.
const QUEUED: &str = "100000";
const PROGRAM: &str = "target/release/podskazka-server";

/// Deadlines, and the longest that all of them take.
const DEADLINES: i64 = 1_000_000;
const MOST: Duration = Duration::from_secs(2);

pub fn run() -> anyhow::Result<()> {
    let build = ["build", "--release", "--quiet", "-p", "podskazka-server", "--bins", "--examples"];
    step("build the server and its measurements", || shell::run(&mut cargo(&build)))?;
    let streams = format!("ulimit -n {FILES} && exec target/release/examples/streams {PROGRAM}");
    let other =
        ["test", "--quiet", "-p", "podskazka-server", "--test", "postgres", "a_comment_posted_to", "--", "--nocapture"];
    let queue = ["test", "--quiet", "-p", "podskazka-server", "--test", "it", "long_queue", "--", "--nocapture"];
    let program = std::path::absolute(PROGRAM)?;
    let letters = || {
        let mut command = cargo(&queue);
        shell::run(command.env("QUEUED", QUEUED).env("PROGRAM", &program).env("JUDGE", "1"))
    };
    let done = [
        step("tickets a second", || shell::run(&mut Command::new("target/release/examples/throughput"))),
        step("live streams", || shell::run(Command::new("sh").args(["-c", &streams]))),
        step("the stream of another instance", || shell::run(cargo(&other).env("JUDGE", "1"))),
        step("letters that wait", letters),
        step("deadlines", deadlines),
    ];
    let faults: Vec<String> = done.into_iter().filter_map(|it| Some(format!("{:#}", it.err()?))).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// Deadlines of up to sixty working hours, from moments of all days of a year.
fn deadlines() -> anyhow::Result<()> {
    let (first, start) = (moment(2026, 1, 1, 0, 0), Instant::now());
    for i in 0..DEADLINES {
        black_box(OPERATORS.add(black_box(first + i * 31), (i % 60 + 1) * 3_600));
    }
    let took = start.elapsed();
    println!("{DEADLINES} deadlines in {took:.2?}, at most {MOST:?}");
    if took > MOST {
        bail!("{DEADLINES} deadlines took {took:.2?}, at most {MOST:?}");
    }
    Ok(())
}
