//! `--jsonl`: an object a line in, a verdict a line out. A bad line gets its complaint in its place, and the run goes on.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use podskazka::validators::{self, Kind};
use podskazka::verdict::{Context, Day, Value, Verdict};
use serde::Deserialize;

use super::lines::Lines;
use super::trouble::{Complaint, Trouble};
use crate::day;

/// One value to check. Other names in the object are not read.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
    bik: Option<String>,
    today: Option<String>,
}

/// Whether every line was read and complete.
pub fn check(input: impl Read, out: &mut impl Write, today: Day) -> io::Result<bool> {
    let mut lines = Lines::new(input);
    let mut all = true;
    while let Some((number, line)) = lines.next(|| out.flush())? {
        let written = match line.and_then(|line| verdict(line, today)) {
            Ok(verdict) => {
                all &= matches!(verdict, Verdict::Complete { .. });
                serde_json::to_writer(&mut *out, &verdict)
            }
            Err(trouble) => {
                all = false;
                serde_json::to_writer(&mut *out, &Complaint::new(number, trouble))
            }
        };
        written.map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(all)
}

fn verdict(line: &str, today: Day) -> Result<Verdict<Value>, Trouble> {
    let row: Row = serde_json::from_str(line).map_err(|_| diagnose(line))?;
    let kind = Kind::parse(&row.kind).ok_or(Trouble::UnknownKind)?;
    let today = match &row.today {
        Some(text) => day::parse(text).map_err(|_| Trouble::BadDay)?,
        None => today,
    };
    Ok(validators::check(kind, &row.value, &Context { today, bik: row.bik.as_deref() }))
}

/// Which part of a line keeps it from being a row.
fn diagnose(line: &str) -> Trouble {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(line) else { return Trouble::NotJson };
    for (field, needed) in [("kind", true), ("value", true), ("bik", false), ("today", false)] {
        match object.get(field) {
            None if needed => return Trouble::Missing(field),
            None | Some(serde_json::Value::String(_)) => {}
            Some(serde_json::Value::Null) if !needed => {}
            Some(_) => return Trouble::NotText(field),
        }
    }
    Trouble::Twice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_field_that_is_at_fault() {
        for (line, trouble) in [
            ("", Trouble::NotJson),
            ("[]", Trouble::NotJson),
            (r#"{"kind":"inn","value":"1"} x"#, Trouble::NotJson),
            (r#"{"value":"1"}"#, Trouble::Missing("kind")),
            (r#"{"kind":"inn"}"#, Trouble::Missing("value")),
            (r#"{"kind":"inn","value":7707083893}"#, Trouble::NotText("value")),
            (r#"{"kind":"inn","value":null}"#, Trouble::NotText("value")),
            (r#"{"kind":"inn","value":"1","bik":44525225}"#, Trouble::NotText("bik")),
            (r#"{"kind":"inn","value":"1","today":[]}"#, Trouble::NotText("today")),
            (r#"{"kind":"inn","value":"1","value":"2"}"#, Trouble::Twice),
            (r#"{"kind":"none","value":"1"}"#, Trouble::UnknownKind),
            (r#"{"kind":"inn","value":"1","today":"2026-02-30"}"#, Trouble::BadDay),
        ] {
            let today = Day { year: 2026, month: 11, day: 25 };
            assert_eq!(verdict(line, today).err(), Some(trouble), "{line}");
        }
    }
}
