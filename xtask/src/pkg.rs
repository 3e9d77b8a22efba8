//! The npm package: `target/pkg/podskazka/`, its archive beside it, and the tests that install it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::count::{Count, Job};
use crate::integrity::digest;
use crate::shell::{cargo, fetch, output, run, step};
use crate::{build, code_types, form_types, integrity, kinds, sbom, shapes, size, tools};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Beside the archive: it goes out with the server's program.
pub const SERVER_SBOM: &str = "podskazka-server.cdx.json";

/// Build the package and pack it; `test` also tries it.
pub fn run_all(test: bool) -> anyhow::Result<()> {
    build::all()?;
    package()?;
    println!("\nThe package: target/pkg/podskazka-{VERSION}.tgz");
    if !test {
        return Ok(());
    }
    tools::browsers()?;
    step("build the server", || run(&mut cargo(&["build", "--quiet", "-p", "podskazka-server"])))?;
    let mut count = Count::default();
    count.together(jobs()?)?;
    println!("\n{}", count.line());
    Ok(())
}

/// The package and its archive, from `dist/` as it stands.
pub fn package() -> anyhow::Result<()> {
    let npm = tools::npm()?;
    let root = env::current_dir()?.join("target/pkg");
    let package = root.join("podskazka");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(package.join("parts"))?;
    step("checks for Node.js by wasm-pack", || node(&npm, &package))?;
    step("entries and parts", || entries(&npm, &package))?;
    step("types, from the core's kinds and codes", || types(&package))?;
    step("files for a script tag, named by their content", || files(&npm, &package))?;
    step("licences and SBOM", || sbom::write(&package, VERSION))?;
    step("SBOM of the server", || sbom::write_server(&root.join(SERVER_SBOM), VERSION))?;
    step("digests of all of it", || integrity::complete(&package))?;
    step("npm pack", || {
        run(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&root).current_dir(&package))
    })
}

/// Under it stands the one part of the package that takes a build of its own, by wasm-pack.
pub const BUILT: &str = "node/";

/// What of the package comes from `dist/` and the sources as they stand, but for [`BUILT`]: made anew in `target/again`, to be compared.
pub fn again() -> anyhow::Result<PathBuf> {
    let npm = tools::npm()?;
    let package = env::current_dir()?.join("target/again");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(package.join("parts"))?;
    entries(&npm, &package)?;
    types(&package)?;
    files(&npm, &package)?;
    sbom::write(&package, VERSION)?;
    integrity::complete(&package)?;
    Ok(package)
}

/// The packed archive installed where a customer would: types, checkers, bundlers, a server's rendering, development servers,
/// Angular by its own command line, and every host page.
pub fn jobs() -> anyhow::Result<Vec<Job>> {
    let tried = installed("tests/pkg", "pkg", "bundlers and frameworks to try the package with")?;
    let angular = installed("tests/pkg/angular", "angular", "Angular and its command line")?;
    shapes::write(&env::current_dir()?.join("target/pkg"))?;
    let scripts = ["types", "checkers", "bundlers", "explain", "server", "vite", "webpack", "dev", "engines"];
    let alone = [job("host pages", "tests/hosts/run.mjs", &tried), job("package", "tests/pkg/angular.mjs", &angular)];
    let all = scripts.map(|name| job("package", &format!("tests/pkg/{name}.mjs"), &tried));
    alone.into_iter().chain(all).collect()
}

/// A script that finds the archive, and in `tried` what it is tried with.
fn job(group: &str, script: &str, tried: &Path) -> anyhow::Result<Job> {
    let mut command = Command::new("node");
    command
        .arg(script)
        .env("NPM", tools::npm()?)
        .env("TRIED", tried)
        .env("PKG", env::current_dir()?.join("target/pkg"));
    command.env("MODULES", installed("tests/hosts", "hosts", "libraries of the pages that are not ours")?);
    Ok(Job { group: group.to_owned(), name: script.to_owned(), command })
}

/// The package as far as a page needs it, and the command that drives it on pages that are not ours: a short way for whoever works
/// on one of them.
pub fn hosts() -> anyhow::Result<Command> {
    let npm = tools::npm()?;
    let root = env::current_dir()?.join("target/hosts");
    let package = root.join("podskazka");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(package.join("parts"))?;
    step("entries and parts", || entries(&npm, &package))?;
    let folder = step("files for a script tag, named by their content", || files(&npm, &package))?;
    if let Some(over) = size::loader(&package.join(folder).join("podskazka.js"))? {
        bail!("{over}");
    }
    let mut command = Command::new("node");
    command.arg("tests/hosts/run.mjs").env("NPM", npm).env("TRIED", &root).env("PKG", &root);
    command.env("MODULES", installed("tests/hosts", "hosts", "libraries of the pages that are not ours")?);
    Ok(command)
}

/// The folder where the packages of a lock file are installed.
fn installed(from: &str, name: &str, what: &str) -> anyhow::Result<PathBuf> {
    let folder = env::current_dir()?.join(".tools").join(name);
    let lock = fs::read(Path::new(from).join("package-lock.json"))?;
    if fs::read(folder.join("ready")).is_ok_and(|have| have == lock) {
        return Ok(folder);
    }
    // Two versions of React stand side by side: of the second one npm thinks that it belongs to the first.
    step(&format!("install {what}"), || {
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(Path::new(from).join(file), folder.join(file))?;
        }
        let args = ["ci", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"];
        fetch(Command::new("npm").args(args).current_dir(&folder), what, "the npm registry")?;
        Ok(fs::write(folder.join("ready"), lock)?)
    })?;
    Ok(folder)
}

fn node(npm: &Path, package: &Path) -> anyhow::Result<()> {
    let (wasm_pack, bindgen) = (tools::wasm_pack()?, tools::wasm_bindgen()?);
    let out = package.join("node");
    // wasm-pack looks for wasm-bindgen on the path.
    let mut path = bindgen.parent().map(Path::to_path_buf).into_iter().collect::<Vec<_>>();
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let args = [
        "build",
        "widget/check",
        "--target",
        "web",
        "--mode",
        "no-install",
        "--no-pack",
        "--no-opt",
        "--no-typescript",
    ];
    run(Command::new(wasm_pack)
        .args(["--quiet"])
        .args(args)
        .args(["--profile", "node", "--out-name", "check", "--out-dir"])
        .arg(&out)
        .args(["--", "--features", "words"])
        .env("PATH", env::join_paths(path)?)
        .env("CARGO_ENCODED_RUSTFLAGS", no_folders()?)
        .env("CARGO_TARGET_DIR", env::current_dir()?.join("target/pack")))?;
    let _ = fs::remove_file(out.join(".gitignore"));
    build::speed_up(npm, &out.join("check_bg.wasm"))
}

/// Texts of panics name source files: what ships does not tell the folders of the machine that built it.
fn no_folders() -> anyhow::Result<String> {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| format!("{home}/.cargo")))?;
    let sysroot =
        output("rustc", &["--print", "sysroot"]).context("rustc is missing: install Rust from https://rustup.rs")?;
    let remap = |from: &str, to: &str| format!("--remap-path-prefix={from}={to}");
    Ok([remap(&home, "cargo"), remap(sysroot.trim(), "rust"), remap(&env::current_dir()?.to_string_lossy(), "")]
        .join("\x1f"))
}

fn entries(npm: &Path, package: &Path) -> anyhow::Result<()> {
    for (name, to) in [
        ("npm", "index.js"),
        ("npm-element", "element.js"),
        ("capture", "parts/capture.js"),
        ("editor", "parts/editor.js"),
        ("frames", "parts/frames.js"),
        ("plain", "parts/plain.js"),
        ("lang", "parts/lang.js"),
        ("place", "parts/place.js"),
        ("wipe", "parts/wipe.js"),
    ] {
        build::script(npm, name, &package.join(to), "")?;
    }
    for module in build::MODULES {
        let name = format!("{module}.js");
        fs::copy(Path::new(build::DIST).join("podskazka/js").join(&name), package.join("parts").join(&name))?;
    }
    for (name, _) in build::later() {
        let name = format!("{name}.js");
        fs::copy(Path::new(build::DIST).join("podskazka").join(&name), package.join("parts").join(&name))?;
    }
    let table = format!("export default {};\n", serde_json::to_string(&podskazka::access::table())?);
    fs::write(package.join("parts/access.table.js"), table)?;
    for (from, name) in build::WORDS {
        let module = format!("export default {};\n", serde_json::to_string(&build::words(from)?)?);
        fs::write(package.join("parts").join(name.replace(".txt", ".js")), module)?;
    }
    for entry in fs::read_dir("pkg-templates")? {
        let entry = entry?;
        fs::copy(entry.path(), package.join(entry.file_name()))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(name, package.join(name))?;
    }
    let path = package.join("package.json");
    // As a text: the order of the conditions in `exports` has a meaning.
    let manifest = fs::read_to_string(&path)?.replace("\"0.0.0\"", &format!("\"{VERSION}\""));
    Ok(fs::write(path, manifest)?)
}

/// `core.d.ts`.
pub fn types(package: &Path) -> anyhow::Result<()> {
    Ok(fs::write(package.join("core.d.ts"), core_types()?)?)
}

/// Kinds and codes from the registry, then the types that stand beside the crate, then the schema's.
pub fn core_types() -> anyhow::Result<String> {
    let own = fs::read_to_string("widget/check/src/types.d.ts")?;
    Ok([kinds::types()?, code_types::write()?, own, form_types::write()?].join("\n"))
}

/// `dist/VERSION-HASH/`: the folder's name changes with any byte in it, so it may be cached for ever.
fn files(npm: &Path, package: &Path) -> anyhow::Result<String> {
    let work = package.join("dist/work");
    fs::create_dir_all(&work)?;
    let (mut digests, mut pictures) = (BTreeMap::new(), BTreeMap::new());
    for name in built(&Path::new(build::DIST).join("podskazka"))? {
        let bytes = fs::read(Path::new(build::DIST).join("podskazka").join(&name))?;
        let to = work.join(&name);
        fs::create_dir_all(to.parent().unwrap_or(&work))?;
        fs::write(to, &bytes)?;
        // Not in the table: a browser checks no digest of a picture.
        let listed = if name.starts_with("faq/") { &mut pictures } else { &mut digests };
        listed.insert(name, digest(&bytes));
    }
    integrity::guard(&work, "raster.html", &mut digests)?;
    // A page of its own, which the loader never asks for: it may name the digest of the loader.
    digests.remove("ticket.html");
    let table = format!("export default {};\n", serde_json::to_string(&digests)?);
    // How well the loader packs hangs by chance on the digest in it: one table of fifty makes it ten bytes longer. Blank lines at the
    // end of the table make another digest of the same words.
    for blank in 0..32 {
        let table = format!("{table}{}", "\n".repeat(blank));
        digests.insert("digests.js".to_owned(), digest(table.as_bytes()));
        fs::write(work.join("digests.js"), &table)?;
        // The loader has three kilobytes, and a digest does not pack: a shorter one of the same strength for this purpose.
        let short = format!("sha256-{}", STANDARD.encode(Sha256::digest(table.as_bytes())));
        build::script(npm, "podskazka", &work.join("podskazka.js"), &short)?;
        // Encoders of brotli differ by a few bytes.
        if size::brotli_size(&work.join("podskazka.js"))? + 8 <= size::LOADER {
            break;
        }
    }
    digests.insert("podskazka.js".to_owned(), digest(&fs::read(work.join("podskazka.js"))?));
    integrity::guard(&work, "ticket.html", &mut digests)?;
    digests.extend(pictures);

    let all = serde_json::to_string(&digests)?;
    let hash: String = Sha256::digest(all.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let folder = format!("dist/{VERSION}-{hash}");
    fs::rename(work, package.join(&folder))?;
    integrity::write(package, VERSION, &folder, &digests)?;
    Ok(folder)
}

/// Every file of the widget but the loader, which is made anew with the digest of the others, and the demo's contacts, which are
/// nobody's; names with `/` between folders.
fn built(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = integrity::names(root)?;
    names.retain(|name| !matches!(name.as_str(), "podskazka.js" | "contacts.json"));
    Ok(names)
}
