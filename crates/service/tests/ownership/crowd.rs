//! Many who do the same at once.

use std::future::Future;

use tokio::task::JoinSet;

/// How often a race is run on each database.
pub(crate) const ROUNDS: usize = 200;
/// How many try at once.
pub(crate) const CROWD: usize = 16;

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
