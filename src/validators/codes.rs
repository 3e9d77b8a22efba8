//! Every code of the built-in kinds, in one place. Codes are never renamed: `codes.txt` beside this file holds all that have been
//! published, those of forms, files and schemas too.
//!
//! A code is `kind.flaw` for a fault and `kind.doubt` for a warning. What a flaw means does not depend on the kind; a test holds
//! both tables to the codes, and `docs/kinds.md` says the same:
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
//!
//! A doubt refuses nothing: the value is taken as it stands. It is asked about where a real number may well look so, or where only
//! a rule from memory speaks against it.
//!
//! | doubt | meaning |
//! |---|---|
//! | `unchecked` | nothing proves the number: a СНИЛС up to 001-001-998 has no check number, an account no key that could be told without its БИК |
//! | `region` | an ИНН or a КПП of the region 00, which is none |
//! | `slip` | of a КПП: a letter that looks like a digit stands in the place of one; of an e-mail address: its domain is one letter away from that of a large mail service, or ends in `.ру` |
//! | `grn`, `grnip` | the number of another record of the register: an ОГРН begins with 1 or 5, an ОГРНИП with 3 |
//! | `year` | the year in the number is before the register began (ОГРН 2002, ОГРНИП 2004) or has not come yet (those, and the blank of a passport) |
//! | `end` | a БИК of a bank (04…) ends in 003 to 049, which the rule gives to none |
//! | `number` | an account of the treasury (03…) has another digit than 0 in the place of the key |
//! | `bik` | the account is the treasury's and the БИК a bank's, or the other way round |
//! | `prefix` | of a settlement account: 301… and 40102… are those of a bank or the treasury at the Банк России; of a postal code: 0, 7, 8 and 9 begin none |
//! | `early` | a passport issued before October 1997, when the first blanks of the present one were |
//! | `level` | the third digit of a department code is above 3 |
//! | `series` | a certificate of civil status without a series; in that of a driver's licence, СТС or ПТС a letter without a Latin twin |
//! | `tail` | letters among the last four symbols of a VIN |
//! | `kazakhstan` | a code of Kazakhstan: the number behind +7 begins with 6 or 7 |
//! | `area` | a code of nobody: 0, 1, 2 or 5 behind +7, or one digit all along |
//! | `other` | ten digits or a spelling that hold as ИНН or СНИЛС and are hardly a phone |
//! | `cyrillic` | Cyrillic letters in the name of a mailbox: lawful, and usually a slip of the layout |
//! | `old` | a day of birth more than 120 years ago |
//! | `over` | more than 100 percent |

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
