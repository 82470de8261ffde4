//! How long the server takes for each page of the portal, with many developers and applications in the
//! database, asked for one after the other on one connection.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use tallyport_domain::ids::AppId;
use tallyport_domain::movement::MovementName;
use tallyport_domain::{Environment, Language, Role};
use tallyport_service::audit::Actor;
use tallyport_service::identity::SignUp;
use tallyport_service::movements::MovementFilter;
use tallyport_service::payments::PaymentFilter;
use tallyport_service::{Member, Services};
use tallyport_storage::crowd::{self, Crowd};
use zeroize::Zeroizing;

use crate::connection::{Connection, OK};
use crate::ground::Ground;
use crate::plan::Plan;
use crate::seed;
use crate::server::Server;
use crate::spread::micros;

/// What a page may take at its median.
pub(crate) const PAGE_US_MAX: u64 = 20_000;

const DEVELOPERS: u32 = 10_000;
const APPLICATIONS: u32 = 30_000;
/// How long before now the first of the crowd came: longer than any list reaches back.
const SINCE_MS: i64 = 60 * 24 * 60 * 60 * 1000;
/// Applications of the developer who is signed in.
const OWN_APPLICATIONS: usize = 12;

const PASSWORD: &str = "a password for measuring";
const DEVELOPER: &str = "pages.developer@example.com";
const ADMINISTRATOR: &str = "pages.administrator@example.com";

/// All pages on one database.
#[derive(Serialize)]
pub(crate) struct Pages {
    pub(crate) database: &'static str,
    pub(crate) developers: u32,
    pub(crate) applications: u32,
    pub(crate) asked: usize,
    pub(crate) times: Vec<PageTime>,
}

/// One page.
#[derive(Serialize)]
pub(crate) struct PageTime {
    pub(crate) path: String,
    pub(crate) p50_us: u64,
    pub(crate) p99_us: u64,
}

/// Fills a database and asks for every page as a developer and as an administrator.
pub(crate) async fn measure(ground: &Ground, plan: &Plan) -> Result<Pages> {
    let own = fill(ground).await?;
    let server = Server::start(ground)?;
    let mut connection = Connection::open(server.address).await?;
    let developer = sign_in(&mut connection, &server, DEVELOPER).await?;
    let administrator = sign_in(&mut connection, &server, ADMINISTRATOR).await?;
    let own_key = own.key.clone();
    let mut times = Vec::new();
    let visits = [(String::new(), public_pages()), (developer, own.pages()), (administrator, admin_pages(own.id))];
    for (cookie, paths) in visits {
        for path in paths {
            let request = format!(
                "GET {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\ncookie: {cookie}\r\n\r\n",
                server.authority()
            );
            let mut asked = Vec::with_capacity(plan.page_asks);
            for _ in 0..plan.page_asks {
                let started = Instant::now();
                let status = connection.ask(request.as_bytes()).await?.status;
                asked.push(micros(started.elapsed()));
                ensure!(status == OK, "{path} answered {status}");
            }
            asked.sort_unstable();
            let path = path.replace(&own.id.to_string(), "{app}").replace(&own_key, "{key}");
            let path = path.replace(&own.team, "{team}");
            let path = path.replace(&own.payment, "{payment}").replace(&own.refund, "{refund}");
            times.push(PageTime { path, p50_us: asked[asked.len() / 2], p99_us: asked[asked.len() * 99 / 100] });
        }
    }
    server.stop()?;
    let (developers, applications) = (DEVELOPERS, APPLICATIONS);
    Ok(Pages { database: ground.name, developers, applications, asked: plan.page_asks, times })
}

/// What belongs to the developer who is signed in.
struct Own {
    id: AppId,
    key: String,
    team: String,
    payment: String,
    refund: String,
}

/// Payments of the developer's first application, with their refunds.
const OWN_PAYMENTS: u64 = 2_000;
/// What a list of the portal is asked for here: the newest, whatever they are.
const NEWEST: u32 = 1;

/// Makes the crowd, and the two who sign in.
async fn fill(ground: &Ground) -> Result<Own> {
    let services = seed::services(ground).await?;
    let mut tx = services.db().begin_write().await?;
    let since_ms = services.clock().now_ms() - SINCE_MS;
    crowd::add(&mut tx, &Crowd { developers: DEVELOPERS, applications: APPLICATIONS, since_ms }).await?;
    tx.commit().await?;
    person(&services, ADMINISTRATOR, Role::Administrator).await?;
    let member = person(&services, DEVELOPER, Role::Developer).await?;
    let mut made = services.make_application(&member, "Measured").await?;
    for number in 1..OWN_APPLICATIONS {
        made = services.make_application(&member, &format!("Measured {number}")).await?;
    }
    services.seed_payments(made.application.id, OWN_PAYMENTS, &mut |_| ()).await?;
    let (payment, refund) = newest(&services, &member, made.application.id).await?;
    let team = services.list_teams(&member).await?.first().context("everybody has a team")?.team.id.to_string();
    seed::close(services).await;
    Ok(Own { id: made.application.id, key: made.api_key.to_string(), team, payment, refund })
}

/// The newest payment and the newest refund of an application.
async fn newest(services: &Services, member: &Member, id: AppId) -> Result<(String, String)> {
    let sandbox = Environment::Sandbox;
    let all = PaymentFilter::default();
    let payments = services.list_member_payments(member, id, sandbox, &all, None, NEWEST).await?;
    let refunds = MovementFilter { kind: MovementName::Refund, status: None, payment: None };
    let refunds = services.list_member_movements(member, id, sandbox, refunds, None, NEWEST).await?;
    let payment = payments.first().context("there are payments")?.asked.id.to_string();
    Ok((payment, refunds.first().context("there are refunds")?.id.to_string()))
}

async fn person(services: &Services, email: &str, role: Role) -> Result<Member> {
    let password = Zeroizing::new(PASSWORD.to_owned());
    let sign_up = SignUp { name: "Measured", email, password, language: Language::En };
    Ok(services.create_account(&Actor::command("bench"), sign_up, role).await?)
}

async fn sign_in(connection: &mut Connection, server: &Server, email: &str) -> Result<String> {
    let body = format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let request = format!(
        "POST /ui/sign_in HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        server.authority(),
        body.len()
    );
    let answer = connection.ask(request.as_bytes()).await?;
    ensure!(answer.status == 303, "signing in answered {}", answer.status);
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    Ok(cookie.context("no session was set")?.to_owned())
}

fn public_pages() -> Vec<String> {
    [
        "/",
        "/docs",
        "/docs/quick-start",
        "/docs/api",
        "/docs/api/createPayment",
        "/docs/errors",
        "/signup",
        "/signin",
        "/forgot",
        "/holder/signin",
    ]
    .map(str::to_owned)
    .to_vec()
}

impl Own {
    fn pages(&self) -> Vec<String> {
        let Self { id, key, team, payment, refund } = self;
        let (sandbox, app) = (Environment::Sandbox, format!("/console/applications/{id}"));
        vec![
            "/console".to_owned(),
            "/console/applications".to_owned(),
            "/console/applications?q=measured&order=name".to_owned(),
            "/console/applications/new".to_owned(),
            app.clone(),
            format!("{app}/payments"),
            format!("{app}/try"),
            format!("{app}/keys"),
            format!("{app}/keys/live"),
            format!("{app}/credentials/{key}"),
            format!("{app}/public-keys/new/{sandbox}"),
            format!("{app}/permissions"),
            format!("{app}/oauth/{sandbox}"),
            format!("{app}/test-holders"),
            format!("{app}/payments?status=succeeded"),
            format!("{app}/refunds"),
            format!("{app}/transfers"),
            format!("{app}/top-ups"),
            format!("{app}/withdrawals"),
            format!("{app}/balances"),
            format!("{app}/ledger"),
            format!("{app}/clock"),
            format!("/console/payments/{payment}"),
            format!("/console/movements/{refund}"),
            "/console/teams".to_owned(),
            format!("/console/teams/{team}"),
            "/console/account".to_owned(),
            "/console/account/second-step".to_owned(),
        ]
    }
}

fn admin_pages(id: AppId) -> Vec<String> {
    let somebody = "dev_01k00000000000000000004711";
    let waiting = "app_01k00000000000000000000031";
    [
        "/admin",
        "/admin/developers",
        "/admin/developers?order=name",
        "/admin/developers?order=oldest&page=100",
        "/admin/developers?q=004711",
        "/admin/developers?q=crowd&role=developer&state=active&order=name&page=100",
        &format!("/admin/developers/{somebody}"),
        "/admin/applications",
        "/admin/applications?order=name",
        "/admin/applications?q=shop&order=name&page=100",
        &format!("/admin/applications/{id}"),
        "/admin/approvals",
        "/admin/approvals?state=all&order=name",
        "/admin/approvals?state=approved&order=newest&page=100",
        "/admin/approvals?q=company+0047",
        &format!("/admin/approvals/{waiting}"),
        "/admin/money",
        "/admin/operations",
        "/admin/settings",
        "/admin/announcements",
        "/admin/audit",
    ]
    .map(str::to_owned)
    .to_vec()
}
