//! The committed document is the one that the code makes.

use std::collections::BTreeSet;

use podskazka_server::error::codes;

use crate::app::Instance;

#[test]
fn the_committed_document_is_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let document = server.get("/v1/openapi.json", None).ok(200);
    assert_eq!(document["openapi"], "3.1.0");
    let text = format!("{}\n", serde_json::to_string_pretty(&document).unwrap());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "stale: run `UPDATE=1 cargo test -p podskazka-server openapi` and commit docs/openapi.json"
    );
}

#[test]
fn the_page_of_the_document_names_every_route_and_asks_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let page = server.get("/v1/docs", None);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    let document = server.get("/v1/openapi.json", None).ok(200);
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let title = format!("<code>{} {path}</code></h3>", method.to_uppercase());
            assert!(page.text.contains(&title), "{title}");
        }
    }
    // Every link of the page leads to a place of it or to a file beside it.
    for part in page.text.split("href=\"").skip(1) {
        let link = part.split('"').next().unwrap();
        let here = link.strip_prefix('#').map(|id| page.text.contains(&format!("id=\"{id}\"")));
        assert!(here.unwrap_or(["docs.css", "openapi.json"].contains(&link)), "{link}");
    }
    for word in ["<script", "style=", "http:", "https:", "src="] {
        assert!(!page.text.contains(word), "{word}");
    }
    let style = server.get("/v1/docs.css", None);
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
}

#[test]
fn every_route_of_a_page_names_the_key_of_its_site() {
    let dir = tempfile::tempdir().unwrap();
    let document = Instance::start(dir.path()).get("/v1/openapi.json", None).ok(200);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let named =
                operation["parameters"].as_array().into_iter().flatten().filter(|it| it["name"] == "X-Site-Key");
            assert_eq!(named.count(), usize::from(!path.starts_with("/v1/desk")), "{method} {path}");
        }
    }
}

#[test]
fn every_problem_is_named_by_the_operations_that_give_it_and_by_the_guides() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let document = server.get("/v1/openapi.json", None).ok(200);
    let known: BTreeSet<_> = codes().into_iter().map(|(status, code)| (status, code.to_owned())).collect();
    let mut named = crate::document::codes(&document);
    // Another method at an address is no operation of it.
    named.insert((405, "method-not-allowed".to_owned()));
    assert_eq!(named, known, "left: what operations name; right: what the code has");
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                // What is no HTTP has no problem; an answer to HEAD has no body.
                let bare = method == "head" || (status == "400" && !response["description"].is_null());
                let of_codes = !crate::document::named(&document, response).is_empty();
                assert!(of_codes || bare || status.starts_with(['2', '3']), "{method} {path} {status} names no code");
            }
        }
    }
    let page = server.get("/v1/docs", None).text;
    for guide in ["docs/guides/operating.md", "www/docs/ru/operating.md"] {
        let text = std::fs::read_to_string(format!("{}/../{guide}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let rows =
            text.lines().skip_while(|it| !it.starts_with("| `code` |")).skip(2).take_while(|it| it.starts_with('|'));
        let row = |line: &str| {
            let cells: Vec<_> = line.split('|').map(|it| it.trim().trim_matches('`')).collect();
            assert!(cells[3].len() > 20, "{line}");
            (cells[2].parse().unwrap(), cells[1].to_owned())
        };
        assert_eq!(rows.map(row).collect::<BTreeSet<_>>(), known, "{guide}");
    }
    for (_, code) in known.iter().filter(|(status, _)| *status != 405) {
        assert!(page.contains(&format!("<code>{code}</code>")), "{code} is not on the page");
    }
}
