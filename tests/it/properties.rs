//! What must hold for any number with check digits: right ones pass, slips are noticed, and fixes are honest.

use podskazka::validators::{Kind, check, generate};
use podskazka::verdict::{Context, Edit, Fault, Value, Verdict};

use crate::TODAY;
use crate::kinds::{kind, names};
use crate::numbers::{BIK, SCHEMES, Scheme, slips, spell};
use crate::xorshift::Xorshift;

/// Numbers drawn of each scheme, with about 150 changed digits and a dozen swaps each.
const NUMBERS: usize = 60;
/// Percent that a share may differ from the arithmetic: two standard deviations of the smallest sample, 500 swaps.
const TOLERANCE: f64 = 2.0;

fn verdict(kind: Kind, text: &str, bik: &str) -> Verdict<Value> {
    check(kind, text, &Context { today: TODAY, bik: Some(bik) })
}

fn canonical(kind: Kind, text: &str) -> Option<String> {
    canonical_beside(BIK, kind, text)
}

fn canonical_beside(bik: &str, kind: Kind, text: &str) -> Option<String> {
    match verdict(kind, text, bik) {
        Verdict::Complete { value, .. } => Some(value.canonical),
        _ => None,
    }
}

fn fault(kind: Kind, text: &str) -> Option<Fault> {
    fault_beside(BIK, kind, text)
}

fn fault_beside(bik: &str, kind: Kind, text: &str) -> Option<Fault> {
    match verdict(kind, text, bik) {
        Verdict::Fault(fault) => Some(fault),
        _ => None,
    }
}

/// The text after the edits, which stand in UTF-16 code units of the typed text.
#[track_caller]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort_by_key(|e| std::cmp::Reverse((e.start, e.end)));
    for pair in ordered.windows(2) {
        assert!(pair[1].end <= pair[0].start, "edits overlap in {text:?}");
    }
    for edit in ordered {
        units.splice(edit.start as usize..edit.end as usize, edit.text.encode_utf16());
    }
    String::from_utf16(&units).unwrap()
}

/// Numbers of a scheme; the same ones in every run.
fn drawn(scheme: &Scheme) -> Vec<Vec<u8>> {
    let mut chance = Xorshift::new(scheme.length as u64 * 1000 + scheme.kind.len() as u64);
    (0..NUMBERS).map(|_| scheme.draw(&mut chance)).collect()
}

#[test]
fn numbers_with_right_check_digits_pass() {
    for scheme in &SCHEMES {
        for number in drawn(scheme) {
            let text = spell(&number);
            assert_eq!(canonical_beside(scheme.bik(), kind(scheme.kind), &text), Some(text.clone()), "{}", scheme.kind);
        }
    }
}

#[test]
fn every_kind_has_artificial_values_that_pass() {
    let mut chance = Xorshift::new(11);
    let mut random = || chance.below(1 << 31) as u32;
    for name in names() {
        for _ in 0..30 {
            let text = generate(kind(name), &mut random).unwrap();
            let verdict = check(kind(name), &text, &Context { today: TODAY, bik: None });
            assert!(matches!(verdict, Verdict::Complete { .. }), "{name} {text}");
        }
    }
}

#[test]
fn every_kind_of_digits_with_check_digits_has_a_scheme() {
    for name in names().into_iter().filter(|name| kind(name).is_numeric() && kind(name).has_check_digit()) {
        let known = SCHEMES.iter().any(|scheme| scheme.kind.starts_with(name));
        assert!(known, "{name}: compute its check digits from the source in SCHEMES of tests/it/numbers.rs");
    }
}

#[test]
fn every_slip_that_the_check_digits_can_notice_is_noticed() {
    for scheme in &SCHEMES {
        let mut counts = [(0_u32, 0_u32); 2];
        for number in drawn(scheme) {
            for (count, of_one) in counts.iter_mut().zip(slips(&number)) {
                for slip in of_one {
                    let text = spell(&slip);
                    let noticed = canonical_beside(scheme.bik(), kind(scheme.kind), &text).is_none();
                    assert!(noticed || (scheme.fits)(&slip), "{} {text} passes", scheme.kind);
                    count.0 += u32::from(noticed);
                    count.1 += 1;
                }
            }
        }
        let share = |(noticed, all): (u32, u32)| f64::from(noticed) * 100.0 / f64::from(all);
        let wanted = [scheme.noticed.0, scheme.noticed.1];
        for ((count, wanted), slip) in counts.into_iter().zip(wanted).zip(["changed digits", "swaps"]) {
            let found = share(count);
            let near = (found - wanted).abs() <= TOLERANCE;
            assert!(near, "{} of {} digits, {slip}: {found:.1} %, not {wanted} %", scheme.kind, scheme.length);
        }
    }
}

/// A remainder by 97 moves with every changed digit and every swap: 97 divides neither 9 nor a power of ten.
#[test]
fn every_slip_of_an_iban_is_noticed() {
    let mut chance = Xorshift::new(97);
    let mut random = || chance.below(1 << 31) as u32;
    for _ in 0..NUMBERS {
        let whole = generate(kind("iban"), &mut random).unwrap().replace(' ', "");
        let number: Vec<u8> = whole.bytes().skip(2).map(|b| b - b'0').collect();
        assert_eq!(canonical(kind("iban"), &whole), Some(whole.clone()));
        for slip in slips(&number).iter().flatten() {
            let text = format!("RU{}", spell(slip));
            assert!(fault(kind("iban"), &text).is_some_and(|f| f.code == "iban.checksum"), "{text} of {whole}");
        }
    }
}

/// ИНН of a person and СНИЛС, typed in several ways: the number that was meant is always among the fixes.
#[test]
fn the_true_number_is_among_the_fixes_of_every_single_slip() {
    for (name, other, shapes) in [
        ("inn_person", "inn", &["999999999999", "9999 999999 99", "ИНН: 999\u{a0}999 999999", "\u{200b}999999999999"]),
        ("snils", "snils", &["99999999999", "999-999-999 99", "СНИЛС 999-999-999 99", "999 999\u{2011}999\u{2003}99"]),
    ] {
        let scheme = SCHEMES.iter().find(|s| s.kind == name).unwrap();
        for (number, shape) in drawn(scheme).iter().zip(shapes.iter().cycle()) {
            let truth = spell(number);
            let [changed, _] = slips(number);
            for slip in changed.iter().filter(|s| !(scheme.fits)(s)) {
                let text = shaped(shape, slip);
                for kind in [kind(name), kind(other)] {
                    let fixes = fault(kind, &text).expect(&text).fixes;
                    let meant = |edits: &[Edit]| canonical(kind, &apply(&text, edits)).as_ref() == Some(&truth);
                    let offered: Vec<&str> = fixes.iter().map(|f| f.value.as_str()).collect();
                    assert!(fixes.iter().any(|f| meant(&f.edits)), "{text:?} for {truth}: offered {offered:?}");
                }
            }
        }
    }
}

/// Of 2,000 single slips the number that was meant stands behind the third fix in this many: why these two kinds have more than the
/// three fixes that are the limit elsewhere. A page shows three.
#[test]
fn three_fixes_would_lose_the_true_number_now_and_then() {
    for (name, wanted) in [("snils", 70..=120), ("inn_person", 25..=60)] {
        let scheme = SCHEMES.iter().find(|s| s.kind == name).unwrap();
        let mut chance = Xorshift::new(2_000);
        let (mut slipped, mut late) = (0, 0);
        while slipped < 2_000 {
            let number = scheme.draw(&mut chance);
            let [changed, _] = slips(&number);
            let slip = &changed[chance.below(changed.len())];
            if (scheme.fits)(slip) {
                continue;
            }
            let text = spell(slip);
            let fixes = fault(kind(name), &text).expect(&text).fixes;
            let truth = Some(spell(&number));
            let rank = fixes.iter().position(|fix| canonical(kind(name), &fix.value) == truth).expect(&text);
            slipped += 1;
            late += usize::from(rank > 2);
        }
        println!("{name}: {late} of {slipped} behind the third fix");
        assert!(wanted.contains(&late), "{name}: {late} of {slipped}; say so in docs/DESIGN.md");
    }
}

/// `shape` with its nines replaced by the digits.
fn shaped(shape: &str, number: &[u8]) -> String {
    let digits = spell(number);
    let mut rest = digits.chars();
    shape.chars().map(|c| if c == '9' { rest.next().unwrap() } else { c }).collect()
}

#[test]
fn fixes_are_few_and_each_gives_a_number_that_passes() {
    for scheme in &SCHEMES {
        let all = matches!(scheme.kind, "inn_person" | "snils");
        for number in drawn(scheme).iter().take(20) {
            for slip in slips(number).iter().flatten() {
                let text = spell(slip);
                let Some(fault) = fault_beside(scheme.bik(), kind(scheme.kind), &text) else { continue };
                assert!(all || fault.fixes.len() <= 3, "{} {text}: {} fixes", scheme.kind, fault.fixes.len());
                for fix in &fault.fixes {
                    let mended = canonical_beside(scheme.bik(), kind(scheme.kind), &apply(&text, &fix.edits));
                    assert!(mended.is_some(), "{} {text}: the edits of {} do not mend it", scheme.kind, fix.value);
                    assert_eq!(
                        mended,
                        canonical_beside(scheme.bik(), kind(scheme.kind), &fix.value),
                        "{} {text}",
                        scheme.kind
                    );
                }
            }
        }
    }
}

#[test]
fn a_fix_of_the_check_digits_alone_never_comes_before_another() {
    for scheme in &SCHEMES {
        let body = |d: &[u8]| spell(&[&d[..scheme.checks.0], &d[scheme.checks.1..]].concat());
        for number in drawn(scheme).iter().take(50) {
            for slip in slips(number).iter().flatten() {
                let text = spell(slip);
                let Some(fault) = fault_beside(scheme.bik(), kind(scheme.kind), &text) else { continue };
                let [first, _, ..] = fault.fixes.as_slice() else { continue };
                let mended = canonical_beside(scheme.bik(), kind(scheme.kind), &first.value).unwrap_or_default();
                let digits: Vec<u8> = mended.bytes().map(|b| b.wrapping_sub(b'0')).collect();
                let other = digits.len() != slip.len() || body(&digits) != body(slip);
                assert!(other, "{} {text}: {} comes first", scheme.kind, first.value);
            }
        }
    }
}

#[test]
fn edits_are_applied_from_the_end() {
    let edit = |start, end, text: &str| Edit { start, end, text: text.into() };
    assert_eq!(apply("😀12 3", &[edit(2, 3, "9"), edit(5, 6, "")]), "😀92 ");
    assert_eq!(apply("12", &[edit(1, 1, "0")]), "102");
}

/// The digits that would fit stand in the verdict as a fact; where the slip is, nobody knows.
#[test]
fn a_fault_of_check_digits_says_which_would_fit_and_which_stand_there() {
    for (name, text, expected, found) in [
        ("inn", "7707083894", "3", "4"),
        ("inn_person", "500100000198", "99", "98"),
        ("snils", "112-233-445 96", "95", "96"),
        ("ogrn", "1027700132196", "5", "6"),
        ("account", "40702810600000002851", "5", "6"),
        ("card", "4111 1111 1111 1112", "1", "2"),
        ("iban", "RU04 0445 2522 5408 1781 0538 0913 1041 9", "03", "04"),
    ] {
        let fault = fault(kind(name), text).unwrap();
        assert_eq!((fault.expected.as_str(), fault.found.as_str()), (expected, found), "{name} {text}");
        assert!(fault.code.ends_with(".checksum"));
    }
}

/// A fault of the first digits says which would do, one of an account and a БИК how the account ends.
#[test]
fn a_fault_of_a_part_says_what_should_stand_there() {
    for (name, text, code, expected, found) in [
        ("account_correspondent", "30101810400000000226", "bik", "225", "226"),
        ("account", "30101810400000000111", "bik", "225", "111"),
        ("account_correspondent", "40702810500000002851", "prefix", "301, 40102", "407"),
        ("account_treasury", "40702810500000002851", "prefix", "03, 40102", "407"),
        ("bik", "344525225", "prefix", "0, 1, 2", "3"),
        ("ogrn", "3027700132195", "prefix", "1, 5", "3"),
        ("ogrnip", "104500116000157", "prefix", "3", "1"),
        ("phone", "8 916 123-45-678", "length", "10", "12"),
    ] {
        let fault = fault(kind(name), text).unwrap();
        let code = format!("{name}.{code}");
        assert_eq!((fault.code, fault.expected.as_str(), fault.found.as_str()), (code, expected, found), "{text}");
    }
}
