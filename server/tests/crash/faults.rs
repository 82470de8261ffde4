//! The disk fails, or is full, while the program is under load: `strace` makes system calls fail, and a
//! limit on the size of files stands for a disk without room. Nobody is told that a payment is made which
//! is not on disk; who is refused hears 503, and pays with the same key when the disk is well again.

use tallyport_sdk::{Error, Payment};

use crate::partner::{Partner, key_variable, open, pay};
use crate::program::{self, Server, limited, tallyport};

const CLIENTS: usize = 4;
/// More than a client gets to before the fault.
const PAYMENTS_MAX: usize = 1_000;
/// How many payments each client makes through faults that come and go.
const PAYMENTS_THROUGH: usize = 15;
const FILE: &str = "tallyport.db";
/// In blocks of half a kibibyte: room for some payments and no more.
const FILE_BLOCKS_MAX: u32 = 4_096;

/// What a client came to.
#[derive(Default)]
struct Came {
    acknowledged: Vec<Payment>,
    refused: Vec<String>,
}

/// A database with its partner, and where it lies.
struct Ground {
    folder: tempfile::TempDir,
    partner: Partner,
    variables: Vec<(&'static str, String)>,
}

impl Ground {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let partner = Partner::of_file(&file).await;
        let url = ("TALLYPORT_DATABASE_URL", format!("sqlite:{}", file.display()));
        Self { folder, partner, variables: vec![key_variable(), url] }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join(FILE)
    }

    fn variables(&self) -> Vec<(&str, &str)> {
        self.variables.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    fn start(&self) -> Server {
        Server::start_in(tempfile::tempdir().unwrap(), &[], &self.variables())
    }

    fn start_failing(&self, inject: &str) -> Server {
        let calls = inject.split(':').next().unwrap();
        let (trace, inject) = (format!("trace={calls}"), format!("inject={inject}"));
        Server::start_traced(&["-e", &trace, "-e", &inject, "-o", "/dev/null"], &self.variables())
    }

    /// Each client pays until it is refused.
    async fn pay_until_refused(&self, server: &Server) -> Came {
        let client = self.partner.client(server);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let client = client.clone();
                tokio::spawn(async move {
                    let mut came = Came::default();
                    for index in 0..PAYMENTS_MAX {
                        let order_id = format!("fault-{number}-{index}");
                        match pay(&client, order_id.clone()).await {
                            Ok(payment) => came.acknowledged.push(payment),
                            Err(Error::Refused(refusal)) => {
                                assert_eq!(refusal.problem.status, 503, "{refusal}");
                                came.refused.push(order_id);
                                return came;
                            }
                            Err(error) => panic!("neither an answer nor a refusal: {error:?}"),
                        }
                    }
                    panic!("the fault never showed")
                })
            })
            .collect();
        let mut all = Came::default();
        for client in clients {
            let came = client.await.unwrap();
            all.acknowledged.extend(came.acknowledged);
            all.refused.extend(came.refused);
        }
        all
    }

    /// The disk is well again: everything that was acknowledged is there once, and who was refused pays.
    async fn check_after(&self, came: &Came) {
        assert!(!came.acknowledged.is_empty() && came.refused.len() == CLIENTS);
        let acknowledged = || came.acknowledged.iter().map(|payment| &payment.order_id);
        self.check_books(acknowledged()).await;
        let server = self.start();
        let client = self.partner.client(&server);
        for order_id in &came.refused {
            pay(&client, order_id.clone()).await.unwrap();
        }
        drop(server);
        self.check_books(acknowledged().chain(&came.refused)).await;
    }

    async fn check_books(&self, orders: impl Iterator<Item = &String>) {
        let db = open(&self.file()).await;
        self.partner.check(&db, orders.map(String::as_str)).await;
        db.close().await;
    }
}

/// A disk that fails again and again: `strace` counts calls by thread, and the server opens its connection
/// anew after a fault, so each one has some calls that go well before the next fault.
async fn is_gone_on_with(inject: &str) -> String {
    let ground = Ground::new().await;
    let server = ground.start_failing(inject);
    let client = ground.partner.client(&server);
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut paid = Vec::new();
                for index in 0..PAYMENTS_THROUGH {
                    let order_id = format!("again-{number}-{index}");
                    // The client tries a few times by itself; what takes longer is waited out here.
                    while let Err(error) = pay(&client, order_id.clone()).await {
                        assert!(matches!(&error, Error::Refused(no) if no.problem.status == 503), "{error:?}");
                    }
                    paid.push(order_id);
                }
                paid
            })
        })
        .collect();
    let mut paid = Vec::new();
    for client in clients {
        paid.extend(client.await.unwrap());
    }
    let metrics = program::ask(server.admin, "GET /metrics", b"").body;
    let failed = metrics.lines().find(|line| line.contains("/v1/payments\"") && line.contains("status=\"5xx\""));
    let said = format!("{inject}: {} paid; {}", paid.len(), failed.expect("the fault showed"));
    drop(server);
    ground.check_books(paid.iter()).await;
    said
}

#[tokio::test]
async fn syncs_that_fail_let_nobody_believe_that_they_paid() {
    println!("{}", is_gone_on_with("fsync,fdatasync:error=EIO:when=12+").await);
}

#[tokio::test]
async fn writes_that_fail_let_nobody_believe_that_they_paid() {
    println!("{}", is_gone_on_with("pwrite64:error=EIO:when=400+").await);
}

#[tokio::test]
async fn writes_without_room_let_nobody_believe_that_they_paid() {
    println!("{}", is_gone_on_with("pwrite64:error=ENOSPC:when=400+").await);
}

#[tokio::test]
async fn disk_without_room_refuses_payments_until_there_is_some() {
    let ground = Ground::new().await;
    let folder = tempfile::tempdir().unwrap();
    let command = limited(&tallyport(folder.path(), &Server::SERVE), FILE_BLOCKS_MAX);
    let mut server = Server::start_by(command, folder, &ground.variables());
    let came = ground.pay_until_refused(&server).await;
    // What can be read is read all the same.
    let paid = &came.acknowledged[0];
    assert_eq!(&ground.partner.read(&server, &paid.id), paid);
    server.signal("TERM");
    server.wait();
    println!("no room: {} acknowledged, {} refused with 503", came.acknowledged.len(), came.refused.len());
    ground.check_after(&came).await;
}
