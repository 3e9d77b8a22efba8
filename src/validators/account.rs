//! Банковский и казначейский счёт: bank and treasury account, 20 symbols `BBBBB CCC K FFFF NNNNNNN`.
//!
//! Balance account, currency (its first symbol may be a letter), key, branch, number. The key `K` belongs to the account
//! together with the БИК: which of both has the slip, nobody can tell. Treasury accounts that start with `03` have no key;
//! the single treasury account `40102…` takes the place of a correspondent account.
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
use super::engine::{Flaw, Form, Honest, Judgement, Number, Outcome, Rule, Spec, form, look};
use crate::checksum::value;
use crate::text::Symbols;
use crate::verdict::Context;

identifier!(
    /// An account whose key fits the БИК, where one is known.
    Account, Account, main
);

const FORM: &[Form] = &[form("99999X99999999999999")];
/// Letters that stand for 0 to 9 as the first symbol of a currency.
const LETTERS: &[u8; 10] = b"ABCEHKMPTX";

pub(super) static ANY: Spec = spec("account", |d, ctx| judge(d, ctx, &[]));
pub(super) static SETTLEMENT: Spec = spec("account_settlement", |d, ctx| judge(d, ctx, &[]));
pub(super) static CORRESPONDENT: Spec = spec("account_correspondent", |d, ctx| judge(d, ctx, &[b"301", b"40102"]));
pub(super) static TREASURY: Spec = spec("account_treasury", |d, ctx| judge(d, ctx, &[b"03", b"40102"]));

const fn spec(name: &'static str, judge: fn(&[u8], &Context) -> Judgement) -> Spec {
    let labels = &["расчетныйсчет", "расчётныйсчёт", "рс", "р/с", "кс", "к/с", "счет", "счёт", "№"];
    Spec { name, labels, rule: Rule::Number(Number { forms: FORM, judge, honest: Honest::Swaps }) }
}

fn judge(d: &[u8], ctx: &Context, starts: &[&[u8]]) -> Judgement {
    if d.iter().all(|d| *d == b'0') {
        return Err(Flaw::whole("zero"));
    }
    let currency = d.get(5).copied().unwrap_or(b'0');
    if currency > b'9' && !LETTERS.contains(&currency) {
        return Err(Flaw { expected: "0-9 ABCEHKMPTX", ..Flaw::at("chars", 5, 6) });
    }
    if !starts.is_empty() && !starts.iter().any(|start| d.starts_with(start)) {
        return Err(Flaw::at("prefix", 0, 3));
    }
    let Some(bik) = ctx.bik else { return Ok(Some("unchecked")) };
    let alone = Context { bik: None, ..*ctx };
    if !matches!(look(&bik::SPEC, bik, &alone), Outcome::Complete(_)) {
        return Err(Flaw::whole("bik"));
    }
    let bik = Symbols::read(bik);
    let (unit, bank) = (bik.as_slice().get(4..6).unwrap_or_default(), bik.as_slice().get(6..9).unwrap_or_default());
    let own_unit = matches!(bank, b"000" | b"001" | b"002");
    if d.starts_with(b"30101") && !own_unit && bik.as_slice().starts_with(b"04") && d.get(17..) != Some(bank) {
        return Err(Flaw::at("bik", 17, 20));
    }
    let central = own_unit || d.starts_with(b"301") || d.starts_with(b"40102");
    let prefix = if central { [b"0", unit].concat() } else { bank.to_vec() };
    if !d.starts_with(b"03") && key(&prefix, d) != 0 {
        return Err(Flaw::whole("checksum"));
    }
    Ok(None)
}

/// Sum of the last digits of digit times weight 7, 1, 3; its last digit is 0 when the key holds.
fn key(prefix: &[u8], account: &[u8]) -> u32 {
    let digit = |symbol: &u8| match LETTERS.iter().position(|l| l == symbol) {
        Some(at) => at as u32,
        None => value(*symbol),
    };
    let weights = [7, 1, 3].iter().cycle();
    prefix.iter().chain(account).zip(weights).map(|(s, w)| digit(s) * w % 10).sum::<u32>() % 10
}
