//! The committed document is the one that the code makes.

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
