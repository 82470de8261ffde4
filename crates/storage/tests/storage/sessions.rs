use tallyport_domain::ids::DeveloperId;
use tallyport_storage::sessions::SessionContents;
use tallyport_storage::{both_databases, sessions};

const fn of_nobody(data: &str) -> SessionContents<'_> {
    SessionContents { data, developer_id: None, device: "", network: "" }
}

fn of(number: u8) -> SessionContents<'static> {
    let developer_id = Some(DeveloperId::from_parts(1, [number; 10]));
    SessionContents { data: "{}", developer_id, device: "firefox/linux", network: "192.0.2.1" }
}

both_databases! {
    async fn session_is_found_until_it_expires(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        assert!(sessions::create(&mut tx, &[1; 32], of_nobody("{}"), 10, 100).await.unwrap());
        assert!(!sessions::create(&mut tx, &[1; 32], of_nobody("other"), 10, 100).await.unwrap());
        assert!(sessions::save(&mut tx, &[1; 32], of_nobody("new"), 50, 200).await.unwrap());
        tx.commit().await.unwrap();
        let mut reader = test.db.read().await.unwrap();
        let found = sessions::find(&mut reader, &[1; 32], 199).await.unwrap().unwrap();
        assert_eq!((found.data.as_str(), found.created_at_ms, found.expires_at_ms), ("new", 10, 200));
        assert_eq!(sessions::find(&mut reader, &[1; 32], 200).await.unwrap(), None);
        assert_eq!(sessions::find(&mut reader, &[2; 32], 0).await.unwrap(), None);
    }

    async fn ended_session_does_not_come_back(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        sessions::create(&mut tx, &[1; 32], of_nobody("{}"), 10, 100).await.unwrap();
        sessions::delete(&mut tx, &[1; 32]).await.unwrap();
        sessions::delete(&mut tx, &[1; 32]).await.unwrap();
        assert!(!sessions::save(&mut tx, &[1; 32], of_nobody("late"), 50, 500).await.unwrap());
        assert_eq!(sessions::find(&mut tx, &[1; 32], 20).await.unwrap(), None);
    }

    async fn sessions_are_listed_and_ended_by_developer(test: TestDb) {
        let (ada, eve) = (of(1).developer_id.unwrap(), of(2).developer_id.unwrap());
        let mut tx = test.db.begin_write().await.unwrap();
        for number in 1..=3_u8 {
            assert!(sessions::create(&mut tx, &[number; 32], of(1), i64::from(number), 100).await.unwrap());
        }
        sessions::create(&mut tx, &[4; 32], of(2), 1, 100).await.unwrap();
        let listed = sessions::list_of_developer(&mut tx, ada, 50, 2).await.unwrap();
        assert_eq!(listed.iter().map(|session| session.seen_at_ms).collect::<Vec<_>>(), [3, 2]);
        assert_eq!((listed[0].device.as_str(), listed[0].network.as_str()), ("firefox/linux", "192.0.2.1"));
        assert_eq!(sessions::list_of_developer(&mut tx, ada, 100, 9).await.unwrap(), []);

        assert!(!sessions::delete_of_developer(&mut tx, eve, &[1; 32]).await.unwrap());
        assert!(sessions::delete_of_developer(&mut tx, ada, &[1; 32]).await.unwrap());
        assert_eq!(sessions::delete_all_of_developer(&mut tx, ada, Some(&[2; 32])).await.unwrap(), 1);
        assert!(sessions::find(&mut tx, &[2; 32], 50).await.unwrap().is_some());
        assert_eq!(sessions::delete_all_of_developer(&mut tx, ada, None).await.unwrap(), 1);
        assert!(sessions::find(&mut tx, &[4; 32], 50).await.unwrap().is_some());
    }
}
