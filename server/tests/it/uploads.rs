//! Files: taken by content, checked, given to one ticket, fetched by its token.

use serde_json::{Value, json};
use std::path::Path;

use crate::Rows;
use crate::app::{Instance, KEY, created, key, operator, png, sample};
use podskazka_server::store::Role;

/// Asks until the check of the file is over; every try waits for the answer of the server, not for a clock.
fn fetch(server: &Instance, path: &str, token: &str) -> crate::app::Answer {
    let mut answer = server.get(path, Some(token));
    while answer.status == 409 {
        assert_eq!(answer.header("retry-after"), "2");
        answer.problem(409, "upload-checking");
        answer = server.get(path, Some(token));
    }
    answer
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

fn file_of(server: &Instance, number: &str, token: &str) -> Value {
    let page = server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    page["events"].as_array().unwrap().iter().find_map(|event| event["files"].get(0)).unwrap().clone()
}

#[test]
fn a_picture_is_written_anew_and_served_as_an_attachment() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let raw = png();
    let upload = server.post("/v1/uploads", Some(KEY), &raw);
    let receipt = upload.ok(201);
    assert_eq!(receipt["size"], raw.len());
    let mut ticket = sample();
    ticket["uploads"] = json!([receipt["token"]]);
    let (number, token) = created(&server.ticket(KEY, &ticket));
    let id = file_of(&server, &number, &token)["id"].clone();
    let path = format!("/v1/tickets/{number}/attachments/{id}");
    let file = fetch(&server, &path, &token);
    assert_eq!(file.status, 200, "{}", file.text);
    assert!(image::load_from_memory(&file.bytes).is_ok());
    assert!(!file.bytes.windows(5).any(|window| window == b"<?php"));
    for (name, value) in [
        ("content-type", "image/png"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
    ] {
        assert_eq!(file.header(name), value);
    }
    assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"file-{id}.png\""));
    let listed = file_of(&server, &number, &token);
    assert_eq!((&listed["state"], &listed["size"]), (&json!("clean"), &json!(file.bytes.len())));
    let (other, other_token) = server.new_ticket();
    server.get(&path, Some(&other_token)).problem(404, "not-found");
    server.get(&format!("/v1/tickets/{other}/attachments/{id}"), Some(&other_token)).problem(404, "not-found");
    server.get(&format!("/v1/tickets/{number}/attachments/..%2f..%2fx"), Some(&token)).problem(404, "not-found");
    drop(server);
    assert_eq!((files(&dir.path().join("files")), files(&dir.path().join("quarantine"))), (1, 0));
}

#[test]
fn an_upload_is_claimed_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let token = server.upload(&png());
    let mut ticket = sample();
    ticket["uploads"] = json!([token, token]);
    let twice = server.ticket(KEY, &ticket).problem(422, "validation");
    assert_eq!(twice["errors"][0]["pointer"], "/uploads/1");
    ticket["uploads"] = json!([token]);
    let first = server.ticket(KEY, &ticket);
    assert_eq!(created(&first), created(&server.ticket(KEY, &ticket)));
    let taken = server.ticket("another-key-0123456789", &ticket).problem(422, "validation");
    assert_eq!(taken["errors"][0]["code"], "upload-unknown");
}

#[test]
fn a_repeated_upload_is_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    server.post("/v1/uploads", None, &png()).problem(400, "idempotency-key-required");
    let first = server.post("/v1/uploads", Some(KEY), &png());
    let again = server.post("/v1/uploads", Some(KEY), &png());
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");
    server.post("/v1/uploads", Some(KEY), "другой файл".as_bytes()).problem(422, "idempotency-mismatch");
}

#[test]
fn what_is_not_taken_is_said_at_once_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let mut bomb = png();
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    server.post("/v1/uploads", Some(&key()), &bomb).problem(422, "upload-rejected");
    for refused in [b"GIF89a".as_slice(), b"<svg onload=1>", b"PK\x03\x04", b"MZ\x90\0\x03", b""] {
        server.post("/v1/uploads", Some(&key()), refused).problem(415, "unsupported-media");
    }
    server.post("/v1/uploads", Some(&key()), &vec![b'a'; 10 * 1024 * 1024 + 1]).problem(413, "too-large");
    drop(server);
    assert_eq!((files(&dir.path().join("files")), files(&dir.path().join("quarantine"))), (0, 0));
}

#[test]
fn a_file_that_fails_its_check_is_gone_and_the_ticket_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    // The header is whole, the pixels are not.
    let mut broken = png();
    broken.truncate(45);
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload(&broken)]);
    let (number, token) = created(&server.ticket(KEY, &ticket));
    let id = file_of(&server, &number, &token)["id"].clone();
    fetch(&server, &format!("/v1/tickets/{number}/attachments/{id}"), &token).problem(404, "not-found");
    assert_eq!(file_of(&server, &number, &token)["state"], "rejected");
    drop(server);
    assert_eq!((files(&dir.path().join("files")), files(&dir.path().join("quarantine"))), (0, 0));
}

#[test]
fn files_go_both_ways_and_internal_ones_stay_inside() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let bearer = format!("Bearer {desk}");
    let attach = |visibility: &str, text: &str| {
        let key = key();
        let headers = [("idempotency-key", key.as_str()), ("authorization", bearer.as_str())];
        let upload = server.send("POST", "/v1/desk/uploads", &headers, text.as_bytes()).ok(201);
        let body = json!({"text": "Смотрите файл", "visibility": visibility, "uploads": [upload["token"]]});
        let event = server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &body).ok(201);
        event["files"][0]["id"].clone()
    };
    let (shown, hidden) = (attach("public", "инструкция"), attach("internal", "для своих"));
    let citizen = |id: &Value| format!("/v1/tickets/{number}/attachments/{id}");
    assert_eq!(fetch(&server, &citizen(&shown), &token).text, "инструкция");
    server.get(&citizen(&hidden), Some(&token)).problem(404, "not-found");
    assert_eq!(fetch(&server, &format!("/v1/desk/tickets/{number}/attachments/{hidden}"), &desk).text, "для своих");
    // A citizen's token names no operator's file, and the other way round.
    let theirs = server.upload(&png());
    let body = json!({"text": "x", "visibility": "public", "uploads": [theirs]});
    server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &body).problem(422, "validation");
}

#[test]
fn a_file_left_unchecked_by_an_earlier_run_is_checked_by_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("текст".as_bytes())]);
    let (number, token) = created(&server.ticket(KEY, &ticket));
    let id = file_of(&server, &number, &token)["id"].clone();
    let path = format!("/v1/tickets/{number}/attachments/{id}");
    fetch(&server, &path, &token).ok_text("текст");
    drop(server);
    // As if the process had ended before the check.
    let db = Rows::open(dir.path());
    let stored = db.text("SELECT path FROM uploads");
    std::fs::rename(dir.path().join(stored), dir.path().join("quarantine/again")).unwrap();
    assert!(db.run("UPDATE uploads SET state = 'quarantined', path = 'quarantine/again'"));
    drop(db);
    let server = Instance::start(dir.path());
    fetch(&server, &path, &token).ok_text("текст");
    drop(server);
    assert_eq!((files(&dir.path().join("files")), files(&dir.path().join("quarantine"))), (1, 0));
}

/// A PDF of these objects, of which the last ones lie packed in an object stream.
fn pdf(object: &str, packed: &str) -> Vec<u8> {
    let text = format!("10 0 {packed}");
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    let stream = encoder.finish().unwrap();
    let head = format!(
        "%PDF-1.7\n1 0 obj\n{object}\nendobj\n2 0 obj\n<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length {} >>\nstream\n",
        stream.len()
    );
    [head.as_bytes(), &stream, b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"].concat()
}

#[test]
fn a_pdf_with_a_hidden_script_fails_its_check_and_an_ordinary_one_passes() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (catalog, page) = ("<< /Type /Catalog /Pages 10 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>");
    let script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    for (bytes, state) in [
        (pdf(catalog, page), "clean"),
        (pdf("<< /Type /Catalog /OpenAction << /S /Java#53cript /J#53 (app.alert(1)) >> >>", page), "rejected"),
        (pdf("<< /Type /Catalog /OpenAction 10 0 R >>", script), "rejected"),
    ] {
        let mut ticket = sample();
        ticket["uploads"] = json!([server.upload(&bytes)]);
        let (number, token) = created(&server.ticket(&key(), &ticket));
        let file = server.checked(&format!("/v1/tickets/{number}"), &token);
        assert_eq!(file["state"], state, "{}", String::from_utf8_lossy(&bytes));
    }
    let locked = pdf("<< /Type /XRef /Encrypt 5 0 R >>", page);
    let said = server.post("/v1/uploads", Some(&key()), &locked).problem(422, "upload-locked");
    assert!(said["title"].as_str().unwrap().starts_with("Файл защищён паролем"), "{said}");
}
