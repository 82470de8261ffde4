//! What stands above every page of an application that an administrator has stopped.

use super::permissions::permissions_path;
use crate::{
    components::{Banner, Tone},
    functions::entry::services,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{approval::Standing, ids::AppId};

/// The banner, where there is something to say. A fault is no reason to keep the page back.
pub(super) fn suspended_banner(id: AppId) -> AnyView {
    Suspend::new(async move {
        let standing = match services() {
            Ok(services) => services.recent_standing(id).await.ok(),
            Err(_) => None,
        };
        let texts = &texts().permissions_page;
        (standing == Some(Standing::Suspended)).then(|| {
            view! {
                <div class="above-page">
                    <Banner tone=Tone::Bad title=texts.suspended_title>
                        <p>
                            {texts.suspended_text} " " <a href=permissions_path(id)>{texts.see_why}</a>
                        </p>
                    </Banner>
                </div>
            }
        })
    })
    .into_any()
}
