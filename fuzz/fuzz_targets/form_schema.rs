//! A schema, then values line by line behind the first NUL: whatever is read has answers, and whatever is not has places and fixes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::form::schema::{Form, Schema};
use podskazka::messages::Words;
use podskazka::verdict::Day;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (document, values) = text.split_once('\0').unwrap_or((&text, ""));
    let Ok(document) = serde_json::from_str(document) else { return };
    let schema = match Schema::read(&document) {
        Ok(schema) => schema,
        Err(problems) => {
            assert!(!problems.is_empty());
            for it in problems {
                assert!(it.path.is_empty() || it.path.starts_with('/'));
                assert!(it.code.starts_with("schema.") && !it.message.is_empty());
            }
            return;
        }
    };
    let values: Vec<&str> = values.lines().collect();
    let text_of = |name: &str| {
        let at = schema.fields.iter().position(|field| field.name == name)?;
        values.get(at).copied()
    };
    let form = Form { today: Day { year: 2026, month: 11, day: 25 }, text_of: &text_of };
    let names: Vec<&str> = schema.answers(&form).iter().map(|(field, _)| field.name.as_str()).collect();
    assert!(names.iter().all(|name| schema.field(name).is_some()));
    for it in schema.findings(&form) {
        assert!(it.code.starts_with("form.") && it.fields.iter().all(|name| schema.field(name).is_some()));
    }
    for field in &schema.fields {
        assert!(schema.target(field, &form).is_none_or(|it| it.name != field.name));
        if let Some(found) = schema.found(field, &form) {
            assert!(!schema.say(&Words::russian(), field, &found).is_empty());
        }
    }
});
