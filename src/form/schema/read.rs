//! From JSON to a schema. Every flaw is told, not the first alone.

use super::pattern;
use super::{Capture, Draft, Field, Files, Flaw, Schema, Show, VERSION};
use crate::form::mask::custom;
use crate::form::rules::Rule;
use crate::json::{Json, parse};
use crate::text::{join, push_number};
use crate::validators::{ALL, Kind};

pub const FORM_KEYS: &[&str] =
    &["$schema", "version", "form", "language", "fields", "rules", "steps", "errors", "messages"];
pub const FIELD_KEYS: &[&str] = &[
    "name",
    "selector",
    "kind",
    "required",
    "label",
    "hint",
    "example",
    "mask",
    "submit",
    "capture",
    "draft",
    "autocomplete",
    "pattern",
    "min",
    "max",
    "files",
    "show",
    "certain",
];
pub const FILES_KEYS: &[&str] = &["types", "max_bytes", "max_count"];
pub const SHOW_KEYS: &[&str] = &["when", "is"];
/// Name of a rule, the fields it must name, and those it may name.
pub const RULES: &[(&str, &[&str], &[&str])] = &[
    ("account_bik", &["account", "bik"], &[]),
    ("applicant", &["inn"], &["ogrn", "kpp"]),
    ("same_region", &[], &["inn", "kpp", "ogrn"]),
    ("passport_after_14", &["issued", "birth"], &[]),
    ("passport_age", &["issued", "birth"], &[]),
    ("order", &["from", "to"], &[]),
    ("equal", &["first", "second"], &[]),
    ("required_if", &["field", "when", "is"], &[]),
];

#[derive(Default)]
struct Reader {
    flaws: Vec<Flaw>,
}

pub fn read(text: &str) -> Result<Schema, Vec<Flaw>> {
    let mut reader = Reader::default();
    let json = match parse(text) {
        Ok(json) => json,
        Err(place) => {
            let path = join(&["line ", &number(place.line), ", column ", &number(place.column)]);
            reader.flaw(
                "schema.json",
                &path,
                &["this is no JSON from here on; look for a missing comma, quote or bracket"],
            );
            return Err(reader.flaws);
        }
    };
    let schema = reader.schema(&json);
    if reader.flaws.is_empty() { Ok(schema) } else { Err(reader.flaws) }
}

impl Reader {
    fn flaw(&mut self, code: &'static str, path: &str, message: &[&str]) {
        self.flaws.push(Flaw { code, path: path.to_owned(), message: join(message) });
    }

    fn schema(&mut self, json: &Json) -> Schema {
        self.keys(json, "", FORM_KEYS);
        match json.get("version") {
            Some(Json::Number(version)) if *version == number(VERSION as usize) => {}
            Some(_) => self.flaw("schema.version", "/version", &["this reader knows version 1; write \"version\": 1"]),
            None => self.flaw("schema.missing", "/version", &["write \"version\": 1"]),
        }
        let mut fields = Vec::new();
        for (at, field) in self.list(json, "", "fields").iter().enumerate() {
            let path = join(&["/fields/", &number(at)]);
            let field = self.field(field, &path);
            if !field.name.is_empty() && fields.iter().any(|it: &Field| it.name == field.name) {
                let path = join(&[&path, "/name"]);
                self.flaw(
                    "schema.value",
                    &path,
                    &["another field is called \"", &field.name, "\"; give each its own name"],
                );
            }
            fields.push(field);
        }
        let mut schema = Schema {
            form: self.text(json, "", "form"),
            language: self.text(json, "", "language"),
            errors: self.map(json, "errors"),
            messages: self.map(json, "messages"),
            fields,
            ..Schema::default()
        };
        for (at, field) in schema.fields.iter().enumerate() {
            if let Some(show) = &field.show {
                self.known(&schema, &show.when, &join(&["/fields/", &number(at), "/show/when"]));
            }
        }
        for (at, rule) in self.list(json, "", "rules").iter().enumerate() {
            let path = join(&["/rules/", &number(at)]);
            let rule = self.rule(rule, &path, &schema);
            schema.rules.extend(rule);
        }
        for (at, step) in self.list(json, "", "steps").iter().enumerate() {
            let path = join(&["/steps/", &number(at)]);
            let names = self.texts(step, &path);
            names.iter().for_each(|name| self.known(&schema, name, &path));
            schema.steps.push(names);
        }
        schema
    }

    fn field(&mut self, json: &Json, path: &str) -> Field {
        self.keys(json, path, FIELD_KEYS);
        let mut field = Field {
            name: self.text(json, path, "name"),
            selector: self.text(json, path, "selector"),
            required: self.flag(json, path, "required"),
            certain: self.flag(json, path, "certain"),
            label: self.text(json, path, "label"),
            hint: self.text(json, path, "hint"),
            example: self.text(json, path, "example"),
            autocomplete: self.text(json, path, "autocomplete"),
            pattern: self.text(json, path, "pattern"),
            min: self.bound(json, path, "min"),
            max: self.bound(json, path, "max"),
            canonical: self.one_of(json, path, "submit", &["displayed", "canonical"]) == 1,
            ..Field::default()
        };
        field.capture = match self.one_of(json, path, "capture", &["shape", "value", "never"]) {
            1 => Capture::Value,
            2 => Capture::Never,
            _ => Capture::Shape,
        };
        field.draft = match self.one_of(json, path, "draft", &["session", "local", "never"]) {
            1 => Draft::Local,
            2 => Draft::Never,
            _ => Draft::Session,
        };
        let at = |name: &str| join(&[path, "/", name]);
        if field.name.is_empty() && field.selector.is_empty() {
            self.flaw(
                "schema.missing",
                &at("name"),
                &["a field has a \"name\" or a \"selector\"; write the control's name"],
            );
        }
        let kind = self.text(json, path, "kind");
        field.kind = Kind::parse(&kind);
        if !kind.is_empty() && field.kind.is_none() {
            let near = nearest(&kind).unwrap_or("inn");
            let help = ["\"", &kind, "\" is no kind; did you mean \"", near, "\"? See docs/kinds.md"];
            self.flaw("schema.value", &at("kind"), &help);
        }
        match json.get("mask") {
            None | Some(Json::Bool(true)) => {}
            Some(Json::Bool(false)) => "off".clone_into(&mut field.mask),
            Some(Json::Text(mask)) if custom(mask).is_some() => field.mask.clone_from(mask),
            Some(Json::Text(_)) => self.flaw(
                "schema.value",
                &at("mask"),
                &["a mask is made of 0 (digit), A (Latin), C (Cyrillic), X (digit or Latin) and signs between them, such as \"000-000\"; \
                   a digit of its own is written only as +7 at the start"],
            ),
            Some(_) => self.flaw("schema.type", &at("mask"), &["write true, false or a mask such as \"000-000\""]),
        }
        if let Err(unlike) = pattern::check(&field.pattern) {
            self.flaw("schema.value", &at("pattern"), &[unlike.what, "; ", unlike.fix]);
        }
        field.files = json.get("files").map(|files| {
            let path = at("files");
            self.keys(files, &path, FILES_KEYS);
            let types =
                files.get("types").map(|types| self.texts(types, &join(&[&path, "/types"]))).unwrap_or_default();
            Files {
                types,
                max_bytes: self.size(files, &path, "max_bytes"),
                max_count: self.size(files, &path, "max_count"),
            }
        });
        field.show = json.get("show").map(|show| {
            let path = at("show");
            self.keys(show, &path, SHOW_KEYS);
            let is = self.list(show, &path, "is").to_vec();
            Show { when: self.needed(show, &path, "when"), is: self.texts(&Json::List(is), &join(&[&path, "/is"])) }
        });
        field
    }

    fn rule(&mut self, json: &Json, path: &str, schema: &Schema) -> Option<Rule> {
        let name = self.needed(json, path, "rule");
        let Some((_, must, may)) = RULES.iter().find(|(rule, ..)| *rule == name) else {
            let mut names = Vec::new();
            RULES.iter().for_each(|(rule, ..)| names.push(*rule));
            let at = join(&[path, "/rule"]);
            self.flaw("schema.value", &at, &["\"", &name, "\" is no rule; take one of ", &names.join(", ")]);
            return None;
        };
        let mut keys = vec!["rule"];
        keys.extend_from_slice(must);
        keys.extend_from_slice(may);
        self.keys(json, path, &keys);
        let before = self.flaws.len();
        let get = |reader: &mut Self, key: &str| {
            let value = reader.needed(json, path, key);
            reader.known(schema, &value, &join(&[path, "/", key]));
            value
        };
        let maybe = |reader: &mut Self, key: &str| json.get(key).is_some().then(|| get(reader, key));
        let rule = match name.as_str() {
            "account_bik" => Rule::AccountBik { account: get(self, "account"), bik: get(self, "bik") },
            "applicant" => {
                Rule::Applicant { inn: get(self, "inn"), ogrn: maybe(self, "ogrn"), kpp: maybe(self, "kpp") }
            }
            "same_region" => {
                Rule::SameRegion { inn: maybe(self, "inn"), kpp: maybe(self, "kpp"), ogrn: maybe(self, "ogrn") }
            }
            "passport_after_14" => Rule::PassportAfter14 { issued: get(self, "issued"), birth: get(self, "birth") },
            "passport_age" => Rule::PassportAge { issued: get(self, "issued"), birth: get(self, "birth") },
            "order" => Rule::Order { from: get(self, "from"), to: get(self, "to") },
            "equal" => Rule::Equal { first: get(self, "first"), second: get(self, "second") },
            _ => {
                let is = self.list(json, path, "is").to_vec();
                let is = self.texts(&Json::List(is), &join(&[path, "/is"]));
                Rule::RequiredIf { field: get(self, "field"), when: get(self, "when"), is }
            }
        };
        (self.flaws.len() == before).then_some(rule)
    }

    /// Keys that nobody reads are slips of the pen.
    fn keys(&mut self, json: &Json, path: &str, known: &[&str]) {
        let Json::Object(members) = json else {
            return self.flaw("schema.type", path, &["write an object {…} here"]);
        };
        for (name, _) in members {
            if !known.contains(&name.as_str()) {
                let at = join(&[path, "/", &escaped(name)]);
                self.flaw("schema.unknown", &at, &["no such key; take one of ", &known.join(", "), ", or take it out"]);
            }
        }
    }

    fn known(&mut self, schema: &Schema, name: &str, path: &str) {
        if !name.is_empty() && !schema.fields.iter().any(|field| field.name == name) {
            self.flaw(
                "schema.reference",
                path,
                &["no field of this schema is called \"", name, "\"; write the name of one"],
            );
        }
    }

    fn text(&mut self, json: &Json, path: &str, key: &str) -> String {
        match json.get(key) {
            None => String::new(),
            Some(Json::Text(text)) => text.clone(),
            Some(_) => {
                self.flaw("schema.type", &join(&[path, "/", key]), &["write a text in quotes"]);
                String::new()
            }
        }
    }

    fn needed(&mut self, json: &Json, path: &str, key: &str) -> String {
        if json.get(key).is_none() {
            self.flaw("schema.missing", &join(&[path, "/", key]), &["\"", key, "\" is missing; add it"]);
        }
        self.text(json, path, key)
    }

    fn flag(&mut self, json: &Json, path: &str, key: &str) -> bool {
        match json.get(key) {
            None => false,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => {
                self.flaw("schema.type", &join(&[path, "/", key]), &["write true or false, without quotes"]);
                false
            }
        }
    }

    fn size(&mut self, json: &Json, path: &str, key: &str) -> u64 {
        match json.get(key) {
            None => 0,
            Some(Json::Number(text)) if text.parse::<u64>().is_ok() => text.parse().unwrap_or(0),
            Some(_) => {
                self.flaw(
                    "schema.type",
                    &join(&[path, "/", key]),
                    &["write a whole number such as 10, without quotes"],
                );
                0
            }
        }
    }

    /// A day, `today` or a number, as text.
    fn bound(&mut self, json: &Json, path: &str, key: &str) -> String {
        let text = match json.get(key) {
            None => return String::new(),
            Some(Json::Number(number)) => return number.clone(),
            Some(Json::Text(text)) if text == "today" || super::check::day(text).is_some() => return text.clone(),
            Some(other) => other.text().unwrap_or_default(),
        };
        let at = join(&[path, "/", key]);
        self.flaw("schema.value", &at, &["\"", text, "\" is no bound; write \"2026-12-31\", \"today\" or a number"]);
        String::new()
    }

    /// Place of the text in a list; the first where it is not given.
    fn one_of(&mut self, json: &Json, path: &str, key: &str, lawful: &[&str]) -> usize {
        let text = self.text(json, path, key);
        if text.is_empty() {
            return 0;
        }
        lawful.iter().position(|it| *it == text).unwrap_or_else(|| {
            self.flaw(
                "schema.value",
                &join(&[path, "/", key]),
                &["\"", &text, "\" is not known; take one of ", &lawful.join(", ")],
            );
            0
        })
    }

    fn list<'a>(&mut self, json: &'a Json, path: &str, key: &str) -> &'a [Json] {
        match json.get(key) {
            None => &[],
            Some(Json::List(list)) => list,
            Some(_) => {
                self.flaw("schema.type", &join(&[path, "/", key]), &["write a list […]"]);
                &[]
            }
        }
    }

    fn texts(&mut self, json: &Json, path: &str) -> Vec<String> {
        let Json::List(list) = json else {
            self.flaw("schema.type", path, &["write a list of texts"]);
            return Vec::new();
        };
        let mut out = Vec::new();
        for (at, item) in list.iter().enumerate() {
            match item.text() {
                Some(text) => out.push(text.to_owned()),
                None => self.flaw("schema.type", &join(&[path, "/", &number(at)]), &["write a text in quotes"]),
            }
        }
        out
    }

    fn map(&mut self, json: &Json, key: &str) -> Vec<(String, String)> {
        let path = join(&["/", key]);
        let mut out = Vec::new();
        match json.get(key) {
            None => {}
            Some(Json::Object(members)) => {
                for (name, value) in members {
                    match value.text() {
                        Some(text) => out.push((name.clone(), text.to_owned())),
                        None => {
                            self.flaw("schema.type", &join(&[&path, "/", &escaped(name)]), &["write a text in quotes"])
                        }
                    }
                }
            }
            Some(_) => self.flaw("schema.type", &path, &["write an object {…} of texts"]),
        }
        out
    }
}

fn number(n: usize) -> String {
    let mut out = String::new();
    push_number(&mut out, n as u64, 0);
    out
}

/// A name as a part of a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The kind that shares most of its beginning and end with a slip of its name.
fn nearest(name: &str) -> Option<&'static str> {
    let common = |kind: &&str| {
        let head = kind.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
        let tail = kind.bytes().rev().zip(name.bytes().rev()).take_while(|(a, b)| a == b).count();
        2 * head.max(tail) + usize::from(kind.len() == name.len())
    };
    ALL.iter().map(|kind| kind.name()).max_by_key(common)
}
