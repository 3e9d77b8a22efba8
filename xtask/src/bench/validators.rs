//! The checks beside a plain loop, python-stdnum and three npm packages, on the same 100,000 ИНН.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::shell::{cargo, output, run as sh, step};
use crate::{build, tools};

const WORK: &str = "target/bench/validators";
/// The last release; LGPL, so it is only ever run beside ours.
const STDNUM: &str = "python-stdnum==2.2";

const PYTHON: &str = "
import sys, time
from stdnum.ru import inn
numbers = open(sys.argv[1]).read().split('\\n')
times = []
for _ in range(5):
    start = time.process_time_ns()
    found = sum(map(inn.is_valid, numbers))
    times.append((time.process_time_ns() - start) / len(numbers))
print(f'python-stdnum: {min(times):.0f} ns, found {found}')
";

pub fn run() -> anyhow::Result<()> {
    fs::create_dir_all(WORK)?;
    let numbers = std::env::current_dir()?.join(WORK).join("numbers.txt");
    println!("Natively");
    sh(cargo(&["run", "--quiet", "--release", "-p", "podskazka-validator-bench", "--"]).arg(&numbers))?;
    python(&numbers)?;
    println!("\nIn one Node run, ИНН-12, best of 12 rounds");
    let out = Path::new(WORK);
    build::check_module(out)?;
    let module = fs::canonicalize(out.join("check.js"))?;
    sh(Command::new("node").arg(npm()?.join("run.mjs")).arg(&numbers).arg(module))
}

fn python(numbers: &Path) -> anyhow::Result<()> {
    let venv = std::env::current_dir()?.join(".tools/python");
    let python = venv.join("bin/python3");
    if !python.is_file() {
        step("a Python environment with python-stdnum", || {
            if output("python3", &["--version"]).is_none() {
                bail!("python3 is missing: install python3-venv and start again");
            }
            sh(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
            sh(Command::new(&python).args(["-m", "pip", "install", "--quiet", STDNUM]))
                .context("no network? python-stdnum comes from PyPI")
        })?;
    }
    sh(Command::new(python).arg("-c").arg(PYTHON).arg(numbers))
}

/// The folder with the npm peers, installed.
pub fn npm() -> anyhow::Result<PathBuf> {
    tools::npm()?;
    let folder = std::env::current_dir()?.join(".tools/npm-validators");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir("xtask/npm-validators")? {
        let entry = entry?;
        fs::copy(entry.path(), folder.join(entry.file_name()))?;
    }
    if !folder.join("node_modules").is_dir() {
        let args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"];
        step("install the npm peers", || {
            sh(Command::new("npm").args(args).current_dir(&folder)).context("no network? the peers come from npm")
        })?;
    }
    Ok(folder)
}
