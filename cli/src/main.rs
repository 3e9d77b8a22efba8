//! Command line of the form helper.

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "podskazka", version, about = "Questions of the form helper")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build, check, search and measure the questions
    #[command(subcommand)]
    Faq(podskazka_cli::faq::Command),
}

fn main() -> Result<()> {
    match Args::parse().command {
        Command::Faq(command) => podskazka_cli::faq::run(command),
    }
}
