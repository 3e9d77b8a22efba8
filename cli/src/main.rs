//! Command line of the form helper.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use podskazka_cli::{check, generate};

#[derive(Parser)]
#[command(name = "podskazka", version, about = "Checks of values, test numbers and questions of the form helper")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check values; exit code 0 if all are complete, 1 if some are not, 2 if the command cannot be done
    Check(check::Args),
    /// Draw artificial numbers for tests
    Generate(generate::Args),
    /// Build, check, search and measure the questions
    #[command(subcommand)]
    Faq(podskazka_cli::faq::Command),
    /// Check schemas of forms
    #[command(subcommand)]
    Form(podskazka_cli::form::Command),
}

fn main() -> Result<ExitCode> {
    match Args::parse().command {
        Command::Check(args) => return Ok(check::run(&args)),
        Command::Generate(args) => return Ok(generate::run(&args)),
        Command::Form(command) => return Ok(podskazka_cli::form::run(&command)),
        Command::Faq(command) => podskazka_cli::faq::run(command),
    }
    .map(|()| ExitCode::SUCCESS)
}
