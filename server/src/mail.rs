//! Letters to citizens: the mail server's address, and the worker that hands letters over.

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::Error as SmtpError;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use serde::Deserialize;
use tokio::sync::watch;

use crate::clock;
use crate::secret::{self, Hidden};
use crate::store::{Delivery, Parcel, Store, StoreError, Way};

/// How often letters whose wait is over are looked for.
const TICK: Duration = Duration::from_secs(5);
/// Patience with the mail server for one letter.
const PATIENCE: Duration = Duration::from_secs(15);

/// How letters leave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://user:password@host:465`, or `smtp://…:587?tls=required`.
    pub server: Hidden,
    /// `Поддержка <support@example.ru>`.
    pub from: String,
    /// Where citizens reach this server, without a slash at the end.
    pub public_url: String,
}

/// The way to the mail server.
#[derive(Clone)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    base: String,
}

impl Post {
    /// From the settings; the text says what to change.
    pub fn new(mail: &Mail) -> Result<Post, String> {
        let from = mail
            .from
            .parse()
            .map_err(|_| format!("mail: from = \"{}\" must look like Поддержка <support@example.ru>", mail.from))?;
        let base = mail.public_url.trim_end_matches('/').to_owned();
        if !base.starts_with("https://") && !base.starts_with("http://") {
            return Err(format!("mail: public_url = \"{base}\" must look like https://help.example.ru"));
        }
        // The address may hold a password, so it is not repeated.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&mail.server.0)
            .map_err(|_| "mail: server must look like smtps://user:password@mail.example.ru:465".to_owned())?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Post { transport, from, base })
    }

    /// Hands letters over until the service stops.
    pub async fn run(self, store: Store, mut stopping: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = store.posted().notified() => {}
                _ = stopping.wait_for(|stopping| *stopping) => return,
            }
            if let Err(error) = self.turn(&store, &stopping).await {
                tracing::error!(%error, "letters wait; the next turn tries again");
            }
        }
    }

    /// Sends what is due.
    async fn turn(&self, store: &Store, stopping: &watch::Receiver<bool>) -> Result<(), StoreError> {
        loop {
            let parcels = store.lease_letters(Way::Mail, self.base.clone(), clock::now()).await?;
            if parcels.is_empty() {
                return Ok(());
            }
            for parcel in parcels {
                // What is left over is sent after the lease, by this instance or another.
                if *stopping.borrow() {
                    return Ok(());
                }
                let (name, lease) = (parcel.dedupe.clone(), parcel.lease);
                let delivery = self.send(parcel).await;
                // A note that fails holds up no other letter: this one comes again after its lease.
                if let Err(error) = store.settle_letter(name, lease, delivery, clock::now()).await {
                    tracing::error!(%error, "what became of a letter was not noted; it may come twice");
                }
            }
        }
    }

    async fn send(&self, parcel: Parcel) -> Delivery {
        // An address that cannot stand in a letter is not tried again.
        let Some(message) = self.message(parcel) else { return Delivery::Never };
        match self.transport.send(message).await {
            Ok(_) => Delivery::Done,
            Err(error) => {
                let never = error.is_permanent();
                tracing::warn!(kind = kind(&error), never, "a letter was not taken");
                if never { Delivery::Never } else { Delivery::Later }
            }
        }
    }

    fn message(&self, parcel: Parcel) -> Option<Message> {
        let to = Mailbox::new(None, parcel.to.parse::<Address>().ok()?);
        let name = secret::hex(&secret::sha256(&[parcel.dedupe.as_bytes()])).get(..32)?.to_owned();
        let id = format!("<{name}@{}>", self.from.email.domain());
        let mut message: MessageBuilder = Message::builder().from(self.from.clone()).to(to).message_id(Some(id));
        message = message.subject(parcel.letter.subject).header(ContentType::TEXT_PLAIN);
        let mut message = message.body(parcel.letter.text).ok()?;
        let mut put = |name: &'static str, value: String| {
            message.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        };
        put("Auto-Submitted", "auto-generated".to_owned());
        if let Some(stop) = parcel.stop {
            put("List-Unsubscribe", format!("<{stop}>"));
            put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
        }
        Some(message)
    }
}

/// What went wrong, without the server's words: they may quote the address.
fn kind(error: &SmtpError) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_permanent() {
        "refused"
    } else if error.is_transient() {
        "busy"
    } else if error.is_tls() {
        "tls"
    } else {
        "connection"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use podskazka::ticket::letters;

    fn mail(server: &str, from: &str, public_url: &str) -> Mail {
        Mail { server: Hidden(server.into()), from: from.into(), public_url: public_url.into() }
    }

    #[tokio::test]
    async fn settings_that_cannot_work_are_named_without_the_password() {
        let (server, from, url) =
            ("smtps://u:geheim@mail.example.ru:465", "Поддержка <a@example.ru>", "https://h.example.ru/");
        assert_eq!(Post::new(&mail(server, from, url)).ok().unwrap().base, "https://h.example.ru");
        for (bad, word) in [
            (mail("mail.example.ru", from, url), "server"),
            (mail("http://u:geheim@mail.example.ru", from, url), "server"),
            (mail(server, "support", url), "from"),
            (mail(server, from, "h.example.ru"), "public_url"),
        ] {
            let said = Post::new(&bad).err().unwrap();
            assert!(said.contains(word) && !said.contains("geheim"), "{said}");
            assert!(!format!("{bad:?}").contains("geheim"));
        }
    }

    #[tokio::test]
    async fn an_address_puts_no_header_into_a_letter() {
        let post = Post::new(&mail("smtp://127.0.0.1:1", "a@example.ru", "https://h.example.ru")).ok().unwrap();
        let parcel = |to: &str, number: &str| Parcel {
            dedupe: "x".into(),
            lease: 0,
            to: to.into(),
            letter: letters::created(number),
            stop: None,
        };
        assert!(post.message(parcel("a@b.ru\r\nBcc: x@y.ru", "PS-1")).is_none());
        assert!(post.message(parcel("a@b.ru, x@y.ru", "PS-1")).is_none());
        let sent = post.message(parcel("a@b.ru", "PS-1\r\nBcc: x@y.ru")).unwrap().formatted();
        let sent = String::from_utf8(sent).unwrap();
        assert!(!sent.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{sent}");
    }
}
