//! What is inside the package, `THIRD-PARTY-LICENSES.txt` and a CycloneDX list, and inside the server, a list of the same
//! kind: all from Cargo's own data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::build;
use crate::shell::output;

const TARGET: &str = "wasm32-unknown-unknown";

const STD: &str = "rust-std";
/// The licence of our own crates.
const OURS: &str = "MIT OR Apache-2.0";
/// Of the standard library with the routines that the compiler calls: those come from LLVM and musl, whose notices travel along.
const STD_LICENCE: &str = "(MIT OR Apache-2.0) AND MIT AND Apache-2.0 WITH LLVM-exception";
/// Their texts, in the folder of the standard library's sources.
const STD_TEXTS: [&str; 2] = ["compiler-builtins/LICENSE.txt", "compiler-builtins/libm/LICENSE.txt"];
const BY_APACHE: &str = "It ships no licence file; it is used under Apache-2.0: LICENSE-APACHE of this package.\n";

/// What goes out, and our crates that it is compiled from.
struct Artefact {
    name: &'static str,
    kind: &'static str,
    crates: Vec<String>,
    target: String,
    purl: String,
}

impl Artefact {
    fn page(version: &str) -> Artefact {
        let crates = build::MODULES.iter().map(|module| format!("podskazka-{module}")).collect();
        let purl = format!("pkg:npm/podskazka@{version}");
        Artefact { name: "podskazka", kind: "library", crates, target: TARGET.to_owned(), purl }
    }

    /// For the machine that builds it: others bring a few other crates of the system.
    fn server(version: &str) -> anyhow::Result<Artefact> {
        let said = output("rustc", &["-vV"]).context("rustc is missing: install Rust from https://rustup.rs")?;
        let target =
            said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?.to_owned();
        let name = "podskazka-server";
        let purl = cargo_purl(name, version);
        Ok(Artefact { name, kind: "application", crates: vec![name.to_owned()], target, purl })
    }

    /// The list: components, and who needs whom.
    fn list(&self, version: &str, metadata: &Value, parts: &Parts) -> anyhow::Result<Value> {
        let (std, std_version) = (STD, compiler()?);
        let component = |((name, _), part): (&(String, String), &Part)| {
            let purl = cargo_purl(name, &part.version);
            let licence = json!([{ "expression": part.licence.replace('/', " OR ") }]);
            json!({ "type": "library", "bom-ref": purl, "name": name, "version": part.version, "licenses": licence, "purl": purl })
        };
        let mut components: Vec<Value> = parts.iter().map(component).collect();
        let purl = format!("pkg:github/rust-lang/rust@{std_version}");
        components.push(json!({ "type": "library", "bom-ref": purl, "name": std, "version": std_version,
            "licenses": [{ "expression": STD_LICENCE }], "purl": purl }));
        let own = json!({ "type": self.kind, "bom-ref": self.name, "name": self.name, "version": version,
            "licenses": [{ "expression": OURS }], "purl": self.purl });
        Ok(json!({ "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": { "component": own }, "components": components, "dependencies": self.graph(metadata, parts, &purl) }))
    }
}

type Parts = BTreeMap<(String, String), Part>;

struct Part {
    version: String,
    licence: String,
    folder: PathBuf,
}

/// Write both files for the crates that are compiled into the wasm modules.
pub fn write(package: &Path, version: &str) -> anyhow::Result<()> {
    let page = Artefact::page(version);
    let metadata = metadata(&page.target)?;
    let parts = page.parts(&metadata)?;
    let mut text = String::from("What is compiled into this package, and its licences.\n");
    for ((name, _), part) in &parts {
        write!(text, "\n{0}\n{name} {1}: {2}\n{0}\n", "=".repeat(80), part.version, part.licence)?;
        text += &licences(&part.folder, &part.licence).with_context(|| format!("licence of {name}"))?;
    }
    write!(text, "\n{0}\n{STD} {1}: {STD_LICENCE}\n{0}\n", "=".repeat(80), compiler()?)?;
    text += "The standard library of Rust with what it brings along (core, alloc, std, dlmalloc, compiler-builtins).\n";
    text += BY_APACHE;
    let root = output("rustc", &["--print", "sysroot"]).context("rustc names no folder")?;
    for name in STD_TEXTS {
        let path = Path::new(root.trim()).join("lib/rustlib/src/rust/library").join(name);
        let own = fs::read_to_string(&path)
            .with_context(|| format!("{}: run rustup component add rust-src", path.display()))?;
        write!(text, "\n{name}\n\n{own}")?;
    }
    fs::write(package.join("THIRD-PARTY-LICENSES.txt"), text)?;
    save(&package.join("sbom.cdx.json"), &page.list(version, &metadata, &parts)?)
}

/// Write the list of the server, to go out beside its program.
pub fn write_server(to: &Path, version: &str) -> anyhow::Result<()> {
    save(to, &server(version)?)
}

fn server(version: &str) -> anyhow::Result<Value> {
    let server = Artefact::server(version)?;
    let metadata = metadata(&server.target)?;
    server.list(version, &metadata, &server.parts(&metadata)?)
}

fn save(to: &Path, sbom: &Value) -> anyhow::Result<()> {
    Ok(fs::write(to, serde_json::to_string_pretty(sbom)? + "\n")?)
}

/// The version of the compiler, which brings the standard library.
fn compiler() -> anyhow::Result<String> {
    let said = output("rustc", &["--version"]).context("rustc is missing: install Rust from https://rustup.rs")?;
    Ok(said.split_whitespace().nth(1).context("rustc names no version")?.to_owned())
}

fn cargo_purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

fn metadata(target: &str) -> anyhow::Result<Value> {
    let args = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
    Ok(serde_json::from_str(&output("cargo", &args).context("cargo metadata failed")?)?)
}

/// Members of a list of the metadata.
fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

impl Artefact {
    /// Who needs whom. Our own crates are one component, the artefact: what they need it needs, and the standard library.
    fn graph(&self, metadata: &Value, parts: &Parts, std: &str) -> Vec<Value> {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (mut names, mut ours) = (BTreeMap::new(), BTreeSet::new());
        for package in list(metadata, "packages") {
            let (id, key) = (word(&package["id"]), (word(&package["name"]), word(&package["version"])));
            if parts.contains_key(&key) && !package["source"].is_null() {
                names.insert(id, cargo_purl(&key.0, &key.1));
            } else if self.crates.contains(&key.0) || key.0 == "podskazka" {
                ours.insert(id);
            }
        }
        let mut needs = BTreeMap::from([(self.name.to_owned(), BTreeSet::from([std.to_owned()]))]);
        for node in list(&metadata["resolve"], "nodes") {
            let id = word(&node["id"]);
            let of = if ours.contains(&id) { Some(self.name.to_owned()) } else { names.get(&id).cloned() };
            let Some(of) = of else { continue };
            let normal = list(node, "deps").filter(|dep| list(dep, "dep_kinds").any(|it| it["kind"].is_null()));
            needs.entry(of).or_default().extend(normal.filter_map(|dep| names.get(dep["pkg"].as_str()?).cloned()));
        }
        needs.into_iter().map(|(of, on)| json!({ "ref": of, "dependsOn": on })).collect()
    }

    /// Foreign crates by name and version.
    fn parts(&self, metadata: &Value) -> anyhow::Result<Parts> {
        let mut parts = BTreeMap::new();
        for package in &self.crates {
            let edges = ["-e", "normal,no-proc-macro", "--prefix", "none", "--target", &self.target, "-f", "{p}"];
            let tree = output("cargo", &[&["tree", "--locked", "-p", package], &edges[..]].concat())
                .context("cargo tree failed")?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_the_server_names_all_that_it_is_built_from_and_who_needs_it() {
        let sbom = server("1.2.3").expect("the list is made");
        whole(&sbom, "podskazka-server");
        let named = |name: &str| list(&sbom, "components").any(|it| it["name"] == name);
        for name in ["axum", "rustls", "libsqlite3-sys", "object_store", STD] {
            assert!(named(name), "{name}");
        }
        for name in ["podskazka", "podskazka-server", "yew", "wasm-bindgen", "tempfile"] {
            assert!(!named(name), "{name} is ours, of the page, or of the tests");
        }
        let own = &sbom["metadata"]["component"];
        assert_eq!((&own["name"], &own["version"]), (&json!("podskazka-server"), &json!("1.2.3")));
    }

    #[test]
    fn the_list_of_the_package_is_whole_too() {
        let page = Artefact::page("1.2.3");
        let metadata = metadata(&page.target).expect("Cargo tells");
        let parts = page.parts(&metadata).expect("Cargo tells");
        whole(&page.list("1.2.3", &metadata, &parts).expect("the list is made"), "podskazka");
    }

    /// Everything in it is needed by something, and may be used.
    #[track_caller]
    fn whole(sbom: &Value, own: &str) {
        let needs: BTreeMap<&str, Vec<&str>> = list(sbom, "dependencies")
            .filter_map(|it| Some((it["ref"].as_str()?, list(it, "dependsOn").filter_map(Value::as_str).collect())))
            .collect();
        let (mut reached, mut next) = (BTreeSet::new(), vec![own]);
        while let Some(one) = next.pop() {
            if reached.insert(one) {
                next.extend(needs.get(one).into_iter().flatten());
            }
        }
        let all = list(sbom, "components").filter_map(|it| it["bom-ref"].as_str()).chain([own]);
        assert_eq!(reached, all.collect());
        for part in list(sbom, "components") {
            let licence = part["licenses"][0]["expression"].as_str().unwrap_or_default();
            assert!(!licence.is_empty() && (!licence.contains("GPL") || licence.contains(" OR ")), "{part}");
        }
    }
}
