//! `podskazka faq check`: everything in the articles that an editor should mend, each with file, line and fix.
//!
//! An error keeps the articles from being published, a warning does not.

mod article;
mod codes;
mod sources;
mod together;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use podskazka::faq::{Article, parse};

pub use sources::Sources;

#[derive(clap::Args)]
pub struct Args {
    /// Directory of Markdown articles
    dir: PathBuf,
    /// Count the age of articles from this day (YYYY-MM-DD) instead of today
    #[arg(long)]
    today: Option<String>,
    /// Warn of articles that nobody has looked at for so many days
    #[arg(long, default_value_t = 365)]
    max_age: i64,
    /// Synonyms and stop words, instead of ours
    #[arg(long)]
    lexicon: Option<PathBuf>,
    /// Also list the articles without a `source`, and those whose `source` is only the front page of a site
    #[arg(long)]
    sources: bool,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Error,
    Warning,
}

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub file: String,
    /// Counts from 1; 0 where the whole set is meant.
    pub line: usize,
    pub level: Level,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.level == Level::Error { "error" } else { "warning" };
        match self.line {
            0 => write!(f, "{}: {level}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {level}: {}", self.file, self.message),
        }
    }
}

/// An article with its source, to find lines in.
pub struct Page {
    pub file: String,
    pub source: String,
    pub article: Article,
}

impl Page {
    /// The line of a key of the front matter.
    fn key(&self, key: &str) -> usize {
        self.line(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    }

    /// The first line that fits, or 1.
    fn line(&self, fits: impl Fn(&str) -> bool) -> usize {
        self.source.lines().position(|line| fits(line.trim_start_matches('\u{feff}'))).map_or(1, |at| at + 1)
    }

    fn finding(&self, level: Level, line: usize, message: impl Into<String>) -> Finding {
        Finding { file: self.file.clone(), line, level, message: message.into() }
    }
}

pub fn run(args: &Args) -> Result<()> {
    let today = match &args.today {
        Some(text) => {
            day_number(text).with_context(|| format!("--today {text}: not a date; write it as 2026-11-25"))?
        }
        None => today()?,
    };
    let lexicon = super::read_lexicon(args.lexicon.as_deref())?;
    let (count, findings, sources) = check(&args.dir, today, args.max_age, &lexicon)?;
    for finding in &findings {
        println!("{finding}");
    }
    if args.sources {
        for file in &sources.none {
            println!("{file}: no `source`; where an official instruction exists, name it");
        }
        for file in &sources.front {
            println!("{file}: `source` is the front page of a site; name the page about this");
        }
    }
    let errors = findings.iter().filter(|f| f.level == Level::Error).count();
    println!(
        "{count} articles: {errors} errors, {} warnings; {} without a source, {} with a front page as source{}",
        findings.len() - errors,
        sources.none.len(),
        sources.front.len(),
        if args.sources { "" } else { " (--sources lists them)" }
    );
    if errors > 0 {
        bail!("the articles of {} have errors; mend them and check again", args.dir.display());
    }
    Ok(())
}

/// The number of articles that could be read, what is to be mended, in the order of files and lines, and where their official texts
/// are. `today` is in
/// days since 1970-01-01.
pub fn check(dir: &Path, today: i64, max_age: i64, lexicon: &str) -> Result<(usize, Vec<Finding>, Sources)> {
    let mut findings = Vec::new();
    let mut pages = Vec::new();
    for file in crate::markdown_files(dir)? {
        let source = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let file = file.display().to_string();
        match parse(&source) {
            Ok(article) => pages.push(Page { file, source, article }),
            Err(e) => findings.push(Finding { file, line: e.line, level: Level::Error, message: e.message }),
        }
    }
    if pages.is_empty() && findings.is_empty() {
        bail!("{}: no article; name a directory with .md files", dir.display());
    }
    for page in &pages {
        article::check(page, dir, today, max_age, &mut findings);
    }
    together::check(dir, &pages, lexicon, &mut findings);
    findings.sort();
    findings.dedup();
    Ok((pages.len(), findings, Sources::of(&pages)))
}

fn today() -> Result<i64> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    Ok(i64::try_from(seconds / 86_400)?)
}

/// Days since 1970-01-01 of `YYYY-MM-DD` in the Gregorian calendar.
pub fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that start in March: the leap day is the last one, and a month starts after (153 m + 2) / 5 days.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests;
