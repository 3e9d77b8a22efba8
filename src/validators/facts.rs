//! What a number tells beyond itself. Names and values are stable; words for people are made from them elsewhere.

use std::borrow::Cow;

use super::{Kind, inn};
use crate::text::{cut, join, push_number};
use crate::validators::date;
use crate::verdict::{Context, Facts, Value};

/// The value with its facts.
pub fn with(kind: Kind, value: Value, ctx: &Context) -> Value {
    let facts = of(kind, &value.canonical, ctx);
    Value { facts: Facts(facts), ..value }
}

fn of(kind: Kind, canonical: &str, ctx: &Context) -> Vec<(&'static str, Cow<'static, str>)> {
    let text = |from: usize, to: usize| canonical.get(from..to).unwrap_or_default();
    let part = |from: usize, to: usize| Cow::Owned(text(from, to).to_owned());
    match kind {
        Kind::Inn | Kind::InnPerson | Kind::InnCompany => {
            vec![("holder", inn::holder(canonical).into()), ("region", part(0, 2))]
        }
        Kind::Kpp => vec![("region", part(0, 2)), ("inspection", part(0, 4)), ("reason", part(4, 6))],
        Kind::Ogrn | Kind::Ogrnip => vec![
            ("holder", if kind == Kind::Ogrn { "company" } else { "sole_trader" }.into()),
            ("year", join(&["20", text(1, 3)]).into()),
            ("region", part(3, 5)),
        ],
        Kind::Passport | Kind::PassportSeries => {
            let year = text(2, 4);
            let century = if year >= "97" { "19" } else { "20" };
            vec![("region_okato", part(0, 2)), ("blank_year", join(&[century, year]).into())]
        }
        Kind::Account | Kind::AccountSettlement | Kind::AccountCorrespondent | Kind::AccountTreasury => {
            vec![("balance", part(0, 5)), ("currency", part(5, 8))]
        }
        Kind::Pts => vec![("form", if canonical.len() == 15 { "electronic" } else { "paper" }.into())],
        Kind::Kbk => vec![("administrator", part(0, 3))],
        Kind::Plate | Kind::PlateTaxi | Kind::PlateTrailer | Kind::PlateMotorcycle => {
            let region: String = canonical.chars().skip(6 - usize::from(kind == Kind::PlateTaxi)).collect();
            vec![("region", region.into())]
        }
        Kind::Cadastral => {
            vec![("district", cut(canonical, b':').map_or(canonical, |(district, _)| district).to_owned().into())]
        }
        Kind::Card => {
            let system = match canonical.as_bytes() {
                [b'2', b'2', b'0', b'0'..=b'4', ..] => "mir",
                [b'4', ..] => "visa",
                [b'2' | b'5', ..] => "mastercard",
                [b'6', b'2', ..] => "unionpay",
                _ => "other",
            };
            vec![("system", system.into())]
        }
        Kind::BirthDate => match date::day_of(None, canonical, ctx.today) {
            Some(day) => {
                let mut years = String::new();
                push_number(&mut years, u64::from(age(day, ctx.today)), 1);
                vec![("age", years.into())]
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Full years on a day.
pub(crate) fn age(birth: crate::verdict::Day, today: crate::verdict::Day) -> u16 {
    let had = (today.month, today.day) >= (birth.month, birth.day);
    (today.year + u16::from(had)).saturating_sub(birth.year + 1)
}
