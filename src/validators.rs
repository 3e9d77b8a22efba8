//! The registry: one kind is one module and one line of [`kinds!`].

use engine::Spec;
pub use flaw::{Flaw, Name, Outcome, Place};

use crate::text::{chars, string, with_digits};
use crate::verdict::{Context, Fault, Fix, Span, Value, Verdict};

#[macro_use]
mod identifier;
pub mod codes;
pub mod contact;
mod engine;
mod facts;
mod fixes;
mod flaw;
mod generate;
mod labels;
mod repair;
mod slots;

pub use generate::generate;
pub use repair::{Repair, repair};
pub(crate) use slots::{fit, is_slot, print};

#[cfg(test)]
mod tests;

/// Declares [`Kind`] and its table, each kind in the order of the lines.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $spec:path,)+) => {
        /// Kind of a field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)+ }

        /// Every kind, in the order of the enum.
        pub const ALL: &[Kind] = &[$(Kind::$kind),+];

        const SPECS: &[&Spec] = &[$(&$spec),+];
    };
}

pub mod account;
pub mod address;
pub mod bik;
pub mod cadastral;
pub mod card;
pub mod certificate;
pub mod date;
pub mod driver_licence;
pub mod email;
pub mod foreign;
pub mod iban;
pub mod inn;
pub mod kbk;
pub mod kpp;
pub mod military_id;
pub mod money;
pub mod name;
pub mod ogrn;
pub mod ogrnip;
pub mod okato;
pub mod okpo;
pub mod oktmo;
pub mod okved;
pub mod oms;
pub mod passport;
pub mod percent;
pub mod phone;
pub mod plate;
pub mod postcode;
pub mod pts;
pub mod sms_code;
pub mod snils;
pub mod sts;
pub mod text;
pub mod uin;
pub mod vin;
pub mod zagranpassport;

kinds! {
    Inn = inn::ANY,
    InnPerson = inn::PERSON,
    InnCompany = inn::COMPANY,
    Snils = snils::SPEC,
    Kpp = kpp::SPEC,
    Ogrn = ogrn::SPEC,
    Ogrnip = ogrnip::SPEC,
    Bik = bik::SPEC,
    Account = account::ANY,
    AccountSettlement = account::SETTLEMENT,
    AccountCorrespondent = account::CORRESPONDENT,
    AccountTreasury = account::TREASURY,
    Okpo = okpo::SPEC,
    Oktmo = oktmo::SPEC,
    Okato = okato::SPEC,
    OkatoCheck = okato::CHECKED,
    Okved = okved::SPEC,
    Kbk = kbk::SPEC,
    Uin = uin::SPEC,
    Oms = oms::ANY,
    OmsEnp = oms::ENP,
    OmsTemporary = oms::TEMPORARY,
    OmsOld = oms::OLD,
    Passport = passport::SPEC,
    PassportSeries = passport::SERIES,
    PassportNumber = passport::NUMBER,
    PassportIssueDate = passport::ISSUE_DATE,
    DepartmentCode = passport::DEPARTMENT,
    BirthPlace = passport::BIRTH_PLACE,
    Zagranpassport = zagranpassport::SPEC,
    BirthCertificate = certificate::BIRTH,
    MarriageCertificate = certificate::MARRIAGE,
    DivorceCertificate = certificate::DIVORCE,
    DeathCertificate = certificate::DEATH,
    MilitaryId = military_id::SPEC,
    ResidencePermit = foreign::RESIDENCE_PERMIT,
    ForeignPassport = foreign::PASSPORT,
    DriverLicence = driver_licence::SPEC,
    Sts = sts::SPEC,
    Pts = pts::SPEC,
    Epts = pts::ELECTRONIC,
    Vin = vin::SPEC,
    Plate = plate::SPEC,
    PlateTaxi = plate::TAXI,
    PlateTrailer = plate::TRAILER,
    PlateMotorcycle = plate::MOTORCYCLE,
    Cadastral = cadastral::SPEC,
    Card = card::SPEC,
    Iban = iban::SPEC,
    Postcode = postcode::SPEC,
    Phone = phone::SPEC,
    Email = email::SPEC,
    FullName = name::FULL,
    LastName = name::LAST,
    FirstName = name::FIRST,
    Patronymic = name::PATRONYMIC,
    Date = date::ANY,
    BirthDate = date::BIRTH,
    PastDate = date::PAST,
    FutureDate = date::FUTURE,
    Money = money::SPEC,
    Percent = percent::SPEC,
    Text = text::SPEC,
    SmsCode = sms_code::SPEC,
    Address = address::SPEC,
}

/// Other names under which data files know a kind.
const ALIASES: [(&str, Kind); 7] = [
    ("account_rs", Kind::Account),
    ("account_ks", Kind::AccountCorrespondent),
    ("dept_code", Kind::DepartmentCode),
    ("iban_ru", Kind::Iban),
    ("okato_kch", Kind::OkatoCheck),
    ("fio", Kind::FullName),
    ("driver_license", Kind::DriverLicence),
];

impl Kind {
    /// The kind of a stable name such as `inn`, or of an alias such as `dept_code`.
    pub fn parse(name: &str) -> Option<Self> {
        let alias = || ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, kind)| *kind);
        Self::named(name).or_else(alias)
    }

    /// The kind of a stable name; a page has no room for the others.
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|kind| kind.name() == name).copied()
    }

    /// The stable name.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    fn spec(self) -> &'static Spec {
        SPECS.get(self as usize).copied().unwrap_or(&text::SPEC)
    }

    /// Digits alone, so that a telephone's number pad serves it.
    pub fn is_numeric(self) -> bool {
        self.spec().number().is_some_and(engine::Number::is_numeric)
    }

    /// The value is a day of the calendar.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::BirthDate | Self::PastDate | Self::FutureDate | Self::PassportIssueDate)
    }

    /// A check digit tells a slip from a right number.
    pub fn has_check_digit(self) -> bool {
        codes::CODES.iter().any(|(name, faults, _)| *name == self.name() && faults.contains(&"checksum"))
    }

    /// What is typed into such a field never leaves the page in any form.
    pub fn is_secret(self) -> bool {
        matches!(self, Kind::Card | Kind::SmsCode)
    }

    /// The same as one text with `|` between, as the kind has it.
    pub(crate) fn spellings(self) -> Option<&'static str> {
        self.spec().number().map(engine::Number::spellings)
    }

    /// The lawful spellings, such as `999-999-999 99`; `None` for a text with an order of its own.
    pub fn forms(self) -> Option<impl Iterator<Item = &'static str>> {
        self.spec().number().map(|number| number.forms().map(|form| form.0))
    }
}

/// Check `text` as `kind`, with the facts that the value carries; an unfinished one with its completions.
pub fn check(kind: Kind, text: &str, ctx: &Context) -> Verdict<Value> {
    let mut found = engine::plain(kind.spec(), text, ctx).unwrap_or_else(|| verdict(kind, text, ctx));
    if let Verdict::Partial { fixes, .. } = &mut found {
        *fixes = completions(kind, text, ctx);
    }
    found.map(|value| facts::with(kind, value, ctx))
}

/// The same without facts and completions: what a form session needs.
pub fn verdict(kind: Kind, text: &str, ctx: &Context) -> Verdict<Value> {
    engine::verdict(kind.spec(), text, ctx)
}

/// The value of a text that is complete.
pub(crate) fn value(kind: Kind, text: &str, ctx: &Context) -> Value {
    engine::value(kind.spec(), text, ctx)
}

/// The fault that a look at `text` has found, without its span and without the edits of its fixes.
pub(crate) fn fault(kind: Kind, text: &str, ctx: &Context, flaw: &Flaw) -> Fault {
    engine::fault::<false>(kind.spec(), text, ctx, flaw)
}

/// The strict form: a value that is complete, or a fault; an unfinished one is `kind.length`.
pub fn validate(kind: Kind, text: &str, ctx: &Context) -> Result<Value, Fault> {
    match check(kind, text, ctx) {
        Verdict::Complete { value, .. } => Ok(value),
        Verdict::Fault(fault) => Err(fault),
        Verdict::Partial { lengths, fixes, .. } => Err(Fault {
            code: engine::code(kind.spec(), "length"),
            span: Span { start: 0, end: crate::text::width(&crate::text::chars(text)) },
            expected: engine::list(&lengths),
            found: engine::list(&[crate::text::Symbols::read(text).count as u32]),
            fixes,
        }),
    }
}

/// The outcome alone, for columns of values. A number costs no allocation as long as it is right so far.
pub fn look(kind: Kind, text: &str, ctx: &Context) -> Outcome {
    engine::look(kind.spec(), text, ctx)
}

/// Outcomes of a column of values, in its order, for registries and servers. No value costs an allocation, right or wrong, with
/// words beside it or not: a column has two texts into which it reads, and they grow to its longest value.
///
/// ```
/// use podskazka::{validators::{Kind, Outcome, validate_many}, verdict::{Context, Day}};
/// let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
/// let column = ["7707083893", "ИНН 7707083893", "7707083894"];
/// let fine = validate_many(Kind::Inn, column, &ctx).filter(|outcome| matches!(outcome, Outcome::Complete(_))).count();
/// assert_eq!(fine, 2);
/// ```
pub fn validate_many<'a>(
    kind: Kind,
    values: impl IntoIterator<Item = &'a str>,
    ctx: &Context,
) -> impl Iterator<Item = Outcome> {
    let mut column = engine::Column::new(kind.spec());
    values.into_iter().map(move |text| column.look(text, ctx))
}

/// Numbers that lack digits and become complete with them: zeros at the start, which tables drop, and any one digit, where two
/// check digits make that honest.
pub fn completions(kind: Kind, text: &str, ctx: &Context) -> Vec<Fix> {
    fixes::completions::<true>(kind.spec(), zeros(kind), text, ctx)
}

/// The same without edits.
pub(crate) fn completed(kind: Kind, text: &str, ctx: &Context) -> Vec<Fix> {
    fixes::completions::<false>(kind.spec(), zeros(kind), text, ctx)
}

/// Most zeros at the start of a number, where it may have any and a guess at them is confirmed by the digits behind them.
fn zeros(kind: Kind) -> usize {
    match kind {
        Kind::Inn | Kind::InnPerson | Kind::InnCompany => 1,
        Kind::Snils | Kind::Bik => 2,
        Kind::Okpo => 3,
        _ => 0,
    }
}

/// A better spelling of a value that is complete and doubtful: a mail domain that is a slip of a known one, a КПП with a letter
/// in the place of a digit.
pub fn suggestion(kind: Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Email => email::suggestion(text),
        Kind::Kpp => {
            let digits = with_digits(&chars(text));
            let mended = string(&digits);
            (mended != text && digits.iter().all(char::is_ascii_digit)).then_some(mended)
        }
        _ => None,
    }
}

/// The kind, of those in the same form, that `text` is complete for, when it is none of `kind`.
///
/// A kind with check digits or a shape of its own speaks first. A long number without them, such as a БИК, speaks where the text is
/// no beginning of `kind` either and fits no other kind of the form: six digits are a postcode, a passport number and much else.
/// Of a phone the digits that were typed speak, without the +7 and the brackets of its mask.
pub fn other_kind(kind: Kind, text: &str, kinds: &[Kind], ctx: &Context) -> Option<Kind> {
    let own = look(kind, text, ctx);
    if own.is_fine() {
        return None;
    }
    let text = &phone::unmasked(text);
    let (mut found, mut count) = (None, 0);
    for other in kinds {
        let long = matches!(
            other,
            Kind::Kpp
                | Kind::Bik
                | Kind::Kbk
                | Kind::Account
                | Kind::AccountSettlement
                | Kind::AccountCorrespondent
                | Kind::AccountTreasury
        );
        let fine = match look(*other, text, ctx) {
            Outcome::Complete(None) => true,
            // An account without its БИК is as good as a number without check digits.
            Outcome::Complete(Some(Name::Unchecked)) => long,
            _ => false,
        };
        if *other == kind || !fine {
            continue;
        }
        if long {
            count += u32::from(found != Some(*other));
            found = Some(*other);
        } else if other.spec().number().map_or(matches!(other, Kind::Phone | Kind::Email | Kind::Cadastral), |n| {
            n.honest != engine::Honest::Nothing || *other == Kind::Plate
        }) {
            return Some(*other);
        }
    }
    found.filter(|_| count == 1 && own.is_fault())
}
