//! The behaviours of the form assistant that are policy, by their number in the list of the browser tests.

use super::*;
use crate::form::mask::Press;

fn form(kind: Kind) -> Form {
    let mut s = Form::new();
    s.add_field(FieldSpec {
        id: 1, label: "Поле".into(), kind: Some(kind), required: true, ..FieldSpec::default()
    });
    s.add_field(FieldSpec { id: 2, label: "ИНН".into(), kind: Some(Kind::InnPerson), ..FieldSpec::default() });
    s.observe(1, "");
    s.observe(2, "");
    s
}

fn key(s: &mut Form, text: &str, key: &str, now: u32) -> (bool, Vec<Effect>) {
    let end = text.encode_utf16().count() as u32;
    let press = Press { text, from: end, to: end, data: key, intent: "insertText" };
    let mut out = Vec::new();
    (s.0.before(&mut out, 1, &press, now), out)
}

fn paste(s: &mut Form, text: &str) -> Vec<Effect> {
    let end = text.encode_utf16().count() as u32;
    s.shown(|s, out| s.changed(out, 1, &Press { text, from: end, to: end, data: "", intent: "insertFromPaste" }))
}

fn replaced(effects: &[Effect]) -> Vec<(u32, &str)> {
    let text = |effect| match effect {
        &Effect::Replace { id, ref text, .. } => Some((id, text.as_str())),
        _ => None,
    };
    effects.iter().filter_map(text).collect()
}

fn offers(effects: &[Effect]) -> Vec<Offer> {
    let offers = |effect: &Effect| match effect {
        Effect::Error { offers, .. } | Effect::Warn { offers, .. } => Some(offers.clone()),
        _ => None,
    };
    effects.iter().filter_map(offers).flatten().collect()
}

#[test]
fn b03_given_a_wrong_value_when_the_field_is_left_then_that_field_alone_has_one_error() {
    let mut s = form(Kind::Snils);
    s.input(1, "112-233-445 96");
    let out = s.blur(1, "112-233-445 96");
    let errors: Vec<_> = out.iter().filter(|e| matches!(e, Effect::Error { .. })).collect();
    assert!(matches!(errors.as_slice(), [Effect::Error { id: 1, .. }]), "{out:?}");
}

#[test]
fn b04_given_a_required_field_when_it_is_tabbed_through_then_nothing_is_said() {
    assert!(form(Kind::Snils).blur(1, "").is_empty());
}

#[test]
fn b06_given_an_error_when_a_key_leaves_it_wrong_then_its_text_stays_and_nothing_is_announced() {
    let mut s = form(Kind::Email);
    s.input(1, "anna");
    s.blur(1, "anna");
    let out = s.input(1, "annab");
    assert!(out.is_empty(), "{out:?}");
}

#[test]
fn b20_given_a_hint_with_an_example_when_an_error_is_shown_then_it_has_no_second_one() {
    for (hinted, example) in [(false, true), (true, false)] {
        for (text, kind) in [("112-233", Kind::Snils), ("12x", Kind::Money), ("05.13.199", Kind::BirthDate)] {
            let mut s = Form::new();
            let kind = Some(kind);
            s.add_field(FieldSpec { id: 1, label: "Поле".into(), kind, hinted, ..FieldSpec::default() });
            s.observe(1, "");
            s.input(1, text);
            let out = s.blur(1, text);
            let shown = out.iter().find_map(|it| if let Effect::Error { text, .. } = it { Some(text) } else { None });
            let shown = shown.unwrap_or_else(|| panic!("no error for {text}"));
            assert_eq!(shown.contains("пример ") || shown.contains("так: "), example, "{shown}");
            assert!(!shown.contains("  ") && !shown.contains(" .") && shown.ends_with('.'), "{shown}");
        }
    }
}

#[test]
fn b07_given_a_right_value_when_it_becomes_unfinished_then_there_is_no_error_before_the_field_is_left() {
    let mut s = form(Kind::Snils);
    s.input(1, "112-233-445 95");
    s.blur(1, "112-233-445 95");
    assert_eq!(code_of(&s.input(1, "112-233-445 9")), None);
    assert_eq!(code_of(&s.blur(1, "112-233-445 9")), Some("snils.length"));
}

#[test]
fn b26_given_a_wrong_value_when_the_field_is_left_then_one_thing_is_announced() {
    let mut s = form(Kind::Snils);
    s.input(1, "112-233-445 96");
    assert_eq!(announces(&s.blur(1, "112-233-445 96")), 1);
    assert_eq!(announces(&s.blur(1, "112-233-445 96")), 0);
}

#[test]
fn b27_given_two_errors_when_the_form_is_sent_then_the_summary_is_the_only_channel() {
    let mut s = form(Kind::Snils);
    let (sent, out) = s.submit(&[(1, ""), (2, "5001")]);
    assert!(!sent && announces(&out) == 0);
    assert!(matches!(out.last(), Some(Effect::Summary(items)) if items.len() == 2), "{out:?}");
}

#[test]
fn b28_given_the_same_error_when_the_form_is_sent_again_then_the_summary_is_put_up_anew() {
    let mut s = form(Kind::Snils);
    s.submit(&[(1, "")]);
    let (_, out) = s.submit(&[(1, "")]);
    assert!(matches!(out.as_slice(), [Effect::Summary(_)]), "{out:?}");
}

#[test]
fn b28a_given_errors_in_other_words_when_they_are_said_anew_then_nothing_is_announced_and_no_other_field_is_touched() {
    let mut s = form(Kind::Snils);
    s.input(1, "112-233-445 96");
    s.blur(1, "112-233-445 96");
    s.observe(2, "5001");
    let mut out = Vec::new();
    s.0.submit_observed(&mut out, &[2], false);
    assert!(out.iter().any(|it| matches!(it, Effect::Error { id: 2, .. })), "{out:?}");
    assert!(!out.iter().any(|it| matches!(it, Effect::ClearError { id: 1 })), "{out:?}");
    assert_eq!(announces(&out), 0);
}

#[test]
fn b29_given_an_error_when_it_is_mended_then_that_is_said_once() {
    let mut s = form(Kind::Snils);
    s.input(1, "112-233-445 96");
    s.blur(1, "112-233-445 96");
    let out = s.input(1, "112-233-445 95");
    assert!(out.contains(&Effect::Announce("Поле «Поле»: ошибки больше нет.".into())), "{out:?}");
    assert_eq!(announces(&s.blur(1, "112-233-445 95")), 0);
}

#[test]
fn b30_given_a_mask_when_keys_are_refused_in_a_burst_then_the_reason_is_announced_once_in_two_seconds() {
    let mut s = form(Kind::Snils);
    let (stopped, out) = key(&mut s, "112", "ы", 1000);
    assert!(stopped && announces(&out) == 1 && matches!(out.first(), Some(Effect::Hint { id: 1, .. })), "{out:?}");
    let (stopped, out) = key(&mut s, "112", "ы", 2999);
    assert!(stopped && announces(&out) == 0, "{out:?}");
    assert_eq!(announces(&key(&mut s, "112", "ы", 3000).1), 1);
}

#[test]
fn b39_given_an_error_of_the_server_when_the_field_changes_then_it_goes_and_no_sooner() {
    let mut s = form(Kind::Snils);
    s.observe(1, "112-233-445 95");
    let out = s.shown(|s, out| {
        s.told(out, 1, "site.E-17", "Такой заявитель уже есть.");
        s.refused(out);
    });
    assert_eq!(code_of(&out), Some("site.E-17"));
    assert!(matches!(out.last(), Some(Effect::Summary(items)) if items.len() == 1), "{out:?}");
    assert!(s.blur(1, "112-233-445 95").is_empty() || code_of(&s.blur(1, "112-233-445 95")).is_none());
    let (sent, _) = s.submit(&[(1, "112-233-445 95")]);
    assert!(!sent, "it stands as long as the text does");
    let out = s.input(1, "112-233-445 9");
    assert!(out.contains(&Effect::ClearError { id: 1 }), "{out:?}");
    assert!(s.submit(&[(1, "112-233-445 95")]).0);
}

#[test]
fn b52_given_too_many_digits_when_they_are_pasted_then_they_stay() {
    let mut s = form(Kind::Snils);
    let out = paste(&mut s, "112-233-445 95 00");
    assert!(replaced(&out).is_empty(), "{out:?}");
    assert_eq!(code_of(&s.blur(1, "112-233-445 95 00")), Some("snils.length"));
}

#[test]
fn b54_given_a_value_set_without_an_event_when_the_field_is_left_then_it_is_read_and_checked() {
    let mut s = form(Kind::Snils);
    assert_eq!(code_of(&s.blur(1, "112-233-445 96")), Some("snils.checksum"));
}

#[test]
fn b65_given_an_automatic_repair_when_it_is_undone_then_it_is_not_done_again() {
    let mut s = form(Kind::Phone);
    let typed = "8 (916) 123-45-67";
    let out = paste(&mut s, typed);
    assert_eq!(replaced(&out), [(1, "+7 (916) 123-45-67")]);
    assert!(out.iter().any(|e| matches!(e, Effect::Chip { .. })), "{out:?}");
    let out = s.shown(|s, out| s.undone(out, 1, typed));
    assert!(out.contains(&Effect::ClearChip { id: 1 }) && replaced(&out).is_empty(), "{out:?}");
    assert!(replaced(&s.blur(1, typed)).is_empty());
    // Another text is repaired again.
    assert_eq!(replaced(&paste(&mut s, "8 (916) 123-45-68")), [(1, "+7 (916) 123-45-68")]);
}

#[test]
fn b80_given_a_fix_that_was_pressed_when_it_is_undone_then_it_is_not_offered_again() {
    let mut s = form(Kind::Inn);
    let offered = |out: &[Effect]| out.iter().any(|e| matches!(e, Effect::Error { offers, .. } if !offers.is_empty()));
    s.input(1, "77О7083893");
    assert!(offered(&s.blur(1, "77О7083893")));
    assert_eq!(replaced(&s.shown(|s, out| s.press(out, 1, Some(0)))), [(1, GOOD)]);
    s.shown(|s, out| s.undone(out, 1, "77О7083893"));
    let out = s.blur(1, "77О7083893");
    assert!(code_of(&out).is_some() && !offered(&out), "{out:?}");
}

#[test]
fn b65_given_a_repair_with_a_chip_when_the_chip_is_pressed_then_the_text_is_back_and_stays() {
    let mut s = form(Kind::Phone);
    paste(&mut s, "89161234567");
    let out = s.shown(|s, out| s.press(out, 1, None));
    assert_eq!(replaced(&out), [(1, "89161234567")]);
    assert!(replaced(&s.blur(1, "89161234567")).is_empty());
}

#[test]
fn b68_given_errors_when_the_form_is_reset_then_everything_is_gone() {
    let mut s = form(Kind::Phone);
    paste(&mut s, "89161234567");
    s.submit(&[(1, "+7 (916) 123"), (2, "")]);
    let out = s.reset();
    assert!(out.contains(&Effect::ClearError { id: 1 }) && out.contains(&Effect::ClearSummary), "{out:?}");
    assert!(s.blur(1, "").is_empty());
}

#[test]
fn b80_given_a_likely_fix_when_its_button_is_pressed_then_the_value_is_replaced() {
    let mut s = form(Kind::Snils);
    s.input(1, "112-233-445 59");
    let offered = offers(&s.blur(1, "112-233-445 59"));
    let at = offered.iter().position(|it| it.value == "112-233-445 95").expect("the right one is offered");
    let out = s.shown(|s, out| s.press(out, 1, Some(at)));
    assert_eq!(replaced(&out), [(1, "112-233-445 95")]);
    assert!(out.contains(&Effect::ClearError { id: 1 }), "{out:?}");
}

#[test]
fn b81_given_a_slip_in_a_mail_domain_when_the_field_is_left_then_there_is_a_doubt_and_the_form_can_be_sent() {
    let mut s = form(Kind::Email);
    s.input(1, "anna@gmial.com");
    let out = s.blur(1, "anna@gmial.com");
    assert_eq!(code_of(&out), None);
    assert!(matches!(offers(&out).as_slice(), [Offer { value, .. }] if value == "anna@gmail.com"), "{out:?}");
    assert_eq!(announces(&out), 1);
    assert!(s.submit(&[(1, "anna@gmial.com")]).0);
    assert_eq!(replaced(&s.shown(|s, out| s.press(out, 1, Some(0)))), [(1, "anna@gmail.com")]);
}

#[test]
fn a_value_meant_for_another_field_is_carried_over_by_one_press() {
    let mut s = form(Kind::Snils);
    s.input(1, "500100000199");
    let offered = offers(&s.blur(1, "500100000199"));
    let last = offered.last().expect("an offer");
    assert_eq!(last.label, "Похоже, это ИНН. Перенести?");
    let out = s.shown(|s, out| s.press(out, 1, Some(offered.len() - 1)));
    assert_eq!(replaced(&out), [(1, ""), (2, "500100000199")]);
}

#[test]
fn a_snils_typed_into_the_field_of_a_phone_stays_whole_and_is_carried_over_by_one_press() {
    let mut s = form(Kind::Phone);
    s.add_field(FieldSpec { id: 3, label: "СНИЛС".into(), kind: Some(Kind::Snils), ..FieldSpec::default() });
    for number in ["11223344595", "90112233430"] {
        s.observe(1, "");
        let (text, out) = typed(&mut s, number);
        assert_eq!(text, number);
        assert_eq!(code_of(&out), Some("phone.other"));
        let offered = offers(&out);
        assert_eq!(offered.last().expect("an offer").label, "Похоже, это СНИЛС. Перенести?");
        let out = s.shown(|s, out| s.press(out, 1, Some(offered.len() - 1)));
        assert!(
            replaced(&out)
                .contains(&(3, &*[&number[..3], "-", &number[3..6], "-", &number[6..9], " ", &number[9..]].concat()))
        );
        s.remove(3);
        s.add_field(FieldSpec { id: 3, label: "СНИЛС".into(), kind: Some(Kind::Snils), ..FieldSpec::default() });
    }
}

fn phone_beside_inn() -> Form {
    let mut s = form(Kind::Phone);
    s.add_field(FieldSpec { id: 3, label: "ИНН".into(), kind: Some(Kind::Inn), ..FieldSpec::default() });
    s.observe(3, "");
    s
}

/// What stands in a field of a phone after these keys, none of which says anything aloud, and what is said when it is left.
fn typed(s: &mut Form, number: &str) -> (String, Vec<Effect>) {
    let mut text = String::new();
    for digit in number.chars() {
        let (handled, out) = key(s, &text, &digit.to_string(), 0);
        assert!(out.iter().all(|it| !matches!(it, Effect::Announce(_))), "{number} {text}: {out:?}");
        let replaced = out.iter().find_map(|it| match it {
            Effect::Replace { from, to, text, .. } => Some((*from as usize, *to as usize, text.clone())),
            _ => None,
        });
        let (from, to, put) = replaced.unwrap_or((text.len(), text.len(), digit.to_string()));
        text.replace_range(from..to, &put);
        if !handled {
            s.input(1, &text);
        }
    }
    let out = s.blur(1, &text);
    (text, out)
}

#[test]
fn an_inn_in_the_field_of_a_phone_is_doubted_and_carried_over_by_one_press() {
    for inn in ["7707083893", "5032000299", "2309001660", "0274062111"] {
        let mut s = phone_beside_inn();
        let (text, out) = typed(&mut s, inn);
        let offered = offers(&out);
        let last = offered.last().unwrap_or_else(|| panic!("{inn} as {text}: {out:?}"));
        assert_eq!(last.label, "Похоже, это ИНН. Перенести?", "{inn} as {text}");
        let out = s.shown(|s, out| s.press(out, 1, Some(offered.len() - 1)));
        assert_eq!(replaced(&out), [(1, ""), (3, inn)], "{text}");
    }
}

#[test]
fn an_inn_pasted_into_the_field_of_a_phone_stays_as_it_is_and_stops_nobody() {
    let mut s = phone_beside_inn();
    s.input(1, "7707083893");
    let out = s.blur(1, "7707083893");
    assert!(replaced(&out).is_empty(), "{out:?}");
    assert_eq!(code_of(&out), None, "a doubt is no error");
    assert_eq!(offers(&out).last().expect("an offer").label, "Похоже, это ИНН. Перенести?");
}

#[test]
fn a_phone_whose_digits_hold_as_an_inn_is_a_phone_where_its_code_is_one() {
    // Each of these has the check digit of an ИНН of ten digits.
    for phone in ["4951234568", "3512638899", "8121234569", "9161234567"] {
        let mut s = phone_beside_inn();
        let (text, out) = typed(&mut s, phone);
        assert!(offers(&out).iter().all(|it| !it.label.contains("Похоже")), "{phone} as {text}: {out:?}");
    }
    // The beginning of a mobile.
    let mut s = phone_beside_inn();
    let (text, out) = typed(&mut s, "7916123451");
    assert!(offers(&out).iter().all(|it| !it.label.contains("Похоже")), "{text}: {out:?}");
}

#[test]
fn a_field_that_is_filled_is_never_written_over() {
    let mut s = form(Kind::Snils);
    s.input(2, "7");
    s.input(1, "500100000199");
    assert!(offers(&s.blur(1, "500100000199")).iter().all(|it| !it.value.is_empty()));
}

#[test]
fn two_values_in_each_others_fields_change_places_by_one_press_and_come_back_by_one_undo() {
    let mut s = form(Kind::Snils);
    let (inn, snils) = ("500100000199", "11223344595");
    s.input(2, snils);
    s.input(1, inn);
    let offered = offers(&s.blur(1, inn));
    assert_eq!(offered.last().expect("an offer").label, "Похоже, это ИНН. Поменять местами?");
    let out = s.shown(|s, out| s.press(out, 1, Some(offered.len() - 1)));
    assert_eq!(replaced(&out), [(1, "112-233-445 95"), (2, inn)]);
    assert!(out.contains(&Effect::ClearError { id: 1 }), "{out:?}");
    assert!(s.submit(&[(1, "112-233-445 95"), (2, inn)]).0, "both are right now");
    // The browser's undo and redo know the field beside the button; the other one follows.
    assert_eq!(replaced(&s.shown(|s, out| s.undone(out, 1, inn))), [(2, snils)]);
    assert_eq!(replaced(&s.shown(|s, out| s.undone(out, 1, "50010000019"))), [], "an older text is no part of it");
    assert_eq!(replaced(&s.shown(|s, out| s.undone(out, 1, inn))), [], "they are back already");
    assert_eq!(replaced(&s.shown(|s, out| s.undone(out, 1, "112-233-445 95"))), [(2, inn)]);
    // What was typed there since stays.
    s.input(2, "7707083893");
    assert_eq!(replaced(&s.shown(|s, out| s.undone(out, 1, inn))), []);
}

#[test]
fn a_value_that_was_carried_over_comes_back_by_one_undo() {
    let mut s = form(Kind::Snils);
    s.input(1, "500100000199");
    let place = offers(&s.blur(1, "500100000199")).len() - 1;
    s.shown(|s, out| s.press(out, 1, Some(place)));
    assert_eq!(replaced(&s.shown(|s, out| s.undone(out, 1, "500100000199"))), [(2, "")]);
}

#[test]
fn values_change_places_only_where_each_is_right_for_the_other_field() {
    let last = |other: &str, own: &str| {
        let mut s = form(Kind::Snils);
        s.input(2, other);
        s.input(1, own);
        offers(&s.blur(1, own)).last().map(|it| it.label.clone()).unwrap_or_default()
    };
    for other in ["112-233-445 94", "112-233-445", "7707083893"] {
        assert!(!last(other, "500100000199").contains("местами"), "{other} is no СНИЛС");
    }
    for own in ["500100000198", "7707083893"] {
        assert!(!last("112-233-445 95", own).contains("местами"), "{own} is no ИНН of a person");
    }
    assert!(last("112-233-445 95", "500100000199").contains("местами"));
}

#[test]
fn a_secret_field_shows_no_value() {
    let mut s = form(Kind::Card);
    let out = paste(&mut s, "Карта: 2200 0000 0000 0004");
    assert!(!format!("{out:?}").contains("Chip {"), "{out:?}");
    let out = s.blur(1, "2200 0000 0000 0004");
    assert!(!out.iter().any(|e| matches!(e, Effect::Echo { .. })), "{out:?}");
}

#[test]
fn a_field_speaks_in_its_own_words_and_no_other_does() {
    let mut s = form(Kind::Inn);
    let words = Words::russian().after("inn.checksum = сверьте ИНН с письмом.\nrequired = Без ИНН не ответим.\n");
    s.add_field(FieldSpec {
        id: 1,
        label: "Поле".into(),
        kind: Some(Kind::Inn),
        required: true,
        words: Some(words),
        ..FieldSpec::default()
    });
    let told = |effects: Vec<Effect>| -> Vec<String> {
        effects
            .into_iter()
            .filter_map(|it| if let Effect::Error { text, .. } = it { Some(text) } else { None })
            .collect()
    };
    assert_eq!(told(s.submit(&[(1, "")]).1), ["Без ИНН не ответим."]);
    let mine = told(s.submit(&[(1, "7707083894"), (2, "500100000198")]).1);
    assert_eq!(mine.first().map(String::as_str), Some("Поле: сверьте ИНН с письмом."));
    assert!(mine.get(1).is_some_and(|it| it.starts_with("ИНН: цифры не сходятся")), "{mine:?}");
}

#[test]
fn where_errors_wait_for_the_submit_a_field_that_is_left_is_silent() {
    let mut s = Form::new();
    s.add_field(FieldSpec { id: 1, label: "ИНН".into(), kind: Some(Kind::Inn), late: true, ..FieldSpec::default() });
    s.input(1, "7707083894");
    assert!(!s.blur(1, "7707083894").iter().any(|it| matches!(it, Effect::Error { .. } | Effect::Announce(_))));
    let (passed, effects) = s.submit(&[(1, "7707083894")]);
    assert!(!passed && effects.iter().any(|it| matches!(it, Effect::Error { .. })));
    assert!(s.input(1, "7707083893").contains(&Effect::ClearError { id: 1 }));
}

#[test]
fn a_letter_in_a_kpp_that_looks_like_a_digit_is_offered_and_never_changed() {
    let mut s = form(Kind::Kpp);
    s.input(1, "7707О1001");
    let out = s.blur(1, "7707О1001");
    assert!(replaced(&out).iter().all(|(_, text)| text.contains('O')), "{out:?}");
    let values: Vec<_> = offers(&out).into_iter().map(|offer| offer.value).collect();
    assert_eq!(values, ["770701001"], "{out:?}");
}

#[test]
fn zeros_that_a_table_has_dropped_are_offered() {
    let mut s = form(Kind::Okpo);
    s.input(1, "32537");
    let out = s.blur(1, "32537");
    let labels: Vec<_> = offers(&out).into_iter().map(|offer| offer.label).collect();
    assert_eq!(labels, ["Если пропущены нули в начале: 00032537"], "{out:?}");
}
