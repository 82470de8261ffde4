//! Who calls, and may they.

use std::fmt;

use super::{measured_row, row};
use crate::door::Door;
use crate::goal::Goal;

const TOKENS: Goal = Goal::at_least(4_000, 6_000);
const INTROSPECTION: Goal = Goal::at_least(350, 500);

pub(super) fn write(out: &mut fmt::Formatter<'_>, door: &Door) -> fmt::Result {
    writeln!(out, "\nthe front door, {} connections, SQLite", door.connections)?;
    row(out, "tokens/s, client_credentials, ES256", &door.tokens_per_second.to_string())?;
    if let Some(issuer) = &door.issuer {
        row(out, &format!("{}, tokens/s", issuer.name), &issuer.tokens_per_second.to_string())?;
        measured_row(out, "    ours to theirs", &issuer.ratio_thousandths, TOKENS)?;
    }
    row(out, "introspections/s", &door.introspections_per_second.to_string())?;
    row(out, "GET /v1/application, requests/s", &door.applications_per_second.to_string())?;
    row(out, "empty handler (GET /healthz), requests/s", &door.healthz_per_second.to_string())?;
    measured_row(out, "introspections per empty request", &door.introspection_to_healthz_thousandths, INTROSPECTION)?;
    row(out, "GET /v1/application per empty request", &door.application_to_healthz_thousandths.thousandths())
}
