//! Clients that are not ours, over a real socket: the `oauth2` crate gets the token, reqwest calls.

use oauth2::basic::{BasicClient, BasicErrorResponseType};
use oauth2::{ClientId, ClientSecret, HttpRequest, HttpResponse, RequestTokenError, Scope, TokenResponse, TokenUrl};

use crate::support::{TestApp, on_both_databases};

/// Lets the `oauth2` crate send its requests.
async fn call(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let mut answer =
        client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    (*response.status_mut(), *response.headers_mut()) = (status, headers);
    Ok(response)
}

fn token_url(app: &TestApp) -> TokenUrl {
    TokenUrl::new(app.url("/oauth/token")).unwrap()
}

on_both_databases! {
    async fn oauth2_crate_gets_a_token_that_reads_and_pays(app: TestApp) {
        let partner = app.partner("Shop").await;
        let http = app.browser();
        let sender = |request| call(http.clone(), request);
        let client = BasicClient::new(ClientId::new(partner.api_key.clone()))
            .set_client_secret(ClientSecret::new(partner.api_secret.clone()))
            .set_token_uri(token_url(app));
        let token = client
            .exchange_client_credentials()
            .add_scope(Scope::new("payments:read".to_owned()))
            .add_scope(Scope::new("payments:write".to_owned()))
            .request_async(&sender)
            .await
            .unwrap();
        assert_eq!(token.expires_in().unwrap().as_secs(), 600);
        assert_eq!(token.scopes().unwrap().len(), 2);
        let secret = token.access_token().secret();

        let mut partner = partner;
        partner.token = secret.clone();
        let signed = app.payment(&partner, "A-1", "100.00");
        let made = http.execute(signed.into_reqwest(&app.url(""))).await.unwrap();
        assert_eq!(made.status(), 201);
        let path = made.headers()["location"].to_str().unwrap().to_owned();
        let made: serde_json::Value = made.json().await.unwrap();
        let read = http.get(app.url(&path)).bearer_auth(secret).send().await.unwrap();
        assert_eq!(read.status(), 200);
        assert_eq!(read.json::<serde_json::Value>().await.unwrap(), made);
    }

    async fn oauth2_crate_understands_the_refusal(app: TestApp) {
        let partner = app.partner("Shop").await;
        let http = app.browser();
        let sender = |request| call(http.clone(), request);
        let client = BasicClient::new(ClientId::new(partner.api_key.clone()))
            .set_client_secret(ClientSecret::new("wrong".to_owned()))
            .set_token_uri(token_url(app));
        let refused = client.exchange_client_credentials().request_async(&sender).await.unwrap_err();
        let RequestTokenError::ServerResponse(refusal) = refused else { panic!("{refused:?}") };
        assert_eq!(*refusal.error(), BasicErrorResponseType::InvalidClient);
    }
}
