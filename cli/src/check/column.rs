//! One column of a CSV file, with the БИК from another where it is asked for.

use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};

use anyhow::{Context as _, bail};
use csv::ByteRecord;
use podskazka::verdict::{Context, Day};

use super::CHUNK;
use super::report::Report;
use super::trouble::Trouble;

/// The longest row in bytes: a quotation mark that is never closed must not swallow the rest of the file in silence.
const LONGEST: usize = 1 << 20;

/// Check the column `names[0]` of every row; `names[1]` is the column with the БИК.
pub fn check(input: impl Read, names: [Option<&String>; 2], today: Day, report: &mut Report) -> anyhow::Result<()> {
    let (input, separator) = separated(input)?;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(Guard { input, left: LONGEST });
    let header = reader.byte_headers().context("cannot read the header of the CSV")?;
    let [value, bik] = names.map(|name| name.map(|name| find(header, name)).transpose());
    let (value, bik) = (value?.unwrap_or_default(), bik?);
    let mut row = ByteRecord::new();
    loop {
        reader.get_mut().left = LONGEST;
        let started = reader.position().line();
        if !reader.read_byte_record(&mut row).with_context(|| format!("the row at line {started}"))? {
            return Ok(());
        }
        let line = row.position().map_or(started, csv::Position::line);
        match (cell(&row, value), bik.map(|at| cell(&row, at)).transpose()) {
            (Ok(text), Ok(bik)) => {
                let bik = bik.filter(|bik| !bik.trim().is_empty());
                report.check(line, text, &Context { today, bik })?;
            }
            (Err(trouble), _) | (_, Err(trouble)) => report.trouble(line, trouble)?,
        }
    }
}

fn cell(row: &ByteRecord, at: usize) -> Result<&str, Trouble> {
    std::str::from_utf8(row.get(at).ok_or(Trouble::NoCell)?).map_err(|_| Trouble::NotUtf8)
}

/// The place of the column with this name.
fn find(header: &ByteRecord, name: &str) -> anyhow::Result<usize> {
    if let Some(at) = header.iter().position(|cell| cell.trim_ascii() == name.trim().as_bytes()) {
        return Ok(at);
    }
    let known: Vec<_> = header.iter().map(|cell| format!("`{}`", String::from_utf8_lossy(cell))).collect();
    bail!("no column `{name}`; the header has {}", known.join(", "))
}

type Whole<R> = Chain<Cursor<Vec<u8>>, BufReader<R>>;

/// The input from its start, without a byte order mark, and the separator that the header has most of.
fn separated<R: Read>(input: R) -> anyhow::Result<(Whole<R>, u8)> {
    let mut input = BufReader::with_capacity(CHUNK, input);
    let mut header = Vec::new();
    input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut header)?;
    if header.starts_with(b"\xef\xbb\xbf") {
        header.drain(..3);
    }
    let count = |separator: &u8| header.iter().filter(|b| *b == separator).count();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    Ok((Cursor::new(header).chain(input), separator))
}

/// Reads no more than `left` bytes before it is told to go on.
struct Guard<R> {
    input: R,
    left: usize,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let words = "longer than 1 MB; close the quotation mark that is open";
            return Err(io::Error::new(ErrorKind::InvalidData, words));
        }
        let got = self.input.read(buffer)?;
        self.left = self.left.saturating_sub(got);
        Ok(got)
    }
}
