//! What a page may need beyond hints, loaded on demand: the schema of a form with its bounds and rules, files before they are
//! sent, a pasted block taken apart.
//!
//! Every rule lives in `podskazka::form`; this crate turns values of the page into the core's and back.

#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use podskazka::form::block::{self, Target};
use podskazka::form::files::{self, File, Rules};
use podskazka::form::schema::{Field, Form, Problem, Schema};
use podskazka::messages::{Params, Words};
use podskazka::validators::{Kind, check};
use podskazka::verdict::{Context, Day, Verdict};
use wasm_bindgen::prelude::*;

mod tree;

use tree::{set, set_some, strings};

/// Half the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

struct Held {
    schema: Schema,
    words: Words,
}

thread_local! {
    static HELD: RefCell<Vec<Held>> = const { RefCell::new(Vec::new()) };
}

/// Read the schema of a form; `words` are those of the page and of `form.ru.txt` in one text.
///
/// The answer is `{ id, form, language, fields, errors, words, stepped, other, draftHours }`, or `{ problems: [{ path, code, message }] }` for a schema
/// that cannot be used.
#[wasm_bindgen]
pub fn schema(document: &JsValue, words: &str) -> Object {
    let out = Object::new();
    match Schema::read(&tree::node(document, 0)) {
        Err(problems) => set(&out, "problems", problems.iter().map(problem).collect::<Array>()),
        Ok(schema) => {
            let held = Held { words: Words::new(words), schema };
            describe(&out, &held);
            set(&out, "other", held.words.say("site.other", &Params::default()));
            let id = HELD.with_borrow_mut(|all| {
                all.push(held);
                all.len() - 1
            });
            set(&out, "id", id as u32);
        }
    }
    out
}

/// What a schema finds in the values of its form (`{ name: text }`, a field that is not on the page left out): `findings`, a list of
/// `{ fields, code, text, warning }`, of each field at most one that is no warning; the names of `hidden` fields, of those in steps
/// that are still `ahead`, and of those that are `wrong` by themselves. `drawn`: names of the fields that can be seen now.
/// `today` is a number such as 20261231.
#[wasm_bindgen]
pub fn findings(id: u32, values: &JsValue, drawn: &Array, today: u32) -> Object {
    let out = Object::new();
    HELD.with_borrow(|all| {
        let Some(held) = all.get(id as usize) else { return };
        held.tell(&out, values, drawn, day(today));
    });
    out
}

/// The kind that an unmarked field certainly seems to have; else `undefined`.
#[wasm_bindgen]
pub fn guess(autocomplete: &str, name: &str, label: &str) -> Option<String> {
    Some(podskazka::form::guess::guess(autocomplete, name, label)?.name().to_owned())
}

/// What would be against a text if its field were of this kind, as a doubt; else `undefined`.
#[wasm_bindgen(js_name = doubtOf)]
pub fn doubt_of(kind: &str, label: &str, text: &str, words: &str, today: u32) -> Option<String> {
    let (kind, words) = (Kind::parse(kind)?, Words::new(words));
    let said = match check(kind, text, &Context { today: day(today), bik: None }) {
        Verdict::Complete { .. } => return None,
        Verdict::Partial { missing, .. } => words.partial(label, kind.name(), missing),
        Verdict::Fault(fault) => words.fault(label, &fault),
    };
    Some([&said, " ", &words.say("guess.else", &Params::default())].concat())
}

/// The canonical form of a text that is complete as this kind; else `undefined`.
#[wasm_bindgen]
pub fn canonical(kind: &str, text: &str, today: u32) -> Option<String> {
    let ctx = Context { today: day(today), bik: None };
    match check(Kind::parse(kind)?, text, &ctx) {
        Verdict::Complete { value, .. } => Some(value.canonical),
        _ => None,
    }
}

/// The first trouble with the files of a field, `{ code, text, at }`, or `undefined`.
///
/// `chosen` is a list of `{ name, size, head }`, where `head` is a `Uint8Array` of the first 4100 bytes or `null` for a file that
/// cannot be read; `rules` is `{ types, maxSize, maxCount, required }`.
#[wasm_bindgen(js_name = checkFiles)]
pub fn check_files(label: &str, chosen: &Array, rules: &JsValue, words: &str) -> JsValue {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default();
    let whole = |value: JsValue| value.as_f64().map(|n| n as u64);
    let mut read = Vec::new();
    for file in chosen.iter() {
        let head = get(&file, "head").dyn_ref::<js_sys::Uint8Array>().map(js_sys::Uint8Array::to_vec);
        read.push((get(&file, "name").as_string().unwrap_or_default(), whole(get(&file, "size")).unwrap_or(0), head));
    }
    let types = get(rules, "types");
    let types: Vec<String> = match types.is_undefined() {
        true => Vec::new(),
        false => Array::from(&types).iter().filter_map(|it| it.as_string()).collect(),
    };
    let bound = |name: &str| whole(get(rules, name)).and_then(|n| u32::try_from(n).ok());
    let rules = Rules {
        types: &types,
        max_size: bound("maxSize"),
        max_count: bound("maxCount"),
        required: get(rules, "required").is_truthy(),
    };
    let list: Vec<File> =
        read.iter().map(|(name, size, head)| File { name, size: *size, head: head.as_deref() }).collect();
    let Some(trouble) = files::check(&list, &rules) else { return JsValue::UNDEFINED };
    let params = Params { expected: &trouble.expected, found: &trouble.found, ..Params::default() };
    let out = Object::new();
    set(&out, "code", trouble.code);
    set(&out, "text", Words::new(words).finding(label, trouble.code, &params));
    set(&out, "at", trouble.at as u32);
    out.into()
}

/// A pasted block taken apart for fields (`[{ id, kind }]`): `[{ id, text }]`, empty for a common paste.
#[wasm_bindgen(js_name = splitBlock)]
pub fn split_block(text: &str, fields: &Array, today: u32) -> Array {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default();
    let mut targets = Vec::new();
    for field in fields.iter() {
        let kind = get(&field, "kind").as_string().as_deref().and_then(Kind::parse);
        if let (Some(id), Some(kind)) = (get(&field, "id").as_f64(), kind) {
            targets.push(Target { id: id as u32, kind });
        }
    }
    let units = js_sys::JsString::from(text);
    let piece = |it: block::Piece| {
        let out = Object::new();
        set(&out, "id", it.id);
        set(&out, "text", units.slice(it.span.start, it.span.end));
        JsValue::from(out)
    };
    block::split(text, &targets, day(today)).into_iter().map(piece).collect()
}

impl Held {
    fn tell(&self, out: &Object, values: &JsValue, drawn: &Array, today: Day) {
        let (schema, found, hidden) = (&self.schema, Array::new(), Array::new());
        let mut texts = Vec::new();
        for field in &schema.fields {
            let text = Reflect::get(values, &JsValue::from_str(&field.name)).ok().and_then(|it| it.as_string());
            texts.push((field.name.as_str(), text));
        }
        let text_of = |name: &str| texts.iter().find(|(it, _)| *it == name).and_then(|(_, text)| text.as_deref());
        let form = Form { today, text_of: &text_of };
        for field in &schema.fields {
            let name = std::slice::from_ref(&field.name);
            if !schema.is_visible(field, &form) {
                hidden.push(&JsValue::from_str(&field.name));
            } else if text_of(&field.name).is_some()
                && let Some(it) = schema.found(field, &form)
            {
                found.push(&finding(name, it.code, &schema.say(&self.words_of(Some(field)), field, &it), false));
            }
        }
        for it in schema.findings(&form) {
            let first = it.fields.first().and_then(|name| schema.field(name));
            let label = first.map_or("", |field| field.label.as_deref().unwrap_or(&field.name));
            let text = self.words_of(first).finding(label, it.code, &Params::default());
            found.push(&finding(&it.fields, it.code, &text, it.warning));
        }
        set(out, "findings", found);
        set(out, "hidden", hidden);
        let (ahead, wrong) = match schema.steps.is_empty() {
            true => (Vec::new(), Vec::new()),
            false => (schema.ahead(&|name| drawn.includes(&JsValue::from_str(name), 0)), schema.wrong(&form)),
        };
        set(out, "ahead", names(&ahead));
        set(out, "wrong", names(&wrong));
    }

    /// The words of the page with the form's and the field's own before them. The line under a field has its example already.
    fn words_of(&self, field: Option<&Field>) -> Words {
        let words = self.words.after(&self.schema.lines(field));
        if field.is_some_and(|it| it.example.is_some()) { words.without_example() } else { words }
    }
}

fn names(list: &[&str]) -> Array {
    list.iter().map(|name| JsValue::from_str(name)).collect()
}

fn finding(fields: &[String], code: &str, text: &str, warning: bool) -> JsValue {
    let out = Object::new();
    set(&out, "fields", strings(fields));
    set(&out, "code", code);
    set(&out, "text", text);
    set(&out, "warning", warning);
    out.into()
}

fn problem(it: &Problem) -> JsValue {
    let out = Object::new();
    set(&out, "path", it.path.as_str());
    set(&out, "code", it.code);
    set(&out, "message", it.message.as_str());
    out.into()
}

fn describe(out: &Object, Held { schema, words }: &Held) {
    let fields = Array::new();
    for field in &schema.fields {
        let it = Object::new();
        set(&it, "name", field.name.as_str());
        set_some(&it, "selector", field.selector.as_deref());
        set_some(&it, "kind", field.kind.map(Kind::name));
        if let Some(required) = field.required {
            set(&it, "required", required);
        }
        for (name, text) in [
            ("label", &field.label),
            ("mask", &field.mask),
            ("autocomplete", &field.autocomplete),
            ("step", &field.step),
        ] {
            set_some(&it, name, text.as_deref());
        }
        set(&it, "about", field.about(words));
        set(&it, "hinted", field.example.is_some());
        set(&it, "words", schema.lines(Some(field)));
        set(&it, "capture", field.capture);
        set(&it, "draft", field.draft);
        set(&it, "submit", field.submit);
        set(&it, "sendAnyway", field.send_anyway);
        set(&it, "conditional", field.visible_if.is_some());
        if let Some(files) = &field.files {
            let rules = Object::new();
            set(&rules, "types", strings(&files.types));
            for (name, bound) in [("maxSize", files.max_size), ("maxCount", files.max_count)] {
                if let Some(bound) = bound {
                    set(&rules, name, bound);
                }
            }
            set(&it, "files", rules);
        }
        fields.push(&it);
    }
    set(out, "form", schema.form.as_str());
    set_some(out, "language", schema.language);
    set(out, "fields", fields);
    let errors = Object::new();
    for error in &schema.errors {
        let it = Object::new();
        for (name, text) in
            [("article", &error.article), ("topic", &error.topic), ("field", &error.field), ("message", &error.message)]
        {
            set_some(&it, name, text.as_deref());
        }
        set(&errors, &error.code, it);
    }
    set(out, "errors", errors);
    set(out, "words", schema.lines(None));
    set(out, "stepped", !schema.steps.is_empty());
    set(out, "draftHours", schema.draft_hours);
}

/// The day of a number such as 20261231.
fn day(number: u32) -> Day {
    let part = |n: u32| u8::try_from(n % 100).unwrap_or(1);
    Day { year: u16::try_from(number / 10_000).unwrap_or(1), month: part(number / 100), day: part(number) }
}
