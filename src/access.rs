//! The access check («Не работает портал?»): what a measurement of the page means for the person.
//!
//! The page measures, this table judges. A probe has one number; the last step that the number reaches is its verdict: how
//! bad it is, and a code (`access.probe.step`) whose words stand in `messages/access.*.txt`. Every fault says what to do.
//!
//! # Examples
//! ```
//! use podskazka::access::{Level, judge};
//! // The clock of the device is ten minutes ahead of the server's.
//! assert_eq!(judge("clock", 600.0).map(|it| (it.level, it.step)), Some((Level::Bad, "ahead")));
//! assert_eq!(judge("clock", 3.0).map(|it| it.level), Some(Level::Good));
//! // What could not be measured is never called good.
//! assert_eq!(judge("link", f64::NAN).map(|it| it.level), Some(Level::Unknown));
//! ```

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing to do.
    Good,
    /// Worth knowing, nothing to do.
    Note,
    /// The portal works badly.
    Fair,
    /// The portal does not work, or a part of it.
    Bad,
    /// It could not be measured here.
    Unknown,
}

impl Level {
    /// Every level.
    pub const ALL: [Level; 5] = [Level::Good, Level::Note, Level::Fair, Level::Bad, Level::Unknown];

    /// The stable name, as the page reads it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Good => "good",
            Level::Note => "note",
            Level::Fair => "fair",
            Level::Bad => "bad",
            Level::Unknown => "unknown",
        }
    }
}

/// What a measurement means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    pub level: Level,
    /// The last part of the code.
    pub step: &'static str,
    /// Id of the article that tells more; empty where there is none.
    pub article: &'static str,
}

/// From this number on, so bad, under this code.
type Step = (f64, Level, &'static str);

/// A probe, the article about it, its steps from the lowest number up.
type Probe = (&'static str, &'static str, &'static [Step]);

use Level::{Bad, Fair, Good, Note};

const LOW: f64 = f64::NEG_INFINITY;
/// Minutes of a clock that certificates and one-time codes still forgive.
const SKEW: f64 = 120.0;
const TOP: f64 = f64::INFINITY;

/// Yes or no: 0 is the fault.
const fn must(step: &'static str, level: Level) -> [Step; 2] {
    [(LOW, level, step), (1.0, Good, "good")]
}

/// Every probe, in the order in which a person reads them.
pub const PROBES: &[Probe] = &[
    ("online", "no-network", &must("off", Bad)),
    ("server", "no-network", &[(LOW, Bad, "none"), (1.0, Good, "good"), (2.0, Bad, "strange")]),
    ("service", "", &[(LOW, Good, "good"), (1.0, Bad, "notices")]),
    ("endpoints", "no-network", &[(LOW, Good, "good"), (1.0, Bad, "some")]),
    // Milliseconds of one small request: people feel a second; at three a page of forty files takes minutes.
    ("link", "slow-page", &[(LOW, Good, "good"), (800.0, Fair, "slow"), (3_000.0, Bad, "crawl"), (TOP, Bad, "none")]),
    // Hundredths of requests without an answer: one of ten may be chance.
    ("loss", "slow-page", &[(LOW, Good, "good"), (10.0, Fair, "some"), (40.0, Bad, "much")]),
    // Kilobits a second, counted down: below 100 a form of half a megabyte takes 40 seconds.
    ("speed", "slow-page", &[(LOW, Bad, "crawl"), (100.0, Fair, "slow"), (500.0, Good, "good")]),
    // Milliseconds until the name is found, and until the line is safe.
    ("names", "no-network", &[(LOW, Good, "good"), (1_000.0, Fair, "slow")]),
    ("tls", "no-network", &[(LOW, Good, "good"), (1_500.0, Fair, "slow")]),
    // Seconds that the device is ahead of the server.
    ("clock", "browser", &[(LOW, Bad, "behind"), (-SKEW, Good, "good"), (SKEW, Bad, "ahead")]),
    ("secure", "phishing-site", &must("plain", Bad)),
    ("blocker", "browser", &[(LOW, Good, "good"), (1.0, Fair, "blocks")]),
    ("proxy", "browser", &[(LOW, Good, "good"), (1.0, Note, "seen")]),
    // What the widget needs of an engine: below the first step pages break, below the second safety updates are missing.
    ("chromium", "browser", &[(LOW, Bad, "old"), (105.0, Fair, "aging"), (125.0, Good, "good")]),
    ("firefox", "browser", &[(LOW, Bad, "old"), (121.0, Fair, "aging"), (128.0, Good, "good")]),
    ("safari", "browser", &[(LOW, Bad, "old"), (16.4, Fair, "aging"), (17.0, Good, "good")]),
    ("features", "browser", &[(LOW, Good, "good"), (1.0, Bad, "missing")]),
    ("cookies", "browser", &must("off", Bad)),
    ("storage", "browser", &must("off", Bad)),
    // Megabytes that are left for what waits to be sent.
    ("room", "browser", &[(LOW, Fair, "full"), (5.0, Good, "good")]),
    ("live", "browser", &[(LOW, Fair, "none"), (1.0, Good, "good"), (2.0, Note, "held")]),
    ("crypto", "browser", &must("off", Bad)),
    ("wasm", "", &must("off", Note)),
    (
        "account",
        "account-recovery",
        &[(LOW, Note, "out"), (1.0, Good, "good"), (2.0, Bad, "blocked"), (3.0, Fair, "expired")],
    ),
    ("signature", "esignature", &must("none", Note)),
    // Hundredths of enlargement.
    ("zoom", "accessibility", &[(LOW, Good, "good"), (200.0, Note, "large")]),
    ("contrast", "accessibility", &[(LOW, Good, "good"), (1.0, Note, "forced")]),
];

/// The table as the page reads it: `probe article number:level:step …`, a line a probe; `-` is no article. The page's own
/// reader (`widget/panel/later/access/judge.ts`) is three lines; `cases.json` beside it holds it to [`judge`].
pub fn table() -> String {
    let step = |it: &Step| [number(it.0), ":".into(), it.1.name().into(), ":".into(), it.2.into()].concat();
    let line = |(name, article, steps): &Probe| {
        let steps: Vec<_> = steps.iter().map(step).collect();
        [*name, if article.is_empty() { "-" } else { *article }, &steps.join(" ")].join(" ")
    };
    PROBES.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// As JavaScript reads it.
fn number(value: f64) -> String {
    match value {
        LOW => "-Infinity".into(),
        TOP => "Infinity".into(),
        value => value.to_string(),
    }
}

/// What the number of a probe means; `None` for a probe that is not ours. What is no number was not measured.
pub fn judge(probe: &str, value: f64) -> Option<Verdict> {
    let (_, article, steps) = PROBES.iter().find(|it| it.0 == probe)?;
    let step = steps.iter().rev().find(|it| value >= it.0);
    let (level, step) = step.map_or((Level::Unknown, "unknown"), |it| (it.1, it.2));
    Some(Verdict { level, step, article })
}

/// Most lines of a result.
pub const MAX_LINES: usize = 40;

/// Whether a text is a line of a result: a code of ours and perhaps a number. Nothing else travels with a letter.
///
/// ```
/// assert!(podskazka::access::is_line("access.clock.ahead 620.5"));
/// assert!(!podskazka::access::is_line("access.clock.ahead anna@example.ru"));
/// ```
pub fn is_line(line: &str) -> bool {
    let (code, number) = line.split_once(' ').unwrap_or((line, "0"));
    let code = code.strip_prefix("access.").unwrap_or_default();
    let named = !code.is_empty() && code.bytes().all(|it| it.is_ascii_lowercase() || it == b'.');
    let number = number.strip_prefix('-').unwrap_or(number);
    let counts = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    named && counts && line.len() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(probe: &str, value: f64, level: Level, step: &str) {
        let found = judge(probe, value).map(|it| (it.level, it.step));
        assert_eq!(found, Some((level, step)), "{probe} {value}");
    }

    #[test]
    fn each_step_begins_at_its_number() {
        check("clock", -121.0, Bad, "behind");
        check("clock", -120.0, Good, "good");
        check("clock", 119.9, Good, "good");
        check("clock", 120.0, Bad, "ahead");
        check("link", 799.0, Good, "good");
        check("link", 800.0, Fair, "slow");
        check("link", f64::INFINITY, Bad, "none");
        check("speed", 99.0, Bad, "crawl");
        check("server", 0.0, Bad, "none");
        check("server", 2.0, Bad, "strange");
        check("account", 3.0, Fair, "expired");
    }

    #[test]
    fn what_was_not_measured_is_not_called_good() {
        for (probe, ..) in PROBES {
            check(probe, f64::NAN, Level::Unknown, "unknown");
        }
        assert_eq!(judge("weather", 1.0), None);
    }

    #[test]
    fn a_line_is_a_code_and_a_number() {
        for line in ["access.clock.behind -620", "access.link.none", "access.speed.slow 120.5"] {
            assert!(is_line(line), "{line}");
        }
        for line in ["", "access.", "clock.ahead 1", "access.clock.ahead ", "access.clock.ahead 1 2", "access.Имя 1"]
        {
            assert!(!is_line(line), "{line}");
        }
        assert!(!is_line(&["access.", &"a".repeat(60)].concat()));
    }

    /// The same cases run in the page's reader.
    #[test]
    fn shared_cases() {
        let cases: serde_json::Value =
            serde_json::from_str(include_str!("../widget/panel/later/access/cases.json")).expect("the cases are JSON");
        for case in cases.as_array().expect("a list") {
            let (probe, value) = (case[0].as_str().expect("a probe"), &case[1]);
            let value = value.as_f64().unwrap_or(if value == "Infinity" { TOP } else { f64::NAN });
            let found = judge(probe, value).map(|it| [it.level.name(), it.step, it.article].join(" "));
            assert_eq!(found.unwrap_or_default(), case[2].as_str().expect("a verdict"), "{probe} {value}");
        }
        assert!(table().starts_with("online no-network -Infinity:bad:off 1:good:good\n"));
    }

    #[test]
    fn steps_go_up_and_start_below_everything() {
        for (probe, _, steps) in PROBES {
            assert_eq!(steps.first().map(|it| it.0), Some(LOW), "{probe}");
            assert!(steps.windows(2).all(|it| it[0].0 < it[1].0), "{probe}");
            assert!(steps.iter().any(|it| it.1 == Good), "{probe}: nothing is good");
        }
    }

    #[test]
    fn every_code_has_words_in_both_languages_and_every_article_is_there() {
        for words in [include_str!("messages/access.ru.txt"), include_str!("messages/access.en.txt")] {
            let has = |key: &str| words.lines().any(|line| line.starts_with(&[key, " = "].concat()));
            for (probe, article, steps) in PROBES {
                // Three engines, one name of what is checked.
                let name = if ["chromium", "firefox", "safari"].contains(probe) { "browser" } else { probe };
                assert!(has(&[name, ".name"].concat()), "{name}.name");
                for (_, level, step) in steps.iter().filter(|it| it.1 != Good) {
                    assert!(has(&[name, ".", step].concat()), "{name}.{step}");
                    assert!(*level == Note || has(&[name, ".", step, ".fix"].concat()), "{name}.{step}.fix");
                }
                let path = ["www/faq/", article, ".md"].concat();
                assert!(article.is_empty() || std::path::Path::new(&path).exists(), "{path}");
            }
        }
    }
}
