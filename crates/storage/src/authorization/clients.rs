//! The table `client_settings`, and what of applications and their public keys the authorization server
//! needs.

use tallyport_domain::ids::PublicKeyId;
use tallyport_domain::network::AllowedNetworks;
use tallyport_domain::oauth::{ClientId, ClientKind, Lifetimes, Profile};
use tallyport_domain::public_key::PublicKeyKind;
use tallyport_domain::redirect_uri::RedirectUris;

use crate::column::RowOf;
use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::on::{affected, on};

/// What an application has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSettings {
    /// By which rules it goes.
    pub profile: Profile,
    /// Whether it can keep a secret.
    pub kind: ClientKind,
    /// For how long its tokens are good.
    pub lifetimes: Lifetimes,
    /// Whether its DPoP proofs have to carry our nonce.
    pub demands_dpop_nonce: bool,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            profile: Profile::Oauth21,
            kind: ClientKind::Confidential,
            lifetimes: Lifetimes::default(),
            demands_dpop_nonce: false,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    profile: String,
    kind: String,
    access_token_s: i64,
    refresh_token_s: i64,
    grant_s: i64,
    demands_dpop_nonce: i64,
}

/// The settings of a client; those that everybody begins with when it has chosen nothing.
///
/// # Errors
/// When the database refuses or the row is corrupt.
pub async fn find_settings(on: impl Into<Conn<'_>>, client: ClientId) -> Result<ClientSettings, StorageError> {
    const FIND: &str = "SELECT profile, kind, access_token_s, refresh_token_s, grant_s, \
        demands_dpop_nonce FROM client_settings WHERE application_id = $1 AND environment = $2";
    let mut conn = on.into();
    let row = on!(conn, |conn| sqlx::query_as::<_, Row>(FIND)
        .bind(client.application_id.to_string())
        .bind(client.environment.as_str())
        .fetch_optional(conn)
        .await)?;
    let Some(row) = row else { return Ok(ClientSettings::default()) };
    let stored = RowOf { table: "client_settings", id: &client.application_id };
    let seconds = |seconds: i64| u32::try_from(seconds).map_err(|_| stored.corrupt("access_token_s"));
    let lifetimes = Lifetimes::new(seconds(row.access_token_s)?, seconds(row.refresh_token_s)?, seconds(row.grant_s)?);
    Ok(ClientSettings {
        profile: stored.parse("profile", &row.profile)?,
        kind: stored.parse("kind", &row.kind)?,
        lifetimes: lifetimes.map_err(|_| stored.corrupt("access_token_s"))?,
        demands_dpop_nonce: row.demands_dpop_nonce == 1,
    })
}

/// Keeps the settings of a client in place of those it had.
///
/// # Errors
/// When the database refuses.
pub async fn save_settings(
    tx: &mut Tx,
    client: ClientId,
    settings: &ClientSettings,
    now_ms: i64,
) -> Result<(), StorageError> {
    const SAVE: &str = "INSERT INTO client_settings (application_id, environment, profile, kind, access_token_s, refresh_token_s, grant_s, demands_dpop_nonce, updated_at_ms) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (application_id, environment) DO UPDATE SET profile = excluded.profile, kind = excluded.kind, \
        access_token_s = excluded.access_token_s, \
        refresh_token_s = excluded.refresh_token_s, grant_s = excluded.grant_s, \
        demands_dpop_nonce = excluded.demands_dpop_nonce, updated_at_ms = excluded.updated_at_ms";
    on!(tx, |conn| affected(
        sqlx::query(SAVE)
            .bind(client.application_id.to_string())
            .bind(client.environment.as_str())
            .bind(settings.profile.as_str())
            .bind(settings.kind.as_str())
            .bind(i64::from(settings.lifetimes.access_token_s()))
            .bind(i64::from(settings.lifetimes.refresh_token_s()))
            .bind(i64::from(settings.lifetimes.grant_s()))
            .bind(i64::from(settings.demands_dpop_nonce))
            .bind(now_ms)
            .execute(conn)
            .await
    ))?;
    Ok(())
}

/// A client with what stands beside its settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisteredClient {
    /// What it has chosen.
    pub settings: ClientSettings,
    /// Where answers may be sent, in both worlds.
    pub redirect_uris: RedirectUris,
}

/// Settings and redirect URIs of a client; none of the latter for an application that does not exist.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn find(on: impl Into<Conn<'_>>, client: ClientId) -> Result<RegisteredClient, StorageError> {
    const FIND: &str = "SELECT redirect_uris FROM applications WHERE id = $1 AND closed_at_ms IS NULL";
    let mut conn = on.into();
    let settings = find_settings(conn.on(), client).await?;
    let id = client.application_id.to_string();
    let found = on!(conn, |conn| sqlx::query_scalar::<_, String>(FIND).bind(&id).fetch_optional(conn).await)?;
    let stored = RowOf { table: "applications", id: &id };
    let redirect_uris = found.map(|text| stored.parse("redirect_uris", &text)).transpose()?.unwrap_or_default();
    Ok(RegisteredClient { settings, redirect_uris })
}

/// A public key that a client may sign with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientKeyRecord {
    /// The id, which assertions may name as `kid`.
    pub id: PublicKeyId,
    /// What kind of key it is.
    pub kind: PublicKeyKind,
    /// The key as `SubjectPublicKeyInfo`.
    pub spki: Vec<u8>,
    /// From where it may be used.
    pub networks: AllowedNetworks,
}

/// The keys of a client that are good now, the newest first.
///
/// # Errors
/// When the database refuses or a row is corrupt.
pub async fn list_keys(
    on: impl Into<Conn<'_>>,
    client: ClientId,
    now_ms: i64,
) -> Result<Vec<ClientKeyRecord>, StorageError> {
    const LIST: &str = "SELECT id, kind, spki, networks FROM public_keys WHERE application_id = $1 \
        AND environment = $2 AND revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > $3) \
        AND kind <> 'rsa-encryption' ORDER BY id DESC LIMIT 20";
    let mut conn = on.into();
    let rows = on!(conn, |conn| sqlx::query_as::<_, (String, String, Vec<u8>, String)>(LIST)
        .bind(client.application_id.to_string())
        .bind(client.environment.as_str())
        .bind(now_ms)
        .fetch_all(conn)
        .await)?;
    rows.into_iter()
        .map(|(id, kind, spki, networks)| {
            let stored = RowOf { table: "public_keys", id: &id };
            Ok(ClientKeyRecord {
                id: stored.parse("id", &id)?,
                kind: stored.parse("kind", &kind)?,
                networks: stored.parse("networks", &networks)?,
                spki,
            })
        })
        .collect()
}
