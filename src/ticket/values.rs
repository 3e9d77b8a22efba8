//! What the server itself says of the values that a form gives away (`capture: value`): an operator reads a verdict of the
//! portal's own checks and not one that came over the wire.

use std::collections::BTreeMap;

use super::MAX_VALUE;
use crate::validators::{Kind, Outcome, validate_many};
use crate::verdict::{Context, Day};
use crate::wire::{FieldState, NewTicket};

/// Kinds other than dates know no today, and dates are left to the page: it alone knows the person's own day.
const NO_DAY: Day = Day { year: 2000, month: 1, day: 1 };

/// Puts the core's verdict in the place of the page's wherever a whole value has come along, kind by kind. A code of the form or of
/// the portal stays: only the page can know it.
pub fn judge(ticket: &mut NewTicket) {
    let fields = &mut ticket.snapshot.fields;
    let mut columns: BTreeMap<&'static str, (Kind, Vec<usize>)> = BTreeMap::new();
    for (place, field) in fields.iter().enumerate() {
        let value = field.value.as_deref().unwrap_or_default();
        let whole = !value.trim().is_empty() && value.chars().count() < MAX_VALUE;
        if let Some(kind) = Kind::parse(&field.kind).filter(|kind| whole && !kind.is_date()) {
            columns.entry(kind.name()).or_insert((kind, Vec::new())).1.push(place);
        }
    }
    let banks = fields.iter().filter(|field| field.kind == Kind::Bik.name());
    let banks: Vec<String> = banks.filter_map(|field| field.value.clone()).collect();
    let bik = if let [bik] = banks.as_slice() { Some(bik.as_str()) } else { None };
    let ctx = Context { today: NO_DAY, bik };
    for (kind, places) in columns.into_values() {
        let value = |place: &usize| fields.get(*place).and_then(|field| field.value.as_deref()).unwrap_or_default();
        let outcomes: Vec<Outcome> = validate_many(kind, places.iter().map(value), &ctx).collect();
        for (place, outcome) in places.into_iter().zip(outcomes) {
            if let Some(field) = fields.get_mut(place) {
                settle(field, kind, outcome);
            }
        }
    }
}

/// Takes away every value that the form's schema does not let go: `open` names the fields with `capture: value`. Their shapes stay.
pub fn close(ticket: &mut NewTicket, open: &[String]) {
    for field in &mut ticket.snapshot.fields {
        field.value = field.value.take().filter(|_| open.contains(&field.name));
    }
}

fn settle(field: &mut FieldState, kind: Kind, outcome: Outcome) {
    let flaw = match outcome {
        Outcome::Fault(flaw) => flaw.name.as_str(),
        Outcome::Partial(_) => "length",
        Outcome::Complete(_) => {
            let own = |code: &String| code.strip_prefix(kind.name()).is_some_and(|rest| rest.starts_with('.'));
            if field.code.as_ref().is_none_or(own) {
                (field.valid, field.code) = (true, None);
            }
            return;
        }
    };
    field.valid = false;
    field.code = Some(format!("{}.{flaw}", kind.name()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: &str, value: &str, code: Option<&str>) -> FieldState {
        let (kind, value) = (kind.to_owned(), Some(value.to_owned()));
        FieldState { kind, value, valid: code.is_none(), code: code.map(str::to_owned), ..FieldState::default() }
    }

    fn judged(fields: Vec<FieldState>) -> Vec<(bool, Option<String>)> {
        let mut ticket = NewTicket::default();
        ticket.snapshot.fields = fields;
        judge(&mut ticket);
        ticket.snapshot.fields.into_iter().map(|field| (field.valid, field.code)).collect()
    }

    fn wrong(code: &str) -> (bool, Option<String>) {
        (false, Some(code.to_owned()))
    }

    #[test]
    fn a_claim_of_the_page_gives_way_to_the_value_it_sent() {
        let judged = judged(vec![
            field("inn", "7707083894", None),
            field("inn", "7707083893", Some("inn.checksum")),
            field("inn", "770708389", None),
            field("snils", "112-233-445 95", Some("form.required_if")),
            field("birth_date", "05.03.2099", None),
            field("unknown", "?", Some("site.E1")),
        ]);
        let right = (true, None);
        let kept = [wrong("form.required_if"), right.clone(), wrong("site.E1")];
        assert_eq!(judged[..3], [wrong("inn.checksum"), right, wrong("inn.length")]);
        assert_eq!(judged[3..], kept, "the form's own codes and days stay");
    }

    #[test]
    fn an_account_is_held_against_the_one_bik_that_came_along() {
        let account = field("account", "40702810500000002852", None);
        let bik = field("bik", "044525225", None);
        assert_eq!(judged(vec![account.clone(), bik.clone()])[0], wrong("account.checksum"));
        assert_eq!(judged(vec![account.clone()])[0], (true, None), "nothing to hold it against");
        assert_eq!(judged(vec![account, bik.clone(), bik])[0], (true, None), "whose bank is it?");
    }

    #[test]
    fn a_value_stays_where_the_schema_lets_it_go_and_nowhere_else() {
        let mut ticket = NewTicket::default();
        for name in ["inn", "snils"] {
            let shape = "9999999999".to_owned();
            ticket.snapshot.fields.push(FieldState {
                name: name.to_owned(),
                shape,
                ..field("inn", "7707083893", None)
            });
        }
        close(&mut ticket, &["inn".to_owned(), "other".to_owned()]);
        let [inn, snils] = ticket.snapshot.fields.as_slice() else { panic!("two fields") };
        assert_eq!((inn.value.as_deref(), snils.value.as_deref()), (Some("7707083893"), None));
        assert_eq!(snils.shape, "9999999999");
    }

    #[test]
    fn a_shape_and_a_value_that_was_cut_off_are_left_alone() {
        let mut shape = field("inn", "", Some("inn.checksum"));
        shape.value = None;
        let long = field("inn", &"7".repeat(MAX_VALUE), None);
        assert_eq!(judged(vec![shape, long]), [wrong("inn.checksum"), (true, None)]);
    }
}
