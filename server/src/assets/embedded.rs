//! The portal's files inside the program. The build script lists them.

use std::collections::HashMap;
use std::sync::LazyLock;

use bytes::Bytes;

use super::File;
use super::manifest::{FILE_NAME, Manifest};

/// Name, content and tag of a file.
type Embedded = (&'static str, &'static [u8], &'static str);

const FILES: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

static BY_NAME: LazyLock<HashMap<&'static str, &'static Embedded>> =
    LazyLock::new(|| FILES.iter().map(|file| (file.0, file)).collect());

pub(super) fn manifest() -> Result<Manifest, String> {
    let (_, json, _) = BY_NAME.get(FILE_NAME).ok_or("the program was built without a site")?;
    Manifest::parse(json)
}

pub(super) fn file(name: &str) -> Option<File> {
    let (_, bytes, tag) = BY_NAME.get(name)?;
    Some(File { bytes: Bytes::from_static(bytes), tag: (*tag).to_owned() })
}
