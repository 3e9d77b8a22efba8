//! Form schemas and articles that operators put into a folder: read when they change, kept when a new one is broken.
//!
//! `schemas/FORM.json` and `faq/NAME` of the content folder. A file that does not read is told in the log and by a
//! figure, and the last good one goes on being served: a slip of an editor takes no help away from anybody.
//!
//! `faq/faq.pdk` has a second name, made of its bytes: under that one it never changes and may be kept for ever. Earlier
//! versions keep theirs for a while, since a page may have been told it a minute ago.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use podskazka::faq::Library;
use podskazka::form::schema::Schema;

use crate::secret;

/// Largest file: a thousand articles have a quarter of it.
const MAX_BYTES: u64 = 8 << 20;
/// The article file that pages are led to.
const ARTICLES: &str = "faq.pdk";
/// How soon a broken file is read again though it is the same.
const AGAIN: Duration = Duration::from_secs(10);
/// Versions of it that keep their name: an editor who mends and mends again is still behind a page's minute of memory.
const VERSIONS: usize = 4;
/// Pictures of the folder that pages are told of.
const PICTURES: usize = 500;

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
    /// Ids of the articles, of an article file.
    pub articles: Arc<[String]>,
    /// Names of the fields whose values may leave the page, of a schema.
    pub open: Arc<[String]>,
}

struct Kept {
    /// Time and size of the file when it was read.
    seen: (SystemTime, u64),
    good: Option<Good>,
    broken: bool,
    read: Instant,
}

impl Kept {
    /// What a file lacked beside it may have come.
    fn may_have_mended(&self) -> bool {
        self.broken && self.read.elapsed() > AGAIN
    }
}

/// The files of the content folder.
pub struct Content {
    folder: Option<PathBuf>,
    kept: Mutex<HashMap<PathBuf, Kept>>,
    /// Versions of the article file, the newest last.
    versions: Mutex<VecDeque<Good>>,
    /// Names of the pictures, as of the last change of their folder.
    pictures: Mutex<Option<(SystemTime, Vec<String>)>>,
}

impl Content {
    /// Over a folder; without one there is nothing.
    pub fn new(folder: Option<PathBuf>) -> Content {
        Content { folder, kept: Mutex::default(), versions: Mutex::default(), pictures: Mutex::default() }
    }

    /// The article file that pages are led to, with its lasting name. Blocks for the disk.
    pub fn articles(&self) -> Option<(String, Good)> {
        let good = self.get(Kind::Faq, ARTICLES)?;
        let mut versions = self.versions.lock().ok()?;
        if versions.back().is_none_or(|last| last.tag != good.tag) {
            versions.retain(|it| it.tag != good.tag);
            versions.push_back(good.clone());
            if versions.len() > VERSIONS {
                versions.pop_front();
            }
        }
        Some((lasting(&good.tag), good))
    }

    /// The version of the article file with this lasting name. Blocks for the disk.
    pub fn version(&self, name: &str) -> Option<Good> {
        // After a start nobody may have asked for the pointer yet.
        self.articles();
        self.versions.lock().ok()?.iter().find(|it| lasting(&it.tag) == name).cloned()
    }

    /// Names of the pictures beside the articles, at most [`PICTURES`]. Blocks for the disk.
    pub fn pictures(&self) -> Vec<String> {
        let Some(folder) = self.folder.as_ref().map(|folder| folder.join(room(Kind::Faq))) else { return Vec::new() };
        let Ok(changed) = fs::metadata(&folder).and_then(|facts| facts.modified()) else { return Vec::new() };
        let Ok(mut kept) = self.pictures.lock() else { return Vec::new() };
        match &*kept {
            Some((seen, names)) if *seen == changed => names.clone(),
            _ => {
                let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
                let mut names: Vec<String> = entries.filter_map(|it| it.file_name().into_string().ok()).collect();
                names.retain(|it| is_picture(it) && path_of(&folder, Kind::Faq, it).is_some());
                names.sort();
                names.truncate(PICTURES);
                *kept = Some((changed, names.clone()));
                names
            }
        }
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
        if let Some(known) = kept.get(&path).filter(|known| known.seen == seen && !known.may_have_mended()) {
            return known.good.clone();
        }
        let earlier = kept.remove(&path).and_then(|known| known.good);
        let read = read(kind, &path);
        if let Err(said) = &read {
            tracing::error!(file = %path.display(), said, kept = earlier.is_some(), "a content file does not read");
        }
        let broken = read.is_err();
        let good = read.ok().or(earlier);
        kept.insert(path, Kept { seen, good: good.clone(), broken, read: Instant::now() });
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

/// The name under which a version of the article file never changes.
fn lasting(tag: &str) -> String {
    format!("{tag}.pdk")
}

/// What the file is, by its name, for pages.
pub fn media_type(kind: Kind, name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        _ if kind == Kind::Schema => "application/json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    }
}

fn is_picture(name: &str) -> bool {
    media_type(Kind::Faq, name).starts_with("image/")
}

/// Whether the bytes begin as the name says.
fn is_drawn(name: &str, bytes: &[u8]) -> bool {
    match media_type(Kind::Faq, name) {
        "image/png" => bytes.starts_with(b"\x89PNG\r\n"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| text.trim_start().starts_with('<') && text.contains("<svg")),
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
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let (mut articles, mut open) = (Vec::new(), Vec::new());
    match kind {
        Kind::Schema => {
            let schema = schema(&bytes)?;
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            if schema.form != stem {
                return Err(format!("it names the form `{0}`; name the file {0}.json", schema.form));
            }
            open = schema.fields.into_iter().filter(|it| it.capture == "value").map(|it| it.name).collect();
        }
        Kind::Faq if path.extension().is_some_and(|it| it == "json") => {
            serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).map_err(|error| error.to_string())?;
        }
        Kind::Faq if is_picture(name) => {
            if !is_drawn(name, &bytes) {
                return Err("it is no such picture; save it as SVG, PNG or WebP".to_owned());
            }
        }
        Kind::Faq => {
            let library = Library::read(&bytes).map_err(|error| error.to_string())?;
            let here = |name: &String| path.with_file_name(name).is_file();
            if let Some(chunk) = library.chunks.iter().find(|name| !here(name)) {
                return Err(format!("{chunk} is not beside it; put all files there that `podskazka faq build` wrote"));
            }
            articles = library.articles.into_iter().map(|it| it.id).collect();
        }
    }
    let tag = secret::hex(&secret::sha256(&[&bytes])).get(..32).unwrap_or_default().to_owned();
    Ok(Good { bytes: bytes.into(), tag, articles: articles.into(), open: open.into() })
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
