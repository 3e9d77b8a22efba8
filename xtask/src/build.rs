//! Builds `dist/`: the portal at its root, the widget's files under `podskazka/`.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, bail};

use crate::shell::{cargo, output, run, step};
use crate::tools;

/// Folder that the server serves.
pub const DIST: &str = "dist";

/// Everything the page needs.
pub fn all() -> anyhow::Result<()> {
    tools::wasm_target()?;
    let bindgen = tools::wasm_bindgen()?;
    let npm = tools::npm()?;
    let out = Path::new(DIST).join("podskazka");
    fs::create_dir_all(&out)?;
    step("build wasm: fields and panel", build_wasm)?;
    for module in ["fields", "panel"] {
        step(&format!("bind and shrink {module}"), || wasm_build(&bindgen, &npm, module, &out))?;
        step(&format!("JS build of {module}"), || js_build(&bindgen, &npm, module, &out))?;
    }
    step("bundle the loader", || loader(&npm, &out))?;
    step("compile the articles", || {
        Ok(fs::write(out.join("faq.json"), podskazka_cli::build_faq(Path::new("www/faq"))?)?)
    })?;
    step("copy the portal", || copy(Path::new("www/portal"), Path::new(DIST)))
}

/// One at a time, so that the panel's features do not unify into the fields. `target-cpu=mvp` keeps reference types and
/// bulk memory out, so that the same module also becomes JS.
fn build_wasm() -> anyhow::Result<()> {
    ["podskazka-fields", "podskazka-panel"].into_iter().try_for_each(build_package)
}

fn build_package(package: &str) -> anyhow::Result<()> {
    let args = ["build", "--quiet", "--package", package, "--profile", "wasm"];
    let target = ["--target", "wasm32-unknown-unknown", "--target-dir", "target/page"];
    run(cargo(&args).args(target).env("CARGO_ENCODED_RUSTFLAGS", wasm_flags()?))
}

/// The checks of the core in both builds, for the shared vectors: made as the page's own modules are.
pub fn vectors() -> anyhow::Result<()> {
    let (bindgen, npm) = (tools::wasm_bindgen()?, tools::npm()?);
    let out = Path::new("target/vectors");
    fs::create_dir_all(out)?;
    fs::write(out.join("package.json"), r#"{"type": "module"}"#)?;
    step("build the vectors in wasm and as JS", || {
        build_package("podskazka-wasm-tests")?;
        wasm_build(&bindgen, &npm, "wasm_tests", out)?;
        js_build(&bindgen, &npm, "wasm_tests", out)
    })
}

/// The messages of panics name source files: what ships must not tell the folders of the machine that built it.
fn wasm_flags() -> anyhow::Result<String> {
    let cargo_home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| format!("{home}/.cargo")))?;
    let sysroot =
        output("rustc", &["--print", "sysroot"]).context("rustc is missing: install Rust from https://rustup.rs")?;
    let remap = |from: &str, to: &str| format!("--remap-path-prefix={from}={to}");
    let flags = ["-C".into(), "target-cpu=mvp".into(), remap(&cargo_home, "cargo"), remap(sysroot.trim(), "rust")];
    Ok(flags.join("\x1f"))
}

fn bind(bindgen: &Path, module: &str, target: &str, out: &Path) -> anyhow::Result<()> {
    let input = format!("target/page/wasm32-unknown-unknown/wasm/podskazka_{module}.wasm");
    let flags = ["--target", target, "--out-name", module, "--no-typescript", "--out-dir"];
    run(Command::new(bindgen).arg(input).args(flags).arg(out))
}

fn wasm_build(bindgen: &Path, npm: &Path, module: &str, out: &Path) -> anyhow::Result<()> {
    bind(bindgen, module, "web", out)?;
    let wasm = out.join(format!("{module}_bg.wasm"));
    let flags = ["-Oz", "--enable-sign-ext", "--enable-nontrapping-float-to-int", "--enable-bulk-memory", "-o"];
    run(Command::new(npm.join("node_modules/.bin/wasm-opt")).arg(&wasm).args(flags).arg(&wasm))?;
    no_json_parser(&wasm)?;
    let js = out.join(format!("{module}.js"));
    esbuild(npm, &js, &js, &["--minify", "--allow-overwrite", "--format=esm"])
}

/// Yew's tree names serde_json; the linker must have dropped it. Its own message would stand in the module.
fn no_json_parser(wasm: &Path) -> anyhow::Result<()> {
    let text = b"EOF while parsing";
    if fs::read(wasm)?.windows(text.len()).any(|window| window == text) {
        bail!("{}: serde_json got into the module; the browser parses JSON", wasm.display());
    }
    Ok(())
}

/// The same Rust as plain JavaScript, for pages whose policy forbids WebAssembly.
fn js_build(bindgen: &Path, npm: &Path, module: &str, out: &Path) -> anyhow::Result<()> {
    let work = env::current_dir()?.join("target/js").join(module);
    fs::create_dir_all(&work)?;
    bind(bindgen, module, "bundler", &work)?;
    let wasm = work.join(format!("{module}_bg.wasm"));
    let lowered = work.join("lowered.wasm");
    let bin = npm.join("node_modules/.bin");
    let lower = ["--llvm-memory-copy-fill-lowering", "--signext-lowering", "--llvm-nontrapping-fptoint-lowering"];
    let enable = ["--enable-sign-ext", "--enable-nontrapping-float-to-int", "--enable-bulk-memory"];
    run(Command::new(bin.join("wasm-opt")).arg(&wasm).args(enable).arg("-Oz").args(lower).arg("-o").arg(&lowered))?;
    run(Command::new(bin.join("wasm2js"))
        .arg(&lowered)
        .arg("-Oz")
        .arg("-o")
        .arg(work.join(format!("{module}_bg.wasm.js"))))?;
    let entry = work.join(format!("{module}.js"));
    let glue = fs::read_to_string(&entry)?.replace(&format!("{module}_bg.wasm\""), &format!("{module}_bg.wasm.js\""));
    fresh_views(&work.join(format!("{module}_bg.js")))?;
    fs::write(&entry, format!("{glue}\nexport default async function init() {{}}\n"))?;
    let target = out.join("js").join(format!("{module}.js"));
    esbuild(npm, &entry, &target, &["--bundle", "--minify", "--format=esm"])
}

/// WebAssembly detaches the old buffer when memory grows, and the glue looks for that. JS memory leaves the old buffer
/// whole, so its cached views must be compared with the memory's own buffer.
fn fresh_views(glue: &Path) -> anyhow::Result<()> {
    let mut text = fs::read_to_string(glue)?;
    for view in ["Uint8Array", "DataView", "Int32Array", "Uint32Array", "Float64Array"] {
        let cached = format!("cached{view}Memory0");
        text = text.replace(&format!("{cached}.byteLength === 0"), &format!("{cached}.buffer !== wasm.memory.buffer"));
        let detached = format!("{cached}.buffer.detached === true ||");
        text = text.replace(&detached, &format!("{cached}.buffer !== wasm.memory.buffer ||"));
    }
    if !text.contains(".buffer !== wasm.memory.buffer") {
        bail!("{}: the glue no longer caches views as expected", glue.display());
    }
    Ok(fs::write(glue, text)?)
}

fn loader(npm: &Path, out: &Path) -> anyhow::Result<()> {
    for name in ["podskazka", "capture"] {
        let source = Path::new("www/loader").join(format!("{name}.ts"));
        let flags = ["--minify", "--format=esm", "--target=es2020"];
        esbuild(npm, &source, &out.join(format!("{name}.js")), &flags)?;
    }
    Ok(())
}

fn esbuild(npm: &Path, from: &Path, to: &Path, flags: &[&str]) -> anyhow::Result<()> {
    let bin = npm.join("node_modules/.bin/esbuild");
    run(Command::new(bin).arg(from).args(flags).arg("--log-level=error").arg(format!("--outfile={}", to.display())))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
