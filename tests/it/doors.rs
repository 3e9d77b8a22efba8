//! The short form of the fuzz target `check_columns`.

#[path = "../../fuzz/doors/columns.rs"]
mod columns;
#[path = "../../fuzz/doors/short.rs"]
mod short;

use podskazka::validators::ALL;

#[test]
fn a_column_of_any_texts_is_judged_as_each_text_alone() {
    let texts = [
        "7707083893\nИНН: 7707083893\n770708389З",
        "5 марта 1990\n31.04.1990\nдвадцать пятое мая 20\nзавтра",
        "1 500 руб. 50 коп.\n5=00\n7 процентов\n12,3456",
        "Иванова Анна\nanna@mail.ru\n8 (916) 123-45-67\nА 123 ВС 77",
    ];
    let seeds: Vec<Vec<u8>> = (0..ALL.len())
        .flat_map(|kind| texts.map(|text| [&[u8::try_from(kind).unwrap()], text.as_bytes()].concat()))
        .collect();
    short::short(&seeds, 5_000, columns::columns);
}
