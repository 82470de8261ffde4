//! Ledger entries on the wire.

use serde::{Deserialize, Serialize};

/// A line of an account: what changed, and what was there afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerEntry {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(example = "ent_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub id: String,
    /// Always `ledger_entry`.
    #[cfg_attr(feature = "openapi", schema(example = "ledger_entry"))]
    pub object: String,
    /// `sandbox` or `live`.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// The account.
    #[cfg_attr(feature = "openapi", schema(example = "acct_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub account_id: String,
    /// The posting that the line is part of; its lines sum to zero.
    #[cfg_attr(feature = "openapi", schema(example = "pst_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub posting_id: String,
    /// Its number within the account, from one, without gaps.
    #[cfg_attr(feature = "openapi", schema(example = 42))]
    pub sequence: i64,
    /// The business fact behind it, such as `captured` or `refunded`.
    #[cfg_attr(feature = "openapi", schema(example = "captured"))]
    pub rule: String,
    /// The payment, refund, transfer, top-up or withdrawal that it is about.
    #[cfg_attr(feature = "openapi", schema(example = "pay_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub object_id: String,
    /// What changed; with a minus sign when money left the account.
    #[cfg_attr(feature = "openapi", schema(example = "100.00"))]
    pub amount: String,
    /// The currency of both amounts.
    #[cfg_attr(feature = "openapi", schema(example = "USD"))]
    pub currency: String,
    /// What was on the account afterwards.
    #[cfg_attr(feature = "openapi", schema(example = "1250.00"))]
    pub balance_after: String,
    /// When it was booked.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.042Z", format = DateTime))]
    pub created_at: String,
}
