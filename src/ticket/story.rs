//! A ticket as one story for whoever answers it: what happened, where, why, what was tried, with what.
//!
//! Everything in it stands in the ticket, and what is covered there is covered here: the story puts it in order and into words. A
//! sentence about a field is the one that the page says of its code, where it needs nothing that the shape does not tell.

use super::TOPICS;
use crate::access::{self, Level};
use crate::messages::{Params, Words};
use crate::privacy::{FIXED_MASK, MAX_SHAPE};
use crate::verdict::{Fault, Span};
use crate::wire::desk::StoryPart;
use crate::wire::tried::{Did, Tried, TriedStep};
use crate::wire::{Client, FieldState, Snapshot};

/// What is told.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub topic: &'a str,
    pub code: Option<&'a str>,
    pub field: Option<&'a str>,
    /// What the person wrote; empty where it is told beside the story.
    pub text: &'a str,
    /// Files that came with it.
    pub files: usize,
    pub snapshot: &'a Snapshot,
    pub client: &'a Client,
    pub tried: Option<&'a Tried>,
}

/// The parts that have something to tell, in the order in which they are read.
pub fn story(told: &Told) -> Vec<StoryPart> {
    let teller = Teller {
        words: Words::new(include_str!("../messages/story.ru.txt")),
        faults: Words::russian(),
        access: Words::new(include_str!("../messages/access.ru.txt")),
    };
    let parts = [
        ("what", teller.what(told)),
        ("where", teller.place(told)),
        ("why", teller.why(told)),
        ("fields", teller.fields(told)),
        ("tried", told.tried.map(|it| teller.tried(it, told.snapshot)).unwrap_or_default()),
        ("with", teller.with(told.client)),
    ];
    let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
    parts.map(|(name, lines)| StoryPart { title: teller.say(name, ""), lines }).collect()
}

/// The story as a text, for systems that know nothing else.
pub fn text(parts: &[StoryPart]) -> String {
    let part = |it: &StoryPart| [std::slice::from_ref(&it.title), &it.lines].concat().join("\n");
    parts.iter().map(part).collect::<Vec<_>>().join("\n\n")
}

/// The words that it is told in.
struct Teller {
    words: Words,
    /// Of the page.
    faults: Words,
    access: Words,
}

/// A line for what is there, none for what is not.
fn lines<const N: usize>(all: [Option<String>; N]) -> Vec<String> {
    all.into_iter().flatten().collect()
}

/// The parts of a line that have something in them.
fn joined(parts: &[&str], by: &str) -> String {
    parts.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(by)
}

/// «ИНН (inn)»: what the person sees, and what a developer finds.
fn both(shown: &str, name: &str) -> String {
    match (shown, name) {
        ("", name) => name.to_owned(),
        (shown, "") => shown.to_owned(),
        (shown, name) if shown == name => shown.to_owned(),
        (shown, name) => format!("{shown} ({name})"),
    }
}

fn named(snapshot: &Snapshot, name: &str) -> String {
    let label = snapshot.fields.iter().find(|it| it.name == name).map_or("", |it| &it.label);
    both(label, name)
}

/// Worth knowing, and no reason of what happened: `signature.none`.
fn is_note(key: &str) -> bool {
    let (probe, step) = key.split_once('.').unwrap_or((key, ""));
    let mut steps = access::PROBES.iter().filter(|it| it.0 == probe).flat_map(|it| it.2);
    steps.any(|it| it.2 == step && it.1 == Level::Note)
}

impl Teller {
    fn say(&self, key: &str, value: &str) -> String {
        self.words.say(key, &Params { value, ..Params::default() })
    }

    fn count(&self, key: &str, n: u32) -> String {
        self.words.say(key, &Params { n, ..Params::default() })
    }

    fn some(&self, key: &str, value: &str) -> Option<String> {
        (!value.is_empty()).then(|| self.say(key, value))
    }

    fn what(&self, told: &Told) -> Vec<String> {
        let topic = TOPICS.iter().find(|(code, _)| *code == told.topic).map_or(told.topic, |(_, words)| words);
        let code = told.code.unwrap_or_default();
        // A question is no error, and its code has words of its own.
        let asked = self.say(code, "");
        let files = u32::try_from(told.files).unwrap_or(u32::MAX);
        let mut text = told.text.lines().map(str::trim_end).filter(|it| !it.is_empty());
        let first = text.next().map(|it| self.say("text", it));
        let mut out: Vec<_> = first.into_iter().chain(text.map(str::to_owned)).collect();
        out.extend(lines([
            self.some("topic", topic),
            if code.starts_with("question.") && !asked.is_empty() { Some(asked) } else { self.some("code", code) },
            (files > 0).then(|| self.count("files", files)),
        ]));
        out
    }

    fn place(&self, told: &Told) -> Vec<String> {
        let it = told.snapshot;
        lines([
            self.some("form", &both(&it.form_title, &it.form)),
            self.some("step", it.step.as_deref().unwrap_or_default()),
            self.some("field", &told.field.map(|name| named(it, name)).unwrap_or_default()),
            self.some("page", &it.page),
            self.some("trace", it.trace.as_deref().unwrap_or_default()),
        ])
    }

    fn why(&self, told: &Told) -> Vec<String> {
        let it = told.snapshot;
        let times = |name: &str, count: u32| if count > 1 { format!("{name} ×{count}") } else { name.to_owned() };
        let errors: Vec<_> = it.errors.iter().map(|it| times(&it.name, it.count)).collect();
        let requests: Vec<_> = it.requests.iter().map(|it| times(&it.status.to_string(), it.count)).collect();
        let mut out = lines([self.some("message", it.message.as_deref().unwrap_or_default())]);
        // The field that it is about comes first.
        let mut faults: Vec<_> = it.fields.iter().filter(|it| !it.valid).collect();
        faults.sort_by_key(|it| Some(it.name.as_str()) != told.field);
        out.extend(faults.into_iter().map(|it| self.say("fault", &self.fault(it))));
        out.extend(lines([self.some("requests", &requests.join(", ")), self.some("errors", &errors.join(", "))]));
        out.extend(self.access(&told.client.access));
        out
    }

    /// «ИНН (inn): inn.checksum, цифры не сходятся, …».
    fn fault(&self, field: &FieldState) -> String {
        let code = field.code.as_deref().unwrap_or_default();
        let said = joined(&[code, &self.sentence(field, code)], " — ");
        joined(&[&both(&field.label, &field.name), &said], ": ")
    }

    /// What the page says of the code; empty where it quotes what was typed, which is not told.
    fn sentence(&self, field: &FieldState, code: &str) -> String {
        const QUOTED: &str = "\u{1}";
        let say = |found: &str| {
            let fault = Fault {
                code: code.to_owned(),
                found: found.to_owned(),
                expected: QUOTED.to_owned(),
                span: Span::default(),
                fixes: Vec::new(),
            };
            let text = self.faults.fault("", &fault);
            text.trim_start_matches(": ").to_owned()
        };
        let count = field.shape.chars().filter(|c| c.is_alphanumeric()).count();
        let whole = field.shape != FIXED_MASK && field.shape.chars().count() < MAX_SHAPE;
        let quoting = say(QUOTED);
        // A bound that is not known leaves its place empty.
        let known = !quoting.contains(QUOTED) && !quoting.starts_with('.') && !code.starts_with("site.");
        let said = if known { say(&count.to_string()) } else { String::new() };
        match code.ends_with(".length") {
            // What to do is for whoever typed too much; it may be too little.
            true if whole => said.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned(),
            true => String::new(),
            false => said,
        }
    }

    /// What the check of the access has found: what is wrong in the words of the person, what is unknown by name.
    fn access(&self, all: &[String]) -> Vec<String> {
        let (mut out, mut unknown) = (Vec::new(), Vec::new());
        for line in all {
            let (code, number) = line.split_once(' ').unwrap_or((line, ""));
            let key = code.strip_prefix("access.").unwrap_or(code);
            let probe = key.split('.').next().unwrap_or_default();
            let name = self.access.say(&format!("{probe}.name"), &Params::default());
            if key.ends_with(".unknown") {
                unknown.push(if name.is_empty() { probe.to_owned() } else { name });
            } else {
                let mark = joined(&[code, number.trim_start_matches('0')], " ");
                let found = joined(&[&name, &self.found(key, number)], ". ");
                let how = if is_note(key) { "access.note" } else { "access" };
                out.push(self.say(how, &format!("{found} ({mark})")));
            }
        }
        out.extend(self.some("access.unknown", &unknown.join(", ")));
        out
    }

    /// The sentence of the check; empty where it needs names that do not travel.
    fn found(&self, key: &str, number: &str) -> String {
        let value = number.parse::<f64>().unwrap_or_default();
        let found = if key.starts_with("clock.") { self.span(value.abs()) } else { "\u{1}".to_owned() };
        let n = value.abs() as u32;
        let text = self.access.say(key, &Params { found: &found, n, ..Params::default() });
        if text.contains('\u{1}') { String::new() } else { text }
    }

    /// «10 минут», as the page says it.
    fn span(&self, seconds: f64) -> String {
        let units = [("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0), ("seconds", 1.0)];
        let (unit, length) = units.into_iter().find(|it| seconds >= it.1 * 2.0).unwrap_or(("seconds", 1.0));
        let n = (seconds / length).round() as u32;
        self.access.say(&format!("unit.{unit}"), &Params { n, ..Params::default() })
    }

    /// Every field as the person left it: those with something in them by line, the others together. Why one is wrong is told above.
    fn fields(&self, told: &Told) -> Vec<String> {
        let (empty, filled): (Vec<_>, Vec<_>) = told.snapshot.fields.iter().partition(|it| it.length_class == "empty");
        let row = |it: &&FieldState| {
            let typed = it.value.as_deref().unwrap_or(&it.shape);
            let state = self.say(if it.valid { "state.fine" } else { "state.fault" }, "");
            joined(&[&both(&it.label, &it.name), &joined(&[typed, &state], ", ")], ": ")
        };
        let names: Vec<_> = empty.iter().map(|it| both(&it.label, &it.name)).collect();
        filled.iter().map(row).chain(self.some("state.empty", &names.join("; "))).collect()
    }

    fn tried(&self, it: &Tried, snapshot: &Snapshot) -> Vec<String> {
        let steps = it.steps.iter().enumerate().map(|(at, step)| format!("{}. {}", at + 1, self.step(step, snapshot)));
        let first = it.since_error.map(|it| self.say("first", &self.ago(it)));
        first.into_iter().chain(steps).collect()
    }

    fn step(&self, it: &TriedStep, snapshot: &Snapshot) -> String {
        let did = match it.did {
            Did::Submit => "did.submit",
            Did::Refused => "did.refused",
            Did::Override => "did.override",
            Did::Fix => "did.fix",
            Did::Undo => "did.undo",
            Did::Question => "did.question",
            Did::Article => "did.article",
            Did::Helped => "did.helped",
            Did::NotHelped => "did.not_helped",
        };
        let times = it.times.map(|times| format!(" ×{times}")).unwrap_or_default();
        let field = it.field.as_deref().map(|name| named(snapshot, name)).unwrap_or_default();
        let question = it.text.as_ref().map(|it| format!("«{it}»")).unwrap_or_default();
        let article = it.article.as_deref().unwrap_or_default();
        let about = joined(&[&field, &question, article, &it.codes.join(", ")], ", ");
        let did = joined(&[&(self.say(did, "") + &times), &about], ": ");
        joined(&[&did, &self.ago(it.ago)], "; ")
    }

    fn ago(&self, seconds: u32) -> String {
        let (key, length) = match seconds {
            0..10 => ("now", 1),
            10..60 => ("seconds", 1),
            60..3_600 => ("minutes", 60),
            _ => ("hours", 3_600),
        };
        self.count(key, seconds / length)
    }

    fn with(&self, it: &Client) -> Vec<String> {
        let offline = it.connection.as_deref() == Some("offline");
        let link = it.connection.as_deref().unwrap_or_default();
        let link = if offline { Some(self.say("link.offline", "")) } else { self.some("link", link) };
        let zoom = it.zoom.map(|it| self.count("zoom", it.into())).unwrap_or_default();
        let screen = joined(&[&it.viewport, &zoom, &link.unwrap_or_default()], ", ");
        lines([
            self.some("system", it.os.as_deref().unwrap_or_default()),
            self.some("browser", &it.user_agent),
            self.some("screen", &screen),
            self.some("place", &joined(&[&it.language, &it.time_zone], ", ")),
            self.some("portal", it.release.as_deref().unwrap_or_default()),
            self.some("help", &both(&it.version, &it.build)),
        ])
    }
}

#[cfg(test)]
mod tests;
