use tallyport_domain::Environment;
use tallyport_domain::ids::{ApiKey, AppId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_storage::both_databases;
use tallyport_storage::credentials::{self, CredentialRecord, ListedCredential};

use crate::fixtures::{add_applications, developer};

fn credential(number: u8, application_id: AppId, environment: Environment) -> CredentialRecord {
    CredentialRecord {
        api_key: ApiKey::from_parts(3_000 + i64::from(number), [number; 10]),
        application_id,
        environment,
        name: format!("Key {number}"),
        networks: AllowedNetworks::default(),
        created_by: developer(1).id,
        successor: None,
        sealed_secret: vec![0, 1, 255, number],
        created_at_ms: 3_000,
        last_used_at_ms: None,
        expires_at_ms: Some(i64::MAX),
        revoked_at_ms: None,
    }
}

both_databases! {
    async fn credential_is_found_with_its_application(test: TestDb) {
        let (_, all) = add_applications(test, 1).await;
        let one = credential(1, all[0].id, Environment::Sandbox);
        let mut tx = test.db.begin_write().await.unwrap();
        credentials::insert(&mut tx, &one).await.unwrap();
        tx.commit().await.unwrap();
        let mut reader = test.db.read().await.unwrap();
        let found = credentials::find_by_api_key(&mut reader, one.api_key).await.unwrap().unwrap();
        assert_eq!(found.credential, one);
        assert_eq!(found.application_name, all[0].name);
        let other = credential(2, all[0].id, Environment::Live).api_key;
        assert_eq!(credentials::find_by_api_key(&mut reader, other).await.unwrap(), None);
    }

    async fn list_keeps_environments_apart(test: TestDb) {
        let (_, all) = add_applications(test, 2).await;
        let mut tx = test.db.begin_write().await.unwrap();
        let sandbox = Environment::Sandbox;
        for (number, environment) in [(1, sandbox), (2, Environment::Live), (3, sandbox)] {
            credentials::insert(&mut tx, &credential(number, all[0].id, environment)).await.unwrap();
        }
        let list = credentials::list_of_application(&mut tx, all[0].id, sandbox, 10).await.unwrap();
        let expected = [3, 1].map(|number| credential(number, all[0].id, sandbox));
        let credentials = |list: Vec<ListedCredential>| list.into_iter().map(|listed| listed.credential).collect::<Vec<_>>();
        assert_eq!(credentials(list), expected);
        let list = credentials::list_of_application(&mut tx, all[0].id, sandbox, 1).await.unwrap();
        assert_eq!(credentials(list), expected[..1]);
        assert_eq!(credentials::list_of_application(&mut tx, all[1].id, sandbox, 10).await.unwrap(), []);
    }

    async fn revoking_counts_once_and_only_for_the_owner(test: TestDb) {
        let (_, all) = add_applications(test, 2).await;
        let one = credential(1, all[0].id, Environment::Sandbox);
        let mut tx = test.db.begin_write().await.unwrap();
        credentials::insert(&mut tx, &one).await.unwrap();
        assert!(!credentials::revoke(&mut tx, one.api_key, all[1].id, 5_000).await.unwrap());
        assert!(credentials::revoke(&mut tx, one.api_key, all[0].id, 6_000).await.unwrap());
        assert!(!credentials::revoke(&mut tx, one.api_key, all[0].id, 7_000).await.unwrap());
        let found = credentials::find_by_api_key(&mut tx, one.api_key).await.unwrap().unwrap();
        assert_eq!(found.credential.revoked_at_ms, Some(6_000));
    }
}
