//! Pictures on the disk: named by their SHA-256, visible under that name only when whole.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::secret;

/// The media type by the first bytes; only PNG and JPEG are known.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else {
        None
    }
}

/// Writes to a temporary name, syncs, renames, syncs the folder. Same bytes land under the same name.
pub fn save(folder: &Path, sha256: &str, bytes: &[u8]) -> io::Result<()> {
    let suffix = secret::random_u64().map_err(io::Error::other)?;
    let temporary = folder.join(format!("{sha256}.{suffix:016x}.tmp"));
    let result = write(&temporary, bytes).and_then(|()| fs::rename(&temporary, folder.join(sha256)));
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
