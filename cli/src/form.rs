//! The command `podskazka form check`: schemas of forms, read as the page reads them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use podskazka::form::schema::Schema;

#[derive(Subcommand)]
pub enum Command {
    /// Name everything in the schemas of forms that would keep a page from using them (docs/schema/form.v1.json)
    Check {
        /// Schemas as JSON files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Run a command; its report goes to standard output.
pub fn run(command: Command) -> Result<()> {
    let Command::Check { files } = command;
    let mut broken = 0;
    for file in &files {
        match problems(file)? {
            lines if lines.is_empty() => println!("{}: no problem", file.display()),
            lines => {
                broken += 1;
                lines.iter().for_each(|line| println!("{}{line}", file.display()));
            }
        }
    }
    if broken > 0 {
        bail!("{broken} of {} schemas cannot be used", files.len());
    }
    Ok(())
}

/// The problems of a schema, a line each.
fn problems(file: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let document = match serde_json::from_str(&text) {
        Ok(document) => document,
        Err(error) => return Ok(vec![format!(":{}:{}: not JSON: {error}", error.line(), error.column())]),
    };
    let problems = Schema::read(&document).err().unwrap_or_default();
    let line = |it: &podskazka::form::schema::Problem| format!("#{}: {} ({})", it.path, it.message, it.code);
    Ok(problems.iter().map(line).collect())
}
