//! The fuzz targets with coverage, a while each: every way that foreign text comes in.
//!
//! Built without `cargo-fuzz`: the passes it asks the compiler for are named here, so the toolchain of the project will do.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::count::Count;
use crate::shell::{self, cargo, output, step};

/// Seconds for one target in a round of the soak.
pub const SECONDS: u32 = 60;
/// Longest that one input may take.
const HANG: u32 = 10;
/// What libFuzzer needs to see which input reached new code.
const FLAGS: &str = "--cfg fuzzing -Cdebug-assertions -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
const FOLDER: &str = "target/fuzz";

/// Build the targets and run each once.
pub fn all(seconds: u32, seed: u32) -> anyhow::Result<()> {
    build()?;
    let mut count = Count::default();
    run(&mut count, seconds, &seed.to_string())?;
    println!("\n{}", count.line());
    Ok(())
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

/// Run each target on its own inputs and new ones. A crash or an input that hangs is an error that names where it is kept.
pub fn run(count: &mut Count, seconds: u32, seed: &str) -> anyhow::Result<()> {
    let built = Path::new(FOLDER).join(host()?).join("release");
    let mut names = Vec::new();
    for entry in fs::read_dir("fuzz/fuzz_targets").context("fuzz/fuzz_targets")? {
        names.push(entry?.path().file_stem().context("a target without a name")?.to_string_lossy().into_owned());
    }
    names.sort();
    for name in names {
        let corpus = Path::new(FOLDER).join("corpus").join(&name);
        fs::create_dir_all(&corpus)?;
        let mut command = Command::new(built.join(&name));
        command.arg(&corpus).args([
            format!("-max_total_time={seconds}"),
            format!("-timeout={HANG}"),
            format!("-seed={seed}"),
            format!("-artifact_prefix={FOLDER}/{name}-"),
            "-print_final_stats=1".into(),
            "-verbosity=0".into(),
        ]);
        step(&format!("fuzz {name}, {seconds} s"), || shell::run(&mut command))?;
        count.add("fuzz", 1);
    }
    Ok(())
}

/// This machine as the compiler names it.
fn host() -> anyhow::Result<String> {
    let about = output("rustc", &["-vV"]).context("rustc -vV says nothing: is it installed?")?;
    let line = about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    Ok(line.to_owned())
}
