//! `/openapi.json`: the document that the handlers' annotations make, framed by what holds for all.

use axum::Router;
use axum::routing::get;
use http::header::CONTENT_TYPE;
use tallyport_contract::token::TokenRefusal;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityScheme,
};
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Server};

use super::ApiState;

/// The document without its operations.
pub(super) fn frame() -> OpenApi {
    let scopes = Scopes::from_iter([
        ("payments:write", "Make payments"),
        ("payments:read", "Read payments and refunds"),
        ("refunds:write", "Give payers their money back"),
        ("accounts:read", "Read balances, ledger entries, transfers, top-ups and withdrawals"),
        ("accounts:write", "Put money in and take it out"),
        ("transfers:write", "Move money to other accounts"),
        ("events:read", "Read events"),
    ]);
    let oauth =
        SecurityScheme::OAuth2(OAuth2::new([Flow::ClientCredentials(ClientCredentials::new("/oauth/token", scopes))]));
    // OpenAPI has no scheme for RFC 9421; the header that carries the signature comes closest.
    let signature = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(
        "Signature",
        "RFC 9421 with the tag `tallyport`: cover `@method`, `@authority`, `@path`, `@query` when there is one, \
         `content-digest` when there is a body, and `idempotency-key` when you send it.",
    )));
    let client = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Basic)
            .description(Some("`api_key` as the user, `api_secret` as the password."))
            .build(),
    );
    let components = ComponentsBuilder::new()
        .security_scheme("oauth", oauth)
        .security_scheme("signature", signature)
        .security_scheme("client", client)
        .schema_from::<TokenRefusal>()
        .build();
    let info = InfoBuilder::new()
        .title("Tallyport")
        .description(Some("The payment open platform's API."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .version(env!("CARGO_PKG_VERSION"))
        .build();
    let tags = [
        tag("Tokens", "Access tokens for the calls below."),
        tag("Application", "Who you are here, and how your calls are understood."),
        tag("Payments", "Money that is taken from payers for your orders."),
        tag("Refunds", "Money that goes back to payers."),
        tag("Balances", "What you have, and every change of it."),
        tag("Transfers", "Money that goes from your balance to another account."),
        tag("Top-ups", "Money that comes from your bank into your balance."),
        tag("Withdrawals", "Money that goes from your balance to your bank."),
        tag("Events", "What happened to your objects."),
        tag("Sandbox", "What exists in the sandbox only, for your tests."),
    ];
    // The document is served by the installation that it describes.
    let here = Server::new("/");
    OpenApiBuilder::new().info(info).servers(Some([here])).components(Some(components)).tags(Some(tags)).build()
}

fn tag(name: &str, description: &str) -> Tag {
    TagBuilder::new().name(name).description(Some(description)).build()
}

/// Serves the document.
pub(super) fn router() -> Router<ApiState> {
    Router::new().route("/openapi.json", get(async || ([(CONTENT_TYPE, "application/json")], super::document_text())))
}
