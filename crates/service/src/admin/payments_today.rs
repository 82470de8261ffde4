//! How many payments there were since midnight, without counting the whole day for every look.

use std::sync::Mutex;

use tallyport_storage::administration::{PaymentCount, count_payments};
use tallyport_storage::{Reader, StorageError};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// An id is made before its payment is written. So long afterwards it is there, or never will be.
const WRITTEN_AFTER_MS: i64 = 60_000;

/// What was counted of this day, and is not counted again.
#[derive(Default)]
pub(crate) struct PaymentsToday(Mutex<Counted>);

/// The payments made from midnight to a time.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    midnight_ms: i64,
    until_ms: i64,
    payments: PaymentCount,
}

impl Counted {
    /// What is known of the day of this time.
    fn of_day(self, now_ms: i64) -> Self {
        let midnight_ms = now_ms.div_euclid(DAY_MS) * DAY_MS;
        if self.midnight_ms == midnight_ms {
            return self;
        }
        Self { midnight_ms, until_ms: midnight_ms, payments: PaymentCount::default() }
    }
}

impl PaymentsToday {
    /// Counts those that came since the last look.
    pub(super) async fn count(&self, reader: &mut Reader, now_ms: i64) -> Result<PaymentCount, StorageError> {
        let counted = self.0.lock().expect("no holder of the lock panics").of_day(now_ms);
        let until_ms = counted.until_ms.max(now_ms - WRITTEN_AFTER_MS);
        let [written, newest] = count_payments(reader, counted.until_ms, until_ms).await?;
        let payments = sum(counted.payments, written);
        *self.0.lock().expect("no holder of the lock panics") = Counted { until_ms, payments, ..counted };
        Ok(sum(payments, newest))
    }
}

fn sum(one: PaymentCount, other: PaymentCount) -> PaymentCount {
    PaymentCount { sandbox: one.sandbox + other.sandbox, live: one.live + other.live }
}
