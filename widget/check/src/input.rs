//! Arguments from JavaScript: read strictly, refused with their name and the fix.

use js_sys::{Array, Reflect, TypeError};
use podskazka::validators::{ALL, Kind};
use podskazka::verdict::Day;
use wasm_bindgen::{JsCast, JsValue};

use crate::glue;

/// One field of `checkForm`.
pub struct Row {
    pub name: String,
    pub kind: Kind,
    pub text: String,
    pub required: bool,
}

fn refuse(message: &str) -> JsValue {
    TypeError::new(message).into()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    // A value that is no object has no properties.
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// A text; `path` names the argument in the error.
pub fn text(value: &JsValue, path: &str) -> Result<String, JsValue> {
    let example = if path.ends_with("kind") { "\"inn\"" } else { "\"7707083893\"" };
    value.as_string().ok_or_else(|| refuse(&[path, ": give a string, such as ", example].concat()))
}

/// A column of texts as one text with U+0000 between them, which is passed at once: a call per text costs more than its
/// check.
pub fn column(value: &JsValue) -> Result<String, JsValue> {
    glue::column(value).as_string().ok_or_else(|| refuse("texts: give an array of strings"))
}

/// How many texts a column has.
pub fn length(column: &JsValue) -> usize {
    column.unchecked_ref::<Array>().length() as usize
}

/// The same as [`column`] for texts that hold U+0000 themselves: they get a sign for it, so that the places stay right.
pub fn cleaned(column: &JsValue) -> String {
    let texts = column.unchecked_ref::<Array>().iter().filter_map(|text| text.as_string());
    texts.map(|text| text.replace('\0', "\u{fffd}")).collect::<Vec<_>>().join("\0")
}

/// A kind by its name.
pub fn kind(value: &JsValue, path: &str) -> Result<Kind, JsValue> {
    if let Some(kind) = known(value) {
        return Ok(kind);
    }
    let name = text(value, path)?;
    let kind = Kind::parse(&name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
        refuse(&[path, ": \"", &name, "\" is not known; take one of ", &names.join(", ")].concat())
    })?;
    glue::learn(&name, kind as i32);
    Ok(kind)
}

/// A kind that was asked for before.
fn known(name: &JsValue) -> Option<Kind> {
    ALL.get(usize::try_from(glue::place(name)).ok()?).copied()
}

/// `context.today` as `YYYY-MM-DD`, or the day of the caller's clock.
pub fn today(context: &JsValue) -> Result<Day, JsValue> {
    let number = match glue::day(context) {
        -2 => return Err(refuse("context: give an object, such as { today: \"2026-03-31\" }")),
        -1 => return Err(refuse("context.today: give a day as YYYY-MM-DD, such as \"2026-03-31\"")),
        0 => glue::now(),
        day => day,
    };
    let part = |number: i32| u8::try_from(number % 100).unwrap_or(1);
    Ok(Day { year: u16::try_from(number / 10_000).unwrap_or(1), month: part(number / 100), day: part(number) })
}

/// `context.bik`, for an account.
pub fn bik(context: &JsValue) -> Result<Option<String>, JsValue> {
    let given = glue::bik(context);
    if given.is_undefined() { Ok(None) } else { text(&given, "context.bik").map(Some) }
}

/// The list of `checkForm`.
pub fn rows(fields: &JsValue) -> Result<Vec<Row>, JsValue> {
    if !Array::is_array(fields) {
        let example = "fields: give a list, such as [{ name: \"inn\", kind: \"inn\", text: \"7707083893\" }]";
        return Err(refuse(example));
    }
    Array::from(fields)
        .iter()
        .enumerate()
        .map(|(at, row)| read_row(&row, &["fields[", &at.to_string(), "]"].concat()))
        .collect()
}

fn read_row(row: &JsValue, path: &str) -> Result<Row, JsValue> {
    let at = |name: &str| [path, ".", name].concat();
    Ok(Row {
        name: text(&get(row, "name"), &at("name"))?,
        kind: kind(&get(row, "kind"), &at("kind"))?,
        text: text(&get(row, "text"), &at("text"))?,
        required: get(row, "required").is_truthy(),
    })
}
