//! Tickets given on, raised, weighed and tied together.

use podskazka_server::store::Role;
use podskazka_server::{Config, Rule};
use serde_json::{Value, json};

use crate::app::{Instance, config, created, key, operator, sample};

fn card(server: &Instance, desk: &str, number: &str) -> Value {
    server.get(&format!("/v1/desk/tickets/{number}"), Some(desk)).ok(200)
}

fn path(number: &str, what: &str) -> String {
    format!("/v1/desk/tickets/{number}/{what}")
}

/// What the last step changed: `what: from > to`.
fn changed(card: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let last = card["events"].as_array().unwrap().last().unwrap();
    let changes = last["changes"].as_array().cloned().unwrap_or_default();
    changes.iter().map(|it| format!("{}: {} > {}", text(&it["what"]), text(&it["from"]), text(&it["to"]))).collect()
}

#[test]
fn rules_say_where_a_ticket_goes_and_how_much_it_weighs() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Admin, &[]);
    let some = |text: &str| Some(text.to_owned());
    let routing = vec![
        Rule { code: some("pay.*"), department: some("money"), impact: Some(1), ..Rule::default() },
        Rule { form: some("demo"), department: some("passport"), ..Rule::default() },
    ];
    let server = Instance::with(Config { routing, ..config(dir.path()) });
    let placed = |topic: &str, code: &str, form: &str| {
        let mut ticket = sample();
        (ticket["topic"], ticket["code"], ticket["snapshot"]["form"]) = (json!(topic), json!(code), json!(form));
        let (number, _) = created(&server.ticket(&key(), &ticket));
        let item = card(&server, &desk, &number)["item"].clone();
        ["department", "urgency", "impact", "priority"].map(|name| item[name].clone())
    };
    assert_eq!(placed("payment", "pay.declined", "demo"), [json!("money"), json!(1), json!(1), json!(1)]);
    assert_eq!(placed("form", "inn.checksum", "demo"), [json!("passport"), json!(2), json!(2), json!(3)]);
    assert_eq!(placed("payment", "inn.checksum", "other"), [json!("support"), json!(1), json!(2), json!(2)]);
}

#[test]
fn a_transfer_keeps_the_deadlines_and_does_not_go_round_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    let (desk, chief) =
        (operator(dir.path(), "olga", Role::Operator, &[]), operator(dir.path(), "chief", Role::Chief, &[]));
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    server.act(&path(&number, "transition"), &desk, &json!({"action": "take"})).ok(201);
    let before = card(&server, &desk, &number);
    let give = |who: &str, department: &str| {
        let body = json!({"department": department, "reason": "вопрос о паспорте"});
        server.act(&path(&number, "transfer"), who, &body)
    };
    let empty = server.act(&path(&number, "transfer"), &desk, &json!({"department": "a,b", "reason": " "}));
    let problem = empty.problem(422, "validation");
    assert_eq!(
        (&problem["errors"][0]["pointer"], &problem["errors"][1]["pointer"]),
        (&json!("/reason"), &json!("/department"))
    );
    give(&desk, "passport").ok(201);
    let after = card(&server, &desk, &number);
    assert_eq!(after["item"]["deadlines"], before["item"]["deadlines"]);
    assert_eq!((&after["item"]["status"], &after["item"]["assignee"]), (&json!("open"), &Value::Null));
    assert_eq!(changed(&after), ["department: support > passport", "assignee: olga > "]);
    assert_eq!(after["events"][2]["text"], "вопрос о паспорте");
    let seen = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200).to_string();
    assert!(!seen.contains("паспорте") && !seen.contains("passport") && !seen.contains("changes"), "{seen}");
    for department in ["money", "support"] {
        give(&desk, department).ok(201);
    }
    let title = give(&desk, "passport").problem(409, "state-conflict")["title"].clone();
    assert!(title.as_str().unwrap().contains("руководитель"), "{title}");
    give(&chief, "passport").ok(201);
}

#[test]
fn whoever_gave_a_ticket_away_is_answered_again_and_sees_it_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let colleague = operator(dir.path(), "pavel", Role::Operator, &["support"]);
    let server = Instance::start(dir.path());
    let (number, _) = server.new_ticket();
    let (once, body) = (key(), json!({"department": "passport", "reason": "вопрос о паспорте"}));
    let transfer = path(&number, "transfer");
    let first = server.act_as(&once, &transfer, &desk, &body).ok(201);
    let again = server.act_as(&once, &transfer, &desk, &body);
    assert_eq!((again.header("idempotency-replayed"), again.ok(201)), ("true", first));
    // The key answers that request alone, to its sender alone.
    let other = json!({"department": "money", "reason": "вопрос о паспорте"});
    server.act_as(&once, &transfer, &desk, &other).problem(422, "idempotency-mismatch");
    let unmask = json!({"reason": "перезвонить"});
    server.act_as(&once, &path(&number, "unmask"), &desk, &unmask).problem(422, "idempotency-mismatch");
    server.act_as(&once, &transfer, &colleague, &body).problem(404, "not-found");
    server.act(&transfer, &desk, &body).problem(404, "not-found");
    let headers = [("idempotency-key", once.as_str()), ("authorization", &format!("Bearer {desk}"))];
    server.send("GET", &format!("/v1/desk/tickets/{number}"), &headers, b"").problem(404, "not-found");
}

#[test]
fn levels_go_up_and_down_and_the_history_tells_each_step() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, _) = server.new_ticket();
    let raise = |body: Value| server.act(&path(&number, "escalate"), &desk, &body);
    raise(json!({"level": 2, "reason": "сложно"})).problem(409, "state-conflict");
    server.act(&path(&number, "transition"), &desk, &json!({"action": "take"})).ok(201);
    for level in [0, 4] {
        let problem = raise(json!({"level": level, "reason": "сложно"})).problem(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/level");
    }
    raise(json!({"level": 3, "department": "experts", "reason": "нужен разработчик"})).ok(201);
    let up = card(&server, &desk, &number);
    assert_eq!(changed(&up), ["department: support > experts", "level: 1 > 3"]);
    let last = up["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["author"], &last["text"], &last["public"]),
        (&json!("olga"), &json!("нужен разработчик"), &json!(false))
    );
    raise(json!({"level": 1, "reason": "ответ найден"})).ok(201);
    assert_eq!(changed(&card(&server, &desk, &number)), ["level: 3 > 1"]);
    // The short way goes one level up.
    server.act(&path(&number, "transition"), &desk, &json!({"action": "escalate", "text": "ещё раз"})).ok(201);
    assert_eq!(changed(&card(&server, &desk, &number)), ["level: 1 > 2"]);
}

#[test]
fn a_new_weight_moves_priority_and_deadlines() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, _) = server.new_ticket();
    let before = card(&server, &desk, &number)["item"].clone();
    let weigh = |urgency: u8, impact: u8| {
        server.act(&path(&number, "triage"), &desk, &json!({"urgency": urgency, "impact": impact}))
    };
    assert_eq!(weigh(0, 4).problem(422, "validation")["errors"].as_array().unwrap().len(), 2);
    weigh(1, 1).ok(201);
    let urgent = card(&server, &desk, &number);
    assert_eq!(changed(&urgent), ["urgency: 2 > 1", "impact: 2 > 1", "priority: 3 > 1"]);
    for name in ["first_response", "resolution"] {
        let (then, now) =
            (before["deadlines"][name].as_str().unwrap(), urgent["item"]["deadlines"][name].as_str().unwrap());
        assert!(now < then, "{name}: {now} is not before {then}");
    }
    weigh(2, 2).ok(201);
    assert_eq!(
        card(&server, &desk, &number)["item"]["deadlines"]["first_response"],
        before["deadlines"]["first_response"]
    );
}

#[test]
fn linked_tickets_name_each_other_to_operators_alone() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let chief = operator(dir.path(), "chief", Role::Chief, &[]);
    let server = Instance::start(dir.path());
    let ((one, token), (two, _), (hidden, _)) = (server.new_ticket(), server.new_ticket(), server.new_ticket());
    server.act(&path(&hidden, "assign"), &chief, &json!({"department": "passport"})).ok(201);
    let link = |number: &str| server.act(&path(&one, "link"), &desk, &json!({"number": number, "reason": "один сбой"}));
    for wrong in [&one, &hidden, "PS-22222222-2", "x"] {
        assert_eq!(link(wrong).problem(422, "validation")["errors"][0]["pointer"], "/number");
    }
    link(&two).ok(201);
    for (here, there) in [(&one, &two), (&two, &one)] {
        let card = card(&server, &desk, here);
        assert_eq!(card["links"], json!([there]));
        assert_eq!(changed(&card), [format!("linked:  > {there}")]);
    }
    let seen = server.get(&format!("/v1/tickets/{one}"), Some(&token)).ok(200);
    assert!(!seen.to_string().contains(&two));
}

#[test]
fn two_tickets_of_one_contact_become_one_and_each_token_opens_its_own_alone() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let from = |contact: &str| {
        let mut ticket = sample();
        ticket["contact"] = json!(contact);
        created(&server.ticket(&key(), &ticket))
    };
    let ((first, token), (second, other_token)) = (from("8 (900) 123-45-67"), from("+79001234567"));
    let (third, third_token) = from("+7 900 123 45 67");
    let (foreign, foreign_token) = from("anna@example.org");
    let merge = |number: &str, into: &str| {
        server.act(&path(number, "merge"), &desk, &json!({"into": into, "reason": "тот же сбой"}))
    };
    merge(&first, &foreign).problem(409, "state-conflict");
    assert_eq!(merge(&first, &first).problem(422, "validation")["errors"][0]["pointer"], "/into");
    let event = merge(&first, &second).ok(201);
    assert_eq!((&event["status"], &event["public"]), (&json!("merged"), &json!(true)));
    let page = server.get(&format!("/v1/tickets/{first}"), Some(&token)).ok(200);
    assert_eq!((&page["merged_into"], &page["actions"]), (&json!(second), &json!([])));
    assert!(
        page.to_string().contains(&format!("объединено с вашим обращением {second}"))
            && !page.to_string().contains("тот же сбой")
    );
    // The way back is closed: the other token opens its own ticket alone.
    server.get(&format!("/v1/tickets/{first}"), Some(&other_token)).problem(404, "not-found");
    server.get(&format!("/v1/tickets/{second}"), Some(&foreign_token)).problem(404, "not-found");
    server.act(&format!("/v1/tickets/{second}/comments"), &token, &json!({"text": "x"})).problem(404, "not-found");
    merge(&first, &third).problem(409, "state-conflict");
    // The one in which it goes on goes on in a third. A contact is what anybody can write: no token opens another ticket for it.
    merge(&second, &third).ok(201);
    server.get(&format!("/v1/tickets/{third}"), Some(&third_token)).ok(200);
    for token in [&token, &other_token] {
        server.get(&format!("/v1/tickets/{third}"), Some(token)).problem(404, "not-found");
    }
    let card = card(&server, &desk, &third);
    assert_eq!(card["links"], json!([second]));
    assert_eq!(changed(&card), [format!("merged:  > {second}")]);
    assert_eq!(card["events"].as_array().unwrap().last().unwrap()["text"], "тот же сбой");
    let queue = server.get("/v1/desk/tickets", Some(&desk)).ok(200).to_string();
    assert!(!queue.contains(&first) && queue.contains(&third));
}
