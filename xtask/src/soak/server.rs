//! The server's parts: its tests in their long form, where times are judged too (`JUDGE`).

use std::process::Command;

use super::Part;
use crate::count::Count;
use crate::shell::cargo;
use crate::tools;

/// Requests that are drawn for each route of the document.
const EXAMPLES: &str = "200";
/// Kills of the server under load and of a sender with a letter under way, and letters of which every third answer is lost.
const KILLS: &str = "100";
const LETTERS: &str = "5000";
/// Places at which one run of the server is cut off from its power.
const CUTS: &str = "200";
/// Letters of a long queue; `bench server` has ten times as many.
const QUEUED: &str = "10000";
/// Keys that twenty senders send at once.
const KEYS: &str = "1000";
/// Clients at once that send a letter a second, and open files that they need.
const SLOW: &str = "5000";
const FILES: u32 = 16_384;
/// Streams and uploads of peers that vanish without a word.
const VANISHED: &str = "300";
/// Tickets sent five times faster than they are answered, and tickets that a new format of the database takes over.
const OVERLOAD: &str = "50000";
const TICKETS: &str = "1000000";
/// Tickets before a copy is made.
const COPIED: &str = "2000";
/// Seconds that PostgreSQL is away.
const AWAY_SECONDS: &str = "60";
/// Questions of each kind whose times are compared, and seconds of reports without a pause while tickets come in.
const ASKED: &str = "2000";
const READ_SECONDS: &str = "600";

/// Both databases.
const BOTH: [&str; 2] = ["it", "postgres"];

/// Runs one of the server's parts.
pub fn run(part: Part, count: &mut Count, seed: &str) -> anyhow::Result<()> {
    match part {
        Part::Document => {
            let program = tools::schemathesis()?;
            let set = |command: &mut Command| {
                command.env("SCHEMATHESIS", &program).env("EXAMPLES", EXAMPLES).env("SEED", seed);
            };
            tests(count, &format!("{EXAMPLES} drawn requests for each route"), &["it"], &["schemathesis"], set)
        }
        Part::Kills => tests(count, &format!("{KILLS} kills"), &BOTH, &["kill::", "sender::"], |command| {
            command.env("KILLS", KILLS).env("SENDER_KILLS", KILLS).env("QUEUED", QUEUED);
        }),
        Part::Keys => {
            let what = format!("{KEYS} keys at once, {LETTERS} letters with lost answers");
            tests(count, &what, &BOTH, &["once::", "lost::"], |command| {
                command.env("KEYS", KEYS).env("LETTERS", LETTERS);
            })
        }
        Part::Overload => tests(count, &format!("{OVERLOAD} tickets too fast"), &BOTH, &["overload::"], |command| {
            command.env("OVERLOAD", OVERLOAD);
        }),
        Part::Copies => tests(count, "a copy under load, a copy of a million", &["it"], &["copies::"], |command| {
            command.env("COPIED", COPIED).env("HELD", TICKETS);
        }),
        Part::Disk => tests(count, "a full disk", &["it"], &["disk::"], |_| {}),
        Part::Power => tests(count, &format!("{CUTS} power cuts"), &["it"], &["power::"], |command| {
            command.env("CUTS", CUTS);
        }),
        Part::Away => {
            let what = format!("PostgreSQL away for {AWAY_SECONDS} s, stops");
            tests(count, &what, &["postgres"], &["away::", "stop::"], |command| {
                command.env("AWAY_SECONDS", AWAY_SECONDS);
            })
        }
        Part::Slow => {
            let run = format!(
                "ulimit -n {FILES} && exec cargo test --quiet -p podskazka-server --test it -- --nocapture many_who_drip"
            );
            let mut sh = Command::new("sh");
            sh.args(["-c", &run]).env("SLOW", SLOW).env("JUDGE", "1");
            count.run("server", &format!("{SLOW} slow clients"), &mut sh)?;
            let what = format!("{VANISHED} streams and uploads whose peers vanish");
            tests(count, &what, &["it"], &["peers_that_vanish"], |command| {
                command.env("VANISHED", VANISHED);
            })
        }
        Part::Formats => {
            let args = [
                "test",
                "--quiet",
                "-p",
                "podskazka-server",
                "--lib",
                "--",
                "--nocapture",
                "--test-threads=1",
                "schema",
            ];
            let mut formats = cargo(&args);
            formats.env("TICKETS", TICKETS).env("JUDGE", "1");
            count.run("server", &format!("{TICKETS} tickets of the format before"), &mut formats)
        }
        Part::Times => {
            tests(count, &format!("times of {ASKED} answers that must look alike"), &["it"], &["timing::"], |command| {
                command.env("ASKED", ASKED);
            })
        }
        Part::Reports => tests(count, &format!("{READ_SECONDS} seconds of reports"), &["it"], &["long::"], |command| {
            command.env("READ_SECONDS", READ_SECONDS);
        }),
        other => anyhow::bail!("{} is no part of the server", other.name()),
    }
}

/// The tests of these names in these suites, one at a time: a test beside another would be judged by the other's load.
fn tests(
    count: &mut Count,
    what: &str,
    suites: &[&str],
    names: &[&str],
    set: impl Fn(&mut Command),
) -> anyhow::Result<()> {
    for suite in suites {
        let args = ["test", "--quiet", "-p", "podskazka-server", "--test", suite, "--"];
        let mut command = cargo(&args);
        command.args(["--nocapture", "--test-threads=1"]).args(names).env("JUDGE", "1");
        set(&mut command);
        count.run("server", &format!("{what}: {suite}"), &mut command)?;
    }
    Ok(())
}
