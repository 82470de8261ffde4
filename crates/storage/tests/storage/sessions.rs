use tallyport_storage::{both_databases, sessions};

both_databases! {
    async fn session_is_found_until_it_expires(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        assert!(sessions::create(&mut tx, &[1; 32], "{}", 10, 100).await.unwrap());
        assert!(!sessions::create(&mut tx, &[1; 32], "other", 10, 100).await.unwrap());
        assert!(sessions::save(&mut tx, &[1; 32], "new", 200).await.unwrap());
        tx.commit().await.unwrap();
        let mut reader = test.db.read().await.unwrap();
        let found = sessions::find(&mut reader, &[1; 32], 199).await.unwrap().unwrap();
        assert_eq!((found.data.as_str(), found.created_at_ms, found.expires_at_ms), ("new", 10, 200));
        assert_eq!(sessions::find(&mut reader, &[1; 32], 200).await.unwrap(), None);
        assert_eq!(sessions::find(&mut reader, &[2; 32], 0).await.unwrap(), None);
    }

    async fn ended_session_does_not_come_back(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        sessions::create(&mut tx, &[1; 32], "{}", 10, 100).await.unwrap();
        sessions::delete(&mut tx, &[1; 32]).await.unwrap();
        sessions::delete(&mut tx, &[1; 32]).await.unwrap();
        assert!(!sessions::save(&mut tx, &[1; 32], "late", 500).await.unwrap());
        assert_eq!(sessions::find(&mut tx, &[1; 32], 20).await.unwrap(), None);
    }

    async fn expired_sessions_are_removed_oldest_first_up_to_the_limit(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        for number in 1..=5_u8 {
            let expires_at_ms = i64::from(number) * 10;
            sessions::create(&mut tx, &[number; 32], "{}", 0, expires_at_ms).await.unwrap();
        }
        assert_eq!(sessions::delete_expired(&mut tx, 40, 3).await.unwrap(), 3);
        assert!(sessions::find(&mut tx, &[4; 32], 0).await.unwrap().is_some());
        assert_eq!(sessions::delete_expired(&mut tx, 40, 3).await.unwrap(), 1);
        assert_eq!(sessions::delete_expired(&mut tx, 40, 3).await.unwrap(), 0);
        assert!(sessions::find(&mut tx, &[5; 32], 0).await.unwrap().is_some());
    }
}
