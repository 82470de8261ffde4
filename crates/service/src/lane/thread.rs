//! The lane's own thread. A batch goes to the database several times and waits for it each time; among the tasks of
//! the server it would wait for its turn as well, each time, behind whatever requests are worked on.

use std::future::Future;
use std::io;
use std::thread::Builder;

use tokio::runtime;

use crate::error::ServiceError;

/// Does the work on a thread of its own. What is dropped `at_the_end` tells that nothing of it is left.
pub(super) fn run<T: Send + 'static>(
    work: impl Future<Output = ()> + Send + 'static,
    at_the_end: T,
) -> Result<(), ServiceError> {
    spawn(work, at_the_end).map_err(|error| {
        tracing::error!(%error, "the write lane got no thread: {error}");
        ServiceError::broken("the write lane got no thread")
    })
}

fn spawn<T: Send + 'static>(work: impl Future<Output = ()> + Send + 'static, at_the_end: T) -> io::Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    Builder::new().name("write-lane".to_owned()).spawn(move || {
        runtime.block_on(work);
        drop(runtime);
        drop(at_the_end);
    })?;
    Ok(())
}
