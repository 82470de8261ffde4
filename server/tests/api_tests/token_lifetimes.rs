//! Where and for how long a token is good.

use serde_json::Value;
use tallyport_domain::KeyPurpose;
use tallyport_service::audit::Actor;
use tallyport_storage::credentials;

use crate::bearer::{assert_let_in, assert_refused, call_with};
use crate::forge::{Forge, claims};
use crate::support::{TestApp, on_both_databases, until};

/// These claims, as if they had been made this moment.
fn made_now(app: &TestApp, mut claims: Value) -> Value {
    let now_s = app.services.clock().now_ms() / 1000;
    for (member, second) in [("iat", now_s), ("nbf", now_s), ("exp", now_s + 600)] {
        claims[member] = second.into();
    }
    claims
}

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
    async fn a_retired_key_proves_nothing_about_what_came_later(app: TestApp) {
        let partner = app.partner("Shop").await;
        let stolen = Forge::with_platform_key(app).await;
        let token = || stolen.token(&stolen.header(), &made_now(app, claims(&partner)));
        let rotated = app.services.rotate_platform_key(KeyPurpose::AccessToken, &Actor::command("test")).await;
        rotated.unwrap();
        app.clock.advance(10 * 60 * 1000 - 1);
        let last = token();
        assert_let_in(&call_with(app, &last).await);
        // Ten seconds more, for processes whose clocks are behind.
        app.clock.advance(10_000);
        assert_let_in(&call_with(app, &token()).await);
        app.clock.advance(1);
        assert_refused(&call_with(app, &token()).await);
        assert_let_in(&call_with(app, &last).await);
        let twin = app.twin().await;
        assert_refused(&call_with(&twin, &token()).await);
        assert_let_in(&call_with(&twin, &last).await);
    }
}
