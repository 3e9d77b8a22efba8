//! Files that come in slices: over lines that break, servers that die, by who began them alone.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use podskazka_server::Store;
use serde_json::json;

use crate::Rows;
use crate::app::{Answer, Instance, KEY, Process, agent, created, key, now, options, sample, send};

const SLICE: usize = 256 * 1024;

/// A text of three slices and a half.
fn text() -> Vec<u8> {
    "a line of a letter\n".bytes().cycle().take(3 * SLICE + SLICE / 2).collect()
}

fn begin(server: &Instance, key: &str, length: usize) -> Answer {
    let length = length.to_string();
    let headers = [("idempotency-key", key), ("upload-complete", "?0"), ("upload-length", length.as_str())];
    server.send("POST", "/v1/uploads", &headers, b"")
}

/// Where a file goes on and how much of it is there.
fn begun(server: &Instance, key: &str, length: usize) -> (String, usize) {
    let answer = begin(server, key, length);
    assert_eq!((answer.status, answer.header("upload-complete")), (201, "?0"), "{}", answer.text);
    (format!("/v1/{}", answer.header("location")), answer.header("upload-offset").parse().unwrap())
}

fn append(server: &Instance, place: &str, key: &str, offset: usize, bytes: &[u8]) -> Answer {
    let offset = offset.to_string();
    let headers = [
        ("idempotency-key", key),
        ("content-type", "application/partial-upload"),
        ("upload-offset", offset.as_str()),
        ("upload-complete", "?0"),
    ];
    server.send("PATCH", place, &headers, bytes)
}

/// A slice that breaks off after so many bytes.
fn cut(address: &str, place: &str, key: &str, offset: usize, bytes: &[u8], after: usize) {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {key}\r\nContent-Type: application/partial-upload\r\n\
         Upload-Offset: {offset}\r\nUpload-Complete: ?0\r\nContent-Length: {}\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&bytes[..after]).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
}

fn paths(data: &Path, folder: &str) -> usize {
    std::fs::read_dir(data.join(folder)).map_or(0, Iterator::count)
}

/// The bytes of the one file of a ticket that was made with it.
fn arrived(server: &Instance, token: &str) -> Vec<u8> {
    let mut ticket = sample();
    ticket["uploads"] = json!([token]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    let file = server.checked(&page, &token);
    assert_eq!(file["state"], "clean");
    server.get(&format!("{page}/attachments/{}", file["id"]), Some(&token)).bytes
}

#[test]
fn slices_become_the_file_they_were_cut_from() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let bytes = text();
    let (place, offset) = begun(&server, KEY, bytes.len());
    assert_eq!(offset, 0);
    for (at, slice) in bytes.chunks(SLICE).enumerate().take(3) {
        let answer = append(&server, &place, KEY, at * SLICE, slice);
        assert_eq!((answer.status, answer.header("upload-complete")), (204, "?0"), "{}", answer.text);
        assert_eq!(answer.header("upload-offset"), ((at + 1) * SLICE).to_string());
    }
    let head = server.send("HEAD", &place, &[("idempotency-key", KEY)], b"");
    let told = ["upload-offset", "upload-length", "upload-complete", "cache-control"].map(|it| head.header(it));
    assert_eq!((head.status, told), (204, ["786432", "917504", "?0", "no-store"]));
    // Nothing lies in clear on its way.
    for entry in std::fs::read_dir(dir.path().join("partial")).unwrap() {
        let sealed = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!sealed.windows(6).any(|it| it == b"letter"));
    }
    let last = append(&server, &place, KEY, 3 * SLICE, &bytes[3 * SLICE..]);
    let receipt = last.ok(201);
    assert_eq!((last.header("upload-complete"), &receipt["size"]), ("?1", &json!(bytes.len())));
    // The answer was lost: the same question gets the same token, whichever way it is asked.
    let again = begin(&server, KEY, bytes.len());
    assert_eq!((again.ok(201), again.header("upload-complete")), (receipt.clone(), "?1"));
    assert_eq!(server.post("/v1/uploads", Some(KEY), &bytes).ok(201), receipt);
    append(&server, &place, KEY, bytes.len(), b"").problem(404, "not-found");
    assert!(arrived(&server, receipt["token"].as_str().unwrap()) == bytes);
    drop(server);
    assert_eq!((paths(dir.path(), "partial"), paths(dir.path(), "quarantine"), paths(dir.path(), "files")), (0, 0, 1));
}

#[test]
fn what_came_before_the_line_broke_stays_and_is_not_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let bytes = text();
    let (place, _) = begun(&server, KEY, bytes.len());
    let (mut offset, mut again, mut breaks) = (0, 0, 0);
    let receipt = loop {
        let slice = &bytes[offset..bytes.len().min(offset + SLICE)];
        // Every second one breaks at three quarters.
        breaks += 1;
        if breaks % 2 == 1 {
            let after = slice.len() * 3 / 4;
            cut(server.address(), &place, KEY, offset, slice, after);
            let (_, there) = begun(&server, KEY, bytes.len());
            assert!(there <= offset + after);
            again += offset + after - there;
            offset = there;
        } else {
            let answer = append(&server, &place, KEY, offset, slice);
            if answer.status == 201 {
                break answer.ok(201);
            }
            offset = answer.header("upload-offset").parse().unwrap();
        }
    };
    assert_eq!(again, 0, "whatever has reached the server stays");
    assert!(arrived(&server, receipt["token"].as_str().unwrap()) == bytes);
}

#[test]
fn a_server_that_is_killed_costs_a_slice() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = text();
    let length = bytes.len().to_string();
    let ask = |base: &str| {
        let headers = [("idempotency-key", KEY), ("upload-complete", "?0"), ("upload-length", length.as_str())];
        send(&agent(), &format!("{base}/v1/uploads"), "POST", &headers, b"")
    };
    let mut first = Process::start(dir.path());
    let place = ask(&first.base).header("location").to_owned();
    let mut stream = TcpStream::connect(first.base.trim_start_matches("http://")).unwrap();
    let head = format!(
        "PATCH /v1/{place} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {KEY}\r\nContent-Type: application/partial-upload\r\n\
         Upload-Offset: 0\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&bytes[..2 * SLICE + SLICE / 2]).unwrap();
    // Two slices are counted; the half of the third is in the memory of the server alone.
    let counted = || ask(&first.base).header("upload-offset") == (2 * SLICE).to_string();
    assert!((0..10_000).any(|_| counted()), "the slices were not counted");
    first.kill();
    let second = Process::start(dir.path());
    let answer = ask(&second.base);
    assert_eq!(answer.header("upload-offset"), (2 * SLICE).to_string());
    let offset = (2 * SLICE).to_string();
    let headers = [
        ("idempotency-key", KEY),
        ("content-type", "application/partial-upload"),
        ("upload-offset", offset.as_str()),
        ("upload-complete", "?1"),
    ];
    let url = format!("{}/v1/{}", second.base, answer.header("location"));
    let receipt = send(&agent(), &url, "PATCH", &headers, &bytes[2 * SLICE..]).ok(201);
    assert_eq!(receipt["size"], bytes.len());
    let whole = send(&agent(), &format!("{}/v1/uploads", second.base), "POST", &[("idempotency-key", KEY)], &bytes);
    assert_eq!(whole.ok(201), receipt, "the same bytes, by their sum");
}

#[test]
fn two_who_go_on_at_once_make_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let bytes = text();
    let (place, _) = begun(&server, KEY, bytes.len());
    let tokens: Vec<String> = std::thread::scope(|scope| {
        let tab = || {
            let mut offset = 0;
            loop {
                let answer = append(&server, &place, KEY, offset, &bytes[offset..bytes.len().min(offset + SLICE)]);
                match answer.status {
                    204 | 409 => offset = answer.header("upload-offset").parse().unwrap(),
                    // The other one has made it whole.
                    404 => return begin(&server, KEY, bytes.len()).ok(201)["token"].to_string(),
                    _ => return answer.ok(201)["token"].to_string(),
                }
            }
        };
        let tabs = [scope.spawn(tab), scope.spawn(tab)];
        tabs.map(|tab| tab.join().unwrap()).into()
    });
    assert_eq!(tokens[0], tokens[1]);
    assert!(arrived(&server, tokens[0].trim_matches('"')) == bytes);
    drop(server);
    assert_eq!((paths(dir.path(), "partial"), paths(dir.path(), "files")), (0, 1));
}

#[test]
fn only_who_began_a_file_goes_on_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (place, _) = begun(&server, KEY, 2 * SLICE);
    let other = key();
    append(&server, &place, &other, 0, &vec![b'a'; SLICE]).problem(404, "not-found");
    assert_eq!(server.send("HEAD", &place, &[("idempotency-key", other.as_str())], b"").status, 404);
    assert_eq!(server.send("HEAD", &place, &[], b"").status, 400);
    append(&server, "/v1/uploads/0123456789abcdef", KEY, 0, b"a").problem(404, "not-found");
    assert_eq!(begun(&server, KEY, 2 * SLICE).1, 0);
}

#[test]
fn what_does_not_fit_is_refused_and_says_where_to_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (place, _) = begun(&server, KEY, 2 * SLICE);
    let refused = append(&server, &place, KEY, 7, &vec![b'a'; SLICE]);
    refused.problem(409, "upload-offset");
    assert_eq!(refused.header("upload-offset"), "0");
    append(&server, &place, KEY, 0, &vec![b'a'; 2 * SLICE + 1]).problem(413, "too-large");
    begin(&server, KEY, SLICE).problem(422, "idempotency-mismatch");
    begin(&server, &key(), 10 * 1024 * 1024 + 1).problem(413, "too-large");
    let headers = [("idempotency-key", KEY), ("upload-offset", "0")];
    server.send("PATCH", &place, &headers, b"a").problem(415, "unsupported-media");
    let headers = [("idempotency-key", KEY), ("upload-complete", "?0")];
    server.send("POST", "/v1/uploads", &headers, b"").problem(408, "incomplete");
    // Crumbs are not laid down: nobody fills the disk with files of a byte.
    let answer = append(&server, &place, KEY, 0, b"a");
    assert_eq!((answer.status, answer.header("upload-offset")), (204, "0"));
    assert_eq!(paths(dir.path(), "partial"), 0);
}

#[test]
fn a_type_that_is_not_taken_is_said_with_the_first_slice() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (place, _) = begun(&server, KEY, 4 * SLICE);
    let zip = [b"PK\x03\x04".as_slice(), &vec![7; SLICE - 4]].concat();
    append(&server, &place, KEY, 0, &zip).problem(415, "unsupported-media");
    let mut wide = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_luma8(8_001, 1).write_to(&mut wide, image::ImageFormat::Png).unwrap();
    let mut wide = wide.into_inner();
    wide.resize(SLICE, 0);
    let (place, offset) = begun(&server, KEY, 4 * SLICE);
    assert_eq!(offset, 0);
    append(&server, &place, KEY, 0, &wide).problem(422, "upload-rejected");
    drop(server);
    assert_eq!((paths(dir.path(), "partial"), paths(dir.path(), "quarantine")), (0, 0));
}

#[test]
fn what_was_begun_is_forgotten_after_a_day_and_begins_anew() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = text();
    let server = Instance::start(dir.path());
    let (place, _) = begun(&server, KEY, bytes.len());
    append(&server, &place, KEY, 0, &bytes[..SLICE]);
    drop(server);
    let sweep = |days: i64| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let store = Store::open(dir.path(), &options(dir.path())).unwrap();
        runtime.block_on(store.sweep(now() + days * 86_400, None)).unwrap();
    };
    sweep(0);
    assert_eq!(paths(dir.path(), "partial"), 1);
    sweep(2);
    assert_eq!(paths(dir.path(), "partial"), 0);
    let server = Instance::start(dir.path());
    append(&server, &place, KEY, SLICE, &bytes[SLICE..2 * SLICE]).problem(404, "not-found");
    let (place, offset) = begun(&server, KEY, bytes.len());
    assert_eq!(offset, 0);
    append(&server, &place, KEY, 0, &bytes).ok(201);
}

#[test]
fn a_slice_that_is_gone_makes_the_file_begin_anew() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = text();
    let server = Instance::start(dir.path());
    let (place, _) = begun(&server, KEY, bytes.len());
    append(&server, &place, KEY, 0, &bytes[..2 * SLICE]);
    // As after a copy of the database was brought back.
    let slice = Rows::open(dir.path()).text("SELECT path FROM slices ORDER BY start LIMIT 1");
    std::fs::remove_file(dir.path().join(slice)).unwrap();
    append(&server, &place, KEY, 2 * SLICE, &bytes[2 * SLICE..]).problem(404, "not-found");
    let (place, offset) = begun(&server, KEY, bytes.len());
    assert_eq!(offset, 0);
    let receipt = append(&server, &place, KEY, 0, &bytes).ok(201);
    assert!(arrived(&server, receipt["token"].as_str().unwrap()) == bytes);
}
