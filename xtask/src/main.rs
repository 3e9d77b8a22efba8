//! Build logic of the project. `cargo xtask --help` lists the commands.

mod bench;
mod build;
mod checks;
mod code_types;
mod codes;
mod count;
mod demo;
mod docs;
mod form_types;
mod fuzz;
mod imports;
mod integrity;
mod kinds;
mod pkg;
mod release;
mod sbom;
mod shapes;
mod shell;
mod size;
mod soak;
mod test;
mod tools;
mod trouble;

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, checks and serves Подсказка. Every command shows what it does and how long it took.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve the demo portal on http://127.0.0.1:8080 with an embedded database.
    ///
    /// The first start fetches the wasm target and pinned tools into `.tools/` and takes 8 to 15 minutes on two cores;
    /// each step tells its time. A later start builds only what has changed, takes seconds and needs no network. Tickets
    /// and pictures are kept in `data/`. Needed: rustup, a C compiler (build-essential), Node.js 20 with npm.
    Demo {
        /// Port, or address with a port.
        #[arg(long, default_value = "127.0.0.1:8080", value_parser = trouble::listen)]
        listen: SocketAddr,
    },
    /// Install what the tests need and run all of them: checks, native, browser, package, size.
    Test,
    /// Formatting, clippy and the absences of docs/ARCHITECTURE.md.
    Ci,
    /// Long forms of the tests, in rounds and parts; a table at the end says the time and the verdict of each part.
    ///
    /// Times are judged here, by figures for two cores that nothing else uses; the tests judge none.
    Soak {
        /// Parts to run, several apart by commas; all without it.
        #[arg(long, value_enum, value_delimiter = ',', value_name = "NAME")]
        only: Vec<soak::Part>,
        /// The last round begins before these minutes are over.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        /// Where the drawing of the first round begins; a failed round is repeated with the seed it printed.
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// The fuzz targets with coverage: every way that foreign text comes in, a while each; a table says what each reached.
    Fuzz {
        /// For one target.
        #[arg(long, default_value_t = fuzz::SECONDS)]
        seconds: u32,
        /// Where the drawing of inputs begins.
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Build the widget, the portal and the articles into `dist/`.
    Build,
    /// Write the tables of docs/ that are made from the source, and the documentation site into `dist/docs/`.
    Docs {
        /// Also run its tests: code blocks, links, the pages in Chromium.
        #[arg(long)]
        test: bool,
    },
    /// Build the npm package into `target/pkg/`.
    Pkg {
        /// Also install it into scratch projects and drive the examples in Chromium, as `test` does.
        #[arg(long)]
        test: bool,
        /// Only make the files of a script tag from `dist/` and drive them on pages that are not ours.
        #[arg(long)]
        hosts: bool,
    },
    /// Measurements beside others, on data that is not part of the repository.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Table of tiers against their budgets; fails when one is passed.
    Size,
    /// Everything that must hold before a version goes out: notes, versions, nothing stale, sizes. Publishes nothing.
    Release {
        /// Only say what stops the release: the one form there is, publishing stays a person's act.
        #[arg(long, required = true)]
        dry_run: bool,
        /// Look at `dist/` and `target/pkg/` as they stand instead of building them anew.
        #[arg(long)]
        built: bool,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match error.downcast_ref::<trouble::Trouble>() {
                Some(trouble) => eprintln!("\n{trouble}"),
                None => eprintln!("\nError: {error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    match Cli::parse().command {
        Command::Demo { listen } => demo::run(listen),
        Command::Test => test::run(),
        Command::Ci => checks::run().map(|count| println!("\nPassed: {count} checks.")),
        Command::Soak { minutes, seed, only } => soak::run(minutes, seed, &only),
        Command::Fuzz { seconds, seed } => fuzz::all(seconds, seed),
        Command::Build => build::all(),
        Command::Docs { test } => docs::run_all(test),
        Command::Pkg { hosts: true, .. } => shell::run(&mut pkg::hosts()?),
        Command::Pkg { test, .. } => pkg::run_all(test),
        Command::Bench(bench) => bench::run(&bench),
        Command::Size => size::run(),
        Command::Release { dry_run: _, built } => release::dry_run(built),
    }
}
