//! The panel in Chromium: first paint after the click, and a letter in the search box over a thousand articles.

use std::fs;
use std::path::Path;
use std::process::Command;

use podskazka::faq::Pack;

use crate::shell::run as sh;
use crate::{build, tools};

/// Articles of the file that is measured: the most for which no index is shipped.
const ARTICLES: usize = 1_000;

pub fn run() -> anyhow::Result<()> {
    build::all()?;
    tools::browsers()?;
    let own = podskazka_cli::read_faq(Path::new("www/faq"))?;
    let many = (0..ARTICLES).zip(own.iter().cycle()).map(|(number, article)| {
        let mut article = article.clone();
        article.id = format!("{}-{number}", article.id);
        article
    });
    let pack = Path::new("target/thousand.pdk");
    let many = Pack { lexicon: podskazka::faq::LEXICON.to_owned(), articles: many.collect() };
    fs::write(pack, many.write())?;
    sh(Command::new("node").arg("xtask/panel-bench/run.mjs").arg(build::DIST).arg(pack).arg(tools::npm()?))
}
