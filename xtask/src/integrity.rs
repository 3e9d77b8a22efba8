//! `integrity.json`: the sha384 of every file of the package. `files` are those of the script tag, inside `folder`; `package` all others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::shell::output;

const FILE: &str = "integrity.json";

/// Subresource integrity of some bytes.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Gives each script and style sheet of a page of ours the digest of its file, and the page its own in `digests`: a browser holds
/// what a document loads to a digest, but not the document.
pub fn guard(root: &Path, page: &str, digests: &mut BTreeMap<String, String>) -> anyhow::Result<()> {
    let path = root.join(page);
    let mut text = fs::read_to_string(&path)?;
    for (name, digest) in digests.iter() {
        for named in [format!("src=\"{name}\""), format!("href=\"{name}\"")] {
            text = text.replace(&named, &format!("{named} integrity=\"{digest}\""));
        }
    }
    if let Some(bare) = text.lines().find(|line| {
        (line.contains("<script") || line.contains("rel=\"stylesheet\"")) && !line.contains("integrity=\"sha384-")
    }) {
        bail!("{page} loads a file without a digest: {}", bare.trim());
    }
    fs::write(&path, &text)?;
    digests.insert(page.to_owned(), digest(text.as_bytes()));
    Ok(())
}

/// The digests of the files of the script tag.
pub fn write(package: &Path, version: &str, folder: &str, files: &BTreeMap<String, String>) -> anyhow::Result<()> {
    save(package, &json!({ "version": version, "folder": folder, "files": files }))
}

/// Those of everything else in the package, once it is whole.
pub fn complete(package: &Path) -> anyhow::Result<()> {
    let mut table = read(package)?;
    let folder = folder(&table);
    let mut others = BTreeMap::new();
    for name in names(package)?.into_iter().filter(|name| !name.starts_with(&folder) && name != FILE) {
        others.insert(name.clone(), digest(&fs::read(package.join(&name))?));
    }
    table.as_object_mut().context("integrity.json is no object")?.insert("package".to_owned(), json!(others));
    save(package, &table)
}

/// Files whose digest in one package is another than in the package that the same sources give, or that only one of them has.
/// Nothing under `left` is looked at.
pub fn stale(package: &Path, fresh: &Path, left: &str) -> anyhow::Result<Vec<String>> {
    let (old, new) = (digests(&read(package)?), digests(&read(fresh)?));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).filter(|name| !name.starts_with(left)).collect();
    let told = |name: &&String| match (old.get(*name), new.get(*name)) {
        (Some(one), Some(other)) if one == other => None,
        (Some(_), None) => Some(format!("{name} of the package comes from no source of today: run `cargo xtask pkg`")),
        (None, _) => Some(format!("{name} is not in the package: run `cargo xtask pkg`")),
        _ => Some(format!("{name} of the package is stale: run `cargo xtask pkg`")),
    };
    Ok(names.iter().filter_map(told).collect())
}

/// All digests of a table by the name of the file, the folder of the script tag left out: it has another name with each byte.
fn digests(table: &Value) -> BTreeMap<String, String> {
    let of = |key: &str| table.get(key).and_then(Value::as_object).into_iter().flatten();
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let tag = of("files").map(|(name, it)| (format!("dist/{name}"), text(it)));
    tag.chain(of("package").map(|(name, it)| (name.clone(), text(it)))).collect()
}

/// What is wrong with the table: files without a digest, digests without a file, digests of other bytes.
pub fn flaws(package: &Path) -> anyhow::Result<Vec<String>> {
    let table = read(package)?;
    let folder = folder(&table);
    let of = |key: &str, prefix: &str| -> Vec<(String, String)> {
        let listed = table.get(key).and_then(Value::as_object).into_iter().flatten();
        listed.map(|(name, it)| (format!("{prefix}{name}"), it.as_str().unwrap_or_default().to_owned())).collect()
    };
    let listed: BTreeMap<String, String> = of("files", &folder).into_iter().chain(of("package", "")).collect();
    let mut flaws = Vec::new();
    for name in names(package)?.iter().filter(|name| *name != FILE && !listed.contains_key(*name)) {
        flaws.push(format!("{FILE} has no digest of {name}"));
    }
    for (name, known) in &listed {
        match fs::read(package.join(name)) {
            Ok(bytes) if digest(&bytes) == *known => {}
            Ok(_) => flaws.push(format!("{FILE} has another digest of {name} than the file")),
            Err(_) => flaws.push(format!("{FILE} names {name}, which is not in the package")),
        }
    }
    Ok(flaws)
}

/// The archive that is published holds the same table.
pub fn packed(package: &Path, archive: &Path) -> anyhow::Result<Option<String>> {
    let inside = output("tar", &["-xOf", &archive.to_string_lossy(), &format!("package/{FILE}")]);
    let same = inside == Some(fs::read_to_string(package.join(FILE))?);
    Ok((!same).then(|| format!("{} has not the {FILE} of the package", archive.display())))
}

fn save(package: &Path, table: &Value) -> anyhow::Result<()> {
    Ok(fs::write(package.join(FILE), serde_json::to_string_pretty(table)? + "\n")?)
}

fn read(package: &Path) -> anyhow::Result<Value> {
    let path = package.join(FILE);
    let text = fs::read_to_string(&path).with_context(|| format!("{}: run `cargo xtask pkg` first", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// The folder of the script tag, with the slash that ends it.
fn folder(table: &Value) -> String {
    format!("{}/", table.get("folder").and_then(Value::as_str).unwrap_or_default())
}

/// Every file below a folder; names with `/` between folders.
pub fn names(root: &Path) -> anyhow::Result<Vec<String>> {
    let (mut names, mut folders) = (Vec::new(), vec![String::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(name + "/");
            } else {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn package(name: &str) -> std::path::PathBuf {
        let root = std::env::temp_dir().join(format!("podskazka-integrity-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (file, text) in [("package/dist/1-a/js/panel.js", "a"), ("package/index.js", "b")] {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        let package = root.join("package");
        let files = BTreeMap::from([("js/panel.js".to_owned(), digest(b"a"))]);
        write(&package, "1", "dist/1-a", &files).expect("the table can be written");
        package
    }

    #[test]
    fn every_file_of_the_package_has_its_digest() {
        let package = package("whole");
        assert_eq!(flaws(&package).expect("a table"), ["integrity.json has no digest of index.js"]);
        complete(&package).expect("the table can be completed");
        assert_eq!(flaws(&package).expect("a table"), Vec::<String>::new());
        fs::write(package.join("index.js"), "c").expect("a file can be written");
        fs::remove_file(package.join("dist/1-a/js/panel.js")).expect("a file can be removed");
        fs::write(package.join("new.js"), "d").expect("a file can be written");
        let found = flaws(&package).expect("a table");
        let words = ["no digest of new.js", "names dist/1-a/js/panel.js", "another digest of index.js"];
        assert!(found.len() == 3 && words.iter().all(|word| found.iter().any(|it| it.contains(word))), "{found:?}");
    }

    #[test]
    fn a_file_that_the_sources_of_today_give_otherwise_is_named() {
        let (old, new) = (package("old"), package("new"));
        let put = |package: &Path, name: &str, text: &str| {
            fs::create_dir_all(package.join("node")).expect("a folder can be made");
            fs::write(package.join(name), text).expect("a file can be written");
        };
        for package in [&old, &new] {
            complete(package).expect("the table can be completed");
        }
        assert_eq!(stale(&old, &new, "node/").expect("two tables"), Vec::<String>::new());
        put(&new, "index.js", "c");
        put(&new, "vue.js", "d");
        put(&old, "gone.js", "e");
        put(&old, "node/check.js", "f");
        for package in [&old, &new] {
            complete(package).expect("the table can be completed");
        }
        let files = BTreeMap::from([("js/panel.js".to_owned(), digest(b"g"))]);
        let mut table = read(&new).expect("a table");
        table["files"] = json!(files);
        table["folder"] = json!("dist/1-b");
        save(&new, &table).expect("the table can be written");
        let found = stale(&old, &new, "node/").expect("two tables");
        let words = [
            "dist/js/panel.js of the package is stale",
            "gone.js of the package comes",
            "index.js of",
            "vue.js is not",
        ];
        assert!(found.len() == 4 && found.iter().zip(words).all(|(it, word)| it.starts_with(word)), "{found:?}");
        assert_eq!(stale(&old, &new, "docs/").expect("two tables").len(), 5, "node/check.js is in one of them alone");
    }

    #[test]
    fn a_page_of_ours_names_the_digests_of_what_it_loads() {
        let package = package("page");
        let page = |text: &str| fs::write(package.join("page.html"), text).expect("a file can be written");
        let mut digests = BTreeMap::from([("a.js".to_owned(), digest(b"a")), ("a.css".to_owned(), digest(b"b"))]);
        page("<link rel=\"stylesheet\" href=\"a.css\">\n<script type=\"module\" src=\"a.js\"></script>\n");
        guard(&package, "page.html", &mut digests).expect("both have digests");
        let text = fs::read_to_string(package.join("page.html")).expect("the page");
        assert!(text.contains(&format!("src=\"a.js\" integrity=\"{}\"", digest(b"a"))), "{text}");
        assert!(text.contains(&format!("href=\"a.css\" integrity=\"{}\"", digest(b"b"))), "{text}");
        assert_eq!(digests.get("page.html"), Some(&digest(text.as_bytes())));
        page("<script type=\"module\" src=\"b.js\"></script>\n");
        let error = guard(&package, "page.html", &mut digests).expect_err("b.js has no digest");
        assert!(format!("{error}").contains("b.js"), "{error}");
    }

    #[test]
    fn the_archive_holds_the_same_table() {
        let package = package("packed");
        let archive = package.with_file_name("it.tgz");
        assert!(packed(&package, &archive).expect("a table").is_some(), "there is no archive");
        let mut tar = Command::new("tar");
        tar.arg("-czf").arg(&archive).arg("-C").arg(package.parent().expect("a folder")).arg("package");
        assert!(tar.status().expect("tar can be run").success());
        assert_eq!(packed(&package, &archive).expect("a table"), None);
        complete(&package).expect("the table can be completed");
        assert!(packed(&package, &archive).expect("a table").is_some(), "the archive is older");
    }
}
