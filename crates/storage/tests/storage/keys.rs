use tallyport_domain::KeyPurpose;
use tallyport_domain::ids::PlatformKeyId;
use tallyport_storage::both_databases;
use tallyport_storage::data_keys::{self, DataKeyRecord};
use tallyport_storage::platform_keys::{self, PlatformKeyRecord};

fn id(number: u8) -> PlatformKeyId {
    PlatformKeyId::from_parts(i64::from(number), [number; 10])
}

both_databases! {
    async fn data_keys_are_listed_oldest_first(test: TestDb) {
        let keys = [1, 2].map(|number| DataKeyRecord {
            id: id(number),
            key_encryption_key_id: "file-1".to_owned(),
            wrapped: vec![number; 60],
            created_at_ms: i64::from(number),
        });
        let mut tx = test.db.begin_write().await.unwrap();
        assert_eq!(data_keys::list(&mut tx).await.unwrap(), []);
        data_keys::insert(&mut tx, &keys[1]).await.unwrap();
        data_keys::insert(&mut tx, &keys[0]).await.unwrap();
        assert_eq!(data_keys::list(&mut tx).await.unwrap(), keys);
    }

    async fn platform_keys_are_listed_by_purpose(test: TestDb) {
        let key = |number, purpose| PlatformKeyRecord {
            id: id(number),
            purpose,
            algorithm: "ES256".to_owned(),
            private_key: vec![number; 40],
            public_key: vec![number, 0],
            created_at_ms: 7,
            retired_at_ms: (number == 1).then_some(9),
        };
        let mut tx = test.db.begin_write().await.unwrap();
        for (number, purpose) in
            [(3, KeyPurpose::AccessToken), (2, KeyPurpose::ResponseSignature), (1, KeyPurpose::AccessToken)]
        {
            platform_keys::insert(&mut tx, &key(number, purpose)).await.unwrap();
        }
        let list = platform_keys::list(&mut tx, KeyPurpose::AccessToken).await.unwrap();
        assert_eq!(list, [key(1, KeyPurpose::AccessToken), key(3, KeyPurpose::AccessToken)]);
    }
}
