//! Many who do the same at once.

use std::future::Future;

use tokio::task::JoinSet;

/// How many try at once.
pub(crate) const CROWD: usize = 16;

/// How often a race is run on each database: so often in the long form of the tests. What a short form
/// leaves out is more of the same.
pub(crate) fn rounds() -> usize {
    if std::env::var_os("TALLYPORT_TEST_DEEP").is_some() { 200 } else { 20 }
}

/// Runs the same try for everybody at once and returns what came of each.
pub(crate) async fn at_once<T, F>(tries: impl Fn(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut all = JoinSet::new();
    for number in 0..CROWD {
        all.spawn(tries(number));
    }
    all.join_all().await
}
