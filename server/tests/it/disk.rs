//! A full disk under SQLite: by a limit of the database's pages, and a disk that really is full.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use podskazka_server::Config;

use crate::app::{Answer, Instance, Process, agent, created, key, sample, send};

/// Bytes of the small disk: the database of some hundred tickets.
const DISK: u64 = 6 << 20;
/// Refusals that are looked at while the disk is full.
const REFUSED: usize = 20;

#[test]
fn a_full_disk_answers_503_and_loses_no_ticket_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { data_dir: dir.path().to_path_buf(), max_database_bytes: Some(400_000), ..Config::default() };
    let server = Instance::with(config);
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    while refused < REFUSED {
        let answer = server.ticket(&key(), &sample());
        if answer.status == 201 {
            acknowledged.push(created(&answer));
        } else {
            answer.problem(503, "storage-unavailable");
            assert_eq!(answer.header("retry-after"), "5");
            refused += 1;
        }
    }
    assert!(acknowledged.len() > 10);
    server.get("/readyz", None).problem(503, "storage-unavailable");
    // Reading goes on.
    let (number, token) = &acknowledged[0];
    server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    drop(server);
    let server = Instance::start(dir.path());
    for (number, token) in &acknowledged {
        server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    }
    server.new_ticket();
}

/// A server whose data folder is a disk of its own, in a mount namespace that nobody else sees.
struct Small {
    process: Process,
    mount: PathBuf,
    folder: PathBuf,
}

impl Small {
    fn start(mount: &Path, size: u64) -> Small {
        let program = env!("CARGO_BIN_EXE_podskazka-server");
        let script = format!(
            "mount -t tmpfs -o size={size} none '{0}' && exec {program} --data-dir '{0}' --listen 127.0.0.1:0",
            mount.display()
        );
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]);
        let process = Process::of(command);
        let folder = PathBuf::from(format!("/proc/{}/root{}", process.id(), mount.display()));
        Small { process, mount: mount.to_path_buf(), folder }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(&agent(), &format!("{}{path}", self.process.base), method, headers, body)
    }

    fn ticket(&self) -> Answer {
        self.ask("POST", "/v1/tickets", &[("idempotency-key", &key())], sample().to_string().as_bytes())
    }

    /// A command of the program in the same folder.
    fn run(&self, args: &[&str]) -> (bool, String) {
        let program = ["nsenter", "--user", "--mount", "--preserve-credentials", "--target"];
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).arg(self.process.id().to_string()).arg(env!("CARGO_BIN_EXE_podskazka-server"));
        let output = command.arg("--data-dir").arg(&self.mount).args(args).output().unwrap();
        let text = if output.status.success() { output.stdout } else { output.stderr };
        (output.status.success(), String::from_utf8(text).unwrap())
    }

    fn show(&self, number: &str, token: &str) -> Answer {
        self.ask("GET", &format!("/v1/tickets/{number}"), &[("authorization", &format!("Bearer {token}"))], b"")
    }

    /// Takes what is left of the disk.
    fn fill(&self) -> PathBuf {
        let path = self.folder.join("filler");
        let mut filler = File::create(&path).unwrap();
        for size in [64 * 1024, 4096] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
        path
    }
}

/// Whether this machine lets the test mount a disk.
fn able() -> bool {
    let able = Command::new("unshare").args(["--user", "--map-root-user", "--mount", "true"]).status();
    let able = able.is_ok_and(|status| status.success());
    if !able {
        eprintln!("NOT TRIED: this machine lets nobody mount a disk of their own (unshare --user --mount)");
    }
    able
}

#[test]
fn a_disk_that_is_really_full_refuses_loses_nothing_and_is_survived_without_a_restart() {
    if !able() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let server = Small::start(dir.path(), DISK);
    let mut acknowledged: Vec<_> = (0..5).map(|_| created(&server.ticket())).collect();
    let filler = server.fill();
    let mut refused = 0;
    while refused < REFUSED {
        let answer = server.ticket();
        if answer.status == 201 {
            acknowledged.push(created(&answer));
        } else {
            answer.problem(503, "storage-unavailable");
            assert_eq!(answer.header("retry-after"), "5");
            refused += 1;
        }
    }
    server.ask("GET", "/readyz", &[], b"").problem(503, "storage-unavailable");
    let file = vec![b'a'; 1 << 20];
    let upload = server.ask("POST", "/v1/uploads", &[("idempotency-key", &key())], &file);
    upload.problem(503, "storage-unavailable");
    for (number, token) in &acknowledged {
        server.show(number, token).ok(200);
    }
    fs::remove_file(filler).unwrap();
    // The next one is taken: nothing has to be started anew.
    acknowledged.push(created(&server.ticket()));
    server.ask("GET", "/readyz", &[], b"").ok_text("ok\n");
    assert_eq!(server.ask("POST", "/v1/uploads", &[("idempotency-key", &key())], &file).status, 201);
    for (number, token) in &acknowledged {
        server.show(number, token).ok(200);
    }
    let copy = tempfile::tempdir().unwrap();
    for name in ["podskazka.sqlite", "podskazka.sqlite-wal"] {
        fs::copy(server.folder.join(name), copy.path().join(name)).unwrap();
    }
    let database = rusqlite::Connection::open(copy.path().join("podskazka.sqlite")).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    let count: i64 = database.query_row("SELECT count(*) FROM tickets", [], |row| row.get(0)).unwrap();
    assert_eq!((sound.as_str(), count), ("ok", i64::try_from(acknowledged.len()).unwrap()));
}

#[test]
fn the_command_erases_on_a_disk_so_full_that_the_database_does_not_open() {
    if !able() {
        return;
    }
    let (from, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Instance::with(Config { reserve_bytes: 8 << 20, ..crate::app::config(from.path()) });
    let (number, _) = server.new_ticket();
    drop(server);
    let (program, mount) = (env!("CARGO_BIN_EXE_podskazka-server"), dir.path().display());
    let script = format!(
        "mount -t tmpfs -o size={} none '{mount}' && cp -r '{}/.' '{mount}' && (cat /dev/zero >'{mount}/filler'; true) && \
         exec {program} --data-dir '{mount}' erase {number} --by olga --reason заявление",
        3 * DISK,
        from.path().display()
    );
    let mut command = Command::new("unshare");
    let output = command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().contains(&number));
}

#[test]
fn on_a_disk_that_is_full_tickets_are_erased_and_the_room_for_it_comes_back() {
    if !able() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let server = Small::start(dir.path(), 3 * DISK);
    let reserve = || fs::metadata(server.folder.join("podskazka.reserve")).map_or(0, |it| it.len());
    let mut kept: Vec<_> = (0..5).map(|_| created(&server.ticket())).collect();
    assert_eq!(reserve(), 8 << 20);
    let filler = server.fill();
    let mut refused = 0;
    while refused < REFUSED {
        let answer = server.ticket();
        if answer.status == 201 {
            kept.push(created(&answer));
        } else {
            answer.problem(503, "storage-unavailable");
            refused += 1;
        }
    }
    for _ in 0..2 {
        let (number, token) = kept.remove(0);
        let (good, said) = server.run(&["erase", &number, "--by", "olga", "--reason", "заявление"]);
        assert!(good, "{said}");
        server.show(&number, &token).problem(404, "not-found");
    }
    fs::remove_file(filler).unwrap();
    let taken = loop {
        let answer = server.ticket();
        if answer.status == 201 {
            break created(&answer);
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    };
    assert_eq!(reserve(), 8 << 20, "nobody writes before it is there again");
    for (number, token) in kept.iter().chain([&taken]) {
        server.show(number, token).ok(200);
    }
}
