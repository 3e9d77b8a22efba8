//! How departments serve: their hours, the prefix of their numbers, and how long is waited for whom.

mod hours;

use std::collections::{BTreeSet, HashMap};

use podskazka::ticket::MAX_PREFIX;
use podskazka::ticket::alarm::Patience;
use podskazka::ticket::calendar::{Calendar, OFFICE, OPERATORS};
use serde::Deserialize;

use crate::routing::{Rule, USUAL, is_department};
pub use hours::Hours;

/// A department whose hours or numbers are its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// The same as in `routing`.
    pub code: String,
    /// `id` of a calendar; `ru-operators` without it.
    #[serde(default)]
    pub calendar: Option<String>,
    /// Letters before its numbers; `PS` without them.
    #[serde(default)]
    pub prefix: Option<String>,
}

/// What departments are served by. Shared by the whole store.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    patience: Patience,
    calendars: HashMap<String, Calendar>,
    prefixes: HashMap<String, String>,
}

impl Terms {
    /// Of checked settings; the text says what to change in others.
    pub fn new(patience: Patience, calendars: &[Hours], departments: &[Department]) -> Result<Terms, String> {
        check_patience(&patience)?;
        let mut known: HashMap<String, Calendar> =
            [&OPERATORS, &OFFICE].map(|it| (it.id.to_string(), it.clone())).into();
        for hours in calendars {
            let calendar = hours.calendar()?;
            if known.insert(hours.id.clone(), calendar).is_some() {
                return Err(format!("calendars: two have the id \"{}\"; give each its own", hours.id));
            }
        }
        let mut terms = Terms { patience, ..Terms::default() };
        let mut codes = Vec::new();
        for department in departments {
            let code = &department.code;
            if !is_department(code) {
                return Err(format!(
                    "departments: code \"{code}\" needs 1 to 100 characters without a comma, for example zags"
                ));
            }
            if codes.contains(&code) {
                return Err(format!("departments: two have the code \"{code}\"; join them"));
            }
            codes.push(code);
            if let Some(id) = &department.calendar {
                let Some(calendar) = known.get(id) else {
                    return Err(format!(
                        "departments: calendar \"{id}\" of \"{code}\" is not there; write the id of one of [[calendars]], \
                         ru-operators or ru-office"
                    ));
                };
                terms.calendars.insert(code.clone(), calendar.clone());
            }
            if let Some(prefix) = &department.prefix {
                if !is_prefix(prefix) {
                    return Err(format!(
                        "departments: prefix \"{prefix}\" of \"{code}\" needs 2 to 8 capital letters, for example ЗАГС"
                    ));
                }
                terms.prefixes.insert(code.clone(), prefix.clone());
            }
        }
        Ok(terms)
    }

    /// How long is waited.
    pub fn patience(&self) -> &Patience {
        &self.patience
    }

    /// When a department works.
    pub fn calendar(&self, department: &str) -> &Calendar {
        self.calendars.get(department).unwrap_or(&OPERATORS)
    }

    /// The calendar of this name, as a receipt has kept it.
    pub fn named(&self, id: &str) -> &Calendar {
        let known = self.calendars.values().chain([&OFFICE]);
        known.into_iter().find(|it| it.id == id).unwrap_or(&OPERATORS)
    }

    /// What to do about years that no decree has settled, where a deadline of now falls into one: a sentence for each calendar
    /// that a department goes by.
    pub fn unsettled(&self, rules: &[Rule], now: i64) -> Vec<String> {
        let routed = rules.iter().filter_map(|rule| rule.department.as_deref());
        let departments = routed.chain([USUAL]).map(|department| self.calendar(department));
        let calendars = departments.chain(self.calendars.values());
        let said = calendars.filter_map(|calendar| {
            let longest = calendar.targets.iter().map(|target| target.resolution).max().unwrap_or(0);
            let year = calendar.unsettled(now, calendar.add(now, longest)?)?;
            Some(format!(
                "calendars: deadlines of \"{}\" fall into {year}, whose moved days off are not in this version; write the days \
                 of the government's decree into days of a [[calendars]] and name it in [[departments]]",
                calendar.id
            ))
        });
        said.collect::<BTreeSet<String>>().into_iter().collect()
    }

    /// A number as people read it, where the department has letters of its own.
    pub fn shown(&self, department: &str, number: &str) -> Option<String> {
        let (_, rest) = number.split_once('-')?;
        Some(format!("{}-{rest}", self.prefixes.get(department)?))
    }
}

/// Letters that are said on the phone: whole words of capitals, Russian or Latin.
fn is_prefix(text: &str) -> bool {
    let capital = |c: char| c.is_ascii_uppercase() || ('А'..='Я').contains(&c);
    (2..=MAX_PREFIX).contains(&text.chars().count()) && text.chars().all(capital)
}

fn check_patience(patience: &Patience) -> Result<(), String> {
    if patience.warn_percent > 99 {
        return Err(format!(
            "sla: warn_percent = {} is no part of a deadline; write 1 to 99, or 0 to warn at the deadline alone",
            patience.warn_percent
        ));
    }
    if patience.remind_days > 0 && (1..=patience.remind_days).contains(&patience.resolve_days) {
        return Err(format!(
            "sla: remind_days = {} is not before resolve_days = {}; write fewer days, or 0 for no reminder",
            patience.remind_days, patience.resolve_days
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use podskazka::ticket::calendar::moment;

    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        sla: Patience,
        #[serde(default)]
        calendars: Vec<Hours>,
        #[serde(default)]
        departments: Vec<Department>,
    }

    fn read(text: &str) -> Result<Terms, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        Terms::new(file.sla, &file.calendars, &file.departments)
    }

    const OMSK: &str = "
        [[calendars]]
        id = 'omsk'
        zone = '+06:00'
        week = ['09:00-13:00, 14:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-18:00', '09:00-17:00', '', '']
        [calendars.days]
        2026-12-31 = '09:00-12:00'
        2026-12-30 = ''
    ";

    #[test]
    fn a_department_has_its_hours_and_its_letters() {
        let text = format!("{OMSK}\n[[departments]]\ncode = 'zags'\ncalendar = 'omsk'\nprefix = 'ЗАГС'");
        let terms = read(&text).unwrap();
        assert_eq!(terms.shown("zags", "PS-28T5CY4T-Y").as_deref(), Some("ЗАГС-28T5CY4T-Y"));
        assert_eq!(terms.shown("support", "PS-28T5CY4T-Y"), None);
        let (omsk, usual) = (terms.calendar("zags"), terms.calendar("support"));
        assert_eq!((omsk.id.as_ref(), omsk.offset, usual), ("omsk", 360, &OPERATORS));
        assert_eq!((terms.named("omsk"), terms.named("gone")), (omsk, &OPERATORS));
        assert_eq!(terms.patience(), &Patience::default());
    }

    #[test]
    fn a_deadline_in_a_year_without_a_decree_is_told_until_the_site_has_days_of_its_own() {
        let rules = [Rule { department: Some("zags".into()), ..Rule::default() }];
        let said = |text: &str, day: i64| read(text).unwrap().unsettled(&rules, moment(2026, 12, day, 9, 0)).join("\n");
        let of = |days: &str| {
            let omsk = OMSK.replace("2026-12-30 = ''", days);
            format!("{omsk}\n[[departments]]\ncode = 'zags'\ncalendar = 'omsk'")
        };
        let known = "2026-12-30 = ''";
        assert_eq!(said(&of(known), 1), "", "five days of the operators, seven of an office");
        let both = said(&of(known), 30);
        assert!(both.contains("\"omsk\" fall into 2027") && both.contains("\"ru-operators\" fall into 2027"), "{both}");
        let one = said(&of("2027-01-11 = ''"), 30);
        assert!(!one.contains("omsk") && one.contains("ru-operators"), "{one}");
        let all = format!("{}\n[[departments]]\ncode = 'support'\ncalendar = 'omsk'", of("2027-01-11 = ''"));
        assert_eq!(said(&all, 30), "");
        // And its days are those that count: 11 January 2027 is a Monday.
        let terms = read(&all).unwrap();
        let add = |from| terms.calendar("support").add(from, 3_600);
        assert_eq!(add(moment(2027, 1, 9, 12, 0)), Some(moment(2027, 1, 12, 7, 0)));
    }

    #[test]
    fn what_cannot_work_is_named_with_what_to_write() {
        for (text, words) in [
            ("[sla]\nwarn_percent = 100", "warn_percent = 100"),
            ("[sla]\nremind_days = 10", "remind_days = 10 is not before resolve_days = 10"),
            ("[sla]\nremind_day = 3", "remind_day"),
            ("[[departments]]\ncode = 'a,b'", "without a comma"),
            ("[[departments]]\ncode = 'a'\n[[departments]]\ncode = 'a'", "two have the code"),
            ("[[departments]]\ncode = 'a'\ncalendar = 'omsk'", "calendar \"omsk\" of \"a\" is not there"),
            ("[[departments]]\ncode = 'a'\nprefix = 'загс'", "2 to 8 capital letters"),
            ("[[departments]]\ncode = 'a'\nprefix = 'A-1'", "2 to 8 capital letters"),
            (&format!("{OMSK}{OMSK}"), "two have the id \"omsk\""),
            (&OMSK.replace("'omsk'", "'ru-office'"), "two have the id \"ru-office\""),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
        assert!(read("[sla]\nremind_days = 0\nresolve_days = 0\nexternal_days = 0\nwarn_percent = 0").is_ok());
    }
}
