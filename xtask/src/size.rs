//! Brotli sizes of the tiers against the budgets.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

/// Tier, its files under `dist/podskazka`, its budget in bytes: ARCHITECTURE.md, "Tiers and budgets".
/// The JS build may weigh 1.4 times its tier.
const TIERS: [(&str, &[&str], usize); 13] = [
    ("0 loader", &["podskazka.js"], 3 * 1024),
    ("1 fields", &["fields.js", "fields_bg.wasm", "words.ru.txt"], 40 * 1024),
    ("1 fields, JS build", &["js/fields.js", "words.ru.txt"], 56 * 1024),
    ("1 part: masks", &["mask.js", "mask_bg.wasm"], 10 * 1024),
    ("1 part: masks, JS", &["js/mask.js"], 14 * 1024),
    ("1 part: summary", &["summary.js"], 3 * 1024),
    ("1 part: drafts", &["drafts.js"], 3 * 1024),
    ("1 part: files", &["files.js"], 3 * 1024),
    ("1 part: paste", &["paste.js"], 3 * 1024),
    ("1 part: statistics", &["stats.js"], 3 * 1024),
    ("2 panel", &["panel.js", "panel_bg.wasm"], 120 * 1024),
    ("2 panel, JS build", &["js/panel.js"], 168 * 1024),
    ("3 capture", &["capture.js"], 12 * 1024),
];

/// Print the table; an error when a tier is over its budget.
pub fn run() -> anyhow::Result<()> {
    let over: Vec<_> = table()?.into_iter().filter(|row| row.total > row.budget).map(|row| row.tier).collect();
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

struct Row {
    tier: &'static str,
    total: usize,
    budget: usize,
}

fn table() -> anyhow::Result<Vec<Row>> {
    println!("{:<22}{:>12}{:>12}", "tier", "brotli", "budget");
    let mut rows = Vec::new();
    for (tier, files, budget) in TIERS {
        let mut total = 0;
        for file in files {
            total += brotli_size(&Path::new("dist/podskazka").join(file))?;
        }
        println!("{tier:<22}{:>9.1} KB{:>9} KB", total as f64 / 1024.0, budget / 1024);
        rows.push(Row { tier, total, budget });
    }
    Ok(rows)
}

/// Bytes of a file after brotli at its best.
pub fn brotli_size(path: &Path) -> anyhow::Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("{}: run `cargo xtask build` first", path.display()))?;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(&bytes)?;
    Ok(writer.into_inner().len())
}
