//! Every problem that a test meets stands in the committed document, at its operation and its status.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

use crate::app::Answer;

fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    })
}

/// The operation of a method and a path.
fn operation<'a>(document: &'a Value, method: &str, path: &str) -> Option<&'a Value> {
    let fits = |template: &str| {
        let (names, parts) = (template.split('/'), path.split('/'));
        names.clone().count() == parts.clone().count()
            && names.zip(parts).all(|(name, part)| name == part || name.starts_with('{'))
    };
    let (_, item) = document["paths"].as_object()?.iter().find(|(template, _)| fits(template))?;
    item.get(method.to_lowercase())
}

/// The codes of an answer that is a problem.
pub fn named(document: &Value, response: &Value) -> BTreeSet<String> {
    let shape = response["content"]["application/problem+json"]["schema"]["$ref"].as_str();
    let shape = shape.map(|it| document.pointer(it.trim_start_matches('#')).unwrap());
    let parts = shape.into_iter().flat_map(|it| it["allOf"].as_array()).flatten();
    let codes = parts.flat_map(|it| it["properties"]["code"]["enum"].as_array()).flatten();
    codes.map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// Status and code of every problem that the document names.
pub fn codes(document: &Value) -> BTreeSet<(u16, String)> {
    let mut all = BTreeSet::new();
    for operation in document["paths"].as_object().unwrap().values().flat_map(|it| it.as_object().unwrap().values()) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            all.extend(named(document, response).into_iter().map(|code| (status.parse().unwrap(), code)));
        }
    }
    all
}

/// Checks an answer that is a problem.
#[track_caller]
pub fn holds(method: &str, url: &str, answer: &Answer) {
    let problem = answer.header("content-type") == "application/problem+json" && !answer.text.is_empty();
    if !problem || std::env::var_os("UPDATE").is_some() {
        return;
    }
    let path = url.split('?').next().unwrap().split('/').skip(3).fold(String::new(), |path, part| path + "/" + part);
    let (status, code) = (answer.status, answer.json()["code"].as_str().unwrap().to_owned());
    match operation(document(), method, &path) {
        Some(operation) => {
            let named = named(document(), &operation["responses"][status.to_string()]);
            assert!(
                named.contains(&code),
                "{method} {path}: {status} `{code}` is not in docs/openapi.json, but {named:?}"
            );
        }
        // Another method, or another address.
        None => {
            let known = codes(document()).contains(&(status, code.clone())) || code == "method-not-allowed";
            assert!(known, "{method} {path}: {status} `{code}` is nowhere in docs/openapi.json");
        }
    }
}
