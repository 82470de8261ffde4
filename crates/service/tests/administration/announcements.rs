//! What everybody is told.

use tallyport_domain::announcement::{AnnouncementDraft, AnnouncementTone};
use tallyport_service::admin::AdminRefusal;
use tallyport_service::announcements::{ANNOUNCEMENTS_MAX, AnnounceRefusal};
use tallyport_storage::both_databases;

use crate::ground::{BEGINNING_MS, COMMAND, Ground};

fn draft(text: &str) -> AnnouncementDraft {
    AnnouncementDraft {
        text_en: text.to_owned(),
        text_zh: text.to_owned(),
        tone: AnnouncementTone::Warning,
        on_landing: true,
        from_ms: BEGINNING_MS + 1_000,
        until_ms: Some(BEGINNING_MS + 2_000),
    }
}

both_databases! {
    async fn it_is_shown_in_its_time_and_no_longer_once_withdrawn(test: TestDb) {
        let ground = Ground::on(test).await;
        let id = ground.services.announce(&COMMAND, draft("<script>alert(1)</script>")).await.unwrap();
        let shown = async || ground.services.current_announcements().await.unwrap().len();
        assert_eq!(shown().await, 0);
        ground.clock.advance(1_000);
        assert_eq!(shown().await, 1);
        ground.services.withdraw_announcement(&COMMAND, id).await.unwrap();
        assert_eq!(shown().await, 0);
        let refusal = ground.services.withdraw_announcement(&COMMAND, id).await.unwrap_err();
        assert!(matches!(refusal, AdminRefusal::Unknown), "{refusal}");
        let actions = "SELECT count(*) FROM audit_entries WHERE action LIKE 'announcement.%'";
        assert_eq!(test.number(actions).await, 2);
    }

    async fn there_are_not_more_than_every_page_can_read(test: TestDb) {
        let ground = Ground::on(test).await;
        for _ in 0..ANNOUNCEMENTS_MAX {
            ground.services.announce(&COMMAND, draft("One of many")).await.unwrap();
        }
        let refusal = ground.services.announce(&COMMAND, draft("One too many")).await.unwrap_err();
        assert!(matches!(refusal, AnnounceRefusal::TooMany), "{refusal}");
    }
}
