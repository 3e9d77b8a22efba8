//! The shared cases through libraries of others: which of them judge a value otherwise.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::validators::npm;
use crate::shell::{run as sh, step};

const REQUIREMENTS: &str = "xtask/peers/requirements.txt";
/// Packages that come without what they depend on, into a folder of their own: a framework that their checks do not need, a name
/// that another one has too.
const ALONE: &str = "xtask/peers/alone.txt";

pub fn run() -> anyhow::Result<()> {
    let packages = npm()?;
    let venv = std::env::current_dir()?.join(".tools/peers");
    let python = venv.join("bin/python3");
    let ready = venv.join("ready");
    let wanted = [fs::read_to_string(REQUIREMENTS)?, fs::read_to_string(ALONE)?].concat();
    if fs::read_to_string(&ready).unwrap_or_default() != wanted {
        step("a Python environment with the peers", || {
            sh(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))
                .context("install python3-venv and start again")?;
            let pip = |args: &[&str]| {
                sh(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(args))
                    .context("no network? the peers come from PyPI; rigour needs libicu-dev")
            };
            pip(&["-r", REQUIREMENTS])?;
            pip(&["-r", ALONE, "--no-deps", "--target", ".tools/peers/alone"])?;
            Ok(fs::write(&ready, &wanted)?)
        })?;
    }
    sh(Command::new(python).arg("xtask/peers/peers.py").arg(Path::new("tests/cases")).arg(packages))
}
