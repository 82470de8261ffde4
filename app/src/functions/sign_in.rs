//! Signing in.

use super::entry::{CONSOLE_PATH, begin_session, here, services};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash},
    pages::sign_in::{RETRY_AFTER_MINUTES, SIGN_IN_FORM, SIGN_IN_PATH},
    site_path::SitePath,
    visit::{texts, visit},
};
use leptos::prelude::*;
use tallyport_service::identity::SignInAnswer;
use zeroize::Zeroizing;

const MINUTE_MS: i64 = 60_000;

/// Begins a session and goes where the person wanted to go. An unknown address and a wrong password
/// are answered alike.
#[server(prefix = "/ui", endpoint = "sign_in")]
pub(crate) async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] return_to: String,
) -> Result<(), ServerFnError> {
    let return_to = SitePath::parse(&return_to);
    if let Err(fault) = answer(&email, Zeroizing::new(password), return_to).await {
        fault.report();
    }
    Ok(())
}

async fn answer(email: &str, password: Zeroizing<String>, return_to: Option<SitePath>) -> Result<(), Fault> {
    let mut flash = FormFlash::new().keep("email", email);
    match services()?.try_sign_in(visit().client_address, email, password).await? {
        SignInAnswer::SignedIn(member) => {
            begin_session(&member).await?;
            AnswerParts::current().see_other(&return_to.unwrap_or_else(|| here(CONSOLE_PATH)));
            return Ok(());
        }
        SignInAnswer::Wrong => flash.refuse("password", texts().account.wrong),
        SignInAnswer::TooManyTries { retry_after_ms } => {
            flash = flash.keep(RETRY_AFTER_MINUTES, &whole_minutes(retry_after_ms).to_string());
        }
    }
    let page = return_to.map_or_else(|| here(SIGN_IN_PATH), |path| super::entry::sign_in_path(&path));
    flash.send_back(SIGN_IN_FORM, &page).await
}

/// Minutes after which the time is over for sure.
const fn whole_minutes(wait_ms: i64) -> i64 {
    (wait_ms + MINUTE_MS - 1) / MINUTE_MS
}

#[cfg(test)]
mod tests {
    use super::whole_minutes;

    #[test]
    fn begun_minutes_count_as_whole_ones() {
        assert_eq!(whole_minutes(1), 1);
        assert_eq!(whole_minutes(60_000), 1);
        assert_eq!(whole_minutes(60_001), 2);
    }
}
