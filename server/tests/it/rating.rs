//! How it went: asked after the solution, said once, read by nobody in the database file.

use podskazka_server::store::Role;
use serde_json::json;

use crate::Rows;
use crate::app::{Instance, key, operator};

#[test]
fn a_solved_ticket_is_rated_once_and_the_operator_reads_it() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let path = format!("/v1/tickets/{number}/rating");
    let rating = json!({"score": 2, "reasons": ["slow", "unclear"], "text": "секретное слово"});
    server.act(&path, &token, &rating).problem(409, "state-conflict");
    let transition = format!("/v1/desk/tickets/{number}/transition");
    server.act(&transition, &desk, &json!({"action": "take"})).ok(201);
    server.act(&transition, &desk, &json!({"action": "resolve", "text": "Готово."})).ok(201);
    let page = || server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    assert_eq!(page()["actions"], json!(["confirm", "reopen", "rate"]));

    for (body, pointer) in [
        (json!({"score": 0}), "/score"),
        (json!({"score": 6}), "/score"),
        (json!({"score": 3, "reasons": ["weather"]}), "/reasons"),
        (json!({"score": 3, "text": "я".repeat(1_001)}), "/text"),
    ] {
        let problem = server.act(&path, &token, &body).problem(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
    }
    let actions = format!("/v1/tickets/{number}/actions");
    let problem = server.act(&actions, &token, &json!({"action": "rate"})).problem(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/action");

    let resolved = |rows: &Rows| rows.text("SELECT CAST(resolved_at AS TEXT) FROM tickets");
    let rows = Rows::open(dir.path());
    assert!(rows.run("UPDATE tickets SET resolved_at = resolved_at - 1000"));
    let before = resolved(&rows);
    let once = key();
    let said = server.act_as(&once, &path, &token, &rating).ok(201);
    assert_eq!(said["rating"], json!({"score": 2, "reasons": ["slow", "unclear"]}));
    assert_eq!((&said["text"], &said["action"]), (&json!("секретное слово"), &json!("rate")));
    // A lost answer is had again; another rating is not taken.
    assert_eq!(server.act_as(&once, &path, &token, &rating).ok(201), said);
    server.act(&path, &token, &json!({"score": 5})).problem(409, "state-conflict");
    assert_eq!(page()["actions"], json!(["confirm", "reopen"]));
    assert_eq!(page()["status"], "resolved", "a rating moves nothing");
    assert_eq!(resolved(&rows), before, "nor does it put the end off");
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200).to_string();
    assert!(card.contains("секретное слово") && card.contains("\"score\":2"), "{card}");
    drop(server);
    let found = std::fs::read_dir(dir.path()).unwrap().flatten().any(|file| {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let word = "секретное слово".as_bytes();
        bytes.windows(word.len()).any(|it| it == word)
    });
    assert!(!found, "sealed");
}
