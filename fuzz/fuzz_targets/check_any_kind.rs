//! Any text as any kind: the first byte picks the kind, the rest is the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::messages::Words;
use podskazka::validators::{ALL, Outcome, check, look};
use podskazka::verdict::{Context, Day, Verdict};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let kind = ALL[usize::from(*first) % ALL.len()];
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: Some("044525225") };
    let verdict = check(kind, &text, &ctx);
    let outcome = look(kind, &text, &ctx);
    match verdict {
        Verdict::Complete { .. } => assert!(matches!(outcome, Outcome::Complete(_))),
        Verdict::Partial { missing, .. } => assert_eq!(outcome, Outcome::Partial(missing)),
        Verdict::Fault(fault) => {
            assert!(matches!(outcome, Outcome::Fault(_)));
            let width = text.encode_utf16().count() as u32;
            assert!(fault.span.start <= fault.span.end && fault.span.end <= width);
            let edits = fault.fixes.iter().flat_map(|fix| &fix.edits);
            assert!(edits.into_iter().all(|edit| edit.start <= edit.end && edit.end <= width));
            assert!(Words::russian().fault("Поле", &fault).starts_with("Поле: "));
        }
    }
});
