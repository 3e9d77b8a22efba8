//! A PostgreSQL server for this run of the tests: its own folder, a user without rights.
//!
//! It listens on a socket in its folder, and encrypted on this machine's own address. A shell stands between: when the tests end, in whatever way, its input
//! ends, and it stops the server and takes the folder away.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

/// Makes the cluster, starts it, says so, and waits for the end of its input.
const SCRIPT: &str = r#"
set -e
bin=$1; dir=$2; port=$3
"$bin/initdb" -D "$dir/data" -A trust -U podskazka -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/key" -out "$dir/crt" -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE >>"$dir/log" 2>&1
chmod 600 "$dir/key"; chmod 644 "$dir/crt"
"$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -p $port -c listen_addresses=127.0.0.1 -c ssl=on \
  -c ssl_cert_file=$dir/crt -c ssl_key_file=$dir/key -c max_connections=400 -c fsync=off" start >/dev/null
echo ready
cat >/dev/null
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

/// The folder of the socket, and the port.
fn server() -> &'static (PathBuf, u16) {
    static SERVER: OnceLock<(PathBuf, u16)> = OnceLock::new();
    SERVER.get_or_init(|| {
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
        let mut line = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "PostgreSQL did not start; its log is in {}", folder.display());
        // Its input stays open until this process ends.
        std::mem::forget(shell);
        (folder, port)
    })
}

fn address(database: &str) -> String {
    let (folder, port) = server();
    format!("host={} port={port} user=podskazka dbname={database}", folder.display())
}

/// The address of the folder's database over the network, with the certificate that its server is known by.
pub fn network(data: &Path, host: &str, options: &str) -> String {
    let (folder, port) = server();
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
