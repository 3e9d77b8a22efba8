//! The rules of a schema: which members each has.

use super::known;
use super::reader::{Problems, Table, meant};
use crate::form::node::Node;
use crate::form::rules::Rule;

/// Each rule with the fields it must name and those it may.
pub const RULES: &[(&str, &[&str], &[&str])] = &[
    ("account_bik", &["account", "bik"], &[]),
    ("applicant", &["inn"], &["ogrn", "kpp"]),
    ("same_region", &[], &["inn", "kpp", "ogrn"]),
    ("passport_after_14", &["issued", "birth"], &[]),
    ("passport_age", &["issued", "birth"], &[]),
    ("order", &["from", "to"], &[]),
    ("equal", &["first", "second"], &[]),
    ("required_if", &["field", "when"], &[]),
];

pub fn rule_of(node: &Node, path: &str, names: &[&str], problems: &mut Problems) -> Option<Rule> {
    let name = match node {
        Node::Map(members) => members.iter().find(|(key, _)| key == "rule").map(|(_, value)| value),
        _ => None,
    };
    let all: Vec<&str> = RULES.iter().map(|(name, ..)| *name).collect();
    let (name, must, may) = match name {
        Some(Node::Text(name)) => match RULES.iter().find(|(it, ..)| it == name) {
            Some(found) => *found,
            None => {
                let place = super::member(path, "rule");
                problems.add(&place, "schema.choice", &["there is no rule `", name, "`: ", &meant(name, &all)]);
                return None;
            }
        },
        _ => {
            problems.add(path, "schema.missing", &["write a rule as { \"rule\": \"equal\", … }: ", &meant("", &all)]);
            return None;
        }
    };
    let mut keys = vec!["rule"];
    keys.extend(must.iter().chain(may));
    if name == "required_if" {
        keys.push("is");
    }
    let table = Table::open(node, path, &keys, problems)?;
    let mut field = |key: &str| {
        let found = if must.contains(&key) {
            table.needed(key, "the name of a field", problems)
        } else {
            table.text(key, problems)
        };
        if let Some(name) = &found {
            known(names, name, &table.path(key), problems);
        }
        found
    };
    Some(match name {
        "account_bik" => Rule::AccountBik { account: field("account")?, bik: field("bik")? },
        "applicant" => Rule::Applicant { inn: field("inn")?, ogrn: field("ogrn"), kpp: field("kpp") },
        "same_region" => Rule::SameRegion { inn: field("inn"), kpp: field("kpp"), ogrn: field("ogrn") },
        "passport_after_14" => Rule::PassportAfter14 { issued: field("issued")?, birth: field("birth")? },
        "passport_age" => Rule::PassportAge { issued: field("issued")?, birth: field("birth")? },
        "order" => Rule::Order { from: field("from")?, to: field("to")? },
        "equal" => Rule::Equal { first: field("first")?, second: field("second")? },
        _ => {
            let (field, when) = (field("field")?, field("when")?);
            let is = table.texts("is", problems);
            if is.is_empty() {
                problems.add(&table.path("is"), "schema.missing", &["name the values: \"is\": [\"yes\"]"]);
            }
            Rule::RequiredIf { field, when, is }
        }
    })
}
