//! Other systems hear of tickets: in order, signed, at least once, and none inside our network by chance.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use podskazka_server::store::{Delivery, Role};
use podskazka_server::{Config, Hidden, Hook, HookKind as Kind, Store};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::app::{Instance, config, created, key, now, operator, options, sample};

/// Only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(240);
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A question as the other system got it.
#[derive(Debug)]
struct Heard {
    /// Method and path.
    line: String,
    head: String,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        let found = self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        });
        found.unwrap_or_default()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Another system: answers each question by its method and path; its address.
fn system(answer: impl Fn(&str) -> (u16, Value) + Send + 'static) -> (String, Receiver<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (heard, questions) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut from = BufReader::new(stream.try_clone().unwrap());
            let (mut line, mut head) = (String::new(), String::new());
            if from.read_line(&mut line).unwrap_or(0) == 0 {
                continue;
            }
            while !head.ends_with("\r\n\r\n") && from.read_line(&mut head).unwrap_or(0) > 2 {}
            let mut question =
                Heard { line: line.replace(" HTTP/1.1", "").trim().to_owned(), head, body: String::new() };
            let length = question.header("content-length").parse().unwrap_or(0);
            from.take(length).read_to_string(&mut question.body).unwrap();
            let (status, body) = answer(&question.line);
            let body = body.to_string();
            let mut stream = stream;
            let head = format!("HTTP/1.1 {status} x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            // A client that goes away in between is no matter.
            let _ = write!(stream, "{head}{body}");
            let _ = heard.send(question);
        }
    });
    (base, questions)
}

fn hook(kind: Kind, url: &str) -> Hook {
    let secret = Some(Hidden(SECRET.to_owned()));
    Hook { name: "other".to_owned(), kind, url: url.to_owned(), secret, private: true, ..Hook::default() }
}

fn next(heard: &Receiver<Heard>) -> Heard {
    heard.recv_timeout(PATIENCE).unwrap()
}

#[test]
fn a_webhook_is_signed_tells_steps_in_order_and_no_words() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    // What was before the hook is not told to it.
    Instance::start(dir.path()).new_ticket();
    let (url, heard) = system(|_| (204, Value::Null));
    let server =
        Instance::with(Config { hooks: vec![hook(Kind::Webhook, &format!("{url}/in"))], ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    server
        .act(
            &format!("/v1/tickets/{number}/comments"),
            &token,
            &json!({"text": "секретные слова, СНИЛС 112-233-445 95"}),
        )
        .ok(201);
    let note = json!({"text": "между нами", "visibility": "internal"});
    server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &note).ok(201);
    server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &json!({"action": "take"})).ok(201);
    let mut ids = Vec::new();
    for (kind, seq) in [("ticket.created", 1), ("ticket.commented", 2), ("ticket.moved", 4)] {
        let call = next(&heard);
        assert_eq!(call.line, "POST /in");
        let body = call.json();
        assert_eq!((&body["type"], &body["data"]["seq"]), (&json!(kind), &json!(seq)));
        assert_eq!((&body["data"]["number"], &body["data"]["code"]), (&json!(number), &json!("inn.checksum")));
        for word in ["секретные", "112-233", "Иванова", "anna@", "olga", "ИНН", &token] {
            assert!(!call.body.contains(word) && !call.head.contains(word), "{word}");
        }
        let signed = format!("{}.{}.{}", call.header("webhook-id"), call.header("webhook-timestamp"), call.body);
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        assert_eq!(call.header("webhook-signature"), format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())));
        ids.push(call.header("webhook-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "each call has a name of its own");
}

#[test]
fn a_webhook_that_asks_for_them_hears_of_deadlines() {
    let dir = tempfile::tempdir().unwrap();
    let (url, heard) = system(|_| (204, Value::Null));
    let (plain_url, plain) = system(|_| (204, Value::Null));
    let hooks = vec![
        Hook { deadlines: true, ..hook(Kind::Webhook, &url) },
        Hook { name: "plain".to_owned(), ..hook(Kind::Webhook, &plain_url) },
    ];
    let server = Instance::with(Config { hooks, ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(store.ring(now() + 90 * 86_400)).unwrap(), 2);
    server.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "что слышно?"})).ok(201);
    let told = |heard: &Receiver<Heard>| {
        let data = next(heard).json();
        (data["type"].as_str().unwrap().to_owned(), data["data"]["deadline"].clone())
    };
    let late = |of: &str| ("ticket.deadline".to_owned(), json!({"of": of, "stage": "late"}));
    assert_eq!(told(&heard).0, "ticket.created");
    assert_eq!([told(&heard), told(&heard)], [late("response"), late("resolution")]);
    assert_eq!(told(&heard), ("ticket.commented".to_owned(), Value::Null));
    assert_eq!([told(&plain).0, told(&plain).0], ["ticket.created", "ticket.commented"]);
}

#[test]
fn a_busy_system_gets_the_call_later_and_no_step_overtakes_another() {
    let dir = tempfile::tempdir().unwrap();
    let (url, heard) = system(|_| (503, Value::Null));
    let server = Instance::with(Config { hooks: vec![hook(Kind::Webhook, &url)], ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    server.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "дополнение"})).ok(201);
    let first = next(&heard);
    drop(server);
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store.gather_calls(vec![("other".to_owned(), false)])).unwrap();
    assert_eq!(runtime.block_on(store.count_calls()).unwrap(), (2, 0));
    let lease = |at: i64| runtime.block_on(store.lease_calls(at)).unwrap();
    let settle = |dedupe: &str, what: Delivery, at: i64| {
        runtime.block_on(store.settle_call(dedupe.to_owned(), what, at)).unwrap();
    };
    let mut at = now() + 2_000;
    let again = lease(at);
    assert_eq!(again.iter().map(|call| call.event.seq).collect::<Vec<_>>(), [1], "the second waits for the first");
    assert_eq!(first.json()["data"]["seq"], 1);
    // A call that is taken by nobody is given up in the end, and the next one goes on.
    for _ in 0..12 {
        settle(&again[0].dedupe, Delivery::Later, at);
        at += 70_000;
        if lease(at).iter().all(|call| call.dedupe != again[0].dedupe) {
            break;
        }
    }
    assert_eq!(runtime.block_on(store.count_calls()).unwrap(), (1, 1));
    let second = lease(at + 2_000);
    assert_eq!(second[0].event.seq, 2);
    settle(&second[0].dedupe, Delivery::Done, at);
    assert_eq!(runtime.block_on(store.count_calls()).unwrap(), (0, 1));
}

#[test]
fn zammad_gets_a_ticket_its_articles_and_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    // Answers as Zammad's documentation shows them, shortened.
    let (url, heard) = system(|line| match line {
        "POST /api/v1/tickets" => (
            201,
            json!({"id": 123, "group_id": 1, "priority_id": 2, "state_id": 1, "number": "22001", "customer_id": 5}),
        ),
        "POST /api/v1/ticket_articles" => (201, json!({"id": 7, "ticket_id": 123, "type_id": 10, "sender_id": 2})),
        "PUT /api/v1/tickets/123" => (200, json!({"id": 123, "state_id": 4})),
        _ => (404, json!({"error": "Not found"})),
    });
    let zammad = Hook { group: "Users".into(), customer: "portal@example.ru".into(), ..hook(Kind::Zammad, &url) };
    let server = Instance::with(Config { hooks: vec![zammad], ..config(dir.path()) });
    let (number, token) = server.new_ticket();
    let made = next(&heard);
    assert_eq!(
        (made.line.as_str(), made.header("authorization")),
        ("POST /api/v1/tickets", &*format!("Token token={SECRET}"))
    );
    let body = made.json();
    assert_eq!((&body["title"], &body["group"]), (&json!(format!("{number} form")), &json!("Users")));
    assert_eq!(body["customer_id"], "guess:anna@example.org");
    let article = &body["article"];
    assert_eq!(
        (&article["type"], &article["internal"], &article["content_type"]),
        (&json!("web"), &json!(false), &json!("text/plain"))
    );
    assert!(article["body"].as_str().unwrap().contains("Поле ИНН не принимает номер"));
    // A number that the citizen left in is read at our desk, not in the other system.
    let text = json!({"text": "дополнение: СНИЛС 112-233-445 95"});
    server.act(&format!("/v1/tickets/{number}/comments"), &token, &text).ok(201);
    let seen = server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    assert!(seen.to_string().contains("112-233-445 95"));
    let comment = next(&heard);
    assert_eq!(comment.line, "POST /api/v1/ticket_articles");
    let body = comment.json();
    assert_eq!(
        (&body["ticket_id"], &body["sender"], &body["body"]),
        (&json!(123), &json!("Customer"), &json!("дополнение: СНИЛС 999-999-999 99"))
    );
    let act = |body: Value| server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &body).ok(201);
    act(json!({"action": "take"}));
    assert_eq!((next(&heard).line.as_str(), next_state(&heard, &act).as_str()), ("PUT /api/v1/tickets/123", "closed"));
    // A ticket without a mail address is the portal's own.
    let mut ticket = sample();
    ticket["contact"] = json!("+7 900 123-45-67");
    ticket["text"] = json!("С карты 2200 0000 0000 0004 списали дважды.");
    ticket["tried"] = json!({"since_error": 130, "steps": [
        {"did": "fix", "ago": 120, "field": "inn", "codes": ["inn.checksum"]},
        {"did": "question", "ago": 60, "text": "Почему СНИЛС 112-233-445 95 Канарейкина Клавдия не подходит?"}]});
    created(&server.ticket(&key(), &ticket));
    let made = next(&heard).json();
    assert_eq!(made["customer_id"], "guess:portal@example.ru");
    let body = made["article"]["body"].as_str().unwrap();
    let who = "С карты 9999 9999 9999 9999 списали дважды.\n\nИванова Анна Петровна, +7 900 123-45-67\n\n";
    let told = body.strip_prefix(who).unwrap();
    // The rest of the story, as the card has it.
    for line in [
        "Код ошибки: inn.checksum",
        "Форма: Заявление (demo)",
        "Первая ошибка: за 2 мин до обращения",
        "1. Нажато исправление: inn, inn.checksum; за 2 мин до обращения",
    ] {
        assert!(told.lines().any(|it| it == line), "{line} in {told}");
    }
    assert!(told.contains("2. Вопрос в помощь: «Почему СНИЛС 999-999-999 99"), "{told}");
    for part in ["Канарейк", "Клавд", "112-233", "списали"] {
        assert!(!told.contains(part), "{part} in {told}");
    }
    // Later steps are told by themselves.
}

/// Resolves the ticket: the answer is an article, then the state changes.
fn next_state(heard: &Receiver<Heard>, act: &impl Fn(Value) -> Value) -> String {
    act(json!({"action": "resolve", "text": "Готово."}));
    let answer = next(heard);
    assert_eq!((answer.line.as_str(), &answer.json()["sender"]), ("POST /api/v1/ticket_articles", &json!("Agent")));
    next(heard).json()["state"].as_str().unwrap().to_owned()
}

#[test]
fn chatwoot_gets_a_contact_one_conversation_and_a_message_a_step() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    // Answers as Chatwoot's documentation of the client API shows them, shortened.
    let (url, heard) = system(|line| match line {
        "POST /public/api/v1/inboxes/in-1/contacts" => {
            (200, json!({"source_id": "aaee9b47-4f30", "pubsub_token": "x", "id": 9, "name": "a", "email": "b"}))
        }
        "POST /public/api/v1/inboxes/in-1/contacts/aaee9b47-4f30/conversations" => {
            (200, json!({"id": 17, "inbox_id": "1", "messages": [], "contact": {}}))
        }
        "POST /public/api/v1/inboxes/in-1/contacts/aaee9b47-4f30/conversations/17/messages" => {
            (200, json!({"id": "1", "content": "x", "message_type": "0", "conversation_id": "17"}))
        }
        _ => (404, json!({"error": "Resource could not be found"})),
    });
    let server = Instance::with(Config {
        hooks: vec![Hook { group: "in-1".into(), secret: None, ..hook(Kind::Chatwoot, &url) }],
        ..config(dir.path())
    });
    let (number, _) = server.new_ticket();
    assert_eq!(
        next(&heard).json(),
        json!({"identifier": number, "name": "Иванова Анна Петровна", "email": "anna@example.org"})
    );
    assert_eq!(next(&heard).json()["custom_attributes"]["number"], number.as_str());
    let first = next(&heard).json()["content"].as_str().unwrap().to_owned();
    assert!(first.starts_with("Поле ИНН не принимает") && first.contains("\n\nЧто случилось\nТема: Ошибка в форме\n"));
    let answer = json!({"text": "Проверьте год в ИНН 500100000199.", "visibility": "public"});
    server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &answer).ok(201);
    let message = next(&heard);
    assert!(message.line.ends_with("/conversations/17/messages"));
    assert_eq!(message.json()["content"], "Ответ специалиста: Проверьте год в ИНН 999999999999.");
}

#[test]
fn a_short_message_goes_to_a_phone_when_an_operator_did_something() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let (url, heard) = system(|_| (200, json!({"status": "ok"})));
    let sms = Hook {
        body: r#"{"to": "{phone}", "text": "{text}"}"#.to_owned(),
        headers: [("x-api-key".to_owned(), Hidden("gateway-key".to_owned()))].into(),
        ..hook(Kind::Sms, &format!("{url}/send"))
    };
    let server = Instance::with(Config { hooks: vec![sms], ..config(dir.path()) });
    let act = |number: &str, body: Value| {
        server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &body).ok(201);
    };
    let (by_mail, _) = server.new_ticket();
    act(&by_mail, json!({"action": "take"}));
    let mut ticket = sample();
    ticket["contact"] = json!("8 (900) 123-45-67");
    let (number, token) = created(&server.ticket(&key(), &ticket));
    server.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "дополнение"})).ok(201);
    act(&number, json!({"action": "take"}));
    act(&number, json!({"action": "ask", "text": "секретный вопрос"}));
    // What a mail address and the citizen's own steps would have sent comes before these two, and is not there.
    let (taken, asked) = (next(&heard), next(&heard));
    assert_eq!((taken.line.as_str(), taken.header("x-api-key")), ("POST /send", "gateway-key"));
    for message in [&taken, &asked] {
        let body = message.json();
        assert_eq!(body["to"], "+79001234567");
        let text = body["text"].as_str().unwrap();
        assert!(text.starts_with(&format!("Обращение {number}: ")) && !text.contains("секретный"), "{text}");
    }
    assert!(asked.json()["text"].as_str().unwrap().contains("нужен ваш ответ"));
}

#[test]
fn a_code_by_a_short_message_opens_the_tickets_of_the_phone() {
    let dir = tempfile::tempdir().unwrap();
    let (url, heard) = system(|_| (200, json!({"ok": true})));
    let sms = Hook { body: r#"{"to": "{phone}", "text": "{text}"}"#.to_owned(), ..hook(Kind::Sms, &url) };
    let server = Instance::with(Config { hooks: vec![sms], ..config(dir.path()) });
    let ask = |path: &str, body: Value| server.send("POST", path, &[], body.to_string().as_bytes());
    let settings = server.get("/v1/config", None).ok(200);
    assert_eq!((&settings["phone"], &settings["mail"]), (&json!(true), &json!(false)));
    let from = |contact: &str| {
        let mut ticket = sample();
        ticket["contact"] = json!(contact);
        created(&server.ticket(&key(), &ticket)).0
    };
    let own = [from("8 (900) 123-45-67"), from("+79001234567")];
    from("+7 900 765-43-21");
    server.new_ticket();
    // The answer is the same for a phone that nobody wrote from; it gets no message.
    let unknown = ask("/v1/recover", json!({"contact": "+7 901 000-00-01"}));
    let known = ask("/v1/recover", json!({"contact": "+7 900 123 45 67"}));
    assert_eq!((unknown.status, unknown.text), (known.status, known.text));
    assert_eq!(known.status, 202);
    let message = next(&heard).json();
    assert_eq!(message["to"], "+79001234567");
    let text = message["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("Код ") && own.iter().all(|number| !text.contains(number)), "{text}");
    let code = text.split_once(": ").unwrap().1.get(..9).unwrap().to_owned();
    let redeem = |contact: &str, code: &str| ask("/v1/recover/verify", json!({"contact": contact, "code": code}));
    redeem("+7 900 123 45 67", "0000 0000").problem(422, "validation");
    redeem("+7 900 765-43-21", &code).problem(422, "validation");
    let found = redeem("89001234567", &code).ok(200);
    let mut numbers: Vec<_> = found["items"].as_array().unwrap().iter().collect();
    numbers.reverse();
    assert_eq!(numbers.iter().map(|it| it["number"].as_str().unwrap()).collect::<Vec<_>>(), own);
    for ticket in numbers {
        let page = format!("/v1/tickets/{}", ticket["number"].as_str().unwrap());
        server.get(&page, ticket["token"].as_str()).ok(200);
    }
    redeem("89001234567", &code).problem(422, "validation");
    ask("/v1/recover", json!({"contact": "x"})).problem(422, "validation");
    ask("/v1/recover", json!({"contact": "anna@example.org"})).problem(404, "not-found");
    drop(server);
    assert!(heard.try_recv().is_err(), "one message");
}

#[test]
fn a_hook_that_is_not_named_private_asks_nobody_in_our_network() {
    let dir = tempfile::tempdir().unwrap();
    let (url, heard) = system(|_| (204, Value::Null));
    let (seen, told) = system(|_| (204, Value::Null));
    let closed = Hook { private: false, ..hook(Kind::Webhook, &url) };
    let open = Hook { name: "open".to_owned(), ..hook(Kind::Webhook, &seen) };
    // The first of the two hooks has its turn first, so the second's call comes after its try.
    let server = Instance::with(Config { hooks: vec![closed, open], ..config(dir.path()) });
    server.new_ticket();
    next(&told);
    drop(server);
    assert!(heard.try_recv().is_err());
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(store.count_calls()).unwrap().0, 1);
}

#[test]
fn a_hook_that_cannot_work_is_named_without_its_secret() {
    let good = || hook(Kind::Webhook, "https://hooks.example.ru/in");
    assert_eq!(good().fault(), None);
    let short = Some(Hidden("geheim".to_owned()));
    for (wrong, word) in [
        (Hook { name: "a b".into(), ..good() }, "name"),
        (Hook { url: "hooks.example.ru".into(), ..good() }, "url"),
        (Hook { url: "https://u:geheim@hooks.example.ru/".into(), ..good() }, "url"),
        (Hook { url: "http://hooks.example.ru/".into(), private: false, ..good() }, "https"),
        (Hook { url: "https://hooks.example.ru:22/".into(), ..good() }, "443"),
        (Hook { secret: short, ..good() }, "32"),
        (Hook { kind: Kind::Zammad, ..good() }, "group"),
        (Hook { kind: Kind::Chatwoot, group: "../accounts".into(), ..good() }, "inbox"),
        (Hook { kind: Kind::Sms, body: "{phone}".into(), ..good() }, "{text}"),
    ] {
        let said = wrong.fault().unwrap();
        assert!(said.contains(word) && !said.contains("geheim"), "{said}");
    }
    assert!(!format!("{:?}", good()).contains(SECRET));
}
