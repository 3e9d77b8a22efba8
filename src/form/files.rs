//! Files before they are sent: type by content, size, number, name. The page gives the first bytes, never the whole file.

use crate::text::{cut, push_number};

/// Types by the name that a schema uses.
pub const TYPES: &[&str] =
    &["pdf", "jpg", "png", "gif", "webp", "heic", "tiff", "docx", "xlsx", "zip", "doc", "rtf", "txt", "xml", "sig"];
/// Bytes of the start of a file that [`check`] reads: the number of a TAR or ZIP entry lies well within.
pub const HEAD: usize = 4100;
/// Longest name that file systems and mail keep whole.
const MOST_NAME: usize = 255;

/// What a field takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// Names of [`TYPES`]; empty for all.
    pub types: &'a [String],
    /// Most bytes of one file.
    pub max_size: Option<u32>,
    pub max_count: Option<u32>,
    pub required: bool,
}

/// One chosen file.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub name: &'a str,
    /// Bytes in all; past what 53 bits count, a size is no longer told apart.
    pub size: u64,
    /// The first [`HEAD`] bytes; `None` where the browser could not read them.
    pub head: Option<&'a [u8]>,
}

/// What is wrong with the files of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub code: &'static str,
    /// Place of the file among those chosen.
    pub at: usize,
    /// What the field takes: types, a size, a number.
    pub expected: String,
    /// What was chosen: a type by its content, a size, a number.
    pub found: String,
}

/// Every code of a file, the first that applies is shown.
pub const CODES: &[&str] = &[
    "file.required",
    "file.count",
    "file.unreadable",
    "file.empty",
    "file.size",
    "file.name",
    "file.type",
    "file.content",
    "file.locked",
];

/// The first trouble with the chosen files.
pub fn check(files: &[File], rules: &Rules) -> Option<Trouble> {
    let whole = |code, expected, found| Some(Trouble { code, at: 0, expected, found });
    if files.is_empty() {
        return if rules.required { whole("file.required", types(rules), String::new()) } else { None };
    }
    if let Some(most) = rules.max_count.filter(|most| files.len() > *most as usize) {
        return whole("file.count", number(u64::from(most)), number(files.len() as u64));
    }
    files.iter().enumerate().find_map(|(at, file)| {
        let (code, expected, found) = judge(file, rules)?;
        Some(Trouble { code, at, expected, found })
    })
}

fn judge(file: &File, rules: &Rules) -> Option<(&'static str, String, String)> {
    let none = String::new;
    let Some(head) = file.head else { return Some(("file.unreadable", none(), none())) };
    if file.size == 0 {
        return Some(("file.empty", none(), none()));
    }
    if let Some(most) = rules.max_size.filter(|most| file.size > u64::from(*most)) {
        return Some(("file.size", size(u64::from(most)), size(file.size)));
    }
    // What a form or a file system reads as something else than a name.
    let odd =
        |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{202e}');
    if file.name.chars().count() > MOST_NAME || file.name.chars().any(odd) {
        return Some(("file.name", none(), none()));
    }
    let named = extension(file.name);
    let allowed = |name: &str| rules.types.is_empty() || rules.types.iter().any(|it| it == name);
    let found = sniff(head);
    let known = TYPES.contains(&named.as_str());
    if !allowed(&named) {
        return Some(("file.type", types(rules), named));
    }
    if known && !agrees(&named, found) {
        return Some(("file.content", named, found.unwrap_or_default().to_owned()));
    }
    if found == Some("pdf") && contains(head, b"/Encrypt") {
        return Some(("file.locked", none(), none()));
    }
    None
}

/// Extension in small letters, `jpeg` and `tif` by their common names.
fn extension(name: &str) -> String {
    let mut tail = "";
    let mut rest = name;
    while let Some((_, behind)) = cut(rest, b'.') {
        (tail, rest) = (behind, behind);
    }
    let tail = tail.to_ascii_lowercase();
    match tail.as_str() {
        "jpeg" => "jpg".to_owned(),
        "tif" => "tiff".to_owned(),
        "heif" => "heic".to_owned(),
        _ => tail,
    }
}

/// The type by the first bytes.
pub fn sniff(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "pdf"),
        (b"\xff\xd8\xff", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF8", "gif"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0", "doc"),
        (b"{\\rtf", "rtf"),
        (b"<?xml", "xml"),
        (b"\xef\xbb\xbf<?xml", "xml"),
    ];
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some("webp");
    }
    if head.get(4..8) == Some(b"ftyp") && head.get(8..11).is_some_and(|brand| matches!(brand, b"hei" | b"mif" | b"hev"))
    {
        return Some("heic");
    }
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name)
}

/// Does the content fit the name? A signature and a plain text have no mark of their own.
fn agrees(named: &str, found: Option<&str>) -> bool {
    match named {
        "sig" => true,
        "txt" => found.is_none() || found == Some("xml"),
        "docx" | "xlsx" | "zip" => found == Some("zip"),
        // A document may stand as RTF under the old name.
        "doc" => matches!(found, Some("doc" | "rtf")),
        _ => found == Some(named),
    }
}

fn contains(head: &[u8], what: &[u8]) -> bool {
    head.windows(what.len()).any(|window| window == what)
}

fn types(rules: &Rules) -> String {
    let mut out = String::new();
    for name in rules.types {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&name.to_ascii_uppercase());
    }
    out
}

fn number(n: u64) -> String {
    let mut out = String::new();
    push_number(&mut out, n, 1);
    out
}

/// Bytes in words: «5 МБ», «1,5 МБ», «300 КБ».
fn size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = KB * KB;
    let mut out = String::new();
    if bytes < MB {
        // Never «0 КБ» for a file with something in it.
        push_number(&mut out, bytes.div_ceil(KB), 1);
        out.push_str(" КБ");
        return out;
    }
    let tenths = bytes.saturating_mul(10) / MB;
    push_number(&mut out, tenths / 10, 1);
    if !tenths.is_multiple_of(10) {
        out.push(',');
        push_number(&mut out, tenths % 10, 1);
    }
    out.push_str(" МБ");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7 ...";

    #[track_caller]
    fn judged(name: &str, size: u64, head: Option<&[u8]>, expected: Option<&str>) {
        let types = ["pdf".to_owned(), "jpg".to_owned(), "docx".to_owned()];
        let rules = Rules { types: &types, max_size: Some(5 << 20), max_count: Some(2), required: true };
        let found = check(&[File { name, size, head }], &rules);
        assert_eq!(found.as_ref().map(|it| it.code), expected, "{name}");
        assert!(found.is_none_or(|it| CODES.contains(&it.code)));
    }

    #[test]
    fn accepts_what_the_field_takes() {
        judged("Справка.pdf", 12, Some(PDF), None);
        judged("scan.JPEG", 100, Some(b"\xff\xd8\xff\xe0"), None);
        judged("заявление.docx", 100, Some(b"PK\x03\x04...."), None);
        judged(&["я".repeat(250), ".pdf".to_owned()].concat(), 12, Some(PDF), None);
    }

    #[test]
    fn names_what_is_wrong() {
        judged("a.pdf", 12, None, Some("file.unreadable"));
        judged("a.pdf", 0, Some(b""), Some("file.empty"));
        judged("a.pdf", (5 << 20) + 1, Some(PDF), Some("file.size"));
        judged("a:b.pdf", 12, Some(PDF), Some("file.name"));
        judged("cod\u{202e}fdp.exe", 12, Some(PDF), Some("file.name"));
        judged(&["a".repeat(260), ".pdf".to_owned()].concat(), 12, Some(PDF), Some("file.name"));
        judged("a.exe", 12, Some(b"MZ"), Some("file.type"));
        judged("без расширения", 12, Some(PDF), Some("file.type"));
        judged("a.pdf", 12, Some(b"MZ\x90"), Some("file.content"));
        judged("a.jpg", 12, Some(PDF), Some("file.content"));
        judged("a.pdf", 60, Some(b"%PDF-1.7 trailer << /Encrypt 5 0 R >>"), Some("file.locked"));
    }

    #[test]
    fn counts_and_asks_for_files() {
        let rules = Rules { required: true, max_count: Some(1), ..Rules::default() };
        assert_eq!(check(&[], &rules).map(|it| it.code), Some("file.required"));
        let file = File { name: "a.pdf", size: 12, head: Some(PDF) };
        assert_eq!(check(&[file, file], &rules).map(|it| (it.code, it.found)), Some(("file.count", "2".to_owned())));
        assert_eq!(check(&[], &Rules::default()), None);
        // Nothing is said of types: each goes, but not under another's name.
        let odd = File { name: "a.exe", size: 2, head: Some(b"MZ") };
        assert_eq!(check(&[odd], &Rules::default()), None);
    }

    #[test]
    fn a_size_is_read_at_a_glance() {
        assert_eq!(size(1), "1 КБ");
        assert_eq!(size(300 * 1024), "300 КБ");
        assert_eq!(size(5 << 20), "5 МБ");
        assert_eq!(size((3 << 20) / 2), "1,5 МБ");
    }
}
