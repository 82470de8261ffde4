//! The clock of a sandbox on the wire.

use serde::{Deserialize, Serialize};

/// What a partner sends to move the clock of its sandbox.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// A time that is written here is behind some day, and a clock never goes back.
#[cfg_attr(feature = "openapi", schema(example = json!({"state": "frozen"})))]
pub struct MoveSandboxClock {
    /// The time that the clock is moved to: never back, and at most 400 days at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-27T08:15:30.000Z", format = DateTime))]
    pub now: Option<String>,
    /// `frozen` to let it stand still from then on, `running` to let it go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "frozen"))]
    pub state: Option<String>,
}

/// The clock of a sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SandboxClock {
    /// Always `sandbox_clock`.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox_clock"))]
    pub object: String,
    /// Always `sandbox`.
    #[cfg_attr(feature = "openapi", schema(example = "sandbox"))]
    pub environment: String,
    /// What your sandbox takes for the time.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-27T08:15:30.000Z", format = DateTime))]
    pub now: String,
    /// `frozen` while it stands still, else `running`.
    #[cfg_attr(feature = "openapi", schema(example = "frozen"))]
    pub state: String,
}
