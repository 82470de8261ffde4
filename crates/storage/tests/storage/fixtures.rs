use tallyport_domain::Role;
use tallyport_domain::ids::{AppId, DeveloperId};
use tallyport_storage::applications::{self, ApplicationRecord};
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::test_support::TestDb;

/// A developer whose id and address follow from the number.
pub(crate) fn developer(number: u8) -> DeveloperRecord {
    DeveloperRecord {
        id: DeveloperId::from_parts(1_000 + i64::from(number), [number; 10]),
        name: format!("Developer {number}"),
        email: format!("Dev{number}@example.com"),
        email_key: format!("dev{number}@example.com"),
        password_hash: "$argon2id$canary".to_owned(),
        role: Role::Developer,
        created_at_ms: 1_000 + i64::from(number),
    }
}

/// An application whose id follows from the number.
pub(crate) fn application(number: u8, developer_id: DeveloperId) -> ApplicationRecord {
    ApplicationRecord {
        id: AppId::from_parts(2_000 + i64::from(number), [number; 10]),
        developer_id,
        name: format!("Application {number}"),
        created_at_ms: 2_000 + i64::from(number),
    }
}

/// Adds developer 1 with so many applications.
pub(crate) async fn add_applications(test: &TestDb, count: u8) -> (DeveloperRecord, Vec<ApplicationRecord>) {
    let owner = developer(1);
    let all: Vec<_> = (0..count).map(|number| application(number, owner.id)).collect();
    let mut tx = test.db.begin_write().await.unwrap();
    developers::insert(&mut tx, &owner).await.unwrap();
    for application in &all {
        applications::insert(&mut tx, application).await.unwrap();
    }
    tx.commit().await.unwrap();
    (owner, all)
}
