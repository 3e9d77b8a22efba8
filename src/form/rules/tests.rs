use super::*;
use crate::form::schema::Schema;

const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

/// Findings of one rule over `name=text` pairs, as `code` or `code?` for a warning.
#[track_caller]
fn check(rule: &str, values: &[(&str, &str)], expected: &str) {
    let names = values.iter().map(|(name, _)| format!(r#"{{"name":"{name}"}}"#)).collect::<Vec<_>>().join(",");
    let schema = format!(r#"{{"version":1,"form":"f","fields":[{names}],"rules":[{rule}]}}"#);
    let document = serde_json::from_str(&schema).expect("JSON");
    let rule = Schema::read(&document).expect("a schema").rules.remove(0);
    let typed = |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, text)| (Kind::parse(name), *text));
    let found = findings(&[rule], TODAY, &typed);
    let words: Vec<String> = found.iter().map(|f| format!("{}{}", f.code, if f.warning { "?" } else { "" })).collect();
    assert_eq!(words.join(" "), expected, "{values:?}");
    for finding in found {
        assert!(RULE_CODES.contains(&(finding.code, finding.warning)));
        assert!(finding.fields.iter().all(|name| values.iter().any(|(n, _)| n == name)), "{finding:?}");
    }
}

#[test]
fn account_and_bik_belong_together() {
    let rule = r#"{"rule":"account_bik","account":"a","bik":"b"}"#;
    check(rule, &[("a", "40702810500000002851"), ("b", "044525225")], "");
    check(rule, &[("a", "40702810500000002851"), ("b", "044525226")], "form.account_bik");
    check(rule, &[("a", "4070281050000000"), ("b", "044525225")], "");
    check(rule, &[("a", "03100643000000017300"), ("b", "004525988")], "");
}

#[test]
fn numbers_fit_the_kind_of_applicant() {
    let rule = r#"{"rule":"applicant","inn":"i","ogrn":"o","kpp":"k"}"#;
    check(rule, &[("i", "7707083893"), ("o", "1027700132195"), ("k", "770701001")], "");
    check(rule, &[("i", "7707083893"), ("o", "304500116000157"), ("k", "")], "form.applicant");
    check(rule, &[("i", "500100000199"), ("o", "304500116000157"), ("k", "")], "");
    check(rule, &[("i", "500100000199"), ("o", ""), ("k", "770701001")], "form.applicant");
    check(rule, &[("i", "770708389"), ("o", "304500116000157"), ("k", "")], "");
}

#[test]
fn another_region_is_only_doubted() {
    let rule = r#"{"rule":"same_region","inn":"i","kpp":"k","ogrn":"o"}"#;
    check(rule, &[("i", "7707083893"), ("k", "770701001"), ("o", "1027700132195")], "");
    check(rule, &[("i", "7707083893"), ("k", "500101001"), ("o", "")], "form.same_region?");
}

#[test]
fn a_passport_is_issued_at_fourteen_or_later() {
    let rule = r#"{"rule":"passport_after_14","issued":"d","birth":"b"}"#;
    check(rule, &[("b", "01.06.2000"), ("d", "31.05.2014")], "form.passport_after_14");
    check(rule, &[("b", "01.06.2000"), ("d", "01.06.2014")], "");
    check(rule, &[("b", "29.02.2000"), ("d", "28.02.2014")], "form.passport_after_14");
    check(rule, &[("b", "29.02.2000"), ("d", "01.03.2014")], "");
}

#[test]
fn a_passport_is_changed_at_twenty_and_forty_five() {
    let rule = r#"{"rule":"passport_age","issued":"d","birth":"b"}"#;
    // 20 years on 01.06.2026; the 90th day after it is 30.08.2026.
    check(rule, &[("b", "01.06.2006"), ("d", "10.06.2020")], "form.passport_age?");
    // 20 years on 27.08.2026: 90 days later is today, the last day.
    check(rule, &[("b", "27.08.2006"), ("d", "01.09.2020")], "");
    check(rule, &[("b", "26.08.2006"), ("d", "01.09.2020")], "form.passport_age?");
    check(rule, &[("b", "01.06.1990"), ("d", "10.06.2010")], "");
    check(rule, &[("b", "01.06.1970"), ("d", "10.06.2000")], "form.passport_age?");
    check(rule, &[("b", "01.06.1970"), ("d", "10.06.2015")], "");
}

#[test]
fn dates_run_forward() {
    let rule = r#"{"rule":"order","from":"f","to":"t"}"#;
    check(rule, &[("f", "1 марта 2026"), ("t", "05.03.2026")], "");
    check(rule, &[("f", "05.03.2026"), ("t", "01.03.2026")], "form.order");
    check(rule, &[("f", "05.03.2026"), ("t", "")], "");
}

#[test]
fn a_value_typed_twice_is_the_same() {
    let rule = r#"{"rule":"equal","first":"a","second":"b"}"#;
    check(rule, &[("a", "anna@example.ru"), ("b", " anna@example.ru ")], "");
    check(rule, &[("a", "anna@example.ru"), ("b", "ana@example.ru")], "form.equal");
    check(rule, &[("a", "anna@example.ru"), ("b", "")], "");
    // Spelt in two ways.
    for (one, other) in [
        ("8 916 123-45-67", "+7 (916) 123-45-67"),
        ("05.03.1990", "5 марта 1990"),
        ("7707083893", "7707 083 893"),
        ("Anna@Mail.ru", "anna@mail.ru"),
    ] {
        check(rule, &[("a", one), ("b", other)], "");
    }
    for (one, other) in
        [("8 916 123-45-67", "8 916 123-45-68"), ("05.03.1990", "6 марта 1990"), ("Secret-1", "secret-1")]
    {
        check(rule, &[("a", one), ("b", other)], "form.equal");
    }
    // One of them says its kind; both are read so.
    let rule = r#"{"rule":"equal","first":"phone","second":"b"}"#;
    check(rule, &[("phone", "9161234567"), ("b", "89161234567")], "");
    check(rule, &[("phone", "9161234567"), ("b", "89161234568")], "form.equal");
}

#[test]
fn a_short_year_is_of_the_century_of_its_field() {
    for (from, to) in [("date", "future_date"), ("future_date", "date")] {
        let rule = format!(r#"{{"rule":"order","from":"{from}","to":"{to}"}}"#);
        check(&rule, &[(from, "26.11.26"), (to, "15.01.27")], "");
        check(&rule, &[(from, "15.01.27"), (to, "26.11.26")], "form.order");
    }
    let rule = r#"{"rule":"order","from":"birth_date","to":"passport_issue_date"}"#;
    check(rule, &[("birth_date", "05.03.30"), ("passport_issue_date", "05.03.20")], "");
}

#[test]
fn a_label_is_no_symbol_of_a_number() {
    let rule = r#"{"rule":"applicant","inn":"i","ogrn":"o"}"#;
    check(rule, &[("i", "500100000199"), ("o", "ОГРНИП 304500116000157")], "");
    check(rule, &[("i", "7707083893"), ("o", "ОГРНИП 304500116000157")], "form.applicant");
}

#[test]
fn a_field_is_mandatory_for_some_answers() {
    let rule = r#"{"rule":"required_if","field":"f","when":"w","is":["yes"]}"#;
    check(rule, &[("w", "yes"), ("f", "")], "form.required_if");
    check(rule, &[("w", "yes"), ("f", "x")], "");
    check(rule, &[("w", "no"), ("f", "")], "");
}
