//! `podskazka faq search`: what a citizen would be shown.

use std::io::{self, ErrorKind, Write, stdout};
use std::path::PathBuf;

use anyhow::{Result, ensure};
use podskazka::faq::{Answer, Article, Builder, DOUBT, Hint};

#[derive(clap::Args)]
pub struct Args {
    /// Directory of articles or article file
    source: PathBuf,
    /// What a citizen asks
    query: String,
    /// Kind of the field, such as inn
    #[arg(long)]
    kind: Option<String>,
    /// Code of the error, such as inn.checksum
    #[arg(long)]
    code: Option<String>,
    /// Code of the error that was mended last, such as inn.checksum
    #[arg(long)]
    mended: Option<String>,
    /// Name of the form, page or service
    #[arg(long)]
    form: Option<String>,
    /// Language of the person, such as ru: articles in another one come behind their likes
    #[arg(long)]
    lang: Option<String>,
}

pub fn run(args: &Args) -> Result<()> {
    ensure!(!args.query.trim().is_empty(), "QUERY is empty: write what a citizen asks, such as \"вернуть деньги\"");
    let pack = super::read(&args.source)?;
    let index = Builder::build(&pack.articles, &pack.lexicon);
    let hint = Hint {
        kind: args.kind.as_deref(),
        code: args.code.as_deref(),
        mended: args.mended.as_deref(),
        form: args.form.as_deref(),
        lang: args.lang.as_deref(),
    };
    let answer = index.search(&pack.articles, &args.query, &hint);
    match print(&mut stdout().lock(), &pack.articles, &answer) {
        // Who reads has read enough: `| head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn print(out: &mut impl Write, articles: &[Article], answer: &Answer) -> io::Result<()> {
    if let Some(text) = &answer.read_as {
        writeln!(out, "Показаны результаты для «{text}»")?;
    }
    if let Some(text) = &answer.did_you_mean {
        writeln!(out, "Возможно, вы искали «{text}»")?;
    }
    for hit in &answer.hits {
        if let Some(article) = articles.get(hit.index) {
            writeln!(out, "{:.2}\t{}\t{}\n\t{}", hit.score, article.id, article.title, hit.snippet.text)?;
        }
    }
    let verdict = match answer.confidence {
        _ if answer.hits.is_empty() => "nothing found",
        _ if answer.sure => "the first one is the answer",
        percent if percent < DOUBT => "doubtful: the panel offers to write to the support",
        _ => "one of the first three is likely the answer",
    };
    writeln!(out, "confidence {} %: {verdict}", answer.confidence)
}
