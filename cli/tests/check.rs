//! `podskazka check` from outside.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Exit code, standard output and standard error of a run that reads `input`.
fn podskazka(args: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_podskazka"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A run that refuses its arguments never reads.
    let feed = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let out = child.wait_with_output().unwrap();
    feed.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn verdicts(text: &str) -> Vec<String> {
    objects(text).iter().map(|o| o["verdict"].as_str().unwrap_or("error").to_owned()).collect()
}

#[test]
fn lines_in_and_json_out_with_the_number_of_the_line() {
    let (code, out, err) = podskazka(&["check", "inn"], b"7707083893\n\n7707083894\r\n770708\n");
    let rows = objects(&out);
    assert_eq!((code, verdicts(&out)), (1, vec!["complete".into(), "fault".into(), "partial".into()]), "{err}");
    assert_eq!(rows.iter().map(|r| r["line"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 3, 4]);
    assert_eq!(rows[0]["canonical"], "7707083893");
    assert_eq!(rows[1]["code"], "inn.checksum");
}

/// A terminal hears every 100,000 lines how far it is; a pipe, a file or a log hears nothing. `script` is the terminal.
#[test]
fn a_terminal_hears_of_progress_and_nobody_else_does() {
    let dir = tempfile::tempdir().unwrap();
    let [long, short] = [("long", 200_001), ("short", 99_999)].map(|(name, lines)| {
        let file = dir.path().join(name);
        std::fs::write(&file, "7707083893\n".repeat(lines)).unwrap();
        file.display().to_string()
    });
    let terminal = |file: &str, format: &str| {
        let command =
            format!("{} check inn {file} --wrong --format {format} > /dev/null", env!("CARGO_BIN_EXE_podskazka"));
        let script =
            Command::new("script").args(["-qec", &command, "/dev/null"]).stdin(Stdio::null()).output().unwrap();
        assert!(script.status.success());
        String::from_utf8(script.stdout).unwrap()
    };
    assert_eq!(terminal(&long, "jsonl"), "\rПроверено: 100000\rПроверено: 200000\r\n");
    assert_eq!(terminal(&short, "jsonl"), "");
    let count = "Проверено: 200001. Подходят: 200001, не закончены: 0, с ошибкой: 0.";
    assert_eq!(terminal(&long, "table"), format!("\rПроверено: 100000\rПроверено: 200000\r\n{count}\r\n"));
    assert_eq!(podskazka(&["check", "inn", &long, "--wrong"], b""), (0, String::new(), String::new()));
    let table = podskazka(&["check", "inn", &long, "--wrong", "--format", "table"], b"");
    assert_eq!((table.0, table.2.trim()), (0, count));
}

#[test]
fn an_unfinished_value_comes_with_what_completes_it() {
    let fixes = |row: &Value| -> Vec<String> {
        let fixes = row["fixes"].as_array().unwrap().iter();
        fixes.map(|fix| format!("{} {}", fix["reason"].as_str().unwrap(), fix["value"].as_str().unwrap())).collect()
    };
    let wanted = [vec!["extra 7700838993".to_owned()], vec!["zeros 044525225".to_owned()], vec![]];
    let lines = [("inn", "77070838993"), ("bik", "44525225"), ("ogrn", "102770013219")];
    for ((kind, text), wanted) in lines.iter().zip(&wanted) {
        let (_, out, err) = podskazka(&["check", kind], text.as_bytes());
        let rows = objects(&out);
        assert_eq!((&rows[0]["verdict"], fixes(&rows[0]).first()), (&"partial".into(), wanted.first()), "{err}{out}");
    }
    let rows = lines.map(|(kind, value)| serde_json::json!({ "kind": kind, "value": value }).to_string()).join("\n");
    let (_, out, err) = podskazka(&["check", "--jsonl"], rows.as_bytes());
    for (row, wanted) in objects(&out).iter().zip(&wanted) {
        assert_eq!(fixes(row).first(), wanted.first(), "{err}{out}");
    }
}

#[test]
fn only_what_is_wrong_is_reported_where_that_is_asked_for() {
    let text = b"7707083893\n7707083894\n00 7707083893\n77070\n\xff\n";
    let (code, out, _) = podskazka(&["check", "inn", "--wrong"], text);
    let lines: Vec<_> = objects(&out).iter().map(|row| row["line"].as_u64()).collect();
    assert_eq!((code, verdicts(&out)), (1, vec!["fault".into(), "fault".into(), "partial".into(), "error".into()]));
    assert_eq!(lines, [Some(2), Some(3), Some(4), None]);
    let table = podskazka(&["check", "inn", "--wrong", "--format", "table"], text);
    assert_eq!(table.1.lines().count(), 4);
    assert_eq!(table.2.trim(), "Проверено: 5. Подходят: 1, не закончены: 1, с ошибкой: 3.");
    assert_eq!(podskazka(&["check", "inn", "--wrong"], b"7707083893\n"), (0, String::new(), String::new()));
    let column = podskazka(&["check", "inn", "--wrong", "--csv", "b"], b"a,b\n1,7707083893\n2,7707083894\n");
    assert_eq!((column.0, verdicts(&column.1)), (1, vec!["fault".into()]));
    assert_eq!(podskazka(&["check", "--jsonl", "--wrong"], b"").0, 2);
}

#[test]
fn the_exit_code_tells_whether_all_are_complete() {
    assert_eq!(podskazka(&["check", "inn"], b"7707083893\n").0, 0);
    assert_eq!(podskazka(&["check", "inn"], b"").0, 0);
    assert_eq!(podskazka(&["check", "inn"], b"770708389\n").0, 1);
    assert_eq!(podskazka(&["check", "inn"], b"\xff\n").0, 1);
    for wrong in [
        &["check"][..],
        &["check", "inm"],
        &["check", "inn", "/nowhere/at/all"],
        &["check", "inn", "/"],
        &["check", "inn", "--bik", "b"],
    ] {
        let (code, out, err) = podskazka(wrong, b"");
        assert_eq!((code, out.as_str()), (2, ""), "{wrong:?}");
        assert!(err.starts_with("error:"), "{wrong:?} {err}");
    }
    let (code, _, err) = podskazka(&["check", "inn", "--today", "2026-02-30"], b"");
    assert!(code == 2 && err.contains("write it as 2026-11-25"), "{err}");
}

#[test]
fn a_file_is_read_as_standard_input_is() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "112-233-445 95\n").unwrap();
    let path = file.path().to_str().unwrap();
    let by_file = podskazka(&["check", "snils", path], b"");
    let by_dash = podskazka(&["check", "snils", "-"], b"112-233-445 95\n");
    assert_eq!((&by_file.1, by_file.0), (&by_dash.1, 0));
}

#[test]
fn a_table_speaks_russian_and_counts() {
    let (code, out, err) =
        podskazka(&["check", "inn", "--format", "table"], "7707 083893\n7707083894\n770708\n\u{1b}[2J\n".as_bytes());
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((code, lines.len()), (1, 4), "{err}");
    assert!(lines[0].contains("подходит") && lines[0].ends_with("7707083893"), "{out}");
    assert!(lines[1].contains("ошибка") && lines[1].contains("Значение: "), "{out}");
    assert!(lines[2].contains("не хватает"), "{out}");
    assert!(!out.contains('\u{1b}'), "a value must not steer the terminal");
    assert_eq!(err.trim(), "Проверено: 4. Подходят: 1, не закончены: 1, с ошибкой: 2.");
}

#[test]
fn a_column_of_csv_with_any_separator() {
    for separator in [",", ";", "\t"] {
        let text = ["\u{feff}имя{}ИНН", "\"А{} Б\"{}7707083893", "В{}\"7707083894\"", "Г"].join("\n");
        let text = text.replace("{}", separator);
        let (code, out, err) = podskazka(&["check", "inn", "--csv", "ИНН"], text.as_bytes());
        assert_eq!((code, verdicts(&out)), (1, vec!["complete".into(), "fault".into(), "error".into()]), "{err}{out}");
        let last = &objects(&out)[2]["error"];
        assert!(last["line"] == 4 && last["message"].as_str().unwrap().contains("before the column"), "{out}");
    }
    let (code, _, err) = podskazka(&["check", "inn", "--csv", "инн"], "имя,ИНН\n".as_bytes());
    assert!(code == 2 && err.contains("`имя`, `ИНН`"), "{err}");
}

#[test]
fn a_quotation_mark_that_is_never_closed_stops_the_run() {
    let text = format!("inn\n\"7707083893\n{}", "7707083893\n".repeat(200_000));
    let (code, _, err) = podskazka(&["check", "inn", "--csv", "inn"], text.as_bytes());
    assert!(code == 2 && err.contains("close the quotation mark") && err.contains("line 2"), "{err}");
}

#[test]
fn objects_give_verdicts_in_order_and_bad_lines_complain_in_their_place() {
    let input = concat!(
        r#"{"kind":"inn","value":"7707083893"}"#,
        "\n",
        "{\n",
        "\n",
        r#"{"kind":"inn","value":7707083893}"#,
        "\n",
        r#"{"kind":"inm","value":"1"}"#,
        "\n",
        r#"{"kind":"birth_date","value":"05.03.1990","today":"1990-03-04","source":"any"}"#,
        "\n",
        r#"{"kind":"snils","value":"112-233-4\u0034\u0035 95"}"#,
    );
    let (code, out, err) = podskazka(&["check", "--jsonl", "--today", "2026-11-25"], input.as_bytes());
    let wanted = ["complete", "error", "error", "error", "error", "fault", "complete"];
    assert_eq!((code, verdicts(&out)), (1, wanted.map(str::to_owned).to_vec()), "{err}");
    let rows = objects(&out);
    let complaints: Vec<_> = rows.iter().filter_map(|r| r.get("error")).collect();
    let at: Vec<_> = complaints.iter().map(|c| (c["line"].as_u64().unwrap(), c["field"].as_str().unwrap())).collect();
    assert_eq!(at, [(2, "line"), (3, "line"), (4, "value"), (5, "kind")]);
    assert!(complaints.iter().all(|c| !c["message"].as_str().unwrap().is_empty()));
    assert_eq!(rows[5]["code"], "birth_date.range");
}

#[test]
fn objects_come_from_a_file_as_well_as_from_standard_input() {
    let path = std::env::temp_dir().join(format!("podskazka-check-{}.jsonl", std::process::id()));
    // Kinds have other names in data files; names that are not asked for are left alone.
    let rows = concat!(
        r#"{"kind":"dept_code","value":"770-001","valid":true,"source":["any"]}"#,
        "\n",
        r#"{"kind":"account_ks","value":"30101810400000000225","bik":"044525225","valid":true}"#,
        "\n",
    );
    std::fs::write(&path, rows).unwrap();
    let file = path.to_str().unwrap();
    let found = [
        podskazka(&["check", "--jsonl", file], b""),
        podskazka(&["check", "--today", "2026-11-25", "--jsonl", "-"], rows.as_bytes()),
    ];
    std::fs::remove_file(&path).unwrap();
    for (code, out, err) in &found {
        assert_eq!((*code, verdicts(out)), (0, vec!["complete".into(), "complete".into()]), "{err}");
    }
    let (code, out, err) = podskazka(&["check", "--jsonl", file], b"");
    assert_eq!((code, out.as_str(), err.contains("cannot read")), (2, "", true), "{err}");
}

#[test]
fn a_line_that_is_not_utf8_or_too_long_does_not_stop_the_run() {
    let long = format!(r#"{{"kind":"inn","value":"{}"}}"#, "7".repeat(70_000));
    let input = [long.as_bytes(), b"\n\xff\n", br#"{"kind":"inn","value":"7707083893"}"#].concat();
    let (code, out, _) = podskazka(&["check", "--jsonl"], &input);
    assert_eq!((code, verdicts(&out)), (1, vec!["error".into(), "error".into(), "complete".into()]));
    assert!(!out.contains("777"), "a complaint never repeats the line");
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_podskazka"))
        .args(["check", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for (value, verdict) in [("7707083893", "complete"), ("7707083894", "fault"), ("77070", "partial")] {
        writeln!(stdin, r#"{{"kind":"inn","value":"{value}"}}"#).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(verdicts(&line), [verdict]);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let object = r#"{"kind":"inn","value":"7707083893"}"#;
    for (args, line) in [(&["check", "inn"], "7707083893"), (&["check", "--jsonl"], object)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_podskazka"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        // More than any pipe holds, so that the run meets the closed end; it may stop before it has read everything.
        drop(stdin.write_all([line, "\n"].concat().repeat(50_000).as_bytes()));
        drop(stdin);
        let out = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(out.stderr).unwrap(), "", "{args:?}");
    }
}
