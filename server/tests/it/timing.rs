//! How long an answer takes tells nothing of what is there.
//!
//! Two questions that must look alike are asked in turn, over one connection each. `ASKED` is how often: from
//! [`ENOUGH`] on, as in `cargo xtask soak`, Welch's comparison of the times is judged; below it the answers alone are.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use podskazka_server::Config;
use podskazka_server::limits::Limits;

use crate::app::{Instance, config, created, key, sample};
use crate::letters::mail;

/// Questions of each kind from which times are judged.
const ENOUGH: usize = 2_000;
/// Beyond it two sets of times are hardly ever alike.
const UNLIKE: f64 = 4.5;

/// Questions of one kind and the connection they go over.
struct Line<'a> {
    /// The question of this round.
    request: Box<dyn Fn(usize) -> String + 'a>,
    stream: BufReader<TcpStream>,
    /// Microseconds of each answer.
    took: Vec<f64>,
}

impl<'a> Line<'a> {
    fn new(server: &Instance, request: impl Fn(usize) -> String + 'a) -> Line<'a> {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_nodelay(true).unwrap();
        Line { request: Box::new(request), stream: BufReader::new(stream), took: Vec::new() }
    }

    /// The answer without what is new in each: its own name and the day.
    fn ask(&mut self, round: usize) -> String {
        let request = (self.request)(round);
        let start = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        let (mut head, mut length, mut id) = (String::new(), 0, String::new());
        loop {
            let mut line = String::new();
            assert!(self.stream.read_line(&mut line).unwrap() > 0, "hung up after {head}");
            let (name, value) = line.trim_end().split_once(": ").unwrap_or_default();
            match name {
                "content-length" => length = value.parse().unwrap(),
                "x-request-id" => value.clone_into(&mut id),
                _ => {}
            }
            if line == "\r\n" {
                break;
            }
            if !["x-request-id", "date"].contains(&name) {
                head.push_str(&line);
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        self.took.push(start.elapsed().as_secs_f64() * 1e6);
        head + &String::from_utf8(body).unwrap().replace(if id.is_empty() { "-" } else { &id }, "")
    }
}

/// Mean and the square of its error.
fn mean(took: &[f64]) -> (f64, f64) {
    let count = took.len() as f64;
    let mean = took.iter().sum::<f64>() / count;
    let spread = took.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, spread / count)
}

/// Welch's t of two sets of times. The slowest tenth of both together is the machine's and left out.
fn welch(one: &[f64], two: &[f64]) -> f64 {
    let mut all = [one, two].concat();
    all.sort_by(f64::total_cmp);
    let most = all[all.len() * 9 / 10];
    let usual = |took: &[f64]| mean(&took.iter().copied().filter(|it| *it < most).collect::<Vec<_>>());
    let ((first, first_error), (second, second_error)) = (usual(one), usual(two));
    println!("{first:.1} and {second:.1} µs");
    (first - second) / (first_error + second_error).sqrt()
}

/// How often each kind is asked.
fn asked() -> usize {
    std::env::var("ASKED").map_or(20, |it| it.parse().unwrap())
}

/// Asks the same two over and over and compares.
#[track_caller]
fn alike(server: &Instance, name: &str, questions: [&str; 2]) {
    compare(name, questions.map(|question| Line::new(server, |_| question.to_owned())));
}

/// Asks both in turn and compares.
#[track_caller]
fn compare(name: &str, [mut one, mut two]: [Line; 2]) {
    let asked = asked();
    for round in 0..asked {
        // Whoever comes second may find more at hand, so they take turns.
        let (first, second) = if round % 2 == 0 { (&mut one, &mut two) } else { (&mut two, &mut one) };
        assert_eq!(first.ask(round), second.ask(round), "{name}");
    }
    print!("{name}: ");
    let t = welch(&one.took, &two.took);
    println!("{name}: t = {t:.2}");
    assert!(asked < ENOUGH || t.abs() < UNLIKE, "{name}: t = {t}");
}

#[test]
fn two_sets_of_times_are_told_apart() {
    let around = |middle: f64| (0..ENOUGH).map(|at| middle + (at % 20) as f64).collect::<Vec<_>>();
    assert!(welch(&around(100.0), &around(100.0)).abs() < UNLIKE);
    assert!(welch(&around(100.0), &around(102.0)).abs() > UNLIKE);
}

#[test]
fn a_wrong_token_takes_as_long_wherever_it_is_wrong_and_whether_or_not_there_is_a_ticket() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    let (other, foreign) = server.new_ticket();
    let ask = |number: &str, token: &str| {
        format!("GET /v1/tickets/{number} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n")
    };
    let spoiled = |place: usize| {
        let mut token = token.clone();
        let letter = if token.as_bytes()[place] == b'A' { "B" } else { "A" };
        token.replace_range(place..=place, letter);
        ask(&number, &token)
    };
    // The last letter holds two bits alone; the one before it is whole.
    alike(&server, "first or last letter", [&spoiled(0), &spoiled(token.len() - 2)]);
    alike(&server, "a token of another ticket or of none", [&ask(&number, &foreign), &spoiled(0)]);
    let absent = absent(&[&number, &other]);
    alike(&server, "a ticket or none", [&spoiled(0), &ask(&absent, &token)]);
}

/// A number that no ticket has: the signs of another one, with their check sign.
fn absent(taken: &[&str]) -> String {
    let body = |at: u32| format!("PS-{at:08}");
    let whole = |at: u32| {
        let signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars();
        signs.map(move |sign| format!("{}-{sign}", body(at))).find(|it| podskazka::ticket::parse_number(it).is_some())
    };
    (10_000_000..).filter_map(whole).find(|it| !taken.contains(&it.as_str())).unwrap()
}

#[test]
fn whether_a_contact_is_known_is_not_told_by_the_time_of_the_answer() {
    let dir = tempfile::tempdir().unwrap();
    let mail = Some(mail("smtp://127.0.0.1:1"));
    let server = Instance::with(Config { limits: Limits::none(), mail, ..config(dir.path()) });
    // An address gets three codes an hour: asked again, a known one is told apart by nothing that is sent. So every
    // question is about an address of its own.
    let contact = |who: &str, round: usize| format!("{who}{round}@example.org");
    for round in 0..asked() {
        let mut ticket = sample();
        ticket["contact"] = contact("anna", round).into();
        created(&server.ticket(&key(), &ticket));
    }
    let ask = |who: &'static str| {
        move |round| {
            let body = format!("{{\"contact\":\"{}\"}}", contact(who, round));
            format!(
                "POST /v1/recover HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
        }
    };
    compare("a known contact", [Line::new(&server, ask("anna")), Line::new(&server, ask("olga"))]);
    // Each known one was sent its code, and nobody else: what was compared is there.
    let rows = rusqlite::Connection::open(dir.path().join("podskazka.sqlite")).unwrap();
    let count = || rows.query_row("SELECT count(*) FROM codes", [], |row| row.get::<_, i64>(0)).unwrap();
    let codes = || usize::try_from(count()).unwrap();
    for _ in 0..3_000 {
        if codes() >= asked() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(codes(), asked());
}
