//! Signatures beside what `openssl speed` makes of the same keys: how many the service verifies and makes on
//! one core, and how many calls that are signed with RSA the server answers. All by turns.
//!
//! The service does more than the bound: it reads and checks the fields, makes the text that was signed, hashes
//! the body, finds the key. Answers are signed with ES256 whatever the call was signed with, so the bound of a
//! call is one verification with RSA and one ES256 signature. What answers signed with RSA could come to at most
//! stands beside it: the reason why they are not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use tallyport_domain::Environment;
use tallyport_domain::scope::ScopeSet;
use tallyport_sdk::sign::{Once, Signer, Unsigned};
use tallyport_service::caller::CallFrom;
use tallyport_service::{Caller, Services};

use crate::connection::OK;
use crate::ground::Ground;
use crate::keys::{Pair, SignedCall};
use crate::load::{self, Mark};
use crate::openssl;
use crate::plan::Plan;
use crate::requests::{self, Requests};
use crate::seed::{self, Partner};
use crate::server::Server;
use crate::spread::{Spread, grouped, per_second};

const AUTHORITY: &str = "pay.example";
const PATH: &str = "/v1/echo";
/// Between two looks at the clock.
const AT_A_TIME: usize = 64;
/// Calls of the first load, which tells how many make a run of the planned length.
const FIRST: usize = 1_000;

/// The figures of signatures.
#[derive(Serialize)]
pub(crate) struct Signatures {
    pub(crate) of_service: Vec<Bounded>,
    /// Beside one verification with RSA and one signature with ES256 on all cores.
    pub(crate) rsa_calls: Bounded,
    /// The same calls beside one verification and one signature with RSA on all cores.
    pub(crate) rsa_calls_to_rsa_answers: Bounded,
}

/// A figure beside its bound.
#[derive(Serialize)]
pub(crate) struct Bounded {
    pub(crate) name: String,
    pub(crate) per_second: Spread,
    pub(crate) openssl_per_second: Spread,
    pub(crate) ratio_thousandths: Spread,
}

impl Bounded {
    fn of(name: String, ours: Vec<u64>, openssl: Vec<u64>) -> Self {
        Self {
            name,
            ratio_thousandths: Spread::ratio(&ours, &openssl),
            per_second: Spread::of(ours),
            openssl_per_second: Spread::of(openssl),
        }
    }
}

/// A partner with the ids of its registered public keys.
struct Signing {
    partner: Partner,
    pairs: [Pair; 3],
    ids: Vec<String>,
    body: String,
}

/// Measures verifying and signing, then calls over HTTP.
pub(crate) async fn measure(ground: &Ground, plan: &Plan) -> Result<Signatures> {
    let services = seed::services(ground).await?;
    let pairs = Pair::each()?;
    let pems = pairs.iter().map(Pair::pem).collect::<Result<Vec<_>>>()?;
    let (partner, ids) = seed::partner_with_keys(&services, "signatures", &pems).await?;
    let body = serde_json::to_string(&requests::payment("signatures-1"))?;
    let signing = Signing { partner, pairs, ids, body };
    let of_service = signing.of_service(&services, plan).await?;
    seed::close(services).await;
    let [rsa_calls, rsa_calls_to_rsa_answers] = signing.rsa_calls(ground, plan).await?;
    Ok(Signatures { of_service, rsa_calls, rsa_calls_to_rsa_answers })
}

impl Signing {
    async fn of_service(&self, services: &Services, plan: &Plan) -> Result<Vec<Bounded>> {
        let caller = Caller {
            application_id: self.partner.application_id,
            environment: Environment::Sandbox,
            api_key: self.partner.api_key.parse()?,
            scopes: ScopeSet::default(),
            holder: None,
        };
        let mut ours = vec![Vec::new(); self.pairs.len() + 2];
        let mut theirs = vec![Vec::new(); self.pairs.len() + 2];
        for run in 0..plan.runs {
            for (place, (pair, id)) in self.pairs.iter().zip(&self.ids).enumerate() {
                let call = pair.sign_call(id, AUTHORITY, PATH, &self.body)?;
                ours[place].push(verified(services, &caller, &call, plan.probe_for).await?);
                let speed = openssl::speed(pair.openssl_name())?;
                theirs[place].push(speed.verified);
                if matches!(pair, Pair::P256(_)) {
                    ours[self.pairs.len()].push(self.answers_signed(services, plan.probe_for)?);
                    theirs[self.pairs.len()].push(speed.signed);
                }
            }
            let (call, base_bytes) = self.sign_with_secret()?;
            ours[self.pairs.len() + 1].push(verified(services, &caller, &call, plan.probe_for).await?);
            theirs[self.pairs.len() + 1].push(openssl::hmac_speed(base_bytes)?);
            println!("    signatures: run {} of {}", run + 1, plan.runs);
        }
        let verified = self.pairs.iter().map(|pair| format!("{} verified", pair.algorithm().name()));
        let names = verified.chain(["answers signed, ES256".to_owned(), "hmac-sha256 verified".to_owned()]);
        Ok(names.zip(ours).zip(theirs).map(|((name, ours), theirs)| Bounded::of(name, ours, theirs)).collect())
    }

    /// The same call signed with the application's secret, and how long the text is that was signed.
    fn sign_with_secret(&self) -> Result<(SignedCall<'_>, usize)> {
        let unsigned = Unsigned {
            method: "POST",
            scheme: "http",
            authority: AUTHORITY,
            path: PATH,
            query: None,
            idempotency_key: None,
            body: self.body.as_bytes(),
        };
        let signed = Signer::new(&self.partner.api_key, &self.partner.api_secret).sign(&unsigned, &Once::now())?;
        let call = SignedCall {
            authority: AUTHORITY,
            path: PATH,
            body: &self.body,
            content_digest: signed.content_digest.context("a body has a digest")?,
            signature_input: signed.signature_input,
            signature: signed.signature,
        };
        let fields = call.fields();
        let plan = tallyport_domain::signature::verify_plan(&call.view(&fields), Once::now().created_s * 1000)?;
        let base_bytes = plan.base.len();
        Ok((call, base_bytes))
    }

    fn answers_signed(&self, services: &Services, run_for: Duration) -> Result<u64> {
        let started = Instant::now();
        let mut count = 0;
        while started.elapsed() < run_for {
            for _ in 0..AT_A_TIME {
                std::hint::black_box(services.sign_answer("POST", PATH, OK, self.body.as_bytes())?);
            }
            count += AT_A_TIME;
        }
        Ok(per_second(count, started.elapsed()))
    }

    /// Calls over HTTP, beside what all cores could verify and sign: with ES256, and with RSA.
    async fn rsa_calls(&self, ground: &Ground, plan: &Plan) -> Result<[Bounded; 2]> {
        let server = Server::start(ground)?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
        let per_run = plan.count_at(self.load(&server, plan, FIRST).await?)?;
        let (mut ours, mut bounds, mut rsa_bounds) = (Vec::new(), Vec::new(), Vec::new());
        // Whoever does one after the other gets through so many of both.
        let both = |verified: u64, signed: u64| cores * verified * signed / (verified + signed);
        for run in 0..plan.runs {
            ours.push(self.load(&server, plan, per_run).await?);
            let (rsa, p256) = (openssl::speed("rsa2048")?, openssl::speed("ecdsap256")?);
            bounds.push(both(rsa.verified, p256.signed));
            rsa_bounds.push(both(rsa.verified, rsa.signed));
            println!(
                "    RSA-signed calls: run {} of {}: {}/s; openssl's bound {}/s",
                run + 1,
                plan.runs,
                grouped(ours[run]),
                grouped(bounds[run])
            );
        }
        server.stop().context("at the end of the measurement")?;
        Ok([
            Bounded::of(format!("POST {PATH}, signed with RSA"), ours.clone(), bounds),
            Bounded::of("one RSA verification and one RSA signature".to_owned(), ours, rsa_bounds),
        ])
    }

    async fn load(&self, server: &Server, plan: &Plan, count: usize) -> Result<u64> {
        let token = requests::token(server, &self.partner).await?;
        let (pair, id, authority) = (&self.pairs[0], &self.ids[0], server.authority());
        let request = |_| Ok(pair.sign_call(id, &authority, PATH, &self.body)?.request(&token));
        let requests = Requests::each((0..count).map(request).collect::<Result<Vec<_>>>()?);
        let nobody_waits = Arc::new(Mark::at(usize::MAX));
        load::run(server.address, Arc::new(requests), plan.connections, OK, nobody_waits).await?.rate(count)
    }
}

/// How many signatures per second the service verifies.
async fn verified(services: &Services, caller: &Caller, call: &SignedCall<'_>, run_for: Duration) -> Result<u64> {
    let fields = call.fields();
    let view = call.view(&fields);
    let started = Instant::now();
    let mut count = 0;
    while started.elapsed() < run_for {
        for _ in 0..AT_A_TIME {
            let nonce = services.verify_signature(caller, CallFrom::Unknown, &view, call.body.as_bytes()).await?;
            ensure!(!nonce.id.value.is_empty(), "a verified signature has its nonce");
        }
        count += AT_A_TIME;
    }
    Ok(per_second(count, started.elapsed()))
}
