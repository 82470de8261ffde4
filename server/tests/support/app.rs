//! The server: its services, its clock, its database and its address.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tallyport_domain::TokenAlgorithm;
use tallyport_server::assets::Site;
use tallyport_server::health::Watched;
use tallyport_server::listen::{self, Limits};
use tallyport_server::middleware::Surroundings;
use tallyport_server::router;
use tallyport_server::settings::public_url::PublicUrl;
use tallyport_server::shutdown::Shutdown;
use tallyport_service::identity::outside::OutsideProvider;
use tallyport_service::mail::Transport;
use tallyport_service::ports::{FixedClock, SeededRandomness};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{Options, Services};
use tallyport_storage::test_support::TestDb;
use tallyport_storage::{DatabaseUrl, Db, DbOptions};
use tower::ServiceExt as _;
use zeroize::Zeroizing;

use super::{Answer, Request};

/// When every test begins: 2026-09-21T14:13:20Z.
pub(crate) const BEGINNING_MS: i64 = 1_790_000_000_000;
/// The operator's key of every test.
pub(crate) const KEY_ENCRYPTION_KEY: [u8; 32] = [7; 32];

/// What an operator may choose: whom the server calls, how it signs.
#[derive(Default)]
pub(crate) struct Chosen {
    pub(crate) mail: Transport,
    pub(crate) provider: Option<OutsideProvider>,
    pub(crate) token_algorithm: TokenAlgorithm,
}

/// A running server. Dropped, it takes no more connections.
pub(crate) struct TestApp {
    /// The use cases, to arrange what is not tested.
    pub(crate) services: Services,
    /// The time, which passes only when a test says so.
    pub(crate) clock: Arc<FixedClock>,
    /// The database, to look at rows.
    pub(crate) db: Arc<TestDb>,
    /// Host and port, as they stand in `Host`.
    pub(crate) authority: String,
    router: Router,
    shutdown: Shutdown,
    /// How many processes came before this one on the database.
    process: u64,
}

impl TestApp {
    /// A server on a new SQLite database.
    pub(crate) async fn sqlite() -> Self {
        Self::on(TestDb::sqlite().await).await
    }

    /// A server on a new PostgreSQL database.
    pub(crate) async fn postgres() -> Self {
        Self::on(TestDb::postgres().await).await
    }

    async fn on(db: TestDb) -> Self {
        Self::chosen(db, Chosen::default()).await
    }

    /// A server with other settings than the usual ones.
    pub(crate) async fn chosen(db: TestDb, chosen: Chosen) -> Self {
        let pool = db.db.clone();
        Self::start(Arc::new(db), pool, Arc::new(FixedClock::at(BEGINNING_MS)), 1, None, chosen).await
    }

    /// Another process on the same database and clock, with an address of its own.
    pub(crate) async fn another_process(&self) -> Self {
        let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
        let pool = Db::open(&self.db.url, &options).await.unwrap();
        Self::start(Arc::clone(&self.db), pool, Arc::clone(&self.clock), self.process + 1, None, Chosen::default())
            .await
    }

    /// Another process that goes by the same address, as behind a load balancer. It is reached by
    /// [`Self::send`] only.
    pub(crate) async fn twin(&self) -> Self {
        self.chosen_twin(Chosen::default()).await
    }

    /// The same with other settings.
    pub(crate) async fn chosen_twin(&self, chosen: Chosen) -> Self {
        let options = DbOptions { postgres_connections_max: 8, ..DbOptions::default() };
        let pool = Db::open(&self.db.url, &options).await.unwrap();
        let authority = Some(self.authority.clone());
        Self::start(Arc::clone(&self.db), pool, Arc::clone(&self.clock), self.process + 1, authority, chosen).await
    }

    async fn start(
        db: Arc<TestDb>,
        pool: Db,
        clock: Arc<FixedClock>,
        process: u64,
        authority: Option<String>,
        chosen: Chosen,
    ) -> Self {
        let bound = listen::bind("127.0.0.1:0".parse().unwrap(), "").await.unwrap();
        let authority = authority.unwrap_or_else(|| bound.address.to_string());
        let public_url: Arc<PublicUrl> = Arc::new(format!("http://{authority}").parse().unwrap());
        let options = Options {
            db: pool,
            clock: Arc::clone(&clock) as _,
            randomness: Arc::new(SeededRandomness::new(process)),
            key_encryption_key: Zeroizing::new(KEY_ENCRYPTION_KEY),
            previous_key_encryption_key: None,
            public_url: public_url.to_string(),
            mail: chosen.mail,
            outside_provider: chosen.provider,
            password_cost: PasswordCost::LEAST,
            token_algorithm: chosen.token_algorithm,
        };
        let services = Services::start(options).await.unwrap();
        let shutdown = Shutdown::default();
        let surroundings = Surroundings {
            services: services.clone(),
            request_timeout: Duration::from_secs(30),
            body_bytes_max: 1 << 20,
            trusted_proxies: Arc::default(),
            public_url,
        };
        let watched = Watched { services: services.clone(), drain: shutdown.drain() };
        let router = router::public(surroundings, watched, Arc::new(Site::find(None).unwrap()));
        let limits = Limits { connections_max: 1_000, header_read_timeout: Duration::from_secs(30) };
        tokio::spawn(listen::serve(bound, None, router.clone(), limits, shutdown.drain()));
        Self { services, clock, db, authority, router, shutdown, process }
    }

    /// The address of a path for a client of the outside.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.authority)
    }

    /// Starts a request to this server.
    pub(crate) fn get(&self, path: &str) -> Request {
        Request::new("GET", path, &self.authority)
    }

    /// Starts a request to this server.
    pub(crate) fn post(&self, path: &str) -> Request {
        Request::new("POST", path, &self.authority)
    }

    /// Hands a request to the router, without a socket between.
    pub(crate) async fn send(&self, request: Request) -> Answer {
        Self::send_to(&self.router, request).await
    }

    /// Hands a request to another router, such as one that has a route of the test's own.
    pub(crate) async fn send_to(router: &Router, request: Request) -> Answer {
        let response = router.clone().oneshot(request.into_http()).await.unwrap();
        Answer::read(response).await
    }

    /// A client that keeps cookies and follows no redirect, like a browser that is watched closely.
    pub(crate) fn browser(&self) -> reqwest::Client {
        self.browser_at(Ipv4Addr::LOCALHOST)
    }

    /// The same at another address of this machine.
    #[expect(clippy::disallowed_methods, reason = "it calls nobody but the server of this test")]
    pub(crate) fn browser_at(&self, address: Ipv4Addr) -> reqwest::Client {
        // The second test of a program finds it installed.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none());
        // Nothing here speaks TLS, and reading the machine's certificates takes longer than many a test.
        client.tls_certs_only([]).no_proxy().local_address(IpAddr::V4(address)).build().unwrap()
    }

    /// Every byte that a SQLite database has on disk, to look for what must not be there.
    pub(crate) fn dump(&self) -> Vec<u8> {
        let DatabaseUrl::Sqlite { path } = &self.db.url else { panic!("only a file can be read") };
        let folder = path.parent().unwrap();
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(|file| std::fs::read(file).unwrap_or_default()).collect()
    }

    /// Checks that the ledger, the events and the stored answers of the whole database agree.
    pub(crate) async fn assert_books_are_whole(&self) {
        assert_eq!(self.services.verify_books().await.unwrap().faults, []);
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.shutdown.begin();
    }
}
