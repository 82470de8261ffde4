//! The platform at a glance.

use tallyport_domain::Role;
use tallyport_service::Caller;
use tallyport_service::admin::{Administrator, PaymentCount};
use tallyport_storage::both_databases;

use crate::ask::{Ask, caller_of};
use crate::ground::Ground;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

async fn pay(on: &Ground, caller: &Caller, order: &str) {
    on.services.create_payment(caller, Ask::dollar(order).request()).await.unwrap();
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
        let bob = ground.person("Bob", Role::Developer).await;
        let shop = caller_of(&ground.services.make_application(&bob, "Bookshop").await.unwrap());
        assert_eq!(sandbox_payments(&ground, &ada).await, 0);
        pay(&ground, &shop, "first").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 1);

        // From here on the first is not counted again, but known.
        ground.clock.advance(10 * 60_000);
        pay(&ground, &shop, "second").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 2);
        assert_eq!(sandbox_payments(&ground, &ada).await, 2);

        // Another process was a little late to write one: its id lies before the last look.
        elsewhere.clock.advance(10 * 60_000 - 59_000);
        pay(&elsewhere, &shop, "third").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 3);

        ground.clock.advance(DAY_MS);
        assert_eq!(sandbox_payments(&ground, &ada).await, 0);
        pay(&ground, &shop, "tomorrow").await;
        assert_eq!(sandbox_payments(&ground, &ada).await, 1);
    }
}
