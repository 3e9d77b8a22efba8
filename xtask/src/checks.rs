//! Formatting, links of texts, clippy, licences, and what must never be (docs/ARCHITECTURE.md).

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

use crate::docs;
use crate::kinds;
use crate::shell::{self, cargo, output, step};
use crate::tools;

/// Crates that a package must never reach.
const ABSENT: [(&str, &[&str]); 2] = [
    (
        "podskazka",
        &[
            "tokio",
            "wasm-bindgen",
            "web-sys",
            "js-sys",
            "chrono",
            "time",
            "getrandom",
            "rand",
            "fastrand",
            "regex",
            "regex-lite",
            "unicode-normalization",
            "serde_json",
            "podskazka-server",
        ],
    ),
    ("podskazka-server", &["web-sys", "yew", "podskazka-fields", "podskazka-panel", "podskazka-check"]),
];

/// The same for every crate below `widget/`: too heavy for a page. Yew brings serde_json to the panel through gloo;
/// `build` checks that the linker dropped it.
const ABSENT_FROM_PAGE: [&str; 6] =
    ["regex", "regex-lite", "unicode-normalization", "tokio", "chrono", "podskazka-server"];
const PAGE_ALSO: [(&str, &[&str]); 1] = [("podskazka-fields", &["serde_json", "yew"])];

/// What must not stand in the source of anything a page loads.
const FORBIDDEN: [&str; 14] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "document.write",
    "eval(",
    "new Function",
    "javascript:",
    "document.cookie",
    " style=\"",
    " style={",
    "setAttribute(\"style\"",
    "set_attribute(\"style\"",
    "setAttribute('style'",
];

/// Folders of what a page loads.
const PAGE: [&str; 3] = ["www", "widget", "pkg-templates"];

/// Elements that load something, and the attribute that names it: never from another origin, never in place.
const LOADS: [(&str, &str); 5] = [
    ("<script", " src=\""),
    ("<link", " href=\""),
    ("<img", " src=\""),
    ("<iframe", " src=\""),
    ("<source", " src=\""),
];

/// Texts for people keep this tone: what is wrong and what to do.
const TONE: [&str; 5] = ["некорректн", "неверн", "недопустим", "пожалуйста", "извините"];

/// All checks; how many there were.
pub fn run() -> anyhow::Result<usize> {
    let deny = tools::cargo_deny()?;
    let checks: [(&str, &dyn Fn() -> anyhow::Result<()>); 11] = [
        ("formatting", &|| shell::run(&mut cargo(&["fmt", "--all", "--check"]))),
        ("links of the repository's texts", &|| {
            shell::run(Command::new("node").args(["--test", "--test-reporter=spec", "tests/docs/written.mjs"]))
        }),
        ("clippy", &|| {
            shell::run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
        }),
        ("clippy of the page's crates in wasm", &clippy_of_the_page),
        ("types of a page's scripts", &docs::scripts),
        ("licences, bans and sources", &|| {
            let args = ["--log-level", "error", "check", "bans", "licenses", "sources"];
            shell::run(Command::new(&deny).args(args))
        }),
        ("fuzz targets, a workspace of its own", &|| {
            let place = ["--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target", "--features", "server"];
            let mut command = cargo(&["check", "--quiet", "--locked"]);
            shell::fetch(command.args(place), "what the fuzz targets are built from", "crates.io")
        }),
        ("absent crates", &absent_crates),
        ("absent texts", &absent_texts),
        ("tables made from the source", &kinds::check),
        ("no path of a machine in the repository", &no_machine_path),
    ];
    for (name, check) in &checks {
        step(name, check)?;
    }
    Ok(checks.len())
}

/// Packages below `widget/`, named after their folders.
fn page_packages() -> anyhow::Result<Vec<String>> {
    let mut packages = Vec::new();
    for entry in fs::read_dir("widget")? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").exists() {
            packages.push(format!("podskazka-{}", entry.file_name().to_string_lossy()));
        }
    }
    packages.sort();
    Ok(packages)
}

/// Natively most of these crates are empty: their code is for wasm alone.
fn clippy_of_the_page() -> anyhow::Result<()> {
    let mut command = cargo(&["clippy", "--quiet", "--target", "wasm32-unknown-unknown"]);
    for package in page_packages()? {
        command.args(["-p", &package]);
    }
    // The sentences of the package for Node.js, beside what a page loads.
    shell::run(command.args(["--features", "podskazka-check/words", "--", "-D", "warnings"]))
}

fn absent_crates() -> anyhow::Result<()> {
    for (package, crates) in ABSENT.iter().chain(&PAGE_ALSO) {
        absent_from(package, crates)?;
    }
    for package in page_packages()? {
        absent_from(&package, &ABSENT_FROM_PAGE)?;
    }
    Ok(())
}

fn absent_from(package: &str, crates: &[&str]) -> anyhow::Result<()> {
    let mut args = vec!["tree", "-p", package, "-e", "normal", "--prefix", "none"];
    // The server is built for this machine; a crate of its own may name what it would need on a page.
    if package != "podskazka-server" {
        args.extend(["--target", "wasm32-unknown-unknown"]);
    }
    let tree = output("cargo", &args).with_context(|| format!("cargo tree of {package} failed"))?;
    match crates.iter().find(|name| tree.lines().any(|line| line.split(' ').next() == Some(*name))) {
        Some(name) => bail!("{package} must not depend on {name}: see `cargo tree -p {package} -i {name}`"),
        None => Ok(()),
    }
}

fn absent_texts() -> anyhow::Result<()> {
    for path in tracked()? {
        if !PAGE.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !["rs", "ts", "tsx", "js", "mjs", "html", "vue", "css", "svg", "md"].contains(&kind) {
            continue;
        }
        let text = fs::read_to_string(&path)?;
        // A test may name what it looks for.
        let shipped = if kind == "rs" { text.split("#[cfg(test)]").next().unwrap_or_default() } else { &text };
        if let Some(fault) = fault_of(kind, shipped) {
            bail!("{}: {fault}", path.display());
        }
    }
    Ok(())
}

/// Why a file of this kind must not be on a page.
fn fault_of(kind: &str, text: &str) -> Option<String> {
    if kind == "md" || kind == "html" {
        let small = text.to_lowercase();
        if let Some(word) = TONE.iter().find(|word| small.contains(**word)) {
            return Some(format!("«{word}…»: say what is wrong and what to do"));
        }
    }
    if kind == "md" {
        return None;
    }
    if let Some(word) = FORBIDDEN.iter().find(|word| text.contains(**word)) {
        return Some(format!("`{word}` is forbidden on a page"));
    }
    if kind == "css" && (text.contains("@import") || text.contains("url(http") || text.contains("url(//")) {
        return Some("styles must not load from elsewhere".into());
    }
    if kind == "html" { fault_of_html(text) } else { None }
}

fn fault_of_html(text: &str) -> Option<String> {
    for (element, attribute) in LOADS {
        for tag in text.split(element).skip(1).filter_map(|rest| rest.split('>').next()) {
            let Some(address) = tag.split(attribute).nth(1).and_then(|rest| rest.split('"').next()) else {
                if element == "<script" {
                    return Some("an inline script: policies of portals block it".into());
                }
                continue;
            };
            if address.contains("//") || address.starts_with("data:") {
                return Some(format!("{element} loads {address}: only our own origin is allowed"));
            }
        }
    }
    let handler = text.split_whitespace().find(|word| {
        let name = word.split('=').next().unwrap_or_default();
        word.contains("=\"") && name.len() > 4 && name.starts_with("on") && name.chars().all(|c| c.is_ascii_lowercase())
    });
    handler.map(|word| format!("`{word}`: an inline handler is an inline script"))
}

/// Folders of a developer's or a build machine, written so that this line does not find itself.
const MACHINE: [&str; 5] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Use", "rs/"), concat!("/wo", "rk/"), concat!("C:", "\\")];

fn no_machine_path() -> anyhow::Result<()> {
    for path in tracked()? {
        // Pictures and the like have no lines to read.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            if !line.contains("://")
                && let Some(folder) = MACHINE.iter().find(|folder| line.contains(**folder))
            {
                bail!("{}:{}: a path of one machine ({folder})", path.display(), number + 1);
            }
        }
    }
    Ok(())
}

/// Files that git tracks or would track.
fn tracked() -> anyhow::Result<Vec<PathBuf>> {
    let args = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let list = output("git", &args).context("`git ls-files` failed: are you in a clone?")?;
    Ok(list.lines().map(PathBuf::from).filter(|path| path.is_file()).collect())
}

/// Texts that must not stand in the built files. The builder's folders get in through the messages of panics.
const FORBIDDEN_BUILT: [&str; 6] = ["new Function", "eval(", "document.cookie", MACHINE[0], MACHINE[1], MACHINE[2]];

/// The same for what `cargo xtask build` has made.
pub fn built() -> anyhow::Result<()> {
    let mut folders = vec![PathBuf::from(crate::build::DIST)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path)?;
            for word in FORBIDDEN_BUILT {
                if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                    bail!("{}: `{word}` is forbidden in a built file", path.display());
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{fault_of, page_packages};

    #[track_caller]
    fn check(kind: &str, text: &str, fault: Option<&str>) {
        match (fault_of(kind, text), fault) {
            (Some(found), Some(word)) => assert!(found.contains(word), "{found}"),
            (found, None) => assert_eq!(found, None),
            (None, Some(word)) => panic!("`{text}` passes; expected: {word}"),
        }
    }

    #[test]
    fn refuses_what_a_policy_blocks() {
        check("ts", "node.innerHTML = text", Some("innerHTML"));
        check("html", r#"<p style="color:red">"#, Some("style"));
        check("html", "<script>run()</script>", Some("inline script"));
        check("html", r#"<button onclick="run()">"#, Some("inline handler"));
        check("html", r#"<script src="https://cdn.example/a.js"></script>"#, Some("own origin"));
        check("html", r#"<img src="//cdn.example/a.png">"#, Some("own origin"));
        check("css", "@import 'a.css';", Some("elsewhere"));
        check("md", "Неверный номер", Some("неверн"));
    }

    #[test]
    fn lets_the_rest_pass() {
        check("html", r#"<script async type="module" src="/podskazka/podskazka.js"></script>"#, None);
        check("html", r#"<a href="https://www.nalog.gov.ru">ФНС</a> <input data-on="1">"#, None);
        check("ts", "node.textContent = text", None);
        check("md", "Сверьте номер с документом", None);
    }

    #[test]
    fn knows_the_crates_of_the_page() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).ok();
        assert!(page_packages().is_ok_and(|all| all.contains(&"podskazka-fields".to_owned())));
    }
}
