use super::*;

/// A field under a mask, as a page would keep it. `|` is the caret, `[` and `]` hold a selection.
struct Page {
    mask: String,
    text: Vec<char>,
    from: usize,
    to: usize,
    refused: Vec<Reason>,
}

/// As `border.js` takes a line apart.
fn across(line: &str) -> Turn {
    let mut places = [0; 3];
    let mut rest = line.get(1..).unwrap_or_default();
    if line.starts_with('w') {
        for place in &mut places {
            let (number, others) = rest.split_once(' ').expect("three numbers");
            (*place, rest) = (number.parse().expect("a number"), others);
        }
    }
    Turn::made(line.bytes().next().unwrap_or(0), places, rest.to_owned())
}

impl Page {
    fn new(mask: String, at: &str) -> Self {
        let mut page = Self { mask, text: Vec::new(), from: 0, to: 0, refused: Vec::new() };
        for c in at.chars() {
            match c {
                '|' => (page.from, page.to) = (page.text.len(), page.text.len()),
                '[' => page.from = page.text.len(),
                ']' => page.to = page.text.len(),
                _ => page.text.push(c),
            }
        }
        page
    }

    fn press(&mut self, intent: &str, data: &str) {
        let text: String = self.text.iter().collect();
        let press = Press { text: &text, from: self.from as u32, to: self.to as u32, data, intent };
        let turn = turn(&self.mask, &press);
        assert_eq!(across(&turn.line()), turn, "the same on the other side of the border");
        match turn {
            Turn::Native => {
                // What a browser does, but for word-wise deletion.
                let end = self.text.len();
                let (from, to) = match intent {
                    _ if self.from != self.to => (self.from, self.to),
                    "deleteContentBackward" => (self.from.saturating_sub(1), self.to),
                    "deleteContentForward" => (self.from, (self.to + 1).min(end)),
                    _ => (self.from, self.to),
                };
                self.text.splice(from..to, data.chars());
                self.from = from + data.chars().count();
            }
            Turn::Write { from, to, text, caret } => {
                self.text.splice(from as usize..to as usize, text.chars());
                self.from = caret as usize;
            }
            Turn::Refuse(reason) => self.refused.push(reason),
        }
        if self.refused.is_empty() || self.from == self.to {
            self.to = self.from;
        }
    }

    fn type_keys(&mut self, keys: &str) {
        for c in keys.chars() {
            self.press("insertText", c.encode_utf8(&mut [0; 4]));
        }
    }

    fn shown(&self) -> String {
        let mut text = self.text.clone();
        text.insert(self.from, '|');
        text.into_iter().collect()
    }
}

#[track_caller]
fn typed(kind: Kind, keys: &str, expected: &str) {
    let mut page = Page::new(of(kind), "|");
    page.type_keys(keys);
    assert_eq!(page.shown(), expected, "{keys}");
}

#[track_caller]
fn pressed(kind: Kind, before: &str, intent: &str, data: &str, expected: &str) {
    let mut page = Page::new(of(kind), before);
    page.press(intent, data);
    assert_eq!(page.shown(), expected, "{before} {intent} {data}");
}

#[track_caller]
fn refused(kind: Kind, before: &str, key: &str, reason: Reason) {
    let mut page = Page::new(of(kind), before);
    let shown = page.shown();
    page.press("insertText", key);
    assert_eq!(page.refused, [reason], "{before} {key}");
    assert_eq!(page.shown(), shown);
}

#[test]
fn separators_follow_the_digits() {
    typed(Kind::Snils, "11223344595", "112-233-445 95|");
    typed(Kind::Snils, "112-233-445 95", "112-233-445 95|");
    typed(Kind::Passport, "4510 123456", "45 10 123456|");
    typed(Kind::Card, "2200000000000000", "2200 0000 0000 0000|");
    typed(Kind::Plate, "а123вс77", "А 123 ВС 77|");
    typed(Kind::Plate, "A123BC777", "A 123 BC 777|");
    typed(Kind::DriverLicence, "77АВ123456", "77 АВ 123456|");
    typed(Kind::DepartmentCode, "770001", "770-001|");
    typed(Kind::Iban, "RU0304452", "RU03 0445 2|");
}

#[test]
fn a_spelling_without_separators_is_for_what_fits_no_other() {
    typed(Kind::Pts, "7712123456", "77 12 123456|");
    typed(Kind::Pts, "77УК123456", "77 УК 123456|");
    typed(Kind::Pts, "16430101234", "16430101234|");
    typed(Kind::Pts, "164301012345678", "164301012345678|");
    typed(Kind::Oms, "123456789", "1234 5678 9|");
    typed(Kind::Oms, "1234567890123452", "1234 5678 9012 3452|");
    pressed(Kind::Pts, "16430101234|", "deleteContentBackward", "", "16 43 010123|");
}

#[test]
fn nothing_stands_behind_the_last_digit() {
    typed(Kind::Snils, "112", "112|");
    typed(Kind::Snils, "112-", "112|");
    typed(Kind::Phone, "916", "+7 (916|");
    typed(Kind::Date, "05.", "05|");
}

#[test]
fn a_phone_is_the_same_however_it_begins() {
    typed(Kind::Phone, "9161234567", "+7 (916) 123-45-67|");
    typed(Kind::Phone, "+79161234567", "+7 (916) 123-45-67|");
    typed(Kind::Phone, "+7 (916) 123-45-67", "+7 (916) 123-45-67|");
    typed(Kind::Phone, "89161234567", "8 (916) 123-45-67|");
    typed(Kind::Phone, "79161234567", "7 (916) 123-45-67|");
    typed(Kind::Phone, "+", "+|");
    typed(Kind::Phone, "+7", "+7|");
    // The 8 of the habit behind +7: left whole for the check, which reads it.
    typed(Kind::Phone, "+789161234567", "+7 (891) 612-34-567|");
    // A foreign number is none of this mask.
    typed(Kind::Phone, "+15551234567", "+15551234567|");
}

#[test]
fn a_deletion_in_the_middle_keeps_the_caret() {
    pressed(Kind::Phone, "+7 (91|6) 123-45-67", "deleteContentBackward", "", "+7 (9|61) 234-56-7");
    pressed(Kind::Phone, "+7 (9|61) 234-56-7", "insertText", "5", "+7 (95|6) 123-45-67");
    pressed(Kind::Phone, "+7 (912) 345-|67-89", "deleteContentForward", "", "+7 (912) 345-|78-9");
    pressed(Kind::Phone, "+7 (912) 345-|78-9", "insertText", "0", "+7 (912) 345-0|7-89");
    pressed(Kind::Phone, "+7 (912) 345-6|8-9", "insertText", "0", "+7 (912) 345-60-|89");
    pressed(Kind::Phone, "+7 (912) 3[45-6]7-89", "insertText", "1", "+7 (912) 31|7-89");
}

#[test]
fn a_separator_is_passed_and_then_the_digit_goes() {
    pressed(Kind::Phone, "+7 (912) 345-|67-89", "deleteContentBackward", "", "+7 (912) 345|-67-89");
    pressed(Kind::Phone, "+7 (912) 345|-67-89", "deleteContentBackward", "", "+7 (912) 34|6-78-9");
    pressed(Kind::Phone, "+7 (912) 345|-67-89", "deleteContentForward", "", "+7 (912) 345-|67-89");
    pressed(Kind::Phone, "+7 (|912) 345-67-89", "deleteContentBackward", "", "|+7 (912) 345-67-89");
    pressed(Kind::Date, "10.12.|2022", "deleteContentBackward", "", "10.12|.2022");
}

#[test]
fn a_word_is_a_group() {
    pressed(Kind::Snils, "112-233-445 95|", "deleteWordBackward", "", "112-233-445|");
    pressed(Kind::Snils, "112-233-|445 95", "deleteWordBackward", "", "112-|445-95");
    pressed(Kind::Snils, "112|-233-445 95", "deleteWordForward", "", "112|-445-95");
    pressed(Kind::Phone, "+7 (916) 12|3-45-67", "deleteSoftLineBackward", "", "+7 (|345) 67");
    pressed(Kind::Date, "10.11.2002|", "deleteWordBackward", "", "10.11|");
}

#[test]
fn an_emptied_field_is_empty() {
    pressed(Kind::Phone, "+7 (9|", "deleteContentBackward", "", "|");
    pressed(Kind::Phone, "[+7 (916) 123-45-67]", "deleteContentBackward", "", "|");
    pressed(Kind::Snils, "[112-233]", "deleteByCut", "", "|");
}

#[test]
fn what_cannot_be_taken_is_refused_with_a_reason() {
    refused(Kind::Snils, "112-2|33-445 95", "1", Reason::Full);
    refused(Kind::Snils, "112-233-445 95|", "1", Reason::Full);
    refused(Kind::Snils, "112|", "ж", Reason::Sign('ж'));
    refused(Kind::Phone, "+7 (9|16) 123-45-67", "1", Reason::Full);
    refused(Kind::Phone, "8 (916) 123-45-67|", "1", Reason::Full);
    refused(Kind::Date, "05.12|.2026", "5", Reason::Full);
    refused(Kind::Date, "05.1|2.2026", "5", Reason::Full);
    refused(Kind::Date, "0|", "0", Reason::Calendar);
    refused(Kind::Date, "5|", "!", Reason::Sign('!'));
}

#[test]
fn a_paste_keeps_what_does_not_fit() {
    pressed(Kind::Snils, "|", "insertFromPaste", "11223344595", "112-233-445 95|");
    pressed(Kind::Snils, "|", "insertFromPaste", "\u{200b}112\u{a0}233\u{2011}445 95", "112-233-445 95|");
    pressed(Kind::Snils, "|", "insertFromPaste", "１１２２３３", "112-233|");
    pressed(Kind::Snils, "|", "insertFromPaste", "1122334459500", "1122334459500|");
    pressed(Kind::Snils, "|", "insertFromPaste", "СНИЛС 11223344595", "СНИЛС 11223344595|");
    pressed(Kind::Phone, "+7 (987|", "insertFromPaste", "654", "+7 (987) 654|");
}

#[test]
fn a_text_that_comes_at_once_is_never_dropped() {
    pressed(Kind::Phone, "|", "insertText", "+7 900 846-57-З1", "+7 900 846-57-З1|");
    pressed(Kind::Snils, "|", "insertText", "11223344595", "112-233-445 95|");
}

#[test]
fn a_text_that_a_mask_does_not_know_is_left_alone() {
    pressed(Kind::Snils, "СНИЛС 1|", "insertText", "2", "СНИЛС 12|");
    pressed(Kind::Plate, "а 1|23 вс 77", "deleteContentBackward", "", "а |23 вс 77");
    pressed(Kind::Plate, "а |23 вс 77", "insertText", "1", "А 1|23 ВС 77");
    pressed(Kind::Snils, "1122334459500|", "deleteContentBackward", "", "112233445950|");
    pressed(Kind::Snils, "112233445950|", "deleteContentBackward", "", "112-233-445 95|");
    pressed(Kind::Snils, "😀1|", "insertText", "2", "😀12|");
}

#[test]
fn a_date_is_typed_in_any_of_the_usual_ways() {
    for keys in ["1.2.1990", "1/2/1990", "01021990", "1 2 1990", "01.02.1990", "1-2-1990"] {
        typed(Kind::Date, keys, "01.02.1990|");
    }
    typed(Kind::Date, "1 февраля 1990", "01 февраля 1990|");
    typed(Kind::Date, "вчера", "вчера|");
    typed(Kind::Date, "8", "08|");
    typed(Kind::Date, "37", "03.07|");
    typed(Kind::Date, "279", "27.09|");
    typed(Kind::Date, "121", "12.1|");
    typed(Kind::Date, "010", "01.0|");
}

#[test]
fn the_parts_of_a_date_keep_to_themselves() {
    pressed(Kind::Date, "12|.01.2008", "deleteContentBackward", "", "1|.01.2008");
    pressed(Kind::Date, "1|.01.2008", "insertText", "1", "11.|01.2008");
    pressed(Kind::Date, "02|.01.2008", "deleteContentBackward", "", "0|.01.2008");
    pressed(Kind::Date, "0|.01.2008", "insertText", "5", "05.|01.2008");
    pressed(Kind::Date, "[12].11.2022", "insertText", "3", "3|.11.2022");
    pressed(Kind::Date, "11.[11].2011", "insertText", "2", "11.02.|2011");
    pressed(Kind::Date, "11.[11].2011", "deleteContentBackward", "", "11.|.2011");
    pressed(Kind::Date, "11.|.2011", "insertText", "5", "11.05.|2011");
    pressed(Kind::Date, "[12.11.]2011", "deleteContentBackward", "", "|..2011");
    pressed(Kind::Date, "01.02.1986|", "deleteContentBackward", "", "01.02.198|");
}

#[test]
fn the_zero_that_came_by_itself_goes_with_its_digit() {
    pressed(Kind::Date, "08|", "deleteContentBackward", "", "|");
    pressed(Kind::Date, "12.07|", "deleteContentBackward", "", "12|");
    pressed(Kind::Date, "01|", "deleteContentBackward", "", "0|");
}

#[test]
fn a_text_that_stands_already_gets_its_separators() {
    pressed(Kind::Phone, "9161|", "", "", "+7 (916) 1|");
    pressed(Kind::Phone, "91|61", "", "", "+7 (91|6) 1");
    pressed(Kind::Date, "01021990|", "", "", "01.02.1990|");
    pressed(Kind::Date, "1 февраля|", "", "", "1 февраля|");
    // Without the sign the month would join the day.
    pressed(Kind::Date, "1/|", "", "", "1/|");
    pressed(Kind::Date, "01/2 |", "", "", "01/2 |");
    pressed(Kind::Date, "01/02/|", "", "", "01.02|");
    pressed(Kind::Snils, "112-233-445 95|", "", "", "112-233-445 95|");
}

#[test]
fn a_pattern_is_digits_letters_and_what_stands_between() {
    let mut page = Page::new("=000-000".into(), "|");
    page.type_keys("770001");
    assert_eq!(page.shown(), "770-001|");
    let mut page = Page::new("=+7 000 000 00 00".into(), "|");
    page.type_keys("8920424113");
    assert_eq!(page.shown(), "8 920 424 11 3|");
    // Nothing mends it later: as soon as the number is whole it is written as the page asks.
    page.type_keys("2");
    assert_eq!(page.shown(), "+7 920 424 11 32|");
    for pattern in ["", "---", "12-00", "Я00", "№ 00 Q", "00|000"] {
        assert_eq!(custom(pattern), None, "{pattern}");
    }
}

#[test]
fn a_pattern_of_a_page_takes_a_pasted_number_in_any_spelling_and_leaves_what_is_none_as_it_is() {
    for (pasted, shown) in [
        ("89161234567", "+7 (916) 123-45-67|"),
        ("+7 916 123 45 67", "+7 (916) 123-45-67|"),
        ("9161234567", "+7 (916) 123-45-67|"),
        ("тел. 8-916-123-45-67", "+7 (916) 123-45-67|"),
        ("8-916-123-45-67 доб. 12", "8-916-123-45-67 доб. 12|"),
        ("тел. 8-916", "тел. 8-916|"),
        ("+44 20 7946 0958", "+44 20 7946 0958|"),
    ] {
        let mut page = Page::new("=+7 (000) 000-00-00".into(), "|");
        page.press("insertFromPaste", pasted);
        assert_eq!(page.shown(), shown);
    }
    let mut page = Page::new("=000-000".into(), "|");
    page.press("insertFromPaste", "код 770001");
    assert_eq!(page.shown(), "770-001|");
}

#[test]
fn only_kinds_with_separators_have_a_mask() {
    for kind in crate::validators::ALL {
        let separators = kind.forms().is_some_and(|mut it| it.any(|form| form.contains([' ', '-'])));
        let own = *kind == Kind::Phone || kind.name().ends_with("date");
        assert_eq!(!of(*kind).is_empty(), separators || own, "{}", kind.name());
    }
}
