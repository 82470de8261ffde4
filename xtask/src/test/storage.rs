//! SQL and the use cases over it, on SQLite and on PostgreSQL.

use super::summary::Line;
use super::{Ground, count};
use anyhow::Result;

pub(crate) fn run(ground: &Ground) -> Result<Line> {
    let mut cargo = ground.cargo_test(&["--package=tallyport-storage", "--package=tallyport-service"]);
    count::cargo_tests(cargo.env("TALLYPORT_TEST_POSTGRES", ground.postgres_url()?))
}
