//! Letters over an encrypted connection: from its beginning, or after `STARTTLS`.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::app::{Process, created, key, program, sample};
use crate::letters::{PATIENCE, holding};

/// A certificate of `localhost` that vouches for itself.
fn certificate(dir: &Path) -> ServerConfig {
    let mut command = Command::new("openssl");
    command.current_dir(dir).args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "crt"]);
    command.args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]);
    command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
    assert!(command.output().unwrap().status.success(), "these tests need openssl");
    let chain = vec![CertificateDer::from_pem_file(dir.join("crt")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(dir.join("key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    versions.with_no_client_auth().with_single_cert(chain, key).unwrap()
}

/// Stands before the mail server at `behind` and encrypts; tells of each connection whether it came to that.
fn front(behind: &str, config: ServerConfig, asks: bool) -> (u16, Receiver<bool>) {
    let behind = behind.strip_prefix("smtp://").unwrap().to_owned();
    let (says, said) = channel();
    let (opened, port) = channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            opened.send(listener.local_addr().unwrap().port()).unwrap();
            let acceptor = TlsAcceptor::from(Arc::new(config));
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever asked has gone with the end of the test.
                let _ = says.send(serve(stream, &behind, &acceptor, asks).await.is_ok());
            }
        });
    });
    (port.recv().unwrap(), said)
}

async fn serve(stream: TcpStream, behind: &str, acceptor: &TlsAcceptor, asks: bool) -> std::io::Result<()> {
    let mut plain = BufReader::new(stream);
    if asks {
        plain.write_all(b"220 test\r\n").await?;
        for (word, answer) in [("EHLO", "250-test\r\n250 STARTTLS\r\n"), ("STARTTLS", "220 go on\r\n")] {
            let mut line = String::new();
            plain.read_line(&mut line).await?;
            assert!(line.starts_with(word), "{line} in clear");
            plain.write_all(answer.as_bytes()).await?;
        }
    }
    let mut inside = acceptor.accept(plain.into_inner()).await?;
    let mut server = TcpStream::connect(behind).await?;
    if asks {
        // There is no second greeting.
        let mut greeting = [0; "220 test\r\n".len()];
        server.read_exact(&mut greeting).await?;
    }
    tokio::spawn(async move { tokio::io::copy_bidirectional(&mut inside, &mut server).await });
    Ok(())
}

/// Starts the program with this mail server, with trust in that certificate or not, and sends a ticket.
fn ticket(dir: &Path, server: &str, trusts: bool) -> (Process, String) {
    let settings = dir.join("a.toml");
    let text =
        format!("[mail]\nserver = \"{server}\"\nfrom = \"a@example.ru\"\npublic_url = \"https://h.example.ru\"\n");
    std::fs::write(&settings, text).unwrap();
    let data = tempfile::tempdir_in(dir).unwrap().keep();
    let mut command = program(&data);
    command.arg("--config").arg(&settings).args(["--listen", "127.0.0.1:0"]);
    if trusts {
        command.env("SSL_CERT_FILE", dir.join("crt"));
    }
    let process = Process::of(command);
    let mut ticket = sample();
    ticket["contact"] = "anna@example.org".into();
    let url = format!("{}/v1/tickets", process.base);
    let made = crate::app::send(
        &crate::app::agent(),
        &url,
        "POST",
        &[("idempotency-key", &key())],
        ticket.to_string().as_bytes(),
    );
    let (number, _) = created(&made);
    (process, number)
}

#[test]
fn letters_go_encrypted_to_a_server_that_proves_its_name_and_to_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let config = certificate(dir.path());
    let (behind, letters) = holding(0, Arc::default());
    for (scheme, way, asks) in
        [("smtps", "", false), ("smtp", "?tls=required", true), ("smtp", "?tls=opportunistic", true)]
    {
        let (port, encrypted) = front(&behind, config.clone(), asks);
        // The password has the signs that an address spells otherwise.
        let address = |host: &str| format!("{scheme}://a%40example.ru:p%3Aw@{host}:{port}{way}");
        let (_process, number) = ticket(dir.path(), &address("localhost"), true);
        assert!(encrypted.recv_timeout(PATIENCE).unwrap(), "{scheme}{way}");
        let letter = letters.recv_timeout(PATIENCE).unwrap();
        assert!(letter.text.contains(&number), "{scheme}{way}: {letter:?}");
        let (_process, _) = ticket(dir.path(), &address("localhost"), false);
        assert!(!encrypted.recv_timeout(PATIENCE).unwrap(), "{scheme}{way}: nobody vouches for it");
    }
    assert!(letters.try_recv().is_err());
}
