//! Artificial values for tests and demonstrations.

use super::flaw::{Name, Outcome};
use super::{Kind, look};
use crate::text;
use crate::verdict::{Context, Day};

/// Tries before the kind is given up: check digits of two places fit one body in a hundred.
const TRIES: usize = 20_000;

/// An artificial complete value, from the caller's random numbers.
///
/// It is shaped like a real one and its check digits hold, so it may by chance belong to somebody: use it in tests only.
pub fn generate(kind: Kind, random: &mut dyn FnMut() -> u32) -> Option<String> {
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    let shapes: Vec<&str> = match kind.spec().number() {
        // A lone digit is a lawful УИН, but no example of one.
        Some(number) => number.forms().filter(|form| form.slots() > 1).map(|form| form.0).collect(),
        None => shapes(kind).split('|').collect(),
    };
    for _ in 0..TRIES {
        let shape = shapes.get(random() as usize % shapes.len().max(1))?;
        let mut value = String::new();
        for class in shape.chars() {
            let c = match class {
                '9' | 'X' => pick(random, "0123456789"),
                'L' => pick(random, "АВЕКМНОРСТУХ"),
                'C' => pick(random, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
                'A' => pick(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                'V' => pick(random, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"),
                other => other,
            };
            text::push(&mut value, c);
        }
        if let Outcome::Complete(None | Some(Name::Unchecked)) = look(kind, &value, &ctx) {
            return Some(value);
        }
    }
    None
}

/// Shapes of the kinds that have an order of their own, with `|` between: slots as in a spelling, the rest as it stands.
fn shapes(kind: Kind) -> &'static str {
    match kind {
        Kind::Okved => "99.99|99.99.9|99.99.99",
        Kind::Cadastral => "99:99:999999:99|99:99:9999999:9999",
        Kind::BirthCertificate | Kind::MarriageCertificate | Kind::DivorceCertificate | Kind::DeathCertificate => {
            "I-CC 999999|II-CC 999999|III-CC 999999"
        }
        Kind::ResidencePermit => "82 №9999999|83 №9999999",
        Kind::ForeignPassport => "AA 9999999|A99999999",
        Kind::OmsOld => "99-99 999999|CC 999999",
        Kind::Phone => "+7 (900) 000-99-99|+7 (495) 000-99-99",
        Kind::Email => "test999@example.ru|proba.999@example.org|test_999@пример.рф",
        Kind::LastName => "Примеров|Образцова|Тестов|Пробная-Вымышленная",
        Kind::FirstName => "Пример|Проба|Вымысел",
        Kind::Patronymic => "Образцович|Примеровна|Тестович",
        Kind::FullName => "Примеров Вымысел Образцович|Образцова Проба|Пробная-Тестова Проба Примеровна",
        Kind::Date | Kind::PastDate | Kind::PassportIssueDate => "99.99.2009|99.99.2019",
        Kind::BirthDate => "99.99.1999|99.99.2009",
        Kind::FutureDate => "99.99.2039|99.99.2049",
        Kind::Money => "1 999,99|19 999,99",
        Kind::Percent => "19,9|9",
        Kind::BirthPlace => "гор. Примерск|дер. Вымышленная",
        Kind::Address => "ул. Примерная, д. 19|Вымышленный пер., д. 9, кв. 19",
        _ => "Искусственный текст 999",
    }
}

fn pick(random: &mut dyn FnMut() -> u32, alphabet: &str) -> char {
    alphabet.chars().nth(random() as usize % alphabet.chars().count().max(1)).unwrap_or('0')
}
