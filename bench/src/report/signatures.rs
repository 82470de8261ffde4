//! Signatures beside their bound.

use std::fmt;

use super::{measured_row, row};
use crate::goal::Goal;
use crate::signatures::{Bounded, Signatures};
use crate::spread::grouped;

const TO_RSA_ANSWERS: Goal = Goal::at_least(600, 800);

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
    let rsa_answers = &signatures.rsa_calls_to_rsa_answers;
    row(out, &rsa_answers.name, &rsa_answers.openssl_per_second.to_string())?;
    measured_row(out, "    ours to that", &rsa_answers.ratio_thousandths, TO_RSA_ANSWERS)
}

fn bounded(out: &mut fmt::Formatter<'_>, figures: &Bounded) -> fmt::Result {
    let Bounded { name, per_second, openssl_per_second, ratio_thousandths } = figures;
    let [ours, theirs] = [per_second, openssl_per_second].map(|spread| grouped(spread.median));
    row(out, name, &format!("{ours}, {theirs}: {}", ratio_thousandths.thousandths()))
}
