//! The check behind every figure: what was acknowledged is stored, once and captured, and the ledger
//! adds up.

use std::collections::HashMap;

use anyhow::{Result, bail};
use tallyport_domain::Environment;
use tallyport_domain::payment::PaymentStatus;
use tallyport_service::verify::verify;
use tallyport_storage::payments;

use crate::ground::Ground;
use crate::seed::Partner;

const PAGE: i64 = 5_000;

/// What was found in good books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked {
    /// Payments of the application.
    pub(crate) stored: usize,
    /// Those of them whose channel has not been answered for yet.
    pub(crate) processing: usize,
}

/// Checks the books; an error means that the run is void.
pub(crate) async fn check(ground: &Ground, partner: &Partner, acknowledged: &[String]) -> Result<Checked> {
    let db = ground.open().await?;
    let verdict = verify(&db, &mut |_, _| ()).await?;
    if !verdict.is_whole() {
        bail!("the books are not whole: {:#?}", verdict.faults);
    }
    let mut tx = db.begin_read().await?;
    let mut stored: HashMap<String, Vec<PaymentStatus>> = HashMap::new();
    let mut before = None;
    loop {
        let page = payments::list(&mut tx, partner.application_id, Environment::Sandbox, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = Some(last.asked.id);
        for payment in page {
            stored.entry(payment.asked.order_id.to_string()).or_default().push(payment.state.status());
        }
    }
    drop(tx);
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
