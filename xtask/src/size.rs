//! Brotli sizes of the tiers against the budgets.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

use crate::integrity;

/// What a page loads first.
pub const LOADER: usize = 3 * 1024;

/// Tier, its files under `dist/podskazka`, its budget in bytes: ARCHITECTURE.md, "Tiers and budgets".
/// The JS build may weigh 1.4 times its tier.
const TIERS: &[(&str, &[&str], usize)] = &[
    ("0 loader", &["podskazka.js"], LOADER),
    ("0 part: place", &["place.js"], 2 * 1024),
    ("0 part: languages", &["lang.js"], 1024),
    ("0 part: log-out", &["wipe.js"], 1024),
    ("0 element", &["element.js"], 1024),
    ("1 fields", &["fields.js", "fields_bg.wasm", "words.ru.txt"], 40 * 1024),
    ("1 fields, JS build", &["js/fields.js", "words.ru.txt"], 56 * 1024),
    ("1 part: in use", &["use.js"], 4 * 1024),
    ("1 part: masks", &["mask.js", "mask_bg.wasm"], 10 * 1024),
    ("1 part: masks, JS", &["js/mask.js"], 14 * 1024),
    ("1 part: assist", &["assist.js", "assist_bg.wasm", "form.ru.txt"], 60 * 1024),
    ("1 part: assist, JS", &["js/assist.js", "form.ru.txt"], 84 * 1024),
    ("1 part: schema script", &["schema.js"], 4 * 1024),
    ("1 part: summary", &["summary.js"], 3 * 1024),
    ("1 part: drafts", &["drafts.js"], 3 * 1024),
    ("1 part: files", &["files.js"], 3 * 1024),
    ("1 part: date in boxes", &["date.js"], 3 * 1024),
    ("1 part: guesses", &["guess.js"], 2 * 1024),
    ("1 part: paste", &["paste.js"], 3 * 1024),
    ("1 part: statistics", &["stats.js"], 3 * 1024),
    ("1 part: checks", &["check.js", "check_bg.wasm"], 50 * 1024),
    ("1 part: checks, JS", &["js/check.js"], 66 * 1024),
    ("1 part: counter", &["count.js"], 3 * 1024),
    ("1 part: codes by address", &["codes.js"], 1024),
    ("1 part: questions", &["ask.js"], 3 * 1024),
    ("1 part: review", &["review.js"], 3 * 1024),
    ("1 part: steps tried", &["trail.js"], 1024),
    ("2 panel", &["panel.js", "panel_bg.wasm"], 120 * 1024),
    ("2 panel, JS build", &["js/panel.js"], 168 * 1024),
    ("2 part: access check", &["access.js", "access.txt", "access.ru.txt"], 10 * 1024),
    ("2 part: handle, Back", &["around.js"], 5 * 1024),
    ("2 part: contacts", &["contacts.js", "contacts.ru.txt"], 4 * 1024),
    ("2 part: settings", &["settings.js", "settings.ru.txt"], 3 * 1024),
    ("2 part: unread answers", &["wake.js"], 3 * 1024),
    ("2 part: letter", &["letter.js", "letter.ru.txt"], 14 * 1024),
    ("2 part: outbox", &["outbox.js"], 5 * 1024),
    ("2 part: proof of work", &["proof.js"], 1024),
    ("2 part: what was tried", &["tried.js"], 2 * 1024),
    ("2 part: my tickets", &["tickets.js", "tickets.ru.txt"], 12 * 1024),
    ("2 panel, all views", ALL_VIEWS, 160 * 1024),
    ("3 capture", &["capture.js", "raster.html", "raster.js"], 12 * 1024),
    ("3 part: frames", &["frames.js"], 11 * 1024),
    ("3 part: plain", &["plain.js"], 3 * 1024),
    ("3 editor", &["editor.js"], 10 * 1024),
    ("page of a ticket", &["ticket.html", "ticket.js", "ticket.css"], 1024),
    ("English: fields", &["words.en.txt"], 4 * 1024),
    ("English: form", &["form.en.txt"], 2 * 1024),
    ("English: panel", &["panel.en.txt"], 1024),
    ("English: letter", &["letter.en.txt"], 3 * 1024),
    ("English: my tickets", &["tickets.en.txt"], 3 * 1024),
    ("English: access check", &["access.en.txt"], 3 * 1024),
    ("English: contacts", &["contacts.en.txt"], 1024),
    ("English: settings", &["settings.en.txt"], 1024),
    // The module has these built in: the file is asked for under a language of the portal's own.
    ("translated: panel", &["panel.ru.txt"], 2 * 1024),
];

/// The portal's own: articles, which have a budget by their number, with their pictures, and the hotline.
fn own(name: &str) -> bool {
    name.starts_with("faq") || name == "contacts.json"
}

/// The panel with every part that a person may come to see, whenever it is loaded: docs/DESIGN.md.
const ALL_VIEWS: &[&str] = &[
    "panel.js",
    "panel_bg.wasm",
    "around.js",
    "outbox.js",
    "letter.js",
    "letter.ru.txt",
    "tried.js",
    "access.js",
    "access.txt",
    "access.ru.txt",
    "contacts.js",
    "contacts.ru.txt",
    "tickets.js",
    "tickets.ru.txt",
    "settings.js",
    "settings.ru.txt",
    "wake.js",
];

/// Print the table; an error when a tier is over its budget.
pub fn run() -> anyhow::Result<()> {
    match over(Path::new("dist/podskazka"))?.as_slice() {
        [] => Ok(()),
        over => bail!("over budget: {}", over.join(", ")),
    }
}

/// Print the table of the files in a folder; the tiers that are over their budgets.
pub fn over(folder: &Path) -> anyhow::Result<Vec<String>> {
    line(format!("{:<22}{:>12}{:>12}", "tier", "brotli", "budget"));
    let mut over = Vec::new();
    for &(tier, files, budget) in TIERS {
        let mut total = 0;
        for file in files {
            total += brotli_size(&folder.join(file))?;
        }
        let note = if total > budget { "  over" } else { "" };
        line(format!("{tier:<22}{:>9.1} KB{:>9} KB{note}", total as f64 / 1024.0, budget / 1024));
        if total > budget {
            over.push(format!("tier {tier} has {total} bytes of {budget}"));
        }
    }
    let known: Vec<&str> = TIERS.iter().flat_map(|it| it.1).copied().collect();
    let names = integrity::names(folder)?;
    let strange = names.iter().filter(|name| !own(name) && !known.contains(&name.as_str()));
    over.extend(strange.map(|name| format!("{name} has no line in xtask/src/size.rs: nobody would see it grow")));
    Ok(over)
}

/// A line of the table. Whoever reads only its head closes the pipe: the rest is nobody's, and no fault.
fn line(text: String) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The loader as it ships, with the digest of the others: over its budget?
pub fn loader(path: &Path) -> anyhow::Result<Option<String>> {
    let bytes = brotli_size(path)?;
    line(format!("{:<22}{:>9.1} KB{:>9} KB", "0 loader, digests", bytes as f64 / 1024.0, LOADER / 1024));
    Ok((bytes > LOADER).then(|| format!("the loader with its digests has {bytes} bytes of {LOADER}")))
}

/// Bytes of a file after brotli at its best.
pub fn brotli_size(path: &Path) -> anyhow::Result<usize> {
    let bytes = fs::read(path).with_context(|| format!("{}: run `cargo xtask build` first", path.display()))?;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(&bytes)?;
    Ok(writer.into_inner().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_the_panel_has_every_part_of_it() {
        let parts = TIERS.iter().filter(|it| it.0.starts_with("2 ") && it.1 != ALL_VIEWS);
        // The JS build stands in for the module, and a browser has one of them; proof of work is no view.
        let seen = parts.filter(|it| !it.0.contains("JS") && !it.0.contains("proof")).flat_map(|it| it.1);
        let missing: Vec<_> = seen.filter(|file| !ALL_VIEWS.contains(file)).collect();
        assert_eq!(missing, Vec::<&&str>::new());
    }

    #[test]
    fn a_tier_over_its_budget_is_named() {
        let root = std::env::temp_dir().join(format!("podskazka-size-{}", std::process::id()));
        for &(_, files, _) in TIERS {
            for file in files {
                let path = root.join(file);
                fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder can be made");
                fs::write(path, "small").expect("a file can be written");
            }
        }
        assert_eq!(over(&root).expect("the files are there"), Vec::<String>::new());
        // Bytes that brotli cannot shrink.
        let mut state = 1_u32;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        fs::write(root.join("podskazka.js"), noise.take(4000).collect::<Vec<_>>()).expect("a file can be written");
        for name in ["new.js", "contacts.json", "faq.pdk"] {
            fs::write(root.join(name), "small").expect("a file can be written");
        }
        let over = over(&root).expect("the files are there");
        assert!(
            over.len() == 2 && over[0].contains("0 loader") && over[1].starts_with("new.js has no line"),
            "{over:?}"
        );
        let error = super::over(Path::new("target/no-such-build")).expect_err("there is no build");
        assert!(format!("{error:#}").contains("cargo xtask build"));
    }
}
