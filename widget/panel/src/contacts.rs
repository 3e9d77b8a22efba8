//! Hotline, hours with «сейчас открыто», mail and points of service: the site's own data, `contacts.json`.
//!
//! **Accessibility criteria**
//! - A phone number MUST be a link that calls, named by what it is.
//! - Open or closed MUST be said in words, never by colour alone.

use podskazka::hours::{Hours, Span, State};
use wasm_bindgen::JsValue;
use yew::{Html, html};

use crate::{act::Send, texts, ui::write_button, wire};

#[derive(Clone, Default)]
pub struct Phone {
    pub name: String,
    pub number: String,
    pub note: String,
}

#[derive(Clone, Default)]
pub struct Office {
    pub region: String,
    pub name: String,
    pub address: String,
    pub hours: String,
}

/// What `contacts.json` holds.
#[derive(Clone, Default)]
pub struct Contacts {
    /// The data show the form only: nobody answers there.
    pub example: bool,
    pub phones: Vec<Phone>,
    pub mail: String,
    /// Name of the zone, such as «по московскому времени».
    pub zone: String,
    pub hours: Hours,
    /// The week as written, Monday first; empty is a day off.
    pub week: Vec<String>,
    /// Holidays, written the same way.
    pub holiday: String,
    pub offices: Vec<Office>,
}

impl Contacts {
    /// Reads the document leniently: what is missing is not shown.
    pub fn read(value: &JsValue) -> Self {
        let string = |it: &JsValue| it.as_string().unwrap_or_default();
        let zone = wire::get(value, "zone");
        let week = wire::list(value, "week", string);
        let mut hours = Hours {
            zone: wire::get(&zone, "minutes").as_f64().unwrap_or_default() as i32,
            holiday: span(&wire::text(value, "holiday")),
            holidays: wire::list(value, "holidays", string).iter().filter_map(|it| day(it)).collect(),
            ..Hours::default()
        };
        for (slot, text) in hours.week.iter_mut().zip(&week) {
            *slot = span(text);
        }
        let phone = |it: &JsValue| Phone {
            name: wire::text(it, "name"),
            number: wire::text(it, "number"),
            note: wire::text(it, "note"),
        };
        let office = |it: &JsValue| Office {
            region: wire::text(it, "region"),
            name: wire::text(it, "name"),
            address: wire::text(it, "address"),
            hours: wire::text(it, "hours"),
        };
        Self {
            holiday: wire::text(value, "holiday"),
            example: wire::get(value, "example").is_truthy(),
            phones: wire::list(value, "phones", phone),
            mail: wire::text(value, "mail"),
            zone: wire::text(&zone, "name"),
            hours,
            week,
            offices: wire::list(value, "offices", office),
        }
    }
}

/// `08:00-20:00`
fn span(text: &str) -> Option<Span> {
    let (from, until) = text.split_once('-')?;
    Some(Span { from: minutes(from)?, until: minutes(until)? })
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<u16>().ok()? * 60 + minutes.parse::<u16>().ok()?)
}

/// `11-04`
fn day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// `485` as `8:05`.
fn clock(minute: i64) -> String {
    let minute = minute.rem_euclid(24 * 60);
    let rest = minute % 60;
    [(minute / 60).to_string().as_str(), if rest < 10 { ":0" } else { ":" }, &rest.to_string()].concat()
}

pub struct Props<'a> {
    /// `None` while they load or where the site has none.
    pub contacts: Option<&'a Contacts>,
    /// Minutes since 1970, UTC.
    pub now: i64,
    /// Minutes that the clock of the person is ahead of UTC.
    pub zone: i32,
    pub send: &'a Send,
}

pub fn view(props: &Props) -> Html {
    let Some(contacts) = props.contacts else {
        return html! { <><p>{ texts::no_contacts() }</p>{ write_button(props.send) }</> };
    };
    html! {
        <>
            if contacts.example {
                <p class="note">{ texts::example() }</p>
            }
            { for contacts.phones.iter().map(|it| html! {
                <div class="contact">
                    <h3>{ it.name.clone() }</h3>
                    <p><a class="number" href={call(&it.number)}>{ it.number.clone() }</a></p>
                    <p class="hint">{ it.note.clone() }</p>
                </div>
            }) }
            { hours(contacts, props) }
            if !contacts.mail.is_empty() {
                <h3>{ texts::mail() }</h3>
                <p><a href={["mailto:", &contacts.mail].concat()}>{ contacts.mail.clone() }</a></p>
            }
            if !contacts.offices.is_empty() {
                <h3>{ texts::offices() }</h3>
                <ul class="plain">{ for contacts.offices.iter().map(|it| html! {
                    <li class="ticket">
                        <strong>{ it.region.clone() }{ ". " }{ it.name.clone() }</strong>
                        <span>{ it.address.clone() }</span>
                        <span class="hint">{ it.hours.clone() }</span>
                    </li>
                }) }</ul>
            }
            { write_button(props.send) }
        </>
    }
}

fn call(number: &str) -> String {
    let mut href = String::from("tel:");
    href.extend(number.chars().filter(|it| it.is_ascii_digit() || *it == '+'));
    href
}

fn hours(contacts: &Contacts, props: &Props) -> Html {
    if contacts.week.is_empty() {
        return Html::default();
    }
    let ahead = i64::from(props.zone - contacts.hours.zone);
    // The same moment on the clock of the person, where that is another one.
    let here = |minute: u16| {
        if ahead == 0 { String::new() } else { [texts::at_yours(), &clock(i64::from(minute) + ahead), ")"].concat() }
    };
    let (class, words) = match contacts.hours.at(props.now) {
        State::Open { until } => ("open", [texts::open(), &clock(until.into()), &here(until)].concat()),
        State::Shut { days: 0, at, .. } => ("shut", [texts::opens_today(), &clock(at.into()), &here(at)].concat()),
        State::Shut { weekday, at, .. } => {
            let day = texts::nth(texts::on_days(), weekday.into());
            ("shut", [texts::opens(), day, texts::at(), &clock(at.into()), &here(at)].concat())
        }
        State::Never => ("shut", texts::shut().to_owned()),
    };
    html! {
        <section aria-labelledby="pdk-hours">
            <h3 id="pdk-hours">{ texts::hours() }</h3>
            <p class={class}>{ words }</p>
            <p class="hint">{ texts::hours_in() }{ contacts.zone.clone() }{ texts::now_there() }{ clock(props.now + i64::from(contacts.hours.zone)) }</p>
            <dl class="week">{ for texts::days().split('|').zip(contacts.week.iter().chain([&contacts.holiday])).map(|(day, span)| html! {
                <>
                    <dt>{ day }</dt>
                    <dd>{ if span.is_empty() { texts::day_off().to_owned() } else { span.replace('-', "–") } }</dd>
                </>
            }) }</dl>
        </section>
    }
}

/// States of the view for the gallery and the markup test.
#[cfg(test)]
pub fn examples() -> Vec<(&'static str, Html)> {
    let contacts = crate::examples::contacts();
    let send = Send::noop();
    let noon = 20_782 * 1_440 + 9 * 60;
    let show = |contacts, now, zone| view(&Props { contacts, now, zone, send: &send });
    vec![
        ("open", show(Some(&contacts), noon, 180)),
        ("closed, another zone", show(Some(&contacts), noon + 600, 600)),
        ("none", show(None, noon, 180)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_span() {
        assert_eq!(span("08:00-20:30"), Some(Span { from: 480, until: 1230 }));
        assert_eq!(span(""), None);
        assert_eq!(span("8-20"), None);
        assert_eq!(day("11-04"), Some((11, 4)));
    }

    #[test]
    fn a_clock_goes_round() {
        assert_eq!(clock(485), "8:05");
        assert_eq!(clock(-60), "23:00");
        assert_eq!(clock(1500), "1:00");
    }
}
