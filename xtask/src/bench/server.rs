//! The server under load: `server/examples/throughput.rs` and `server/examples/streams.rs`, which say what they measure;
//! how soon another instance over the same PostgreSQL tells of a comment.

use std::process::Command;

use crate::shell::{self, cargo, step};

/// Open files that 10,000 streams need on both sides.
const FILES: u32 = 16_384;

/// Milliseconds in which 99 of 100 comments are on the stream of another instance.
const TO_THE_OTHER: &str = "150";

pub fn run() -> anyhow::Result<()> {
    let build = ["build", "--release", "--quiet", "-p", "podskazka-server", "--bins", "--examples"];
    step("build the server and its measurements", || shell::run(&mut cargo(&build)))?;
    shell::run(&mut Command::new("target/release/examples/throughput"))?;
    let script = format!("ulimit -n {FILES} && exec target/release/examples/streams target/release/podskazka-server");
    shell::run(Command::new("sh").args(["-c", &script]))?;
    let test =
        ["test", "--quiet", "-p", "podskazka-server", "--test", "postgres", "a_comment_posted_to", "--", "--nocapture"];
    shell::run(cargo(&test).env("MOST_MS", TO_THE_OTHER))
}
