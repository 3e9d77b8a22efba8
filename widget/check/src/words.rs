//! A verdict as the sentence that a page would show, for an answer of a server.

use podskazka::messages::{Params, Words};
use podskazka::verdict::{Fault, Span};

thread_local! {
    static WORDS: [Words; 2] = [Words::russian(), Words::english()];
}

/// Classes as in `check.js`: a doubt, an unfinished value, a fault, an empty field.
const DOUBT: u32 = 0;
const PARTIAL: u32 = 1;
const FAULT: u32 = 2;

/// `parts` are a code (of an unfinished value its kind), the label, what was expected and found, with U+0000 between them.
pub fn say(language: usize, class: u32, missing: u32, parts: &str) -> String {
    let mut parts = parts.split('\0');
    let mut next = || parts.next().unwrap_or_default();
    let (code, label, expected, found) = (next(), next(), next(), next());
    WORDS.with(|all| {
        let Some(words) = all.get(language) else { return String::new() };
        let (group, doubt) = code.split_once('.').unwrap_or((code, ""));
        let ours = matches!(group, "form" | "file");
        match class {
            PARTIAL => words.partial(label, code, missing),
            DOUBT if !ours => words.doubt(label, group, doubt),
            FAULT if !ours => words.fault(label, &fault(code, expected, found)),
            DOUBT | FAULT => {
                let code = if code == "form.pattern" && expected.is_empty() { "form.pattern_alone" } else { code };
                let n = expected.parse().unwrap_or_default();
                words.finding(label, code, &Params { expected, found, n, ..Params::default() })
            }
            _ => words.finding(label, "form.required", &Params::default()),
        }
    })
}

fn fault(code: &str, expected: &str, found: &str) -> Fault {
    let [code, expected, found] = [code, expected, found].map(str::to_owned);
    Fault { code, span: Span::default(), expected, found, fixes: Vec::new() }
}
