//! Files of citizens and operators: known by content, kept in quarantine until checked, stored by content.
//!
//! The request only writes the bytes down, looks at their first part and at the size of a picture. Afterwards one
//! worker opens them: a picture is decoded and written anew, so that metadata, place names and anything hung onto it
//! are gone; a text must be plain; a PDF with scripts, programs or files inside is refused. What passed lies under
//! `files/` by its SHA-256, what did not is deleted.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Write as _};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use tokio::sync::mpsc;

use crate::secret;
use crate::store::{Checked, Store, Waiting};

/// Bytes that tell the type.
pub const HEAD: usize = 4_096;
/// Media types that are taken.
pub const TYPES: [&str; 5] = ["image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain"];
/// Longest side of a picture: four 4K screens side by side are less.
const MAX_SIDE: u32 = 8_000;
/// Memory of one picture while it is decoded: 8 000 × 8 000 pixels of four bytes.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// JPEG quality of the copy: letters of a screenshot stay sharp.
const QUALITY: u8 = 85;
/// What a PDF may not hold in clear.
const PDF_REFUSED: [&[u8]; 4] = [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile"];

/// The media type by content; names and headers are not asked.
pub fn media_type(head: &[u8]) -> Option<&'static str> {
    let known = infer::get(head).map(|kind| kind.mime_type());
    match known {
        Some(mime) => TYPES.into_iter().find(|it| *it == mime),
        None => is_plain(head, true).then_some("text/plain"),
    }
}

/// Whether the bytes are text without markup or control characters. A `part` may end inside a character.
fn is_plain(bytes: &[u8], part: bool) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if part && error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|it| std::str::from_utf8(it).ok()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    !start.is_empty()
        && !start.starts_with('<')
        && !start.starts_with("#!")
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a picture's sides are within limits, by its header alone.
pub fn fits(path: &Path) -> bool {
    let sides = || ImageReader::open(path).ok()?.with_guessed_format().ok()?.into_dimensions().ok();
    sides().is_some_and(|(width, height)| width <= MAX_SIDE && height <= MAX_SIDE)
}

/// A safe copy of the bytes and its media type, or `None` when they are refused.
pub(crate) fn safe_copy(bytes: Vec<u8>, media_type: &str) -> Option<(Vec<u8>, &'static str)> {
    match media_type {
        "text/plain" => is_plain(&bytes, false).then_some((bytes, "text/plain")),
        "application/pdf" => {
            let refused = |word: &&[u8]| bytes.windows(word.len()).any(|window| window == *word);
            (!PDF_REFUSED.iter().any(refused)).then_some((bytes, "application/pdf"))
        }
        "image/jpeg" => {
            let mut copy = Vec::new();
            let picture = decode(&bytes, ImageFormat::Jpeg)?;
            JpegEncoder::new_with_quality(&mut copy, QUALITY).encode_image(&picture.to_rgb8()).ok()?;
            Some((copy, "image/jpeg"))
        }
        "image/png" | "image/webp" => {
            let format = if media_type == "image/png" { ImageFormat::Png } else { ImageFormat::WebP };
            let mut copy = Cursor::new(Vec::new());
            decode(&bytes, format)?.write_to(&mut copy, ImageFormat::Png).ok()?;
            Some((copy.into_inner(), "image/png"))
        }
        _ => None,
    }
}

/// The picture, turned as its metadata says, because the copy has none.
fn decode(bytes: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut reader = ImageReader::with_format(BufReader::new(Cursor::new(bytes)), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// Writes to a temporary name, syncs, renames, syncs the folder. Same bytes land under the same name.
fn save(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let suffix = secret::random_u64().map_err(io::Error::other)?;
    let temporary = folder.join(format!("{name}.{suffix:016x}.tmp"));
    let result = write(&temporary, bytes).and_then(|()| fs::rename(&temporary, folder.join(name)));
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result?;
    File::open(folder)?.sync_all()
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The worker that checks files, one at a time: a picture takes a core for a tenth of a second and much memory.
pub struct Intake {
    queue: mpsc::UnboundedSender<Waiting>,
}

impl Intake {
    /// Starts the worker, beginning with what an earlier run left.
    pub fn start(store: Store) -> Intake {
        let (queue, mut jobs) = mpsc::unbounded_channel::<Waiting>();
        tokio::spawn(async move {
            match store.waiting_uploads().await {
                Ok(left) => {
                    for job in left {
                        check(&store, job).await;
                    }
                }
                Err(error) => tracing::error!(%error, "files of an earlier run stay unchecked"),
            }
            while let Some(job) = jobs.recv().await {
                check(&store, job).await;
            }
        });
        Intake { queue }
    }

    /// Hands a file over for its check.
    pub fn put(&self, file: Waiting) {
        let _ = self.queue.send(file);
    }
}

async fn check(store: &Store, job: Waiting) {
    loop {
        let (folder, path, media_type) = (store.folder().to_path_buf(), job.path.clone(), job.media_type.clone());
        let outcome = tokio::task::spawn_blocking(move || copy(&folder, &path, &media_type)).await;
        let noted = match outcome {
            Ok(Ok(Some(checked))) => store.finish_upload(job.id, checked).await,
            Ok(Ok(None)) => return,
            Ok(Err(error)) => {
                tracing::error!(%error, "a file was not checked; the next start tries again");
                return;
            }
            // The decoder broke: the file is at fault.
            Err(_) => store.finish_upload(job.id, Checked::Rejected).await,
        };
        match noted {
            // The same bytes of another sender were swept in between.
            Ok(false) => continue,
            Ok(true) => {
                let _ = tokio::fs::remove_file(store.folder().join(&job.path)).await;
            }
            Err(error) => tracing::error!(%error, "the check of a file was not noted; the next start tries again"),
        }
        return;
    }
}

/// Writes the safe copy of a waiting file. The first job and a restart may both name a file: the second finds it gone.
fn copy(folder: &Path, path: &str, media_type: &str) -> io::Result<Option<Checked>> {
    let bytes = match fs::read(folder.join(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let Some((copy, media_type)) = safe_copy(bytes, media_type) else { return Ok(Some(Checked::Rejected)) };
    let name = secret::hex(&secret::sha256(&[&copy]));
    save(&folder.join("files"), &name, &copy)?;
    let size = u64::try_from(copy.len()).unwrap_or(u64::MAX);
    Ok(Some(Checked::Clean { path: format!("files/{name}"), size, media_type }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(8, 4).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn types_are_told_by_content() {
        let check = |bytes: &[u8], expected: Option<&str>| assert_eq!(media_type(bytes), expected);
        check(&picture(ImageFormat::Png), Some("image/png"));
        check(&picture(ImageFormat::Jpeg), Some("image/jpeg"));
        check(&picture(ImageFormat::WebP), Some("image/webp"));
        check(b"%PDF-1.7\n", Some("application/pdf"));
        check("Ошибка при отправке\r\n".as_bytes(), Some("text/plain"));
        check(&"Ё".repeat(3).as_bytes()[..5], Some("text/plain"));
        for refused in [
            b"GIF89a".as_slice(),
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b" \n<!DOCTYPE html><script>1</script>",
            b"<?xml version='1.0'?>",
            b"#!/bin/sh\n",
            b"PK\x03\x04zip",
            b"MZ\x90\0",
            b"\x7fELF\x02",
            b"\xff\xfe\0",
            b"a\0b",
            b"",
        ] {
            check(refused, None);
        }
    }

    #[test]
    fn a_copy_has_nothing_hung_onto_it() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let mut bytes = picture(format);
            bytes.extend_from_slice(b"<?php echo 1; ?> GPS 55.75");
            let (copy, media_type) = safe_copy(bytes, format.to_mime_type()).unwrap();
            assert!(!copy.windows(5).any(|it| it == b"<?php"));
            assert_eq!(super::media_type(&copy), Some(media_type));
        }
    }

    #[test]
    fn what_does_not_open_is_refused() {
        assert!(safe_copy(b"\x89PNG\r\n\x1a\nthe rest is noise".to_vec(), "image/png").is_none());
        assert!(safe_copy(b"%PDF-1.7 /OpenAction << /S /JavaScript >>".to_vec(), "application/pdf").is_none());
        assert!(safe_copy(b"%PDF-1.7 plain".to_vec(), "application/pdf").is_some());
        assert!(safe_copy(b"fine at first\n\0".to_vec(), "text/plain").is_none());
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let mut bytes = picture(ImageFormat::Png);
        fs::write(&path, &bytes).unwrap();
        assert!(fits(&path));
        bytes[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        fs::write(&path, &bytes).unwrap();
        assert!(!fits(&path));
    }
}
