//! Runs a command as a named step with its time.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};

use crate::trouble;

/// Run `f` as a step: its name before, its seconds after.
pub fn step<T>(name: &str, f: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    println!("→ {name}");
    let start = Instant::now();
    let result = f().with_context(|| format!("step failed: {name}"))?;
    println!("  {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(result)
}

/// Run to the end; an exit code other than 0 is an error that names the command.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = format!("{command:?}");
    let status = command.status().with_context(|| format!("could not start {name}: is it installed?"))?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}

/// Run to the end a command that may fetch: what it says is passed on, and a missing network or tool becomes one sentence.
pub fn fetch(command: &mut Command, what: &str, place: &str) -> anyhow::Result<()> {
    let name = format!("{command:?}");
    let mut child =
        command.stderr(Stdio::piped()).spawn().with_context(|| format!("could not start {name}: is it installed?"))?;
    let mut said = String::new();
    for line in BufReader::new(child.stderr.take().context("no output")?).lines() {
        let line = line?;
        eprintln!("{line}");
        said += &line;
        said.push('\n');
    }
    let status = child.wait()?;
    if status.success() {
        return Ok(());
    }
    match trouble::of(&said, what, place) {
        Some(trouble) => Err(trouble.into()),
        None => bail!("{name} ended with {status}"),
    }
}

/// Standard output of a command, or `None` when it is missing or fails.
pub fn output(program: &str, args: &[&str]) -> Option<String> {
    let out = Command::new(program).args(args).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// `cargo` as called by this process, with arguments.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    command.args(args);
    command
}
