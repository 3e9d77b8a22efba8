//! What the command line does, as functions: `xtask` calls them too.

pub mod check;
mod day;
pub mod faq;
pub mod form;
pub mod generate;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use podskazka::faq::Article;

/// Every `.md` of the directory, sorted by name.
fn markdown_files(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "md") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Read every `.md` of the directory, sorted by `id`.
pub fn read_faq(dir: &Path) -> Result<Vec<Article>> {
    let files = markdown_files(dir)?;
    let mut articles = Vec::with_capacity(files.len());
    for file in &files {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        articles.push(podskazka::faq::parse(&text).with_context(|| file.display().to_string())?);
    }
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    for (a, b) in articles.iter().zip(articles.iter().skip(1)) {
        if a.id == b.id {
            bail!("two articles have the id `{}`; rename one", a.id);
        }
    }
    Ok(articles)
}

/// The compiled `faq.json`: a JSON array of the articles of the directory, sorted by `id`.
pub fn build_faq(dir: &Path) -> Result<String> {
    Ok(serde_json::to_string(&read_faq(dir)?)?)
}
