//! Runs every file of `tests/cases` against the core.
//!
//! A file is `{"kind", "aliases"?, "cases": [{"value", "bik"?, "today"?, "verdict", "code"?, "span"?, "fix"?, "canonical"?,
//! "warning"?, "missing"?, "peers"?, "why"}]}`, one case a line; `peers` are the libraries that judge the value otherwise (written by
//! `cargo xtask bench peers`), `why` is the reason of ours; `fix` is a value that is offered beside the verdict, the empty one where nothing is. `verdict` is `complete`, `partial` or `fault`, or `incomplete` where either of the last two is right. It
//! follows from the facts, never from a run of this code. The cases hold under each alias of the kind too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use podskazka::validators::codes::CODES;
use podskazka::validators::{Kind, check, suggestion};
use podskazka::verdict::{Context, Day, Fault, Verdict};
use serde::Deserialize;

use crate::TODAY;
use crate::kinds::{kind, names};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    #[serde(default)]
    aliases: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    value: String,
    bik: Option<String>,
    today: Option<String>,
    verdict: String,
    code: Option<String>,
    canonical: Option<String>,
    warning: Option<String>,
    span: Option<[u32; 2]>,
    fix: Option<String>,
    missing: Option<u32>,
    #[serde(default)]
    peers: Vec<String>,
    why: String,
}

/// The libraries that `cargo xtask bench peers` runs over the cases; `keying` and `ru-codes` are read, npm has them no more.
const PEERS: [&str; 14] = [
    "is-inn-js",
    "keying",
    "npm stdnum",
    "petrovna",
    "presidio-ru",
    "python-stdnum",
    "rigour",
    "ru-codes",
    "ru-id-validators",
    "ru-pii",
    "ru-requisites",
    "ru-validation-codes",
    "ru-value-validator",
    "validators",
];

fn files() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file: File = serde_json::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(path.file_stem().unwrap(), file.kind.as_str(), "a file is named after its kind");
        out.push(file);
    }
    out.sort_by(|a, b| a.kind.cmp(&b.kind));
    out
}

fn day(text: &str) -> Day {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().unwrap());
    let mut next = || parts.next().unwrap();
    Day { year: next(), month: next() as u8, day: next() as u8 }
}

impl Case {
    /// What is wrong with the core's answer, if anything.
    fn judge(&self, kind: Kind) -> Option<String> {
        let today = self.today.as_deref().map_or(TODAY, day);
        let verdict = check(kind, &self.value, &Context { today, bik: self.bik.as_deref() });
        let place_fits = match &verdict {
            Verdict::Complete { .. } => true,
            Verdict::Partial { missing, .. } => self.missing.is_none_or(|wanted| wanted == *missing),
            Verdict::Fault(Fault { span, .. }) => self.span.is_none_or(|wanted| wanted == [span.start, span.end]),
        };
        let offers: Vec<String> = match &verdict {
            Verdict::Complete { .. } => suggestion(kind, &self.value).into_iter().collect(),
            Verdict::Partial { fixes, .. } | Verdict::Fault(Fault { fixes, .. }) => {
                fixes.iter().map(|fix| fix.value.clone()).collect()
            }
        };
        let offered = |wanted: &String| if wanted.is_empty() { offers.is_empty() } else { offers.contains(wanted) };
        let place_fits = place_fits && self.fix.as_ref().is_none_or(offered);
        let (found, code, canonical, warnings) = match verdict {
            Verdict::Complete { value, warnings } => ("complete", None, Some(value.canonical), warnings),
            Verdict::Partial { .. } => ("partial", None, None, Vec::new()),
            Verdict::Fault(fault) => ("fault", Some(fault.code), None, Vec::new()),
        };
        let verdict_fits = self.verdict == found || self.verdict == "incomplete" && found != "complete";
        let code_fits = self.code.is_none() || self.code == code;
        let canonical_fits = self.canonical.is_none() || self.canonical == canonical;
        let warned = self.warning.is_none() || warnings.iter().any(|w| self.warning.as_ref() == Some(&w.code));
        (!verdict_fits || !code_fits || !canonical_fits || !warned || !place_fits).then(|| {
            let bik = self.bik.as_deref().map_or(String::new(), |b| format!(" with BIK {b}"));
            let wanted = [Some(&self.verdict), self.code.as_ref(), self.canonical.as_ref(), self.warning.as_ref()];
            let wanted: Vec<&str> = wanted.into_iter().flatten().map(String::as_str).collect();
            let extra = code.or(canonical).unwrap_or_default();
            let place = if place_fits { "" } else { " in another place or with other fixes" };
            format!("{:?}{bik}: {found} {extra}{place}, but {} ({})", self.value, wanted.join(" "), self.why)
        })
    }
}

#[test]
fn the_core_agrees_with_every_case() {
    let mut wrong = Vec::new();
    for file in files() {
        for name in std::iter::once(&file.kind).chain(&file.aliases) {
            match Kind::parse(name) {
                None => wrong.push(format!("{name}: no such kind")),
                Some(kind) => {
                    let found = file.cases.iter().filter_map(|case| case.judge(kind));
                    wrong.extend(found.map(|text| format!("{name} {text}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_kind_has_accepting_and_rejecting_cases() {
    let mut seen: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for file in files() {
        let counts = seen.entry(file.kind).or_default();
        for case in &file.cases {
            let verdicts = ["complete", "incomplete", "partial", "fault"];
            assert!(verdicts.contains(&case.verdict.as_str()), "{}: verdict `{}`", case.value, case.verdict);
            assert!(!case.why.is_empty(), "{}: a case without a reason", case.value);
            counts[usize::from(case.verdict != "complete")] += 1;
        }
    }
    for name in names() {
        let [accepting, rejecting] = seen.get(name).copied().unwrap_or_default();
        // A free text has nothing to reject.
        assert!(accepting > 0 && (rejecting > 0 || name == "text"), "{name}: {accepting} and {rejecting} cases");
    }
}

/// A code that no case meets is untested or dead. `length` also comes after a submit alone, and `long` needs long texts.
#[test]
fn every_code_is_met_by_a_case() {
    let mut met = BTreeSet::new();
    for file in files() {
        for case in &file.cases {
            let today = case.today.as_deref().map_or(TODAY, day);
            match check(kind(&file.kind), &case.value, &Context { today, bik: case.bik.as_deref() }) {
                Verdict::Complete { warnings, .. } => met.extend(warnings.into_iter().map(|w| w.code)),
                Verdict::Fault(fault) => drop(met.insert(fault.code)),
                Verdict::Partial { .. } => {}
            }
        }
    }
    let all = CODES.iter().flat_map(|(kind, faults, doubts)| {
        let faults = faults.iter().filter(|flaw| !matches!(**flaw, "length" | "long"));
        faults.chain(*doubts).map(move |flaw| format!("{kind}.{flaw}"))
    });
    let missed: Vec<String> = all.filter(|code| !met.contains(code)).collect();
    assert!(missed.is_empty(), "no case meets {missed:?}");
}

/// Where a library judges a value otherwise, the case names it and says by which rule it is ours that holds.
#[test]
fn a_disagreement_with_a_peer_is_a_case_with_its_reason() {
    let mut met = BTreeSet::new();
    for file in files() {
        for Case { value, peers, why, verdict, canonical, .. } in &file.cases {
            let known = peers.iter().all(|peer| PEERS.contains(&peer.as_str()));
            assert!(known && peers.is_sorted(), "{value}: peers {peers:?}; write them by `cargo xtask bench peers`");
            let told = why.split(' ').count() > 2 && why != "a spelling that people use";
            assert!(peers.is_empty() || told, "{value}: «{why}» does not say why {peers:?} are not followed");
            met.extend(peers.clone());
            // The rule that python-stdnum lacks: a remainder above 9 counts by its last digit.
            if let (Some(number), "ogrnip") = (canonical, file.kind.as_str()) {
                let body: u64 = number[..14].parse().unwrap();
                let lacks = verdict == "complete" && body % 13 > 9 && *value == *number;
                assert_eq!(lacks, peers.iter().any(|peer| peer == "python-stdnum"), "{number}");
            }
        }
    }
    assert!(met.iter().eq(PEERS), "a peer without a case: {met:?}");
}

#[test]
fn dates_are_spelled_in_five_hundred_ways() {
    let dates = files().into_iter().find(|f| f.kind == "date").unwrap();
    let spellings = dates.cases.iter().filter(|c| c.verdict == "complete").count();
    assert!(spellings >= 500, "{spellings}");
    assert!(dates.cases.iter().filter(|c| c.verdict == "complete").all(|c| c.canonical.is_some()));
}

/// Person numbers of the cases are artificial: ИНН stand in the series 5001 000 (or region 00), СНИЛС start with 9, lie
/// below the range that has check numbers, or are the fund's own sample.
#[test]
fn person_numbers_are_artificial() {
    for file in files() {
        for case in file.cases.iter().filter(|c| c.verdict == "complete") {
            let number = case.canonical.as_deref().unwrap_or_default();
            let fine = match file.kind.as_str() {
                "inn" | "inn_person" if number.len() == 12 => number.starts_with("5001000") || number.starts_with("00"),
                "snils" => number.starts_with('9') || number.starts_with("00") || number == "11223344595",
                "ogrnip" => number.get(3..8).is_some_and(|body| body == "50000"),
                _ => true,
            };
            assert!(fine, "{} {number}", file.kind);
        }
    }
}

#[test]
fn a_case_that_differs_is_reported() {
    let case = |verdict: &str, code: Option<&str>| Case {
        value: "7707083894".into(),
        bik: None,
        today: None,
        verdict: verdict.into(),
        code: code.map(str::to_owned),
        canonical: None,
        warning: None,
        span: None,
        fix: None,
        missing: None,
        peers: Vec::new(),
        why: "check digit".into(),
    };
    assert!(case("complete", None).judge(kind("inn")).is_some());
    assert!(case("fault", Some("inn.length")).judge(kind("inn")).is_some());
    assert_eq!(case("fault", Some("inn.checksum")).judge(kind("inn")), None);
    assert_eq!(case("incomplete", None).judge(kind("inn")), None);
}

/// What cannot be read whole is not offered as what can be read of it: another document, a lost extension.
#[test]
fn a_fix_cuts_nothing_off() {
    let context = Context { today: TODAY, bik: None };
    let fixes = |name: &str, value: &str| match check(kind(name), value, &context) {
        Verdict::Fault(fault) => fault.fixes.len(),
        _ => panic!("{name} «{value}» is no fault"),
    };
    for value in ["ХПI-МЮ 123456", "УП-МЮ 123456", "XXП-МЮ 123456"] {
        assert_eq!(fixes("birth_certificate", value), 0, "{value}");
    }
    for value in ["8 916 123-45-67, 8 916 123-45-68", "(495) 123-45-67 доб. 12"] {
        assert_eq!(fixes("phone", value), 0, "{value}");
    }
    assert_eq!(fixes("birth_certificate", "II-БЮ 12З456"), 1, "the one that rewrites the whole is still there");
}
