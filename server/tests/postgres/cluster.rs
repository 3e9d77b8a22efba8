//! A PostgreSQL server for this run of the tests: its own folder, a user without rights.
//!
//! It listens on a socket in its folder, and encrypted on this machine's own address. A shell stands between: when the tests end, in whatever way, its input
//! ends, and it stops the server and takes the folder away.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

/// Makes the cluster, starts it, says so; stops and starts it by words of its input until that ends.
const SCRIPT: &str = r#"
set -e
bin=$1; dir=$2; port=$3
"$bin/initdb" -D "$dir/data" -A trust -U podskazka -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key" -out "$dir/crt" -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE >>"$dir/log" 2>&1
chmod 600 "$dir/key"; chmod 644 "$dir/crt"
begin() {
"$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -p $port -c listen_addresses=127.0.0.1 -c ssl=on \
  -c ssl_cert_file=$dir/crt -c ssl_key_file=$dir/key -c max_connections=400 -c fsync=off" start >/dev/null
}
begin
echo ready
while read -r word; do
  if [ "$word" = stop ]; then "$bin/pg_ctl" -D "$dir/data" -w -m immediate stop >/dev/null; else begin; fi
  echo ready
done
"$bin/pg_ctl" -D "$dir/data" -w -m immediate stop >/dev/null
rm -rf "$dir"
"#;

/// Programs of the newest PostgreSQL of Debian's packages.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|it| it.path());
    let newest = versions.max_by_key(|path| path.file_name()?.to_str()?.parse::<u32>().ok());
    assert!(newest.is_some(), "these tests need PostgreSQL 15 or later: apt-get install postgresql");
    newest.unwrap().join("bin")
}

fn said(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap().trim().to_owned()
}

/// A server with the shell before it.
pub struct Cluster {
    /// Of the socket.
    folder: PathBuf,
    port: u16,
    shell: Child,
    /// Its input, which stays open as long as this lives.
    words: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
}

impl Cluster {
    pub fn start() -> Cluster {
        // Free a moment ago: PostgreSQL takes no port 0.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::Builder::new().prefix("podskazka-pg-").tempdir().unwrap().keep();
        let mut shell = Command::new("sh");
        // PostgreSQL refuses to work for root.
        if said(Command::new("id").arg("-u")) == "0" {
            assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
            let ids = ["-u", "-g"].map(|flag| said(Command::new("id").args([flag, "postgres"])));
            shell = Command::new("setpriv");
            shell.args(["--reuid", &ids[0], "--regid", &ids[1], "--clear-groups", "sh"]);
        }
        shell.args(["-c", SCRIPT, "sh"]).arg(programs()).arg(&folder).arg(port.to_string()).current_dir("/");
        let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (words, said) = (shell.stdin.take(), BufReader::new(shell.stdout.take().unwrap()));
        let mut cluster = Cluster { folder, port, shell, words, said };
        cluster.ready();
        cluster
    }

    fn ready(&mut self) {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "PostgreSQL did not follow; its log is in {}", self.folder.display());
    }

    /// `stop`, as a crash would, or `start`.
    pub fn say(&mut self, word: &str) {
        writeln!(self.words.as_mut().unwrap(), "{word}").unwrap();
        self.ready();
    }

    pub fn address(&self, database: &str) -> String {
        format!("host={} port={} user=podskazka dbname={database}", self.folder.display(), self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.words.take());
        let _ = self.shell.wait();
    }
}

/// That of all tests that do not stop it.
fn server() -> &'static Cluster {
    static SERVER: OnceLock<Cluster> = OnceLock::new();
    SERVER.get_or_init(Cluster::start)
}

fn address(database: &str) -> String {
    server().address(database)
}

/// The address of the folder's database over the network, with the certificate that its server is known by.
pub fn network(data: &Path, host: &str, options: &str) -> String {
    let Cluster { folder, port, .. } = server();
    let by_socket = database(data);
    let (_, name) = by_socket.rsplit_once('=').unwrap();
    format!("postgres://podskazka@{host}:{port}/{name}?{options}&sslrootcert={}", folder.join("crt").display())
}

/// The database of a data folder, made when it is first asked for.
pub fn database(data: &Path) -> String {
    static DATABASES: Mutex<Option<HashMap<PathBuf, String>>> = Mutex::new(None);
    let mut databases = DATABASES.lock().unwrap_or_else(|broken| broken.into_inner());
    let databases = databases.get_or_insert_default();
    let name = format!("t{}", databases.len());
    let known = databases.entry(data.to_path_buf()).or_insert_with(|| {
        let mut client = postgres::Client::connect(&address("postgres"), postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        address(&name)
    });
    known.clone()
}
