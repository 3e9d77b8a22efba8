//! The documentation site `dist/docs/`: pages of `www/docs` and `docs/guides`, and what the source says of itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use podskazka::faq::{LEXICON, Pack};
use podskazka::messages::{Params, Words};
use podskazka::validators::codes::CODES;
use podskazka::validators::{Kind, check};
use podskazka::verdict::{Context, Day, Fault, Span, Verdict};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::count::{Count, Job};
use crate::shell::{self, cargo, run, step};
use crate::{build, kinds, pkg, test, tools};

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
        fs::create_dir_all(work.join("types"))?;
        pkg::types(&work.join("types"))?;
        for name in ["index", "react", "vue", "element", "node"] {
            let file = format!("{name}.d.ts");
            fs::copy(Path::new("pkg-templates").join(&file), work.join("types").join(&file))?;
        }
        fs::write(work.join("codes.json"), serde_json::to_string_pretty(&codes()?)?)?;
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

/// Code blocks, links, the rules of the page `/check`; then the pages in Chromium. What runs the
/// widget is tried under both policies, the rest under the stricter one.
pub fn jobs() -> anyhow::Result<Vec<Job>> {
    let tools = npm()?;
    let strict =
        ["blocks", "links", "policy", "reference", "browser/pages", "browser/start", "browser/check", "browser/search"];
    let widget = ["browser/start", "browser/check", "browser/search"];
    let all = strict.map(|name| (name, "js")).into_iter().chain(widget.map(|name| (name, "wasm")));
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

#[derive(Deserialize)]
struct File {
    kind: String,
    #[serde(default)]
    aliases: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    value: String,
    bik: Option<String>,
    today: Option<String>,
}

/// The day for cases that name none, as in `tests/it`.
const TODAY: Day = Day { year: 2026, month: 3, day: 31 };

/// Every code with what a person reads, said of a value of the shared cases that has this fault.
fn codes() -> anyhow::Result<Vec<Value>> {
    let languages = [Words::russian(), Words::english()];
    let files = files()?;
    let mut all = Vec::new();
    for (kind, flaws, doubts) in CODES {
        let faults = faults(&files, kind);
        for flaw in *flaws {
            let code = format!("{kind}.{flaw}");
            let shown = faults.iter().find(|(_, fault)| fault.code == code);
            // Without a value to show, the sentence that a submit of an unfinished value gets: it quotes nothing.
            let unfinished = fault(&code);
            let fault = shown.map_or(&unfinished, |(_, fault)| fault);
            let [ru, en] = languages.each_ref().map(|words| words.fault("", fault));
            all.push(json!({ "kind": kind, "code": code, "value": shown.map(|it| it.0), "ru": ru, "en": en }));
        }
        for doubt in *doubts {
            let code = format!("{kind}.{doubt}");
            // Not every doubt has words of its own: a page then only knows that the value is taken.
            let [ru, en] = languages.each_ref().map(|words| words.say(&code, &Params::default()));
            all.push(json!({ "kind": kind, "code": code, "doubt": true, "ru": ru, "en": en }));
        }
    }
    Ok(all)
}

fn fault(code: &str) -> Fault {
    let nothing = String::new;
    Fault { code: code.to_owned(), span: Span::default(), expected: nothing(), found: nothing(), fixes: Vec::new() }
}

fn files() -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir("tests/cases")? {
        // A file of another form holds no values of a kind.
        files.extend(serde_json::from_str::<File>(&fs::read_to_string(entry?.path())?).ok());
    }
    files.sort_by(|a, b| a.kind.cmp(&b.kind));
    Ok(files)
}

/// Values with a fault, the shortest first: an example is to be read.
fn faults<'a>(files: &'a [File], name: &str) -> Vec<(&'a str, Fault)> {
    let Some(kind) = Kind::parse(name) else { return Vec::new() };
    let of_kind = files.iter().filter(|file| file.kind == name || file.aliases.iter().any(|alias| alias == name));
    let mut found: Vec<_> = of_kind
        .flat_map(|file| &file.cases)
        .filter_map(|case| match check(kind, &case.value, &context(case)) {
            Verdict::Fault(fault) if !case.value.trim().is_empty() => Some((case.value.as_str(), fault)),
            _ => None,
        })
        .collect();
    found.sort_by_key(|(value, _)| value.len());
    found
}

fn context(case: &Case) -> Context<'_> {
    Context { today: case.today.as_deref().and_then(day).unwrap_or(TODAY), bik: case.bik.as_deref() }
}

/// `2026-03-31`.
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Some(Day { year, month, day: parts.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn a_code_is_shown_with_its_sentence_in_both_languages() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).ok();
        let all = codes().unwrap_or_default();
        let found = all.iter().find(|it| it["code"] == "inn.checksum");
        let said = found.map(|it| (it["ru"].as_str().unwrap_or_default(), it["en"].as_str().unwrap_or_default()));
        assert!(said.is_some_and(|(ru, en)| ru.contains("цифры") && en.contains("digit")), "{said:?}");
        let unsaid =
            |it: &&serde_json::Value| it["doubt"] != true && it["ru"].as_str().is_none_or(|text| text.contains("«»"));
        let unsaid: Vec<_> = all.iter().filter(unsaid).map(|it| it["code"].clone()).collect();
        assert_eq!(unsaid, Vec::<serde_json::Value>::new());
    }
}
