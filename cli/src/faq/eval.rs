//! How well the search answers real questions: `podskazka faq eval`.
//!
//! Data: JSON lines. Articles `{set, id, title, body}`, questions `{set, query, relevant: [id], qid}`. Each set is its own
//! corpus; the figures are the plain average over the sets.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use podskazka::faq::{Article, Block, Builder, Hint, Index, Inline, LEXICON, Section};
use serde::{Deserialize, Serialize};

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
            Self::Tune => crc32(qid.as_bytes()) % 2 == 0,
            Self::Report => crc32(qid.as_bytes()) % 2 == 1,
            Self::All => true,
        }
    }
}

#[derive(Clone, Deserialize)]
pub struct Source {
    pub set: String,
    pub id: String,
    pub title: String,
    pub body: String,
}

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
    pub p50_ms: f64,
    pub p95_ms: f64,
}

#[derive(Serialize)]
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
            serde_json::from_str(line).with_context(|| format!("{}:{}: not a line of this format", file.display(), at + 1))
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
            steps: Vec::new(),
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
        p50_ms: mean(|f| f.p50_ms),
        p95_ms: mean(|f| f.p95_ms),
    };
    Ok(Report { sets, average })
}

fn ask<'a>(index: &Index, articles: &[Article], asked: impl Iterator<Item = &'a Asked>) -> Figures {
    let mut figures = Figures { articles: articles.len(), ..Figures::default() };
    let mut times = Vec::new();
    for question in asked {
        let start = Instant::now();
        let answer = index.search(articles, &question.query, &Hint::default());
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        figures.questions += 1;
        let right = |at: usize| articles.get(at).is_some_and(|a| question.relevant.contains(&a.id));
        let rank = answer.hits.iter().take(10).position(|hit| right(hit.index));
        figures.recall_1 += f64::from(rank == Some(0));
        figures.recall_3 += f64::from(rank.is_some_and(|r| r < 3));
        figures.mrr_10 += rank.map_or(0.0, |r| 1.0 / (r + 1) as f64);
        figures.unanswered += f64::from(answer.hits.is_empty());
    }
    times.sort_by(f64::total_cmp);
    let share = 100.0 / figures.questions.max(1) as f64;
    for value in [&mut figures.recall_1, &mut figures.recall_3, &mut figures.mrr_10, &mut figures.unanswered] {
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

/// CRC-32 of IEEE 802.3.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    };
    !bytes.iter().fold(!0, step)
}
