//! The picture of a page beside other libraries: time, longest task, and how far each is from a screenshot.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::shell::{run as sh, step};
use crate::{build, tools};

/// `folder` holds `pages/` and what they need (`img/`, `fonts/`).
pub fn run(folder: &Path) -> anyhow::Result<()> {
    ensure!(folder.join("pages").is_dir(), "{} has no pages/: name the folder that holds it", folder.display());
    build::all()?;
    tools::browsers()?;
    let npm = tools::npm()?;
    let work = std::env::current_dir()?.join(".tools/npm-picture");
    fs::create_dir_all(&work)?;
    for entry in fs::read_dir("xtask/npm-picture")? {
        let entry = entry?;
        fs::copy(entry.path(), work.join(entry.file_name()))?;
    }
    if !work.join("node_modules").is_dir() {
        let args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
        step("install the npm peers", || {
            sh(Command::new("npm").args(args).current_dir(&work)).context("no network? the peers come from npm")
        })?;
    }
    build::copy(folder, &work)?;
    let mut command = Command::new("node");
    command.arg("tests/bench/picture.mjs").arg(&work).env("NPM", npm).env("DIST", build::DIST);
    sh(&mut command)
}
