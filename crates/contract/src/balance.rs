//! Balances on the wire.

use serde::{Deserialize, Serialize};

/// What an application has in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balance {
    /// The account, which others may transfer money to.
    #[cfg_attr(feature = "openapi", schema(example = "acct_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub id: String,
    /// Always `balance`.
    #[cfg_attr(feature = "openapi", schema(example = "balance"))]
    pub object: String,
    /// `sandbox` or `live`.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// The currency of both amounts.
    #[cfg_attr(feature = "openapi", schema(example = "USD"))]
    pub currency: String,
    /// What may be spent, refunded or withdrawn.
    #[cfg_attr(feature = "openapi", schema(example = "1250.00"))]
    pub available: String,
    /// What is put aside for refunds and withdrawals on their way.
    #[cfg_attr(feature = "openapi", schema(example = "40.00"))]
    pub reserved: String,
    /// When the account was opened, with the first money in it.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.042Z", format = DateTime))]
    pub created_at: String,
}
