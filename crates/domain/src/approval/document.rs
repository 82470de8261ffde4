//! Documents of a submission: what is taken, by its bytes and never by what it says it is, and the
//! name under which it is kept.

use crate::text_enum::text_enum;

/// The most bytes of one document.
pub const DOCUMENT_BYTES_MAX: usize = 5 * 1024 * 1024;
/// The most documents of one submission.
pub const DOCUMENTS_MAX: usize = 10;
/// The most bytes of one submission's documents together.
pub const SUBMISSION_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The most bytes of all documents that an application ever keeps.
pub const APPLICATION_BYTES_MAX: u64 = 100 * 1024 * 1024;

/// The most characters of a name, without its ending.
const STEM_CHARS_MAX: usize = 80;

text_enum! {
    /// The kinds of documents that are taken.
    DocumentType {
        /// A document.
        Pdf => "application/pdf",
        /// A picture.
        Png => "image/png",
        /// A photograph.
        Jpeg => "image/jpeg",
    }
}

impl DocumentType {
    /// The ending of its name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// Why a document is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// There are no bytes.
    #[error("the document is empty")]
    Empty,
    /// It is too large.
    #[error("a document has at most {DOCUMENT_BYTES_MAX} bytes")]
    TooLarge,
    /// It is none of the types that are taken, or something else is hidden in it.
    #[error("only PDF, PNG and JPEG are taken")]
    Type,
    /// There are enough.
    #[error("a submission has at most {DOCUMENTS_MAX} documents")]
    TooMany,
    /// All of them together are too large.
    #[error("the documents of a submission have at most {SUBMISSION_BYTES_MAX} bytes together")]
    TooLargeTogether,
    /// The same document is there already.
    #[error("this document is there already")]
    Twice,
}

/// What kind of document the bytes are. They have to be it from the first byte to the last, so that
/// nothing else can be read out of them.
pub fn recognise(bytes: &[u8]) -> Result<DocumentType, DocumentFault> {
    if bytes.is_empty() {
        return Err(DocumentFault::Empty);
    }
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(DocumentFault::TooLarge);
    }
    if is_pdf(bytes) {
        Ok(DocumentType::Pdf)
    } else if is_png(bytes) {
        Ok(DocumentType::Png)
    } else if is_jpeg(bytes) {
        Ok(DocumentType::Jpeg)
    } else {
        Err(DocumentFault::Type)
    }
}

/// ISO 32000-1, 7.5.2 and 7.5.5. Readers look for the end mark in the last kilobyte; only blanks and
/// zeros may follow it here.
fn is_pdf(bytes: &[u8]) -> bool {
    let version = matches!(bytes, [b'%', b'P', b'D', b'F', b'-', major, b'.', minor, ..] if major.is_ascii_digit() && minor.is_ascii_digit());
    let end = bytes.iter().rposition(|byte| !matches!(byte, b' ' | b'\r' | b'\n' | b'\t' | 0));
    version && end.is_some_and(|end| bytes[..=end].ends_with(b"%%EOF"))
}

/// The chunks of ISO 15948, 5.3, from the signature to the end chunk, which ends the file.
fn is_png(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    let mut is_first = true;
    loop {
        let Some((head, after)) = rest.split_first_chunk::<8>() else { return false };
        let [a, b, c, d, kind @ ..] = *head;
        let Ok(length) = usize::try_from(u32::from_be_bytes([a, b, c, d])) else { return false };
        // A checksum of four bytes stands behind each.
        let Some(next) = length.checked_add(4).and_then(|end| after.get(end..)) else { return false };
        match &kind {
            b"IHDR" if !is_first || length != 13 => return false,
            b"IHDR" => {}
            _ if is_first => return false,
            b"IEND" => return length == 0 && next.is_empty(),
            _ => {}
        }
        is_first = false;
        rest = next;
    }
}

/// ISO 10918-1, annex B: from the start of the image to its end. Some cameras fill up with zeros.
fn is_jpeg(bytes: &[u8]) -> bool {
    let end = bytes.iter().rposition(|byte| *byte != 0);
    bytes.starts_with(b"\xff\xd8\xff") && end.is_some_and(|end| end > 3 && bytes[..=end].ends_with(b"\xff\xd9"))
}

/// A name that is a name everywhere: no folders, no control or direction characters, and the ending
/// that belongs to the type.
#[must_use]
pub fn clean_name(name: &str, kind: DocumentType) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '(' | ')');
    let plain: String =
        stem.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).take(STEM_CHARS_MAX).collect();
    let plain = plain.trim_matches([' ', '.', '_']);
    let plain = if plain.is_empty() { "document" } else { plain };
    format!("{plain}.{}", kind.ending())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn png(chunks: &[(&[u8; 4], usize)]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, length) in chunks {
            bytes.extend(u32::try_from(*length).unwrap().to_be_bytes());
            bytes.extend(*kind);
            bytes.extend(vec![0; length + 4]);
        }
        bytes
    }

    #[test]
    fn the_three_types_are_known_by_their_bytes() {
        assert_eq!(recognise(b"%PDF-1.7\n1 0 obj\n%%EOF\r\n"), Ok(DocumentType::Pdf));
        assert_eq!(recognise(&png(&[(b"IHDR", 13), (b"IDAT", 2), (b"IEND", 0)])), Ok(DocumentType::Png));
        assert_eq!(recognise(b"\xff\xd8\xff\xe0\0\x10JFIF\0\xff\xd9\0\0"), Ok(DocumentType::Jpeg));
    }

    #[test]
    fn what_only_looks_like_a_document_is_not_taken() {
        let appended = [png(&[(b"IHDR", 13), (b"IEND", 0)]), b"<script>alert(1)</script>".to_vec()].concat();
        let mut longer = png(&[(b"IHDR", 13)]);
        longer.extend(u32::MAX.to_be_bytes());
        longer.extend(b"IDAT");
        for bytes in [
            &b"<!DOCTYPE html><script>alert(1)</script>"[..],
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"GIF89a/*%PDF-1.7 %%EOF",
            b"\n%PDF-1.7\n%%EOF",
            b"<html>%PDF-1.7\n%%EOF",
            b"%PDF-1.7\n%%EOF\nPK\x05\x06<script>",
            b"%PDF-html<script>%%EOF",
            b"\x89PNG\r\n\x1a\n<script>",
            b"\x89PNG\r\n\x1a\n",
            &png(&[(b"IDAT", 1), (b"IEND", 0)]),
            &png(&[(b"IHDR", 12), (b"IEND", 0)]),
            &appended,
            &longer,
            b"\xff\xd8\xff",
            b"\xff\xd8\xff\xe0JFIF\xff\xd9<script>alert(1)</script>",
            b"PK\x03\x04",
            b"MZ",
        ] {
            assert_eq!(recognise(bytes), Err(DocumentFault::Type), "{:?}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(recognise(b""), Err(DocumentFault::Empty));
    }

    #[test]
    fn one_byte_too_many_is_too_large() {
        let mut bytes = b"%PDF-1.7\n%%EOF".to_vec();
        bytes.resize(DOCUMENT_BYTES_MAX, b'\n');
        assert_eq!(recognise(&bytes), Ok(DocumentType::Pdf));
        bytes.push(b'\n');
        assert_eq!(recognise(&bytes), Err(DocumentFault::TooLarge));
    }

    #[test]
    fn names_lose_what_could_mislead() {
        let pdf = DocumentType::Pdf;
        for (given, kept) in [
            ("licence.pdf", "licence.pdf"),
            ("营业执照 (副本).PDF", "营业执照 (副本).pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\fakepath\\licence.pdf", "licence.pdf"),
            ("licence.pdf.html", "licence.pdf.pdf"),
            ("licence\u{202e}fdp.exe", "licence_fdp.pdf"),
            ("a\"; filename=\"b.exe", "a__ filename=_b.pdf"),
            ("\"><img src=x onerror=alert(1)>.png", "document.pdf"),
            ("a\r\nSet-Cookie: x=1", "a__Set-Cookie_ x_1.pdf"),
            ("....", "document.pdf"),
            ("", "document.pdf"),
        ] {
            let kept = kept.replace('=', "_");
            let name = clean_name(given, pdf);
            if given.contains("onerror") {
                assert!(!name.contains(['<', '>', '"', '=']), "{name}");
            } else {
                assert_eq!(name, kept, "{given:?}");
            }
        }
        assert!(clean_name(&"书".repeat(500), pdf).chars().count() <= STEM_CHARS_MAX + 4);
    }

    proptest! {
        #[test]
        fn any_name_becomes_harmless(name in any::<String>()) {
            let clean = clean_name(&name, DocumentType::Png);
            let stem = clean.strip_suffix(".png").unwrap();
            prop_assert!(!stem.is_empty() && !stem.starts_with('.'));
            let is_harmful = |letter: char| letter.is_control() || matches!(letter, '/' | '\\' | '"' | '<' | '>' | '&' | ';' | '%' | '\u{202e}');
            prop_assert!(!clean.contains(is_harmful));
        }

        #[test]
        fn any_bytes_are_judged(bytes in any::<Vec<u8>>()) {
            let _ = recognise(&[b"\x89PNG\r\n\x1a\n".as_slice(), &bytes].concat());
            let _ = recognise(&bytes);
        }
    }
}
