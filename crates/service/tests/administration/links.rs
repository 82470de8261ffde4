//! Links that administrators have mailed.

use tallyport_domain::{Language, Role};
use tallyport_service::admin::{AdminRefusal, InviteRefusal};
use tallyport_storage::both_databases;

use crate::ground::{COMMAND, Ground};

/// The link in the newest mail.
async fn newest_link(ground: &Ground) -> String {
    let mails = ground.services.list_mails(1).await.unwrap();
    let text = &mails[0].letter.text;
    text.lines().find(|line| line.contains("?token=")).unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}

both_databases! {
    async fn an_invitation_leaves_by_mail_and_replaces_the_one_before(test: TestDb) {
        let ground = Ground::on(test).await;
        for email in ["Lin@example.com", "lin@example.com"] {
            ground.services.invite_to_sign_up(&COMMAND, email, Language::Zh).await.unwrap();
        }
        assert!(newest_link(&ground).await.starts_with("https://pay.example/signup?token="));
        let open = "SELECT count(*) FROM one_time_links WHERE purpose = 'sign_up' AND used_at_ms IS NULL";
        assert_eq!(test.number(open).await, 1);
        let refusal = ground.services.invite_to_sign_up(&COMMAND, "no address", Language::En).await.unwrap_err();
        assert!(matches!(refusal, InviteRefusal::Email), "{refusal}");
        // Neither the log nor the outbox's own columns know the token.
        let token = newest_link(&ground).await.split_once('=').unwrap().1.to_owned();
        for table in ["audit_entries WHERE detail", "mails WHERE recipient"] {
            assert_eq!(test.number(&format!("SELECT count(*) FROM {table} LIKE '%{token}%'")).await, 0);
        }
    }

    async fn a_verification_is_sent_again_only_where_it_is_needed(test: TestDb) {
        let ground = Ground::on(test).await;
        let bob = ground.person("Bob", Role::Developer).await.developer_id;
        let refusal = ground.services.resend_verification_as(&COMMAND, bob).await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::NotNow), "{refusal}");
        test.execute("UPDATE developers SET email_verified_at_ms = NULL").await;
        ground.services.resend_verification_as(&COMMAND, bob).await.unwrap();
        assert!(newest_link(&ground).await.starts_with("https://pay.example/verify?token="));
    }
}
