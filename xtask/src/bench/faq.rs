//! The search beside its peers, all in one run on the same questions.
//!
//! Data, not part of the repository since its texts belong to others: `articles.jsonl` `{set, id, title, body}`,
//! `queries.jsonl` `{set, query, relevant, qid}`, and `variants/public-{clean,typo,layout,prefix}.jsonl` of the same
//! questions; a variant that is missing is made from the clean ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use podskazka::faq::{Article, Builder, Hint, LEXICON, Pack};
use podskazka_cli::faq::Variant;
use podskazka_cli::faq::eval::{Asked, Half, Source, corpus, evaluate, half, read};
use serde::{Deserialize, Serialize};

use crate::shell::{cargo, output, run as sh, step};
use crate::size::brotli_size;
use crate::tools;

const WORK: &str = "target/bench/faq";

const VARIANTS: [(Variant, &str); 4] =
    [(Variant::Clean, "clean"), (Variant::Typo, "typo"), (Variant::Layout, "layout"), (Variant::Prefix, "prefix")];

/// Articles of the corpus that speed is measured on.
const THOUSAND: usize = 1000;

/// What the peers' script reads, by set.
#[derive(Serialize)]
struct Set {
    articles: Vec<Source>,
    pack: String,
    questions: BTreeMap<&'static str, Vec<Question>>,
}

#[derive(Serialize)]
struct Question {
    query: String,
    relevant: Vec<String>,
    /// What the native build answered: article and bits of the score in turn.
    expected: Vec<u32>,
}

/// What the peers' script prints.
#[derive(Deserialize)]
struct Measured {
    engines: Vec<Engine>,
    thousand: Thousand,
}

#[derive(Deserialize)]
struct Engine {
    engine: String,
    build_ms: f64,
    index_raw: usize,
    index_brotli: usize,
    variants: BTreeMap<String, Row>,
    different: usize,
}

#[derive(Deserialize)]
struct Row {
    r1: f64,
    r3: f64,
    mrr: f64,
    p50: f64,
    p95: f64,
}

#[derive(Deserialize)]
struct Thousand {
    build_ms: f64,
    p50: f64,
    p95: f64,
    most: f64,
    /// 95th percentile where each question is asked once; only in Chromium.
    once: Option<f64>,
}

pub fn run(data: &Path, part: Half) -> anyhow::Result<()> {
    if !data.join("articles.jsonl").is_file() {
        bail!(
            "{}: no articles.jsonl; the data is not part of the repository, name its folder with --data",
            data.display()
        );
    }
    let sources: Vec<Source> = read(&data.join("articles.jsonl"))?;
    own_figures(data, &sources)?;
    fs::create_dir_all(WORK)?;
    step("write the sets", || write_sets(data, &sources, part))?;
    let module = step("build the search as wasm", build_wasm)?;
    let folder = npm_bench()?;
    let text = step("ask every engine", || {
        let out =
            Command::new("node").arg(folder.join("run.mjs")).arg(fs::canonicalize(WORK)?).arg(&module).output()?;
        if !out.status.success() {
            bail!("the peers' script failed: {}", String::from_utf8_lossy(&out.stderr));
        }
        Ok(String::from_utf8(out.stdout)?)
    })?;
    fs::write(Path::new(WORK).join("figures.json"), &text)?;
    table(&serde_json::from_str(&text)?, part, &module, &folder)?;
    let figures = step("the search alone in Chromium", in_chromium)?;
    told("in Chromium", &figures);
    Ok(())
}

/// The same questions in a page.
fn in_chromium() -> anyhow::Result<Thousand> {
    tools::browsers()?;
    let out = Command::new("node").args(["xtask/npm-bench/page.mjs", WORK]).arg(tools::npm()?).output()?;
    if !out.status.success() {
        bail!("the page's script failed: {}", String::from_utf8_lossy(&out.stderr));
    }
    Ok(serde_json::from_slice(&out.stdout)?)
}

fn told(place: &str, t: &Thousand) {
    let once = t.once.map_or(String::new(), |it| format!("; asked once, p95 {it:.2}"));
    println!(
        "At {THOUSAND} articles {place}: build {:.0} ms, p50 {:.2}, p95 {:.2}, most {:.2} ms{once}.",
        t.build_ms, t.p50, t.p95, t.most
    );
}

fn questions(data: &Path, variant: (Variant, &str)) -> anyhow::Result<Vec<Asked>> {
    let file = data.join(format!("variants/public-{}.jsonl", variant.1));
    if file.is_file() {
        return read(&file);
    }
    let mut list: Vec<Asked> = read(&data.join("queries.jsonl"))?;
    list.iter_mut().for_each(|q| q.query = variant.0.apply(&q.query));
    Ok(list)
}

/// Ours natively, on both halves, without and with the questions of the other half learned.
fn own_figures(data: &Path, sources: &[Source]) -> anyhow::Result<()> {
    let clean = questions(data, (Variant::Clean, "clean"))?;
    println!("{:<28}{:>8}{:>22}{:>22}{:>22}{:>22}", "Подсказка, native", "", "clean", "typo", "layout", "prefix");
    for (part, other, name) in [(Half::Tune, Half::Report, "tune"), (Half::Report, Half::Tune, "report")] {
        for learned in [Vec::new(), half(clean.clone(), other)] {
            print!("{:<28}{name:>8}", if learned.is_empty() { "R@1 / R@3 / MRR@10" } else { "with learned questions" });
            for variant in VARIANTS {
                let asked = half(questions(data, variant)?, part);
                let f = evaluate(sources, &asked, &learned)?.average;
                print!("{:>22}", format!("{:.1} / {:.1} / {:.1}", f.recall_1, f.recall_3, f.mrr_10));
            }
            println!();
        }
    }
    Ok(())
}

fn write_sets(data: &Path, sources: &[Source], part: Half) -> anyhow::Result<()> {
    let mut sets: BTreeMap<String, Set> = BTreeMap::new();
    let mut all: Vec<Article> = Vec::new();
    for source in sources {
        let pack = format!("{}.pdk", source.set);
        let set = sets.entry(source.set.clone());
        set.or_insert_with(|| Set { articles: Vec::new(), pack, questions: BTreeMap::new() })
            .articles
            .push(source.clone());
    }
    for (name, set) in &mut sets {
        let articles = corpus(sources, name, &[]);
        let index = Builder::build(&articles, LEXICON);
        for variant in VARIANTS {
            let asked = half(questions(data, variant)?, part).into_iter().filter(|q| &q.set == name);
            let answered = asked.map(|q| {
                let hits = index.search(&articles, &q.query, &Hint::default()).hits;
                let expected = hits.iter().flat_map(|hit| [hit.index as u32, hit.score.to_bits()]).collect();
                Question { query: q.query, relevant: q.relevant, expected }
            });
            set.questions.insert(variant.1, answered.collect());
        }
        all.extend(articles.iter().cloned());
        write_pack(&set.pack, articles)?;
    }
    let thousand = all.iter().cycle().take(THOUSAND).cloned().collect();
    write_pack("all.pdk", all)?;
    write_pack("thousand.pdk", thousand)?;
    Ok(fs::write(Path::new(WORK).join("sets.json"), serde_json::to_vec(&sets)?)?)
}

fn write_pack(name: &str, articles: Vec<Article>) -> anyhow::Result<()> {
    Ok(fs::write(Path::new(WORK).join(name), Pack { lexicon: LEXICON.into(), articles }.write())?)
}

/// The module for Node.
fn build_wasm() -> anyhow::Result<PathBuf> {
    tools::wasm_target()?;
    let (bindgen, npm) = (tools::wasm_bindgen()?, tools::npm()?);
    let args = ["build", "--quiet", "--package", "podskazka-search-bench", "--profile", "wasm"];
    // As the page's own modules are built.
    let target = ["--target", "wasm32-unknown-unknown", "--target-dir", "target/page"];
    sh(cargo(&args).args(target).env("RUSTFLAGS", "-C target-cpu=mvp"))?;
    let built = "target/page/wasm32-unknown-unknown/wasm/podskazka_search_bench.wasm";
    for (target, folder) in [("nodejs", WORK.to_owned()), ("web", format!("{WORK}/page"))] {
        let flags = ["--target", target, "--out-name", "search", "--no-typescript", "--out-dir", &folder];
        sh(Command::new(&bindgen).arg(built).args(flags))?;
        let wasm = Path::new(&folder).join("search_bg.wasm");
        let flags = ["-Oz", "--enable-sign-ext", "--enable-nontrapping-float-to-int", "--enable-bulk-memory"];
        sh(Command::new(npm.join("node_modules/.bin/wasm-opt")).arg(&wasm).args(flags).arg("-o").arg(&wasm))?;
    }
    let module = Path::new(WORK).join("search.cjs");
    fs::rename(Path::new(WORK).join("search.js"), &module)?;
    Ok(fs::canonicalize(module)?)
}

/// The peers, installed from their own lock file.
fn npm_bench() -> anyhow::Result<PathBuf> {
    let folder = std::env::current_dir()?.join(".tools/npm-bench");
    fs::create_dir_all(folder.join("peers"))?;
    let lock = fs::read("xtask/npm-bench/package-lock.json")?;
    let installed = fs::read(folder.join("package-lock.json")).is_ok_and(|have| have == lock);
    for part in ["", "peers"] {
        for entry in fs::read_dir(Path::new("xtask/npm-bench").join(part))? {
            let path = entry?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                fs::copy(&path, folder.join(part).join(name))?;
            }
        }
    }
    if !installed || !folder.join("node_modules").is_dir() {
        output("npm", &["--version"]).context("npm is missing: install Node.js 20 or newer and start again")?;
        step("install the peers", || {
            let args = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
            sh(Command::new("npm").args(args).current_dir(&folder)).context("no network? the peers come from npm")
        })?;
    }
    Ok(folder)
}

/// Code of a peer as a page loads it: bundled and minified, brotli.
fn code_size(folder: &Path, engine: &str) -> anyhow::Result<usize> {
    let file = engine.split([' ', ',']).next().unwrap_or(engine).to_lowercase();
    let out = Path::new(WORK).join(format!("{file}.js"));
    let flags = ["--bundle", "--minify", "--format=esm", "--platform=browser", "--log-level=error"];
    sh(Command::new(tools::npm()?.join("node_modules/.bin/esbuild"))
        .arg(folder.join("peers").join(format!("{file}.mjs")))
        .args(flags)
        .arg(format!("--outfile={}", out.display())))?;
    brotli_size(&out)
}

fn table(measured: &Measured, part: Half, module: &Path, folder: &Path) -> anyhow::Result<()> {
    println!(
        "\n{part:?} half, average of the sets; R@1 / R@3 / MRR@10 in percent, times in ms in Node, sizes in KB of brotli\n"
    );
    println!(
        "{:<26}{:>20}{:>20}{:>20}{:>20}{:>8}{:>8}{:>9}{:>8}{:>7}",
        "engine", "clean", "typo", "layout", "prefix", "p50", "p95", "build", "index", "code"
    );
    let kb = |bytes: usize| format!("{:.1}", bytes as f64 / 1024.0);
    for (at, engine) in measured.engines.iter().enumerate() {
        let cell = |name: &str| match engine.variants.get(name) {
            Some(row) => format!("{:.1} / {:.1} / {:.1}", row.r1, row.r3, row.mrr),
            None => String::new(),
        };
        let time = |of: fn(&Row) -> f64| engine.variants.get("clean").map_or(0.0, of);
        let ours = at == 0;
        let code = if ours {
            brotli_size(&module.with_file_name("search_bg.wasm"))?
        } else {
            code_size(folder, &engine.engine)?
        };
        println!(
            "{:<26}{:>20}{:>20}{:>20}{:>20}{:>8.2}{:>8.2}{:>9.0}{:>8}{:>7}",
            engine.engine,
            cell("clean"),
            cell("typo"),
            cell("layout"),
            cell("prefix"),
            time(|row| row.p50),
            time(|row| row.p95),
            engine.build_ms,
            if engine.index_raw == 0 { "none".into() } else { kb(engine.index_brotli) },
            kb(code),
        );
        if engine.different > 0 {
            bail!("{} questions are answered otherwise by the wasm build than natively", engine.different);
        }
    }
    let pack = brotli_size(&Path::new(WORK).join("all.pdk"))?;
    println!("\nThe wasm build answers bit for bit as the native one. The article file of all sets: {} KB.", kb(pack));
    told("in Node", &measured.thousand);
    Ok(())
}
