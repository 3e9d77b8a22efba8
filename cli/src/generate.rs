//! `podskazka generate`: artificial numbers for tests, marked as such.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use podskazka::validators::{self, Kind};
use podskazka::verdict::{Context, Verdict};
use serde::Serialize;

use crate::{check, day};

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

/// Exit code 0, or 2 where the kind has no numbers to draw.
pub fn run(args: &Args) -> ExitCode {
    match generate(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: `{}` is no kind with numbers to draw; take one such as inn or snils", args.kind.name());
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
        eprintln!("# artificial: drawn by chance for tests, given to nobody");
    }
    for _ in 0..args.n {
        let Some(value) = draw(args.kind, &mut chance) else { return Ok(false) };
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

/// Draws before a kind counts as one without numbers: the rarest check number fits one draw in a hundred.
const DRAWS: usize = 10_000;

/// Digits by chance, as many as the kind asks for, until they pass.
fn draw(kind: Kind, chance: &mut dyn FnMut() -> u32) -> Option<String> {
    let ctx = Context { today: day::today(), bik: None };
    let Verdict::Partial { lengths, .. } = validators::check(kind, "", &ctx) else { return None };
    let length = *lengths.first()?;
    let digits = || (0..length).map(|_| char::from(b'0' + (chance() % 10) as u8)).collect::<String>();
    std::iter::repeat_with(digits).take(DRAWS).find_map(|text| match validators::check(kind, &text, &ctx) {
        Verdict::Complete { value, warnings } if warnings.is_empty() => Some(value.display),
        _ => None,
    })
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
