//! `tallyport serve`: builds everything from the settings, serves, and ends in order.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use tallyport_service::identity::outside::OutsideProvider;
use tallyport_service::mail::Transport;
use tallyport_service::ports::{Clock, SystemClock, SystemRandomness, random_bytes};
use tallyport_service::secrets::PasswordCost;
use tallyport_service::{Options, ServiceError, Services};
use tallyport_storage::{Db, DbOptions, migrate};
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

use crate::assets::Site;
use crate::commands::database;
use crate::exit::{Exit, Failure};
use crate::health::Watched;
use crate::listen::{self, Bound, Limits};
use crate::middleware::Surroundings;
use crate::settings::public_url::PublicUrl;
use crate::settings::{HttpSettings, MetricsListen, ServeSettings};
use crate::shutdown::{Shutdown, Signals};
use crate::{data_dir, key_file, logging, metrics, router};

/// Connections at once on the admin listener.
const ADMIN_CONNECTIONS_MAX: u32 = 64;

/// Runs the server until a signal ends it.
///
/// # Errors
/// When anything it needs cannot be had at the start.
pub async fn serve(mut settings: ServeSettings) -> Result<(), Failure> {
    logging::start(&settings.log);
    metrics::start();
    // The cryptography library gathers its first entropy from the processor's timing, for about a
    // tenth of a second; meanwhile the database can be opened.
    let entropy = tokio::task::spawn_blocking(|| random_bytes::<1>(&SystemRandomness));
    let outside = Outside { mail: settings.mail.transport()?, provider: settings.open_id.provider()? };
    // Sockets are bound before the database is touched: a second server by mistake must end here.
    let sockets = Sockets::bind(&settings.http).await?;
    settings.database.data_dir = data_dir::prepare(&settings.database.data_dir)?;
    let site = Arc::new(Site::find(settings.site_dir.as_deref())?);
    let db = open_migrated(&settings).await?;
    let _ = entropy.await;
    let public_url = Arc::new(sockets.public_url(&settings.http));
    let services = start_services(&settings, db.clone(), &public_url, outside).await?;
    let signals = Signals::listen()
        .map_err(|error| Failure::new(Exit::Unexpected, format!("cannot listen for signals: {error}")))?;

    let server = Server { settings, services, site, public_url };
    server.greet(&sockets).await;
    server.run(sockets, signals).await;
    db.close().await;
    Ok(())
}

/// The sockets of both listeners, bound but not served.
struct Sockets {
    public: Bound,
    tls: Option<TlsAcceptor>,
    admin: Option<Bound>,
}

impl Sockets {
    async fn bind(settings: &HttpSettings) -> Result<Self, Failure> {
        let tls = listen::acceptor(settings)?;
        let public = listen::bind(settings.listen, "--listen").await?;
        let admin = match settings.metrics_listen {
            MetricsListen::Off => None,
            MetricsListen::At(address) => Some(listen::bind(address, "--metrics-listen, or set it to off").await?),
        };
        Ok(Self { public, tls, admin })
    }

    fn public_url(&self, settings: &HttpSettings) -> PublicUrl {
        match &settings.public_url {
            Some(url) => url.clone(),
            None => PublicUrl::of_listener(self.public.address, self.tls.is_some()),
        }
    }
}

/// Whom we call: checked before anything is opened.
struct Outside {
    mail: Transport,
    provider: Option<OutsideProvider>,
}

async fn open_migrated(settings: &ServeSettings) -> Result<Db, Failure> {
    let db = database::open(&settings.database, &DbOptions::default()).await?;
    let report = migrate::run(&db, SystemClock.now_ms()).await.map_err(|error| database::refused(&error))?;
    for step in report.applied {
        tracing::info!(version = step.version, "migrated: {:04} {}", step.version, step.name);
    }
    Ok(db)
}

async fn start_services(
    settings: &ServeSettings,
    db: Db,
    public_url: &PublicUrl,
    outside: Outside,
) -> Result<Services, Failure> {
    let fresh = || Zeroizing::new(random_bytes(&SystemRandomness));
    let key_encryption_key = key_file::find(&settings.keys, &settings.database.data_dir, fresh)?;
    let options = Options {
        db,
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        key_encryption_key,
        previous_key_encryption_key: key_file::previous(&settings.keys)?,
        public_url: public_url.to_string(),
        mail: outside.mail,
        outside_provider: outside.provider,
        password_cost: PasswordCost::FULL,
        token_algorithm: settings.keys.token_algorithm,
    };
    Services::start(options).await.map_err(|error| {
        let exit = match error {
            // The stored secrets were wrapped with another key.
            ServiceError::Vault(_) => Exit::EncryptionKey,
            _ => Exit::Unexpected,
        };
        Failure::new(exit, format!("cannot start: {error}"))
    })
}

/// Everything that serves requests.
struct Server {
    settings: ServeSettings,
    services: Services,
    site: Arc<Site>,
    public_url: Arc<PublicUrl>,
}

impl Server {
    /// Serves until a signal, then lets what is in flight end. A second signal ends the waiting.
    async fn run(self, sockets: Sockets, mut signals: Signals) {
        let shutdown = Shutdown::default();
        let watched = Watched { services: self.services.clone(), drain: shutdown.drain() };
        let public = listen::serve(
            sockets.public,
            sockets.tls,
            router::public(self.surroundings(), watched.clone(), Arc::clone(&self.site)),
            self.limits(self.settings.limits.connections_max),
            shutdown.drain(),
        );
        // The admin listener tells until the very end that the server drains.
        let admin_shutdown = Shutdown::default();
        let admin = sockets.admin.map(|bound| {
            let limits = self.limits(ADMIN_CONNECTIONS_MAX);
            tokio::spawn(listen::serve(bound, None, router::admin(watched), limits, admin_shutdown.drain()))
        });
        let folding = tokio::spawn(metrics::fold());

        let mut public = tokio::spawn(public);
        signals.next().await;
        tracing::info!("draining: no new connections, requests in flight may end");
        shutdown.begin();
        let limit = self.settings.limits.drain_timeout;
        tokio::select! {
            _ = &mut public => tracing::info!("drained"),
            () = tokio::time::sleep(limit) => tracing::warn!("requests in flight were cut off after {limit:?}"),
            () = signals.next() => tracing::warn!("requests in flight were cut off by a second signal"),
        }
        public.abort();
        // What the write lane has taken on is written; a database that hangs may not keep us here.
        if tokio::time::timeout(limit, self.services.drain()).await.is_err() {
            tracing::error!("the write lane did not end within {limit:?}");
        }
        folding.abort();
        if let Some(admin) = admin {
            admin_shutdown.begin();
            let _ = tokio::time::timeout(Duration::from_secs(1), admin).await;
        }
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings {
            services: self.services.clone(),
            request_timeout: self.settings.limits.request_timeout,
            body_bytes_max: self.settings.limits.body_bytes_max,
            trusted_proxies: self.settings.http.trusted_proxies.clone().into(),
            public_url: Arc::clone(&self.public_url),
        }
    }

    fn limits(&self, connections_max: u32) -> Limits {
        Limits { connections_max, header_read_timeout: self.settings.limits.header_read_timeout }
    }

    /// Tells the person who started it where everything is.
    async fn greet(&self, sockets: &Sockets) {
        let mut lines = vec![
            format!("Tallyport {} is at {}", crate::cli::VERSION, self.public_url),
            format!("  listening on   {}", sockets.public.address),
        ];
        if let Some(admin) = &sockets.admin {
            lines.push(format!("  metrics        http://{}/metrics", admin.address));
        }
        lines.push(format!("  data folder    {}", self.settings.database.data_dir.display()));
        if let Ok(url) = self.settings.database.url() {
            lines.push(format!("  database       {url}"));
        }
        if self.services.mail_is_local() {
            lines.push(format!("  mail           not sent; read it at {}/dev/mail (see --mail)", self.public_url));
        }
        match self.services.first_administrator_link().await {
            Ok(Some(link)) => lines.push(format!("  become the first administrator (works once): {link}")),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "cannot make the link for the first administrator: {error}"),
        }
        let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
    }
}
