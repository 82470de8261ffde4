//! Settings that change while the platform runs.

use std::time::{Duration, Instant};

use tallyport_domain::settings::{Setting, SignUpPolicy};
use tallyport_service::settings::ChangeSettingsRefusal;
use tallyport_storage::both_databases;

use crate::ground::{COMMAND, Ground};

both_databases! {
    async fn every_process_sees_a_change_within_a_second(test: TestDb) {
        let (one, other) = (Ground::start(test, 1).await, Ground::start(test, 2).await);
        assert_eq!(other.services.sign_up_policy().await.unwrap(), SignUpPolicy::Open);
        one.services.change_settings(&COMMAND, &[(Setting::SignUp, "closed".to_owned())]).await.unwrap();
        assert_eq!(one.services.sign_up_policy().await.unwrap(), SignUpPolicy::Closed);
        let since = Instant::now();
        while other.services.sign_up_policy().await.unwrap() != SignUpPolicy::Closed {
            assert!(since.elapsed() < Duration::from_secs(1), "it took longer than a second");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn each_change_is_written_down_with_what_was_there_before(test: TestDb) {
        let ground = Ground::on(test).await;
        let ada = ground.administrator("Ada").await;
        let changes = [
            (Setting::SignUp, "invitation".to_owned()),
            (Setting::ApplicationsPerTeam, " 7 ".to_owned()),
            // What it is already is no change.
            (Setting::MailFromName, String::new()),
        ];
        ground.services.change_settings(&ada.clone().into(), &changes).await.unwrap();
        ground.services.change_settings(&ada.into(), &changes).await.unwrap();
        assert_eq!(test.number("SELECT count(*) FROM audit_entries").await, 2);
        let said = "SELECT count(*) FROM audit_entries WHERE object = 'applications_per_team' \
            AND detail = '{\"from\":\"50\",\"to\":\"7\"}'";
        assert_eq!(test.number(said).await, 1);
        assert_eq!(ground.services.settings().await.unwrap().applications_per_team, 7);
    }

    async fn one_value_that_does_not_fit_changes_nothing(test: TestDb) {
        let ground = Ground::on(test).await;
        let changes = [
            (Setting::SignUp, "closed".to_owned()),
            (Setting::ApplicationsPerTeam, "0".to_owned()),
            (Setting::TermsLink, "javascript:alert(1)".to_owned()),
        ];
        let refusal = ground.services.change_settings(&COMMAND, &changes).await.unwrap_err();
        let ChangeSettingsRefusal::Faults(faults) = refusal else { panic!("{refusal}") };
        let named: Vec<_> = faults.iter().map(|(setting, _)| *setting).collect();
        assert_eq!(named, [Setting::ApplicationsPerTeam, Setting::TermsLink]);
        assert_eq!(test.number("SELECT count(*) FROM settings").await, 0);
        assert_eq!(test.number("SELECT count(*) FROM audit_entries").await, 0);
    }

    async fn a_stored_value_that_does_not_fit_has_its_default(test: TestDb) {
        let ground = Ground::on(test).await;
        for (name, value) in [("sign_up", "whoever"), ("support_link", "javascript:alert(1)"), ("of_a_newer_version", "1")] {
            test.execute(&format!("INSERT INTO settings (name, value, updated_at_ms) VALUES ('{name}', '{value}', 1)")).await;
        }
        let settings = ground.services.settings().await.unwrap();
        assert_eq!((settings.sign_up, settings.support_link.clone()), (SignUpPolicy::Open, None));
    }
}
