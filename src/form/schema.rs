//! The schema of a form: what its fields are and which rules they keep, as data that a portal changes without us.
//!
//! `docs/schema/form.v1.json` is its JSON Schema, for editors; what stands here decides. A document is taken whole or not at all:
//! every problem in it is named with its place (JSON Pointer) and its fix, and the form goes on without the schema.

use crate::form::node::Node;
use crate::form::rules::Rule;
use crate::text::join;
use crate::ticket::TOPICS;
use crate::validators::{ALL, Kind};

mod answer;
mod limits;
mod messages;
pub mod pattern;
mod reader;
pub mod rules;
mod steps;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Form, Found, LIMIT_CODES};
pub use limits::{Bound, Limits};
pub use messages::Message;
use reader::{Problems, Table, element, meant, member};

/// The version this code reads.
pub const VERSION: u32 = 1;
/// Fields of one form: more is a mistake of a generator.
const MOST_FIELDS: usize = 500;
/// Hours that a draft is kept where the schema does not say: long enough to look for a document at home.
pub const DRAFT_HOURS: u32 = 72;

/// Members of the document, of a field, of its files, of a step and of an error code of the portal.
pub const KEYS: &[&str] =
    &["$schema", "version", "form", "language", "fields", "rules", "steps", "errors", "messages", "draft_hours"];
pub const FIELD_KEYS: &[&str] = &[
    "name",
    "selector",
    "kind",
    "required",
    "label",
    "hint",
    "example",
    "mask",
    "capture",
    "draft",
    "autocomplete",
    "submit",
    "send_anyway",
    "pattern",
    "min",
    "max",
    "min_length",
    "max_length",
    "files",
    "visible_if",
    "step",
    "messages",
];
pub const FILES_KEYS: &[&str] = &["types", "max_size", "max_count"];
pub const WHEN_KEYS: &[&str] = &["field", "is"];
pub const STEP_KEYS: &[&str] = &["id", "title"];
pub const ERROR_KEYS: &[&str] = &["article", "topic", "field", "message"];

/// What may leave the page (CONTRACTS: shape of a hidden value).
pub const CAPTURES: &[&str] = &["shape", "never", "value"];
/// Where a draft of the field is kept.
pub const DRAFTS: &[&str] = &["session", "never", "local"];
/// What is sent: the text as it stands, or the canonical form.
pub const SUBMITS: &[&str] = &["typed", "canonical"];
pub const LANGUAGES: &[&str] = &["ru", "en"];

/// One thing that is wrong with a schema, for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON Pointer of the place.
    pub path: String,
    pub code: &'static str,
    /// What is wrong there and what to write instead.
    pub message: String,
}

/// A form as its portal describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    pub form: String,
    pub language: Option<&'static str>,
    pub fields: Vec<Field>,
    pub rules: Vec<Rule>,
    pub steps: Vec<Step>,
    pub errors: Vec<SiteError>,
    /// Sentences that stand in place of ours.
    pub messages: Vec<Message>,
    pub draft_hours: u32,
}

/// One field. What is `None` stays as the page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `name` of the control; of a field with a selector, the name it is known by.
    pub name: String,
    pub selector: Option<String>,
    pub kind: Option<Kind>,
    pub required: Option<bool>,
    pub label: Option<String>,
    pub hint: Option<String>,
    pub example: Option<String>,
    /// `off`, or a pattern such as `000-000`; `None` is the kind's own mask.
    pub mask: Option<String>,
    pub capture: &'static str,
    pub draft: &'static str,
    pub autocomplete: Option<String>,
    pub submit: &'static str,
    /// May «Всё равно отправить» pass an error of this field?
    pub send_anyway: bool,
    pub limits: Limits,
    pub files: Option<Files>,
    pub visible_if: Option<When>,
    pub step: Option<String>,
    /// Sentences of this field alone.
    pub messages: Vec<Message>,
}

/// What a file field takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Types by name, such as `pdf`; empty for all.
    pub types: Vec<String>,
    /// Most bytes of one file.
    pub max_size: Option<u32>,
    pub max_count: Option<u32>,
}

/// Another field holds one of these values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    pub field: String,
    pub is: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: String,
    pub title: Option<String>,
}

/// An error code of the portal itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteError {
    pub code: String,
    /// Id of the article that explains it.
    pub article: Option<String>,
    /// Topic of a ticket about it.
    pub topic: Option<String>,
    /// Field that it is about.
    pub field: Option<String>,
    pub message: Option<String>,
}

impl Schema {
    /// Read a document; all its problems where there are any.
    pub fn read(document: &Node) -> Result<Self, Vec<Problem>> {
        let mut problems = Problems::default();
        let schema = document_of(document, &mut problems);
        match schema {
            Some(schema) if problems.0.is_empty() => Ok(schema),
            _ => Err(problems.0),
        }
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

fn document_of(document: &Node, problems: &mut Problems) -> Option<Schema> {
    let table = Table::open(document, "", KEYS, problems)?;
    if table.count("version", 1, problems) != Some(VERSION) {
        problems.add("/version", "schema.version", &["this widget reads version 1: write \"version\": 1"]);
    }
    let mut schema = Schema {
        form: table.needed("form", "\"refund\", the value of data-podskazka-form", problems).unwrap_or_default(),
        language: table.choice("language", LANGUAGES, problems),
        fields: Vec::new(),
        rules: Vec::new(),
        steps: steps_of(&table, problems),
        errors: Vec::new(),
        messages: messages::of(&table, problems),
        draft_hours: table.count("draft_hours", 1, problems).unwrap_or(DRAFT_HOURS),
    };
    let fields = table.list("fields", problems);
    if fields.len() > MOST_FIELDS {
        problems.add("/fields", "schema.number", &["a form has at most 500 fields: split it"]);
    }
    for (at, node) in fields.iter().take(MOST_FIELDS).enumerate() {
        let path = element("/fields", at);
        if let Some(field) = field_of(node, &path, &schema.steps, problems) {
            if schema.field(&field.name).is_some() {
                problems.add(
                    &path,
                    "schema.twice",
                    &["the field `", &field.name, "` is described twice: keep one of them"],
                );
            }
            schema.fields.push(field);
        }
    }
    let names: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    for (at, field) in schema.fields.iter().enumerate() {
        if let Some(when) = &field.visible_if {
            known(&names, &when.field, &join(&[&element("/fields", at), "/visible_if/field"]), problems);
        }
    }
    for (at, node) in table.list("rules", problems).iter().enumerate() {
        schema.rules.extend(rules::rule_of(node, &element("/rules", at), &names, problems));
    }
    schema.errors = errors_of(&table, &names, problems);
    Some(schema)
}

/// A field that a rule or condition names has to stand in `fields`.
fn known(names: &[&str], name: &str, path: &str, problems: &mut Problems) {
    if !names.contains(&name) {
        problems.add(path, "schema.field", &["there is no field `", name, "` in this form: ", &meant(name, names)]);
    }
}

/// Whole in its brackets and quotes; the rest of a selector is the browser's to read, and all of it on a page
/// (`widget/fields/later/schema.js`).
fn selector_of(table: &Table, problems: &mut Problems) -> Option<String> {
    let selector = table.text("selector", problems)?;
    if cfg!(target_arch = "wasm32") {
        return Some(selector);
    }
    let (mut open, mut quote) = (Vec::new(), None);
    let mut chars = selector.chars();
    let mut whole = true;
    while let Some(c) = chars.next() {
        match c {
            '\\' => whole &= chars.next().is_some(),
            _ if quote.is_some() => quote = quote.filter(|it| *it != c),
            '"' | '\'' => quote = Some(c),
            '[' => open.push(']'),
            '(' => open.push(')'),
            ']' | ')' => whole &= open.pop() == Some(c),
            _ => {}
        }
    }
    if !whole || quote.is_some() || !open.is_empty() {
        let message = ["`", &selector, "` is no CSS selector: close its brackets and quotes"];
        problems.add(&table.path("selector"), "schema.selector", &message);
    }
    Some(selector)
}

fn field_of(node: &Node, path: &str, steps: &[Step], problems: &mut Problems) -> Option<Field> {
    let table = Table::open(node, path, FIELD_KEYS, problems)?;
    let kind = kind_of(&table, problems);
    let step = table.text("step", problems);
    if let Some(step) = &step
        && !steps.iter().any(|it| it.id == *step)
    {
        let ids: Vec<&str> = steps.iter().map(|it| it.id.as_str()).collect();
        problems.add(
            &table.path("step"),
            "schema.step",
            &["there is no step `", step, "` in `steps`: ", &meant(step, &ids)],
        );
    }
    Some(Field {
        name: table.needed("name", "\"inn\", the name of the control", problems)?,
        selector: selector_of(&table, problems),
        required: table.flag("required", problems),
        label: table.text("label", problems),
        hint: table.text("hint", problems),
        example: table.text("example", problems),
        mask: mask_of(&table, problems),
        capture: capture_of(&table, kind, problems),
        draft: table.choice("draft", DRAFTS, problems).unwrap_or("session"),
        autocomplete: table.text("autocomplete", problems),
        submit: table.choice("submit", SUBMITS, problems).unwrap_or("typed"),
        send_anyway: table.flag("send_anyway", problems).unwrap_or(true),
        limits: limits::of(&table, kind, problems),
        files: files_of(&table, problems),
        visible_if: when_of(&table, problems),
        messages: messages::of(&table, problems),
        step,
        kind,
    })
}

fn kind_of(table: &Table, problems: &mut Problems) -> Option<Kind> {
    let name = table.text("kind", problems)?;
    let kind = Kind::parse(&name);
    if kind.is_none() {
        let names: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
        problems.add(&table.path("kind"), "schema.kind", &["there is no kind `", &name, "`: ", &meant(&name, &names)]);
    }
    kind
}

/// A secret stays on the page whatever a schema says.
fn capture_of(table: &Table, kind: Option<Kind>, problems: &mut Problems) -> &'static str {
    let capture = table.choice("capture", CAPTURES, problems);
    if !kind.is_some_and(Kind::is_secret) {
        return capture.unwrap_or("shape");
    }
    if capture.is_some_and(|it| it != "never") {
        let message = ["a field of this kind is a secret and never leaves the page: leave `capture` out"];
        problems.add(&table.path("capture"), "schema.secret", &message);
    }
    "never"
}

fn mask_of(table: &Table, problems: &mut Problems) -> Option<String> {
    match table.get("mask")? {
        Node::Flag(true) => None,
        Node::Flag(false) => Some("off".to_owned()),
        _ => {
            let pattern = table.text("mask", problems)?;
            if crate::form::mask::custom(&pattern).is_none() {
                let fix = "write 0 for a digit, A a Latin letter, C a Cyrillic one, X a digit or Latin letter, and signs between them, such as \"000-000\"; or false for no mask";
                problems.add(&table.path("mask"), "schema.mask", &["this is no mask: ", fix]);
            }
            Some(pattern)
        }
    }
}

fn files_of(table: &Table, problems: &mut Problems) -> Option<Files> {
    let path = table.path("files");
    let files = Table::open(table.get("files")?, &path, FILES_KEYS, problems)?;
    let types = files.texts("types", problems);
    for (at, name) in types.iter().enumerate() {
        if !super::files::TYPES.contains(&name.as_str()) {
            let place = element(&files.path("types"), at);
            problems.add(
                &place,
                "schema.choice",
                &["\"", name, "\" is not known: ", &meant(name, super::files::TYPES)],
            );
        }
    }
    Some(Files {
        types,
        max_size: files.count("max_size", 1, problems),
        max_count: files.count("max_count", 1, problems),
    })
}

fn when_of(table: &Table, problems: &mut Problems) -> Option<When> {
    let path = table.path("visible_if");
    let when = Table::open(table.get("visible_if")?, &path, WHEN_KEYS, problems)?;
    let is = when.texts("is", problems);
    if is.is_empty() {
        problems.add(&when.path("is"), "schema.missing", &["name the values: \"is\": [\"yes\"]"]);
    }
    Some(When { field: when.needed("field", "\"type\"", problems)?, is })
}

fn steps_of(table: &Table, problems: &mut Problems) -> Vec<Step> {
    let mut out = Vec::new();
    for (at, node) in table.list("steps", problems).iter().enumerate() {
        let Some(step) = Table::open(node, &element("/steps", at), STEP_KEYS, problems) else { continue };
        let title = step.text("title", problems);
        out.extend(step.needed("id", "\"applicant\"", problems).map(|id| Step { id, title }));
    }
    out
}

fn errors_of(table: &Table, names: &[&str], problems: &mut Problems) -> Vec<SiteError> {
    let mut out = Vec::new();
    let Some(errors) = table.get("errors") else { return out };
    for (code, node) in Table::entries(errors, "/errors", problems) {
        let path = member("/errors", code);
        let Some(error) = Table::open(node, &path, ERROR_KEYS, problems) else { continue };
        let field = error.text("field", problems);
        if let Some(field) = &field {
            known(names, field, &error.path("field"), problems);
        }
        let topic = error.text("topic", problems);
        let topics = TOPICS.map(|(code, _)| code);
        if let Some(topic) = topic.as_deref().filter(|it| !topics.contains(it)) {
            let fix = meant(topic, &topics);
            problems.add(&error.path("topic"), "schema.choice", &["\"", topic, "\" is no topic of a ticket: ", &fix]);
        }
        out.push(SiteError {
            code: code.clone(),
            article: error.text("article", problems),
            topic,
            message: error.text("message", problems),
            field,
        });
    }
    out
}
