//! What is made from the registry of kinds: the table `docs/kinds.md`, with the words and the modules' own documentation, and the
//! list of kinds in the JSON Schema of forms.

use std::fs;

use anyhow::{Context, bail};
use podskazka::messages::Words;
use podskazka::validators::codes::CODES;
use podskazka::validators::{ALL, Kind};

const FILE: &str = "docs/kinds.md";
const SCHEMA: &str = "docs/schema/form.v1.json";

/// Write the table and the list.
pub fn write() -> anyhow::Result<()> {
    fs::write(FILE, table()?)?;
    Ok(fs::write(SCHEMA, schema(&fs::read_to_string(SCHEMA)?)?)?)
}

/// What is committed is what the source gives.
pub fn check() -> anyhow::Result<()> {
    for (file, wanted) in [(FILE, table()?), (SCHEMA, schema(&fs::read_to_string(SCHEMA)?)?)] {
        if fs::read_to_string(file).unwrap_or_default() != wanted {
            bail!("{file} is stale: run `cargo xtask docs` and commit it");
        }
    }
    Ok(())
}

/// The schema with all kinds in the order of the registry.
fn schema(text: &str) -> anyhow::Result<String> {
    const START: &str = "    \"kind\": {\n      \"enum\": [\n";
    const END: &str = "\n      ],";
    let (head, rest) = text.split_once(START).with_context(|| format!("{SCHEMA} has no list of kinds"))?;
    let (old, tail) = rest.split_once(END).with_context(|| format!("{SCHEMA}: the list of kinds has no end"))?;
    let published = old.split(',').map(|name| name.trim().trim_matches('"'));
    if let Some(lost) = published.filter(|name| !name.is_empty()).find(|name| Kind::named(name).is_none()) {
        bail!("`{lost}` is a published kind: a name is never taken away, give it back");
    }
    let names: Vec<String> = ALL.iter().map(|kind| format!("        \"{}\"", kind.name())).collect();
    Ok([head, START, &names.join(",\n"), END, tail].concat())
}

fn table() -> anyhow::Result<String> {
    let registry = fs::read_to_string("src/validators.rs")?;
    let words = Words::russian();
    let mut out = String::from(
        "# Kinds of fields\n\nMade by `cargo xtask docs` from `src/validators`; do not edit.\n\nIn a spelling `9` is a digit, `L` one of the twelve Cyrillic \
         letters with a Latin twin, `C` a Cyrillic letter, `A` a Latin letter, `X` a digit or a Latin letter, `V` a symbol of \
         a VIN. A code is `kind.flaw` for a fault and `kind.doubt` for a warning; what they mean is said below.\n\n\
         | kind | what it is | spelling | example | faults | doubts | source |\n|---|---|---|---|---|---|---|\n",
    );
    for kind in ALL {
        let text = source(&registry, *kind)?;
        let docs = docs(&text);
        let title = title(&docs);
        let sources =
            docs.iter().skip_while(|line| **line != "# Sources").skip(1).take_while(|line| !line.starts_with('#'));
        let sources: Vec<&str> = sources.copied().filter(|line| !line.is_empty()).collect();
        let (_, faults, doubts) = CODES
            .iter()
            .find(|(name, ..)| *name == kind.name())
            .with_context(|| format!("{} has no line in codes.rs", kind.name()))?;
        let forms: Vec<String> = kind.forms().into_iter().flatten().map(|form| format!("`{form}`")).collect();
        let row = [
            format!("`{}`", kind.name()),
            title,
            forms.join(", "),
            format!("`{}`", words.example(kind.name())),
            faults.join(", "),
            doubts.join(", "),
            sources.join(" "),
        ];
        out.push_str(&format!("| {} |\n", row.map(|cell| cell.replace('|', "\\|")).join(" | ")));
    }
    out.push_str(&meanings(&fs::read_to_string("src/validators/codes.rs")?));
    Ok(out)
}

/// The tables of what codes mean as lists: rows of this page are kinds.
fn meanings(codes: &str) -> String {
    let mut out = String::new();
    for line in docs(codes) {
        match line.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")?.split_once(" | ")) {
            Some((head, "meaning")) => out.push_str(&format!("\n## What a {head} means\n\n")),
            Some((names, meaning)) => out.push_str(&format!("- {names}: {meaning}\n")),
            None => {}
        }
    }
    out
}

/// TypeScript: every kind with what it is and a value of it.
pub fn types() -> anyhow::Result<String> {
    let registry = fs::read_to_string("src/validators.rs")?;
    let words = Words::russian();
    let mut out =
        String::from("/** Kinds of fields, each with what it is and a value of it. */\nexport interface Kinds {\n");
    for kind in ALL {
        let name = kind.name();
        let title = title(&docs(&source(&registry, *kind)?));
        let example = words.example(name);
        out.push_str(&format!("  /** {title}. @example check(\"{name}\", \"{example}\") */\n  {name}: string;\n"));
    }
    out.push_str(
        "}\n\n/** Name of a kind of field; goes into `data-podskazka`. @example check(\"inn\", \"7707083893\") */\n\
         export type Kind = keyof Kinds;\n",
    );
    Ok(out)
}

fn source(registry: &str, kind: Kind) -> anyhow::Result<String> {
    let module = module(registry, kind)?;
    Ok(fs::read_to_string(format!("src/validators/{module}.rs"))?)
}

fn docs(text: &str) -> Vec<&str> {
    text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect()
}

/// The first sentence: the name.
fn title(docs: &[&str]) -> String {
    let lines = docs.iter().position(|line| line.ends_with('.') || line.is_empty()).map_or(1, |at| at + 1);
    let text = docs.iter().take(lines).copied().collect::<Vec<_>>().join(" ");
    let first = text.split_once(". ").map_or(text.as_str(), |(first, _)| first);
    first.trim_end_matches([' ', '.']).to_owned()
}

/// The module of a kind: the line of the registry is `Kind = module::SPEC,`.
fn module(registry: &str, kind: Kind) -> anyhow::Result<String> {
    let wanted = format!("    {kind:?} = ");
    let line = registry.lines().find_map(|line| line.strip_prefix(&wanted));
    let module = line.and_then(|line| line.split("::").next());
    module.map(str::to_owned).with_context(|| format!("{kind:?} has no line in the registry"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_the_schema_gets_new_kinds_and_loses_none() {
        let list = |names: &str| format!("{{\n    \"kind\": {{\n      \"enum\": [\n{names}\n      ],\n    }}\n}}");
        let whole = schema(&list("        \"inn\"")).expect("a list");
        assert!(
            whole.contains("        \"inn\",\n        \"inn_person\",\n") && whole.ends_with("\n      ],\n    }\n}")
        );
        assert_eq!(schema(&whole).expect("a list"), whole);
        assert!(schema(&list("        \"gone\"")).expect_err("a lost kind").to_string().contains("`gone`"));
        assert!(schema("{}").is_err());
    }
}
