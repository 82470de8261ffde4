//! Shows a new `api_secret` once.
//!
//! The secret itself never lies in the session, which is stored in plain text: the session holds
//! only the leave to show the secret of one key, and the page that uses the leave takes it away.

use crate::{
    components::{Banner, CodeBlock, CodeSample, CopyableId, KeyValue, KeyValues, Secret, Tone},
    fault::Fault,
    forms::answer::session,
    visit::texts,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use tallyport_domain::{
    Environment,
    ids::{ApiKey, AppId},
};
use tallyport_service::Services;
use zeroize::Zeroizing;

/// Where the session keeps the leave.
const LEAVE: &str = "fresh_secret";
/// A leave that nobody used lapses; the page after making an application opens at once.
const LEAVE_LASTS_MS: i64 = 10 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Leave {
    api_key: String,
}

/// A key and its secret, on their way to the page.
pub(crate) struct FreshSecret {
    api_key: ApiKey,
    api_secret: Zeroizing<String>,
    environment: Environment,
}

/// Lets the next page of this session show the secret of a key that was made a moment ago.
pub(crate) async fn allow_once(api_key: ApiKey) -> Result<(), Fault> {
    let session = session().ok_or(Fault::Missing("no session was provided"))?;
    session.insert(LEAVE, Leave { api_key: api_key.to_string() }).await?;
    Ok(())
}

/// The secret of one of the application's keys, if it may be shown now. The leave is gone after.
pub(super) async fn take(services: &Services, application: AppId) -> Result<Option<FreshSecret>, Fault> {
    let Some(session) = session() else { return Ok(None) };
    let Some(leave) = session.get::<Leave>(LEAVE).await? else { return Ok(None) };
    let Ok(api_key) = leave.api_key.parse::<ApiKey>() else { return Ok(None) };
    let found = services.find_credential(api_key).await?;
    let Some(credential) = found.filter(|credential| credential.application_id == application) else {
        return Ok(None);
    };
    session.remove::<Leave>(LEAVE).await?;
    if services.clock().now_ms() - api_key.made_at_ms() > LEAVE_LASTS_MS {
        return Ok(None);
    }
    let api_secret = Zeroizing::new(credential.secret.reveal().to_owned());
    Ok(Some(FreshSecret { api_key, api_secret, environment: credential.environment }))
}

#[component]
pub(super) fn FreshSecretCard(fresh: FreshSecret) -> impl IntoView {
    let texts = &texts().console;
    let (key, secret) = (fresh.api_key.to_string(), &*fresh.api_secret);
    let env_file = format!("API_KEY={key}\nAPI_SECRET={secret}");
    let environment = fresh.environment;
    let json_file = format!(
        "{{\n  \"environment\": \"{environment}\",\n  \"api_key\": \"{key}\",\n  \"api_secret\": \"{secret}\"\n}}"
    );
    let shell = format!("export API_KEY='{key}'\nexport API_SECRET='{secret}'");
    let facts = vec![KeyValue::new(texts.api_key, view! { <CopyableId id=key /> })];
    view! {
        <section class="stack fresh-secret" aria-label=texts.fresh_title>
            <Banner tone=Tone::Good title=texts.fresh_title>
                <p>{texts.fresh_text}</p>
            </Banner>
            <KeyValues facts=facts />
            <Secret
                name="api_secret"
                value=secret.clone()
                file_name=format!("tallyport-{environment}.env")
                file_text=env_file
                json_file=(format!("tallyport-{environment}.json"), json_file)
            />
            <h2>{texts.fresh_shell_title}</h2>
            <CodeBlock sample=CodeSample::new("text", shell) />
        </section>
    }
}
