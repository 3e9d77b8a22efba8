//! Records of files: kept in quarantine until checked, given to a ticket by their token.

use super::db::{Db, Row, params};
use super::{Store, StoreError, Tx};
use crate::clock;
use crate::secret::{self, Hash, Token};
use crate::vault::{SecretKey, Vault, Wrapped};
use podskazka::wire::page::{FileState, TicketFile};

/// A file whose bytes lie in quarantine.
pub struct NewUpload {
    /// `Idempotency-Key` of the sender, with who it was.
    pub key: String,
    pub sha256: String,
    pub size: u64,
    pub media_type: &'static str,
    /// Relative to the data folder.
    pub path: String,
    /// `citizen` or `operator`.
    pub sender: &'static str,
    /// The file's own key.
    pub wrapped: Wrapped,
}

/// What became of an upload.
pub enum Stored {
    /// The row's number, for the check.
    New { id: i64, token: Token },
    /// The same key came with the same bytes before.
    Replayed { token: Token },
    /// The same key came with other bytes before.
    Mismatch,
}

/// A file in the state in which it may be fetched.
pub struct StoredFile {
    pub state: FileState,
    pub media_type: String,
    pub path: String,
    pub size: u64,
    /// What opens it; `None` for a file of an earlier format, which lies in clear.
    pub key: Option<SecretKey>,
}

/// A file that waits for its check.
pub struct Waiting {
    pub id: i64,
    pub path: String,
    pub media_type: String,
    pub key: Option<SecretKey>,
}

/// What the check made of a file.
pub enum Checked {
    /// The bytes now at this path.
    Clean {
        path: String,
        size: u64,
        media_type: &'static str,
    },
    Rejected,
}

impl Store {
    /// A new file's key and how to store it.
    pub fn file_key(&self) -> Result<(SecretKey, Wrapped), StoreError> {
        Ok(self.vault().ticket_key()?)
    }

    /// Records a file once per key. The token is sealed as a ticket's is.
    pub async fn add_upload(&self, upload: NewUpload) -> Result<Stored, StoreError> {
        self.write(move |tx| {
            let key_hash = secret::key_hash(&upload.key);
            let find = "SELECT sha256, token_sealed FROM uploads WHERE key_hash = ?1";
            let earlier: Option<(String, Hash)> =
                tx.db.first(find, [key_hash], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if let Some((sha256, sealed)) = earlier {
                return Ok(if sha256 == upload.sha256 {
                    Stored::Replayed { token: Token::unseal(sealed, &upload.key) }
                } else {
                    Stored::Mismatch
                });
            }
            let token = Token::random()?;
            let wrapped = tx.vault.renew(upload.wrapped)?;
            let id = tx.db.one(
                "INSERT INTO uploads (token_hash, sha256, size, media_type, path, created_at, state, sender, \
                     key_hash, token_sealed, dek, dek_key) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'quarantined', ?7, ?8, ?9, ?10, ?11) RETURNING id",
                params![
                    token.hash(),
                    upload.sha256,
                    i64::try_from(upload.size).unwrap_or(i64::MAX),
                    upload.media_type,
                    upload.path,
                    clock::rfc3339(clock::now()),
                    upload.sender,
                    key_hash,
                    token.seal(&upload.key),
                    wrapped.bytes,
                    wrapped.key,
                ],
                |row| row.get(0),
            )?;
            Ok(Stored::New { id, token })
        })
        .await
    }

    /// Files that still wait for their check, oldest first: after a restart there may be some.
    pub async fn waiting_uploads(&self) -> Result<Vec<Waiting>, StoreError> {
        let vault = self.vault();
        self.read(move |db| {
            let sql = "SELECT id, path, media_type, dek, dek_key FROM uploads WHERE state = 'quarantined' ORDER BY id";
            db.all(sql, params![], |row| {
                Ok(Waiting {
                    id: row.get(0)?,
                    path: row.get(1)?,
                    media_type: row.get(2)?,
                    key: file_key(&vault, row, 3)?,
                })
            })
        })
        .await
    }

    /// Notes what the check made of a file; a ticket that has it hears of it. `false` when somebody else noted it
    /// before, or the file is no longer wanted.
    pub async fn finish_upload(&self, id: i64, checked: Checked) -> Result<bool, StoreError> {
        self.write(move |tx| {
            let noted = match checked {
                Checked::Clean { path, size, media_type } => tx.db.execute(
                    "UPDATE uploads SET state = 'clean', path = ?2, size = ?3, media_type = ?4 \
                     WHERE id = ?1 AND state = 'quarantined'",
                    params![id, path, i64::try_from(size).unwrap_or(i64::MAX), media_type],
                )?,
                Checked::Rejected => {
                    let sql = "UPDATE uploads SET state = 'rejected', path = '', dek = NULL, dek_key = NULL \
                               WHERE id = ?1 AND state = 'quarantined'";
                    tx.db.execute(sql, [id])?
                }
            };
            if noted == 0 {
                return Ok(false);
            }
            let find = "SELECT tickets.id FROM uploads JOIN tickets ON number = ticket_number WHERE uploads.id = ?1";
            if let Some(ticket) = tx.db.first(find, [id], |row| row.get(0))? {
                tx.wake(ticket);
            }
            Ok(true)
        })
        .await
    }

    /// A file of a ticket; operators see files of internal notes too.
    pub async fn ticket_file(&self, ticket: i64, file: i64, all: bool) -> Result<Option<StoredFile>, StoreError> {
        let vault = self.vault();
        self.read(move |db| {
            let sql = "SELECT uploads.state, media_type, path, size, uploads.dek, uploads.dek_key FROM uploads JOIN tickets ON number = ticket_number \
                       JOIN events ON events.ticket_id = tickets.id AND seq = event_seq \
                       WHERE uploads.id = ?1 AND tickets.id = ?2 AND (public OR ?3)";
            db.first(sql, params![file, ticket, all], |row| {
                let state: String = row.get(0)?;
                Ok(StoredFile {
                    state: file_state(&state),
                    media_type: row.get(1)?,
                    path: row.get(2)?,
                    size: u64::try_from(row.get::<i64>(3)?).unwrap_or(0),
                    key: file_key(&vault, row, 4)?,
                })
            })
        })
        .await
    }
}

/// Whether every token names a file of this side that may be given to a ticket; else the place of the first that does
/// not: unknown, taken, of the other side, or named twice. A file that failed its check may be given: the words count
/// more than the picture, and the history tells what became of it.
pub(super) fn claimable(tx: &Tx, tokens: &[String], sender: &str) -> Result<Result<(), usize>, StoreError> {
    for (index, text) in tokens.iter().enumerate() {
        let Some(token) = Token::parse(text) else { return Ok(Err(index)) };
        let find = "SELECT 1 FROM uploads WHERE token_hash = ?1 AND ticket_number IS NULL AND sender = ?2";
        let free = tx.db.exists(find, params![token.hash(), sender])?;
        if !free || tokens.iter().take(index).any(|earlier| earlier == text) {
            return Ok(Err(index));
        }
    }
    Ok(Ok(()))
}

/// Gives the files to a step of a ticket.
pub(super) fn give(tx: &Tx, tokens: &[String], number: &str, seq: i64) -> Result<(), StoreError> {
    for token in tokens.iter().filter_map(|text| Token::parse(text)) {
        tx.db.execute(
            "UPDATE uploads SET ticket_number = ?2, event_seq = ?3 WHERE token_hash = ?1",
            params![token.hash(), number, seq],
        )?;
    }
    Ok(())
}

/// Files of a ticket with the step they came with.
pub(super) fn files(db: &Db, number: &str) -> Result<Vec<(i64, TicketFile)>, StoreError> {
    let sql = "SELECT event_seq, id, media_type, size, state FROM uploads WHERE ticket_number = ?1 ORDER BY id";
    let read = |row: &mut Row| {
        let state: String = row.get(4)?;
        let file = TicketFile {
            id: u64::try_from(row.get::<i64>(1)?).unwrap_or(0),
            media_type: row.get(2)?,
            size: u64::try_from(row.get::<i64>(3)?).unwrap_or(0),
            state: file_state(&state),
        };
        Ok((row.get::<Option<i64>>(0)?.unwrap_or(1), file))
    };
    db.all(sql, [number], read)
}

/// A file's key from two columns: `dek`, `dek_key`.
fn file_key(vault: &Vault, row: &mut Row, first: usize) -> Result<Option<SecretKey>, StoreError> {
    match (row.get(first)?, row.get(first + 1)?) {
        (Some(bytes), Some(key)) => Ok(Some(vault.unwrap(&Wrapped { key, bytes })?)),
        _ => Ok(None),
    }
}

fn file_state(name: &str) -> FileState {
    match name {
        "clean" => FileState::Clean,
        "rejected" => FileState::Rejected,
        _ => FileState::Quarantined,
    }
}
