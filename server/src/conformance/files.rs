//! Files: taken by content, once per key, given to one ticket, handed out as attachments.

use std::time::{Duration, Instant};

use serde_json::json;

use super::probe::{Probe, key, must, sample, text};
use super::{Found, Rule};
use crate::secret;

/// How long a check of a small file may take.
const CHECKED: Duration = Duration::from_secs(30);
/// Pause between two looks.
const LOOK: Duration = Duration::from_millis(200);

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "upload.receipt",
        says: "An upload answers 201 with size and SHA-256 of its bytes; the same key gets the same token.",
        check: receipt,
    },
    Rule {
        name: "upload.types",
        says: "A file is known by its bytes, not by its name: a page, a drawing with a script and a program answer 415.",
        check: types,
    },
    Rule {
        name: "upload.once",
        says: "A file goes to one ticket: a second ticket, and one ticket that names it twice, answer 422 with its place.",
        check: once,
    },
    Rule {
        name: "file.attachment",
        says: "A checked file is handed out to the token alone, as an attachment that no page runs.",
        check: attachment,
    },
];

fn receipt(probe: &Probe) -> Found {
    let (key, bytes) = (key()?, "Проверка".as_bytes());
    let send = || probe.ask("POST", "/v1/uploads", &[("idempotency-key", &key)], bytes)?.is(201);
    let (first, again) = (send()?, send()?);
    let digest = secret::hex(&secret::sha256(&[bytes]));
    must(first["sha256"] == digest.as_str(), || "`sha256` is not that of the bytes".to_owned())?;
    must(first["size"] == bytes.len(), || format!("`size` is {}", first["size"]))?;
    must(text(&first, "token")? == text(&again, "token")?, || "the repeated upload got another token".to_owned())
}

fn types(probe: &Probe) -> Found {
    let files: [&[u8]; 4] = [
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00",
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00",
    ];
    for bytes in files {
        let headers = [("idempotency-key", &*key()?), ("content-type", "image/png")];
        probe.ask("POST", "/v1/uploads", &headers, bytes)?.is(415)?;
    }
    Ok(())
}

fn once(probe: &Probe) -> Found {
    let token = probe.upload("Проверка".as_bytes())?;
    let mut twice = sample();
    twice["uploads"] = json!([token, token]);
    let place = |body: &serde_json::Value, pointer: &str| {
        let problem = probe.post("/v1/tickets", &key()?, body)?.problem(422, "validation")?;
        let found = &problem["errors"][0]["pointer"];
        must(found == pointer, || format!("the fault points to {found} in place of {pointer}"))
    };
    place(&twice, "/uploads/1")?;
    let mut one = sample();
    one["uploads"] = json!([token]);
    probe.ticket_with(&one)?;
    place(&one, "/uploads/0")
}

fn attachment(probe: &Probe) -> Found {
    let mut body = sample();
    body["uploads"] = json!([probe.upload("Проверка".as_bytes())?]);
    let made = probe.ticket_with(&body)?;
    let page = format!("/v1/tickets/{}", made.number);
    let start = Instant::now();
    let file = loop {
        let file = probe.get(&page, &made.token)?.is(200)?["events"][0]["files"][0].clone();
        if file["state"] == "clean" {
            break file;
        }
        must(file["state"] == "quarantined" && start.elapsed() < CHECKED, || {
            format!("the file's state is {} after {} s", file["state"], start.elapsed().as_secs())
        })?;
        std::thread::sleep(LOOK);
    };
    let path = format!("{page}/attachments/{}", file["id"]);
    let answer = probe.get(&path, &made.token)?;
    must(answer.status == 200 && answer.bytes == "Проверка".as_bytes(), || {
        format!("the file answered {} with {} bytes", answer.status, answer.bytes.len())
    })?;
    must(answer.header("content-disposition").starts_with("attachment"), || "it is no attachment".to_owned())?;
    must(answer.header("content-security-policy").contains("default-src 'none'"), || {
        "no Content-Security-Policy keeps it from running".to_owned()
    })?;
    probe.ask("GET", &path, &[], b"")?.problem(404, "not-found").map(|_| ())
}
