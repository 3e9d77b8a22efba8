//! What must hold for every masked kind and any value of it: no way of typing, pasting or deleting loses a sign, doubles one, or puts
//! the caret behind another.

use podskazka::form::mask;
use podskazka::validators::{ALL, Kind, check, generate};
use podskazka::verdict::{Context, Value, Verdict};

use crate::TODAY;
use crate::masks::Field;
use crate::xorshift::Xorshift;

/// Values drawn of each kind.
const VALUES: usize = 6;
/// Random keys pressed in each value.
const KEYS: usize = 60;

fn value(kind: Kind, text: &str) -> Option<Value> {
    match check(kind, text, &Context { today: TODAY, bik: None }) {
        Verdict::Complete { value, .. } => Some(value),
        _ => None,
    }
}

/// Every masked kind with values of its own: canonical text and display.
fn drawn() -> Vec<(Kind, String, String)> {
    let mut out = Vec::new();
    for kind in ALL.iter().copied().filter(|kind| !mask::of(*kind).is_empty() && !kind.is_secret()) {
        let mut chance = Xorshift::new(1 + out.len() as u64);
        for _ in 0..VALUES {
            let text =
                generate(kind, &mut || chance.below(u32::MAX as usize) as u32).expect("a masked kind can be drawn");
            let it = value(kind, &text).unwrap_or_else(|| panic!("{}: {text} is complete", kind.name()));
            out.push((kind, it.canonical, it.display));
        }
    }
    assert!(out.len() > 20 * VALUES, "{}", out.len());
    out
}

/// What a person has typed: everything but separators; in a phone the digits behind +7.
fn signs(text: &[char]) -> Vec<char> {
    text.iter().copied().filter(|c| c.is_alphanumeric()).collect()
}

/// What does not hold, all of it: one look at the list shows the pattern.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, holds: bool, how: impl FnOnce() -> String) {
        if !holds {
            self.0.push(how());
        }
    }

    /// The field, once it is left, has this value.
    fn unless_complete(&mut self, field: &mut Field, kind: Kind, canonical: &str, how: &str) {
        field.act("blur");
        let got = value(kind, &field.value()).map(|it| it.canonical);
        let holds = got.as_deref() == Some(canonical);
        self.unless(holds, || format!("{} {how}: {:?} for {canonical} {:?}", kind.name(), field.value(), field.said));
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        assert!(std::thread::panicking() || self.0.is_empty(), "{} faults:\n{}", self.0.len(), self.0.join("\n"));
    }
}

#[test]
fn typed_in_any_spelling_it_is_the_same_value() {
    let mut faults = Faults::default();
    for (kind, canonical, display) in drawn() {
        let bare: String = signs(&display.chars().collect::<Vec<_>>()).into_iter().collect();
        for text in [&canonical, &display, &bare] {
            // «2002-01-28» key by key is 20.02.0128 on the way, and is told as an error; pasted it is read.
            if value(kind, text).is_none() || (kind.is_date() && text == &canonical) {
                continue;
            }
            let mut field = Field::new(Some(kind), "", "");
            field.act(&format!("type:{text}"));
            faults.unless_complete(&mut field, kind, &canonical, &format!("typed {text}"));
            // Typed over itself.
            field.act("select");
            field.act(&format!("type:{text}"));
            faults.unless_complete(&mut field, kind, &canonical, &format!("typed over {text}"));
        }
    }
}

#[test]
fn a_phone_is_the_same_with_8_7_and_plus_7() {
    let mut faults = Faults::default();
    for (kind, canonical, _) in drawn().into_iter().filter(|(kind, ..)| *kind == Kind::Phone) {
        let ten = canonical.trim_start_matches("+7");
        for prefix in ["", "8", "7", "+7", "8 ", "+7 ", "8(", "+7(", "8-", "8 ("] {
            for way in ["type", "paste", "autofill", "insert"] {
                let mut field = Field::new(Some(kind), "", "");
                field.act(&format!("{way}:{prefix}{ten}"));
                faults.unless_complete(&mut field, kind, &canonical, &format!("{way} {prefix}{ten}"));
            }
        }
    }
}

#[test]
fn pasted_with_junk_around_it_it_is_the_same_value() {
    let mut faults = Faults::default();
    for (kind, canonical, display) in drawn() {
        for text in [&canonical, &display] {
            for (before, after) in
                [("", ""), (" ", " "), ("\u{a0}", "\n"), ("\u{200b}", "\u{200b}"), ("\u{feff}", ""), ("", ".")]
            {
                let junk = format!("{before}{text}{after}");
                if value(kind, &junk).is_none() {
                    continue;
                }
                for way in ["paste", "autofill", "insert"] {
                    let mut field = Field::new(Some(kind), "", "");
                    field.act(&format!("{way}:{junk}"));
                    faults.unless_complete(&mut field, kind, &canonical, &format!("{way} {junk:?}"));
                }
                // Over what stood there.
                let mut field = Field::new(Some(kind), "", "");
                field.act(&format!("type:{display}"));
                field.act("select");
                field.act(&format!("paste:{junk}"));
                faults.unless_complete(&mut field, kind, &canonical, &format!("pasted over {junk:?}"));
            }
        }
    }
}

#[test]
fn deleted_at_any_place_and_typed_again_it_is_the_same_value() {
    let mut faults = Faults::default();
    for (kind, canonical, display) in drawn() {
        let mut field = Field::new(Some(kind), "", "");
        field.act(&format!("type:{display}"));
        field.act("blur");
        let full = field.value();
        let all = signs(&field.text);
        for at in 0..=field.text.len() {
            for key in ["Backspace", "Delete"] {
                let mut field = Field::new(Some(kind), "", "");
                field.act(&format!("paste:{full}"));
                faults
                    .unless(field.value() == full, || format!("{} pasted {full:?}: {:?}", kind.name(), field.value()));
                field.act(&format!("caret:{at}"));
                field.act(&format!("key:{key}"));
                let how = format!("{} {full:?}, {key} at {at}: {:?}|{}", kind.name(), field.value(), field.caret);
                let left = signs(&field.text);
                let before = signs(&field.text[..field.caret]).len();
                match all.len() - left.len() {
                    // The caret passed a separator, or stood at the edge.
                    0 => faults.unless(left == all, || how.clone()),
                    1 => {
                        let mut expected = all.clone();
                        let gone = expected.remove(before);
                        assert_eq!(left, expected, "{how}");
                        field.act(&format!("type:{gone}"));
                        assert_eq!(signs(&field.text), all, "{how}, then {gone}: {:?}", field.value());
                        assert_eq!(
                            signs(&field.text[..field.caret]).len(),
                            before + 1,
                            "{how}, then {gone}: {:?}|{}",
                            field.value(),
                            field.caret
                        );
                        faults.unless_complete(&mut field, kind, &canonical, &how);
                    }
                    // A zero that only spells the digit behind it (`08`) goes with it.
                    2 if kind.is_date() && all[before] == '0' => {
                        field.act(&format!("type:{}", all[before + 1]));
                        faults.unless_complete(&mut field, kind, &canonical, &how);
                    }
                    more => faults.unless(false, || format!("{how}: {more} signs are gone")),
                }
            }
        }
    }
}

#[test]
fn a_digit_too_many_stands_or_is_refused_with_a_reason() {
    let mut faults = Faults::default();
    let (mut stood, mut refused) = (0, 0);
    for (kind, _, display) in drawn() {
        for at in 0..=display.chars().count() {
            for digit in '0'..='9' {
                let mut field = Field::new(Some(kind), "", "");
                field.act(&format!("paste:{display}"));
                let (full, all) = (field.text.clone(), signs(&field.text));
                let before = signs(&full[..at.min(full.len())]).len();
                field.act(&format!("caret:{at}"));
                field.said.clear();
                field.act(&format!("type:{digit}"));
                let mut more = all.clone();
                more.insert(before, digit);
                let now = signs(&field.text);
                // «+7» is spelling; a 7 or 8 before the code is the same, and what is made of it is said.
                let bare = kind == Kind::Phone && field.text.first() != Some(&'+');
                let stands = now == more || (bare && now == more[1..]);
                let said = |what: &str| field.said.iter().any(|it| it.contains(what));
                let prefixed = kind == Kind::Phone && now.len() == all.len() && said("Записано");
                let told = prefixed || (field.text == full && said("уже заполнено"));
                (stood, refused) = (stood + u32::from(stands), refused + u32::from(told));
                faults.unless(stands != told, || {
                    format!("{} {display:?}, {digit} at {at}: {:?} {:?}", kind.name(), field.value(), field.said)
                });
            }
        }
    }
    assert!(stood > 0 && refused > 0, "{stood} stood, {refused} were refused");
}

/// A number of another document, typed key by key into a field with less room: it stays whole, and the field does not take it.
#[test]
fn another_number_typed_into_a_shorter_mask_stays_whole() {
    let mut faults = Faults::default();
    let mut tried = 0;
    let ctx = Context { today: TODAY, bik: None };
    let others = ["11223344595", "90112233430", "500100010126", "500100022241", "89161234567", "79161234567"];
    for kind in [Kind::Phone, Kind::Passport, Kind::Snils, Kind::DriverLicence, Kind::Sts] {
        let most = kind.forms().map_or(10, |forms| forms.map(|form| form.matches('9').count()).max().unwrap_or(0));
        for number in others.iter().filter(|it| most < it.len() && (kind != Kind::Phone || !it[1..].starts_with('9'))) {
            let mut field = Field::new(Some(kind), "", "");
            field.act(&format!("type:{number}"));
            let typed = field.value();
            field.act("blur");
            let wrong = matches!(check(kind, &field.value(), &ctx), Verdict::Fault(_));
            let whole = typed == *number && field.value() == *number;
            faults.unless(whole && wrong, || format!("{} {number}: {typed:?}, {:?}", kind.name(), field.value()));
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn backspace_pressed_often_enough_empties_the_field_one_sign_at_a_time() {
    let mut faults = Faults::default();
    for (kind, _, display) in drawn() {
        let mut field = Field::new(Some(kind), "", "");
        field.act(&format!("type:{display}"));
        let mut left = signs(&field.text).len();
        for _ in 0..2 * display.chars().count() {
            let before = field.value();
            field.act("key:Backspace");
            let now = signs(&field.text).len();
            let how = || format!("{}: {before:?} became {:?}", kind.name(), field.value());
            let spelled = kind.is_date() && left - now == 2;
            faults.unless(left - now <= 1 || spelled || now == 0, how);
            left = now;
        }
        faults.unless(field.value().is_empty(), || format!("{} is not empty: {:?}", kind.name(), field.value()));
    }
}

#[test]
fn random_keys_never_change_a_sign_that_nobody_pressed() {
    let mut faults = Faults::default();
    for (kind, canonical, display) in drawn().into_iter().filter(|(kind, ..)| !kind.is_date()) {
        let mut chance =
            Xorshift::new(canonical.len() as u64 * 7919 + u64::from(canonical.bytes().last().unwrap_or(0)));
        let mut field = Field::new(Some(kind), "", "");
        let pool = signs(&display.chars().collect::<Vec<_>>());
        for _ in 0..KEYS {
            let (all, at) = (signs(&field.text), signs(&field.text[..field.caret]).len());
            let was = format!("{:?}|{}", field.value(), field.caret);
            let (action, kept) = match chance.below(10) {
                0..=4 => {
                    let c = pool[chance.below(pool.len())];
                    (format!("type:{c}"), true)
                }
                5 => ("key:Backspace".to_owned(), true),
                6 => ("key:Delete".to_owned(), true),
                7 => ("key:ArrowLeft*3".to_owned(), false),
                8 => ("key:ArrowRight*2".to_owned(), false),
                _ => (format!("caret:{}", chance.below(field.text.len() + 1)), false),
            };
            field.act(&action);
            let (now, to) = (signs(&field.text), signs(&field.text[..field.caret]).len());
            let how = format!("{}: {was}, {action}: {:?}|{}", kind.name(), field.value(), field.caret);
            if !kept {
                faults.unless(now == all, || how);
                continue;
            }
            // The prefix of a phone is spelling: 8, 7 and +7 are one and the same.
            if kind == Kind::Phone {
                let ten = |it: &[char]| {
                    let skip = usize::from(matches!(it, ['7' | '8', rest @ ..] if rest.len() > 9));
                    it[skip..].to_vec()
                };
                let prefixed = |it: &[char]| matches!(it, ['7' | '8', ..]);
                faults
                    .unless(ten(&now).len().abs_diff(ten(&all).len()) <= 1 || prefixed(&now) || prefixed(&all), || how);
                continue;
            }
            let mut expected = all.clone();
            match now.len() as isize - all.len() as isize {
                0 => {}
                1 => expected.insert(to - 1, now[to - 1]),
                -1 => {
                    expected.remove(to);
                }
                _ => {
                    faults.unless(false, || how);
                    continue;
                }
            }
            faults.unless(now == expected && to.abs_diff(at) <= 1, || how);
        }
    }
}
