//! What a schema says of the values of a form: a verdict for each field, and what its rules find between them.

use super::limits::{Bound, hundredths};
use super::{Field, Schema, pattern};
use crate::form::REQUIRED;
use crate::form::rules::{self, Finding, Rule};
use crate::messages::{Params, Words};
use crate::text::{bare, push, push_number};
use crate::validators::{self, Kind, Outcome, date};
use crate::verdict::{Context, Day, Value, Verdict};

/// The values of a form and what they are judged by.
pub struct Form<'a> {
    pub today: Day,
    /// The present text of a field; `None` where the form has no such field now.
    pub text_of: &'a dyn Fn(&str) -> Option<&'a str>,
}

/// The answer for one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Empty, and may be.
    Empty,
    /// A text of no kind that keeps every bound.
    Text,
    Checked(Verdict<Value>),
    Found(Found),
}

/// What stands against a field beyond its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub code: &'static str,
    /// The bound that is broken, as it is written.
    pub expected: String,
    pub n: u32,
}

const PATTERN: &str = "form.pattern";

/// The codes of bounds, in the order they are looked at.
pub const LIMIT_CODES: &[&str] =
    &["form.short", "form.long", "form.pattern", "form.min", "form.max", "form.early", "form.late"];

impl Schema {
    /// Is the field asked for now?
    pub fn is_visible(&self, field: &Field, form: &Form) -> bool {
        let Some(when) = &field.visible_if else { return true };
        let text = (form.text_of)(&when.field).unwrap_or_default();
        when.is.iter().any(|value| value == bare(text))
    }

    /// The answer for each field that is asked for now, in the order of the schema. Files have no text and no answer.
    pub fn answers(&self, form: &Form) -> Vec<(&Field, Answer)> {
        let asked = self.fields.iter().filter(|field| field.files.is_none() && self.is_visible(field, form));
        asked.map(|field| (field, self.answer(field, form))).collect()
    }

    /// The empty field, asked for now, that a text is meant for which is wrong where it stands: it is complete for that field's kind.
    pub fn target(&self, field: &Field, form: &Form) -> Option<&Field> {
        let kind = field.kind.filter(|_| field.capture != "never")?;
        let text = |it: &Field| (form.text_of)(&it.name).unwrap_or_default();
        let free = |it: &&Field| bare(text(it)).is_empty() && it.files.is_none() && self.is_visible(it, form);
        let kinds: Vec<Kind> = self.fields.iter().filter(free).filter_map(|it| it.kind).collect();
        let other = validators::other_kind(kind, text(field), &kinds, &self.context(field, form))?;
        self.fields.iter().filter(free).find(|it| it.kind == Some(other))
    }

    /// What stands against one field beyond its kind: it is empty and must not be, or breaks a bound.
    pub fn found(&self, field: &Field, form: &Form) -> Option<Found> {
        let text = (form.text_of)(&field.name).unwrap_or_default();
        let text = bare(text);
        if text.is_empty() {
            return (field.required == Some(true)).then(|| Found { code: REQUIRED, expected: String::new(), n: 0 });
        }
        field.limit(text, form)
    }

    /// What the rules find between the fields; a field that is not asked for has no part in them.
    pub fn findings(&self, form: &Form) -> Vec<Finding> {
        let typed = |name: &str| {
            let field = self.field(name)?;
            let text = if self.is_visible(field, form) { (form.text_of)(name) } else { None };
            text.map(|text| (field.kind, text))
        };
        let mut out = rules::findings(&self.rules, form.today, &typed);
        // A condition may name a field that is hidden: then nothing is asked.
        out.retain(|finding| {
            finding.fields.first().and_then(|name| self.field(name)).is_some_and(|it| self.is_visible(it, form))
        });
        out
    }

    /// The sentence for what stands against a field.
    pub fn say(&self, words: &Words, field: &Field, found: &Found) -> String {
        let label = field.label.as_deref().unwrap_or(&field.name);
        // Our sentence ends with the example, the portal's own is whole.
        let own = field.messages.iter().chain(&self.messages).any(|it| it.code == PATTERN);
        let plain = found.code == PATTERN && found.expected.is_empty() && !own;
        let code = if plain { "form.pattern_alone" } else { found.code };
        words.finding(label, code, &Params { expected: &found.expected, n: found.n, ..Params::default() })
    }

    fn answer(&self, field: &Field, form: &Form) -> Answer {
        let text = (form.text_of)(&field.name).unwrap_or_default();
        if bare(text).is_empty() {
            return self.found(field, form).map_or(Answer::Empty, Answer::Found);
        }
        let verdict = field.kind.map(|kind| self.checked(kind, text, field, form));
        match verdict {
            Some(verdict @ (Verdict::Partial { .. } | Verdict::Fault(_))) => Answer::Checked(verdict),
            other => match field.limit(bare(text), form) {
                Some(found) => Answer::Found(found),
                None => other.map_or(Answer::Text, Answer::Checked),
            },
        }
    }

    /// The verdict of a kind. An account that a rule pairs with a whole БИК is not unchecked: where the two do not fit, the rule says so
    /// of both.
    fn checked(&self, kind: Kind, text: &str, field: &Field, form: &Form) -> Verdict<Value> {
        let alone = self.context(field, form);
        let paired = self.rules.iter().find_map(|rule| match rule {
            Rule::AccountBik { account, bik } if *account == field.name => self.field(bik),
            _ => None,
        });
        let Some(bik) = paired.and_then(|bank| self.bik(bank, form)) else {
            return validators::check(kind, text, &alone);
        };
        match validators::check(kind, text, &Context { bik: Some(bik), ..alone }) {
            Verdict::Fault(_) => match validators::check(kind, text, &alone) {
                Verdict::Complete { value, .. } => Verdict::Complete { value, warnings: Vec::new() },
                other => other,
            },
            other => other,
        }
    }

    /// The text of a field with a БИК that is asked for and whole.
    fn bik<'a>(&self, bank: &Field, form: &Form<'a>) -> Option<&'a str> {
        let text = (form.text_of)(&bank.name).filter(|_| self.is_visible(bank, form))?;
        let alone = Context { today: form.today, bik: None };
        matches!(validators::look(Kind::Bik, text, &alone), Outcome::Complete(_)).then_some(text)
    }

    /// What a field is judged by. An account takes the БИК of its form where it is whole and the only one, as on the page; not
    /// where a rule names it: that one says which of two banks is meant.
    fn context<'a>(&self, field: &Field, form: &Form<'a>) -> Context<'a> {
        let named = |rule: &Rule| matches!(rule, Rule::AccountBik { account, .. } if *account == field.name);
        let mut banks = self.fields.iter().filter(|it| it.kind == Some(Kind::Bik) && self.is_visible(it, form));
        let bik = match (banks.next(), banks.next()) {
            (Some(bank), None) if !self.rules.iter().any(named) => self.bik(bank, form),
            _ => None,
        };
        Context { today: form.today, bik }
    }
}

impl Field {
    fn limit(&self, text: &str, form: &Form) -> Option<Found> {
        let limits = &self.limits;
        let length = text.chars().count() as u32;
        let counted = |code, n| {
            let mut expected = String::new();
            push_number(&mut expected, u64::from(n), 1);
            Some(Found { code, expected, n })
        };
        if let Some(least) = limits.min_length.filter(|least| length < *least) {
            return counted("form.short", least);
        }
        if let Some(most) = limits.max_length.filter(|most| length > *most) {
            return counted("form.long", most);
        }
        if let Some(pattern) = &limits.pattern
            && !pattern::fits(pattern, text)
        {
            let expected = self.example.clone().unwrap_or_default();
            return Some(Found { code: PATTERN, expected, n: 0 });
        }
        let (min, max) = (limits.min.as_ref(), limits.max.as_ref());
        let broken = |bound: Option<&Bound>, above: bool| {
            let order = bound.and_then(|bound| self.compare(text, bound, form.today))?;
            let wrong = if above { order.is_gt() } else { order.is_lt() };
            wrong.then(|| bound.map(|bound| bound.text(form.today)).unwrap_or_default())
        };
        let dated = |bound: Option<&Bound>| matches!(bound, Some(Bound::Day(_) | Bound::Today));
        if let Some(expected) = broken(min, false) {
            return Some(Found { code: if dated(min) { "form.early" } else { "form.min" }, expected, n: 0 });
        }
        broken(max, true).map(|expected| Found {
            code: if dated(max) { "form.late" } else { "form.max" },
            expected,
            n: 0,
        })
    }

    /// The value beside a bound; `None` where it is no number or day.
    fn compare(&self, text: &str, bound: &Bound, today: Day) -> Option<std::cmp::Ordering> {
        match bound {
            Bound::Day(day) => Some(date::day_of(self.kind, text, today)?.cmp(day)),
            Bound::Today => Some(date::day_of(self.kind, text, today)?.cmp(&today)),
            Bound::Number(bound, _) => {
                let ctx = Context { today, bik: None };
                let canonical = match self.kind.filter(|kind| matches!(kind, Kind::Money | Kind::Percent)) {
                    Some(kind) => match validators::check(kind, text, &ctx) {
                        Verdict::Complete { value, .. } => value.canonical,
                        _ => return None,
                    },
                    None => swap(text, ',', '.'),
                };
                Some(hundredths(&canonical)?.cmp(bound))
            }
        }
    }
}

impl Bound {
    /// The bound as a person reads it.
    fn text(&self, today: Day) -> String {
        let day = match self {
            Self::Number(_, text) => return swap(text, '.', ','),
            Self::Day(day) => *day,
            Self::Today => today,
        };
        let mut out = String::new();
        push_number(&mut out, u64::from(day.day), 2);
        out.push('.');
        push_number(&mut out, u64::from(day.month), 2);
        out.push('.');
        push_number(&mut out, u64::from(day.year), 4);
        out
    }
}

/// The text with one sign in the place of another.
fn swap(text: &str, sign: char, to: char) -> String {
    let mut out = String::new();
    text.chars().for_each(|c| push(&mut out, if c == sign { to } else { c }));
    out
}
