use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tallyport_domain::credential::{Lifetime, Overlap};
use tallyport_domain::public_key::PublicKeyUse;
use tallyport_domain::{Environment, Role, TeamRole};
use tallyport_service::public_keys::{
    AddPublicKeyRefusal, EndPublicKeyRefusal, InvalidPublicKey, PublicKeyFault, PublicKeyWish,
};
use tallyport_service::teams::AccessRefusal;
use tallyport_storage::both_databases;

use crate::crowd::at_once;
use crate::ground::Ground;
use crate::members::join;

fn fresh_pem() -> String {
    let pair = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der.as_ref()))
}

fn wish(pem: &str) -> PublicKeyWish<'_> {
    PublicKeyWish {
        environment: Environment::Sandbox,
        used_for: PublicKeyUse::Signing,
        name: "Laptop",
        pem,
        lifetime: Lifetime::Unlimited,
        networks: "",
    }
}

both_databases! {
    async fn one_key_is_added_once_however_many_try(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let id = ground.services.make_application(&ada, "Shop").await.unwrap().application.id;
        let pem = fresh_pem();
        let outcomes = at_once(|_| {
            let (services, ada, pem) = (ground.services.clone(), ada.clone(), pem.clone());
            async move {
                match services.add_public_key(&ada, id, wish(&pem)).await {
                    Ok(_) => true,
                    Err(AddPublicKeyRefusal::Known) => false,
                    Err(error) => panic!("{error}"),
                }
            }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|added| **added).count(), 1);
        let listed = ground.services.list_public_keys(&ada, id, Environment::Sandbox).await.unwrap();
        assert_eq!(listed.len(), 1);
        // An ended key does not come back: whoever ended it may have had a reason.
        ground.services.end_public_key(&ada, id, listed[0].key.id, Overlap::Now).await.unwrap();
        let again = ground.services.add_public_key(&ada, id, wish(&pem)).await;
        assert!(matches!(again, Err(AddPublicKeyRefusal::Known)), "{again:?}");
        let ended = ground.services.end_public_key(&ada, id, listed[0].key.id, Overlap::Week).await;
        assert!(matches!(ended, Err(EndPublicKeyRefusal::Ended)), "{ended:?}");
    }

    async fn a_private_key_is_kept_nowhere(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let id = ground.services.make_application(&ada, "Shop").await.unwrap().application.id;
        let pem = "-----BEGIN PRIVATE KEY-----\nQ0FOQVJZ\n-----END PRIVATE KEY-----";
        let refusal = ground.services.add_public_key(&ada, id, wish(pem)).await;
        let Err(AddPublicKeyRefusal::Faults(faults)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(faults, [PublicKeyFault::Key(InvalidPublicKey::Private)]);
        assert_eq!(test.number("SELECT count(*) FROM public_keys").await, 0);
        assert_eq!(test.number("SELECT count(*) FROM audit_entries WHERE detail LIKE '%Q0FOQVJZ%'").await, 0);
    }

    async fn keys_are_for_those_who_may(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.person("Ada", Role::Developer).await;
        let vi = ground.person("Vi", Role::Developer).await;
        let eve = ground.person("Eve", Role::Developer).await;
        join(&ground, &ada, &vi, TeamRole::Viewer).await;
        let services = &ground.services;
        let id = services.make_application(&ada, "Shop").await.unwrap().application.id;
        let key = services.add_public_key(&ada, id, wish(&fresh_pem())).await.unwrap();
        let live = services.add_public_key(&ada, id, PublicKeyWish { environment: Environment::Live, ..wish(&fresh_pem()) }).await;
        assert!(matches!(live, Err(AddPublicKeyRefusal::LiveNotOpen)), "{live:?}");
        for (actor, is_known) in [(&vi, true), (&eve, false)] {
            let fits = |refusal: &AccessRefusal| match refusal {
                AccessRefusal::Role => is_known,
                AccessRefusal::Unknown => !is_known,
                _ => false,
            };
            let added = services.add_public_key(actor, id, wish(&fresh_pem())).await;
            assert!(matches!(&added, Err(AddPublicKeyRefusal::Access(refusal)) if fits(refusal)), "{added:?}");
            let ended = services.end_public_key(actor, id, key, Overlap::Now).await;
            assert!(matches!(&ended, Err(EndPublicKeyRefusal::Access(refusal)) if fits(refusal)), "{ended:?}");
            let changed = services.change_public_key(actor, id, key, "Mine", "").await;
            assert!(matches!(&changed, Err(EndPublicKeyRefusal::Access(refusal)) if fits(refusal)), "{changed:?}");
        }
        assert!(services.list_public_keys(&eve, id, Environment::Sandbox).await.unwrap().is_empty());
    }
}
