//! Verdicts as JSON lines for programs or as a table for people, with a count at the end.

use std::io::{self, IsTerminal, Write};

use podskazka::messages::Words;
use podskazka::validators::{self, Kind, Outcome};
use podskazka::verdict::{Context, Value, Verdict};
use serde::Serialize;

use super::trouble::{Complaint, Trouble};

/// A terminal hears of progress once in so many lines: a few times a second.
const STEP: u64 = 100_000;
/// Characters of a value that the table shows.
const WIDTH: usize = 28;

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Jsonl,
    Table,
}

/// A verdict with the number of its line, counted from 1.
#[derive(Serialize)]
struct Numbered<'a> {
    line: u64,
    #[serde(flatten)]
    verdict: &'a Verdict<Value>,
}

pub struct Report<'a> {
    out: &'a mut dyn Write,
    format: Format,
    kind: Kind,
    /// Leave complete values out.
    wrong: bool,
    words: Words,
    /// What the sentences call the value.
    label: &'a str,
    terminal: bool,
    seen: u64,
    complete: u64,
    partial: u64,
}

impl<'a> Report<'a> {
    pub fn new(out: &'a mut dyn Write, format: Format, kind: Kind, label: &'a str, wrong: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        Self { out, format, kind, wrong, words: Words::russian(), label, terminal, seen: 0, complete: 0, partial: 0 }
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Check a value. A right one allocates nothing where it is left out.
    pub fn check(&mut self, line: u64, text: &str, ctx: &Context) -> io::Result<()> {
        if self.wrong && matches!(validators::look(self.kind, text, ctx), Outcome::Complete(_)) {
            self.count();
            self.complete += 1;
            return Ok(());
        }
        self.verdict(line, text, &validators::check(self.kind, text, ctx))
    }

    fn verdict(&mut self, line: u64, text: &str, verdict: &Verdict<Value>) -> io::Result<()> {
        self.count();
        self.complete += u64::from(matches!(verdict, Verdict::Complete { .. }));
        self.partial += u64::from(matches!(verdict, Verdict::Partial { .. }));
        if self.format == Format::Jsonl {
            return self.json(&Numbered { line, verdict });
        }
        let (word, sentence) = match verdict {
            Verdict::Complete { value, .. } => ("подходит", value.display.clone()),
            Verdict::Partial { missing, .. } => {
                ("не хватает", self.words.partial(self.label, self.kind.name(), *missing))
            }
            Verdict::Fault(fault) => ("ошибка", self.words.fault(self.label, fault)),
        };
        self.row(line, word, text, &sentence)
    }

    pub fn trouble(&mut self, line: u64, trouble: Trouble) -> io::Result<()> {
        self.count();
        match self.format {
            Format::Jsonl => self.json(&Complaint::new(line, trouble)),
            Format::Table => self.row(line, "не прочитано", "", trouble.in_russian()),
        }
    }

    /// Write what is left, and the count beside a table; whether everything was complete.
    pub fn end(self) -> io::Result<bool> {
        self.out.flush()?;
        if self.terminal && self.seen >= STEP {
            eprintln!();
        }
        let Self { seen, complete, partial, .. } = self;
        if self.format == Format::Table {
            let wrong = seen - complete - partial;
            eprintln!("Проверено: {seen}. Подходят: {complete}, не закончены: {partial}, с ошибкой: {wrong}.");
        }
        Ok(seen == complete)
    }

    fn count(&mut self) {
        self.seen += 1;
        if self.terminal && self.seen.is_multiple_of(STEP) {
            eprint!("\rПроверено: {}", self.seen);
        }
    }

    fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, value)?;
        self.out.write_all(b"\n")
    }

    fn row(&mut self, line: u64, word: &str, text: &str, sentence: &str) -> io::Result<()> {
        let (text, sentence) = (tame(&start(text)), tame(sentence));
        writeln!(self.out, "{line:>7}  {word:<12}  {text:<WIDTH$}  {sentence}")
    }
}

/// What would steer a terminal becomes a dot.
fn tame(text: &str) -> String {
    let steers =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}');
    text.chars().map(|c| if steers(c) { '·' } else { c }).collect()
}

/// As much of a value as the table has room for.
fn start(text: &str) -> String {
    match text.char_indices().nth(WIDTH - 1) {
        Some((at, last)) if at + last.len_utf8() < text.len() => text.chars().take(WIDTH - 1).chain(['…']).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_steer_the_terminal() {
        assert_eq!(tame("\u{1b}[2J7\u{202e}8"), "·[2J7·8");
    }

    #[test]
    fn a_long_value_shows_its_start() {
        assert_eq!(start(&"я".repeat(WIDTH)), "я".repeat(WIDTH));
        assert_eq!(start(&"я".repeat(WIDTH + 1)), format!("{}…", "я".repeat(WIDTH - 1)));
    }
}
