//! Runs every test of the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::count::{Count, Job};
use crate::shell::{self, cargo, step};
use crate::{build, checks, docs, pkg, size, tools};

/// The two policies of a page: with and without WebAssembly.
pub const POLICIES: [&str; 2] = ["wasm", "js"];

/// A file of tests that has not ended by then hangs; the longest takes five minutes beside another on two busy cores.
const LONGEST: u64 = 900_000;

/// Checks, native tests, wasm tests, the packed package, the built page in three browsers under both policies, the documentation,
/// sizes.
pub fn run() -> anyhow::Result<()> {
    let mut count = Count::default();
    count.add("checks", checks::run()?);
    tools::browsers()?;
    let mut native = cargo(&["test", "--workspace", "--quiet"]);
    native.env("GALLERY", gallery()?).env("MOTO", tools::moto()?).env("SCHEMATHESIS", tools::schemathesis()?);
    count.run("native", "native tests", &mut native)?;
    build::all()?;
    step("what the built files must not hold", checks::built)?;
    count.add("checks", 1);
    step("build the server and the command line", || {
        shell::run(&mut cargo(&["build", "-p", "podskazka-server", "-p", "podskazka-cli"]))
    })?;
    wasm(&mut count)?;
    docs::states()?;
    docs::site()?;
    pkg::package()?;
    let mut jobs = pkg::jobs()?;
    jobs.extend(chromium()?);
    jobs.extend(docs::jobs()?);
    jobs.extend(others()?);
    jobs.extend(shipped()?);
    count.together(jobs)?;
    size::run()?;
    count.add("sizes", 1);
    println!("\n{}", count.line());
    Ok(())
}

/// The core in Node.
fn wasm(count: &mut Count) -> anyhow::Result<()> {
    let runner = tools::wasm_bindgen_test_runner()?;
    let args = ["test", "-p", "podskazka-wasm-tests", "--target", "wasm32-unknown-unknown", "--test", "core"];
    let mut command = cargo(&args);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    count.run("wasm", "wasm tests in Node", &mut command)?;
    Ok(())
}

/// The checks as they ship, in both builds.
fn shipped() -> anyhow::Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for (file, name) in [("vectors", "shared vectors"), ("check", "functions of the package")] {
        let command = node(&Path::new("tests/wasm").join(file).with_extension("mjs"))?;
        jobs.push(Job { group: "wasm".to_owned(), name: format!("{name} in wasm and in the JS build"), command });
    }
    Ok(jobs)
}

/// Every file of `tests/browser` but the smoke, under both policies, in the engine without a window.
fn chromium() -> anyhow::Result<Vec<Job>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir("tests/browser")? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "mjs") && !path.ends_with("smoke.mjs") {
            files.push(path);
        }
    }
    files.sort();
    let mut jobs = Vec::new();
    for policy in POLICIES {
        for file in &files {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            let mut command = node(file)?;
            command.env("POLICY", policy);
            let group = format!("Chromium with the {policy} policy");
            jobs.push(Job { group, name: format!("{name} in Chromium, {policy} policy"), command });
        }
    }
    Ok(jobs)
}

/// Browsers beside Chromium, and what they are called.
const OTHERS: [(&str, &str); 2] = [("firefox", "Firefox ESR"), ("webkit", "WebKitGTK")];

/// Behaviours of a form in which engines differ: the accessibility tree, keys, masks, undo, autofill, resets.
const DIFFERING: [&str; 1] = ["05,14,15,27,32,40,47,49,50,51,53,54,62,64,65,68,70,80"];

/// All behaviours, in parts that each end within [`LONGEST`].
pub const BEHAVIOURS: [&str; 3] = ["0,1,2,3", "4,5,6,7,8", "-0,1,2,3,4,5,6,7,8"];

/// Behaviours of a form, by the start of their names, in Firefox ESR and WebKitGTK. All of them are the soak's.
pub fn behaviours(parts: &[&str]) -> anyhow::Result<Vec<Job>> {
    let mut jobs = Vec::new();
    for (browser, group) in OTHERS {
        for part in parts {
            let mut command = beside("tests/browser/assist.mjs", browser)?;
            command.env("POLICY", "wasm").env("ONLY", part);
            jobs.push(Job { group: group.to_owned(), name: format!("behaviours {part} in {group}"), command });
        }
    }
    Ok(jobs)
}

/// What a browser with a window and a profile could do in another way than the engine alone, which runs all other tests: whole
/// ways to a letter, keys, undo, autofill, resets.
fn windowed() -> anyhow::Result<Vec<Job>> {
    let group = "Chromium with a window";
    let mut jobs = Vec::new();
    for (file, what) in [("way", "the way"), ("assist", "behaviours that differ")] {
        let mut command = node(&Path::new("tests/browser").join(file).with_extension("mjs"))?;
        command.env("POLICY", "wasm").env("WINDOW", "1");
        if file == "assist" {
            command.env("ONLY", DIFFERING[0]);
        }
        jobs.push(Job { group: group.to_owned(), name: format!("{what} in {group}"), command });
    }
    Ok(jobs)
}

/// The smoke and the behaviours in Firefox ESR and WebKitGTK, the views of the panel in the first.
fn others() -> anyhow::Result<Vec<Job>> {
    // The longest one first: what ends last has a core to itself, and the other one nothing to do.
    let (firefox, group) = OTHERS[0];
    let mut views = beside("tests/browser/views.mjs", firefox)?;
    views.env("POLICY", "wasm");
    let mut jobs =
        vec![Job { group: group.to_owned(), name: format!("every view by keyboard in {group}"), command: views }];
    jobs.extend(behaviours(&DIFFERING)?);
    jobs.extend(windowed()?);
    for (browser, group) in OTHERS {
        for policy in POLICIES {
            let mut command = beside("tests/browser/smoke.mjs", browser)?;
            command.env("POLICY", policy);
            jobs.push(Job { group: group.to_owned(), name: format!("the way in {group}, {policy} policy"), command });
        }
    }
    Ok(jobs)
}

/// Node's test runner on one file, for a browser beside Chromium.
fn beside(file: &str, browser: &str) -> anyhow::Result<Command> {
    let mut command = node(Path::new(file))?;
    command.env("BROWSER", browser).env("GECKODRIVER", tools::geckodriver()?);
    Ok(command)
}

/// The page of every state of the panel's views: its unit test writes it, a browser test audits it.
pub fn gallery() -> anyhow::Result<PathBuf> {
    Ok(std::env::current_dir()?.join("target/gallery.html"))
}

/// Node's test runner on one file.
pub fn node(file: &Path) -> anyhow::Result<Command> {
    node_for(file, LONGEST)
}

/// The same for a file whose tests take up to so many milliseconds.
pub fn node_for(file: &Path, most: u64) -> anyhow::Result<Command> {
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec", &format!("--test-timeout={most}")]).arg(file);
    command.env("NPM", tools::npm()?).env("GALLERY", gallery()?);
    Ok(command)
}
