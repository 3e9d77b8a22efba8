//! The long forms of tests that `cargo xtask test` runs in a short, fixed form, in parts that may run alone.

mod server;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::ValueEnum;

use crate::count::Count;
use crate::shell::{self, cargo, step};
use crate::{build, fuzz, test, tools};

/// Values drawn in a round, and letters sent through a bad network in a round.
const VALUES: &str = "1000000";
const SENDS: &str = "40";
/// Generated forms, once a soak and policy; a round draws as many as the tests do, elsewhere.
const FORMS: &str = "10000";
/// Letters through a bad network that become as many tickets, once a soak.
const THOUSAND: &str = "1000";
/// Milliseconds for one of these.
const HOURS: u64 = 4 * 3_600_000;

/// What a soak is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Every behaviour of a form in Firefox ESR and WebKitGTK, once.
    Behaviours,
    /// 10,000 generated forms under each policy, once.
    Forms,
    /// 1,000 letters through a bad network under each policy, once.
    Letters,
    /// A million values in three builds.
    Values,
    /// Every fuzz target for a minute.
    Fuzz,
    /// 40 letters through a bad network under each policy, the server killed meanwhile.
    Sends,
    /// The parts below, one after the other: the server alone, no browser.
    Server,
    /// 200 drawn requests for each route of the document.
    Document,
    /// R3, R17: 100 kills of the server under load and of the sender of letters, over both databases.
    Kills,
    /// R1, R2: 1,000 keys with twenty senders each, 5,000 letters of which every third answer is lost, over both databases.
    Keys,
    /// R11: 50,000 tickets sent five times faster than they are answered, over both databases.
    Overload,
    /// R13: a copy that is made while tickets come in, brought back.
    Copies,
    /// R5: a full disk.
    Disk,
    /// R4: 200 power cuts.
    Power,
    /// R6, R9: PostgreSQL away for a minute under load; instances renewed one after the other; a stop.
    Away,
    /// R7, R8: 5,000 slow clients; 600 peers that vanish without a word.
    Slow,
    /// R12: a million tickets of the format before, over both databases.
    Formats,
    /// Times of 2,000 answers that must look alike.
    Times,
    /// R14: ten minutes of reports without a pause.
    Reports,
}

impl Part {
    /// The parts of the server.
    const SERVER: [Part; 12] = [
        Part::Document,
        Part::Kills,
        Part::Keys,
        Part::Overload,
        Part::Copies,
        Part::Disk,
        Part::Power,
        Part::Away,
        Part::Slow,
        Part::Formats,
        Part::Times,
        Part::Reports,
    ];

    /// All that run by themselves, in their order.
    fn all() -> Vec<Part> {
        Part::value_variants().iter().copied().filter(|part| *part != Part::Server).collect()
    }

    /// Those of these names, each once and in their order; all without a name.
    fn chosen(only: &[Part]) -> Vec<Part> {
        let named = |part: &Part| {
            only.is_empty() || only.contains(part) || (only.contains(&Part::Server) && Part::SERVER.contains(part))
        };
        Part::all().into_iter().filter(named).collect()
    }

    /// Runs in the first round alone.
    fn is_once(self) -> bool {
        matches!(self, Part::Behaviours | Part::Forms | Part::Letters)
    }

    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn run(self, count: &mut Count, seed: &str) -> anyhow::Result<()> {
        match self {
            Part::Behaviours => count.together(test::behaviours(&test::BEHAVIOURS)?),
            Part::Forms => browser(count, "forms", &format!("{FORMS} generated forms"), ("FORMS", FORMS), seed),
            Part::Letters => {
                browser(count, "chaos", &format!("{THOUSAND} sends through a bad network"), ("SENDS", THOUSAND), seed)
            }
            Part::Values => {
                let mut values = test::node(Path::new("tests/wasm/vectors.mjs"))?;
                values.env("VALUES", VALUES).env("SEED", seed);
                count.run("values", &format!("{VALUES} values in three builds"), &mut values)
            }
            Part::Fuzz => fuzz::run(count, fuzz::SECONDS, seed),
            Part::Sends => {
                browser(count, "chaos", &format!("{SENDS} sends through a bad network"), ("SENDS", SENDS), seed)
            }
            of_the_server => server::run(of_the_server, count, seed),
        }
    }
}

/// A file of browser tests in its long form, under both policies.
fn browser(count: &mut Count, file: &str, what: &str, (key, value): (&str, &str), seed: &str) -> anyhow::Result<()> {
    for policy in test::POLICIES {
        let mut long = test::node_for(&Path::new("tests/browser").join(file).with_extension("mjs"), HOURS)?;
        long.env(key, value).env("SEED", seed).env("POLICY", policy);
        count.run(file, &format!("{what}, {policy} policy"), &mut long)?;
    }
    Ok(())
}

/// What became of a part in all rounds.
struct Row {
    part: Part,
    rounds: u32,
    passed: usize,
    took: Duration,
    fault: Option<String>,
}

/// Rounds until `minutes` are over; every round begins its drawing elsewhere and prints its seed. All parts of a round run; one
/// that fails there ends the soak after it. The last lines say what became of each.
pub fn run(minutes: u64, seed: u32, only: &[Part]) -> anyhow::Result<()> {
    let parts = Part::chosen(only);
    prepare(&parts)?;
    let end = Instant::now() + Duration::from_secs(minutes * 60);
    let mut rows: Vec<Row> =
        parts.into_iter().map(|part| Row { part, rounds: 0, passed: 0, took: Duration::ZERO, fault: None }).collect();
    let mut round = 0;
    while round == 0
        || Instant::now() < end
            && rows.iter().all(|row| row.fault.is_none())
            && rows.iter().any(|row| !row.part.is_once())
    {
        let seed = seed.wrapping_add(round).to_string();
        println!("\nround {}: SEED={seed}", round + 1);
        for row in rows.iter_mut().filter(|row| round == 0 || !row.part.is_once()) {
            let (mut count, start) = (Count::default(), Instant::now());
            let ended = row.part.run(&mut count, &seed);
            row.rounds += 1;
            row.passed += count.passed();
            row.took += start.elapsed();
            if let Err(error) = ended {
                eprintln!("\n{} failed: {error:#}", row.part.name());
                row.fault = Some(format!("SEED={seed}: {}", error.root_cause()));
            }
        }
        round += 1;
    }
    println!("\n{}", table(&rows));
    let failed: Vec<String> = rows.iter().filter(|row| row.fault.is_some()).map(|row| row.part.name()).collect();
    if !failed.is_empty() {
        bail!("failed: {}; each again by cargo xtask soak --only NAME", failed.join(", "));
    }
    Ok(())
}

/// A line a part: its rounds, tests, time and verdict.
fn table(rows: &[Row]) -> String {
    let mut lines = vec![format!("{:<12}{:>7}{:>8}{:>10}  verdict", "part", "rounds", "passed", "seconds")];
    for row in rows {
        let verdict = row.fault.as_deref().map_or_else(|| "passed".to_owned(), |fault| format!("FAILED, {fault}"));
        let seconds = row.took.as_secs_f64();
        lines.push(format!("{:<12}{:>7}{:>8}{seconds:>10.1}  {verdict}", row.part.name(), row.rounds, row.passed));
    }
    lines.join("\n")
}

/// Builds what these parts need, and no more.
fn prepare(parts: &[Part]) -> anyhow::Result<()> {
    let of_the_server = |part: &Part| Part::SERVER.contains(part);
    if parts.iter().any(|part| !of_the_server(part) && *part != Part::Fuzz) {
        build::all()?;
        tools::browsers()?;
        step("build the server", || shell::run(&mut cargo(&["build", "-p", "podskazka-server"])))?;
    }
    if parts.contains(&Part::Fuzz) {
        fuzz::build()?;
    }
    if parts.iter().any(of_the_server) {
        step("build the server's tests", || {
            shell::run(&mut cargo(&["test", "--quiet", "--no-run", "-p", "podskazka-server"]))
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Part, Row, table};

    #[test]
    fn parts_run_once_each_in_their_order_and_the_server_s_as_one() {
        assert_eq!(Part::chosen(&[Part::Slow, Part::Values, Part::Slow]), [Part::Values, Part::Slow]);
        assert_eq!(Part::chosen(&[Part::Server]), Part::SERVER);
        assert_eq!(Part::chosen(&[Part::Kills, Part::Server]), Part::SERVER);
        assert_eq!(Part::chosen(&[]), Part::all());
        assert!(!Part::all().contains(&Part::Server));
    }

    #[test]
    fn the_table_says_the_time_and_the_verdict_of_each_part() {
        let row = |part, fault: Option<&str>| Row {
            part,
            rounds: 2,
            passed: 7,
            took: Duration::from_millis(61_250),
            fault: fault.map(str::to_owned),
        };
        let said = table(&[row(Part::Kills, None), row(Part::Slow, Some("SEED=3: p99 above 200 ms"))]);
        let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["part", "rounds", "passed", "seconds", "verdict"]);
        assert_eq!(lines[1], ["kills", "2", "7", "61.2", "passed"]);
        assert_eq!(lines[2].join(" "), "slow 2 7 61.2 FAILED, SEED=3: p99 above 200 ms");
    }
}
