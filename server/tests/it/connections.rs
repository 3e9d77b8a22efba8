//! Clients that hold a connection and ask nothing, or ask and take so slowly that they only hold it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use podskazka_server::{Config, Pace};
use serde_json::json;

use crate::app::{Instance, Process, agent, config, created, figure, key, sample, send, share};

/// What the server says until it closes the connection. The long timeout only keeps a failing test from hanging.
fn until_closed(mut stream: TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
    String::from_utf8(said).unwrap()
}

/// The patience of a server that a test can wait for.
fn hasty() -> Pace {
    let short = Duration::from_millis(300);
    Pace { header: short, body: short, answer: short, ..Pace::default() }
}

#[test]
fn silent_and_slow_connections_are_closed_and_others_are_served() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(Config { pace: hasty(), ..config(dir.path()) });
    let open = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    };
    let silent: Vec<_> = (0..50).map(|_| open(b"")).collect();
    let half: Vec<_> = (0..50).map(|_| open(b"POST /v1/tickets HTTP/1.1\r\nHost: a\r\nIdempotency-")).collect();
    let mut dripping = open(b"GET /v1/config HTTP/1.1\r\n");
    let drip = std::thread::spawn(move || {
        // One letter after another; ends when the server has closed.
        while dripping.write_all(b"A").is_ok() {
            std::thread::yield_now();
        }
    });
    let idle = open(b"GET /v1/config HTTP/1.1\r\nHost: a\r\n\r\n");
    server.get("/v1/config", None).ok(200);
    server.new_ticket();
    for stream in silent.into_iter().chain(half) {
        let said = until_closed(stream);
        assert!(!said.contains("200"), "{said}");
    }
    assert!(until_closed(idle).starts_with("HTTP/1.1 200"), "answered, then closed when nothing more came");
    drip.join().unwrap();
}

#[test]
fn a_header_without_end_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"GET /v1/config HTTP/1.1\r\n").unwrap();
    let line = format!("X-Long: {}\r\n", "a".repeat(8_000));
    for _ in 0..200 {
        if stream.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    let said = until_closed(stream);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{said}");
}

/// The head of a POST with a body of so many bytes.
fn head(path: &str, length: usize) -> String {
    let key = key();
    format!("POST {path} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {key}\r\nContent-Length: {length}\r\n\r\n")
}

#[test]
fn a_body_that_stands_still_or_drips_is_cut_off_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(Config { pace: hasty(), ..config(dir.path()) });
    let open = |text: &str| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    };
    let still: Vec<_> =
        ["/v1/tickets", "/v1/uploads"].iter().map(|path| open(&format!("{}{{", head(path, 900)))).collect();
    let mut dripping = open(&head("/v1/uploads", 10_000_000));
    let answer = dripping.try_clone().unwrap();
    let drip = std::thread::spawn(move || {
        // Some letters a moment: a body that never stands still, and never ends.
        while dripping.write_all(b"abc\n").is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    server.new_ticket();
    for stream in still.into_iter().chain([answer]) {
        let said = until_closed(stream);
        // What drips on after the answer may take the answer with it.
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    }
    drip.join().unwrap();
}

/// A phone whose file takes many times longer than any one pause may: it moves, so it is served.
#[test]
fn a_slow_line_that_moves_is_served_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let pace = Pace { body: Duration::from_secs(4), ..Pace::default() };
    let server = Instance::with(Config { pace, ..config(dir.path()) });
    let text = "слово ".repeat(12_000);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(head("/v1/uploads", text.len()).as_bytes()).unwrap();
    let start = Instant::now();
    for part in text.as_bytes().chunks(8 * 1024) {
        std::thread::sleep(Duration::from_millis(300));
        stream.write_all(part).unwrap();
    }
    assert!(start.elapsed() > pace.body, "the whole took longer than the patience");
    let mut said = [0; 12];
    stream.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 201");
}

#[test]
fn who_takes_nothing_of_an_answer_is_let_go() {
    let dir = tempfile::tempdir().unwrap();
    let second = Duration::from_secs(1);
    let pace = Pace { header: second, answer: second, ..Pace::default() };
    let server = Instance::with(Config { pace, ..config(dir.path()) });
    // More than the kernels of both sides hold.
    let file = "word ".repeat(1_000_000);
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload(file.as_bytes())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    let id = server.checked(&page, &token)["id"].clone();
    let ask = || {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        let request =
            format!("GET {page}/attachments/{id} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    };
    let taken = until_closed(ask());
    assert!(taken.ends_with("word "), "who takes gets the whole");
    let asleep = ask();
    std::thread::sleep(3 * second);
    assert!(until_closed(asleep).len() < taken.len(), "who sleeps gets no more than was on its way");
}

/// `SLOW` is how many at once, of a process with the patience that ships.
#[test]
fn many_who_drip_hold_nobody_up_and_are_all_gone_in_the_end() {
    let many = std::env::var("SLOW").ok().map(|it| it.parse::<usize>().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let process = many.map(|_| Process::unlimited(dir.path()));
    let server = || Instance::with(Config { pace: hasty(), ..config(dir.path()) });
    let server = process.is_none().then(server);
    let base = process.as_ref().map_or_else(|| server.as_ref().unwrap().base.clone(), |it| it.base.clone());
    let mut slow: Vec<(TcpStream, Instant)> = (0..many.unwrap_or(50))
        .map(|i| {
            let mut stream = TcpStream::connect(base.trim_start_matches("http://")).unwrap();
            let body = head("/v1/tickets", 100_000);
            // Half a header, or a whole one with a body that hardly comes.
            let said = if i % 2 == 0 { "GET /v1/config HTTP/1.1\r\nX-Long: " } else { body.as_str() };
            stream.write_all(said.as_bytes()).unwrap();
            stream.set_nonblocking(true).unwrap();
            (stream, Instant::now())
        })
        .collect();
    let (count, start) = (slow.len(), Instant::now());
    let (mut took, mut lives, mut drops) = (Vec::new(), Vec::new(), 0);
    while !slow.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(120), "{} are still there", slow.len());
        if start.elapsed().as_secs() > drops {
            drops += 1;
            slow.iter_mut().for_each(|(stream, _)| drop(stream.write(b"a")));
        }
        slow.retain_mut(|(stream, opened)| {
            let here = match stream.read(&mut [0; 1_024]) {
                Ok(read) => read > 0,
                Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
            };
            if !here {
                lives.push(opened.elapsed());
            }
            here
        });
        let asked = Instant::now();
        assert_eq!(send(&agent(), &format!("{base}/v1/config"), "GET", &[], b"").status, 200);
        took.push(asked.elapsed());
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(lives.len(), count);
    if let Some(process) = process {
        let memory = process.memory();
        println!("{count} slow clients, {memory} MB");
        assert!(memory < 512, "{memory} MB");
    }
    figure("the last slow one is let go", share(&mut lives, 100), Duration::from_secs(30));
    figure("others meanwhile, p99", share(&mut took, 99), Duration::from_millis(200));
}

/// Nothing reaches this peer any more and nothing comes from it, as when a phone has lost the network: no end, no reset.
#[cfg(target_os = "linux")]
fn vanish(stream: &TcpStream) {
    // A filter of packets that lets none through: «return 0».
    let none = socket2::SockFilter::new(6, 0, 0, 0);
    socket2::SockRef::from(stream).attach_filter(&[none]).unwrap();
}

/// `VANISHED` is how many there are of each kind, of a process with the patience that ships.
#[cfg(target_os = "linux")]
#[test]
fn peers_that_vanish_without_a_word_are_let_go() {
    let many = std::env::var("VANISHED").ok().map(|it| it.parse::<usize>().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let short = Pace { answer: Duration::from_secs(1), sign: Duration::from_millis(200), ..hasty() };
    // Silence between two requests ends a connection too, later than this test waits.
    let pace = many.map_or(Pace { header: Duration::from_secs(600), ..short }, |_| Pace::default());
    let ops_listen = Some("127.0.0.1:1".parse().unwrap());
    let limits = podskazka_server::limits::Limits::none();
    let server = Instance::with(Config { pace, ops_listen, limits, ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    let open = |request: String, first: &str| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut said = String::new();
        while !said.contains(first) {
            let mut part = [0; 1_024];
            let read = stream.read(&mut part).unwrap();
            assert!(read > 0, "{said}");
            said.push_str(&String::from_utf8_lossy(&part[..read]));
        }
        stream
    };
    let events =
        format!("GET /v1/tickets/{number}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n");
    let (mut peers, each) = (Vec::new(), many.unwrap_or(5));
    for _ in 0..each {
        peers.push(open(events.clone(), "event: ticket"));
        // A file of which a part has come.
        let upload = head("/v1/uploads", 100_000).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
        let mut upload = open(upload, "100 Continue");
        upload.write_all(&[b'a'; 3_000]).unwrap();
        peers.push(upload);
    }
    let figures = || send(&agent(), &format!("{}/metrics", server.ops), "GET", &[], b"").text;
    let count = |name: &str| -> usize {
        let text = figures();
        let line = text.lines().find_map(|line| line.strip_prefix(&format!("podskazka_{name} "))).unwrap();
        line.parse().unwrap()
    };
    assert_eq!(count("streams"), each);
    // That of this test, which goes on asking, is not among them.
    let all = count("connections");
    assert!(all >= 2 * each, "{all}");
    peers.iter().for_each(vanish);
    let start = Instant::now();
    while count("streams") > 0 || count("connections") > all - 2 * each {
        assert!(start.elapsed() < Duration::from_secs(120), "{} streams are still there", count("streams"));
        std::thread::sleep(Duration::from_millis(20));
    }
    let most = if many.is_some() { Duration::from_secs(45) } else { Duration::from_secs(5) };
    figure("the last one that vanished is let go", start.elapsed(), most);
    server.new_ticket();
    drop(peers);
}

#[test]
fn the_patience_that_ships_lets_nobody_stay_who_is_gone() {
    let pace = Pace::default();
    assert!(pace.sign + pace.answer < Duration::from_secs(45), "R8");
    assert!(pace.header + pace.body <= Duration::from_secs(30), "R7");
}
