//! Letters through a mail server of our own, and access to tickets by a code from a letter.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use podskazka_server::store::{Delivery, Role, Way};
use podskazka_server::{Config, Contact, Hidden, Mail, Site, Store};
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Answer, Instance, config, created, key, now, operator, options, sample};

/// Longer than a letter waits that was not taken at once; only a failing test waits to its end.
pub const PATIENCE: Duration = Duration::from_secs(240);

/// A letter as the mail server got it.
#[derive(Debug)]
pub struct Letter {
    to: String,
    head: String,
    pub text: String,
}

impl Letter {
    /// The first address in the text that holds `part`.
    pub fn link(&self, part: &str) -> String {
        self.text.split_whitespace().find(|word| word.contains(part)).unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A mail server that takes letters after refusing the first `busy` of them.
fn mail_server(busy: usize) -> (String, Receiver<Letter>) {
    holding(busy, Arc::default())
}

/// The same that leaves a letter it has got without an answer while it `holds`.
pub fn holding(busy: usize, holds: Arc<AtomicBool>) -> (String, Receiver<Letter>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let (letters, taken) = channel();
    std::thread::spawn(move || {
        let busy = Arc::new(AtomicUsize::new(busy));
        for stream in listener.incoming().flatten() {
            let (busy, holds, letters) = (Arc::clone(&busy), Arc::clone(&holds), letters.clone());
            // A client that goes away in between is no matter.
            std::thread::spawn(move || talk(stream, &busy, &holds, &letters));
        }
    });
    (address, taken)
}

fn talk(stream: TcpStream, busy: &AtomicUsize, holds: &AtomicBool, letters: &Sender<Letter>) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    // An answer goes out in parts, each of which would wait for word of the one before.
    out.set_nodelay(true)?;
    let mut lines = BufReader::new(stream).lines();
    write!(out, "220 test\r\n")?;
    let mut to = String::new();
    while let Some(line) = lines.next() {
        let line = line?;
        let answer = match line.get(..4).unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            "AUTH" if !line.ends_with(&STANDARD.encode("\0a@example.ru\0p:w")) => "535 who are you",
            "MAIL" if busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() => {
                "451 busy"
            }
            "RCPT" if line.contains("gone@") => "550 no such mailbox",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok"
            }
            "DATA" => {
                write!(out, "354 go on\r\n")?;
                let mut all = String::new();
                loop {
                    // A text that breaks off is no letter.
                    let Some(line) = lines.next().transpose()? else { return Ok(()) };
                    if line == "." {
                        break;
                    }
                    all.push_str(line.strip_prefix('.').unwrap_or(&line));
                    all.push('\n');
                }
                let (head, body) = all.split_once("\n\n").unwrap();
                let held = holds.load(Ordering::SeqCst);
                let _ = letters.send(Letter { to: to.clone(), head: head.to_owned(), text: decoded(head, body) });
                if held {
                    // Until the sender is gone.
                    return lines.next().transpose().map(drop);
                }
                "250 ok"
            }
            "QUIT" => {
                write!(out, "221 bye\r\n")?;
                return Ok(());
            }
            _ => "250 ok",
        };
        write!(out, "{answer}\r\n")?;
    }
    Ok(())
}

/// The text of a body, by what its head says of it.
fn decoded(head: &str, body: &str) -> String {
    let head = head.to_lowercase();
    if head.contains("content-transfer-encoding: base64") {
        let packed: String = body.split_whitespace().collect();
        return String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap();
    }
    assert!(head.contains("content-transfer-encoding: 8bit") || head.contains("quoted-printable"), "{head}");
    if head.contains("8bit") {
        return body.to_owned();
    }
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

pub fn mail(server: &str) -> Mail {
    Mail {
        server: Hidden(server.to_owned()),
        from: "Поддержка <support@example.ru>".to_owned(),
        public_url: "https://help.example.ru".to_owned(),
    }
}

pub fn start(data: &Path, mail_server: &str) -> Instance {
    Instance::with(Config { mail: Some(mail(mail_server)), ..config(data) })
}

pub fn ticket_from(server: &Instance, contact: &str) -> (String, String) {
    let mut ticket = sample();
    ticket["text"] = json!("Поле не принимает СНИЛС 112-233-445 95");
    ticket["contact"] = json!(contact);
    created(&server.ticket(&key(), &ticket))
}

/// What stands behind a link of a letter.
pub fn path(link: &str) -> &str {
    link.strip_prefix("https://help.example.ru").unwrap()
}

fn say(server: &Instance, path: &str, body: &Value) -> Answer {
    server.send("POST", path, &[], body.to_string().as_bytes())
}

/// The answer to the code of the last letter.
fn redeem(server: &Instance, contact: &str, code: &str) -> Answer {
    say(server, "/v1/recover/verify", &json!({"contact": contact, "code": code}))
}

fn code_of(letter: &Letter) -> String {
    letter.text.split_once("код: ").unwrap().1.lines().next().unwrap().to_owned()
}

#[test]
fn letters_come_after_the_owner_of_the_address_agreed_and_until_they_are_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let (address, letters) = mail_server(0);
    let server = start(dir.path(), &address);
    let (number, token) = ticket_from(&server, "Anna@Example.org");
    let question = letters.recv_timeout(PATIENCE).unwrap();
    assert_eq!(question.to.to_lowercase(), "anna@example.org");
    assert!(question.text.contains(&number) && question.header("List-Unsubscribe").is_none(), "{question:?}");
    assert!(!question.text.contains("112-233") && !question.text.contains(&token));
    // Not yet: nobody agreed. A second ticket asks nobody again.
    let act = |number: &str, body: Value| {
        server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &body).ok(201);
    };
    act(&number, json!({"action": "take"}));
    let (second, _) = ticket_from(&server, "anna@example.org");
    let link = question.link("/mail/confirm");
    let page = server.get(path(&link), None);
    assert!(page.status == 200 && page.text.contains("<button>Подтвердить адрес</button>"), "{}", page.text);
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let done = server.send("POST", path(&link), &[], b"");
    assert!(done.status == 200 && done.text.contains("Адрес подтверждён"), "{}", done.text);
    assert_eq!(server.send("POST", path(&link), &[], b"").status, 404, "once");

    act(&number, json!({"action": "ask", "text": "секретный вопрос о СНИЛС 112-233-445 95"}));
    let news = letters.recv_timeout(PATIENCE).unwrap();
    assert!(news.text.contains(&number) && news.text.contains("Ждём вашего ответа"), "{}", news.text);
    assert!(!news.text.contains("секретный") && !news.text.contains("112-233"), "words stay on the site");
    assert_eq!(news.header("Auto-Submitted"), Some("auto-generated"));
    assert!(news.header("Message-ID").unwrap().ends_with("@example.ru>"));
    // What is among operators, and what the citizen did, is no news.
    let note = json!({"text": "между нами", "visibility": "internal"});
    server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &note).ok(201);
    server
        .act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "ответ: карта 2200 0000 0000 0004"}))
        .ok(201);
    let (third, _) = ticket_from(&server, "anna@example.org");
    let accepted = letters.recv_timeout(PATIENCE).unwrap();
    assert!(!accepted.text.contains("2200") && !accepted.text.contains("112-233"), "{accepted:?}");
    assert!(accepted.text.contains(&third) && accepted.header("List-Unsubscribe-Post").is_some(), "{accepted:?}");

    let stop = accepted.link("/mail/stop");
    assert!(server.get(path(&stop), None).text.contains("<button>Не получать писем</button>"));
    let forged = path(&stop).replace("&s=", "&s=A");
    assert_eq!(server.send("POST", &forged, &[], b"").status, 404);
    let one_click = server.send("POST", path(&stop), &[], b"List-Unsubscribe=One-Click");
    assert!(one_click.status == 200 && one_click.text.contains("Писем больше не будет"), "{}", one_click.text);
    act(&second, json!({"action": "take"}));
    ticket_from(&server, "anna@example.org");
    // The next letter that leaves is another person's.
    let (other, _) = ticket_from(&server, "boris@example.org");
    let next = letters.recv_timeout(PATIENCE).unwrap();
    assert!(next.to == "boris@example.org" && next.text.contains(&other), "{next:?}");
    drop(server);
    assert!(letters.try_recv().is_err());
}

#[test]
fn letters_are_turned_off_and_on_by_the_ticket_and_flood_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (address, letters) = mail_server(0);
    let server = start(dir.path(), &address);
    let (number, token) = ticket_from(&server, "anna@example.org");
    let question = letters.recv_timeout(PATIENCE).unwrap();
    let path_of = |number: &str| format!("/v1/tickets/{number}/letters");
    let state = |number: &str, token: &str| server.get(&path_of(number), Some(token)).ok(200)["state"].clone();
    let turn = |on: bool| server.act(&path_of(&number), &token, &json!({"on": on})).ok(200)["state"].clone();
    assert_eq!(state(&number, &token), "asked");
    assert_eq!(server.send("POST", path(&question.link("/mail/confirm")), &[], b"").status, 200);
    assert_eq!(state(&number, &token), "on");
    // Off, and on again: the address was asked today, so nobody writes to it once more.
    assert_eq!(turn(false), "later");
    assert_eq!((turn(true), turn(true)), (json!("later"), json!("later")));
    assert_eq!(
        server.send("POST", path(&question.link("/mail/confirm")), &[], b"").status,
        404,
        "an old link is spent"
    );
    // A day later the owner is asked anew.
    assert!(Rows::open(dir.path()).run("UPDATE addresses SET asked_at = asked_at - 90000"));
    assert_eq!(state(&number, &token), "off");
    assert_eq!(turn(true), "asked");
    let again = letters.recv_timeout(PATIENCE).unwrap();
    assert_eq!(server.send("POST", path(&again.link("/mail/confirm")), &[], b"").status, 200);
    assert_eq!(state(&number, &token), "on");
    // Whoever stopped letters by their link gets none, whatever a ticket says.
    let (other, other_token) = ticket_from(&server, "anna@example.org");
    let accepted = letters.recv_timeout(PATIENCE).unwrap();
    assert_eq!(server.send("POST", path(&accepted.link("/mail/stop")), &[], b"").status, 200);
    assert_eq!((state(&number, &token), turn(true)), (json!("stopped"), json!("stopped")));
    server.get(&path_of(&number), Some(&other_token)).problem(404, "not-found");
    assert_eq!(state(&other, &other_token), "stopped");
    let (phone, phone_token) = ticket_from(&server, "+7 900 123-45-67");
    assert_eq!(state(&phone, &phone_token), "none");
    drop(server);
    assert!(letters.try_recv().is_err());
}

#[test]
fn a_letter_that_was_stopped_under_way_takes_no_other_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path(), "smtp://127.0.0.1:1");
    ticket_from(&server, "anna@example.org");
    drop(server);
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let later = now() + 1_000;
    let lease =
        || runtime.block_on(store.lease_letters(Way::Mail, "https://help.example.ru".to_owned(), later)).unwrap();
    let under_way = lease().pop().unwrap();
    // Its row goes while the mail server has it; the next letter may get the number of that row.
    assert!(Rows::open(dir.path()).run("DELETE FROM letters"));
    runtime.block_on(store.ask_code(Contact::read("anna@example.org"))).unwrap();
    runtime.block_on(store.settle_letter(under_way.dedupe, under_way.lease, Delivery::Done, later)).unwrap();
    assert!(lease()[0].letter.subject.contains("Код"));
}

#[test]
fn two_senders_at_once_take_each_letter_once() {
    const LETTERS: usize = 50;
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path(), "smtp://127.0.0.1:1");
    for i in 0..LETTERS {
        ticket_from(&server, &format!("citizen{i}@example.org"));
    }
    drop(server);
    assert!(Rows::open(dir.path()).run("UPDATE letters SET attempts = 0, locked_until = 0"));
    let open = || Store::open(dir.path(), &options(dir.path())).unwrap();
    // Over PostgreSQL two instances; a folder of SQLite has one.
    let first = open();
    let second = if crate::database(dir.path()).is_some() { open() } else { first.clone() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let later = now() + 1_000;
    let take = |store: Store| {
        runtime.spawn(async move {
            let mut taken = Vec::new();
            loop {
                let some = store.lease_letters(Way::Mail, "https://help.example.ru".to_owned(), later).await.unwrap();
                if some.is_empty() {
                    return taken;
                }
                taken.extend(some.into_iter().map(|parcel| parcel.dedupe));
            }
        })
    };
    let senders = [take(first), take(second)];
    let mut taken: Vec<String> = senders.into_iter().flat_map(|it| runtime.block_on(it).unwrap()).collect();
    assert_eq!(taken.len(), LETTERS);
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), LETTERS, "each by one of the two");
    let tries = Rows::open(dir.path()).text("SELECT CAST(sum(attempts) AS TEXT) FROM letters");
    assert_eq!(tries, LETTERS.to_string());
}

#[test]
fn a_code_from_a_letter_opens_the_tickets_of_the_address() {
    let dir = tempfile::tempdir().unwrap();
    let (address, letters) = mail_server(0);
    let server = start(dir.path(), &address);
    let mine: Vec<_> = (0..2).map(|_| ticket_from(&server, "anna@example.org").0).collect();
    let (foreign, _) = ticket_from(&server, "boris@example.org");
    for _ in 0..2 {
        letters.recv_timeout(PATIENCE).unwrap();
    }
    let ask = |contact: &str| say(&server, "/v1/recover", &json!({"contact": contact}));
    let (known, unknown) = (ask("ANNA@example.org"), ask("nobody@example.org"));
    assert_eq!((known.status, &known.text), (202, &unknown.text));
    assert_eq!(unknown.status, 202);
    let letter = letters.recv_timeout(PATIENCE).unwrap();
    assert_eq!(letter.to, "ANNA@example.org");
    let code = code_of(&letter);
    redeem(&server, "nobody@example.org", &code).problem(422, "validation");
    let wrong = if code.starts_with('0') { "11111111" } else { "00000000" };
    let problem = redeem(&server, "anna@example.org", wrong).problem(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/code");
    let opened = redeem(&server, "anna@example.org", &code).ok(200);
    let items = opened["items"].as_array().unwrap();
    let numbers: Vec<_> = items.iter().map(|item| item["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, mine.iter().rev().collect::<Vec<_>>());
    for item in items {
        let path = format!("/v1/tickets/{}", item["number"].as_str().unwrap());
        assert_eq!(server.get(&path, item["token"].as_str()).ok(200)["number"], item["number"]);
        server.get(&format!("/v1/tickets/{foreign}"), item["token"].as_str()).problem(404, "not-found");
    }
    redeem(&server, "anna@example.org", &code).problem(422, "validation");

    // Five tries a code, three codes an hour.
    ask("anna@example.org");
    let code = code_of(&letters.recv_timeout(PATIENCE).unwrap());
    for _ in 0..5 {
        redeem(&server, "anna@example.org", wrong).problem(422, "validation");
    }
    redeem(&server, "anna@example.org", &code).problem(422, "validation");
    ask("anna@example.org");
    letters.recv_timeout(PATIENCE).unwrap();
    assert_eq!(ask("anna@example.org").status, 202);
    ask("boris@example.org");
    assert_eq!(
        letters.recv_timeout(PATIENCE).unwrap().to,
        "boris@example.org",
        "the fourth code of the hour was not sent"
    );
    // They were asked for while the clock was wrong: nobody waits for an hour that never was.
    assert!(Rows::open(dir.path()).run("UPDATE codes SET since = since + 7200"));
    ask("anna@example.org");
    assert_eq!(letters.recv_timeout(PATIENCE).unwrap().to, "anna@example.org");

    for bad in ["anna", "+7 900 123-45-67", "a@b.ru\r\nBcc: x@y.ru", ""] {
        assert_eq!(ask(bad).problem(422, "validation")["errors"][0]["pointer"], "/contact");
    }
    say(&server, "/v1/recover", &json!({"contact": "a@b.ru", "number": "1"})).problem(400, "unknown-field");
}

#[test]
fn a_busy_mail_server_gets_the_letter_later_and_a_dead_mailbox_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (address, letters) = mail_server(1);
    let server = start(dir.path(), &address);
    let (number, _) = ticket_from(&server, "anna@example.org");
    ticket_from(&server, "gone@example.org");
    let (other, _) = ticket_from(&server, "boris@example.org");
    // The first was refused as busy and waits two minutes, the second for ever; the third is there.
    assert!(letters.recv_timeout(PATIENCE).unwrap().text.contains(&other));
    drop(server);
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(store.count_letters()).unwrap(), (1, 1));
    let now = now();
    let due =
        runtime.block_on(store.lease_letters(Way::Mail, "https://help.example.ru".to_owned(), now + 121)).unwrap();
    assert_eq!(due.iter().map(|parcel| parcel.to.as_str()).collect::<Vec<_>>(), ["anna@example.org"]);
    assert!(due[0].letter.text.contains(&number));
    // A sender that died leaves the letter to the next one, under the same name.
    let lease =
        |at: i64| runtime.block_on(store.lease_letters(Way::Mail, "https://help.example.ru".to_owned(), at)).unwrap();
    assert!(lease(now + 122).is_empty());
    assert_eq!(lease(now + 500)[0].dedupe, due[0].dedupe);
    // A letter that does not open is given up and holds up no other turn.
    assert!(Rows::open(dir.path()).run(&format!("UPDATE tickets SET dek_key = 'gone' WHERE number = '{number}'")));
    assert!(lease(now + 1_000).is_empty());
    assert_eq!(runtime.block_on(store.count_letters()).unwrap(), (0, 2));
}

#[test]
fn without_a_mail_server_nothing_is_promised() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    assert_eq!(server.get("/v1/config", None).ok(200)["mail"], false);
    say(&server, "/v1/recover", &json!({"contact": "a@b.ru"})).problem(404, "not-found");
    for path in ["/mail/confirm", "/mail/confirm?t=%3Cscript%3E", "/mail/stop?m=a"] {
        let page = server.get(path, None);
        assert!(page.status == 404 && page.text.contains("уже не действует") && !page.text.contains("script"));
        assert_eq!(server.send("POST", path, &[], b"").status, 404);
    }
}

#[test]
fn the_links_of_a_letter_work_where_sites_are_configured() {
    let dir = tempfile::tempdir().unwrap();
    let (address, letters) = mail_server(0);
    let site = Site { key: "pk_zags_2026".into(), origins: vec!["https://zags.example.ru".into()], ..Site::default() };
    let server = Instance::with(Config { mail: Some(mail(&address)), sites: vec![site], ..config(dir.path()) });
    let mut ticket = sample();
    ticket["contact"] = json!("anna@example.org");
    let send = |ticket: &Value| {
        let key = key();
        let headers = [("x-site-key", "pk_zags_2026"), ("idempotency-key", key.as_str())];
        created(&server.send("POST", "/v1/tickets", &headers, ticket.to_string().as_bytes()))
    };
    send(&ticket);
    let link = letters.recv_timeout(PATIENCE).unwrap().link("/mail/confirm");
    assert_eq!(server.get(path(&link), None).status, 200);
    // The page of the link has our own origin; a mail program has none, or `null`.
    let done = server.send("POST", path(&link), &[("origin", "https://help.example.ru")], b"");
    assert!(done.status == 200 && done.text.contains("Адрес подтверждён"), "{}", done.text);
    send(&ticket);
    let stop = letters.recv_timeout(PATIENCE).unwrap().link("/mail/stop");
    let one_click = server.send("POST", path(&stop), &[("origin", "null")], b"List-Unsubscribe=One-Click");
    assert!(one_click.status == 200 && one_click.text.contains("Писем больше не будет"), "{}", one_click.text);
}
