//! The committed document is asked of the running server by Schemathesis: every answer has a status, a type and a shape that the
//! document names, and none is a fault of the server.
//!
//! `EXAMPLES` is how many requests are drawn for each route, `SEED` where the drawing begins.

use std::path::Path;
use std::process::Command;

use podskazka_server::Config;
use podskazka_server::limits::Limits;
use podskazka_server::store::Role;
use serde_json::json;

use crate::app::{Instance, config, created, key, operator, png, sample};

/// What is looked at. Left out are those that ask for another design: an unknown header is no fault, a ticket without its token
/// does not exist (404, not 401), and what the words of a text must be stands in no schema.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,unsupported_method,allow_header_conformance,use_after_free,\
                      ensure_resource_availability";

#[test]
fn the_server_answers_as_its_document_says() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Admin, &[]);
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/content");
    let server = Instance::with(Config { limits: Limits::none(), content: Some(content), ..config(dir.path()) });
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload(&png())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    let file = server.checked(&page, &token)["id"].clone();
    // Another ticket for what ends one: the first stays open for everything else.
    let (other, _) = server.new_ticket();
    let settings = dir.path().join("schemathesis.toml");
    let text = format!(
        r#"
        # A live stream never ends: its first event is looked at, and it is left before the server says that it is alive.
        max-stream-events = 1
        request-timeout = 10
        [auth.openapi.ticket]
        bearer = "{token}"
        [auth.openapi.operator]
        bearer = "{desk}"
        [parameters]
        "path.number" = "{number}"
        "path.id" = {file}
        "header.Last-Event-ID" = "0"
        [[operations]]
        include-path = "/v1/desk/tickets/{{number}}/merge"
        [operations.parameters]
        "path.number" = "{other}"
        "#
    );
    std::fs::write(&settings, text).unwrap();
    let mut command = Command::new("python3");
    if let Some(folder) = std::env::var_os("SCHEMATHESIS") {
        command.env("PYTHONPATH", folder);
    }
    let examples = std::env::var("EXAMPLES").unwrap_or_else(|_| "20".to_owned());
    let seed = std::env::var("SEED").unwrap_or_else(|_| "1".to_owned());
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    command.args(["-m", "schemathesis.cli", "--config-file"]).arg(&settings).arg("run").arg(document);
    command.args(["--url", &server.base, "--checks", CHECKS, "--max-examples", &examples, "--seed", &seed]);
    command.args(["--generation-database", "none", "--no-color", "--warnings", "off"]);
    let run = command.current_dir(dir.path()).output().unwrap();
    let (said, broke) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(!broke.contains("No module named"), "this test needs schemathesis: python3 -m pip install schemathesis");
    assert!(run.status.success(), "{said}\n{broke}");
    println!("{}", said.rsplit("= SUMMARY =").next().unwrap_or_default());
}
