//! Pinned tools, fetched once into `.tools/`: a second start needs no network.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, bail};

use crate::shell::{cargo, fetch, output, run, step};
use crate::trouble::{self, Trouble};

const TARGET: &str = "wasm32-unknown-unknown";

/// The wasm target and the sources of the standard library, which the widget builds anew for size.
pub fn wasm_target() -> anyhow::Result<()> {
    let installed = output("rustup", &["component", "list", "--installed"])
        .ok_or_else(|| Trouble("rustup is missing: install Rust from https://rustup.rs and start again.".into()))?;
    let has = |name: &str| installed.lines().any(|line| line == name || line == format!("{name}-{TARGET}"));
    if has("rust-std") && has("rust-src") {
        return Ok(());
    }
    step("add the wasm target and the sources of the standard library", || {
        let place = "static.rust-lang.org";
        fetch(Command::new("rustup").args(["target", "add", TARGET]), "the wasm target", place)?;
        fetch(Command::new("rustup").args(["component", "add", "rust-src"]), "the component rust-src", place)
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
    step("build wasm-bindgen-cli (2 to 4 minutes, once)", || {
        let root = [".tools", ".tools/build"];
        let args = ["install", "wasm-bindgen-cli", "--version", &version, "--root", root[0], "--target-dir", root[1]];
        // A newcomer waits for the build, not for its work.
        fetch(cargo(&args).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"), "wasm-bindgen-cli", "crates.io")
    })?;
    Ok(local)
}

/// The S3 server of the tests of files.
pub fn moto() -> anyhow::Result<PathBuf> {
    python("moto", "moto[server]==5.2.1")
}

/// What asks the server as its document says.
pub fn schemathesis() -> anyhow::Result<PathBuf> {
    python("schemathesis", "schemathesis==4.32.5")
}

/// Folder of Python packages with the one of this name.
fn python(name: &str, package: &str) -> anyhow::Result<PathBuf> {
    let folder = env::current_dir()?.join(".tools").join(name);
    if !folder.join(name).is_dir() {
        step(&format!("install {name}, which the tests of the server use"), || {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "install", "--quiet", "--target"]).arg(&folder).arg(package);
            fetch(&mut pip, name, "PyPI")
        })?;
    }
    Ok(folder)
}

/// Folder of the npm tools, installed from `xtask/npm/package-lock.json`.
pub fn npm() -> anyhow::Result<PathBuf> {
    let folder = env::current_dir()?.join(".tools/npm");
    let lock = fs::read("xtask/npm/package-lock.json")?;
    if fs::read(folder.join("package-lock.json")).is_ok_and(|have| have == lock) && folder.join("ready").exists() {
        return Ok(folder);
    }
    trouble::node()?;
    step("install npm tools", || {
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(Path::new("xtask/npm").join(file), folder.join(file))?;
        }
        let args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        fetch(Command::new("npm").args(args).current_dir(&folder), "esbuild with its like", "the npm registry")?;
        Ok(fs::write(folder.join("ready"), "")?)
    })?;
    Ok(folder)
}

/// `wasm-bindgen-test-runner` of the same version: it comes with `wasm-bindgen`.
pub fn wasm_bindgen_test_runner() -> anyhow::Result<PathBuf> {
    let runner = wasm_bindgen()?.with_file_name("wasm-bindgen-test-runner");
    if output(&runner.to_string_lossy(), &["--version"]).is_none() {
        bail!("wasm-bindgen-test-runner is missing beside wasm-bindgen: remove that one from PATH and start again");
    }
    Ok(runner)
}

/// Driver of Firefox.
pub fn geckodriver() -> anyhow::Result<PathBuf> {
    cargo_tool("geckodriver", "0.37.1")
}

/// Checks licences and sources of what we depend on.
pub fn cargo_deny() -> anyhow::Result<PathBuf> {
    cargo_tool("cargo-deny", "0.20.2")
}

/// Makes `node/` of the package.
pub fn wasm_pack() -> anyhow::Result<PathBuf> {
    cargo_tool("wasm-pack", "0.15.0")
}

/// A tool of crates.io in this version: from `.tools/`, from PATH, or built without optimisation, which takes a third of
/// the time and serves a tool that runs for seconds.
fn cargo_tool(name: &str, version: &str) -> anyhow::Result<PathBuf> {
    let local = env::current_dir()?.join(".tools/bin").join(name);
    let wanted = format!("{name} {version}");
    for candidate in [local.clone(), PathBuf::from(name)] {
        let found = output(&candidate.to_string_lossy(), &["--version"]).unwrap_or_default();
        if found.lines().next().is_some_and(|line| line == wanted || line.starts_with(&format!("{wanted} "))) {
            return Ok(candidate);
        }
    }
    step(&format!("build {name} (2 to 4 minutes, once)"), || {
        let place = ["--root", ".tools", "--target-dir", ".tools/build"];
        let args = ["install", name, "--version", version, "--locked", "--debug", "--force", "--quiet"];
        fetch(cargo(&args).args(place).env("CARGO_PROFILE_DEV_DEBUG", "0"), name, "crates.io")?;
        Ok(fs::remove_dir_all(".tools/build")?)
    })?;
    Ok(local)
}

/// What the tests need of the system: a program on PATH or a file, and its Debian package.
const SYSTEM: [(&str, &str); 15] = [
    ("chromium", "chromium"),
    ("chromium-headless-shell", "chromium-headless-shell"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    ("xauth", "xauth"),
    ("tesseract", "tesseract-ocr"),
    ("pip3", "python3-pip"),
    ("/usr/lib/postgresql/15/bin/initdb", "postgresql"),
    ("faketime", "faketime"),
    ("php", "php-cli"),
    ("/usr/sbin/nginx", "nginx-light"),
    ("/usr/sbin/haproxy", "haproxy"),
    ("/usr/share/tesseract-ocr/5/tessdata/rus.traineddata", "tesseract-ocr-rus"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core"),
];

/// Browsers, their drivers, OCR, a font, PostgreSQL, another clock, two balancers, PHP: installed with apt-get when root, else named with the command to run.
pub fn browsers() -> anyhow::Result<()> {
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    let command = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if output("apt-get", &["--version"]).is_none() {
        bail!(
            "the browser tests need Debian 12 packages and apt-get is missing. What is missing: {}",
            packages.join(" ")
        );
    }
    if output("id", &["-u"]).is_none_or(|id| id.trim() != "0") {
        bail!("the browser tests need more programs: run `{command}` as root and start again");
    }
    step(&format!("install {}", packages.join(", ")), || {
        let apt = |args: &[&str]| {
            let wait = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
            run(Command::new("apt-get").args(wait).args(args).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        apt(&["update"])?;
        apt(&[&["-y", "--no-install-recommends", "install"], packages.as_slice()].concat())
    })?;
    match missing().as_slice() {
        [] => Ok(()),
        still => bail!("installed, yet not found: {}. Is this Debian 12?", still.join(", ")),
    }
}

fn missing() -> Vec<&'static str> {
    let paths: Vec<_> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let there = |name: &str| Path::new(name).is_file() || paths.iter().any(|path| path.join(name).is_file());
    SYSTEM.iter().filter(|(name, _)| !there(name)).map(|(_, package)| *package).collect()
}

fn locked_version(name: &str) -> anyhow::Result<String> {
    let lock = fs::read_to_string("Cargo.lock")?;
    let mut lines = lock.lines();
    let wanted = format!("name = \"{name}\"");
    lines.by_ref().find(|line| *line == wanted).with_context(|| format!("{name} is not in Cargo.lock"))?;
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")).map(|v| v.trim_end_matches('"'));
    version.map(str::to_owned).context("Cargo.lock: a version line was expected")
}
