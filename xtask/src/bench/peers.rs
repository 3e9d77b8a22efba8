//! The shared cases through libraries of others: which of them judge a value otherwise.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::validators::npm;
use crate::shell::{run as sh, step};

pub fn run() -> anyhow::Result<()> {
    let packages = npm()?;
    let venv = std::env::current_dir()?.join(".tools/peers");
    let python = venv.join("bin/python3");
    let ready = venv.join("ready");
    if !ready.is_file() {
        step("a Python environment with the peers", || {
            sh(Command::new("python3").args(["-m", "venv"]).arg(&venv))
                .context("install python3-venv and start again")?;
            sh(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r", "xtask/peers/requirements.txt"]))
                .context("no network? the peers come from PyPI; rigour needs libicu-dev")?;
            Ok(std::fs::write(&ready, "")?)
        })?;
    }
    sh(Command::new(python).arg("xtask/peers/peers.py").arg(Path::new("tests/cases")).arg(packages))
}
