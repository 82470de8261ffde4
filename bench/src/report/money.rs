//! Payments on one database.

use std::fmt;

use super::{against, measured_row, row};
use crate::goal::Goal;
use crate::half_load::HalfLoad;
use crate::hot::{Hot, SPREAD_OVER};
use crate::money::Money;
use crate::scale::Scale;
use crate::single::Single;
use crate::spread::grouped;
use crate::throughput::{OfRaw, Throughput};

const TO_RAW: Goal = Goal::at_least(500, 650);
const ALONE_TO_FDATASYNC: Goal = Goal::at_most(5_000, 3_000);
const HOT_TO_SPREAD: Goal = Goal::at_least(800, 1_000);
/// Milliseconds.
const HALF_LOAD_P99: Goal = Goal::at_most(10_000, 4_000);
const MANY_TO_FEW: Goal = Goal::at_least(600, 850);
const P99_MANY_TO_FEW: Goal = Goal::at_most(2_000, 1_300);
/// A million payments in three minutes.
const SEED_US_PER_PAYMENT_MAX: u64 = 180;

pub(super) fn write(out: &mut fmt::Formatter<'_>, money: &Money) -> fmt::Result {
    throughput(out, &money.throughput)?;
    raw(out, &money.throughput.raw)?;
    row(
        out,
        "checked after each run",
        &format!(
            "{} acknowledged = stored, once each, captured; postings sum to zero",
            grouped(money.throughput.payments_checked as u64)
        ),
    )?;
    writeln!(out, "\n{}: the same payments at other paces", money.throughput.database)?;
    single(out, &money.single)?;
    hot(out, &money.hot)?;
    half_load(out, &money.half_load)?;
    write_scale(out, money.throughput.database, &money.scale)
}

/// One client alone, when nothing else was measured.
pub(super) fn write_single(out: &mut fmt::Formatter<'_>, database: &str, figures: &Single) -> fmt::Result {
    writeln!(out, "\n{database}: one client alone")?;
    single(out, figures)
}

fn throughput(out: &mut fmt::Formatter<'_>, figures: &Throughput) -> fmt::Result {
    writeln!(
        out,
        "\n{}: POST /v1/payments, HMAC-signed, {} connections, one application (one hot pair of accounts)",
        figures.database, figures.connections
    )?;
    row(out, "payments/s", &figures.payments_per_second.to_string())?;
    row(out, "a payment, p50 µs", &figures.payment_p50_us.to_string())?;
    row(out, "a payment, p99 µs", &figures.payment_p99_us.to_string())?;
    row(out, "empty handler (GET /healthz), requests/s", &figures.healthz_per_second.to_string())?;
    row(out, "fdatasync/s on the same disk", &figures.fdatasync_per_second.to_string())?;
    row(out, "fdatasync, p50 µs", &figures.fdatasync_p50_us.to_string())?;
    row(out, "payments per empty request", &figures.to_healthz_thousandths.thousandths())?;
    row(out, "payments per fdatasync", &figures.to_fdatasync_thousandths.thousandths())?;
    for peer in &figures.peers {
        row(out, &format!("{}, payments/s", peer.name), &peer.payments_per_second.to_string())?;
        measured_row(out, "    ours to theirs", &peer.ratio_thousandths, peer.goal)?;
    }
    Ok(())
}

fn raw(out: &mut fmt::Formatter<'_>, raw: &OfRaw) -> fmt::Result {
    row(out, "commands in a batch, on average", &raw.batch_commands.to_string())?;
    row(out, "raw storage loop: such batches written, /s", &raw.written_per_second.to_string())?;
    measured_row(out, "    payments to it", &raw.to_written_thousandths, TO_RAW)?;
    row(out, "the lane alone: also loading and rules, /s", &raw.lane_per_second.to_string())?;
    row(out, "    payments to it", &raw.to_lane_thousandths.thousandths())
}

fn single(out: &mut fmt::Formatter<'_>, figures: &Single) -> fmt::Result {
    row(out, "one client, a payment, p50 µs", &figures.payment_p50_us.to_string())?;
    row(out, "fdatasync, p50 µs", &figures.fdatasync_p50_us.to_string())?;
    measured_row(out, "    payment to fdatasync", &figures.to_fdatasync_thousandths, ALONE_TO_FDATASYNC)?;
    row(out, "empty handler, p50 µs", &figures.healthz_p50_us.to_string())
}

fn hot(out: &mut fmt::Formatter<'_>, figures: &Hot) -> fmt::Result {
    row(out, "one application (hot accounts), payments/s", &figures.hot_per_second.to_string())?;
    row(out, &format!("{SPREAD_OVER} applications, payments/s"), &figures.spread_per_second.to_string())?;
    measured_row(out, "    hot to spread", &figures.hot_to_spread_thousandths, HOT_TO_SPREAD)
}

fn half_load(out: &mut fmt::Formatter<'_>, figures: &HalfLoad) -> fmt::Result {
    let name = format!("half load, open loop, {}/s: p50 ms", grouped(figures.per_second));
    row(out, &name, &figures.payment_p50_us.thousandths())?;
    measured_row(out, "    p99 ms, from the intended send", &figures.payment_p99_us, HALF_LOAD_P99)?;
    row(out, "    empty handler at that pace, p99 ms", &figures.healthz_p99_us.thousandths())
}

/// The same load with few payments stored and with many.
pub(super) fn write_scale(out: &mut fmt::Formatter<'_>, database: &str, figures: &Scale) -> fmt::Result {
    let [few, many] = [figures.few, figures.many].map(grouped);
    writeln!(out, "\n{database}: the same payments with {few} and with {many} stored")?;
    row(
        out,
        &format!("seeding {many}, ms"),
        &against(figures.seeded_in_ms, figures.many * SEED_US_PER_PAYMENT_MAX / 1_000, "ms"),
    )?;
    row(out, &format!("payments/s with {few}"), &figures.few_per_second.to_string())?;
    row(out, &format!("payments/s with {many}"), &figures.many_per_second.to_string())?;
    measured_row(out, "    many to few", &figures.many_to_few_thousandths, MANY_TO_FEW)?;
    row(out, &format!("p99 µs with {few}"), &figures.few_p99_us.to_string())?;
    row(out, &format!("p99 µs with {many}"), &figures.many_p99_us.to_string())?;
    measured_row(out, "    many to few", &figures.p99_many_to_few_thousandths, P99_MANY_TO_FEW)
}
