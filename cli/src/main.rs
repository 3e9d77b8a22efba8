//! Command line of the form helper.

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use podskazka::faq::{Hint, search};
use podskazka_cli::{build_faq, check, generate, read_faq};

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
    /// Build or search the questions
    #[command(subcommand)]
    Faq(Faq),
}

#[derive(Subcommand)]
enum Faq {
    /// Compile the articles of a directory into one JSON file
    Build { dir: PathBuf, out: PathBuf },
    /// Search the articles of a directory
    Search {
        dir: PathBuf,
        query: String,
        /// Kind of the field, such as inn
        #[arg(long)]
        kind: Option<String>,
        /// Code of the error, such as inn.checksum
        #[arg(long)]
        code: Option<String>,
    },
}

fn main() -> Result<ExitCode> {
    match Args::parse().command {
        Command::Check(args) => return Ok(check::run(&args)),
        Command::Generate(args) => return Ok(generate::run(&args)),
        Command::Faq(Faq::Build { dir, out }) => {
            std::fs::write(&out, build_faq(&dir)?).with_context(|| format!("cannot write {}", out.display()))
        }
        Command::Faq(Faq::Search { dir, query, kind, code }) => {
            let articles = read_faq(&dir)?;
            let hint = Hint { kind: kind.as_deref(), code: code.as_deref(), form: None };
            let mut out = stdout().lock();
            for hit in search(&articles, &query, &hint) {
                if let Some(article) = articles.get(hit.index) {
                    writeln!(out, "{:.2}\t{}\t{}\n\t{}", hit.score, article.id, article.title, hit.snippet.text)?;
                }
            }
            Ok(())
        }
    }
    .map(|()| ExitCode::SUCCESS)
}
