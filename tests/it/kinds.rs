//! The kinds by their stable names: a name that is here is never taken away.

use podskazka::validators::{ALL, Kind};

/// Names of `Kind::parse`.
pub const NAMES: [&str; 65] = [
    "inn",
    "inn_person",
    "inn_company",
    "snils",
    "kpp",
    "ogrn",
    "ogrnip",
    "bik",
    "account",
    "account_settlement",
    "account_correspondent",
    "account_treasury",
    "okpo",
    "oktmo",
    "okato",
    "okato_check",
    "okved",
    "kbk",
    "uin",
    "oms",
    "oms_enp",
    "oms_temporary",
    "oms_old",
    "passport",
    "passport_series",
    "passport_number",
    "passport_issue_date",
    "department_code",
    "birth_place",
    "zagranpassport",
    "birth_certificate",
    "marriage_certificate",
    "divorce_certificate",
    "death_certificate",
    "military_id",
    "residence_permit",
    "foreign_passport",
    "driver_licence",
    "sts",
    "pts",
    "epts",
    "vin",
    "plate",
    "plate_taxi",
    "plate_trailer",
    "plate_motorcycle",
    "cadastral",
    "card",
    "iban",
    "postcode",
    "phone",
    "email",
    "full_name",
    "last_name",
    "first_name",
    "patronymic",
    "date",
    "birth_date",
    "past_date",
    "future_date",
    "money",
    "percent",
    "text",
    "sms_code",
    "address",
];

/// The kind of a stable name; an unknown name fails the test that asks.
#[track_caller]
pub fn kind(name: &str) -> Kind {
    Kind::parse(name).unwrap_or_else(|| panic!("`{name}` is no kind of the core"))
}

#[test]
fn every_name_is_a_kind_and_comes_back() {
    for name in NAMES {
        assert_eq!(kind(name).name(), name);
    }
}

#[test]
fn every_kind_is_named_here() {
    let named: Vec<&str> = ALL.iter().map(|kind| kind.name()).filter(|name| !NAMES.contains(name)).collect();
    assert!(named.is_empty(), "add {named:?} to NAMES, and a file of cases for each");
}

#[test]
fn a_name_that_is_none_is_refused() {
    for name in ["", "INN", "inn ", "inm"] {
        assert!(Kind::parse(name).is_none(), "{name}");
    }
}
