//! A form session under any order of events. Lines of the input are events: a letter, a field, a text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::form::mask::Press;
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
        let mut effects: Vec<Effect> = Vec::new();
        let end = text.encode_utf16().count() as u32;
        match event {
            'a' => {
                let kind = ALL.get(text.len() % (ALL.len() + 1)).copied();
                let label = "Поле".to_owned();
                let (required, never) = (text.len() % 2 == 0, text.len() % 3 == 0);
                session.add_field(FieldSpec { id: field, label, kind, required, never, ..FieldSpec::default() });
            }
            'b' => session.blur(&mut effects, field, text),
            's' => {
                session.submit(&mut effects, &[(field, text), (field + 1, text)]);
            }
            'h' => session.host_error(field, (!text.is_empty()).then(|| text.to_owned())),
            'x' => session.remove(&mut effects, field),
            'r' => session.reset(&mut effects),
            'u' => session.undone(&mut effects, field, text),
            'p' => session.press(&mut effects, field, text.len().checked_sub(1)),
            't' | 'd' => {
                let intent = if event == 't' { "insertText" } else { "deleteContentBackward" };
                let data = if event == 't' { "1" } else { "" };
                session.before(&mut effects, field, &Press { text, from: end / 2, to: end, data, intent }, end);
            }
            _ => session.changed(&mut effects, field, &Press { text, from: end, to: end, ..Press::default() }),
        }
        let said = effects.iter().filter(|e| matches!(e, Effect::Announce(_))).count();
        assert!(said <= 1, "one action, one announcement");
        drop((session.codes(), session.states().count()));
    }
});
