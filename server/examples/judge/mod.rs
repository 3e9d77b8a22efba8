//! Figures beside their bounds. All of them are told before a broken one ends the program with an error.

use std::process::ExitCode;

#[derive(Default)]
pub struct Judge {
    faults: Vec<String>,
}

impl Judge {
    /// This figure may not be above `most`.
    pub fn most(&mut self, what: &str, reached: f64, most: f64, unit: &str) {
        self.say(what, reached, "at most", most, unit, reached <= most);
    }

    /// This figure may not be below `least`.
    #[allow(dead_code, reason = "each program has figures of its own")]
    pub fn least(&mut self, what: &str, reached: f64, least: f64, unit: &str) {
        self.say(what, reached, "at least", least, unit, reached >= least);
    }

    fn say(&mut self, what: &str, reached: f64, word: &str, bound: f64, unit: &str, good: bool) {
        let line = format!("{what}: {reached:.1} {unit}, {word} {bound:.1}");
        println!("{} {line}", if good { "holds " } else { "BROKEN" });
        if !good {
            self.faults.push(line);
        }
    }

    /// The end of the program.
    pub fn end(self) -> ExitCode {
        if self.faults.is_empty() {
            return ExitCode::SUCCESS;
        }
        eprintln!("bounds that were broken:\n{}", self.faults.join("\n"));
        ExitCode::FAILURE
    }
}
