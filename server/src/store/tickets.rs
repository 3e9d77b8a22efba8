//! What the API asks of the storage.

use std::collections::HashSet;

use podskazka::wire::{NewTicket, TicketView};
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::{Store, StoreError};
use crate::clock;
use crate::rules;
use crate::secret::{self, Hash, Token};

/// A ticket that passed the rules, with the key it came under.
pub struct Submission {
    pub ticket: NewTicket,
    /// `Idempotency-Key` of the sender.
    pub key: String,
    /// SHA-256 of the request body.
    pub request_hash: Hash,
}

/// What became of a submission.
pub enum Created {
    New {
        number: String,
        token: Token,
    },
    /// The same key and body came before.
    Replayed {
        number: String,
        token: Token,
    },
    /// The same key came before with another body.
    Mismatch,
    /// The upload at this place of the list is unknown, taken, or named twice.
    NoUpload(usize),
}

/// A picture already on the disk.
pub struct NewUpload {
    pub token_hash: Hash,
    pub sha256: String,
    pub size: u64,
    pub media_type: &'static str,
    /// Relative to the data folder.
    pub path: String,
}

impl Store {
    /// Records a picture.
    pub async fn add_upload(&self, upload: NewUpload) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO uploads (token_hash, sha256, size, media_type, path, created_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    upload.token_hash,
                    upload.sha256,
                    i64::try_from(upload.size).unwrap_or(i64::MAX),
                    upload.media_type,
                    upload.path,
                    clock::rfc3339(clock::now()),
                ],
            )?;
            Ok(())
        })
        .await
    }

    /// Records a ticket once per key, and gives the named pictures to it.
    pub async fn create_ticket(&self, submission: Submission) -> Result<Created, StoreError> {
        self.write(move |connection| create(connection, &submission)).await
    }

    /// The ticket, if the token is its own.
    pub async fn ticket(&self, number: String, token: &Token) -> Result<Option<TicketView>, StoreError> {
        let token_hash = token.hash();
        self.read(move |connection| {
            let view = connection
                .query_row(
                    "SELECT number, status, topic, created_at FROM tickets WHERE number = ?1 AND token_hash = ?2",
                    params![number, token_hash],
                    |row| {
                        Ok(TicketView {
                            number: row.get(0)?,
                            status: row.get(1)?,
                            topic: row.get(2)?,
                            created_at: row.get(3)?,
                        })
                    },
                )
                .optional()?;
            Ok(view)
        })
        .await
    }
}

fn create(connection: &Connection, submission: &Submission) -> Result<Created, StoreError> {
    let key_hash = secret::key_hash(&submission.key);
    let earlier: Option<(Hash, String, Hash)> = connection
        .query_row(
            "SELECT request_hash, ticket_number, token_sealed FROM idempotency WHERE key_hash = ?1",
            params![key_hash],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    if let Some((request_hash, number, sealed)) = earlier {
        if request_hash != submission.request_hash {
            return Ok(Created::Mismatch);
        }
        return Ok(Created::Replayed { number, token: Token::unseal(sealed, &submission.key) });
    }

    let mut uploads = HashSet::new();
    for (index, text) in submission.ticket.uploads.iter().enumerate() {
        let Some(hash) = Token::parse(text).map(|token| token.hash()) else { return Ok(Created::NoUpload(index)) };
        let free: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM uploads WHERE token_hash = ?1 AND ticket_number IS NULL)",
            params![hash],
            |row| row.get(0),
        )?;
        if !free || !uploads.insert(hash) {
            return Ok(Created::NoUpload(index));
        }
    }

    let number = free_number(connection)?;
    let token = Token::random()?;
    insert(connection, &submission.ticket, &number, token.hash())?;
    for hash in uploads {
        connection.execute("UPDATE uploads SET ticket_number = ?1 WHERE token_hash = ?2", params![number, hash])?;
    }
    connection.execute(
        "INSERT INTO idempotency (key_hash, request_hash, ticket_number, token_sealed) VALUES (?1, ?2, ?3, ?4)",
        params![key_hash, submission.request_hash, number, token.seal(&submission.key)],
    )?;
    Ok(Created::New { number, token })
}

fn insert(connection: &Connection, ticket: &NewTicket, number: &str, token_hash: Hash) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO tickets (number, token_hash, topic, text, name, contact, code, field, snapshot, client, status, \
         created_at) VALUES (:number, :token_hash, :topic, :text, :name, :contact, :code, :field, :snapshot, :client, \
         'new', :created_at)",
        named_params! {
            ":number": number,
            ":token_hash": token_hash,
            ":topic": ticket.topic,
            ":text": ticket.text,
            ":name": ticket.name,
            ":contact": ticket.contact,
            ":code": ticket.code,
            ":field": ticket.field,
            ":snapshot": serde_json::to_string(&ticket.snapshot)?,
            ":client": serde_json::to_string(&ticket.client)?,
            ":created_at": clock::rfc3339(clock::now()),
        },
    )?;
    Ok(())
}

fn free_number(connection: &Connection) -> Result<String, StoreError> {
    for _ in 0..64 {
        let Some(number) = rules::number(secret::random_u64()?) else { continue };
        let taken: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM tickets WHERE number = ?1)",
            params![number],
            |row| row.get(0),
        )?;
        if !taken {
            return Ok(number);
        }
    }
    Err(StoreError::NoNumber)
}
