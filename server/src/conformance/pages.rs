//! What a page asks before anybody writes: configuration, status, schemas, articles, statistics.

use serde_json::json;

use super::probe::{Probe, must};
use super::{Found, Rule};

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "config.tagged",
        says: "`/v1/config` answers 200 with an `ETag`, and 304 without a body to the same tag in `If-None-Match`.",
        check: |probe| tagged(probe, "/v1/config"),
    },
    Rule {
        name: "config.topics",
        says: "`/v1/config` names the topics and the limits; every topic is taken by `POST /v1/tickets`.",
        check: topics,
    },
    Rule {
        name: "status.tagged",
        says: "`/v1/status` answers 200 with an `ETag`, and 304 to the same tag.",
        check: |probe| tagged(probe, "/v1/status"),
    },
    Rule {
        name: "content.absent",
        says: "An unknown form schema, article file and address answer 404 `not-found`.",
        check: absent,
    },
    Rule {
        name: "content.articles",
        says: "`/v1/faq` answers 204 where there are no articles, else 200 with an `ETag`, 304 to the same tag, and the name of \
               a file that may be kept for ever (`immutable`).",
        check: articles,
    },
    Rule {
        name: "stats.counts",
        says: "`/v1/stats` takes counts of names (204) and refuses a name that could be somebody's value (422).",
        check: stats,
    },
];

fn tagged(probe: &Probe, path: &str) -> Found {
    let first = probe.ask("GET", path, &[], b"")?;
    first.is(200)?;
    let tag = first.header("etag").to_owned();
    must(!tag.is_empty(), || format!("GET {path} has no ETag"))?;
    let again = probe.ask("GET", path, &[("if-none-match", &tag)], b"")?;
    must(again.status == 304 && again.bytes.is_empty(), || {
        format!("GET {path} with its own tag answered {} and {} bytes", again.status, again.bytes.len())
    })
}

fn topics(probe: &Probe) -> Found {
    let config = probe.ask("GET", "/v1/config", &[], b"")?.is(200)?;
    let topics = config["topics"].as_array().filter(|it| !it.is_empty()).ok_or("there is no topic")?;
    for topic in topics {
        let mut body = super::probe::sample();
        body["topic"] = topic["code"].clone();
        probe.ticket_with(&body)?;
    }
    Ok(())
}

fn absent(probe: &Probe) -> Found {
    for path in ["/v1/schemas/conformance-absent", "/v1/faq/conformance-absent.json", "/v1/conformance-absent"] {
        probe.ask("GET", path, &[], b"")?.problem(404, "not-found")?;
    }
    Ok(())
}

fn articles(probe: &Probe) -> Found {
    let first = probe.ask("GET", "/v1/faq", &[], b"")?;
    if first.status == 204 {
        return Ok(());
    }
    tagged(probe, "/v1/faq")?;
    let pointer = first.is(200)?;
    let file = pointer["file"].as_str().ok_or("`/v1/faq` names no `file`")?;
    let path = format!("/v1/faq/{file}");
    let answer = probe.ask("GET", &path, &[], b"")?;
    must(answer.status == 200 && answer.header("cache-control").contains("immutable"), || {
        format!("GET {path} answered {} with cache-control `{}`", answer.status, answer.header("cache-control"))
    })
}

fn stats(probe: &Probe) -> Found {
    let send = |field: &str| {
        let row = json!({"kind": "shown", "field": field, "code": "inn.checksum", "count": 1});
        let body = json!({"form": "conformance", "rows": [row]}).to_string();
        probe.ask("POST", "/v1/stats", &[], body.as_bytes())
    };
    let taken = send("inn")?;
    must(taken.status == 204, || format!("counts were answered {} in place of 204", taken.status))?;
    send("7707083893")?.problem(422, "validation").map(|_| ())
}
