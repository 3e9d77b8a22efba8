//! Arguments from JavaScript: read strictly, refused with their name and the fix.

use js_sys::{Array, Date, Reflect, TypeError};
use podskazka::validators::{ALL, Kind};
use podskazka::verdict::Day;
use wasm_bindgen::JsValue;

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

fn absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// A text; `path` names the argument in the error.
pub fn text(value: &JsValue, path: &str) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| refuse(&[path, ": give a string, such as \"7707083893\""].concat()))
}

/// A column of texts as one text with U+0000 between them, which is passed at once: a call per text costs more than its
/// check. A text that holds U+0000 itself gets a replacement character for it, so that the places stay right.
pub fn column(value: &JsValue) -> Result<Option<String>, JsValue> {
    let fault = || refuse("texts: give an array of strings");
    if !Array::is_array(value) {
        return Err(fault());
    }
    let list = Array::from(value);
    if list.length() == 0 {
        return Ok(None);
    }
    let whole = String::from(list.join("\0"));
    // Joined, `null` and other kinds of values would pass for texts.
    let strings = list.every(&mut |item, _, _| item.is_string());
    if !strings {
        return Err(fault());
    }
    if whole.matches('\0').count() + 1 == list.length() as usize {
        return Ok(Some(whole));
    }
    let texts: Vec<String> =
        list.iter().filter_map(|item| item.as_string()).map(|t| t.replace('\0', "\u{fffd}")).collect();
    Ok(Some(texts.join("\0")))
}

/// A kind by its name.
pub fn kind(value: &JsValue, path: &str) -> Result<Kind, JsValue> {
    let name = text(value, path)?;
    Kind::parse(&name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|kind| kind.name()).collect();
        refuse(&[path, ": \"", &name, "\" is not known; take one of ", &names.join(", ")].concat())
    })
}

/// `context.today` as `YYYY-MM-DD`, or the day of the caller's clock.
pub fn today(context: &JsValue) -> Result<Day, JsValue> {
    let given = property(context, "today")?;
    if absent(&given) {
        let now = Date::new_0();
        let small = |n: u32| u8::try_from(n).unwrap_or(1);
        let year = u16::try_from(now.get_full_year()).unwrap_or(1);
        return Ok(Day { year, month: small(now.get_month() + 1), day: small(now.get_date()) });
    }
    let fault = || refuse("context.today: give a day as YYYY-MM-DD, such as \"2026-03-31\"");
    parse_day(&text(&given, "context.today").map_err(|_| fault())?).ok_or_else(fault)
}

fn parse_day(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    // Lengths first: `parse` would also take a sign or a longer run of digits.
    let mut number = |digits: usize| {
        let part = parts.next().filter(|it| it.len() == digits && it.bytes().all(|b| b.is_ascii_digit()));
        part?.parse::<u16>().ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let real = year > 0 && (1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none();
    real.then_some(Day { year, month, day })
}

/// `context.bik`, for an account.
pub fn bik(context: &JsValue) -> Result<Option<String>, JsValue> {
    let given = property(context, "bik")?;
    if absent(&given) { Ok(None) } else { text(&given, "context.bik").map(Some) }
}

fn property(context: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    if absent(context) {
        return Ok(JsValue::UNDEFINED);
    }
    if !context.is_object() {
        return Err(refuse("context: give an object, such as { today: \"2026-03-31\" }"));
    }
    Ok(get(context, name))
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
