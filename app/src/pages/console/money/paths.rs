//! Where the pages of an application's money are.

use crate::pages::console::application::application_path;
use tallyport_domain::{
    ids::{AppId, ObjectId, PaymentId},
    movement::MovementName,
};

/// What it has.
pub(crate) fn balances_path(id: AppId) -> String {
    format!("{}/balances", application_path(id))
}

/// The lines of its book.
pub(crate) fn ledger_path(id: AppId) -> String {
    format!("{}/ledger", application_path(id))
}

/// The clock of its sandbox.
pub(crate) fn clock_path(id: AppId) -> String {
    format!("{}/clock", application_path(id))
}

/// Its movements of one kind.
pub(crate) fn movements_path(id: AppId, kind: MovementName) -> String {
    let word = match kind {
        MovementName::Refund => "refunds",
        MovementName::Transfer => "transfers",
        MovementName::TopUp => "top-ups",
        MovementName::Withdrawal => "withdrawals",
    };
    format!("{}/{word}", application_path(id))
}

/// One payment or movement.
pub(crate) fn object_path(id: ObjectId) -> String {
    match id {
        ObjectId::Payment(id) => format!("/console/payments/{id}"),
        id => format!("/console/movements/{id}"),
    }
}

/// The page that gives a payment's money back.
pub(crate) fn refund_path(id: PaymentId) -> String {
    format!("/console/payments/{id}/refund")
}
