//! A batch as a process's lane writes it, without the process: what is left when it dies right after.

use tallyport_domain::books::{Command, apply};
use tallyport_domain::ids::ProcessId;
use tallyport_service::lane::chain::link;
use tallyport_storage::batches::ChainEnd;
use tallyport_storage::lane::{self, Rendered};
use tallyport_storage::test_support::TestDb;

use crate::process::BEGINNING_MS;

/// Writes what all of these commands do in one batch, the first one of a lane that has this number.
pub(crate) async fn write_batch(test: &TestDb, number: u8, commands: &[Command]) {
    let mut tx = test.db.begin_write().await.unwrap();
    let mut books = lane::load(&mut tx, commands).await.unwrap();
    let mut drawn = [number; 10];
    for command in commands {
        let mut draw = || {
            drawn[9] = drawn[9].wrapping_add(1);
            drawn
        };
        apply(&mut books, command, &mut draw, BEGINNING_MS).unwrap();
    }
    let bodies = vec!["{}".to_owned(); books.changes.events.len()];
    let lane = ProcessId::from_parts(BEGINNING_MS, [100 + number; 10]);
    let batch = Some(link(lane, &ChainEnd::BEGINNING, &books.changes, &bodies, BEGINNING_MS));
    let rendered = Rendered { events: bodies, batch };
    lane::write(&mut tx, &books, &rendered).await.unwrap();
    tx.commit().await.unwrap();
}
