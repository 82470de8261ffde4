//! What a batch costs.

use std::fmt;

use super::row;
use crate::batches::Batches;
use crate::spread::grouped;

pub(super) fn write(out: &mut fmt::Formatter<'_>, database: &str, figures: &[Batches]) -> fmt::Result {
    writeln!(out, "\n{database}: batches of the write lane, without HTTP")?;
    for batches in figures {
        let parts = [&batches.loading_us, &batches.rules_us, &batches.writing_us, &batches.committing_us];
        let [loading, rules, writing, committing] = parts.map(|part| grouped(part.median));
        let parts = format!("load {loading} µs, rules {rules} µs, write {writing} µs, commit {committing} µs");
        let rate = &batches.payments_per_second;
        row(out, &format!("of {}: payments/s", batches.payments), &format!("{rate}; {parts}"))?;
    }
    Ok(())
}
