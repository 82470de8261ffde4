//! The platform at a glance.

use tallyport_domain::payment::{CaptureMode, Metadata};
use tallyport_domain::scope::ScopeSet;
use tallyport_domain::{Environment, Money, Role};
use tallyport_service::Caller;
use tallyport_service::admin::{Administrator, PaymentCount};
use tallyport_service::payments::{Call, PaymentRequest};
use tallyport_storage::both_databases;

use crate::ground::Ground;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// An application that pays on one process or another.
struct Shop(Caller);

impl Shop {
    async fn open(ground: &Ground) -> Self {
        let bob = ground.person("Bob", Role::Developer).await;
        let made = ground.services.make_application(&bob, "Bookshop").await.unwrap();
        Self(Caller {
            application_id: made.application.id,
            environment: Environment::Sandbox,
            api_key: made.api_key,
            scopes: ScopeSet::all(),
            holder: None,
        })
    }

    async fn pay(&self, on: &Ground, order: &str) {
        let request = PaymentRequest {
            order_id: order.parse().unwrap(),
            amount: Money::from_minor(100, "USD".parse().unwrap()),
            method: "card_ok".parse().unwrap(),
            payee: None,
            scene: None,
            capture: CaptureMode::Automatic,
            description: None,
            return_url: None,
            expires_at_ms: None,
            metadata: Metadata::default(),
            sandbox_outcome: None,
            call: Call { key: order.parse().unwrap(), body: String::new(), nonce: None },
        };
        on.services.create_payment(&self.0, request).await.unwrap();
    }
}

async fn sandbox_payments(ground: &Ground, by: &Administrator) -> i64 {
    let PaymentCount { sandbox, live } = ground.services.admin_overview(by).await.unwrap().payments_today;
    assert_eq!(live, 0);
    sandbox
}

both_databases! {
    async fn payments_of_the_day_are_counted_once_each_and_from_midnight_anew(test: TestDb) {
        let (ground, elsewhere) = (Ground::on(test).await, Ground::start(test, 2).await);
        let ada = ground.administrator("Ada").await;
        let shop = Shop::open(&ground).await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 0);
        shop.pay(&ground, "first").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 1);

        // From here on the first is not counted again, but known.
        ground.clock.advance(10 * 60_000);
        shop.pay(&ground, "second").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 2);
        assert_eq!(sandbox_payments(&ground, &ada).await, 2);

        // Another process was a little late to write one: its id lies before the last look.
        elsewhere.clock.advance(10 * 60_000 - 59_000);
        shop.pay(&elsewhere, "third").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 3);

        ground.clock.advance(DAY_MS);
        assert_eq!(sandbox_payments(&ground, &ada).await, 0);
        shop.pay(&ground, "tomorrow").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 1);
    }
}
