//! Build logic of the project. `cargo xtask --help` lists the commands.

mod bench;
mod build;
mod checks;
mod demo;
mod shell;
mod size;
mod test;
mod tools;

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
    Demo {
        /// Address to listen on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
    },
    /// Install what the tests need and run all of them: checks, native, browser, size.
    Test,
    /// Formatting, clippy and the absences of docs/ARCHITECTURE.md.
    Ci,
    /// Build the widget, the portal and the articles into `dist/`.
    Build,
    /// Measurements beside others, on data that is not part of the repository.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Table of tiers against their budgets; fails when one is passed.
    Size,
}

fn main() -> anyhow::Result<()> {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    match Cli::parse().command {
        Command::Demo { listen } => demo::run(&listen),
        Command::Test => test::run(),
        Command::Ci => checks::run(),
        Command::Build => build::all(),
        Command::Bench(bench) => bench::run(&bench),
        Command::Size => size::run(),
    }
}
