//! Copies of the data folder: made while the server runs, checked before they are brought back.
//!
//! The database is copied first, as it was at one moment; the files after it, so that every file that the copied
//! database names is there. A file's name is the SHA-256 of its sealed bytes, so a copy proves itself. Files that are in a
//! bucket are copied by the bucket's own means.

use std::error::Error;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::secret;

const DATABASE: &str = "podskazka.sqlite";

/// Copies the data folder into a folder that is not there yet.
pub fn backup(data: &Path, to: &Path, files_here: bool) -> Result<String, Box<dyn Error>> {
    let source = data.join(DATABASE);
    if !source.is_file() {
        return Err(format!("there is no database in {}; correct --data-dir", data.display()).into());
    }
    fs::create_dir(to).map_err(|error| format!("cannot make {}: {error}; name a new folder", to.display()))?;
    let db = Connection::open_with_flags(&source, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    db.busy_timeout(std::time::Duration::from_secs(30))?;
    db.execute("VACUUM INTO ?1", [to.join(DATABASE).to_string_lossy()])?;
    for folder in ["files", "quarantine"] {
        copy(&data.join(folder), &to.join(folder))?;
    }
    let (tickets, files) = check(to, files_here)?;
    sync(to)?;
    Ok(format!(
        "Copied {tickets} ticket(s) and {files} file(s) to {}. The key file is not in it: keep a copy of that elsewhere.",
        to.display()
    ))
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
    let (tickets, files) = check(from, files_here)?;
    fs::create_dir_all(data)?;
    for folder in ["files", "quarantine"] {
        copy(&from.join(folder), &data.join(folder))?;
    }
    // The database comes last: without it the folder counts as empty and the command may be repeated.
    fs::copy(from.join(DATABASE), data.join("podskazka.sqlite.part"))?;
    sync(data)?;
    fs::rename(data.join("podskazka.sqlite.part"), data.join(DATABASE))?;
    Ok(format!("Brought back {tickets} ticket(s) and {files} file(s) to {}.", data.display()))
}

/// Tickets and files of a copy that is whole.
fn check(folder: &Path, files_here: bool) -> Result<(i64, usize), Box<dyn Error>> {
    let db = Connection::open_with_flags(folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| format!("{} is not a copy: {error}", folder.display()))?;
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(format!("the database of {} is damaged: {sound}", folder.display()).into());
    }
    let tickets = db.query_row("SELECT count(*) FROM tickets", [], |row| row.get(0))?;
    if !files_here {
        return Ok((tickets, 0));
    }
    let mut rows =
        db.prepare("SELECT DISTINCT path, state FROM uploads WHERE ticket_number IS NOT NULL AND path <> ''")?;
    let mut found = rows.query([])?;
    let mut files = 0;
    while let Some(row) = found.next()? {
        let (path, state): (String, String) = (row.get(0)?, row.get(1)?);
        let bytes = fs::read(folder.join(&path)).map_err(|error| format!("the copy lacks {path}: {error}"))?;
        let sum = secret::hex(&secret::sha256(&[&bytes]));
        if state == "clean" && !path.ends_with(&sum) {
            return Err(format!("{path} is damaged: its bytes have SHA-256 {sum}").into());
        }
        files += 1;
    }
    Ok((tickets, files))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        match fs::copy(entry.path(), to.join(entry.file_name())) {
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
