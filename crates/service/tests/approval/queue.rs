//! The queue.

use tallyport_domain::administration::ListOrder;
use tallyport_domain::approval::ApprovalStatus;
use tallyport_service::approval::QueueQuery;
use tallyport_storage::both_databases;

use crate::shop::Shop;

both_databases! {
    async fn the_queue_is_filtered_searched_sorted_and_paged(test: TestDb) {
        let shop = Shop::on(test).await;
        shop.submitted("payments").await;
        let mut names = vec!["Bookshop".to_owned()];
        for number in 1..4 {
            shop.clock.advance(60_000);
            let name = format!("Shop 100% {number}");
            let made = shop.services.make_application(&shop.owner, &name).await.unwrap().application.id;
            shop.services.add_document(&shop.owner, made, "a.pdf", crate::shop::PDF).await.unwrap();
            shop.services.submit_for_approval(&shop.owner, made, &crate::shop::answers("refunds")).await.unwrap();
            names.push(name);
        }
        let draft = shop.services.make_application(&shop.owner, "Draft").await.unwrap().application.id;
        shop.services.add_document(&shop.owner, draft, "a.pdf", crate::shop::PDF).await.unwrap();
        let list = async |states: &[ApprovalStatus], search: &str, order, offset, limit| {
            let query = QueueQuery { states: states.to_vec(), search: search.to_owned() };
            let found = shop.services.list_approvals(&shop.grace, &query, order, offset, limit).await.unwrap();
            (found.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), found.total)
        };
        let all = ApprovalStatus::ALL;
        let oldest = ListOrder::Oldest;
        assert_eq!(list(all, "", oldest, 0, 10).await, (names.clone(), 4));
        assert_eq!(list(all, "", oldest, 2, 1).await, (names[2..3].to_vec(), 4));
        names.reverse();
        assert_eq!(list(all, "", ListOrder::Newest, 0, 10).await, (names.clone(), 4));
        assert_eq!(list(all, "BOOKSHOP gm", oldest, 0, 10).await.1, 4);
        assert_eq!(list(all, "100% 2", oldest, 0, 10).await, (vec!["Shop 100% 2".to_owned()], 1));
        assert_eq!(list(all, "%", oldest, 0, 10).await.1, 3);
        assert_eq!(list(all, "100%", oldest, 2, 1).await, (vec!["Shop 100% 3".to_owned()], 3));
        assert_eq!(list(all, "100%", oldest, 10, 5).await, (vec![], 3), "the page behind the last");
        assert_eq!(list(all, "_", oldest, 0, 10).await.1, 0);
        assert_eq!(list(all, &shop.id.to_string(), oldest, 0, 10).await, (vec!["Bookshop".to_owned()], 1));
        assert_eq!(list(&[ApprovalStatus::Approved], "", oldest, 0, 10).await.1, 0);
        let counts = shop.services.count_approvals(&shop.grace).await.unwrap();
        assert_eq!(counts, [(ApprovalStatus::Submitted, 4)]);
        shop.services.start_review(&shop.grace, shop.id).await.unwrap();
        let query = QueueQuery { states: vec![ApprovalStatus::InReview], search: String::new() };
        let found = shop.services.list_approvals(&shop.grace, &query, oldest, 0, 10).await.unwrap();
        assert_eq!(found.rows[0].decided_by.as_deref(), Some("Grace"));
        assert_eq!(found.rows[0].since_ms, shop.services.clock().now_ms());
    }
}
