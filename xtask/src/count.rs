//! Runs test commands, passes on what they print, and counts what passed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::shell::step;

/// What has passed so far, a row a group of tests.
#[derive(Default)]
pub struct Count {
    rows: Vec<(String, usize)>,
    known: usize,
    alone: Vec<String>,
}

/// A file of tests that has all it needs for itself, so that others may run beside it.
pub struct Job {
    pub group: String,
    pub name: String,
    pub command: Command,
}

/// Jobs that run at a time: as many as the machine the tests are made for has cores.
const TOGETHER: usize = 2;

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
        let alone =
            if self.alone.is_empty() { String::new() } else { format!("; only alone: {}", self.alone.join(", ")) };
        format!("Passed: {total} ({}){known}{alone}.", groups.join(", "))
    }

    /// Run jobs beside each other, and print what each says when it ends. One that fails there runs once more alone, which decides
    /// and is told in the last line: a test must not fail for want of a core, and must not hide that it did. All of them run before
    /// the failures are an error.
    pub fn together(&mut self, jobs: Vec<Job>) -> anyhow::Result<()> {
        let queue = Mutex::new(jobs.into_iter());
        let done = Mutex::new((self, Vec::new()));
        let next = || queue.lock().ok()?.next();
        thread::scope(|scope| {
            for _ in 0..TOGETHER {
                scope.spawn(|| {
                    while let Some(mut job) = next() {
                        let start = Instant::now();
                        let (said, passed) = quietly(&mut job.command);
                        let Ok(mut done) = done.lock() else { return };
                        println!("→ {}\n{said}  {}: {:.1} s", job.name, job.name, start.elapsed().as_secs_f32());
                        match passed {
                            Some((passed, known)) if passed > 0 => {
                                done.0.add(&job.group, passed);
                                done.0.known += known;
                            }
                            _ => done.1.push(job),
                        }
                    }
                });
            }
        });
        let Ok((count, failed)) = done.into_inner() else { bail!("a thread that ran tests has ended early") };
        let mut faults = Vec::new();
        for mut job in failed {
            println!("\nfailed beside another, once more alone: {}", job.name);
            match count.run(&job.group, &job.name, &mut job.command) {
                Ok(()) => count.alone.push(job.name),
                Err(error) => faults.push(format!("{error:#}")),
            }
        }
        if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
    }
}

/// What a command printed, and what it counted unless it failed.
fn quietly(command: &mut Command) -> (String, Option<(usize, usize)>) {
    match command.output() {
        Ok(out) => {
            let said = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
            let passed = said.lines().map(counts).fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
            (said, out.status.success().then_some(passed))
        }
        Err(error) => (format!("{command:?}: {error}\n"), None),
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
    use std::process::Command;

    use super::{Count, Job, counts};

    fn jobs(shell: &[&str]) -> Vec<Job> {
        let job = |text: &&str| {
            let mut command = Command::new("sh");
            command.args(["-c", text]);
            Job { group: "g".into(), name: (*text).into(), command }
        };
        shell.iter().map(job).collect()
    }

    #[test]
    fn jobs_side_by_side_are_all_counted() {
        let mut count = Count::default();
        count.together(jobs(&["echo 'ℹ pass 2'", "echo 'ℹ pass 3'", "echo 'ℹ pass 4'"])).unwrap();
        assert_eq!(count.line(), "Passed: 9 (g 9).");
    }

    #[test]
    fn a_job_that_fails_alone_too_or_runs_no_test_is_an_error_and_the_rest_is_run() {
        let mut count = Count::default();
        let error =
            count.together(jobs(&["echo 'ℹ pass 2'; exit 1", "true", "echo 'ℹ pass 4'"])).unwrap_err().to_string();
        assert!(error.contains("exit 1") && error.contains("true: no test ran"), "{error}");
        assert_eq!(count.rows, [("g".to_owned(), 4)]);
    }

    #[test]
    fn a_job_that_passes_alone_only_is_named() {
        let mark = std::env::temp_dir().join(format!("podskazka-count-{}", std::process::id()));
        let text = format!("[ -e '{0}' ] || {{ touch '{0}'; exit 1; }}; echo 'ℹ pass 2'", mark.display());
        let mut count = Count::default();
        let ended = count.together(jobs(&[&text]));
        std::fs::remove_file(mark).unwrap();
        ended.unwrap();
        assert_eq!(count.line(), format!("Passed: 2 (g 2); only alone: {text}."));
    }

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
