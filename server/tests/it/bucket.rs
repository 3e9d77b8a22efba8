//! Files in an S3-compatible bucket: moto's server, over HTTP, with a proxy before it that can be out of order.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};

use podskazka_server::limits::Limits;
use podskazka_server::{Bucket, Config, Hidden};
use serde_json::json;

use crate::app::{Instance, agent, config, created, key, png, program, sample, send};

/// Its process, whose input stays open as long as the tests run.
struct Moto(Child);

/// The address of moto's server, started once for this run of the tests.
fn moto() -> &'static str {
    static SERVER: OnceLock<(String, Moto)> = OnceLock::new();
    let (address, _) = SERVER.get_or_init(|| {
        let mut command = Command::new("python3");
        if let Some(folder) = std::env::var_os("MOTO") {
            command.env("PYTHONPATH", folder);
        }
        // It ends with its input, in whatever way these tests end.
        let script = "import os, sys, threading\n\
                      threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()\n\
                      from moto.server import main\n\
                      main(['-H', '127.0.0.1', '-p', '0'])";
        command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut server = Moto(command.spawn().unwrap());
        let mut said = BufReader::new(server.0.stderr.take().unwrap());
        let mut all = String::new();
        loop {
            let mut line = String::new();
            let more = said.read_line(&mut line).unwrap() > 0;
            assert!(more, "these tests need moto: python3 -m pip install 'moto[server]'\n{all}");
            all.push_str(&line);
            if let Some((_, address)) = line.split_once("Running on http://") {
                let address = address.trim().to_owned();
                std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
                return (address, server);
            }
        }
    });
    address
}

/// Asks the bucket's server itself; its rights are not what is tested.
fn ask(method: &str, path: &str) -> (u16, Vec<u8>) {
    let headers = [("authorization", "AWS test:test")];
    let answer = send(&agent(), &format!("http://{}/{path}", moto()), method, &headers, b"");
    (answer.status, answer.bytes)
}

/// A fresh bucket, and settings that name it.
fn bucket(data: &Path, endpoint: &str) -> Config {
    waited_for(data, endpoint, 20)
}

/// The same, given up sooner or later.
fn waited_for(data: &Path, endpoint: &str, wait_seconds: u64) -> Config {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("podskazka-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let request = format!("PUT /{name} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let mut stream = TcpStream::connect(moto()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let hidden = |text: &str| Hidden(text.to_owned());
    let bucket = Bucket {
        endpoint: format!("http://{endpoint}"),
        bucket: name,
        region: "us-east-1".to_owned(),
        access_key: hidden("test"),
        secret_key: hidden("test"),
        wait_seconds,
    };
    Config { files: Some(bucket), limits: Limits::none(), ..config(data) }
}

/// Names of the objects of the bucket.
fn objects(config: &Config) -> Vec<String> {
    let (status, list) = ask("GET", &config.files.as_ref().unwrap().bucket);
    assert_eq!(status, 200);
    let list = String::from_utf8(list).unwrap();
    list.split("<Key>").skip(1).map(|it| it.split("</Key>").next().unwrap().to_owned()).collect()
}

/// A door before moto: while `refusals` are left, it answers that the service is busy.
fn door(refusals: usize) -> (String, Arc<AtomicUsize>) {
    faulty(refusals, busy)
}

/// The same with another fault.
fn faulty(refusals: usize, fault: fn(TcpStream)) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let left = Arc::new(AtomicUsize::new(refusals));
    let counter = Arc::clone(&left);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let refuse = counter.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
            std::thread::spawn(move || if refuse { fault(stream) } else { pass(stream) });
        }
    });
    (address, left)
}

fn busy(mut stream: TcpStream) {
    let mut head = [0; 4_096];
    let _ = stream.read(&mut head);
    let _ = stream.write_all(
        b"HTTP/1.1 503 Slow Down\r\nContent-Length: 30\r\nConnection: close\r\n\r\n<Error><Code>SlowDown</Code></",
    );
    let _ = stream.shutdown(Shutdown::Write);
    // What is still on its way is read, or the answer would be thrown away with it.
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
}

/// Takes a part of the request and hangs up.
fn hang_up(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 4_096]);
}

/// Says that it is broken.
fn broken(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 4_096]);
    let _ = stream.write_all(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let _ = stream.shutdown(Shutdown::Write);
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
}

/// A door that holds back requests which begin so: tells of each, and lets it through once it is released.
fn held(start: &'static str) -> (String, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (tell, told) = mpsc::channel();
    let (release, released) = mpsc::channel();
    std::thread::spawn(move || {
        let released = Arc::new(Mutex::new(released));
        for stream in listener.incoming().map_while(Result::ok) {
            let (tell, released) = (tell.clone(), Arc::clone(&released));
            std::thread::spawn(move || {
                let mut head = [0; 64];
                let length = stream.peek(&mut head).unwrap_or(0);
                let line = String::from_utf8_lossy(&head[..length]).into_owned();
                let (method, folder) = start.split_once(' ').unwrap();
                if line.starts_with(method) && line.contains(folder) {
                    let _ = tell.send(());
                    let _ = released.lock().unwrap().recv();
                }
                pass(stream);
            });
        }
    });
    (address, told, release)
}

/// Takes the request and says nothing, until its client gives it up.
fn silent(mut stream: TcpStream) {
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
}

/// Takes the request and lets the answer out byte by byte: its head at once, so that only the file is waited for.
fn dripping(mut stream: TcpStream) {
    let Ok(mut other) = TcpStream::connect(moto()) else { return };
    let mut request = [0; 4_096];
    let Ok(length) = stream.read(&mut request) else { return };
    let _ = other.write_all(&request[..length]);
    let mut last = [0; 4];
    for byte in BufReader::new(other).bytes().map_while(Result::ok) {
        if stream.write_all(&[byte]).is_err() {
            return;
        }
        if last != *b"\r\n\r\n" {
            last = [last[1], last[2], last[3], byte];
        } else {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

fn pass(mut stream: TcpStream) {
    let Ok(mut other) = TcpStream::connect(moto()) else { return };
    let (Ok(mut from), Ok(mut to)) = (stream.try_clone(), other.try_clone()) else { return };
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
    let _ = std::io::copy(&mut other, &mut stream);
    let _ = stream.shutdown(Shutdown::Write);
}

/// A ticket with one file; where the file is fetched, once it has been checked.
fn ticket_with(server: &Instance, bytes: &[u8]) -> (String, String, String) {
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload(bytes)]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    loop {
        let page = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
        let file = &page["events"][0]["files"][0];
        if file["state"] == "clean" {
            let path = format!("/v1/tickets/{number}/attachments/{}", file["id"]);
            return (number, token, path);
        }
        assert_eq!(file["state"], "quarantined");
        std::thread::yield_now();
    }
}

#[test]
fn files_lie_in_the_bucket_sealed_and_come_back_whole() {
    let dir = tempfile::tempdir().unwrap();
    let config = bucket(dir.path(), moto());
    let server = Instance::with(config.clone());
    let secret = "секретное вложение ".repeat(300_000);
    // More than one part of an upload.
    let text = secret.get(..6_000_012).unwrap();
    let (number, token, path) = ticket_with(&server, text.as_bytes());
    assert_eq!(server.get(&path, Some(&token)).text, text);
    let (_, token, path) = ticket_with(&server, &png());
    assert!(image::load_from_memory(&server.get(&path, Some(&token)).bytes).is_ok());
    let names = objects(&config);
    assert_eq!(names.len(), 2, "nothing waits any more: {names:?}");
    for name in &names {
        let (status, bytes) = ask("GET", &format!("{}/{name}", config.files.as_ref().unwrap().bucket));
        assert_eq!(status, 200);
        assert!(!bytes.windows(18).any(|it| it == "вложение ".as_bytes().get(..18).unwrap_or_default()));
        assert!(!bytes.starts_with(b"\x89PNG"));
    }
    drop(server);
    for folder in ["files", "quarantine"] {
        assert_eq!(std::fs::read_dir(dir.path().join(folder)).unwrap().count(), 0);
    }
    // The ticket's erasure reaches the bucket.
    let store = podskazka_server::Store::open(dir.path(), &config.store()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let erased = runtime.block_on(store.erase(number, "olga".to_owned(), "заявление".to_owned())).unwrap().unwrap();
    assert_eq!(erased.files, 1);
    assert_eq!(objects(&config).len(), 1);
}

#[test]
fn a_busy_bucket_is_asked_again() {
    let dir = tempfile::tempdir().unwrap();
    let (address, left) = door(3);
    let server = Instance::with(bucket(dir.path(), &address));
    let (_, token, path) = ticket_with(&server, "текст".as_bytes());
    server.get(&path, Some(&token)).ok_text("текст");
    assert_eq!(left.load(Ordering::SeqCst), 0);
}

#[test]
fn slices_lie_in_the_bucket_until_the_file_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (address, _) = door(3);
    let config = bucket(dir.path(), &address);
    let server = Instance::with(config.clone());
    let bytes = "вложение ".as_bytes().repeat(40_000);
    let (upload, length) = (key(), bytes.len().to_string());
    let headers = [("idempotency-key", upload.as_str()), ("upload-complete", "?0"), ("upload-length", length.as_str())];
    let place = server.send("POST", "/v1/uploads", &headers, b"").header("location").to_owned();
    let append = |from: usize, to: usize| {
        let from_text = from.to_string();
        let kind = ("content-type", "application/partial-upload");
        let headers = [("idempotency-key", upload.as_str()), kind, ("upload-offset", from_text.as_str())];
        server.send("PATCH", &format!("/v1/{place}"), &headers, &bytes[from..to])
    };
    assert_eq!(append(0, 300_000).header("upload-offset"), "300000");
    assert!(objects(&config).iter().all(|it| it.starts_with("partial/")), "{:?}", objects(&config));
    let receipt = append(300_000, bytes.len()).ok(201);
    let again = server.post("/v1/uploads", Some(&upload), &bytes);
    assert_eq!(again.ok(201), receipt, "the same bytes, by their sum");
    assert!(!objects(&config).iter().any(|it| it.starts_with("partial/")));
}

#[test]
fn while_the_bucket_is_away_no_file_is_taken_and_tickets_are() {
    let dir = tempfile::tempdir().unwrap();
    let (address, left) = door(usize::MAX);
    let server = Instance::with(bucket(dir.path(), &address));
    let upload = key();
    server.post("/v1/uploads", Some(&upload), "текст".as_bytes()).problem(503, "storage-unavailable");
    server.new_ticket();
    // Once it is back the same key is a new file.
    left.store(0, Ordering::SeqCst);
    let again = server.post("/v1/uploads", Some(&upload), "текст".as_bytes()).ok(201);
    let mut ticket = sample();
    ticket["uploads"] = json!([again["token"]]);
    created(&server.ticket(&key(), &ticket));
}

#[test]
fn a_bucket_that_hangs_up_or_is_broken_is_asked_again() {
    for fault in [hang_up, broken] {
        let dir = tempfile::tempdir().unwrap();
        let (address, left) = faulty(3, fault);
        let server = Instance::with(bucket(dir.path(), &address));
        let (_, token, path) = ticket_with(&server, "текст".as_bytes());
        server.get(&path, Some(&token)).ok_text("текст");
        assert_eq!(left.load(Ordering::SeqCst), 0);
    }
}

/// Bytes that are not those that were laid down are no file: the answer breaks off instead of being wrong.
#[test]
fn a_bucket_that_gives_other_bytes_gives_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let config = bucket(dir.path(), moto());
    let server = Instance::with(config.clone());
    let (_, token, path) = ticket_with(&server, "секретное вложение".as_bytes());
    let name = objects(&config).remove(0);
    let place = format!("{}/{name}", config.files.as_ref().unwrap().bucket);
    let (status, mut bytes) = ask("GET", &place);
    assert_eq!(status, 200);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let headers = [("authorization", "AWS test:test")];
    assert_eq!(send(&agent(), &format!("http://{}/{place}", moto()), "PUT", &headers, &bytes).status, 200);
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let open = agent().open("GET", &format!("{}{path}", server.base), &headers, b"");
    assert!(open.is_none_or(|answer| answer.status() != 200 || answer.whole().is_none()), "changed bytes went out");
}

/// A bucket that takes requests and never answers: what needs a file is refused in words, everything else goes on.
#[test]
fn a_bucket_that_never_answers_holds_up_nobody_but_whoever_needs_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let (address, left) = faulty(0, silent);
    let server = Instance::with(waited_for(dir.path(), &address, 1));
    let (number, token, path) = ticket_with(&server, "текст".as_bytes());
    left.store(usize::MAX, Ordering::SeqCst);
    std::thread::scope(|scope| {
        let fetched = scope.spawn(|| server.get(&path, Some(&token)));
        let upload = scope.spawn(|| server.post("/v1/uploads", Some(&key()), "другой".as_bytes()));
        server.new_ticket();
        server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
        fetched.join().unwrap().problem(503, "storage-unavailable");
        upload.join().unwrap().problem(503, "storage-unavailable");
    });
    left.store(0, Ordering::SeqCst);
    server.get(&path, Some(&token)).ok_text("текст");
}

/// One that lets a file out byte by byte is not waited for: the answer breaks off, and the others go on.
#[test]
fn a_bucket_that_drips_is_given_up() {
    let dir = tempfile::tempdir().unwrap();
    let (address, left) = faulty(0, dripping);
    let server = Instance::with(waited_for(dir.path(), &address, 1));
    let (_, token, path) = ticket_with(&server, "текст".repeat(2_000).as_bytes());
    left.store(usize::MAX, Ordering::SeqCst);
    let bearer = format!("Bearer {token}");
    let url = format!("{}{path}", server.base);
    std::thread::scope(|scope| {
        let fetched = scope.spawn(|| agent().open("GET", &url, &[("authorization", bearer.as_str())], b""));
        server.new_ticket();
        let open = fetched.join().unwrap();
        assert!(open.is_none_or(|answer| answer.status() == 503 || answer.whole().is_none()), "a whole file came");
    });
}

/// A server with a ticket whose file is being checked: the copy is on its way into the bucket, and waits for `release`.
fn checking(data: &Path) -> (Config, Instance, mpsc::Sender<()>, (String, String)) {
    let (address, told, release) = held("PUT /files/");
    let config = bucket(data, &address);
    let server = Instance::with(config.clone());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("текст".as_bytes())]);
    let made = created(&server.ticket(&key(), &ticket));
    told.recv().unwrap();
    (config, server, release, made)
}

/// The copy of a file is on its way into the bucket when the server is told to stop: it ends, and nothing is left over.
#[test]
fn a_stop_lets_the_check_of_a_file_end() {
    let dir = tempfile::tempdir().unwrap();
    let (config, server, release, (number, token)) = checking(dir.path());
    let listener = server.address().to_owned();
    std::thread::scope(|scope| {
        scope.spawn(move || drop(server));
        // The listener is the first to go.
        while TcpStream::connect(&listener).is_ok() {
            std::thread::yield_now();
        }
        release.send(()).unwrap();
    });
    let left = objects(&config);
    assert!(left.len() == 1 && left[0].starts_with("files/"), "{left:?}");
    drop(release);
    let server = Instance::with(config);
    server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    let state = server.checked(&format!("/v1/tickets/{number}"), &token);
    assert_eq!(state["state"], "clean");
}

/// The ticket is erased while the copy of its file is on its way: neither the copy nor what waited stays.
#[test]
fn a_ticket_that_is_erased_while_its_file_is_checked_leaves_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let (config, server, release, (number, _)) = checking(dir.path());
    let store = podskazka_server::Store::open(dir.path(), &config.store()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let erased = runtime.block_on(store.erase(number, "olga".to_owned(), "заявление".to_owned())).unwrap().unwrap();
    assert_eq!(erased.files, 1);
    release.send(()).unwrap();
    // The stop waits for the check.
    drop(server);
    assert_eq!(objects(&config), Vec::<String>::new());
}

/// Runs a command under the settings of the bucket, or serves without one: what it said, where it was to end well.
#[track_caller]
fn command(config: &Config, args: &[&str], good: bool) -> String {
    let (code, said) = ended(config, args);
    assert_eq!(code == Some(0), good, "{said}");
    said
}

/// How it ended, and what it said.
fn ended(config: &Config, args: &[&str]) -> (Option<i32>, String) {
    let bucket = config.files.as_ref().unwrap();
    let settings = config.data_dir.join("settings.toml");
    let text = format!(
        "listen = '127.0.0.1:0'\n[files]\nendpoint = '{}'\nbucket = '{}'\naccess_key = 'test'\nsecret_key = 'test'\n",
        bucket.endpoint, bucket.bucket
    );
    std::fs::write(&settings, text).unwrap();
    let output = program(&config.data_dir).arg("--config").arg(&settings).args(args).output().unwrap();
    let said = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// The one file of the folder.
fn stored(config: &Config) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(config.data_dir.join("files")).unwrap();
    files.next().unwrap().unwrap().path()
}

#[test]
fn files_move_to_the_bucket_and_back_and_no_server_starts_without_them() {
    let dir = tempfile::tempdir().unwrap();
    let (there, here) = (bucket(dir.path(), moto()), Config { limits: Limits::none(), ..config(dir.path()) });
    let server = Instance::with(here.clone());
    let long = "вложение ".repeat(400_000);
    let (number, token, path) = ticket_with(&server, long.as_bytes());
    let (_, other_token, other_path) = ticket_with(&server, "другое".as_bytes());
    drop(server);

    for args in [&["check-config"][..], &[]] {
        let said = command(&there, args, false);
        let words = ["2 of 2 file(s)", "attachment 1 of", &number, "migrate-store --to bucket"];
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
    }
    // A move that was broken off has left the first file cut.
    let name = stored(&there).file_name().unwrap().to_str().unwrap().to_owned();
    let place = format!("http://{}/{}/files/{name}", moto(), there.files.as_ref().unwrap().bucket);
    assert_eq!(send(&agent(), &place, "PUT", &[("authorization", "AWS test:test")], b"half").status, 200);
    let said = command(&there, &["migrate-store", "--to", "bucket"], true);
    assert!(said.contains("2 file(s) copied, 0 there already") && said.contains("Both sides are equal"), "{said}");
    let again = command(&there, &["migrate-store", "--to", "bucket"], true);
    assert!(again.contains("0 file(s) copied, 2 there already"), "{again}");
    let sum = |said: &str| said.split("hashes ").nth(1).unwrap().get(..64).unwrap().to_owned();
    assert_eq!(sum(&said), sum(&again));
    assert_eq!(std::fs::read_dir(dir.path().join("files")).unwrap().count(), 2, "nothing goes from where it was");
    command(&there, &["check-config"], true);
    let server = Instance::with(there.clone());
    server.get(&path, Some(&token)).ok_text(&long);
    server.get(&other_path, Some(&other_token)).ok_text("другое");
    let (_, third_token, third_path) = ticket_with(&server, "третье".as_bytes());
    drop(server);

    // The folder lacks the file of the bucket alone.
    let output = program(dir.path()).arg("check-config").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 of 3 file(s)") && said.contains("migrate-store --to folder"), "{said}");
    let said = command(&there, &["migrate-store", "--to", "folder"], true);
    assert!(said.contains("1 file(s) copied, 2 there already") && said.contains("out of the settings"), "{said}");
    let server = Instance::with(here);
    server.get(&path, Some(&token)).ok_text(&long);
    server.get(&third_path, Some(&third_token)).ok_text("третье");
}

#[test]
fn a_check_of_settings_says_that_the_bucket_gave_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let config = bucket(dir.path(), moto());
    assert!(command(&config, &["check-config"], true).contains("are usable"));
    let server = Instance::with(config.clone());
    ticket_with(&server, "текст".as_bytes());
    drop(server);
    assert!(command(&config, &["check-config"], true).contains("are usable"));
    // Nobody listens at this address any more.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut away = config.clone();
    away.files.as_mut().unwrap().endpoint = format!("http://{gone}");
    let empty = tempfile::tempdir().unwrap();
    for data in [dir.path(), empty.path()] {
        let (code, said) = ended(&Config { data_dir: data.to_path_buf(), ..away.clone() }, &["check-config"]);
        let place = format!("{} at http://{gone}", away.files.as_ref().unwrap().bucket);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("could be tried") && said.contains(&place) && !said.contains("usable"), "{said}");
    }
}

#[test]
fn a_file_that_is_lost_or_damaged_is_named_and_no_answer_says_that_it_never_was() {
    for (lose, word) in [(true, "in neither place"), (false, "damaged where they lie")] {
        let dir = tempfile::tempdir().unwrap();
        let there = bucket(dir.path(), moto());
        let server = Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
        let (number, token, path) = ticket_with(&server, "текст".as_bytes());
        server.get(&path, Some(&token)).ok_text("текст");
        let file = stored(&there);
        let bytes = std::fs::read(&file).unwrap();
        if lose {
            std::fs::remove_file(&file).unwrap();
            server.get(&path, Some(&token)).problem(500, "file-missing");
        } else {
            std::fs::write(&file, "другое").unwrap();
        }
        drop(server);
        let said = command(&there, &["migrate-store", "--to", "bucket"], false);
        assert!(said.contains(word) && said.contains(&format!("attachment 1 of {number}")), "{said}");
        assert!(objects(&there).is_empty());
        // What is lost keeps nobody from starting.
        let server = Instance::with(there.clone());
        server.get(&path, Some(&token)).problem(500, "file-missing");
        drop(server);
        std::fs::write(&file, bytes).unwrap();
        let said = command(&there, &["migrate-store", "--to", "bucket"], true);
        assert!(said.contains("1 file(s) copied"), "{said}");
        Instance::with(there).get(&path, Some(&token)).ok_text("текст");
    }
}
