//! Access to tickets for whoever reads the mail, or the short messages, of their contact.

use podskazka::ticket::State;
use podskazka::ticket::letters::{ACCESS_DAYS, CODE_TRIES};
use podskazka::wire::recovery::RecoveredTicket;

use super::audit::{self, Trace};
use super::db::params;
use super::{Store, StoreError, letters};
use crate::clock;
use crate::contact::Contact;
use crate::secret::{Hash, Token};

/// Tickets that one code opens.
const MOST: i64 = 50;

impl Store {
    /// Asks for a letter, or a short message, with a code of access.
    pub async fn ask_code(&self, contact: Contact) -> Result<(), StoreError> {
        self.write(move |tx| letters::put_code(tx, &contact, clock::now())).await
    }

    /// The tickets of a contact with a new token each, for the code of the last letter; `None` when it is not the one.
    pub async fn redeem_code(
        &self,
        contact: Contact,
        digits: String,
    ) -> Result<Option<Vec<RecoveredTicket>>, StoreError> {
        self.write(move |tx| {
            let now = clock::now();
            let mark = contact.mark(tx.vault)?;
            let tried = letters::code_hash(tx.vault, &mark, &digits)?;
            let sql = "UPDATE codes SET tries = tries + 1 WHERE mark = ?1 AND expires_at > ?2 AND tries < ?3 \
                       RETURNING code_hash";
            let stored: Option<Hash> = tx.db.first(sql, params![mark, now, CODE_TRIES], |row| row.get(0))?;
            if stored != Some(tried) {
                return Ok(None);
            }
            tx.db.execute("UPDATE codes SET expires_at = 0 WHERE mark = ?1", [mark])?;
            let by_mail = matches!(contact, Contact::Mail(_));
            if by_mail {
                // Whoever typed the code reads the mail: letters may come, unless they were stopped.
                tx.db.execute(
                    "INSERT INTO addresses (mark, verified_at) VALUES (?1, ?2) \
                     ON CONFLICT (mark) DO UPDATE SET verified_at = excluded.verified_at",
                    params![mark, now],
                )?;
            }
            let column = if by_mail { "contact_mark" } else { "phone_mark" };
            let sql = format!(
                "SELECT id, number, status, topic, created_at, coalesce(shown, number) FROM tickets WHERE {column} = ?1 ORDER BY id DESC LIMIT ?2"
            );
            let found = tx.db.all(&sql, params![mark, MOST], |row| {
                let status = State::parse(&row.get::<String>(2)?).unwrap_or(State::New);
                let ticket = RecoveredTicket {
                    number: row.get(1)?,
                    token: String::new(),
                    status,
                    status_text: status.words().to_owned(),
                    topic: row.get(3)?,
                    created_at: row.get(4)?,
                };
                Ok((row.get::<i64>(0)?, row.get::<String>(5)?, ticket))
            })?;
            let mut tickets = Vec::new();
            for (id, shown, mut ticket) in found {
                let token = Token::random()?;
                tx.db.execute(
                    "INSERT INTO track_tokens (token_hash, ticket_id, expires_at) VALUES (?1, ?2, ?3)",
                    params![token.hash(), id, now + ACCESS_DAYS * 86_400],
                )?;
                let trace = Trace { actor: "citizen", author: None, what: "recovered", object: &ticket.number };
                audit::note(tx, &trace)?;
                (ticket.token, ticket.number) = (token.text(), shown);
                tickets.push(ticket);
            }
            Ok(Some(tickets))
        })
        .await
    }
}
