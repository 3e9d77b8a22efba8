//! Measurements beside others: `cargo xtask bench …`. Nothing here is part of the tests.

mod faq;
mod fields;
mod panel;
mod peers;
mod picture;
mod server;
mod validators;

use std::path::PathBuf;

use clap::Subcommand;
use podskazka_cli::faq::eval::Half;

use crate::shell::{self, cargo};

#[derive(Subcommand)]
pub enum Bench {
    /// The search beside MiniSearch, FlexSearch, Fuse, Orama and lunr on real Russian questions.
    Faq {
        /// Folder with articles.jsonl, queries.jsonl and variants/: see xtask/src/bench/faq.rs.
        #[arg(long)]
        data: PathBuf,
        /// Questions to report.
        #[arg(long, value_enum, default_value = "report")]
        half: Half,
    },
    /// What a key costs the page, with 10, 60 and 500 fields, beside IMask + just-validate in the same browser.
    Fields,
    /// The panel in Chromium: first paint after the click, a letter in the search box over a thousand articles.
    Panel,
    /// The verdicts of the shared cases beside twelve libraries; `UPDATE=1` names in each case those that judge otherwise.
    Peers,
    /// The picture of a page beside snapdom, html-to-image and html2canvas-pro.
    Picture {
        /// Folder with pages/ and what they need.
        #[arg(long)]
        pages: PathBuf,
    },
    /// Tickets a second beside a bare insert in the same run; what 10,000 live streams cost.
    Server,
    /// The checks beside a plain loop, python-stdnum and npm packages on the same numbers.
    Validators,
}

pub fn run(bench: &Bench) -> anyhow::Result<()> {
    if cfg!(debug_assertions) {
        // Figures of a debug build say nothing, and take ten minutes to come.
        let own = std::env::args_os().skip(1);
        return shell::run(cargo(&["run", "--release", "--quiet", "--package", "xtask", "--"]).args(own));
    }
    match bench {
        Bench::Faq { data, half } => faq::run(data, *half),
        Bench::Fields => fields::run(),
        Bench::Panel => panel::run(),
        Bench::Peers => peers::run(),
        Bench::Picture { pages } => picture::run(pages),
        Bench::Server => server::run(),
        Bench::Validators => validators::run(),
    }
}
