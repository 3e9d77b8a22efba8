//! Both sides of the desk natively: what is put on it is what is read from it, part by part.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use podskazka::validators::{ALL, Kind, check, generate};
use podskazka::verdict::{Context, Day};
use podskazka_check::native::{Found, Reader, lay};
use podskazka_check::{column, form, judge, place};

const TODAY: u32 = 20_261_125;
const CTX: Context = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };

/// Right and wrong values of a kind, in several scripts.
fn values(kind: Kind) -> Vec<String> {
    let mut state = 7_u32;
    let mut random = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    let right = generate(kind, &mut random).unwrap();
    let short: String = right.chars().skip(1).collect();
    let swapped: String = right.chars().rev().collect();
    [right.clone(), short, swapped, format!("🙂{right}"), format!("ИНН {right}{right}"), String::new()].into()
}

#[test]
fn an_answer_is_read_as_it_was_put_down() {
    let mut partial = 0;
    for (at, kind) in ALL.iter().enumerate() {
        for text in values(*kind) {
            lay(text.as_bytes(), &[]);
            let (mut answer, class) = Reader::new(judge(at, TODAY, text.len(), -1)).unwrap();
            let found = answer.found(class).unwrap();
            partial += usize::from(matches!(&found, Found::Partial(_, _, fixes) if !fixes.is_empty()));
            assert_eq!(found, Found::of(check(*kind, &text, &CTX), &text), "{} {text:?}", kind.name());
            assert!(answer.is_at_end(), "{} {text:?}", kind.name());
        }
    }
    assert!(partial > 0, "some unfinished value has a completion");
}

#[test]
fn a_column_has_a_class_for_each_text() {
    let texts = ["7707083893", "", "7707083894", "77070838993"].join("\0");
    lay(texts.as_bytes(), &[]);
    let (answer, _) = Reader::new(column(0, TODAY, texts.len(), -1)).unwrap();
    assert_eq!(answer.raw(), [0, 1, 2, 1]);
}

#[test]
fn an_alias_has_the_place_of_its_kind() {
    lay(b"dept_code", &[]);
    assert_eq!(place(9), Kind::DepartmentCode as i32);
    assert_eq!(place(3), -1);
}

/// Numbers that promise more than there is, and lists in lists without an end: no schema, and no memory spent on them.
#[test]
fn numbers_that_lie_are_no_schema() {
    let deep = [5, 1].repeat(100_000);
    for numbers in [&[5, u32::MAX][..], &[6, u32::MAX], &deep, &[0, u32::MAX], &[]] {
        lay(b"a\0b", numbers);
        let (mut answer, class) = Reader::new(form(TODAY, 3, numbers.len())).unwrap();
        assert_eq!(class, 3);
        assert!(answer.number().unwrap() > 0, "problems are named");
    }
}
