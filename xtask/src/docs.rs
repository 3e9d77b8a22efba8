//! The documentation site `dist/docs/`: pages of `www/docs` and `docs/guides`, and what the source says of itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use podskazka::faq::{LEXICON, Pack};

use crate::count::{Count, Job};
use crate::shell::{self, cargo, run, step};
use crate::{build, codes, kinds, pkg, test, tools};

/// What the pages are made from, beside the Markdown.
const WORK: &str = "target/docs";

/// The generated tables, then the site with the states of the panel's views; `tried` also runs its tests.
pub fn run_all(tried: bool) -> anyhow::Result<()> {
    kinds::write()?;
    step("states of the panel's views", || {
        let only = ["test", "--quiet", "-p", "podskazka-panel", "every_example"];
        run(cargo(&only).env("GALLERY", test::gallery()?))
    })?;
    states()?;
    site()?;
    if !tried {
        return Ok(());
    }
    step("build the server and the command line", || {
        run(&mut cargo(&["build", "-p", "podskazka-server", "-p", "podskazka-cli"]))
    })?;
    let mut count = Count::default();
    count.together(jobs()?)?;
    println!("\n{}", count.line());
    Ok(())
}

/// The states of the parts that are scripts, drawn by the built panel beside those of the views; without a build there are none. It
/// takes a browser: the demo does without.
pub fn states() -> anyhow::Result<()> {
    if !Path::new(build::DIST).join("podskazka/js/panel.js").exists() {
        return Ok(());
    }
    tools::browsers()?;
    step("states of the panel's parts", || {
        run(Command::new("node")
            .arg("tests/browser/lib/gallery.mjs")
            .env("NPM", tools::npm()?)
            .env("GALLERY", test::gallery()?))
    })
}

/// The site. The states of the panel's views are on it when a test has written them.
pub fn site() -> anyhow::Result<()> {
    let tools = npm()?;
    step("documentation site", || {
        let work = Path::new(WORK);
        types()?;
        fs::write(work.join("codes.json"), serde_json::to_string_pretty(&codes::all()?)?)?;
        let out = Path::new(build::DIST).join("docs");
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        let eleventy = tools.join("node_modules/@11ty/eleventy/cmd.cjs");
        run(Command::new("node")
            .arg(eleventy)
            .args(["--quiet", "--config=www/docs/eleventy.config.mjs"])
            .env("NPM_DOCS", &tools)
            .env("GALLERY", test::gallery()?)
            .env("VERSION", env!("CARGO_PKG_VERSION")))?;
        search(&out)
    })
}

/// The types of the package, as whoever installs it has them.
fn types() -> anyhow::Result<()> {
    let work = Path::new(WORK).join("types");
    fs::create_dir_all(&work)?;
    pkg::types(&work)?;
    for entry in fs::read_dir("pkg-templates")? {
        let name = entry?.file_name();
        if name.to_string_lossy().ends_with(".d.ts") {
            fs::copy(Path::new("pkg-templates").join(&name), work.join(&name))?;
        }
    }
    Ok(())
}

/// The scripts of a page: TypeScript read strictly, since the bundler takes types away and looks at none; JavaScript for names that
/// do not exist.
pub fn scripts() -> anyhow::Result<()> {
    types()?;
    let compiler = npm()?.join("node_modules/typescript/bin/tsc");
    for project in ["widget", "widget/fields"] {
        run(Command::new("node").arg(&compiler).args(["--project", project, "--pretty", "false"]))?;
    }
    Ok(())
}

/// The widget beside the pages gets their parts as its articles.
fn search(out: &Path) -> anyhow::Result<()> {
    let widget = out.join("podskazka");
    if !widget.exists() {
        return Ok(());
    }
    let articles = serde_json::from_str(&fs::read_to_string(Path::new(WORK).join("articles.json"))?)?;
    let pack = Pack { lexicon: LEXICON.to_owned(), articles };
    Ok(fs::write(widget.join("faq.pdk"), pack.write())?)
}

/// Code blocks, commands, links, the rules of the page `/check`; then the pages in Chromium. What runs the
/// widget is tried under both policies, the rest under the stricter one.
pub fn jobs() -> anyhow::Result<Vec<Job>> {
    let tools = npm()?;
    let plain = ["blocks", "commands", "links", "policy", "privacy", "reference", "browser/pages"];
    let widget = ["browser/start", "browser/check", "browser/search"];
    let strict = plain.into_iter().chain(widget);
    let all = strict.map(|name| (name, "js")).chain(widget.map(|name| (name, "wasm")));
    let job = |(name, policy)| {
        let mut command = test::node(&PathBuf::from(format!("tests/docs/{name}.mjs")))?;
        command.env("NPM_DOCS", &tools).env("POLICY", policy);
        let name = format!("documentation: {name} ({policy} policy)");
        Ok(Job { group: "documentation".to_owned(), name, command })
    };
    all.map(job).collect()
}

/// The generator and what its tests compile with, installed from `xtask/npm-docs/package-lock.json`.
fn npm() -> anyhow::Result<PathBuf> {
    let source = Path::new("xtask/npm-docs");
    let folder = env::current_dir()?.join(".tools/npm-docs");
    let lock = fs::read(source.join("package-lock.json"))?;
    if fs::read(folder.join("ready")).is_ok_and(|have| have == lock) {
        return Ok(folder);
    }
    step("install the generator of the documentation", || {
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(source.join(file), folder.join(file))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder);
        shell::fetch(&mut npm, "the generator of the documentation", "the npm registry")?;
        Ok(fs::write(folder.join("ready"), lock)?)
    })?;
    Ok(folder)
}
