//! `podskazka generate` from outside.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::process::Command;

use podskazka::validators::{ALL, check};
use podskazka::verdict::{Context, Day, Verdict};

fn generate(args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_podskazka")).arg("generate").args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn numbers_pass_their_own_check_and_say_that_they_are_artificial() {
    let ctx = Context { today: Day { year: 2026, month: 11, day: 25 }, bik: None };
    for kind in ALL {
        let name = kind.name();
        let (code, out, err) = generate(&[name, "-n", "5", "--seed", "5"]);
        assert_eq!((code, out.lines().count()), (0, 5), "{err}");
        assert!(err.starts_with("# artificial"), "{err}");
        for line in out.lines() {
            assert!(matches!(check(*kind, line, &ctx), Verdict::Complete { .. }), "{name} {line}");
        }
    }
}

#[test]
fn a_seed_repeats_itself() {
    let draw = |seed| generate(&["snils", "-n", "5", "--seed", seed]).1;
    assert_eq!(draw("1"), draw("1"));
    assert_ne!(draw("1"), draw("2"));
}

#[test]
fn objects_carry_the_mark() {
    let (_, out, err) = generate(&["inn", "--json", "--seed", "1"]);
    let row: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((row["kind"].as_str(), row["artificial"].as_bool()), (Some("inn"), Some(true)), "{err}");
    assert!(row["value"].is_string());
}

#[test]
fn a_kind_that_does_not_exist_is_refused() {
    let (code, out, err) = generate(&["inm"]);
    assert!(code == 2 && out.is_empty() && err.contains("inn"), "{err}");
}
