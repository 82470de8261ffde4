//! The `oauth2` crate as a partner uses it, over a real socket.

use oauth2::basic::{BasicClient, BasicErrorResponseType};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DeviceAuthorizationUrl, EndpointSet, HttpRequest,
    HttpResponse, IntrospectionUrl, PkceCodeChallenge, RedirectUrl, RequestTokenError, RevocationUrl, Scope,
    StandardDeviceAuthorizationResponse, StandardRevocableToken, TokenIntrospectionResponse as _, TokenResponse as _,
    TokenUrl,
};
use tallyport_service::authorization::Consent;

use crate::client::{REDIRECT_URI, Shop, parameter};
use crate::support::on_both_databases;

type Client = BasicClient<EndpointSet, EndpointSet, EndpointSet, EndpointSet, EndpointSet>;

/// Lets the crate send its requests.
async fn call(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let mut answer =
        client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await?;
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
    (*response.status_mut(), *response.headers_mut()) = (status, headers);
    Ok(response)
}

fn client(shop: &Shop<'_>) -> Client {
    let at = |path: &str| shop.app.url(path);
    BasicClient::new(ClientId::new(shop.partner.api_key.clone()))
        .set_client_secret(ClientSecret::new(shop.partner.api_secret.clone()))
        .set_auth_uri(AuthUrl::new(at("/oauth/authorize")).unwrap())
        .set_device_authorization_url(DeviceAuthorizationUrl::new(at("/oauth/device_authorization")).unwrap())
        .set_introspection_url(IntrospectionUrl::new(at("/oauth/introspect")).unwrap())
        // The crate wants TLS here and nowhere else, so it is told of an address that it takes; see `revoked`.
        .set_revocation_url(RevocationUrl::new("https://shop.example/oauth/revoke".to_owned()).unwrap())
        .set_token_uri(TokenUrl::new(at("/oauth/token")).unwrap())
        .set_redirect_uri(RedirectUrl::new(REDIRECT_URI.to_owned()).unwrap())
}

/// Sends a request to the server of the test, wherever it was addressed.
async fn revoked(
    client: reqwest::Client,
    origin: String,
    request: HttpRequest,
) -> Result<HttpResponse, reqwest::Error> {
    let (mut parts, body) = request.into_parts();
    parts.uri = format!("{origin}{}", parts.uri.path()).parse().unwrap();
    call(client, HttpRequest::from_parts(parts, body)).await
}

on_both_databases! {
    async fn code_refresh_introspection_and_revocation(app: TestApp) {
        let shop = Shop::open(app).await;
        let (client, http) = (client(&shop), app.browser());
        let sender = |request| call(http.clone(), request);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(["openid", "payments:read", "offline_access"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let asked = http.get(url).send().await.unwrap();
        let location = asked.headers()["location"].to_str().unwrap().to_owned();
        let back = shop.approve(location.strip_prefix("/consent?request=").unwrap()).await;
        assert_eq!(parameter(&back, "state"), *state.secret());

        let code = AuthorizationCode::new(parameter(&back, "code"));
        let first = client.exchange_code(code).set_pkce_verifier(verifier).request_async(&sender).await.unwrap();
        assert_eq!(shop.userinfo(first.access_token().secret()).await.status, 200);
        let second = client.exchange_refresh_token(first.refresh_token().unwrap()).request_async(&sender).await.unwrap();
        assert_ne!(second.refresh_token().unwrap().secret(), first.refresh_token().unwrap().secret());

        let told = client.introspect(second.access_token()).request_async(&sender).await.unwrap();
        assert!(told.active());
        assert_eq!(told.sub(), Some(&*shop.buyer.id.to_string()));
        let token = StandardRevocableToken::RefreshToken(second.refresh_token().unwrap().clone());
        let there = |request| revoked(http.clone(), app.url(""), request);
        client.revoke_token(token).unwrap().request_async(&there).await.unwrap();
        assert!(!client.introspect(second.access_token()).request_async(&sender).await.unwrap().active());
        let refused = client.exchange_refresh_token(second.refresh_token().unwrap()).request_async(&sender).await;
        let Err(RequestTokenError::ServerResponse(refusal)) = refused else { panic!("{refused:?}") };
        assert_eq!(refusal.error(), &BasicErrorResponseType::InvalidGrant);
    }

    async fn a_device_gets_its_tokens_when_its_user_agrees(app: TestApp) {
        let shop = Shop::open(app).await;
        let (client, http) = (client(&shop), app.browser());
        let sender = |request| call(http.clone(), request);
        let details: StandardDeviceAuthorizationResponse = client
            .exchange_device_code()
            .add_scope(Scope::new("openid".to_owned()))
            .request_async(&sender)
            .await
            .unwrap();
        let user_code = details.user_code().secret();
        app.services.decide_device(user_code, &shop.buyer, Consent::Given).await.unwrap();
        let waited = async |_| ();
        let tokens = client.exchange_device_access_token(&details).request_async(&sender, waited, None).await.unwrap();
        assert_eq!(shop.userinfo(tokens.access_token().secret()).await.status, 200);
    }
}
