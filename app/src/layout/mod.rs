//! The frames that pages stand in: what surrounds them, never what they say.

pub(crate) mod console;
pub(crate) mod docs;
pub(crate) mod environment_band;
pub(crate) mod footer;
mod guest_bar;
pub(crate) mod holder;
pub(crate) mod payer;
pub(crate) mod public;
pub(crate) mod side_nav;
pub(crate) mod switches;
pub(crate) mod top_bar;

pub(crate) use console::ConsoleFrame;
pub(crate) use docs::DocsFrame;
pub(crate) use holder::HolderFrame;
pub(crate) use payer::PayerFrame;
pub(crate) use public::PublicFrame;
