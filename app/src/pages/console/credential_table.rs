//! An application's keys. Their secrets have no way here.

use crate::{
    components::{Badge, Column, CopyableId, Moment, Table, Tone},
    visit::texts,
};
use leptos::prelude::*;
use tallyport_service::CredentialRecord;

#[component]
pub(super) fn CredentialTable(credentials: Vec<CredentialRecord>, now_ms: i64) -> impl IntoView {
    let texts = &texts().console;
    let columns = vec![Column::text(texts.api_key), Column::text(texts.state), Column::text(texts.created)];
    let rows = credentials.iter().map(|credential| row(credential, now_ms)).collect();
    view! {
        <div class="stack-tight">
            <Table caption=texts.credentials columns=columns rows=rows />
            <p class="soft small">{texts.credentials_note}</p>
        </div>
    }
}

fn row(credential: &CredentialRecord, now_ms: i64) -> Vec<AnyView> {
    let texts = &texts().console;
    let (tone, state) = match standing(credential.revoked_at_ms, credential.expires_at_ms, now_ms) {
        Standing::Usable => (Tone::Good, texts.usable),
        Standing::Expired => (Tone::Caution, texts.expired),
        Standing::Revoked => (Tone::Bad, texts.revoked),
    };
    let at_ms = credential.created_at_ms;
    vec![
        view! { <CopyableId id=credential.api_key.to_string() /> }.into_any(),
        view! { <Badge tone=tone text=state /> }.into_any(),
        view! { <Moment at_ms=at_ms /> }.into_any(),
    ]
}

#[derive(Debug, PartialEq, Eq)]
enum Standing {
    Usable,
    Expired,
    Revoked,
}

fn standing(revoked_at_ms: Option<i64>, expires_at_ms: Option<i64>, now_ms: i64) -> Standing {
    match (revoked_at_ms, expires_at_ms) {
        (Some(_), _) => Standing::Revoked,
        (None, Some(expires_at_ms)) if expires_at_ms <= now_ms => Standing::Expired,
        (None, _) => Standing::Usable,
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, standing};

    #[test]
    fn a_key_expires_at_its_moment_and_revocation_outranks_it() {
        assert_eq!(standing(None, None, 10), Standing::Usable);
        assert_eq!(standing(None, Some(11), 10), Standing::Usable);
        assert_eq!(standing(None, Some(10), 10), Standing::Expired);
        assert_eq!(standing(Some(5), Some(10), 10), Standing::Revoked);
    }
}
