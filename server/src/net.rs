//! The accept loop: limits on time that `axum::serve` does not have.
//!
//! A client that sends its header slowly or not at all, or takes nothing of its answer, is cut off as [`Pace`] says; more
//! than [`CONNECTIONS`] wait in the kernel's queue, more than [`OF_ONE`] of one network are hung up on. The body has its own
//! pace in the router.

use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use prometheus_client::metrics::gauge::Gauge;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use crate::crowd::Crowd;
use crate::pace::{Pace, Taken};
use crate::peer::Peer;

/// Bytes of an answer that the kernel keeps beyond those on their way: more would hide that nobody takes them.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 16 * 1024;
/// Connections at once: 10 000 live streams and room for requests.
const CONNECTIONS: usize = 12_000;
/// Connections of one network at once: a browser has some, and five hundred people behind one address are served.
const OF_ONE: usize = CONNECTIONS / 4;
/// Pause after the system refused a connection (no file handles): it is over load, not broken.
const RELIEF: Duration = Duration::from_millis(100);
/// Time that open requests have after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `shutdown` completes, then closes the listener and lets open requests end. Connections of `proxies` are those
/// of many people.
pub async fn accept(
    listener: TcpListener,
    app: Router,
    proxies: &[IpAddr],
    pace: Pace,
    open: Gauge,
    shutdown: impl Future<Output = ()>,
) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let crowd = Crowd::new(OF_ONE);
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(pace.header);
    tokio::pin!(shutdown);
    loop {
        let next = async {
            let permit = Arc::clone(&connections).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        let Ok((stream, address)) = accepted else {
            tokio::time::sleep(RELIEF).await;
            continue;
        };
        let Some(place) = crowd.enter(address.ip(), proxies) else {
            tracing::debug!("a network holds all the connections that it may");
            continue;
        };
        tune(&stream, pace.answer);
        let stream = Taken::new(stream, pace.answer);
        let app = app.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(address.ip()));
            let app = app.clone();
            async move { Ok::<_, Infallible>(app.oneshot(request).await.unwrap_or_else(|never| match never {})) }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        let open = open.clone();
        tokio::spawn(async move {
            open.inc();
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended early");
            }
            open.dec();
            drop((permit, place));
        });
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

fn tune(stream: &TcpStream, answer: Duration) {
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(stream);
        // What a dead peer does not acknowledge ends the connection as well.
        let _ = socket.set_tcp_user_timeout(Some(answer));
        let _ = socket.set_tcp_notsent_lowat(UNSENT);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = answer;
}
