//! Who calls, and may they: tokens per second beside another authorization server, introspection and the
//! smallest call of the API beside the empty handler of the same server. All by turns.

use std::sync::Arc;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::connection::OK;
use crate::ground::Ground;
use crate::load::{self, Mark};
use crate::peers::Issuer;
use crate::plan::Plan;
use crate::requests::{self, Requests, TOKEN_FORM, client_form};
use crate::seed::{self, Partner};
use crate::server::Server;
use crate::spread::{Spread, grouped};

/// Requests of the first load, which tells how many make a run of the planned length.
const FIRST: usize = 2_000;

/// The figures of the front door.
#[derive(Serialize)]
pub(crate) struct Door {
    pub(crate) connections: usize,
    pub(crate) tokens_per_second: Spread,
    pub(crate) issuer: Option<OfIssuer>,
    pub(crate) introspections_per_second: Spread,
    pub(crate) applications_per_second: Spread,
    pub(crate) healthz_per_second: Spread,
    pub(crate) introspection_to_healthz_thousandths: Spread,
    pub(crate) application_to_healthz_thousandths: Spread,
}

/// Another issuer of tokens that ran by turns with ours.
#[derive(Serialize)]
pub(crate) struct OfIssuer {
    pub(crate) name: &'static str,
    pub(crate) tokens_per_second: Spread,
    pub(crate) ratio_thousandths: Spread,
}

/// The requests that are measured, each the same again and again.
struct Asked {
    token: String,
    introspection: String,
    application: String,
    healthz: String,
}

impl Asked {
    /// With a fresh token, because a run may be longer than a token lives.
    async fn fresh(server: &Server, partner: &Partner) -> Result<Self> {
        let (authority, Partner { api_key, api_secret, .. }) = (server.authority(), partner);
        let token = requests::token(server, partner).await?;
        let form = |path: &str, form: &str| client_form(&authority, path, api_key, api_secret, form);
        Ok(Self {
            token: form("/oauth/token", TOKEN_FORM),
            introspection: form("/oauth/introspect", &format!("token={token}")),
            application: format!(
                "GET /v1/application HTTP/1.1\r\nhost: {authority}\r\nauthorization: Bearer {token}\r\n\r\n"
            ),
            healthz: format!("GET /healthz HTTP/1.1\r\nhost: {authority}\r\n\r\n"),
        })
    }

    fn all(&self) -> [&str; 4] {
        [&self.token, &self.introspection, &self.application, &self.healthz]
    }
}

/// Measures the front door, by turns with another issuer.
pub(crate) async fn measure(ground: &Ground, plan: &Plan, mut issuer: Option<Issuer>) -> Result<Door> {
    let partner = seed::partner(ground, "door").await?;
    let server = Server::start(ground)?;
    let mut counts = Vec::new();
    for request in Asked::fresh(&server, &partner).await?.all() {
        // Four kinds of requests and a peer share the time of two.
        counts.push(plan.count_at(run(&server, plan, FIRST, request).await?)? / 2);
    }
    let mut columns: [Vec<u64>; 4] = Default::default();
    let mut of_issuer = Vec::new();
    for number in 0..plan.runs {
        let asked = Asked::fresh(&server, &partner).await?;
        for ((column, request), count) in columns.iter_mut().zip(asked.all()).zip(&counts) {
            column.push(run(&server, plan, *count, request).await?);
        }
        if let Some(issuer) = &mut issuer {
            of_issuer.push(issuer.run(plan).await.context(Issuer::NAME)?);
        }
        let last = columns.each_ref().map(|column| grouped(column[number]));
        println!(
            "    front door: run {} of {}: {} tokens/s, {} introspections/s, {} applications/s; {} healthz/s",
            number + 1,
            plan.runs,
            last[0],
            last[1],
            last[2],
            last[3]
        );
    }
    server.stop().context("at the end of the measurement")?;
    let [tokens, introspections, applications, healthz] = columns;
    Ok(Door {
        connections: plan.connections,
        issuer: issuer.map(|_| OfIssuer {
            name: Issuer::NAME,
            ratio_thousandths: Spread::ratio(&tokens, &of_issuer),
            tokens_per_second: Spread::of(of_issuer),
        }),
        introspection_to_healthz_thousandths: Spread::ratio(&introspections, &healthz),
        application_to_healthz_thousandths: Spread::ratio(&applications, &healthz),
        tokens_per_second: Spread::of(tokens),
        introspections_per_second: Spread::of(introspections),
        applications_per_second: Spread::of(applications),
        healthz_per_second: Spread::of(healthz),
    })
}

async fn run(server: &Server, plan: &Plan, count: usize, request: &str) -> Result<u64> {
    let requests = Arc::new(Requests::repeated(count, request.to_owned()));
    let nobody_waits = Arc::new(Mark::at(usize::MAX));
    load::run(server.address, requests, plan.connections, OK, nobody_waits).await?.rate(count)
}
