use tallyport_domain::ids::{AppId, DeveloperId, TeamId};
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::redirect_uri::RedirectUris;
use tallyport_domain::{Language, Role, TeamRole};
use tallyport_storage::applications::{self, ApplicationRecord};
use tallyport_storage::developers::{self, DeveloperRecord};
use tallyport_storage::teams::{self, TeamRecord};
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
        language: Language::En,
        email_verified_at_ms: Some(1_500),
        suspended_at_ms: None,
        closed_at_ms: None,
        created_at_ms: 1_000 + i64::from(number),
    }
}

/// The team whose only member and owner is the developer of that number.
pub(crate) fn team(number: u8) -> TeamRecord {
    let id = TeamId::from_parts(1_000 + i64::from(number), [number; 10]);
    TeamRecord { id, name: format!("Team {number}"), created_at_ms: 1_000 + i64::from(number) }
}

/// An application whose id follows from the number.
pub(crate) fn application(number: u8, owner: u8) -> ApplicationRecord {
    ApplicationRecord {
        id: AppId::from_parts(2_000 + i64::from(number), [number; 10]),
        team_id: team(owner).id,
        name: format!("Application {number}"),
        description: String::new(),
        redirect_uris: RedirectUris::default(),
        networks: AllowedNetworks::default(),
        closed_at_ms: None,
        sandbox_unsigned: false,
        created_by: developer(owner).id,
        created_at_ms: 2_000 + i64::from(number),
    }
}

/// Adds developer 1, their team and so many applications.
pub(crate) async fn add_applications(test: &TestDb, count: u8) -> (DeveloperRecord, Vec<ApplicationRecord>) {
    let owner = developer(1);
    let all: Vec<_> = (0..count).map(|number| application(number, 1)).collect();
    let mut tx = test.db.begin_write().await.unwrap();
    developers::insert(&mut tx, &owner).await.unwrap();
    teams::insert(&mut tx, &team(1)).await.unwrap();
    teams::add_member(&mut tx, team(1).id, owner.id, TeamRole::Owner, 0).await.unwrap();
    for application in &all {
        applications::insert(&mut tx, application).await.unwrap();
    }
    tx.commit().await.unwrap();
    (owner, all)
}
