//! Form schemas and articles that operators put into a folder: read when they change, kept when a new one is broken.
//!
//! `schemas/FORM.json` and `faq/NAME` of the content folder. A file that does not read is told in the log and by a
//! figure, and the last good one goes on being served: a slip of an editor takes no help away from anybody.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use bytes::Bytes;
use podskazka::faq::Pack;
use podskazka::form::schema::Schema;

use crate::secret;

/// Largest file: a thousand articles have a tenth of it.
const MAX_BYTES: u64 = 8 << 20;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Schema,
    Faq,
}

/// A file that reads.
#[derive(Clone)]
pub struct Good {
    pub bytes: Bytes,
    /// Changes with the bytes.
    pub tag: String,
}

struct Kept {
    /// Time and size of the file when it was read.
    seen: (SystemTime, u64),
    good: Option<Good>,
    broken: bool,
}

/// The files of the content folder.
pub struct Content {
    folder: Option<PathBuf>,
    kept: Mutex<HashMap<PathBuf, Kept>>,
}

impl Content {
    /// Over a folder; without one there is nothing.
    pub fn new(folder: Option<PathBuf>) -> Content {
        Content { folder, kept: Mutex::default() }
    }

    /// The last good version of a file. Blocks for the disk.
    pub fn get(&self, kind: Kind, name: &str) -> Option<Good> {
        let path = path_of(self.folder.as_deref()?, kind, name)?;
        let mut kept = self.kept.lock().ok()?;
        let Ok(facts) = fs::metadata(&path) else {
            kept.remove(&path);
            return None;
        };
        let seen = (facts.modified().ok()?, facts.len());
        if let Some(known) = kept.get(&path).filter(|known| known.seen == seen) {
            return known.good.clone();
        }
        let earlier = kept.remove(&path).and_then(|known| known.good);
        let read = read(kind, &path);
        if let Err(said) = &read {
            tracing::error!(file = %path.display(), said, kept = earlier.is_some(), "a content file does not read");
        }
        let broken = read.is_err();
        let good = read.ok().or(earlier);
        kept.insert(path, Kept { seen, good: good.clone(), broken });
        good
    }

    /// Files that did not read when they were last asked for.
    pub fn broken(&self) -> usize {
        self.kept.lock().map_or(0, |kept| kept.values().filter(|known| known.broken).count())
    }

    /// What is wrong with the files of the folder, one sentence each.
    pub fn faults(&self) -> Vec<String> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let mut faults = Vec::new();
        for kind in [Kind::Schema, Kind::Faq] {
            for entry in fs::read_dir(folder.join(room(kind))).into_iter().flatten().flatten() {
                if let Err(said) = read(kind, &entry.path()) {
                    faults.push(format!("{}: {said}", entry.path().display()));
                }
            }
        }
        faults.sort();
        faults
    }
}

fn room(kind: Kind) -> &'static str {
    match kind {
        Kind::Schema => "schemas",
        Kind::Faq => "faq",
    }
}

fn path_of(folder: &Path, kind: Kind, name: &str) -> Option<PathBuf> {
    let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if name.len() > 100 || !name.starts_with(|first: char| first.is_ascii_alphanumeric()) || !name.bytes().all(lawful) {
        return None;
    }
    let file = if kind == Kind::Schema { format!("{name}.json") } else { name.to_owned() };
    Some(folder.join(room(kind)).join(file))
}

/// A schema as the page reads it: the same code, so that what is served here is what a page can use.
fn schema(bytes: &[u8]) -> Result<Schema, String> {
    let document = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    Schema::read(&document).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|it| format!("#{}: {}", it.path, it.message)).collect();
        lines.join("; ")
    })
}

fn read(kind: Kind, path: &Path) -> Result<Good, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MAX_BYTES {
        return Err(format!("it has {size} bytes, more than {MAX_BYTES}"));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    match kind {
        Kind::Schema => {
            let schema = schema(&bytes)?;
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if schema.form != stem {
                return Err(format!("it names the form `{0}`; name the file {0}.json", schema.form));
            }
        }
        Kind::Faq if path.extension().is_some_and(|it| it == "json") => {
            serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).map_err(|error| error.to_string())?;
        }
        Kind::Faq => {
            Pack::read(&bytes).map_err(|error| error.to_string())?;
        }
    }
    let tag = secret::hex(&secret::sha256(&[&bytes])).get(..32).unwrap_or_default().to_owned();
    Ok(Good { bytes: bytes.into(), tag })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        let folder = Path::new("content");
        for name in ["", ".", "..", "../a", "a/b", ".hidden", "a%2fb", "а", "a\0", &"x".repeat(101)] {
            assert_eq!(path_of(folder, Kind::Faq, name), None, "{name}");
        }
        assert_eq!(path_of(folder, Kind::Schema, "marriage"), Some(folder.join("schemas/marriage.json")));
    }
}
