//! The long forms of tests that `cargo xtask test` runs in a short, fixed form.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

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
/// Requests that are drawn for each route of the document, a round.
const EXAMPLES: &str = "200";
/// Milliseconds for one of these.
const HOURS: u64 = 4 * 3_600_000;
/// Kills of the server under load and of a sender with a letter under way, and letters of which every third answer is lost.
const KILLS: &str = "100";
const LETTERS: &str = "5000";
/// Places at which one run of the server is cut off from its power.
const CUTS: &str = "200";
/// Letters of a long queue.
const QUEUED: &str = "1000";
/// Keys that twenty senders send at once.
const KEYS: &str = "1000";
/// Clients at once that send a letter a second.
const SLOW: &str = "5000";
/// Tickets sent five times faster than they are answered, and tickets that a new format of the database takes over.
const OVERLOAD: &str = "50000";
const TICKETS: &str = "1000000";
/// Questions of each kind whose times are compared, and seconds of reports without a pause while tickets come in.
const ASKED: &str = "2000";
const READ_SECONDS: &str = "600";

/// Rounds until `minutes` are over; every round begins its drawing elsewhere and prints its seed. A failure ends the soak.
pub fn run(minutes: u64, seed: u32) -> anyhow::Result<()> {
    build::all()?;
    tools::browsers()?;
    step("build the server", || shell::run(&mut cargo(&["build", "-p", "podskazka-server"])))?;
    fuzz::build()?;
    let end = Instant::now() + Duration::from_secs(minutes * 60);
    let mut count = Count::default();
    count.together(test::behaviours(&test::BEHAVIOURS)?)?;
    for (file, name, count_of, key) in
        [("forms", "generated forms", FORMS, "FORMS"), ("chaos", "sends through a bad network", THOUSAND, "SENDS")]
    {
        for policy in test::POLICIES {
            let mut long =
                test::node_for(Path::new("tests/browser").join(file).with_extension("mjs").as_path(), HOURS)?;
            long.env(key, count_of).env("SEED", seed.to_string()).env("POLICY", policy);
            count.run(file, &format!("{count_of} {name}, {policy} policy"), &mut long)?;
        }
    }
    let mut round = 0;
    while round == 0 || Instant::now() < end {
        let seed = seed.wrapping_add(round).to_string();
        println!("\nround {}: SEED={seed}", round + 1);
        let mut values = test::node(Path::new("tests/wasm/vectors.mjs"))?;
        count.run(
            "values",
            &format!("{VALUES} values in three builds"),
            values.env("VALUES", VALUES).env("SEED", &seed),
        )?;
        fuzz::run(&mut count, fuzz::SECONDS, &seed)?;
        for policy in test::POLICIES {
            let mut chaos = test::node(Path::new("tests/browser/chaos.mjs"))?;
            chaos.env("SENDS", SENDS).env("SEED", &seed).env("POLICY", policy);
            count.run("sends", &format!("{SENDS} sends through a bad network, {policy} policy"), &mut chaos)?;
        }
        chaos(&mut count)?;
        let mut document = cargo(&["test", "--quiet", "-p", "podskazka-server", "--test", "it", "schemathesis"]);
        document.env("SCHEMATHESIS", tools::schemathesis()?).env("EXAMPLES", EXAMPLES).env("SEED", &seed);
        count.run("server", &format!("{EXAMPLES} drawn requests for each route"), &mut document)?;
        round += 1;
    }
    println!("\n{round} rounds. {}", count.line());
    Ok(())
}

/// The server under kills, lost answers, overload, a full disk, power cuts and copies, over both databases where they differ; then a
/// large database of the format before, answers whose time must tell nothing, and reports without a pause.
fn chaos(count: &mut Count) -> anyhow::Result<()> {
    let names: [(&str, &[&str]); 2] = [
        ("it", &["kill::", "sender::", "once::", "lost::", "overload::", "copies::", "disk::", "power::"]),
        ("postgres", &["kill::", "sender::", "once::", "lost::", "away::"]),
    ];
    for (suite, names) in names {
        let mut chaos = cargo(&["test", "--quiet", "-p", "podskazka-server", "--test", suite, "--", "--nocapture"]);
        chaos
            .args(names)
            .env("KILLS", KILLS)
            .env("SENDER_KILLS", KILLS)
            .env("QUEUED", QUEUED)
            .env("CUTS", CUTS)
            .env("KEYS", KEYS)
            .env("LETTERS", LETTERS)
            .env("OVERLOAD", OVERLOAD);
        count.run("server", &format!("{KILLS} kills, {LETTERS} letters with lost answers: {suite}"), &mut chaos)?;
    }
    let slow = "ulimit -n 16384 && exec cargo test --quiet -p podskazka-server --test it -- --nocapture many_who_drip";
    let mut sh = Command::new("sh");
    count.run("server", &format!("{SLOW} slow clients"), sh.args(["-c", slow]).env("SLOW", SLOW))?;
    let mut formats = cargo(&["test", "--quiet", "-p", "podskazka-server", "--lib", "--", "--nocapture", "schema"]);
    count.run("server", &format!("{TICKETS} tickets of the format before"), formats.env("TICKETS", TICKETS))?;
    // Times are compared while nothing else of ours runs.
    let mut times = cargo(&["test", "--quiet", "-p", "podskazka-server", "--test", "it", "--"]);
    times.args(["--nocapture", "--test-threads=1", "timing::"]).env("ASKED", ASKED);
    count.run("server", &format!("times of {ASKED} answers that must look alike"), &mut times)?;
    let mut long = cargo(&["test", "--quiet", "-p", "podskazka-server", "--test", "it", "--", "--nocapture", "long::"]);
    count.run("server", &format!("{READ_SECONDS} seconds of reports"), long.env("READ_SECONDS", READ_SECONDS))
}
