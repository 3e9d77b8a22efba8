//! The fields of a page beside IMask + just-validate: time of the listeners for each key, of the start, and what is left after the end.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::shell::{run as sh, step};
use crate::{build, tools};

pub fn run() -> anyhow::Result<()> {
    build::all()?;
    tools::browsers()?;
    let npm = tools::npm()?;
    let folder = std::env::current_dir()?.join(".tools/npm-fields");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir("xtask/npm-fields")? {
        let entry = entry?;
        fs::copy(entry.path(), folder.join(entry.file_name()))?;
    }
    if !folder.join("node_modules").is_dir() {
        let args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
        step("install the npm peers", || {
            sh(Command::new("npm").args(args).current_dir(&folder)).context("no network? the peers come from npm")
        })?;
    }
    sh(Command::new("node").arg(folder.join("run.mjs")).arg(Path::new(build::DIST)).arg(npm))
}
