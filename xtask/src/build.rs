//! Builds `dist/`: the portal at its root, the widget's files under `podskazka/`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, thread};

use anyhow::{Context, anyhow, bail};
use sha2::{Digest, Sha256};

use crate::imports::{self, Import};
use crate::shell::{cargo, fetch, run, step};
use crate::tools;

/// Folder that the server serves.
pub const DIST: &str = "dist";

/// The wasm modules of a page.
pub const MODULES: [&str; 5] = ["fields", "mask", "assist", "panel", "check"];

/// Files of the page that are TypeScript.
const SCRIPTS: [&str; 11] =
    ["podskazka", "element", "capture", "editor", "frames", "lang", "place", "plain", "raster", "ticket", "wipe"];

/// Parts of the fields that only some pages load.
pub const PARTS: &[&str] = &[
    "ask", "codes", "count", "date", "drafts", "files", "guess", "paste", "review", "schema", "stats", "summary",
    "trail", "use",
];

/// Parts of the panel that are loaded by use.
pub const VIEWS: [&str; 10] =
    ["access", "around", "contacts", "letter", "outbox", "proof", "settings", "tickets", "tried", "wake"];

/// The table of the access check, from the core.
pub const ACCESS: &str = "access.txt";

/// Words of the page: their source in `src/messages`, their file.
pub const WORDS: [(&str, &str); 16] = [
    ("ru", "words.ru.txt"),
    ("en", "words.en.txt"),
    ("form.ru", "form.ru.txt"),
    ("form.en", "form.en.txt"),
    ("panel.ru", "panel.ru.txt"),
    ("panel.en", "panel.en.txt"),
    ("access.ru", "access.ru.txt"),
    ("access.en", "access.en.txt"),
    ("letter.ru", "letter.ru.txt"),
    ("letter.en", "letter.en.txt"),
    ("tickets.ru", "tickets.ru.txt"),
    ("tickets.en", "tickets.en.txt"),
    ("contacts.ru", "contacts.ru.txt"),
    ("contacts.en", "contacts.en.txt"),
    ("settings.ru", "settings.ru.txt"),
    ("settings.en", "settings.en.txt"),
];

/// Words as a page gets them: without comments, which are for whoever writes them. Words of the checks, by kind, name a kind once.
pub fn words(from: &str) -> anyhow::Result<String> {
    let words = fs::read_to_string(format!("src/messages/{from}.txt"))?;
    let lines = words.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let plain = ["panel", "access", "contacts", "letter", "settings", "tickets"];
    if plain.iter().any(|part| from.starts_with(part)) {
        return Ok(lines.flat_map(|line| [line, "\n"]).collect());
    }
    let (mut out, mut above) = (String::new(), "");
    for line in lines {
        let (key, text) = line.split_once('=').context("a line of words is a key and a sentence")?;
        let (kind, part) = key.trim().split_at(key.find('.').unwrap_or(key.trim().len()));
        out += &[if kind == above && !part.is_empty() { "" } else { kind }, part, "=", text.trim(), "\n"].concat();
        above = kind;
    }
    Ok(out)
}

/// Everything the page needs.
pub fn all() -> anyhow::Result<()> {
    tools::wasm_target()?;
    let bindgen = tools::wasm_bindgen()?;
    let npm = tools::npm()?;
    let out = Path::new(DIST).join("podskazka");
    fs::create_dir_all(&out)?;
    looks(&npm)?;
    step("build wasm: fields, panel, check", build_wasm)?;
    both(|tier, module| match tier {
        Tier::Wasm => {
            let result = out.join(format!("{module}_bg.wasm"));
            unless_done(tier, module, &result, &format!("bind and shrink {module}"), || {
                wasm_build(&bindgen, &npm, module, &out)
            })
        }
        Tier::Js => {
            let result = out.join("js").join(format!("{module}.js"));
            unless_done(tier, module, &result, &format!("JS build of {module}"), || {
                js_build(&bindgen, &npm, module, &out)
            })
        }
    })?;
    sweep(Path::new(DIST), &is_kept)?;
    step("bundle the loader", || loader(&npm, &out))?;
    step("bundle the parts of the fields and of the panel", || parts(&npm, &out))?;
    step("compile the articles", || {
        let articles = podskazka_cli::read_faq(Path::new("www/faq"))?;
        let pack = podskazka::faq::Pack { lexicon: podskazka::faq::LEXICON.to_owned(), articles };
        Ok(fs::write(out.join("faq.pdk"), pack.write())?)
    })?;
    fs::create_dir_all(out.join("faq"))?;
    for name in pictures()? {
        fs::copy(Path::new("www/faq").join(&name), out.join("faq").join(&name))?;
    }
    fs::copy("www/faq/contacts.json", out.join("contacts.json"))?;
    fs::write(out.join(ACCESS), podskazka::access::table())?;
    for (from, name) in WORDS {
        fs::write(out.join(name), words(from)?)?;
    }
    step("copy the portal", || copy(Path::new("www/portal"), Path::new(DIST)))
}

/// Results of steps that are left out when nothing has changed (`unless_done`), and the documentation, which `docs` makes; all else is
/// made anew each time.
fn is_kept(file: &Path) -> bool {
    if file.starts_with("docs") {
        return true;
    }
    let name = file.strip_prefix("podskazka").unwrap_or(file).to_string_lossy();
    MODULES
        .iter()
        .any(|it| name == format!("{it}.js") || name == format!("{it}_bg.wasm") || name == format!("js/{it}.js"))
}

/// Removes what an earlier build has left below `root`: `keep` is asked with the path inside it.
fn sweep(root: &Path, keep: &dyn Fn(&Path) -> bool) -> anyhow::Result<()> {
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if !keep(path.strip_prefix(root)?) {
                fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}

/// Do a step unless its result is there and came from the same module by the same program: a second start takes seconds.
fn unless_done(
    tier: Tier,
    module: &str,
    result: &Path,
    name: &str,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut digest = Sha256::new();
    digest.update(fs::read(tier.module(module))?);
    for script in scripts(module)? {
        digest.update(fs::read(script)?);
    }
    if module == "panel" {
        digest.update(fs::read(Path::new("target/looks").join(LOOKS[0].1))?);
    }
    digest.update(include_bytes!("build.rs"));
    digest.update(include_bytes!("imports.rs"));
    digest.update(include_bytes!("../npm/package-lock.json"));
    let digest = format!("{:x}", digest.finalize());
    let stamp = Path::new("target/stamps").join(format!("{}-{module}", if tier == Tier::Wasm { "wasm" } else { "js" }));
    if result.exists() && fs::read_to_string(&stamp).is_ok_and(|done| done == digest) {
        return Ok(());
    }
    step(name, work)?;
    fs::create_dir_all("target/stamps")?;
    Ok(fs::write(stamp, digest)?)
}

/// What becomes of the Rust: a WebAssembly module, or one that wasm2js can turn into JavaScript.
#[derive(Clone, Copy, PartialEq)]
enum Tier {
    Wasm,
    Js,
}

impl Tier {
    fn folder(self) -> &'static str {
        if self == Self::Wasm { "target/page" } else { "target/page-js" }
    }

    /// What cargo makes of a package.
    fn module(self, module: &str) -> String {
        format!("{}/wasm32-unknown-unknown/wasm/podskazka_{module}.wasm", self.folder())
    }

    /// wasm2js knows the first WebAssembly only: `mvp` keeps reference types and bulk memory out.
    fn cpu(self) -> &'static str {
        if self == Self::Wasm { "" } else { " -C target-cpu=mvp" }
    }
}

/// The standard library is built along, without its panic texts and formatting: no page reads them, and they are a sixth
/// of a module (docs/DESIGN.md). These flags are not stable yet; the toolchain is.
const LEAN: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const LEAN_RUST: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none";

/// The modules of both tiers, the tiers beside each other: they share no folder, and what links or lowers a module is busy on one core.
fn both(work: impl Fn(Tier, &str) -> anyhow::Result<()> + Sync) -> anyhow::Result<()> {
    let all = |tier| MODULES.iter().try_for_each(|module| work(tier, module));
    thread::scope(|scope| {
        let js = scope.spawn(|| all(Tier::Js));
        all(Tier::Wasm)?;
        js.join().map_err(|_| anyhow!("the JS build has stopped"))?
    })
}

/// One at a time, so that the panel's features do not unify into the fields.
fn build_wasm() -> anyhow::Result<()> {
    both(build_module)
}

fn build_module(tier: Tier, module: &str) -> anyhow::Result<()> {
    let package = format!("podskazka-{module}");
    // One type of crate: a module that is a library as well is linked without optimisation across its crates, whatever the
    // profile says.
    let args = ["rustc", "--quiet", "--package", &package, "--lib", "--crate-type", "cdylib", "--profile", "wasm"];
    let target = ["--target", "wasm32-unknown-unknown", "--target-dir", tier.folder()];
    let flags = [LEAN_RUST, tier.cpu()].concat();
    let mut command = cargo(&args);
    command.args(LEAN).args(target).env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", flags);
    fetch(&mut command, "what the widget is built from", "crates.io")
}

fn bind(bindgen: &Path, module: &str, tier: Tier, out: &Path) -> anyhow::Result<()> {
    let input = tier.module(module);
    // What an earlier build has left there is no part of this one.
    let _ = fs::remove_dir_all(out.join("snippets"));
    let flags = ["--target", "bundler", "--out-name", module, "--no-typescript", "--out-dir"];
    run(Command::new(bindgen).arg(input).args(flags).arg(out))?;
    for script in scripts(module)? {
        fs::copy(&script, out.join(script.file_name().context("a script has a name")?))?;
    }
    Ok(())
}

/// The script of a module that a page calls, where the module does not offer its own functions: objects would cost it a table.
const DOOR: &str = "door.js";

/// The scripts that stand beside a module with a [`DOOR`].
fn scripts(module: &str) -> anyhow::Result<Vec<PathBuf>> {
    let folder = Path::new("widget").join(module).join("src");
    let mut out = Vec::new();
    if folder.join(DOOR).exists() {
        for entry in fs::read_dir(folder)? {
            out.push(entry?.path());
        }
        out.retain(|path| path.extension().is_some_and(|it| it == "js"));
        out.sort();
    }
    Ok(out)
}

fn wasm_build(bindgen: &Path, npm: &Path, module: &str, out: &Path) -> anyhow::Result<()> {
    let work = Path::new("target/wasm").join(module);
    bind(bindgen, module, Tier::Wasm, &work)?;
    let wasm = out.join(format!("{module}_bg.wasm"));
    fs::copy(work.join(format!("{module}_bg.wasm")), &wasm)?;
    shrink(npm, &wasm)?;
    no_json_parser(&wasm)?;
    let (short, imports) = imports::shorten(&fs::read(&wasm)?, "i", |place| place.to_string())?;
    fs::write(&wasm, short)?;
    // The glue and the scripts of the crate become one file; the module stays beside it.
    let entry = work.join("entry.js");
    fs::write(&entry, wasm_entry(module, &work, &imports)?)?;
    bundle(npm, &entry, &out.join(format!("{module}.js")))
}

/// The glue of a module and the scripts of its crate as one file.
fn bundle(npm: &Path, entry: &Path, to: &Path) -> anyhow::Result<()> {
    esbuild(npm, entry, to, &[&["--bundle", "--minify", "--format=esm"][..], &WITH_LOOKS].concat())
}

/// How a page starts a module: `init({ module_or_path })` with an answer or with bytes. The one that comes with the target `web` can
/// do more, which makes it a kilobyte of every tier.
fn wasm_entry(module: &str, work: &Path, imports: &[Import]) -> anyhow::Result<String> {
    let bundled = fs::read_to_string(work.join(format!("{module}.js")))?;
    let (_, exports) = doors(module, &bundled)?;
    let mut text = format!("import {{ __wbg_set_wasm }} from \"./{module}_bg.js\";\n{exports}\n");
    // No object crosses to a module with a door: there is nothing to put into its table.
    let bare = !scripts(module)?.is_empty();
    let mut scripts: Vec<&str> = Vec::new();
    let mut given = String::new();
    for (script, name) in imports {
        if name == "__wbindgen_init_externref_table" && bare {
            given += "() => {}, ";
            continue;
        }
        let at = scripts.iter().position(|it| it == script).unwrap_or(scripts.len());
        if at == scripts.len() {
            scripts.push(script);
            text += &format!("import * as script{at} from \"{script}\";\n");
        }
        given += &format!("script{at}.{name}, ");
    }
    // The large one is compiled while it comes, and the browser keeps what it has compiled; where the server names the type
    // wrongly, a copy of the answer is read whole.
    let start = if module == "panel" {
        "const given = { i: [GIVEN] };
  const whole = async (it) => WebAssembly.instantiate(it.arrayBuffer ? await it.arrayBuffer() : it, given);
  const { instance } = await (it.clone ? WebAssembly.instantiateStreaming(it.clone(), given).catch(() => whole(it)) : whole(it));"
    } else {
        "const { instance } = await WebAssembly.instantiate(it.arrayBuffer ? await it.arrayBuffer() : it, { i: [GIVEN] });"
    };
    let start = start.replace("GIVEN", &given);
    Ok(text
        + &format!(
            "export default async function init({{ module_or_path: it }}) {{
  it = await it;
  {start}
  __wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}}
"
        ))
}

/// The glue of a module before its exports, and what a page calls.
fn doors(module: &str, glue: &str) -> anyhow::Result<(String, String)> {
    let Some((before, exports)) = glue.find("export {").and_then(|at| glue.split_at_checked(at)) else {
        bail!("{module}.js: the glue no longer lists its exports as expected")
    };
    let own = scripts(module)?.is_empty();
    Ok((before.to_owned(), if own { exports.to_owned() } else { format!("export * from \"./{DOOR}\";\n") }))
}

/// The checks as Node.js gets them, optimised for speed.
pub fn check_module(out: &Path) -> anyhow::Result<()> {
    let (bindgen, npm) = (tools::wasm_bindgen()?, tools::npm()?);
    step("build the checks for Node.js", || {
        let args =
            ["rustc", "--quiet", "--package", "podskazka-check", "--lib", "--features", "words", "--profile", "node"];
        run(cargo(&args).args(["--crate-type", "cdylib"]).args([
            "--target",
            "wasm32-unknown-unknown",
            "--target-dir",
            "target/pack",
        ]))?;
        let input = "target/pack/wasm32-unknown-unknown/node/podskazka_check.wasm";
        let flags = ["--target", "web", "--out-name", "check", "--no-typescript", "--out-dir"];
        run(Command::new(bindgen).arg(input).args(flags).arg(out))?;
        speed_up(&npm, &out.join("check_bg.wasm"))
    })
}

/// Optimise a module for speed, in place.
pub fn speed_up(npm: &Path, wasm: &Path) -> anyhow::Result<()> {
    let bin = npm.join("node_modules/.bin/wasm-opt");
    let features = ["--enable-sign-ext", "--enable-nontrapping-float-to-int", "--enable-bulk-memory"];
    let more = ["--enable-multivalue", "--enable-mutable-globals", "--enable-reference-types", "-O3"];
    run(Command::new(bin).args(features).args(more).arg(wasm).arg("-o").arg(wasm))
}

/// Optimise a module for size, in place.
fn shrink(npm: &Path, wasm: &Path) -> anyhow::Result<()> {
    let bin = Command::new(npm.join("node_modules/.bin/wasm-opt"));
    // Zeros between data and code that says the same twice cost brotli nothing; sections for tools are for tools. No engine reads
    // how an access is aligned: without it accesses are alike (0.2 to 0.4 % less).
    let kept = ["--skip-pass=memory-packing", "--skip-pass=local-cse"];
    let gone = ["--dealign", "--strip-producers", "--strip-target-features"];
    run(shrink_flags(bin).args(kept).args(gone).arg(wasm).arg("-o").arg(wasm))
}

/// What wasm-bindgen leaves in, and the smallest code after brotli: an inlined function is shorter, yet the calls it
/// replaces are alike and compress to less (3 KB of the panel).
fn shrink_flags(mut wasm_opt: Command) -> Command {
    wasm_opt.args(["--enable-multivalue", "--enable-mutable-globals"]);
    wasm_opt.args([
        "--enable-sign-ext",
        "--enable-nontrapping-float-to-int",
        "--enable-bulk-memory",
        "--enable-reference-types",
        "-Oz",
    ]);
    wasm_opt.args(["--one-caller-inline-max-function-size=0", "--always-inline-max-function-size=0"]);
    // The second round finds a little more.
    wasm_opt.args(["--flexible-inline-max-function-size=0", "-Oz"]);
    wasm_opt
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
    bind(bindgen, module, Tier::Js, &work)?;
    let wasm = work.join(format!("{module}_bg.wasm"));
    let lowered = work.join("lowered.wasm");
    let bin = npm.join("node_modules/.bin");
    let lower = ["--llvm-memory-copy-fill-lowering", "--signext-lowering", "--llvm-nontrapping-fptoint-lowering"];
    run(shrink_flags(Command::new(bin.join("wasm-opt"))).args(lower).arg(&wasm).arg("-o").arg(&lowered))?;
    let (short, imports) = imports::shorten(&fs::read(&lowered)?, "./imports.js", |place| format!("i{place}"))?;
    fs::write(&lowered, short)?;
    let named = imports.iter().enumerate();
    let named = named.map(|(place, (from, name))| format!("export {{ {name} as i{place} }} from \"{from}\";\n"));
    fs::write(work.join("imports.js"), named.collect::<String>())?;
    run(Command::new(bin.join("wasm2js"))
        .arg(&lowered)
        .arg("-Oz")
        .arg("-o")
        .arg(work.join(format!("{module}_bg.wasm.js"))))?;
    let entry = work.join(format!("{module}.js"));
    let (before, exports) = doors(module, &fs::read_to_string(&entry)?)?;
    let glue = [before.replace(&format!("{module}_bg.wasm\""), &format!("{module}_bg.wasm.js\"")), exports].concat();
    fresh_views(&work.join(format!("{module}_bg.js")))?;
    fs::write(&entry, format!("{glue}\nexport default async function init() {{}}\n"))?;
    let target = out.join("js").join(format!("{module}.js"));
    bundle(npm, &entry, &target)
}

/// Names of the pictures of the articles; the panel looks for them in `faq/` beside the script.
pub fn pictures() -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir("www/faq")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".svg", ".png", ".webp"].iter().any(|end| name.ends_with(end)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// WebAssembly detaches the old buffer when memory grows, and the glue looks for that. JS memory leaves the old buffer
/// whole, so its cached views must be compared with the memory's own buffer.
fn fresh_views(glue: &Path) -> anyhow::Result<()> {
    let mut text = fs::read_to_string(glue)?;
    for view in ["Uint8Array", "Uint16Array", "DataView", "Int32Array", "Uint32Array", "Float64Array"] {
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
    for name in SCRIPTS {
        script(npm, name, &out.join(format!("{name}.js")), "")?;
    }
    fs::copy("widget/capture/raster.html", out.join("raster.html"))?;
    for name in ["ticket.html", "ticket.css"] {
        fs::copy(Path::new("www/loader").join(name), out.join(name))?;
    }
    Ok(())
}

/// Parts that are loaded by use, and their sources.
pub fn later() -> impl Iterator<Item = (&'static str, String)> {
    let fields = PARTS.iter().copied().map(|name| (name, format!("widget/fields/later/{name}.js")));
    fields.chain(VIEWS.into_iter().map(|name| (name, format!("widget/panel/later/{name}.ts"))))
}

/// Looks that are texts of a script, by the folder of their crate: esbuild would leave their blanks in. The scripts ask for them by
/// `looks/…`.
const LOOKS: [(&str, &str); 3] =
    [("widget/panel/src", "panel.css"), ("widget/fields", "use/fields.css"), ("widget/fields", "later/summary.css")];

/// What a script needs that asks for one of the [`LOOKS`].
const WITH_LOOKS: [&str; 2] = ["--loader:.css=text", "--alias:looks=./target/looks"];

fn looks(npm: &Path) -> anyhow::Result<()> {
    for (folder, name) in LOOKS {
        esbuild(npm, &Path::new(folder).join(name), &Path::new("target/looks").join(name), &["--minify"])?;
    }
    Ok(())
}

fn parts(npm: &Path, out: &Path) -> anyhow::Result<()> {
    for (name, from) in later() {
        let flags = ["--bundle", "--charset=utf8", "--format=esm", "--target=es2022", "--minify"];
        let flags = [&flags[..], &WITH_LOOKS].concat();
        esbuild(npm, Path::new(&from), &out.join(format!("{name}.js")), &flags)?;
    }
    Ok(())
}

/// One script of the page. `digests` is the digest of `digests.js` where the loader is to check what it loads.
pub fn script(npm: &Path, name: &str, to: &Path, digests: &str) -> anyhow::Result<()> {
    let folder = Path::new(match name {
        "capture" | "frames" | "plain" | "raster" => "widget/capture",
        "editor" => "widget/capture/editor",
        _ => "www/loader",
    });
    let source = folder.join(format!("{name}.ts"));
    let version = format!("--define:VERSION=\"{}\"", env!("CARGO_PKG_VERSION"));
    let digests = format!("--define:DIGESTS=\"{digests}\"");
    let flags = ["--bundle", "--external:./*.js", "--charset=utf8", "--format=esm", "--target=es2022"];
    // The package's own entries stay as they are: its notes to bundlers would be lost.
    let minify: &[&str] = if name.starts_with("npm") { &[] } else { &["--minify"] };
    let mut flags = [&flags[..], &[&version, &digests], minify].concat();
    let (before, after) = wrapped();
    if name == "frames" {
        flags.retain(|it| !it.starts_with("--format"));
        flags.extend(["--format=iife", "--global-name=it", &before, &after]);
    }
    esbuild(npm, &source, to, &flags)
}

/// Names of a window that the picture asks for: elements of a frame are of the classes of its own window.
const OF_A_WINDOW: &str = "document,location,innerWidth,innerHeight,scrollX,scrollY,devicePixelRatio,getComputedStyle,\
    matchMedia,Text,Element,Document,ShadowRoot,HTMLInputElement,HTMLTextAreaElement,HTMLSelectElement,HTMLImageElement,\
    HTMLCanvasElement,HTMLSlotElement,customElements,CSSStyleRule,CSSMediaRule,CSSImportRule,CSSFontFaceRule,CSSPageRule,CSSNamespaceRule";

/// The script as a function of a window.
fn wrapped() -> (String, String) {
    let before = format!("--banner:js=export const of=window=>{{const{{{OF_A_WINDOW}}}=window;");
    (before, "--footer:js=return it}".to_owned())
}

pub fn esbuild(npm: &Path, from: &Path, to: &Path, flags: &[&str]) -> anyhow::Result<()> {
    let bin = npm.join("node_modules/.bin/esbuild");
    run(Command::new(bin).arg(from).args(flags).arg("--log-level=error").arg(format!("--outfile={}", to.display())))
}

/// A folder with all below it.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_build_left_is_swept_away() {
        let root = env::temp_dir().join(format!("podskazka-sweep-{}", std::process::id()));
        fs::create_dir_all(root.join("podskazka")).unwrap();
        let names = ["old.html", "podskazka/faq.json", "podskazka/panel_bg.wasm", "podskazka/words.ru.txt"];
        for name in names {
            fs::write(root.join(name), "").unwrap();
        }
        sweep(&root, &is_kept).unwrap();
        let left = names.map(|it| root.join(it).exists());
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(left, [false, false, true, false]);
    }
}
