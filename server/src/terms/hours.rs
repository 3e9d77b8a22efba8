//! The hours of a team as the settings file writes them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use podskazka::ticket::calendar::{self, Calendar};
use podskazka::ticket::sla::{TARGETS, Target};
use serde::Deserialize;

use crate::clock;

const HOUR: i64 = 3_600;
/// Most working hours of a target: a year of an office has two thousand.
const MOST: i64 = 2_000;
/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// Working hours; a day reads `09:00-13:00, 14:00-18:00`, and `` (nothing) when the team is off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Name of it in `departments`; citizens' pages get it too.
    pub id: String,
    /// How far local time is from UTC, such as `+06:00`. Russia has no summer time.
    pub zone: String,
    /// Seven days, Monday first.
    pub week: Vec<String>,
    /// Official holidays and moved days off; off without it.
    #[serde(default)]
    pub holidays: String,
    /// Days of its own by `YYYY-MM-DD`: they win over the week and over the production calendar.
    #[serde(default)]
    pub days: BTreeMap<String, String>,
    /// Working hours to the first answer, by priority 1 to 4; `[1, 2, 4, 12]` without it.
    #[serde(default)]
    pub response_hours: Option<[u16; 4]>,
    /// Working hours to the solution; `[8, 24, 36, 60]` without it.
    #[serde(default)]
    pub resolution_hours: Option<[u16; 4]>,
}

impl Hours {
    /// The calendar, or what keeps it from working.
    pub fn calendar(&self) -> Result<Calendar, String> {
        let id = &self.id;
        let say = |said: String| format!("calendars: \"{id}\" {said}");
        let lawful = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=40).contains(&id.len()) || !id.bytes().all(lawful) {
            return Err(say("needs an id of 1 to 40 of a-z 0-9 -, for example omsk".to_owned()));
        }
        let offset = zone(&self.zone).ok_or_else(|| {
            say(format!("has zone = \"{}\"; write it as \"+06:00\", from -12:00 to +14:00", self.zone))
        })?;
        let read = |name: &str, text: &str| {
            let wrong =
                || say(format!("has {name} = \"{text}\"; write \"09:00-13:00, 14:00-18:00\", or \"\" for a day off"));
            intervals(text).map(calendar::Hours::Owned).ok_or_else(wrong)
        };
        let days = self.week.iter().map(|text| read("week", text)).collect::<Result<Vec<_>, _>>()?;
        let week: [calendar::Hours; 7] =
            days.try_into().map_err(|_| say("needs seven days in week, Monday first".to_owned()))?;
        if week.iter().all(|hours| hours.is_empty()) {
            return Err(say("has no hours in week, so no deadline would ever come; give it some".to_owned()));
        }
        let mut days = Vec::new();
        for (date, text) in &self.days {
            let day = clock::day(date)
                .ok_or_else(|| say(format!("has days.{date}, which is in no calendar; write it as 2026-12-31")))?;
            days.push((day, read(&format!("days.{date}"), text)?));
        }
        days.sort_unstable_by_key(|(day, _)| *day);
        let holiday = read("holidays", &self.holidays)?;
        let targets = self.targets().map_err(say)?;
        Ok(Calendar { id: Cow::Owned(id.clone()), offset, week, holiday, days: Cow::Owned(days), targets })
    }

    fn targets(&self) -> Result<[Target; 4], String> {
        let mut targets = TARGETS;
        for (at, target) in targets.iter_mut().enumerate() {
            let hours = |of: Option<[u16; 4]>| of.and_then(|it| it.get(at).copied()).map(|it| i64::from(it) * HOUR);
            target.response = hours(self.response_hours).unwrap_or(target.response);
            target.resolution = hours(self.resolution_hours).unwrap_or(target.resolution);
            if target.response < HOUR || target.resolution < target.response || target.resolution > MOST * HOUR {
                return Err(format!(
                    "has response_hours or resolution_hours that cannot be kept at priority {}; write 1 to {MOST} hours, and no \
                     fewer to the solution than to the answer",
                    at + 1
                ));
            }
        }
        if targets.is_sorted_by(|one, two| one.response <= two.response && one.resolution <= two.resolution) {
            return Ok(targets);
        }
        Err("has response_hours or resolution_hours that fall; write them by priority, the most urgent first"
            .to_owned())
    }
}

/// Minutes east of UTC.
fn zone(text: &str) -> Option<i64> {
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    Some(sign * minute(rest)?).filter(|offset| (-12 * 60..=14 * 60).contains(offset))
}

/// Minutes of `09:30`; `24:00` is the end of a day.
fn minute(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let two = |text: &str| if text.len() == 2 { text.parse::<u8>().ok().map(i64::from) } else { None };
    let (hour, minute) = (two(hour)?, two(minute)?);
    Some(hour * 60 + minute).filter(|at| minute < 60 && *at <= DAY)
}

/// Intervals in their order, none over another.
fn intervals(text: &str) -> Option<Vec<(i64, i64)>> {
    let mut out: Vec<(i64, i64)> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|_| !text.trim().is_empty()) {
        let (open, close) = part.split_once('-')?;
        let (open, close) = (minute(open.trim())?, minute(close.trim())?);
        if open >= close || out.last().is_some_and(|(_, before)| *before > open) {
            return None;
        }
        out.push((open, close));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use podskazka::ticket::calendar::{day_number, moment};

    use super::*;

    fn hours(zone: &str, monday: &str) -> Hours {
        let mut week = vec![monday.to_owned()];
        week.resize(7, "09:00-18:00".to_owned());
        Hours { id: "omsk".to_owned(), zone: zone.to_owned(), week, ..Hours::default() }
    }

    #[test]
    fn hours_are_read_with_their_breaks_zone_and_own_days() {
        let mut omsk = hours("+06:00", "09:00-13:00, 14:00-18:00");
        omsk.days =
            [("2026-12-31".to_owned(), "09:00-12:00".to_owned()), ("2026-11-26".to_owned(), String::new())].into();
        let calendar = omsk.calendar().unwrap();
        // Monday 30 November 2026, 12:00 in Omsk is 09:00 in Moscow: an hour, the break, another hour.
        let noon = moment(2026, 11, 30, 9, 0);
        assert_eq!(calendar.add(noon, 2 * 3_600), Some(moment(2026, 11, 30, 12, 0)));
        assert!(!calendar.is_open(moment(2026, 11, 26, 9, 0)));
        let own: Vec<i64> = calendar.days.iter().map(|(day, _)| *day).collect();
        assert_eq!(own, [day_number(2026, 11, 26), day_number(2026, 12, 31)]);
        assert!(hours("-03:30", "00:00-24:00").calendar().is_ok());
    }

    #[test]
    fn a_team_may_have_targets_of_its_own() {
        let of = |response: [u16; 4], resolution: Option<[u16; 4]>| {
            let hours = hours("+03:00", "09:00-18:00");
            Hours { response_hours: Some(response), resolution_hours: resolution, ..hours }.calendar()
        };
        let own = of([2, 3, 4, 5], Some([10, 20, 30, 40])).unwrap();
        assert_eq!([own.target(1).response, own.target(4).resolution], [2 * HOUR, 40 * HOUR]);
        assert_eq!(of([1, 1, 1, 1], None).unwrap().target(3).resolution, TARGETS[2].resolution);
        for (response, resolution, words) in [
            ([0, 2, 4, 12], None, "at priority 1"),
            ([9, 9, 9, 12], None, "no fewer to the solution"),
            ([1, 2, 4, 12], Some([8, 24, 36, 3_000]), "at priority 4"),
            ([4, 2, 4, 12], None, "that fall"),
        ] {
            let said = of(response, resolution).unwrap_err();
            assert!(said.contains(words) && said.contains("omsk"), "{said}");
        }
    }

    #[test]
    fn hours_that_cannot_work_are_named() {
        for monday in
            ["9:00-18:00", "09:00", "18:00-09:00", "09:00-25:00", "09:00-13:00, 12:00-18:00", "09:60-10:00", ","]
        {
            let said = hours("+03:00", monday).calendar().unwrap_err();
            assert!(said.contains("week") && said.contains("09:00-13:00"), "{said}");
        }
        for zone in ["", "+3", "Asia/Omsk", "+15:00", "06:00"] {
            assert!(hours(zone, "").calendar().unwrap_err().contains("+06:00"), "{zone}");
        }
        let shut = Hours { week: vec![String::new(); 7], ..hours("+03:00", "") };
        assert!(shut.calendar().unwrap_err().contains("no deadline"));
        let short = Hours { week: vec!["09:00-18:00".to_owned()], ..hours("+03:00", "") };
        assert!(short.calendar().unwrap_err().contains("seven days"));
        let dated = Hours { days: [("2026-02-30".to_owned(), String::new())].into(), ..hours("+03:00", "") };
        assert!(dated.calendar().unwrap_err().contains("days.2026-02-30"));
        assert!(Hours { id: "Омск".to_owned(), ..hours("+03:00", "") }.calendar().unwrap_err().contains("a-z"));
    }
}
