//! The same load on a database with few payments and on one with many, by turns. The few are made anew for
//! each run, so that they stay few.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::ground::Ground;
use crate::load::Done;
use crate::paying::{Pace, Paying};
use crate::plan::Plan;
use crate::seed::{self, Partner};
use crate::server;
use crate::spread::{Spread, grouped};

/// How many payments are few.
const FEW: u64 = 1_000;

/// The figures of few and many payments stored.
#[derive(Serialize)]
pub(crate) struct Scale {
    pub(crate) few: u64,
    pub(crate) many: u64,
    pub(crate) seeded_in_ms: u64,
    pub(crate) few_per_second: Spread,
    pub(crate) many_per_second: Spread,
    pub(crate) many_to_few_thousandths: Spread,
    pub(crate) few_p99_us: Spread,
    pub(crate) many_p99_us: Spread,
    pub(crate) p99_many_to_few_thousandths: Spread,
}

/// Seeds a database with many payments and loads it, by turns with small ones.
pub(crate) async fn measure(ground: &Ground, plan: &Plan) -> Result<Scale> {
    let many = plan.stored;
    let large = ground.beside("many")?;
    let (partner, seeded_in) = seed(&large, many).await?;
    println!("    {}: {} payments seeded in {seeded_in:.1?}", ground.name, grouped(many));
    let mut on_many = Paying::start(&large, plan, vec![partner]).await?;
    let count = on_many.per_run(plan.connections).await?;
    let (mut rates, mut p99s) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for run in 0..plan.runs {
        let few = pay_among_few(ground, plan, count).await?;
        let pace = Pace::Closed { connections: plan.connections };
        let many = on_many.pay_unchecked(&format!("many{run}"), count, 0..1, pace).await?;
        for (place, done) in [few, many].iter().enumerate() {
            rates[place].push(done.rate(count)?);
            p99s[place].push(done.quantile_us(990));
        }
        println!(
            "    {}: run {} of {}: {} payments/s, p99 {} µs among few; {} payments/s, p99 {} µs among many",
            ground.name,
            run + 1,
            plan.runs,
            grouped(rates[0][run]),
            grouped(p99s[0][run]),
            grouped(rates[1][run]),
            grouped(p99s[1][run])
        );
    }
    on_many.check().await.context("the books of many payments")?;
    on_many.stop()?;
    let ([few, many_rates], [few_p99, many_p99]) = (rates, p99s);
    Ok(Scale {
        few: FEW,
        many,
        seeded_in_ms: u64::try_from(seeded_in.as_millis())?,
        many_to_few_thousandths: Spread::ratio(&many_rates, &few),
        p99_many_to_few_thousandths: Spread::ratio(&many_p99, &few_p99),
        few_per_second: Spread::of(few),
        many_per_second: Spread::of(many_rates),
        few_p99_us: Spread::of(few_p99),
        many_p99_us: Spread::of(many_p99),
    })
}

async fn pay_among_few(ground: &Ground, plan: &Plan, count: usize) -> Result<Done> {
    let small = ground.beside("few")?;
    let (partner, _) = seed(&small, FEW).await?;
    let mut paying = Paying::start(&small, plan, vec![partner]).await?;
    // The server has served before, as the other one has.
    paying.per_run(plan.connections).await?;
    let done = paying.pay("few", count, 0..1, Pace::Closed { connections: plan.connections }).await?;
    paying.stop()?;
    Ok(done)
}

/// Makes an application with so many payments, as `tallyport seed` does, and says how long that took.
async fn seed(ground: &Ground, payments: u64) -> Result<(Partner, Duration)> {
    let started = Instant::now();
    let mut command = server::command(ground, "seed");
    command.args(["--json", "--payments", &payments.to_string()]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = command.output().context("cannot run the seed")?;
    ensure!(output.status.success(), "the seed said {}", String::from_utf8_lossy(&output.stderr));
    let took = started.elapsed();
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let text =
        |pointer: &str| told.pointer(pointer).and_then(Value::as_str).context("the seed tells of its application");
    let partner = Partner {
        application_id: text("/application/id")?.parse()?,
        api_key: text("/sandbox/api_key")?.to_owned(),
        api_secret: Zeroizing::new(text("/sandbox/api_secret")?.to_owned()),
    };
    let services = seed::services(ground).await?;
    seed::lift_limits(&services).await?;
    seed::close(services).await;
    Ok((partner, took))
}
