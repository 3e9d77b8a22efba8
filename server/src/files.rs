//! Files of citizens and operators: known by content, kept in quarantine until checked, stored by content.
//!
//! The request only lays the bytes down, sealed, and looks at their first part: type, and sides of a picture. Afterwards
//! one worker ([`intake`]) opens them: a picture is decoded and written anew, so that metadata, place names and anything
//! hung onto it are gone; a text must be plain; a PDF with scripts, programs or files inside is refused. What passed lies
//! under `files/` by the SHA-256 of its sealed bytes, what did not is deleted.

pub mod depot;
pub mod intake;
pub mod pdf;
pub mod place;
pub mod sealed;

use std::io::{BufReader, Cursor};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

/// Bytes that tell the type and, in all but strange pictures, the sides: a JPEG has them after its metadata.
pub const HEAD: usize = 256 * 1024;
/// Media types that are taken.
pub const TYPES: [&str; 5] = ["image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain"];
/// Longest side of a picture: four 4K screens side by side are less.
const MAX_SIDE: u32 = 8_000;
/// Memory of one picture while it is decoded: 8 000 × 8 000 pixels of four bytes.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
/// JPEG quality of the copy: letters of a screenshot stay sharp.
const QUALITY: u8 = 85;

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

/// Whether a picture's sides are within limits, by its first bytes alone; `whole` when there are no others. A picture that
/// tells its sides later is left to the check.
pub fn fits(head: &[u8], whole: bool) -> bool {
    let sides = || ImageReader::new(Cursor::new(head)).with_guessed_format().ok()?.into_dimensions().ok();
    sides().map_or(!whole, |(width, height)| width <= MAX_SIDE && height <= MAX_SIDE)
}

/// A safe copy of the bytes and its media type, or `None` when they are refused.
pub(crate) fn safe_copy(bytes: Vec<u8>, media_type: &str) -> Option<(Vec<u8>, &'static str)> {
    match media_type {
        "text/plain" => is_plain(&bytes, false).then_some((bytes, "text/plain")),
        "application/pdf" => pdf::check(&bytes).is_ok().then_some((bytes, "application/pdf")),
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
        let pdf = |rest: &str| safe_copy(format!("%PDF-1.7 {rest}").into_bytes(), "application/pdf");
        assert!(pdf("1 0 obj << /OpenAction << /S /JavaScript >> >> endobj").is_none());
        assert!(pdf("1 0 obj << /Type /Catalog >> endobj").is_some());
        assert!(safe_copy(b"fine at first\n\0".to_vec(), "text/plain").is_none());
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let mut bytes = picture(ImageFormat::Png);
        assert!(fits(&bytes, true));
        assert!(fits(&bytes[..10], false) && !fits(&bytes[..10], true));
        bytes[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        assert!(!fits(&bytes, true));
        let mut wide = Cursor::new(Vec::new());
        DynamicImage::new_luma8(MAX_SIDE + 1, 1).write_to(&mut wide, ImageFormat::Png).unwrap();
        assert!(!fits(&wide.into_inner()[..100], false));
    }
}
