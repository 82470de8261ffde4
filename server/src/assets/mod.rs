//! The built portal files: wasm, scripts, styles, pictures. Owns how they are found, which variant
//! is sent and how long it may be kept; makes none of them, that is the build's work.

#[cfg(feature = "embed")]
mod embedded;
mod folder;
mod manifest;
mod media_type;
mod negotiation;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::exit::{Exit, Failure};
use manifest::Manifest;
use negotiation::Encoding;

/// A file whose name changes with its content never changes under that name.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Any other file is asked for again each time, and its tag answers that it has not changed.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// The portal's files and what pages have to know of them.
#[derive(Debug)]
pub struct Site {
    /// What the names of script and wasm begin with: `portal-1f0c` for `pkg/portal-1f0c.js`.
    pub stem: String,
    /// The style sheet's path below the root: `pkg/portal-1f0c.css`.
    pub css: String,
    immutable: HashSet<String>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// There are none; the API works without.
    #[cfg(not(feature = "embed"))]
    Nowhere,
    /// A folder, read anew each time: a build may run beside the server.
    Folder(folder::Folder),
    /// Inside the program.
    #[cfg(feature = "embed")]
    Embedded,
}

/// The content of one file as it is stored.
struct File {
    bytes: Bytes,
    /// Changes with the content.
    tag: String,
}

impl Site {
    /// Finds the files: in the given folder, else inside the program, else nowhere.
    ///
    /// # Errors
    /// When a folder is given that is not a complete site.
    pub fn find(site_dir: Option<&Path>) -> Result<Self, Failure> {
        if let Some(path) = site_dir {
            let incomplete = |reason: String| {
                Failure::new(Exit::Site, format!("site folder {} is not complete: {reason}", path.display()))
            };
            let folder = folder::Folder::open(path).map_err(|error| incomplete(error.to_string()))?;
            let manifest = folder.manifest().map_err(incomplete)?;
            return Ok(Self::new(manifest, Source::Folder(folder)));
        }
        #[cfg(feature = "embed")]
        {
            let manifest = embedded::manifest().map_err(|reason| Failure::new(Exit::Site, reason))?;
            Ok(Self::new(manifest, Source::Embedded))
        }
        #[cfg(not(feature = "embed"))]
        Ok(Self::new(Manifest::default(), Source::Nowhere))
    }

    fn new(manifest: Manifest, source: Source) -> Self {
        Self { stem: manifest.stem, css: manifest.css, immutable: manifest.immutable, source }
    }

    async fn file(&self, name: &str) -> Option<File> {
        match &self.source {
            #[cfg(not(feature = "embed"))]
            Source::Nowhere => None,
            Source::Folder(folder) => folder.file(name).await,
            #[cfg(feature = "embed")]
            Source::Embedded => embedded::file(name),
        }
    }

    /// The smallest variant that the client understands.
    async fn variant(&self, name: &str, headers: &HeaderMap) -> Option<(File, Option<Encoding>)> {
        let plain = self.file(name).await?;
        for encoding in negotiation::accepted(headers) {
            if let Some(file) = self.file(&format!("{name}{}", encoding.suffix())).await {
                return Some((file, Some(encoding)));
            }
        }
        Some((plain, None))
    }

    async fn answer(&self, name: &str, headers: &HeaderMap) -> Option<Response> {
        let (file, encoding) = self.variant(name, headers).await?;
        let tag = match encoding {
            None => format!("\"{}\"", file.tag),
            Some(encoding) => format!("\"{}-{}\"", file.tag, encoding.token()),
        };
        let unchanged = headers.get_all(IF_NONE_MATCH).iter().any(|known| names_tag(known, &tag));
        let mut response = Response::new(if unchanged { Body::empty() } else { Body::from(file.bytes) });
        let own = response.headers_mut();
        own.insert(CACHE_CONTROL, if self.immutable.contains(name) { IMMUTABLE } else { REVALIDATE });
        own.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            own.insert(ETAG, tag);
        }
        if unchanged {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Some(response);
        }
        own.insert(CONTENT_TYPE, media_type::of(name));
        if let Some(encoding) = encoding {
            own.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.token()));
        }
        Some(response)
    }
}

/// Answers from the files where the path is one of them, else lets the request pass.
pub async fn serve_or_pass(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some(name) = name_of(request.uri().path()).filter(|_| reads)
        && let Some(response) = site.answer(name, request.headers()).await
    {
        return response;
    }
    next.run(request).await
}

/// The file that a path names. Only plain names: no empty, hidden or upward parts, nothing escaped,
/// none of the build's own notes, and no variant by its own name.
fn name_of(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '%', ':', '\0']);
    let is_variant = name.ends_with(".br") || name.ends_with(".gz");
    (name.split('/').all(is_plain) && !is_variant && name != manifest::FILE_NAME).then_some(name)
}

fn names_tag(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn only_plain_names_are_files() {
        assert_eq!(name_of("/pkg/portal.js"), Some("pkg/portal.js"));
        for path in [
            "/",
            "",
            "//etc/passwd",
            "/../secret",
            "/pkg/../../secret",
            "/pkg/.env",
            "/%2e%2e/secret",
            "/pkg\\..\\secret",
            "/C:/secret",
            "/pkg/portal.js.br",
            "/manifest.json",
            "/pkg/",
        ] {
            assert_eq!(name_of(path), None, "{path}");
        }
    }
}
