//! Refresh tokens: rotation, the family, and the lost answer.

use crate::client::{Shop, assert_refused};
use crate::support::on_both_databases;

on_both_databases! {
    async fn each_use_gives_another_refresh_token(app: TestApp) {
        let shop = Shop::open(app).await;
        let first = shop.tokens().await.text("/refresh_token");
        let second = shop.refresh(&first).await;
        assert_eq!(second.status, 200, "{second:?}");
        assert_ne!(second.text("/refresh_token"), first);
        assert_eq!(shop.userinfo(&second.text("/access_token")).await.status, 200);
        assert_eq!(shop.refresh(&second.text("/refresh_token")).await.status, 200);
    }

    async fn a_lost_answer_is_given_again_for_ten_seconds(app: TestApp) {
        let shop = Shop::open(app).await;
        let first = shop.tokens().await.text("/refresh_token");
        let second = shop.refresh(&first).await.text("/refresh_token");
        app.clock.advance(9_999);
        let again = shop.refresh(&first).await;
        assert_eq!((again.status, again.text("/refresh_token")), (200, second.clone()));
        assert_eq!(shop.refresh(&second).await.status, 200);
    }

    async fn a_token_that_comes_again_later_ends_the_family(app: TestApp) {
        let shop = Shop::open(app).await;
        let first = shop.tokens().await.text("/refresh_token");
        let answer = shop.refresh(&first).await;
        let (access, second) = (answer.text("/access_token"), answer.text("/refresh_token"));
        app.clock.advance(10_000);
        assert_refused(&shop.refresh(&first).await, "invalid_grant");
        assert_refused(&shop.refresh(&second).await, "invalid_grant");
        shop.userinfo(&access).await.assert_problem(401, "token_invalid");
    }

    async fn a_token_whose_answer_arrived_ends_the_family_at_once(app: TestApp) {
        let shop = Shop::open(app).await;
        let first = shop.tokens().await.text("/refresh_token");
        let second = shop.refresh(&first).await.text("/refresh_token");
        let third = shop.refresh(&second).await.text("/refresh_token");
        assert_refused(&shop.refresh(&first).await, "invalid_grant");
        assert_refused(&shop.refresh(&third).await, "invalid_grant");
    }

    async fn another_clients_try_ends_nothing(app: TestApp) {
        let (shop, thief) = (Shop::open(app).await, Shop::open(app).await);
        let first = shop.tokens().await.text("/refresh_token");
        let second = shop.refresh(&first).await.text("/refresh_token");
        app.clock.advance(20_000);
        for token in [&first, &second] {
            assert_refused(&thief.refresh(token).await, "invalid_grant");
        }
        assert_eq!(shop.refresh(&second).await.status, 200);
    }

    async fn scopes_become_fewer_and_never_more(app: TestApp) {
        let shop = Shop::open(app).await;
        let token = shop.tokens().await.text("/refresh_token");
        let with = |token, scope| [("grant_type", "refresh_token"), ("refresh_token", token), ("scope", scope)];
        let wider = shop.send("/oauth/token", &with(&token, "payments:write")).await;
        assert_refused(&wider, "invalid_scope");
        let narrow = shop.send("/oauth/token", &with(&token, "payments:read")).await;
        assert_eq!(narrow.text("/scope"), "payments:read");
        let wide_again = shop.refresh(&narrow.text("/refresh_token")).await;
        assert_eq!(wide_again.text("/scope"), "openid profile offline_access payments:read");
    }

    async fn many_at_once_all_get_the_one_successor(app: TestApp) {
        let shop = Shop::open(app).await;
        let first = shop.tokens().await.text("/refresh_token");
        let (one, two, three) = tokio::join!(shop.refresh(&first), shop.refresh(&first), shop.refresh(&first));
        assert_eq!((one.status, two.status, three.status), (200, 200, 200), "{one:?} {two:?} {three:?}");
        let successors = [&one, &two, &three].map(|answer| answer.text("/refresh_token"));
        assert_eq!((&successors[0], &successors[1]), (&successors[1], &successors[2]));
    }
}
