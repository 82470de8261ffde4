//! Where a first payment is taken.

/// The page with programs that take a payment.
pub(super) const TRY_IT_PATH: &str = "/docs/quick-start#payment";
