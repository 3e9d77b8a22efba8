//! The picture of a page beside other libraries, in three engines: time, longest task, and how far each is from a screenshot.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::shell::{run as sh, step};
use crate::{build, tools};

/// Writes the pages where they are not there yet.
const MAKER: &str = "gen-pages.mjs";

/// `folder` holds `pages/` and what they need (`img/`, `fonts/`), or the script that makes them.
pub fn run(folder: &Path) -> anyhow::Result<()> {
    let (pages, maker) = (folder.join("pages").is_dir(), folder.join(MAKER).is_file());
    ensure!(pages || maker, "{} has neither pages/ nor {MAKER}: name the folder that holds one", folder.display());
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
    if !pages {
        step("make the pages", || sh(Command::new("node").arg(MAKER).current_dir(&work)))?;
    }
    let mut command = Command::new("node");
    command.arg("tests/bench/picture.mjs").arg(&work).env("NPM", npm).env("DIST", build::DIST);
    // Without it the other two engines are measured.
    if let Ok(driver) = tools::geckodriver() {
        command.env("GECKODRIVER", driver);
    }
    sh(&mut command)
}
