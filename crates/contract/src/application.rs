//! The calling application on the wire.

use serde::{Deserialize, Serialize};

/// The application that calls, as the platform knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(example = "app_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub id: String,
    /// Always `application`.
    #[cfg_attr(feature = "openapi", schema(example = "application"))]
    pub object: String,
    /// `sandbox` or `live`: where the token works.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-20T08:15:30.000Z"))]
    pub created_at: String,
    /// The name that its team gave it.
    #[cfg_attr(feature = "openapi", schema(example = "Bookshop"))]
    pub name: String,
    /// The credential that the token was issued to.
    #[cfg_attr(feature = "openapi", schema(example = "ak_01kaemzd2w5n8h9qv7c3r4t6yb"))]
    pub api_key: String,
    /// What the token allows.
    #[cfg_attr(feature = "openapi", schema(example = json!(["payments:write", "payments:read"])))]
    pub scopes: Vec<String>,
    /// From where it may call; empty for everywhere.
    #[cfg_attr(feature = "openapi", schema(example = json!(["203.0.113.0/24"])))]
    pub networks: Vec<String>,
    /// The plan that its limits come from; `null` when they are the platform's usual ones.
    #[cfg_attr(feature = "openapi", schema(example = "Standard"))]
    pub plan: Option<String>,
    /// How many calls per second may read.
    #[cfg_attr(feature = "openapi", schema(example = 100))]
    pub reads_per_second: u32,
    /// How many calls that read may be made at once.
    #[cfg_attr(feature = "openapi", schema(example = 1000))]
    pub reads_burst: u32,
    /// How many calls per second may change something.
    #[cfg_attr(feature = "openapi", schema(example = 50))]
    pub writes_per_second: u32,
    /// How many calls that change something may be made at once.
    #[cfg_attr(feature = "openapi", schema(example = 500))]
    pub writes_burst: u32,
}
