//! TypeScript types of the codes: an editor knows each with the sentence that a page says of it, and a call that finds it.

use podskazka::validators::codes::REASONS;
use serde_json::Value;

use crate::codes;

/// The names of faults and of doubts, each an interface and the union of its names, and the reasons of fixes.
pub fn write() -> anyhow::Result<String> {
    let all = codes::all()?;
    let of = |doubt: bool| all.iter().filter(move |it| (it["doubt"] == true) == doubt);
    let faults = interface("Faults", "Codes of faults and the kind of each; `form` and `file` are no kinds", of(false));
    let doubts = interface("Doubts", "Codes of doubts, which refuse nothing, and the kind of each", of(true));
    Ok(format!(
        "{faults}\n\
         /** Code of a fault. Never renamed. @example if (fault.code === \"inn.checksum\") count(fault.code) */\n\
         export type Code = keyof Faults;\n\n\
         {doubts}\n\
         /** Code of a doubt. Never renamed. @example check(\"inn\", \"7707083893\") */\n\
         export type WarningCode = keyof Doubts;\n\n{}",
        reasons()
    ))
}

fn reasons() -> String {
    let said: String = REASONS.iter().map(|(reason, done)| format!(" * - `{reason}`: {done}\n")).collect();
    let names: Vec<_> = REASONS.iter().map(|(reason, _)| format!("\"{reason}\"")).collect();
    format!(
        "/**\n * What a fix does. Never renamed.\n *\n{said} *\n \
         * @example const verdict = check(\"inn\", \"7707083894\"); if (verdict.verdict === \"fault\") count(verdict.fixes.map((fix) => fix.reason))\n */\n\
         export type FixReason = {};\n",
        names.join(" | ")
    )
}

fn interface<'a>(name: &str, said: &str, codes: impl Iterator<Item = &'a Value>) -> String {
    let members: String = codes.map(member).collect();
    format!(
        "/** {said}. The default is what a page says; `messages` of a schema say it otherwise. */\nexport interface {name} {{\n{members}}}\n"
    )
}

fn member(it: &Value) -> String {
    let text = |key: &str| it[key].as_str().unwrap_or_default();
    let (code, kind) = (text("code"), text("kind"));
    let [ru, en] = ["ru", "en"].map(|lang| sentence(text(lang)));
    let en = if en.is_empty() { "A doubt without words of its own: the value is taken.".to_owned() } else { en };
    let initial = if ru.is_empty() { "nothing".to_owned() } else { format!("«{ru}»") };
    // What stands between fields, or in files, has no call that finds it alone.
    let found = if it["doubt"] == true { "doubt" } else { "fault" };
    let call = it["call"]
        .as_str()
        .map_or_else(|| format!("if ({found}.code === \"{code}\") count({found}.code)"), ToOwned::to_owned);
    format!(
        "  /**\n   * {en}\n   *\n   * @defaultValue {initial}\n   * @example {call}\n   */\n  \"{code}\": \"{kind}\";\n"
    )
}

/// `: вместо «О» нужна цифра.` becomes `Вместо «О» нужна цифра.`, with nothing that ends the comment or begins a tag in it.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_start_matches(": ").chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect::<String>().replace("*/", "*\u{200b}/").replace(" @", " `@`")
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn a_code_has_its_sentence_and_a_call_that_finds_it() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).ok();
        let text = write().expect("types can be made");
        for part in [
            "   * @defaultValue «Цифры не сходятся, в одной из них опечатка. Сверьте номер с документом.»\n",
            "  \"inn.checksum\": \"inn\";\n",
            "   * @example if (fault.code === \"form.min\") count(fault.code)\n   */\n  \"form.min\": \"form\";\n",
            // The day and the БИК stand where the code hangs on them, and there alone.
            "{ today: \"2026-11-25\" })\n   */\n  \"birth_date.range\": \"birth_date\";\n",
            "{ bik: \"044525411\" })\n   */\n  \"account.checksum\": \"account\";\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(text.contains("\n * - `swap`: two neighbours change places\n"), "{text}");
        assert!(text.contains("export type FixReason = \"swap\" | \"digit\" | "), "{text}");
        assert!(!text.lines().any(|line| line.contains("check(\"inn\"") && line.contains("today")));
    }
}
