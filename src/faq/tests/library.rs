use std::time::Instant;

use super::*;

/// Words that no article has, by number: «карабул», «мелотин».
fn coined(number: usize) -> String {
    const PARTS: [&str; 16] =
        ["ка", "ме", "ро", "ти", "ну", "бал", "стор", "вик", "гра", "пел", "дон", "жу", "хар", "лим", "цеп", "яго"];
    (0..4).map(|at| PARTS[(number >> (4 * at)) & 15]).collect()
}

/// So many articles: those of the demo portal again and again, each with words of its own in the title and the text.
fn many(count: usize) -> Vec<Article> {
    let own = articles();
    let vary = |(number, base): (usize, &Article)| {
        let mut it = base.clone();
        let words = [number, number * 7 + 1, number * 31 + 5].map(coined);
        it.id = format!("{}-{number}", base.id);
        it.title = format!("{} {}", base.title, words[0]);
        let blocks = it.blocks.len().max(1);
        it.blocks.rotate_left(number % blocks);
        let text = format!("{} {} и {}. Обратитесь в отдел {number}.", words[1], words[0], words[2]);
        it.blocks.insert(0, Block::Paragraph { spans: vec![Inline::Text(text)] });
        it.popular = (number % 101) as u8;
        it
    };
    (0..count).zip(own.iter().cycle()).map(vary).collect()
}

fn index(library: &mut Library) -> Index {
    let mut builder = library.builder();
    while !builder.step(&library.articles, 64) {}
    builder.finish().unwrap()
}

/// Of 3,000 articles: what the catalogue answers is what the articles answer, to the last bit, and with the texts of the chunks of
/// what was found also what is shown.
#[test]
fn a_catalogue_answers_as_its_articles_do() {
    let pack = Pack { lexicon: LEXICON.into(), articles: many(3_000) };
    let whole = Builder::build(&pack.articles, LEXICON);
    let (file, chunks) = Library::catalogue(&pack, "faq");
    let mut library = Library::read(&file).unwrap();
    assert_eq!((library.articles.len(), library.chunks.len()), (3_000, chunks.len()));
    let index = index(&mut library);
    let mut questions: Vec<String> = [
        "снилс не подходит",
        "как вернуть деньги за пошлину",
        "yt ghb[jlbn rjl",
        "мошеники",
        "inn.checksum",
        "купить слона",
        "забыл пароль от лич",
        "паспорт",
        "е",
        "",
    ]
    .map(String::from)
    .to_vec();
    questions.extend((0..40).map(|number| format!("{} {}", coined(number * 71), pack.articles[number * 13].title)));
    for text in &questions {
        for hint in [Hint::default(), Hint { kind: Some("inn"), lang: Some("ru"), ..Hint::default() }] {
            let expected = whole.search(&pack.articles, text, &hint);
            let found = index.search(&library.articles, text, &hint);
            let plain = |it: &Answer| it.hits.iter().map(|hit| (hit.index, hit.score.to_bits())).collect::<Vec<_>>();
            assert_eq!(plain(&found), plain(&expected), "{text}");
            for hit in found.hits.iter().take(MOST_HITS) {
                let chunk = Library::chunk(hit.index);
                let texts = Pack::read(&chunks[chunk].1).unwrap().articles;
                assert!(Library::fill(&mut library.articles, chunk, texts));
            }
            let shown = index.search(&library.articles, text, &hint);
            if !text.is_empty() {
                assert_eq!(shown, expected, "{text}");
            }
        }
    }
}

#[test]
fn a_chunk_has_the_name_of_its_bytes() {
    let pack = Pack { lexicon: LEXICON.into(), articles: many(40) };
    let (file, chunks) = Library::catalogue(&pack, "faq");
    assert_eq!(Library::catalogue(&pack, "faq").0, file, "the same articles give the same bytes");
    assert_eq!(chunks.len(), 3);
    for (name, bytes) in &chunks {
        assert!(name.starts_with("faq-") && name.ends_with(".pdk") && is_named_by_content(name, bytes), "{name}");
        assert!(!is_named_by_content("faq.pdk", bytes) && !is_named_by_content(name, &file));
    }
    let mut library = Library::read(&file).unwrap();
    let texts = |at: usize| Pack::read(&chunks[at].1).unwrap().articles;
    assert!(!Library::fill(&mut library.articles, 0, texts(1)), "another chunk");
    assert!(!Library::fill(&mut library.articles, 9, texts(0)), "no such chunk");
    assert!(Library::fill(&mut library.articles, 2, texts(2)), "the last one is shorter");
    assert_eq!(library.articles[39].blocks, pack.articles[39].blocks);
}

#[test]
fn a_catalogue_that_is_wrong_is_named_and_survived() {
    let pack = Pack { lexicon: LEXICON.into(), articles: many(20) };
    let (file, _) = Library::catalogue(&pack, "faq");
    let said = |file: &[u8]| Library::read(file).err();
    assert_eq!(said(b"PDKX"), Some(PackError::NotAPack));
    let mut newer = file.clone();
    newer[4] = 9;
    assert_eq!(said(&newer), Some(PackError::Version(9)));
    assert_eq!(said(&file[..file.len() - 1]), Some(PackError::Damaged));
    // A checksum that fits, over a body that is cut or spoilt anywhere.
    let mut state = 7_usize;
    for _ in 0..300 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut body = file[9..].to_vec();
        let at = (state >> 20) % body.len();
        if state & 1 == 0 {
            body.truncate(at)
        } else {
            body[at] ^= 1 << (state >> 8 & 7)
        }
        let mut spoilt = file[..5].to_vec();
        spoilt.extend(crc32(&body).to_le_bytes());
        spoilt.extend(body);
        if let Ok(mut library) = Library::read(&spoilt) {
            index(&mut library).search(&library.articles, "снилс", &Hint::default());
        }
    }
}

/// `cargo test -p podskazka --release faq::tests::library::figures -- --ignored --nocapture`
#[test]
#[ignore = "figures"]
fn figures() {
    let pack = Pack { lexicon: LEXICON.into(), articles: many(5_000) };
    let file = pack.write();
    let (catalogue, chunks) = Library::catalogue(&pack, "faq");
    for (name, bytes) in [("one file", &file), ("catalogue", &catalogue)] {
        let from = Instant::now();
        let mut library = Library::read(bytes).unwrap();
        let read = from.elapsed();
        let index = index(&mut library);
        let built = from.elapsed();
        index.search(&library.articles, "как вернуть деньги за пошлину", &Hint::default());
        let questions = [
            "как вернуть деньги за пошлину",
            "yt ghb[jlbn rjl",
            "сниллс не подходит",
            "забыл пароль от личного кабинета",
            "ошибка в номере счёта банка получателя",
        ];
        for turn in ["first", "again"] {
            let asked = Instant::now();
            questions.iter().for_each(|text| drop(index.search(&library.articles, text, &Hint::default())));
            println!("a question, {turn}: {:.2?}", asked.elapsed() / 5);
        }
        println!("{name}: {} bytes, read {read:.1?}, built {built:.1?}, answered {:.1?}", bytes.len(), from.elapsed());
    }
    // For `xtask/panel-bench/large.mjs`: the same in a browser.
    if let Ok(folder) = std::env::var("FIGURES") {
        let put = |name: &str, bytes: &[u8]| std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
        put("one/faq.pdk", &file);
        put("many/faq.pdk", &catalogue);
        chunks.iter().for_each(|(name, bytes)| put(&format!("many/{name}"), bytes));
    }
}
