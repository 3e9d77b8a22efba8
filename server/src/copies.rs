//! Copies of the data folder: made while the server runs, checked before they are brought back.
//!
//! The database is copied as it was at one moment, the files before and after it: one that was checked meanwhile has left
//! its first place. Where a file that the copied database names was caught by neither look, the database is copied anew.
//! A file's name is the SHA-256 of its sealed bytes, so a copy proves itself. Files that are in a bucket are copied by the
//! bucket's own means.

use std::error::Error;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::secret;
use crate::store::make_private_dir;

const DATABASE: &str = "podskazka.sqlite";
/// What SQLite leaves beside a database that was not closed.
const REMAINS: [&str; 2] = ["podskazka.sqlite-wal", "podskazka.sqlite-shm"];
/// Looks at a data folder under load; the second one succeeds as a rule.
const TRIES: usize = 8;

/// Copies the data folder into a folder that is not there yet.
pub fn backup(data: &Path, to: &Path, files_here: bool) -> Result<String, Box<dyn Error>> {
    let source = data.join(DATABASE);
    if !source.is_file() {
        return Err(format!("there is no database in {}; correct --data-dir", data.display()).into());
    }
    if to.exists() {
        return Err(format!("{} is there already; name a new folder", to.display()).into());
    }
    make_private_dir(to).map_err(|error| format!("cannot make {}: {error}; name a new folder", to.display()))?;
    let (tickets, files) = copied(data, to, files_here).inspect_err(|_| {
        // Half a copy is none, and its name must be free for the next try.
        let _ = fs::remove_dir_all(to);
    })?;
    sync(to)?;
    Ok(format!(
        "Copied {tickets} ticket(s) and {files} file(s) to {}. The key file is not in it: keep a copy of that elsewhere.",
        to.display()
    ))
}

fn copied(data: &Path, to: &Path, files_here: bool) -> Result<(i64, usize), Box<dyn Error>> {
    let db = Connection::open_with_flags(data.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    db.busy_timeout(std::time::Duration::from_secs(30))?;
    let files = || ["files", "quarantine"].into_iter().try_for_each(|it| copy(&data.join(it), &to.join(it)));
    let mut said = None;
    for _ in 0..TRIES {
        let target = to.join(DATABASE);
        if target.exists() {
            fs::remove_file(&target)?;
        }
        files()?;
        db.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
        files()?;
        match check(to, files_here)? {
            Ok(counts) => return Ok(counts),
            Err(lacks) => said = Some(lacks),
        }
    }
    Err(said.unwrap_or_default().into())
}

/// Brings a copy back; a data folder with a database in it is not touched.
pub fn restore(from: &Path, data: &Path, files_here: bool) -> Result<String, Box<dyn Error>> {
    if data.join(DATABASE).exists() {
        return Err(format!(
            "{} already holds a database; stop the server and move the folder away first",
            data.display()
        )
        .into());
    }
    if let Some(left) = REMAINS.iter().find(|it| data.join(it).exists()) {
        return Err(format!(
            "{} holds {left} of a database that is gone: it would be mixed into the copy; stop the server and move the \
             whole folder away first",
            data.display()
        )
        .into());
    }
    let (tickets, files) = check(from, files_here)??;
    make_private_dir(data)?;
    for folder in ["files", "quarantine"] {
        copy(&from.join(folder), &data.join(folder))?;
    }
    // The database comes last: without it the folder counts as empty and the command may be repeated.
    fs::copy(from.join(DATABASE), data.join("podskazka.sqlite.part"))?;
    sync(data)?;
    fs::rename(data.join("podskazka.sqlite.part"), data.join(DATABASE))?;
    Ok(format!("Brought back {tickets} ticket(s) and {files} file(s) to {}.", data.display()))
}

/// Tickets and files of a copy that is whole; the sentence where a file is missing.
fn check(folder: &Path, files_here: bool) -> Result<Result<(i64, usize), String>, Box<dyn Error>> {
    let db = Connection::open_with_flags(folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| format!("{} is not a copy: {error}", folder.display()))?;
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(format!("the database of {} is damaged: {sound}", folder.display()).into());
    }
    let tickets = db.query_row("SELECT count(*) FROM tickets", [], |row| row.get(0))?;
    if !files_here {
        return Ok(Ok((tickets, 0)));
    }
    let mut rows =
        db.prepare("SELECT DISTINCT path, state FROM uploads WHERE ticket_number IS NOT NULL AND path <> ''")?;
    let mut found = rows.query([])?;
    let mut files = 0;
    while let Some(row) = found.next()? {
        let (path, state): (String, String) = (row.get(0)?, row.get(1)?);
        let bytes = match fs::read(folder.join(&path)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Err(format!("the copy lacks {path}")));
            }
            bytes => bytes?,
        };
        let sum = secret::hex(&secret::sha256(&[&bytes]));
        if state == "clean" && !path.ends_with(&sum) {
            return Err(format!("{path} is damaged: its bytes have SHA-256 {sum}").into());
        }
        files += 1;
    }
    Ok(Ok((tickets, files)))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        // A file never changes under its name, but the first look may have caught it half written.
        if fs::metadata(&target).is_ok_and(|have| entry.metadata().is_ok_and(|it| it.len() == have.len())) {
            continue;
        }
        match fs::copy(entry.path(), target) {
            // Swept or checked meanwhile: the copied database is older than that, `check` looks for what it names.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            other => {
                other?;
            }
        }
    }
    Ok(())
}

fn sync(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync(&path)?;
        } else {
            fs::File::open(&path)?.sync_all()?;
        }
    }
    fs::File::open(folder)?.sync_all()
}
