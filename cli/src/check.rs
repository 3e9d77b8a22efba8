//! `podskazka check`: values in, verdicts out, in the order of the lines.
//!
//! Lines of text or one column of a CSV file are checked as one kind; `--jsonl` takes an object a line, each with a kind
//! of its own. Everything streams: memory does not grow with the input.

mod column;
mod jsonl;
mod lines;
mod report;
mod trouble;

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use podskazka::validators::{ALL, Kind};
use podskazka::verdict::Day;

use crate::day;
pub use jsonl::check as check_jsonl;
pub use report::Format;
use report::Report;

/// Bytes that are read and written at a time.
const CHUNK: usize = 1 << 16;

#[derive(clap::Args)]
pub struct Args {
    /// Kind of every value, such as inn, snils or account
    #[arg(required_unless_present = "jsonl", value_parser = kind)]
    kind: Option<Kind>,
    /// File with one value a line; `-` or nothing: standard input
    file: Option<PathBuf>,
    /// Read one object {"kind", "value", "bik"?, "today"?} a line; `-` or no FILE: standard input
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-",
        conflicts_with_all = ["kind", "file", "csv", "bik", "format", "wrong"])]
    jsonl: Option<PathBuf>,
    /// The input is CSV with a header; check this column
    #[arg(long, value_name = "COLUMN")]
    csv: Option<String>,
    /// Column with the БИК of an account
    #[arg(long, value_name = "COLUMN", requires = "csv")]
    bik: Option<String>,
    /// A table for people or JSON for programs; by default a table on a terminal
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Report only values that are not complete
    #[arg(long)]
    wrong: bool,
    /// The day that counts as today; by default today in Moscow
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    today: Option<Day>,
}

/// Exit code 0 where every value is complete, 1 where some is not, 2 where the work could not be done.
pub fn run(args: &Args) -> ExitCode {
    match check(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // A reader that has seen enough, such as `head`, is no fault.
            if !is_broken_pipe(&error) {
                eprintln!("error: {error:#}");
            }
            ExitCode::from(2)
        }
    }
}

/// Whether everything is complete.
fn check(args: &Args) -> anyhow::Result<bool> {
    let today = args.today.unwrap_or_else(day::today);
    let mut out = BufWriter::with_capacity(CHUNK, io::stdout().lock());
    let Some(kind) = args.kind else {
        let all = check_jsonl(open(args.jsonl.as_deref())?, &mut out, today)?;
        out.flush()?;
        return Ok(all);
    };
    let format = args.format.unwrap_or(if io::stdout().is_terminal() { Format::Table } else { Format::Jsonl });
    let columns = args.csv.as_ref().map(|name| [Some(name), args.bik.as_ref()]);
    let values = Values { kind, columns, format, wrong: args.wrong, today };
    check_values(open(args.file.as_deref())?, &mut out, &values)
}

/// How values of one kind come in and go out.
pub struct Values<'a> {
    pub kind: Kind,
    /// Columns of a CSV with the value and with its БИК; without them there is a value a line.
    pub columns: Option<[Option<&'a String>; 2]>,
    pub format: Format,
    /// Report only values that are not complete.
    pub wrong: bool,
    pub today: Day,
}

/// Whether every value was read and complete.
pub fn check_values(input: impl Read, out: &mut dyn Write, values: &Values) -> anyhow::Result<bool> {
    let Values { kind, columns, format, wrong, today } = *values;
    let label = columns.and_then(|[value, _]| value).map_or("Значение", String::as_str);
    let mut report = Report::new(out, format, kind, label, wrong);
    match columns {
        None => lines::check(input, today, &mut report)?,
        Some(names) => column::check(input, names, today, &mut report)?,
    }
    Ok(report.end()?)
}

fn open(file: Option<&Path>) -> anyhow::Result<Box<dyn Read>> {
    match file {
        None => Ok(Box::new(io::stdin().lock())),
        Some(path) if path == Path::new("-") => Ok(Box::new(io::stdin().lock())),
        Some(path) if path.is_dir() => bail!("{} is a directory; name a file", path.display()),
        Some(path) => Ok(Box::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?)),
    }
}

/// The kind of a name on the command line.
pub fn kind(name: &str) -> Result<Kind, String> {
    Kind::parse(name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
        format!("no such kind; the kinds are {}", names.join(", "))
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|e| e.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
