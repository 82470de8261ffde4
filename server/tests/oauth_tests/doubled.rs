//! Parameters that come twice: two readers might take different ones, so nobody takes either.

use crate::client::{Shop, assert_refused, code_form, encoded, good_request};
use crate::support::on_both_databases;

on_both_databases! {
    async fn every_endpoint_refuses_what_comes_twice(app: TestApp) {
        let shop = Shop::open(app).await;
        let code = shop.code().await;
        let refresh = shop.tokens().await.text("/refresh_token");
        let pushed = good_request(&shop.partner.api_key);
        let pushed: Vec<(&str, &str)> = pushed.iter().map(|(name, value)| (&**name, &**value)).collect();
        let forms: [(&str, &[(&str, &str)]); 6] = [
            ("/oauth/token", &code_form(&code)),
            ("/oauth/token", &[("grant_type", "refresh_token"), ("refresh_token", &refresh)]),
            ("/oauth/par", &pushed),
            ("/oauth/introspect", &[("token", &refresh), ("token_type_hint", "refresh_token")]),
            ("/oauth/revoke", &[("token", &refresh), ("token_type_hint", "refresh_token")]),
            ("/oauth/device_authorization", &[("scope", "openid")]),
        ];
        for (path, form) in forms {
            for &(name, value) in form {
                for second in [value, "", "other"] {
                    let doubled = [form, &[(name, second)]].concat();
                    assert_refused(&shop.send(path, &doubled).await, "invalid_request");
                }
            }
            // What no endpoint knows counts as well: a name is one name.
            let unknown = [form, &[("x", "1"), ("x", "1")]].concat();
            assert_refused(&shop.send(path, &unknown).await, "invalid_request");
        }
        // Nothing of that used anything up.
        assert_eq!(shop.redeem(&code).await.status, 200);
        assert_eq!(shop.refresh(&refresh).await.status, 200);
    }

    async fn a_client_is_named_once(app: TestApp) {
        let (shop, other) = (Shop::open(app).await, Shop::open(app).await);
        let (own, theirs) = (&*shop.partner.api_key, &*other.partner.api_key);
        for names in [[own, own], [own, theirs], [theirs, own]] {
            let mut form = vec![("grant_type", "client_credentials"), ("client_secret", &*shop.partner.api_secret)];
            form.extend(names.map(|name| ("client_id", name)));
            assert_refused(&app.send(app.post("/oauth/token").form(&encoded(&form))).await, "invalid_request");
        }
        for names in [[own, own], [own, theirs], [theirs, own]] {
            let form = names.map(|name| ("client_id", name));
            let form = [&[("grant_type", "client_credentials")], &form[..]].concat();
            assert_refused(&shop.send("/oauth/token", &form).await, "invalid_request");
        }
    }
}
