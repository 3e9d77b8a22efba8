use super::*;
use crate::form::{REQUIRED, rules::RULE_CODES};
use crate::validators::{ALL, codes::CODES};

/// Codes of a form as a whole.
fn rules() -> impl Iterator<Item = &'static str> {
    RULE_CODES.iter().map(|(code, _)| *code).chain([REQUIRED])
}

#[test]
fn every_article_is_sound() {
    let all = articles();
    for (at, a) in all.iter().enumerate() {
        assert!(!all[..at].iter().any(|b| b.id == a.id), "{} stands twice", a.id);
        let lines: Vec<String> = a.blocks.iter().flat_map(Block::lines).collect();
        let text = format!("{} {} {}", a.title, a.asked_as.join(" "), lines.join(" ")).to_lowercase();
        for word in ["некорректн", "неверн", "недопустим", "пожалуйста"] {
            assert!(!text.contains(word), "{}: {word}", a.id);
        }
        let json = serde_json::to_string(a).unwrap();
        for target in json.split("\"faq:").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(all.iter().any(|b| b.id == target), "{}: no article {target}", a.id);
            assert_ne!(target, a.id, "a link to itself");
        }
    }
    for section in Section::ALL {
        assert!(all.iter().any(|a| a.section == section), "{} is empty", section.name());
    }
    for article in &all {
        for code in article.codes.iter().filter(|code| !code.starts_with("site.")) {
            let known = crate::validators::codes::is_code(code) || rules().any(|own| own == code);
            assert!(known, "{}: no code {code}", article.id);
        }
    }
}

#[test]
fn why_is_answered_for_every_code() {
    let all = articles();
    let of_fields = CODES
        .iter()
        .flat_map(|(kind, faults, doubts)| faults.iter().chain(*doubts).map(move |flaw| format!("{kind}.{flaw}")));
    for code in of_fields.chain(rules().map(str::to_owned)) {
        let of = |lang: &str| -> Vec<&str> {
            let own = all.iter().filter(|a| a.lang == lang && a.codes.contains(&code));
            own.map(|a| a.id.as_str()).collect()
        };
        let [russian, english] = ["ru", "en"].map(of);
        assert_eq!(russian.len(), 1, "{code}: one article has to name it in its `codes`, found {russian:?}");
        assert!(english.len() <= 1, "{code}: one article of a language, found {english:?}");
    }
}

#[test]
fn every_kind_and_every_form_of_the_portal_has_an_article() {
    let all = articles();
    for kind in ALL {
        assert!(all.iter().any(|a| a.kinds.iter().any(|own| own == kind.name())), "no article for {}", kind.name());
    }
    for form in ["appointment", "refund", "tax-registration"] {
        assert!(all.iter().any(|a| a.services.iter().any(|own| own == form)), "no article for the form {form}");
    }
    let [russian, english] = ["ru", "en"].map(|lang| all.iter().filter(|a| a.lang == lang).count());
    assert!(russian >= 80 && english * 10 >= russian, "{russian} in Russian, {english} in English");
}

/// Kinds whose value stands on no paper and no screen, each with the reason.
const NOT_DRAWN: &[(&str, &str)] = &[
    ("percent", "a share that the person works out or is told, on no paper of one kind"),
    ("text", "the person's own words"),
];

#[test]
fn a_drawing_shows_where_the_value_of_every_kind_stands() {
    let all = articles();
    for kind in ALL.iter().map(|kind| kind.name()) {
        let drawn = all.iter().filter(|a| a.lang == "ru" && a.kinds.iter().any(|own| own == kind)).any(|article| {
            article.blocks.iter().any(|block| matches!(block, Block::Picture { src, .. } if src.ends_with(".svg")))
        });
        match NOT_DRAWN.iter().find(|(own, _)| *own == kind) {
            None => {
                assert!(drawn, "{kind}: no article shows the place in a drawing, and NOT_DRAWN has no reason for it")
            }
            Some((_, reason)) => assert!(!drawn, "{kind} has a drawing: take it out of NOT_DRAWN ({reason})"),
        }
    }
    for (kind, _) in NOT_DRAWN {
        assert!(ALL.iter().any(|known| known.name() == *kind), "NOT_DRAWN: no kind {kind}");
    }
}

/// A picture is shown by `<img>` under a strict policy, read aloud by its words, and stands on a ground of its own.
#[test]
fn pictures_are_plain_drawings_with_words() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/faq");
    let used: Vec<String> = articles()
        .into_iter()
        .flat_map(|a| a.blocks)
        .filter_map(|block| if let Block::Picture { src, .. } = block { Some(src) } else { None })
        .collect();
    let files = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    for file in files.filter(|f| f.extension().is_some_and(|e| e == "svg")) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(used.contains(&name), "{name}: no article shows it");
        for part in ["<title>", "<desc>", "viewBox=", "<rect x=\"1\" y=\"1\"", "</svg>"] {
            assert!(
                text.contains(part) || (part.starts_with("<rect") && text.contains("<path d=\"M1 1")),
                "{name}: no {part}"
            );
        }
        assert!(text.contains("viewBox=\"0 0 320 "), "{name}: the width of a drawing is 320");
        for size in text.split("font-size=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let units: f64 = size.parse().unwrap();
            assert!(units >= 13.0, "{name}: text of {size} units cannot be read on a phone");
        }
        for part in ["<style", "style=", "<script", "<image", "href", "<foreignObject", "data:"] {
            assert!(!text.contains(part), "{name}: {part} does not belong there");
        }
        assert!(text.len() < 4096, "{name} is large for a drawing");
    }
}
