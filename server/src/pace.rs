//! How little a client may send and take in a while, not how long it may take over it.
//!
//! A phone on a bad line sends a picture for many minutes and is served; who sends a byte a second, or nothing, is cut off
//! within half a minute, or a few machines would hold the places of all. A server that is busy itself blames nobody: time
//! counts only while bytes are waited for.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// Bytes of a body that must come within [`Pace::body`], unless the body ends: 400 a second, a tenth of the slowest
/// mobile line that still carries pages.
const STEP: usize = 8 * 1024;

/// How long a client is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From the moment a connection is ready for a request until its header is whole; a silent connection ends then too.
    /// Slow mobile links send a header in under a second.
    pub header: Duration,
    /// For each 8 KB of a body, or for its end: with the header half a minute.
    pub body: Duration,
    /// For a peer that takes nothing of its answer, or whose machine acknowledges none of it.
    pub answer: Duration,
    /// Between two signs of life on a live stream: a peer that went without a word is noticed by its silence alone, so
    /// something must be sent. It is let go after this time and [`Pace::answer`] together.
    pub sign: Duration,
    /// Between two looks at whether a live stream's token still opens its ticket. What this instance writes itself is
    /// looked at at once; 10 000 streams make 300 short reads a second.
    pub stream: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        let [header, body, answer, sign, stream] = [10, 20, 20, 20, 30].map(Duration::from_secs);
        Pace { header, body, answer, sign, stream }
    }
}

/// When a request's body moved last.
#[derive(Clone)]
pub struct Progress {
    start: Instant,
    last: Arc<AtomicU64>,
}

impl Progress {
    pub fn start() -> Progress {
        Progress { start: Instant::now(), last: Arc::default() }
    }

    fn note(&self) {
        let passed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(passed, Ordering::Relaxed);
    }

    pub fn last(&self) -> Instant {
        self.start + Duration::from_millis(self.last.load(Ordering::Relaxed))
    }
}

/// A body that is broken off when it comes too slowly.
pub struct Paced {
    body: Body,
    patience: Duration,
    progress: Progress,
    came: usize,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    pub fn new(body: Body, patience: Duration, progress: Progress) -> Paced {
        Paced { body, patience, progress, came: 0, timer: None }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.progress.note();
            self.came +=
                frame.as_ref().map_or(0, |it| it.as_ref().ok().and_then(Frame::data_ref).map_or(0, Bytes::len));
            if self.came >= STEP {
                self.came = 0;
                self.timer = None;
            }
            return Poll::Ready(frame);
        }
        let patience = self.patience;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        timer.as_mut().poll(context).map(|()| Some(Err(Error::new(io::Error::from(io::ErrorKind::TimedOut)))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body.size_hint()
    }
}

/// A connection that ends when its peer takes nothing.
pub struct Taken<S> {
    stream: S,
    patience: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl<S> Taken<S> {
    pub fn new(stream: S, patience: Duration) -> Taken<S> {
        Taken { stream, patience, timer: None }
    }

    fn written<T>(&mut self, context: &mut Context<'_>, poll: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.timer = None;
            return poll;
        }
        let patience = self.patience;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        timer.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Taken<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Taken<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, poll)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(context, poll)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
