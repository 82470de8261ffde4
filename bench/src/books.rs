//! The check behind every figure: what was acknowledged is stored, once and captured, and the ledger
//! adds up.

use std::collections::HashMap;

use anyhow::{Result, bail};
use tallyport_domain::Environment;
use tallyport_domain::ids::{AppId, PaymentId};
use tallyport_domain::payment::PaymentStatus;
use tallyport_service::verify::verify;
use tallyport_storage::{Db, payments};

use crate::ground::Ground;

const PAGE: i64 = 5_000;

/// What was found in good books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked {
    /// Payments of the applications.
    pub(crate) stored: usize,
    /// Those of them whose channel has not been answered for yet.
    pub(crate) processing: usize,
}

/// An application, and the newest of the payments that it had before anything was measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Since {
    pub(crate) application_id: AppId,
    pub(crate) newest: Option<PaymentId>,
}

impl Since {
    /// Everything that the application ever paid.
    pub(crate) const fn ever(application_id: AppId) -> Self {
        Self { application_id, newest: None }
    }

    /// What the application pays from now on.
    pub(crate) async fn now(db: &Db, application_id: AppId) -> Result<Self> {
        let newest = payments::list(&mut db.begin_read().await?, application_id, Environment::Sandbox, None, 1).await?;
        Ok(Self { application_id, newest: newest.first().map(|payment| payment.asked.id) })
    }
}

type Stored = HashMap<String, Vec<PaymentStatus>>;

/// Checks the books; an error means that the run is void.
pub(crate) async fn check(ground: &Ground, of: &[Since], acknowledged: &[String]) -> Result<Checked> {
    let db = ground.open().await?;
    let verdict = verify(&db, &mut |_, _| ()).await?;
    if !verdict.is_whole() {
        bail!("the books are not whole: {:#?}", verdict.faults);
    }
    let mut stored = Stored::new();
    for since in of {
        list(&db, *since, &mut stored).await?;
    }
    db.close().await;
    for order_id in acknowledged {
        match stored.get(order_id).map(Vec::as_slice) {
            Some([PaymentStatus::Captured]) => {}
            Some(others) => bail!("order {order_id} was acknowledged once and is stored as {others:?}"),
            None => bail!("order {order_id} was acknowledged and is not stored"),
        }
    }
    let processing = stored.values().flatten().filter(|status| **status == PaymentStatus::Processing).count();
    Ok(Checked { stored: stored.values().map(Vec::len).sum(), processing })
}

async fn list(db: &Db, since: Since, stored: &mut Stored) -> Result<()> {
    let mut tx = db.begin_read().await?;
    let mut before = None;
    loop {
        let page = payments::list(&mut tx, since.application_id, Environment::Sandbox, before, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        before = Some(last.asked.id);
        for payment in page {
            if Some(payment.asked.id) == since.newest {
                return Ok(());
            }
            stored.entry(payment.asked.order_id.to_string()).or_default().push(payment.state.status());
        }
    }
}
