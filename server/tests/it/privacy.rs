//! Personal data at rest and in the log; the journal; erasure; the exchange of keys.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use podskazka_server::limits::Limits;
use podskazka_server::store::{Role, Verdict};
use podskazka_server::{Config, Store};
use serde_json::json;

use crate::Rows;
use crate::app::{Instance, Process, agent, config, created, key, operator, options, program, sample, send};

fn run(data: &Path, args: &[&str]) -> (bool, String) {
    let output = program(data).args(args).output().unwrap();
    let text = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(text).unwrap())
}

fn audit(data: &Path) -> Verdict {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = Store::open(data, &options(data)).unwrap();
    runtime.block_on(store.verify_audit()).unwrap()
}

/// Names of the files under the folder that hold one of the texts.
fn holding<T: AsRef<[u8]>>(folder: &Path, texts: &[T]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, texts));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for text in texts.iter().map(AsRef::as_ref) {
            if bytes.windows(text.len()).any(|window| window == text) {
                found.push(format!("{}: {}", path.display(), String::from_utf8_lossy(text)));
            }
        }
    }
    found
}

#[test]
fn what_a_citizen_wrote_stands_neither_in_the_data_nor_in_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let mut server = Process::start(dir.path());
    let mut ticket = sample();
    let canaries = [
        "Канарейкина Клавдия",
        "klavdia@example.org",
        "канарейка в тексте",
        "канарейка в подписи",
        "canary-agent",
        "канарейка в ответе",
        "канарейка во вложенном вопросе",
        "канарейка в причине",
        // Numbers that a citizen has chosen to leave in the words.
        "112-233-445 95",
        "2200 0000 0000 0004",
    ];
    let [name, contact, text, label, agent_name, reply, question, reason, snils, card_number] = canaries;
    ticket["name"] = json!(name);
    ticket["contact"] = json!(contact);
    ticket["text"] = json!(format!("{text}: СНИЛС {snils}"));
    ticket["client"]["user_agent"] = json!(agent_name);
    ticket["snapshot"]["fields"] = json!([{"name": "f", "label": label, "kind": "text", "valid": false,
        "length_class": "short", "shape": "99"}]);
    let post = |path: &str, token: Option<&str>, body: &serde_json::Value| {
        let key = key();
        let bearer = format!("Bearer {}", token.unwrap_or_default());
        let headers = [("idempotency-key", key.as_str()), ("authorization", bearer.as_str())];
        send(&agent(), &format!("{}{path}", server.base), "POST", &headers, body.to_string().as_bytes())
    };
    let (number, token) = created(&post("/v1/tickets", None, &ticket));
    let (page, card) = (format!("/v1/tickets/{number}"), format!("/v1/desk/tickets/{number}"));
    post(&format!("{card}/transition"), Some(&desk), &json!({"action": "take"})).ok(201);
    post(&format!("{card}/transition"), Some(&desk), &json!({"action": "ask", "text": question})).ok(201);
    post(&format!("{page}/comments"), Some(&token), &json!({"text": format!("{reply} {card_number}")})).ok(201);
    post(&format!("{card}/unmask"), Some(&desk), &json!({"reason": reason})).ok(200);
    ticket["topic"] = json!(text);
    post("/v1/tickets", None, &ticket).problem(422, "validation");
    post(&format!("/v1/tickets/{agent_name}/comments"), Some(&token), &ticket).problem(404, "not-found");
    let bearer = format!("Bearer {token}");
    let address = format!("{}{page}", server.base);
    let seen = send(&agent(), &address, "GET", &[("authorization", &bearer)], b"").ok(200);
    assert!(seen.to_string().contains(reply) && seen.to_string().contains(question));
    let bearer = format!("Bearer {desk}");
    let read =
        |path: &str| send(&agent(), &format!("{}{path}", server.base), "GET", &[("authorization", &bearer)], b"");
    // Whoever answers reads the number, since the question may be about it; a list and a report do not have it.
    assert!(read(&card).ok(200).to_string().contains(snils));
    for path in [
        "/v1/desk/tickets",
        "/v1/desk/reports/service?group_by=form",
        "/v1/desk/reports/errors",
        "/v1/desk/reports/articles",
    ] {
        let answer = read(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        for text in &canaries {
            assert!(!answer.text.contains(text), "{path}: {text}");
        }
    }

    let log = server.kill();
    assert!(log.contains("/v1/tickets/{number}/comments"));
    let secrets = [token.as_str(), desk.as_str(), number.as_str(), "127.0.0.1:8080"];
    for text in canaries.iter().chain(&secrets) {
        assert!(!log.contains(text), "{text}");
    }
    // The file of the write-ahead log is among them: the program was killed.
    assert_eq!(holding(dir.path(), &canaries), Vec::<String>::new());
    assert_eq!(holding(dir.path(), &[&token, &desk]), Vec::<String>::new());
    assert_eq!(audit(dir.path()), Verdict::Whole(6));
}

#[test]
fn a_foreign_or_lost_key_file_is_said_at_the_start() {
    let dir = tempfile::tempdir().unwrap();
    Instance::start(dir.path()).new_ticket();
    let other = tempfile::tempdir().unwrap();
    Store::open(other.path(), &options(other.path())).unwrap();
    let key_file = other.path().join("podskazka.key");
    let (good, said) = run(dir.path(), &["--key-file", &key_file.display().to_string(), "--listen", "127.0.0.1:0"]);
    assert!(!good && said.contains("key file"), "{said}");
    std::fs::rename(dir.path().join("podskazka.key"), dir.path().join("away")).unwrap();
    let (good, said) = run(dir.path(), &["--listen", "127.0.0.1:0"]);
    assert!(!good && said.contains("bring it back"), "{said}");
    assert!(!dir.path().join("podskazka.key").exists(), "no new key beside sealed tickets");
}

#[test]
fn the_journal_shows_every_change() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    server.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "x"})).ok(201);
    server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &json!({"action": "take"})).ok(201);
    drop(server);
    assert_eq!(audit(dir.path()), Verdict::Whole(4));
    let db = Rows::open(dir.path());
    assert!(!db.run("UPDATE audit SET author = 'anna' WHERE id = 4"));
    assert!(!db.run("DELETE FROM audit"));
    // Somebody with the database can drop the triggers; the chain still tells.
    assert!(db.run(crate::DROP_TRIGGERS));
    for (break_it, mend_it, row) in [
        ("UPDATE audit SET author = 'anna' WHERE id = 4", "UPDATE audit SET author = 'olga' WHERE id = 4", 4),
        ("UPDATE audit SET at = at + 1 WHERE id = 2", "UPDATE audit SET at = at - 1 WHERE id = 2", 2),
        ("UPDATE audit SET author = '' WHERE id = 2", "UPDATE audit SET author = NULL WHERE id = 2", 2),
        ("UPDATE audit SET id = 9 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = 9", 3),
    ] {
        assert!(db.run(break_it));
        assert_eq!(audit(dir.path()), Verdict::Broken(row), "{break_it}");
        let (good, said) = run(dir.path(), &["audit", "verify"]);
        assert!(!good && said.contains(&format!("row {row}")), "{said}");
        assert!(db.run(mend_it));
        assert_eq!(audit(dir.path()), Verdict::Whole(4));
    }
    assert!(db.run("DELETE FROM audit WHERE id = 4"));
    assert_eq!(audit(dir.path()), Verdict::Broken(4), "a cut end");
}

#[test]
fn an_anchor_tells_that_the_end_of_the_journal_was_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let anchor = dir.path().join("anchor");
    let path = anchor.to_str().unwrap();
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let (good, said) = run(dir.path(), &["audit", "--anchor", path]);
    assert!(good && said.contains("1 row(s)"), "{said}");
    let first = std::fs::read_to_string(&anchor).unwrap();
    assert!(first.starts_with("1 ") && said.contains(first.trim()), "{said}");
    server.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "x"})).ok(201);
    drop(server);
    assert!(run(dir.path(), &["audit", "--anchor", path]).0);
    let last = std::fs::read_to_string(&anchor).unwrap();
    assert!(last.starts_with("2 "), "{last}");
    // Somebody takes the last deed out, with its step and its row: the chain alone is whole.
    let db = Rows::open(dir.path());
    assert!(db.run(crate::DROP_TRIGGERS));
    assert!(db.run("DELETE FROM events WHERE seq = 2; DELETE FROM audit WHERE id = 2"));
    assert_eq!(audit(dir.path()), Verdict::Whole(1));
    let (good, said) = run(dir.path(), &["audit", "--anchor", path]);
    assert!(!good && said.contains("ends at row 1") && said.contains("row 2"), "{said}");
    assert_eq!(std::fs::read_to_string(&anchor).unwrap(), last, "what was known is not forgotten");
    // Another row in the same place is no better.
    std::fs::write(&anchor, format!("1 {}\n", "0".repeat(64))).unwrap();
    let (good, said) = run(dir.path(), &["audit", "--anchor", path]);
    assert!(!good && said.contains("broken at row 1"), "{said}");
    std::fs::write(&anchor, "yesterday").unwrap();
    let (good, said) = run(dir.path(), &["audit", "--anchor", path]);
    assert!(!good && said.contains("holds no anchor"), "{said}");
}

#[test]
fn an_erased_ticket_is_gone_and_its_number_stays() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("секретное вложение".as_bytes())]);
    let once = key();
    let (number, token) = created(&server.ticket(&once, &ticket));
    let (kept, kept_token) = server.new_ticket();
    let page = format!("/v1/tickets/{number}");
    server.checked(&page, &token);
    let rows = Rows::open(dir.path());
    let mut sealed: Vec<_> = [
        format!("SELECT dek FROM tickets WHERE number = '{number}'"),
        format!("SELECT secret FROM tickets WHERE number = '{number}'"),
        format!("SELECT dek FROM uploads WHERE ticket_number = '{number}'"),
    ]
    .iter()
    .map(|sql| rows.bytes(sql))
    .collect();
    drop(rows);
    // The file itself is the only one of its folder.
    let file = std::fs::read_dir(dir.path().join("files")).unwrap().next().unwrap().unwrap();
    sealed.push(std::fs::read(file.path()).unwrap());
    assert!(!holding(dir.path(), &sealed).is_empty());
    let erase = ["erase", &number, "--by", "olga", "--reason", "заявление гражданина"];
    let (good, act) = run(dir.path(), &erase);
    assert!(good && act.contains(&number) && act.contains("файлов 1") && act.contains("заявление"), "{act}");
    server.get(&page, Some(&token)).problem(404, "not-found");
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    assert_eq!((&card["item"]["status"], &card["text"], &card["name"]), (&json!("erased"), &json!(""), &json!("")));
    assert!(card["events"].as_array().unwrap().iter().all(|event| event.get("text").is_none()));
    server.get(&format!("/v1/tickets/{kept}"), Some(&kept_token)).ok(200);
    assert!(!run(dir.path(), &erase).0, "once");
    // A letter that a page sends once more brings nothing back, and is told why.
    let gone = server.ticket(&once, &ticket).problem(410, "erased");
    assert!(gone["title"].as_str().unwrap().contains("удалено"), "{gone}");
    server.ticket(&once, &sample()).problem(410, "erased");
    assert_eq!(server.get("/v1/desk/tickets", Some(&desk)).ok(200)["items"].as_array().unwrap().len(), 1);
    server.new_ticket();
    assert_eq!(holding(dir.path(), &sealed), Vec::<String>::new());
    drop(server);
    assert!(matches!(audit(dir.path()), Verdict::Whole(_)));
}

/// Ends what others do, however its own part ends.
struct Until<'a>(&'a AtomicBool);

impl Drop for Until<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// The keys of the key file: without that of the journal.
fn keys(data: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(data.join("podskazka.key")).unwrap();
    text.lines().filter(|line| !line.starts_with("audit")).map(str::to_owned).collect()
}

#[test]
fn keys_are_exchanged_while_tickets_come_in() {
    let dir = tempfile::tempdir().unwrap();
    let start = || Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    let server = start();
    let bytes = "приложено".as_bytes();
    // Files that were laid down, and one that is begun, before the exchange and are given to a ticket after it.
    let upload = server.upload(bytes);
    let (slices, length) = (key(), bytes.len().to_string());
    let begin = [("idempotency-key", slices.as_str()), ("upload-complete", "?0"), ("upload-length", length.as_str())];
    let place = server.send("POST", "/v1/uploads", &begin, b"").header("location").to_owned();
    let mut old = keys(dir.path());
    let done = AtomicBool::new(false);
    let mut tickets: Vec<_> = std::thread::scope(|scope| {
        let citizen = || {
            let mut made = vec![server.new_ticket()];
            while !done.load(Ordering::SeqCst) {
                let mut ticket = sample();
                ticket["uploads"] = json!([server.upload(bytes)]);
                made.push(created(&server.ticket(&key(), &ticket)));
            }
            made
        };
        let citizens = [scope.spawn(citizen), scope.spawn(citizen)];
        let until = Until(&done);
        for _ in 0..3 {
            let (good, said) = run(dir.path(), &["rotate-key"]);
            assert!(good && said.contains("ticket(s) are under a new key"), "{said}");
            let now = keys(dir.path());
            assert!(now.len() == 1 && !old.contains(&now[0]));
            old.extend(now);
        }
        drop(until);
        citizens.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    let kind = ("content-type", "application/partial-upload");
    let last = [("idempotency-key", slices.as_str()), kind, ("upload-offset", "0"), ("upload-complete", "?1")];
    let sliced = server.send("PATCH", &format!("/v1/{place}"), &last, bytes).ok(201);
    let mut ticket = sample();
    ticket["uploads"] = json!([upload, sliced["token"]]);
    tickets.push(created(&server.ticket(&key(), &ticket)));
    let whole = |server: &Instance| {
        for (number, token) in &tickets {
            let page = server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
            assert_eq!(page["events"][0]["text"], sample()["text"]);
            for file in page["events"][0]["files"].as_array().into_iter().flatten() {
                assert_ne!(file["state"], "rejected");
                if file["state"] == "clean" {
                    let path = format!("/v1/tickets/{number}/attachments/{}", file["id"]);
                    assert_eq!(server.get(&path, Some(token)).bytes, bytes);
                }
            }
        }
    };
    whole(&server);
    drop(server);
    // With the last key alone.
    let server = start();
    for (number, token) in &tickets[1..] {
        server.checked(&format!("/v1/tickets/{number}"), token);
    }
    whole(&server);
    drop(server);
    assert!(matches!(audit(dir.path()), Verdict::Whole(_)));
}

#[test]
fn what_was_erased_is_erased_again_after_an_older_copy_came_back() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let [(first, first_token), (second, second_token)] = [server.new_ticket(), server.new_ticket()];
    drop(server);
    // The copy of a moment before: rows as they were.
    let db = Rows::open(dir.path());
    let before =
        "CREATE TABLE copied_tickets AS SELECT * FROM tickets; CREATE TABLE copied_events AS SELECT * FROM events";
    assert!(db.run(before));
    let (good, said) = run(dir.path(), &["erase", &first, "--by", "olga", "--reason", "=заявление, \"устно\""]);
    assert!(good, "{said}");
    let (good, acts) = run(dir.path(), &["acts"]);
    assert!(good && acts.lines().count() == 2 && acts.contains(&first), "{acts}");
    assert!(acts.contains("\"'=заявление, \"\"устно\"\"\""), "no formula: {acts}");
    assert_eq!(run(dir.path(), &["acts", "--since", "2999-01-01"]).1.lines().count(), 1);
    let kept = dir.path().join("acts.csv");
    std::fs::write(&kept, acts).unwrap();
    let back = "DELETE FROM acts; UPDATE tickets SET dek = c.dek, dek_key = c.dek_key, secret = c.secret, status = c.status, \
                token_hash = c.token_hash, erased_at = NULL FROM copied_tickets AS c WHERE c.id = tickets.id; \
                DROP TABLE copied_tickets; DROP TABLE copied_events";
    assert!(db.run(back));
    drop(db);
    let server = Instance::start(dir.path());
    server.get(&format!("/v1/tickets/{first}"), Some(&first_token)).ok(200);
    drop(server);
    let (good, said) = run(dir.path(), &["erase-again", kept.to_str().unwrap()]);
    assert!(good && said.starts_with("1 ticket(s) of 1"), "{said}");
    assert!(run(dir.path(), &["erase-again", kept.to_str().unwrap()]).1.starts_with("0 ticket(s) of 1"));
    let server = Instance::start(dir.path());
    server.get(&format!("/v1/tickets/{first}"), Some(&first_token)).problem(404, "not-found");
    server.get(&format!("/v1/tickets/{second}"), Some(&second_token)).ok(200);
}

#[test]
fn files_are_sealed_where_they_lie_and_survive_an_exchange_of_keys() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("канарейка во вложении".as_bytes())]);
    // Nobody sends this one: it is sealed all the same.
    server.upload("канарейка без обращения".as_bytes());
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    let file = loop {
        let file = server.get(&page, Some(&token)).ok(200)["events"][0]["files"][0].clone();
        if file["state"] == "clean" {
            break format!("{page}/attachments/{}", file["id"]);
        }
    };
    server.get(&file, Some(&token)).ok_text("канарейка во вложении");
    drop(server);
    assert_eq!(holding(dir.path(), &["канарейка"]), Vec::<String>::new());
    let (good, said) = run(dir.path(), &["rotate-key"]);
    assert!(good, "{said}");
    let server = Instance::start(dir.path());
    server.get(&file, Some(&token)).ok_text("канарейка во вложении");
}

#[test]
fn what_a_client_forgot_to_cover_is_covered_before_it_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["code"] = json!("error of 112-233-445 95");
    ticket["field"] = json!("klavdia@example.org");
    ticket["snapshot"]["form"] = json!("form for +7 900 123-45-67");
    ticket["snapshot"]["form_title"] = json!("Заявление для Канарейкина Клавдия");
    ticket["snapshot"]["page"] = json!("/case/11223344595/edit");
    let (number, _) = created(&server.ticket(&key(), &ticket));
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200).to_string();
    drop(server);
    for secret in ["445 95", "klavdia", "123-45", "Канарейкина", "11223344595"] {
        assert!(!card.contains(secret), "{secret}: {card}");
    }
    assert_eq!(holding(dir.path(), &["445 95", "klavdia", "900 123"]), Vec::<String>::new());
}
