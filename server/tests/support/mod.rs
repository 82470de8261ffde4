//! A whole server inside a test program: services on a database of its own, time that stands still,
//! and the real router behind the real listener.
//!
//! Owns the starting, the making of accounts and the building of requests; knows nothing of what is
//! tested. A test program takes it in with
//!
//! ```text
//! #[path = "../support/mod.rs"]
//! mod support;
//!
//! use support::{TestApp, on_both_databases};
//!
//! on_both_databases! {
//!     async fn payment_is_made(app: TestApp) {
//!         let partner = app.partner("Shop").await;
//!         let answer = app.send(app.payment(&partner, "A-1", "1.00")).await;
//!         assert_eq!(answer.status, 201);
//!     }
//! }
//! ```
//!
//! [`TestApp::send`] hands a request straight to the router, which is fast; [`TestApp::browser`] and
//! any other HTTP client reach the same server at [`TestApp::url`].
#![allow(dead_code, unused_imports, reason = "each test program uses the part that it needs")]
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod accounts;
mod answer;
mod app;
mod partner;
mod request;
mod signature;

pub(crate) use answer::Answer;
pub(crate) use app::{BEGINNING_MS, Chosen, KEY_ENCRYPTION_KEY, TestApp};
pub(crate) use partner::Partner;
pub(crate) use request::Request;
pub(crate) use signature::{Sign, Signer, content_digest, fresh_nonce};

/// Makes each function a test on both databases: `name::sqlite` and `name::postgres`.
macro_rules! on_both_databases {
    () => {};
    (async fn $name:ident($app:ident: TestApp) $body:block $($rest:tt)*) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($app: &$crate::support::TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(&$crate::support::TestApp::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body(&$crate::support::TestApp::postgres().await).await;
            }
        }
        $crate::support::on_both_databases! { $($rest)* }
    };
}
pub(crate) use on_both_databases;

/// How often a race is run over the whole use case on each database: so often in the long form of the
/// tests. The statement that decides a race is raced as often in every run, by the tests of the storage.
pub(crate) fn race_rounds() -> usize {
    if std::env::var_os("TALLYPORT_TEST_DEEP").is_some() { 200 } else { 20 }
}

/// Waits until something that happens by itself has happened; fails when it takes far too long.
pub(crate) async fn until(mut condition: impl AsyncFnMut() -> bool) {
    let patience = std::time::Duration::from_secs(10);
    let waiting = async {
        while !condition().await {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(patience, waiting).await.expect("it happens in time");
}
