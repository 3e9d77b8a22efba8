//! Time of a check per value, natively: `validate_many` beside a hand-written loop, and the full verdict; and how the time grows with
//! the length of a text, for every kind.
//!
//! Writes the numbers it used to the file given as its argument, a line each, so that peers get the same ones.

use std::hint::black_box;
use std::time::Instant;

use podskazka::validators::{ALL, Kind, Outcome, check, completions, generate, repair, suggestion, validate_many};
use podskazka::verdict::{Context, Day};

const VALUES: usize = 100_000;
const ROUNDS: usize = 15;
const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

/// Kinds whose speed is shown.
const KINDS: [Kind; 8] =
    [Kind::InnPerson, Kind::InnCompany, Kind::Snils, Kind::Ogrn, Kind::Ogrnip, Kind::Bik, Kind::Plate, Kind::Card];

fn main() -> std::io::Result<()> {
    let ctx = Context { today: TODAY, bik: None };
    let numbers = drawn(Kind::InnPerson);
    if let Some(file) = std::env::args().nth(1) {
        std::fs::write(file, numbers.join("\n"))?;
    }
    // Both in turn in one run: the machine's mood is the same for both.
    let plain = best(|| numbers.iter().filter(|text| plain_inn(black_box(text))).count());
    let ours = best(|| valid(Kind::InnPerson, &numbers, &ctx));
    println!("plain loop, ИНН-12: {plain:.1} ns");
    println!("validate_many, ИНН-12: {ours:.1} ns, {:.2} of the plain loop's time", ours / plain);
    let verdicts = best(|| numbers.iter().filter(|text| full(text, &ctx)).count());
    println!("check with value and facts, ИНН-12: {verdicts:.0} ns");
    let slips: Vec<&String> = numbers.iter().filter(|text| !plain_inn(text)).collect();
    let wrong = best(|| slips.iter().filter(|text| full(text, &ctx)).count()) * VALUES as f64 / slips.len() as f64;
    println!("check of a wrong one with its fixes, ИНН-12: {wrong:.0} ns");
    for kind in KINDS {
        let texts = drawn(kind);
        println!("validate_many, {}: {:.1} ns", kind.name(), best(|| valid(kind, &texts, &ctx)));
    }
    growth(&ctx)
}

/// What hostile texts are made of: digits, words, labels, signs of every order that a kind has.
const PIECES: [&str; 12] = ["7", "7 ", "я", "z ", "ИНН: ", "инн/кпп,", "@.", "a@b.", "1.1.", "5 марта ", "-", "(_)№"];
const SHORT: usize = 20_000;
/// A text that is four times as long may take four times as long, and some more for what no longer fits into the cache.
const TIMES: usize = 4;
/// A time that grew with the square of the length would be sixteen times as long.
const MOST: f64 = 8.0;

/// The kind and the text whose time grows fastest; an error where it is faster than the length.
fn growth(ctx: &Context) -> std::io::Result<()> {
    let (mut worst, mut name, mut of) = (0.0, "", "");
    for kind in ALL {
        for piece in PIECES {
            let text = |length: usize| piece.chars().cycle().take(length).collect::<String>();
            let (short, long) = (text(SHORT), text(SHORT * TIMES));
            let times = |rounds| least(*kind, &long, ctx, rounds) / least(*kind, &short, ctx, rounds);
            // What looks bad is looked at again: other work on the machine falls upon single rounds.
            let times = if times(3) > worst { times(15) } else { 0.0 };
            if times > worst {
                (worst, name, of) = (times, kind.name(), piece);
            }
        }
    }
    let found = format!("a text {TIMES} times as long takes at most {worst:.1} times as long: {name} of «{of}»");
    println!("{found}");
    if worst > MOST { Err(std::io::Error::other(found)) } else { Ok(()) }
}

/// Seconds of everything that is asked of a text, in the best of the rounds.
fn least(kind: Kind, text: &str, ctx: &Context, rounds: usize) -> f64 {
    let time = |_| {
        let start = Instant::now();
        black_box(check(kind, black_box(text), ctx));
        black_box((repair(kind, text, ctx), completions(kind, text, ctx), suggestion(kind, text)));
        start.elapsed().as_secs_f64()
    };
    (0..rounds).map(time).fold(f64::INFINITY, f64::min)
}

/// Numbers of a kind, every second one with its last digit changed.
fn drawn(kind: Kind) -> Vec<String> {
    let mut state = 0x9e37_79b9_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let numbers = (0..VALUES).filter_map(|_| generate(kind, &mut random));
    numbers.enumerate().map(|(at, text)| if at % 2 == 0 { text } else { slipped(&text) }).collect()
}

fn slipped(text: &str) -> String {
    let last = text.chars().last().and_then(|c| c.to_digit(10)).unwrap_or_default();
    let body = text.char_indices().last().and_then(|(at, _)| text.get(..at)).unwrap_or_default();
    format!("{body}{}", (last + 1) % 10)
}

fn valid(kind: Kind, texts: &[String], ctx: &Context) -> usize {
    let texts = texts.iter().map(|text| black_box(text.as_str()));
    validate_many(kind, texts, ctx).filter(|outcome| matches!(outcome, Outcome::Complete(_))).count()
}

fn full(text: &str, ctx: &Context) -> bool {
    matches!(black_box(check(Kind::InnPerson, black_box(text), ctx)), podskazka::verdict::Verdict::Complete { .. })
}

/// What one writes by hand for plain digits: no cleaning, no places, no codes.
fn plain_inn(text: &str) -> bool {
    const ELEVENTH: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    const TWELFTH: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let Ok(digits) = <&[u8; 12]>::try_from(text.as_bytes()) else { return false };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = |weights: &[u32]| digits.iter().zip(weights).map(|(d, w)| u32::from(d & 15) * w).sum::<u32>() % 11 % 10;
    let [.., eleventh, twelfth] = digits;
    sum(&ELEVENTH) == u32::from(eleventh & 15) && sum(&TWELFTH) == u32::from(twelfth & 15)
}

/// Nanoseconds a value of the best round.
fn best(mut round: impl FnMut() -> usize) -> f64 {
    let time = |round: &mut dyn FnMut() -> usize| {
        let start = Instant::now();
        black_box(round());
        start.elapsed().as_nanos() as f64 / VALUES as f64
    };
    (0..ROUNDS).map(|_| time(&mut round)).fold(f64::INFINITY, f64::min)
}
