use super::*;

const HEAD: &str = "---\nid: a\ntitle: Как вернуть деньги\nsection: payment\nasked_as: [вернуть деньги]\nkeywords: [деньги]\n\
                    kinds: [inn]\ncodes: [inn.checksum]\nlang: ru\nupdated: 2026-11-01\nreviewed_by: Отдел\n---\n";

/// Findings of articles given as file name and text, as `file:line level message` with the folder left out.
fn findings(files: &[(&str, String)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    let today = day_number("2026-11-25").unwrap();
    let (_, list, _) = check(dir.path(), today, 365, "a = b").unwrap();
    let root = dir.path().display().to_string();
    list.iter().filter(|f| f.line > 0).map(|f| f.to_string().replace(&format!("{root}/"), "")).collect()
}

/// One article with one thing to mend.
#[track_caller]
fn one(text: &str, expected: &str) {
    let list = findings(&[("a.md", text.to_owned())]);
    assert!(list.len() == 1 && list[0].starts_with(expected), "{list:#?}");
}

#[test]
fn a_sound_article_has_no_findings() {
    assert_eq!(findings(&[("a.md", format!("{HEAD}Подайте заявление."))]), [""; 0]);
}

#[test]
fn names_line_and_fix() {
    let body = |text: &str| format!("{HEAD}{text}");
    one(&body("[тут](faq:b)"), "a.md:13: error: no article `b`");
    one(&body("Текст.\n\n[тут](faq:a)"), "a.md:15: error: a link to the article itself");
    one(&body("![](a.svg)"), "a.md:13: error: a picture without words");
    one(&body("Текст.\n\n![Снимок](none.svg)"), "a.md:15: error: the picture `none.svg` is not in");
    one(&body("Текст.\nВведено некорректно."), "a.md:14: error: «некорректн…»");
    one(&body(&format!("Раз.\n\n{}конец.", "слово ".repeat(30))), "a.md:15: warning: a sentence of 31 words");
    one(&body(&"Переосвидетельствование уполномоченными. ".repeat(30)), "a.md:13: warning: reading ease");
    one(&body("Текст.").replace("id: a", "id: b"), "a.md:2: error: `id` is `b`");
    one(&body("Текст.").replace("2026-11-01", "2025-11-01"), "a.md:10: warning: looked at 389 days ago");
    one(&body("Текст.").replace("2026-11-01", "2026-12-01"), "a.md:10: error: `updated` lies in the future");
    one(&body("Текст.").replace("reviewed_by: Отдел\n", ""), "a.md:10: warning: nobody answers for the words");
    one(&body("Текст.").replace("[inn]", "[horse]"), "a.md:7: warning: no field has the kind `horse`");
    one(
        &body("Текст.").replace("inn.checksum", "inn.horse"),
        "a.md:8: warning: no validator and no rule of a form gives the code `inn.horse`",
    );
    one(&body("Текст.").replace("section: payment", "section: money"), "a.md:4: error: unknown section `money`");
}

#[test]
fn a_code_of_the_portal_is_its_own_affair_and_a_rule_of_the_form_is_known() {
    let with = |code: &str| findings(&[("a.md", format!("{HEAD}Текст.").replace("inn.checksum", code))]);
    for code in ["site.E403", "form.required", "form.account_bik"] {
        assert_eq!(with(code), [""; 0], "{code}");
    }
    assert!(with("form.horse")[0].starts_with("a.md:8: warning: no validator and no rule of a form"));
}

#[test]
fn two_articles_must_not_answer_one_question() {
    let text = format!("{HEAD}Подайте заявление.");
    let list = findings(&[("a.md", text.clone()), ("b.md", text.replace("id: a", "id: b"))]);
    assert_eq!(list.len(), 2, "{list:#?}");
    assert!(list.iter().all(|f| f.contains("b.md:5: warning: «") || f.contains("stands in `a` too")), "{list:#?}");
    let list = findings(&[("a.md", text.clone()), ("b.md", text)]);
    assert!(list.iter().any(|f| f.starts_with("b.md:2: error: `a` is the id of")), "{list:#?}");
}

#[test]
fn an_article_that_its_own_words_do_not_find_is_named() {
    let rival = |id: &str| {
        let head = HEAD.replace("id: a", &format!("id: {id}"));
        (
            format!("{id}.md"),
            format!("{head}Вернуть деньги можно.").replace("вернуть деньги]", &format!("деньги {id}]")),
        )
    };
    let lost = HEAD.replace("Как вернуть деньги", "Прочее").replace("[деньги]", "[прочее]");
    let lost = lost.replace("id: a", "id: z").replace("[вернуть деньги]", "[деньги]");
    let files: Vec<(String, String)> =
        ["b", "c", "d", "e"].map(rival).into_iter().chain([("z.md".into(), lost + "Прочее.")]).collect();
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let list = findings(&files);
    assert!(
        list.iter().any(|f| f.starts_with("e.md:3: warning: «Как вернуть деньги» finds b, c, d first")),
        "{list:#?}"
    );
    assert!(!list.iter().any(|f| f.starts_with("z.md")), "a question written into it finds it: {list:#?}");
}

#[test]
fn counts_days() {
    for (date, number) in [("1970-01-01", 0), ("1970-03-01", 59), ("2000-02-29", 11_016), ("2026-11-25", 20_782)] {
        assert_eq!(day_number(date), Some(number), "{date}");
    }
    for date in ["", "2026", "2026-13-01", "2026-1-x"] {
        assert_eq!(day_number(date), None, "{date}");
    }
}

#[test]
fn counts_articles_without_an_official_instruction_and_with_a_front_page() {
    let dir = tempfile::tempdir().unwrap();
    for (name, source) in
        [("a", ""), ("b", "https://www.cbr.ru/"), ("c", "https://www.cbr.ru/information_security/pmp/")]
    {
        let line = if source.is_empty() { String::new() } else { format!("source: {source}\n") };
        let head = HEAD.replace("id: a", &format!("id: {name}")).replace("lang: ru\n", &format!("lang: ru\n{line}"));
        std::fs::write(dir.path().join(format!("{name}.md")), format!("{head}Текст.")).unwrap();
    }
    let (_, _, sources) = check(dir.path(), day_number("2026-11-25").unwrap(), 365, "a = b").unwrap();
    let file = |name: &str| vec![dir.path().join(name).display().to_string()];
    assert_eq!(sources, Sources { none: file("a.md"), front: file("b.md") });
}
