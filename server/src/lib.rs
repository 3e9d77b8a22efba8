//! Support server of the form helper: takes tickets and pictures, serves the site.

pub mod config;
pub mod error;
pub mod limits;
pub mod store;

mod app;
mod clock;
mod files;
mod input;
mod live;
mod net;
mod peer;
mod routes;
mod secret;
mod site;

use std::fmt;
use std::future::Future;
use std::io;
use std::time::Duration;

use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::watch;

use app::App;
pub use config::{Args, Config, ConfigError, Csp, Site};
pub use store::{Store, StoreError};

/// How often the service takes away what is over.
const SWEEP: Duration = Duration::from_secs(600);
/// How often it forgets idle buckets and streams.
const TIDY: Duration = Duration::from_secs(60);

/// Why the server ended.
#[derive(Debug)]
pub enum ServeError {
    /// The data folder did not open.
    Store(StoreError),
    /// The listener failed.
    Io(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Store(error) => write!(f, "cannot open the data folder: {error}"),
            ServeError::Io(error) => write!(f, "network: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

fn router(app: App, config: &Config) -> Router {
    routes::api(app)
        .fallback_service(site::files(config.www.as_deref(), config.csp))
        .layer(middleware::from_fn(site::every_answer))
}

/// Opens the store and answers until `shutdown` completes; then lets open requests end and closes the database.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let store = Store::open(&config.data_dir, config.max_database_bytes).map_err(ServeError::Store)?;
    let (stop, stopping) = watch::channel(false);
    let app = App::new(&config, store, stopping);
    let housework = tokio::spawn(housework(app.clone()));
    let asked = async move {
        shutdown.await;
        // Live streams say goodbye, else they would hold the end up.
        stop.send_replace(true);
    };
    net::accept(listener, router(app, &config), config.header_patience, asked).await;
    housework.abort();
    Ok(())
}

async fn housework(app: App) {
    let (mut sweep, mut tidy) = (tokio::time::interval(SWEEP), tokio::time::interval(TIDY));
    loop {
        tokio::select! {
            _ = sweep.tick() => match app.store().sweep(clock::now()).await {
                Ok(swept) => tracing::info!(swept.uploads, swept.keys, swept.closed, "swept"),
                Err(error) => tracing::error!(%error, "sweep failed; the next one tries again"),
            },
            _ = tidy.tick() => {
                app.gate().tidy();
                app.store().hub().tidy();
            }
        }
    }
}
