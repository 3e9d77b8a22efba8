use std::path::Path;

use super::markdown::parse;
use super::*;

const HEAD: &str = "---\nid: a\ntitle: Заголовок\nsection: payment\nasked_as: [раз, два]\nkeywords: [три]\n\
                    kinds: [inn]\ncodes: [inn.checksum]\nlang: ru\nupdated: 2026-11-25\n---\n";

fn articles() -> Vec<Article> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/faq");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    let read = |f: &std::path::PathBuf| {
        let article = parse(&std::fs::read_to_string(f).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", f.display()));
        assert_eq!(Some(article.id.as_str()), f.file_stem().and_then(|s| s.to_str()), "id and file name differ");
        article
    };
    files.iter().map(read).collect()
}

fn first(query: &str, hint: &Hint<'_>) -> String {
    let all = articles();
    let hits = search(&all, query, hint);
    hits.first().map(|h| all[h.index].id.clone()).unwrap_or_default()
}

fn error(text: &str) -> (usize, String) {
    let e = parse(text).unwrap_err();
    (e.line, e.message)
}

#[test]
fn reads_blocks_and_spans() {
    let a = parse(&format!("{HEAD}\n## Глава\n\nСлово **важно**\nи [тут](faq:b).\n\n- раз\n- два\n1. три\n")).unwrap();
    assert_eq!(a.section, Section::Payment);
    assert_eq!(a.asked_as, ["раз", "два"]);
    let text = |t: &str| Inline::Text(t.into());
    let expected = vec![
        Block::Heading { text: "Глава".into() },
        Block::Paragraph {
            spans: vec![
                text("Слово "),
                Inline::Strong("важно".into()),
                text(" и "),
                Inline::Link { text: "тут".into(), href: "faq:b".into() },
                text("."),
            ],
        },
        Block::List { ordered: false, items: vec![vec![text("раз")], vec![text("два")]] },
        Block::List { ordered: true, items: vec![vec![text("три")]] },
    ];
    assert_eq!(a.blocks, expected);
    let json = serde_json::to_string(&a).unwrap();
    assert_eq!(serde_json::from_str::<Article>(&json).unwrap(), a);
}

#[test]
fn errors_name_the_line_and_the_fix() {
    assert_eq!(error("text").0, 1);
    assert_eq!(error("---\nid: a\n").1, "the front matter is not closed; add a `---` line after it");
    assert_eq!(error("---\nid a\n---\n").0, 2);
    assert_eq!(error(&HEAD.replace("payment", "money")).0, 4);
    assert_eq!(error(&HEAD.replace("[inn]", "inn")).0, 7);
    assert_eq!(error(&HEAD.replace("[inn]", "[horse]")).0, 7);
    assert_eq!(error(&HEAD.replace("lang: ru\n", "")).0, 10);
    assert_eq!(error(HEAD).0, 11);
    assert_eq!(error(&format!("{HEAD}\n### x")).0, 13);
    assert_eq!(error(&format!("{HEAD}\na **b")).0, 13);
    assert_eq!(error(&format!("{HEAD}\n[a](b")).0, 13);
    assert_eq!(error(&format!("{HEAD}\n<b>x</b>")).0, 13);
    for href in
        ["http://gosuslugi.ru", "https://evil.ru", "https://notcbr.ru", "https://cbr.ru@evil.ru/", "javascript:x"]
    {
        assert_eq!(error(&format!("{HEAD}\n\n[a]({href})")).0, 14, "{href}");
    }
    assert!(parse(&format!("{HEAD}\n[a](https://www.nalog.gov.ru/x)")).is_ok());
}

#[test]
fn every_article_is_sound() {
    let all = articles();
    assert!(all.len() >= 22);
    for (at, a) in all.iter().enumerate() {
        assert!(!all[..at].iter().any(|b| b.id == a.id), "{} stands twice", a.id);
        let lines: Vec<String> = a.blocks.iter().flat_map(Block::lines).collect();
        let text = format!("{} {} {}", a.title, a.asked_as.join(" "), lines.join(" ")).to_lowercase();
        for word in ["некорректн", "неверн", "недопустим", "пожалуйста"] {
            assert!(!text.contains(word), "{}: {word}", a.id);
        }
        let count = lines.join(" ").split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
        assert!((80..=200).contains(&count), "{}: {count} words", a.id);
        let json = serde_json::to_string(a).unwrap();
        for target in json.split("\"faq:").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(all.iter().any(|b| b.id == target), "{}: no article {target}", a.id);
            assert_ne!(target, a.id, "a link to itself");
        }
    }
    for section in Section::ALL {
        assert!(all.iter().any(|a| a.section == section), "{} is empty", section.name());
    }
    let codes = ["inn.checksum", "inn.length", "inn.chars", "snils.checksum", "snils.length", "birth_date.range"];
    let more = ["date.calendar", "date.range", "date.chars", "phone.length", "email.format"];
    for code in codes.iter().chain(&more) {
        assert!(all.iter().any(|a| a.codes.iter().any(|c| c == code)), "no article for {code}");
    }
}

#[test]
fn finds_by_the_words_of_people() {
    let cases = [
        ("ошибка в ИНН", "inn-checksum"),
        ("сколько цифр в инн", "inn-length"),
        ("не принимает снилс", "snils-checksum"),
        ("забыл пароль", "account-recovery"),
        ("вернуть деньги", "refund"),
        ("возврат пошлины", "refund"),
        ("где мое заявление", "track-application"),
        ("мошенники звонят", "fraud-calls"),
        ("код подразделения", "passport"),
        ("не приходит смс", "sms-code"),
        ("скриншот", "picture-upload"),
        ("электронная почта", "email-format"),
        ("зарегистрироваться", "registration"),
        ("белый экран", "browser"),
        ("inn.chars", "inn-chars"),
    ];
    for (query, id) in cases {
        assert_eq!(first(query, &Hint::default()), id, "{query}");
    }
}

#[test]
fn forgives_slips_layout_and_unfinished_words() {
    let cases = [
        ("мошеники", "fraud-calls"),
        ("скришнот", "picture-upload"),
        ("регистрац", "registration"),
        ("cybkc yt ghjitk", "snils-checksum"),
        ("dthyenm ltymub", "refund"),
        ("ВОЗВРАТ", "refund"),
        ("раскла", "keyboard-layout"),
    ];
    for (query, id) in cases {
        let expected = first(query, &Hint::default());
        assert_eq!(expected, id, "{query}");
    }
    assert!(first("byy", &Hint::default()).starts_with("inn"));
    assert_eq!(first("уьфшд", &Hint::default()), "email-format");
    assert!(search(&articles(), "ъъъъъъ", &Hint::default()).is_empty());
    assert!(search(&[], "инн", &Hint::default()).is_empty());
}

#[test]
fn a_hint_raises_and_an_empty_query_lists_all() {
    let hint = Hint { kind: Some("inn"), code: Some("inn.chars"), form: None };
    let all = articles();
    let hits = search(&all, "  ", &hint);
    assert_eq!(hits.len(), all.len());
    assert_eq!(all[hits[0].index].id, "inn-chars");
    assert!(all[hits[1].index].kinds.iter().any(|k| k == "inn"));
    let sections: Vec<_> = hits.iter().filter(|h| h.score < 1.0).map(|h| all[h.index].section).collect();
    assert!(sections.is_sorted());
    assert_eq!(
        first("не принимает", &Hint { kind: Some("snils"), code: Some("snils.checksum"), form: None }),
        "snils-checksum"
    );
}

#[test]
fn snippets_are_short_and_whole_words() {
    for hit in search(&articles(), "паспорт", &Hint::default()) {
        assert!(!hit.snippet.is_empty() && hit.snippet.chars().count() <= 161, "{}", hit.snippet);
    }
}
