use std::io;
use std::sync::{Arc, Mutex};

use lettre::message::header::ContentType;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// What a mail server heard: the first four letters of each word, `OPEN` for a connection and `TEXT` for a text.
type Heard = Arc<Mutex<Vec<String>>>;
/// Its answer to the last of them; to `None` it hangs up.
type Answer = fn(&[String]) -> Option<&'static str>;

async fn mail_server(way: &str, answer: Answer) -> (Server, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Server::parse(&format!("smtp://{}{way}", listener.local_addr().unwrap())).unwrap();
    let heard = Heard::default();
    let hears = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, answer, Arc::clone(&hears)));
        }
    });
    (server, heard)
}

async fn talk(stream: TcpStream, answer: Answer, heard: Heard) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut word = "OPEN".to_owned();
    loop {
        let said = {
            let mut heard = heard.lock().unwrap();
            heard.push(word);
            answer(&heard)
        };
        let Some(said) = said else { return Ok(()) };
        stream.get_mut().write_all(said.as_bytes()).await?;
        let text = said.starts_with("354");
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 && text && !line.ends_with("\r\n.\r\n") {}
        if line.is_empty() {
            return Ok(());
        }
        word = if text { "TEXT".to_owned() } else { line.chars().take(4).collect() };
    }
}

/// How a mail server answers that takes everything.
fn usual(heard: &[String]) -> Option<&'static str> {
    Some(match heard.last().map(String::as_str) {
        Some("OPEN") => "220 test\r\n",
        Some("DATA") => "354 go on\r\n",
        Some("QUIT") => "221 bye\r\n",
        _ => "250 ok\r\n",
    })
}

fn last(heard: &[String], word: &str, which: usize) -> bool {
    heard.last().is_some_and(|it| it == word) && heard.iter().filter(|it| *it == word).count() == which
}

fn words(heard: &Heard) -> String {
    heard.lock().unwrap().join(" ")
}

fn letter() -> Message {
    let letter = Message::builder().from("a@example.ru".parse().unwrap()).to("b@example.ru".parse().unwrap());
    letter.header(ContentType::TEXT_PLAIN).body("Здравствуйте".to_owned()).unwrap()
}

/// Sends so many letters, one after the other, and says goodbye.
async fn sent(server: &Server, letters: usize) -> Vec<Result<(), Trouble>> {
    let mut line = Line::new(server);
    let mut all = Vec::new();
    for _ in 0..letters {
        all.push(line.carry(&letter(), async {}).await);
    }
    line.close().await;
    all
}

#[tokio::test]
async fn letters_that_wait_go_over_one_connection() {
    let (server, heard) = mail_server("", usual).await;
    assert!(sent(&server, 3).await.iter().all(Result::is_ok));
    let each = "MAIL RCPT DATA TEXT";
    assert_eq!(words(&heard), format!("OPEN EHLO {each} {each} {each} QUIT"));
}

#[tokio::test]
async fn no_text_goes_before_the_letter_ahead_is_noted() {
    let (server, heard) = mail_server("", usual).await;
    let noted = async {
        while !heard.lock().unwrap().iter().any(|word| word == "DATA") {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // Time for a text that does not wait.
        tokio::time::sleep(Duration::from_millis(50)).await;
        heard.lock().unwrap().push("noted".to_owned());
    };
    Line::new(&server).carry(&letter(), noted).await.unwrap();
    assert_eq!(words(&heard), "OPEN EHLO MAIL RCPT DATA noted TEXT");
}

#[tokio::test]
async fn a_connection_that_has_had_enough_costs_no_letter_its_turn() {
    let busy: Answer = |heard| if last(heard, "MAIL", 2) { Some("421 too many\r\n") } else { usual(heard) };
    let full: Answer = |heard| if last(heard, "TEXT", 2) { Some("554 too many\r\n") } else { usual(heard) };
    let gone: Answer = |heard| if last(heard, "MAIL", 2) { None } else { usual(heard) };
    for answer in [busy, full, gone] {
        let (server, heard) = mail_server("", answer).await;
        assert!(sent(&server, 3).await.iter().all(Result::is_ok), "{}", words(&heard));
        assert_eq!(words(&heard).matches("OPEN").count(), 2, "{}", words(&heard));
    }
}

#[tokio::test]
async fn a_dead_mailbox_is_refused_for_good_and_holds_up_no_other() {
    let answer: Answer = |heard| {
        let dead = last(heard, "RCPT", 2) || last(heard, "RCPT", 3);
        if dead { Some("550 no such mailbox\r\n") } else { usual(heard) }
    };
    let (server, heard) = mail_server("", answer).await;
    let all = sent(&server, 3).await;
    assert!(all[0].is_ok() && all[2].is_ok(), "{}", words(&heard));
    assert!(all[1].as_ref().is_err_and(Trouble::is_permanent));
}

#[tokio::test]
async fn a_text_that_may_have_been_taken_is_not_sent_again_at_once() {
    let answer: Answer = |heard| if last(heard, "TEXT", 2) { None } else { usual(heard) };
    let (server, heard) = mail_server("", answer).await;
    let all = sent(&server, 2).await;
    assert!(all[1].as_ref().is_err_and(|trouble| !trouble.is_permanent()));
    assert_eq!(words(&heard).matches("TEXT").count(), 2, "{}", words(&heard));
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_is_given_up() {
    for silent in [
        |heard: &[String]| if last(heard, "OPEN", 1) { Some("") } else { usual(heard) },
        |heard: &[String]| if last(heard, "MAIL", 1) { Some("") } else { usual(heard) },
        |heard: &[String]| if last(heard, "TEXT", 1) { Some("") } else { usual(heard) },
    ] {
        let (server, heard) = mail_server("", silent).await;
        let mut line = Line::new(&server);
        (line.ready, line.answer) = (Duration::from_secs(1), Duration::from_secs(1));
        let trouble = line.carry(&letter(), async {}).await.unwrap_err();
        assert!(matches!(trouble, Trouble::Silent), "{trouble:?}: {}", words(&heard));
    }
}

#[tokio::test]
async fn where_encryption_is_required_nothing_goes_in_clear() {
    let (server, heard) = mail_server("/?tls=required", usual).await;
    assert!(sent(&server, 1).await[0].is_err());
    assert!(!words(&heard).contains("MAIL"), "{}", words(&heard));
}

#[test]
fn an_address_says_where_how_and_as_whom() {
    let read = |address: &str| Server::parse(address).map(|it| (it.host, it.port, it.hello.to_string()));
    let ours = ClientId::default().to_string();
    let host = || "mail.example.ru".to_owned();
    assert_eq!(read("smtps://mail.example.ru"), Some((host(), 465, ours.clone())));
    assert_eq!(read("smtp://mail.example.ru"), Some((host(), 25, ours.clone())));
    assert_eq!(read("smtp://mail.example.ru?tls=required"), Some((host(), 587, ours.clone())));
    assert_eq!(read("smtp://mail.example.ru?tls=opportunistic"), Some((host(), 587, ours)));
    assert_eq!(read("smtps://mail.example.ru:2465/help.ru"), Some((host(), 2465, "help.ru".to_owned())));
    for bad in ["", "mail.example.ru", "http://mail.example.ru", "smtp://", "smtp://mail.example.ru?tls=no"] {
        assert_eq!(read(bad), None, "{bad}");
    }
    let server = Server::parse("smtps://a%40example.ru:p%3Aw%25@mail.example.ru").unwrap();
    assert_eq!(server.credentials, Some(Credentials::new("a@example.ru".to_owned(), "p:w%".to_owned())));
}

#[test]
fn a_point_at_the_beginning_of_a_line_does_not_end_a_text() {
    assert_eq!(stuffed(b".\r\n..a\r\nb.\r\n."), "..\r\n...a\r\nb.\r\n..\r\n.\r\n");
}
