//! Formatting, clippy, and what must never be.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::shell::{self, cargo, output, step};

/// Crates that a package must never reach, from ARCHITECTURE.md, "What must never be".
const ABSENT: [(&str, &[&str]); 3] = [
    ("podskazka", &["tokio", "wasm-bindgen", "web-sys", "chrono", "getrandom", "regex"]),
    ("podskazka-fields", &["serde_json", "regex", "unicode-normalization", "yew", "podskazka-server"]),
    // Yew brings serde_json through gloo; `build` checks that the linker dropped it.
    ("podskazka-panel", &["regex", "unicode-normalization", "podskazka-server"]),
];

/// Texts that must not stand in what a page loads.
const FORBIDDEN: [&str; 4] = ["innerHTML", "eval(", "document.cookie", " style=\""];

/// All checks.
pub fn run() -> anyhow::Result<()> {
    step("formatting", || shell::run(&mut cargo(&["fmt", "--all", "--check"])))?;
    step("clippy", || {
        shell::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
    })?;
    step("absent crates", absent_crates)?;
    step("absent texts", || absent_texts(Path::new("www")).and_then(|()| absent_texts(Path::new("widget"))))
}

fn absent_crates() -> anyhow::Result<()> {
    for (package, crates) in ABSENT {
        let args = ["tree", "-p", package, "-e", "normal", "--prefix", "none", "--target", "wasm32-unknown-unknown"];
        let tree = output("cargo", &args).context("cargo tree failed")?;
        for name in crates {
            if tree.lines().any(|line| line.split(' ').next() == Some(name)) {
                bail!("{package} must not depend on {name}");
            }
        }
    }
    Ok(())
}

fn absent_texts(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            absent_texts(&path)?;
        } else if path.extension().is_some_and(|e| ["rs", "ts", "html"].iter().any(|x| e == *x)) {
            let text = fs::read_to_string(&path)?;
            if let Some(word) = FORBIDDEN.iter().find(|word| text.contains(**word)) {
                bail!("{}: `{word}` is forbidden on a page", path.display());
            }
        }
    }
    Ok(())
}
