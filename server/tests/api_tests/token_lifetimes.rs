//! Where and for how long a token is good.

use tallyport_storage::credentials;

use crate::bearer::{assert_let_in, assert_refused, call_with};
use crate::support::{on_both_databases, until};

on_both_databases! {
    async fn token_of_another_installation_on_the_same_keys_is_refused(app: TestApp) {
        let partner = app.partner("Shop").await;
        let other = app.another_process().await;
        let token = partner.token_for(&other.services, None).await;
        assert_let_in(&call_with(&other, &token).await);
        assert_refused(&call_with(app, &token).await);
    }

    async fn token_of_one_process_is_good_at_its_twin(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        assert_let_in(&call_with(&twin, &partner.token).await);
        let token = partner.token_for(&twin.services, None).await;
        assert_let_in(&call_with(app, &token).await);
    }

    async fn token_expires_also_when_it_was_seen_before(app: TestApp) {
        let partner = app.partner("Shop").await;
        let unseen = partner.token_for(&app.services, None).await;
        assert_let_in(&call_with(app, &partner.token).await);
        app.clock.advance(609_999);
        assert_let_in(&call_with(app, &partner.token).await);
        app.clock.advance(1);
        assert_refused(&call_with(app, &partner.token).await);
        assert_refused(&call_with(app, &unseen).await);
    }

    async fn token_from_the_future_is_not_valid_yet(app: TestApp) {
        let partner = app.partner("Shop").await;
        app.clock.advance(-10_000);
        assert_let_in(&call_with(app, &partner.token).await);
        app.clock.advance(-1);
        assert_refused(&call_with(app, &partner.token).await);
    }

    async fn token_of_a_revoked_credential_dies_within_a_second_everywhere(app: TestApp) {
        let partner = app.partner("Shop").await;
        let twin = app.twin().await;
        assert_let_in(&call_with(app, &partner.token).await);
        assert_let_in(&call_with(&twin, &partner.token).await);
        let mut tx = app.services.db().begin_write().await.unwrap();
        let api_key = partner.api_key.parse().unwrap();
        credentials::revoke(&mut tx, api_key, partner.application_id, 1).await.unwrap();
        tx.commit().await.unwrap();
        for process in [app, &twin] {
            until(async || call_with(process, &partner.token).await.status == 401).await;
            assert_refused(&call_with(process, &partner.token).await);
        }
    }
}
