//! Limits of the core that scripts of the page repeat: to ask the module for them would cost each opening more than they weigh.

use podskazka::form::files::HEAD;
use podskazka::privacy::{FIXED_MASK, picture};
use podskazka::ticket::{
    CONNECTIONS, MAX_AGO, MAX_CONTACT, MAX_COUNT, MAX_COUNTS, MAX_ERROR_NAME, MAX_FILE, MAX_MESSAGE, MAX_NAME, MAX_OS,
    MAX_QUESTION, MAX_RATING_TEXT, MAX_STEP_CODES, MAX_STEPS, MAX_TEXT, MAX_TRACE, MAX_UPLOADS, REASONS, TOPICS,
};

/// As a script writes it: `4_000`.
fn spelled(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands}_{rest:03}"),
    }
}

fn quoted(all: &[&str]) -> String {
    all.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check(script: &str, line: &str) {
    let text = std::fs::read_to_string(format!("widget/{script}")).unwrap();
    assert!(text.contains(line), "{script} has another limit than the core; write: {line}");
}

#[test]
fn scripts_of_the_letter_have_the_limits_of_the_core() {
    let told = "panel/later/letter/told.ts";
    let [message, rows, count] = [MAX_MESSAGE, MAX_COUNTS, MAX_COUNT as usize].map(spelled);
    check(told, &format!("const MOST = {{ message: {message}, rows: {rows}, count: {count} }};"));
    check(told, &format!("const CONNECTIONS = [{}];", quoted(&CONNECTIONS)));
    // Ids and releases, names of errors, the system.
    for most in [MAX_TRACE, MAX_ERROR_NAME, MAX_OS] {
        check(told, &format!("{{1,{most}}}$/"));
    }

    let [ago, question] = [MAX_AGO as usize, MAX_QUESTION].map(spelled);
    check("panel/later/tried.ts", &format!("const MOST = {{ ago: {ago}, count: {count}, question: {question} }};"));
    check("panel/later/around/steps.ts", &format!("const MOST = {question};"));
    check("fields/later/trail.js", &format!("const MOST = {MAX_STEPS};\nconst MOST_CODES = {MAX_STEP_CODES};"));

    let lines = "panel/later/letter/lines.ts";
    let [name, contact, text] = [MAX_NAME, MAX_CONTACT, MAX_TEXT].map(spelled);
    check(lines, &format!("const MOST = {{ name: {name}, contact: {contact}, text: {text} }};"));
    for file in [lines, "panel/later/around/map.ts"] {
        check(file, &format!("const TOPICS = [{}];", quoted(&TOPICS.map(|(code, _)| code))));
    }

    let files = "panel/later/letter/files.ts";
    let bytes = format!("{} * 1024 * 1024;", MAX_FILE / 1024 / 1024);
    check(files, &format!("const MOST = {};", spelled(MAX_UPLOADS)));
    check(files, &format!("const MOST_BYTES = {bytes}"));
    check(files, &format!("const HEAD = {};", spelled(HEAD)));
    check("capture/editor/editor.ts", &format!("const MOST_OWN = {bytes}"));
}

#[test]
fn scripts_of_the_tickets_have_the_limits_of_the_core() {
    let composer = "panel/later/tickets/composer.ts";
    check(composer, &format!("const MOST_TEXT = {};", spelled(MAX_TEXT)));
    check(composer, &format!("const MOST_FILES = {};", spelled(MAX_UPLOADS)));
    check("panel/later/tickets/actions.ts", &format!("maxlength: {},", spelled(MAX_TEXT)));
    let rate = "panel/later/tickets/rate.ts";
    check(rate, &format!("maxlength: {} }}", spelled(MAX_RATING_TEXT)));
    check(rate, &format!("const LOW = [{}];", quoted(&REASONS[..4])));
    check(rate, &format!("const HIGH = [{}];", quoted(&REASONS[4..])));
}

/// `widget/panel/later/letter/picture.ts` asks for the mask by a value without its field.
#[test]
fn a_value_without_its_field_has_the_mask_of_secrets() {
    assert_eq!(picture::cover("v", ""), FIXED_MASK);
}
