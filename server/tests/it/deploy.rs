//! The files of `docs/deploy` name what the program knows.

use crate::app::program;

const UNITS: [&str; 2] = [
    include_str!("../../../docs/deploy/podskazka-server.service"),
    include_str!("../../../docs/deploy/podskazka-audit.service"),
];
const CONTAINER: &str = include_str!("../../../docs/deploy/Containerfile");

/// What stands before the server and speaks TLS.
const DOORS: [&str; 2] =
    [include_str!("../../../docs/deploy/nginx.conf"), include_str!("../../../docs/deploy/haproxy.cfg")];

/// What the program says with these arguments.
fn said(args: &[&str]) -> (bool, String) {
    let dir = tempfile::tempdir().unwrap();
    let output = program(dir.path()).args(args).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn units_start_the_program_by_options_that_it_has() {
    for unit in UNITS {
        let line =
            unit.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/podskazka-server ")).unwrap();
        // The folder is given by the test; what stands before --help is read all the same.
        let mut args: Vec<&str> = line.split(' ').collect();
        let folder = args.iter().position(|arg| *arg == "--data-dir").unwrap();
        args.drain(folder..folder + 2);
        args.push("--help");
        let (good, text) = said(&args);
        assert!(good, "{line}: {text}");
        assert!(!said(&[&args[..args.len() - 1], &["--colour", "--help"]].concat()).0);
    }
}

#[test]
fn the_container_names_variables_that_the_program_reads() {
    let (_, help) = said(&["--help"]);
    let named: Vec<&str> = CONTAINER
        .split(|c: char| !c.is_ascii_uppercase() && c != '_')
        .filter(|word| word.starts_with("PODSKAZKA_"))
        .collect();
    assert!(named.len() >= 4, "{named:?}");
    for name in named {
        assert!(help.contains(&format!("[env: {name}=")), "{name}");
    }
}

#[test]
fn whoever_speaks_tls_says_that_it_stays_so() {
    for door in DOORS {
        let said = door.lines().map(str::trim).find(|line| line.contains("Strict-Transport-Security")).unwrap();
        assert!(!said.starts_with('#') && said.contains("max-age=31536000"), "{said}");
    }
}
