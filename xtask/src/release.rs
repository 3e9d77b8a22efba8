//! What must hold before a version goes out: notes for its reader, one version everywhere, nothing stale, sizes in budget.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::shell::{cargo, output, run, step};
use crate::{build, integrity, kinds, pkg, size};

/// Heading of the notes that the next version takes.
const NEXT: &str = "## Unreleased";

/// What a note has for a reader who may have to act.
const ADVICE: &str = "What to do:";

/// First words of notes that change nothing for a page or a server.
const ASIDE: [&str; 3] = ["Tests", "Documentation", "Build"];

/// Everything but the publishing. `built` takes `dist/` and `target/pkg/` as they stand.
pub fn dry_run(built: bool) -> anyhow::Result<()> {
    let root = Path::new(".");
    // What is found in a second stands before what takes minutes.
    let mut stops = changelog(&fs::read_to_string("CHANGELOG.md")?, env!("CARGO_PKG_VERSION"));
    stops.extend(sources(root)?);
    stops
        .extend(clean(&output("git", &["status", "--porcelain"]).context("`git status` failed: are you in a clone?")?));
    let tag = format!("v{}", env!("CARGO_PKG_VERSION"));
    stops.extend(untagged(&output("git", &["tag", "--list"]).unwrap_or_default(), &tag));
    stops.extend(kinds::check().err().map(|error| error.to_string()));
    stop(&stops)?;
    let openapi = ["test", "--quiet", "-p", "podskazka-server", "--test", "it", "openapi"];
    step("is docs/openapi.json the server's?", || run(&mut cargo(&openapi)))?;
    if !built {
        pkg::run_all(true)?;
    }
    let folder = root.join("target/pkg/podskazka");
    let mut stops = package(&folder, env!("CARGO_PKG_VERSION"))?;
    stops.extend(integrity::flaws(&folder)?);
    if built {
        let fresh = step("does the package come from the build?", pkg::again)?;
        stops.extend(integrity::stale(&folder, &fresh, pkg::BUILT)?);
        fs::remove_dir_all(fresh)?;
    }
    stops.extend(listed(&root.join("target/pkg").join(pkg::SERVER_SBOM)));
    let archive = root.join("target/pkg").join(format!("podskazka-{}.tgz", env!("CARGO_PKG_VERSION")));
    stops.extend(integrity::packed(&folder, &archive)?);
    stops.extend(size::over(&Path::new(build::DIST).join("podskazka"))?);
    stop(&stops)?;
    println!("\nNothing stops {tag}. What is left to do by hand:");
    println!(
        "1. CHANGELOG.md: «{NEXT}» becomes «## {}», with a new empty «{NEXT}» above; commit.",
        env!("CARGO_PKG_VERSION")
    );
    println!("2. git tag {tag} && git push origin {tag}");
    println!("3. npm publish target/pkg/podskazka-{}.tgz", env!("CARGO_PKG_VERSION"));
    println!("4. target/pkg/{} goes out beside the server's program", pkg::SERVER_SBOM);
    Ok(())
}

fn stop(stops: &[String]) -> anyhow::Result<()> {
    if stops.is_empty() {
        return Ok(());
    }
    bail!("the release stops:\n- {}", stops.join("\n- "))
}

/// The notes: something under the heading of the next version, each of it whole, and the version not taken yet.
fn changelog(text: &str, version: &str) -> Vec<String> {
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    let mut stops = Vec::new();
    if headings.iter().any(|line| line.split([' ', '(']).any(|word| word == version)) {
        stops.push(format!("CHANGELOG.md has a section {version} already: raise the version in Cargo.toml"));
    }
    if headings.first() != Some(&NEXT) {
        stops.push(format!("CHANGELOG.md does not begin with «{NEXT}»: write there what changes for the reader"));
        return stops;
    }
    let body = text.lines().skip_while(|line| *line != NEXT).skip(1).take_while(|line| !line.starts_with("## "));
    let notes: Vec<&str> = body.filter(|line| line.starts_with("- ")).collect();
    if notes.is_empty() {
        stops
            .push(format!("CHANGELOG.md has nothing under «{NEXT}»: write what changes for the reader and what to do"));
    }
    for note in notes.iter().filter(|note| note.trim_end().len() < 20 || note.contains("TODO")) {
        stops.push(format!("CHANGELOG.md: «{note}» is no note for a reader"));
    }
    stops.extend(notes.iter().filter_map(|note| unadvised(note)));
    stops
}

/// A note that changes behaviour and does not say what to do.
fn unadvised(note: &str) -> Option<String> {
    let text = note.trim_start_matches("- ");
    let first = text.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    let starts: String = text.chars().take(60).collect();
    match text.split_once(ADVICE) {
        Some((_, rest)) => {
            (rest.trim().len() < 5).then(|| format!("CHANGELOG.md: nothing stands behind «{ADVICE}» of «{starts}…»"))
        }
        None if ASIDE.contains(&first) => None,
        None => Some(format!(
            "CHANGELOG.md: «{starts}…» does not end with «{ADVICE} …»: write it, be it «nothing», or begin the note with {}",
            ASIDE.join(", ")
        )),
    }
}

/// The sources name one version: the workspace, the lock file and the template of the package.
fn sources(root: &Path) -> anyhow::Result<Vec<String>> {
    let read = |name: &str| fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"));
    let manifest = read("Cargo.toml")?;
    let section = manifest.split("[workspace.package]").nth(1).unwrap_or_default();
    let version =
        section.lines().find_map(|line| line.strip_prefix("version = ")).unwrap_or_default().trim_matches('"');
    let mut stops = Vec::new();
    if version.split('.').filter_map(|part| part.parse::<u32>().ok()).count() != 3 {
        stops.push(format!("Cargo.toml: «{version}» is no version such as 1.2.3"));
    }
    let lock = read("Cargo.lock")?;
    let locked = lock.split("[[package]]").find(|entry| entry.contains("\nname = \"podskazka\"\n")).unwrap_or_default();
    if !locked.contains(&format!("version = \"{version}\"")) {
        stops.push(format!(
            "Cargo.lock has another version than Cargo.toml ({version}): run `cargo check` and commit it"
        ));
    }
    let template: Value = serde_json::from_str(&read("pkg-templates/package.json")?)?;
    if text(&template, "version") != "0.0.0" {
        stops.push(
            "pkg-templates/package.json: leave the version at 0.0.0, the build puts the workspace's there".into(),
        );
    }
    Ok(stops)
}

/// Nothing that is not committed goes out.
fn clean(status: &str) -> Option<String> {
    let first = status.lines().next()?;
    Some(format!("{} files are not committed, the first: {}", status.lines().count(), first.trim()))
}

fn untagged(tags: &str, tag: &str) -> Option<String> {
    tags.lines().any(|line| line == tag).then(|| format!("the tag {tag} exists: raise the version in Cargo.toml"))
}

/// The packed package is of this version, and its types hold the kinds and codes of today's core.
fn package(folder: &Path, version: &str) -> anyhow::Result<Vec<String>> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("{}: run `cargo xtask pkg` first", path.display()))
    };
    let json = |name: &str| Ok::<Value, anyhow::Error>(serde_json::from_str(&read(name)?)?);
    let mut stops = Vec::new();
    for name in ["package.json", "integrity.json"] {
        let file = json(name)?;
        let found = text(&file, "version");
        if found != version {
            stops.push(format!(
                "{name} of the package has version {found}, the workspace {version}: run `cargo xtask pkg`"
            ));
        }
    }
    let integrity = json("integrity.json")?;
    let listed = text(&integrity, "folder");
    if listed.is_empty() || !folder.join(listed).is_dir() {
        stops.push(format!(
            "integrity.json names the folder «{listed}», which is not in the package: run `cargo xtask pkg`"
        ));
    } else {
        stops.extend(size::loader(&folder.join(listed).join("podskazka.js"))?);
    }
    if read("core.d.ts")? != pkg::core_types()? {
        stops.push("core.d.ts of the package is stale: run `cargo xtask pkg`".into());
    }
    for entry in fs::read_dir("pkg-templates")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".d.ts") && read(&name)? != fs::read_to_string(entry.path())? {
            stops.push(format!("{name} of the package is stale: run `cargo xtask pkg`"));
        }
    }
    Ok(stops)
}

/// The list of what the server is built from is there, and of this version.
fn listed(path: &Path) -> Option<String> {
    let list: Option<Value> = fs::read_to_string(path).ok().and_then(|it| serde_json::from_str(&it).ok());
    let named = list.as_ref().and_then(|it| it.pointer("/metadata/component")).map_or("", |it| text(it, "version"));
    (named != env!("CARGO_PKG_VERSION")).then(|| {
        format!(
            "{} has version «{named}», the workspace {}: run `cargo xtask pkg`",
            path.display(),
            env!("CARGO_PKG_VERSION")
        )
    })
}

/// A member that is a text; empty where it is none.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
