//! Settings that bound what a peer may take: connections, bytes and time.

use std::time::Duration;

use clap::Args;

use crate::settings::duration;

/// What is refused or ended, and when.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Limits")]
pub struct LimitSettings {
    /// Open connections at once; one more is answered 503 (under TLS: closed).
    #[arg(long, env = "TALLYPORT_CONNECTIONS_MAX", value_name = "COUNT", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub connections_max: u32,

    /// Bytes of a request's body; more is answered 413.
    #[arg(long, env = "TALLYPORT_BODY_BYTES_MAX", value_name = "BYTES", default_value_t = 1_048_576, value_parser = clap::value_parser!(u32).range(1024..))]
    pub body_bytes_max: u32,

    /// Time for a client to send a request's headers, or to stay idle; then it is cut off.
    #[arg(long, env = "TALLYPORT_HEADER_READ_TIMEOUT", value_name = "TIME", default_value = "30s", value_parser = duration::parse)]
    pub header_read_timeout: Duration,

    /// Time for a request from its headers to the start of its answer; then it is answered 503.
    #[arg(long, env = "TALLYPORT_REQUEST_TIMEOUT", value_name = "TIME", default_value = "30s", value_parser = duration::parse)]
    pub request_timeout: Duration,

    /// Time that requests in flight have to end after SIGTERM.
    #[arg(long, env = "TALLYPORT_DRAIN_TIMEOUT", value_name = "TIME", default_value = "30s", value_parser = duration::parse)]
    pub drain_timeout: Duration,
}
