//! The fuzz targets with coverage, a while each: every way that foreign text comes in.
//!
//! Built without `cargo-fuzz`: the passes it asks the compiler for are named here, so the toolchain of the project will do.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

use crate::count::Count;
use crate::shell::{self, cargo, output, step};

/// Seconds for one target in a round of the soak.
pub const SECONDS: u32 = 60;
/// Longest that one input may take.
const HANG: u32 = 10;
/// Most megabytes that a target may hold.
const MEMORY: u64 = 256;
/// Last lines of a target that failed: where it broke, and on what.
const TAIL: usize = 60;
/// What libFuzzer needs to see which input reached new code.
const FLAGS: &str = "--cfg fuzzing -Cdebug-assertions -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
const FOLDER: &str = "target/fuzz";

/// Build the targets and run each once.
pub fn all(seconds: u32, seed: u32) -> anyhow::Result<()> {
    build()?;
    run(&mut Count::default(), seconds, &seed.to_string())
}

/// Build the targets.
pub fn build() -> anyhow::Result<()> {
    let host = host()?;
    step("build the fuzz targets", || {
        // A named target keeps the flags from build scripts and macros.
        let args = ["build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--features", "server"];
        let mut command = cargo(&args);
        command.args(["--target", &host, "--target-dir", FOLDER]).env("RUSTFLAGS", FLAGS);
        shell::fetch(&mut command, "what the fuzz targets are built from", "crates.io")
    })
}

/// Run each target on its own inputs and new ones, and say what each reached. One that crashes, hangs or grows is an error that
/// names where the input is kept; the others run all the same.
pub fn run(count: &mut Count, seconds: u32, seed: &str) -> anyhow::Result<()> {
    let built = Path::new(FOLDER).join(host()?).join("release");
    let mut names = Vec::new();
    for entry in fs::read_dir("fuzz/fuzz_targets").context("fuzz/fuzz_targets")? {
        names.push(entry?.path().file_stem().context("a target without a name")?.to_string_lossy().into_owned());
    }
    names.sort();
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for name in names {
        let corpus = Path::new(FOLDER).join("corpus").join(&name);
        fs::create_dir_all(&corpus)?;
        let mut command = Command::new(built.join(&name));
        command.arg(&corpus).args([
            format!("-max_total_time={seconds}"),
            format!("-timeout={HANG}"),
            format!("-rss_limit_mb={MEMORY}"),
            format!("-seed={seed}"),
            format!("-artifact_prefix={FOLDER}/{name}-"),
            "-print_final_stats=1".into(),
        ]);
        println!("→ fuzz {name}, {seconds} s");
        let start = Instant::now();
        let out = command.stdin(Stdio::null()).output().with_context(|| format!("could not start {command:?}"))?;
        let said = String::from_utf8_lossy(&out.stderr);
        let row = Reached { seconds: start.elapsed().as_secs_f64(), ..Reached::read(&said) };
        let fault = match out.status.success() {
            _ if row.runs == 0 => Some(format!("{name}: no input ran")),
            true => None,
            false => Some(format!("{name}: {}", kept(&said))),
        };
        match fault {
            None => count.add("fuzz", 1),
            Some(fault) => {
                let lines: Vec<&str> = said.lines().collect();
                println!("{}", lines.get(lines.len().saturating_sub(TAIL)..).unwrap_or_default().join("\n"));
                faults.push(fault);
            }
        }
        rows.push((name, row, out.status.success()));
    }
    println!("\n{}", table(&rows));
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// What a target has done, by its own words.
#[derive(Debug, Default, PartialEq)]
struct Reached {
    runs: u64,
    seconds: f64,
    /// Places of the code that were reached, of so many.
    covered: u64,
    places: u64,
    megabytes: u64,
}

impl Reached {
    fn read(said: &str) -> Reached {
        let number = |text: &str| -> Option<u64> {
            let digits: String = text.trim_start().chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        };
        let last = |key: &str| said.lines().rev().find_map(|line| number(line.split_once(key)?.1)).unwrap_or(0);
        Reached {
            runs: last("stat::number_of_executed_units:"),
            seconds: 0.0,
            covered: last(" cov: "),
            places: said.lines().find_map(|line| number(line.split_once("modules")?.1.split_once('(')?.1)).unwrap_or(0),
            megabytes: last("stat::peak_rss_mb:"),
        }
    }
}

/// Why a target ended, and where its input lies.
fn kept(said: &str) -> String {
    let why =
        said.lines().find_map(|line| line.split_once("ERROR: libFuzzer: ").map(|(_, why)| why)).unwrap_or("failed");
    let file = said.lines().find_map(|line| line.split_once("Test unit written to ").map(|(_, file)| file));
    file.map_or_else(|| why.to_owned(), |file| format!("{why}; the input is kept in {file}"))
}

fn table(rows: &[(String, Reached, bool)]) -> String {
    let mut lines =
        vec![format!("{:<18}{:>10}{:>9}{:>18}{:>6}  verdict", "target", "runs", "seconds", "coverage", "MB")];
    for (name, row, good) in rows {
        let coverage = format!("{} of {}", row.covered, row.places);
        let verdict = if *good { "passed" } else { "FAILED" };
        let Reached { runs, seconds, megabytes, .. } = row;
        lines.push(format!("{name:<18}{runs:>10}{seconds:>9.1}{coverage:>18}{megabytes:>6}  {verdict}"));
    }
    lines.join("\n")
}

/// This machine as the compiler names it.
fn host() -> anyhow::Result<String> {
    let about = output("rustc", &["-vV"]).context("rustc -vV says nothing: is it installed?")?;
    let line = about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    Ok(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Reached, kept, table};

    /// What libFuzzer says, shortened.
    const PASSED: &str = "INFO: Seed: 1\nINFO: Loaded 1 modules   (61234 inline 8-bit counters): 61234 [0x5, 0x6), \n\
        #2\tINITED cov: 10 ft: 11 corp: 1/1b exec/s: 0 rss: 40Mb\n#900\tNEW    cov: 321 ft: 700 corp: 9/90b lim: 4\n\
        #5000\tDONE   cov: 322 ft: 710 corp: 9/90b lim: 43 exec/s: 2500 rss: 61Mb\nDone 5000 runs in 2 second(s)\n\
        stat::number_of_executed_units: 5000\nstat::average_exec_per_sec:     2500\nstat::peak_rss_mb:              61\n";

    #[test]
    fn the_table_says_what_each_target_has_reached() {
        let row = Reached::read(PASSED);
        assert_eq!(row, Reached { runs: 5_000, seconds: 0.0, covered: 322, places: 61_234, megabytes: 61 });
        let said = table(&[
            ("server_json".into(), Reached { seconds: 2.04, ..row }, true),
            ("b".into(), Reached::default(), false),
        ]);
        let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1].join(" "), "server_json 5000 2.0 322 of 61234 61 passed");
        assert_eq!(lines[2].last(), Some(&"FAILED"));
    }

    #[test]
    fn a_crash_names_its_reason_and_the_input() {
        let said =
            "==7== ERROR: libFuzzer: deadly signal\n    #0 0x1\nartifact_prefix='a-'; Test unit written to a-crash-1\n";
        assert_eq!(kept(said), "deadly signal; the input is kept in a-crash-1");
    }
}
