use super::*;

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
    let more = ["date.calendar", "date.range", "date.chars", "phone.length", "email.domain"];
    for code in codes.iter().chain(&more) {
        assert!(all.iter().any(|a| a.codes.iter().any(|c| c == code)), "no article for {code}");
    }
    for article in &all {
        for code in article.codes.iter().filter(|code| !code.starts_with("form.") && !code.starts_with("site.")) {
            assert!(crate::validators::codes::is_code(code), "{}: no code {code}", article.id);
        }
    }
}
