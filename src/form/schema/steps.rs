//! A form that is filled in step by step: what is asked for on the step where a person is.

use super::{Answer, Field, Form, Schema};
use crate::verdict::Verdict;

impl Schema {
    /// The fields of the steps that are still to come. `drawn` says whether a field of the form can be seen now: the last step
    /// that has one is where the person is. On a step without fields, such as a last look at the answers, nothing is to come.
    pub fn ahead(&self, drawn: &dyn Fn(&str) -> bool) -> Vec<&str> {
        let place = |field: &Field| self.steps.iter().position(|step| Some(&step.id) == field.step.as_ref());
        let here = self.fields.iter().filter(|field| drawn(&field.name)).filter_map(place).max();
        let Some(here) = here else { return Vec::new() };
        let later = self.fields.iter().filter(|field| place(field).is_some_and(|at| at > here));
        later.map(|field| field.name.as_str()).collect()
    }

    /// The fields that stop a submit, each by itself.
    pub fn wrong(&self, form: &Form) -> Vec<&str> {
        let mut out = Vec::new();
        for (field, answer) in self.answers(form) {
            if matches!(
                answer,
                Answer::Found(_) | Answer::Checked(Verdict::Partial { .. }) | Answer::Checked(Verdict::Fault(_))
            ) {
                out.push(field.name.as_str());
            }
        }
        out
    }
}
