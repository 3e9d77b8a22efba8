//! Builds everything and serves the demo portal until it is stopped.

use std::net::{SocketAddr, TcpListener};
use std::process::Command;

use crate::shell::{self, cargo, step};
use crate::{build, docs, trouble};

/// Build, then serve on `listen`.
pub fn run(listen: SocketAddr) -> anyhow::Result<()> {
    free(listen)?;
    trouble::compiler()?;
    trouble::node()?;
    build::all()?;
    docs::site()?;
    step("build the server", || {
        let mut command = cargo(&["build", "--profile", "demo", "-p", "podskazka-server"]);
        shell::fetch(&mut command, "what the server is built from", "crates.io")
    })?;
    free(listen)?;
    println!("\nOpen http://{listen}/ (stop with Ctrl+C)\n");
    let address = listen.to_string();
    let args = ["--data-dir", "data", "--www", build::DIST, "--content", "www/content", "--listen", &address];
    shell::run(Command::new("target/demo/podskazka-server").args(args))
}

/// Known before minutes of building: whether the port can be had.
fn free(listen: SocketAddr) -> anyhow::Result<()> {
    TcpListener::bind(listen).map(drop).map_err(|error| trouble::bind(listen, &error).into())
}
