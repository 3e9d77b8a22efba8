use super::mask::Press;
use super::*;
use crate::messages::Words;
use crate::privacy;
use crate::verdict::Day;

mod behaviours;

const TODAY: Day = Day { year: 2025, month: 11, day: 25 };
const GOOD: &str = "7707083893";
const BAD: &str = "7707083894";

/// A session whose effects come back as values; of a submit, with whether it goes through.
#[derive(Clone)]
struct Form(Session);

impl Form {
    fn new() -> Self {
        Self(Session::new(TODAY, Words::russian()))
    }

    fn add_field(&mut self, spec: FieldSpec) {
        self.0.add_field(spec);
    }

    fn observe(&mut self, id: u32, text: &str) {
        self.0.observe(id, text);
    }

    fn shown(&mut self, act: impl FnOnce(&mut Session, &mut Vec<Effect>)) -> Vec<Effect> {
        let mut out = Vec::new();
        act(&mut self.0, &mut out);
        out
    }

    fn input(&mut self, id: u32, text: &str) -> Vec<Effect> {
        let end = text.encode_utf16().count() as u32;
        let press = Press { text, from: end, to: end, data: "", intent: "insertText" };
        self.shown(|s, out| s.changed(out, id, &press))
    }

    fn blur(&mut self, id: u32, text: &str) -> Vec<Effect> {
        self.shown(|s, out| s.blur(out, id, text))
    }

    fn reset(&mut self) -> Vec<Effect> {
        self.shown(Session::reset)
    }

    fn remove(&mut self, id: u32) -> Vec<Effect> {
        self.shown(|s, out| s.remove(out, id))
    }

    fn submit(&mut self, texts: &[(u32, &str)]) -> (bool, Vec<Effect>) {
        let mut out = Vec::new();
        (!self.0.submit(&mut out, texts), out)
    }
}

fn session() -> Form {
    let mut s = Form::new();
    s.add_field(FieldSpec {
        id: 1,
        label: "ИНН".into(),
        kind: Some(Kind::Inn),
        required: true,
        ..FieldSpec::default()
    });
    s.add_field(FieldSpec { id: 2, label: "Примечание".into(), ..FieldSpec::default() });
    s
}

fn announces(effects: &[Effect]) -> usize {
    effects.iter().filter(|e| matches!(e, Effect::Announce(_))).count()
}

fn code_of(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|e| match e {
        Effect::Error { code, .. } => Some(code.as_str()),
        _ => None,
    })
}

/// Which of two БИК an account belongs to only a rule of the form knows: a right one must not be refused by the other.
#[test]
fn an_account_between_two_biks_is_not_judged_by_the_first() {
    let account = "40702810957659965878";
    let form = |kinds: &[Kind]| {
        let mut s = Form::new();
        for (id, kind) in (1..).zip(kinds) {
            s.add_field(FieldSpec { id, label: "Поле".into(), kind: Some(*kind), ..FieldSpec::default() });
        }
        s.input(1, "044525225");
        s
    };
    let left = |mut s: Form| {
        s.input(2, account);
        code_of(&s.blur(2, account)).map(str::to_owned)
    };
    assert_eq!(left(form(&[Kind::Bik, Kind::Account])).as_deref(), Some("account.checksum"));
    let mut two = form(&[Kind::Bik, Kind::Account, Kind::Bik]);
    two.input(3, "044525974");
    assert_eq!(left(two), None);
}

#[test]
fn typing_is_never_scolded() {
    let mut s = session();
    let mut text = String::new();
    for c in BAD.chars() {
        text.push(c);
        let out = s.input(1, &text);
        assert_eq!(code_of(&out), None, "{text}: {out:?}");
        assert_eq!(announces(&out), 0);
    }
}

#[test]
fn progress_is_hinted_and_cleared() {
    let mut s = session();
    let out = s.input(1, "7707083");
    assert!(matches!(out.as_slice(), [Effect::Hint { id: 1, .. }]), "{out:?}");
    assert!(s.input(1, "7707083").is_empty());
    assert_eq!(s.input(1, GOOD), [Effect::ClearHint { id: 1 }]);
    let out = s.blur(1, GOOD);
    assert!(matches!(out.as_slice(), [Effect::Echo { id: 1, .. }]), "{out:?}");
    assert!(s.blur(1, GOOD).is_empty());
}

#[test]
fn an_unfinished_field_is_an_error_after_it_is_left() {
    let mut s = session();
    s.input(1, "77070");
    let out = s.blur(1, "77070");
    assert_eq!(code_of(&out), Some("inn.length"));
    assert!(matches!(out.first(), Some(Effect::ClearHint { id: 1 })));
    assert_eq!(announces(&out), 1);
    assert!(s.blur(1, "77070").is_empty(), "unchanged error");
    let out = s.input(1, "770708");
    assert_eq!(code_of(&out), Some("inn.length"), "the count goes on: {out:?}");
    assert_eq!(announces(&out), 0);
}

#[test]
fn a_fault_clears_at_once_when_mended() {
    let mut s = session();
    s.input(1, BAD);
    let out = s.blur(1, BAD);
    assert_eq!(code_of(&out), Some("inn.checksum"));
    assert_eq!(announces(&out), 1);
    let out = s.input(1, GOOD);
    assert!(out.contains(&Effect::ClearError { id: 1 }));
    assert_eq!(announces(&out), 1);
}

#[test]
fn a_fault_gives_way_to_a_hint_while_it_is_being_retyped() {
    let mut s = session();
    s.input(1, BAD);
    s.blur(1, BAD);
    let out = s.input(1, "770708389");
    assert!(matches!(out.as_slice(), [Effect::ClearError { id: 1 }, Effect::Hint { id: 1, .. }]), "{out:?}");
}

#[test]
fn leaving_an_untouched_or_empty_field_says_nothing() {
    let mut s = session();
    assert!(s.blur(1, "").is_empty());
    assert!(s.blur(1, BAD).is_empty());
    s.input(1, "7");
    assert_eq!(s.input(1, ""), [Effect::ClearHint { id: 1 }]);
    assert!(s.blur(1, "").is_empty());
}

#[test]
fn submit_demands_the_required_and_the_right() {
    let mut s = session();
    let (sent, out) = s.submit(&[(1, ""), (2, "")]);
    assert_eq!(code_of(&out), Some(REQUIRED));
    assert!(out.contains(&Effect::Summary(vec![(1, "Заполните поле «ИНН».".into())])));
    assert!(!sent);
    assert_eq!(announces(&out), 0);
    let (sent, out) = s.submit(&[(1, ""), (2, "")]);
    assert_eq!(code_of(&out), None, "unchanged error");
    assert!(!sent);
    let out = s.input(1, "7");
    assert!(out.contains(&Effect::ClearError { id: 1 }));
    assert!(out.contains(&Effect::ClearSummary));
    assert!(s.submit(&[(1, GOOD), (2, "")]).0);
}

#[test]
fn a_field_left_out_of_the_submit_is_not_checked() {
    let mut s = session();
    assert_eq!(s.submit(&[(2, "x")]), (true, Vec::new()));
}

#[test]
fn the_rules_of_the_page_count_too() {
    let mut s = session();
    s.0.host_error(2, Some("Коротко".into()));
    let (_, out) = s.submit(&[(1, GOOD), (2, "x")]);
    assert_eq!(code_of(&out), Some(HOST));
    s.0.host_error(2, None);
    assert!(s.input(2, "xyz").contains(&Effect::ClearSummary));
}

#[test]
fn reset_and_remove_take_everything_down() {
    let mut s = session();
    s.submit(&[(1, BAD), (2, "")]);
    assert_eq!(s.reset(), [Effect::ClearError { id: 1 }, Effect::ClearSummary]);
    assert!(s.blur(1, BAD).is_empty());
    s.submit(&[(1, BAD)]);
    assert_eq!(s.remove(1), [Effect::ClearError { id: 1 }, Effect::ClearSummary]);
    assert!(s.input(1, "7").is_empty());
    assert!(s.0.codes().is_empty());
}

#[test]
fn a_snapshot_holds_shapes_and_no_values() {
    let mut s = session();
    s.add_field(FieldSpec { id: 3, label: "Пароль".into(), never: true, ..FieldSpec::default() });
    s.observe(1, BAD);
    s.observe(3, "hunter2");
    let states: Vec<_> = s.0.states().collect();
    assert_eq!(states[0].code.as_deref(), Some("inn.checksum"));
    assert_eq!(states[0].shape, privacy::shape(BAD));
    assert_eq!(states[0].length_class, "medium");
    assert_eq!(states[1].code, None);
    assert_eq!(states[1].length_class, "empty");
    assert_eq!(states[2].shape, privacy::FIXED_MASK);
    let all = format!("{states:?}");
    assert!(!all.contains(BAD) && !all.contains("hunter2"));
}
