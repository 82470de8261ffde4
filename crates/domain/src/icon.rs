//! Icons of applications: which files are taken. A file is what its first bytes say, never what its
//! name or its sender says.

use crate::text_enum::text_enum;

/// How large an icon may be.
pub const ICON_BYTES_MAX: usize = 64 * 1024;

text_enum! {
    /// What kind of picture an icon is, by its media type.
    IconType {
        /// Portable Network Graphics.
        Png => "image/png",
        /// JPEG.
        Jpeg => "image/jpeg",
    }
}

/// Why a file is not taken as an icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IconRefusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`ICON_BYTES_MAX`].
    #[error("the file is larger than {ICON_BYTES_MAX} bytes")]
    TooLarge,
    /// A drawing with a language of its own, which can hold scripts.
    #[error("SVG files can hold scripts and are not taken")]
    Svg,
    /// Something else.
    #[error("the file is neither PNG nor JPEG")]
    OtherType,
}

const PNG_START: &[u8] = b"\x89PNG\r\n\x1a\n";
const PNG_FIRST_CHUNK: &[u8] = b"IHDR";
const JPEG_START: &[u8] = b"\xff\xd8\xff";
const JPEG_END: &[u8] = b"\xff\xd9";
/// How far into a file the beginning of an SVG is looked for, behind comments and declarations.
const SVG_LOOK_BYTES: usize = 1024;

impl IconType {
    /// What the file is, by its bytes.
    ///
    /// # Errors
    /// When it is not one of the pictures that are taken.
    pub fn of(bytes: &[u8]) -> Result<Self, IconRefusal> {
        if bytes.is_empty() {
            return Err(IconRefusal::Empty);
        }
        if bytes.len() > ICON_BYTES_MAX {
            return Err(IconRefusal::TooLarge);
        }
        if bytes.starts_with(PNG_START) && bytes.get(12..16) == Some(PNG_FIRST_CHUNK) {
            return Ok(Self::Png);
        }
        if bytes.starts_with(JPEG_START) && bytes.ends_with(JPEG_END) {
            return Ok(Self::Jpeg);
        }
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(SVG_LOOK_BYTES)]).to_ascii_lowercase();
        Err(if start.contains("<svg") || start.contains("<!doctype svg") {
            IconRefusal::Svg
        } else {
            IconRefusal::OtherType
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ICON_BYTES_MAX, IconRefusal, IconType};

    fn png() -> Vec<u8> {
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec()
    }

    #[test]
    fn pictures_are_known_by_their_bytes() {
        assert_eq!(IconType::of(&png()), Ok(IconType::Png));
        assert_eq!(IconType::of(b"\xff\xd8\xff\xe0\0\x10JFIF\xff\xd9"), Ok(IconType::Jpeg));
    }

    #[test]
    fn other_files_are_refused_whatever_they_are_called() {
        for (bytes, refusal) in [
            (&b""[..], IconRefusal::Empty),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", IconRefusal::Svg),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?><!-- x --><SVG/>", IconRefusal::Svg),
            (b"<html><script>alert(1)</script>", IconRefusal::OtherType),
            (b"GIF89a", IconRefusal::OtherType),
            (b"%PDF-1.7", IconRefusal::OtherType),
            (b"RIFF\0\0\0\0WEBP", IconRefusal::OtherType),
            (b"\x89PNG\r\n\x1a\n", IconRefusal::OtherType),
            (b"\x89PNG\r\n\x1a\n<html><script>", IconRefusal::OtherType),
            (b"\xff\xd8\xff<script>alert(1)</script>", IconRefusal::OtherType),
            (b"GIF89a\x89PNG\r\n\x1a\n", IconRefusal::OtherType),
        ] {
            assert_eq!(IconType::of(bytes), Err(refusal), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn the_limit_is_exact() {
        let mut bytes = png();
        bytes.resize(ICON_BYTES_MAX, 0);
        assert_eq!(IconType::of(&bytes), Ok(IconType::Png));
        bytes.push(0);
        assert_eq!(IconType::of(&bytes), Err(IconRefusal::TooLarge));
    }
}
