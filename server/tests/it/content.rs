//! Schemas, articles, notices, counts of errors.

use podskazka_server::Config;
use podskazka_server::store::Role;
use serde_json::{Value, json};

use crate::app::{Instance, config, operator, sample};

#[test]
fn a_schema_has_a_tag_and_a_broken_one_takes_nothing_away() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    std::fs::create_dir_all(folder.join("schemas")).unwrap();
    std::fs::create_dir_all(folder.join("faq")).unwrap();
    let file = folder.join("schemas/marriage.json");
    let put = |text: &str| std::fs::write(&file, text).unwrap();
    put(r#"{"version": 1, "form": "marriage"}"#);
    let ops_listen = Some("127.0.0.1:1".parse().unwrap());
    let server =
        Instance::with(Config { content: Some(folder.clone()), ops_listen, ..config(&dir.path().join("data")) });
    let get = |tag: &str| server.send("GET", "/v1/schemas/marriage", &[("if-none-match", tag)], b"");
    let broken = || {
        let figures = crate::app::send(&crate::app::agent(), &format!("{}/metrics", server.ops), "GET", &[], b"");
        let line = figures.text.lines().find(|line| line.starts_with("podskazka_content_broken ")).unwrap();
        line.rsplit(' ').next().unwrap().to_owned()
    };
    let first = get("");
    assert_eq!(first.ok(200)["form"], "marriage");
    let tag = first.header("etag").to_owned();
    let same = get(&format!("\"other\", W/{tag}"));
    assert_eq!((same.status, same.text.as_str(), same.header("etag")), (304, "", tag.as_str()));
    for bad in [
        "{",
        r#"{"version": 1, "form": "divorce"}"#,
        r#"{"version": 1, "form": "marriage", "fields": [{}]}"#,
        "[1, 2, 3]",
    ] {
        put(bad);
        let kept = get("");
        assert_eq!((kept.text.as_str(), kept.header("etag")), (first.text.as_str(), tag.as_str()), "{bad}");
        assert_eq!(broken(), "1", "{bad}");
    }
    put(r#"{"version": 1, "form": "marriage", "fields": [{"name": "day", "kind": "future_date"}]}"#);
    let new = get(&tag);
    assert_eq!(new.ok(200)["fields"][0]["kind"], "future_date");
    assert_ne!(new.header("etag"), tag);
    assert_eq!(broken(), "0");
    std::fs::write(folder.join("faq/hours.json"), "{}").unwrap();
    assert_eq!(server.get("/v1/faq/hours.json", None).header("content-type"), "application/json");
    std::fs::write(folder.join("faq/faq.pdk"), "noise").unwrap();
    for absent in ["/v1/faq/faq.pdk", "/v1/faq/none", "/v1/faq/..%2fschemas%2fmarriage.json", "/v1/schemas/none"] {
        server.get(absent, None).problem(404, "not-found");
    }
    std::fs::remove_file(&file).unwrap();
    get("").problem(404, "not-found");
}

/// An article file with one article.
fn articles(title: &str) -> Vec<u8> {
    let text = format!(
        "---\nid: fresh\ntitle: {title}\nsection: payment\nasked_as: [свежий]\nkeywords: []\nkinds: []\ncodes: []\nlang: ru\n\
         updated: 2026-11-25\n---\n\nОтвет.\n"
    );
    let articles = vec![podskazka::faq::parse(&text).unwrap()];
    podskazka::faq::Pack { lexicon: podskazka::faq::LEXICON.to_owned(), articles }.write()
}

#[test]
fn the_pointer_names_a_file_that_never_changes() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    std::fs::create_dir_all(folder.join("faq")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join("faq").join(name), bytes).unwrap();
    let server = Instance::with(Config { content: Some(folder.clone()), ..config(&dir.path().join("data")) });
    let pointer = || server.get("/v1/faq", None);
    let none = pointer();
    assert_eq!((none.status, none.header("cache-control")), (204, "public, max-age=60"), "no articles is no fault");

    put("faq.pdk", &articles("Первый"));
    let first = pointer();
    let file = first.ok(200)["file"].as_str().unwrap().to_owned();
    assert_eq!((first.header("cache-control"), file.len()), ("public, max-age=60", 36));
    let same = server.send("GET", "/v1/faq", &[("if-none-match", first.header("etag"))], b"");
    assert_eq!((same.status, same.text.as_str()), (304, ""));
    let read = |name: &str| server.get(&format!("/v1/faq/{name}"), None);
    let old = read(&file);
    assert_eq!(old.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(read("faq.pdk").header("cache-control"), "public, max-age=300", "its own name may change");

    put("faq.pdk", &articles("Второй и длиннее"));
    let second = pointer();
    assert_ne!(second.header("etag"), first.header("etag"));
    assert_ne!(second.ok(200)["file"], first.ok(200)["file"]);
    assert_eq!(read(&file).header("etag"), old.header("etag"), "a page may have been told the first a minute ago");
    put("faq.pdk", b"noise");
    assert_eq!(pointer().ok(200), second.ok(200), "the last good one stays");
    read("00000000000000000000000000000000.pdk").problem(404, "not-found");
}

#[test]
fn a_new_version_is_known_by_its_name_before_anybody_asks_for_the_pointer() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    std::fs::create_dir_all(folder.join("faq")).unwrap();
    std::fs::write(folder.join("faq/faq.pdk"), articles("Первый")).unwrap();
    let start = || Instance::with(Config { content: Some(folder.clone()), ..config(&dir.path().join("data")) });
    let server = start();
    let file = server.get("/v1/faq", None).ok(200)["file"].as_str().unwrap().to_owned();
    drop(server);
    let again = start();
    assert_eq!(again.get(&format!("/v1/faq/{file}"), None).status, 200);
}

#[test]
fn pictures_come_with_the_articles_and_run_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    std::fs::create_dir_all(folder.join("faq")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join("faq").join(name), bytes).unwrap();
    let server = Instance::with(Config { content: Some(folder.clone()), ..config(&dir.path().join("data")) });
    put("faq.pdk", &articles("Первый"));
    let pointer = || server.get("/v1/faq", None).ok(200);
    assert_eq!(pointer()["pictures"], Value::Null);
    put("new.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    put("page.svg", b"<html></html>");
    put("notes.txt", b"x");
    assert_eq!(pointer()["pictures"], json!(["new.svg", "page.svg"]));
    let drawn = server.get("/v1/faq/new.svg", None);
    assert_eq!((drawn.status, drawn.header("content-type")), (200, "image/svg+xml"));
    assert_eq!(drawn.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    server.get("/v1/faq/page.svg", None).problem(404, "not-found");
    server.get("/v1/faq/notes.txt", None).problem(404, "not-found");
}

#[test]
fn a_catalogue_is_served_once_its_chunks_are_there() {
    use podskazka::faq::{LEXICON, Library, Pack};
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    std::fs::create_dir_all(folder.join("faq")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join("faq").join(name), bytes).unwrap();
    let one = Pack::read(&articles("Первый")).unwrap().articles.remove(0);
    let pack = Pack { lexicon: LEXICON.to_owned(), articles: vec![one] };
    let (catalogue, chunks) = Library::catalogue(&pack, "faq");
    put("faq.pdk", &catalogue);
    let early = Instance::with(Config { content: Some(folder.clone()), ..config(&dir.path().join("early")) });
    assert_eq!(early.get("/v1/faq", None).status, 204, "pages would ask for what is not there");
    for (name, bytes) in &chunks {
        put(name, bytes);
    }
    let server = Instance::with(Config { content: Some(folder.clone()), ..config(&dir.path().join("data")) });
    let file = server.get("/v1/faq", None).ok(200)["file"].as_str().unwrap().to_owned();
    for name in [&file, &chunks[0].0] {
        let answer = server.get(&format!("/v1/faq/{name}"), None);
        assert_eq!((answer.status, answer.header("cache-control")), (200, "public, max-age=31536000, immutable"));
    }
}

#[test]
fn readers_raise_an_article_by_themselves_and_one_of_them_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("content");
    std::fs::create_dir_all(folder.join("faq")).unwrap();
    std::fs::write(folder.join("faq/faq.pdk"), articles("Первый")).unwrap();
    let start = || {
        let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        Instance::with(Config { content: Some(folder.clone()), trusted_proxies, ..config(&dir.path().join("data")) })
    };
    let read = |server: &Instance, network: usize, count: u32| {
        let row = |code: &str| json!({"kind": "opened", "code": code, "count": count});
        let body = json!({"form": "faq", "rows": [row("article.fresh"), row("article.gone")]}).to_string();
        let from = format!("198.18.{network}.7");
        assert_eq!(server.send("POST", "/v1/stats", &[("x-forwarded-for", &from)], body.as_bytes()).status, 204);
    };
    let server = start();
    let first = server.get("/v1/faq", None);
    assert_eq!(first.ok(200).get("popular"), None, "nobody has read anything");
    for _ in 0..5 {
        read(&server, 1, 1_000);
    }
    drop(server);
    let server = start();
    let alone = server.get("/v1/faq", None);
    assert_eq!(alone.header("etag"), first.header("etag"), "one network is heard three times a day");
    for network in 2..20 {
        read(&server, network, 2);
    }
    drop(server);
    let server = start();
    let many = server.get("/v1/faq", None);
    assert_eq!(many.ok(200)["popular"], json!({"fresh": 100}), "and only articles that are there");
    assert_eq!(many.ok(200)["file"], first.ok(200)["file"], "the file is not loaded again for it");
    assert_ne!(many.header("etag"), first.header("etag"));
    let desk = operator(dir.path().join("data").as_path(), "olga", Role::Operator, &["support"]);
    let report = server.get("/v1/desk/reports/articles", Some(&desk)).ok(200);
    assert_eq!(report["rows"][0]["opened"], 5_036, "the operators' table has all");
    assert_eq!(server.get("/v1/desk/reports/errors", Some(&desk)).ok(200)["rows"], json!([]));
}

#[test]
fn the_config_is_asked_for_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let first = server.get("/v1/config", None);
    let again = server.send("GET", "/v1/config", &[("if-none-match", first.header("etag"))], b"");
    // Only the turn of an hour, when operators come or go, makes these differ.
    assert!(again.status == 304 || again.ok(200) != first.ok(200));
}

#[test]
fn counts_add_up_and_hold_no_value() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let other = operator(dir.path(), "pavel", Role::Operator, &["passport"]);
    let server = Instance::start(dir.path());
    let count = |body: Value| server.send("POST", "/v1/stats", &[], body.to_string().as_bytes());
    let row = |kind: &str, code: &str, count: u32| json!({"kind": kind, "field": "inn", "code": code, "count": count});
    for _ in 0..3 {
        let rows = json!([row("shown", "inn.checksum", 2), row("fixed", "inn.checksum", 1), row("shown", "=inn", 9)]);
        count(json!({"form": "demo", "rows": rows})).problem(422, "validation");
        let rows = json!([
            row("shown", "inn.checksum", 2),
            row("mended", "inn.checksum", 1),
            row("seconds", "inn.checksum", 7),
            row("fixed", "inn.checksum", 1),
            row("shown", "-inn", 1),
            row("abandoned", "", 1)
        ]);
        assert_eq!(count(json!({"form": "demo", "rows": rows})).status, 204);
    }
    server.ticket(&crate::app::key(), &sample()).ok(201);
    let report = |token: &str, query: &str| server.get(&format!("/v1/desk/reports/errors{query}"), Some(token));
    let all = report(&desk, "").ok(200);
    let first = &all["rows"][0];
    assert_eq!((&first["code"], &first["shown"], &first["fixed"]), (&json!("inn.checksum"), &json!(6), &json!(3)));
    assert_eq!((&first["tickets"], &all["rows"].as_array().unwrap().len()), (&json!(1), &3));
    assert_eq!(report(&other, "").ok(200)["rows"][0]["tickets"], 0, "tickets of another department");
    assert_eq!(report(&desk, "?form=none").ok(200)["rows"], json!([]));
    assert_eq!(report(&desk, "?from=2020-01-01&to=2020-12-31").ok(200)["rows"], json!([]));
    let csv = report(&desk, "?format=csv");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.text.contains("\"demo\",\"inn\",\"inn.checksum\",6,3,21,0,3,0,0,1\r\n"), "{}", csv.text);
    assert!(csv.text.contains("\"'-inn\""), "{}", csv.text);
    assert!(csv.text.contains("\"demo\",\"inn\",\"\",0,0,0,3,0,0,0,0\r\n"), "{}", csv.text);
    for bad in
        ["?from=x", "?from=2026-02-30", "?from=2020-01-01", "?to=2020-01-01&from=2020-01-02", "?format=xls", "?x=1"]
    {
        report(&desk, bad).problem(400, "validation");
    }
    for value in ["7707083893", "anna@example.org", "Иванова"] {
        let rows = json!([{"kind": "shown", "field": value, "code": "inn.checksum", "count": 1}]);
        count(json!({"form": "demo", "rows": rows})).problem(422, "validation");
    }
}

#[test]
fn articles_are_counted_apart_from_the_errors_of_forms() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let server = Instance::start(dir.path());
    let row = |kind: &str, code: &str, count: u32| json!({"kind": kind, "code": code, "count": count});
    let rows = json!([
        row("opened", "article.refund", 7),
        row("helped", "article.refund", 2),
        row("opened", "article.inn", 9),
        row("not_helped", "article.inn", 1),
        row("ticket", "article.inn", 3),
        row("shown", "question.nothing", 4),
        row("shown", "question.answered", 5),
    ]);
    for site in ["", "", "b"] {
        let body = json!({"form": "faq", "rows": rows}).to_string();
        let headers: &[_] = if site.is_empty() { &[] } else { &[("x-site-key", site)] };
        assert_eq!(server.send("POST", "/v1/stats", headers, body.as_bytes()).status, 204);
    }
    let report = |query: &str| server.get(&format!("/v1/desk/reports/articles{query}"), Some(&desk));
    let all = report("").ok(200);
    let article = |name: &str, counts: [u64; 4]| json!({"article": name, "opened": counts[0], "helped": counts[1], "not_helped": counts[2], "tickets": counts[3]});
    assert_eq!(all["rows"], json!([article("inn", [27, 0, 3, 9]), article("refund", [21, 6, 0, 0])]));
    assert_eq!(all["questions"], json!({"answered": 15, "doubtful": 0, "nothing": 12}));
    assert_eq!(report("?site=b").ok(200)["rows"][1], article("refund", [7, 2, 0, 0]));
    assert_eq!(report("?from=2020-01-01&to=2020-12-31").ok(200)["rows"], json!([]));
    let csv = report("?format=csv");
    assert_eq!(csv.text, "article,opened,helped,not_helped,tickets\r\n\"inn\",27,0,3,9\r\n\"refund\",21,6,0,0\r\n");
    let errors = server.get("/v1/desk/reports/errors", Some(&desk)).ok(200);
    assert_eq!(errors["rows"], json!([]), "no form has made them");
    for bad in ["?form=demo", "?format=xls", "?from=x"] {
        report(bad).problem(400, "validation");
    }
}

#[test]
fn questions_without_an_answer_lead_to_the_tickets_that_say_what_was_asked() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &["support"]);
    let other = operator(dir.path(), "pavel", Role::Operator, &["passport"]);
    let server = Instance::start(dir.path());
    let row =
        |code: &str, form: &str, count: u32| json!({"kind": "shown", "code": code, "field": form, "count": count});
    let rows = json!([
        row("question.answered", "demo", 9),
        row("question.nothing", "demo", 2),
        row("question.doubtful", "demo", 1),
        row("question.nothing", "", 4),
    ]);
    let body = json!({"form": "faq", "rows": rows}).to_string();
    assert_eq!(server.send("POST", "/v1/stats", &[], body.as_bytes()).status, 204);
    let ticket = |code: &str| {
        let mut body: Value = sample();
        body["code"] = json!(code);
        crate::app::created(&server.ticket(&crate::app::key(), &body)).0
    };
    let asked = ["question.nothing", "question.doubtful"].map(ticket);
    ticket("inn.checksum");
    let report = |token: &str| server.get("/v1/desk/reports/articles", Some(token)).ok(200);
    let of = |form: &str, counts: [u64; 3], numbers: &[&String]| {
        json!({"form": form, "answered": counts[0], "doubtful": counts[1], "nothing": counts[2],
               "tickets": numbers.len(), "numbers": numbers})
    };
    let found = report(&desk);
    // The form with the most questions without an answer comes first.
    assert_eq!(found["asked"], json!([of("", [0, 0, 4], &[]), of("demo", [9, 1, 2], &[&asked[1], &asked[0]])]));
    assert_eq!(found["questions"], json!({"answered": 9, "doubtful": 1, "nothing": 6}));
    assert_eq!(report(&other)["asked"][1], of("demo", [9, 1, 2], &[]), "tickets of another department");
    let card = server.get(&format!("/v1/desk/tickets/{}", asked[0]), Some(&desk)).ok(200);
    assert!(card.to_string().contains("номер из свидетельства"), "its text is there to be read: {card}");
}

#[test]
fn a_notice_stands_until_it_is_ended() {
    let dir = tempfile::tempdir().unwrap();
    let chief = operator(dir.path(), "irina", Role::Chief, &["support"]);
    let server = Instance::start(dir.path());
    let status = || server.get("/v1/status", None);
    let before = status();
    assert_eq!(before.ok(200)["notices"], json!([]));
    let post = |key: &str, body: &Value| server.act_as(key, "/v1/desk/notices", &chief, body);
    let body = json!({"title": "Оплата не проходит", "text": "Деньги не спишутся дважды. Попробуйте после 18:00."});
    let key = crate::app::key();
    let notice = post(&key, &body).ok(201);
    let again = post(&key, &body);
    assert_eq!((again.ok(201), again.header("idempotency-replayed")), (notice.clone(), "true"));
    post(&key, &json!({"title": "Другое", "text": "x"})).problem(422, "idempotency-mismatch");
    let shown = status();
    assert_eq!(shown.ok(200)["notices"], json!([notice]));
    assert_ne!(shown.header("etag"), before.header("etag"));
    let same = server.send("GET", "/v1/status", &[("if-none-match", shown.header("etag"))], b"");
    assert!(same.status == 304 || same.ok(200) != shown.ok(200));
    let end = format!("/v1/desk/notices/{}/end", notice["id"]);
    for _ in 0..2 {
        assert_eq!(server.act(&end, &chief, &json!({})).status, 204);
    }
    assert_eq!(status().ok(200)["notices"], json!([]));
    for (field, value) in [
        ("title", json!(" ")),
        ("title", json!("я".repeat(121))),
        ("text", json!("")),
        ("form", json!("a b")),
        ("until", json!("2020-01-01T00:00:00Z")),
        ("until", json!("завтра")),
    ] {
        let mut bad = body.clone();
        bad[field] = value;
        let problem = post(&crate::app::key(), &bad).problem(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"));
    }
}
