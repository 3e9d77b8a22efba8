//! The commands `podskazka faq …`: build, check, search and eval.

pub mod check;
pub mod eval;
pub mod popular;
mod search;
mod variant;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use podskazka::faq::{Article, LARGE, LEXICON, Library, Pack};

pub use variant::Variant;

#[derive(Subcommand)]
pub enum Command {
    /// Compile the articles of a directory into one article file, above 1,000 into a catalogue with chunks beside it
    /// (docs/guides/faq-format.md)
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
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    let bytes = if out.extension().is_some_and(|e| e == "json") {
        serde_json::to_vec(&articles)?
    } else {
        let pack = Pack { lexicon: read_lexicon(lexicon)?, articles };
        if count > LARGE {
            let (catalogue, chunks) = Library::catalogue(&pack, "faq");
            let all: usize = chunks.iter().map(|(_, bytes)| bytes.len()).sum();
            // The catalogue last: whoever reads it meanwhile finds its chunks.
            for (name, bytes) in &chunks {
                write(&out.with_file_name(name), bytes)?;
            }
            println!("{} chunks with the texts beside it, {all} bytes: serve them all", chunks.len());
            catalogue
        } else {
            pack.write()
        }
    };
    write(out, &bytes)?;
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
    let Library { lexicon, mut articles, chunks, .. } = match Library::read(&bytes) {
        Ok(library) => library,
        Err(error) => bail!("{}: {error}", source.display()),
    };
    if !chunks.is_empty() {
        articles.clear();
    }
    for name in chunks {
        let file = source.with_file_name(name);
        let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}, a chunk of it", file.display()))?;
        articles.extend(Pack::read(&bytes).with_context(|| file.display().to_string())?.articles);
    }
    Ok(Pack { lexicon, articles })
}
