//! What JavaScript calls of the checks, with any text and any numbers on the desk: an answer is as long as it says, and what it says can
//! be read in its order. The first byte picks the function, eight more are two numbers, the next one is how many numbers lie behind
//! the text at the end.

use podskazka::validators::ALL;
use podskazka_check::native::{Reader, lay};
use podskazka_check::{column, form, judge, place, room};

pub fn desk(data: &[u8]) {
    let Some(([what, one @ .., count], rest)) = data.split_first_chunk::<10>() else { return };
    let (one, other) = one.split_at(4);
    let number = |bytes: &[u8]| bytes.iter().fold(0, |n: u32, byte| n << 8 | u32::from(*byte));
    let (one, other) = (number(one), number(other));
    let (text, numbers) = rest.split_at(rest.len().saturating_sub(4 * usize::from(*count)));
    // What lies there is UTF-8, as a page writes it, or any bytes.
    let text = if what & 0x80 == 0 { String::from_utf8_lossy(text).into_owned().into_bytes() } else { text.to_vec() };
    let numbers: Vec<u32> = numbers.chunks(4).map(number).collect();
    assert!(!room(text.len(), numbers.len()).is_null());
    lay(&text, &numbers);
    let kind = other as usize % (ALL.len() + 1);
    let length = one as usize % (text.len() + 2);
    let bik = i32::try_from(text.len() - length.min(text.len())).ok().filter(|_| what & 0x40 > 0).unwrap_or(-1);
    match what & 3 {
        0 => {
            let (mut answer, class) = Reader::new(judge(kind, one, length, bik)).expect("a whole answer");
            assert!(answer.found(class).is_some() && answer.is_at_end(), "class {class}");
        }
        1 => {
            let (answer, _) = Reader::new(column(kind, one, length, bik)).expect("a whole answer");
            assert!(answer.raw().iter().all(|class| *class < 3));
        }
        2 => {
            let (_, class) = Reader::new(form(one, text.len(), numbers.len())).expect("a whole answer");
            assert!(matches!(class, 0 | 3), "class {class}");
        }
        _ => assert!(usize::try_from(place(length)).map_or(true, |place| place < ALL.len())),
    }
}
