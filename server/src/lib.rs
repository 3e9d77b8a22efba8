//! Support server of the form helper: takes tickets and pictures, serves the site.

pub mod api;
pub mod config;
pub mod error;
pub mod store;

mod clock;
mod rules;
mod secret;
mod site;
mod uploads;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::io;
use std::time::Duration;

use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use config::{Args, Config, ConfigError, Csp};
pub use store::{Store, StoreError};

/// Time that open requests have after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(10);

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

/// The whole service over an open store.
pub fn router(store: Store, config: &Config) -> Router {
    api::routes(store)
        .fallback_service(site::files(config.www.as_deref(), config.csp))
        .layer(middleware::from_fn(site::every_answer))
}

/// Opens the store and answers until `shutdown` completes; then lets open requests end and closes the database.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let store = Store::open(&config.data_dir).map_err(ServeError::Store)?;
    let app = router(store, &config);
    let (stopping, stopped) = oneshot::channel();
    let server = axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            shutdown.await;
            let _ = stopping.send(());
        })
        .into_future();
    let deadline = async move {
        match stopped.await {
            Ok(()) => tokio::time::sleep(FAREWELL).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        result = server => result.map_err(ServeError::Io),
        () = deadline => Ok(()),
    }
}
