use tallyport_domain::{Role, TeamRole};
use tallyport_storage::applications::ApplicationOfMember;
use tallyport_storage::{Dialect, StorageError, applications, both_databases, developers};

use crate::fixtures::{add_applications, application, developer};

both_databases! {
    async fn developer_is_found_by_id_and_address(test: TestDb) {
        let (one, two) = (developer(1), developers::DeveloperRecord { role: Role::Administrator, ..developer(2) });
        let mut tx = test.db.begin_write().await.unwrap();
        assert_eq!(developers::count_administrators(&mut tx).await.unwrap(), 0);
        developers::insert(&mut tx, &one).await.unwrap();
        developers::insert(&mut tx, &two).await.unwrap();
        assert_eq!(developers::find_by_id(&mut tx, one.id).await.unwrap(), Some(one.clone()));
        tx.commit().await.unwrap();

        let mut reader = test.db.read().await.unwrap();
        let found = developers::find_by_email_key(&mut reader, "dev2@example.com").await.unwrap();
        assert_eq!(found, Some(two));
        assert_eq!(developers::find_by_email_key(&mut reader, "Dev2@example.com").await.unwrap(), None);
        assert_eq!(developers::find_by_id(&mut reader, developer(3).id).await.unwrap(), None);
        assert_eq!(developers::count_administrators(&mut reader).await.unwrap(), 1);
    }

    async fn taken_address_is_a_conflict(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        developers::insert(&mut tx, &developer(1)).await.unwrap();
        tx.commit().await.unwrap();
        let same_address = developers::DeveloperRecord { email_key: developer(1).email_key, ..developer(2) };
        let mut tx = test.db.begin_write().await.unwrap();
        let error = developers::insert(&mut tx, &same_address).await.unwrap_err();
        assert!(error.is_conflict_on(developers::EMAIL_IS_UNIQUE), "{error:?}");
        let same_id = developers::DeveloperRecord { id: developer(1).id, ..developer(2) };
        let mut tx = { drop(tx); test.db.begin_write().await.unwrap() };
        let error = developers::insert(&mut tx, &same_id).await.unwrap_err();
        assert!(error.is_conflict_on("developers(id)"), "{error:?}");
    }

    async fn uncommitted_developer_never_was(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        developers::insert(&mut tx, &developer(1)).await.unwrap();
        drop(tx);
        let mut tx = test.db.begin_write().await.unwrap();
        developers::insert(&mut tx, &developer(2)).await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(test.number("SELECT count(*) FROM developers").await, 0);
    }

    async fn row_that_fits_no_state_is_reported(test: TestDb) {
        let damaged = developer(1);
        let mut tx = test.db.begin_write().await.unwrap();
        developers::insert(&mut tx, &damaged).await.unwrap();
        tx.commit().await.unwrap();
        test.execute(match test.db.dialect() {
            Dialect::Sqlite => "PRAGMA ignore_check_constraints = ON",
            Dialect::Postgres => "ALTER TABLE developers DROP CONSTRAINT developers_role_check",
        })
        .await;
        test.execute("UPDATE developers SET role = 'emperor'").await;
        let mut reader = test.db.read().await.unwrap();
        let error = developers::find_by_id(&mut reader, damaged.id).await.unwrap_err();
        let StorageError::Corrupt { table, id, column } = error else { panic!("{error:?}") };
        assert_eq!((table, id, column), ("developers", damaged.id.to_string(), "role"));
    }

    async fn schema_refuses_what_the_domain_does_not_know(test: TestDb) {
        let mut tx = test.db.begin_write().await.unwrap();
        let orphan = application(1, 9);
        let inserted = applications::insert(&mut tx, &orphan).await;
        let error = match inserted {
            Err(error) => error,
            Ok(()) => tx.commit().await.unwrap_err(),
        };
        assert!(matches!(error, StorageError::Database(_)), "{error:?}");
    }

    async fn applications_are_listed_newest_first_and_only_to_their_team(test: TestDb) {
        let (owner, mut all) = add_applications(test, 5).await;
        all.reverse();
        let mut reader = test.db.read().await.unwrap();
        let listed = |found: Vec<ApplicationOfMember>| {
            found.into_iter().map(|found| (found.application, found.role)).unzip::<_, _, Vec<_>, Vec<_>>()
        };
        let (first, roles) = listed(applications::list_of_member(&mut reader, owner.id, None, 3).await.unwrap());
        assert_eq!(first, all[..3]);
        assert_eq!(roles, [TeamRole::Owner; 3]);
        let rest = applications::list_of_member(&mut reader, owner.id, Some(first[2].id), 3);
        assert_eq!(listed(rest.await.unwrap()).0, all[3..]);
        let stranger = developer(2).id;
        assert_eq!(applications::list_of_member(&mut reader, stranger, None, 3).await.unwrap(), []);

        let found = applications::find_of_member(&mut reader, all[0].id, owner.id).await.unwrap();
        assert_eq!(found.map(|found| found.application).as_ref(), Some(&all[0]));
        assert_eq!(applications::find_of_member(&mut reader, all[0].id, stranger).await.unwrap(), None);
    }
}

#[test]
fn records_do_not_show_secrets() {
    assert!(!format!("{:?}", developer(1)).contains("canary"));
}
