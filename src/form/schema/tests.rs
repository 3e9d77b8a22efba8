use super::read::{FIELD_KEYS, FILES_KEYS, FORM_KEYS, RULES, SHOW_KEYS};
use super::*;
use crate::verdict::Day;

const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

const FORM: &str = r#"{
  "version": 1, "form": "benefit", "language": "ru",
  "fields": [
    {"name": "inn", "kind": "inn", "required": true, "capture": "shape", "draft": "local"},
    {"name": "kpp", "kind": "kpp"},
    {"name": "code", "mask": "000-000", "pattern": "[0-9]{3}-[0-9]{3}", "certain": true},
    {"name": "who", "kind": "text"},
    {"name": "proxy", "kind": "full_name", "required": true, "show": {"when": "who", "is": ["представитель"]}},
    {"name": "from", "kind": "date", "min": "2026-01-01", "max": "today"},
    {"name": "to", "kind": "date", "submit": "canonical", "mask": false},
    {"name": "scan", "files": {"types": ["pdf", "jpg"], "max_bytes": 10485760, "max_count": 3}}
  ],
  "rules": [{"rule": "applicant", "inn": "inn", "kpp": "kpp"}, {"rule": "order", "from": "from", "to": "to"}],
  "steps": [["inn", "kpp"], ["from", "to"]],
  "errors": {"E-17": "inn-checksum"},
  "messages": {"required": "Заполните «{label}»."}
}"#;

fn schema() -> Schema {
    Schema::read(FORM).unwrap_or_else(|flaws| panic!("{flaws:?}"))
}

#[track_caller]
fn flawed(text: &str, code: &str, path: &str) {
    let flaws = Schema::read(text).expect_err("it is refused");
    let right = |flaw: &Flaw| flaw.code == code && flaw.path == path && flaw.message.len() > 10;
    assert!(flaws.iter().any(right), "{text}: {flaws:?}");
}

#[track_caller]
fn codes(values: &[(&str, &str)], expected: &[(&str, &str)]) {
    let text_of = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, text)| *text);
    let found = schema().check(TODAY, &text_of);
    let found: Vec<(&str, &str)> =
        found.iter().filter(|it| !it.warning).map(|it| (it.fields[0].as_str(), it.code.as_str())).collect();
    assert_eq!(found, expected, "{values:?}");
}

#[test]
fn a_schema_is_read() {
    let schema = schema();
    assert_eq!(schema.fields.len(), 8);
    assert_eq!(schema.fields[0].kind, Some(Kind::Inn));
    assert_eq!(schema.fields[0].draft, Draft::Local);
    assert_eq!(schema.fields[6].mask, "off");
    assert!(schema.fields[6].canonical && schema.fields[2].certain);
    assert_eq!(schema.fields[7].files.as_ref().map(|it| it.max_count), Some(3));
    assert_eq!(schema.rules.len(), 2);
    assert_eq!(schema.errors, [("E-17".to_owned(), "inn-checksum".to_owned())]);
}

#[test]
fn a_flaw_has_its_place_and_a_fix() {
    flawed("{", "schema.json", "line 1, column 2");
    flawed("{}", "schema.missing", "/version");
    flawed(r#"{"version": 2}"#, "schema.version", "/version");
    flawed(r#"{"version": 1, "feilds": []}"#, "schema.unknown", "/feilds");
    flawed(r#"{"version": 1, "fields": [{"kind": "inn"}]}"#, "schema.missing", "/fields/0/name");
    flawed(r#"{"version": 1, "fields": [{"name": "a", "kind": "snilz"}]}"#, "schema.value", "/fields/0/kind");
    flawed(r#"{"version": 1, "fields": [{"name": "a", "required": "yes"}]}"#, "schema.type", "/fields/0/required");
    flawed(r#"{"version": 1, "fields": [{"name": "a", "mask": "12-00"}]}"#, "schema.value", "/fields/0/mask");
    flawed(r#"{"version": 1, "fields": [{"name": "a", "pattern": "\\d+"}]}"#, "schema.value", "/fields/0/pattern");
    flawed(r#"{"version": 1, "fields": [{"name": "a", "min": "31.12.2026"}]}"#, "schema.value", "/fields/0/min");
    flawed(r#"{"version": 1, "fields": [{"name": "a", "capture": "all"}]}"#, "schema.value", "/fields/0/capture");
    flawed(r#"{"version": 1, "fields": [{"name": "a"}, {"name": "a"}]}"#, "schema.value", "/fields/1/name");
    flawed(
        r#"{"version": 1, "rules": [{"rule": "equal", "first": "a", "second": "b"}]}"#,
        "schema.reference",
        "/rules/0/first",
    );
    flawed(r#"{"version": 1, "rules": [{"rule": "same"}]}"#, "schema.value", "/rules/0/rule");
    flawed(r#"{"version": 1, "steps": [["a"]]}"#, "schema.reference", "/steps/0");
    flawed(r#"{"version": 1, "a/b": 1}"#, "schema.unknown", "/a~1b");
}

#[test]
fn every_flaw_is_told_at_once() {
    let flaws =
        Schema::read(r#"{"version": 3, "fields": [{"kind": "nope"}, {"name": 5}]}"#).expect_err("it is refused");
    assert!(flaws.len() >= 4, "{flaws:?}");
}

#[test]
fn a_slip_in_a_kind_names_the_one_that_was_meant() {
    let flaws =
        Schema::read(r#"{"version": 1, "fields": [{"name": "a", "kind": "snilz"}]}"#).expect_err("it is refused");
    assert!(flaws[0].message.contains("\"snils\""), "{flaws:?}");
}

#[test]
fn a_form_is_checked_with_its_rules() {
    codes(&[("inn", "7707083893"), ("from", "01.02.2026")], &[]);
    codes(&[], &[("inn", "form.required")]);
    codes(&[("inn", "7707083894")], &[("inn", "inn.checksum")]);
    codes(&[("inn", "77070")], &[("inn", "inn.length")]);
    codes(&[("inn", "500100000199"), ("kpp", "770701001")], &[("kpp", "form.applicant")]);
    codes(&[("inn", "7707083893"), ("from", "05.03.2026"), ("to", "04.03.2026")], &[("to", "form.order")]);
    codes(&[("inn", "7707083893"), ("from", "31.12.2025")], &[("from", "form.min")]);
    codes(&[("inn", "7707083893"), ("from", "26.11.2026")], &[("from", "form.max")]);
}

#[test]
fn a_field_that_is_not_shown_is_not_asked_for() {
    codes(&[("inn", "7707083893"), ("who", "сам")], &[]);
    codes(&[("inn", "7707083893"), ("who", "представитель")], &[("proxy", "form.required")]);
}

#[test]
fn the_published_schema_has_these_keys() {
    let published: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/schema/form.v1.json")).expect("it is JSON");
    let keys = |pointer: &str| -> Vec<String> {
        let object = published.pointer(pointer).and_then(|it| it.as_object());
        let mut keys: Vec<String> = object.unwrap_or_else(|| panic!("{pointer}")).keys().cloned().collect();
        keys.sort();
        keys
    };
    let sorted = |names: &[&str]| {
        let mut names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(keys("/properties"), sorted(FORM_KEYS));
    assert_eq!(keys("/$defs/field/properties"), sorted(FIELD_KEYS));
    assert_eq!(keys("/$defs/field/properties/files/properties"), sorted(FILES_KEYS));
    assert_eq!(keys("/$defs/field/properties/show/properties"), sorted(SHOW_KEYS));
    for (name, must, may) in RULES {
        let mut all = vec!["rule"];
        all.extend_from_slice(must);
        all.extend_from_slice(may);
        assert_eq!(keys(&format!("/$defs/{name}/properties")), sorted(&all));
        let required = &published["$defs"][name]["required"];
        assert_eq!(required.as_array().map(Vec::len), Some(must.len() + 1), "{name}");
    }
    let kinds = published["$defs"]["field"]["properties"]["kind"]["enum"].as_array().expect("kinds");
    let names: Vec<&str> = crate::validators::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(kinds.iter().filter_map(|it| it.as_str()).collect::<Vec<_>>(), names);
}
