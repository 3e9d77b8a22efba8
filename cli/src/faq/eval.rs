//! How well the search answers real questions: `podskazka faq eval`.
//!
//! Data: JSON lines. Articles `{set, id, title, body}`, questions `{set, query, relevant: [id], qid}`. Each set is its own
//! corpus; the figures are the plain average over the sets. Other keys of a line are passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use podskazka::faq::{Article, Block, Builder, DOUBT, Hint, Index, Inline, LEXICON, Section, crc32};
use serde::{Deserialize, Serialize};

use super::Variant;

#[derive(clap::Args)]
pub struct Args {
    /// Articles, one JSON object a line
    #[arg(long)]
    articles: PathBuf,
    /// Questions with their right articles, one JSON object a line
    #[arg(long)]
    queries: PathBuf,
    /// Spoil the questions first
    #[arg(long, value_enum, default_value = "clean")]
    variant: Variant,
    /// Tune weights on one half, report the other
    #[arg(long, value_enum, default_value = "all")]
    half: Half,
    /// Past questions that the articles learn as `asked_as`; those that are asked now are left out
    #[arg(long)]
    learn: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Each question is timed this often and the least time counts: another process must not decide the figure.
const TIMES: usize = 3;

/// Which questions: weights are tuned on one half and reported on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Half {
    /// `crc32(qid)` is even.
    Tune,
    /// `crc32(qid)` is odd.
    Report,
    All,
}

impl Half {
    fn has(self, qid: &str) -> bool {
        match self {
            Self::Tune => crc32(qid.as_bytes()).is_multiple_of(2),
            Self::Report => !crc32(qid.as_bytes()).is_multiple_of(2),
            Self::All => true,
        }
    }
}

/// An article of the data.
#[derive(Clone, Deserialize, Serialize)]
pub struct Source {
    pub set: String,
    pub id: String,
    pub title: String,
    pub body: String,
}

/// A question of the data.
#[derive(Clone, Deserialize)]
pub struct Asked {
    pub set: String,
    pub query: String,
    pub relevant: Vec<String>,
    pub qid: String,
}

/// Figures of a set, or of the average over the sets. Shares are in percent, times in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Figures {
    pub articles: usize,
    pub questions: usize,
    pub recall_1: f64,
    pub recall_3: f64,
    pub mrr_10: f64,
    /// Share of questions with no article at all.
    pub unanswered: f64,
    /// Share of questions that the search is sure of, and how many of these have the right article first.
    pub sure: f64,
    pub sure_right: f64,
    /// Share of questions under the bound of doubt, and how many of these have the right article among three.
    pub doubted: f64,
    pub doubted_right: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
}

/// Figures of each set and the average over them.
#[derive(Debug, Serialize)]
pub struct Report {
    pub sets: BTreeMap<String, Figures>,
    pub average: Figures,
}

/// Read JSON lines; an error names the file, the line and what is expected.
pub fn read<T: for<'a> Deserialize<'a>>(file: &Path) -> Result<Vec<T>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}:{}: not a line of this format", file.display(), at + 1))
        })
        .collect()
}

/// The articles of one set. A body has no headings; its lines are paragraphs.
pub fn corpus(sources: &[Source], set: &str, learned: &[Asked]) -> Vec<Article> {
    let mut list: Vec<Article> = Vec::new();
    for source in sources.iter().filter(|s| s.set == set) {
        let paragraph = |line: &str| Block::Paragraph { spans: vec![Inline::Text(line.into())] };
        let asked = learned.iter().filter(|q| q.set == set && q.relevant.contains(&source.id));
        list.push(Article {
            id: source.id.clone(),
            title: source.title.clone(),
            section: Section::Technical,
            asked_as: asked.map(|q| q.query.clone()).collect(),
            keywords: Vec::new(),
            kinds: Vec::new(),
            codes: Vec::new(),
            services: Vec::new(),
            lang: "ru".into(),
            updated: String::new(),
            reviewed_by: String::new(),
            source: String::new(),
            popular: 0,
            blocks: source.body.lines().map(paragraph).collect(),
        });
    }
    list
}

/// Ask every question of its own set and count.
pub fn evaluate(sources: &[Source], asked: &[Asked], learned: &[Asked]) -> Result<Report> {
    let mut sets = BTreeMap::new();
    for question in asked {
        sets.entry(question.set.clone()).or_insert_with(Figures::default);
    }
    for (set, figures) in &mut sets {
        let articles = corpus(sources, set, learned);
        if articles.is_empty() {
            bail!("the questions name the set `{set}`, and no article has it; add articles with \"set\": \"{set}\"");
        }
        let index = Builder::build(&articles, LEXICON);
        *figures = ask(&index, &articles, asked.iter().filter(|q| &q.set == set));
    }
    let n = sets.len().max(1) as f64;
    let mean = |of: fn(&Figures) -> f64| sets.values().map(of).sum::<f64>() / n;
    let average = Figures {
        articles: sets.values().map(|f| f.articles).sum(),
        questions: sets.values().map(|f| f.questions).sum(),
        recall_1: mean(|f| f.recall_1),
        recall_3: mean(|f| f.recall_3),
        mrr_10: mean(|f| f.mrr_10),
        unanswered: mean(|f| f.unanswered),
        sure: mean(|f| f.sure),
        sure_right: mean(|f| f.sure_right),
        doubted: mean(|f| f.doubted),
        doubted_right: mean(|f| f.doubted_right),
        p50_ms: mean(|f| f.p50_ms),
        p95_ms: mean(|f| f.p95_ms),
    };
    Ok(Report { sets, average })
}

fn ask<'a>(index: &Index, articles: &[Article], asked: impl Iterator<Item = &'a Asked>) -> Figures {
    let mut figures = Figures { articles: articles.len(), ..Figures::default() };
    let mut times = Vec::new();
    for question in asked {
        let mut least = f64::MAX;
        let mut answer = Default::default();
        for _ in 0..TIMES {
            let start = Instant::now();
            answer = index.search(articles, &question.query, &Hint::default());
            least = least.min(start.elapsed().as_secs_f64() * 1000.0);
        }
        times.push(least);
        figures.questions += 1;
        let right = |at: usize| articles.get(at).is_some_and(|a| question.relevant.contains(&a.id));
        let rank = answer.hits.iter().take(10).position(|hit| right(hit.index));
        figures.recall_1 += f64::from(rank == Some(0));
        figures.recall_3 += f64::from(rank.is_some_and(|r| r < 3));
        figures.mrr_10 += rank.map_or(0.0, |r| 1.0 / (r + 1) as f64);
        figures.unanswered += f64::from(answer.hits.is_empty());
        if answer.sure {
            figures.sure += 1.0;
            figures.sure_right += f64::from(rank == Some(0));
        }
        if answer.confidence < DOUBT {
            figures.doubted += 1.0;
            figures.doubted_right += f64::from(rank.is_some_and(|r| r < 3));
        }
    }
    figures.sure_right *= 100.0 / figures.sure.max(1.0);
    figures.doubted_right *= 100.0 / figures.doubted.max(1.0);
    times.sort_by(f64::total_cmp);
    let share = 100.0 / figures.questions.max(1) as f64;
    let Figures { recall_1, recall_3, mrr_10, unanswered, sure, doubted, .. } = &mut figures;
    for value in [recall_1, recall_3, mrr_10, unanswered, sure, doubted] {
        *value *= share;
    }
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or(0.0);
    figures.p50_ms = at(50);
    figures.p95_ms = at(95);
    figures
}

/// The questions of a half.
pub fn half(asked: Vec<Asked>, half: Half) -> Vec<Asked> {
    asked.into_iter().filter(|q| half.has(&q.qid)).collect()
}

pub fn run(args: &Args) -> Result<()> {
    let sources: Vec<Source> = read(&args.articles)?;
    let mut asked = half(read(&args.queries)?, args.half);
    if asked.is_empty() {
        bail!("{}: no question in this half; give a file with questions, one a line", args.queries.display());
    }
    let qids: BTreeSet<&str> = asked.iter().map(|q| q.qid.as_str()).collect();
    let mut learned: Vec<Asked> = args.learn.as_deref().map(read).transpose()?.unwrap_or_default();
    learned.retain(|q| !qids.contains(q.qid.as_str()));
    if args.learn.is_some() && learned.is_empty() {
        bail!("--learn: every question of the file is asked now; add `--half report`, or give other questions");
    }
    asked.iter_mut().for_each(|q| q.query = args.variant.apply(&q.query));
    let report = evaluate(&sources, &asked, &learned)?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", table(&report));
    }
    Ok(())
}

/// The figures as a table for people.
fn table(report: &Report) -> String {
    let head = [
        "set",
        "articles",
        "questions",
        "R@1",
        "R@3",
        "MRR@10",
        "none",
        "sure",
        "right",
        "doubt",
        "right",
        "p50 ms",
        "p95 ms",
    ];
    let mut out = String::new();
    let mut line = |cells: [String; 13]| {
        for (at, cell) in cells.iter().enumerate() {
            let padded = if at == 0 { format!("{cell:<12}") } else { format!("{cell:>10}") };
            out.push_str(&padded);
        }
        out.push('\n');
    };
    line(head.map(String::from));
    let average = [("average".to_owned(), report.average)];
    for (name, f) in report.sets.iter().map(|(name, f)| (name.clone(), *f)).chain(average) {
        let share = |value: f64| format!("{value:.1}");
        let time = |value: f64| format!("{value:.2}");
        line([
            name,
            f.articles.to_string(),
            f.questions.to_string(),
            share(f.recall_1),
            share(f.recall_3),
            share(f.mrr_10),
            share(f.unanswered),
            share(f.sure),
            share(f.sure_right),
            share(f.doubted),
            share(f.doubted_right),
            time(f.p50_ms),
            time(f.p95_ms),
        ]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> (Vec<Source>, Vec<Asked>) {
        let source = |id: &str, title: &str| Source {
            set: "a".into(),
            id: id.into(),
            title: title.into(),
            body: "Текст статьи.".into(),
        };
        let asked = |qid: &str, query: &str, relevant: &str| Asked {
            set: "a".into(),
            query: query.into(),
            relevant: vec![relevant.into()],
            qid: qid.into(),
        };
        (
            vec![source("1", "Как вернуть деньги"), source("2", "Как сменить пароль")],
            vec![asked("q1", "верните деньги", "1"), asked("q2", "новый пароль", "1"), asked("q3", "ъъъъ", "2")],
        )
    }

    #[test]
    fn counts_places_and_silence() {
        let (sources, asked) = data();
        let figures = evaluate(&sources, &asked, &[]).unwrap().average;
        assert_eq!((figures.articles, figures.questions), (2, 3));
        let rounded = [figures.recall_1, figures.recall_3, figures.unanswered].map(f64::round);
        assert_eq!(rounded, [33.0, 33.0, 33.0], "{figures:?}");
    }

    #[test]
    fn a_learned_question_is_found() {
        let (sources, asked) = data();
        let learned = evaluate(&sources, &asked, &asked).unwrap().average;
        assert_eq!(learned.recall_1.round(), 100.0, "{learned:?}");
    }

    #[test]
    fn a_set_without_articles_is_named() {
        let (_, asked) = data();
        let error = evaluate(&[], &asked, &[]).unwrap_err().to_string();
        assert!(error.contains("`a`") && error.contains("add articles"), "{error}");
    }

    #[test]
    fn the_halves_are_all() {
        let (_, asked) = data();
        let [tune, report] = [Half::Tune, Half::Report].map(|h| half(asked.clone(), h).len());
        assert_eq!(tune + report, asked.len());
    }
}
