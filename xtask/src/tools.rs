//! Pinned tools, fetched once into `.tools/`: a second start needs no network.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, bail};

use crate::shell::{cargo, output, run, step};

const TARGET: &str = "wasm32-unknown-unknown";

/// The wasm target and the sources of the standard library, which the widget builds anew for size.
pub fn wasm_target() -> anyhow::Result<()> {
    let installed = output("rustup", &["component", "list", "--installed"])
        .context("rustup is missing: install Rust from https://rustup.rs and start again")?;
    let has = |name: &str| installed.lines().any(|line| line == name || line == format!("{name}-{TARGET}"));
    if has("rust-std") && has("rust-src") {
        return Ok(());
    }
    step("add the wasm target and the sources of the standard library", || {
        run(Command::new("rustup").args(["target", "add", TARGET])).context("no network? rustup fetches the target")?;
        run(Command::new("rustup").args(["component", "add", "rust-src"]))
            .context("no network? rustup fetches the component rust-src")
    })
}

/// `wasm-bindgen` of the version in Cargo.lock: from `.tools/`, from PATH, or built.
pub fn wasm_bindgen() -> anyhow::Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    let local = env::current_dir()?.join(".tools/bin/wasm-bindgen");
    let wanted = format!("wasm-bindgen {version}");
    for candidate in [local.clone(), PathBuf::from("wasm-bindgen")] {
        if output(&candidate.to_string_lossy(), &["--version"]).is_some_and(|v| v.trim() == wanted) {
            return Ok(candidate);
        }
    }
    step("build wasm-bindgen-cli (about 4 minutes, once)", || {
        let root = [".tools", ".tools/build"];
        let args = ["install", "wasm-bindgen-cli", "--version", &version, "--root", root[0], "--target-dir", root[1]];
        run(&mut cargo(&args)).context("no network? wasm-bindgen-cli comes from crates.io")
    })?;
    Ok(local)
}

/// Folder of the npm tools, installed from `xtask/npm/package-lock.json`.
pub fn npm() -> anyhow::Result<PathBuf> {
    let folder = env::current_dir()?.join(".tools/npm");
    let lock = fs::read("xtask/npm/package-lock.json")?;
    if fs::read(folder.join("package-lock.json")).is_ok_and(|have| have == lock) && folder.join("ready").exists() {
        return Ok(folder);
    }
    if output("npm", &["--version"]).is_none() {
        bail!("npm is missing: install Node.js 20 or newer and start again");
    }
    step("install npm tools", || {
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(Path::new("xtask/npm").join(file), folder.join(file))?;
        }
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))
            .context("no network? the tools come from the npm registry")?;
        Ok(fs::write(folder.join("ready"), "")?)
    })?;
    Ok(folder)
}

/// Chromium for the browser tests: installed with apt-get when root, else named.
pub fn chromium() -> anyhow::Result<()> {
    if output("chromium", &["--version"]).is_some() {
        return Ok(());
    }
    if output("id", &["-u"]).is_none_or(|id| id.trim() != "0") {
        bail!("Chromium is missing: run `apt-get install chromium` as root and start again");
    }
    step("install Chromium", || {
        run(Command::new("apt-get").args(["-qq", "update"]))?;
        let args = ["-qq", "-y", "--no-install-recommends", "install", "chromium", "fonts-dejavu-core"];
        run(Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"))
    })
}

fn locked_version(name: &str) -> anyhow::Result<String> {
    let lock = fs::read_to_string("Cargo.lock")?;
    let mut lines = lock.lines();
    let wanted = format!("name = \"{name}\"");
    lines.by_ref().find(|line| *line == wanted).with_context(|| format!("{name} is not in Cargo.lock"))?;
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")).map(|v| v.trim_end_matches('"'));
    version.map(str::to_owned).context("Cargo.lock: a version line was expected")
}
