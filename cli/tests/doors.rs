//! The short form of the fuzz target `cli_values`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "../../fuzz/doors/short.rs"]
mod short;
#[path = "../../fuzz/doors/values.rs"]
mod values;

#[test]
fn no_bytes_upset_the_check_of_values() {
    let seeds = [
        "\0\0\u{feff}7707083893\r\n\n7707083894\n770708\n",
        "\0\u{1}name;value\r\nа;7707083893\r\nб\r\n",
        "\u{8}\u{3}value,bik\n40702810100000000001,044525225\n\"407,02\",\n\"never closed\n",
        "\u{3c}\u{5}value\tx\n5 марта 1990\t1\n",
        "\u{3c}\u{4}5 марта 1990\n31 апреля\nзавтра\n",
    ];
    short::short(&seeds.map(|it| it.as_bytes().to_vec()), 5_000, values::values);
}
