//! Every code of the built-in kinds, in one place. Codes are never renamed: `codes.txt` beside this file holds all that have been
//! published, those of forms, files and schemas too.
//!
//! A code is `kind.flaw` for a fault and `kind.doubt` for a warning. What a flaw means does not depend on the kind:
//!
//! | flaw | meaning |
//! |---|---|
//! | `chars` | a character that the kind has no use for, at the span |
//! | `length` | too many symbols; after a submit also too few |
//! | `checksum` | check digits do not hold: one of the symbols is a slip |
//! | `zero` | zeros alone: a placeholder |
//! | `prefix` | the first digits belong to no such number |
//! | `bik` | the account and the БИК do not belong together, or the БИК is none |
//! | `format` | symbols are there, their order is not |
//! | `separator` | another sign stands where the kind has its own |
//! | `series`, `roman`, `number`, `region`, `country` | this part of the number cannot be |
//! | `calendar` | no such day: the span is the day, or the month where there is none of this number, or the digits that are too many |
//! | `range` | the day is outside of what the field asks for: the span is the year, else the month or the day |
//! | `two` | two days where one is asked for: the span is the second, where both are spelled alike |
//! | `at`, `local`, `domain` | this part of an e-mail address is missing or broken |
//! | `dot` | a dot at the edge of the name of a mailbox, or two in a row |
//! | `mixed`, `latin` | Latin letters in a Russian name |
//! | `other` | the number of another document: what holds as СНИЛС or ИНН in the field of a phone |
//! | `long` | more characters than the field takes |
//! | `negative`, `decimals`, `ambiguous` | of an amount: below zero, too many decimals, two readings |

/// Reasons of fixes ([`crate::verdict::Fix`]) and what each has done. Never renamed either.
pub const REASONS: &[(&str, &str)] = &[
    ("swap", "two neighbours change places"),
    ("digit", "one digit is another"),
    ("extra", "one digit less"),
    ("missing", "one digit more"),
    ("zeros", "the zeros that a table has dropped at the start"),
    ("leading-zero", "the zero of the class before a code"),
    ("stray", "what does not belong to the number is left out"),
    ("letter-for-digit", "letters that look like digits become them"),
    ("look-alike", "letters of the other alphabet become those of this one"),
    ("roman", "the number of a series in plain digits becomes a Roman one"),
    ("layout", "the same keys in the other layout"),
    ("separator", "the sign that stands between the parts"),
    ("thousands", "a sign that groups thousands is left out"),
    ("day-month", "day and month change places"),
];

/// Kind, its faults, its warnings.
pub const CODES: &[(&str, &[&str], &[&str])] = &[
    ("inn", &["chars", "length", "zero", "checksum"], &["region"]),
    ("inn_person", &["chars", "length", "zero", "checksum"], &["region"]),
    ("inn_company", &["chars", "length", "zero", "checksum"], &["region"]),
    ("snils", &["chars", "length", "zero", "checksum"], &["unchecked"]),
    ("kpp", &["chars", "length", "zero"], &["slip", "region"]),
    ("ogrn", &["chars", "length", "zero", "prefix", "checksum"], &["grn", "year"]),
    ("ogrnip", &["chars", "length", "zero", "prefix", "checksum"], &["grnip", "year"]),
    ("bik", &["chars", "length", "zero", "prefix"], &["end"]),
    ("account", &["chars", "length", "zero", "bik", "checksum"], &["unchecked", "number", "bik"]),
    ("account_settlement", &["chars", "length", "zero", "bik", "checksum"], &["unchecked", "prefix", "number", "bik"]),
    ("account_correspondent", &["chars", "length", "zero", "prefix", "bik", "checksum"], &["unchecked", "bik"]),
    ("account_treasury", &["chars", "length", "zero", "prefix", "bik", "checksum"], &["unchecked", "number", "bik"]),
    ("okpo", &["chars", "length", "zero", "checksum"], &[]),
    ("oktmo", &["chars", "length", "zero"], &[]),
    ("okato", &["chars", "length"], &[]),
    ("okato_check", &["chars", "length", "zero", "checksum"], &[]),
    ("okved", &["chars", "length", "format", "zero"], &[]),
    ("kbk", &["chars", "length", "zero"], &[]),
    ("uin", &["chars", "length", "zero", "checksum"], &[]),
    ("oms", &["chars", "length", "zero", "checksum"], &[]),
    ("oms_enp", &["chars", "length", "zero", "checksum"], &[]),
    ("oms_temporary", &["chars", "length", "zero"], &[]),
    ("oms_old", &["chars", "length", "long"], &[]),
    ("passport", &["chars", "length", "zero"], &["year"]),
    ("passport_series", &["chars", "length", "zero"], &["year"]),
    ("passport_number", &["chars", "length", "zero"], &[]),
    ("passport_issue_date", &["chars", "length", "calendar", "range", "two"], &["early"]),
    ("department_code", &["chars", "length", "zero"], &["level"]),
    ("birth_place", &["chars", "length", "long"], &[]),
    ("zagranpassport", &["chars", "length", "zero"], &[]),
    ("birth_certificate", &["chars", "length", "series", "roman"], &["series"]),
    ("marriage_certificate", &["chars", "length", "series", "roman"], &["series"]),
    ("divorce_certificate", &["chars", "length", "series", "roman"], &["series"]),
    ("death_certificate", &["chars", "length", "series", "roman"], &["series"]),
    ("military_id", &["chars", "length"], &[]),
    ("residence_permit", &["chars", "length", "long"], &[]),
    ("foreign_passport", &["chars", "length", "long"], &[]),
    ("driver_licence", &["chars", "length", "zero"], &["series"]),
    ("sts", &["chars", "length", "zero"], &["series"]),
    ("pts", &["chars", "length", "zero"], &["series"]),
    ("epts", &["chars", "length", "zero"], &[]),
    ("vin", &["chars", "length", "zero"], &["tail"]),
    ("plate", &["chars", "length", "number", "region"], &[]),
    ("plate_taxi", &["chars", "length", "number", "region"], &[]),
    ("plate_trailer", &["chars", "length", "number", "region"], &[]),
    ("plate_motorcycle", &["chars", "length", "number", "region"], &[]),
    ("cadastral", &["chars", "length", "separator", "format", "zero"], &[]),
    ("card", &["chars", "length", "zero", "checksum"], &[]),
    ("iban", &["chars", "length", "country", "checksum"], &[]),
    ("postcode", &["chars", "length", "zero"], &["prefix"]),
    ("phone", &["chars", "length", "country", "other"], &["kazakhstan", "area", "other"]),
    ("email", &["chars", "length", "at", "local", "dot", "domain"], &["cyrillic", "slip"]),
    ("full_name", &["chars", "length", "mixed", "latin", "long"], &[]),
    ("last_name", &["chars", "length", "mixed", "latin", "long"], &[]),
    ("first_name", &["chars", "length", "mixed", "latin", "long"], &[]),
    ("patronymic", &["chars", "length", "mixed", "latin", "long"], &[]),
    ("date", &["chars", "length", "calendar", "range", "two"], &[]),
    ("birth_date", &["chars", "length", "calendar", "range", "two"], &["old"]),
    ("past_date", &["chars", "length", "calendar", "range", "two"], &[]),
    ("future_date", &["chars", "length", "calendar", "range", "two"], &[]),
    ("money", &["chars", "length", "negative", "decimals", "ambiguous", "long"], &[]),
    ("percent", &["chars", "length", "negative", "decimals", "long"], &["over"]),
    ("text", &["chars", "length", "long"], &[]),
    ("sms_code", &["chars", "length"], &[]),
    ("address", &["chars", "length", "long"], &[]),
];

/// The code belongs to a built-in kind.
pub fn is_code(code: &str) -> bool {
    crate::text::cut(code, b'.').is_some_and(|(kind, flaw)| {
        CODES.iter().any(|(name, faults, doubts)| *name == kind && (faults.contains(&flaw) || doubts.contains(&flaw)))
    })
}
