//! The program: reads the settings, takes the port, serves until asked to stop.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser as _;
use podskazka_server::{Args, Config, Untried, serve};
use tokio::net::TcpListener;

/// Requests are read in one thread and their tickets let go in another, which the system's allocator pays for in locks.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Ends `check-config` where something gave no answer: 1 is a fault, 2 a command line that does not read.
const UNTRIED: u8 = 3;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("podskazka-server: {error}");
            if error.is::<Untried>() { ExitCode::from(UNTRIED) } else { ExitCode::FAILURE }
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let command = args.command.clone();
    let config = Config::load(args)?;
    if let Some(command) = command {
        writeln!(io::stdout(), "{}", podskazka_server::run(command, &config)?)?;
        return Ok(());
    }
    tracing_subscriber::fmt().json().flatten_event(true).with_max_level(config.log).with_writer(io::stderr).init();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind(config.listen).await.map_err(|error| explain(config.listen, &error))?;
        let ops = match config.ops_listen {
            Some(address) => Some(TcpListener::bind(address).await.map_err(|error| explain(address, &error))?),
            None => None,
        };
        tracing::info!(address = %listener.local_addr()?, "listening");
        serve(config, listener, ops, stop_signal()).await?;
        tracing::info!("stopped");
        Ok(())
    })
}

fn explain(listen: SocketAddr, error: &io::Error) -> String {
    let other = listen.port().checked_add(1).unwrap_or(8080);
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "another program already listens on {listen}; stop it, or choose another port: --listen {}:{other}",
            listen.ip()
        ),
        io::ErrorKind::PermissionDenied => format!(
            "the system does not allow listening on {listen}; choose a port above 1023: --listen {}:8080",
            listen.ip()
        ),
        io::ErrorKind::AddrNotAvailable => {
            format!("this machine has no address {}; use one it has: --listen 127.0.0.1:{}", listen.ip(), listen.port())
        }
        _ => format!("cannot listen on {listen} ({error}); correct --listen"),
    }
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
