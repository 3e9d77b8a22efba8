//! The program's commands.

use std::path::Path;
use std::process::Command;

use podskazka_server::Config;
use serde_json::json;

use crate::app::{Instance, created, key, sample};

fn run(folder: &Path, args: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_podskazka-server")).current_dir(folder).args(args).output().unwrap();
    let text = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn init_writes_settings_that_work_and_a_token_that_opens() {
    let dir = tempfile::tempdir().unwrap();
    let init = ["init", "--name", "ЗАГС", "--origin", "https://zags.example.ru", "--out", "a.toml"];
    let (good, said) = run(dir.path(), &init);
    assert!(good, "{said}");
    let token = said.lines().last().unwrap();
    let (good, said) = run(dir.path(), &["--config", "a.toml", "check-config"]);
    assert!(good && said.contains("1 site(s), limits as shipped"), "{said}");
    let (good, said) = run(dir.path(), &init);
    assert!(!good && said.contains("--out") && said.lines().count() == 1, "{said}");
    let server = Instance::start(&dir.path().join("data"));
    assert_eq!(server.get("/v1/desk/me", Some(token)).ok(200)["role"], "admin");
}

#[test]
fn init_writes_what_it_was_given_into_its_settings() {
    let dir = tempfile::tempdir().unwrap();
    let given = ["--data-dir", "elsewhere", "--listen", "127.0.0.1:9"];
    let init = ["init", "--name", "ЗАГС", "--origin", "https://zags.example.ru", "--out", "a.toml"];
    let (good, said) = run(dir.path(), &[&given[..], &init[..]].concat());
    assert!(good, "{said}");
    let settings = std::fs::read_to_string(dir.path().join("a.toml")).unwrap();
    assert!(settings.contains("--config a.toml") && !settings.contains("example.toml"), "{settings}");
    let (good, said) = run(dir.path(), &["--config", "a.toml", "check-config"]);
    assert!(good && said.contains("data in") && said.contains("elsewhere"), "{said}");
    assert!(said.contains("listening on 127.0.0.1:9,"), "{said}");
}

#[test]
fn a_wrong_setting_is_one_clear_sentence() {
    let dir = tempfile::tempdir().unwrap();
    for (settings, word) in [
        ("listen = 'x'", "listen"),
        ("colour = 1", "colour"),
        ("log = 'loud'", "debug"),
        ("[[sites]]\nkey = 'pk_zags_2026'\nname = ''\norigins = ['https://a.ru/']", "origin"),
        ("[[sites]]\nkey = 'pk_zags_2026'\nname = ''\norigins = []\noptional = ['contact']", "answer_by_number = true"),
        (
            "[[sites]]\nkey = 'pk_zags_2026'\nname = ''\norigins = []\noptional = ['phone']",
            "`topic`, `name`, `contact`",
        ),
        ("[sla]\nwarn_percent = 120", "1 to 99"),
        ("[[calendars]]\nid = 'omsk'\nzone = 'Asia/Omsk'\nweek = []", "+06:00"),
        ("[[departments]]\ncode = 'zags'\nprefix = 'загс'", "capital letters"),
        ("[[departments]]\ncode = 'zags'\ncalendar = 'omsk'", "omsk"),
        ("listen = '127.0.0.1:1'\nops_listen = '127.0.0.1:1'", "ops_listen"),
        ("[limits.ticket]\naddress = { burst = 1 }", "per_minute"),
        ("www = '.'\ndata_dir = '../data'\nkey_file = 'a.key'", "key_file"),
        ("www = 'site'\ndata_dir = '.'", "inside"),
        (
            "[[sites]]\nkey = 'pk_zags_2026'\nname = ''\norigins = ['https://a.ru']\nidentity_key = 'at least 32 characters: openssl rand -base64 32'",
            "identity_key",
        ),
        (
            "[[sites]]\nkey = 'pk_zags_2026'\nname = ''\norigins = ['https://a.ru']\nidentity_key = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
            "identity_key",
        ),
        ("# 1\n# 2\nidentity-key = 'geheim'", "line 3"),
    ] {
        std::fs::create_dir_all(dir.path().join("site")).unwrap();
        std::fs::write(dir.path().join("a.toml"), settings).unwrap();
        let (good, said) = run(dir.path(), &["--config", "a.toml", "check-config"]);
        assert!(!good && said.contains(word), "{settings}: {said}");
        assert!(!said.contains("geheim"), "a secret is not repeated: {said}");
    }
}

#[test]
fn an_operator_is_named_renewed_and_ended() {
    let dir = tempfile::tempdir().unwrap();
    let (good, said) = run(dir.path(), &["operator", "olga", "--role", "chief", "--department", "passport"]);
    assert!(good, "{said}");
    let token = said.lines().last().unwrap().to_owned();
    let me = Instance::start(&dir.path().join("data")).get("/v1/desk/me", Some(&token)).ok(200);
    assert_eq!((&me["name"], &me["departments"]), (&json!("olga"), &json!(["passport"])));
    let (good, _) = run(dir.path(), &["operator", "olga", "--revoke"]);
    assert!(good);
    Instance::start(&dir.path().join("data")).get("/v1/desk/me", Some(&token)).problem(401, "invalid-token");
    for bad in [
        ["operator", "olga", "--role", "king"],
        ["operator", "olga", "--days", "0"],
        ["operator", "", "--days", "1"],
        ["operator", "olga", "--department", "a,b"],
    ] {
        let (good, said) = run(dir.path(), &bad);
        assert!(!good && said.lines().count() == 1, "{said}");
    }
    assert!(!run(dir.path(), &["operator", "nobody", "--revoke"]).0);
}

#[test]
fn a_renewed_token_has_the_role_and_the_departments_it_had() {
    let dir = tempfile::tempdir().unwrap();
    let said = |args: &[&str]| {
        let (good, said) = run(dir.path(), args);
        assert!(good, "{said}");
        said.lines().next().unwrap().to_owned()
    };
    assert!(said(&["operator", "irina", "--role", "chief", "--department", "passport"]).contains("(chief; passport)"));
    assert!(said(&["operator", "irina"]).contains("(chief; passport)"));
    assert!(said(&["operator", "irina", "--revoke"]).contains("ended"));
    assert!(said(&["operator", "irina", "--every-department"]).contains("(chief; every department)"));
    assert!(said(&["operator", "irina", "--role", "operator", "--department", "tax"]).contains("(operator; tax)"));
}

#[test]
fn a_copy_is_not_brought_into_what_is_left_of_another_database() {
    let dir = tempfile::tempdir().unwrap();
    drop(Instance::start(&dir.path().join("data")));
    let (good, said) = run(dir.path(), &["backup", "copy"]);
    assert!(good, "{said}");
    std::fs::create_dir(dir.path().join("back")).unwrap();
    std::fs::write(dir.path().join("back/podskazka.sqlite-wal"), "of another one").unwrap();
    let (good, said) = run(dir.path(), &["--data-dir", "back", "restore", "copy"]);
    assert!(!good && said.contains("podskazka.sqlite-wal") && said.lines().count() == 1, "{said}");
    assert!(!dir.path().join("back/podskazka.sqlite").exists());
}

#[test]
fn a_copy_made_under_way_brings_tickets_and_files_back() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Instance::start(&data);
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("текст".as_bytes())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    server.checked(&page, &token);
    let (good, said) = run(dir.path(), &["backup", "copy"]);
    assert!(good && said.contains("1 ticket(s) and 1 file(s)"), "{said}");
    server.new_ticket();
    assert!(!run(dir.path(), &["backup", "copy"]).0, "a copy is not written over");
    let (good, said) = run(dir.path(), &["restore", "copy"]);
    assert!(!good && said.contains("already holds"), "{said}");
    drop(server);
    let (good, said) = run(dir.path(), &["--data-dir", "back", "restore", "copy"]);
    assert!(good, "{said}");
    let key_file = Some(data.join("podskazka.key"));
    let server = Instance::with(Config { data_dir: dir.path().join("back"), key_file, ..Config::default() });
    let view = server.get(&page, Some(&token)).ok(200);
    let id = &view["events"][0]["files"][0]["id"];
    server.get(&format!("{page}/attachments/{id}"), Some(&token)).ok_text("текст");
    drop(server);

    let files = dir.path().join("copy/files");
    let file = std::fs::read_dir(&files).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&file, "другой").unwrap();
    let (good, said) = run(dir.path(), &["--data-dir", "again", "restore", "copy"]);
    assert!(!good && said.contains("damaged"), "{said}");
    std::fs::remove_file(file).unwrap();
    let (good, said) = run(dir.path(), &["--data-dir", "again", "restore", "copy"]);
    assert!(!good && said.contains("lacks"), "{said}");
    std::fs::write(dir.path().join("copy/podskazka.sqlite"), "noise").unwrap();
    assert!(!run(dir.path(), &["--data-dir", "again", "restore", "copy"]).0);
}
