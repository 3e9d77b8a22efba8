//! Letters to citizens: the mail server's address, and the worker that hands letters over.

mod line;

use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{Address, Message};
use serde::Deserialize;
use tokio::sync::watch;

use self::line::{LONGEST, Line, Server};
use crate::clock;
use crate::secret::{self, Hidden};
use crate::store::{Delivery, Parcel, Store, StoreError, Way};

/// How often letters whose wait is over are looked for.
const TICK: Duration = Duration::from_secs(5);

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
    server: Server,
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
        let server = Server::parse(&mail.server.0)
            .ok_or("mail: server must look like smtps://user:password@mail.example.ru:465")?;
        Ok(Post { server, from, base })
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
        let mut line = Line::new(&self.server);
        let done = self.work_off(&mut line, store, stopping).await;
        line.close().await;
        done
    }

    async fn work_off(
        &self,
        line: &mut Line<'_>,
        store: &Store,
        stopping: &watch::Receiver<bool>,
    ) -> Result<(), StoreError> {
        let longest = i64::try_from(LONGEST.as_secs()).unwrap_or(i64::MAX);
        loop {
            let parcels = store.lease_letters(Way::Mail, self.base.clone(), clock::now()).await?;
            if parcels.is_empty() {
                return Ok(());
            }
            let mut last = None;
            for parcel in parcels {
                // What is left over is sent after the lease, by this instance or another.
                if *stopping.borrow() || parcel.lease < clock::now() + longest {
                    break;
                }
                let (name, lease) = (parcel.dedupe.clone(), parcel.lease);
                let delivery = self.send(line, parcel, note(store, last.take())).await;
                last = Some((name, lease, delivery));
            }
            note(store, last).await;
            if *stopping.borrow() {
                return Ok(());
            }
        }
    }

    /// Hands one letter over, once the one before is noted.
    async fn send(&self, line: &mut Line<'_>, parcel: Parcel, noted: impl Future<Output = ()>) -> Delivery {
        // An address that cannot stand in a letter is not tried again.
        let Some(message) = self.message(parcel) else {
            noted.await;
            return Delivery::Never;
        };
        match line.carry(&message, noted).await {
            Ok(()) => Delivery::Done,
            Err(trouble) => {
                let never = trouble.is_permanent();
                tracing::warn!(kind = trouble.kind(), never, "a letter was not taken");
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

/// Notes what became of a letter. A note that fails holds up no other letter: this one comes again after its lease.
async fn note(store: &Store, sent: Option<(String, i64, Delivery)>) {
    let Some((name, lease, delivery)) = sent else { return };
    if let Err(error) = store.settle_letter(name, lease, delivery, clock::now()).await {
        tracing::error!(%error, "what became of a letter was not noted; it may come twice");
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
