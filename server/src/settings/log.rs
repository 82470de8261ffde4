//! Settings of logging.

use clap::{Args, ValueEnum};

/// What is logged and how.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Logs")]
pub struct LogSettings {
    /// What is logged, such as `info`, `warn,tallyport_service=debug` or `info,access=off`.
    #[arg(long, env = "TALLYPORT_LOG", value_name = "FILTER", default_value = "info", value_parser = filter)]
    pub log: String,

    /// How a log line looks.
    #[arg(long, env = "TALLYPORT_LOG_FORMAT", value_name = "FORMAT", default_value = "pretty")]
    pub log_format: LogFormat,
}

/// The look of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object per line, for machines.
    Json,
}

fn filter(text: &str) -> Result<String, String> {
    tracing_subscriber::EnvFilter::try_new(text).map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}
