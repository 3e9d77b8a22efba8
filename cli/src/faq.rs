//! The commands `podskazka faq …`: build, check, search and eval.

pub mod check;
pub mod eval;
pub mod popular;
mod search;
mod variant;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use podskazka::faq::{Article, LEXICON, Pack};

pub use variant::Variant;

#[derive(Subcommand)]
pub enum Command {
    /// Compile the articles of a directory into one article file (docs/guides/faq-format.md)
    Build {
        /// Directory of Markdown articles
        dir: PathBuf,
        /// File to write; a name that ends with .json gets the articles as JSON
        out: PathBuf,
        /// Synonyms and stop words, instead of ours
        #[arg(long)]
        lexicon: Option<PathBuf>,
        /// What readers made of the articles, to raise those that help: `GET /v1/desk/reports/articles?format=csv`
        #[arg(long)]
        counts: Option<PathBuf>,
    },
    /// Name everything in the articles of a directory that an editor should mend
    Check(check::Args),
    /// Search the articles of a directory or of an article file
    Search(search::Args),
    /// Measure the search on questions with known answers
    Eval(eval::Args),
}

/// Run a command; its report goes to standard output.
pub fn run(command: Command) -> Result<()> {
    match command {
        Command::Build { dir, out, lexicon, counts } => build(&dir, &out, lexicon.as_deref(), counts.as_deref()),
        Command::Check(args) => check::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Eval(args) => eval::run(&args),
    }
}

fn build(dir: &Path, out: &Path, lexicon: Option<&Path>, counts: Option<&Path>) -> Result<()> {
    let mut articles = crate::read_faq(dir)?;
    if let Some(file) = counts {
        popular::put(file, &mut articles)?;
    }
    let count = articles.len();
    let bytes = if out.extension().is_some_and(|e| e == "json") {
        serde_json::to_vec(&articles)?
    } else {
        Pack { lexicon: read_lexicon(lexicon)?, articles }.write()
    };
    std::fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{}: {count} articles, {} bytes", out.display(), bytes.len());
    Ok(())
}

fn read_lexicon(file: Option<&Path>) -> Result<String> {
    file.map_or_else(
        || Ok(LEXICON.to_owned()),
        |file| std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display())),
    )
}

/// The articles of a directory with our lexicon, or of an article file with its own.
fn read(source: &Path) -> Result<Pack> {
    if source.is_dir() {
        return Ok(Pack { lexicon: LEXICON.to_owned(), articles: crate::read_faq(source)? });
    }
    let bytes = std::fs::read(source).with_context(|| format!("cannot read {}", source.display()))?;
    if bytes.first() == Some(&b'[') {
        let articles: Vec<Article> = serde_json::from_slice(&bytes)
            .with_context(|| format!("{}: not the articles as JSON; build the file again", source.display()))?;
        return Ok(Pack { lexicon: LEXICON.to_owned(), articles });
    }
    match Pack::read(&bytes) {
        Ok(pack) => Ok(pack),
        Err(error) => bail!("{}: {error}", source.display()),
    }
}
