//! Signatures beside their bound.

use std::fmt;

use super::row;
use crate::signatures::{Bounded, Signatures};
use crate::spread::grouped;

pub(super) fn write(out: &mut fmt::Formatter<'_>, signatures: &Signatures) -> fmt::Result {
    writeln!(out, "\nsignatures, the service on one core beside `openssl speed`: ours/s, theirs/s, ours to theirs")?;
    for figures in &signatures.of_service {
        bounded(out, figures)?;
    }
    writeln!(
        out,
        "\nsigned calls over HTTP, beside one RSA verification and one ES256 signature by openssl on all cores"
    )?;
    bounded(out, &signatures.rsa_calls)?;
    row(out, "    of an answer signed with RSA", "not measured: answers are signed with ES256 always")
}

fn bounded(out: &mut fmt::Formatter<'_>, figures: &Bounded) -> fmt::Result {
    let Bounded { name, per_second, openssl_per_second, ratio_thousandths } = figures;
    let [ours, theirs] = [per_second, openssl_per_second].map(|spread| grouped(spread.median));
    row(out, name, &format!("{ours}, {theirs}: {}", ratio_thousandths.thousandths()))
}
