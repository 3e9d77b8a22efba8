//! Every code of the core with its sentence in both languages, for the page of codes.

use std::fs;

use podskazka::form::REQUIRED;
use podskazka::form::files;
use podskazka::form::rules::RULE_CODES;
use podskazka::form::schema::LIMIT_CODES;
use podskazka::messages::{Params, Words};
use podskazka::validators::codes::CODES;
use podskazka::validators::{Kind, check};
use podskazka::verdict::{Context, Day, Fault, Span, Value, Verdict};
use serde::Deserialize;
use serde_json::json;

/// Every code with what a person reads: of the kinds, of forms, of files.
pub fn all() -> anyhow::Result<Vec<serde_json::Value>> {
    let mut all = kinds()?;
    all.extend(findings());
    Ok(all)
}

#[derive(Deserialize)]
struct File {
    kind: String,
    #[serde(default)]
    aliases: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    value: String,
    bik: Option<String>,
    today: Option<String>,
}

/// The day for cases that name none, as in `tests/it`.
const TODAY: Day = Day { year: 2026, month: 3, day: 31 };

/// Codes of kinds, said of a value of the shared cases that has this fault or raises this doubt.
fn kinds() -> anyhow::Result<Vec<serde_json::Value>> {
    let languages = [Words::russian(), Words::english()];
    let files = cases()?;
    let mut all = Vec::new();
    for (kind, flaws, doubts) in CODES {
        let found = found(&files, kind);
        for flaw in *flaws {
            let code = format!("{kind}.{flaw}");
            let shown = found.iter().find_map(|(case, verdict)| match verdict {
                Verdict::Fault(fault) if fault.code == code => Some((*case, fault)),
                _ => None,
            });
            // Without a value to show, the sentence that a submit of an unfinished value gets: it quotes nothing.
            let unfinished = fault(&code);
            let fault = shown.map_or(&unfinished, |(_, fault)| fault);
            let [ru, en] = languages.each_ref().map(|words| words.fault("", fault));
            let case = shown.map(|(case, _)| case);
            let call = case.map(|it| call(kind, it, &code));
            let value = case.map(|it| &it.value);
            all.push(json!({ "kind": kind, "code": code, "value": value, "call": call, "ru": ru, "en": en }));
        }
        for doubt in *doubts {
            let code = format!("{kind}.{doubt}");
            let case = found.iter().find(|(_, verdict)| doubts_by(verdict, &code)).map(|(case, _)| *case);
            let call = case.map(|it| call(kind, it, &code));
            let value = case.map(|it| &it.value);
            // Not every doubt has words of its own: a page then only knows that the value is taken.
            let [ru, en] = languages.each_ref().map(|words| words.doubt("", kind, doubt));
            all.push(
                json!({ "kind": kind, "code": code, "doubt": true, "value": value, "call": call, "ru": ru, "en": en }),
            );
        }
    }
    Ok(all)
}

/// What the sentences of forms and files speak of in the examples: the code, the bound, what was found.
const SAID: [(&str, &str, &str); 12] = [
    ("form.short", "10", ""),
    ("form.long", "200", ""),
    ("form.pattern", "000-000", ""),
    ("form.min", "1", ""),
    ("form.max", "1 000 000", ""),
    ("form.early", "01.01.2026", ""),
    ("form.late", "31.12.2026", ""),
    ("file.count", "5", "7"),
    ("file.size", "5 МБ", "12 МБ"),
    ("file.type", "pdf, jpg, png", "zip"),
    ("file.content", "pdf", "zip"),
    ("file.required", "pdf, jpg, png", ""),
];

/// Codes of a form and of its files.
fn findings() -> Vec<serde_json::Value> {
    let bounds = [REQUIRED].into_iter().chain(LIMIT_CODES.iter().copied()).map(|code| (code, false));
    let files = files::CODES.iter().map(|code| (*code, false));
    let languages = [Words::russian(), Words::english()];
    let all = bounds.chain(RULE_CODES.iter().copied()).chain(files);
    all.map(|(code, doubt)| {
        let (_, expected, found) = SAID.iter().find(|(it, ..)| *it == code).copied().unwrap_or_default();
        let params = Params { expected, found, n: expected.parse().unwrap_or_default(), ..Params::default() };
        let [ru, en] = languages.each_ref().map(|words| words.finding("", code, &params));
        json!({ "kind": code.split('.').next(), "code": code, "doubt": doubt, "ru": ru, "en": en })
    })
    .collect()
}

fn fault(code: &str) -> Fault {
    let nothing = String::new;
    Fault { code: code.to_owned(), span: Span::default(), expected: nothing(), found: nothing(), fixes: Vec::new() }
}

fn cases() -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir("tests/cases")? {
        // A file of another form holds no values of a kind.
        files.extend(serde_json::from_str::<File>(&fs::read_to_string(entry?.path())?).ok());
    }
    files.sort_by(|a, b| a.kind.cmp(&b.kind));
    Ok(files)
}

/// Values with what a check says of them, the shortest first: an example is to be read.
fn found<'a>(files: &'a [File], name: &str) -> Vec<(&'a Case, Verdict<Value>)> {
    let Some(kind) = Kind::parse(name) else { return Vec::new() };
    let of_kind = files.iter().filter(|file| file.kind == name || file.aliases.iter().any(|alias| alias == name));
    let mut found: Vec<_> = of_kind
        .flat_map(|file| &file.cases)
        .filter(|case| !case.value.trim().is_empty())
        .map(|case| (case, check(kind, &case.value, &context(case))))
        .collect();
    found.sort_by_key(|(case, _)| case.value.len());
    found
}

fn doubts_by(verdict: &Verdict<Value>, code: &str) -> bool {
    matches!(verdict, Verdict::Complete { warnings, .. } if warnings.iter().any(|it| it.code == code))
}

/// The call that finds this code in a case: today's date and the БИК only where it hangs on them.
fn call(kind: &str, case: &Case, code: &str) -> String {
    let holds = |context: &Context| {
        let verdict = Kind::parse(kind).map(|kind| check(kind, &case.value, context));
        verdict.is_some_and(|it| doubts_by(&it, code) || matches!(it, Verdict::Fault(fault) if fault.code == code))
    };
    let whole = context(case);
    let mut more = Vec::new();
    let days = [1900, 2100].map(|year| Day { year, month: 1, day: 1 });
    if !days.iter().all(|today| holds(&Context { today: *today, ..whole })) {
        let Day { year, month, day } = whole.today;
        more.push(format!("today: \"{year}-{month:02}-{day:02}\""));
    }
    if let Some(bik) = whole.bik.filter(|_| !holds(&Context { bik: None, ..whole })) {
        more.push(format!("bik: \"{bik}\""));
    }
    let context = if more.is_empty() { String::new() } else { format!(", {{ {} }}", more.join(", ")) };
    format!("check(\"{kind}\", {}{context})", literal(&case.value))
}

/// A text as JavaScript writes it; signs that cannot be seen, or would end a comment or begin a tag in it, by their number.
fn literal(text: &str) -> String {
    let mut out = String::from('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            ' ' => out.push(sign),
            '@' | '*' => out.push_str(&format!("\\u{{{:x}}}", u32::from(sign))),
            _ if sign.is_alphanumeric() || sign.is_ascii_graphic() || "№«»—–“”’…".contains(sign) => {
                out.push(sign)
            }
            _ => out.push_str(&format!("\\u{{{:x}}}", u32::from(sign))),
        }
    }
    out.push('"');
    out
}

fn context(case: &Case) -> Context<'_> {
    Context { today: case.today.as_deref().and_then(day).unwrap_or(TODAY), bik: case.bik.as_deref() }
}

/// `2026-03-31`.
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Some(Day { year, month, day: parts.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn a_code_is_shown_with_its_sentence_in_both_languages() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).ok();
        let all = all().unwrap_or_default();
        let found = all.iter().find(|it| it["code"] == "inn.checksum");
        let said = found.map(|it| (it["ru"].as_str().unwrap_or_default(), it["en"].as_str().unwrap_or_default()));
        assert!(said.is_some_and(|(ru, en)| ru.contains("цифры") && en.contains("digit")), "{said:?}");
        let unsaid =
            |it: &&serde_json::Value| it["doubt"] != true && it["ru"].as_str().is_none_or(|text| text.contains("«»"));
        let unsaid: Vec<_> = all.iter().filter(unsaid).map(|it| it["code"].clone()).collect();
        assert_eq!(unsaid, Vec::<serde_json::Value>::new());
    }
    #[test]
    fn codes_of_forms_and_files_are_said_whole() {
        let all = super::findings();
        let of = |name: &str| all.iter().filter(|it| it["kind"] == name).count();
        assert!(of("form") >= 16 && of("file") >= 9, "{all:?}");
        for it in &all {
            let [ru, en] = ["ru", "en"].map(|lang| it[lang].as_str().unwrap_or_default());
            // A sentence that speaks of a bound needs a line in `SAID`.
            let gaps = ["{", "«»", "“”", "  ", ": ,", " 0 зн", " 0 ch", " .", " ,"];
            assert!(
                ru.len() > 20 && en.len() > 10 && !gaps.iter().any(|gap| ru.contains(gap) || en.contains(gap)),
                "{it}"
            );
        }
        for (code, ..) in super::SAID {
            assert!(all.iter().any(|it| it["code"] == code), "{code} is gone");
        }
    }
}
