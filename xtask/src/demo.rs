//! Builds everything and serves the demo portal until it is stopped.

use std::net::TcpListener;
use std::process::Command;

use anyhow::bail;

use crate::shell::{self, cargo, step};
use crate::{build, docs, tools};

/// Build, then serve on `listen`.
pub fn run(listen: &str) -> anyhow::Result<()> {
    if TcpListener::bind(listen).is_err() {
        bail!("{listen} is busy: stop what listens there, or use `cargo xtask demo --listen 127.0.0.1:8081`");
    }
    tools::wasm_target()?;
    build::all()?;
    docs::site()?;
    step("build the server", || shell::run(&mut cargo(&["build", "--release", "-p", "podskazka-server"])))?;
    println!("\nOpen http://{listen}/ (stop with Ctrl+C)\n");
    let args = ["--data-dir", "data", "--www", build::DIST, "--listen", listen];
    shell::run(Command::new("target/release/podskazka-server").args(args))
}
