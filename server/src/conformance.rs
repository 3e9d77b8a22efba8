//! `podskazka-server conformance URL`: does a server answer as the document of the API says?
//!
//! For whoever writes a backend of their own. Each rule has a name and one sentence; the run makes a few tickets with
//! artificial words and withdraws nothing that was there before. Shapes are held to `docs/openapi.json`.

#![expect(clippy::indexing_slicing, reason = "a JSON value answers `null` for a member that it does not have")]

mod answers;
mod contact;
mod files;
mod identity;
mod pages;
mod probe;
mod proof;
mod rating;
mod shape;
mod slices;
mod stream;
mod tickets;

use std::error::Error;

pub use probe::Target;

use probe::Probe;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn shape_fault(document: &serde_json::Value, schema: &serde_json::Value, value: &serde_json::Value) -> bool {
    shape::fault(document, schema, value, "").is_some()
}

/// What a rule found: nothing, or what is wrong in one sentence.
type Found = Result<(), String>;

/// One promise of the API.
struct Rule {
    /// The stable name.
    name: &'static str,
    /// What a server has to do.
    says: &'static str,
    check: fn(&Probe) -> Found,
}

/// What became of one rule.
struct Outcome {
    rule: &'static Rule,
    found: Found,
}

/// What a run found.
pub struct Report {
    outcomes: Vec<Outcome>,
}

impl Report {
    /// Names of the rules that are broken.
    pub fn broken(&self) -> Vec<&'static str> {
        self.outcomes.iter().filter(|it| it.found.is_err()).map(|it| it.rule.name).collect()
    }

    /// One line a rule; a broken one says what was expected and what came.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for Outcome { rule, found } in &self.outcomes {
            match found {
                Ok(()) => text.push_str(&format!("holds   {}\n", rule.name)),
                Err(said) => text.push_str(&format!("broken  {}: {said}\n        {}\n", rule.name, rule.says)),
            }
        }
        let broken = self.broken().len();
        text.push_str(&format!("{} of {} rules hold", self.outcomes.len() - broken, self.outcomes.len()));
        text
    }
}

/// Asks the server about every rule. An error means that nothing answers there.
pub fn check(target: Target) -> Result<Report, Box<dyn Error>> {
    let probe = Probe::new(target)?;
    probe.ask("GET", "/v1/config", &[], b"").map_err(|said| format!("no server of this API answers: {said}"))?;
    // What holds for every answer is looked at when all have come.
    let tickets = [pages::RULES, tickets::RULES, files::RULES, slices::RULES, stream::RULES];
    let people = [proof::RULES, contact::RULES, rating::RULES, identity::RULES, answers::RULES];
    let outcomes = [tickets, people]
        .concat()
        .into_iter()
        .flatten()
        .map(|rule| Outcome { rule, found: (rule.check)(&probe) })
        .collect();
    Ok(Report { outcomes })
}
