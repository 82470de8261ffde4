//! What clients find out by themselves.

use crate::forge::part;
use crate::support::on_both_databases;

on_both_databases! {
    async fn key_set_holds_the_key_of_every_token_and_no_private_member(app: TestApp) {
        let partner = app.partner("Shop").await;
        let answer = app.send(app.get("/.well-known/jwks.json")).await;
        assert_eq!(answer.status, 200);
        let json = answer.json();
        let keys = json["keys"].as_array().unwrap();
        assert!(keys.iter().any(|key| key["kid"] == part(&partner.token, 0)["kid"]), "{json}");
        for key in keys {
            let is = (key["use"].as_str().unwrap(), key["kty"].as_str().unwrap(), key["alg"].as_str().unwrap());
            assert!(matches!(is, ("sig", "EC", "ES256") | ("enc", "RSA", "RSA-OAEP-256")), "{json}");
            for private in ["d", "p", "q", "dp", "dq", "qi", "k", "oth"] {
                assert!(key.get(private).is_none(), "{json}");
            }
        }
    }

    async fn metadata_names_what_there_is(app: TestApp) {
        let json = app.send(app.get("/.well-known/oauth-authorization-server")).await.json();
        assert_eq!(json["issuer"], app.url(""));
        for member in ["token_endpoint", "jwks_uri"] {
            let url = json[member].as_str().unwrap();
            let path = url.strip_prefix(app.url("").as_str()).unwrap();
            let status = app.send(app.get(path)).await.status;
            assert!(status == 200 || status == 405, "{url} {status}");
        }
    }
}
