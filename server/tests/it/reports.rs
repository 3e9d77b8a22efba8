//! The operators' table of how tickets were served.

use podskazka_server::store::Role;
use serde_json::{Value, json};

use crate::app::{Instance, created, key, operator, sample};

#[test]
fn a_table_tells_how_tickets_were_served_in_the_own_departments() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let chief = operator(dir.path(), "chief", Role::Chief, &[]);
    let other = operator(dir.path(), "pavel", Role::Operator, &["passport"]);
    let server = Instance::start(dir.path());
    let (first, token) = server.new_ticket();
    let (second, _) = server.new_ticket();
    let mut ticket = sample();
    (ticket["topic"], ticket["contact"]) = (json!("payment"), json!("boris@example.org"));
    let (third, _) = created(&server.ticket(&key(), &ticket));
    let act = |number: &str, action: &str, text: &str| {
        let body = json!({"action": action, "text": text});
        server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &body).ok(201);
    };
    act(&first, "take", "");
    act(&first, "resolve", "готово");
    server.act(&format!("/v1/tickets/{first}/actions"), &token, &json!({"action": "reopen", "text": "нет"})).ok(201);
    act(&second, "take", "");
    act(&second, "escalate", "сложно");
    let give = json!({"department": "passport", "reason": "не наше"});
    server.act(&format!("/v1/desk/tickets/{third}/transfer"), &desk, &give).ok(201);

    let table = |who: &str, query: &str| server.get(&format!("/v1/desk/reports/service{query}"), Some(who));
    let rows = table(&chief, "").ok(200);
    assert_eq!(rows["group_by"], "department");
    let row = |group: &str| rows["rows"].as_array().unwrap().iter().find(|row| row["group"] == group).unwrap().clone();
    let figures =
        |row: &Value, names: &[&str]| names.iter().map(|name| row[name].as_u64().unwrap()).collect::<Vec<_>>();
    let names = [
        "tickets",
        "open",
        "answered",
        "answered_in_time",
        "resolved",
        "resolved_in_time",
        "reopened",
        "repeated",
        "escalated",
        "transferred",
    ];
    // The reopened one is unresolved again.
    assert_eq!(figures(&row("support"), &names), [2, 2, 1, 1, 0, 0, 1, 1, 1, 0]);
    assert_eq!(figures(&row("passport"), &names), [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!((&row("support")["wall_median"], &row("passport")["wall_median"]), (&json!(0), &Value::Null));
    act(&first, "take", "");
    act(&first, "resolve", "готово");
    let by_topic = table(&desk, "?group_by=topic").ok(200)["rows"].clone();
    assert_eq!(by_topic.as_array().unwrap().len(), 1, "the other department's ticket is not seen");
    assert_eq!(figures(&by_topic[0], &["tickets", "open", "resolved", "resolved_in_time"]), [2, 1, 1, 1]);
    assert_eq!(table(&other, "?group_by=day&form=demo").ok(200)["rows"][0]["tickets"], 1);
    assert_eq!(table(&other, "?form=absent").ok(200)["rows"], json!([]));
    let csv = table(&chief, "?format=csv&group_by=site");
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.text.starts_with("group,tickets,open,") && csv.text.contains("\"\",3,2,"), "{}", csv.text);
    for bad in ["?group_by=assignee", "?format=xml", "?from=2026-13-01", "?from=2026-01-02&to=2026-01-01", "?x=1"] {
        table(&chief, bad).problem(400, "validation");
    }
}
