//! A file under its own key, in pieces: so that it is sealed while it arrives and opened while it is sent.
//!
//! Every piece of [`PIECE`] bytes is sealed by itself and bound to its place; the last one is bound to being the last. So
//! a piece that is changed, moved, left out or put in does not open, and neither does a file that was cut.

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _, stream};

use crate::store::StoreError;
use crate::vault::{OVERHEAD, SecretKey};

/// Bytes of a piece: little memory for each of many streams, and 40 bytes more on the disk.
const PIECE: usize = 64 * 1024;

fn label(index: u64, last: bool) -> String {
    format!("file {index}{}", if last { " end" } else { "" })
}

/// Seals what is pushed.
pub struct Sealer {
    key: SecretKey,
    waiting: BytesMut,
    index: u64,
}

impl Sealer {
    pub fn new(key: SecretKey) -> Sealer {
        Sealer { key, waiting: BytesMut::new(), index: 0 }
    }

    /// Takes bytes in; the pieces that are full.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Bytes>, StoreError> {
        self.waiting.extend_from_slice(bytes);
        let mut full = Vec::new();
        // What may be the last piece waits.
        while self.waiting.len() > PIECE {
            let piece = self.waiting.split_to(PIECE);
            full.push(self.key.seal(&label(self.index, false), &piece)?.into());
            self.index += 1;
        }
        Ok(full)
    }

    /// The last piece.
    pub fn end(self) -> Result<Bytes, StoreError> {
        Ok(self.key.seal(&label(self.index, true), &self.waiting)?.into())
    }
}

/// The whole of a file, sealed.
pub fn seal(key: SecretKey, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut sealer = Sealer::new(key);
    let mut sealed = sealer.push(bytes)?.concat();
    sealed.extend_from_slice(&sealer.end()?);
    Ok(sealed)
}

/// The bytes of a sealed file, piece by piece. Without a key they are as an earlier format stored them: in clear.
pub fn open<S>(key: Option<SecretKey>, sealed: S) -> impl Stream<Item = Result<Bytes, StoreError>> + Send + 'static
where
    S: Stream<Item = Result<Bytes, StoreError>> + Send + Unpin + 'static,
{
    let Some(key) = key else { return sealed.left_stream() };
    let opener = Opener { key, sealed, waiting: BytesMut::new(), index: 0 };
    stream::try_unfold(Some(opener), |opener| async move {
        let Some(mut opener) = opener else { return Ok(None) };
        let (piece, last) = opener.next().await?;
        Ok::<_, StoreError>(Some((piece, (!last).then_some(opener))))
    })
    .boxed()
    .right_stream()
}

struct Opener<S> {
    key: SecretKey,
    sealed: S,
    waiting: BytesMut,
    index: u64,
}

impl<S: Stream<Item = Result<Bytes, StoreError>> + Unpin> Opener<S> {
    /// The next piece, and whether it is the last.
    async fn next(&mut self) -> Result<(Bytes, bool), StoreError> {
        const SEALED: usize = PIECE + OVERHEAD;
        while self.waiting.len() <= SEALED {
            match self.sealed.try_next().await? {
                Some(bytes) => self.waiting.extend_from_slice(&bytes),
                None => return Ok((self.key.open(&label(self.index, true), &self.waiting)?.into(), true)),
            }
        }
        let piece = self.waiting.split_to(SEALED);
        let open = self.key.open(&label(self.index, false), &piece)?;
        self.index += 1;
        Ok((open.into(), false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opens bytes that come in parts of this size.
    fn opened(key: &SecretKey, sealed: &[u8], part: usize) -> Result<Vec<u8>, StoreError> {
        let parts: Vec<_> = sealed.chunks(part).map(|it| Ok(Bytes::copy_from_slice(it))).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let pieces = runtime.block_on(open(Some(key.clone()), stream::iter(parts)).try_collect::<Vec<Bytes>>())?;
        Ok(pieces.concat())
    }

    #[test]
    fn any_length_opens_again_however_it_is_cut_on_its_way() {
        let key = SecretKey::random().unwrap();
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let bytes: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
            let sealed = seal(key.clone(), &bytes).unwrap();
            for part in [1_000, PIECE, PIECE + OVERHEAD, 10 * PIECE] {
                assert!(opened(&key, &sealed, part).unwrap() == bytes, "{length} {part}");
            }
        }
    }

    #[test]
    fn a_file_that_was_cut_or_changed_or_moved_does_not_open() {
        let key = SecretKey::random().unwrap();
        let sealed = seal(key.clone(), &vec![7; 3 * PIECE + 7]).unwrap();
        let piece = PIECE + OVERHEAD;
        let refused = |sealed: &[u8]| assert!(opened(&key, sealed, 50_000).is_err());
        refused(&sealed[..3 * piece]);
        refused(&sealed[..sealed.len() - 1]);
        refused(&[]);
        refused(&[&sealed[piece..2 * piece], &sealed[..piece], &sealed[2 * piece..]].concat());
        refused(&[&sealed[..piece], &sealed[2 * piece..]].concat());
        refused(&[&sealed[..], &sealed[3 * piece..]].concat());
        let mut changed = sealed.clone();
        changed[piece + 100] ^= 1;
        refused(&changed);
        assert!(opened(&SecretKey::random().unwrap(), &sealed, 50_000).is_err());
    }
}
