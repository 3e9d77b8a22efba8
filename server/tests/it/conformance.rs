//! The check of other servers: ours holds every rule, and each way to be wrong is named by its rule.

use std::io::{BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use podskazka_server::limits::{Bucket, Buckets, Limits};
use podskazka_server::store::Role;
use podskazka_server::{Config, Hidden, Site};

use crate::app::{Instance, config, operator};

const SITE: &str = "pk_zags_2026";
const ORIGIN: &str = "https://zags.example.ru";
const IDENTITY: &str = "zags: thirty-two bytes and more!";

/// Changes an answer's head and body; the request's head comes with them.
type Change = fn(&str, String, Vec<u8>) -> (String, Vec<u8>);

/// How a server between may be wrong: changes a request's head on the way in and an answer's head and body on the way
/// out.
#[derive(Clone, Copy)]
struct Wrong {
    /// The rule that names it.
    rule: &'static str,
    ask: fn(String) -> String,
    answer: Change,
}

fn same_ask(head: String) -> String {
    head
}

fn same_answer(_: &str, head: String, body: Vec<u8>) -> (String, Vec<u8>) {
    (head, body)
}

/// Without the line of this name.
fn without(head: &str, name: &str) -> String {
    head.lines().filter(|line| !line.starts_with(name)).map(|line| format!("{line}\r\n")).collect()
}

/// The head with another status and another length.
fn with(head: &str, status: &str, body: &[u8]) -> String {
    let rest = without(head, "content-length").split_once("\r\n").unwrap().1.to_owned();
    format!("HTTP/1.1 {status}\r\n{rest}content-length: {}\r\n", body.len())
}

const WRONG: &[Wrong] = &[
    Wrong {
        rule: "ticket.replay",
        // Each request is a new one.
        ask: new_key,
        answer: same_answer,
    },
    Wrong {
        rule: "ticket.secret",
        ask: same_ask,
        answer: |ask, head, body| {
            let known =
                ask.contains("/v1/tickets/") && !ask.contains("PS-22222222-2") && !ask.contains("/attachments/");
            if known && head.starts_with("HTTP/1.1 404") {
                let text = String::from_utf8(body).unwrap().replace("Ничего не найдено", "Токен не подошёл");
                return (with(&head, "404 Not Found", text.as_bytes()), text.into_bytes());
            }
            (head, body)
        },
    },
    Wrong {
        rule: "upload.slices",
        ask: same_ask,
        // Proxies do so.
        answer: |_, head, body| (without(&head, "upload-offset"), body),
    },
    Wrong {
        rule: "upload.slices.owner",
        // The last key that the server between has seen goes on with anybody's file.
        ask: |head| {
            static LAST: std::sync::Mutex<String> = std::sync::Mutex::new(String::new());
            let key = head.lines().find(|line| line.starts_with("idempotency-key: ")).unwrap_or_default().to_owned();
            let mut last = LAST.lock().unwrap();
            if head.starts_with("PATCH") {
                return head.replace(&key, &last);
            }
            if !key.is_empty() {
                *last = key;
            }
            head
        },
        answer: same_answer,
    },
    Wrong { rule: "stream.resumes", ask: |head| without(&head, "last-event-id"), answer: same_answer },
    Wrong {
        rule: "every.no-cookie",
        ask: same_ask,
        answer: |_, head, body| (format!("{head}set-cookie: sid=1\r\n"), body),
    },
    Wrong {
        rule: "every.problem",
        ask: same_ask,
        answer: |_, head, body| {
            if !head.starts_with("HTTP/1.1 422") {
                return (head, body);
            }
            let text = String::from_utf8(body).unwrap().replacen('{', "{\"trace\":\"/app/src/main.py\",", 1);
            (with(&head, "422 Unprocessable", text.as_bytes()), text.into_bytes())
        },
    },
    Wrong {
        rule: "every.status",
        ask: same_ask,
        answer: |ask, head, body| {
            if ask.starts_with("POST /v1/stats") { (with(&head, "200 OK", &body), body) } else { (head, body) }
        },
    },
    Wrong {
        rule: "every.shape",
        ask: same_ask,
        answer: |ask, head, body| {
            if !ask.starts_with("GET /v1/status") || !head.starts_with("HTTP/1.1 200") {
                return (head, body);
            }
            let text = String::from_utf8(body).unwrap().replace("\"notices\":[]", "\"notices\":{}");
            (with(&head, "200 OK", text.as_bytes()), text.into_bytes())
        },
    },
    Wrong {
        rule: "file.attachment",
        ask: same_ask,
        answer: |_, head, body| (without(&head, "content-disposition"), body),
    },
    Wrong {
        rule: "ticket.tag",
        ask: same_ask,
        // A cache between knows the address and the tag, and asks for no token.
        answer: |ask, head, body| {
            if ask.contains("if-none-match: ") && ask.starts_with("GET /v1/tickets/") {
                return (with(&head, "304 Not Modified", b""), Vec::new());
            }
            (head, body)
        },
    },
    Wrong {
        rule: "proof.given",
        ask: same_ask,
        answer: |ask, head, body| {
            if !ask.starts_with("POST /v1/challenges") || !head.starts_with("HTTP/1.1 200") {
                return (head, body);
            }
            let text = String::from_utf8(body).unwrap().replace("\"salt\":\"", "\"salt\":\"other");
            (with(&head, "200 OK", text.as_bytes()), text.into_bytes())
        },
    },
    Wrong {
        rule: "proof.once",
        ask: same_ask,
        answer: |_, head, body| {
            let used = head.starts_with("HTTP/1.1 409") && String::from_utf8_lossy(&body).contains("challenge-used");
            if used { (with(&head, "201 Created", &body), body) } else { (head, body) }
        },
    },
    Wrong {
        rule: "recover.silent",
        ask: same_ask,
        // The longer address of the two has no ticket.
        answer: |ask, head, body| {
            let unknown = ask.starts_with("POST /v1/recover ") && length(ask) > Some(75);
            if unknown { (with(&head, "404 Not Found", &body), body) } else { (head, body) }
        },
    },
    Wrong {
        rule: "recover.code",
        ask: same_ask,
        answer: |ask, head, body| {
            if !ask.starts_with("POST /v1/recover/verify") || length(ask) < Some(92) {
                return (head, body);
            }
            let text = String::from_utf8(body).unwrap().replace("Код не подошёл", "Обращений нет");
            (with(&head, "422 Unprocessable", text.as_bytes()), text.into_bytes())
        },
    },
    Wrong {
        rule: "letters.agreed",
        ask: same_ask,
        answer: |ask, head, body| {
            if !ask.contains("/letters ") || !head.starts_with("HTTP/1.1 200") {
                return (head, body);
            }
            let text = String::from_utf8(body).unwrap().replace("asked", "on");
            (with(&head, "200 OK", text.as_bytes()), text.into_bytes())
        },
    },
    Wrong {
        rule: "letters.stop",
        // Whatever is said about letters is only looked at.
        ask: |head| if head.contains("/letters ") { head.replacen("POST", "GET", 1) } else { head },
        answer: same_answer,
    },
    Wrong {
        rule: "rating.early",
        ask: same_ask,
        answer: |ask, head, body| {
            let early = ask.contains("/rating ") && head.starts_with("HTTP/1.1 409");
            if early { (with(&head, "201 Created", &body), body) } else { (head, body) }
        },
    },
    Wrong {
        rule: "rating.once",
        ask: |head| if head.contains("/rating ") { new_key(head) } else { head },
        answer: same_answer,
    },
    Wrong {
        rule: "identity.none",
        ask: same_ask,
        answer: |ask, head, body| {
            if ask.starts_with("GET /v1/tickets ") && head.starts_with("HTTP/1.1 401") {
                let none = b"{\"items\":[]}".to_vec();
                return (with(&head, "200 OK", &none), none);
            }
            (head, body)
        },
    },
    Wrong {
        rule: "identity.refused",
        // The word is taken off on its way.
        ask: |head| if head.starts_with("POST /v1/tickets ") { without(&head, "x-identity") } else { head },
        answer: same_answer,
    },
    Wrong {
        rule: "identity.own",
        ask: same_ask,
        answer: |ask, head, body| {
            let foreign = ask.contains("x-identity: ") && head.starts_with("HTTP/1.1 404");
            if foreign { (with(&head, "403 Forbidden", &body), body) } else { (head, body) }
        },
    },
];

/// The head under a key that nobody used.
fn new_key(head: String) -> String {
    let key = head.lines().find(|line| line.starts_with("idempotency-key: ") && line.len() > 40).map(str::to_owned);
    key.map_or(head.clone(), |key| head.replace(&key, &format!("idempotency-key: {}", crate::app::key())))
}

/// A server with everything that a rule asks about, and what the check has to know of it.
fn whole(data: &std::path::Path) -> (Instance, Vec<(&'static str, String)>) {
    let operator = operator(data, "olga", Role::Operator, &[]);
    let site = Site {
        key: SITE.to_owned(),
        name: "ЗАГС".to_owned(),
        origins: vec![ORIGIN.to_owned()],
        identity_key: Some(Hidden(IDENTITY.to_owned())),
        ..Site::default()
    };
    // Nobody listens there: letters wait.
    let mail = crate::letters::mail("smtp://127.0.0.1:1");
    let one = Bucket { burst: 1, per_minute: 1 };
    let proof = Buckets { address: one, site: one, token: Bucket::default() };
    let limits = Limits { proof, proof_work: 1_000, ..Limits::none() };
    let server = Instance::with(Config { sites: vec![site], mail: Some(mail), limits, ..config(data) });
    (server, vec![("PODSKAZKA_IDENTITY_KEY", IDENTITY.to_owned()), ("PODSKAZKA_OPERATOR", operator)])
}

/// A server that passes everything on, in its own way; its address.
fn between(upstream: String, wrong: Wrong) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let upstream = upstream.clone();
            // A client that goes away in between is no matter.
            std::thread::spawn(move || drop(pass_on(client, &upstream, wrong)));
        }
    });
    base
}

/// Head up to the empty line, in lower case but for its first line.
fn head(from: &mut impl std::io::BufRead) -> std::io::Result<String> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 || line == "\r\n" {
            return Ok(head);
        }
        match line.split_once(": ").filter(|_| !head.is_empty()) {
            Some((name, value)) => head.push_str(&format!("{}: {value}", name.to_lowercase())),
            None => head.push_str(&line),
        }
    }
}

fn length(head: &str) -> Option<usize> {
    head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok())
}

fn pass_on(mut client: TcpStream, upstream: &str, wrong: Wrong) -> std::io::Result<()> {
    let mut from = BufReader::new(client.try_clone()?);
    let ask = head(&mut from)?;
    let mut body = vec![0; length(&ask).unwrap_or(0)];
    from.read_exact(&mut body)?;
    let mut server = TcpStream::connect(upstream)?;
    write!(server, "{}connection: close\r\n\r\n", (wrong.ask)(without(&ask, "connection")))?;
    server.write_all(&body)?;
    let mut from = BufReader::new(server);
    let answer = without(&head(&mut from)?, "connection");
    let live = answer.contains("text/event-stream");
    let mut body = Vec::new();
    if !live {
        from.read_to_end(&mut body)?;
    }
    let (answer, body) = (wrong.answer)(&ask, answer, body);
    write!(client, "{answer}connection: close\r\n\r\n")?;
    client.write_all(&body)?;
    if live {
        std::io::copy(&mut from, &mut client)?;
    }
    Ok(())
}

fn check(url: &str) -> (bool, String) {
    said(Command::new(env!("CARGO_BIN_EXE_podskazka-server")).args(["conformance", url]))
}

/// The check that knows everything.
fn check_whole(url: &str, known: &[(&str, String)]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_podskazka-server"));
    command.args(["conformance", url, "--site-key", SITE, "--origin", ORIGIN]);
    said(command.envs(known.iter().map(|(name, value)| (*name, value))))
}

fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.success(), text)
}

#[test]
fn our_server_holds_every_rule() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (good, said) = check(&server.base);
    assert!(good && !said.contains("broken") && said.contains(" rules hold"), "{said}");
}

#[test]
fn a_server_that_is_wrong_is_named_by_its_rule() {
    let dir = tempfile::tempdir().unwrap();
    let (server, known) = whole(dir.path());
    std::thread::scope(|scope| {
        for wrong in WRONG {
            let (address, known) = (server.address().to_owned(), &known);
            scope.spawn(move || {
                let (good, said) = check_whole(&between(address, *wrong), known);
                assert!(!good && said.contains(&format!("broken  {}:", wrong.rule)), "{}: {said}", wrong.rule);
                assert!(!said.contains(IDENTITY) && !said.contains(&known[1].1), "{said}");
            });
        }
    });
    // Passed on as it is, nothing is wrong: the tests above find what was changed, and not the server between.
    let right = Wrong { rule: "", ask: same_ask, answer: same_answer };
    let (good, said) = check_whole(&between(server.address().to_owned(), right), &known);
    assert!(good, "{said}");
}

/// A rule that no imitation breaks proves nothing: those of the own tickets, of addresses, ratings, work and tags all have one.
#[test]
fn every_rule_about_people_has_a_server_that_breaks_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (_, said) = check(&server.base);
    let rules = said.lines().filter_map(|line| line.strip_prefix("holds   "));
    let people = ["proof.", "recover.", "letters.", "rating.", "identity."];
    let mut count = 0;
    for rule in rules.filter(|rule| people.iter().any(|it| rule.starts_with(it))) {
        assert!(WRONG.iter().any(|wrong| wrong.rule == rule), "{rule}");
        count += 1;
    }
    assert_eq!(count, 11, "{said}");
}

#[test]
fn where_nothing_answers_is_said_in_one_sentence() {
    for (url, word) in [("help.example.ru", "https://"), ("http://127.0.0.1:1", "no server")] {
        let (good, said) = check(url);
        assert!(!good && said.contains(word) && said.lines().count() == 1, "{said}");
    }
}
