//! Runs test commands, passes on what they print, and counts what passed.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

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

/// A job that has not ended by then hangs, whatever limits its own runner has: it is ended, and named with what it said.
const LIMIT: Duration = Duration::from_secs(20 * 60);

/// How a job ended.
enum Ended {
    Passed(usize, usize),
    Failed,
    Late,
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

    /// How many passed.
    pub fn passed(&self) -> usize {
        self.rows.iter().map(|row| row.1).sum()
    }

    /// One line that says what passed.
    pub fn line(&self) -> String {
        let groups: Vec<_> = self.rows.iter().map(|(group, passed)| format!("{group} {passed}")).collect();
        let total = self.passed();
        let known = if self.known == 0 { String::new() } else { format!("; known faults: {}", self.known) };
        let alone =
            if self.alone.is_empty() { String::new() } else { format!("; only alone: {}", self.alone.join(", ")) };
        format!("Passed: {total} ({}){known}{alone}.", groups.join(", "))
    }

    /// Run jobs beside each other, and print what each says when it ends. One that fails there runs once more alone, which decides
    /// and is told in the last line: a test must not fail for want of a core, and must not hide that it did. One that hangs is ended and
    /// does not run again. All of them run before the failures are an error.
    pub fn together(&mut self, jobs: Vec<Job>) -> anyhow::Result<()> {
        self.within(LIMIT, jobs)
    }

    fn within(&mut self, limit: Duration, jobs: Vec<Job>) -> anyhow::Result<()> {
        let queue = Mutex::new(jobs.into_iter());
        let done = Mutex::new((self, Vec::new(), Vec::new()));
        let next = || queue.lock().ok()?.next();
        thread::scope(|scope| {
            for _ in 0..TOGETHER {
                scope.spawn(|| {
                    while let Some(mut job) = next() {
                        let start = Instant::now();
                        let (said, ended) = quietly(&mut job.command, limit);
                        let Ok(mut done) = done.lock() else { return };
                        println!("→ {}\n{said}  {}: {:.1} s", job.name, job.name, start.elapsed().as_secs_f32());
                        match ended {
                            Ended::Passed(passed, known) if passed > 0 => {
                                done.0.add(&job.group, passed);
                                done.0.known += known;
                            }
                            Ended::Late => done.2.push(format!("{}: not ended after {limit:?}", job.name)),
                            _ => done.1.push(job),
                        }
                    }
                });
            }
        });
        let Ok((count, failed, mut faults)) = done.into_inner() else {
            bail!("a thread that ran tests has ended early")
        };
        for mut job in failed {
            println!("\nfailed beside another, once more alone: {}", job.name);
            let (said, ended) = quietly(&mut job.command, limit);
            println!("{said}");
            match ended {
                Ended::Passed(0, _) => faults.push(format!("{}: no test ran", job.name)),
                Ended::Passed(passed, known) => {
                    count.add(&job.group, passed);
                    count.known += known;
                    count.alone.push(job.name);
                }
                Ended::Failed => faults.push(format!("{}: failed", job.name)),
                Ended::Late => faults.push(format!("{}: not ended after {limit:?}", job.name)),
            }
        }
        if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
    }
}

/// What a command printed, and how it ended. A program that it left behind holds its output
/// open: that is not waited for.
fn quietly(command: &mut Command, limit: Duration) -> (String, Ended) {
    let piped = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match piped.spawn() {
        Ok(child) => child,
        Err(error) => return (format!("{command:?}: {error}\n"), Ended::Failed),
    };
    let (out, errors) = (keep(child.stdout.take()), keep(child.stderr.take()));
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(50)),
            Ok(status) => break status,
            Err(_) => break None,
        }
    };
    if status.is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
    let mut said = out.text() + &errors.text();
    let passed = said.lines().map(counts).fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let ended = match status {
        Some(status) if status.success() => Ended::Passed(passed.0, passed.1),
        Some(_) => Ended::Failed,
        None => {
            said += &format!("not ended after {limit:?}: stopped\n");
            Ended::Late
        }
    };
    (said, ended)
}

/// What comes out of a pipe, read as it comes.
struct Kept {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: thread::JoinHandle<()>,
}

fn keep(pipe: Option<impl Read + Send + 'static>) -> Kept {
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&bytes);
    let reader = thread::spawn(move || {
        let (Some(mut pipe), mut part) = (pipe, [0; 8192]) else { return };
        while let Ok(read @ 1..) = pipe.read(&mut part) {
            if let Ok(mut kept) = kept.lock() {
                kept.extend_from_slice(part.get(..read).unwrap_or_default());
            }
        }
    });
    Kept { bytes, reader }
}

impl Kept {
    /// All of it, unless a program that was left behind holds the pipe open.
    fn text(self) -> String {
        let start = Instant::now();
        while !self.reader.is_finished() && start.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(10));
        }
        self.bytes.lock().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
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
    use std::time::Duration;

    use super::{Count, Ended, Job, counts, quietly};

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
    fn a_job_that_hangs_is_ended_and_named_with_what_it_said() {
        let mut count = Count::default();
        let error =
            count.within(Duration::from_secs(1), jobs(&["echo begun; exec sleep 600"])).unwrap_err().to_string();
        assert!(error.contains("exec sleep 600: not ended after 1s"), "{error}");
        let (said, ended) =
            quietly(Command::new("sh").args(["-c", "echo begun; exec sleep 600"]), Duration::from_secs(1));
        assert!(said.starts_with("begun\nnot ended after 1s") && matches!(ended, Ended::Late), "{said}");
    }

    #[test]
    fn a_program_that_a_job_left_behind_holds_nothing_up() {
        let mut count = Count::default();
        count.together(jobs(&["sleep 20 & echo 'ℹ pass 1'"])).unwrap();
        assert_eq!(count.line(), "Passed: 1 (g 1).");
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
