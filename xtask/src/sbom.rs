//! What is inside the package: `THIRD-PARTY-LICENSES.txt` and a CycloneDX list, both from Cargo's own data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::build;
use crate::shell::output;

const TARGET: &str = "wasm32-unknown-unknown";

const STD_LICENCE: &str = "MIT OR Apache-2.0";
const BY_APACHE: &str = "It ships no licence file; it is used under Apache-2.0: LICENSE-APACHE of this package.\n";

struct Part {
    version: String,
    licence: String,
    folder: PathBuf,
}

/// Write both files for the crates that are compiled into the wasm modules.
pub fn write(package: &Path, version: &str) -> anyhow::Result<()> {
    let metadata = metadata()?;
    let parts = parts(&metadata)?;
    let (std, std_version) = ("rust-std", compiler()?);
    let mut text = String::from("What is compiled into this package, and its licences.\n");
    for ((name, _), part) in &parts {
        write!(text, "\n{0}\n{name} {1}: {2}\n{0}\n", "=".repeat(80), part.version, part.licence)?;
        text += &licences(&part.folder, &part.licence).with_context(|| format!("licence of {name}"))?;
    }
    write!(text, "\n{0}\n{std} {std_version}: {STD_LICENCE}\n{0}\n", "=".repeat(80))?;
    text += "The standard library of Rust with what it brings along (core, alloc, std, compiler-builtins, dlmalloc).\n";
    text += BY_APACHE;
    fs::write(package.join("THIRD-PARTY-LICENSES.txt"), text)?;
    let mut components: Vec<Value> = parts
        .iter()
        .map(|((name, _), part)| {
            let purl = cargo_purl(name, &part.version);
            let licence = json!([{ "expression": part.licence.replace('/', " OR ") }]);
            json!({ "type": "library", "bom-ref": purl, "name": name, "version": part.version, "licenses": licence, "purl": purl })
        })
        .collect();
    let purl = format!("pkg:github/rust-lang/rust@{std_version}");
    components.push(json!({ "type": "library", "bom-ref": purl, "name": std, "version": std_version,
        "licenses": [{ "expression": STD_LICENCE }], "purl": purl }));
    let own = json!({ "type": "library", "bom-ref": "podskazka", "name": "podskazka", "version": version,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }], "purl": format!("pkg:npm/podskazka@{version}") });
    let sbom = json!({ "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": own }, "components": components, "dependencies": graph(&metadata, &parts, &purl) });
    Ok(fs::write(package.join("sbom.cdx.json"), serde_json::to_string_pretty(&sbom)? + "\n")?)
}

/// The version of the compiler, which brings the standard library.
fn compiler() -> anyhow::Result<String> {
    let said = output("rustc", &["--version"]).context("rustc is missing: install Rust from https://rustup.rs")?;
    Ok(said.split_whitespace().nth(1).context("rustc names no version")?.to_owned())
}

fn cargo_purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

fn metadata() -> anyhow::Result<Value> {
    let args = ["metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET];
    Ok(serde_json::from_str(&output("cargo", &args).context("cargo metadata failed")?)?)
}

/// Members of a list of the metadata.
fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

/// Who needs whom. Our own crates are one component, the package: what they need it needs, and the standard library.
fn graph(metadata: &Value, parts: &BTreeMap<(String, String), Part>, std: &str) -> Vec<Value> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (mut names, mut ours) = (BTreeMap::new(), BTreeSet::new());
    for package in list(metadata, "packages") {
        let (id, key) = (word(&package["id"]), (word(&package["name"]), word(&package["version"])));
        if parts.contains_key(&key) && !package["source"].is_null() {
            names.insert(id, cargo_purl(&key.0, &key.1));
        } else if build::MODULES.iter().any(|module| key.0 == format!("podskazka-{module}")) || key.0 == "podskazka" {
            ours.insert(id);
        }
    }
    let mut needs = BTreeMap::from([("podskazka".to_owned(), BTreeSet::from([std.to_owned()]))]);
    for node in list(&metadata["resolve"], "nodes") {
        let id = word(&node["id"]);
        let of = if ours.contains(&id) { Some("podskazka".to_owned()) } else { names.get(&id).cloned() };
        let Some(of) = of else { continue };
        let normal = list(node, "deps").filter(|dep| list(dep, "dep_kinds").any(|it| it["kind"].is_null()));
        needs.entry(of).or_default().extend(normal.filter_map(|dep| names.get(dep["pkg"].as_str()?).cloned()));
    }
    needs.into_iter().map(|(of, on)| json!({ "ref": of, "dependsOn": on })).collect()
}

/// Foreign crates by name and version.
fn parts(metadata: &Value) -> anyhow::Result<BTreeMap<(String, String), Part>> {
    let mut parts = BTreeMap::new();
    for module in build::MODULES {
        let package = format!("podskazka-{module}");
        let args =
            ["tree", "-p", &package, "-e", "normal,no-proc-macro", "--prefix", "none", "--target", TARGET, "-f", "{p}"];
        let tree = output("cargo", &args).context("cargo tree failed")?;
        for line in tree.lines() {
            let mut words = line.split_whitespace();
            let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
            let version = version.trim_start_matches('v');
            let mut found = list(metadata, "packages").filter(|it| it["name"] == name && it["version"] == version);
            let found = found.find(|it| !it["source"].is_null());
            // Our own crates have no source.
            let Some(found) = found else { continue };
            let text = |key: &str| found[key].as_str().map(str::to_owned);
            let licence = text("license").with_context(|| format!("{name}: Cargo.toml names no licence"))?;
            let folder = text("manifest_path").map(PathBuf::from).and_then(|it| it.parent().map(Path::to_path_buf));
            let part = Part { version: version.to_owned(), licence, folder: folder.context("no manifest")? };
            parts.insert((name.to_owned(), version.to_owned()), part);
        }
    }
    Ok(parts)
}

/// The licence files that a crate ships.
fn licences(folder: &Path, licence: &str) -> anyhow::Result<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|it| {
        let name = it.file_name().map(|it| it.to_string_lossy().to_uppercase()).unwrap_or_default();
        it.is_file() && ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE"].iter().any(|x| name.starts_with(x))
    });
    files.sort();
    if files.is_empty() && licence.contains("Apache-2.0") {
        return Ok(BY_APACHE.to_owned());
    } else if files.is_empty() {
        bail!("no licence file in {}", folder.display());
    }
    let texts = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(texts.join("\n"))
}
