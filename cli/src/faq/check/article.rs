//! What can be said of one article: age, words, pictures, codes, how hard it is to read.

use std::path::Path;

use podskazka::faq::Block;
use podskazka::validators::ALL;

use super::{Finding, Level, Page, codes, day_number};

/// Words that blame or stiffen; the house words stand beside them.
const WORDS: [(&str, &str); 4] = [
    ("некорректн", "say what is wrong: «в номере 11 цифр, нужно 12»"),
    ("неверн", "say what is wrong: «цифры не сходятся»"),
    ("недопустим", "say what to type instead"),
    ("пожалуйста", "leave it out: the request is clear without it"),
];

/// Words of a sentence that can be read in one breath; a house rule.
const SENTENCE: usize = 25;

/// Reading ease under which a text is hard: the border between «difficult» and «fairly difficult» of Flesch's scale.
const EASE: f64 = 50.0;

/// A shorter text has no ease of its own: one long word decides.
const MEASURED: usize = 40;

pub fn check(page: &Page, dir: &Path, today: i64, max_age: i64, findings: &mut Vec<Finding>) {
    let mut say = |level, line, message: String| findings.push(page.finding(level, line, message));
    let article = &page.article;
    let stem = Path::new(&page.file).file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    if stem != article.id {
        say(
            Level::Error,
            page.key("id"),
            format!("`id` is `{}` and the file `{stem}.md`; give both one name", article.id),
        );
    }
    if let Some(day) = day_number(&article.updated) {
        match today - day {
            age if age > max_age => {
                say(
                    Level::Warning,
                    page.key("updated"),
                    format!("looked at {age} days ago; read it again and set `updated`"),
                );
            }
            age if age < 0 => say(
                Level::Error,
                page.key("updated"),
                "`updated` lies in the future; write the day of the last look".into(),
            ),
            _ => {}
        }
    }
    if article.reviewed_by.is_empty() {
        say(
            Level::Warning,
            page.key("updated"),
            "nobody answers for the words; name the office that has read them in `reviewed_by`".into(),
        );
    }
    for kind in article.kinds.iter().filter(|kind| !ALL.iter().any(|known| known.name() == *kind)) {
        say(
            Level::Warning,
            page.key("kinds"),
            format!("no field has the kind `{kind}` yet; take one of the validators"),
        );
    }
    for code in article.codes.iter().filter(|code| !codes::is_known(code)) {
        say(
            Level::Warning,
            page.key("codes"),
            format!("no validator and no rule of a form gives the code `{code}`; take one that exists, or `site.CODE`"),
        );
    }
    for block in &article.blocks {
        if let Block::Picture { src, .. } | Block::Video { poster: src, .. } = block
            && !dir.join(src).is_file()
        {
            let line = page.line(|line| line.contains(&format!("]({src})")));
            say(
                Level::Error,
                line,
                format!("the picture `{src}` is not in {}; put it there or mend the name", dir.display()),
            );
        }
    }
    for (word, instead) in WORDS {
        for (at, _) in page.source.lines().enumerate().filter(|(_, line)| line.to_lowercase().contains(word)) {
            say(Level::Error, at + 1, format!("«{word}…» helps nobody; {instead}"));
        }
    }
    reading(page, &mut say);
}

/// Long sentences, and the ease of the whole: Flesch's, with the numbers for Russian of I. Oborneva (2006).
fn reading(page: &Page, say: &mut impl FnMut(Level, usize, String)) {
    let (mut sentences, mut words, mut beats) = (0, 0, 0);
    let texts = page.article.blocks.iter().filter(|b| !matches!(b, Block::Picture { .. } | Block::Video { .. }));
    for sentence in texts.flat_map(Block::lines).flat_map(|line| split(&line)) {
        let own: Vec<&str> = sentence.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).collect();
        sentences += 1;
        words += own.len();
        beats += own.iter().map(|word| syllables(word)).sum::<usize>();
        if own.len() > SENTENCE {
            let start: String = sentence.chars().take(20).collect();
            // A start in bold or in a link stands otherwise in the source: then the text as a whole is named.
            let line = page.line(|line| line.contains(&start));
            say(
                Level::Warning,
                line,
                format!("a sentence of {} words («{start}…»); cut it in two, {SENTENCE} is the most", own.len()),
            );
        }
    }
    if page.article.lang != "ru" || words < MEASURED {
        return;
    }
    let ease = 206.835 - 1.3 * words as f64 / sentences as f64 - 60.1 * beats as f64 / words as f64;
    if ease < EASE {
        let body = page.source.lines().skip(1).position(|line| line == "---").map_or(1, |at| at + 3);
        say(
            Level::Warning,
            body,
            format!("reading ease {ease:.0}, {EASE} is easy enough; write shorter sentences and words"),
        );
    }
}

fn split(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in line.chars() {
        if let Some(last) = out.last_mut() {
            last.push(c);
        }
        if matches!(c, '.' | '!' | '?' | ';' | ':') {
            out.push(String::new());
        }
    }
    out.into_iter().map(|s| s.trim().to_owned()).filter(|s| s.chars().any(char::is_alphabetic)).collect()
}

fn syllables(word: &str) -> usize {
    word.to_lowercase().chars().filter(|c| "аеёиоуыэюяaeiouy".contains(*c)).count()
}
