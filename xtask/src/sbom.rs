//! What is inside the package, `THIRD-PARTY-LICENSES.txt` and a CycloneDX list, and inside the server, a list of the same
//! kind: all from Cargo's own data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

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
            json!({ "type": "library", "bom-ref": purl, "name": name, "version": part.version, "licenses": licence, "purl": purl,
                "hashes": [{ "alg": "SHA-256", "content": part.checksum }] })
        };
        let mut components: Vec<Value> = parts.iter().map(component).collect();
        let purl = format!("pkg:github/rust-lang/rust@{std_version}");
        components.push(json!({ "type": "library", "bom-ref": purl, "name": std, "version": std_version,
            "licenses": [{ "expression": STD_LICENCE }], "purl": purl }));
        let own = json!({ "type": self.kind, "bom-ref": self.name, "name": self.name, "version": version,
            "licenses": [{ "expression": OURS }], "purl": self.purl });
        Ok(named(json!({ "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": { "component": own }, "components": components, "dependencies": self.graph(metadata, parts, &purl) })))
    }
}

/// The list with a number of its own, made of all that it says: the same list has the same one, whoever makes it.
fn named(mut list: Value) -> Value {
    let digest = Sha256::digest(list.to_string().as_bytes());
    let number = digest.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    // RFC 9562, version 8: what the other bits mean is ours to say.
    let number = number & !(0xf << 76) | 0x8 << 76;
    let number = number & !(0b11 << 62) | 0b10 << 62;
    let hex = format!("{number:032x}");
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    if let Some(members) = list.as_object_mut() {
        members.insert("serialNumber".to_owned(), json!(format!("urn:uuid:{}", parts.join("-"))));
    }
    list
}

/// Digests of the archives of crates, as the registry has them, by name and version: `Cargo.lock`.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        line.map(|it| it.trim_matches('"').to_owned())
    };
    let blocks = lock.split("[[package]]").skip(1);
    blocks.filter_map(|it| Some(((value(it, "name")?, value(it, "version")?), value(it, "checksum")?))).collect()
}

type Parts = BTreeMap<(String, String), Part>;

struct Part {
    version: String,
    licence: String,
    folder: PathBuf,
    /// SHA-256 of its archive.
    checksum: String,
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
        let root = metadata["workspace_root"].as_str().context("Cargo names no folder")?;
        let checksums = checksums(&fs::read_to_string(Path::new(root).join("Cargo.lock"))?);
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
                let key = (name.to_owned(), version.to_owned());
                let checksum = checksums.get(&key).with_context(|| format!("Cargo.lock has no checksum of {name}"))?;
                let (folder, checksum) = (folder.context("no manifest")?, checksum.clone());
                parts.insert(key, Part { version: version.to_owned(), licence, folder, checksum });
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

    #[test]
    fn a_list_has_a_number_of_its_own_that_follows_from_what_it_says() {
        let number = |list: Value| named(list)["serialNumber"].as_str().map(str::to_owned).expect("a number");
        let one = number(json!({ "components": ["a"] }));
        assert!(one.get(23..24) == Some("8") && one.get(28..29).is_some_and(|it| "89ab".contains(it)), "{one}");
        assert_eq!(one, number(json!({ "components": ["a"] })));
        assert_ne!(one, number(json!({ "components": ["b"] })));
    }

    #[test]
    fn digests_of_crates_are_read_by_name_and_version() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n";
        let found = checksums(lock);
        assert_eq!(found.get(&("a".to_owned(), "1.0.0".to_owned())).map(String::as_str), Some("ab"));
        assert_eq!(found.len(), 1, "a crate of ours has no archive");
    }

    /// Everything in it is needed by something, may be used, and can be told from another; so can the list.
    #[track_caller]
    fn whole(sbom: &Value, own: &str) {
        let serial = sbom["serialNumber"].as_str().and_then(|it| it.strip_prefix("urn:uuid:")).unwrap_or_default();
        let lengths: Vec<usize> = serial.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{serial}");
        assert!(serial.chars().all(|it| it == '-' || matches!(it, '0'..='9' | 'a'..='f')), "{serial}");
        for part in list(sbom, "components").filter(|it| it["name"] != STD) {
            let hash = &part["hashes"][0];
            let content = hash["content"].as_str().unwrap_or_default();
            let hexadecimal = content.chars().all(|it| it.is_ascii_hexdigit());
            assert!(hash["alg"] == "SHA-256" && content.len() == 64 && hexadecimal, "{part}");
        }
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
