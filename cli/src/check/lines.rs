//! Lines of text, of bounded length, from input that may come slowly.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use podskazka::verdict::{Context, Day};

use super::CHUNK;
use super::report::Report;
use super::trouble::Trouble;

/// The longest line in bytes; a longer one is skipped and named, so that memory stays constant.
const LONGEST: usize = 65_536;

pub struct Lines<R> {
    input: BufReader<R>,
    line: Vec<u8>,
    number: u64,
}

impl<R: Read> Lines<R> {
    pub fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(CHUNK, input), line: Vec::new(), number: 0 }
    }

    /// The next line, with its number from 1 and without its end. `wait` is called before the input may make us wait.
    pub fn next(
        &mut self,
        mut wait: impl FnMut() -> io::Result<()>,
    ) -> io::Result<Option<(u64, Result<&str, Trouble>)>> {
        self.line.clear();
        let mut long = false;
        let mut begun = false;
        loop {
            if self.input.buffer().is_empty() {
                wait()?;
            }
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() && !begun {
                return Ok(None);
            }
            begun = true;
            let end = buffer.iter().position(|b| *b == b'\n');
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            long |= self.line.len() + part.len() > LONGEST;
            if !long {
                self.line.extend_from_slice(part);
            }
            let (used, last) = (part.len() + usize::from(end.is_some()), end.is_some() || buffer.is_empty());
            self.input.consume(used);
            if last {
                break;
            }
        }
        self.number += 1;
        if long {
            return Ok(Some((self.number, Err(Trouble::TooLong))));
        }
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        // Editors of one system put a byte order mark before the first line.
        let line = if self.number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        Ok(Some((self.number, std::str::from_utf8(line).map_err(|_| Trouble::NotUtf8))))
    }
}

/// Check every line that is not blank.
pub fn check(input: impl Read, today: Day, report: &mut Report) -> anyhow::Result<()> {
    let mut lines = Lines::new(input);
    while let Some((number, line)) = lines.next(|| report.flush())? {
        match line {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => report.check(number, text, &Context { today, bik: None })?,
            Err(trouble) => report.trouble(number, trouble)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<String, Trouble>> {
        let mut lines = Lines::new(bytes);
        let mut out = Vec::new();
        while let Some((number, line)) = lines.next(|| Ok(())).unwrap() {
            assert_eq!(number, out.len() as u64 + 1);
            out.push(line.map(str::to_owned));
        }
        out
    }

    #[test]
    fn reads_every_line_ending() {
        assert_eq!(read(b"\xef\xbb\xbfa\r\n\nb"), [Ok("a".into()), Ok(String::new()), Ok("b".into())]);
        assert_eq!(read(b"a\n"), [Ok("a".into())]);
        assert_eq!(read(b""), []);
    }

    #[test]
    fn names_what_it_cannot_read_and_goes_on() {
        let long = [vec![b'1'; LONGEST + 1], b"\nb\n\xff\n".to_vec()].concat();
        assert_eq!(read(&long), [Err(Trouble::TooLong), Ok("b".into()), Err(Trouble::NotUtf8)]);
        assert!(read(&vec![b'1'; LONGEST]).iter().all(Result::is_ok));
    }
}
