//! Runs test commands, passes on what they print, and counts what passed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::shell::step;

/// What has passed so far, a row a group of tests.
#[derive(Default)]
pub struct Count {
    rows: Vec<(String, usize)>,
    known: usize,
}

impl Count {
    /// Add tests that were counted elsewhere.
    pub fn add(&mut self, group: &str, passed: usize) {
        match self.rows.iter_mut().find(|row| row.0 == group) {
            Some(row) => row.1 += passed,
            None => self.rows.push((group.to_owned(), passed)),
        }
    }

    /// Run `command` to its end as a step and add what it counted. A failure, or a command that ran no test, is an error.
    pub fn run(&mut self, group: &str, name: &str, command: &mut Command) -> anyhow::Result<()> {
        let (passed, known) = step(name, || run(command))?;
        if passed == 0 {
            bail!("{name}: no test ran");
        }
        self.add(group, passed);
        self.known += known;
        Ok(())
    }

    /// One line that says what passed.
    pub fn line(&self) -> String {
        let groups: Vec<_> = self.rows.iter().map(|(group, passed)| format!("{group} {passed}")).collect();
        let total: usize = self.rows.iter().map(|row| row.1).sum();
        let known = if self.known == 0 { String::new() } else { format!("; known faults: {}", self.known) };
        format!("Passed: {total} ({}){known}.", groups.join(", "))
    }
}

fn run(command: &mut Command) -> anyhow::Result<(usize, usize)> {
    let name = format!("{command:?}");
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start {name}"))?;
    let (mut passed, mut known) = (0, 0);
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        let counts = counts(&line);
        passed += counts.0;
        known += counts.1;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok((passed, known))
}

/// Passed and known faults, from a summary line of `cargo test` and wasm-bindgen's runner (`test result: ok. 12 passed; …`)
/// or of Node's test runner (`ℹ pass 12`, `ℹ todo 1`).
fn counts(line: &str) -> (usize, usize) {
    let number = |text: &str| text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if let Some(rest) = line.strip_prefix("test result: ok. ") {
        return (number(rest), 0);
    }
    let node = |key: &str| line.strip_prefix("ℹ ").and_then(|rest| rest.strip_prefix(key)).map_or(0, number);
    (node("pass "), node("todo "))
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn reads_the_summaries_of_three_runners() {
        assert_eq!(counts("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out"), (12, 0));
        assert_eq!(counts("ℹ pass 28"), (28, 0));
        assert_eq!(counts("ℹ todo 2"), (0, 2));
        assert_eq!(counts("ℹ tests 28"), (0, 0));
        assert_eq!(counts("test result: FAILED. 3 passed; 1 failed"), (0, 0));
        assert_eq!(counts("  ✔ passes (28ms)"), (0, 0));
    }
}
