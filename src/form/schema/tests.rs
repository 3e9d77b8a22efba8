use super::*;
use crate::messages::Words;
use crate::verdict::{Day, Verdict};

const TODAY: Day = Day { year: 2026, month: 11, day: 25 };

fn read(document: &str) -> Result<Schema, Vec<Problem>> {
    Schema::read(&serde_json::from_str(document).expect("JSON"))
}

/// A schema with one field of these members.
fn with_field(members: &str) -> String {
    format!(r#"{{"version":1,"form":"f","fields":[{{"name":"a",{members}}}]}}"#)
}

#[track_caller]
fn refuses(document: &str, path: &str, code: &str, fix: &str) {
    let problems = read(document).expect_err(document);
    let found = problems.iter().any(|it| it.path == path && it.code == code && it.message.contains(fix));
    assert!(found, "{document}: {problems:?}");
}

#[test]
fn the_line_under_a_field_is_its_hint_and_its_example() {
    let about = |hint: Option<&str>, example: Option<&str>| {
        let mut field = read(&with_field(r#""label":"Поле""#)).expect("a schema").fields.remove(0);
        field.hint = hint.map(Into::into);
        field.example = example.map(Into::into);
        field.about(&Words::russian())
    };
    assert_eq!(about(None, None), "");
    assert_eq!(about(Some("На обороте"), None), "На обороте");
    assert_eq!(about(None, Some("123-А")), "Например: 123-А");
    assert_eq!(about(Some("На обороте"), Some("123-А")), "На обороте. Например: 123-А");
    assert_eq!(about(Some("На обороте."), Some("123-А")), "На обороте. Например: 123-А");
}

#[test]
fn a_whole_schema_is_read() {
    let schema = read(
        r##"{
          "$schema": "https://example.org/form.v1.json", "version": 1, "form": "refund", "language": "ru", "draft_hours": 24,
          "steps": [{"id": "who", "title": "Получатель"}],
          "fields": [
            {"name": "type", "label": "Кто вы", "required": true},
            {"name": "inn", "kind": "inn", "label": "ИНН", "required": true, "step": "who", "capture": "value", "draft": "local",
             "mask": false, "submit": "canonical", "send_anyway": false, "messages": {"inn.checksum": "сверьте ИНН с письмом."}},
            {"name": "code", "pattern": "[0-9]{3}-[А-Я]", "example": "123-А", "mask": "000-C"},
            {"name": "sum", "kind": "money", "min": 1, "max": 100000.5},
            {"name": "day", "kind": "date", "min": "2026-01-01", "max": "today"},
            {"name": "why", "min_length": 10, "max_length": 500, "visible_if": {"field": "type", "is": ["company"]}},
            {"name": "scan", "selector": "#scan", "files": {"types": ["pdf", "jpg"], "max_size": 5242880, "max_count": 3}}
          ],
          "rules": [{"rule": "required_if", "field": "why", "when": "type", "is": ["company"]}],
          "errors": {"E-1042": {"article": "payment-failed", "topic": "payment", "field": "sum", "message": "Платёж не прошёл."}},
          "messages": {"snils.checksum": "проверьте СНИЛС."}
        }"##,
    )
    .expect("a schema");
    assert_eq!(schema.fields.len(), 7);
    let inn = schema.field("inn").expect("the field");
    assert_eq!((inn.capture, inn.draft, inn.submit, inn.send_anyway), ("value", "local", "canonical", false));
    assert_eq!(inn.mask.as_deref(), Some("off"));
    assert_eq!(schema.field("type").map(|it| (it.capture, it.draft)), Some(("shape", "session")));
    assert_eq!(schema.errors.first().and_then(|it| it.article.as_deref()), Some("payment-failed"));
    let ours = Words::russian().say("inn.checksum", &Default::default());
    let words = Words::russian().after(&schema.lines(Some(inn)));
    assert_eq!(words.say("inn.checksum", &Default::default()), "сверьте ИНН с письмом.");
    assert_eq!(words.say("snils.checksum", &Default::default()), "проверьте СНИЛС.");
    let words = Words::russian().after(&schema.lines(schema.field("sum")));
    assert_eq!(words.say("inn.checksum", &Default::default()), ours, "a sentence of a field is its own alone");
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_fix() {
    refuses("[]", "", "schema.type", "an object");
    refuses(r#"{"form":"f","fields":[]}"#, "/version", "schema.version", r#""version": 1"#);
    refuses(r#"{"version":2,"form":"f"}"#, "/version", "schema.version", "version 1");
    refuses(r#"{"version":1}"#, "/form", "schema.missing", "data-podskazka-form");
    refuses(r#"{"version":1,"form":"f","feilds":[]}"#, "/feilds", "schema.unknown", "did you mean `fields`?");
    refuses(r#"{"version":1,"form":"f","form":"g"}"#, "/form", "schema.twice", "keep one");
    refuses(r#"{"version":1,"form":"f","fields":{}}"#, "/fields", "schema.type", "an array");
    refuses(r#"{"version":1,"form":"f","fields":[{"kind":"inn"}]}"#, "/fields/0/name", "schema.missing", "\"inn\"");
    refuses(r#"{"version":1,"form":"f","fields":[{"name":"a"},{"name":"a"}]}"#, "/fields/1", "schema.twice", "`a`");
    refuses(&with_field(r#""kind":"snlis""#), "/fields/0/kind", "schema.kind", "did you mean `snils`?");
    refuses(&with_field(r#""required":"yes""#), "/fields/0/required", "schema.type", "true or false");
    refuses(&with_field(r#""capture":"all""#), "/fields/0/capture", "schema.choice", "shape, never, value");
    refuses(&with_field(r#""kind":"card","capture":"value""#), "/fields/0/capture", "schema.secret", "never leaves");
    refuses(&with_field(r#""label":"  ""#), "/fields/0/label", "schema.empty", "leave it out");
    refuses(&with_field(r#""pattern":"^\\d+$""#), "/fields/0/pattern", "schema.pattern", "leave ^ and $ out");
    refuses(&with_field(r##""selector":"#a[""##), "/fields/0/selector", "schema.selector", "close its brackets");
    refuses(&with_field(r#""selector":"[name='a\"]""#), "/fields/0/selector", "schema.selector", "quotes");
    refuses(&with_field(r#""mask":"00-Ж""#), "/fields/0/mask", "schema.mask", "000-000");
    refuses(&with_field(r#""kind":"money","min":"1""#), "/fields/0/min", "schema.bound", "a number");
    refuses(&with_field(r#""kind":"money","min":1.005"#), "/fields/0/min", "schema.bound", "two decimals");
    refuses(&with_field(r#""kind":"date","max":"2026-02-30""#), "/fields/0/max", "schema.bound", "today");
    refuses(&with_field(r#""kind":"money","min":5,"max":1"#), "/fields/0/min", "schema.order", "swap");
    refuses(&with_field(r#""min_length":9,"max_length":1"#), "/fields/0/min_length", "schema.order", "swap");
    refuses(&with_field(r#""files":{"types":["exe"]}"#), "/fields/0/files/types/0", "schema.choice", "pdf");
    refuses(&with_field(r#""files":{"max_size":0}"#), "/fields/0/files/max_size", "schema.number", "from 1");
    refuses(&with_field(r#""step":"two""#), "/fields/0/step", "schema.step", "no step");
    refuses(
        &with_field(r#""visible_if":{"field":"b","is":["1"]}"#),
        "/fields/0/visible_if/field",
        "schema.field",
        "`b`",
    );
    refuses(
        &with_field(r#""visible_if":{"field":"a","is":[]}"#),
        "/fields/0/visible_if/is",
        "schema.missing",
        "values",
    );
    refuses(
        &with_field(r#""messages":{"inn.cheksum":"x"}"#),
        "/fields/0/messages/inn.cheksum",
        "schema.code",
        "inn.checksum",
    );
    refuses(
        &with_field(r#""messages":{"inn.checksum":"a\nb"}"#),
        "/fields/0/messages/inn.checksum",
        "schema.type",
        "one line",
    );
    let rule =
        |rule: &str| format!(r#"{{"version":1,"form":"f","fields":[{{"name":"a"}},{{"name":"b"}}],"rules":[{rule}]}}"#);
    refuses(&rule(r#"{"rule":"equl","first":"a","second":"b"}"#), "/rules/0/rule", "schema.choice", "`equal`");
    refuses(&rule(r#"{"rule":"equal","first":"a"}"#), "/rules/0/second", "schema.missing", "second");
    refuses(&rule(r#"{"rule":"equal","first":"a","second":"c"}"#), "/rules/0/second", "schema.field", "`c`");
    refuses(&rule(r#"{"rule":"equal","first":"a","second":"b","is":[]}"#), "/rules/0/is", "schema.unknown", "`is`");
    refuses(&rule(r#"{"first":"a"}"#), "/rules/0", "schema.missing", "rule");
    refuses(r#"{"version":1,"form":"f","errors":{"a/b":{"field":"x"}}}"#, "/errors/a~1b/field", "schema.field", "`x`");
    let topic = r#"{"version":1,"form":"f","errors":{"E1":{"topic":"paymnet"}}}"#;
    refuses(topic, "/errors/E1/topic", "schema.choice", "did you mean `payment`?");
}

#[test]
fn every_problem_is_told_at_once() {
    let problems =
        read(r#"{"version":1,"form":"f","fields":[{"name":"a","kind":"x"},{"nme":"b"}]}"#).expect_err("broken");
    let paths: Vec<&str> = problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["/fields/0/kind", "/fields/1/nme", "/fields/1/name"]);
}

/// The answers to values, as `name:code`, and the codes of the rules.
#[track_caller]
fn answers(document: &str, values: &[(&str, &str)], expected: &str) {
    let schema = read(document).expect("a schema");
    let text_of = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, text)| *text);
    let form = Form { today: TODAY, text_of: &text_of };
    let mut out = Vec::new();
    for (field, answer) in schema.answers(&form) {
        let code = match &answer {
            Answer::Empty | Answer::Text | Answer::Checked(Verdict::Complete { .. }) => continue,
            Answer::Checked(Verdict::Partial { .. }) => "partial",
            Answer::Checked(Verdict::Fault(fault)) => fault.code.as_str(),
            Answer::Found(found) => {
                let text = schema.say(&Words::russian(), field, found);
                assert!(text.starts_with("Поле: ") && text.len() > 20, "{text}");
                found.code
            }
        };
        out.push(format!("{}:{code}", field.name));
    }
    out.extend(schema.findings(&form).into_iter().map(|it| it.code.to_owned()));
    assert_eq!(out.join(" "), expected, "{values:?}");
}

#[test]
fn bounds_are_kept() {
    let sum = with_field(r#""label":"Поле","kind":"money","required":true,"min":1,"max":1000.5"#);
    answers(&sum, &[("a", "1 000,50")], "");
    answers(&sum, &[("a", "1 000,51")], "a:form.max");
    answers(&sum, &[("a", "0,99")], "a:form.min");
    answers(&sum, &[("a", " ")], "a:form.required");
    let day = with_field(r#""label":"Поле","kind":"date","min":"2026-01-31","max":"today""#);
    answers(&day, &[("a", "25.11.2026")], "");
    answers(&day, &[("a", "26 ноября 2026")], "a:form.late");
    answers(&day, &[("a", "30.01.2026")], "a:form.early");
    answers(&day, &[("a", "")], "");
    // A year of two digits is of the century that the field reads.
    let coming = with_field(r#""label":"Поле","kind":"future_date","min":"today","max":"2027-12-31""#);
    answers(&coming, &[("a", "15.01.27")], "");
    answers(&coming, &[("a", "15.01.28")], "a:form.late");
    let any = with_field(r#""label":"Поле","kind":"date","min":"today""#);
    answers(&any, &[("a", "15.01.27")], "");
    answers(&any, &[("a", "дата: 15.01.26")], "a:form.early");
    let text = with_field(r#""label":"Поле","min_length":3,"max_length":5"#);
    answers(&text, &[("a", "да")], "a:form.short");
    answers(&text, &[("a", " ёёё ")], "");
    answers(&text, &[("a", "привет")], "a:form.long");
    let words = Words::russian();
    let said = |members: &str| {
        let schema = read(&with_field(members)).expect("a schema");
        let form = Form { today: TODAY, text_of: &|_| Some("?") };
        let field = &schema.fields[0];
        schema.say(&words, field, &schema.found(field, &form).expect("a broken bound"))
    };
    assert!(said(r#""label":"Поле","pattern":"[0-9]","example":"7""#).ends_with("Введите так: 7"));
    assert!(said(r#""label":"Поле","pattern":"[0-9]""#).ends_with("Проверьте, что введено."));
    let code = with_field(r#""label":"Поле","pattern":"[0-9]{3}|[А-Я]","example":"123""#);
    answers(&code, &[("a", "123")], "");
    answers(&code, &[("a", "Ж")], "");
    answers(&code, &[("a", "1234")], "a:form.pattern");
    let plain = with_field(r#""label":"Поле","max":10"#);
    answers(&plain, &[("a", "10,5")], "a:form.max");
    answers(&plain, &[("a", "много")], "");
}

#[test]
fn a_field_that_is_not_asked_for_is_not_judged() {
    let document = r#"{"version":1,"form":"f","fields":[{"name":"who"},
      {"name":"kpp","kind":"kpp","label":"Поле","required":true,"visible_if":{"field":"who","is":["company"]}}],
      "rules":[{"rule":"required_if","field":"kpp","when":"who","is":["company","person"]}]}"#;
    answers(document, &[("who", "person"), ("kpp", "1")], "");
    answers(document, &[("who", "company"), ("kpp", "")], "kpp:form.required form.required_if");
    answers(document, &[("who", "company"), ("kpp", "7707")], "kpp:partial");
}

#[test]
fn an_account_is_judged_by_the_only_bik_or_by_the_one_of_its_rule() {
    let fields = |more: &str, rules: &str| {
        format!(
            r#"{{"version":1,"form":"f","fields":[{{"name":"account","kind":"account"}},{{"name":"bik","kind":"bik"}}{more}],"rules":[{rules}]}}"#
        )
    };
    let slip = ("account", "40702810500000002852");
    answers(&fields("", ""), &[slip, ("bik", "044525225")], "account:account.checksum");
    answers(&fields("", ""), &[("account", "40702810500000002851"), ("bik", "044525225")], "");
    answers(&fields("", ""), &[slip, ("bik", "04452522")], "bik:partial");
    let second = r#",{"name":"other","kind":"bik"}"#;
    answers(&fields(second, ""), &[slip, ("bik", "044525225"), ("other", "044525974")], "");
    let rule = r#"{"rule":"account_bik","account":"account","bik":"bik"}"#;
    answers(&fields("", rule), &[slip, ("bik", "044525225")], "form.account_bik");
    let doubts = |more: &str, rules: &str, values: &[(&str, &'static str)]| {
        let schema = read(&fields(more, rules)).expect("a schema");
        let text_of = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, text)| *text);
        let form = Form { today: TODAY, text_of: &text_of };
        let Some((_, Answer::Checked(Verdict::Complete { warnings, .. }))) = schema.answers(&form).into_iter().next()
        else {
            panic!("the account is complete by itself")
        };
        warnings.into_iter().map(|it| it.code).collect::<Vec<_>>()
    };
    let right = ("account", "40702810500000002851");
    let unchecked = ["account.unchecked"];
    assert_eq!(doubts("", rule, &[right, ("bik", "044525225")]), [""; 0]);
    assert_eq!(
        doubts(second, rule, &[right, ("bik", "044525225"), ("other", "044525974")]),
        [""; 0],
        "of two, its own"
    );
    assert_eq!(doubts("", rule, &[slip, ("bik", "044525225")]), [""; 0], "the rule says what is wrong");
    assert_eq!(doubts("", rule, &[right, ("bik", "04452522")]), unchecked, "a БИК that is not whole");
    assert_eq!(doubts("", rule, &[right, ("bik", "")]), unchecked);
    assert_eq!(doubts(second, "", &[right, ("bik", "044525225"), ("other", "044525974")]), unchecked, "nobody's БИК");
    let foreign = ("account", "40102810545370000003");
    assert_eq!(doubts("", rule, &[foreign, ("bik", "004525988")]), [""; 0], "the treasury's, with its own");
}

#[test]
fn a_value_in_the_wrong_field_is_meant_for_an_empty_one_of_its_kind() {
    let document = r#"{"version":1,"form":"f","fields":[{"name":"snils","kind":"snils"},{"name":"who"},
      {"name":"kpp","kind":"kpp","visible_if":{"field":"who","is":["company"]}},
      {"name":"inn","kind":"inn"},{"name":"second","kind":"inn"},{"name":"card","kind":"card","capture":"never"}]}"#;
    let schema = read(document).expect("a schema");
    let target = |name: &str, values: &[(&str, &'static str)]| {
        let text_of = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, text)| *text);
        let field = schema.field(name).expect("a field");
        schema.target(field, &Form { today: TODAY, text_of: &text_of }).map(|it| it.name.clone())
    };
    let inn = ("snils", "7707083893");
    assert_eq!(target("snils", &[inn]).as_deref(), Some("inn"));
    assert_eq!(target("snils", &[inn, ("inn", "7")]).as_deref(), Some("second"));
    assert_eq!(target("snils", &[inn, ("inn", "7"), ("second", "7")]), None, "no field is free");
    let kpp = ("snils", "7707ab001");
    assert_eq!(target("snils", &[kpp, ("who", "person")]), None, "the field is not asked for");
    assert_eq!(target("snils", &[kpp, ("who", "company")]).as_deref(), Some("kpp"));
    assert_eq!(target("card", &[("card", "7707083893")]), None, "what never leaves is not carried over");
    assert_eq!(target("who", &[("who", "7707083893")]), None, "a text of no kind is right anywhere");
}

#[test]
fn files_have_no_answer() {
    let document = with_field(r#""required":true,"files":{"types":["pdf"]}"#);
    answers(&document, &[("a", "")], "");
}

#[test]
fn a_step_that_is_to_come_is_not_asked_for_yet() {
    let document = r#"{"version":1,"form":"f","steps":[{"id":"who"},{"id":"what"},{"id":"look"}],
      "fields":[{"name":"a","step":"who","required":true},{"name":"b","step":"what","kind":"inn"},{"name":"c","step":"what"},
      {"name":"d"}]}"#;
    let schema = read(document).expect("a schema");
    assert_eq!(schema.ahead(&|name| name == "a" || name == "d"), ["b", "c"]);
    assert_eq!(schema.ahead(&|name| name != "a"), [""; 0]);
    assert_eq!(schema.ahead(&|name| name == "d"), [""; 0], "a step without fields comes after all");
    let text_of = |name: &str| (name == "b").then_some("7707083894");
    let form = Form { today: TODAY, text_of: &text_of };
    assert_eq!(schema.wrong(&form), ["a", "b"]);
}

#[test]
fn every_code_may_have_a_sentence_of_the_portal() {
    for code in LIMIT_CODES.iter().chain(crate::form::files::CODES).chain(&["form.required", "form.order"]) {
        read(&with_field(&format!(r#""messages":{{"{code}":"наше."}}"#))).expect(code);
    }
    let schema = read(&with_field(r#""messages":{"form.required":"без этого не ответим."}"#)).expect("a schema");
    let words = Words::russian().after(&schema.lines(schema.field("a")));
    let label = crate::messages::Params { label: "Почта", ..Default::default() };
    assert_eq!(words.say("required", &label), "Почта: без этого не ответим.");
}

#[test]
fn every_code_has_words_in_both_languages() {
    for words in [Words::russian(), Words::english()] {
        for code in LIMIT_CODES.iter().chain(crate::form::files::CODES) {
            let text = words.finding("Поле", code, &Default::default());
            assert!(text.len() > 20, "{code}");
        }
    }
}

/// The published JSON Schema has the members, words and kinds that are read here, no more and no fewer.
#[test]
fn the_json_schema_says_the_same() {
    use serde_json::Value;
    let published: Value = serde_json::from_str(include_str!("../../../docs/schema/form.v1.json")).expect("JSON");
    let at = |pointer: &str| published.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is missing"));
    let members = |pointer: &str, keys: &[&str]| {
        let mut found: Vec<&str> = at(pointer).as_object().expect(pointer).keys().map(String::as_str).collect();
        let mut keys = keys.to_vec();
        found.sort_unstable();
        keys.sort_unstable();
        assert_eq!(found, keys, "docs/schema/form.v1.json#{pointer}");
    };
    let words = |pointer: &str, words: &[&str]| {
        let found: Vec<&str> = at(pointer).as_array().expect(pointer).iter().filter_map(Value::as_str).collect();
        assert_eq!(found, words, "docs/schema/form.v1.json#{pointer}");
    };
    members("/properties", KEYS);
    for (name, keys) in
        [("field", FIELD_KEYS), ("files", FILES_KEYS), ("when", WHEN_KEYS), ("step", STEP_KEYS), ("error", ERROR_KEYS)]
    {
        members(&format!("/$defs/{name}/properties"), keys);
    }
    words("/properties/language/enum", LANGUAGES);
    words("/$defs/field/properties/capture/enum", CAPTURES);
    words("/$defs/field/properties/draft/enum", DRAFTS);
    words("/$defs/field/properties/submit/enum", SUBMITS);
    words("/$defs/error/properties/topic/enum", &TOPICS.map(|(code, _)| code));
    words("/$defs/files/properties/types/items/enum", crate::form::files::TYPES);
    let kinds: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
    words("/$defs/kind/enum", &kinds);
    assert_eq!(at("/$defs/rule/oneOf").as_array().map(Vec::len), Some(rules::RULES.len()));
    for (index, (name, must, may)) in rules::RULES.iter().enumerate() {
        let rule = format!("/$defs/rule/oneOf/{index}");
        assert_eq!(at(&format!("{rule}/properties/rule/const")), name);
        let mut keys = vec!["rule"];
        keys.extend(*must);
        keys.extend((*name == "required_if").then_some("is"));
        words(&format!("{rule}/required"), &keys);
        keys.extend(*may);
        members(&format!("{rule}/properties"), &keys);
    }
}
