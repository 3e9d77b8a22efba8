//! What the registry offers beyond a verdict: repairs, completions, suggestions, the wrong field.

use super::*;
use crate::verdict::Day;

const CTX: Context = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };

#[track_caller]
fn repaired(kind: Kind, text: &str, expected: &str) {
    let found = repair(kind, text, &CTX)
        .map_or("-".to_owned(), |r| format!("{}{} {}", r.reason, if r.chip { "!" } else { "" }, r.value));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn spelling_changes_in_silence() {
    repaired(Kind::Snils, "11223344595", "spelling 112-233-445 95");
    repaired(Kind::Snils, "112\u{a0}233\u{2011}445\u{200b}95", "spelling 112-233-445 95");
    repaired(Kind::Inn, "７７０７０８３８９３", "spelling 7707083893");
    repaired(Kind::Inn, "7707083893", "-");
    repaired(Kind::Kpp, "7707am001", "spelling 7707AM001");
}

#[test]
fn what_may_surprise_gets_a_chip() {
    repaired(Kind::Phone, "8 916 123-45-67", "prefix! +7 (916) 123-45-67");
    repaired(Kind::Phone, "9161234567", "prefix! +7 (916) 123-45-67");
    repaired(Kind::Phone, "810 7 916 123 45 67", "prefix! +7 (916) 123-45-67");
    repaired(Kind::Phone, "007 916 123-45-67", "prefix! +7 (916) 123-45-67");
    repaired(Kind::Phone, "+7 916 123 45 67", "spelling +7 (916) 123-45-67");
    repaired(Kind::Inn, "ИНН: 7707083893", "label! 7707083893");
    repaired(Kind::Passport, "серия 4510 номер 123456", "label! 45 10 123456");
    repaired(Kind::Plate, "A123BC77", "look-alike! А 123 ВС 77");
    repaired(Kind::BirthCertificate, "11-БЮ 123456", "look-alike! II-БЮ 123456");
    repaired(Kind::BirthDate, "5 марта 1990", "date! 05.03.1990");
    repaired(Kind::BirthDate, "05031990", "spelling 05.03.1990");
}

#[test]
fn a_digit_is_never_changed_without_a_press() {
    repaired(Kind::Inn, "77О7083893", "-");
    repaired(Kind::Inn, "7707083894", "-");
    repaired(Kind::LastName, "bdfyjd", "-");
}

#[track_caller]
fn first_fix(kind: Kind, text: &str, expected: &str) {
    let found = match check(kind, text, &CTX) {
        Verdict::Fault(fault) => {
            fault.fixes.first().map_or(fault.code.clone(), |f| format!("{} {} {}", fault.code, f.reason, f.value))
        }
        _ => "no fault".to_owned(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_car_passport_says_whether_it_is_electronic() {
    for (text, form) in [("164301012345678", "electronic"), ("77 УК 123456", "paper"), ("7712123456", "paper")] {
        let Verdict::Complete { value, .. } = check(Kind::Pts, text, &CTX) else { panic!("{text}") };
        assert_eq!(value.facts.0, [("form", form.into())], "{text}");
    }
}

/// Nine digits of a certificate, and the last six of an ОКПО of fourteen, have no check digit.
#[test]
fn no_digit_is_one_too_many_where_nothing_proves_the_rest() {
    for (kind, text) in [(Kind::Oms, "1234567890"), (Kind::Oms, "№ 12-34 567890"), (Kind::Okpo, "000325370000012")] {
        assert_eq!(completions(kind, text, &CTX), [], "{text}");
        let (Verdict::Partial { fixes, .. } | Verdict::Fault(Fault { fixes, .. })) = check(kind, text, &CTX) else {
            panic!()
        };
        assert_eq!(fixes, [], "{text}");
    }
    assert!(!completions(Kind::Inn, "77070838933", &CTX).is_empty(), "what a check digit proves is offered");
}

#[test]
fn the_fitting_check_digit_is_named_where_the_number_is_doubted_too() {
    for (kind, text, digit) in [(Kind::Ogrn, "1997700132195", "7"), (Kind::Ogrn, "2027700132195", "4")] {
        let Verdict::Fault(fault) = check(kind, text, &CTX) else { panic!("{text}") };
        assert_eq!((&*fault.expected, &*fault.found), (digit, "5"), "{text}");
    }
}

#[test]
fn a_label_within_a_free_number_leaves_one_blank() {
    for (kind, text, canonical) in [
        (Kind::ForeignPassport, "серия AB номер 1234567", "AB 1234567"),
        (Kind::OmsOld, "серия 12 номер 345678", "12 345678"),
        (Kind::ResidencePermit, "82 № 1234567", "82 № 1234567"),
    ] {
        let Verdict::Complete { value, .. } = check(kind, text, &CTX) else { panic!("{text}") };
        assert_eq!(value.canonical, canonical, "{text}");
    }
}

#[test]
fn what_stands_around_a_value_is_offered_to_be_left_out() {
    first_fix(Kind::BirthDate, "05.03.1990, г. Москва", "birth_date.chars stray 05.03.1990");
    first_fix(Kind::Money, "5 (пять) тысяч", "money.chars stray 5\u{a0}000,00");
    first_fix(Kind::Phone, "Анна: +49 30 123456", "phone.chars");
    first_fix(Kind::Bik, "044525225 к/с 30101810400000000225", "bik.chars stray 044525225");
    first_fix(Kind::Passport, "4510123456.0", "passport.length stray 45 10 123456");
    first_fix(Kind::BirthCertificate, "2-АБ 123456", "birth_certificate.chars roman II-АБ 123456");
    first_fix(Kind::SmsCode, "Ваш код 1234 действует 5 минут", "sms_code.chars");
}

#[test]
fn slips_of_hand_and_keyboard_are_offered() {
    first_fix(Kind::Inn, "77О7083893", "inn.chars letter-for-digit 7707083893");
    first_fix(Kind::Inn, "7707o83893", "inn.chars letter-for-digit 7707083893");
    first_fix(Kind::Inn, "770708389З", "inn.chars letter-for-digit 7707083893");
    first_fix(Kind::Inn, "7707#083893", "inn.chars stray 7707083893");
    first_fix(Kind::Ogrn, "1027700312195", "ogrn.checksum swap 1027700132195");
    first_fix(Kind::LastName, "bdfyjd", "last_name.latin layout иванов");
    first_fix(Kind::LastName, "Ивaнова", "last_name.mixed look-alike Иванова");
    first_fix(Kind::Email, "anna@mail,ru", "email.chars stray anna@mail.ru");
    first_fix(Kind::BirthDate, "03.25.1990", "birth_date.calendar day-month 25.03.1990");
    first_fix(Kind::Cadastral, "77-01-0001001-1234", "cadastral.separator separator 77:01:0001001:1234");
}

#[test]
fn a_missing_digit_is_found_where_two_check_digits_are() {
    let values = |kind, text| completions(kind, text, &CTX).into_iter().map(|f| f.value).collect::<Vec<_>>();
    assert!(values(Kind::Snils, "112-233-45 95").contains(&"112-233-445 95".to_owned()));
    assert!(values(Kind::InnPerson, "500100732591").is_empty());
    assert!(values(Kind::InnPerson, "50010073259").contains(&"500100732259".to_owned()));
    assert!(values(Kind::Ogrn, "102770013219").is_empty());
}

#[test]
fn a_digit_too_many_is_found_where_a_longer_number_is_lawful_too() {
    let mut random = drawn();
    for (kind, len) in [(Kind::Inn, 10), (Kind::Okpo, 8), (Kind::Uin, 20)] {
        let (mut drawn, mut found) = (0, 0);
        while drawn < 100 {
            let Some(text) = generate(kind, &mut random) else { continue };
            if text.len() != len {
                continue;
            }
            for at in 0..len {
                let doubled = format!("{}{}", &text[..=at], &text[at..]);
                let Verdict::Partial { .. } = check(kind, &doubled, &CTX) else { continue };
                drawn += 1;
                found += usize::from(completions(kind, &doubled, &CTX).iter().any(|fix| fix.value == text));
            }
        }
        // More than three may fit by chance.
        assert!(found * 10 >= drawn * 9, "{kind:?}: {found} of {drawn}");
    }
}

#[test]
fn a_mail_domain_is_only_doubted() {
    assert!(matches!(look(Kind::Email, "anna@gmial.com", &CTX), Outcome::Complete(Some(Name::Slip))));
    assert_eq!(suggestion(Kind::Email, "anna@GMIAL.com").as_deref(), Some("anna@gmail.com"));
    assert_eq!(suggestion(Kind::Email, "anna@gmail.com"), None);
    assert_eq!(suggestion(Kind::Email, "anna@ymail.com"), None);
}

#[test]
fn a_value_in_the_wrong_field_is_recognised() {
    let form = [Kind::Inn, Kind::Snils, Kind::Phone, Kind::Passport, Kind::Postcode, Kind::Ogrn, Kind::OmsEnp];
    let other = |kind, text| other_kind(kind, text, &form, &CTX);
    assert_eq!(other(Kind::Snils, "7707083893"), Some(Kind::Inn));
    assert_eq!(other(Kind::Snils, "8 916 123-45-67"), Some(Kind::Phone));
    assert_eq!(other(Kind::Inn, "1027700132195"), Some(Kind::Ogrn));
    assert_eq!(other(Kind::Inn, "112-233-445 95"), Some(Kind::Snils));
    assert_eq!(other(Kind::Snils, "112-233-445 95"), None);
    // Six digits are much: no guess.
    assert_eq!(other(Kind::Snils, "101000"), None);
}

#[test]
fn a_long_number_without_check_digits_speaks_where_it_fits_one_field_alone() {
    let form = [Kind::Inn, Kind::Kpp, Kind::Bik, Kind::AccountSettlement, Kind::AccountCorrespondent];
    let other = |kind, text| other_kind(kind, text, &form, &CTX);
    assert_eq!(other(Kind::Bik, "770701001"), Some(Kind::Kpp));
    assert_eq!(other(Kind::Inn, "40702810500000002851"), Some(Kind::AccountSettlement));
    assert_eq!(other(Kind::Inn, "30101810400000000225"), Some(Kind::AccountCorrespondent));
    assert_eq!(other_kind(Kind::Phone, "40702810500000002851", &[Kind::Account, Kind::Kbk], &CTX), None, "either");
    // Nine digits begin an ИНН, and are two things behind it.
    assert_eq!(other(Kind::Inn, "770701001"), None);
    assert_eq!(other(Kind::AccountSettlement, "044525225"), None);
    // A kind that stands in the form twice is one.
    assert_eq!(other_kind(Kind::Bik, "770701001", &[Kind::Kpp, Kind::Kpp], &CTX), Some(Kind::Kpp));
}

fn drawn() -> impl FnMut() -> u32 {
    let mut state = 1_u32;
    move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    }
}

#[test]
fn values_in_wrong_fields_are_named_right() {
    let mut random = drawn();
    let form = [Kind::Inn, Kind::Snils, Kind::Ogrn, Kind::Ogrnip, Kind::OmsEnp, Kind::Phone];
    let (mut right, mut wrong) = (0, 0);
    for round in 0..2_000 {
        for kind in [Kind::Inn, Kind::Snils, Kind::Ogrn, Kind::Ogrnip, Kind::OmsEnp] {
            let Some(text) = generate(kind, &mut random) else { continue };
            let field = form.iter().filter(|k| **k != kind).nth(round % 5).copied().unwrap_or(Kind::Phone);
            match other_kind(field, &text, &form, &CTX) {
                Some(found) if found == kind => right += 1,
                Some(_) => wrong += 1,
                // Complete for the field as well: an 11-digit number can be a phone.
                None => {}
            }
        }
    }
    // Only СНИЛС and phone share a length: a СНИЛС that starts with 7 or 8 may be taken for a phone.
    assert!(wrong * 100 <= right, "{wrong} wrong of {right}");
}
