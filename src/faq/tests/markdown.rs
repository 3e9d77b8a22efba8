use super::*;

const HEAD: &str = "---\nid: a\ntitle: Заголовок\nsection: payment\nasked_as: [раз, два]\nkeywords: [три]\n\
                    kinds: [inn]\ncodes: [inn.checksum]\nlang: ru\nupdated: 2026-11-25\n---\n";

fn error(text: &str) -> (usize, String) {
    let e = parse(text).unwrap_err();
    (e.line, e.message)
}

#[test]
fn reads_blocks_and_spans() {
    let a = parse(&format!(
        "{HEAD}\n## Глава\n\nСлово **важно**\nи [тут](faq:b).\n![Снимок](a-1.svg)\n- раз\n- два\n1. три\n"
    ))
    .unwrap();
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
        Block::Picture { src: "a-1.svg".into(), alt: "Снимок".into() },
        Block::List { ordered: false, items: vec![vec![text("раз")], vec![text("два")]] },
        Block::List { ordered: true, items: vec![vec![text("три")]] },
    ];
    assert_eq!(a.blocks, expected);
    let json = serde_json::to_string(&a).unwrap();
    assert_eq!(serde_json::from_str::<Article>(&json).unwrap(), a);
}

#[test]
fn reads_every_key() {
    let more = "lang: en\nreviewed_by: Отдел\nsource: https://www.nalog.gov.ru/x\nservices: [tax, refund]\n\
                steps:\n  - Откройте форму, вкладку «Общее»\n  - Нажмите «Далее»\n";
    let a = parse(&format!("{}\nТекст", HEAD.replace("lang: ru\n", more))).unwrap();
    assert_eq!((a.lang.as_str(), a.reviewed_by.as_str()), ("en", "Отдел"));
    assert_eq!(a.source, "https://www.nalog.gov.ru/x");
    assert_eq!(a.services, ["tax", "refund"]);
    let step = |text: &str| vec![Inline::Text(text.into())];
    let items = vec![step("Откройте форму, вкладку «Общее»"), step("Нажмите «Далее»")];
    assert_eq!(a.blocks.last(), Some(&Block::List { ordered: true, items }));
}

#[test]
fn a_video_stands_behind_a_picture_of_ours() {
    let read = |line: &str| parse(&format!("{HEAD}\n{line}"));
    let a = read("[![Как найти номер](a.svg)](https://rutube.ru/video/1/)").unwrap();
    let video =
        |href: &str| Block::Video {
            poster: "a.svg".into(), title: "Как найти номер".into(), href: href.into()
        };
    assert_eq!(a.blocks, [video("https://rutube.ru/video/1/")]);
    for line in [
        "[![](a.svg)](https://rutube.ru/video/1/)",
        "[![Номер](https://rutube.ru/a.png)](https://rutube.ru/video/1/)",
        "[![Номер](a.svg)](https://evil.ru/video/1/)",
        "[![Номер](a.svg)](http://rutube.ru/video/1/)",
        "[![Номер](a.svg)](faq:b)",
        "[![Номер](a.svg)](https://rutube.ru/video/1/) и ещё",
    ] {
        assert_eq!(read(line).unwrap_err().line, 13, "{line}");
    }
}

#[test]
fn errors_name_the_line_and_the_fix() {
    assert_eq!(error("text").0, 1);
    assert_eq!(error("---\nid: a\n").1, "the front matter is not closed; add a `---` line after it");
    assert_eq!(error("---\nid a\n---\n").0, 2);
    assert_eq!(error("---\nid: a\n- b\n---\n").0, 3);
    assert_eq!(error(&HEAD.replace("payment", "money")).0, 4);
    assert_eq!(error(&HEAD.replace("[inn]", "inn")).0, 7);
    assert_eq!(error(&HEAD.replace("[inn]", "[Конь]")).0, 7);
    assert_eq!(error(&HEAD.replace("[inn.checksum]", "[inn]")).0, 8);
    assert_eq!(error(&HEAD.replace("11-25", "02-30")).0, 10);
    assert_eq!(error(&HEAD.replace("lang: ru", "lang: fr")).0, 9);
    assert_eq!(error(&HEAD.replace("lang: ru\n", "")).0, 10);
    assert_eq!(error(&HEAD.replace("lang: ru", "lang: ru\nsource: nalog")).0, 10);
    assert_eq!(error(HEAD).0, 11);
    assert_eq!(error(&format!("{HEAD}\n### x")).0, 13);
    assert_eq!(error(&format!("{HEAD}\na **b")).0, 13);
    assert_eq!(error(&format!("{HEAD}\n[a](b")).0, 13);
    assert_eq!(error(&format!("{HEAD}\n<b>x</b>")).0, 13);
    for picture in ["![](a.svg)", "![a](https://b.ru/a.svg)", "![a](../a.svg)", "![a](a.gif)", "![a](a.svg) b"] {
        assert_eq!(error(&format!("{HEAD}\n{picture}")).0, 13, "{picture}");
    }
    for href in
        ["http://gosuslugi.ru", "https://evil.ru", "https://notcbr.ru", "https://cbr.ru@evil.ru/", "javascript:x"]
    {
        assert_eq!(error(&format!("{HEAD}\n\n[a]({href})")).0, 14, "{href}");
    }
    assert!(parse(&format!("{HEAD}\n[a](https://www.nalog.gov.ru/x)")).is_ok());
}
