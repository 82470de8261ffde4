//! Loading the books for a batch.

use tallyport_domain::books::{Books, Command};
use tallyport_domain::ids::{ObjectId, PaymentId};

use super::{accounts, consents, held, look_up};
use crate::movements::{MovementRow, movement_columns};
use crate::payments::{PaymentRow, payment_columns};
use crate::rows::lock_by_keys;
use crate::{StorageError, Tx};

/// Everything that the commands may read or change.
pub async fn load(tx: &mut Tx, commands: &[Command]) -> Result<Books, StorageError> {
    let mut books = Books::default();
    load_payments(tx, &mut books, commands).await?;
    load_movements(tx, &mut books, commands).await?;
    accounts::load_named(tx, &mut books, commands).await?;
    held::add(tx, &mut books, commands).await?;
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
