//! What a check says of a text: complete, right so far, or at fault.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::privacy::shape;

/// A calendar day of the proleptic Gregorian calendar; `month` and `day` count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl PartialOrd for Day {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Day {
    /// As one number: member by member takes more room, and a page has none.
    fn cmp(&self, other: &Self) -> Ordering {
        let number = |day: &Self| u32::from(day.year) << 16 | u32::from(day.month) << 8 | u32::from(day.day);
        number(self).cmp(&number(other))
    }
}

impl Day {
    /// Days since 1 March of year 0, so that days can be counted.
    pub fn number(self) -> u32 {
        // The year starts in March: then the leap day is the last one, and 153 days make five months.
        let (year, month) = if self.month > 2 {
            (u32::from(self.year), u32::from(self.month) - 3)
        } else {
            (u32::from(self.year).saturating_sub(1), u32::from(self.month) + 9)
        };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + u32::from(self.day).saturating_sub(1)
    }

    /// The same day so many years later; 1 March for a birthday on 29 February that has none.
    pub fn years_later(self, years: u16) -> Self {
        let year = self.year.saturating_add(years);
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        if self.month == 2 && self.day == 29 && !leap { Self { year, month: 3, day: 1 } } else { Self { year, ..self } }
    }
}

/// What a check may know beyond the text itself.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Today, given by the caller: the core has no clock.
    pub today: Day,
    /// BIK typed in the same form, for an account.
    pub bik: Option<&'a str>,
}

/// A half-open range in UTF-16 code units of the text as the user typed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// Replace `start..end` (UTF-16 code units of the typed text) by `text`.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Edit {
    pub start: u32,
    pub end: u32,
    pub text: String,
}

/// A repair that is offered, never done without a press.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fix {
    /// Stable name of the reason, such as `swap` or `letter-for-digit`.
    pub reason: &'static str,
    /// The whole text after the repair, in the display form.
    pub value: String,
    pub edits: Vec<Edit>,
}

/// An error. `code` is `kind.fault`; words for people stand in [`crate::messages`].
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    pub code: String,
    pub span: Span,
    /// What should stand there: an alphabet, lengths, a bound. Empty where the code says it all.
    pub expected: String,
    /// What stands there; a number of symbols where the length is at fault.
    pub found: String,
    /// At most three; for ИНН of 12 digits and СНИЛС every change of one digit that fits.
    pub fixes: Vec<Fix>,
}

/// A doubt that never refuses the value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    pub code: String,
    pub span: Option<Span>,
}

/// The verdict on a text. `T` is the validator's own type, or [`Value`] behind the registry.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict<T> {
    Complete {
        #[serde(flatten)]
        value: T,
        warnings: Vec<Warning>,
    },
    /// Right so far: `missing` symbols to the nearest of the lawful `lengths`. `fixes` complete it, where its digits tell how:
    /// zeros that a table has dropped, a digit too many or too few.
    Partial {
        missing: u32,
        lengths: Vec<u32>,
        fixes: Vec<Fix>,
    },
    Fault(Fault),
}

/// What a number tells beyond itself, such as `holder: person`. Names and values are stable.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Facts(pub Vec<(&'static str, Cow<'static, str>)>);

/// A checked value.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Value {
    /// The form that is stored and compared.
    pub canonical: String,
    /// The official spelling.
    pub display: String,
    pub facts: Facts,
}

impl Value {
    /// A value with an official spelling of its own.
    pub fn new(canonical: String, display: String) -> Self {
        Self { canonical, display, facts: Facts::default() }
    }

    /// A value that is stored as it is written.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub fn same(text: String) -> Self {
        Self::new(text.clone(), text)
    }
}

impl<T> Verdict<T> {
    /// The same verdict over another value type.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Verdict<U> {
        match self {
            Verdict::Complete { value, warnings } => Verdict::Complete { value: f(value), warnings },
            Verdict::Partial { missing, lengths, fixes } => Verdict::Partial { missing, lengths, fixes },
            Verdict::Fault(fault) => Verdict::Fault(fault),
        }
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

// What a person typed never reaches a log by `{:?}`: shapes stand for values.

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({})", shape(&self.display))
    }
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{} {}", self.start, self.end, shape(&self.text))
    }
}

impl fmt::Debug for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", self.reason, shape(&self.value), self.edits)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, span, expected, found, fixes } = self;
        write!(f, "{code} at {}..{}, expected {expected:?}, found {}, {fixes:?}", span.start, span.end, shape(found))
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}, bik {}", self.today, self.bik.map_or(String::new(), shape))
    }
}
