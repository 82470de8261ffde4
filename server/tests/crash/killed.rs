//! The short form of `cargo xtask crash`: killed under load, on both databases.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tallyport_sdk::Payment;
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;
use tokio::sync::Notify;

use crate::partner::{Partner, key_variable, pay};
use crate::program::Server;

const CLIENTS: usize = 8;
const KILLS: usize = 2;
/// Acknowledged payments after which the server is killed.
const KILLED_AFTER: usize = 40;

both_databases! {
    async fn killed_under_load_it_keeps_every_acknowledged_payment_once(test: TestDb) {
        let partner = Partner::new(&test.db).await;
        let mut acknowledged = Vec::new();
        for kill in 0..KILLS {
            let server = start(test);
            acknowledged.extend(killed_under_load(server, &partner, kill).await);
        }
        let server = start(test);
        let client = partner.client(&server);
        for payment in &acknowledged {
            let found = client.payments().get(payment.id.parse().unwrap()).await.unwrap();
            assert_eq!(&found, payment);
        }
        partner.check(&test.db, acknowledged.iter().map(|payment| payment.order_id.as_str())).await;
    }
}

fn start(test: &TestDb) -> Server {
    let (name, key) = key_variable();
    let variables = [(name, key.as_str()), ("TALLYPORT_DATABASE_URL", &test.url_text())];
    Server::start_in(tempfile::tempdir().unwrap(), &[], &variables)
}

/// Loads the server from several clients, kills it in the middle, and returns what they heard of.
async fn killed_under_load(mut server: Server, partner: &Partner, kill: usize) -> Vec<Payment> {
    let client = partner.client(&server);
    let (count, reached) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let tasks: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (client, count, reached) = (client.clone(), Arc::clone(&count), Arc::clone(&reached));
            tokio::spawn(async move {
                let mut heard_of = Vec::new();
                for index in 0.. {
                    let order_id = format!("kill{kill}-{number}-{index}");
                    let Ok(payment) = pay(&client, order_id).await else { break };
                    heard_of.push(payment);
                    if count.fetch_add(1, Ordering::Relaxed) + 1 == KILLED_AFTER {
                        reached.notify_one();
                    }
                }
                heard_of
            })
        })
        .collect();
    reached.notified().await;
    server.signal("KILL");
    server.wait();
    let mut heard_of = Vec::new();
    for task in tasks {
        heard_of.extend(task.await.unwrap());
    }
    assert!(heard_of.len() >= KILLED_AFTER);
    heard_of
}
