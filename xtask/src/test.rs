//! Runs every test of the project.

use std::process::Command;

use crate::shell::{self, cargo, step};
use crate::{build, checks, size, tools};

/// Checks, native tests, the built page in a browser, sizes.
pub fn run() -> anyhow::Result<()> {
    checks::run()?;
    step("native tests", || shell::run(&mut cargo(&["test", "--workspace", "--quiet"])))?;
    build::all()?;
    tools::chromium()?;
    let npm = tools::npm()?;
    step("build the server", || shell::run(&mut cargo(&["build", "-p", "podskazka-server"])))?;
    for policy in ["wasm", "js"] {
        step(&format!("the whole way in Chromium, {policy} policy"), || {
            shell::run(Command::new("node").arg("tests/browser/way.mjs").env("POLICY", policy).env("NPM", &npm))
        })?;
    }
    size::hold()?;
    println!("\nPassed: checks, native tests, the whole way in Chromium (wasm and JS builds).");
    Ok(())
}
