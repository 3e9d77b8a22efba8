//! A PostgreSQL server for this run of the tests: its own folder, no port, a user without rights.
//!
//! It listens on a socket in its folder alone. A shell stands between: when the tests end, in whatever way, its input
//! ends, and it stops the server and takes the folder away.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};

/// Makes the cluster, starts it, says so, and waits for the end of its input.
const SCRIPT: &str = r#"
set -e
bin=$1; dir=$2
"$bin/initdb" -D "$dir/data" -A trust -U podskazka -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1
"$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses= -c max_connections=400 -c fsync=off" start >/dev/null
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

/// The folder of the socket.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::Builder::new().prefix("podskazka-pg-").tempdir().unwrap().keep();
        let mut shell = Command::new("sh");
        // PostgreSQL refuses to work for root.
        if said(Command::new("id").arg("-u")) == "0" {
            assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
            let ids = ["-u", "-g"].map(|flag| said(Command::new("id").args([flag, "postgres"])));
            shell = Command::new("setpriv");
            shell.args(["--reuid", &ids[0], "--regid", &ids[1], "--clear-groups", "sh"]);
        }
        shell.args(["-c", SCRIPT, "sh"]).arg(programs()).arg(&folder).current_dir("/");
        let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "PostgreSQL did not start; its log is in {}", folder.display());
        // Its input stays open until this process ends.
        std::mem::forget(shell);
        folder
    })
}

fn address(database: &str) -> String {
    format!("host={} user=podskazka dbname={database}", folder().display())
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
