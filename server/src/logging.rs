//! Logs: where they go, how they look, and that a panic ends up in them.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::settings::{LogFormat, LogSettings};

/// Sends logs to stderr; stdout is left to what the program says to the person who started it.
///
/// A second call in the same process changes nothing: tests start several servers.
pub fn start(settings: &LogSettings) {
    let filter = EnvFilter::try_new(&settings.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = match settings.log_format {
        LogFormat::Pretty => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(log_panic));
    }
}

/// A panic is a defect that somebody has to look at. Its place says which; its text might hold data
/// of a request and is shown only at debug level.
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
    tracing::error!(panic.place = %place, "panic at {place}");
    if let Some(text) = panic.payload_as_str() {
        tracing::debug!(panic.place = %place, "panic text: {text}");
    }
}
