//! The document of the API as a page to read: made from the document itself, without a script and without a request to
//! anybody.

#![expect(clippy::indexing_slicing, reason = "a JSON value answers `null` for a member that it does not have")]

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// Nothing runs; the style is our own file.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
const STYLE: &str = include_str!("docs/docs.css");
/// Parts of the API as their tags name them.
const PARTS: [(&str, &str); 2] = [("public", "Citizens and pages"), ("desk", "Operators")];

/// The page.
pub fn answer(page: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, page).into_response()
}

/// Its style.
pub async fn show_style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, STYLE).into_response()
}

/// Writes the page of a document.
pub fn page(document: &Value) -> String {
    let operations = operations(document);
    let (mut contents, mut body) = (String::new(), String::new());
    for (tag, title) in PARTS {
        contents.push_str(&format!("<li><a href=\"#{tag}\">{title}</a>\n<ul>\n"));
        body.push_str(&format!("<h2 id=\"{tag}\">{title}</h2>\n"));
        for (method, path, operation) in operations.iter().filter(|(_, _, it)| it["tags"][0] == tag) {
            let id = id(method, path);
            contents.push_str(&format!("<li><a href=\"#{id}\"><code>{method} {}</code></a></li>\n", escaped(path)));
            body.push_str(&format!("<section aria-labelledby=\"{id}\">\n"));
            body.push_str(&format!("<h3 id=\"{id}\"><code>{method} {}</code></h3>\n", escaped(path)));
            body.push_str(&described(operation));
            body.push_str("</section>\n");
        }
        contents.push_str("</ul>\n</li>\n");
    }
    contents.push_str("<li><a href=\"#shapes\">Shapes</a></li>\n");
    body.push_str("<h2 id=\"shapes\">Shapes</h2>\n");
    let named = document["components"]["schemas"].as_object().into_iter().flatten();
    // A problem of some codes is told where it is answered.
    for (name, schema) in named.filter(|(name, _)| !name.starts_with("Problem.")) {
        body.push_str(&shape(name, schema));
    }
    let (title, about) = (text(&document["info"]["title"]), prose(&document["info"]["description"]));
    let version = text(&document["info"]["version"]);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}: API</title>\n\
         <link rel=\"stylesheet\" href=\"docs.css\">\n<a class=\"skip\" href=\"#main\">To the routes</a>\n<header>\n\
         <h1>{title}: API {version}</h1>\n<p>{about} The same for programs: <a href=\"openapi.json\">openapi.json</a>.\
         </p>\n</header>\n<nav aria-label=\"Contents\">\n<ul>\n{contents}</ul>\n</nav>\n<main id=\"main\">\n{body}</main>\n\
         </html>\n"
    )
}

/// Method in capitals, path, operation.
fn operations(document: &Value) -> Vec<(String, &str, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            all.push((method.to_uppercase(), path.as_str(), operation));
        }
    }
    all
}

fn id(method: &str, path: &str) -> String {
    let plain = |text: &str| text.chars().filter(|it| it.is_ascii_alphanumeric() || "-_".contains(*it)).collect();
    let parts: Vec<String> = path.split('/').filter(|it| !it.is_empty()).map(plain).collect();
    format!("{}-{}", method.to_lowercase(), parts.join("-"))
}

fn described(operation: &Value) -> String {
    let mut out = format!("<p>{}</p>\n", prose(&operation["summary"]));
    if !operation["description"].is_null() {
        out.push_str(&format!("<p>{}</p>\n", prose(&operation["description"])));
    }
    let who = operation["security"][0].as_object().and_then(|it| it.keys().next());
    if let Some(who) = who {
        out.push_str(&format!("<p>Needs: <code>{}</code>.</p>\n", escaped(who)));
    }
    let rows = operation["parameters"].as_array().into_iter().flatten().map(|it| {
        let needed = if it["required"] == true { "required" } else { "optional" };
        let name = format!("<code>{}</code>", text(&it["name"]));
        [name, text(&it["in"]), needed.to_owned(), kind(&it["schema"]), prose(&it["description"])]
    });
    out.push_str(&table("Parameters", ["Name", "Place", "Need", "Type", "Meaning"], rows));
    if let Some(content) = operation["requestBody"]["content"].as_object() {
        for (media, it) in content {
            out.push_str(&format!("<p>Body: {} as <code>{}</code>.</p>\n", kind(&it["schema"]), escaped(media)));
        }
    }
    let rows = operation["responses"].as_object().into_iter().flatten().map(|(status, response)| {
        let content = response["content"].as_object();
        let body = content.and_then(|it| it.values().next()).map(|it| kind(&it["schema"])).unwrap_or_default();
        let media: Vec<_> = content.into_iter().flat_map(|it| it.keys()).map(|it| escaped(it)).collect();
        [format!("<code>{}</code>", escaped(status)), body, media.join(", ")]
    });
    out.push_str(&table("Answers", ["Status", "Body", "Media type"], rows));
    out
}

fn shape(name: &str, schema: &Value) -> String {
    let name = escaped(name);
    let mut out =
        format!("<section aria-labelledby=\"shape-{name}\">\n<h3 id=\"shape-{name}\"><code>{name}</code></h3>\n");
    if !schema["description"].is_null() {
        out.push_str(&format!("<p>{}</p>\n", prose(&schema["description"])));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<_> = values.iter().map(|it| format!("<code>{}</code>", text(it))).collect();
        out.push_str(&format!("<p>One of {}.</p>\n", values.join(", ")));
    }
    let required = |name: &str| schema["required"].as_array().is_some_and(|it| it.iter().any(|it| it == name));
    let rows = schema["properties"].as_object().into_iter().flatten().map(|(name, it)| {
        let needed = if required(name) { "required" } else { "optional" };
        [format!("<code>{}</code>", escaped(name)), needed.to_owned(), kind(it), prose(&it["description"])]
    });
    out.push_str(&table("Members", ["Name", "Need", "Type", "Meaning"], rows));
    out.push_str("</section>\n");
    out
}

/// A table, or nothing without rows. The first cell names its row.
fn table<const N: usize>(caption: &str, heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut body = String::new();
    for row in rows {
        body.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            body.push_str(&if i == 0 { format!("<th scope=\"row\">{cell}</th>") } else { format!("<td>{cell}</td>") });
        }
        body.push_str("</tr>\n");
    }
    if body.is_empty() {
        return body;
    }
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    // A wide table scrolls by itself and not the page; the keyboard reaches it.
    format!(
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"{caption}\">\n<table>\n\
         <caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )
}

/// The type of a schema, with a link where it has a name.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        if let Some(codes) = name.strip_prefix("Problem.") {
            let codes: Vec<_> = codes.split('.').map(|code| format!("<code>{}</code>", escaped(code))).collect();
            return format!("<a href=\"#shape-Problem\">Problem</a>: {}", codes.join(", "));
        }
        let name = escaped(name);
        return format!("<a href=\"#shape-{name}\">{name}</a>");
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::String(it) if it == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(it) => escaped(it),
        Value::Array(kinds) => kinds.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}

fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}

/// Words with `code` in them.
fn prose(value: &Value) -> String {
    let words = text(value).replace("[`super::", "`").replace("[`", "`").replace("`]", "`");
    let mut out = String::new();
    for (i, part) in words.split('`').enumerate() {
        out.push_str(&if i % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() });
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_of_the_document_are_words_of_the_page() {
        assert_eq!(prose(&json!("a `b<c` [`super::D`] & e")), "a <code>b&lt;c</code> <code>D</code> &amp; e");
        assert_eq!(id("GET", "/v1/tickets/{number}"), "get-v1-tickets-number");
        let list = json!({"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}});
        let problem = json!({"$ref": "#/components/schemas/Problem.not-found.a"});
        let codes = "<a href=\"#shape-Problem\">Problem</a>: <code>not-found</code>, <code>a</code>";
        assert_eq!(kind(&problem), codes);
        assert_eq!(kind(&list), "list of <a href=\"#shape-A\">A</a> or null");
        assert_eq!(table("x", ["a"], std::iter::empty()), "");
    }
}
