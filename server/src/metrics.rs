//! Figures for Prometheus: the recorder of this process and its text.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::cli::{COMMIT, VERSION};

/// Upper bounds of the latency histogram's buckets, in seconds: payments take around one
/// millisecond, pages ten, and what takes ten seconds is a fault.
const LATENCY_BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.002, 0.004, 0.006, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

const BATCH_COMMANDS: &str = "tallyport_lane_batch_commands";
/// Upper bounds of the buckets of batches, in commands, up to the most that a batch takes.
const BATCH_BUCKETS: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];

/// Histograms keep raw samples until they are folded into buckets; this bounds how many.
const FOLD_INTERVAL: Duration = Duration::from_secs(5);

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts recording. The recorder belongs to the process, so a second call changes nothing.
pub fn start() {
    RECORDER.get_or_init(|| {
        let handle = builder().ok()?.install_recorder().ok()?;
        describe();
        Some(handle)
    });
}

fn builder() -> Result<PrometheusBuilder, BuildError> {
    let batches = Matcher::Full(BATCH_COMMANDS.to_owned());
    PrometheusBuilder::new().set_buckets(&LATENCY_BUCKETS)?.set_buckets_for_metric(batches, &BATCH_BUCKETS)
}

/// Folds samples for ever; run it beside the server.
pub async fn fold() {
    loop {
        tokio::time::sleep(FOLD_INTERVAL).await;
        if let Some(handle) = recorder() {
            handle.run_upkeep();
        }
    }
}

/// All figures in Prometheus' text format.
#[must_use]
pub fn text() -> String {
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}

fn recorder() -> Option<&'static PrometheusHandle> {
    RECORDER.get()?.as_ref()
}

fn describe() {
    metrics::describe_counter!(
        "tallyport_http_requests_total",
        "Answered requests by route, method and class of status."
    );
    metrics::describe_histogram!(
        "tallyport_http_request_seconds",
        metrics::Unit::Seconds,
        "Time from a request's headers to the start of its answer."
    );
    metrics::describe_gauge!("tallyport_http_connections", "Open connections.");
    metrics::describe_gauge!("tallyport_lane_waiting", "Commands that wait for the write lane.");
    metrics::describe_histogram!(BATCH_COMMANDS, "Commands that share one transaction.");
    for (name, what) in [
        ("tallyport_lane_wait_seconds", "Time that a command waits for its batch."),
        ("tallyport_lane_load_seconds", "Time to load what a batch touches."),
        ("tallyport_lane_write_seconds", "Time to write what a batch changed."),
        ("tallyport_lane_commit_seconds", "Time of a batch's commit."),
    ] {
        metrics::describe_histogram!(name, metrics::Unit::Seconds, what);
    }
    metrics::describe_counter!(
        "tallyport_channel_calls_total",
        "Calls to the instances of channels, by how they ended: answered, not_sent, no_answer."
    );
    metrics::describe_gauge!(
        "tallyport_channel_state",
        "1 for the state of an instance's circuit breaker in this process, 0 for the others."
    );
    metrics::describe_counter!(
        "tallyport_channel_contradictions_total",
        "Answers of channels that contradict how the object ended. Each has to be reconciled with the channel."
    );
    metrics::describe_counter!("tallyport_http_connections_refused_total", "Connections refused at connections-max.");
    metrics::describe_gauge!("tallyport_build_info", "Always 1; the labels tell version and commit.");
    metrics::gauge!("tallyport_build_info", "version" => VERSION, "commit" => COMMIT).set(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_counted_by_commands_and_not_by_seconds() {
        let recorder = builder().unwrap().build_recorder();
        metrics::with_local_recorder(&recorder, || metrics::histogram!(BATCH_COMMANDS).record(31.0));
        let text = recorder.handle().render();
        assert!(text.contains("tallyport_lane_batch_commands_bucket{le=\"16\"} 0"), "{text}");
        assert!(text.contains("tallyport_lane_batch_commands_bucket{le=\"32\"} 1"), "{text}");
    }
}
