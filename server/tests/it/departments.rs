//! Departments with hours and letters of their own.

use std::sync::Arc;

use podskazka_server::store::Role;
use podskazka_server::terms::{Department, Hours, Terms};
use podskazka_server::{Config, Rule};
use serde_json::json;

use crate::app::{Instance, config, created, key, operator, sample};

/// The department `zags`: round the clock in Omsk, numbers with letters of its own.
fn settings(data: &std::path::Path) -> Config {
    let hours = Hours {
        id: "omsk".to_owned(),
        zone: "+06:00".to_owned(),
        week: vec!["00:00-24:00".to_owned(); 7],
        holidays: "00:00-24:00".to_owned(),
        response_hours: Some([1, 2, 6, 12]),
        ..Hours::default()
    };
    let some = |text: &str| Some(text.to_owned());
    let zags = Department { code: "zags".to_owned(), calendar: some("omsk"), prefix: some("ЗАГС") };
    let terms = Terms::new(Default::default(), &[hours], &[zags]).unwrap();
    let routing = vec![Rule { form: some("marriage"), department: some("zags"), ..Rule::default() }];
    Config { terms: Arc::new(terms), routing, ..config(data) }
}

#[test]
fn a_department_counts_by_its_own_hours() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::with(settings(dir.path()));
    let mut ticket = sample();
    ticket["snapshot"]["form"] = json!("marriage");
    let key = key();
    let receipt = server.ticket(&key, &ticket).ok(201);
    let deadlines = receipt["deadlines"].clone();
    assert_eq!(deadlines["calendar"], "omsk");
    // Round the clock: its own six hours to the answer, by the clock on the wall.
    let (number, token) = created(&server.ticket(&key, &ticket));
    let page = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    let seconds = |text: &serde_json::Value| {
        let text = text.as_str().unwrap();
        let part = |from: usize| text[from..from + 2].parse::<i64>().unwrap();
        (part(8) * 24 + part(11)) * 3_600 + part(14) * 60 + part(17)
    };
    let answer = seconds(&deadlines["first_response"]) - seconds(&page["created_at"]);
    // A month's end may lie between.
    assert_eq!(answer.rem_euclid(86_400), 6 * 3_600, "{page}");
    assert_eq!(page["deadlines"], deadlines);
    // Given to a department with other hours, the deadlines stay, and so does the receipt.
    let give = json!({"department": "support", "reason": "не наше"});
    server.act(&format!("/v1/desk/tickets/{number}/transfer"), &desk, &give).ok(201);
    let after = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200)["deadlines"].clone();
    assert_eq!(
        (&after["first_response"], &after["resolution"]),
        (&deadlines["first_response"], &deadlines["resolution"])
    );
    assert_eq!(server.ticket(&key, &ticket).ok(201), receipt);
    assert_eq!(server.ticket(&crate::app::key(), &sample()).ok(201)["deadlines"]["calendar"], "ru-operators");
}

#[test]
fn a_number_carries_the_letters_of_its_department_and_is_found_without_them() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::with(settings(dir.path()));
    let mut ticket = sample();
    ticket["snapshot"]["form"] = json!("marriage");
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let (other, _) = created(&server.ticket(&key(), &ticket));
    let (plain, plain_token) = server.new_ticket();
    let body = number.strip_prefix("ЗАГС-").unwrap();
    assert!(plain.starts_with("PS-"), "{plain}");
    for typed in [number.clone(), format!("PS-{body}"), body.to_lowercase(), format!("загс {body}")] {
        let path: String = typed.bytes().map(|byte| format!("%{byte:02x}")).collect();
        assert_eq!(server.get(&format!("/v1/tickets/{path}"), Some(&token)).ok(200)["number"], number, "{typed}");
    }
    let body_of_other = other.strip_prefix("ЗАГС-").unwrap();
    let queue = server.get("/v1/desk/tickets?form=marriage", Some(&desk)).ok(200);
    assert_eq!((&queue["items"][0]["number"], &queue["items"][1]["number"]), (&json!(number), &json!(other)));
    // Another ticket is named by either spelling, and told by the letters that people know.
    let merge = json!({"into": format!("PS-{body_of_other}"), "reason": "то же самое"});
    server.act(&format!("/v1/desk/tickets/PS-{body}/merge"), &desk, &merge).ok(201);
    let page = server.get(&format!("/v1/tickets/PS-{body}"), Some(&token)).ok(200);
    assert_eq!(page["merged_into"], other);
    assert!(page.to_string().contains(&format!("объединено с вашим обращением {other}")), "{page}");
    assert_eq!(
        server.get(&format!("/v1/desk/tickets/PS-{body_of_other}"), Some(&desk)).ok(200)["links"],
        json!([number])
    );
    // A department that it is given to later changes no number.
    let give = json!({"department": "zags", "reason": "ваше"});
    server.act(&format!("/v1/desk/tickets/{plain}/transfer"), &desk, &give).ok(201);
    assert_eq!(server.get(&format!("/v1/tickets/{plain}"), Some(&plain_token)).ok(200)["number"], plain);
}
