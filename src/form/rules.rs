//! Rules between the fields of a form, as data.
//!
//! A rule names fields; what it finds names them too, because nobody can tell which of two numbers has the slip. Only what
//! law or arithmetic makes certain is a fault, everything else is a warning. A field that is empty or not complete by itself
//! is left alone: it has its own error.
//!
//! # Sources
//! Key of an account: see [`crate::validators::account`]. Ages of a passport: ПП РФ № 2267 of 23.12.2023 (at 14, 20 and 45 years,
//! 90 days to change it).

use crate::text::{Symbols, has_sign};
use crate::validators::{self, Kind, Outcome, date};
use crate::verdict::{Context, Day};

/// One rule of a form's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The key of the account fits the БИК.
    AccountBik { account: String, bik: String },
    /// ИНН of 10 digits goes with ОГРН and КПП of a company, of 12 with ОГРНИП and no КПП.
    Applicant { inn: String, ogrn: Option<String>, kpp: Option<String> },
    /// The first digits name the same region; they may lawfully differ after a move, so this only warns.
    SameRegion { inn: Option<String>, kpp: Option<String>, ogrn: Option<String> },
    /// A passport is issued at 14 years or later.
    PassportAfter14 { issued: String, birth: String },
    /// A passport issued before 20 or before 45 years is void 90 days after that birthday; conscripts have longer.
    PassportAge { issued: String, birth: String },
    /// The second day is not before the first one.
    Order { from: String, to: String },
    /// Two fields hold the same, such as an e-mail typed twice.
    Equal { first: String, second: String },
    /// The field is mandatory when another one holds one of these values.
    RequiredIf { field: String, when: String, is: Vec<String> },
}

/// What a rule says of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `form.account_bik` and so on.
    pub code: &'static str,
    /// The fields it is about, the one to show it at first.
    pub fields: Vec<String>,
    /// Only a doubt: never stops a submit.
    pub warning: bool,
}

/// Every code that [`findings`] can give, with whether it only warns.
pub const RULE_CODES: &[(&str, bool)] = &[
    ("form.account_bik", false),
    ("form.applicant", false),
    ("form.same_region", true),
    ("form.passport_after_14", false),
    ("form.passport_age", true),
    ("form.order", false),
    ("form.equal", false),
    ("form.required_if", false),
];

const YOUNGEST: u16 = 14;
/// Birthdays at which a passport is changed, and the days there are for it.
const CHANGES: [u16; 2] = [20, 45];
const DAYS_TO_CHANGE: u32 = 90;

/// The kind and the present text of a field.
pub type Typed<'a> = (Option<Kind>, &'a str);

/// Apply the rules; `typed` tells of a field.
pub fn findings<'a>(rules: &[Rule], today: Day, typed: &dyn Fn(&str) -> Option<Typed<'a>>) -> Vec<Finding> {
    rules.iter().filter_map(|rule| Form { today, typed }.apply(rule)).collect()
}

struct Form<'a, 'b> {
    today: Day,
    typed: &'b dyn Fn(&str) -> Option<Typed<'a>>,
}

impl Form<'_, '_> {
    fn apply(&self, rule: &Rule) -> Option<Finding> {
        let (code, fields, warning) = match rule {
            Rule::AccountBik { account, bik } => (self.account(account, bik), vec![account, bik], false),
            Rule::Applicant { inn, ogrn, kpp } => return self.applicant(inn, ogrn.as_deref(), kpp.as_deref()),
            Rule::SameRegion { inn, kpp, ogrn } => return self.region(inn, kpp, ogrn),
            Rule::PassportAfter14 { issued, birth } => (self.too_young(issued, birth), vec![issued, birth], false),
            Rule::PassportAge { issued, birth } => (self.void(issued, birth), vec![issued, birth], true),
            Rule::Order { from, to } => (self.backwards(from, to), vec![to, from], false),
            Rule::Equal { first, second } => (self.differ(first, second), vec![second, first], false),
            Rule::RequiredIf { field, when, is } => (self.lacks(field, when, is), vec![field, when], false),
        };
        let fields = fields.into_iter().cloned().collect();
        code.map(|code| Finding { code, fields, warning })
    }

    fn field(&self, name: &str) -> Typed<'_> {
        let (kind, text) = (self.typed)(name).unwrap_or_default();
        (kind, crate::text::bare(text))
    }

    fn text(&self, name: &str) -> &str {
        self.field(name).1
    }

    /// Symbols of a field that is complete as this kind.
    fn symbols(&self, name: &str, kind: Kind) -> Option<Symbols> {
        Some(Symbols::read(&self.canonical(name, kind)?))
    }

    /// The canonical form of a field that is complete as this kind.
    fn canonical(&self, name: &str, kind: Kind) -> Option<String> {
        let ctx = Context { today: self.today, bik: None };
        match validators::verdict(kind, self.text(name), &ctx) {
            crate::verdict::Verdict::Complete { value, .. } => Some(value.canonical),
            _ => None,
        }
    }

    fn day(&self, name: &str) -> Option<Day> {
        let (kind, text) = self.field(name);
        date::day_of(kind, text, self.today)
    }

    fn account(&self, account: &str, bik: &str) -> Option<&'static str> {
        self.symbols(bik, Kind::Bik)?;
        self.symbols(account, Kind::Account)?;
        let ctx = Context { today: self.today, bik: Some(self.text(bik)) };
        let fits = matches!(validators::look(Kind::Account, self.text(account), &ctx), Outcome::Complete(_));
        (!fits).then_some("form.account_bik")
    }

    fn applicant(&self, inn: &str, ogrn: Option<&str>, kpp: Option<&str>) -> Option<Finding> {
        let person = self.symbols(inn, Kind::Inn)?.count == 12;
        let wrong = |name: &&str| self.symbols(name, if person { Kind::Ogrn } else { Kind::Ogrnip }).is_some();
        let other = ogrn.filter(wrong).or_else(|| kpp.filter(|name| person && !self.text(name).is_empty()))?;
        Some(Finding { code: "form.applicant", fields: vec![other.to_owned(), inn.to_owned()], warning: false })
    }

    fn region(&self, inn: &Option<String>, kpp: &Option<String>, ogrn: &Option<String>) -> Option<Finding> {
        let region = |name: &Option<String>, kind, from: usize| {
            let name = name.as_ref()?;
            let symbols = self.symbols(name, kind)?;
            Some((name.clone(), symbols.as_slice().get(from..from + 2)?.to_vec()))
        };
        let known = [region(inn, Kind::Inn, 0), region(kpp, Kind::Kpp, 0), region(ogrn, Kind::Ogrn, 3)];
        let mut known = known.into_iter().flatten();
        let (first, code) = known.next()?;
        let (other, _) = known.find(|(_, other)| *other != code)?;
        Some(Finding { code: "form.same_region", fields: vec![other, first], warning: true })
    }

    fn too_young(&self, issued: &str, birth: &str) -> Option<&'static str> {
        let early = self.day(issued)? < self.day(birth)?.years_later(YOUNGEST);
        early.then_some("form.passport_after_14")
    }

    fn void(&self, issued: &str, birth: &str) -> Option<&'static str> {
        let (issued, birth) = (self.day(issued)?, self.day(birth)?);
        let last = CHANGES.iter().map(|years| birth.years_later(*years)).find(|change| issued < *change)?;
        (self.today.number() > last.number() + DAYS_TO_CHANGE).then_some("form.passport_age")
    }

    fn backwards(&self, from: &str, to: &str) -> Option<&'static str> {
        (self.day(to)? < self.day(from)?).then_some("form.order")
    }

    fn differ(&self, first: &str, second: &str) -> Option<&'static str> {
        let ((kind, one), (second_kind, other)) = (self.field(first), self.field(second));
        // What both mean, where they are whole.
        let value = |name: &str| self.canonical(name, kind.or(second_kind)?);
        let same = one == other
            || value(first).is_some_and(|it| value(second) == Some(it))
            || number(one).is_some_and(|it| number(other) == Some(it))
            || (has_sign(one, b'@') && one.eq_ignore_ascii_case(other))
            || self.day(first).is_some_and(|it| self.day(second) == Some(it));
        // One mailbox in two spellings. (Other letters than Latin ones would bring a table of 7 KB.)
        (!other.is_empty() && !same).then_some("form.equal")
    }

    fn lacks(&self, field: &str, when: &str, is: &[String]) -> Option<&'static str> {
        let asked = is.iter().any(|value| value == self.text(when));
        (asked && self.text(field).is_empty()).then_some("form.required_if")
    }
}

/// The digits of a number however it is spelt; a phone that begins with 8 begins with 7.
fn number(text: &str) -> Option<String> {
    let mut digits = String::new();
    for char in text.chars() {
        match char {
            '0'..='9' => digits.push(char),
            ' ' | '\u{a0}' | '-' | '(' | ')' | '+' => {}
            _ => return None,
        }
    }
    if digits.len() == 11 && digits.starts_with('8') {
        digits.replace_range(..1, "7");
    }
    Some(digits)
}

#[cfg(test)]
mod tests;
