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
    for bad in ["?group_by=score", "?format=xml", "?from=2026-13-01", "?from=2026-01-02&to=2026-01-01", "?x=1"] {
        table(&chief, bad).problem(400, "validation");
    }
}

#[test]
fn a_table_tells_what_citizens_said_and_opens_nothing_of_other_departments() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let other = operator(dir.path(), "pavel", Role::Operator, &["passport"]);
    let server = Instance::start(dir.path());
    let act = |number: &str, action: &str, text: &str| {
        let body = json!({"action": action, "text": text});
        server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &body).ok(201);
    };
    let (unrated, _) = server.new_ticket();
    act(&unrated, "take", "");
    act(&unrated, "resolve", "готово");
    for (score, reasons) in [(5, json!(["fast", "kind"])), (4, json!(["fast"])), (1, json!([]))] {
        let (number, token) = server.new_ticket();
        act(&number, "take", "");
        act(&number, "resolve", "готово");
        let rating = json!({"score": score, "reasons": reasons, "text": "=cmd|' /C calc'!A0"});
        server.act(&format!("/v1/tickets/{number}/rating"), &token, &rating).ok(201);
    }
    let (rejected, _) = server.new_ticket();
    act(&rejected, "reject", "спам");
    let table = |who: &str, query: &str| server.get(&format!("/v1/desk/reports/satisfaction{query}"), Some(who));
    let report = table(&desk, "").ok(200);
    let row = &report["rows"][0];
    assert_eq!((&report["group_by"], &row["group"]), (&json!("department"), &json!("support")));
    assert_eq!((&row["ended"], &row["rated"], &row["satisfied"]), (&json!(4), &json!(3), &json!(2)));
    assert_eq!(
        (&row["scores"], &row["reasons"]["fast"], &row["reasons"]["rude"]),
        (&json!([1, 0, 0, 1, 1]), &json!(2), &json!(0))
    );
    assert!(!report.to_string().contains("calc"), "words stay in their tickets");
    assert_eq!(table(&other, "").ok(200)["rows"], json!([]));
    assert_eq!(table(&desk, "?group_by=operator").ok(200)["rows"][0]["group"], "olga");
    let day = table(&desk, "?group_by=day").ok(200);
    assert_eq!(day["rows"][0]["group"], day["to"]);
    let csv = table(&desk, "?format=csv");
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.text.starts_with("group,ended,rated,satisfied,score_1,"), "{}", csv.text);
    assert!(csv.text.contains("\"support\",4,3,2,1,0,0,1,1,0,0,0,0,2,0,0,1\r\n"), "{}", csv.text);
    table(&desk, "?group_by=score").problem(400, "validation");
}

#[test]
fn a_table_tells_what_came_in_and_what_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let olga = operator(dir.path(), "olga", Role::Operator, &["support"]);
    // A name that a table program would take for a formula.
    let formula = operator(dir.path(), "=SUM(A1)", Role::Operator, &["support"]);
    let other = operator(dir.path(), "pavel", Role::Operator, &["passport"]);
    let server = Instance::start(dir.path());
    let act = |who: &str, number: &str, action: &str, text: &str| {
        let body = json!({"action": action, "text": text});
        server.act(&format!("/v1/desk/tickets/{number}/transition"), who, &body).ok(201);
    };
    let [first, second, third] = [(); 3].map(|()| server.new_ticket().0);
    act(&olga, &first, "take", "");
    act(&olga, &first, "resolve", "готово");
    act(&formula, &second, "take", "");
    let comment = json!({"text": "смотрим", "visibility": "public"});
    server.act(&format!("/v1/desk/tickets/{second}/comments"), &olga, &comment).ok(201);
    act(&olga, &third, "reject", "спам");
    let table = |who: &str, query: &str| server.get(&format!("/v1/desk/reports/load{query}"), Some(who));
    let report = table(&olga, "").ok(200);
    let rows = report["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &report["group_by"]), (30, &json!("day")));
    let figures = |row: &Value| ["created", "answered", "resolved", "backlog"].map(|name| row[name].as_u64().unwrap());
    let today = rows.last().unwrap();
    assert_eq!((figures(today), figures(&rows[0])), ([3, 3, 1, 1], [0, 0, 0, 0]));
    assert_eq!((&today["wall_p50"], &today["wall_p95"], rows[0].get("wall_p50")), (&json!(0), &json!(0), None));
    let by_operator = table(&olga, "?group_by=operator").ok(200);
    let rows: Vec<_> =
        by_operator["rows"].as_array().unwrap().iter().map(|row| (row["group"].clone(), figures(row))).collect();
    assert_eq!(
        rows,
        [(json!(""), [1, 0, 0, 0]), (json!("=SUM(A1)"), [1, 0, 0, 1]), (json!("olga"), [1, 3, 1, 0])],
        "an answer is counted for whoever gave it"
    );
    assert_eq!(table(&other, "?group_by=department").ok(200)["rows"], json!([]));
    let csv = table(&olga, "?group_by=operator&format=csv");
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.text.contains("\"'=SUM(A1)\",1,0,0,1,"), "{}", csv.text);
    table(&olga, "?group_by=score").problem(400, "validation");
}
