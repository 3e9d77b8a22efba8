//! The line to the mail server: one connection for a run of letters.
//!
//! A letter's text and its end go out in one piece, and not before the one ahead of it is noted: whoever kills the sender
//! makes one letter come twice at most.

use std::fmt::Display;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error as SmtpError, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use lettre::{Address, Message};
use percent_encoding::percent_decode_str;
use reqwest::Url;
use tokio::time::timeout;

/// Patience with the mail server until it asks for the text.
const READY: Duration = Duration::from_secs(15);
/// Patience with it for the answer to a text: what it took without a word comes twice.
const ANSWER: Duration = Duration::from_secs(60);
/// Patience with its farewell.
const FAREWELL: Duration = Duration::from_secs(2);
/// The longest that a letter takes: over the kept connection and once more over a new one.
pub const LONGEST: Duration = Duration::from_secs(2 * (READY.as_secs() + ANSWER.as_secs() + FAREWELL.as_secs()));

/// Where the mail server is, and who we are there.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
}

impl Server {
    /// From `smtps://user:password@host:465`, `smtp://host:587?tls=required` (or `opportunistic`) or `smtp://host`; a path
    /// is the name we give ourselves.
    pub fn parse(address: &str) -> Option<Server> {
        let url = Url::parse(address).ok()?;
        let host = url.host_str().filter(|host| !host.is_empty())?.to_owned();
        let named = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let parameters = || TlsParameters::new(host.clone()).ok();
        let (usual, tls) = match (url.scheme(), named.as_deref()) {
            ("smtps", _) => (SUBMISSIONS_PORT, Tls::Wrapper(parameters()?)),
            ("smtp", Some("required")) => (SUBMISSION_PORT, Tls::Required(parameters()?)),
            ("smtp", Some("opportunistic")) => (SUBMISSION_PORT, Tls::Opportunistic(parameters()?)),
            ("smtp", None) => (SMTP_PORT, Tls::None),
            _ => return None,
        };
        let plain = |text: &str| Some(percent_decode_str(text).decode_utf8().ok()?.into_owned());
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(plain(url.username())?, plain(password)?)),
            None => None,
        };
        let name = url.path().trim_matches('/');
        let hello = if name.is_empty() { ClientId::default() } else { ClientId::Domain(name.to_owned()) };
        Some(Server { port: url.port().unwrap_or(usual), host, tls, hello, credentials })
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let at_once = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let server = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, None, &self.hello, at_once, None).await?;
        match &self.tls {
            Tls::Required(parameters) => connection.starttls(parameters.clone(), &self.hello).await?,
            Tls::Opportunistic(parameters) if connection.can_starttls() => {
                connection.starttls(parameters.clone(), &self.hello).await?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// Why a letter did not go.
#[derive(Debug)]
pub enum Trouble {
    /// The mail server said no, or was not there.
    Smtp(SmtpError),
    /// It said nothing.
    Silent,
    /// It knows no address or text beyond ASCII, and this letter has one.
    Ascii,
}

impl Trouble {
    /// The mail server will never take it.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Trouble::Smtp(error) if error.is_permanent())
    }

    /// What went wrong, without the server's words: they may quote the address.
    pub fn kind(&self) -> &'static str {
        match self {
            Trouble::Silent => "timeout",
            Trouble::Ascii => "ascii",
            Trouble::Smtp(error) if error.is_timeout() => "timeout",
            Trouble::Smtp(error) if error.is_permanent() => "refused",
            Trouble::Smtp(error) if error.is_transient() => "busy",
            Trouble::Smtp(error) if error.is_tls() => "tls",
            Trouble::Smtp(_) => "connection",
        }
    }
}

/// A connection that is opened for the first letter, kept for the next ones and closed after a trouble.
pub struct Line<'a> {
    server: &'a Server,
    connection: Option<AsyncSmtpConnection>,
    ready: Duration,
    answer: Duration,
}

impl<'a> Line<'a> {
    pub fn new(server: &'a Server) -> Line<'a> {
        Line { server, connection: None, ready: READY, answer: ANSWER }
    }

    /// Hands a letter over. `noted` ends when the letter before is noted; meanwhile this one goes as far as its text.
    pub async fn carry(&mut self, letter: &Message, noted: impl Future<Output = ()>) -> Result<(), Trouble> {
        let text = stuffed(&letter.formatted());
        let kept = self.connection.is_some();
        let (ready, ()) = tokio::join!(self.announce(letter.envelope(), &text), noted);
        let trouble = match ready {
            Ok(()) => match self.hand_over(&text).await {
                // It may have been taken.
                Err(trouble) if !answered(&trouble) => return Err(trouble),
                Err(trouble) => trouble,
                Ok(()) => return Ok(()),
            },
            Err(trouble) => trouble,
        };
        // A connection that carried others may be at its end, or have had too many of them: only a new one's word counts.
        if !kept {
            return Err(trouble);
        }
        self.announce(letter.envelope(), &text).await?;
        self.hand_over(&text).await
    }

    /// Says who writes to whom, until the mail server asks for the text.
    async fn announce(&mut self, envelope: &Envelope, text: &str) -> Result<(), Trouble> {
        let asked = timeout(self.ready, self.ask(envelope, text)).await;
        let ready = asked.unwrap_or(Err(Trouble::Silent));
        if ready.is_err() {
            self.close().await;
        }
        ready
    }

    async fn ask(&mut self, envelope: &Envelope, text: &str) -> Result<(), Trouble> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(self.server.connect().await.map_err(Trouble::Smtp)?),
        };
        let plain = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let mut options = Vec::new();
        for (needed, extension, option) in [
            (
                !envelope.to().iter().chain(envelope.from()).all(plain),
                Extension::SmtpUtfEight,
                MailParameter::SmtpUtfEight,
            ),
            (!text.is_ascii(), Extension::EightBitMime, MailParameter::Body(MailBodyParameter::EightBitMime)),
        ] {
            if needed && !connection.server_info().supports_feature(extension) {
                return Err(Trouble::Ascii);
            }
            options.extend(needed.then_some(option));
        }
        say(connection, Mail::new(envelope.from().cloned(), options)).await?;
        for to in envelope.to() {
            say(connection, Rcpt::new(to.clone(), Vec::new())).await?;
        }
        say(connection, Data).await
    }

    async fn hand_over(&mut self, text: &str) -> Result<(), Trouble> {
        let Some(connection) = &mut self.connection else { return Err(Trouble::Silent) };
        let taken = timeout(self.answer, say(connection, text)).await.unwrap_or(Err(Trouble::Silent));
        if taken.is_err() {
            self.close().await;
        }
        taken
    }

    /// Says goodbye.
    pub async fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // Whoever does not answer is left.
            let _ = timeout(FAREWELL, connection.quit()).await;
        }
    }
}

async fn say(connection: &mut AsyncSmtpConnection, words: impl Display) -> Result<(), Trouble> {
    connection.command(words).await.map(drop).map_err(Trouble::Smtp)
}

/// The mail server has answered with a number: it did not take the letter.
fn answered(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Smtp(error) if error.status().is_some())
}

/// A text with its end. The end would wait for word of the text if it went after it.
fn stuffed(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let first = if text.starts_with('.') { "." } else { "" };
    format!("{first}{}\r\n.\r\n", text.replace("\r\n.", "\r\n.."))
}

#[cfg(test)]
mod tests;
