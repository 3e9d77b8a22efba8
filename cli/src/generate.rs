//! `podskazka generate`: artificial numbers for tests, marked as such.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use podskazka::validators::{self, Kind};
use serde::Serialize;

use crate::check;

#[derive(clap::Args)]
pub struct Args {
    /// Kind of the numbers, such as inn
    #[arg(value_parser = check::kind)]
    kind: Kind,
    /// How many
    #[arg(short, default_value_t = 1)]
    n: u64,
    /// The same seed gives the same numbers
    #[arg(long)]
    seed: Option<u64>,
    /// One object {"kind", "value", "artificial": true} a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    kind: &'a str,
    value: &'a str,
    artificial: bool,
}

/// Exit code 0, or 2 where nothing could be drawn or written.
pub fn run(args: &Args) -> ExitCode {
    match generate(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: no value of `{}` was found; try another --seed", args.kind.name());
            ExitCode::from(2)
        }
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(2),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn generate(args: &Args) -> io::Result<bool> {
    let mut chance = chance(args.seed.unwrap_or_else(|| RandomState::new().hash_one(0)));
    let mut out = BufWriter::new(io::stdout().lock());
    if !args.json {
        eprintln!("# artificial: drawn for tests; by chance one may belong to somebody");
    }
    for _ in 0..args.n {
        let Some(value) = validators::generate(args.kind, &mut chance) else { return Ok(false) };
        if args.json {
            serde_json::to_writer(&mut out, &Row { kind: args.kind.name(), value: &value, artificial: true })?;
            writeln!(out)?;
        } else {
            writeln!(out, "{value}")?;
        }
    }
    out.flush()?;
    Ok(true)
}

/// Marsaglia's xorshift64*: repeatable, and good enough for digits.
fn chance(seed: u64) -> impl FnMut() -> u32 {
    // Any seed but 0, far from the small numbers that people type.
    let mut state = (seed ^ 0x9e37_79b9_7f4a_7c15).max(1);
    move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }
}
