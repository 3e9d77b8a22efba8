use super::*;

#[test]
fn slices_give_the_same_index_as_one_go() {
    let all = articles();
    let whole = Builder::build(&all, LEXICON);
    for budget in [1, 3, 1000] {
        let mut builder = Builder::new(LEXICON);
        let mut steps = 1;
        while !builder.step(&all, budget) {
            steps += 1;
        }
        assert!(budget > 1 || steps > all.len());
        let sliced = builder.finish().unwrap();
        for query in ["снилс", "вернуть деньги", "мошеники"] {
            assert_eq!(sliced.search(&all, query, &Hint::default()), whole.search(&all, query, &Hint::default()));
        }
    }
    assert!(Builder::new(LEXICON).finish().is_none());
}

#[test]
fn an_index_of_nothing_answers_nothing() {
    let index = Builder::build(&[], LEXICON);
    for query in ["инн", "ghbdtn", "", "12", "😀"] {
        assert!(index.search(&[], query, &Hint::default()).hits.is_empty(), "{query}");
    }
}

#[test]
fn steps_are_found_and_shown_as_the_passage() {
    let head = "---\nid: a\ntitle: Заголовок\nsection: payment\nasked_as: [раз]\nkeywords: []\nkinds: []\ncodes: []\n\
                lang: ru\nupdated: 2026-11-25\nsteps:\n  - Откройте вкладку\n  - Приложите квитанцию\n---\nТекст.";
    let list = [article("b", "Другое", &["Слова."]), parse(head).unwrap()];
    let hits = Builder::build(&list, LEXICON).search(&list, "приложить квитанцию", &Hint::default()).hits;
    assert_eq!(hits[0].index, 1);
    assert_eq!(hits[0].snippet.text, "Приложите квитанцию");
}

/// Of two that answer alike the one that helps more comes first; one that answers better stays before both.
#[test]
fn what_helps_comes_first_among_equals() {
    let mut list = [
        article("a", "Как вернуть пошлину", &["Подайте заявление."]),
        article("b", "Как вернуть пошлину", &["Подайте заявление."]),
        article("c", "Как вернуть пошлину за паспорт", &["Подайте заявление о паспорте."]),
    ];
    let order = |list: &[Article], text: &str| -> Vec<usize> {
        Builder::build(list, LEXICON).search(list, text, &Hint::default()).hits.iter().map(|hit| hit.index).collect()
    };
    assert_eq!(order(&list, "вернуть пошлину")[..2], [0, 1]);
    list[1].popular = 100;
    assert_eq!(order(&list, "вернуть пошлину")[..2], [1, 0]);
    assert_eq!(order(&list, "вернуть пошлину за паспорт")[0], 2);
}

/// A list that is not the one of the index is the caller's mistake, and no panic.
#[test]
fn a_shorter_list_of_articles_is_survived() {
    let all = articles();
    let index = Builder::build(&all, LEXICON);
    assert!(index.search(&all[..1], "ошибка в инн", &Hint::default()).hits.len() <= 1);
    assert!(index.search(&[], "ошибка в инн", &Hint::default()).hits.is_empty());
}

/// What people paste: nothing may hang or panic.
#[test]
fn any_text_is_a_question() {
    let all = articles();
    let index = Builder::build(&all, LEXICON);
    let odd = ["a", "....", "\u{0}", "\u{301}\u{301}", "ъ", "👩‍👩‍👧", "[]{}<>", "1 2 3", "ёёёёёё", "\u{feff}снилс", "ß"];
    let long = ["слово ".repeat(2000), "а".repeat(10_000), "ghbdtn ".repeat(500), "🙂".repeat(700)];
    for query in odd.iter().map(|q| (*q).to_owned()).chain(long) {
        let answer = index.search(&all, &query, &Hint::default());
        assert!(answer.hits.len() <= MOST_HITS);
    }
}

/// The same bits everywhere: the page and the server must order alike. `cargo xtask bench faq` compares the page's build.
#[test]
fn scores_are_the_same_bits_on_every_system() {
    let list = [
        article("a", "Как вернуть деньги за пошлину", &["Подайте заявление. Срок возврата — 30 дней."]),
        article("b", "Как оплатить пошлину", &["Оплатите картой. Чек придёт на почту."]),
        article("c", "Не приходит код", &["Подождите минуту. Проверьте номер телефона."]),
    ];
    let hits = Builder::build(&list, LEXICON).search(&list, "когда вернут пошлину", &Hint::default()).hits;
    let bits: Vec<(usize, u32)> = hits.iter().map(|hit| (hit.index, hit.score.to_bits())).collect();
    assert_eq!(bits, [(0, 1_065_353_216), (1, 1_049_374_808)]);
}
