//! Support server of the form helper: takes tickets and pictures, serves the site.

pub mod config;
pub mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod limits;
pub mod store;

mod app;
mod challenge;
mod clock;
mod commands;
mod conformance;
pub mod consent;
mod contact;
mod content;
mod copies;
mod crowd;
mod files;
mod heard;
mod hooks;
mod identity;
mod input;
mod live;
mod mail;
mod metrics;
mod net;
mod ops;
mod pace;
mod peer;
mod plain;
mod routes;
mod routing;
mod secret;
mod site;
pub mod terms;
mod vault;
mod web;

use std::fmt;
use std::fs::File;
use std::future::Future;
use std::io;
use std::path::Path;
use std::time::Duration;

use axum::{Router, middleware};
use prometheus_client::metrics::gauge::Gauge;
use tokio::net::TcpListener;
use tokio::sync::watch;

use app::App;
pub use commands::{Command, Untried, run};
pub use config::{Args, Config, ConfigError, Csp, Site};
pub use contact::Contact;
pub use files::depot::Bucket;
use files::intake::Intake;
use files::place;
pub use files::place::Lacks;
pub use hooks::{Hook, Kind as HookKind};
pub use mail::Mail;
pub use pace::Pace;
pub use routing::Rule;
pub use secret::Hidden;
pub use store::{Store, StoreError};

/// How often the service takes away what is over.
const SWEEP: Duration = Duration::from_secs(600);
/// How often it looks for files that no ticket has: it asks for the name of every file.
const STRAYS: Duration = Duration::from_secs(86_400);
/// How often it looks whether deadlines fall into days that nobody has settled.
const DAYS: Duration = Duration::from_secs(86_400);
/// How long the service waits at its end for the letter, the call and the check of a file under way, each.
const LAST_LETTER: Duration = Duration::from_secs(5);
/// How often it works out what readers make of the articles.
const LEARN: Duration = Duration::from_secs(3_600);
/// How often it forgets idle buckets and streams, and does what time by itself does to tickets.
const TIDY: Duration = Duration::from_secs(60);

/// Why the server ended.
#[derive(Debug)]
pub enum ServeError {
    /// The data folder did not open.
    Store(StoreError),
    /// Files that the database names are not where the settings say.
    Files(Lacks),
    /// The listener failed, or another server has the folder.
    Io(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Store(error) => {
                write!(f, "cannot open the data folder ({error}); name one that can be written: --data-dir")
            }
            ServeError::Files(lacks) => write!(f, "cannot serve: {lacks}"),
            ServeError::Io(error) => write!(f, "cannot serve: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// The place of files is a new one, and it does not tell what it has.
fn unseen(error: StoreError) -> ServeError {
    ServeError::Io(io::Error::other(format!("whether the files lie where the settings say cannot be told: {error}")))
}

fn router(app: App, config: &Config) -> Router {
    let mut router = routes::api(app.clone());
    if config.ops_listen.is_none() {
        router = router.merge(ops::public(app.clone()));
    }
    router
        .fallback_service(site::files(config.www.as_deref(), config.csp))
        .layer(middleware::from_fn_with_state(app, site::every_answer))
}

/// Opens the store and answers until `shutdown` completes; then lets open requests end and closes the database. `ops`
/// answers about the service itself.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    ops: Option<TcpListener>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let store = Store::open(&config.data_dir, &config.store()).map_err(ServeError::Store)?;
    let _lock = lock(&config.data_dir, config.database.is_none()).map_err(ServeError::Io)?;
    if let Some(lacks) = place::settle(&store, config.files.as_ref()).await.map_err(unseen)? {
        return Err(ServeError::Files(lacks));
    }
    let (stop, stopping) = watch::channel(false);
    let (intake, checks) = Intake::start(store.clone(), stopping.clone());
    let app = App::new(&config, store, intake, stopping);
    // A restart must not put the articles back into their first order.
    heard::learn(&app).await;
    tell_of_days(&app);
    let housework = tokio::spawn(housework(app.clone(), config.retention_days));
    let post = match &config.mail {
        Some(mail) => {
            let post = mail::Post::new(mail).map_err(|said| ServeError::Io(io::Error::other(said)))?;
            Some(tokio::spawn(post.run(app.store().clone(), app.stopping())))
        }
        None => None,
    };
    let hooks = hooks::Hooks::start(&config.hooks, app.store()).await.map_err(ServeError::Store)?;
    let calls = tokio::spawn(hooks.run(app.store().clone(), app.stopping()));
    let asked = async move {
        shutdown.await;
        // Live streams say goodbye, else they would hold the end up.
        stop.send_replace(true);
    };
    let ops = ops.map(|listener| {
        let ended = app.stopping();
        let router = ops::routes(app.clone());
        tokio::spawn(net::accept(listener, router, &[], Pace::default(), Gauge::default(), async move {
            let mut ended = ended;
            let _ = ended.wait_for(|stopping| *stopping).await;
        }))
    });
    let connections = app.metrics().connections().clone();
    let proxies = app.proxies().to_vec();
    net::accept(listener, router(app, &config), &proxies, config.pace, connections, asked).await;
    if let Some(post) = post {
        // A letter that is just being handed over may end; a mail server that hangs holds nobody up.
        let _ = tokio::time::timeout(LAST_LETTER, post).await;
    }
    let _ = tokio::time::timeout(LAST_LETTER, calls).await;
    let _ = tokio::time::timeout(LAST_LETTER, checks).await;
    if let Some(ops) = ops {
        let _ = ops.await;
    }
    housework.abort();
    Ok(())
}

/// A text in CSV that no table program takes for a formula.
fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// Keeps the exchange of keys away from the folder while this server runs, and a second server if it is to be `alone`:
/// instances that share PostgreSQL may share the folder too.
fn lock(folder: &Path, alone: bool) -> io::Result<File> {
    let file = File::create(folder.join("lock"))?;
    let taken = if alone { file.try_lock() } else { file.try_lock_shared() };
    taken.map_err(|_| {
        io::Error::other(format!("another server works in {}; stop it, or choose another --data-dir", folder.display()))
    })?;
    Ok(file)
}

/// Tells operators of the service that deadlines fall into days that nobody has settled.
fn tell_of_days(app: &App) {
    for said in app.store().terms().unsettled(app.routing(), clock::now()) {
        tracing::warn!("{said}");
    }
}

async fn housework(app: App, keep: Option<u32>) {
    let [mut sweep, mut tidy, mut strays, mut learn, mut days] =
        [SWEEP, TIDY, STRAYS, LEARN, DAYS].map(tokio::time::interval);
    // The start has told.
    days.reset();
    loop {
        tokio::select! {
            _ = learn.tick() => heard::learn(&app).await,
            _ = sweep.tick() => {
                match app.store().sweep(clock::now(), keep).await {
                    Ok(swept) => tracing::info!(swept.uploads, swept.keys, swept.closed, swept.erased, "swept"),
                    Err(error) => tracing::error!(%error, "sweep failed; the next one tries again"),
                }
                // Another instance may have ended with files that it had not checked yet.
                app.intake().look();
            }
            _ = days.tick() => tell_of_days(&app),
            _ = strays.tick() => match app.store().sweep_strays("files", clock::now()).await {
                Ok(files) => tracing::info!(files, "files that no ticket has were deleted"),
                Err(error) => tracing::error!(%error, "files that no ticket has stay; tomorrow tries again"),
            },
            _ = tidy.tick() => {
                app.gate().tidy();
                app.store().hub().tidy();
                match app.store().ring(clock::now()).await {
                    Ok(0) => {}
                    Ok(steps) => tracing::info!(steps, "deadlines and waits that were due"),
                    Err(error) => tracing::error!(%error, "deadlines and waits stay; the next minute tries again"),
                }
            }
        }
    }
}
