//! The audit log finds every change that was not made by Tallyport.

use tallyport_domain::settings::Setting;
use tallyport_service::audit::{AuditSearch, ChainState};
use tallyport_storage::both_databases;
use tallyport_storage::test_support::TestDb;

use crate::ground::{BEGINNING_MS, COMMAND, Ground};

const ENTRIES: i64 = 6;

/// A log of a few entries.
async fn log(test: &TestDb) -> Ground {
    let ground = Ground::on(test).await;
    for number in 1..=ENTRIES {
        ground.clock.advance(1_000);
        let change = [(Setting::ApplicationsPerTeam, number.to_string())];
        ground.services.change_settings(&COMMAND, &change).await.unwrap();
    }
    assert!(matches!(state(&ground).await, ChainState::Whole { entries: ENTRIES, .. }));
    ground
}

async fn state(ground: &Ground) -> ChainState {
    let state = ground.services.verify_audit_log().await.unwrap();
    // A log this short is wholly among its newest entries.
    assert_eq!(ground.services.verify_newest_audit_entries().await.unwrap(), state);
    state
}

both_databases! {
    async fn a_change_of_any_column_is_found_at_its_entry(test: TestDb) {
        let ground = log(test).await;
        let bytes = if test.url_text().starts_with("sqlite") { "x''" } else { "''::bytea" };
        for (change, back) in [
            ("actor_kind = 'platform'", "actor_kind = 'command'"),
            ("actor_kind = 'nonsense'", "actor_kind = 'command'"),
            ("actor = 'somebody'", "actor = 'test'"),
            ("action = 'setting.change'", "action = 'setting.changed'"),
            ("object = 'sign_up'", "object = 'applications_per_team'"),
            ("detail = '{}'", "detail = '{\"from\":\"2\",\"to\":\"3\"}'"),
            ("network = '192.0.2.1'", "network = ''"),
            ("created_at_ms = created_at_ms + 1", "created_at_ms = created_at_ms - 1"),
        ] {
            test.execute(&format!("UPDATE audit_entries SET {change} WHERE sequence = 3")).await;
            assert_eq!(state(&ground).await, ChainState::Broken { sequence: 3 }, "{change}");
            test.execute(&format!("UPDATE audit_entries SET {back} WHERE sequence = 3")).await;
            assert!(matches!(state(&ground).await, ChainState::Whole { .. }), "{back}");
        }
        test.execute(&format!("UPDATE audit_entries SET hash = {bytes} WHERE sequence = 3")).await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 3 });
    }

    async fn entries_that_changed_places_are_found(test: TestDb) {
        let ground = log(test).await;
        for swap in ["99 WHERE sequence = 3", "3 WHERE sequence = 4", "4 WHERE sequence = 99"] {
            test.execute(&format!("UPDATE audit_entries SET sequence = {swap}")).await;
        }
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 3 });
    }

    async fn an_entry_that_is_missing_is_found_wherever_it_was(test: TestDb) {
        let ground = log(test).await;
        test.execute("DELETE FROM audit_entries WHERE sequence = 2").await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 2 });
        test.execute("DELETE FROM audit_entries WHERE sequence = 1").await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 1 });
    }

    async fn a_log_that_was_cut_off_is_found(test: TestDb) {
        let ground = log(test).await;
        test.execute("DELETE FROM audit_entries WHERE sequence > 4").await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 5 });
        test.execute("UPDATE audit_end SET sequence = 4").await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 5 });
        test.execute("DELETE FROM audit_end").await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 5 });
        test.execute("DELETE FROM audit_entries").await;
        assert!(matches!(state(&ground).await, ChainState::Whole { entries: 0, .. }));
    }

    async fn an_entry_put_in_behind_the_end_is_found(test: TestDb) {
        let ground = log(test).await;
        test.execute(
            "INSERT INTO audit_entries SELECT 7, actor_kind, actor, action, object, detail, network, \
             created_at_ms, hash FROM audit_entries WHERE sequence = 6",
        )
        .await;
        assert_eq!(state(&ground).await, ChainState::Broken { sequence: 7 });
    }

    async fn the_log_is_searched_by_everything_that_an_entry_says(test: TestDb) {
        let ground = log(test).await;
        let ada = ground.administrator("Ada").await;
        ground.services.change_settings(&ada.clone().into(), &[(Setting::SignUp, "closed".to_owned())]).await.unwrap();
        let found = async |search: AuditSearch| {
            let entries = ground.services.search_audit_log(&ada, &search, None, 50).await.unwrap();
            entries.into_iter().map(|entry| entry.sequence).collect::<Vec<_>>()
        };
        let empty = AuditSearch::default;
        assert_eq!(found(empty()).await, [7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(found(AuditSearch { actor: "ADA@example.com".to_owned(), ..empty() }).await, [7]);
        assert_eq!(found(AuditSearch { actor: ada.member().developer_id.to_string(), ..empty() }).await, [7]);
        assert_eq!(found(AuditSearch { actor: "nobody@example.com".to_owned(), ..empty() }).await, Vec::<i64>::new());
        assert_eq!(found(AuditSearch { object: "sign_up".to_owned(), ..empty() }).await, [7]);
        assert_eq!(found(AuditSearch { action: "setting.changed".to_owned(), actor: "test".to_owned(), ..empty() }).await, [6, 5, 4, 3, 2, 1]);
        let (from_ms, until_ms) = (Some(BEGINNING_MS + 2_000), Some(BEGINNING_MS + 4_000));
        assert_eq!(found(AuditSearch { from_ms, until_ms, ..empty() }).await, [3, 2]);
        let page = ground.services.search_audit_log(&ada, &empty(), Some(4), 2).await.unwrap();
        assert_eq!(page.iter().map(|entry| entry.sequence).collect::<Vec<_>>(), [3, 2]);
    }
}
