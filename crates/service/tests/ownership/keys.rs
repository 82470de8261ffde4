use tallyport_domain::credential::{Lifetime, Overlap};
use tallyport_domain::settings::Setting;
use tallyport_domain::{Environment, Role, TeamRole};
use tallyport_service::CallFrom;
use tallyport_service::admin::Authority;
use tallyport_service::credentials::{ChangeCredentialRefusal, CredentialWish, MakeCredentialRefusal, RotateRefusal};
use tallyport_service::teams::AccessRefusal;
use tallyport_service::tokens::{IssueRefusal, TokenRefusal};
use tallyport_storage::both_databases;

use crate::crowd::at_once;
use crate::ground::Ground;
use crate::members::join;

const HOUR_MS: i64 = 60 * 60 * 1000;

pub(crate) const SANDBOX: CredentialWish<'static> = CredentialWish {
    environment: Environment::Sandbox,
    name: "Shop server",
    lifetime: Lifetime::Unlimited,
    networks: "",
};

both_databases! {
    async fn of_sixteen_who_rotate_one_key_at_once_one_wins(test: TestDb) {
        let ground = Ground::on(test).await;
        let other_process = Ground::start(test, 2).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let app = ground.services.make_application(&ada, "Shop").await.unwrap();
        let id = app.application.id;
        let mut key = app.api_key;
        for round in 0..5 {
            let outcomes = at_once(|number| {
                let process = if number % 2 == 0 { &ground } else { &other_process };
                let (services, ada) = (process.services.clone(), ada.clone());
                async move {
                    match services.rotate_credential(&ada, id, key, Overlap::Day).await {
                        Ok(made) => Some(made.api_key),
                        Err(RotateRefusal::Replaced) => None,
                        Err(error) => panic!("{error}"),
                    }
                }
            })
            .await;
            let winners: Vec<_> = outcomes.into_iter().flatten().collect();
            assert_eq!(winners.len(), 1, "round {round}");
            key = winners[0];
        }
        assert_eq!(test.number("SELECT count(*) FROM credentials").await, 6);
    }

    async fn of_sixteen_who_want_the_first_key_at_once_one_sees_it(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let app = ground.services.make_application(&ada, "Shop").await.unwrap();
        let id = app.application.id;
        ground.services.revoke_credential(&ada, id, app.api_key).await.unwrap();
        let outcomes = at_once(|_| {
            let (services, ada) = (ground.services.clone(), ada.clone());
            async move { services.make_first_credential(&ada, id).await.unwrap().is_some() }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|made| **made).count(), 1);
    }

    async fn a_rotated_key_goes_on_for_as_long_as_was_chosen(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let services = &ground.services;
        let app = services.make_application(&ada, "Shop").await.unwrap();
        let id = app.application.id;
        let works = async |key: &str, secret: &str| services.issue_token(key, secret, None, CallFrom::Unknown).await.is_ok();
        let (old_key, old_secret) = (app.api_key.to_string(), app.api_secret.reveal().to_owned());
        let token = services.issue_token(&old_key, &old_secret, None, CallFrom::Unknown).await.unwrap().access_token;
        let new = services.rotate_credential(&ada, id, app.api_key, Overlap::Hour).await.unwrap();
        assert!(works(&old_key, &old_secret).await);
        assert!(works(&new.api_key.to_string(), new.api_secret.reveal()).await);
        ground.clock.advance(HOUR_MS - 1);
        assert!(works(&old_key, &old_secret).await);
        ground.clock.advance(1);
        assert!(!works(&old_key, &old_secret).await);
        // The token is older than its ten minutes by now; a fresh one shows that the end of a key ends tokens.
        assert!(services.authenticate(&token, CallFrom::Unknown).await.unwrap().is_err());

        let key = new.api_key.to_string();
        let token = services.issue_token(&key, new.api_secret.reveal(), None, CallFrom::Unknown).await.unwrap().access_token;
        services.rotate_credential(&ada, id, new.api_key, Overlap::Now).await.unwrap();
        let refusal = services.authenticate(&token, CallFrom::Unknown).await.unwrap();
        assert_eq!(refusal, Err(TokenRefusal::Revoked));
        let ended = services.rotate_credential(&ada, id, app.api_key, Overlap::Now).await;
        assert!(matches!(ended, Err(RotateRefusal::Replaced)), "{ended:?}");
    }

    async fn live_keys_are_refused_by_name_and_are_for_owners(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let dev = ground.person("Dev", Role::Developer).await;
        join(&ground, &ada, &dev, TeamRole::Developer).await;
        let id = ground.services.make_application(&ada, "Shop").await.unwrap().application.id;
        let live = CredentialWish { environment: Environment::Live, ..SANDBOX };
        let refusal = ground.services.make_credential(&dev, id, live).await;
        assert!(matches!(refusal, Err(MakeCredentialRefusal::Access(AccessRefusal::Role))), "{refusal:?}");
        let refusal = ground.services.make_credential(&ada, id, live).await;
        assert!(matches!(refusal, Err(MakeCredentialRefusal::LiveNotOpen)), "{refusal:?}");
        assert_eq!(test.number("SELECT count(*) FROM credentials WHERE environment = 'live'").await, 0);
    }

    async fn a_viewer_changes_no_key_and_a_stranger_finds_none(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let vi = ground.person("Vi", Role::Developer).await;
        let eve = ground.person("Eve", Role::Developer).await;
        join(&ground, &ada, &vi, TeamRole::Viewer).await;
        let services = &ground.services;
        let app = services.make_application(&ada, "Shop").await.unwrap();
        let own = services.make_application(&eve, "Evil").await.unwrap();
        let (id, key) = (app.application.id, app.api_key);
        for (actor, is_known) in [(&vi, true), (&eve, false)] {
            let fits = |refusal: &AccessRefusal| match refusal {
                AccessRefusal::Role => is_known,
                AccessRefusal::Unknown => !is_known,
                _ => false,
            };
            let made = services.make_credential(actor, id, SANDBOX).await;
            assert!(matches!(&made, Err(MakeCredentialRefusal::Access(refusal)) if fits(refusal)), "{made:?}");
            let first = services.make_first_credential(actor, id).await;
            assert!(matches!(&first, Err(MakeCredentialRefusal::Access(refusal)) if fits(refusal)), "{first:?}");
            let rotated = services.rotate_credential(actor, id, key, Overlap::Now).await;
            assert!(matches!(&rotated, Err(RotateRefusal::Access(refusal)) if fits(refusal)), "{rotated:?}");
            let revoked = services.revoke_credential(actor, id, key).await;
            assert!(matches!(&revoked, Err(ChangeCredentialRefusal::Access(refusal)) if fits(refusal)), "{revoked:?}");
            let changed = services.change_credential(actor, id, key, "Mine", "").await;
            assert!(matches!(&changed, Err(ChangeCredentialRefusal::Access(refusal)) if fits(refusal)), "{changed:?}");
        }
        // Naming an application of one's own does not help.
        let revoked = services.revoke_credential(&eve, own.application.id, key).await;
        assert!(matches!(revoked, Err(ChangeCredentialRefusal::Access(AccessRefusal::Unknown))), "{revoked:?}");
        assert!(services.list_credentials(&eve, id, Environment::Sandbox).await.unwrap().is_empty());
        assert!(services.find_credential(key).await.unwrap().is_some());
    }

    async fn so_many_keys_work_at_once_and_no_more(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let app = ground.services.make_application(&ada, "Shop").await.unwrap();
        let id = app.application.id;
        let three = [(Setting::CredentialsPerApplication, "3".to_owned())];
        ground.services.change_settings(&Authority::Command("test"), &three).await.unwrap();
        for _ in 1..3 {
            ground.services.make_credential(&ada, id, SANDBOX).await.unwrap();
        }
        let refusal = ground.services.make_credential(&ada, id, SANDBOX).await;
        assert!(matches!(refusal, Err(MakeCredentialRefusal::TooMany)), "{refusal:?}");
        ground.services.revoke_credential(&ada, id, app.api_key).await.unwrap();
        ground.services.make_credential(&ada, id, SANDBOX).await.unwrap();
    }

    async fn networks_of_application_and_key_both_have_to_fit(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let services = &ground.services;
        let app = services.make_application(&ada, "Shop").await.unwrap();
        let id = app.application.id;
        let (key, secret) = (app.api_key.to_string(), app.api_secret.reveal().to_owned());
        let from = |address: &str| CallFrom::Address(address.parse().unwrap());
        let token = services.issue_token(&key, &secret, None, from("192.0.2.9")).await.unwrap().access_token;
        services.set_application_networks(&ada, id, "192.0.2.0/24\n2001:db8::/32").await.unwrap();
        services.change_credential(&ada, id, app.api_key, "Key", "192.0.2.128/25").await.unwrap();
        for (address, fits) in [("192.0.2.200", true), ("192.0.2.9", false), ("198.51.100.1", false), ("2001:db8::1", false)] {
            let issued = services.issue_token(&key, &secret, None, from(address)).await;
            assert_eq!(issued.is_ok(), fits, "{address}");
            assert!(fits || matches!(issued, Err(IssueRefusal::Network)), "{address}");
            let caller = services.authenticate(&token, from(address)).await.unwrap();
            assert!(if fits { caller.is_ok() } else { caller == Err(TokenRefusal::Network) }, "{address}");
        }
        // An address that nobody knows lies in no network, and a wrong secret tells nothing of networks.
        assert!(services.issue_token(&key, &secret, None, CallFrom::Unknown).await.is_err());
        let wrong = services.issue_token(&key, "wrong", None, from("198.51.100.1")).await;
        assert!(matches!(wrong, Err(IssueRefusal::InvalidClient)), "{wrong:?}");
    }

    async fn the_last_use_is_written_down_later_and_never_goes_back(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let services = &ground.services;
        let app = services.make_application(&ada, "Shop").await.unwrap();
        let (key, secret) = (app.api_key.to_string(), app.api_secret.reveal().to_owned());
        services.write_last_uses().await.unwrap();
        ground.clock.advance(5_000);
        services.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap();
        services.write_last_uses().await.unwrap();
        let last_used = "SELECT last_used_at_ms FROM credentials";
        assert_eq!(test.number(last_used).await, crate::ground::BEGINNING_MS + 5_000);
        test.execute("UPDATE credentials SET last_used_at_ms = 9000000000000").await;
        services.change_credential(&ada, app.application.id, app.api_key, "Key", "").await.unwrap();
        services.issue_token(&key, &secret, None, CallFrom::Unknown).await.unwrap();
        services.write_last_uses().await.unwrap();
        assert_eq!(test.number(last_used).await, 9_000_000_000_000);
    }
}
