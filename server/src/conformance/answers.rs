//! What holds for every answer of the run.

use serde_json::Value;

use super::probe::{Answer, Probe, must};
use super::{Found, Rule, shape};

/// Members of a problem; no other leaves a server.
const MEMBERS: [&str; 6] = ["type", "title", "status", "code", "request_id", "errors"];
/// Traces of a program's inside.
const INSIDE: [&str; 6] = ["/src/", "panicked", "SELECT ", "stack trace", "at line", "Exception"];

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "every.status",
        says: "A route answers no status that the document does not name, and never 5xx in a healthy run.",
        check: status,
    },
    Rule {
        name: "every.shape",
        says: "The body of every answer has the shape that the document names.",
        check: shapes,
    },
    Rule {
        name: "every.problem",
        says: "Every refusal is `application/problem+json` with type, title, status, code, request_id and errors, and nothing else.",
        check: problems,
    },
    Rule {
        name: "every.request-id",
        says: "Every answer has an `X-Request-Id` of its own; a problem repeats it as `request_id`.",
        check: request_ids,
    },
    Rule { name: "every.no-cookie", says: "No answer sets a cookie or allows credentials.", check: no_cookie },
    Rule {
        name: "every.nosniff",
        says: "Every answer has `X-Content-Type-Options: nosniff` and `Referrer-Policy: no-referrer`.",
        check: nosniff,
    },
    Rule {
        name: "origin.exact",
        says: "With a site key: an origin that only resembles the site's own is answered 403 without `Access-Control-Allow-Origin`.",
        check: origin,
    },
];

/// The operation of an answer in the document, where it is one.
fn operation<'a>(document: &'a Value, answer: &Answer) -> Option<&'a Value> {
    let fits = |template: &str| {
        let (mut names, mut parts) = (template.split('/'), answer.path.split('/'));
        loop {
            match (names.next(), parts.next()) {
                (None, None) => return true,
                (Some(name), Some(part)) if name == part || (name.starts_with('{') && !part.is_empty()) => {}
                _ => return false,
            }
        }
    };
    let (_, item) = document["paths"].as_object()?.iter().find(|(template, _)| fits(template))?;
    item.get(answer.method.to_lowercase())
}

/// Every answer whose operation the document names.
fn each(probe: &Probe, check: impl Fn(&Answer, &Value) -> Found) -> Found {
    for answer in probe.answers().iter() {
        if let Some(operation) = operation(probe.document(), answer) {
            check(answer, operation)?;
        }
    }
    Ok(())
}

fn status(probe: &Probe) -> Found {
    each(probe, |answer, operation| {
        let named = operation["responses"].get(answer.status.to_string()).is_some();
        must(named && answer.status < 500, || format!("{} answered {}", answer.name(), answer.status))
    })
}

fn shapes(probe: &Probe) -> Found {
    each(probe, |answer, operation| {
        // A file that is only announced has no receipt yet.
        if answer.status == 201 && answer.header("upload-complete") == "?0" {
            return Ok(());
        }
        let content = &operation["responses"][answer.status.to_string()]["content"];
        for kind in ["application/json", "application/problem+json"] {
            let schema = &content[kind]["schema"];
            if schema.is_null() {
                continue;
            }
            must(answer.header("content-type").starts_with(kind), || {
                format!("{} {} is {} in place of {kind}", answer.name(), answer.status, answer.header("content-type"))
            })?;
            if let Some(said) = shape::fault(probe.document(), schema, &answer.json()?, "") {
                return Err(format!("{} {}: {said}", answer.name(), answer.status));
            }
        }
        Ok(())
    })
}

fn refusals(probe: &Probe, check: impl Fn(&Answer, &Value) -> Found) -> Found {
    for answer in probe.answers().iter().filter(|answer| answer.status >= 400) {
        check(answer, &answer.json()?)?;
    }
    Ok(())
}

fn problems(probe: &Probe) -> Found {
    refusals(probe, |answer, problem| {
        let name = answer.name();
        must(answer.header("content-type").starts_with("application/problem+json"), || {
            format!("{name} {} is {}", answer.status, answer.header("content-type"))
        })?;
        let members = problem.as_object().ok_or_else(|| format!("{name}: the problem is no object"))?;
        let other = members.keys().find(|member| !MEMBERS.contains(&member.as_str()));
        must(other.is_none(), || format!("{name}: a problem has `{}`", other.map_or("", |it| it)))?;
        must(problem["status"] == answer.status, || format!("{name}: `status` is {}", problem["status"]))?;
        let text = String::from_utf8_lossy(&answer.bytes);
        let inside = INSIDE.iter().find(|trace| text.contains(*trace));
        must(inside.is_none(), || format!("{name}: the problem shows the program's inside"))
    })
}

fn request_ids(probe: &Probe) -> Found {
    let mut seen: Vec<String> = Vec::new();
    for answer in probe.answers().iter() {
        let id = answer.header("x-request-id");
        must(!id.is_empty(), || format!("{} has no X-Request-Id", answer.name()))?;
        must(!seen.iter().any(|it| it == id), || format!("{} repeats an X-Request-Id", answer.name()))?;
        seen.push(id.to_owned());
    }
    refusals(probe, |answer, problem| {
        must(problem["request_id"] == answer.header("x-request-id"), || {
            format!("{}: `request_id` is not X-Request-Id", answer.name())
        })
    })
}

fn no_cookie(probe: &Probe) -> Found {
    for answer in probe.answers().iter() {
        for name in ["set-cookie", "access-control-allow-credentials"] {
            must(answer.header(name).is_empty(), || format!("{} has {name}", answer.name()))?;
        }
    }
    Ok(())
}

fn nosniff(probe: &Probe) -> Found {
    for answer in probe.answers().iter() {
        let both =
            answer.header("x-content-type-options") == "nosniff" && answer.header("referrer-policy") == "no-referrer";
        must(both, || format!("{} lacks one of them", answer.name()))?;
    }
    Ok(())
}

fn origin(probe: &Probe) -> Found {
    let (Some(_), Some(own)) = (&probe.target().site_key, &probe.target().origin) else { return Ok(()) };
    let mut close = vec![format!("{own}.example.net"), format!("{own}:8443"), "null".to_owned(), own.to_uppercase()];
    close.extend(own.strip_prefix("https://").map(|rest| format!("http://{rest}")));
    for foreign in close {
        let answer = probe.ask("GET", "/v1/config", &[("origin", &foreign)], b"")?;
        let open = answer.header("access-control-allow-origin");
        must(answer.status == 403 && open.is_empty(), || {
            format!("the origin {foreign} was answered {}", answer.status)
        })?;
    }
    Ok(())
}
