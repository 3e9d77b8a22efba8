//! The operators' part.

use podskazka_server::Config;
use podskazka_server::store::Role;
use serde_json::{Value, json};

use crate::app::{Instance, config, created, key, operator, sample};

fn numbers(queue: &Value) -> Vec<String> {
    queue["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_queue_is_urgent_first_filtered_and_read_in_pages() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let server = Instance::start(dir.path());
    let make = |topic: &str, code: &str| {
        let mut ticket = sample();
        ticket["topic"] = json!(topic);
        ticket["code"] = json!(code);
        created(&server.ticket(&key(), &ticket))
    };
    let usual: Vec<_> = (0..4).map(|_| make("form", "inn.checksum")).collect();
    let urgent = make("payment", "pay.declined");
    let queue = |query: &str| server.get(&format!("/v1/desk/tickets{query}"), Some(&desk)).ok(200);
    let all: Vec<_> = [&urgent].into_iter().chain(&usual).map(|(number, _)| number.clone()).collect();
    assert_eq!(numbers(&queue("")), all);
    let mut read = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = queue(&query);
        read.extend(numbers(&page));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=2&cursor={next}");
    }
    assert_eq!(read, all);
    assert_eq!(numbers(&queue("?code=pay.declined")), all[..1]);
    assert_eq!(numbers(&queue("?topic=form&form=demo&status=new")), all[1..]);
    assert_eq!(numbers(&queue("?status=closed")), Vec::<String>::new());
    server.act(&format!("/v1/tickets/{}/actions", urgent.0), &urgent.1, &json!({"action": "withdraw"})).ok(201);
    assert_eq!(numbers(&queue("")), all[1..]);
    assert_eq!(numbers(&queue("?status=closed")), all[..1]);
    for hostile in ["?status=x", "?sort=id", "?cursor=1", "?cursor=a.b", "?limit=x", "?limit=300"] {
        server.get(&format!("/v1/desk/tickets{hostile}"), Some(&desk)).problem(400, "validation");
    }
    for hostile in ["?form=%27%29%20OR%201%3D1--", "?code=%25", "?assignee=%22%3B%20DROP%20TABLE%20tickets"] {
        assert_eq!(numbers(&queue(hostile)), Vec::<String>::new());
    }
}

#[test]
fn a_value_that_came_along_is_judged_by_the_server_itself() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    // The page, or whoever speaks for it, claims the opposite of both.
    let field = |name: &str, value: &str, code: Option<&str>| {
        json!({"name": name, "label": "ИНН", "kind": "inn", "valid": code.is_none(), "code": code, "length_class": "medium",
            "shape": "9999999999", "value": value})
    };
    let fields = json!([field("wrong", "7707083894", None), field("right", "7707083893", Some("inn.checksum"))]);
    ticket["snapshot"]["fields"] = fields;
    let (number, _) = created(&server.ticket(&key(), &ticket));
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    let fields = &card["snapshot"]["fields"];
    assert_eq!((&fields[0]["valid"], &fields[0]["code"]), (&json!(false), &json!("inn.checksum")));
    assert_eq!((&fields[1]["valid"], fields[1].get("code")), (&json!(true), None));
}

#[test]
fn a_value_that_the_server_s_own_schema_does_not_let_go_is_not_stored() {
    let dir = tempfile::tempdir().unwrap();
    let (data, content) = (dir.path().join("data"), dir.path().join("content"));
    std::fs::create_dir_all(content.join("schemas")).unwrap();
    let schema = json!({"version": 1, "form": "held", "fields": [
        {"name": "open", "kind": "inn", "capture": "value"}, {"name": "shut", "kind": "inn"}]});
    std::fs::write(content.join("schemas/held.json"), schema.to_string()).unwrap();
    let desk = operator(&data, "olga", Role::Operator, &[]);
    let server = Instance::with(Config { content: Some(content), ..config(&data) });
    let field = |name: &str| {
        json!({"name": name, "label": "ИНН", "kind": "inn", "valid": true, "length_class": "medium",
            "shape": "9999999999", "value": "7707083893"})
    };
    let values = |form: &str| {
        let mut ticket = sample();
        ticket["snapshot"]["form"] = json!(form);
        ticket["snapshot"]["fields"] = json!([field("open"), field("shut"), field("unknown")]);
        let (number, _) = created(&server.ticket(&key(), &ticket));
        let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
        let fields = card["snapshot"]["fields"].as_array().unwrap().clone();
        assert!(fields.iter().all(|it| it["shape"] == "9999999999"));
        fields.iter().map(|it| it["value"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let whole = Some("7707083893".to_owned());
    assert_eq!(values("held"), [whole.clone(), None, None]);
    // A schema that stands in the page alone is the portal's word.
    assert_eq!(values("elsewhere"), [whole.clone(), whole.clone(), whole]);
}

#[test]
fn the_card_tells_the_whole_story_and_covers_what_a_page_forgot() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    let errors = json!([{"name": "TypeError", "count": 3}]);
    let requests = json!([{"status": 500, "count": 2}]);
    ticket["snapshot"]["step"] = json!("documents");
    ticket["snapshot"]["message"] = json!("Заявителя Иванова Анна со СНИЛС 112-233-445 95 нет в реестре.");
    ticket["snapshot"]["errors"] = errors.clone();
    ticket["snapshot"]["requests"] = requests.clone();
    let facts = json!({"os": "Windows", "zoom": 150, "connection": "4g", "release": "2026.11.25+7"});
    for (name, value) in facts.as_object().unwrap() {
        ticket["client"][name] = value.clone();
    }
    let (number, _) = created(&server.ticket(&key(), &ticket));
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    let snapshot = &card["snapshot"];
    assert_eq!(snapshot["step"], "documents");
    assert_eq!((&snapshot["errors"], &snapshot["requests"]), (&errors, &requests));
    let message = snapshot["message"].as_str().unwrap();
    assert!(message.ends_with("нет в реестре.") && message.contains("999-999-999 99"), "{message}");
    assert!(!message.contains("Иванова") && !message.contains("445"), "{message}");
    for (name, value) in facts.as_object().unwrap() {
        assert_eq!(&card["client"][name], value, "{name}");
    }

    // What is no count, no code and no name is named by its place.
    ticket["snapshot"]["errors"] = json!([{"name": "Ошибка: 7707083893", "count": 1}]);
    ticket["client"]["zoom"] = json!(5);
    let problem = server.ticket(&key(), &ticket).problem(422, "validation");
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/snapshot/errors/0/name", "/client/zoom"]);
    // Nothing else finds its way in beside a count.
    ticket["snapshot"]["errors"] = json!([{"name": "TypeError", "count": 1, "message": "x"}]);
    server.ticket(&key(), &ticket).problem(400, "unknown-field");
}

#[test]
fn what_was_tried_is_a_list_of_the_card_with_every_question_covered() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    assert_eq!(server.get("/v1/config", None).ok(200)["tried"], true, "a page asks before it sends");
    let mut ticket = sample();
    assert!(ticket.get("tried").is_none(), "an old page knows nothing of it");
    let (number, _) = created(&server.ticket(&key(), &ticket));
    assert_eq!(server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200).get("tried"), None);

    let asked = "Почему СНИЛС 112-233-445 95 Канарейкина Клавдия не подходит? klava@example.org";
    let steps = json!([
        {"did": "submit", "ago": 400, "times": 2, "codes": ["snils.checksum", "form.+7 900 123-45-67"]},
        {"did": "fix", "ago": 300, "field": "snils 112-233-445 95", "codes": ["snils.checksum"]},
        {"did": "question", "ago": 90, "text": asked},
        {"did": "article", "ago": 60, "article": "snils-checksum"},
        {"did": "not_helped", "ago": 10, "article": "snils-checksum"},
    ]);
    ticket["tried"] = json!({"since_error": 450, "steps": steps});
    let (number, _) = created(&server.ticket(&key(), &ticket));
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    let tried = &card["tried"];
    assert_eq!(tried["since_error"], 450);
    let told: Vec<_> = tried["steps"].as_array().unwrap().iter().map(|it| it["did"].clone()).collect();
    assert_eq!(told, ["submit", "fix", "question", "article", "not_helped"]);
    assert_eq!((&tried["steps"][0]["times"], &tried["steps"][0]["codes"][0]), (&json!(2), &json!("snils.checksum")));
    assert_eq!(tried["steps"][4], steps[4]);
    let question = tried["steps"][2]["text"].as_str().unwrap();
    assert!(question.starts_with("Почему СНИЛС 999-999-999 99") && question.contains("не подходит?"), "{question}");
    for part in ["445", "900", "Канарейк", "Клавд", "klava"] {
        assert!(!tried.to_string().contains(part), "{part} in {tried}");
    }

    // The same in words, in the story of the card.
    let story = card["story"].as_array().unwrap();
    let part = |title: &str| story.iter().find(|it| it["title"] == title).unwrap()["lines"].as_array().unwrap().clone();
    let said = part("Что человек пробовал");
    assert_eq!(said[0], "Первая ошибка: за 7 мин до обращения");
    assert!(said[1].as_str().unwrap().starts_with("1. Форма не отправилась ×2: snils.checksum, "), "{said:?}");
    assert_eq!(said[4], "4. Открыта статья: snils-checksum; за 1 мин до обращения");
    assert!(part("Что случилось")[0].as_str().unwrap().starts_with("Человек пишет: Поле ИНН не принимает"));
    for part in ["445", "900", "Канарейк", "Клавд", "klava"] {
        assert!(!card["story"].to_string().contains(part), "{part} in {story:?}");
    }

    // A limit is named by its place; a value of a field has none.
    ticket["tried"]["steps"] = json!(vec![steps[1].clone(); 21]);
    let problem = server.ticket(&key(), &ticket).problem(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/tried/steps");
    ticket["tried"]["steps"] = json!([{"did": "fix", "ago": 1, "value": "7707083893"}]);
    let problem = server.ticket(&key(), &ticket).problem(400, "unknown-field");
    assert_eq!(problem["errors"][0]["pointer"], "/tried/steps/0/value");
}

#[test]
fn the_card_hides_the_contact_until_a_reason_is_given() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let path = format!("/v1/desk/tickets/{number}");
    let card = server.get(&path, Some(&desk)).ok(200);
    assert_eq!(card["name"], "Xxxxxxx Xxxx Xxxxxxxx");
    assert!(!card.to_string().contains("anna@example.org"));
    assert_eq!((&card["item"]["version"], &card["item"]["code"]), (&json!(1), &json!("inn.checksum")));
    let unmask = format!("{path}/unmask");
    let empty = server.act(&unmask, &desk, &json!({"reason": " "})).problem(422, "validation");
    assert_eq!(empty["errors"][0]["pointer"], "/reason");
    let contact = server.act(&unmask, &desk, &json!({"reason": "перезвонить"})).ok(200);
    assert_eq!(contact, json!({"name": "Иванова Анна Петровна", "contact": "anna@example.org"}));
    let trace = server.get(&path, Some(&desk)).ok(200)["events"][1].clone();
    assert_eq!(
        (&trace["kind"], &trace["author"], &trace["text"]),
        (&json!("unmasked"), &json!("olga"), &json!("перезвонить"))
    );
    let seen = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200)["events"].clone();
    assert_eq!(seen.as_array().unwrap().len(), 1, "the citizen does not see who looked");
}

#[test]
fn an_assignment_moves_the_ticket_out_of_sight() {
    let dir = tempfile::tempdir().unwrap();
    let chief = operator(dir.path(), "chief", Role::Chief, &["support"]);
    let passport = operator(dir.path(), "pavel", Role::Operator, &["passport"]);
    operator(dir.path(), "auditor", Role::Auditor, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let assign = format!("/v1/desk/tickets/{number}/assign");
    let fault = |body: Value, pointer: &str| {
        assert_eq!(server.act(&assign, &chief, &body).problem(422, "validation")["errors"][0]["pointer"], pointer);
    };
    fault(json!({}), "");
    fault(json!({"department": " "}), "/department");
    fault(json!({"assignee": "nobody"}), "/assignee");
    fault(json!({"assignee": "pavel"}), "/assignee");
    fault(json!({"assignee": "auditor"}), "/assignee");
    let event = server.act(&assign, &chief, &json!({"department": "passport", "assignee": "pavel"})).ok(201);
    assert_eq!((&event["action"], &event["status"]), (&json!("assign"), &json!("open")));
    server.get(&format!("/v1/desk/tickets/{number}"), Some(&chief)).problem(404, "not-found");
    let card = server.get(&format!("/v1/desk/tickets/{number}"), Some(&passport)).ok(200);
    assert_eq!((&card["item"]["department"], &card["item"]["assignee"]), (&json!("passport"), &json!("pavel")));
    let seen = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    assert!(!seen.to_string().contains("pavel"));
}

#[test]
fn two_operators_do_not_overwrite_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, _) = server.new_ticket();
    let path = format!("/v1/desk/tickets/{number}/transition");
    let take = |tag: &str| {
        let (key, bearer) = (key(), format!("Bearer {desk}"));
        let headers = [("idempotency-key", key.as_str()), ("authorization", bearer.as_str()), ("if-match", tag)];
        server.send("POST", &path, &headers, json!({"action": "take"}).to_string().as_bytes())
    };
    take("\"v7\"").problem(412, "version-conflict");
    take("nonsense").problem(412, "version-conflict");
    take("\"v1\"").ok(201);
    let late = take("\"v1\"");
    late.problem(412, "version-conflict");
    assert_eq!(late.header("etag"), "\"v2\"");
    let assign = server.act(&path, &desk, &json!({"action": "assign"})).problem(422, "validation");
    assert_eq!(assign["errors"][0]["pointer"], "/action");
    let body = json!({"action": "escalate", "text": "сложный случай"});
    assert_eq!(server.act(&path, &desk, &body).ok(201)["public"], false);
    assert_eq!(server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200)["item"]["level"], 2);
}
