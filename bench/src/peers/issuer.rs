//! Another authorization server: oidc-provider, issuing tokens from memory.

use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result};
use tallyport_service::ports::{SystemRandomness, random_bytes};

use super::Kit;
use super::process::Process;
use crate::connection::OK;
use crate::load::{self, Mark};
use crate::plan::Plan;
use crate::requests::{Requests, TOKEN_FORM, client_form};
use crate::server::free_address;

const API_KEY: &str = "ak_peer";
/// Tokens of the first load, which tells how many make a run of the planned length.
const FIRST: usize = 1_000;

/// A running issuer of tokens.
pub(crate) struct Issuer {
    process: Process,
    request: String,
    per_run: Option<usize>,
}

impl Issuer {
    pub(crate) const NAME: &str = "oidc-provider, in memory";

    pub(crate) async fn start(kit: &Kit) -> Result<Self> {
        let address = free_address()?;
        let secret: [u8; 16] = random_bytes(&SystemRandomness);
        let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut command = Command::new("node");
        command.arg(kit.sources.join("oidc-provider").join("server.mjs")).env("NODE_ENV", "production");
        // It warns of being in memory, which is what it is measured as.
        command.env("NODE_NO_WARNINGS", "1").stderr(std::process::Stdio::null());
        command.env("PEER_API_KEY", API_KEY).env("PEER_API_SECRET", &secret);
        let process = Process::start(address, &mut command).await.context("oidc-provider")?;
        let request = client_form(&address.to_string(), "/token", API_KEY, &secret, TOKEN_FORM);
        Ok(Self { process, request, per_run: None })
    }

    /// One run: tokens per second.
    pub(crate) async fn run(&mut self, plan: &Plan) -> Result<u64> {
        let count = match self.per_run {
            Some(count) => count,
            None => {
                let rate = self.load(FIRST, plan).await?;
                *self.per_run.insert(plan.count_at(rate)?)
            }
        };
        self.load(count, plan).await
    }

    async fn load(&self, count: usize, plan: &Plan) -> Result<u64> {
        let requests = Arc::new(Requests::repeated(count, self.request.clone()));
        let nobody_waits = Arc::new(Mark::at(usize::MAX));
        load::run(self.process.address, requests, plan.connections, OK, nobody_waits).await?.rate(count)
    }
}
