//! Банковский и казначейский счёт: bank and treasury account, 20 symbols `BBBBB CCC K FFFF NNNNNNN`.
//!
//! Balance account, currency (its first symbol may be a letter), key, branch, number. The key `K` belongs to the account
//! together with the БИК: which of both has the slip, nobody can tell. Treasury accounts that start with `03` have no key and 0
//! in its place; the single treasury account `40102…` takes the place of a correspondent account. Where the account and the
//! field or the bank do not go together (`301…` as the payee's account, `03…` at a bank), it is doubted.
//!
//! # Sources
//! Банк России, порядок расчёта контрольного ключа № 515 of 08.09.1997; Положение № 809-П of 24.11.2022.
//!
//! # Examples
//! ```
//! use podskazka::{validators::account::check, verdict::*};
//! let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: Some("044525225") };
//! assert!(matches!(check("40702810500000002851", &ctx), Verdict::Complete { .. }));
//! assert!(matches!(check("40702810500000002852", &ctx), Verdict::Fault(f) if f.code == "account.checksum"));
//! ```

use super::bik;
use super::engine::{Honest, Judge, Number, Rule, Spec, read};
use super::flaw::{Expected, Name, Outcome, doubt, flaw, flaw_symbols};
use crate::checksum::value;
use crate::text::twin;
use crate::verdict::Context;

identifier!(
    /// An account whose key fits the БИК, where one is known.
    Account, Account, main
);

const FORM: &str = "99999X99999999999999";
/// Letters that stand for 0 to 9 as the first symbol of a currency.
const LETTERS: &[u8] = b"ABCEHKMPTX";

pub(super) static ANY: Spec = spec("account", |d, ctx| judge(d, ctx, &[]));
pub(super) static SETTLEMENT: Spec = spec("account_settlement", |d, ctx| match judge(d, ctx, &[]) {
    // A bank's own account in the place of the payee's; lists of requisites put them one under the other.
    Outcome::Complete(_) if is_central(d) => doubt(true, Name::Prefix),
    outcome => outcome,
});
pub(super) static CORRESPONDENT: Spec = spec("account_correspondent", |d, ctx| judge(d, ctx, &[b"301", b"40102"]));
pub(super) static TREASURY: Spec = spec("account_treasury", |d, ctx| judge(d, ctx, &[b"03", b"40102"]));

const fn spec(name: &'static str, judge: Judge) -> Spec {
    let labels = "расчетн корреспондентск лицев казначейск счет сч счетк получател банк корсчет корр р/с к/с л/с р/сч к/сч р/счет к/счет кор/сч кор/счет рс кс екс р с к л";
    Spec { name, labels, rule: Rule::Number(Number::new(FORM, judge, Honest::Swaps)) }
}

/// An account that a bank or the treasury has at the Банк России.
#[cfg_attr(target_family = "wasm", inline(never))]
fn is_central(d: &[u8]) -> bool {
    d.starts_with(b"301") || d.starts_with(b"40102")
}

fn judge(d: &[u8], ctx: &Context, starts: &[&[u8]]) -> Outcome {
    let currency = d.get(5).copied().unwrap_or(b'0');
    if currency > b'9' && twin(currency, LETTERS, LETTERS) == 0 {
        return flaw_symbols(Name::Chars, 5, 6, Expected::Currency);
    }
    if !starts.is_empty() && !starts.iter().any(|start| d.starts_with(start)) {
        return flaw_symbols(Name::Prefix, 0, 3, Expected::Nothing);
    }
    let own = d.starts_with(b"03");
    if own && d.get(8) != Some(&b'0') {
        return doubt(true, Name::Number);
    }
    // A BIK field that is there and empty says nothing.
    let Some(bik) = ctx.bik.filter(|bik| !crate::text::is_empty(bik)) else { return doubt(true, Name::Unchecked) };
    let alone = Context { bik: None, ..*ctx };
    let known = bik::SPEC.number().map(|number| read(&bik::SPEC, number, bik, &alone));
    let Some((digits, Outcome::Complete(_))) = known else { return flaw(Name::Bik) };
    let [b1, b2, _, _, b5, b6, b7, b8, b9] = digits.as_slice() else { return flaw(Name::Bik) };
    let bank = [*b7, *b8, *b9];
    let own_unit = matches!(&bank, b"000" | b"001" | b"002");
    if d.starts_with(b"30101") && !own_unit && [*b1, *b2] == *b"04" && !d.ends_with(&bank) {
        return flaw_symbols(Name::Bik, 17, 20, Expected::Nothing);
    }
    let prefix = if own_unit || is_central(d) { [b'0', *b5, *b6] } else { bank };
    if !own && !(weigh(&prefix) + weigh(d)).is_multiple_of(10) {
        return flaw(Name::Checksum);
    }
    // The treasury's accounts are no bank's, and a bank's are not the treasury's.
    let bodies = *b1 == b'0' && *b2 < b'3';
    let apart = if own || d.starts_with(b"40102") { [*b1, *b2] == *b"04" } else { bodies };
    doubt(apart && !own_unit, Name::Bik)
}

/// Sum of digit times weight 7, 1, 3 in turn; with the three digits of the bank before it, it ends in 0 when the key holds.
#[cfg_attr(target_family = "wasm", inline(never))]
fn weigh(symbols: &[u8]) -> u32 {
    let mut sum = 0;
    let mut weight = 7;
    for symbol in symbols {
        let digit = match twin(*symbol, LETTERS, b"0123456789") {
            0 => *symbol,
            digit => digit,
        };
        sum += weight * value(digit);
        weight = match weight {
            7 => 1,
            1 => 3,
            _ => 7,
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Day, Verdict};

    #[test]
    fn accepts_a_bik_with_its_label() {
        for bik in ["044525225", "БИК 044525225", "044525225 БИК"] {
            let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: Some(bik) };
            let verdict = check("40702810500000002851", &ctx);
            assert!(matches!(verdict, Verdict::Complete { .. }), "{bik}: {verdict:?}");
        }
    }
}
