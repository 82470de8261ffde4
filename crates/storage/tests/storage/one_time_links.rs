use tallyport_domain::LinkPurpose;
use tallyport_storage::both_databases;
use tallyport_storage::one_time_links::{self, OneTimeLinkRecord};

const PURPOSE: LinkPurpose = LinkPurpose::FirstAdministrator;

/// How often the race is run on each database.
const RACE_ROUNDS: u8 = 200;

fn link(number: u8) -> OneTimeLinkRecord {
    OneTimeLinkRecord {
        token_hash: [number; 32],
        purpose: PURPOSE,
        subject: "dev_1".to_owned(),
        detail: format!("link {number}"),
        created_at_ms: 0,
        expires_at_ms: 1_000,
    }
}

both_databases! {
    async fn of_sixteen_who_use_a_link_at_once_one_wins(test: TestDb) {
        for round in 0..RACE_ROUNDS {
            let mut tx = test.db.begin_write().await.unwrap();
            one_time_links::insert(&mut tx, &link(round)).await.unwrap();
            tx.commit().await.unwrap();
            let attempts: Vec<_> = (0..16)
                .map(|_| {
                    let db = test.db.clone();
                    tokio::spawn(async move {
                        let mut tx = db.begin_write().await.unwrap();
                        let won = one_time_links::take(&mut tx, &link(round).token_hash, PURPOSE, 5).await.unwrap();
                        tx.commit().await.unwrap();
                        won
                    })
                })
                .collect();
            let mut winners = 0;
            for attempt in attempts {
                winners += u32::from(attempt.await.unwrap().is_some());
            }
            assert_eq!(winners, 1, "round {round}");
        }
    }

    async fn link_works_before_it_expires_and_before_it_is_withdrawn(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        for number in 1..=3 {
            one_time_links::insert(&mut tx, &link(number)).await.unwrap();
        }
        let hash = |number| link(number).token_hash;
        assert!(one_time_links::is_usable(&mut tx, &hash(1), PURPOSE, 999).await.unwrap());
        assert!(!one_time_links::is_usable(&mut tx, &hash(1), PURPOSE, 1_000).await.unwrap());
        assert_eq!(one_time_links::take(&mut tx, &hash(1), PURPOSE, 1_000).await.unwrap(), None);
        assert_eq!(one_time_links::take(&mut tx, &hash(9), PURPOSE, 5).await.unwrap(), None);
        let taken = one_time_links::take(&mut tx, &hash(1), PURPOSE, 999).await.unwrap().unwrap();
        assert_eq!((taken.subject.as_str(), taken.detail.as_str()), ("dev_1", "link 1"));
        assert_eq!(one_time_links::withdraw(&mut tx, PURPOSE, "dev_2", 5).await.unwrap(), 0);
        assert_eq!(one_time_links::withdraw(&mut tx, PURPOSE, "dev_1", 5).await.unwrap(), 2);
        assert_eq!(one_time_links::take(&mut tx, &hash(2), PURPOSE, 5).await.unwrap(), None);
    }
}
