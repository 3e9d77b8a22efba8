//! Files over bad lines: what has come once is not sent again.

use super::probe::{Answer, Probe, key, must, text};
use super::{Found, Rule};
use crate::secret;

/// Bytes of a slice.
const SLICE: usize = 256 * 1024;

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "upload.slices",
        says: "A file announced with `Upload-Complete: ?0` answers 201 with its place; HEAD tells how far it is, and the last slice answers 201 with the receipt of the whole.",
        check: whole,
    },
    Rule {
        name: "upload.slices.offset",
        says: "A slice that does not begin where the file ends answers 409 with the right `Upload-Offset`, and changes nothing.",
        check: offset,
    },
    Rule {
        name: "upload.slices.owner",
        says: "Only the key under which a file was announced goes on with it; any other answers 404.",
        check: owner,
    },
];

/// A text of a slice and a half.
fn bytes() -> Vec<u8> {
    "a line of a letter\n".bytes().cycle().take(SLICE + SLICE / 2).collect()
}

/// Announces a file; where it goes on.
fn begin(probe: &Probe, key: &str, length: usize) -> Result<String, String> {
    let length = length.to_string();
    let headers = [("idempotency-key", key), ("upload-complete", "?0"), ("upload-length", &length)];
    let answer = probe.ask("POST", "/v1/uploads", &headers, b"")?;
    must(answer.status == 201, || format!("the announced file answered {} in place of 201", answer.status))?;
    told(&answer, 0)?;
    let place = answer.header("location");
    must(place.starts_with("uploads/"), || format!("`Location` is \"{place}\" in place of \"uploads/…\""))?;
    Ok(format!("/v1/{place}"))
}

fn append(probe: &Probe, place: &str, key: &str, from: usize, bytes: &[u8]) -> Result<Answer, String> {
    let headers = [
        ("idempotency-key", key),
        ("content-type", "application/partial-upload"),
        ("upload-offset", &from.to_string()),
        ("upload-complete", "?0"),
    ];
    probe.ask("PATCH", place, &headers, bytes)
}

/// How far the file is.
fn told(answer: &Answer, offset: usize) -> Found {
    let found = answer.header("upload-offset");
    must(found == offset.to_string(), || {
        format!("`Upload-Offset` of {} is \"{found}\" in place of {offset}", answer.name())
    })
}

fn whole(probe: &Probe) -> Found {
    let (key, bytes) = (key()?, bytes());
    let place = begin(probe, &key, bytes.len())?;
    let (first, last) = bytes.split_at(SLICE);
    let answer = append(probe, &place, &key, 0, first)?;
    must(answer.status == 204, || format!("the first slice answered {} in place of 204", answer.status))?;
    told(&answer, SLICE)?;
    let answer = probe.ask("HEAD", &place, &[("idempotency-key", &key)], b"")?;
    must(answer.status == 204, || format!("HEAD answered {} in place of 204", answer.status))?;
    told(&answer, SLICE)?;
    must(answer.header("upload-length") == bytes.len().to_string(), || "HEAD tells no `Upload-Length`".to_owned())?;
    let receipt = append(probe, &place, &key, SLICE, last)?.is(201)?;
    let digest = secret::hex(&secret::sha256(&[&bytes]));
    must(receipt["sha256"] == digest.as_str() && receipt["size"] == bytes.len(), || {
        "the receipt is not that of the whole file".to_owned()
    })?;
    text(&receipt, "token").map(|_| ())
}

fn offset(probe: &Probe) -> Found {
    let (key, bytes) = (key()?, bytes());
    let place = begin(probe, &key, bytes.len())?;
    append(probe, &place, &key, 0, &bytes[..SLICE])?;
    let wrong = append(probe, &place, &key, 0, &bytes[..SLICE])?;
    must(wrong.status == 409, || format!("a slice at the wrong place answered {} in place of 409", wrong.status))?;
    told(&wrong, SLICE)?;
    told(&probe.ask("HEAD", &place, &[("idempotency-key", &key)], b"")?, SLICE)
}

fn owner(probe: &Probe) -> Found {
    let (own, bytes) = (key()?, bytes());
    let place = begin(probe, &own, bytes.len())?;
    append(probe, &place, &key()?, 0, &bytes[..SLICE])?.problem(404, "not-found").map(|_| ())
}
