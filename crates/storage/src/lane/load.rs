//! Loading the books for a batch.

use std::collections::HashSet;

use tallyport_domain::books::{Books, Command};
use tallyport_domain::ids::{AppId, ObjectId, PaymentId};

use super::{accounts, consents, look_up};
use crate::movements::{MovementRow, movement_columns};
use crate::payments::{PaymentRow, payment_columns};
use crate::rows::lock_by_keys;
use crate::{StorageError, Tx, fees, sandbox_clocks};

/// Everything that the commands may read or change.
pub async fn load(tx: &mut Tx, commands: &[Command]) -> Result<Books, StorageError> {
    let mut books = Books::default();
    load_payments(tx, &mut books, commands).await?;
    load_movements(tx, &mut books, commands).await?;
    load_clocks(tx, &mut books, commands).await?;
    let charged: HashSet<_> = commands.iter().filter_map(Command::charged).collect();
    books.fees = fees::load(tx, &charged.into_iter().collect::<Vec<_>>()).await?;
    accounts::load_named(tx, &mut books, commands).await?;
    accounts::lock(tx, &mut books, commands).await?;
    consents::lock(tx, &mut books, commands).await?;
    look_up::add(tx, &mut books, commands).await?;
    Ok(books)
}

async fn load_payments(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<PaymentId> = commands.iter().filter_map(Command::payment).collect();
    ids.sort_unstable();
    ids.dedup();
    let payments = lock_by_keys!(
        tx,
        ids,
        PaymentRow,
        concat!("SELECT ", payment_columns!(), " FROM payments WHERE id IN ({}) ORDER BY id"),
        |id| [id.to_string()]
    )
    .await?;
    for row in payments {
        let payment = row.into_payment()?;
        books.payments.insert(payment.asked.id, payment);
    }
    Ok(())
}

async fn load_movements(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<ObjectId> = commands.iter().filter_map(Command::movement).collect();
    ids.sort_unstable();
    ids.dedup();
    let movements = lock_by_keys!(
        tx,
        ids,
        MovementRow,
        concat!("SELECT ", movement_columns!(), " FROM movements WHERE id IN ({}) ORDER BY id"),
        |id| [id.to_string()]
    )
    .await?;
    for row in movements {
        let movement = row.into_movement()?;
        books.movements.insert(movement.id, movement);
    }
    Ok(())
}

async fn load_clocks(tx: &mut Tx, books: &mut Books, commands: &[Command]) -> Result<(), StorageError> {
    let mut ids: Vec<AppId> = commands.iter().filter_map(|command| books.sandbox_of(command)).collect();
    ids.sort_unstable();
    ids.dedup();
    books.clocks = sandbox_clocks::lock_moved(tx, &ids).await?;
    Ok(())
}
