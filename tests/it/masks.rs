//! Masks played key by key through a form session, as a page would: `tests/masks/cases.json`, and recorded cases of others by
//! path: `MASK_CASES=cases.jsonl cargo test -p podskazka --test it masks -- --ignored --nocapture`.

use podskazka::form::mask::Press;
use podskazka::form::{Effect, FieldSpec, Session};
use podskazka::messages::Words;
use podskazka::validators::Kind;
use podskazka::verdict::Day;
use serde_json::Value;

/// One field of a page: its text, its selection, and a browser's own way with keys.
pub struct Field {
    session: Session,
    pub text: Vec<char>,
    /// Where a selection began, and where the caret is.
    anchor: usize,
    pub caret: usize,
    /// Reasons of refused keys, and what chips said.
    pub said: Vec<String>,
    chip: bool,
}

impl Field {
    pub fn new(kind: Option<Kind>, mask: &str, initial: &str) -> Self {
        let mut session = Session::new(Day { year: 2026, month: 11, day: 25 }, Words::russian());
        let spec = FieldSpec { id: 1, label: "Поле".into(), kind, mask: mask.into(), ..FieldSpec::default() };
        session.add_field(spec);
        session.observe(1, initial);
        let text: Vec<char> = initial.chars().collect();
        let end = text.len();
        Self { session, text, anchor: end, caret: end, said: Vec::new(), chip: false }
    }

    pub fn value(&self) -> String {
        self.text.iter().collect()
    }

    fn show(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Replace { from, to, text, caret, .. } => {
                    self.text.splice(from as usize..to as usize, text.chars());
                    self.go(caret as usize, false);
                }
                Effect::Announce(text) => self.said.push(text),
                Effect::Chip { .. } => self.chip = true,
                Effect::ClearChip { .. } => self.chip = false,
                _ => {}
            }
        }
    }

    fn go(&mut self, to: usize, select: bool) {
        self.caret = to.min(self.text.len());
        if !select {
            self.anchor = self.caret;
        }
    }

    fn selection(&self) -> (usize, usize) {
        (self.anchor.min(self.caret), self.anchor.max(self.caret))
    }

    /// A press that the session sees first; what it leaves to the browser is done as a browser does it.
    fn press(&mut self, intent: &str, data: &str) {
        let (from, to) = self.selection();
        let text = self.value();
        let mut effects = Vec::new();
        let press = Press { text: &text, from: from as u32, to: to as u32, data, intent };
        let handled = self.session.before(&mut effects, 1, &press, 0);
        self.show(effects);
        if handled {
            return;
        }
        let end = self.text.len();
        let (from, to) = match intent {
            _ if from != to => (from, to),
            "deleteContentBackward" => (from.saturating_sub(1), to),
            "deleteContentForward" => (from, (to + 1).min(end)),
            "deleteWordBackward" | "deleteSoftLineBackward" => (0, to),
            "deleteWordForward" | "deleteSoftLineForward" => (from, end),
            _ => (from, to),
        };
        if from == to && data.is_empty() {
            return;
        }
        self.text.splice(from..to, data.chars());
        self.go(from + data.chars().count(), false);
        self.changed(intent);
    }

    fn changed(&mut self, intent: &str) {
        let text = self.value();
        let at = self.caret as u32;
        let mut effects = Vec::new();
        self.session.changed(&mut effects, 1, &Press { text: &text, from: at, to: at, data: "", intent });
        self.show(effects);
    }

    fn set(&mut self, text: &str) {
        self.text = text.chars().collect();
        self.go(self.text.len(), false);
    }

    /// One action of the cases; false for one that only a browser can do.
    pub fn act(&mut self, action: &str) -> bool {
        let (name, rest) = action.split_once(':').unwrap_or((action, ""));
        match name {
            "type" => rest.chars().for_each(|c| self.press("insertText", c.encode_utf8(&mut [0; 4]))),
            "insert" => self.press("insertText", rest),
            "paste" => self.press("insertFromPaste", rest),
            "caret" => {
                let (from, to) = rest.split_once('-').unwrap_or((rest, rest));
                self.go(from.parse().expect("a place"), false);
                self.go(to.parse().expect("a place"), true);
            }
            "select" => {
                self.go(0, false);
                self.go(usize::MAX, true);
            }
            "clear" => {
                self.set("");
                self.changed("");
            }
            "set" | "autofill" => {
                self.set(rest);
                self.changed("");
            }
            "setNoEvent" => self.set(rest),
            "focus" => {}
            "blur" => {
                let text = self.value();
                let mut effects = Vec::new();
                self.session.blur(&mut effects, 1, &text);
                self.show(effects);
            }
            "ime" => {
                // Nothing is told while a word is being composed.
                if let Some((_, text)) = rest.split_once("commit:") {
                    self.compose(text);
                }
            }
            "commit" => self.compose(rest),
            "trigger" => {
                let line = ["Backward", "Forward"].iter().find(|it| rest.contains(&format!("deleteSoftLine{it}")));
                let Some(line) = line.filter(|_| rest.starts_with("beforeinput")) else { return true };
                self.press(&format!("deleteSoftLine{line}"), "");
            }
            "key" => return self.key(rest),
            _ => return false,
        }
        true
    }

    fn compose(&mut self, text: &str) {
        let (from, to) = self.selection();
        self.text.splice(from..to, text.chars());
        self.go(from + text.chars().count(), false);
        self.changed("");
    }

    fn key(&mut self, keys: &str) -> bool {
        let (key, times) = keys.split_once('*').unwrap_or((keys, "1"));
        for _ in 0..times.parse().expect("a number of times") {
            let (from, to) = self.selection();
            match key {
                "Backspace" => self.press("deleteContentBackward", ""),
                "Delete" => self.press("deleteContentForward", ""),
                "Control+Backspace" => self.press("deleteWordBackward", ""),
                "Control+Delete" => self.press("deleteWordForward", ""),
                "ArrowLeft" if from != to => self.go(from, false),
                "ArrowRight" if from != to => self.go(to, false),
                "ArrowLeft" => self.go(self.caret.saturating_sub(1), false),
                "ArrowRight" => self.go(self.caret + 1, false),
                "Shift+ArrowLeft" => self.go(self.caret.saturating_sub(1), true),
                "Shift+ArrowRight" => self.go(self.caret + 1, true),
                "Home" => self.go(0, false),
                "End" => self.go(usize::MAX, false),
                _ => return false,
            }
        }
        true
    }
}

#[test]
fn own_cases_hold() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../masks/cases.json")).expect("a list of cases");
    for case in &cases {
        let text = |name: &str| case[name].as_str().unwrap_or_default();
        let kind = Kind::parse(text("kind"));
        assert!(kind.is_some() || !text("mask").is_empty(), "{case}");
        let mut field = Field::new(kind, text("mask"), text("initial"));
        for action in case["actions"].as_array().expect("actions") {
            let action = action.as_str().expect("an action");
            assert!(field.act(action), "{action} is an action");
        }
        assert_eq!(field.value(), text("value"), "{case}");
        if let Some(caret) = case["caret"].as_u64() {
            assert_eq!(field.caret as u64, caret, "{case}");
        }
        assert_eq!(field.chip, case["chip"].as_bool().unwrap_or(false), "{case}");
        let said = text("said");
        assert_eq!(said.is_empty(), field.said.is_empty(), "{case}: {:?}", field.said);
        assert!(field.said.last().is_none_or(|it| it.contains(said)), "{case}: {:?}", field.said);
    }
}

/// Kind and pattern of a recorded mask; `None` for one that we have nothing like.
fn mask(case: &Value) -> Option<(Option<Kind>, String)> {
    let mask = &case["mask"];
    match mask["type"].as_str()? {
        "pattern" => {
            let kind = (case["kind"] == "phone").then_some(Kind::Phone);
            Some((kind, mask["pattern"].as_str()?.to_owned()))
        }
        "date" if mask["mode"] == "dd/mm/yyyy" => Some((Some(Kind::Date), String::new())),
        "phone" if mask["country"] == "RU" => {
            let separator = mask["separator"].as_str().unwrap_or("-");
            Some((Some(Kind::Phone), format!("+7 000 000{separator}00{separator}00")))
        }
        _ => None,
    }
}

#[test]
#[ignore = "needs recorded cases by path"]
fn recorded_cases() {
    let path = std::env::var("MASK_CASES").expect("MASK_CASES names a file of cases");
    let lines = std::fs::read_to_string(path).expect("the file is there");
    let (mut held, mut failed, mut browser) = (0, 0, 0);
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).expect("a case");
        if case["portable"] != true {
            continue;
        }
        let Some((kind, pattern)) = mask(&case) else { continue };
        let mut field = Field::new(kind, &pattern, case["initial"].as_str().unwrap_or_default());
        let actions = case["actions"].as_array().expect("actions");
        if !actions.iter().all(|action| field.act(action.as_str().unwrap_or_default())) {
            browser += 1;
            continue;
        }
        let digits = |chars: &[char]| chars.iter().filter(|c| c.is_ascii_digit()).collect::<String>();
        let (value, before) = (digits(&field.text), digits(&field.text[..field.caret]).len());
        let right = case["expected_digits"] == value.as_str()
            && case["digits_before_caret"].as_u64().is_none_or(|it| it == before as u64);
        if right {
            held += 1;
        } else {
            failed += 1;
            println!(
                "{} {:?} {} → {}|{before}, expected {}",
                case["id"],
                pattern,
                case["actions"],
                field.value(),
                case["expected_value"]
            );
        }
    }
    println!("{held} hold, {failed} do not, {browser} need a browser");
    assert!(held > failed);
}
