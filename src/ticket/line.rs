//! The lines of a letter that a person fills in. All are mandatory; a site may leave some of them to the person.

use serde::{Deserialize, Serialize};

use crate::wire::NewTicket;

/// A line of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Line {
    Topic,
    /// Фамилия, имя, отчество.
    Name,
    /// Phone or mail. Without it a ticket is followed by its number and token alone.
    Contact,
    /// May be left out by whoever writes about an error with a code.
    Text,
}

impl Line {
    pub const ALL: [Line; 4] = [Line::Topic, Line::Name, Line::Contact, Line::Text];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Line::Topic => "topic",
            Line::Name => "name",
            Line::Contact => "contact",
            Line::Text => "text",
        }
    }

    /// Whether a ticket may do without the line on a site that leaves these to the person: a letter without a word needs at least the
    /// code of its error. A code of the search says what was asked in vain, not what happened.
    pub fn may_miss(self, ticket: &NewTicket, optional: &[Line]) -> bool {
        let code = ticket.code.as_deref().unwrap_or_default().trim();
        let told = !code.is_empty() && !code.starts_with("question.");
        optional.contains(&self) && (self != Line::Text || told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticket::check;

    #[track_caller]
    fn missing(code: Option<&str>, optional: &[Line], expected: &str) {
        let ticket = NewTicket { code: code.map(str::to_owned), ..NewTicket::default() };
        let found: Vec<_> = check(&ticket, optional).into_iter().map(|it| it.pointer).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn a_line_is_mandatory_unless_the_site_leaves_it_to_the_person() {
        missing(None, &[], "/topic /name /contact /text");
        missing(None, &[Line::Name, Line::Topic], "/contact /text");
        missing(None, &[Line::Contact], "/topic /name /text");
    }

    #[test]
    fn a_letter_has_its_text_or_the_code_of_an_error() {
        missing(Some("inn.checksum"), &Line::ALL, "");
        for code in [None, Some(""), Some(" "), Some("question.nothing")] {
            missing(code, &Line::ALL, "/text");
        }
    }

    #[test]
    fn what_is_left_to_the_person_is_looked_at_when_it_is_there() {
        let ticket = NewTicket { topic: "weather".into(), contact: "никак".into(), ..NewTicket::default() };
        let found: Vec<_> = check(&ticket, &Line::ALL).into_iter().map(|it| it.pointer + " " + &it.code).collect();
        assert_eq!(found, ["/text required", "/topic unknown", "/contact format"]);
    }

    #[test]
    fn names_are_those_of_the_wire() {
        for line in Line::ALL {
            assert_eq!(serde_json::to_value(line).unwrap(), line.name());
        }
    }
}
