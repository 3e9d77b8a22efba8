//! Where a new ticket goes and how much it weighs, by rules of the settings file: the first that fits counts.

use podskazka::ticket::TOPICS;
use podskazka::ticket::sla::urgency_of_topic;
use podskazka::wire::NewTicket;
use serde::Deserialize;

/// The department of tickets that no rule names.
pub const USUAL: &str = "support";
/// The impact of tickets that no rule names: one person, neither few nor many of them.
const USUAL_IMPACT: u8 = 2;

/// One rule. A text ends with `*` where only its beginning counts; what is left out fits everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Key of the site.
    pub site: Option<String>,
    /// The form, as its schema names it.
    pub form: Option<String>,
    /// Name of the field, such as `applicant.passport`.
    pub field: Option<String>,
    /// Error code, such as `passport.*` or `site.ZAGS-4012`.
    pub code: Option<String>,
    /// The topic that the citizen chose.
    pub topic: Option<String>,
    /// Where the ticket goes.
    pub department: Option<String>,
    /// 1 (high) to 3; the topic's own without it.
    pub urgency: Option<u8>,
    /// 1 (many people) to 3; 2 without it.
    pub impact: Option<u8>,
}

/// Where a ticket goes and how much it weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub department: String,
    pub urgency: u8,
    pub impact: u8,
}

/// The place of a ticket.
pub fn place(rules: &[Rule], site: &str, ticket: &NewTicket) -> Place {
    let rule = rules.iter().find(|rule| rule.fits(site, ticket));
    Place {
        department: rule.and_then(|it| it.department.clone()).unwrap_or_else(|| USUAL.to_owned()),
        urgency: rule.and_then(|it| it.urgency).unwrap_or_else(|| urgency_of_topic(&ticket.topic)),
        impact: rule.and_then(|it| it.impact).unwrap_or(USUAL_IMPACT),
    }
}

/// Whether a department's code can stand in a list of them.
pub fn is_department(code: &str) -> bool {
    !code.trim().is_empty() && code.chars().count() <= 100 && !code.contains(',')
}

impl Rule {
    fn fits(&self, site: &str, ticket: &NewTicket) -> bool {
        let field = ticket.field.as_deref().unwrap_or_default();
        let code = ticket.code.as_deref().unwrap_or_default();
        let pairs = [
            (&self.site, site),
            (&self.form, ticket.snapshot.form.as_str()),
            (&self.field, field),
            (&self.code, code),
            (&self.topic, ticket.topic.as_str()),
        ];
        pairs.into_iter().all(|(wanted, found)| match wanted.as_deref() {
            None => true,
            Some(wanted) => wanted.strip_suffix('*').map_or(wanted == found, |start| found.starts_with(start)),
        })
    }

    /// What keeps the rule from working, for whoever wrote it; `number` counts from 1.
    pub fn fault(&self, number: usize) -> Option<String> {
        let conditions = [&self.site, &self.form, &self.field, &self.code, &self.topic];
        let weight = |it: Option<u8>| it.is_some_and(|it| !(1..=3).contains(&it));
        let said = if conditions.iter().all(|it| it.is_none()) {
            "names no site, form, field, code or topic; a rule for everything would hide the ones after it"
        } else if conditions.iter().any(|it| it.as_deref() == Some("")) {
            "has an empty condition, which fits nothing; leave it out"
        } else if self
            .topic
            .as_deref()
            .is_some_and(|it| !it.ends_with('*') && TOPICS.iter().all(|(code, _)| *code != it))
        {
            "has a topic that citizens cannot choose; write form, account, payment, status or other"
        } else if self.department.as_deref().is_some_and(|it| !is_department(it)) {
            "needs a department code of 1 to 100 characters without a comma, for example passport"
        } else if weight(self.urgency) || weight(self.impact) {
            "has an urgency or impact that is not 1 (high), 2 or 3"
        } else if self.department.is_none() && self.urgency.is_none() && self.impact.is_none() {
            "says nothing; give it a department, urgency or impact"
        } else {
            return None;
        };
        Some(format!("routing rule {number} {said}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<Rule> {
        #[derive(Deserialize)]
        struct File {
            routing: Vec<Rule>,
        }
        let text = "
            [[routing]]
            site = 'pk_zags_2026'
            code = 'site.ZAGS-*'
            department = 'zags'
            impact = 1
            [[routing]]
            form = 'passport'
            field = 'applicant.passport'
            department = 'passport'
            [[routing]]
            topic = 'payment'
            department = 'money'
            [[routing]]
            form = 'pass*'
            urgency = 3
        ";
        toml::from_str::<File>(text).unwrap().routing
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let check = |site: &str, form: &str, field: &str, code: &str, topic: &str, expected: (&str, u8, u8)| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let mut ticket =
                NewTicket { topic: topic.into(), field: some(field), code: some(code), ..NewTicket::default() };
            ticket.snapshot.form = form.into();
            let found = place(&rules(), site, &ticket);
            assert_eq!((found.department.as_str(), found.urgency, found.impact), expected, "{site} {form} {code}");
        };
        check("pk_zags_2026", "marriage", "", "site.ZAGS-4012", "form", ("zags", 2, 1));
        check("pk_zags_2026", "marriage", "", "site.ZAGS-4012", "payment", ("zags", 1, 1));
        check("pk_other_2026", "marriage", "", "site.ZAGS-4012", "form", ("support", 2, 2));
        check("", "passport", "applicant.passport", "", "payment", ("passport", 1, 2));
        check("", "passport", "applicant.name", "", "payment", ("money", 1, 2));
        check("", "passport", "applicant.name", "", "form", ("support", 3, 2));
        check("", "", "", "", "other", ("support", 2, 2));
        assert!(rules().iter().all(|rule| rule.fault(1).is_none()));
    }

    #[test]
    fn a_rule_that_cannot_work_is_named() {
        let form = || Some("a".to_owned());
        for (rule, word) in [
            (Rule { department: form(), ..Rule::default() }, "names no"),
            (Rule { form: Some(String::new()), department: form(), ..Rule::default() }, "empty"),
            (Rule { topic: Some("money".into()), department: form(), ..Rule::default() }, "payment"),
            (Rule { form: form(), department: Some("a,b".into()), ..Rule::default() }, "comma"),
            (Rule { form: form(), impact: Some(4), ..Rule::default() }, "impact"),
            (Rule { form: form(), ..Rule::default() }, "says nothing"),
        ] {
            let said = rule.fault(3).unwrap();
            assert!(said.contains("rule 3") && said.contains(word), "{said}");
        }
    }
}
