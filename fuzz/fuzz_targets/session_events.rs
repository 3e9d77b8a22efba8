//! A form session under any order of events. Lines of the input are events: a letter, a field, a text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::form::{Effect, FieldSpec, Session};
use podskazka::messages::Words;
use podskazka::validators::ALL;
use podskazka::verdict::Day;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut session = Session::new(Day { year: 2026, month: 11, day: 25 }, Words::russian());
    for line in text.split('\n') {
        let mut chars = line.chars();
        let (event, field) = (chars.next().unwrap_or('i'), chars.next().map_or(0, u32::from) % 8);
        let text = chars.as_str();
        let effects = match event {
            'a' => {
                let kind = ALL.get(text.len() % (ALL.len() + 1)).copied();
                let (name, label) = ("f".to_owned(), "Поле".to_owned());
                let (required, never) = (text.len() % 2 == 0, text.len() % 3 == 0);
                session.add_field(FieldSpec { id: field, name, label, kind, required, never, ..FieldSpec::default() });
                Vec::new()
            }
            'b' => session.blur(field, text),
            's' => {
                let effects = session.submit(&[(field, text), (field + 1, text)]);
                let ends = effects.iter().filter(|e| matches!(e, Effect::Block | Effect::Allow)).count();
                assert_eq!(ends, 1, "a submit is let through or stopped");
                effects
            }
            'h' => {
                session.host_error(field, (!text.is_empty()).then(|| text.to_owned()));
                Vec::new()
            }
            'x' => session.remove(field),
            'r' => session.reset(),
            _ => session.input(field, text),
        };
        let said = effects.iter().filter(|e| matches!(e, Effect::Announce(_))).count();
        assert!(said <= 1, "one action, one announcement");
        drop((session.codes(), session.snapshot()));
    }
});
