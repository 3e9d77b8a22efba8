//! What time by itself does to tickets: operators are warned, questions are recalled and end, waits end.

use podskazka_server::Store;
use podskazka_server::store::{Options, Role, Way};
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Instance, config, now, operator, options};

const DAY: i64 = 86_400;

/// The store beside the running server, with a clock of the test's own.
struct Clock {
    store: Store,
    runtime: tokio::runtime::Runtime,
}

impl Clock {
    fn beside(data: &std::path::Path, options: Options) -> Clock {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Clock { store: Store::open(data, &options).unwrap(), runtime }
    }

    /// Steps that time makes at this moment.
    fn ring(&self, at: i64) -> usize {
        self.runtime.block_on(self.store.ring(at)).unwrap()
    }
}

fn step(server: &Instance, desk: &str, number: &str, action: &str, text: &str) {
    let body = json!({"action": action, "text": text});
    server.act(&format!("/v1/desk/tickets/{number}/transition"), desk, &body).ok(201);
}

fn card(server: &Instance, desk: &str, number: &str) -> Value {
    server.get(&format!("/v1/desk/tickets/{number}"), Some(desk)).ok(200)
}

/// Steps of a kind: `what: to` of their first change.
fn deadlines(card: &Value) -> Vec<String> {
    let events = card["events"].as_array().unwrap().iter().filter(|it| it["kind"] == "deadline");
    let line = |it: &Value| format!("{}: {}", it["what"].as_str().unwrap(), it["to"].as_str().unwrap());
    events.map(|event| line(event["changes"].as_array().unwrap().last().unwrap())).collect()
}

/// Numbers of the queue's lines at a stage.
fn queue(server: &Instance, desk: &str, deadline: &str) -> Vec<String> {
    let page = server.get(&format!("/v1/desk/tickets?deadline={deadline}"), Some(desk)).ok(200);
    page["items"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn operators_are_warned_before_a_deadline_and_a_late_ticket_goes_a_level_up() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    step(&server, &desk, &number, "take", "");
    let clock = Clock::beside(dir.path(), options(dir.path()));
    let due = |column: &str| -> i64 {
        let sql = format!("SELECT CAST({column} AS TEXT) FROM tickets WHERE number = '{number}'");
        Rows::open(dir.path()).text(&sql).parse().unwrap()
    };
    assert_eq!(clock.ring(now()), 0);
    let response = due("response_due");
    assert_eq!((clock.ring(response - 1), clock.ring(response - 1)), (1, 0));
    let seen = card(&server, &desk, &number);
    assert_eq!((deadlines(&seen), &seen["item"]["level"]), (vec!["response: soon".to_owned()], &json!(1)));
    assert_eq!(seen["item"]["deadline"], "soon");
    assert_eq!((queue(&server, &desk, "soon"), queue(&server, &desk, "late")), (vec![number.clone()], vec![]));
    assert_eq!((clock.ring(response), clock.ring(response)), (1, 0));
    let seen = card(&server, &desk, &number);
    let last = seen["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["actor"], &last["action"], &last["public"]),
        (&json!("system"), &json!("escalate"), &json!(false))
    );
    assert_eq!(last["changes"][0], json!({"what": "level", "from": "1", "to": "2"}));
    assert_eq!(last["text"], "Срок первого ответа прошёл.");
    assert_eq!((queue(&server, &desk, "soon"), queue(&server, &desk, "late")), (vec![], vec![number.clone()]));
    // The citizen reads nothing of it.
    let page = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200).to_string();
    assert!(!page.contains("deadline\"") && !page.contains("прошёл"), "{page}");
    // With the answer its deadline is over.
    let answer = json!({"text": "смотрим", "visibility": "public"});
    server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &answer).ok(201);
    assert_eq!((queue(&server, &desk, "late"), card(&server, &desk, &number)["item"].get("deadline")), (vec![], None));
    // Whoever looks late says the end alone.
    assert_eq!(clock.ring(due("resolution_due") + DAY), 1);
    let seen = card(&server, &desk, &number);
    assert_eq!(deadlines(&seen), ["response: soon", "response: late", "resolution: late"]);
    assert_eq!(seen["item"]["level"], 3);
    step(&server, &desk, &number, "resolve", "готово");
    assert_eq!((queue(&server, &desk, "late"), clock.ring(now() + 90 * DAY)), (vec![], 0));
    server.get("/v1/desk/tickets?deadline=early", Some(&desk)).problem(400, "validation");
}

#[test]
fn a_question_is_recalled_once_and_ends_as_solved_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let ((number, token), (answered, other)) = (server.new_ticket(), server.new_ticket());
    for number in [&number, &answered] {
        step(&server, &desk, number, "take", "");
        step(&server, &desk, number, "ask", "Какой номер в свидетельстве?");
    }
    server.act(&format!("/v1/tickets/{answered}/comments"), &other, &json!({"text": "7707083893"})).ok(201);
    let clock = Clock::beside(dir.path(), Options { letters: true, ..options(dir.path()) });
    assert!(
        Rows::open(dir.path())
            .run("INSERT INTO addresses (mark, verified_at) SELECT DISTINCT contact_mark, 1 FROM tickets")
    );
    let page = |number: &str, token: &str| server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    let asked = page(&number, &token)["events"].as_array().unwrap().len();
    let start = now();
    clock.ring(start + 3 * DAY - 60);
    assert_eq!(page(&number, &token)["events"].as_array().unwrap().len(), asked);
    clock.ring(start + 3 * DAY + 60);
    clock.ring(start + 9 * DAY);
    let seen = page(&number, &token);
    let last = seen["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(seen["events"].as_array().unwrap().len(), asked + 1, "one reminder");
    assert_eq!(
        (&last["kind"], &last["actor"], &seen["status"]),
        (&json!("comment"), &json!("system"), &json!("waiting_citizen"))
    );
    assert!(last["text"].as_str().unwrap().contains("ждёт вашего ответа"));
    let leased = clock.runtime.block_on(clock.store.lease_letters(
        Way::Mail,
        "https://help.example.ru".to_owned(),
        start + 4 * DAY,
    ));
    let subjects: Vec<String> = leased.unwrap().into_iter().map(|parcel| parcel.letter.subject).collect();
    assert_eq!(subjects, [format!("Обращение {number}: ждём вашего ответа")]);
    clock.ring(start + 10 * DAY + 60);
    let seen = page(&number, &token);
    let last = seen["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&seen["status"], &last["actor"], &last["action"]),
        (&json!("resolved"), &json!("system"), &json!("resolve"))
    );
    assert!(last["text"].as_str().unwrap().contains("дней: 10"), "{last}");
    assert_eq!(seen["actions"], json!(["confirm", "reopen", "rate"]));
    server
        .act(&format!("/v1/tickets/{number}/actions"), &token, &json!({"action": "reopen", "text": "вопрос остался"}))
        .ok(201);
    assert_eq!(page(&number, &token)["status"], "open");
    // Whoever has answered is not reminded.
    assert!(!page(&answered, &other).to_string().contains("Напоминаем"));
    assert_eq!(page(&answered, &other)["status"], "in_progress");
}

#[test]
fn another_organisation_has_fifteen_days() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    step(&server, &desk, &number, "take", "");
    step(&server, &desk, &number, "wait", "Запрос в Росреестр отправлен.");
    let clock = Clock::beside(dir.path(), options(dir.path()));
    let status = || server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200)["status"].clone();
    let start = now();
    clock.ring(start + 15 * DAY - 60);
    assert_eq!(status(), "waiting_external");
    clock.ring(start + 15 * DAY + 60);
    assert_eq!(status(), "in_progress");
    let seen = card(&server, &desk, &number).to_string();
    assert!(seen.contains("Другая организация не ответила, дней: 15."), "{seen}");
}

#[test]
fn a_ticket_of_an_earlier_format_is_reminded_before_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::with(config(dir.path()));
    let (number, token) = server.new_ticket();
    step(&server, &desk, &number, "take", "");
    step(&server, &desk, &number, "ask", "Какой номер?");
    let clock = Clock::beside(dir.path(), options(dir.path()));
    // As the step of the format leaves it: to be looked at, a question of long ago, nobody reminded.
    let long_ago = now() - 60 * DAY;
    assert!(Rows::open(dir.path()).run(&format!("UPDATE tickets SET alarm_at = 0, waits_since = {long_ago}")));
    let status = || server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200)["status"].clone();
    assert_eq!(clock.ring(now()), 1);
    assert_eq!(status(), "waiting_citizen");
    clock.ring(now() + 6 * DAY);
    assert_eq!(status(), "waiting_citizen");
    clock.ring(now() + 8 * DAY);
    assert_eq!(status(), "resolved");
}
